/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void       pd_later_set_menu (GtkMenuButton *button, GMenuModel *menu);
GtkWidget *pd_later_build    (const char *name);
void       pd_later_show     (GtkStack *stack, const char *name);

G_END_DECLS
