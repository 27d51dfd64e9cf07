/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-screen.h"
#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_SCREENS_VIEW (pd_screens_view_get_type ())

G_DECLARE_FINAL_TYPE (PdScreensView, pd_screens_view, PD, SCREENS_VIEW, AdwBin)

GtkWidget *pd_screens_view_new        (PdShop *shop, gboolean compact);
PdScreen  *pd_screens_view_get_screen (PdScreensView *self, PdScreenKind kind, int width);
void       pd_screens_view_export     (PdScreensView *self, GFile *file);

G_END_DECLS
