/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PD_TYPE_TITLE_LAYOUT (pd_title_layout_get_type ())

G_DECLARE_FINAL_TYPE (PdTitleLayout, pd_title_layout, PD, TITLE_LAYOUT, GtkLayoutManager)

void pd_title_layout_apply (GtkWidget *widget);

G_END_DECLS
