/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-document.h"
#include "pd-error.h"
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
  return g_object_ref (pd_store_open_record (record));
}

static void
pd_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = pd_store_get_item_type;
  iface->get_n_items = pd_store_get_n_items;
  iface->get_item = pd_store_get_item;
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
  PdStoreRecord *record = pd_store_record_new_opened (self, profile, stamp);
  guint position = pd_store_find_position (self->records, record);

  g_ptr_array_insert (self->records, (gint) position, record);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  return record;
}

/* Takes a profile out of the list; nothing happens on the disk. */
void
pd_store_take_out (PdStore       *self,
                   PdStoreRecord *record)
{
  GPtrArray *waiting;
  guint position;

  pd_store_wait (record);
  waiting = record->saving != NULL ? record->saving->waiting : NULL;
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    g_task_return_new_error (g_ptr_array_index (waiting, i), G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "%s", _("The shop has been deleted."));
  if (waiting != NULL)
    g_ptr_array_set_size (waiting, 0);
  if (!g_ptr_array_find (self->records, record, &position))
    return;
  g_ptr_array_remove_index (self->records, position);
  pd_store_record_free (record);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* After a change of the name. One signal for the range between the old place and the new, so that a selection stays. */
void
pd_store_sort_again (PdStoreRecord *record)
{
  PdStore *self = record->store;
  guint from, to, first;

  if (!g_ptr_array_find (self->records, record, &from))
    return;
  g_ptr_array_remove_index (self->records, from);
  to = pd_store_find_position (self->records, record);
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
  g_clear_handle_id (&self->aside_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->records->len; i++)
    pd_store_record_free (g_ptr_array_index (self->records, i));
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
  g_mutex_clear (&self->lock);
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
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_mutex_init (&self->lock);
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

/**
 * pd_store_take_in:
 * @self: a store
 * @entries: (element-type PdShelfEntry): what pd_shelf_scan() found
 *
 * Lists what is not listed yet, all at once, and takes over what was read.
 */
void
pd_store_take_in (PdStore *self,
                  GArray  *entries)
{
  guint before = self->records->len;

  for (guint i = 0; i < entries->len; i++) {
    PdShelfEntry *entry = &g_array_index (entries, PdShelfEntry, i);

    if (!pd_shelf_entry_is_sound (entry)) {
      pd_store_note_set_aside (self, entry->id, entry->path, entry->why, entry->salvaged, entry->moved);
      continue;
    }
    if (before > 0 && pd_store_lookup (self, entry->id) != NULL)
      continue;
    g_ptr_array_add (self->records, pd_store_record_new_read (self, entry));
  }
  if (self->records->len == before)
    return;
  if (before > 0)
    pd_store_sort (self->records);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->records->len);
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
    return pd_store_open_record (record);
  for (guint i = 0; i < self->records->len; i++) {
    record = g_ptr_array_index (self->records, i);
    if (!g_str_equal (pd_store_get_name (record), id_or_name))
      continue;
    if (found != NULL) {
      g_set_error (error, PD_ERROR, PD_ERROR_AMBIGUOUS,
                   _("More than one shop is called “%s”. Say which by its ID."), id_or_name);
      return NULL;
    }
    found = pd_store_open_record (record);
  }
  if (found == NULL && !find_set_aside (self, id_or_name, error))
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no shop “%s”."), id_or_name);
  return found;
}

/**
 * pd_store_make_name:
 * @self: a store
 * @name: what a new profile is to be called
 *
 * Returns: (transfer full): the name, with a number behind it where another profile has it
 */
char *
pd_store_make_name (PdStore    *self,
                    const char *name)
{
  g_autoptr (GHashTable) taken = NULL;

  g_return_val_if_fail (PD_IS_STORE (self), NULL);

  taken = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->records->len; i++)
    g_hash_table_add (taken, (gpointer) pd_store_get_name (g_ptr_array_index (self->records, i)));
  return pd_document_number_name (name, taken);
}

/**
 * pd_store_get_position:
 * @self: a store
 * @profile: a profile
 *
 * Returns: where it is in the list; %G_MAXUINT where it is not
 */
guint
pd_store_get_position (PdStore   *self,
                       PdProfile *profile)
{
  guint position;

  g_return_val_if_fail (PD_IS_STORE (self), G_MAXUINT);

  return g_ptr_array_find (self->records, pd_store_get_record (self, profile), &position) ? position : G_MAXUINT;
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
  guint position;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);
  g_return_val_if_fail (PD_IS_PROFILE (profile), FALSE);

  trash = pd_store_list_trash (self);
  if (pd_store_lookup (self, pd_profile_get_id (profile)) != NULL ||
      g_strv_contains ((const char *const *) trash, pd_profile_get_id (profile))) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_STORAGE, _("There is already a shop with this ID."));
    return FALSE;
  }
  pd_profile_set_base (profile, NULL);
  record = pd_store_record_new_opened (self, profile, NULL);
  if (!pd_store_write_now (record, error)) {
    pd_store_record_free (record);
    return FALSE;
  }
  position = pd_store_find_position (self->records, record);
  g_ptr_array_insert (self->records, (gint) position, record);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  return TRUE;
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
