/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-guide-view.h"

G_BEGIN_DECLS

#define PD_TYPE_SIDE_PANE (pd_side_pane_get_type ())

G_DECLARE_FINAL_TYPE (PdSidePane, pd_side_pane, PD, SIDE_PANE, AdwBin)

void         pd_side_pane_set_shop   (PdSidePane *self, PdShop *shop, PdTester *tester);
void         pd_side_pane_set_field  (PdSidePane *self, const PdField *field);
void         pd_side_pane_set_shown  (PdSidePane *self, gboolean shown);
void         pd_side_pane_show_page  (PdSidePane *self, const char *page);
void         pd_side_pane_focus      (PdSidePane *self);
PdGuideView *pd_side_pane_get_guide  (PdSidePane *self);

G_END_DECLS
