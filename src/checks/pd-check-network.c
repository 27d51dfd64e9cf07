/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"

/* In seconds. Amazon refuses a date that lies ahead of its clock, and does not say by how little; an old date is taken
 * for some minutes. */
#define AHEAD_LIMIT    15
#define BEHIND_WARNING 60
#define BEHIND_LIMIT   300

static void judge_probe (PdCheckJob *job);

static void
on_probe_answer (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  PdCheckJob           *first = data;
  PdCheckContext       *context = first->context;
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&context->probe_waiters);

  context->probe = pd_client_send_finish (PD_CLIENT (source), result, &context->probe_error);
  for (guint i = 0; i < waiters->len; i++) {
    PdCheckJob *job = g_ptr_array_index (waiters, i);

    judge_probe (job);
    pd_check_job_release (job);
  }
}

/* One unsigned GET of the service's root tells both that there is a server and what its clock says. */
static void
start_probe (PdCheckJob *job)
{
  PdCheckContext *context = job->context;

  if (context->probe != NULL || context->probe_error != NULL) {
    judge_probe (job);
    return;
  }
  pd_check_job_hold (job);
  if (context->probe_waiters == NULL) {
    g_autoptr (PdRequest) request = pd_request_new (context->environment, PD_SERVICE_PAY_V2, "GET", "/");

    context->probe_waiters = g_ptr_array_new ();
    g_ptr_array_add (context->probe_waiters, job);
    pd_client_send_async (context->client, request, context->cancellable, on_probe_answer, job);
  } else {
    g_ptr_array_add (context->probe_waiters, job);
  }
}

static void
judge_reachability (PdCheckJob *job)
{
  PdResponse      *response = job->context->probe;
  guint            status = pd_response_get_status (response);
  g_autofree char *summary = NULL;
  PdFinding       *finding;

  if (status == 429 || status >= 500 || (status >= 300 && status < 400)) {
    pd_check_job_take (job, pd_check_job_busy (job, response));
    return;
  }
  summary = g_strdup_printf (_("The server answers over a trustworthy connection (status %u, after %ld ms)."),
                             status, (glong) pd_response_get_elapsed_ms (response));
  finding = pd_check_job_finding (job, PD_VERDICT_PASSED, summary);
  pd_finding_set_proves (finding, _("Name, connection, certificate and an answer."), _("Anything about the shop’s settings."));
  pd_check_add_evidence (job, finding, response);
  pd_check_job_take (job, finding);
}

static void
judge_clock (PdCheckJob *job)
{
  PdResponse      *response = job->context->probe;
  gint64           skew;
  g_autofree char *summary = NULL;
  PdFinding       *finding;
  PdVerdict        verdict = PD_VERDICT_PASSED;

  if (!pd_response_get_clock_skew (response, &skew)) {
    finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, _("The answer does not say what time it is."));
    pd_finding_set_next_step (finding, _("Run the checks again."));
    pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
    pd_check_add_evidence (job, finding, response);
    pd_check_job_take (job, finding);
    return;
  }
  if (skew < -AHEAD_LIMIT) {
    verdict = PD_VERDICT_FAILED;
    summary = g_strdup_printf (_("This computer’s clock is %ld seconds ahead of the server’s. Amazon refuses calls from the future."), (glong) -skew);
  } else if (skew > BEHIND_WARNING) {
    verdict = skew > BEHIND_LIMIT ? PD_VERDICT_FAILED : PD_VERDICT_WARNING;
    summary = g_strdup_printf (_("This computer’s clock is %ld seconds behind the server’s."), (glong) skew);
  } else {
    summary = g_strdup_printf (_("This computer’s clock agrees with the server’s (difference: %ld s)."), (glong) ABS (skew));
  }
  finding = pd_check_job_finding (job, verdict, summary);
  if (verdict != PD_VERDICT_PASSED)
    pd_finding_set_next_step (finding, _("Turn on the automatic setting of date and time in this computer’s settings, then run the checks again."));
  pd_finding_set_proves (finding, _("What the two clocks say."), _("Anything about the shop’s settings."));
  pd_check_add_evidence (job, finding, response);
  pd_check_job_take (job, finding);
}

static void
judge_probe (PdCheckJob *job)
{
  if (job->context->probe_error != NULL)
    pd_check_job_take (job, pd_check_job_trouble (job, job->context->probe_error));
  else if (job->check->start == pd_check_clock)
    judge_clock (job);
  else
    judge_reachability (job);
}

void
pd_check_reachability (PdCheckJob *job)
{
  start_probe (job);
}

void
pd_check_clock (PdCheckJob *job)
{
  start_probe (job);
}
