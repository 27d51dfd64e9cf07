/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-shop.h"

G_BEGIN_DECLS

void pd_paster_take_clipboard (GtkWidget *widget, PdShop *shop);
void pd_paster_take_file      (GtkWidget *widget, PdShop *shop, GFile *file);
void pd_paster_take_text      (GtkWidget *widget, PdShop *shop, const char *text, gsize length, const char *file_name);

G_END_DECLS
