/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_COMPARE_ROW (pd_compare_row_get_type ())

G_DECLARE_FINAL_TYPE (PdCompareRow, pd_compare_row, PD, COMPARE_ROW, GtkListBoxRow)

GtkWidget *pd_compare_row_new      (PdShop *shop, const PdField *seen);
char      *pd_compare_row_dup_text (PdCompareRow *self);

G_END_DECLS
