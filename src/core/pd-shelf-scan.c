/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shelf-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-document.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-profile-private.h"

/* Reading what is there. The window waits for this with its list, so the many files that are as they should be take the shortest
 * way: opened by one call, and looked at without a tree. Whatever is not goes the long way, which says what is wrong. */

/* Profiles have some hundred bytes. */
#define SHORT_FILE 16384

/* A UUID, a slash, the file's name. */
#define PATH_SIZE (PD_SHELF_ID_SIZE + sizeof PD_SHELF_FILE)

static void
entry_clear (PdShelfEntry *entry)
{
  g_clear_pointer (&entry->content, g_bytes_unref);
  g_free (entry->path);
  g_free (entry->sort_key);
  g_clear_object (&entry->profile);
  g_clear_object (&entry->salvaged);
  g_clear_error (&entry->why);
}

void
pd_shelf_entry_free (PdShelfEntry *entry)
{
  entry_clear (entry);
  g_free (entry);
}

/* In one piece, which goes as one: between what stays of thousands of profiles, they would leave as many holes. */
static void
add_entry (GArray       *entries,
           PdShelfEntry *entry)
{
  g_array_append_vals (entries, entry, 1);
  g_free (entry);
}

/* By name, and where names are the same by id, so that the order is always the same. */
int
pd_shelf_entry_compare (gconstpointer a,
                        gconstpointer b)
{
  const PdShelfEntry *left = a;
  const PdShelfEntry *right = b;
  int order = g_strcmp0 (left->sort_key, right->sort_key);

  return order != 0 ? order : strcmp (left->id, right->id);
}

/* @id: a UUID */
static PdShelfEntry *
entry_new (const char *id)
{
  PdShelfEntry *entry = g_new0 (PdShelfEntry, 1);

  memcpy (entry->id, id, sizeof entry->id);
  return entry;
}

/* Whether its file can be used. */
gboolean
pd_shelf_entry_is_sound (const PdShelfEntry *entry)
{
  return entry->content != NULL || entry->profile != NULL;
}

/* Returns: (transfer none) (nullable): the profile of a file that can be used; made now, where that was not needed so far */
PdProfile *
pd_shelf_entry_get_profile (PdShelfEntry *entry)
{
  if (entry->profile == NULL && entry->content != NULL)
    entry->profile = pd_profile_new_skimmed (entry->id, entry->content, &entry->skim);
  return entry->profile;
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
    document = pd_shelf_parse (content, entry->id, &why);
  if (why != NULL && g_error_matches (why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE))
    path = pd_shelf_set_aside (dir, folder, entry->id, NULL);
  pd_disk_unlock (lock);
  if (path != NULL) {
    g_free (entry->path);
    entry->path = g_steal_pointer (&path);
    entry->moved = TRUE;
  }
}

/* Returns: whether @content is as Paydesk writes it; the entry takes it then */
static gboolean
take_skimmed (PdShelfEntry *entry,
              GBytes       *content)
{
  if (!pd_skim (content, entry->id, &entry->skim, NULL))
    return FALSE;
  entry->content = g_bytes_ref (content);
  entry->sort_key = pd_profile_make_sort_key (entry->skim.name, (gssize) entry->skim.name_length);
  return TRUE;
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

  content = pd_disk_read (folder, PD_SHELF_FILE, pd_json_limits_file.max_bytes, &entry->stamp, &entry->why);
  if (content != NULL && take_skimmed (entry, content))
    return g_steal_pointer (&entry);
  if (content != NULL)
    document = pd_shelf_parse (content, id, &entry->why);
  if (document != NULL) {
    entry->profile = pd_profile_new_saved (g_steal_pointer (&document));
    entry->sort_key = pd_profile_make_sort_key (pd_profile_get_name (entry->profile), -1);
    return g_steal_pointer (&entry);
  }
  entry->path = pd_shelf_make_path (dir, id, PD_SHELF_FILE);
  if (content != NULL && g_error_matches (entry->why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE)) {
    entry->salvaged = salvage (content, id);
    set_aside_damaged (dir, root, folder, entry);
  }
  return g_steal_pointer (&entry);
}

static void
make_relative (char       *path,
               const char *id)
{
  memcpy (path, id, PD_SHELF_ID_SIZE - 1);
  strcpy (path + PD_SHELF_ID_SIZE - 1, "/" PD_SHELF_FILE);
}

/* The shortest way, for a file that is nothing but usual. */
static PdShelfEntry *
read_usual (int         profiles,
            const char *id)
{
  g_autoptr (PdShelfEntry) entry = entry_new (id);
  g_autoptr (GBytes) content = NULL;
  char path[PATH_SIZE];

  make_relative (path, id);
  content = pd_disk_read_short (profiles, path, SHORT_FILE, &entry->stamp);
  return content != NULL && take_skimmed (entry, content) ? g_steal_pointer (&entry) : NULL;
}

/* Returns: (nullable): what is in the folder; %NULL for one that has no profile, or is gone */
static PdShelfEntry *
read_folder (const char *dir,
             int         root,
             int         profiles,
             const char *id,
             gboolean    again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdShelfEntry) entry = read_usual (profiles, id);
  pd_auto_fd int folder = -1;

  if (entry != NULL)
    return g_steal_pointer (&entry);
  folder = pd_shelf_open_profile (profiles, id, FALSE, &error);
  if (folder >= 0) {
    entry = read_entry (dir, root, folder, id);
    return g_error_matches (entry->why, PD_ERROR, PD_ERROR_NOT_FOUND) ? NULL : g_steal_pointer (&entry);
  }
  if (g_error_matches (error, PD_ERROR, PD_ERROR_NOT_FOUND) || again)
    return NULL;
  entry = entry_new (id);
  entry->path = g_build_filename (dir, PD_SHELF_PROFILES, id, NULL);
  entry->why = g_steal_pointer (&error);
  return g_steal_pointer (&entry);
}

