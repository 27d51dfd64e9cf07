/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"
#include "pd-run-private.h"

struct _PdRunner
{
  GObject   parent_instance;
  PdClient *client;
};

G_DEFINE_FINAL_TYPE (PdRunner, pd_runner, G_TYPE_OBJECT)

typedef enum { STATE_WAITING, STATE_WORKING, STATE_DONE, STATE_UNASKED } State;

/* A run at work; the task's data. */
typedef struct {
  PdCheckContext  context;
  GTask          *task;
  PdCheckJob     *jobs;
  State          *states;
  guint           n_checks;
  gboolean        advancing;
  gboolean        again;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->context.run);
  g_clear_object (&work->context.profile);
  g_clear_object (&work->context.client);
  g_clear_object (&work->context.cancellable);
  g_clear_object (&work->context.probe);
  g_clear_error (&work->context.probe_error);
  g_clear_error (&work->context.secrets_error);
  g_hash_table_unref (work->context.secrets);
  g_free (work->jobs);
  g_free (work->states);
  g_free (work);
}

static guint
index_of (Work       *work,
          const char *id)
{
  guint                 n_checks;
  const PdCheck *const *checks = pd_check_get_all (&n_checks);

  for (guint i = 0; i < n_checks; i++) {
    if (g_str_equal (checks[i]->id, id))
      return i;
  }
  g_assert_not_reached ();
}

/* The check that stands in the way of another: still at work, or without a pass. */
static const PdCheck *
find_obstacle (Work       *work,
               PdCheckJob *job,
               gboolean   *wait)
{
  *wait = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (job->check->needs) && job->check->needs[i] != NULL; i++) {
    guint index = index_of (work, job->check->needs[i]);

    if (work->states[index] == STATE_WAITING || work->states[index] == STATE_WORKING) {
      *wait = TRUE;
      return work->jobs[index].check;
    }
    if (work->states[index] == STATE_DONE && work->jobs[index].worst >= PD_VERDICT_UNDETERMINED)
      return work->jobs[index].check;
  }
  return NULL;
}

static void
add_obstructed (PdCheckJob    *job,
                const PdCheck *obstacle,
                gboolean       failed)
{
  g_autofree char *summary = g_strdup_printf (failed ? _("Not run, because “%s” failed.") : _("Not run, because “%s” could not be judged."),
                                              pd_check_get_label (obstacle));
  g_autofree char *next_step = g_strdup_printf (_("Mend what “%s” says first, then run the checks again."), pd_check_get_label (obstacle));
  PdFinding       *finding = pd_check_job_finding (job, failed ? PD_VERDICT_SKIPPED : PD_VERDICT_UNDETERMINED, summary);

  pd_finding_set_next_step (finding, next_step);
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  pd_check_job_take (job, finding);
}

