/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (* PdConfirmed) (gpointer user_data);

GtkWidget *pd_confirm_ask (GtkWidget *widget, const char *heading, const char *body, const char *verb,
                           gboolean destructive, PdConfirmed confirmed, gpointer user_data);
GtkWidget *pd_confirm_choose (GtkWidget *widget, const char *heading, const char *body,
                              const char *first_verb, const char *second_verb,
                              PdConfirmed first, PdConfirmed second, gpointer user_data);
void       pd_confirm_show (GtkWidget *widget, const char *heading, const char *body);

G_END_DECLS
