/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-explain.h"

G_BEGIN_DECLS

#define PD_TYPE_CAUSE_VIEW (pd_cause_view_get_type ())

G_DECLARE_FINAL_TYPE (PdCauseView, pd_cause_view, PD, CAUSE_VIEW, AdwBin)

GtkWidget     *pd_cause_view_new       (PdExplanation *explanation, PdProfile *profile, gboolean is_first);
const PdCause *pd_cause_view_get_cause (PdCauseView *self);

G_END_DECLS
