/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-document.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-merge.h"
#include "pd-profile-private.h"
#include "pd-store-private.h"

/* Milliseconds after the last edit, the longest that edits may go on unsaved meanwhile, and the time until a retry. */
#define AUTOSAVE_DELAY 400
#define AUTOSAVE_LATEST 2000
#define RETRY_DELAY 5000

static void start_or_answer (PdStoreRecord *record);

static PdStoreJob *
job_new (PdShelfWrite *write)
{
  PdStoreJob *job = g_atomic_rc_box_new0 (PdStoreJob);

  job->write = write;
  job->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&job->mutex);
  g_cond_init (&job->cond);
  return job;
}

static void
job_clear (PdStoreJob *job)
{
  pd_shelf_write_free (job->write);
  g_ptr_array_unref (job->tasks);
  g_mutex_clear (&job->mutex);
  g_cond_clear (&job->cond);
}

static void
job_unref (PdStoreJob *job)
{
  g_atomic_rc_box_release_full (job, (GDestroyNotify) job_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdStoreJob, job_unref)

/* What may be saved now: the document, with the disk's values in the fields that are in conflict. */
static JsonNode *
make_snapshot (PdStoreRecord *record,
               JsonNode      *base)
{
  g_autoptr (JsonNode) mine = pd_profile_to_json (record->profile);
  GHashTableIter iter;
  gpointer field_id;

  g_hash_table_iter_init (&iter, record->saving->held);
  while (base != NULL && g_hash_table_iter_next (&iter, &field_id, NULL))
    pd_merge_put_field (mine, base, field_id);
  return g_steal_pointer (&mine);
}

/* Whether there is anything to save that is not in conflict. */
static gboolean
has_more (PdStoreRecord *record)
{
  g_autoptr (JsonNode) base = NULL;
  g_autoptr (JsonNode) mine = NULL;

  if (!pd_profile_is_changed (record->profile))
    return FALSE;
  base = pd_profile_dup_base (record->profile);
  if (base == NULL)
    return TRUE;
  mine = make_snapshot (record, base);
  if (!json_node_equal (mine, base))
    return TRUE;
  /* Edited and taken back. */
  if (g_hash_table_size (record->saving->held) == 0)
    pd_profile_set_base (record->profile, g_steal_pointer (&base));
  return FALSE;
}

static PdShelfWrite *
make_write (PdStoreRecord *record)
{
  JsonNode *base = pd_profile_dup_base (record->profile);
  PdShelfWrite *write = pd_shelf_write_new (record->store->dir, base, make_snapshot (record, base));

  write->ask = record->store->watching;
  write->revive = record->store->watching;
  return write;
}

static void
let_go_of_settled (PdStoreRecord *record,
                   JsonNode      *mine,
                   JsonNode      *theirs)
{
  GHashTableIter iter;
  gpointer field_id;

  g_hash_table_iter_init (&iter, record->saving->held);
  while (g_hash_table_iter_next (&iter, &field_id, NULL)) {
    const char *section = pd_document_get_section (field_id);
    JsonNode *a = pd_document_peek (json_node_get_object (mine), section, field_id);
    JsonNode *b = pd_document_peek (json_node_get_object (theirs), section, field_id);

    if (a == b || (a != NULL && b != NULL && json_node_equal (a, b)))
      g_hash_table_iter_remove (&iter);
  }
}

/**
 * pd_store_absorb:
 * @record: a profile
 * @base: the document that mine and theirs both come from
 * @theirs: what the disk holds now
 * @stamp: of the file
 *
 * Takes over what the disk has, keeping what has been edited here since. Fields that both changed are held.
 */
void
pd_store_absorb (PdStoreRecord *record,
                 JsonNode      *base,
                 JsonNode      *theirs,
                 const PdStamp *stamp)
{
  PdStore *self = record->store;
  g_autoptr (PdProfile) profile = g_object_ref (record->profile);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) mine = pd_profile_to_json (profile);
  g_autoptr (JsonNode) merged = NULL;

  merged = json_node_equal (mine, base) ? json_node_ref (theirs) : pd_merge (base, mine, theirs, PD_MERGE_MINE, conflicts);
  pd_store_set_stamp (record, stamp);
  g_signal_handler_block (profile, record->saving->changed);
  if (!json_node_equal (mine, merged))
    pd_profile_absorb (profile, merged);
  g_signal_handler_unblock (profile, record->saving->changed);
  pd_profile_set_base (profile, json_node_ref (theirs));
  let_go_of_settled (record, merged, theirs);
  for (guint i = 0; i < conflicts->len; i++)
    g_hash_table_add (record->saving->held, g_strdup (g_ptr_array_index (conflicts, i)));
  pd_store_sort_again (record);
  if (conflicts->len > 0) {
    g_ptr_array_add (conflicts, NULL);
    g_signal_emit (self, pd_store_signals[PD_STORE_CONFLICT], 0, profile, conflicts->pdata);
  }
}

