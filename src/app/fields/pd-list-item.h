/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-note-row.h"

G_BEGIN_DECLS

#define PD_TYPE_LIST_ITEM (pd_list_item_get_type ())

G_DECLARE_FINAL_TYPE (PdListItem, pd_list_item, PD, LIST_ITEM, AdwEntryRow)

GtkWidget *pd_list_item_new       (const char *field_label, guint index);
void       pd_list_item_set_value (PdListItem *self, const char *value);
guint      pd_list_item_get_index (PdListItem *self);
PdNoteRow *pd_list_item_get_note  (PdListItem *self);

G_END_DECLS
