/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-profile.h"

G_BEGIN_DECLS

/* What a pasted text, a dropped file or `import --into` turned out to be. */
typedef enum {
  PD_PASTE_TEXT,      /* one value */
  PD_PASTE_KEYS_JSON, /* Amazon's copied keys */
  PD_PASTE_PEM,       /* a private key */
  PD_PASTE_PROFILES,  /* an export of ours */
} PdPasteKind;

/* One value found in it, and whether the shop's generation uses it. */
typedef struct {
  const PdField *field;
  PdSecretText  *value;   /* in the wiped heap, secret or not; of a list field the whole list, one value a line */
  gboolean       applies;
} PdPasteValue;

/**
 * PdPaste:
 *
 * The values that a text holds for a shop: recognised, not yet stored.
 */
typedef struct {
  PdPasteKind  kind;
  GPtrArray   *values; /* of PdPasteValue */
  char        *note;   /* (nullable): translated remark, e.g. on members that were not understood */
} PdPaste;

/* Recognises Amazon's copied-keys JSON (text around the braces allowed), a PEM private key, or values by their labels or
 * their shape. Of PD_PASTE_PROFILES there are no values: pd_import_profiles() reads it. `name` is the file's name where it came from a file (AmazonPay_KEYID.pem names the key id), or NULL. */
PdPaste *pd_paste_new  (PdProfile *profile, const char *text, gsize length, const char *name, GError **error);
void     pd_paste_free (PdPaste *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPaste, pd_paste_free)

G_END_DECLS
