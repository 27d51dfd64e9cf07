/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-field-tools.h"

#include <glib/gi18n.h>

#include "pd-where-view.h"

/**
 * PdFieldTools:
 *
 * What stands at the end of every field's row: whether the value was entered over there, a copy button, and the button
 * behind which it stands where the value is found and where it goes.
 */
struct _PdFieldTools
{
  AdwBin          parent_instance;
  PdShop         *shop;
  const PdField  *field;
  GtkWidget      *mark;
  GtkWidget      *copy;
  GtkMenuButton  *where;
};

static const struct
{
  const char *icon;
  const char *label;
} directions[] = {
  [PD_DIRECTION_NONE] = { "mark-location-symbolic", N_("Where It Is Found") },
  [PD_DIRECTION_AMAZON_TO_SHOP] = { "pd-amazon-to-shop-symbolic", N_("From Amazon to the Shop: Where") },
  [PD_DIRECTION_SHOP_TO_AMAZON] = { "pd-shop-to-amazon-symbolic", N_("From the Shop to Amazon: Where") },
};

G_DEFINE_FINAL_TYPE (PdFieldTools, pd_field_tools, ADW_TYPE_BIN)

static void
refresh (PdFieldTools *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  PdMark mark = pd_profile_get_mark (profile, self->field->id, NULL);
  const char *text = mark == PD_MARK_ENTERED ? _("Entered over there") : _("Changed after it was entered over there");

  gtk_widget_set_visible (self->mark, mark != PD_MARK_NONE);
  if (mark != PD_MARK_NONE) {
    gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), mark == PD_MARK_ENTERED ? "emblem-ok-symbolic" : "view-refresh-symbolic");
    gtk_widget_set_tooltip_text (self->mark, text);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    if (mark == PD_MARK_STALE)
      gtk_widget_add_css_class (self->mark, "warning");
    else
      gtk_widget_remove_css_class (self->mark, "warning");
  }
  gtk_widget_set_sensitive (self->copy, *pd_profile_get_text (profile, self->field->id) != '\0');
}

static void
on_copy_clicked (PdFieldTools *self)
{
  g_autofree char *said = g_strdup_printf (_("%s copied"), pd_field_get_label (self->field));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          pd_profile_get_text (pd_shop_get_profile (self->shop), self->field->id));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", said);
}

static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  PdFieldTools *self = user_data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 600);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), pd_where_view_new (self->shop, self->field));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (button, popover);
}

static void
pd_field_tools_dispose (GObject *object)
{
  g_clear_object (&PD_FIELD_TOOLS (object)->shop);
  G_OBJECT_CLASS (pd_field_tools_parent_class)->dispose (object);
}

static void
pd_field_tools_class_init (PdFieldToolsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_field_tools_dispose;
}

static void
pd_field_tools_init (PdFieldTools *self)
{
}

/**
 * pd_field_tools_new:
 * @shop: an open shop
 * @field: one of its fields
 *
 * A secret is not in the profile, so its row brings its own way of copying.
 *
 * Returns: (transfer floating): the end of the field's row
 */
GtkWidget *
pd_field_tools_new (PdShop        *shop,
                    const PdField *field)
{
  PdFieldTools *self = g_object_new (PD_TYPE_FIELD_TOOLS, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *detail = g_strconcat ("changed::", field->id, NULL);
  g_autofree char *copy_label = g_strdup_printf (_("Copy %s"), pd_field_get_label (field));
  g_autofree char *where_label = g_strdup_printf ("%s: %s", pd_field_get_label (field), _(directions[field->direction].label));

  self->shop = g_object_ref (shop);
  self->field = field;

  self->mark = gtk_image_new ();
  gtk_widget_set_margin_end (self->mark, 6);
  gtk_box_append (GTK_BOX (box), self->mark);

  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_tooltip_text (self->copy, _("Copy"));
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->copy, !pd_field_is_secret (field) && field->kind != PD_FIELD_CHOICE && field->kind != PD_FIELD_IMAGE);
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, copy_label, -1);
  g_signal_connect_object (self->copy, "clicked", G_CALLBACK (on_copy_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->copy);

  self->where = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->where, directions[field->direction].icon);
  gtk_menu_button_set_create_popup_func (self->where, make_popover, self, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->where), _(directions[field->direction].label));
  gtk_widget_set_valign (GTK_WIDGET (self->where), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->where), "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->where), GTK_ACCESSIBLE_PROPERTY_LABEL, where_label, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->where));

  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

/* Opens what stands behind the button. */
void
pd_field_tools_open_where (PdFieldTools *self)
{
  gtk_menu_button_popup (self->where);
}
