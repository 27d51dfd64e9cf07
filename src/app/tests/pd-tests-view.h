/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"
#include "pd-tester.h"

G_BEGIN_DECLS

#define PD_TYPE_TESTS_VIEW (pd_tests_view_get_type ())

G_DECLARE_FINAL_TYPE (PdTestsView, pd_tests_view, PD, TESTS_VIEW, AdwBin)

GtkWidget *pd_tests_view_new         (PdShop *shop, PdTester *tester);
void       pd_tests_view_run         (PdTestsView *self, const char *const *only);
void       pd_tests_view_cancel      (PdTestsView *self);
void       pd_tests_view_show_history (PdTestsView *self);
/* One step out of the history; FALSE where it is not open. */
gboolean   pd_tests_view_go_back      (PdTestsView *self);
char      *pd_tests_view_dup_command (PdTestsView *self);
gboolean   pd_tests_view_focus_field (PdTestsView *self, const char *field_id);

G_END_DECLS
