/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-guide.h"
#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_GUIDE_STEP_ROW (pd_guide_step_row_get_type ())

G_DECLARE_FINAL_TYPE (PdGuideStepRow, pd_guide_step_row, PD, GUIDE_STEP_ROW, AdwExpanderRow)

/* Signal "next": the operator goes on to the next step. */

GtkWidget         *pd_guide_step_row_new        (PdShop *shop, const PdGuideStep *step);
const PdGuideStep *pd_guide_step_row_get_step   (PdGuideStepRow *self);
PdGuideState       pd_guide_step_row_get_state  (PdGuideStepRow *self);
void               pd_guide_step_row_refresh    (PdGuideStepRow *self, const PdGuideRun *last);
GtkWidget         *pd_guide_step_row_find_field (PdGuideStepRow *self, const char *field_id);

G_END_DECLS
