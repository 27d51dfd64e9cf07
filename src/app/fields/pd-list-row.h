/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_LIST_ROW (pd_list_row_get_type ())

G_DECLARE_FINAL_TYPE (PdListRow, pd_list_row, PD, LIST_ROW, AdwExpanderRow)

GtkWidget *pd_list_row_new (PdShop *shop, const PdField *field);

G_END_DECLS
