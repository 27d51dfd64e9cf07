/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-error.h"
#include "pd-profile-private.h"
#include "pd-store-private.h"

/* Removing, and what is not gone yet. */

/**
 * pd_store_remove:
 * @self: a store
 * @profile: one of its profiles
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_NOT_FOUND
 *
 * Moves the profile's folder to the trash, with whatever was not saved yet. pd_store_restore() brings it back.
 *
 * Returns: whether it is gone from the list
 */
gboolean
pd_store_remove (PdStore    *self,
                 PdProfile  *profile,
                 GError    **error)
{
  g_autoptr (GError) local = NULL;
  PdStoreRecord *record;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  record = pd_store_get_record (self, profile);
  g_return_val_if_fail (record != NULL, FALSE);

  pd_store_wait (record);
  if (pd_profile_is_changed (profile) && !pd_store_write_now (record, &local))
    g_clear_error (&local); /* what the trash has is then the last that could be saved */
  if (!pd_shelf_remove (self->dir, pd_profile_get_id (profile), &local) &&
      !g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_hash_table_replace (self->removed, g_strdup (pd_profile_get_id (profile)), g_object_ref (profile));
  pd_store_take_out (self, record);
  return TRUE;
}

/**
 * pd_store_restore:
 * @self: a store
 * @profile_id: the id of a profile in the trash
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_NOT_FOUND
 *
 * Brings a removed profile back; within the process that removed it, with its undo steps.
 *
 * Returns: whether it is in the list again
 */
gboolean
pd_store_restore (PdStore     *self,
                  const char  *profile_id,
                  GError     **error)
{
  g_autoptr (PdShelfEntry) entry = NULL;
  PdProfile *profile;
  PdStoreRecord *record;

  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  if (!pd_shelf_restore (self->dir, profile_id, error))
    return FALSE;
  entry = pd_shelf_read (self->dir, profile_id, error);
  if (entry == NULL)
    return FALSE;
  profile = g_hash_table_lookup (self->removed, profile_id);
  if (profile == NULL) {
    pd_store_insert (self, pd_shelf_entry_get_profile (entry), &entry->stamp);
    return TRUE;
  }
  record = pd_store_insert (self, profile, &entry->stamp);
  g_hash_table_remove (self->removed, profile_id);
  if (pd_profile_is_changed (record->profile))
    pd_store_schedule (record);
  return TRUE;
}

/**
 * pd_store_purge:
 * @self: a store
 * @profile_id: the id of a profile in the trash
 * @error: %PD_ERROR_STORAGE
 *
 * Deletes it for good, after its secrets have been deleted.
 *
 * Returns: whether nothing of it is left
 */
gboolean
pd_store_purge (PdStore     *self,
                const char  *profile_id,
                GError     **error)
{
  g_return_val_if_fail (PD_IS_STORE (self), FALSE);

  g_hash_table_remove (self->removed, profile_id);
  return pd_shelf_purge (self->dir, profile_id, error);
}

/* Returns: (transfer full): the ids of the profiles in the trash, also those that another process put there */
char **
pd_store_list_trash (PdStore *self)
{
  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  return pd_shelf_list_trash (self->dir);
}
