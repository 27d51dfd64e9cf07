/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-export.h"

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
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
  text = g_strdup_printf (ngettext ("%u shop imported", "%u shops imported", profiles->len), profiles->len);
  pd_window_say (self, text);
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
  pd_import_profiles_async (pd_desk_get_store (self->desk), document, on_imported, g_object_ref (self));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (self->desk == NULL)
    return;
  if (document != NULL)
    pd_window_import (self, document);
  else
    pd_window_say (self, error->message);
}

static void
on_sized (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (self->desk == NULL)
    return;
  if (info == NULL)
    pd_window_say (self, error->message);
  else if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    pd_window_say (self, _("This is not a file of shops"));
  else if (g_file_info_get_size (info) > PD_EXPORT_MAX_BYTES)
    pd_window_say (self, _("This file is too large"));
  else
    g_file_load_bytes_async (G_FILE (source), NULL, on_loaded, g_object_ref (self));
}

/**
 * pd_window_import_file:
 * @self: a window whose shops have been read
 * @file: a file that was dropped, opened or picked
 *
 * Adds its shops, as pd_window_import() does.
 */
void
pd_window_import_file (PdWindow *self,
                       GFile    *file)
{
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_sized, g_object_ref (self));
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
