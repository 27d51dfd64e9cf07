/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-check-private.h"
#include "pd-remedy.h"
#include "pd-run-private.h"
#include "pd-runner.h"

struct _PdRunner
{
  GObject   parent_instance;
  PdClient *client;
};

G_DEFINE_FINAL_TYPE (PdRunner, pd_runner, G_TYPE_OBJECT)

typedef enum {
  WAITING,
  STARTED,
  DONE,
} State;

/* One check of the table in this run. One that is not shown was not asked for, but another needs it. */
typedef struct {
  const PdCheck *check;
  gboolean       shown;
  gboolean       wanted;
  State          state;
  GPtrArray     *findings;
} Entry;

/* The task's data. */
typedef struct {
  PdCheckContext *context;
  PdRun          *run;
  Entry          *entries; /* by the check's place in the table */
  guint           n_entries;
} Job;

/* Of one live check. */
typedef struct {
  GTask *task; /* of the run */
  guint  rank;
} Sub;

static void
job_free (Job *job)
{
  for (guint i = 0; i < job->n_entries; i++)
    g_clear_pointer (&job->entries[i].findings, g_ptr_array_unref);
  g_free (job->entries);
  g_object_unref (job->run);
  pd_check_context_free (job->context);
  g_free (job);
}

static Entry *
find_entry (Job        *job,
            const char *id)
{
  for (guint i = 0; i < job->n_entries; i++) {
    if (g_strcmp0 (job->entries[i].check->id, id) == 0)
      return &job->entries[i];
  }
  return NULL;
}

static GPtrArray *
single (PdFinding *finding)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (findings, finding);
  return findings;
}

/* What the practice endpoint says is not Amazon's word, and proves no more than the form where it was told the values by this very
 * profile. */
static void
say_practice (PdFinding *finding,
              gboolean   form_only)
{
  g_autofree char *summary = NULL;

  if (pd_finding_get_verdict (finding) == PD_VERDICT_PASSED && form_only) {
    summary = g_strdup_printf (_("%s It proves the form only."), pd_finding_get_summary (finding));
    pd_finding_set_summary (finding, summary);
    pd_finding_set_proves (finding,
                           _("The form only: the practice endpoint was told this shop’s own values, and compares them with themselves."),
                           _("That Amazon knows these values."));
  } else if (pd_finding_get_verdict (finding) == PD_VERDICT_PASSED) {
    pd_finding_set_proves (finding, pd_finding_get_proves (finding), _("Anything about Amazon itself: the practice endpoint plays its part."));
  }
}

static void
end_check (Job       *job,
           guint      rank,
           GPtrArray *findings) /* (transfer full) */
{
  Entry *entry = &job->entries[rank];

  entry->state = DONE;
  entry->findings = findings;
  if (!entry->shown)
    return;
  for (guint i = 0; i < findings->len; i++) {
    PdFinding *finding = g_ptr_array_index (findings, i);

    if (job->context->environment == PD_ENVIRONMENT_PRACTICE && pd_check_is_live (entry->check))
      say_practice (finding, job->context->form_only);
    pd_run_add (job->run, rank, finding);
  }
  pd_run_step (job->run);
}

static gboolean
is_used (const PdCheck *check,
         const char    *field_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (check->uses) && check->uses[i] != NULL; i++) {
    g_autofree char *sandbox_id = g_strconcat (check->uses[i], ".sandbox", NULL);

    if (g_str_equal (field_id, check->uses[i]) || g_str_equal (field_id, sandbox_id))
      return TRUE;
  }
  return FALSE;
}

/* Whether what failed there concerns a field that the check works with, or no field at all. */
static gboolean
blocks (const PdCheck *check,
        Entry         *need)
{
  for (guint i = 0; i < need->findings->len; i++) {
    PdFinding         *finding = g_ptr_array_index (need->findings, i);
    const char *const *fields = pd_finding_get_fields (finding);

    if (pd_finding_get_verdict (finding) == PD_VERDICT_FAILED && (fields[0] == NULL || is_used (check, fields[0])))
      return TRUE;
  }
  return FALSE;
}

/* Whether the checks that come first have ended; if one of them keeps this one from running, `by` is that one. */
static gboolean
is_ready (Job         *job,
          Entry       *entry,
          const char **by)
{
  *by = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (entry->check->needs) && entry->check->needs[i] != NULL; i++) {
    Entry *need = find_entry (job, entry->check->needs[i]);

    if (need == NULL || !need->wanted)
      continue;
    if (need->state != DONE)
      return FALSE;
    if (*by == NULL && blocks (entry->check, need))
      *by = need->check->id;
  }
  return TRUE;
}

static void advance (GTask *task);

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Sub         *sub = data;
  g_autoptr (GTask)       task = sub->task;
  g_autoptr (GPtrArray)   findings = g_task_propagate_pointer (G_TASK (result), NULL);
  Job                    *job = g_task_get_task_data (task);

  end_check (job, sub->rank, g_steal_pointer (&findings));
  advance (task);
}

