/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_SECRET_ROW (pd_secret_row_get_type ())

G_DECLARE_FINAL_TYPE (PdSecretRow, pd_secret_row, PD, SECRET_ROW, AdwActionRow)

GtkWidget *pd_secret_row_new (PdShop *shop, const PdField *field);

G_END_DECLS
