/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-desk.h"
#include "pd-guide.h"
#include "pd-run.h"

G_BEGIN_DECLS

#define PD_TYPE_VERDICTS (pd_verdicts_get_type ())

G_DECLARE_FINAL_TYPE (PdVerdicts, pd_verdicts, PD, VERDICTS, GObject)

PdVerdicts *pd_verdicts_new        (PdStore *store);
gboolean    pd_verdicts_lookup     (PdVerdicts *self, PdProfile *profile, PdVerdict *verdict, GDateTime **when);
gboolean    pd_verdicts_get_last   (PdVerdicts *self, PdProfile *profile, PdGuideRun *last);
void        pd_verdicts_remember   (PdVerdicts *self, PdProfile *profile, PdRun *run);

G_END_DECLS
