/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-key.h"
#include "pd-secret-change-private.h"
#include "pd-shape.h"

/* The task's data. */
typedef struct {
  PdStore      *store;
  PdSecrets    *secrets;
  PdProfile    *profile;
  char         *field_id;
  PdSecretText *value;   /* as it was given; NULL: delete */
  PdSecretText *before;  /* what was there, for the undo step; NULL: nothing */
  PdSecretText *after;   /* what is to be there; NULL: nothing */
  GDateTime    *noted;   /* the note before a deletion */
  gboolean      is_undo;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->store);
  g_object_unref (change->secrets);
  g_object_unref (change->profile);
  g_free (change->field_id);
  g_clear_pointer (&change->value, pd_secret_text_unref);
  g_clear_pointer (&change->before, pd_secret_text_unref);
  g_clear_pointer (&change->after, pd_secret_text_unref);
  g_clear_pointer (&change->noted, g_date_time_unref);
  g_free (change);
}

static void start (GTask *task);

/* The changes of one profile are made one after the other, in the order in which they were asked for: the first of the queue is
 * under way. */
static void
enter (GTask *task)
{
  Change *change = g_task_get_task_data (task);
  GQueue *queue = g_object_get_data (G_OBJECT (change->profile), "pd-secret-changes");

  if (queue == NULL) {
    queue = g_queue_new ();
    g_object_set_data_full (G_OBJECT (change->profile), "pd-secret-changes", queue, (GDestroyNotify) g_queue_free);
  }
  g_queue_push_tail (queue, task);
  if (queue->length == 1)
    start (task);
}

static void
leave (GTask *task)
{
  Change               *change = g_task_get_task_data (task);
  g_autoptr (PdProfile) profile = g_object_ref (change->profile);
  GQueue               *queue = g_object_get_data (G_OBJECT (profile), "pd-secret-changes");

  g_queue_remove (queue, task);
  g_object_unref (task);
  if (queue->length > 0)
    start (g_queue_peek_head (queue));
}

static void
return_error (GTask  *task,
              GError *error)
{
  g_task_return_error (task, error);
  leave (task);
}

static void
return_true (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  leave (task);
}

static gboolean
is_keyring_error (const GError *error)
{
  return error->domain == PD_ERROR && error->code >= PD_ERROR_KEYRING_LOCKED && error->code <= PD_ERROR_KEYRING_FAILED;
}

static gboolean
is_equal (PdSecretText *a,
          PdSecretText *b)
{
  return a != NULL && b != NULL && pd_secret_text_get_length (a) == pd_secret_text_get_length (b) &&
         memcmp (pd_secret_text_peek (a), pd_secret_text_peek (b), pd_secret_text_get_length (a)) == 0;
}

static gboolean
has_text (const Change *change)
{
  return *pd_profile_get_text (change->profile, change->field_id) != '\0';
}

static gboolean
is_pending (const Change *change)
{
  return pd_secrets_is_pending (change->secrets, pd_profile_get_id (change->profile), change->field_id);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (pd_store_save_finish (PD_STORE (source), result, &error))
    return_true (data);
  else
    return_error (data, g_steal_pointer (&error));
}

/* What the keyring has done is done: from here on no cancellation. */
static void
save (GTask *task)
{
  Change *change = g_task_get_task_data (task);

  pd_store_save_async (change->store, change->profile, NULL, on_saved, task);
}

/* The profile notes what the keyring now holds. */
static void
note (Change *change)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  pd_profile_note_secret (change->profile, change->field_id, change->after != NULL ? now : NULL);
}

static void
push_step (Change *change)
{
  if (!change->is_undo)
    pd_profile_push_secret_step (change->profile, change->field_id, change->before, change->after);
}

/* What the person typed is not lost over a keyring that is locked or gone. */
static void
hold_and_fail (GTask  *task,
               GError *error)
{
  Change *change = g_task_get_task_data (task);

  if (change->after != NULL && is_keyring_error (error))
    pd_secrets_hold (change->secrets, pd_profile_get_id (change->profile), change->field_id, change->after);
  return_error (task, error);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask  *task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!pd_secrets_store_finish (PD_SECRETS (source), result, &error)) {
    hold_and_fail (task, error);
    return;
  }
  note (change);
  push_step (change);
  save (task);
}

static void
on_deletion_undone (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  GTask  *task = data;
  GError *why = g_object_steal_data (G_OBJECT (task), "why");

  pd_store_save_finish (PD_STORE (source), result, NULL);
  return_error (task, why);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask  *task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!pd_secrets_delete_finish (PD_SECRETS (source), result, &error)) {
    if (change->noted == NULL) {
      return_error (task, error);
      return;
    }
    pd_profile_note_secret (change->profile, change->field_id, change->noted);
    g_object_set_data (G_OBJECT (task), "why", error);
    pd_store_save_async (change->store, change->profile, NULL, on_deletion_undone, task);
    return;
  }
  pd_profile_begin_step (change->profile);
  push_step (change);
  if (!change->is_undo && has_text (change))
    pd_profile_set_text (change->profile, change->field_id, "", NULL);
  pd_profile_end_step (change->profile);
  save (task);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  GTask  *task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!pd_store_save_finish (PD_STORE (source), result, &error)) {
    if (change->noted != NULL)
      pd_profile_note_secret (change->profile, change->field_id, change->noted);
    return_error (task, error);
    return;
  }
  pd_secrets_delete_async (change->secrets, pd_profile_get_id (change->profile), change->field_id,
                           g_task_get_cancellable (task), on_deleted, task);
}

