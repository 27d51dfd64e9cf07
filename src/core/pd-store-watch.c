/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-error.h"
#include "pd-profile-private.h"
#include "pd-store-private.h"

/* A writer of ours touches the profile's folder, which the monitor sees at once. Whatever else writes, and file systems
 * that report nothing, are found by looking again; that costs one stat() a profile. */
#define RESCAN_SECONDS 3

/* Milliseconds to wait for more after a first notice. */
#define RESCAN_DELAY 40

/* The first time nothing is likely to be new, and a window shows its list meanwhile. */
#define FIRST_DELAY 600

/* In the scan's thread. */
static gboolean
is_as_known (const char    *id,
             const PdStamp *stamp,
             gpointer       data)
{
  PdStore *self = data;
  PdStoreRecord *record;
  gboolean same;

  g_mutex_lock (&self->lock);
  record = pd_store_lookup (self, id);
  same = record != NULL && pd_stamp_equal (&record->stamp, stamp);
  if (same)
    record->seen = self->n_scans;
  g_mutex_unlock (&self->lock);
  return same;
}

static void
rescan_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  PdStore *self = source;
  GError *error = NULL;
  GArray *entries = pd_shelf_scan_again (self->dir, is_as_known, self, cancellable, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/* The file was moved aside or deleted under a profile that is open here: what is here is all that is left of it. */
static void
lose_file (PdStoreRecord *record)
{
  pd_profile_set_base (pd_store_open_record (record), NULL);
  pd_store_set_stamp (record, &(PdStamp) { 0 });
  pd_store_schedule (record);
}

/* Whether the scan that has ended tells something that this process does not know better by now. */
static gboolean
is_news (PdStoreRecord *record)
{
  return pd_store_get_job (record) == NULL && record->stamped < record->store->n_scans;
}

static void
take_in_entry (PdStore      *self,
               PdShelfEntry *entry)
{
  PdStoreRecord *record = pd_store_lookup (self, entry->id);
  g_autoptr (JsonNode) base = NULL;
  g_autoptr (JsonNode) theirs = NULL;

  if (!pd_shelf_entry_is_sound (entry)) {
    pd_store_note_set_aside (self, entry->id, entry->path, entry->why, entry->salvaged, entry->moved);
    if (record != NULL && is_news (record) && entry->moved)
      lose_file (record);
    return;
  }
  if (record == NULL) {
    g_auto (GStrv) trash = pd_store_list_trash (self);

    /* One that was removed here while the scan ran is not new. */
    if (!g_strv_contains ((const char *const *) trash, entry->id)) {
      g_hash_table_remove (self->removed, entry->id);
      pd_store_insert (self, pd_shelf_entry_get_profile (entry), &entry->stamp);
    }
    return;
  }
  if (!is_news (record)) {
    self->rescan_again = TRUE;
    return;
  }
  theirs = pd_profile_to_json (pd_shelf_entry_get_profile (entry));
  base = pd_profile_dup_base (pd_store_open_record (record));
  pd_store_absorb (record, base != NULL ? base : theirs, theirs, &entry->stamp);
  if (pd_profile_is_changed (record->profile))
    pd_store_schedule (record);
}

/* What is here already and was found: it is not missing, whatever it is now. */
static void
note_seen (PdStore      *self,
           const GArray *entries)
{
  for (guint i = 0; i < entries->len; i++) {
    PdStoreRecord *record = pd_store_lookup (self, g_array_index (entries, PdShelfEntry, i).id);

    if (record != NULL)
      record->seen = self->n_scans;
  }
}

static gboolean
is_missing (PdStoreRecord *record)
{
  return record->seen != record->store->n_scans && is_news (record) && record->stamp.inode != 0;
}

static void
take_out_missing (PdStore *self)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->records->len; i++) {
    PdStoreRecord *record = g_ptr_array_index (self->records, i);

    if (is_missing (record))
      g_ptr_array_add (missing, g_strdup (record->id));
  }
  for (guint i = 0; i < missing->len; i++) {
    PdStoreRecord *record = pd_store_lookup (self, g_ptr_array_index (missing, i));

    if (record == NULL || !is_missing (record))
      continue;
    if (pd_store_is_changed (record))
      lose_file (record);
    else
      pd_store_take_out (self, record);
  }
}

static void
on_rescanned (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  PdStore *self = PD_STORE (source);
  g_autoptr (GArray) entries = g_task_propagate_pointer (G_TASK (result), NULL);

  self->rescanning = FALSE;
  if (!self->watching)
    return;
  if (entries != NULL) {
    note_seen (self, entries);
    for (guint i = 0; i < entries->len; i++)
      take_in_entry (self, &g_array_index (entries, PdShelfEntry, i));
    take_out_missing (self);
  }
  if (self->rescan_again) {
    self->rescan_again = FALSE;
    pd_store_rescan (self);
  }
}

static gboolean
rescan_now (gpointer data)
{
  PdStore *self = data;
  g_autoptr (GTask) task = NULL;

  self->rescan_soon = 0;
  if (self->rescanning) {
    self->rescan_again = TRUE;
    return G_SOURCE_REMOVE;
  }
  self->rescanning = TRUE;
  self->n_scans++;
  task = g_task_new (self, self->cancellable, on_rescanned, NULL);
  g_task_set_source_tag (task, rescan_now);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_run_in_thread (task, rescan_in_thread);
  return G_SOURCE_REMOVE;
}

static void
on_monitor (GFileMonitor      *monitor,
            GFile             *file,
            GFile             *other,
            GFileMonitorEvent  event,
            PdStore           *self)
{
  pd_store_rescan (self);
}

static gboolean
on_rescan_timer (gpointer data)
{
  PdStore *self = data;

  if (!self->rescanning && self->rescan_soon == 0)
    rescan_now (self);
  return G_SOURCE_CONTINUE;
}

/**
 * pd_store_rescan:
 * @self: a store that watches
 *
 * Looks for what other programs wrote, soon and in a worker thread.
 */
void
pd_store_rescan (PdStore *self)
{
  g_return_if_fail (PD_IS_STORE (self));

  if (self->watching && self->rescan_soon == 0)
    self->rescan_soon = g_timeout_add (RESCAN_DELAY, rescan_now, self);
}

/**
 * pd_store_watch:
 * @self: a store
 *
 * From now on notices what other programs write, and merges it into the profiles here.
 */
void
pd_store_watch (PdStore *self)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) folder = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;

  g_return_if_fail (PD_IS_STORE (self));

  if (self->watching)
    return;
  self->watching = TRUE;
  root = pd_disk_open_root (self->dir, TRUE, NULL);
  if (root >= 0)
    profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, TRUE, NULL);
  path = g_build_filename (self->dir, PD_SHELF_PROFILES, NULL);
  folder = g_file_new_for_path (path);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL) {
    g_file_monitor_set_rate_limit (self->monitor, 100);
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_monitor), self);
  }
  self->rescan_timer = g_timeout_add_seconds (RESCAN_SECONDS, on_rescan_timer, self);
  if (self->rescan_soon == 0)
    self->rescan_soon = g_timeout_add (FIRST_DELAY, rescan_now, self);
}

void
pd_store_stop_watching (PdStore *self)
{
  self->watching = FALSE;
  if (self->monitor != NULL) {
    g_signal_handlers_disconnect_by_data (self->monitor, self);
    g_file_monitor_cancel (self->monitor);
  }
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->rescan_timer, g_source_remove);
  g_clear_handle_id (&self->rescan_soon, g_source_remove);
}
