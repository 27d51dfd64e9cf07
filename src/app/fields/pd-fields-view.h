/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_FIELDS_VIEW (pd_fields_view_get_type ())

G_DECLARE_FINAL_TYPE (PdFieldsView, pd_fields_view, PD, FIELDS_VIEW, AdwBin)

GtkWidget *pd_fields_view_new         (PdShop *shop, PdView view);
void       pd_fields_view_set_around  (PdFieldsView *self, GtkWidget *head, GtkWidget *tail);
void       pd_fields_view_set_between (PdFieldsView *self, const PdField *field, GtkWidget *part);
gboolean   pd_fields_view_focus_field (PdFieldsView *self, const char *field_id);
gboolean   pd_fields_view_focus_first (PdFieldsView *self);
GtkWidget *pd_fields_view_find        (PdFieldsView *self, const char *field_id);

G_END_DECLS