/* A value is stored first and noted then, a deletion noted first and done then: a crash in between leaves a secret that is found
 * again, and never the note of one that would count as lost. */
static void
apply (GTask *task)
{
  Change *change = g_task_get_task_data (task);

  if (change->after != NULL) {
    pd_secrets_store_async (change->secrets, pd_profile_get_id (change->profile), change->field_id, change->after,
                            g_task_get_cancellable (task), on_stored, task);
    return;
  }
  /* A value that still waits was undone, whether or not the keyring can follow. */
  if (change->is_undo)
    pd_secrets_drop_pending (change->secrets, pd_profile_get_id (change->profile), change->field_id);
  change->noted = pd_profile_get_secret_stored (change->profile, change->field_id);
  note (change);
  pd_store_save_async (change->store, change->profile, NULL, on_forgotten, task);
}

/* What was there is remembered for the undo. A keyring that cannot be read is not written to either: the undo would otherwise take
 * 'unknown' for 'nothing' and delete. */
static void
on_before (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask  *task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  change->before = pd_secrets_lookup_finish (PD_SECRETS (source), result, &error);
  if (error != NULL) {
    hold_and_fail (task, error);
    return;
  }
  if (!is_equal (change->before, change->after) || is_pending (change)) {
    apply (task);
    return;
  }
  /* Stored already. What a crash may have left out is made good. */
  change->noted = pd_profile_get_secret_stored (change->profile, change->field_id);
  if (change->noted == NULL)
    note (change);
  if (has_text (change))
    pd_profile_set_text (change->profile, change->field_id, "", NULL);
  save (task);
}

/* The text that Amazon's set-up leaves is no secret: it is kept as plain text, and a token in the keyring stays. */
static void
set_preset_token (GTask *task)
{
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!pd_profile_set_text (change->profile, change->field_id, PD_PRESET_TOKEN, &error)) {
    return_error (task, error);
    return;
  }
  pd_secrets_drop_pending (change->secrets, pd_profile_get_id (change->profile), change->field_id);
  save (task);
}

/* What never went into the keyring needs none to be deleted. */
static gboolean
delete_without_keyring (GTask *task)
{
  Change                *change = g_task_get_task_data (task);
  g_autoptr (GDateTime)  noted = pd_profile_get_secret_stored (change->profile, change->field_id);

  if (change->after != NULL || change->is_undo || noted != NULL || (!has_text (change) && !is_pending (change)))
    return FALSE;
  pd_secrets_drop_pending (change->secrets, pd_profile_get_id (change->profile), change->field_id);
  if (has_text (change))
    pd_profile_set_text (change->profile, change->field_id, "", NULL);
  save (task);
  return TRUE;
}

/* A private key is kept as one line of Base64; what is no usable key is refused, and what was there stays. */
static PdSecretText *
canonicalise (const PdField  *field,
              PdSecretText   *value,
              GError        **error)
{
  g_autoptr (PdKey) key = NULL;

  if (pd_secret_text_get_length (value) == 0) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("There is nothing to store: the value is empty."));
    return NULL;
  }
  if (field->shape != &pd_shape_private_key)
    return pd_secret_text_ref (value);
  key = pd_key_new_private (pd_secret_text_peek (value), pd_secret_text_get_length (value), error);
  return key != NULL ? pd_key_to_stored (key) : NULL;
}

static void
start (GTask *task)
{
  Change        *change = g_task_get_task_data (task);
  const PdField *field = pd_catalogue_lookup (change->field_id);
  GError        *error = NULL;

  if (field == NULL || !pd_field_is_secret (field)) {
    return_error (task, g_error_new (PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no secret field “%s”."), change->field_id));
    return;
  }
  if (change->value != NULL && g_str_equal (pd_secret_text_peek (change->value), PD_PRESET_TOKEN)) {
    set_preset_token (task);
    return;
  }
  if (change->value != NULL) {
    change->after = canonicalise (field, change->value, &error);
    if (change->after == NULL) {
      return_error (task, error);
      return;
    }
  }
  if (delete_without_keyring (task))
    return;
  if (change->is_undo)
    apply (task);
  else
    pd_secrets_lookup_async (change->secrets, pd_profile_get_id (change->profile), change->field_id,
                             g_task_get_cancellable (task), on_before, task);
}

/**
 * pd_secret_change_async:
 * @desk: store and keyring
 * @profile: one of the profiles
 * @field_id: a secret field's id
 * @value: (nullable): its new value; %NULL: delete it
 * @is_undo: whether undo or redo asks for it
 * @cancellable: (nullable): ends it
 * @callback: called when it is done, or not
 * @user_data: for @callback
 *
 * Changes one secret in the keyring and in the profile, so that the two stay a pair also when the program ends in between.
 */
void
pd_secret_change_async (PdDesk              *desk,
                        PdProfile           *profile,
                        const char          *field_id,
                        PdSecretText        *value,
                        gboolean             is_undo,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask  *task = g_task_new (desk, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);

  g_task_set_source_tag (task, pd_secret_change_async);
  g_task_set_task_data (task, change, change_free);
  g_task_set_check_cancellable (task, FALSE);
  change->store = g_object_ref (pd_desk_get_store (desk));
  change->secrets = g_object_ref (pd_desk_get_secrets (desk));
  change->profile = g_object_ref (profile);
  change->field_id = g_strdup (field_id);
  change->value = value != NULL ? pd_secret_text_ref (value) : NULL;
  change->is_undo = is_undo;
  enter (task);
}

gboolean
pd_secret_change_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
