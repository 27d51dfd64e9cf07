/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-shop.h"

#include <adwaita.h>

#include "pd-signature-case.h"

G_BEGIN_DECLS

#define PD_TYPE_SIGNATURE_PAGE (pd_signature_page_get_type ())

G_DECLARE_FINAL_TYPE (PdSignaturePage, pd_signature_page, PD, SIGNATURE_PAGE, AdwBin)

void pd_signature_page_set_shop  (PdSignaturePage *self, PdShop *shop);
void pd_signature_page_set_texts (PdSignaturePage *self, PdSignatureKind kind, const char *text, const char *theirs);
void pd_signature_page_focus     (PdSignaturePage *self);

G_END_DECLS
