/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-image-row.h"

#include <glib/gi18n.h>

#include "pd-field-tools.h"
#include "pd-field-widget.h"
#include "pd-file-picker.h"
#include "pd-logo-facts.h"
#include "pd-logo-view.h"

/**
 * PdImageRow:
 *
 * A field whose value is a picture: a copy of the chosen file is kept beside the profile, and shown as shoppers see it.
 */
struct _PdImageRow
{
  AdwPreferencesRow  parent_instance;
  PdShop            *shop;
  const PdField     *field;
  GtkWidget         *head;
  GtkWidget         *choose;
  GtkWidget         *view;
};

#define MAX_BYTES (10 * 1024 * 1024)

static const PdField *
pd_image_row_get_field (PdFieldWidget *widget)
{
  return PD_IMAGE_ROW (widget)->field;
}

static void
pd_image_row_focus (PdFieldWidget *widget)
{
  gtk_widget_grab_focus (PD_IMAGE_ROW (widget)->choose);
}

static void
pd_image_row_iface_init (PdFieldWidgetInterface *iface)
{
  iface->get_field = pd_image_row_get_field;
  iface->focus = pd_image_row_focus;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdImageRow, pd_image_row, ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (PD_TYPE_FIELD_WIDGET, pd_image_row_iface_init))

static void
show_value (PdImageRow *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  const char *value = pd_profile_get_text (profile, self->field->id);
  g_autofree char *path = *value != '\0' ? pd_store_get_file (pd_desk_get_store (pd_shop_get_desk (self->shop)), profile, value) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->head), *value != '\0' ? value : _("No picture chosen"));
  pd_logo_view_set_file (PD_LOGO_VIEW (self->view), file);
  gtk_widget_set_visible (self->view, file != NULL);
}

static void
say (PdImageRow *self,
     const char *text)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", text);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdImageRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autofree char *name = NULL;
  PdLogoFacts facts;
  PdProfile *profile;

  if (self->shop == NULL)
    return;
  profile = pd_shop_get_profile (self->shop);
  if (content != NULL) {
    pd_logo_facts_read (g_bytes_get_data (content, NULL), g_bytes_get_size (content), &facts);
    if (facts.type == PD_LOGO_UNKNOWN) {
      say (self, _("This is no PNG, JPEG or GIF picture; nothing was changed."));
      return;
    }
    name = pd_store_keep_file (pd_desk_get_store (pd_shop_get_desk (self->shop)), profile, self->field->id,
                               pd_logo_type_get_suffix (facts.type), content, &error);
  }
  if (name == NULL || !pd_profile_set_text (profile, self->field->id, name, &error))
    say (self, error->message);
}

static void
on_sized (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdImageRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    say (self, error->message);
  else if (g_file_info_get_size (info) > MAX_BYTES)
    say (self, _("Amazon takes pictures up to 10 MB"));
  else
    g_file_load_bytes_async (G_FILE (source), NULL, on_loaded, g_object_ref (self));
}

static void
on_picked (GFile    *file,
           gpointer  user_data)
{
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, on_sized,
                           g_object_ref (user_data));
}

static void
on_choose_clicked (PdImageRow *self)
{
  const char *const types[] = { "image/png", "image/jpeg", "image/gif", NULL };

  pd_file_picker_open (GTK_WIDGET (self), _("Choose a Picture"), types, on_picked, self);
}

static void
pd_image_row_dispose (GObject *object)
{
  g_clear_object (&PD_IMAGE_ROW (object)->shop);
  G_OBJECT_CLASS (pd_image_row_parent_class)->dispose (object);
}

static void
pd_image_row_class_init (PdImageRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_image_row_dispose;
}

static void
pd_image_row_init (PdImageRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * pd_image_row_new:
 * @shop: an open shop
 * @field: a field that holds a picture
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_image_row_new (PdShop        *shop,
                  const PdField *field)
{
  g_autofree char *title = pd_field_widget_make_title (field);
  g_autofree char *detail = g_strconcat ("changed::", field->id, NULL);
  g_autofree char *label = g_strdup_printf (_("Choose %s"), pd_field_get_label (field));
  PdImageRow *self = g_object_new (PD_TYPE_IMAGE_ROW, "title", title, "activatable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->shop = g_object_ref (shop);
  self->field = field;
  self->head = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "use-markup", FALSE, "focusable", FALSE, "activatable", FALSE, NULL);
  self->choose = gtk_button_new_with_label (_("Choose…"));
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->choose, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (on_choose_clicked), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->head), self->choose);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->head), pd_field_tools_new (shop, field));
  self->view = pd_logo_view_new ();
  gtk_widget_add_css_class (self->view, "pd-logo-view");
  gtk_box_append (GTK_BOX (box), self->head);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  show_value (self);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (show_value), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
