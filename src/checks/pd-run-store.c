/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-disk.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-run-private.h"
#include "pd-run-store.h"
#include "pd-set-aside.h"

#define FOLDER    "runs"
#define SUFFIX    ".json"
#define MAX_BYTES (256 * 1024)

/* Several within a second; then the clock has moved on. */
#define MAX_SAME 99

/* What there was before there was a history: one run, of which it is not known with which settings. */
#define LAST "last.json"

/* What a thread works on; nothing of it is shared. */
typedef struct {
  char       *data_dir;
  char       *profile_id;
  GBytes     *content; /* to be saved */
  char       *stem;    /* of its name: when it began */
  GPtrArray  *runs;    /* that were read */
  GPtrArray  *damaged;
  PdVerdict   verdict;
  GDateTime  *when;
  JsonObject *revisions; /* NULL where they were not noted */
} Work;

static void
work_free (Work *work)
{
  g_free (work->data_dir);
  g_free (work->profile_id);
  g_free (work->stem);
  g_clear_pointer (&work->content, g_bytes_unref);
  g_clear_pointer (&work->runs, g_ptr_array_unref);
  g_clear_pointer (&work->damaged, g_ptr_array_unref);
  g_clear_pointer (&work->when, g_date_time_unref);
  g_clear_pointer (&work->revisions, json_object_unref);
  g_free (work);
}

static Work *
work_new (const char *data_dir,
          const char *profile_id)
{
  Work *work = g_new0 (Work, 1);

  work->data_dir = g_strdup (data_dir);
  work->profile_id = g_strdup (profile_id);
  work->runs = g_ptr_array_new_with_free_func (g_object_unref);
  work->damaged = g_ptr_array_new_with_free_func (g_object_unref);
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
  g_autoptr (JsonNode) node = pd_run_to_record (run);
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

/* Oldest first: names begin with the time; what was there before there was a history is older than all of it. */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  gboolean    first_is_old = g_str_equal (first, LAST);
  gboolean    second_is_old = g_str_equal (second, LAST);

  return first_is_old != second_is_old ? (int) second_is_old - (int) first_is_old : strcmp (first, second);
}

