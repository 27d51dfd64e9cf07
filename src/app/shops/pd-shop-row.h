/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-verdicts.h"

G_BEGIN_DECLS

#define PD_TYPE_SHOP_ROW (pd_shop_row_get_type ())

G_DECLARE_FINAL_TYPE (PdShopRow, pd_shop_row, PD, SHOP_ROW, GtkWidget)

GtkWidget *pd_shop_row_new         (PdVerdicts *verdicts);
void       pd_shop_row_set_profile (PdShopRow *self, PdProfile *profile);
PdProfile *pd_shop_row_get_profile (PdShopRow *self);

G_END_DECLS
