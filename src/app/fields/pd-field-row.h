/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_FIELD_ROW (pd_field_row_get_type ())

G_DECLARE_FINAL_TYPE (PdFieldRow, pd_field_row, PD, FIELD_ROW, AdwEntryRow)

GtkWidget *pd_field_row_new (PdShop *shop, const PdField *field);

G_END_DECLS
