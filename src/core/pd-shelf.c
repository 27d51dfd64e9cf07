/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "pd-document.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-merge.h"
#include "pd-profile-private.h"
#include "pd-shelf.h"
#include "pd-skim.h"

/* What is set aside is called profile.json.damaged-DATE. */
#define ASIDE_PREFIX PD_SHELF_FILE ".damaged-"

/* A logo may be 10 MiB and is refused beyond; this bounds what is read back at all. */
#define MAX_KEPT_FILE (32 * 1024 * 1024)

void
pd_shelf_entry_free (PdShelfEntry *entry)
{
  g_free (entry->id);
  g_free (entry->path);
  g_free (entry->sort_key);
  g_clear_object (&entry->profile);
  g_clear_object (&entry->salvaged);
  g_clear_error (&entry->why);
  g_free (entry);
}

static PdShelfEntry *
entry_new (const char *id)
{
  PdShelfEntry *entry = g_new0 (PdShelfEntry, 1);

  entry->id = g_strdup (id);
  return entry;
}

static char *
make_path (const char *dir,
           const char *id,
           const char *name)
{
  return g_build_filename (dir, PD_SHELF_PROFILES, id, name, NULL);
}

/* The folder of one profile, by way of the folder of all. */
static int
open_profile (int          profiles,
              const char  *id,
              gboolean     create,
              GError     **error)
{
  if (!g_uuid_string_is_valid (id)) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no such shop."));
    return -1;
  }
  return pd_disk_open_folder (profiles, id, create, error);
}

static JsonNode *
parse_document (GBytes      *content,
                const char  *id,
                GError     **error)
{
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GError) syntax = NULL;

  document = pd_json_parse (g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content),
                            &pd_json_limits_file, &syntax);
  if (document == NULL) {
    g_set_error (error, PD_ERROR, PD_ERROR_DAMAGED_PROFILE, _("This shop’s file is damaged. %s"), syntax->message);
    return NULL;
  }
  if (!pd_document_check (document, error))
    return NULL;
  if (g_strcmp0 (pd_json_get_string (json_node_get_object (document), "id"), id) != 0) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_DAMAGED_PROFILE,
                         _("This shop’s file stands in the folder of another shop."));
    return NULL;
  }
  return g_steal_pointer (&document);
}

static PdProfile *
salvage (GBytes     *content,
         const char *id)
{
  g_autoptr (JsonNode) partial = NULL;
  g_autoptr (JsonNode) document = NULL;

  partial = pd_json_parse_partial (g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content),
                                   &pd_json_limits_file);
  document = partial != NULL ? pd_document_salvage (partial, id) : NULL;
  return document != NULL ? pd_profile_new_from_json (document, NULL) : NULL;
}

/* Moves a damaged file out of the way of the next write; with the lock held. Returns its new path. */
static char *
set_aside (const char  *dir,
           int          folder,
           const char  *id,
           GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *name = g_strconcat (ASIDE_PREFIX, date, NULL);

  for (guint i = 2; pd_disk_exists (folder, name); i++) {
    g_free (name);
    name = g_strdup_printf (ASIDE_PREFIX "%s-%u", date, i);
  }
  if (!pd_disk_move (folder, PD_SHELF_FILE, folder, name, error))
    return NULL;
  return make_path (dir, id, name);
}

/* Looks again with the lock held: another process may just have written, or moved it aside. */
static void
set_aside_damaged (const char   *dir,
                   int           root,
                   int           folder,
                   PdShelfEntry *entry)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GError) why = NULL;
  g_autofree char *path = NULL;
  int lock;

  lock = pd_disk_lock (root, NULL);
  if (lock < 0)
    return;
  content = pd_disk_read (folder, PD_SHELF_FILE, pd_json_limits_file.max_bytes, NULL, NULL);
  if (content != NULL)
    document = parse_document (content, entry->id, &why);
  if (why != NULL && g_error_matches (why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE))
    path = set_aside (dir, folder, entry->id, NULL);
  pd_disk_unlock (lock);
  if (path != NULL) {
    g_free (entry->path);
    entry->path = g_steal_pointer (&path);
    entry->moved = TRUE;
  }
}

static PdShelfEntry *
read_entry (const char *dir,
            int         root,
            int         folder,
            const char *id)
{
  g_autoptr (PdShelfEntry) entry = entry_new (id);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (JsonNode) document = NULL;
  PdSkim skim;

  content = pd_disk_read (folder, PD_SHELF_FILE, pd_json_limits_file.max_bytes, &entry->stamp, &entry->why);
  if (content != NULL && pd_skim (content, id, &skim, NULL))
    entry->profile = pd_profile_new_skimmed (id, content, &skim);
  else if (content != NULL)
    document = parse_document (content, id, &entry->why);
  if (document != NULL)
    entry->profile = pd_profile_new_saved (g_steal_pointer (&document));
  if (entry->profile != NULL) {
    entry->sort_key = pd_profile_make_sort_key (entry->profile);
    return g_steal_pointer (&entry);
  }
  entry->path = make_path (dir, id, PD_SHELF_FILE);
  if (content != NULL && g_error_matches (entry->why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE)) {
    entry->salvaged = salvage (content, id);
    set_aside_damaged (dir, root, folder, entry);
  }
  return g_steal_pointer (&entry);
}

