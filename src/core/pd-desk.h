/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-profile.h"
#include "pd-secrets.h"
#include "pd-store.h"

G_BEGIN_DECLS

#define PD_TYPE_DESK (pd_desk_get_type ())

G_DECLARE_FINAL_TYPE (PdDesk, pd_desk, PD, DESK, GObject)

/**
 * PdDesk: store and keyring together, so that the two stay a pair: what the window and paydeskctl
 * both do with a shop. Everything here may take as long as the keyring takes; nothing blocks.
 */
PdDesk       *pd_desk_new                   (PdStore *store, PdSecrets *secrets);
PdStore      *pd_desk_get_store             (PdDesk *self);
PdSecrets    *pd_desk_get_secrets           (PdDesk *self);

/* Canonicalises (a private key to one line of Base64 DER), refuses an unusable private key with
 * PD_ERROR_BAD_KEY leaving what was there, stores, notes it in the profile with an undo step, saves.
 * When the keyring cannot take it the value is held (PD_SECRET_PENDING) and the error says so. */
void          pd_desk_set_secret_async      (PdDesk *self, PdProfile *profile, const char *field_id, PdSecretText *value,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      pd_desk_set_secret_finish     (PdDesk *self, GAsyncResult *result, GError **error);
void          pd_desk_unset_secret_async    (PdDesk *self, PdProfile *profile, const char *field_id,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      pd_desk_unset_secret_finish   (PdDesk *self, GAsyncResult *result, GError **error);

/* The state of every secret field of a profile: GHashTable of field id → GUINT_TO_POINTER (PdSecretState).
 * Never fails: what cannot be asked is PD_SECRET_UNKNOWN, and `why` of _finish says the reason. */
void          pd_desk_get_states_async      (PdDesk *self, PdProfile *profile,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GHashTable   *pd_desk_get_states_finish     (PdDesk *self, GAsyncResult *result, GError **why);

/* Every stored secret of the profile that applies or not: GHashTable of field id → PdSecretText, for a run of checks. */
void          pd_desk_fetch_secrets_async   (PdDesk *self, PdProfile *profile,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GHashTable   *pd_desk_fetch_secrets_finish  (PdDesk *self, GAsyncResult *result, GError **error);

/* Deletion: remove now (undoable), complete later: secrets first, then the folder. At start,
 * pd_desk_complete_deletions_async (NULL id) finishes what a crash left. */
gboolean      pd_desk_delete_profile        (PdDesk *self, PdProfile *profile, GError **error);
gboolean      pd_desk_undo_delete           (PdDesk *self, const char *profile_id, GError **error);
void          pd_desk_complete_deletions_async  (PdDesk *self, const char *profile_id,
                                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      pd_desk_complete_deletions_finish (PdDesk *self, GAsyncResult *result, GError **error);

/* Items whose profile no longer exists: "profile/field" strings. */
void          pd_desk_list_orphans_async    (PdDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *pd_desk_list_orphans_finish   (PdDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
