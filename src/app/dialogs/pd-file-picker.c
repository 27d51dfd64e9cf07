/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-file-picker.h"

#include <glib/gi18n.h>
#include <string.h>

/* Bytes. A file system takes 255 for all of a name, and what writes it safely adds some. */
#define MAX_STEM 200
#define MAX_SUFFIX 8

/* The one file with GtkFileChooserNative, which goes through the portal: the floor has no GtkFileDialog. */

typedef struct
{
  PdFilePicked        picked;
  GObject            *user_data; /* owned */
  GtkWindow          *window;    /* weak */
  char               *title;
  const PdFileFormat *formats;   /* NULL where there is one way only */
  GPtrArray          *filters;   /* one for each */
} Picking;

static void
picking_free (Picking *picking)
{
  g_object_unref (picking->user_data);
  g_clear_weak_pointer (&picking->window);
  g_clear_pointer (&picking->filters, g_ptr_array_unref);
  g_free (picking->title);
  g_free (picking);
}

static gboolean
has_suffix (const char *name,
            const char *suffix)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, suffix);
}

/* Returns: (transfer full) (nullable): a better name, where the format chosen in the list is not that of the name's suffix; a name that
 * was typed for a format beside the first one, which stands there by itself, is what is wanted. */
static char *
dup_better_name (Picking        *picking,
                 GtkFileChooser *chooser,
                 GFile          *file,
                 guint          *chosen)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  g_autofree char *name = g_file_get_basename (file);

  if (picking->formats == NULL || !g_ptr_array_find (picking->filters, filter, chosen) || has_suffix (name, picking->formats[*chosen].suffix))
    return NULL;
  for (guint i = 0; i < picking->filters->len; i++) {
    if (has_suffix (name, picking->formats[i].suffix) && *chosen == 0)
      return NULL;
    if (has_suffix (name, picking->formats[i].suffix))
      name[strlen (name) - strlen (picking->formats[i].suffix)] = '\0';
  }
  return g_strconcat (name, picking->formats[*chosen].suffix, NULL);
}

static GtkWindow *
find_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* Shows @dialog, and answers with @on_response. */
static void
show (GtkFileChooserNative *dialog,
      GCallback             on_response,
      Picking              *picking)
{
  g_signal_connect (dialog, "response", on_response, picking);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Asks for a file to write, in @folder (nullable), or where the desktop proposes; @on_response gets the answer. */
static void
ask_save (Picking    *picking,
          GFile      *folder,
          const char *name,
          guint       chosen,
          GCallback   on_response)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (picking->title, picking->window, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  g_clear_pointer (&picking->filters, g_ptr_array_unref);
  picking->filters = g_ptr_array_new_with_free_func (g_object_unref);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  for (const PdFileFormat *format = picking->formats; format != NULL && format->suffix != NULL; format++) {
    GtkFileFilter *filter = gtk_file_filter_new ();

    gtk_file_filter_set_name (filter, _(format->label));
    gtk_file_filter_add_suffix (filter, format->suffix + 1);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    g_ptr_array_add (picking->filters, filter);
  }
  if (chosen < picking->filters->len)
    gtk_file_chooser_set_filter (GTK_FILE_CHOOSER (dialog), g_ptr_array_index (picking->filters, chosen));
  show (dialog, on_response, picking);
}

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  Picking *picking = user_data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *better = NULL;
  guint chosen = 0;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  better = file != NULL ? dup_better_name (picking, GTK_FILE_CHOOSER (dialog), file, &chosen) : NULL;
  if (better != NULL) {
    g_autoptr (GFile) folder = g_file_get_parent (file);

    /* Asked anew, as a sandbox lets only that file be written that was picked, and another one may be there already. */
    ask_save (picking, folder, better, chosen, G_CALLBACK (on_response));
  } else {
    if (file != NULL)
      picking->picked (file, picking->user_data);
    picking_free (picking);
  }
  g_object_unref (dialog);
}

static Picking *
picking_new (GtkWidget    *widget,
             const char   *title,
             PdFilePicked  picked,
             gpointer      user_data)
{
  Picking *picking = g_new0 (Picking, 1);

  g_set_weak_pointer (&picking->window, find_window (widget));
  picking->title = g_strdup (title);
  picking->picked = picked;
  picking->user_data = g_object_ref (user_data);
  return picking;
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
  show (dialog, G_CALLBACK (on_response), picking_new (widget, title, picked, user_data));
}

/* A shop may be called as no file can be. */
static char *
make_possible (const char *name)
{
  const char *suffix = strrchr (name, '.');
  gsize length = suffix != NULL ? (gsize) (suffix - name) : strlen (name);
  g_autofree char *stem = NULL;

  if (suffix == NULL || strlen (suffix) > MAX_SUFFIX) {
    suffix = "";
    length = strlen (name);
  }
  if (length > MAX_STEM) {
    for (length = MAX_STEM; (name[length] & 0xC0) == 0x80; length--)
      ;
  }
  stem = g_strndup (name, length);
  for (char *c = stem; *c != '\0'; c++) {
    if (*c == '/' || g_ascii_iscntrl (*c) || (*c == '.' && c == stem))
      *c = '-';
  }
  return g_strconcat (stem, suffix, NULL);
}

/**
 * pd_file_picker_save:
 * @widget: where it was asked for
 * @title: what for
 * @name: the file name to propose; what no file name can have or be is replaced and cut
 * @formats: (nullable): the ways to write it, the usual one first, ending with one without a suffix; the file's suffix tells which one
 *   was chosen
 * @picked: called with the file, not at all when none was picked
 * @user_data: an object, kept meanwhile
 */
void
pd_file_picker_save (GtkWidget          *widget,
                     const char         *title,
                     const char         *name,
                     const PdFileFormat *formats,
                     PdFilePicked        picked,
                     gpointer            user_data)
{
  Picking *picking = picking_new (widget, title, picked, user_data);
  g_autofree char *proposed = make_possible (name);

  picking->formats = formats;
  ask_save (picking, NULL, proposed, 0, G_CALLBACK (on_response));
}
