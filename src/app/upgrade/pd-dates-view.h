/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_DATES_VIEW (pd_dates_view_get_type ())

G_DECLARE_FINAL_TYPE (PdDatesView, pd_dates_view, PD, DATES_VIEW, AdwBin)

GtkWidget *pd_dates_view_new (PdShop *shop);

G_END_DECLS