static void
add_set_aside (GPtrArray  *entries,
               const char *dir,
               int         folder,
               const char *id)
{
  g_auto (GStrv) names = pd_disk_list (folder, NULL);

  for (char **name = names; name != NULL && *name != NULL; name++) {
    g_autoptr (GBytes) content = NULL;
    g_autoptr (JsonNode) document = NULL;
    PdShelfEntry *entry;

    if (!g_str_has_prefix (*name, ASIDE_PREFIX))
      continue;
    entry = entry_new (id);
    entry->path = make_path (dir, id, *name);
    content = pd_disk_read (folder, *name, pd_json_limits_file.max_bytes, NULL, &entry->why);
    if (content != NULL) {
      entry->salvaged = salvage (content, id);
      document = parse_document (content, id, &entry->why);
    }
    if (entry->why == NULL)
      g_set_error_literal (&entry->why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE, _("This shop’s file was damaged."));
    g_ptr_array_add (entries, entry);
  }
}

static void
scan_folder (GPtrArray  *entries,
             const char *dir,
             int         root,
             int         profiles,
             const char *id,
             GHashTable *known,
             GHashTable *seen)
{
  pd_auto_fd int folder = -1;
  g_autoptr (GError) error = NULL;
  g_autofree char *relative = g_strconcat (id, "/", PD_SHELF_FILE, NULL);
  PdShelfEntry *entry;
  PdStamp stamp, *earlier;

  /* Most are as they were: one look is all that they cost. */
  earlier = known != NULL ? g_hash_table_lookup (known, id) : NULL;
  if (earlier != NULL && pd_disk_stat (profiles, relative, &stamp) && pd_stamp_equal (earlier, &stamp)) {
    g_hash_table_add (seen, g_strdup (id));
    return;
  }
  folder = open_profile (profiles, id, FALSE, &error);
  if (folder < 0) {
    if (g_error_matches (error, PD_ERROR, PD_ERROR_NOT_FOUND) || known != NULL)
      return;
    entry = entry_new (id);
    entry->path = g_build_filename (dir, PD_SHELF_PROFILES, id, NULL);
    entry->why = g_steal_pointer (&error);
    g_ptr_array_add (entries, entry);
    return;
  }
  entry = read_entry (dir, root, folder, id);
  if (seen != NULL && entry->profile != NULL)
    g_hash_table_add (seen, g_strdup (id));
  if (entry->profile != NULL || !g_error_matches (entry->why, PD_ERROR, PD_ERROR_NOT_FOUND))
    g_ptr_array_add (entries, g_steal_pointer (&entry));
  else
    pd_shelf_entry_free (entry);
  if (known == NULL) {
    guint before = entries->len;

    add_set_aside (entries, dir, folder, id);
    /* What was moved just now stands there too, and is listed already. */
    for (guint i = before; i < entries->len; i++) {
      PdShelfEntry *aside = g_ptr_array_index (entries, i);
      PdShelfEntry *last = before > 0 ? g_ptr_array_index (entries, before - 1) : NULL;

      if (last != NULL && last->moved && g_strcmp0 (last->path, aside->path) == 0)
        g_ptr_array_remove_index (entries, i--);
    }
  }
}

/**
 * pd_shelf_scan:
 * @dir: the data folder
 * @known: (nullable) (element-type utf8 PdStamp): what is known already; such files are not read again
 * @seen: (nullable) (element-type utf8): where to add the ids of the profiles that are there
 * @cancellable: (nullable): to end the scan
 * @error: %PD_ERROR_STORAGE
 *
 * Reads the profiles. One that cannot be read never keeps the others from being read; a damaged file is moved aside.
 *
 * Returns: (transfer full) (element-type PdShelfEntry) (nullable): what was found; with @known only what is new
 */
GPtrArray *
pd_shelf_scan (const char    *dir,
               GHashTable    *known,
               GHashTable    *seen,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_shelf_entry_free);
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) names = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;

  root = pd_disk_open_root (dir, FALSE, &local);
  if (root >= 0)
    profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, FALSE, &local);
  if (profiles < 0) {
    /* Nothing was ever saved: not an error. */
    if (g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND))
      return g_steal_pointer (&entries);
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  names = pd_disk_list (profiles, error);
  if (names == NULL)
    return NULL;
  for (char **name = names; *name != NULL; name++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (g_uuid_string_is_valid (*name))
      scan_folder (entries, dir, root, profiles, *name, known, seen);
  }
  return g_steal_pointer (&entries);
}

