/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-finding.h"
#include "pd-profile.h"

G_BEGIN_DECLS

/**
 * PdRunFlags:
 * @PD_RUN_PARTIAL: only some of the checks were asked for
 * @PD_RUN_REHEARSAL: PAYDESK_ENDPOINTS sent the calls elsewhere
 * @PD_RUN_STOPPED: it was cancelled before its end
 *
 * Why a run does not speak for the shop as a whole.
 */
typedef enum {
  PD_RUN_PARTIAL   = 1 << 0,
  PD_RUN_REHEARSAL = 1 << 1,
  PD_RUN_STOPPED   = 1 << 2,
} PdRunFlags;

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
gboolean       pd_run_is_good          (PdRun *self);   /* nothing failed, nothing was left open, of the whole shop */
PdRunFlags     pd_run_get_flags        (PdRun *self);
const char    *pd_run_get_kept_as      (PdRun *self);   /* its id in the history, or NULL */
JsonObject    *pd_run_get_revisions    (PdRun *self);
JsonNode      *pd_run_to_json          (PdRun *self);   /* the document of `check --json` */

G_END_DECLS