/* Deals with the outcome of a write. */
static gboolean
take_in (PdStoreRecord  *record,
         PdShelfWrite   *write,
         GError        **error)
{
  g_autoptr (JsonNode) base = NULL;

  if (write->set_aside != NULL) {
    g_autoptr (GError) why = g_error_new_literal (PD_ERROR, PD_ERROR_DAMAGED_PROFILE, _("This shop’s file was damaged."));

    pd_store_note_set_aside (record->store, write->id, write->set_aside, why, NULL, TRUE);
  }
  if (write->written == NULL) {
    if (error != NULL)
      *error = g_error_copy (write->error);
    return FALSE;
  }
  /* Where the disk's value stands against mine, mine is still an edit of what was there before. */
  base = json_node_ref (write->mine);
  for (guint i = 0; i < write->conflicts->len && write->base != NULL; i++) {
    if (i == 0) {
      json_node_unref (base);
      base = pd_json_copy (write->mine);
    }
    pd_merge_put_field (base, write->base, g_ptr_array_index (write->conflicts, i));
  }
  pd_store_absorb (record, base, write->written, &write->stamp);
  return TRUE;
}

static gboolean
report_held (PdStoreRecord  *record,
             GError        **error)
{
  g_auto (GStrv) fields = NULL;
  g_autofree char *list = NULL;

  if (g_hash_table_size (record->saving->held) == 0)
    return TRUE;
  fields = pd_store_get_conflicts (record->store, record->profile);
  list = g_strjoinv (", ", fields);
  g_set_error (error, PD_ERROR, PD_ERROR_CONFLICT,
               _("Another program has changed the same field (%s). Choose which value to keep."), list);
  return FALSE;
}

typedef struct {
  GPtrArray *tasks;
  GError    *error;
} Answer;

static void
answer_free (Answer *self)
{
  g_ptr_array_unref (self->tasks);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
answer_now (gpointer data)
{
  Answer *self = data;

  for (guint i = 0; i < self->tasks->len; i++) {
    if (self->error != NULL)
      g_task_return_error (g_ptr_array_index (self->tasks, i), g_error_copy (self->error));
    else
      g_task_return_boolean (g_ptr_array_index (self->tasks, i), TRUE);
  }
  return G_SOURCE_REMOVE;
}

/* From the main loop only: who asked may do anything with the store then, and here the store is in the middle of something. */
static void
answer (GPtrArray    **tasks,
        const GError  *error)
{
  Answer *self;

  if ((*tasks)->len == 0)
    return;
  self = g_new0 (Answer, 1);
  self->tasks = *tasks;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_now, self, (GDestroyNotify) answer_free);
}

static gboolean
on_timer (gpointer data)
{
  PdStoreRecord *record = data;

  record->saving->timer = 0;
  start_or_answer (record);
  return G_SOURCE_REMOVE;
}

static void
set_timer (PdStoreRecord *record,
           guint          delay)
{
  g_clear_handle_id (&record->saving->timer, g_source_remove);
  record->saving->timer = g_timeout_add (delay, on_timer, record);
}

