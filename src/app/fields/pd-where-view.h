/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_WHERE_VIEW (pd_where_view_get_type ())

G_DECLARE_FINAL_TYPE (PdWhereView, pd_where_view, PD, WHERE_VIEW, AdwBin)

GtkWidget *pd_where_view_new (PdShop *shop, const PdField *field);

G_END_DECLS
