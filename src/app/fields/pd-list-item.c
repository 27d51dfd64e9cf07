/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-list-item.h"

#include <glib/gi18n.h>

/**
 * PdListItem:
 *
 * One value of a list, or the empty entry for one more. It tells the list around it what happens by that one's actions:
 * `list.edited`, `list.finish`, and `list.up`, `list.down`, `list.copy`, `list.remove` with its place.
 */
struct _PdListItem
{
  AdwEntryRow parent_instance;
  guint       index;
  gboolean    pasting;
};

G_DEFINE_FINAL_TYPE (PdListItem, pd_list_item, ADW_TYPE_ENTRY_ROW)

static void
on_changed (PdListItem *self)
{
  gboolean pasting = self->pasting;

  self->pasting = FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), pasting ? "list.finish" : "list.edited", NULL);
}

static void
on_paste (PdListItem *self)
{
  self->pasting = TRUE;
}

static void
on_done (PdListItem *self)
{
  self->pasting = FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "list.finish", NULL);
}

static void
place_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_autofree char *list_action = g_strconcat ("list.", name + strlen ("item."), NULL);

  gtk_widget_activate_action (widget, list_action, "u", PD_LIST_ITEM (widget)->index);
}

static void
pd_list_item_class_init (PdListItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "item.up", NULL, place_action);
  gtk_widget_class_install_action (widget_class, "item.down", NULL, place_action);
  gtk_widget_class_install_action (widget_class, "item.copy", NULL, place_action);
  gtk_widget_class_install_action (widget_class, "item.remove", NULL, place_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "item.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "item.down", NULL);
}

static void
pd_list_item_init (PdListItem *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self), FALSE);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_done), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

static GtkWidget *
make_menu_button (PdListItem *self,
                  const char *title)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_("%s: More"), title);
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Move _Up"), "item.up");
  g_menu_append (menu, _("Move _Down"), "item.down");
  g_menu_append (menu, _("_Copy"), "item.copy");
  g_menu_append (menu, _("_Remove"), "item.remove");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/**
 * pd_list_item_new:
 * @field_label: what the list is called
 * @index: the value's place
 * @value: (nullable): the value; %NULL for the empty entry at the end
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_list_item_new (const char *field_label,
                  guint       index,
                  const char *value)
{
  g_autofree char *title = value != NULL ? g_strdup_printf ("%s %u", field_label, index + 1) : g_strdup (_("Add a Value"));
  PdListItem *self = g_object_new (PD_TYPE_LIST_ITEM, "title", title, NULL);

  self->index = index;
  if (value != NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self), value);
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), make_menu_button (self, title));
  }
  g_signal_connect (self, "changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (on_done), NULL);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self)), "paste-clipboard", G_CALLBACK (on_paste), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