/* After a write, and before the next one. */
static void
settle (PdStoreRecord *record)
{
  if (pd_profile_is_changed (record->profile))
    return;
  record->saving->dirty_since = 0;
  g_clear_handle_id (&record->saving->timer, g_source_remove);
  g_signal_emit (record->store, pd_store_signals[PD_STORE_SAVED], 0, record->profile);
}

static void
finish_job (PdStoreRecord *record,
            PdStoreJob    *job)
{
  PdStore *self = record->store;
  g_autoptr (PdStoreJob) hold = g_atomic_rc_box_acquire (job);
  g_autoptr (GError) error = NULL;

  if (job->taken_in)
    return;
  job->taken_in = TRUE;
  g_clear_pointer (&record->saving->job, job_unref);
  if (take_in (record, job->write, &error)) {
    settle (record);
    report_held (record, &error);
  } else if (self->autosave) {
    set_timer (record, RETRY_DELAY);
    g_signal_emit (self, pd_store_signals[PD_STORE_SAVE_FAILED], 0, record->profile, error);
  }
  answer (&job->tasks, error);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  PdStoreJob *job = data;

  pd_shelf_write (job->write);
  g_mutex_lock (&job->mutex);
  job->done = TRUE;
  g_cond_broadcast (&job->cond);
  g_mutex_unlock (&job->mutex);
  g_task_return_boolean (task, TRUE);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  PdStore *self = PD_STORE (source);
  PdStoreJob *job = g_task_get_task_data (G_TASK (result));
  PdStoreRecord *record = pd_store_lookup (self, job->write->id);

  if (record == NULL || pd_store_get_job (record) != job)
    return;
  finish_job (record, job);
  if (record->saving->waiting->len > 0)
    start_or_answer (record);
  else if (self->autosave && record->saving->timer == 0 && has_more (record))
    pd_store_schedule (record);
}

/* Starts a write if there is something to write, else answers those who wait for one. */
static void
start_or_answer (PdStoreRecord *record)
{
  g_autoptr (GTask) task = NULL;
  GPtrArray *tasks;

  if (record->saving->job != NULL)
    return;
  g_clear_handle_id (&record->saving->timer, g_source_remove);
  if (!has_more (record)) {
    g_autoptr (GError) error = NULL;

    settle (record);
    report_held (record, &error);
    answer (&record->saving->waiting, error);
    return;
  }
  record->saving->dirty_since = 0;
  record->saving->job = job_new (make_write (record));
  tasks = record->saving->waiting;
  record->saving->waiting = record->saving->job->tasks;
  record->saving->job->tasks = tasks;
  task = g_task_new (record->store, NULL, on_written, NULL);
  g_task_set_source_tag (task, start_or_answer);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (record->saving->job), (GDestroyNotify) job_unref);
  g_task_run_in_thread (task, write_in_thread);
}

/* Returns: (transfer none) (nullable): the write in flight */
PdStoreJob *
pd_store_get_job (PdStoreRecord *record)
{
  return record->saving != NULL ? record->saving->job : NULL;
}

/* Waits for the write in flight, if there is one, and deals with its outcome at once. */
void
pd_store_wait (PdStoreRecord *record)
{
  PdStoreJob *job = pd_store_get_job (record);

  if (job == NULL)
    return;
  g_mutex_lock (&job->mutex);
  while (!job->done)
    g_cond_wait (&job->cond, &job->mutex);
  g_mutex_unlock (&job->mutex);
  finish_job (record, job);
}

/* Writes in this thread. */
gboolean
pd_store_write_now (PdStoreRecord  *record,
                    GError        **error)
{
  g_autoptr (PdShelfWrite) write = NULL;

  pd_store_wait (record);
  if (!has_more (record))
    return report_held (record, error);
  write = make_write (record);
  pd_shelf_write (write);
  if (!take_in (record, write, error))
    return FALSE;
  settle (record);
  return report_held (record, error);
}

