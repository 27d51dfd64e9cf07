/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

/* What can be asked of the keyring. */
typedef enum {
  PD_KEYRING_CALL_STORE,
  PD_KEYRING_CALL_DELETE,
  PD_KEYRING_CALL_LIST,  /* which items there are */
  PD_KEYRING_CALL_FETCH, /* and their values */
} PdKeyringCallKind;

/* An item of ours: whose it is, and its value where that was asked for. */
typedef struct {
  char         *profile;
  char         *field;
  PdSecretText *value;
} PdKeyringItem;

/* `profile` and `field`: NULL for any. Never asks the person anything; where the keyring is locked it says so. */
void       pd_keyring_call_async  (PdKeyringCallKind kind, const char *profile, const char *field, PdSecretText *value,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *pd_keyring_call_finish (GAsyncResult *result, gboolean *changed, GError **error);

G_END_DECLS
