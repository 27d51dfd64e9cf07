/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PD_TYPE_COLUMN_LAYOUT (pd_column_layout_get_type ())

G_DECLARE_FINAL_TYPE (PdColumnLayout, pd_column_layout, PD, COLUMN_LAYOUT, GtkLayoutManager)

void pd_column_layout_use (GtkBox *box);
void pd_column_layout_apply (GtkWidget *widget);

G_END_DECLS