static void
start_check (GTask *task,
             guint  rank)
{
  Job   *job = g_task_get_task_data (task);
  Entry *entry = &job->entries[rank];
  Sub   *sub = g_new0 (Sub, 1);
  GTask *inner;

  sub->task = g_object_ref (task);
  sub->rank = rank;
  inner = g_task_new (NULL, g_task_get_cancellable (task), on_checked, sub);
  /* A check that is cancelled half-way still tells what it had found. */
  g_task_set_check_cancellable (inner, FALSE);
  entry->state = STARTED;
  entry->check->start (entry->check, job->context, inner);
}

/* Does what can be done for one check that waits; FALSE where it has to wait on. */
static gboolean
try_check (GTask *task,
           guint  rank)
{
  Job        *job = g_task_get_task_data (task);
  Entry      *entry = &job->entries[rank];
  const char *by;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    end_check (job, rank, single (pd_remedy_cancelled (entry->check->id)));
  else if (!is_ready (job, entry, &by))
    return FALSE;
  else if (!pd_check_applies (entry->check, job->context))
    end_check (job, rank, single (pd_finding_new (entry->check->id, PD_VERDICT_SKIPPED,
                                                  _("This check does not apply to this shop in this environment."))));
  else if (by != NULL)
    end_check (job, rank, single (pd_check_context_blocked (job->context, entry->check->id, by)));
  else if (entry->check->judge != NULL)
    end_check (job, rank, entry->check->judge (entry->check, job->context));
  else
    start_check (task, rank);
  return TRUE;
}

/* Starts every check whose turn has come, until none is left that could; ends the run with the last. */
static void
advance (GTask *task)
{
  Job     *job = g_task_get_task_data (task);
  gboolean moved;
  gboolean open;

  do {
    moved = open = FALSE;
    for (guint i = 0; i < job->n_entries; i++) {
      if (job->entries[i].wanted && job->entries[i].state == WAITING)
        moved |= try_check (task, i);
      open |= job->entries[i].wanted && job->entries[i].state != DONE;
    }
  } while (moved);
  if (open || !pd_run_get_running (job->run))
    return;
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    pd_run_add_flags (job->run, PD_RUN_STOPPED);
  pd_run_end (job->run);
  g_task_return_boolean (task, TRUE);
}

static gboolean
begin (gpointer data)
{
  advance (data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_asked_for (const PdCheck      *check,
              PdCheckContext     *context,
              const PdRunOptions *options)
{
  return options->only != NULL ? g_strv_contains (options->only, check->id) : pd_check_applies (check, context);
}

/* An offline check that another one needs is judged even where it was not asked for, so that a key which cannot be good is
 * never sent out. */
static void
choose_checks (Job                *job,
               const PdRunOptions *options)
{
  const PdCheck *const *checks = pd_check_table (&job->n_entries);
  guint                 n_shown = 0;

  job->entries = g_new0 (Entry, job->n_entries);
  for (guint i = 0; i < job->n_entries; i++) {
    job->entries[i].check = checks[i];
    job->entries[i].shown = job->entries[i].wanted = is_asked_for (checks[i], job->context, options);
    n_shown += job->entries[i].shown;
  }
  for (guint i = 0; i < job->n_entries; i++) {
    for (guint j = 0; job->entries[i].shown && j < G_N_ELEMENTS (checks[i]->needs) && checks[i]->needs[j] != NULL; j++) {
      Entry *need = find_entry (job, checks[i]->needs[j]);

      if (need != NULL && need->check->judge != NULL)
        need->wanted = TRUE;
    }
  }
  pd_run_begin (job->run, n_shown);
}

static void
pd_runner_finalize (GObject *object)
{
  g_object_unref (PD_RUNNER (object)->client);
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
 * @client: what sends the calls of the live checks
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

/**
 * pd_runner_run_async:
 * @self: a runner
 * @profile: what to judge
 * @secrets: (nullable) (element-type utf8 PdSecretText): its secrets
 * @secrets_error: (nullable): why they could not be fetched
 * @options: where, and what
 * @cancellable: (nullable): ends the run: what is not judged by then is undetermined
 * @callback: called when the run has ended
 * @user_data: for @callback
 *
 * Runs the checks, independent ones side by side. The first findings come in from the main loop, never before this returns.
 *
 * Returns: (transfer full): the run, which fills while it runs
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
  g_autoptr (GTask)   task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GSource) source = g_idle_source_new ();
  PdEndpoints        *endpoints = pd_client_get_endpoints (self->client);
  Job                *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, pd_runner_run_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  job->context = pd_check_context_new (self->client, profile, secrets, secrets_error, options);
  job->run = pd_run_new (profile, options->environment,
                         pd_endpoints_get_base (endpoints, options->environment, PD_SERVICE_PAY_V2, NULL));
  pd_run_add_flags (job->run, (options->only != NULL ? PD_RUN_PARTIAL : 0) |
                              (pd_endpoints_is_rehearsal (endpoints) ? PD_RUN_REHEARSAL : 0));
  choose_checks (job, options);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, begin, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
  return g_object_ref (job->run);
}

/**
 * pd_runner_run_finish:
 * @self: a runner
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED where the run was cancelled; its findings are complete all the same
 *
 * Returns: whether every check ran to its end
 */
gboolean
pd_runner_run_finish (PdRunner      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
