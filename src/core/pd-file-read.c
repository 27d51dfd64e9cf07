/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-file-read.h"

#include <glib/gi18n-lib.h>

#include "pd-error.h"
#include "pd-secret-text.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE

/* What is read; it may be a key. */
typedef struct
{
  guint8 *data;
  gsize   length;
} Content;

typedef struct
{
  gsize    max;
  gboolean is_part_enough;
  gsize    room;
  Content *content;
} Reading;

static void
content_free (gpointer data)
{
  Content *content = data;

  pd_secret_wipe (content->data, content->length);
  g_free (content->data);
  g_free (content);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->content, content_free);
  g_free (reading);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  Content *content = reading->content;
  GError *error = NULL;
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error)) {
    g_task_return_error (task, error);
  } else if (length > reading->max && !reading->is_part_enough) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_TOO_LARGE, _("This file is too large"));
  } else if (length == reading->room && length <= reading->max) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_STORAGE, _("This file was written to while it was read. Try again when it is complete."));
  } else {
    reading->content = NULL;
    g_task_return_pointer (task, g_bytes_new_with_free_func (content->data, MIN (length, reading->max), content_free, content),
                           (GDestroyNotify) g_bytes_unref);
  }
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL) {
    g_task_return_error (task, error);
    return;
  }
  reading->content = g_new0 (Content, 1);
  reading->content->data = g_malloc (reading->room);
  reading->content->length = reading->room;
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), reading->content->data, reading->room, G_PRIORITY_DEFAULT,
                                 cancellable, on_read, g_steal_pointer (&task));
}

/* A device or a pipe may have no end, and a pipe's opening may have none either. */
static void
on_sized (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  goffset size;

  if (info == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_BAD_INPUT, _("This is not a file that can be read"));
    return;
  }
  size = g_file_info_get_size (info);
  if (size > (goffset) reading->max && !reading->is_part_enough) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_TOO_LARGE, _("This file is too large"));
    return;
  }
  /* One byte more than there should be, so that more is noticed. */
  reading->room = (gsize) MIN (size, (goffset) reading->max) + 1;
  g_file_read_async (G_FILE (source), G_PRIORITY_DEFAULT, cancellable, on_opened, g_steal_pointer (&task));
}

/**
 * pd_file_read_async:
 * @file: a file of somebody's
 * @max_bytes: how much of it is wanted at most
 * @is_part_enough: whether its beginning does where it is longer
 * @cancellable: (nullable): ends it
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads a file that may be of any kind and size: no more memory is taken than is wanted.
 */
void
pd_file_read_async (GFile               *file,
                    gsize                max_bytes,
                    gboolean             is_part_enough,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, pd_file_read_async);
  reading->max = max_bytes;
  reading->is_part_enough = is_part_enough;
  g_task_set_task_data (task, reading, reading_free);
  g_file_query_info_async (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, cancellable, on_sized, task);
}

/**
 * pd_file_read_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: %PD_ERROR_TOO_LARGE, %PD_ERROR_BAD_INPUT where it is no file but a folder, a pipe or a device, %PD_ERROR_STORAGE where it
 *   grew meanwhile, those of GIO
 *
 * Returns: (transfer full) (nullable): its content, which is wiped when it is freed
 */
GBytes *
pd_file_read_finish (GFile         *file,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
