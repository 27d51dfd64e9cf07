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
  g_clear_pointer (&entry->pack, pd_pack_unref);
  g_free (entry->path);
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
  return entry->content != NULL || entry->profile != NULL || entry->pack != NULL;
}

/* Returns: (transfer none) (nullable): the profile of a file that can be used and is not packed; made now, where that was not needed
 * so far */
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

typedef struct _Scan Scan;

/* What a scan does for the profile @id. */
typedef void (* VisitFunc) (Scan *scan, const char *id);

struct _Scan
{
  const char   *dir;
  int           root;
  int           profiles;
  VisitFunc     visit;
  gpointer      data;    /* the visit's */
  GCancellable *cancellable;
  GArray       *entries; /* what was found */
};

/* Returns: (nullable): what is in the folder; %NULL for one that has no profile, or is gone */
static PdShelfEntry *
read_folder (const Scan *scan,
             const char *id,
             gboolean    again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdShelfEntry) entry = read_usual (scan->profiles, id);
  pd_auto_fd int folder = -1;

  if (entry != NULL)
    return g_steal_pointer (&entry);
  folder = pd_shelf_open_profile (scan->profiles, id, FALSE, &error);
  if (folder >= 0) {
    entry = read_entry (scan->dir, scan->root, folder, id);
    return g_error_matches (entry->why, PD_ERROR, PD_ERROR_NOT_FOUND) ? NULL : g_steal_pointer (&entry);
  }
  if (g_error_matches (error, PD_ERROR, PD_ERROR_NOT_FOUND) || again)
    return NULL;
  entry = entry_new (id);
  entry->path = g_build_filename (scan->dir, PD_SHELF_PROFILES, id, NULL);
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

static gboolean
visit_folder (const char *name,
              gpointer    data)
{
  Scan *scan = data;

  if (g_cancellable_is_cancelled (scan->cancellable))
    return FALSE;
  if (g_uuid_string_is_valid (name))
    scan->visit (scan, name);
  return TRUE;
}

static GArray *
visit_all (const char    *dir,
           VisitFunc      visit,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (PdShelfEntry));
  g_autoptr (GError) local = NULL;
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;

  g_array_set_clear_func (entries, (GDestroyNotify) entry_clear);
  if (open_profiles (dir, &root, &profiles, &local)) {
    Scan scan = { dir, root, profiles, visit, data, cancellable, entries };

    pd_disk_visit (profiles, visit_folder, &scan, &local);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : g_steal_pointer (&entries);
}

/* What the first scan knows of an entry until all are in their order. The texts are in one piece, which goes as one: between what
 * stays of thousands of profiles, they would leave as many holes. */
typedef struct {
  guint entry;   /* its index */
  guint key;     /* where it stands among the texts, by which it is sorted: made here, since it takes time. Then comes the id */
  guint name;
  guint content;
  guint length;  /* of the content; 0 where the entry keeps what it has */
} Note;

typedef struct {
  GArray  *notes;
  GString *texts;
} First;

/* Returns: where it stands */
static guint
add_text (First      *first,
          const char *text,
          gsize       length)
{
  guint start = (guint) first->texts->len;

  g_string_append_len (first->texts, text, (gssize) length);
  g_string_append_c (first->texts, '\0');
  return start;
}

static void
visit_first (Scan       *scan,
             const char *id)
{
  First *first = scan->data;
  PdShelfEntry *entry = read_folder (scan, id, FALSE);
  Note note = { .entry = scan->entries->len };
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  const char *content;
  gsize length;

  if (entry == NULL)
    return;
  if (entry->content != NULL && g_bytes_get_size (entry->content) <= SHORT_FILE) {
    content = g_bytes_get_data (entry->content, &length);
    name = g_strndup (entry->skim.name, entry->skim.name_length);
    note.content = add_text (first, content, length);
    note.length = (guint) length;
    g_clear_pointer (&entry->content, g_bytes_unref);
  } else if (pd_shelf_entry_is_sound (entry))
    name = g_strdup (pd_profile_get_name (pd_shelf_entry_get_profile (entry)));
  note.name = add_text (first, name, name != NULL ? strlen (name) : 0);
  key = name != NULL ? pd_profile_make_sort_key (name) : g_strdup ("");
  note.key = add_text (first, key, strlen (key));
  add_text (first, id, strlen (id));
  g_array_append_val (first->notes, note);
  add_entry (scan->entries, entry);
}