/* An edit: saves some time after the last one, and not too long after the first. */
void
pd_store_schedule (PdStoreRecord *record)
{
  gint64 now = g_get_monotonic_time () / 1000;
  gint64 latest;

  if (!record->store->autosave)
    return;
  if (record->saving->dirty_since == 0)
    record->saving->dirty_since = now;
  latest = record->saving->dirty_since + AUTOSAVE_LATEST - now;
  set_timer (record, (guint) CLAMP (latest, 0, AUTOSAVE_DELAY));
}

/**
 * pd_store_set_autosave:
 * @self: a store
 * @autosave: whether profiles are saved by themselves, shortly after they change
 */
void
pd_store_set_autosave (PdStore  *self,
                       gboolean  autosave)
{
  g_return_if_fail (PD_IS_STORE (self));

  self->autosave = autosave;
  for (guint i = 0; i < self->records->len; i++) {
    PdStoreRecord *record = g_ptr_array_index (self->records, i);

    if (record->saving != NULL && !autosave)
      g_clear_handle_id (&record->saving->timer, g_source_remove);
    else if (pd_store_is_changed (record))
      pd_store_schedule (record);
  }
}

/**
 * pd_store_is_dirty:
 * @self: a store
 * @profile: (nullable): one of its profiles; %NULL: any of them
 *
 * Returns: whether it has edits that the disk does not hold yet
 */
gboolean
pd_store_is_dirty (PdStore   *self,
                   PdProfile *profile)
{
  PdStoreRecord *record;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  if (profile == NULL) {
    for (guint i = 0; i < self->records->len; i++) {
      record = g_ptr_array_index (self->records, i);
      if (pd_store_get_job (record) != NULL || pd_store_is_changed (record))
        return TRUE;
    }
    return FALSE;
  }
  record = pd_store_get_record (self, profile);
  return record != NULL && (record->saving->job != NULL || pd_profile_is_changed (profile));
}

/**
 * pd_store_save:
 * @self: a store
 * @profile: one of its profiles
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_CONFLICT, %PD_ERROR_NEWER_FORMAT, %PD_ERROR_NOT_FOUND
 *
 * Saves now, and waits for the disk. What another program has written meanwhile is merged field by field; where both
 * changed the same field, a store that watches saves all other fields and asks, and any other saves nothing. Both
 * return %PD_ERROR_CONFLICT.
 *
 * Returns: whether everything in @profile is on the disk
 */
gboolean
pd_store_save (PdStore    *self,
               PdProfile  *profile,
               GError    **error)
{
  PdStoreRecord *record;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  record = pd_store_get_record (self, profile);
  if (record == NULL) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("The shop has been deleted."));
    return FALSE;
  }
  return pd_store_write_now (record, error);
}

/**
 * pd_store_save_async:
 * @self: a store
 * @profile: one of its profiles
 * @cancellable: (nullable): to stop waiting; what has begun is written all the same
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Like pd_store_save(), in a worker thread. Edits made meanwhile stay and are saved next.
 */
void
pd_store_save_async (PdStore             *self,
                     PdProfile           *profile,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  PdStoreRecord *record;

  g_return_if_fail (PD_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pd_store_save_async);
  record = pd_store_get_record (self, profile);
  if (record == NULL) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_NOT_FOUND, "%s", _("The shop has been deleted."));
    return;
  }
  g_ptr_array_add (record->saving->waiting, g_steal_pointer (&task));
  start_or_answer (record);
}

