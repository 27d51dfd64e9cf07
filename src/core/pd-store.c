/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-incoming.h"
#include "pd-profile-private.h"
#include "pd-set-aside.h"
#include "pd-store-private.h"

guint pd_store_signals[PD_STORE_N_SIGNALS];

static void pd_store_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PdStore, pd_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, pd_store_list_model_init))

static GType
pd_store_get_item_type (GListModel *model)
{
  return PD_TYPE_PROFILE;
}

static guint
pd_store_get_n_items (GListModel *model)
{
  return PD_STORE (model)->records->len;
}

static gpointer
pd_store_get_item (GListModel *model,
                   guint       position)
{
  PdStore *self = PD_STORE (model);
  PdStoreRecord *record;

  if (position >= self->records->len)
    return NULL;
  record = g_ptr_array_index (self->records, position);
  return g_object_ref (record->profile);
}

static void
pd_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = pd_store_get_item_type;
  iface->get_n_items = pd_store_get_n_items;
  iface->get_item = pd_store_get_item;
}

/* By name, and where names are the same by id, so that the order is always the same. */
static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  const PdStoreRecord *left = *(PdStoreRecord *const *) a;
  const PdStoreRecord *right = *(PdStoreRecord *const *) b;
  int order = strcmp (left->collate_key, right->collate_key);

  return order != 0 ? order : strcmp (pd_profile_get_id (left->profile), pd_profile_get_id (right->profile));
}

static guint
find_position (GPtrArray           *records,
               const PdStoreRecord *record)
{
  guint low = 0, high = records->len;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (compare_records (&records->pdata[middle], &record) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
on_changed (PdProfile     *profile,
            const char    *field_id,
            PdStoreRecord *record)
{
  if (g_str_equal (field_id, "name"))
    pd_store_sort_again (record);
  pd_store_schedule (record);
}

static void
on_restore_secret (PdProfile     *profile,
                   const char    *field_id,
                   PdSecretText  *value,
                   PdStoreRecord *record)
{
  g_signal_emit (record->store, pd_store_signals[PD_STORE_RESTORE_SECRET], 0, profile, field_id, value);
}

static PdStoreRecord *
record_new (PdStore       *self,
            PdProfile     *profile,
            const PdStamp *stamp,
            const char    *sort_key)
{
  PdStoreRecord *record = g_new0 (PdStoreRecord, 1);

  record->store = self;
  record->profile = g_object_ref (profile);
  record->collate_key = sort_key != NULL ? g_strdup (sort_key) : pd_profile_make_sort_key (profile);
  if (stamp != NULL)
    record->stamp = *stamp;
  record->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  record->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  record->changed = g_signal_connect (profile, "changed", G_CALLBACK (on_changed), record);
  record->restoring = g_signal_connect (profile, "restore-secret", G_CALLBACK (on_restore_secret), record);
  g_hash_table_insert (self->by_id, g_strdup (pd_profile_get_id (profile)), record);
  return record;
}

static void
record_free (PdStoreRecord *record)
{
  g_clear_signal_handler (&record->changed, record->profile);
  g_clear_signal_handler (&record->restoring, record->profile);
  g_clear_handle_id (&record->timer, g_source_remove);
  g_clear_pointer (&record->waiting, g_ptr_array_unref);
  g_clear_pointer (&record->held, g_hash_table_unref);
  g_clear_object (&record->profile);
  g_free (record->collate_key);
  g_free (record);
}

PdStoreRecord *
pd_store_lookup (PdStore    *self,
                 const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

PdStoreRecord *
pd_store_get_record (PdStore   *self,
                     PdProfile *profile)
{
  PdStoreRecord *record = pd_store_lookup (self, pd_profile_get_id (profile));

  return record != NULL && record->profile == profile ? record : NULL;
}

/* Puts a profile into the list, at the place of its name. */
PdStoreRecord *
pd_store_insert (PdStore       *self,
                 PdProfile     *profile,
                 const PdStamp *stamp)
{
  PdStoreRecord *record = record_new (self, profile, stamp, NULL);
  guint position = find_position (self->records, record);

  g_ptr_array_insert (self->records, (gint) position, record);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  return record;
}

/* Takes a profile out of the list; nothing happens on the disk. */
void
pd_store_take_out (PdStore       *self,
                   PdStoreRecord *record)
{
  guint position;

  pd_store_wait (record);
  for (guint i = 0; i < record->waiting->len; i++)
    g_task_return_new_error (g_ptr_array_index (record->waiting, i), G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "%s", _("The shop has been deleted."));
  g_ptr_array_set_size (record->waiting, 0);
  if (!g_ptr_array_find (self->records, record, &position))
    return;
  g_ptr_array_remove_index (self->records, position);
  g_hash_table_remove (self->by_id, pd_profile_get_id (record->profile));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* After a change of the name. One signal for the range between the old place and the new, so that a selection stays. */
void
pd_store_sort_again (PdStoreRecord *record)
{
  PdStore *self = record->store;
  guint from, to, first;

  g_free (record->collate_key);
  record->collate_key = pd_profile_make_sort_key (record->profile);
  if (!g_ptr_array_find (self->records, record, &from))
    return;
  g_ptr_array_remove_index (self->records, from);
  to = find_position (self->records, record);
  g_ptr_array_insert (self->records, (gint) to, record);
  if (from == to)
    return;
  first = MIN (from, to);
  g_list_model_items_changed (G_LIST_MODEL (self), first, MAX (from, to) - first + 1, MAX (from, to) - first + 1);
}

/* Lists a file that is no usable profile, once. */
void
pd_store_note_set_aside (PdStore      *self,
                         const char   *id,
                         const char   *path,
                         const GError *why,
                         PdProfile    *salvaged,
                         gboolean      is_new)
{
  g_autoptr (PdSetAside) set_aside = NULL;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->set_aside));

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (PdSetAside) other = g_list_model_get_item (G_LIST_MODEL (self->set_aside), i);

    if (g_strcmp0 (pd_set_aside_get_path (other), path) == 0)
      return;
  }
  set_aside = pd_set_aside_new (id, path, why, salvaged);
  g_list_store_append (self->set_aside, set_aside);
  if (is_new)
    g_signal_emit (self, pd_store_signals[PD_STORE_DAMAGED], 0, path, why);
}

static void
pd_store_dispose (GObject *object)
{
  PdStore *self = PD_STORE (object);

  pd_store_stop_watching (self);
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->records->len; i++)
    g_hash_table_remove (self->by_id, pd_profile_get_id (((PdStoreRecord *) self->records->pdata[i])->profile));
  g_ptr_array_set_size (self->records, 0);
  g_hash_table_remove_all (self->removed);
  G_OBJECT_CLASS (pd_store_parent_class)->dispose (object);
}

