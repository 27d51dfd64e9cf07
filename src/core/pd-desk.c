/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-desk.h"
#include "pd-error.h"
#include "pd-secret-change-private.h"

struct _PdDesk
{
  GObject    parent_instance;
  PdStore   *store;
  PdSecrets *secrets;
};

G_DEFINE_FINAL_TYPE (PdDesk, pd_desk, G_TYPE_OBJECT)

enum { RESTORE_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
return_error (GTask  *task,
              GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
return_true (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Undo of a secret, on its way to the keyring. */
typedef struct {
  PdProfile *profile;
  char      *field_id;
} Restore;

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Restore           *restore = data;
  g_autoptr (GError) error = NULL;

  /* The value itself is safe: it is held while the keyring cannot take it, and stands in the undo stack. */
  if (!pd_secret_change_finish (result, &error))
    g_signal_emit (source, signals[RESTORE_FAILED], 0, restore->profile, restore->field_id, error);
  g_object_unref (restore->profile);
  g_free (restore->field_id);
  g_free (restore);
}

static void
on_restore_secret (PdDesk       *self,
                   PdProfile    *profile,
                   const char   *field_id,
                   PdSecretText *value)
{
  Restore *restore = g_new0 (Restore, 1);

  restore->profile = g_object_ref (profile);
  restore->field_id = g_strdup (field_id);
  pd_secret_change_async (self, profile, field_id, value, TRUE, NULL, on_restored, restore);
}

static void
on_late_note_saved (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (GError) error = NULL;

  /* The note stays unsaved, and goes to the disk with the next save. */
  if (!pd_store_save_finish (PD_STORE (source), result, &error))
    g_debug ("noting a stored secret: %s", error->message);
}

/* What waited for the keyring has been stored by a retry: now it is noted. */
static void
on_pending_stored (PdSecrets  *secrets,
                   const char *profile_id,
                   const char *field_id,
                   PdDesk     *self)
{
  PdProfile             *profile = pd_store_find (self->store, profile_id, NULL);
  g_autoptr (GDateTime)  now = g_date_time_new_now_utc ();

  if (profile == NULL)
    return;
  pd_profile_note_secret (profile, field_id, now);
  if (*pd_profile_get_text (profile, field_id) != '\0')
    pd_profile_set_text (profile, field_id, "", NULL);
  pd_store_save_async (self->store, profile, NULL, on_late_note_saved, NULL);
}

static void
pd_desk_finalize (GObject *object)
{
  PdDesk *self = PD_DESK (object);

  g_object_unref (self->store);
  g_object_unref (self->secrets);
  G_OBJECT_CLASS (pd_desk_parent_class)->finalize (object);
}

static void
pd_desk_class_init (PdDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_desk_finalize;

  /**
   * PdDesk::restore-failed:
   * @self: the desk
   * @profile: the profile
   * @field_id: the secret's field
   * @error: (type gpointer): the #GError: why
   *
   * Undo or redo passed over a secret, and the keyring did not follow. A value to be stored is held in memory.
   */
  signals[RESTORE_FAILED] = g_signal_new ("restore-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 3, PD_TYPE_PROFILE, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
pd_desk_init (PdDesk *self)
{
}

/**
 * pd_desk_new:
 * @store: the profiles
 * @secrets: the keyring
 *
 * Returns: (transfer full): the two as one
 */
PdDesk *
pd_desk_new (PdStore   *store,
             PdSecrets *secrets)
{
  PdDesk *self = g_object_new (PD_TYPE_DESK, NULL);

  self->store = g_object_ref (store);
  self->secrets = g_object_ref (secrets);
  g_signal_connect_object (store, "restore-secret", G_CALLBACK (on_restore_secret), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (secrets, "pending-stored", G_CALLBACK (on_pending_stored), self, 0);
  return self;
}

PdStore *
pd_desk_get_store (PdDesk *self)
{
  return self->store;
}

PdSecrets *
pd_desk_get_secrets (PdDesk *self)
{
  return self->secrets;
}

/**
 * pd_desk_set_secret_async:
 * @self: the desk
 * @profile: a profile
 * @field_id: a secret field's id
 * @value: its new value
 * @cancellable: (nullable): ends it
 * @callback: called when it is stored, or not
 * @user_data: for @callback
 *
 * Stores in the keyring first and notes it in the profile then, so that a crash in between leaves a secret that is found
 * again, and never a note of one that is not there.
 */
void
pd_desk_set_secret_async (PdDesk              *self,
                          PdProfile           *profile,
                          const char          *field_id,
                          PdSecretText        *value,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  pd_secret_change_async (self, profile, field_id, value, FALSE, cancellable, callback, user_data);
}

/**
 * pd_desk_set_secret_finish:
 * @self: the desk
 * @result: what the callback was given
 * @error: %PD_ERROR_BAD_KEY or %PD_ERROR_BAD_INPUT: nothing has changed; PD_ERROR_KEYRING_*: the value is held in memory;
 *   %PD_ERROR_STORAGE: it is stored, but the profile could not be written
 *
 * Returns: whether the value is stored
 */
gboolean
pd_desk_set_secret_finish (PdDesk        *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return pd_secret_change_finish (result, error);
}

void
pd_desk_unset_secret_async (PdDesk              *self,
                            PdProfile           *profile,
                            const char          *field_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  pd_secret_change_async (self, profile, field_id, NULL, FALSE, cancellable, callback, user_data);
}

gboolean
pd_desk_unset_secret_finish (PdDesk        *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return pd_secret_change_finish (result, error);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask                 *task = data;
  PdDesk                *self = g_task_get_source_object (task);
  PdProfile             *profile = g_task_get_task_data (task);
  g_autoptr (GError)     why = NULL;
  g_autoptr (GHashTable) stored = pd_secrets_list_finish (PD_SECRETS (source), result, &why);
  GHashTable            *states = g_hash_table_new (g_str_hash, g_str_equal);
  guint                  n_fields;
  const PdField *const  *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    g_autoptr (GDateTime) noted = NULL;
    PdSecretState         state;

    if (!pd_field_is_secret (fields[i]))
      continue;
    noted = pd_profile_get_secret_stored (profile, fields[i]->id);
    if (pd_secrets_is_pending (self->secrets, pd_profile_get_id (profile), fields[i]->id))
      state = PD_SECRET_PENDING;
    else if (stored == NULL)
      state = PD_SECRET_UNKNOWN;
    else if (g_hash_table_contains (stored, fields[i]->id))
      state = PD_SECRET_YES;
    else
      state = noted != NULL ? PD_SECRET_LOST : PD_SECRET_NO;
    g_hash_table_insert (states, (gpointer) fields[i]->id, GUINT_TO_POINTER (state));
  }
  if (why != NULL)
    g_object_set_data_full (G_OBJECT (task), "why", g_steal_pointer (&why), (GDestroyNotify) g_error_free);
  g_task_return_pointer (task, states, (GDestroyNotify) g_hash_table_unref);
  g_object_unref (task);
}

void
pd_desk_get_states_async (PdDesk              *self,
                          PdProfile           *profile,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_desk_get_states_async);
  g_task_set_task_data (task, g_object_ref (profile), g_object_unref);
  pd_secrets_list_async (self->secrets, pd_profile_get_id (profile), cancellable, on_listed, task);
}

/**
 * pd_desk_get_states_finish:
 * @self: the desk
 * @result: what the callback was given
 * @why: (out) (optional) (nullable): why the keyring could not be asked
 *
 * Returns: (transfer full) (nullable) (element-type utf8 guint): field id → #PdSecretState of every secret field; %NULL when
 *   cancelled, with the error in @why
 */
GHashTable *
pd_desk_get_states_finish (PdDesk        *self,
                           GAsyncResult  *result,
                           GError       **why)
{
  GHashTable *states = g_task_propagate_pointer (G_TASK (result), why);
  GError     *told = g_object_get_data (G_OBJECT (result), "why");

  if (states != NULL && told != NULL && why != NULL)
    *why = g_error_copy (told);
  return states;
}

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask          *task = data;
  PdProfile      *profile = g_task_get_task_data (task);
  GError         *error = NULL;
  GHashTable     *values = pd_secrets_fetch_finish (PD_SECRETS (source), result, &error);
  GHashTableIter  iter;
  gpointer        field_id;

  if (values == NULL) {
    return_error (task, error);
    return;
  }
  /* Where the pre-set token's text stands, it is what counts. */
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &field_id, NULL)) {
    if (pd_catalogue_lookup (field_id) == NULL || *pd_profile_get_text (profile, field_id) != '\0')
      g_hash_table_iter_remove (&iter);
  }
  g_task_return_pointer (task, values, (GDestroyNotify) g_hash_table_unref);
  g_object_unref (task);
}

