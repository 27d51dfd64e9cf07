/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-guide-step-row.h"
#include "pd-tester.h"

G_BEGIN_DECLS

#define PD_TYPE_GUIDE_VIEW (pd_guide_view_get_type ())

G_DECLARE_FINAL_TYPE (PdGuideView, pd_guide_view, PD, GUIDE_VIEW, AdwBin)

GtkWidget      *pd_guide_view_new       (PdShop *shop, PdTester *tester);
PdGuideStepRow *pd_guide_view_find      (PdGuideView *self, const char *step_id);
gboolean        pd_guide_view_open      (PdGuideView *self, const char *step_id);
gboolean        pd_guide_view_focus     (PdGuideView *self);
guint           pd_guide_view_get_n_done (PdGuideView *self);

G_END_DECLS
