/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"
#include "pd-logo.h"
#include "pd-remedy.h"
#include "pd-shelf.h"

/* The check under way. */
typedef struct {
  const PdCheck  *check;
  PdCheckContext *context;
  GTask          *task;
} Checking;

/* Where the logo lies, for a thread. */
typedef struct {
  char *data_dir;
  char *profile_id;
  char *name;
} Kept;

static void
kept_free (Kept *kept)
{
  g_free (kept->data_dir);
  g_free (kept->profile_id);
  g_free (kept->name);
  g_free (kept);
}

static void
end (Checking  *checking,
     PdFinding *finding) /* (transfer full) */
{
  static const char *const fields[] = { "logo", NULL };
  GPtrArray               *findings = g_ptr_array_new_with_free_func (g_object_unref);

  pd_finding_set_fields (finding, fields);
  g_ptr_array_add (findings, finding);
  g_task_return_pointer (checking->task, findings, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (checking->task);
  g_free (checking);
}

static void
end_unseen (Checking   *checking,
            const char *message)
{
  PdFinding *finding = pd_finding_new (checking->check->id, PD_VERDICT_UNDETERMINED, message);

  pd_finding_set_next_step (finding, _("Choose the logo’s file again."));
  end (checking, finding);
}

static void
on_inspected (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Checking          *checking = data;
  g_autoptr (PdLogo) logo = pd_logo_inspect_finish (result, NULL);
  g_autofree char   *summary = NULL;
  PdFinding         *finding;

  if (logo == NULL) {
    end (checking, pd_remedy_cancelled (checking->check->id));
    return;
  }
  summary = pd_logo_describe (logo);
  finding = pd_finding_new (checking->check->id, logo->verdict, summary);
  pd_finding_set_value (finding, pd_profile_get_text (checking->context->profile, "logo"));
  pd_finding_set_proves (finding, _("What the file kept here is."), _("That Seller Central has this file."));
  if (logo->verdict == PD_VERDICT_FAILED || logo->verdict == PD_VERDICT_WARNING) {
    pd_finding_set_next_step (finding, _("Choose another file here, and register it in Seller Central."));
    pd_check_context_point_to (checking->context, finding, "logo", FALSE);
  }
  end (checking, finding);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Kept   *kept = data;
  GError *error = NULL;
  GBytes *content = pd_shelf_read_file (kept->data_dir, kept->profile_id, kept->name, &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Checking          *checking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end (checking, pd_remedy_cancelled (checking->check->id));
  else if (content == NULL)
    end_unseen (checking, error->message);
  else
    pd_logo_inspect_async (content, g_bytes_get_size (content), g_task_get_cancellable (checking->task), on_inspected, checking);
}

/**
 * pd_check_logo_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns one finding
 *
 * Does the logo keep the rules S076 to S080? It goes out to no server, but the picture is opened by another process.
 */
void
pd_check_logo_start (const PdCheck  *check,
                     PdCheckContext *context,
                     GTask          *task)
{
  const char       *name = pd_profile_get_text (context->profile, "logo");
  Checking         *checking = g_new0 (Checking, 1);
  Kept             *kept;
  g_autoptr (GTask) reading = NULL;

  checking->check = check;
  checking->context = context;
  checking->task = task;
  if (*name == '\0') {
    end (checking, pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("This shop has no logo; it is optional.")));
    return;
  }
  if (context->data_dir == NULL) {
    end_unseen (checking, _("The logo’s file is not at hand."));
    return;
  }
  kept = g_new0 (Kept, 1);
  kept->data_dir = g_strdup (context->data_dir);
  kept->profile_id = g_strdup (pd_profile_get_id (context->profile));
  kept->name = g_strdup (name);
  reading = g_task_new (NULL, g_task_get_cancellable (task), on_read, checking);
  g_task_set_task_data (reading, kept, (GDestroyNotify) kept_free);
  g_task_run_in_thread (reading, read_in_thread);
}
