/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-verdicts.h"

G_BEGIN_DECLS

#define PD_TYPE_SHOP_LIST (pd_shop_list_get_type ())

G_DECLARE_FINAL_TYPE (PdShopList, pd_shop_list, PD, SHOP_LIST, AdwBin)

void       pd_shop_list_set_store    (PdShopList *self, PdStore *store, PdVerdicts *verdicts);
PdProfile *pd_shop_list_get_selected (PdShopList *self);
void       pd_shop_list_select       (PdShopList *self, PdProfile *profile);
guint      pd_shop_list_get_position (PdShopList *self);
void       pd_shop_list_focus        (PdShopList *self);
void       pd_shop_list_focus_at     (PdShopList *self, guint position);
void       pd_shop_list_start_search (PdShopList *self);

G_END_DECLS
