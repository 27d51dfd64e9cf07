/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-field.h"
#include "pd-note-row.h"
#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_FIELD_WIDGET (pd_field_widget_get_type ())

G_DECLARE_INTERFACE (PdFieldWidget, pd_field_widget, PD, FIELD_WIDGET, GtkWidget)

struct _PdFieldWidgetInterface
{
  GTypeInterface  parent_iface;

  const PdField *(* get_field) (PdFieldWidget *self);
  GtkWidget     *(* get_note)  (PdFieldWidget *self);
  void           (* focus)     (PdFieldWidget *self);
};

const PdField *pd_field_widget_get_field (PdFieldWidget *self);
GtkWidget     *pd_field_widget_get_note  (PdFieldWidget *self);
void           pd_field_widget_focus     (PdFieldWidget *self);

void           pd_field_widget_note_mark (PdFieldWidget *self, PdShop *shop, PdNoteRow *note);
char          *pd_field_widget_make_title (const PdField *field);
void           pd_field_widget_show_whole_title (AdwPreferencesRow *row);

G_END_DECLS