/**
 * pd_shelf_read:
 * @dir: the data folder
 * @id: a profile's id
 * @error: why it cannot be read
 *
 * Returns: (transfer full) (nullable): the profile as the disk has it
 */
PdShelfEntry *
pd_shelf_read (const char  *dir,
               const char  *id,
               GError     **error)
{
  g_autoptr (PdShelfEntry) entry = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;
  pd_auto_fd int folder = -1;

  if ((root = pd_disk_open_root (dir, FALSE, error)) < 0 ||
      (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, FALSE, error)) < 0 ||
      (folder = open_profile (profiles, id, FALSE, error)) < 0)
    return NULL;
  entry = read_entry (dir, root, folder, id);
  if (entry->profile == NULL) {
    g_propagate_error (error, g_steal_pointer (&entry->why));
    return NULL;
  }
  return g_steal_pointer (&entry);
}

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
  *theirs = parse_document (content, write->id, &error);
  if (*theirs != NULL)
    return TRUE;
  if (g_error_matches (error, PD_ERROR, PD_ERROR_DAMAGED_PROFILE)) {
    write->set_aside = set_aside (write->dir, folder, write->id, &write->error);
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
    g_set_error_literal (&write->error, PD_ERROR, PD_ERROR_STORAGE, _("There is already a shop with this id."));
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
  int folder = open_profile (profiles, write->id, create, &error);

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

/* Moves a profile's folder between two of the data folder's. */
static gboolean
move_folder (const char  *dir,
             const char  *id,
             const char  *from_name,
             const char  *to_name,
             GError     **error)
{
  pd_auto_fd int root = -1;
  pd_auto_fd int from = -1;
  pd_auto_fd int to = -1;
  gboolean moved;
  int lock;

  if (!g_uuid_string_is_valid (id)) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no such shop."));
    return FALSE;
  }
  if ((root = pd_disk_open_root (dir, TRUE, error)) < 0 ||
      (from = pd_disk_open_folder (root, from_name, TRUE, error)) < 0 ||
      (to = pd_disk_open_folder (root, to_name, TRUE, error)) < 0 ||
      (lock = pd_disk_lock (root, error)) < 0)
    return FALSE;
  moved = pd_disk_move (from, id, to, id, error);
  pd_disk_unlock (lock);
  return moved;
}

/* The whole folder goes to the trash, with all that is in it. */
gboolean
pd_shelf_remove (const char  *dir,
                 const char  *id,
                 GError     **error)
{
  return move_folder (dir, id, PD_SHELF_PROFILES, PD_SHELF_TRASH, error);
}

gboolean
pd_shelf_restore (const char  *dir,
                  const char  *id,
                  GError     **error)
{
  return move_folder (dir, id, PD_SHELF_TRASH, PD_SHELF_PROFILES, error);
}

/* Deletes what is in the trash, for good. What is no longer there is as good as deleted. */
gboolean
pd_shelf_purge (const char  *dir,
                const char  *id,
                GError     **error)
{
  g_autoptr (GError) local = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int trash = -1;
  gboolean gone;
  int lock;

  g_return_val_if_fail (g_uuid_string_is_valid (id), FALSE);

  if ((root = pd_disk_open_root (dir, FALSE, &local)) < 0 ||
      (trash = pd_disk_open_folder (root, PD_SHELF_TRASH, FALSE, &local)) < 0) {
    if (g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  lock = pd_disk_lock (root, error);
  if (lock < 0)
    return FALSE;
  gone = pd_disk_remove_tree (trash, id, &local);
  pd_disk_unlock (lock);
  if (!gone && g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND))
    return TRUE;
  if (!gone)
    g_propagate_error (error, g_steal_pointer (&local));
  return gone;
}

/* Returns: (transfer full): the ids in the trash */
char **
pd_shelf_list_trash (const char *dir)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int trash = -1;

  if ((root = pd_disk_open_root (dir, FALSE, NULL)) >= 0 &&
      (trash = pd_disk_open_folder (root, PD_SHELF_TRASH, FALSE, NULL)) >= 0)
    names = pd_disk_list (trash, NULL);
  for (char **name = names; name != NULL && *name != NULL; name++) {
    if (g_uuid_string_is_valid (*name))
      g_strv_builder_add (ids, *name);
  }
  return g_strv_builder_end (ids);
}

/* Deletes a file that was set aside; no other. */
gboolean
pd_shelf_drop_aside (const char  *dir,
                     const char  *id,
                     const char  *path,
                     GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;
  pd_auto_fd int folder = -1;

  if (!g_str_has_prefix (name, ASIDE_PREFIX)) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no file “%s”."), name);
    return FALSE;
  }
  return (root = pd_disk_open_root (dir, FALSE, error)) >= 0 &&
         (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, FALSE, error)) >= 0 &&
         (folder = open_profile (profiles, id, FALSE, error)) >= 0 &&
         pd_disk_remove_file (folder, name, error);
}

