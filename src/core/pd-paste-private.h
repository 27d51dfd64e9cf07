/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-paste.h"

G_BEGIN_DECLS

PdPaste  *pd_paste_alloc     (PdPasteKind kind);
void      pd_paste_add_note  (PdPaste *self, const char *note);
gboolean  pd_paste_take      (PdPaste *self, PdProfile *profile, const PdField *field, const char *text, GError **error);
gboolean  pd_paste_take_raw  (PdPaste *self, PdProfile *profile, const PdField *field, const char *text, GError **error);

PdPaste  *pd_paste_read_keys (PdProfile *profile, const char *text, const char *brace, GError **error);

G_END_DECLS
