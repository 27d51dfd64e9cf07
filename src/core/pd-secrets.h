/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

/* What is known of one secret; the "stored" of `paydeskctl show`. */
typedef enum {
  PD_SECRET_UNKNOWN, /* the keyring could not be asked */
  PD_SECRET_NO,      /* never set */
  PD_SECRET_YES,
  PD_SECRET_LOST,    /* was stored once, and the keyring no longer has it */
  PD_SECRET_PENDING, /* in memory only: not yet stored, see pd_secrets_retry_async() */
} PdSecretState;

const char *pd_secret_state_to_id (PdSecretState state);

#define PD_TYPE_SECRETS (pd_secrets_get_type ())

G_DECLARE_FINAL_TYPE (PdSecrets, pd_secrets, PD, SECRETS, GObject)

/**
 * PdSecrets: the desktop's keyring, one item for each profile and field.
 *
 * Schema org.paydesk.Secret, attributes `profile` and `field`. Only libsecret is spoken to; nothing here
 * falls back to a file of ours. Errors are of PD_ERROR with the codes PD_ERROR_KEYRING_*; the message
 * says what to do. Values never hold a line break (pd_secrets_store refuses one with PD_ERROR_BAD_INPUT).
 *
 * Signal "changed" (char *profile_id, char *field_id; NULL is any).
 * Signal "pending-stored" (char *profile_id, char *field_id): a value that waited in memory is in the keyring now.
 * Property "n-pending" (guint): values that wait in memory for the keyring.
 */
PdSecrets    *pd_secrets_new              (void);

void          pd_secrets_store_async      (PdSecrets *self, const char *profile_id, const char *field_id, PdSecretText *value,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      pd_secrets_store_finish     (PdSecrets *self, GAsyncResult *result, GError **error);

/* NULL without an error: certainly not there. A locked keyring is an error, never NULL. Pending values answer too. */
void          pd_secrets_lookup_async     (PdSecrets *self, const char *profile_id, const char *field_id,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PdSecretText *pd_secrets_lookup_finish    (PdSecrets *self, GAsyncResult *result, GError **error);

/* All of a profile's at once: a GHashTable of field id → PdSecretText. */
void          pd_secrets_fetch_async      (PdSecrets *self, const char *profile_id,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GHashTable   *pd_secrets_fetch_finish     (PdSecrets *self, GAsyncResult *result, GError **error);

/* FALSE with an error when the keyring is locked or absent: nothing was deleted. */
void          pd_secrets_delete_async     (PdSecrets *self, const char *profile_id, const char *field_id,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      pd_secrets_delete_finish    (PdSecrets *self, GAsyncResult *result, GError **error);
void          pd_secrets_delete_all_async (PdSecrets *self, const char *profile_id,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      pd_secrets_delete_all_finish (PdSecrets *self, GAsyncResult *result, GError **error);

/* Which fields of a profile have an item: a GHashTable of field id → NULL, unprompted (SECRET_SEARCH_ALL
 * without UNLOCK). PD_ERROR_KEYRING_LOCKED where locked items or a locked collection leave it open. */
void          pd_secrets_list_async       (PdSecrets *self, const char *profile_id,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GHashTable   *pd_secrets_list_finish      (PdSecrets *self, GAsyncResult *result, GError **error);

/* Every item of ours: profile id + "/" + field id; for orphans and `doctor`. */
void          pd_secrets_list_all_async   (PdSecrets *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *pd_secrets_list_all_finish  (PdSecrets *self, GAsyncResult *result, GError **error);

/* Asks the desktop to unlock (may prompt the person), then stores what is pending. */
void          pd_secrets_retry_async      (PdSecrets *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      pd_secrets_retry_finish     (PdSecrets *self, GAsyncResult *result, GError **error);
guint         pd_secrets_get_n_pending    (PdSecrets *self);
gboolean      pd_secrets_is_pending       (PdSecrets *self, const char *profile_id, const char *field_id);
void          pd_secrets_hold             (PdSecrets *self, const char *profile_id, const char *field_id, PdSecretText *value);
void          pd_secrets_drop_pending     (PdSecrets *self, const char *profile_id, const char *field_id);

/* "Secret Service (gnome-keyring), collection …" or "file of the Secret portal"; for `doctor`. */
char         *pd_secrets_describe_backend (PdSecrets *self);

G_END_DECLS
