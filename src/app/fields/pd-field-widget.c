/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-field-widget.h"

#include <glib/gi18n.h>

/**
 * PdFieldWidget:
 *
 * What every row that shows a field has in common: its field, a row below it for what is to be said of the value, and a
 * place for the caret.
 */
G_DEFINE_INTERFACE (PdFieldWidget, pd_field_widget, GTK_TYPE_WIDGET)

static void
pd_field_widget_default_init (PdFieldWidgetInterface *iface)
{
}

const PdField *
pd_field_widget_get_field (PdFieldWidget *self)
{
  return PD_FIELD_WIDGET_GET_IFACE (self)->get_field (self);
}

/* (nullable) (transfer none): the row that belongs below this one. */
GtkWidget *
pd_field_widget_get_note (PdFieldWidget *self)
{
  PdFieldWidgetInterface *iface = PD_FIELD_WIDGET_GET_IFACE (self);

  return iface->get_note != NULL ? iface->get_note (self) : NULL;
}

void
pd_field_widget_focus (PdFieldWidget *self)
{
  PdFieldWidgetInterface *iface = PD_FIELD_WIDGET_GET_IFACE (self);

  if (iface->focus != NULL)
    iface->focus (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
mark_entered (GtkWidget  *widget,
              const char *field_id)
{
  gtk_widget_activate_action (widget, "shop.mark-entered", "s", field_id);
}

/**
 * pd_field_widget_note_mark:
 * @self: a row
 * @shop: its shop
 * @note: its note, begun
 *
 * Says of a value that has changed since it was entered over there what to do about it.
 */
void
pd_field_widget_note_mark (PdFieldWidget *self,
                           PdShop        *shop,
                           PdNoteRow     *note)
{
  const PdField *field = pd_field_widget_get_field (self);

  if (pd_profile_get_mark (pd_shop_get_profile (shop), field->id, NULL) != PD_MARK_STALE)
    return;
  pd_note_row_add (note, PD_SEVERITY_WARNING,
                   field->direction == PD_DIRECTION_AMAZON_TO_SHOP
                   ? _("Changed since it was entered in the shop’s admin. Enter it there again.")
                   : _("Changed since it was entered in Seller Central. Enter it there again."),
                   _("Entered"), G_CALLBACK (mark_entered), field->id);
}

/**
 * pd_field_widget_make_title:
 * @field: a field
 *
 * Returns: (transfer full): what the field is called here, and there where that differs
 */
char *
pd_field_widget_make_title (const PdField *field)
{
  const char *label = pd_field_get_label (field);
  const char *there = field->seller_central_name != NULL ? field->seller_central_name : field->futureshop_name;

  if (there == NULL || strstr (label, there) != NULL)
    return g_strdup (label);
  /* Translators: a field's name, and its name on Seller Central's Japanese screens. */
  return g_strdup_printf (_("%s (%s)"), label, there);
}

static void
show_whole (GtkWidget  *widget,
            const char *title)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), title) == 0)
    gtk_widget_set_tooltip_text (widget, title);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    show_whole (child, title);
}

/**
 * pd_field_widget_show_whole_title:
 * @row: an entry's row
 *
 * An AdwEntryRow has one line for its title, and a field with two names may not fit a phone: the whole is on its tooltip.
 */
void
pd_field_widget_show_whole_title (AdwPreferencesRow *row)
{
  show_whole (GTK_WIDGET (row), adw_preferences_row_get_title (row));
}
