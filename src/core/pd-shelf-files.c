/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shelf-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"

/* The files beside a profile: kept, read, and dropped when nothing names them any more. */

/* A logo may be 10 MiB and is refused beyond; this bounds what is read back at all. */
#define MAX_KEPT_FILE (32 * 1024 * 1024)

#define MAX_READ  (64 * 1024 * 1024)
#define MAX_DEPTH 2

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
      (folder = pd_shelf_open_profile (profiles, id, FALSE, error)) < 0 ||
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
      (folder = pd_shelf_open_profile (profiles, id, FALSE, error)) < 0)
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
  path = pd_shelf_make_path (dir, id, name);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return NULL;
  return g_steal_pointer (&path);
}

/* Returns: (transfer full) (nullable): of a file that was made to fit, the original's name */
char *
pd_shelf_get_original_name (const char *name)
{
  const char *mark = g_strrstr (name, PD_SHELF_FITTED);

  return mark != NULL && mark > name ? g_strndup (name, (gsize) (mark - name)) : NULL;
}

static gboolean
is_of_stem (const char *name,
            const char *stem)
{
  gsize length = strlen (stem);

  return pd_shelf_is_file_name (name) && strncmp (name, stem, length) == 0 && (name[length] == '.' || name[length] == '-') &&
         !g_str_has_suffix (name, ".json");
}

/* Strikes off the candidates that any text in the folder has in quotation marks: profile, revisions, damaged files. What cannot be read
 * may name anything. */
static gboolean
strike_named (int         folder,
              const char *stem,
              GHashTable *candidates,
              guint       depth)
{
  g_auto (GStrv) names = pd_disk_list (folder, NULL);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GBytes) content = NULL;
    GHashTableIter     iter;
    gpointer           candidate;
    pd_auto_fd int     inner = -1;

    if (is_of_stem (names[i], stem))
      continue;
    inner = pd_disk_open_folder (folder, names[i], FALSE, NULL);
    if (inner >= 0) {
      if (depth == MAX_DEPTH || !strike_named (inner, stem, candidates, depth + 1))
        return FALSE;
      continue;
    }
    content = pd_disk_read (folder, names[i], MAX_READ, NULL, NULL);
    if (content == NULL)
      return FALSE;
    g_hash_table_iter_init (&iter, candidates);
    while (g_hash_table_iter_next (&iter, &candidate, NULL)) {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", (const char *) candidate);
      gsize            size;
      const char      *data = g_bytes_get_data (content, &size);

      if (size > 0 && g_strstr_len (data, (gssize) size, quoted) != NULL)
        g_hash_table_iter_remove (&iter);
    }
  }
  return TRUE;
}

/* An original stays as long as what was made of it. */
static void
strike_originals (int         folder,
                  const char *stem,
                  GHashTable *candidates)
{
  g_auto (GStrv) names = pd_disk_list (folder, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_autofree char *original = pd_shelf_get_original_name (names[i]);

    if (original != NULL && !g_hash_table_contains (candidates, names[i]))
      g_hash_table_remove (candidates, original);
  }
}

/**
 * pd_shelf_drop_unused:
 * @dir: the data folder
 * @id: a profile's id
 * @stem: what the files are: "logo"
 * @keep: (array zero-terminated=1): files to be left alone
 * @before: seconds since 1970; newer files are left alone
 *
 * Returns: how many files were deleted: those of @stem that no text in the profile's folder names
 */
guint
pd_shelf_drop_unused (const char        *dir,
                      const char        *id,
                      const char        *stem,
                      const char *const *keep,
                      gint64             before)
{
  g_autoptr (GHashTable) candidates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv)         names = NULL;
  pd_auto_fd int         root = pd_disk_open_root (dir, FALSE, NULL);
  pd_auto_fd int         profiles = root >= 0 ? pd_disk_open_folder (root, PD_SHELF_PROFILES, FALSE, NULL) : -1;
  pd_auto_fd int         folder = profiles >= 0 ? pd_disk_open_folder (profiles, id, FALSE, NULL) : -1;
  int                    lock = folder >= 0 ? pd_disk_lock (root, NULL) : -1;
  GHashTableIter         iter;
  gpointer               candidate;
  guint                  n = 0;

  if (lock < 0)
    return 0;
  names = pd_disk_list (folder, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    PdStamp stamp;

    if (is_of_stem (names[i], stem) && !g_strv_contains (keep, names[i]) && pd_disk_stat (folder, names[i], &stamp) &&
        stamp.modified / G_GINT64_CONSTANT (1000000000) < before)
      g_hash_table_add (candidates, g_strdup (names[i]));
  }
  if (g_hash_table_size (candidates) > 0 && strike_named (folder, stem, candidates, 0)) {
    strike_originals (folder, stem, candidates);
    g_hash_table_iter_init (&iter, candidates);
    while (g_hash_table_iter_next (&iter, &candidate, NULL))
      n += pd_disk_remove_file (folder, candidate, NULL);
  }
  pd_disk_unlock (lock);
  return n;
}