static void
pd_store_finalize (GObject *object)
{
  PdStore *self = PD_STORE (object);

  g_free (self->dir);
  g_ptr_array_unref (self->records);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->removed);
  g_object_unref (self->set_aside);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (pd_store_parent_class)->finalize (object);
}

static void
pd_store_class_init (PdStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = pd_store_dispose;
  object_class->finalize = pd_store_finalize;

  /**
   * PdStore::conflict:
   * @self: the store
   * @profile: a profile
   * @field_ids: (type GStrv): the fields that both this program and another one changed
   *
   * These fields are not saved until pd_store_resolve() says which side wins.
   */
  pd_store_signals[PD_STORE_CONFLICT] =
    g_signal_new ("conflict", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, PD_TYPE_PROFILE, G_TYPE_STRV);

  /**
   * PdStore::damaged:
   * @self: the store
   * @path: where the file is now
   * @why: what is wrong with it
   *
   * A file was moved aside.
   */
  pd_store_signals[PD_STORE_DAMAGED] =
    g_signal_new ("damaged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);

  /* What PdProfile::restore-secret says, of any of the profiles. */
  pd_store_signals[PD_STORE_RESTORE_SECRET] =
    g_signal_new ("restore-secret", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, PD_TYPE_PROFILE, G_TYPE_STRING,
                  G_TYPE_POINTER);

  /* All that was edited in the profile is on the disk. */
  pd_store_signals[PD_STORE_SAVED] =
    g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, PD_TYPE_PROFILE);

  /* Autosave could not save the profile, for the reason given; it tries again by itself. */
  pd_store_signals[PD_STORE_SAVE_FAILED] =
    g_signal_new ("save-failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, PD_TYPE_PROFILE, G_TYPE_ERROR);
}

static void
pd_store_init (PdStore *self)
{
  self->records = g_ptr_array_new_with_free_func (NULL);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) record_free);
  self->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->set_aside = g_list_store_new (PD_TYPE_SET_ASIDE);
  self->cancellable = g_cancellable_new ();
}

