/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-explain.h"

/* What another thread works on: copies, as a shop belongs to the main loop. */
typedef struct {
  GBytes    *text;
  PdProfile *kind; /* of the same mode and generation as the shop, and nothing else */
} Job;

static void
job_free (Job *job)
{
  g_bytes_unref (job->text);
  g_clear_object (&job->kind);
  g_free (job);
}

static void
explain (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Job        *job = data;
  gsize       length;
  const char *text = g_bytes_get_data (job->text, &length);

  g_task_return_pointer (task, pd_explain (text != NULL ? text : "", (gssize) length, job->kind), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * pd_explain_async:
 * @text: what somebody pasted: any bytes
 * @profile: (nullable): the shop that it happened in, as it is now
 * @cancellable: (nullable): drops the answer
 * @callback: called on the main loop
 * @user_data: for @callback
 *
 * pd_explain() in a thread of its own.
 */
void
pd_explain_async (GBytes              *text,
                  PdProfile           *profile,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job              *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, pd_explain_async);
  job->text = g_bytes_ref (text);
  if (profile != NULL) {
    job->kind = pd_profile_new ("");
    pd_profile_set_text (job->kind, "mode", pd_profile_get_text (profile, "mode"), NULL);
    pd_profile_set_text (job->kind, "generation", pd_profile_get_text (profile, "generation"), NULL);
  }
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, explain);
}

/**
 * pd_explain_finish:
 * @result: of pd_explain_async()
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type PdExplanation) (nullable): as pd_explain() does
 */
GPtrArray *
pd_explain_finish (GAsyncResult  *result,
                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
