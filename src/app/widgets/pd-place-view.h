/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-field.h"

G_BEGIN_DECLS

#define PD_TYPE_PLACE_VIEW (pd_place_view_get_type ())

G_DECLARE_FINAL_TYPE (PdPlaceView, pd_place_view, PD, PLACE_VIEW, AdwBin)

GtkWidget *pd_place_view_new       (const PdPlace *place);
GtkWidget *pd_place_view_new_named (const PdPlace *place);

G_END_DECLS
