/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-desk.h"

G_BEGIN_DECLS

#define PD_TYPE_SHOP (pd_shop_get_type ())

G_DECLARE_FINAL_TYPE (PdShop, pd_shop, PD, SHOP, GObject)

PdShop        *pd_shop_new               (PdDesk *desk, PdProfile *profile);
PdDesk        *pd_shop_get_desk          (PdShop *self);
PdProfile     *pd_shop_get_profile       (PdShop *self);

gboolean       pd_shop_is_asking         (PdShop *self);
PdSecretState  pd_shop_get_secret_state  (PdShop *self, const char *field_id);
const GError  *pd_shop_get_keyring_error (PdShop *self);
void           pd_shop_ask_keyring       (PdShop *self);

void           pd_shop_put_async         (PdShop *self, const PdField *field, PdSecretText *value,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       pd_shop_is_storing        (PdShop *self);
gboolean       pd_shop_put_finish        (PdShop *self, GAsyncResult *result, GError **error);

void           pd_shop_set_registered    (PdShop *self, const char *field_id, const char *value);
const char    *pd_shop_get_registered    (PdShop *self, const char *field_id);

G_END_DECLS