/**
 * pd_store_new:
 * @data_dir: the data folder; made when something is first saved
 *
 * Returns: (transfer full): a store that has loaded nothing yet
 */
PdStore *
pd_store_new (const char *data_dir)
{
  PdStore *self;

  g_return_val_if_fail (data_dir != NULL, NULL);
  self = g_object_new (PD_TYPE_STORE, NULL);
  self->dir = g_strdup (data_dir);
  return self;
}

/* Returns: (transfer full): the data folder of this user */
char *
pd_store_get_default_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "paydesk", NULL);
}

const char *
pd_store_get_dir (PdStore *self)
{
  return self->dir;
}

static void
take_in_scan (PdStore   *self,
              GPtrArray *entries)
{
  guint before = self->records->len;

  for (guint i = 0; i < entries->len; i++) {
    PdShelfEntry *entry = g_ptr_array_index (entries, i);

    if (entry->profile == NULL) {
      pd_store_note_set_aside (self, entry->id, entry->path, entry->why, entry->salvaged, entry->moved);
    } else if (pd_store_lookup (self, entry->id) == NULL) {
      g_ptr_array_add (self->records, record_new (self, entry->profile, &entry->stamp, entry->sort_key));
    }
  }
  if (self->records->len == before)
    return;
  g_ptr_array_sort (self->records, compare_records);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->records->len);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *entries;

  pd_incoming_complete (data);
  entries = pd_shelf_scan (data, NULL, NULL, cancellable, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * pd_store_load_async:
 * @self: a store
 * @cancellable: (nullable): to end it early
 * @callback: called when the profiles are there
 * @user_data: for @callback
 *
 * Reads every profile in a worker thread and hands them over at once.
 */
void
pd_store_load_async (PdStore             *self,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PD_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pd_store_load_async);
  g_task_set_task_data (task, g_strdup (self->dir), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * pd_store_load_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %PD_ERROR_STORAGE; a single file that cannot be read is no error, see pd_store_get_set_aside()
 *
 * Returns: whether the profiles have been read
 */
gboolean
pd_store_load_finish (PdStore       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  entries = g_task_propagate_pointer (G_TASK (result), error);
  if (entries == NULL)
    return FALSE;
  take_in_scan (self, entries);
  return TRUE;
}

/* The same, waiting for it: for the command line. */
gboolean
pd_store_load (PdStore  *self,
               GError  **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  pd_incoming_complete (self->dir);
  entries = pd_shelf_scan (self->dir, NULL, NULL, NULL, error);
  if (entries == NULL)
    return FALSE;
  take_in_scan (self, entries);
  return TRUE;
}

static gboolean
find_set_aside (PdStore     *self,
                const char  *id_or_name,
                GError     **error)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->set_aside));

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (PdSetAside) set_aside = g_list_model_get_item (G_LIST_MODEL (self->set_aside), i);
    PdProfile *salvaged = pd_set_aside_get_profile (set_aside);

    if (g_str_equal (pd_set_aside_get_id (set_aside), id_or_name) ||
        (salvaged != NULL && g_str_equal (pd_profile_get_name (salvaged), id_or_name))) {
      g_propagate_error (error, g_error_copy (pd_set_aside_get_error (set_aside)));
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * pd_store_find:
 * @self: a store
 * @id_or_name: a profile's id, or its name where that is unique
 * @error: %PD_ERROR_NOT_FOUND, %PD_ERROR_AMBIGUOUS, or what keeps a damaged or newer file from being read
 *
 * Returns: (transfer none) (nullable): the profile
 */
PdProfile *
pd_store_find (PdStore     *self,
               const char  *id_or_name,
               GError     **error)
{
  PdStoreRecord *record;
  PdProfile *found = NULL;

  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  g_return_val_if_fail (id_or_name != NULL, NULL);

  record = pd_store_lookup (self, id_or_name);
  if (record != NULL)
    return record->profile;
  for (guint i = 0; i < self->records->len; i++) {
    record = g_ptr_array_index (self->records, i);
    if (!g_str_equal (pd_profile_get_name (record->profile), id_or_name))
      continue;
    if (found != NULL) {
      g_set_error (error, PD_ERROR, PD_ERROR_AMBIGUOUS,
                   _("More than one shop is called “%s”. Say which by its id."), id_or_name);
      return NULL;
    }
    found = record->profile;
  }
  if (found == NULL && !find_set_aside (self, id_or_name, error))
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no shop “%s”."), id_or_name);
  return found;
}

/**
 * pd_store_add:
 * @self: a store
 * @profile: a profile that no store has yet
 * @error: %PD_ERROR_STORAGE
 *
 * Writes a profile and takes it into the list.
 *
 * Returns: whether it is on the disk and in the list
 */
gboolean
pd_store_add (PdStore    *self,
              PdProfile  *profile,
              GError    **error)
{
  g_auto (GStrv) trash = NULL;
  PdStoreRecord *record;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);
  g_return_val_if_fail (PD_IS_PROFILE (profile), FALSE);

  trash = pd_store_list_trash (self);
  if (pd_store_lookup (self, pd_profile_get_id (profile)) != NULL ||
      g_strv_contains ((const char *const *) trash, pd_profile_get_id (profile))) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_STORAGE, _("There is already a shop with this id."));
    return FALSE;
  }
  pd_profile_set_base (profile, NULL);
  record = record_new (self, profile, NULL, NULL);
  if (!pd_store_write_now (record, error)) {
    g_hash_table_remove (self->by_id, pd_profile_get_id (profile));
    return FALSE;
  }
  g_ptr_array_insert (self->records, (gint) find_position (self->records, record), record);
  g_list_model_items_changed (G_LIST_MODEL (self), find_position (self->records, record), 0, 1);
  return TRUE;
}

