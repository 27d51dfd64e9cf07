/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-catalogue.h"
#include "pd-wipe.h"

/* A deletion under way; the task's data. */
typedef struct {
  PdDesk    *desk;
  PdProfile *profile;
  GPtrArray *field_ids; /* those to go */
  guint      n_done;
  gboolean   everything;
  gboolean   in_step;
} Wipe;

static void delete_next (GTask *task);

static void
end_step (Wipe *wipe)
{
  if (wipe->in_step)
    pd_profile_end_step (wipe->profile);
  wipe->in_step = FALSE;
}

static void
wipe_free (gpointer data)
{
  Wipe *wipe = data;

  end_step (wipe);
  g_ptr_array_unref (wipe->field_ids);
  g_object_unref (wipe->profile);
  g_object_unref (wipe->desk);
  g_free (wipe);
}

static void
return_error (GTask  *task,
              GError *error)
{
  end_step (g_task_get_task_data (task));
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* What a profile's own text holds counts as well. */
static gboolean
is_left (Wipe       *wipe,
         const char *field_id,
         GHashTable *stored)
{
  const PdField *field = pd_catalogue_lookup (field_id);

  if (field == NULL || pd_field_is_secret (field))
    return g_hash_table_contains (stored, field_id);
  return !pd_profile_is_empty (wipe->profile, field_id);
}

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GTask                 *task = data;
  Wipe                  *wipe = g_task_get_task_data (task);
  GError                *error = NULL;
  g_autoptr (GHashTable) stored = pd_secrets_list_finish (PD_SECRETS (source), result, &error);
  PdWipeProof           *proof;
  GHashTableIter         iter;
  gpointer               field_id;

  if (stored == NULL) {
    return_error (task, error);
    return;
  }
  proof = g_new0 (PdWipeProof, 1);
  proof->asked = g_date_time_new_now_local ();
  proof->left = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, stored);
  while (wipe->everything && g_hash_table_iter_next (&iter, &field_id, NULL))
    g_ptr_array_add (proof->left, g_strdup (field_id));
  for (guint i = 0; i < wipe->field_ids->len && !wipe->everything; i++) {
    if (is_left (wipe, g_ptr_array_index (wipe->field_ids, i), stored))
      g_ptr_array_add (proof->left, g_strdup (g_ptr_array_index (wipe->field_ids, i)));
  }
  end_step (wipe);
  g_task_return_pointer (task, proof, (GDestroyNotify) pd_wipe_proof_free);
  g_object_unref (task);
}

/* Not what was asked of it before, nor what this process believes: the keyring is asked anew. */
static void
ask_again (GTask *task)
{
  Wipe *wipe = g_task_get_task_data (task);

  pd_secrets_list_async (pd_desk_get_secrets (wipe->desk), pd_profile_get_id (wipe->profile), g_task_get_cancellable (task), on_asked,
                         task);
}

static void
on_rest_deleted (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  GTask                *task = data;
  Wipe                 *wipe = g_task_get_task_data (task);
  GError               *error = NULL;
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  if (!pd_secrets_delete_all_finish (PD_SECRETS (source), result, &error)) {
    return_error (task, error);
    return;
  }
  for (guint i = 0; i < n_fields; i++) {
    if (pd_field_is_secret (fields[i]))
      pd_profile_note_secret (wipe->profile, fields[i]->id, NULL);
  }
  /* The steps of undo hold the values, too. */
  pd_profile_forget_undo (wipe->profile);
  ask_again (task);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask  *task = data;
  GError *error = NULL;

  if (!pd_desk_unset_secret_finish (PD_DESK (source), result, &error))
    return_error (task, error);
  else
    delete_next (task);
}

static void
delete_next (GTask *task)
{
  Wipe          *wipe = g_task_get_task_data (task);
  const char    *field_id;
  const PdField *field;

  if (wipe->n_done == wipe->field_ids->len) {
    /* Items that no field of this program names, or that lie behind a pre-set token's text. */
    if (wipe->everything)
      pd_secrets_delete_all_async (pd_desk_get_secrets (wipe->desk), pd_profile_get_id (wipe->profile), g_task_get_cancellable (task),
                                   on_rest_deleted, task);
    else
      ask_again (task);
    return;
  }
  field_id = g_ptr_array_index (wipe->field_ids, wipe->n_done++);
  field = pd_catalogue_lookup (field_id);
  if (pd_field_is_secret (field)) {
    pd_desk_unset_secret_async (wipe->desk, wipe->profile, field_id, g_task_get_cancellable (task), on_deleted, task);
    return;
  }
  pd_profile_set_text (wipe->profile, field_id, "", NULL);
  delete_next (task);
}

static void
start (PdDesk              *desk,
       PdProfile           *profile,
       GPtrArray           *field_ids,
       gboolean             everything,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (desk, cancellable, callback, user_data);
  Wipe  *wipe = g_new0 (Wipe, 1);

  g_task_set_source_tag (task, start);
  wipe->desk = g_object_ref (desk);
  wipe->profile = g_object_ref (profile);
  wipe->field_ids = field_ids;
  wipe->everything = everything;
  wipe->in_step = TRUE;
  g_task_set_task_data (task, wipe, wipe_free);
  pd_profile_begin_step (profile);
  delete_next (task);
}

void
pd_wipe_proof_free (PdWipeProof *self)
{
  g_date_time_unref (self->asked);
  g_ptr_array_unref (self->left);
  g_free (self);
}

/**
 * pd_wipe_fields_async:
 * @desk: the desk
 * @profile: a shop
 * @field_ids: (array zero-terminated=1): fields of the catalogue, secret or not, in use or not
 * @cancellable: (nullable): ends it
 * @callback: called with what the keyring says then
 * @user_data: for @callback
 *
 * Deletes values, all of them one step of undo, and asks the keyring whether they are gone.
 */
void
pd_wipe_fields_async (PdDesk              *desk,
                      PdProfile           *profile,
                      const char *const   *field_ids,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; field_ids[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (field_ids[i]));
  start (desk, profile, list, FALSE, cancellable, callback, user_data);
}

/**
 * pd_wipe_all_async:
 * @desk: the desk
 * @profile: a shop
 * @cancellable: (nullable): ends it
 * @callback: called with what the keyring says then
 * @user_data: for @callback
 *
 * Deletes every secret of the shop for good: nothing brings it back, and the steps of undo are forgotten with it. What is no secret
 * stays, the text of a pre-set token among it (S054).
 */
void
pd_wipe_all_async (PdDesk              *desk,
                   PdProfile           *profile,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GPtrArray            *list = g_ptr_array_new_with_free_func (g_free);
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    if (pd_field_is_secret (fields[i]) && *pd_profile_get_text (profile, fields[i]->id) == '\0')
      g_ptr_array_add (list, g_strdup (fields[i]->id));
  }
  start (desk, profile, list, TRUE, cancellable, callback, user_data);
}

/**
 * pd_wipe_finish:
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_* or %PD_ERROR_STORAGE: what was not deleted by then is still there
 *
 * Returns: (transfer full) (nullable): what the keyring said when it was asked again
 */
PdWipeProof *
pd_wipe_finish (GAsyncResult  *result,
                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
