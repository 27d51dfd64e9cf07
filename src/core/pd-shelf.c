/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shelf-private.h"

#include <glib/gi18n-lib.h>

#include "pd-document.h"
#include "pd-error.h"
#include "pd-json.h"

/* The folders of the profiles, and the way to them. */

char *
pd_shelf_make_path (const char *dir,
                    const char *id,
                    const char *name)
{
  return g_build_filename (dir, PD_SHELF_PROFILES, id, name, NULL);
}

/* The folder of one profile, by way of the folder of all. */
int
pd_shelf_open_profile (int          profiles,
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

JsonNode *
pd_shelf_parse (GBytes      *content,
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

/* Moves a damaged file out of the way of the next write; with the lock held. Returns its new path. */
char *
pd_shelf_set_aside (const char  *dir,
                    int          folder,
                    const char  *id,
                    GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *name = g_strconcat (PD_SHELF_ASIDE, date, NULL);

  for (guint i = 2; pd_disk_exists (folder, name); i++) {
    g_free (name);
    name = g_strdup_printf (PD_SHELF_ASIDE "%s-%u", date, i);
  }
  if (!pd_disk_move (folder, PD_SHELF_FILE, folder, name, error))
    return NULL;
  return pd_shelf_make_path (dir, id, name);
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

  if (!g_str_has_prefix (name, PD_SHELF_ASIDE)) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no file “%s”."), name);
    return FALSE;
  }
  return (root = pd_disk_open_root (dir, FALSE, error)) >= 0 &&
         (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, FALSE, error)) >= 0 &&
         (folder = pd_shelf_open_profile (profiles, id, FALSE, error)) >= 0 &&
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