/* The files that the fields of the kind %PD_FIELD_IMAGE name. */
static gboolean
copy_files (PdStore    *self,
            PdProfile  *from,
            PdProfile  *to,
            GError    **error)
{
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const char *name = pd_profile_get_text (from, fields[i]->id);
    g_autoptr (GError) local = NULL;
    g_autoptr (GBytes) content = NULL;
    g_autofree char *kept = NULL;
    const char *dot;

    if (fields[i]->kind != PD_FIELD_IMAGE || (dot = strrchr (name, '.')) == NULL || dot[1] == '\0')
      continue;
    content = pd_shelf_read_file (self->dir, pd_profile_get_id (from), name, &local);
    if (content != NULL)
      kept = pd_store_keep_file (self, to, fields[i]->id, dot + 1, content, &local);
    if (kept == NULL && !g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (!pd_profile_set_text (to, fields[i]->id, kept, error))
      return FALSE;
  }
  pd_profile_forget_undo (to);
  return pd_store_save (self, to, error);
}

/**
 * pd_store_duplicate:
 * @self: a store
 * @profile: one of its profiles
 * @name: the copy's name
 * @error: %PD_ERROR_STORAGE
 *
 * Copies a profile with its logo. Secrets are not copied, nor is what was entered over there for the other shop.
 *
 * Returns: (transfer none) (nullable): the copy, which is the store's
 */
PdProfile *
pd_store_duplicate (PdStore     *self,
                    PdProfile   *profile,
                    const char  *name,
                    GError     **error)
{
  g_autoptr (PdProfile) copy = NULL;

  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  g_return_val_if_fail (pd_store_get_record (self, profile) != NULL, NULL);

  copy = pd_profile_new_copy (profile, "");
  if (!pd_profile_set_text (copy, "name", name, error))
    return NULL;
  pd_profile_forget_undo (copy);
  if (!pd_store_add (self, copy, error))
    return NULL;
  if (!copy_files (self, profile, copy, error)) {
    if (pd_store_remove (self, copy, NULL))
      pd_store_purge (self, pd_profile_get_id (copy), NULL);
    return NULL;
  }
  return copy; /* the store holds it */
}

/**
 * pd_store_remove:
 * @self: a store
 * @profile: one of its profiles
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_NOT_FOUND
 *
 * Moves the profile's folder to the trash, with whatever was not saved yet. pd_store_restore() brings it back.
 *
 * Returns: whether it is gone from the list
 */
