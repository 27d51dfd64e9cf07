/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_FIELD_TOOLS (pd_field_tools_get_type ())

G_DECLARE_FINAL_TYPE (PdFieldTools, pd_field_tools, PD, FIELD_TOOLS, AdwBin)

GtkWidget *pd_field_tools_new         (PdShop *shop, const PdField *field);
void       pd_field_tools_open_where  (PdFieldTools *self);

G_END_DECLS