void
pd_desk_fetch_secrets_async (PdDesk              *self,
                             PdProfile           *profile,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_desk_fetch_secrets_async);
  g_task_set_task_data (task, g_object_ref (profile), g_object_unref);
  pd_secrets_fetch_async (self->secrets, pd_profile_get_id (profile), cancellable, on_fetched, task);
}

/**
 * pd_desk_fetch_secrets_finish:
 * @self: the desk
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type utf8 PdSecretText): field id → value, of what is stored
 */
GHashTable *
pd_desk_fetch_secrets_finish (PdDesk        *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * pd_desk_delete_profile:
 * @self: the desk
 * @profile: a profile
 * @error: %PD_ERROR_STORAGE
 *
 * Takes the shop out of the list. Its secrets stay until pd_desk_complete_deletions_async().
 *
 * Returns: whether it is out of the list
 */
gboolean
pd_desk_delete_profile (PdDesk     *self,
                        PdProfile  *profile,
                        GError    **error)
{
  pd_profile_forget_undo (profile);
  return pd_store_remove (self->store, profile, error);
}

gboolean
pd_desk_undo_delete (PdDesk      *self,
                     const char  *profile_id,
                     GError     **error)
{
  return pd_store_restore (self->store, profile_id, error);
}

static void complete_next (GTask *task);

static void
on_secrets_gone (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  GTask             *task = data;
  PdDesk            *self = g_task_get_source_object (task);
  GQueue            *left = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char   *profile_id = g_queue_pop_head (left);

  /* The folder goes last: while it is there, the next start knows that secrets may be left. */
  if (!pd_secrets_delete_all_finish (PD_SECRETS (source), result, &error) || !pd_store_purge (self->store, profile_id, &error)) {
    return_error (task, g_steal_pointer (&error));
    return;
  }
  complete_next (task);
}

static void
complete_next (GTask *task)
{
  PdDesk *self = g_task_get_source_object (task);
  GQueue *left = g_task_get_task_data (task);

  if (g_queue_is_empty (left))
    return_true (task);
  else
    pd_secrets_delete_all_async (self->secrets, g_queue_peek_head (left), g_task_get_cancellable (task), on_secrets_gone, task);
}

static void
queue_free (gpointer queue)
{
  g_queue_free_full (queue, g_free);
}

/**
 * pd_desk_complete_deletions_async:
 * @self: the desk
 * @profile_id: (nullable): a deleted profile's id; %NULL: every one that is still in the trash
 * @cancellable: (nullable): ends it
 * @callback: called when it is done, or the keyring cannot be asked
 * @user_data: for @callback
 *
 * Deletes for good: the secrets first, then the folder.
 */
void
pd_desk_complete_deletions_async (PdDesk              *self,
                                  const char          *profile_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask         *task = g_task_new (self, cancellable, callback, user_data);
  GQueue        *left = g_queue_new ();
  g_auto (GStrv) trash = pd_store_list_trash (self->store);

  g_task_set_source_tag (task, pd_desk_complete_deletions_async);
  g_task_set_task_data (task, left, queue_free);
  for (guint i = 0; trash[i] != NULL; i++) {
    if (profile_id == NULL || g_str_equal (trash[i], profile_id))
      g_queue_push_tail (left, g_strdup (trash[i]));
  }
  complete_next (task);
}

gboolean
pd_desk_complete_deletions_finish (PdDesk        *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_all_listed (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  GTask                *task = data;
  PdDesk               *self = g_task_get_source_object (task);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) all = pd_secrets_list_all_finish (PD_SECRETS (source), result, &error);
  g_auto (GStrv)        trash = NULL;
  GPtrArray            *orphans;

  if (all == NULL) {
    return_error (task, g_steal_pointer (&error));
    return;
  }
  orphans = g_ptr_array_new_with_free_func (g_free);
  trash = pd_store_list_trash (self->store);
  for (guint i = 0; i < all->len; i++) {
    const char         *key = g_ptr_array_index (all, i);
    g_autofree char    *profile_id = g_strndup (key, strcspn (key, "/"));
    g_autoptr (GError)  why = NULL;

    /* A shop whose file is damaged, or that waits to be deleted for good, still has its secrets. */
    if (pd_store_find (self->store, profile_id, &why) == NULL && g_error_matches (why, PD_ERROR, PD_ERROR_NOT_FOUND) &&
        !g_strv_contains ((const char *const *) trash, profile_id))
      g_ptr_array_add (orphans, g_strdup (key));
  }
  g_task_return_pointer (task, orphans, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

void
pd_desk_list_orphans_async (PdDesk              *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_desk_list_orphans_async);
  pd_secrets_list_all_async (self->secrets, cancellable, on_all_listed, task);
}

/**
 * pd_desk_list_orphans_finish:
 * @self: the desk
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type utf8): "profile/field" of the items whose profile is not in the store
 */
GPtrArray *
pd_desk_list_orphans_finish (PdDesk        *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
