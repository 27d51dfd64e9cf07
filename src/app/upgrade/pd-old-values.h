/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_OLD_VALUES (pd_old_values_get_type ())

G_DECLARE_FINAL_TYPE (PdOldValues, pd_old_values, PD, OLD_VALUES, AdwBin)

GtkWidget *pd_old_values_new    (PdShop *shop);
void       pd_old_values_delete (PdOldValues *self);

G_END_DECLS
