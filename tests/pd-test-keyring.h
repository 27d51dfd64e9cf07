/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-secrets.h"

G_BEGIN_DECLS

/* Locks the session's keyring as the desktop would, and unlocks it as a person who knows the password. */
void          pd_test_lock_keyring   (void);
void          pd_test_unlock_keyring (void);

/* PdSecrets, waited for. */
gboolean      pd_test_store          (PdSecrets *secrets, const char *profile, const char *field, const char *value, GError **error);
PdSecretText *pd_test_lookup         (PdSecrets *secrets, const char *profile, const char *field, GError **error);
gboolean      pd_test_delete         (PdSecrets *secrets, const char *profile, const char *field, GError **error); /* field NULL: all */
guint         pd_test_count_all      (PdSecrets *secrets);
void          pd_test_assert_value   (PdSecrets *secrets, const char *profile, const char *field, const char *expected);

G_END_DECLS
