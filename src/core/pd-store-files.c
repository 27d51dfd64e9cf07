/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-catalogue.h"
#include "pd-shelf.h"
#include "pd-store.h"

/* Files kept beside a profile, without the main loop waiting for the disk. */

/* The task's data. */
typedef struct {
  char   *dir;
  char   *id;
  char   *stem;
  char   *suffix;
  GBytes *content;
  GStrv   keep;
  gint64  before; /* seconds since 1970 */
} Files;

static void
files_free (Files *files)
{
  g_free (files->dir);
  g_free (files->id);
  g_free (files->stem);
  g_free (files->suffix);
  g_clear_pointer (&files->content, g_bytes_unref);
  g_strfreev (files->keep);
  g_free (files);
}

static GTask *
make_task (PdStore             *self,
           PdProfile           *profile,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data,
           Files              **files)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  *files = g_new0 (Files, 1);
  (*files)->dir = g_strdup (pd_store_get_dir (self));
  (*files)->id = g_strdup (pd_profile_get_id (profile));
  g_task_set_task_data (task, *files, (GDestroyNotify) files_free);
  return task;
}

static void
keep_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Files *files = task_data;
  GError      *error = NULL;
  char        *name = pd_shelf_keep_file (files->dir, files->id, files->stem, files->suffix, files->content, &error);

  if (name != NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * pd_store_keep_file_async:
 * @self: a store
 * @profile: one of its profiles
 * @stem: what the file is, such as "logo"
 * @suffix: its kind, such as "png"
 * @content: its content
 * @cancellable: (nullable): to stop waiting
 * @callback: called when the file is on the disk
 * @user_data: for @callback
 *
 * Like pd_store_keep_file(), in a worker thread.
 */
void
pd_store_keep_file_async (PdStore             *self,
                          PdProfile           *profile,
                          const char          *stem,
                          const char          *suffix,
                          GBytes              *content,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Files            *files;
  g_autoptr (GTask) task = make_task (self, profile, cancellable, callback, user_data, &files);

  g_task_set_source_tag (task, pd_store_keep_file_async);
  files->stem = g_strdup (stem);
  files->suffix = g_strdup (suffix);
  files->content = g_bytes_ref (content);
  g_task_run_in_thread (task, keep_in_thread);
}

/* Returns: (transfer full) (nullable): the file's name within the folder; else @error as of pd_store_keep_file() */
char *
pd_store_keep_file_finish (PdStore       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
drop_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Files *files = task_data;

  g_task_return_int (task, (gssize) pd_shelf_drop_unused (files->dir, files->id, files->stem, (const char *const *) files->keep, files->before));
}

/**
 * pd_store_drop_unused_async:
 * @self: a store
 * @profile: one of its profiles, of which nothing can be undone any more
 * @field_id: a field whose value is a file
 * @before: seconds since 1970; what is newer stays, as another program may be about to name it
 * @callback: (nullable): called when it is done
 * @user_data: for @callback
 *
 * Deletes the field's files that neither the profile nor anything else in its folder names. Of a logo that was made to fit, the
 * original stays.
 */
void
pd_store_drop_unused_async (PdStore             *self,
                            PdProfile           *profile,
                            const char          *field_id,
                            gint64               before,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Files            *files;
  g_autoptr (GTask) task = make_task (self, profile, NULL, callback, user_data, &files);

  g_task_set_source_tag (task, pd_store_drop_unused_async);
  files->stem = g_strdup (field_id);
  files->keep = g_strdupv ((char **) pd_profile_get_list (profile, field_id));
  files->before = before;
  if (pd_profile_can_undo (profile) || pd_profile_can_redo (profile))
    g_task_return_int (task, 0);
  else
    g_task_run_in_thread (task, drop_in_thread);
}

/* Returns: how many were deleted */
guint
pd_store_drop_unused_finish (PdStore      *self,
                             GAsyncResult *result)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  n = g_task_propagate_int (G_TASK (result), NULL);
  return (guint) MAX (n, 0);
}

/**
 * pd_store_make_fitted_stem:
 * @name: a kept file
 *
 * Returns: (transfer full): the stem under which a picture that was made of it is kept
 */
char *
pd_store_make_fitted_stem (const char *name)
{
  return g_strconcat (name, PD_SHELF_FITTED, NULL);
}

/**
 * pd_store_get_original:
 * @self: a store
 * @profile: one of its profiles
 * @name: a kept file
 *
 * Returns: (transfer full) (nullable): the file of which it was made; %NULL where it is an original, or that one is gone
 */
char *
pd_store_get_original (PdStore    *self,
                       PdProfile  *profile,
                       const char *name)
{
  g_autofree char *original = pd_shelf_get_original_name (name);
  g_autofree char *path = original != NULL ? pd_store_get_file (self, profile, original) : NULL;

  return path != NULL ? g_steal_pointer (&original) : NULL;
}
