/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-csv.h"
#include "pd-export.h"
#include "pd-file-read.h"

/* Shops on their way into the store. */
typedef struct
{
  PdWindow *window;
  char    **ignored; /* (nullable): columns of a table */
} Importing;

static void
importing_free (Importing *importing)
{
  g_object_unref (importing->window);
  g_strfreev (importing->ignored);
  g_free (importing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Importing, importing_free)

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Importing) importing = user_data;
  PdWindow *self = importing->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = pd_import_profiles_finish (PD_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (self->desk == NULL)
    return;
  if (profiles == NULL) {
    pd_window_say (self, error->message);
    return;
  }
  if (profiles->len > 0)
    pd_window_open_shop (self, g_ptr_array_index (profiles, 0));
  text = g_strdup_printf (ngettext ("%'u shop imported", "%'u shops imported", profiles->len), profiles->len);
  if (importing->ignored != NULL && *importing->ignored != NULL) {
    g_autofree char *columns = g_strjoinv (", ", importing->ignored);
    g_autofree char *left_out = g_strdup_printf (_("Left out, as no field is called so: %s"), columns);
    g_autofree char *both = g_strdup_printf ("%s. %s", text, left_out);

    pd_window_say (self, both);
  } else {
    pd_window_say (self, text);
  }
}

static void
import (PdWindow *self,
        GBytes   *document,
        char    **ignored)
{
  Importing *importing = g_new0 (Importing, 1);

  importing->window = g_object_ref (self);
  importing->ignored = g_strdupv (ignored);
  pd_import_profiles_async (pd_desk_get_store (self->desk), document, on_imported, importing);
}

/**
 * pd_window_import:
 * @self: a window whose shops have been read
 * @document: an export
 *
 * Adds its shops, and opens the first of them; says why where that cannot be.
 */
void
pd_window_import (PdWindow *self,
                  GBytes   *document)
{
  import (self, document, NULL);
}

/* A table on its way to becoming the document that an export would be. */
typedef struct
{
  GBytes *table;
  char  **ignored; /* columns */
} Conversion;

static void
conversion_free (gpointer data)
{
  Conversion *conversion = data;

  g_bytes_unref (conversion->table);
  g_strfreev (conversion->ignored);
  g_free (conversion);
}

static void
convert (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Conversion *conversion = task_data;
  GError *error = NULL;
  GBytes *document = pd_csv_to_document (conversion->table, &conversion->ignored, &error);

  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
on_converted (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  PdWindow *self = PD_WINDOW (source);
  Conversion *conversion = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->desk == NULL)
    return;
  if (document == NULL) {
    pd_window_say (self, error->message);
    return;
  }
  import (self, document, conversion->ignored);
}

static void
import_table (PdWindow *self,
              GBytes   *table)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_converted, NULL);
  Conversion *conversion = g_new0 (Conversion, 1);

  conversion->table = g_bytes_ref (table);
  g_task_set_source_tag (task, import_table);
  g_task_set_task_data (task, conversion, conversion_free);
  g_task_run_in_thread (task, convert);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = pd_file_read_finish (G_FILE (source), result, &error);
  g_autofree char *name = g_file_get_basename (G_FILE (source));

  if (self->desk == NULL)
    return;
  if (content == NULL)
    pd_window_say (self, error->message);
  else if (pd_csv_is_name (name))
    import_table (self, content);
  else
    pd_window_import (self, content);
}

/**
 * pd_window_import_file:
 * @self: a window whose shops have been read
 * @file: a file that was dropped, opened or picked
 *
 * Adds its shops, be they an export or a table, as pd_window_import() does.
 */
void
pd_window_import_file (PdWindow *self,
                       GFile    *file)
{
  pd_file_read_async (file, PD_EXPORT_MAX_BYTES, FALSE, NULL, on_read, g_object_ref (self));
}

static gboolean
on_drop (PdWindow     *self,
         const GValue *value)
{
  if (!self->ready)
    return FALSE;
  for (GSList *files = g_value_get_boxed (value); files != NULL; files = files->next)
    pd_window_import_file (self, files->data);
  return TRUE;
}

/* Files dropped beside a shop are shops; the shop's page takes those that are dropped on it. */
void
pd_window_accept_files (PdWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
