/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-disk.h"
#include "pd-evidence.h"
#include "pd-json.h"
#include "pd-run-certificates.h"

/* The newest runs are enough: what was not tried for so long is not known. */
#define MAX_RUNS  12
#define MAX_BYTES (256 * 1024)

typedef struct {
  char *data_dir;
  char *profile_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->data_dir);
  g_free (work->profile_id);
  g_free (work);
}

void
pd_seen_certificate_free (PdSeenCertificate *self)
{
  g_free (self->host);
  g_date_time_unref (self->not_after);
  g_free (self);
}

static gboolean
is_known (GPtrArray  *seen,
          const char *host)
{
  for (guint i = 0; i < seen->len; i++) {
    if (g_str_equal (((const PdSeenCertificate *) g_ptr_array_index (seen, i))->host, host))
      return TRUE;
  }
  return FALSE;
}

static void
add_finding (GPtrArray *seen,
             JsonNode  *node)
{
  JsonObject            *finding = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode              *member = finding != NULL ? json_object_get_member (finding, "evidence") : NULL;
  JsonObject            *evidence = member != NULL && JSON_NODE_HOLDS_OBJECT (member) ? json_node_get_object (member) : NULL;
  g_autoptr (GDateTime)  not_after = evidence != NULL ? pd_evidence_read_certificate_not_after (evidence) : NULL;
  const char            *url = not_after != NULL ? pd_json_get_string (evidence, "url") : NULL;
  g_autoptr (GUri)       uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL) : NULL;
  const char            *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  PdSeenCertificate     *certificate;

  if (host == NULL || *host == '\0' || is_known (seen, host))
    return;
  certificate = g_new0 (PdSeenCertificate, 1);
  certificate->host = g_strdup (host);
  certificate->not_after = g_steal_pointer (&not_after);
  g_ptr_array_add (seen, certificate);
}

/* A file that cannot be read says nothing; it is somebody else's to say so. */
static void
add_run (GPtrArray  *seen,
         int         folder,
         const char *name)
{
  g_autoptr (GBytes)   content = pd_disk_read (folder, name, MAX_BYTES, NULL, NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonNode            *findings;
  gsize                length;
  const char          *text = content != NULL ? g_bytes_get_data (content, &length) : NULL;

  if (text != NULL)
    node = pd_json_parse (text, (gssize) length, &pd_json_limits_answer, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  findings = json_object_get_member (json_node_get_object (node), "findings");
  if (findings == NULL || !JSON_NODE_HOLDS_ARRAY (findings))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (findings)); i++)
    add_finding (seen, json_array_get_element (json_node_get_array (findings), i));
}

/* The newest first: their names begin with their time. */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return -g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static int
open_folder (const Work *work)
{
  pd_auto_fd int root = pd_disk_open_root (work->data_dir, FALSE, NULL);
  pd_auto_fd int profiles = root >= 0 ? pd_disk_open_folder (root, "profiles", FALSE, NULL) : -1;
  pd_auto_fd int profile = -1;

  if (profiles >= 0 && g_uuid_string_is_valid (work->profile_id))
    profile = pd_disk_open_folder (profiles, work->profile_id, FALSE, NULL);
  return profile >= 0 ? pd_disk_open_folder (profile, "runs", FALSE, NULL) : -1;
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GPtrArray      *seen = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_seen_certificate_free);
  pd_auto_fd int  folder = open_folder (data);
  g_auto (GStrv)  names = folder >= 0 ? pd_disk_list (folder, NULL) : NULL;
  guint           n = names != NULL ? g_strv_length (names) : 0;
  guint           n_runs = 0;

  if (n > 0)
    qsort (names, n, sizeof *names, compare_names);
  for (guint i = 0; i < n && n_runs < MAX_RUNS && !g_cancellable_is_cancelled (cancellable); i++) {
    if (!g_str_has_suffix (names[i], ".json"))
      continue;
    add_run (seen, folder, names[i]);
    n_runs++;
  }
  g_task_return_pointer (task, seen, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * pd_run_certificates_load_async:
 * @data_dir: the data folder
 * @profile_id: a shop's
 * @cancellable: (nullable): ends it
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * Reads from the runs that were kept until when the certificates are valid that they saw.
 */
void
pd_run_certificates_load_async (const char          *data_dir,
                                const char          *profile_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work             *work = g_new0 (Work, 1);

  g_task_set_source_tag (task, pd_run_certificates_load_async);
  work->data_dir = g_strdup (data_dir);
  work->profile_id = g_strdup (profile_id);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * pd_run_certificates_load_finish:
 * @result: what the callback was given
 * @error: only %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type PdSeenCertificate): one for each host, possibly none
 */
GPtrArray *
pd_run_certificates_load_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
