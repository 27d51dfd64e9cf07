/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-csv.h"
#include "pd-export.h"
#include "pd-file-picker.h"
#include "pd-file-write.h"

/* A table is for spreadsheets. */
static const PdFileFormat formats[] = {
  { ".json", N_("Shops (JSON)") },
  { ".csv", N_("Table (CSV), without logos") },
  { NULL }
};

/* A window that was to be closed meanwhile goes now, unless there is something to be told. */
static void
end (PdWindow   *self,
     gboolean    done,
     const char *text)
{
  self->n_exports--;
  if (self->desk == NULL)
    return;
  pd_window_say (self, text);
  if (!done)
    self->closes_when_exported = FALSE;
  if (self->n_exports == 0 && self->closes_when_exported)
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = pd_file_write_finish (G_FILE (source), result, &error);

  end (self, done, done ? _("Exported without secrets") : error->message);
}

typedef struct
{
  PdWindow *window;
  GFile    *file;
} Exporting;

static void
write_to (PdWindow *self,
          GFile    *file,
          GBytes   *document)
{
  pd_file_write_async (file, document, TRUE, NULL, on_exported, g_object_ref (self));
}

static void
on_export_made (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autofree Exporting *exporting = user_data;
  g_autoptr (PdWindow) self = exporting->window;
  g_autoptr (GFile) file = exporting->file;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = pd_export_profiles_finish (PD_STORE (source), result, &error);

  if (document == NULL)
    end (self, FALSE, error->message);
  else
    write_to (self, file, document);
}

/**
 * pd_window_export:
 * @self: a window whose shops have been read
 * @file: where to write
 * @profiles: (element-type PdProfile): some of the shops
 *
 * Writes them as they are now, without secrets, as a table where the file is called so, and says that it is done, or why not.
 */
void
pd_window_export (PdWindow  *self,
                  GFile     *file,
                  GPtrArray *profiles)
{
  g_autofree char *name = g_file_get_basename (file);
  PdStore *store = pd_desk_get_store (self->desk);
  Exporting *exporting = g_new0 (Exporting, 1);

  self->n_exports++;
  exporting->window = g_object_ref (self);
  exporting->file = g_object_ref (file);
  if (pd_csv_is_name (name))
    pd_export_table_async (store, profiles, on_export_made, exporting);
  else
    pd_export_profiles_async (store, profiles, on_export_made, exporting);
}

static void
on_export_shop_picked (GFile    *file,
                       gpointer  user_data)
{
  PdWindow *self = user_data;
  g_autoptr (GPtrArray) profiles = g_ptr_array_new ();

  if (self->shop == NULL)
    return;
  g_ptr_array_add (profiles, pd_shop_get_profile (self->shop));
  pd_window_export (self, file, profiles);
}

/* The shop that is shown. */
void
pd_window_export_shop (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autofree char *name = g_strdup_printf ("%s.json", pd_profile_get_name (pd_shop_get_profile (self->shop)));

  pd_file_picker_save (user_data, _("Export Shop"), name, formats, on_export_shop_picked, user_data);
}

static void
on_export_all_picked (GFile    *file,
                      gpointer  user_data)
{
  PdWindow *self = user_data;
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->desk == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pd_desk_get_store (self->desk))); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (pd_desk_get_store (self->desk)), i));
  pd_window_export (self, file, profiles);
}

/* Every shop. */
void
pd_window_export_all (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  pd_file_picker_save (user_data, _("Export All Shops"), "paydesk.json", formats, on_export_all_picked, user_data);
}
