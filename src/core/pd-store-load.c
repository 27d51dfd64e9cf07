/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-incoming.h"
#include "pd-store-private.h"

/* The first look at the data folder. */

/* Few have files that were set aside, and nobody waits for them: a window shows its list first. Milliseconds. */
#define ASIDE_DELAY 400

static void
note_aside (PdStore *self,
            GArray  *entries)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const PdShelfEntry *entry = &g_array_index (entries, PdShelfEntry, i);

    pd_store_note_set_aside (self, entry->id, entry->path, entry->why, entry->salvaged, FALSE);
  }
}

static void
aside_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *entries = pd_shelf_scan_aside (data, cancellable, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_aside (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GArray) entries = g_task_propagate_pointer (G_TASK (result), NULL);

  note_aside (PD_STORE (source), entries);
}

static gboolean
look_for_aside (gpointer data)
{
  PdStore *self = data;
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_aside, NULL);

  self->aside_source = 0;
  g_task_set_source_tag (task, look_for_aside);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, g_strdup (self->dir), g_free);
  g_task_run_in_thread (task, aside_in_thread);
  return G_SOURCE_REMOVE;
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *entries;

  pd_incoming_complete (data);
  entries = pd_shelf_scan (data, cancellable, &error);
  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_array_unref);
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
 * Reads every profile in a worker thread and hands them over at once. Files that were set aside earlier are listed later.
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
  g_autoptr (GArray) entries = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  entries = g_task_propagate_pointer (G_TASK (result), error);
  if (entries == NULL)
    return FALSE;
  pd_store_take_in (self, entries);
  if (self->aside_source == 0)
    self->aside_source = g_timeout_add_full (G_PRIORITY_LOW, ASIDE_DELAY, look_for_aside, self, NULL);
  return TRUE;
}

/* The same, waiting for it: for the command line. */
gboolean
pd_store_load (PdStore  *self,
               GError  **error)
{
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GArray) aside = NULL;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  pd_incoming_complete (self->dir);
  entries = pd_shelf_scan (self->dir, NULL, error);
  if (entries == NULL)
    return FALSE;
  pd_store_take_in (self, entries);
  aside = pd_shelf_scan_aside (self->dir, NULL, error);
  note_aside (self, aside);
  return aside != NULL;
}
