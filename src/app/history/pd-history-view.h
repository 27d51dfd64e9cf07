/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"
#include "pd-verdicts.h"

G_BEGIN_DECLS

#define PD_TYPE_HISTORY_VIEW (pd_history_view_get_type ())

G_DECLARE_FINAL_TYPE (PdHistoryView, pd_history_view, PD, HISTORY_VIEW, AdwBin)

/* Signal "left": the person goes back to where the history was opened. */
void        pd_history_view_set_shop (PdHistoryView *self, PdShop *shop, PdVerdicts *verdicts);
void        pd_history_view_open     (PdHistoryView *self);
void        pd_history_view_back     (PdHistoryView *self);
GListModel *pd_history_view_get_runs (PdHistoryView *self);

G_END_DECLS
