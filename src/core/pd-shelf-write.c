/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shelf-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "pd-document.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-merge.h"

/* One write: what the disk has and what is to be written become one, or are told apart. */

/**
 * pd_shelf_write_new:
 * @dir: the data folder
 * @base: (transfer full) (nullable): the document that this process began with
 * @mine: (transfer full): the document to write
 *
 * Returns: (transfer full): a write for pd_shelf_write()
 */
PdShelfWrite *
pd_shelf_write_new (const char *dir,
                    JsonNode   *base,
                    JsonNode   *mine)
{
  PdShelfWrite *write = g_new0 (PdShelfWrite, 1);

  write->dir = g_strdup (dir);
  write->id = g_strdup (pd_json_get_string (json_node_get_object (mine), "id"));
  write->base = base;
  write->mine = mine;
  write->conflicts = g_ptr_array_new_with_free_func (g_free);
  return write;
}

void
pd_shelf_write_free (PdShelfWrite *write)
{
  g_free (write->dir);
  g_free (write->id);
  g_clear_pointer (&write->base, json_node_unref);
  g_clear_pointer (&write->mine, json_node_unref);
  g_clear_pointer (&write->written, json_node_unref);
  g_clear_pointer (&write->conflicts, g_ptr_array_unref);
  g_free (write->set_aside);
  g_clear_error (&write->error);
  g_free (write);
}

static gint64
get_revision (JsonNode *document)
{
  return document != NULL ? json_object_get_int_member (json_node_get_object (document), "revision") : 0;
}

static gboolean
is_same_but_revision (JsonNode *a,
                      JsonNode *b)
{
  g_autoptr (JsonNode) copy = pd_json_copy (a);

  json_object_set_int_member (json_node_get_object (copy), "revision", get_revision (b));
  return json_node_equal (copy, b);
}

/* What the disk holds now. FALSE where it must not be replaced. */
static gboolean
read_theirs (PdShelfWrite  *write,
             int            folder,
             JsonNode     **theirs)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  content = pd_disk_read (folder, PD_SHELF_FILE, pd_json_limits_file.max_bytes, &write->stamp, &error);
  if (content == NULL) {
    if (g_error_matches (error, PD_ERROR, PD_ERROR_NOT_FOUND))
      return TRUE;
    g_propagate_error (&write->error, g_steal_pointer (&error));
    return FALSE;
  }
  *theirs = pd_shelf_parse (content, write->id, &error);
  if (*theirs != NULL)
    return TRUE;
  if (g_error_matches (error, PD_ERROR, PD_ERROR_DAMAGED_PROFILE)) {
    write->set_aside = pd_shelf_set_aside (write->dir, folder, write->id, &write->error);
    return write->set_aside != NULL;
  }
  g_propagate_error (&write->error, g_steal_pointer (&error));
  return FALSE;
}

static void
set_conflict_error (PdShelfWrite *write)
{
  g_ptr_array_add (write->conflicts, NULL);
  {
    g_autofree char *fields = g_strjoinv (", ", (char **) write->conflicts->pdata);

    g_set_error (&write->error, PD_ERROR, PD_ERROR_CONFLICT,
                 _("Another program has just changed the same field (%s). Nothing was saved; look at it and try again."), fields);
  }
  g_ptr_array_remove_index (write->conflicts, write->conflicts->len - 1);
}