/* (transfer full) (nullable): the names of the runs, oldest first. */
static GPtrArray *
list_names (int      folder,
            GError **error)
{
  g_auto (GStrv) all = pd_disk_list (folder, error);
  GPtrArray     *names;

  if (all == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (char **name = all; *name != NULL; name++) {
    if (**name != '.' && g_str_has_suffix (*name, SUFFIX))
      g_ptr_array_add (names, g_strdup (*name));
  }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static PdRun *
read_run (int          folder,
          const char  *name,
          GError     **error)
{
  g_autoptr (GBytes)   content = pd_disk_read (folder, name, MAX_BYTES, NULL, error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char     *id = g_strndup (name, strlen (name) - strlen (SUFFIX));
  gsize                length;
  const char          *text = content != NULL ? g_bytes_get_data (content, &length) : NULL;

  if (content != NULL)
    node = pd_json_parse (text != NULL ? text : "", (gssize) length, &pd_json_limits_answer, error);
  return node != NULL ? pd_run_new_from_record (node, id, error) : NULL;
}

static gboolean
speaks_for_shop (PdRun *run)
{
  return pd_run_get_flags (run) == 0;
}

/* Whether a run is the one to compare failures with: it is not older than another such one of its environment. */
static gboolean
is_last_good (PdRun *run,
              guint *seen)
{
  if (!pd_run_is_good (run) || (*seen & pd_run_get_environment (run)) != 0)
    return FALSE;
  *seen |= pd_run_get_environment (run);
  return TRUE;
}

/* Makes room for one of @incoming bytes. What cannot be removed stays; that is no reason not to keep the new one. */
static void
prune (int       folder,
       GPtrArray *names,
       gsize      incoming)
{
  g_autofree gboolean *precious = g_new0 (gboolean, names->len + 1);
  g_autofree gint64   *sizes = g_new0 (gint64, names->len + 1);
  gint64               bytes = (gint64) incoming;
  guint                n = names->len;
  guint                seen = 0;

  for (guint i = 0; i < names->len; i++) {
    PdStamp stamp = { 0 };

    if (pd_disk_stat (folder, g_ptr_array_index (names, i), &stamp))
      sizes[i] = stamp.size;
    bytes += sizes[i];
  }
  if (n < PD_RUN_STORE_MAX_RUNS && bytes <= PD_RUN_STORE_MAX_BYTES)
    return;
  for (guint i = names->len; i > 0; i--) {
    g_autoptr (PdRun) run = read_run (folder, g_ptr_array_index (names, i - 1), NULL);

    precious[i - 1] = run != NULL && is_last_good (run, &seen);
  }
  for (guint i = 0; i < names->len && (n >= PD_RUN_STORE_MAX_RUNS || bytes > PD_RUN_STORE_MAX_BYTES); i++) {
    if (precious[i] || !pd_disk_remove_file (folder, g_ptr_array_index (names, i), NULL))
      continue;
    n--;
    bytes -= sizes[i];
  }
}

static char *
choose_name (Work *work,
             int   folder)
{
  for (guint i = 1; i < MAX_SAME; i++) {
    g_autofree char *name = g_strdup_printf ("%s-%02u" SUFFIX, work->stem, i);

    if (!pd_disk_exists (folder, name))
      return g_steal_pointer (&name);
  }
  return g_strdup_printf ("%s-%02u" SUFFIX, work->stem, MAX_SAME);
}

static gboolean
save (Work    *work,
      GError **error)
{
  pd_auto_fd int        root = pd_disk_open_root (work->data_dir, FALSE, error);
  pd_auto_fd int        folder = -1;
  int                   lock = root >= 0 ? pd_disk_lock (root, error) : -1;
  g_autoptr (GPtrArray) names = NULL;
  gboolean              saved = FALSE;

  if (lock < 0)
    return FALSE;
  folder = open_folder (work, root, TRUE, error);
  names = folder >= 0 ? list_names (folder, error) : NULL;
  if (names != NULL) {
    g_autofree char *name = choose_name (work, folder);

    prune (folder, names, g_bytes_get_size (work->content));
    saved = pd_disk_write (folder, name, work->content, NULL, error);
  }
  pd_disk_unlock (lock);
  return saved;
}

static void
note_damage (Work         *work,
             const char   *name,
             const GError *why)
{
  g_autofree char *path = g_build_filename (work->data_dir, "profiles", work->profile_id, FOLDER, name, NULL);

  g_ptr_array_add (work->damaged, pd_set_aside_new (work->profile_id, path, why, NULL));
}

/* Reads all runs, newest first, or only as far as the first that speaks for the shop. */
static gboolean
read_runs (Work      *work,
           gboolean   whole,
           GError   **error)
{
  pd_auto_fd int        root = pd_disk_open_root (work->data_dir, FALSE, error);
  pd_auto_fd int        folder = root >= 0 ? open_folder (work, root, FALSE, error) : -1;
  g_autoptr (GPtrArray) names = folder >= 0 ? list_names (folder, error) : NULL;

  if (names == NULL)
    return FALSE;
  for (guint i = names->len; i > 0; i--) {
    const char        *name = g_ptr_array_index (names, i - 1);
    g_autoptr (GError) why = NULL;
    PdRun             *run = read_run (folder, name, &why);

    if (run != NULL)
      g_ptr_array_add (work->runs, run);
    else if (!g_error_matches (why, PD_ERROR, PD_ERROR_NOT_FOUND)) /* removed meanwhile */
      note_damage (work, name, why);
    if (!whole && run != NULL && speaks_for_shop (run))
      break;
  }
  return TRUE;
}

static gboolean
list (Work    *work,
      GError **error)
{
  g_autoptr (GError) why = NULL;

  if (read_runs (work, TRUE, &why))
    return TRUE;
  /* A shop that was never tested has no such folder. */
  if (g_error_matches (why, PD_ERROR, PD_ERROR_NOT_FOUND) && g_uuid_string_is_valid (work->profile_id))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
load_summary (Work    *work,
              GError **error)
{
  PdRun *last;

  if (!read_runs (work, FALSE, error))
    return FALSE;
  last = work->runs->len > 0 ? g_ptr_array_index (work->runs, work->runs->len - 1) : NULL;
  if (last == NULL || !speaks_for_shop (last)) {
    if (work->damaged->len > 0)
      g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("What the last tests said cannot be read. Run them again."));
    else
      g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("This shop has not been tested yet."));
    return FALSE;
  }
  work->verdict = pd_run_get_verdict (last);
  work->when = g_date_time_ref (pd_run_get_started (last));
  if (pd_run_get_revisions (last) != NULL)
    work->revisions = json_object_ref (pd_run_get_revisions (last));
  return TRUE;
}

static void
take_summary (Work        *work,
              PdVerdict   *verdict,
              GDateTime  **when,
              JsonObject **revisions)
{
  *verdict = work->verdict;
  *when = g_steal_pointer (&work->when);
  if (revisions != NULL)
    *revisions = g_steal_pointer (&work->revisions);
}

static Work *
work_new_for_run (const char *data_dir,
                  PdRun      *run)
{
  Work *work = work_new (data_dir, pd_run_get_profile_id (run));

  work->content = to_bytes (run);
  work->stem = g_date_time_format (pd_run_get_started (run), "%Y%m%dT%H%M%SZ");
  return work;
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
list_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (list (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
load_summary_in_thread (GTask        *task,
                        gpointer      source,
                        gpointer      data,
                        GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (load_summary (data, &error))
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
 * Keeps a run in its shop's history, and makes room for it. Waits for the disk.
 *
 * Returns: whether it is kept
 */
gboolean
pd_run_store_save (const char  *data_dir,
                   PdRun       *run,
                   GError     **error)
{
  Work    *work = work_new_for_run (data_dir, run);
  gboolean saved = save (work, error);

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

  g_task_set_source_tag (task, pd_run_store_save_async);
  g_task_set_task_data (task, work_new_for_run (data_dir, run), (GDestroyNotify) work_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * pd_run_store_save_finish:
 * @result: what the callback was given
 * @error: as of pd_run_store_save()
 *
 * Returns: whether it is kept
 */
gboolean
pd_run_store_save_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GPtrArray *
take_runs (Work       *work,
           GPtrArray **damaged)
{
  if (damaged != NULL)
    *damaged = g_steal_pointer (&work->damaged);
  return g_steal_pointer (&work->runs);
}

/**
 * pd_run_store_list:
 * @data_dir: the data folder
 * @profile_id: a shop's id
 * @damaged: (out) (optional) (transfer full) (element-type PdSetAside): what cannot be read, or is of a newer Paydesk
 * @error: %PD_ERROR_STORAGE, or %PD_ERROR_NOT_FOUND where that is no shop's id
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable) (element-type PdRun): every run that is kept of the shop, newest first
 */
GPtrArray *
pd_run_store_list (const char  *data_dir,
                   const char  *profile_id,
                   GPtrArray  **damaged,
                   GError     **error)
{
  Work      *work = work_new (data_dir, profile_id);
  GPtrArray *runs = list (work, error) ? take_runs (work, damaged) : NULL;

  work_free (work);
  return runs;
}

/**
 * pd_run_store_list_async:
 * @data_dir: the data folder
 * @profile_id: a shop's id
 * @cancellable: (nullable): ends the waiting
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * The same without waiting.
 */
void
pd_run_store_list_async (const char          *data_dir,
                         const char          *profile_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_run_store_list_async);
  g_task_set_task_data (task, work_new (data_dir, profile_id), (GDestroyNotify) work_free);
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * pd_run_store_list_finish:
 * @result: what the callback was given
 * @damaged: (out) (optional) (transfer full) (element-type PdSetAside): as of pd_run_store_list(); not set where it failed
 * @error: as of pd_run_store_list()
 *
 * Returns: (transfer full) (nullable) (element-type PdRun): every run that is kept of the shop, newest first
 */
GPtrArray *
pd_run_store_list_finish (GAsyncResult  *result,
                          GPtrArray    **damaged,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return take_runs (g_task_get_task_data (G_TASK (result)), damaged);
}

/**
 * pd_run_store_load_summary:
 * @data_dir: the data folder
 * @profile_id: a shop's id
 * @verdict: (out): what its last run said, of those that speak for the shop as a whole
 * @when: (out) (transfer full): when that began
 * @revisions: (out) (optional) (nullable) (transfer full): field id → its revision then; %NULL where that was not noted
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
                           JsonObject **revisions,
                           GError     **error)
{
  Work    *work = work_new (data_dir, profile_id);
  gboolean loaded = load_summary (work, error);

  if (loaded)
    take_summary (work, verdict, when, revisions);
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
  g_task_run_in_thread (task, load_summary_in_thread);
}

/**
 * pd_run_store_load_summary_finish:
 * @result: what the callback was given
 * @verdict: (out): as of pd_run_store_load_summary()
 * @when: (out) (transfer full): as of pd_run_store_load_summary()
 * @revisions: (out) (optional) (nullable) (transfer full): as of pd_run_store_load_summary()
 * @error: as of pd_run_store_load_summary()
 *
 * Returns: whether there is one
 */
gboolean
pd_run_store_load_summary_finish (GAsyncResult  *result,
                                  PdVerdict     *verdict,
                                  GDateTime    **when,
                                  JsonObject   **revisions,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  take_summary (g_task_get_task_data (G_TASK (result)), verdict, when, revisions);
  return TRUE;
}