/* Whether a profile of this id is there, in the trash, or set aside. */
gboolean
pd_shelf_is_taken (const char *dir,
                   const char *id)
{
  static const char *const places[] = { PD_SHELF_PROFILES, PD_SHELF_TRASH };
  pd_auto_fd int root = -1;

  root = pd_disk_open_root (dir, FALSE, NULL);
  for (guint i = 0; root >= 0 && i < G_N_ELEMENTS (places); i++) {
    pd_auto_fd int folder = -1;

    folder = pd_disk_open_folder (root, places[i], FALSE, NULL);
    if (folder >= 0 && pd_disk_exists (folder, id))
      return TRUE;
  }
  return FALSE;
}

/* Whether a file of this name may be kept beside a profile. */
gboolean
pd_shelf_is_file_name (const char *name)
{
  return *name != '\0' && *name != '.' && strchr (name, '/') == NULL && !g_str_has_prefix (name, PD_SHELF_FILE);
}

/* Two files of one stem must not be told apart by their order only, so that undo finds the former one. */
static char *
find_free_name (int         folder,
                const char *stem,
                const char *suffix,
                GBytes     *content,
                gboolean   *is_there)
{
  for (guint i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strdup_printf ("%s.%s", stem, suffix) : g_strdup_printf ("%s-%u.%s", stem, i, suffix);
    g_autoptr (GBytes) present = NULL;

    *is_there = FALSE;
    if (!pd_disk_exists (folder, name))
      return g_steal_pointer (&name);
    present = pd_disk_read (folder, name, MAX_KEPT_FILE, NULL, NULL);
    if (present != NULL && g_bytes_equal (present, content)) {
      *is_there = TRUE;
      return g_steal_pointer (&name);
    }
  }
}

/**
 * pd_shelf_keep_file:
 * @dir: the data folder
 * @id: a profile's id
 * @stem: what the file is: "logo"
 * @suffix: its kind: "png"
 * @content: its content
 * @error: %PD_ERROR_BAD_INPUT, %PD_ERROR_STORAGE
 *
 * Keeps a file beside the profile. What was kept before stays, so that undo finds it.
 *
 * Returns: (transfer full) (nullable): its name in the profile's folder
 */
char *
pd_shelf_keep_file (const char  *dir,
                    const char  *id,
                    const char  *stem,
                    const char  *suffix,
                    GBytes      *content,
                    GError     **error)
{
  g_autofree char *name = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;
  pd_auto_fd int folder = -1;
  gboolean is_there;
  gboolean kept;
  int lock;

  g_return_val_if_fail (pd_shelf_is_file_name (stem) && pd_shelf_is_file_name (suffix), NULL);

  if (g_bytes_get_size (content) > MAX_KEPT_FILE) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("This file is too large to be kept with the shop."));
    return NULL;
  }
  if ((root = pd_disk_open_root (dir, TRUE, error)) < 0 ||
      (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, TRUE, error)) < 0 ||
      (folder = open_profile (profiles, id, FALSE, error)) < 0 ||
      (lock = pd_disk_lock (root, error)) < 0)
    return NULL;
  name = find_free_name (folder, stem, suffix, content, &is_there);
  kept = is_there || pd_disk_write (folder, name, content, NULL, error);
  pd_disk_unlock (lock);
  return kept ? g_steal_pointer (&name) : NULL;
}

/**
 * pd_shelf_read_file:
 * @dir: the data folder
 * @id: a profile's id
 * @name: a name that pd_shelf_keep_file() gave
 * @error: %PD_ERROR_NOT_FOUND, %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): its content
 */
GBytes *
pd_shelf_read_file (const char  *dir,
                    const char  *id,
                    const char  *name,
                    GError     **error)
{
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;
  pd_auto_fd int folder = -1;

  if (!pd_shelf_is_file_name (name)) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no file “%s”."), name);
    return NULL;
  }
  if ((root = pd_disk_open_root (dir, FALSE, error)) < 0 ||
      (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, FALSE, error)) < 0 ||
      (folder = open_profile (profiles, id, FALSE, error)) < 0)
    return NULL;
  return pd_disk_read (folder, name, MAX_KEPT_FILE, NULL, error);
}

/* Returns: (transfer full) (nullable): the path of a kept file; NULL where there is none, or no regular one */
char *
pd_shelf_get_file (const char *dir,
                   const char *id,
                   const char *name)
{
  g_autofree char *path = NULL;

  if (!pd_shelf_is_file_name (name))
    return NULL;
  path = make_path (dir, id, name);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return NULL;
  return g_steal_pointer (&path);
}
