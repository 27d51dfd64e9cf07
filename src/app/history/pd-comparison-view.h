/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-run.h"

G_BEGIN_DECLS

#define PD_TYPE_COMPARISON_VIEW (pd_comparison_view_get_type ())

G_DECLARE_FINAL_TYPE (PdComparisonView, pd_comparison_view, PD, COMPARISON_VIEW, AdwBin)

/* `runs`: (element-type PdRun) newest first; `run`: one of them; `other`: the one to compare it with, or NULL for the best choice. */
void pd_comparison_view_show (PdComparisonView *self, GPtrArray *runs, PdRun *run, PdRun *other);

G_END_DECLS
