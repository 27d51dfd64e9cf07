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
