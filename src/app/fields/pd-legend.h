/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-field.h"

G_BEGIN_DECLS

#define PD_TYPE_LEGEND (pd_legend_get_type ())

G_DECLARE_FINAL_TYPE (PdLegend, pd_legend, PD, LEGEND, AdwBin)

GtkWidget  *pd_legend_new      (PdMode mode);
const char *pd_legend_get_edge (PdSite site);
PdSite      pd_legend_get_site (const PdField *field);

G_END_DECLS
