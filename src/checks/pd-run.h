/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-finding.h"
#include "pd-profile.h"

G_BEGIN_DECLS

/* One run of checks: a GListModel of PdFinding that fills while it runs. Properties: running, n-done, n-checks, verdict. */
#define PD_TYPE_RUN (pd_run_get_type ())
G_DECLARE_FINAL_TYPE (PdRun, pd_run, PD, RUN, GObject)

PdRun         *pd_run_new              (PdProfile *profile, PdEnvironment environment, const char *endpoint);
const char    *pd_run_get_profile_id   (PdRun *self);
const char    *pd_run_get_name         (PdRun *self);
PdEnvironment  pd_run_get_environment  (PdRun *self);
const char    *pd_run_get_endpoint     (PdRun *self);
GDateTime     *pd_run_get_started      (PdRun *self);
PdVerdict      pd_run_get_verdict      (PdRun *self);   /* the worst so far */
gboolean       pd_run_get_running      (PdRun *self);
guint          pd_run_get_n_done       (PdRun *self);
guint          pd_run_get_n_checks     (PdRun *self);
JsonNode      *pd_run_to_json          (PdRun *self);   /* the document of `check --json` */

G_END_DECLS
