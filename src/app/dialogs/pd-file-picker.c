/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-file-picker.h"

#include <glib/gi18n.h>

/* The one file with GtkFileChooserNative, which goes through the portal: the floor has no GtkFileDialog. */

typedef struct
{
  PdFilePicked  picked;
  GObject      *user_data; /* owned */
} Picking;

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  Picking *picking = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    picking->picked (file, picking->user_data);
  g_object_unref (picking->user_data);
  g_free (picking);
  g_object_unref (dialog);
}

static void
show (GtkFileChooserNative *dialog,
      PdFilePicked          picked,
      gpointer              user_data)
{
  Picking *picking = g_new0 (Picking, 1);

  picking->picked = picked;
  picking->user_data = g_object_ref (user_data);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), picking);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWindow *
find_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/**
 * pd_file_picker_open:
 * @widget: where it was asked for
 * @title: what for
 * @mime_types: (nullable) (array zero-terminated=1): which files to offer first
 * @picked: called with the file, not at all when none was picked
 * @user_data: an object, kept meanwhile
 */
void
pd_file_picker_open (GtkWidget         *widget,
                     const char        *title,
                     const char *const *mime_types,
                     PdFilePicked       picked,
                     gpointer           user_data)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, find_window (widget), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  if (mime_types != NULL) {
    g_autoptr (GtkFileFilter) wanted = gtk_file_filter_new ();
    g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

    gtk_file_filter_set_name (wanted, _("Suitable Files"));
    for (; *mime_types != NULL; mime_types++)
      gtk_file_filter_add_mime_type (wanted, *mime_types);
    gtk_file_filter_set_name (all, _("All Files"));
    gtk_file_filter_add_pattern (all, "*");
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), wanted);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  }
  show (dialog, picked, user_data);
}

/**
 * pd_file_picker_save:
 * @widget: where it was asked for
 * @title: what for
 * @name: the file name to propose
 * @picked: called with the file, not at all when none was picked
 * @user_data: an object, kept meanwhile
 */
void
pd_file_picker_save (GtkWidget    *widget,
                     const char   *title,
                     const char   *name,
                     PdFilePicked  picked,
                     gpointer      user_data)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, find_window (widget), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show (dialog, picked, user_data);
}
