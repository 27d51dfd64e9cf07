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
#include "pd-logo-taker.h"
#include "pd-logo-view.h"
#include "pd-note-row.h"

/**
 * PdImageRow:
 *
 * A field whose value is a picture: a copy of the chosen, dropped or pasted file is kept beside the profile, and shown as shoppers see
 * it. Where it does not fill its place, one that does is made of it.
 */
struct _PdImageRow
{
  AdwPreferencesRow  parent_instance;
  PdShop            *shop;
  const PdField     *field;
  GtkWidget         *chosen;
  GtkWidget         *choose;
  GtkWidget         *view;
  PdNoteRow         *note;
  char              *shown; /* the path of what is in the view */
};

static const PdField *
pd_image_row_get_field (PdFieldWidget *widget)
{
  return PD_IMAGE_ROW (widget)->field;
}

static GtkWidget *
pd_image_row_get_note (PdFieldWidget *widget)
{
  return GTK_WIDGET (PD_IMAGE_ROW (widget)->note);
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
  iface->get_note = pd_image_row_get_note;
  iface->focus = pd_image_row_focus;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdImageRow, pd_image_row, ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (PD_TYPE_FIELD_WIDGET, pd_image_row_iface_init))

static const char *
get_value (PdImageRow *self)
{
  return pd_profile_get_text (pd_shop_get_profile (self->shop), self->field->id);
}

static char *
dup_original (PdImageRow *self)
{
  return pd_store_get_original (pd_desk_get_store (pd_shop_get_desk (self->shop)), pd_shop_get_profile (self->shop), get_value (self));
}

static void
set_value (PdImageRow *self,
           const char *name)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);

  pd_profile_begin_step (profile);
  pd_profile_set_text (profile, self->field->id, name, NULL);
  pd_profile_end_step (profile);
}

static void
make_fit (GtkWidget  *widget,
          const char *detail)
{
  pd_logo_taker_fit (widget, PD_IMAGE_ROW (widget)->shop, PD_IMAGE_ROW (widget)->field);
}

static void
use_original (GtkWidget  *widget,
              const char *original)
{
  set_value (PD_IMAGE_ROW (widget), original);
}

/* Twice what shoppers see, in a format that loses nothing. */
static gboolean
fits (PdLogo *logo)
{
  return logo->facts.type == PD_LOGO_PNG && logo->facts.width == 2 * PD_LOGO_WIDTH && logo->facts.height == 2 * PD_LOGO_HEIGHT;
}

static void
refresh_note (PdImageRow *self)
{
  PdLogo *logo = pd_logo_view_get_logo (PD_LOGO_VIEW (self->view));
  g_autofree char *original = dup_original (self);

  pd_note_row_begin (self->note);
  if (original != NULL)
    pd_note_row_add (self->note, PD_SEVERITY_HINT, _("It was made to fit. The original is kept here."), _("Use the Original"),
                     G_CALLBACK (use_original), original);
  else if (logo != NULL && logo->picture != NULL && !fits (logo))
    pd_note_row_add (self->note, PD_SEVERITY_HINT,
                     _("A PNG of 300 × 100 pixels can be made of it, sharp on every screen. The original is kept."), _("Make It Fit"),
                     G_CALLBACK (make_fit), NULL);
  pd_field_widget_note_mark (PD_FIELD_WIDGET (self), self->shop, self->note);
  pd_note_row_end (self->note);
}

static void
show_value (PdImageRow *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  const char *value = get_value (self);
  g_autofree char *path = *value != '\0' ? pd_store_get_file (pd_desk_get_store (pd_shop_get_desk (self->shop)), profile, value) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autofree char *original = dup_original (self);
  g_autofree char *subtitle = original != NULL ? g_strdup_printf (_("%s, made to fit"), original)
                              : g_strdup (*value != '\0' ? value : _("No picture chosen. Choose, drop or paste one."));

  gtk_label_set_text (GTK_LABEL (self->chosen), subtitle);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "image.remove", *value != '\0');
  if (g_strcmp0 (path, self->shown) != 0 || path == NULL) {
    pd_logo_view_set_file (PD_LOGO_VIEW (self->view), file);
    gtk_widget_set_visible (self->view, file != NULL);
  }
  g_free (self->shown);
  self->shown = g_steal_pointer (&path);
  refresh_note (self);
}

static void
on_picked (GFile    *file,
           gpointer  user_data)
{
  PdImageRow *self = user_data;

  if (self->shop != NULL)
    pd_logo_taker_take_file (GTK_WIDGET (self), self->shop, self->field, file);
}

static void
on_choose_clicked (PdImageRow *self)
{
  const char *const types[] = { "image/png", "image/jpeg", "image/gif", NULL };

  pd_file_picker_open (GTK_WIDGET (self), _("Choose a Picture"), types, on_picked, self);
}

static gboolean
on_drop (PdImageRow *self,
         GdkDrop    *drop)
{
  pd_logo_taker_take_drop (GTK_WIDGET (self), self->shop, self->field, drop);
  return TRUE;
}

static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  on_choose_clicked (PD_IMAGE_ROW (widget));
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  pd_logo_taker_take_clipboard (widget, PD_IMAGE_ROW (widget)->shop, PD_IMAGE_ROW (widget)->field);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  set_value (PD_IMAGE_ROW (widget), "");
}

static void
pd_image_row_dispose (GObject *object)
{
  g_clear_object (&PD_IMAGE_ROW (object)->note);
  g_clear_object (&PD_IMAGE_ROW (object)->shop);
  G_OBJECT_CLASS (pd_image_row_parent_class)->dispose (object);
}

static void
pd_image_row_finalize (GObject *object)
{
  g_free (PD_IMAGE_ROW (object)->shown);
  G_OBJECT_CLASS (pd_image_row_parent_class)->finalize (object);
}

static void
pd_image_row_class_init (PdImageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_image_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_image_row_finalize;
  gtk_widget_class_install_action (widget_class, "image.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "image.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "image.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "image.paste", NULL);
}

static void
pd_image_row_init (PdImageRow *self)
{
  GtkDropTargetAsync *drop = gtk_drop_target_async_new (pd_logo_taker_make_formats (), GDK_ACTION_COPY);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->note = pd_note_row_new (GTK_WIDGET (self));
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static GtkWidget *
make_menu_button (const PdField *field)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_("%s: More"), pd_field_get_label (field));
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("_Paste"), "image.paste");
  g_menu_append (menu, _("_Remove"), "image.remove");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
make_label (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
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
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->shop = g_object_ref (shop);
  self->field = field;
  self->chosen = make_label ("");
  gtk_widget_add_css_class (self->chosen, "subtitle");
  self->choose = gtk_button_new_with_label (_("Choose…"));
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->choose, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (on_choose_clicked), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), make_label (title));
  gtk_box_append (GTK_BOX (texts), self->chosen);
  gtk_widget_add_css_class (head, "pd-image-head");
  gtk_box_append (GTK_BOX (head), texts);
  gtk_box_append (GTK_BOX (head), self->choose);
  gtk_box_append (GTK_BOX (head), make_menu_button (field));
  gtk_box_append (GTK_BOX (head), pd_field_tools_new (shop, field));
  self->view = pd_logo_view_new ();
  gtk_widget_add_css_class (self->view, "pd-logo-view");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  g_signal_connect_object (self->view, "judged", G_CALLBACK (refresh_note), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  show_value (self);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (show_value), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
