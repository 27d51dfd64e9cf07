/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-shop.h"
#include "pd-run.h"
#include "pd-verdicts.h"

G_BEGIN_DECLS

#define PD_TYPE_TESTER (pd_tester_get_type ())

G_DECLARE_FINAL_TYPE (PdTester, pd_tester, PD, TESTER, GObject)

PdTester   *pd_tester_new            (PdDesk *desk, PdVerdicts *verdicts);
PdVerdicts *pd_tester_get_verdicts   (PdTester *self);
gboolean    pd_tester_is_rehearsal   (PdTester *self);
void        pd_tester_start          (PdTester *self, PdProfile *profile, const char *const *only, gboolean allow_create);
const char *const *pd_tester_get_only (PdTester *self, PdProfile *profile);
void        pd_tester_cancel         (PdTester *self, PdProfile *profile);
gboolean    pd_tester_is_busy        (PdTester *self, PdProfile *profile);
PdRun      *pd_tester_get_run        (PdTester *self, PdProfile *profile);
const char *pd_tester_get_trouble    (PdTester *self, PdProfile *profile);
char       *pd_tester_dup_registered (PdTester *self, PdProfile *profile, const char *field_id);

G_END_DECLS