gboolean
pd_store_remove (PdStore    *self,
                 PdProfile  *profile,
                 GError    **error)
{
  g_autoptr (GError) local = NULL;
  PdStoreRecord *record;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  record = pd_store_get_record (self, profile);
  g_return_val_if_fail (record != NULL, FALSE);

  pd_store_wait (record);
  if (pd_profile_is_changed (profile) && !pd_store_write_now (record, &local))
    g_clear_error (&local); /* what the trash has is then the last that could be saved */
  if (!pd_shelf_remove (self->dir, pd_profile_get_id (profile), &local) &&
      !g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_hash_table_replace (self->removed, g_strdup (pd_profile_get_id (profile)), g_object_ref (profile));
  pd_store_take_out (self, record);
  return TRUE;
}

/**
 * pd_store_restore:
 * @self: a store
 * @profile_id: the id of a profile in the trash
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_NOT_FOUND
 *
 * Brings a removed profile back; within the process that removed it, with its undo steps.
 *
 * Returns: whether it is in the list again
 */
gboolean
pd_store_restore (PdStore     *self,
                  const char  *profile_id,
                  GError     **error)
{
  g_autoptr (PdShelfEntry) entry = NULL;
  PdProfile *profile;
  PdStoreRecord *record;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  if (!pd_shelf_restore (self->dir, profile_id, error))
    return FALSE;
  entry = pd_shelf_read (self->dir, profile_id, error);
  if (entry == NULL)
    return FALSE;
  profile = g_hash_table_lookup (self->removed, profile_id);
  if (profile == NULL) {
    pd_store_insert (self, entry->profile, &entry->stamp);
    return TRUE;
  }
  record = pd_store_insert (self, profile, &entry->stamp);
  g_hash_table_remove (self->removed, profile_id);
  if (pd_profile_is_changed (record->profile))
    pd_store_schedule (record);
  return TRUE;
}

/**
 * pd_store_purge:
 * @self: a store
 * @profile_id: the id of a profile in the trash
 * @error: %PD_ERROR_STORAGE
 *
 * Deletes it for good, after its secrets have been deleted.
 *
 * Returns: whether nothing of it is left
 */
gboolean
pd_store_purge (PdStore     *self,
                const char  *profile_id,
                GError     **error)
{
  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  g_hash_table_remove (self->removed, profile_id);
  return pd_shelf_purge (self->dir, profile_id, error);
}

/* Returns: (transfer full): the ids of the profiles in the trash, also those that another process put there */
char **
pd_store_list_trash (PdStore *self)
{
  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  return pd_shelf_list_trash (self->dir);
}

/* Returns: (transfer none): the #PdSetAside items: files that are no usable profile */
GListModel *
pd_store_get_set_aside (PdStore *self)
{
  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  return G_LIST_MODEL (self->set_aside);
}

/**
 * pd_store_drop_set_aside:
 * @self: a store
 * @set_aside: an item of pd_store_get_set_aside()
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_NOT_FOUND
 *
 * Deletes a damaged file for good.
 *
 * Returns: whether it is gone
 */
gboolean
pd_store_drop_set_aside (PdStore     *self,
                         PdSetAside  *set_aside,
                         GError     **error)
{
  guint position;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);
  g_return_val_if_fail (PD_IS_SET_ASIDE (set_aside), FALSE);

  if (!pd_shelf_drop_aside (self->dir, pd_set_aside_get_id (set_aside), pd_set_aside_get_path (set_aside), error))
    return FALSE;
  if (g_list_store_find (self->set_aside, set_aside, &position))
    g_list_store_remove (self->set_aside, position);
  return TRUE;
}

/**
 * pd_store_keep_file:
 * @self: a store
 * @profile: one of its profiles
 * @stem: what the file is, such as "logo"
 * @suffix: its kind, such as "png"
 * @content: its content
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_BAD_INPUT
 *
 * Copies a file in beside the profile. The name that comes back is to be set as the field's value; what was kept before
 * stays, so that undo finds it.
 *
 * Returns: (transfer full) (nullable): its name within the folder
 */
char *
pd_store_keep_file (PdStore     *self,
                    PdProfile   *profile,
                    const char  *stem,
                    const char  *suffix,
                    GBytes      *content,
                    GError     **error)
{
  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  return pd_shelf_keep_file (self->dir, pd_profile_get_id (profile), stem, suffix, content, error);
}

/* Returns: (transfer full) (nullable): the path of a kept file; NULL where there is no such regular file */
char *
pd_store_get_file (PdStore    *self,
                   PdProfile  *profile,
                   const char *name)
{
  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  return pd_shelf_get_file (self->dir, pd_profile_get_id (profile), name);
}
