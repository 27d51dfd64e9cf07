/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-list-item.h"

G_BEGIN_DECLS

void pd_list_drag_attach     (GtkWidget *list, GPtrArray *items);
void pd_list_drag_add_handle (GtkWidget *handle, PdListItem *item);

G_END_DECLS
