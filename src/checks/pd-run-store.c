/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-disk.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-run-store.h"

#define FOLDER    "runs"
#define NAME      "last.json"
#define MAX_BYTES (256 * 1024)

/* What a thread works on; nothing of it is shared. */
typedef struct {
  char      *data_dir;
  char      *profile_id;
  GBytes    *content; /* to be saved */
  PdVerdict  verdict; /* that was read */
  GDateTime *when;
} Work;

static void
work_free (Work *work)
{
  g_free (work->data_dir);
  g_free (work->profile_id);
  g_clear_pointer (&work->content, g_bytes_unref);
  g_clear_pointer (&work->when, g_date_time_unref);
  g_free (work);
}

static Work *
work_new (const char *data_dir,
          const char *profile_id)
{
  Work *work = g_new0 (Work, 1);

  work->data_dir = g_strdup (data_dir);
  work->profile_id = g_strdup (profile_id);
  return work;
}

/* The size of a run is bounded by leaving out first what the servers wrote, then what passed, then whatever is too much. The
 * verdict of the whole stays. */
static gboolean
shrink (JsonObject *document,
        guint       step)
{
  JsonArray *findings = json_object_get_array_member (document, "findings");
  guint      n = json_array_get_length (findings);

  for (guint i = n; i > 0; i--) {
    JsonObject *finding = json_array_get_object_element (findings, i - 1);
    const char *verdict = json_object_get_string_member (finding, "verdict");

    if (step == 0)
      json_object_set_null_member (finding, "evidence");
    else if (step == 1 && (g_str_equal (verdict, "passed") || g_str_equal (verdict, "skipped")))
      json_array_remove_element (findings, i - 1);
    else if (step > 1 && i > n / 2)
      json_array_remove_element (findings, i - 1);
  }
  return step < 2 || n > 0;
}

static GBytes *
to_bytes (PdRun *run)
{
  g_autoptr (JsonNode) node = pd_run_to_json (run);
  guint                step = 0;
  char                *text = pd_json_to_string (node, FALSE);

  while (strlen (text) > MAX_BYTES && shrink (json_node_get_object (node), step++)) {
    g_free (text);
    text = pd_json_to_string (node, FALSE);
  }
  return g_bytes_new_take (text, strlen (text));
}

/* The profile's folder is not made: a shop that was deleted meanwhile stays so. */
static int
open_folder (Work      *work,
             int        root,
             gboolean   create,
             GError   **error)
{
  pd_auto_fd int profiles = -1;
  pd_auto_fd int profile = -1;

  if (!g_uuid_string_is_valid (work->profile_id)) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no such shop."));
    return -1;
  }
  profiles = pd_disk_open_folder (root, "profiles", FALSE, error);
  if (profiles < 0)
    return -1;
  profile = pd_disk_open_folder (profiles, work->profile_id, FALSE, error);
  return profile < 0 ? -1 : pd_disk_open_folder (profile, FOLDER, create, error);
}

static gboolean
save (Work    *work,
      GError **error)
{
  pd_auto_fd int root = pd_disk_open_root (work->data_dir, FALSE, error);
  pd_auto_fd int folder = -1;
  int            lock = root >= 0 ? pd_disk_lock (root, error) : -1;
  gboolean       saved;

  if (lock < 0)
    return FALSE;
  folder = open_folder (work, root, TRUE, error);
  saved = folder >= 0 && pd_disk_write (folder, NAME, work->content, NULL, error);
  pd_disk_unlock (lock);
  return saved;
}

static gboolean
load (Work    *work,
      GError **error)
{
  pd_auto_fd int       root = pd_disk_open_root (work->data_dir, FALSE, error);
  pd_auto_fd int       folder = root >= 0 ? open_folder (work, root, FALSE, error) : -1;
  g_autoptr (GBytes)   content = folder >= 0 ? pd_disk_read (folder, NAME, MAX_BYTES, NULL, error) : NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject          *object;
  const char          *started;
  gsize                length;
  const char          *text;

  if (content == NULL)
    return FALSE;
  text = g_bytes_get_data (content, &length);
  node = pd_json_parse (text, (gssize) length, &pd_json_limits_answer, error);
  if (node == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  started = object != NULL ? pd_json_get_string (object, "started") : NULL;
  work->when = started != NULL ? g_date_time_new_from_iso8601 (started, NULL) : NULL;
  if (work->when == NULL || !pd_verdict_from_id (pd_json_get_string (object, "verdict"), &work->verdict)) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("What the last tests said cannot be read. Run them again."));
    return FALSE;
  }
  return TRUE;
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (save (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (load (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * pd_run_store_save:
 * @data_dir: the data folder
 * @run: a run that has ended
 * @error: %PD_ERROR_NOT_FOUND where the shop is not there, %PD_ERROR_STORAGE
 *
 * Keeps a run as the last one of its shop. Waits for the disk.
 *
 * Returns: whether it is kept
 */
gboolean
pd_run_store_save (const char  *data_dir,
                   PdRun       *run,
                   GError     **error)
{
  Work    *work = work_new (data_dir, pd_run_get_profile_id (run));
  gboolean saved;

  work->content = to_bytes (run);
  saved = save (work, error);
  work_free (work);
  return saved;
}

/**
 * pd_run_store_save_async:
 * @data_dir: the data folder
 * @run: a run that has ended
 * @cancellable: (nullable): ends the waiting
 * @callback: called when it is kept
 * @user_data: for @callback
 *
 * The same without waiting.
 */
void
pd_run_store_save_async (const char          *data_dir,
                         PdRun               *run,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work             *work = work_new (data_dir, pd_run_get_profile_id (run));

  work->content = to_bytes (run);
  g_task_set_source_tag (task, pd_run_store_save_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
pd_run_store_save_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * pd_run_store_load_summary:
 * @data_dir: the data folder
 * @profile_id: a shop's id
 * @verdict: (out): what its last run said
 * @when: (out) (transfer full): when that began
 * @error: %PD_ERROR_NOT_FOUND where there was none, %PD_ERROR_STORAGE, %PD_ERROR_BAD_INPUT
 *
 * Waits for the disk.
 *
 * Returns: whether there is one
 */
gboolean
pd_run_store_load_summary (const char  *data_dir,
                           const char  *profile_id,
                           PdVerdict   *verdict,
                           GDateTime  **when,
                           GError     **error)
{
  Work    *work = work_new (data_dir, profile_id);
  gboolean loaded = load (work, error);

  if (loaded) {
    *verdict = work->verdict;
    *when = g_steal_pointer (&work->when);
  }
  work_free (work);
  return loaded;
}

/**
 * pd_run_store_load_summary_async:
 * @data_dir: the data folder
 * @profile_id: a shop's id
 * @cancellable: (nullable): ends the waiting
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * The same without waiting.
 */
void
pd_run_store_load_summary_async (const char          *data_dir,
                                 const char          *profile_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_run_store_load_summary_async);
  g_task_set_task_data (task, work_new (data_dir, profile_id), (GDestroyNotify) work_free);
  g_task_run_in_thread (task, load_in_thread);
}

gboolean
pd_run_store_load_summary_finish (GAsyncResult  *result,
                                  PdVerdict     *verdict,
                                  GDateTime    **when,
                                  GError       **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *verdict = work->verdict;
  *when = g_steal_pointer (&work->when);
  return TRUE;
}
