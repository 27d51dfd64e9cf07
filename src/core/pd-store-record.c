/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-profile-private.h"
#include "pd-store-private.h"

/* What the store knows of each profile, which is little until it is opened. */

static void
on_changed (PdProfile     *profile,
            const char    *field_id,
            PdStoreRecord *record)
{
  if (g_str_equal (field_id, "name"))
    pd_store_sort_again (record);
  pd_store_schedule (record);
}

static void
on_restore_secret (PdProfile     *profile,
                   const char    *field_id,
                   PdSecretText  *value,
                   PdStoreRecord *record)
{
  g_signal_emit (record->store, pd_store_signals[PD_STORE_RESTORE_SECRET], 0, profile, field_id, value);
}

/* From now on edits of the profile are seen and saved. */
void
pd_store_record_open (PdStoreRecord *record,
                      PdProfile     *profile)
{
  PdStoreSaving *saving = g_new0 (PdStoreSaving, 1);

  record->profile = g_object_ref (profile);
  record->saving = saving;
  saving->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  saving->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  saving->changed = g_signal_connect (profile, "changed", G_CALLBACK (on_changed), record);
  saving->restoring = g_signal_connect (profile, "restore-secret", G_CALLBACK (on_restore_secret), record);
}

/**
 * pd_store_open_record:
 * @record: what the store knows of a profile
 *
 * Of thousands of profiles few are ever asked for: the others stay what was read of their files.
 *
 * Returns: (transfer none): the profile
 */
PdProfile *
pd_store_open_record (PdStoreRecord *record)
{
  if (record->profile == NULL) {
    g_autoptr (GBytes) content = pd_pack_get (record->pack, record->packed);
    const char *name = pd_pack_get_name (record->pack, record->packed);
    const PdSkim skim = { name, strlen (name), record->mode, record->generation, record->environment };
    g_autoptr (PdProfile) profile = pd_profile_new_skimmed (record->id, content, &skim);

    pd_store_record_open (record, profile);
    g_clear_pointer (&record->pack, pd_pack_unref);
  }
  return record->profile;
}

/* What the file is now, as far as this process knows; a scan that has begun already knows less. */
void
pd_store_set_stamp (PdStoreRecord *record,
                    const PdStamp *stamp)
{
  g_mutex_lock (&record->store->lock);
  record->stamp = *stamp;
  record->stamped = record->store->n_scans;
  g_mutex_unlock (&record->store->lock);
}

/* @stamp: (nullable): of its file, where it has one. Returns: (transfer full): of a profile that is not in the list yet */
PdStoreRecord *
pd_store_record_new (PdStore       *self,
                     const char    *id,
                     const PdStamp *stamp)
{
  static const PdStamp none = { 0 };
  PdStoreRecord *record = g_new0 (PdStoreRecord, 1);

  record->store = self;
  memcpy (record->id, id, sizeof record->id);
  pd_store_set_stamp (record, stamp != NULL ? stamp : &none);
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->by_id, record->id, record);
  g_mutex_unlock (&self->lock);
  return record;
}

/* Returns: (transfer full): of what pd_shelf_scan() found sound */
PdStoreRecord *
pd_store_record_new_read (PdStore      *self,
                          PdShelfEntry *entry)
{
  PdStoreRecord *record = pd_store_record_new (self, entry->id, &entry->stamp);

  if (entry->pack == NULL) {
    pd_store_record_open (record, pd_shelf_entry_get_profile (entry));
    return record;
  }
  record->pack = g_steal_pointer (&entry->pack);
  record->packed = entry->packed;
  record->mode = (guint8) entry->skim.mode;
  record->generation = (guint8) entry->skim.generation;
  record->environment = (guint8) entry->skim.environment;
  return record;
}

PdStoreRecord *
pd_store_record_new_opened (PdStore       *self,
                            PdProfile     *profile,
                            const PdStamp *stamp)
{
  PdStoreRecord *record = pd_store_record_new (self, pd_profile_get_id (profile), stamp);

  pd_store_record_open (record, profile);
  return record;
}

static void
record_close (PdStoreRecord *record)
{
  PdStoreSaving *saving = record->saving;

  g_clear_signal_handler (&saving->changed, record->profile);
  g_clear_signal_handler (&saving->restoring, record->profile);
  g_clear_handle_id (&saving->timer, g_source_remove);
  g_ptr_array_unref (saving->waiting);
  g_hash_table_unref (saving->held);
  g_clear_pointer (&record->saving, g_free);
  g_clear_object (&record->profile);
}

/* Forgets a profile; it is out of the list. */
void
pd_store_record_free (PdStoreRecord *record)
{
  g_mutex_lock (&record->store->lock);
  g_hash_table_remove (record->store->by_id, record->id);
  g_mutex_unlock (&record->store->lock);
  if (record->profile != NULL)
    record_close (record);
  g_clear_pointer (&record->pack, pd_pack_unref);
  g_free (record);
}

/* Whether a profile that may never have been opened has unsaved edits. */
gboolean
pd_store_is_changed (PdStoreRecord *record)
{
  return record->profile != NULL && pd_profile_is_changed (record->profile);
}

/* Returns: (transfer none): without opening it */
const char *
pd_store_get_name (PdStoreRecord *record)
{
  return record->profile != NULL ? pd_profile_get_name (record->profile) : pd_pack_get_name (record->pack, record->packed);
}
