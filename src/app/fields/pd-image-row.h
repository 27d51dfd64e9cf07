/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_IMAGE_ROW (pd_image_row_get_type ())

G_DECLARE_FINAL_TYPE (PdImageRow, pd_image_row, PD, IMAGE_ROW, AdwPreferencesRow)

GtkWidget *pd_image_row_new (PdShop *shop, const PdField *field);

G_END_DECLS