/* Finds what has to be written; NULL where that is nothing, with write->written or write->error set. */
static JsonNode *
decide (PdShelfWrite *write,
        JsonNode     *theirs)
{
  g_autoptr (JsonNode) result = NULL;
  gint64 revision;

  if (theirs == NULL || is_same_but_revision (write->mine, theirs))
    result = pd_json_copy (write->mine);
  else if (write->base == NULL || is_same_but_revision (write->base, theirs))
    result = pd_json_copy (write->mine);
  else
    result = pd_merge (write->base, write->mine, theirs, PD_MERGE_THEIRS, write->conflicts);

  if (write->conflicts->len > 0 && !write->ask) {
    set_conflict_error (write);
    return NULL;
  }
  if (theirs != NULL && is_same_but_revision (result, theirs)) {
    write->written = json_node_ref (theirs);
    return NULL;
  }
  revision = MAX (MAX (get_revision (write->base), get_revision (write->mine)), get_revision (theirs));
  json_object_set_int_member (json_node_get_object (result), "revision", revision + 1);
  return g_steal_pointer (&result);
}

/* With the lock held, and the profile's folder open. */
static void
write_locked (PdShelfWrite *write,
              int           profiles,
              int           folder)
{
  g_autoptr (JsonNode) theirs = NULL;
  g_autoptr (JsonNode) result = NULL;
  g_autoptr (JsonNode) ordered = NULL;
  g_autoptr (GBytes) content = NULL;
  char *text;

  if (!read_theirs (write, folder, &theirs))
    return;
  if (theirs != NULL && write->base == NULL) {
    g_set_error_literal (&write->error, PD_ERROR, PD_ERROR_STORAGE, _("There is already a shop with this ID."));
    return;
  }
  result = decide (write, theirs);
  if (result == NULL) {
    /* An earlier write of ours may have failed at this very step. */
    if (write->written != NULL && !pd_disk_sync (folder, write->id, &write->error))
      g_clear_pointer (&write->written, json_node_unref);
    return;
  }
  ordered = pd_document_to_ordered (json_node_get_object (result));
  text = pd_json_to_string (ordered, TRUE);
  content = g_bytes_new_take (text, strlen (text));
  if (g_bytes_get_size (content) > pd_json_limits_file.max_bytes) {
    g_set_error_literal (&write->error, PD_ERROR, PD_ERROR_STORAGE, _("This shop holds more than a file can take."));
    return;
  }
  if (!pd_disk_write (folder, PD_SHELF_FILE, content, &write->stamp, &write->error))
    return;
  write->written = g_steal_pointer (&ordered);
  /* A rename within the folder is not seen by those who watch the folder above; this is. */
  utimensat (profiles, write->id, NULL, AT_SYMLINK_NOFOLLOW);
}

static int
open_for_write (PdShelfWrite *write,
                int           profiles)
{
  g_autoptr (GError) error = NULL;
  gboolean create = write->base == NULL || write->revive;
  int folder = pd_shelf_open_profile (profiles, write->id, create, &error);

  if (folder < 0 && g_error_matches (error, PD_ERROR, PD_ERROR_NOT_FOUND))
    g_set_error_literal (&write->error, PD_ERROR, PD_ERROR_NOT_FOUND,
                         _("This shop was deleted by another program. Nothing was saved."));
  else if (folder < 0)
    g_propagate_error (&write->error, g_steal_pointer (&error));
  return folder;
}

/**
 * pd_shelf_write:
 * @write: what to write; takes the outcome
 *
 * Reads, compares, merges and writes with the data folder's lock held, so that of two processes neither loses an edit.
 */
void
pd_shelf_write (PdShelfWrite *write)
{
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;
  pd_auto_fd int folder = -1;
  gboolean is_new;
  int lock;

  if ((root = pd_disk_open_root (write->dir, TRUE, &write->error)) < 0 ||
      (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, TRUE, &write->error)) < 0)
    return;
  lock = pd_disk_lock (root, &write->error);
  if (lock < 0)
    return;
  is_new = !pd_disk_exists (profiles, write->id);
  folder = open_for_write (write, profiles);
  if (folder >= 0)
    write_locked (write, profiles, folder);
  /* No empty folder is left of a profile that could not be written; one with something in it stays. */
  if (write->error != NULL && is_new && folder >= 0)
    unlinkat (profiles, write->id, AT_REMOVEDIR);
  pd_disk_unlock (lock);
}