/* Opens the folder of all profiles. FALSE where there is none: with @error, or because nothing was ever saved. */
static gboolean
open_profiles (const char  *dir,
               int         *root,
               int         *profiles,
               GError     **error)
{
  g_autoptr (GError) local = NULL;

  *root = pd_disk_open_root (dir, FALSE, &local);
  if (*root >= 0)
    *profiles = pd_disk_open_folder (*root, PD_SHELF_PROFILES, FALSE, &local);
  if (*profiles >= 0)
    return TRUE;
  if (!g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What a scan does for the profile @id. */
typedef void (* VisitFunc) (GArray     *entries,
                            const char *dir,
                            int         root,
                            int         profiles,
                            const char *id,
                            gpointer    data);

static GArray *
visit_all (const char    *dir,
           VisitFunc      visit,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (PdShelfEntry));
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) names = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;

  g_array_set_clear_func (entries, (GDestroyNotify) entry_clear);
  if (open_profiles (dir, &root, &profiles, &local))
    names = pd_disk_list (profiles, &local);
  for (char **name = names; name != NULL && *name != NULL; name++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (g_uuid_string_is_valid (*name))
      visit (entries, dir, root, profiles, *name, data);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  return g_steal_pointer (&entries);
}

static void
visit_first (GArray     *entries,
             const char *dir,
             int         root,
             int         profiles,
             const char *id,
             gpointer    data)
{
  PdShelfEntry *entry = read_folder (dir, root, profiles, id, FALSE);

  if (entry != NULL)
    add_entry (entries, entry);
}

/**
 * pd_shelf_scan:
 * @dir: the data folder
 * @cancellable: (nullable): to end the scan
 * @error: %PD_ERROR_STORAGE
 *
 * Reads the profiles. One that cannot be read never keeps the others from being read; a damaged file is moved aside.
 *
 * Returns: (transfer full) (element-type PdShelfEntry) (nullable): what was found
 */
GArray *
pd_shelf_scan (const char    *dir,
               GCancellable  *cancellable,
               GError       **error)
{
  return visit_all (dir, visit_first, NULL, cancellable, error);
}

static void
visit_again (GArray     *entries,
             const char *dir,
             int         root,
             int         profiles,
             const char *id,
             gpointer    data)
{
  PdShelfKnown *known = g_hash_table_lookup (data, id);
  PdShelfEntry *entry;
  char path[PATH_SIZE];
  PdStamp stamp;

  /* Most are as they were: one look is all that they cost. */
  if (known != NULL) {
    make_relative (path, id);
    known->seen = pd_disk_stat (profiles, path, &stamp) && pd_stamp_equal (&known->stamp, &stamp);
    if (known->seen)
      return;
  }
  entry = read_folder (dir, root, profiles, id, TRUE);
  if (entry == NULL)
    return;
  if (known != NULL)
    known->seen = TRUE;
  add_entry (entries, entry);
}

/**
 * pd_shelf_scan_again:
 * @dir: the data folder
 * @known: (element-type utf8 PdShelfKnown): id → what is known of the profile; such files are not read again. Whether it is
 *   still there, as it was or not, is noted in it
 * @cancellable: (nullable): to end the scan
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (element-type PdShelfEntry) (nullable): what is new
 */
GArray *
pd_shelf_scan_again (const char    *dir,
                     GHashTable    *known,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return visit_all (dir, visit_again, known, cancellable, error);
}

static void
visit_aside (GArray     *entries,
             const char *dir,
             int         root,
             int         profiles,
             const char *id,
             gpointer    data)
{
  pd_auto_fd int folder = pd_shelf_open_profile (profiles, id, FALSE, NULL);
  g_auto (GStrv) names = folder >= 0 ? pd_disk_list (folder, NULL) : NULL;

  for (char **name = names; name != NULL && *name != NULL; name++) {
    g_autoptr (GBytes) content = NULL;
    g_autoptr (JsonNode) document = NULL;
    PdShelfEntry *entry;

    if (!g_str_has_prefix (*name, PD_SHELF_ASIDE))
      continue;
    entry = entry_new (id);
    entry->path = pd_shelf_make_path (dir, id, *name);
    content = pd_disk_read (folder, *name, pd_json_limits_file.max_bytes, NULL, &entry->why);
    if (content != NULL) {
      entry->salvaged = salvage (content, id);
      document = pd_shelf_parse (content, id, &entry->why);
    }
    if (entry->why == NULL)
      g_set_error_literal (&entry->why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE, _("This shop’s file was damaged."));
    add_entry (entries, entry);
  }
}

/**
 * pd_shelf_scan_aside:
 * @dir: the data folder
 * @cancellable: (nullable): to end the scan
 * @error: %PD_ERROR_STORAGE
 *
 * Lists every profile's folder, which costs more than to read the profiles.
 *
 * Returns: (transfer full) (element-type PdShelfEntry) (nullable): the files that were set aside, now or earlier
 */
GArray *
pd_shelf_scan_aside (const char    *dir,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return visit_all (dir, visit_aside, NULL, cancellable, error);
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
      (folder = pd_shelf_open_profile (profiles, id, FALSE, error)) < 0)
    return NULL;
  entry = read_entry (dir, root, folder, id);
  if (!pd_shelf_entry_is_sound (entry)) {
    g_propagate_error (error, g_steal_pointer (&entry->why));
    return NULL;
  }
  return g_steal_pointer (&entry);
}
