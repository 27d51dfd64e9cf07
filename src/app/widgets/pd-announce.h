/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void pd_announce           (GtkWidget *widget, const char *text);
void pd_announce_set_alert (GtkWindow *window, GtkWidget *alert);

G_END_DECLS
