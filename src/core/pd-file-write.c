/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-file-write.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pd-unwritten.h"

typedef struct
{
  GBytes           *content;
  GFileCreateFlags  flags;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_bytes_unref (writing->content);
  g_free (writing);
}

/**
 * pd_file_write_resolve:
 * @path: a file that the person named
 *
 * What the person's own link points to is replaced, not the link. One that somebody else has put there, as in a folder of everybody's,
 * leads nowhere: it is replaced itself.
 *
 * Returns: (transfer full): the path to write to
 */
char *
pd_file_write_resolve (const char *path)
{
  struct stat status;
  char *target = NULL;
  char *resolved;

  if (lstat (path, &status) == 0 && S_ISLNK (status.st_mode) && status.st_uid == geteuid ())
    target = realpath (path, NULL);
  resolved = g_strdup (target != NULL ? target : path);
  free (target);
  return resolved;
}

static GFile *
resolve (GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *target = path != NULL ? pd_file_write_resolve (path) : NULL;

  return target != NULL ? g_file_new_for_path (target) : g_object_ref (file);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  const Writing *writing = data;
  g_autoptr (GFile) file = resolve (source);
  gsize length;
  const char *bytes = g_bytes_get_data (writing->content, &length);
  GError *error = NULL;

  if (g_file_replace_contents (file, bytes != NULL ? bytes : "", length, NULL, FALSE, writing->flags, NULL, cancellable, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    pd_unwritten (&error, source);
  g_task_return_error (task, error);
}

/**
 * pd_file_write_async:
 * @file: a file that the person named
 * @content: what to write
 * @is_private: whether nobody else may read it
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes whole or not at all: what stood in the file before stays until the new content is there.
 */
void
pd_file_write_async (GFile               *file,
                     GBytes              *content,
                     gboolean             is_private,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, pd_file_write_async);
  writing->content = g_bytes_ref (content);
  writing->flags = G_FILE_CREATE_REPLACE_DESTINATION | (is_private ? G_FILE_CREATE_PRIVATE : 0);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * pd_file_write_finish:
 * @file: the file
 * @result: what the callback got
 * @error: %PD_ERROR_STORAGE with the next step, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is written
 */
gboolean
pd_file_write_finish (GFile         *file,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
