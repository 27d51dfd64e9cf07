/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-disk.h"
#include "pd-document.h"
#include "pd-incoming.h"
#include "pd-json.h"
#include "pd-shelf.h"

/* Shops are made ready in a folder beside the others. Giving that folder the suffix is what decides: before, it is
 * deleted by whoever finds it; after, whoever finds it completes the move. */
#define PREFIX "incoming-"
#define READY ".ready"

/**
 * pd_incoming_new:
 * @document: (transfer full): a sound document, with the id that the shop shall have
 *
 * Returns: (transfer full): a shop without files so far
 */
PdIncoming *
pd_incoming_new (JsonNode *document)
{
  PdIncoming *self = g_new0 (PdIncoming, 1);

  self->document = document;
  self->id = g_strdup (pd_json_get_string (json_node_get_object (document), "id"));
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

void
pd_incoming_free (PdIncoming *self)
{
  g_free (self->id);
  json_node_unref (self->document);
  g_hash_table_unref (self->files);
  g_free (self);
}

/**
 * pd_incoming_renew_id:
 * @self: a shop
 *
 * Gives it another id, where the one that it came with is taken.
 */
void
pd_incoming_renew_id (PdIncoming *self)
{
  g_free (self->id);
  self->id = g_uuid_string_random ();
  json_object_set_string_member (json_node_get_object (self->document), "id", self->id);
}

static gboolean
write_shop (int          staging,
            PdIncoming  *shop,
            GError     **error)
{
  g_autoptr (JsonNode) ordered = NULL;
  g_autoptr (GBytes) content = NULL;
  pd_auto_fd int folder = -1;
  GHashTableIter iter;
  gpointer name, file;
  char *text;

  folder = pd_disk_open_folder (staging, shop->id, TRUE, error);
  if (folder < 0)
    return FALSE;
  ordered = pd_document_to_ordered (json_node_get_object (shop->document));
  text = pd_json_to_string (ordered, TRUE);
  content = g_bytes_new_take (text, strlen (text));
  g_hash_table_iter_init (&iter, shop->files);
  while (g_hash_table_iter_next (&iter, &name, &file)) {
    if (!pd_disk_write (folder, name, file, NULL, error))
      return FALSE;
  }
  return pd_disk_write (folder, PD_SHELF_FILE, content, NULL, error);
}

/* Moves what is ready to the other shops; where one cannot be moved, all come back. */
static gboolean
move_in (int          root,
         const char  *ready,
         GPtrArray   *shops,
         GError     **error)
{
  pd_auto_fd int from = -1;
  pd_auto_fd int profiles = -1;
  guint n_moved = 0;

  if ((from = pd_disk_open_folder (root, ready, FALSE, error)) < 0 ||
      (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, TRUE, error)) < 0)
    return FALSE;
  for (; n_moved < shops->len; n_moved++) {
    const char *id = ((PdIncoming *) g_ptr_array_index (shops, n_moved))->id;

    if (!pd_disk_move (from, id, profiles, id, error))
      break;
  }
  if (n_moved == shops->len)
    return TRUE;
  while (n_moved-- > 0) {
    const char *id = ((PdIncoming *) g_ptr_array_index (shops, n_moved))->id;

    pd_disk_move (profiles, id, from, id, NULL);
  }
  return FALSE;
}

static gboolean
stage (int          root,
       const char  *name,
       GPtrArray   *shops,
       GError     **error)
{
  pd_auto_fd int staging = pd_disk_open_folder (root, name, TRUE, error);

  if (staging < 0)
    return FALSE;
  for (guint i = 0; i < shops->len; i++) {
    if (!write_shop (staging, g_ptr_array_index (shops, i), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * pd_incoming_add:
 * @dir: the data folder
 * @shops: (element-type PdIncoming): shops, no two with one id; one whose id is taken gets another
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: whether all are there; if not, none is. A process that is killed meanwhile leaves what
 *   pd_incoming_complete() turns into one or the other
 */
gboolean
pd_incoming_add (const char  *dir,
                 GPtrArray   *shops,
                 GError     **error)
{
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *staging = g_strconcat (PREFIX, unique, NULL);
  g_autofree char *ready = g_strconcat (staging, READY, NULL);
  pd_auto_fd int root = -1;
  gboolean added = FALSE;
  int lock;

  if ((root = pd_disk_open_root (dir, TRUE, error)) < 0 || (lock = pd_disk_lock (root, error)) < 0)
    return FALSE;
  /* With the lock held: another program may be taking in the same export. */
  for (guint i = 0; i < shops->len; i++) {
    while (pd_shelf_is_taken (dir, ((PdIncoming *) g_ptr_array_index (shops, i))->id))
      pd_incoming_renew_id (g_ptr_array_index (shops, i));
  }
  if (stage (root, staging, shops, error) && pd_disk_move (root, staging, root, ready, error)) {
    added = move_in (root, ready, shops, error);
    if (!added)
      pd_disk_move (root, ready, root, staging, NULL);
  }
  pd_disk_remove_tree (root, added ? ready : staging, NULL);
  pd_disk_unlock (lock);
  return added;
}

static void
complete_one (int         root,
              const char *ready)
{
  pd_auto_fd int from = -1;
  pd_auto_fd int profiles = -1;
  g_auto (GStrv) ids = NULL;

  if ((from = pd_disk_open_folder (root, ready, FALSE, NULL)) < 0 ||
      (profiles = pd_disk_open_folder (root, PD_SHELF_PROFILES, TRUE, NULL)) < 0 ||
      (ids = pd_disk_list (from, NULL)) == NULL)
    return;
  for (char **id = ids; *id != NULL; id++) {
    if (!g_uuid_string_is_valid (*id) || !pd_disk_move (from, *id, profiles, *id, NULL))
      return;
  }
  pd_disk_remove_tree (root, ready, NULL);
}

/**
 * pd_incoming_complete:
 * @dir: the data folder
 *
 * Completes what a killed process had decided to add, and deletes what it had not. What cannot be done now is left for
 * the next time.
 */
void
pd_incoming_complete (const char *dir)
{
  g_auto (GStrv) names = NULL;
  pd_auto_fd int root = pd_disk_open_root (dir, FALSE, NULL);
  int lock = -1;

  names = root >= 0 ? pd_disk_list (root, NULL) : NULL;
  for (char **name = names; name != NULL && *name != NULL; name++) {
    if (!g_str_has_prefix (*name, PREFIX))
      continue;
    /* Whoever is at it holds the lock; what is here then was left by somebody who is gone. */
    if (lock < 0 && (lock = pd_disk_lock (root, NULL)) < 0)
      return;
    if (g_str_has_suffix (*name, READY))
      complete_one (root, *name);
    else
      pd_disk_remove_tree (root, *name, NULL);
  }
  pd_disk_unlock (lock);
}