static void
add_cancelled (PdCheckJob *job)
{
  PdFinding *finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, _("Cancelled before it began."));

  pd_finding_set_next_step (finding, _("Run the checks again."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  pd_check_job_take (job, finding);
}

static void advance (Work *work);

static void
on_job_done (gpointer data)
{
  PdCheckJob *job = data;
  Work       *work = job->runner;

  work->states[job->index] = STATE_DONE;
  pd_run_check_done (work->context.run);
  advance (work);
}

static void
start_job (Work       *work,
           PdCheckJob *job)
{
  gboolean       wait;
  const PdCheck *obstacle = find_obstacle (work, job, &wait);

  if (wait)
    return;
  work->states[job->index] = STATE_WORKING;
  pd_check_job_hold (job);
  if (g_cancellable_is_cancelled (work->context.cancellable))
    add_cancelled (job);
  else if (obstacle != NULL)
    add_obstructed (job, obstacle, work->jobs[index_of (work, obstacle->id)].worst == PD_VERDICT_FAILED);
  else
    job->check->start (job);
  pd_check_job_release (job);
}

/* Starts whatever can start. A check that ends at once comes back here, which the loop then takes up. */
static void
advance (Work *work)
{
  gboolean all_done = TRUE;

  if (work->advancing) {
    work->again = TRUE;
    return;
  }
  work->advancing = TRUE;
  do {
    work->again = FALSE;
    for (guint i = 0; i < work->n_checks; i++) {
      if (work->states[i] == STATE_WAITING)
        start_job (work, &work->jobs[i]);
    }
  } while (work->again);
  work->advancing = FALSE;

  for (guint i = 0; i < work->n_checks; i++)
    all_done = all_done && (work->states[i] == STATE_DONE || work->states[i] == STATE_UNASKED);
  if (all_done) {
    GTask *task = work->task;

    pd_run_end (work->context.run);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
  }
}

static gboolean
on_start (gpointer data)
{
  advance (data);
  return G_SOURCE_REMOVE;
}

static void
pd_runner_finalize (GObject *object)
{
  PdRunner *self = PD_RUNNER (object);

  g_object_unref (self->client);
  G_OBJECT_CLASS (pd_runner_parent_class)->finalize (object);
}

static void
pd_runner_class_init (PdRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_runner_finalize;
}

static void
pd_runner_init (PdRunner *self)
{
}

/**
 * pd_runner_new:
 * @client: what sends the live calls
 *
 * Returns: (transfer full): a runner
 */
PdRunner *
pd_runner_new (PdClient *client)
{
  PdRunner *self = g_object_new (PD_TYPE_RUNNER, NULL);

  self->client = g_object_ref (client);
  return self;
}

static gboolean
is_asked (const PdRunOptions *options,
          const char         *id)
{
  return options->only == NULL || g_strv_contains (options->only, id);
}

/**
 * pd_runner_run_async:
 * @self: a runner
 * @profile: the profile to check
 * @secrets: (element-type utf8 PdSecretText): its secrets, as far as they could be read
 * @secrets_error: (nullable): why they could not be
 * @options: what to run, and where
 * @cancellable: (nullable): ends it at once; what was not judged is then undetermined
 * @callback: called when every check has its finding
 * @user_data: for @callback
 *
 * Runs checks side by side; one that makes no sense without another's passing waits for that one.
 *
 * Returns: (transfer full): the run, which fills while the main loop turns
 */
PdRun *
pd_runner_run_async (PdRunner            *self,
                     PdProfile           *profile,
                     GHashTable          *secrets,
                     const GError        *secrets_error,
                     const PdRunOptions  *options,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  /* The task's own cancelled state is not asked: the run is whole in any case. */
  GTask                *task = g_task_new (self, cancellable, callback, user_data);
  Work                 *work = g_new0 (Work, 1);
  const PdCheck *const *checks = pd_check_get_all (&work->n_checks);
  PdEndpoints          *endpoints = pd_client_get_endpoints (self->client);
  guint                 n_asked = 0;
  PdRun                *run;
  g_autoptr (GSource)   source = NULL;

  g_task_set_source_tag (task, pd_runner_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  run = pd_run_new (profile, options->environment, pd_endpoints_get_base (endpoints, options->environment, PD_SERVICE_PAY_V2, NULL));
  work->task = task;
  work->context.run = g_object_ref (run);
  work->context.profile = g_object_ref (profile);
  work->context.environment = options->environment;
  work->context.secrets = secrets != NULL ? g_hash_table_ref (secrets) : g_hash_table_new (g_str_hash, g_str_equal);
  work->context.secrets_error = secrets_error != NULL ? g_error_copy (secrets_error) : NULL;
  work->context.allow_create = options->allow_create;
  work->context.form_only = options->form_only;
  work->context.client = g_object_ref (self->client);
  work->context.cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  work->jobs = g_new0 (PdCheckJob, work->n_checks);
  work->states = g_new0 (State, work->n_checks);
  for (guint i = 0; i < work->n_checks; i++) {
    work->jobs[i] = (PdCheckJob) { .context = &work->context, .check = checks[i], .index = i, .runner = work, .done = on_job_done };
    work->states[i] = is_asked (options, checks[i]->id) ? STATE_WAITING : STATE_UNASKED;
    n_asked += work->states[i] == STATE_WAITING;
  }
  pd_run_set_checks (run, n_asked);
  source = g_idle_source_new ();
  g_source_set_callback (source, on_start, work, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return run;
}

/**
 * pd_runner_run_finish:
 * @self: a runner
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED where it was cancelled; the run is whole all the same
 *
 * Returns: whether every check ran to its end
 */
gboolean
pd_runner_run_finish (PdRunner      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  GTask *task = G_TASK (result);

  return g_task_propagate_boolean (task, error) &&
         !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), error);
}
