/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-list-item.h"

#include <glib/gi18n.h>

#include "pd-field-widget.h"
#include "pd-list-drag.h"

/**
 * PdListItem:
 *
 * One value of a list, or the empty entry for one more. It tells the list around it what happens by that one's actions:
 * `list.edited`, `list.finish`, `list.next`, `list.copy` and `list.remove` with its place, and `list.move` with its place
 * and the new one. By its handle it is dragged.
 */
struct _PdListItem
{
  AdwEntryRow  parent_instance;
  char        *field_label;
  guint        index;
  GtkWidget   *more;   /* these are not there while it is the empty one */
  GtkWidget   *handle;
  PdNoteRow   *note;
  gboolean     updating;
  gboolean     pasting;
};

G_DEFINE_FINAL_TYPE (PdListItem, pd_list_item, ADW_TYPE_ENTRY_ROW)

static void
on_changed (PdListItem *self)
{
  gboolean pasting = self->pasting;

  if (self->updating)
    return;
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

/* Of an address that does not fit, the beginning tells more than the end. */
static void
on_left (PdListItem *self)
{
  on_done (self);
  gtk_editable_set_position (GTK_EDITABLE (self), 0);
}

/* Return: on to the next one. */
static void
on_entered (PdListItem *self)
{
  on_done (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "list.next", "u", self->index);
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
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  guint index = PD_LIST_ITEM (widget)->index;
  gboolean up = g_str_equal (name, "item.up");

  if (!up || index > 0)
    gtk_widget_activate_action (widget, "list.move", "(uu)", index, up ? index - 1 : index + 1);
}

static void
pd_list_item_dispose (GObject *object)
{
  g_clear_object (&PD_LIST_ITEM (object)->note);
  G_OBJECT_CLASS (pd_list_item_parent_class)->dispose (object);
}

static void
pd_list_item_finalize (GObject *object)
{
  g_free (PD_LIST_ITEM (object)->field_label);
  G_OBJECT_CLASS (pd_list_item_parent_class)->finalize (object);
}

static void
pd_list_item_class_init (PdListItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_list_item_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_list_item_finalize;
  gtk_widget_class_install_action (widget_class, "item.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "item.down", NULL, move_action);
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
  self->note = pd_note_row_new (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/* Not before it is asked for: a list may have hundreds of values. */
static void
make_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("Move _Up"), "item.up");
  g_menu_append (menu, _("Move _Down"), "item.down");
  g_menu_append (menu, _("_Copy"), "item.copy");
  g_menu_append (menu, _("_Remove"), "item.remove");
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static GtkWidget *
make_menu_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_menu, NULL, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_widget_add_css_class (button, "flat");
  return button;
}

/* For the pointer; keys move the value from its entry. */
static GtkWidget *
make_handle (PdListItem *self)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  gtk_widget_set_tooltip_text (handle, _("Drag to Move"));
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_widget_add_css_class (handle, "pd-handle");
  gtk_accessible_update_property (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Drag to Move"), -1);
  pd_list_drag_add_handle (handle, self);
  return handle;
}

/**
 * pd_list_item_new:
 * @field_label: what the list is called
 * @index: the value's place
 *
 * Returns: (transfer floating): the empty entry at the end
 */
GtkWidget *
pd_list_item_new (const char *field_label,
                  guint       index)
{
  PdListItem *self = g_object_new (PD_TYPE_LIST_ITEM, "title", _("Add a Value"), NULL);

  self->field_label = g_strdup (field_label);
  self->index = index;
  g_signal_connect (self, "changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (on_entered), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self))),
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, "Alt+Up Alt+Down", -1);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self)), "paste-clipboard", G_CALLBACK (on_paste), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * pd_list_item_set_value:
 * @self: an item
 * @value: (nullable): the value; %NULL makes it the empty entry at the end
 *
 * Nothing is told of it, and the caret stays where it is.
 */
void
pd_list_item_set_value (PdListItem *self,
                        const char *value)
{
  const char *text = value != NULL ? value : "";
  int position = gtk_editable_get_position (GTK_EDITABLE (self));

  if ((value != NULL) != (self->more != NULL)) {
    g_autofree char *title = value != NULL ? g_strdup_printf ("%s %u", self->field_label, self->index + 1) : g_strdup (_("Add a Value"));

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
    pd_field_widget_show_whole_title (ADW_PREFERENCES_ROW (self));
    if (value == NULL) {
      adw_entry_row_remove (ADW_ENTRY_ROW (self), self->more);
      adw_entry_row_remove (ADW_ENTRY_ROW (self), self->handle);
      self->more = self->handle = NULL;
      pd_note_row_begin (self->note);
      pd_note_row_end (self->note);
    } else {
      g_autofree char *label = g_strdup_printf (_("%s: More"), title);

      self->more = make_menu_button ();
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->more);
      self->handle = make_handle (self);
      adw_entry_row_add_prefix (ADW_ENTRY_ROW (self), self->handle);
    }
  }
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)), text))
    return;
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  gtk_editable_set_position (GTK_EDITABLE (self), MIN (position, g_utf8_strlen (text, -1)));
  self->updating = FALSE;
}

guint
pd_list_item_get_index (PdListItem *self)
{
  return self->index;
}

/* (transfer none): what is said of this value; belongs below it. */
PdNoteRow *
pd_list_item_get_note (PdListItem *self)
{
  return self->note;
}
