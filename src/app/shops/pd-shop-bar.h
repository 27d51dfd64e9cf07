/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_SHOP_BAR (pd_shop_bar_get_type ())

G_DECLARE_FINAL_TYPE (PdShopBar, pd_shop_bar, PD, SHOP_BAR, AdwBin)

void pd_shop_bar_set_shop   (PdShopBar *self, PdShop *shop);
void pd_shop_bar_set_saved  (PdShopBar *self, const char *text);
void pd_shop_bar_set_name_shown (PdShopBar *self, gboolean shown);
void pd_shop_bar_open       (PdShopBar *self);

G_END_DECLS
