/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_UPGRADE_VIEW (pd_upgrade_view_get_type ())

G_DECLARE_FINAL_TYPE (PdUpgradeView, pd_upgrade_view, PD, UPGRADE_VIEW, AdwBin)

GtkWidget *pd_upgrade_view_new (PdShop *shop);

G_END_DECLS
