/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PD_TYPE_SIGNATURE_BLOCK (pd_signature_block_get_type ())

G_DECLARE_FINAL_TYPE (PdSignatureBlock, pd_signature_block, PD, SIGNATURE_BLOCK, AdwBin)

GtkWidget  *pd_signature_block_new      (const char *title, const char *text, gssize mark);
const char *pd_signature_block_get_text (PdSignatureBlock *self);

G_END_DECLS
