/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-shop.h"

G_BEGIN_DECLS

GdkContentFormats *pd_logo_taker_make_formats   (void);
void               pd_logo_taker_take_file      (GtkWidget *widget, PdShop *shop, const PdField *field, GFile *file);
void               pd_logo_taker_take_bytes     (GtkWidget *widget, PdShop *shop, const PdField *field, GBytes *content);
void               pd_logo_taker_take_clipboard (GtkWidget *widget, PdShop *shop, const PdField *field);
void               pd_logo_taker_take_drop      (GtkWidget *widget, PdShop *shop, const PdField *field, GdkDrop *drop);
void               pd_logo_taker_fit            (GtkWidget *widget, PdShop *shop, const PdField *field);

G_END_DECLS
