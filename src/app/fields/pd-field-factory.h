/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

GtkWidget *pd_field_factory_make (PdShop *shop, const PdField *field);
GtkWidget *pd_field_factory_add  (GtkWidget *parent, PdShop *shop, const PdField *field);

G_END_DECLS
