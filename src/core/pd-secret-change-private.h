/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-desk.h"

G_BEGIN_DECLS

/* One secret set (`value`) or deleted (NULL), in the keyring and in the profile's note of it. `is_undo`: it answers
 * "restore-secret" and makes no step of its own. */
void     pd_secret_change_async  (PdDesk *desk, PdProfile *profile, const char *field_id, PdSecretText *value, gboolean is_undo,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean pd_secret_change_finish (GAsyncResult *result, GError **error);

G_END_DECLS
