/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-check-private.h"
#include "pd-remedy.h"

/* In seconds. Amazon refuses a date that lies ahead of its clock (400 InvalidHeaderValue), and says neither by how little nor
 * how old one may be; the Date of an answer is good to a second or two. */
#define AHEAD_WARNING  5
#define AHEAD_LIMIT    60
#define BEHIND_WARNING 60
#define BEHIND_LIMIT   300

/* A resource that needs a signature: asked for without one, API v2 itself has to answer, and judges no key. */
#define PROBE_PATH "v2/checkoutSessions/00000000-0000-0000-0000-000000000000"

static PdFinding *judge_probe (const PdCheck *check, PdCheckContext *context);

static void
return_finding (GTask     *task,
                PdFinding *finding)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (findings, finding);
  g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
on_probed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  PdCheckContext       *context = data;
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&context->probe_waiters);

  context->probe = pd_client_send_finish (PD_CLIENT (source), result, &context->probe_error);
  for (guint i = 0; i < waiters->len; i++) {
    GTask *task = g_ptr_array_index (waiters, i);

    return_finding (task, judge_probe (g_task_get_task_data (task), context));
  }
}

/* `reachability` and `clock` judge the same answer: it is asked for once. */
static void
probe (const PdCheck  *check,
       PdCheckContext *context,
       GTask          *task)
{
  const char      *prefix = context->environment == PD_ENVIRONMENT_PRODUCTION ? "/live/" : "/sandbox/";
  g_autofree char *path = g_strconcat (prefix, PROBE_PATH, NULL);

  g_task_set_task_data (task, (gpointer) check, NULL);
  if (context->probe != NULL || context->probe_error != NULL) {
    return_finding (task, judge_probe (check, context));
    return;
  }
  if (context->probe_waiters != NULL) {
    g_ptr_array_add (context->probe_waiters, task);
    return;
  }
  context->probe_waiters = g_ptr_array_new ();
  g_ptr_array_add (context->probe_waiters, task);
  context->probe_request = pd_request_new (context->environment, PD_SERVICE_PAY_V2, "GET", path);
  pd_request_add_header (context->probe_request, "accept", "application/json");
  pd_client_send_async (context->client, context->probe_request, g_task_get_cancellable (task), on_probed, context);
}

/* API v2 refuses a call without a signature in its own words; what it would do with one is not asked here. */
static gboolean
is_api_answer (PdResponse *response)
{
  guint       status = pd_response_get_status (response);
  const char *reason;
  const char *message;

  return status >= 400 && status < 500 && status != 408 && status != 425 && status != 426 && status != 429 &&
         (pd_response_get_reason (response, &reason, &message) || pd_response_get_request_id (response) != NULL);
}

static PdFinding *
judge_reachability (const PdCheck  *check,
                    PdCheckContext *context)
{
  PdFinding *finding;

  if (!is_api_answer (context->probe))
    return pd_remedy_apply (context, check->id, context->probe, NULL);
  finding = pd_finding_new (check->id, PD_VERDICT_PASSED, _("Amazon Pay’s server answers over a trustworthy connection."));
  pd_finding_set_proves (finding,
                         _("The server’s name is found, it can be reached, its certificate is valid for it today and comes from an issuer "
                           "that this computer trusts, and API v2 answers."),
                         _("Anything about the shop’s settings."));
  pd_check_context_add_evidence (context, finding, context->probe);
  return finding;
}

static char *
describe_span (gint64 seconds)
{
  gulong count = (gulong) seconds;

  if (count >= 2 * 24 * 60 * 60)
    return g_strdup_printf (ngettext ("%'lu day", "%'lu days", count / (24 * 60 * 60)), count / (24 * 60 * 60));
  if (count >= 2 * 60 * 60)
    return g_strdup_printf (ngettext ("%lu hour", "%lu hours", count / (60 * 60)), count / (60 * 60));
  if (count >= 2 * 60)
    return g_strdup_printf (ngettext ("%lu minute", "%lu minutes", count / 60), count / 60);
  return g_strdup_printf (ngettext ("%lu second", "%lu seconds", count), count);
}

static PdVerdict
judge_skew (gint64 ahead)
{
  if (ahead >= AHEAD_LIMIT || -ahead >= BEHIND_LIMIT)
    return PD_VERDICT_FAILED;
  return ahead > AHEAD_WARNING || -ahead > BEHIND_WARNING ? PD_VERDICT_WARNING : PD_VERDICT_PASSED;
}

static PdFinding *
judge_clock (const PdCheck  *check,
             PdCheckContext *context)
{
  gint64           skew;
  g_autofree char *span = NULL;
  g_autofree char *summary = NULL;
  PdVerdict        verdict;
  PdFinding       *finding;

  if (!pd_response_get_clock_skew (context->probe, &skew)) {
    finding = pd_finding_new (check->id, PD_VERDICT_UNDETERMINED, _("The clock was not judged: the server’s answer does not say the time."));
    pd_finding_set_next_step (finding, _("Compare this computer’s clock with another one."));
    pd_check_context_add_evidence (context, finding, context->probe);
    return finding;
  }
  verdict = judge_skew (-skew);
  span = describe_span (ABS (skew));
  if (verdict == PD_VERDICT_PASSED)
    summary = g_strdup (_("This computer’s clock agrees with the server’s."));
  else if (skew < 0)
    summary = g_strdup_printf (_("This computer’s clock is %s ahead of the server’s. Amazon refuses calls from the future."), span);
  else
    summary = g_strdup_printf (_("This computer’s clock is %s behind the server’s."), span);
  finding = pd_finding_new (check->id, verdict, summary);
  pd_finding_set_proves (finding, _("How far the two clocks are apart."), _("Anything about the shop’s settings."));
  if (verdict != PD_VERDICT_PASSED)
    pd_finding_set_next_step (finding, _("Switch on automatic date and time in this computer’s settings, and run the checks again."));
  pd_check_context_add_evidence (context, finding, context->probe);
  return finding;
}

static PdFinding *
judge_probe (const PdCheck  *check,
             PdCheckContext *context)
{
  if (context->probe == NULL)
    return pd_remedy_explain_error (context, check->id, context->probe_request, context->probe_error);
  return check->start == pd_check_clock_start ? judge_clock (check, context) : judge_reachability (check, context);
}

/**
 * pd_check_reachability_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Name, connection, TLS (chain, host, time) and an answer of API v2's server.
 */
void
pd_check_reachability_start (const PdCheck  *check,
                             PdCheckContext *context,
                             GTask          *task)
{
  probe (check, context, task);
}

/**
 * pd_check_clock_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * This computer's clock against the Date of the server's answer.
 */
void
pd_check_clock_start (const PdCheck  *check,
                      PdCheckContext *context,
                      GTask          *task)
{
  probe (check, context, task);
}