gboolean
pd_store_save_finish (PdStore       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* How many of the saves of a pd_store_save_all_async() are still under way, and the first that went wrong. */
typedef struct {
  guint   n_left;
  GError *error;
} SaveAll;

static void
save_all_free (SaveAll *all)
{
  g_clear_error (&all->error);
  g_free (all);
}

static void
save_all_step (GTask *task)
{
  SaveAll *all = g_task_get_task_data (task);

  if (--all->n_left > 0)
    return;
  if (all->error != NULL)
    g_task_return_error (task, g_steal_pointer (&all->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_one_saved (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SaveAll *all = g_task_get_task_data (task);

  pd_store_save_finish (PD_STORE (source), result, all->error == NULL ? &all->error : NULL);
  save_all_step (task);
}

/**
 * pd_store_save_all_async:
 * @self: a store
 * @cancellable: (nullable): to stop waiting
 * @callback: called when every profile is on the disk, or could not be saved
 * @user_data: for @callback
 *
 * For closing the window: saves whatever is not saved yet, at once.
 */
void
pd_store_save_all_async (PdStore             *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) dirty = g_ptr_array_new_with_free_func (g_object_unref);
  SaveAll *all;

  g_return_if_fail (PD_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pd_store_save_all_async);
  for (guint i = 0; i < self->records->len; i++) {
    PdStoreRecord *record = g_ptr_array_index (self->records, i);

    if (record->profile != NULL && pd_store_is_dirty (self, record->profile))
      g_ptr_array_add (dirty, g_object_ref (record->profile));
  }
  all = g_new0 (SaveAll, 1);
  all->n_left = dirty->len + 1;
  g_task_set_task_data (task, all, (GDestroyNotify) save_all_free);
  for (guint i = 0; i < dirty->len; i++)
    pd_store_save_async (self, g_ptr_array_index (dirty, i), NULL, on_one_saved, g_object_ref (task));
  save_all_step (task);
}

gboolean
pd_store_save_all_finish (PdStore       *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * pd_store_get_conflicts:
 * @self: a store
 * @profile: one of its profiles
 *
 * Returns: (transfer full): the ids of the fields that both sides changed and that wait for pd_store_resolve()
 */
char **
pd_store_get_conflicts (PdStore   *self,
                        PdProfile *profile)
{
  PdStoreRecord *record = pd_store_get_record (self, profile);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  if (record != NULL) {
    g_hash_table_iter_init (&iter, record->saving->held);
    while (g_hash_table_iter_next (&iter, &id, NULL))
      g_ptr_array_add (ids, g_strdup (id));
  }
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

/**
 * pd_store_get_theirs:
 * @self: a store
 * @profile: one of its profiles
 * @field_id: a field in conflict
 *
 * Returns: (transfer full): the value that the other program wrote, "" for none; a list as one value a line
 */
char *
pd_store_get_theirs (PdStore    *self,
                     PdProfile  *profile,
                     const char *field_id)
{
  g_autoptr (JsonNode) base = pd_profile_dup_base (profile);
  g_autoptr (PdProfile) theirs = base != NULL ? pd_profile_new_from_json (base, NULL) : NULL;

  if (theirs == NULL)
    return g_strdup ("");
  return g_strdup (g_str_equal (field_id, "name") ? pd_profile_get_name (theirs) : pd_profile_get_text (theirs, field_id));
}

/**
 * pd_store_resolve:
 * @self: a store
 * @profile: one of its profiles, with fields in conflict
 * @keep_mine: whether this program's values win, or the other one's
 *
 * Ends a conflict.
 */
void
pd_store_resolve (PdStore   *self,
                  PdProfile *profile,
                  gboolean   keep_mine)
{
  PdStoreRecord *record;

  g_return_if_fail (PD_IS_STORE (self));

  record = pd_store_get_record (self, profile);
  if (record == NULL || g_hash_table_size (record->saving->held) == 0)
    return;
  pd_store_wait (record);
  if (!keep_mine) {
    g_autoptr (JsonNode) base = pd_profile_dup_base (profile);
    g_autoptr (JsonNode) document = make_snapshot (record, base);

    g_hash_table_remove_all (record->saving->held);
    g_signal_handler_block (profile, record->saving->changed);
    pd_profile_absorb (profile, document);
    g_signal_handler_unblock (profile, record->saving->changed);
    pd_profile_set_base (profile, g_steal_pointer (&base));
    pd_store_sort_again (record);
  }
  g_hash_table_remove_all (record->saving->held);
  if (self->autosave)
    start_or_answer (record);
}
