/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_CHOICE_ROW (pd_choice_row_get_type ())

G_DECLARE_FINAL_TYPE (PdChoiceRow, pd_choice_row, PD, CHOICE_ROW, AdwComboRow)

GtkWidget *pd_choice_row_new (PdShop *shop, const PdField *field);

G_END_DECLS