/* By name, and where names are the same by id, so that the order is always the same. */
static int
compare_notes (gconstpointer a,
               gconstpointer b,
               gpointer      texts)
{
  const char *left = (const char *) texts + ((const Note *) a)->key;
  const char *right = (const char *) texts + ((const Note *) b)->key;
  int order = strcmp (left, right);

  return order != 0 ? order : strcmp (left + strlen (left) + 1, right + strlen (right) + 1);
}

/* @entries: (transfer full): what was found. Returns: (transfer full): the same, with each content packed beside its neighbours' */
static GArray *
put_in_order (GArray      *entries,
              const First *first)
{
  GArray *ordered = g_array_sized_new (FALSE, FALSE, sizeof (PdShelfEntry), entries->len);
  g_autoptr (PdPack) pack = pd_pack_new ();
  const char *texts = first->texts->str;

  g_array_set_clear_func (ordered, (GDestroyNotify) entry_clear);
  g_array_sort_with_data (first->notes, compare_notes, first->texts->str);
  for (guint i = 0; i < entries->len; i++) {
    const Note *note = &g_array_index (first->notes, Note, i);
    PdShelfEntry *entry = &g_array_index (entries, PdShelfEntry, note->entry);

    if (note->length > 0) {
      entry->pack = pd_pack_ref (pack);
      entry->packed = pd_pack_add (pack, texts + note->name, texts + note->content, note->length);
    }
    g_array_append_val (ordered, *entry);
  }
  g_array_set_clear_func (entries, NULL);
  g_array_unref (entries);
  pd_pack_settle (pack);
  return ordered;
}

/**
 * pd_shelf_scan:
 * @dir: the data folder
 * @cancellable: (nullable): to end the scan
 * @error: %PD_ERROR_STORAGE
 *
 * Reads the profiles. One that cannot be read never keeps the others from being read; a damaged file is moved aside.
 *
 * Returns: (transfer full) (element-type PdShelfEntry) (nullable): what was found, by name, where names are the same by id
 */
GArray *
pd_shelf_scan (const char    *dir,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (Note));
  First first = { notes, g_string_new (NULL) };
  GArray *entries = visit_all (dir, visit_first, &first, cancellable, error);

  if (entries != NULL)
    entries = put_in_order (entries, &first);
  g_string_free (first.texts, TRUE);
  return entries;
}

typedef struct {
  PdShelfKnownFunc func;
  gpointer         data;
} Known;

static void
visit_again (Scan       *scan,
             const char *id)
{
  const Known *known = scan->data;
  PdShelfEntry *entry;
  char path[PATH_SIZE];
  PdStamp stamp;

  /* Most are as they were: one look is all that they cost. */
  make_relative (path, id);
  if (pd_disk_stat (scan->profiles, path, &stamp) && known->func (id, &stamp, known->data))
    return;
  entry = read_folder (scan, id, TRUE);
  if (entry != NULL)
    add_entry (scan->entries, entry);
}

/**
 * pd_shelf_scan_again:
 * @dir: the data folder
 * @known: says whether a file is known as it is; such files are not read again
 * @data: for @known
 * @cancellable: (nullable): to end the scan
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (element-type PdShelfEntry) (nullable): what is new
 */
GArray *
pd_shelf_scan_again (const char       *dir,
                     PdShelfKnownFunc  known,
                     gpointer          data,
                     GCancellable     *cancellable,
                     GError          **error)
{
  Known how = { known, data };

  return visit_all (dir, visit_again, &how, cancellable, error);
}

static void
visit_aside (Scan       *scan,
             const char *id)
{
  pd_auto_fd int folder = pd_shelf_open_profile (scan->profiles, id, FALSE, NULL);
  g_auto (GStrv) names = folder >= 0 ? pd_disk_list (folder, NULL) : NULL;

  for (char **name = names; name != NULL && *name != NULL; name++) {
    g_autoptr (GBytes) content = NULL;
    g_autoptr (JsonNode) document = NULL;
    PdShelfEntry *entry;

    if (!g_str_has_prefix (*name, PD_SHELF_ASIDE))
      continue;
    entry = entry_new (id);
    entry->path = pd_shelf_make_path (scan->dir, id, *name);
    content = pd_disk_read (folder, *name, pd_json_limits_file.max_bytes, NULL, &entry->why);
    if (content != NULL) {
      entry->salvaged = salvage (content, id);
      document = pd_shelf_parse (content, id, &entry->why);
    }
    if (entry->why == NULL)
      g_set_error_literal (&entry->why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE, _("This shop’s file was damaged."));
    add_entry (scan->entries, entry);
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
