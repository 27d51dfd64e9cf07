/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"
#include "pd-side-pane.h"
#include "pd-tester.h"

G_BEGIN_DECLS

#define PD_TYPE_SHOP_PAGE (pd_shop_page_get_type ())

G_DECLARE_FINAL_TYPE (PdShopPage, pd_shop_page, PD, SHOP_PAGE, AdwBin)

void          pd_shop_page_set_shop    (PdShopPage *self, PdShop *shop, PdTester *tester);
PdShop       *pd_shop_page_get_shop    (PdShopPage *self);
AdwViewStack *pd_shop_page_get_stack   (PdShopPage *self);
AdwFlap      *pd_shop_page_get_flap    (PdShopPage *self);
PdSidePane   *pd_shop_page_get_pane    (PdShopPage *self);
void          pd_shop_page_note_field  (PdShopPage *self, const PdField *field);
PdView        pd_shop_page_get_view    (PdShopPage *self);
void          pd_shop_page_set_view    (PdShopPage *self, PdView view);
GtkWidget    *pd_shop_page_get_content (PdShopPage *self, PdView view);
void          pd_shop_page_focus_view  (PdShopPage *self);
gboolean      pd_shop_page_focus_field (PdShopPage *self, const char *field_id);
void          pd_shop_page_rename      (PdShopPage *self);
void          pd_shop_page_set_saved   (PdShopPage *self, const char *text);
void          pd_shop_page_set_name_shown (PdShopPage *self, gboolean shown);

G_END_DECLS
