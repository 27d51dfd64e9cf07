/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-document.h"
#include "pd-json.h"
#include "pd-profile-private.h"

/* Edits, their revisions, and the way back. */

guint64
pd_profile_recall_highest (PdProfile  *self,
                           const char *field_id)
{
  guint64 *highest = self->highest != NULL ? g_hash_table_lookup (self->highest, field_id) : NULL;
  guint64 mark = pd_document_get_mark (pd_profile_document (self), field_id);
  guint64 result = pd_document_get_revision (pd_profile_document (self), field_id);

  if (highest != NULL)
    result = MAX (result, *highest);
  return mark != G_MAXUINT64 ? MAX (result, mark) : result;
}

void
pd_profile_remember (GHashTable **table,
                     const char  *field_id,
                     guint64      revision)
{
  if (*table == NULL)
    *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (*table, g_strdup (field_id), g_memdup2 (&revision, sizeof revision));
}

gboolean
pd_profile_take_remembered (GHashTable *table,
                            const char *field_id,
                            guint64    *revision)
{
  guint64 *found = table != NULL ? g_hash_table_lookup (table, field_id) : NULL;

  if (found == NULL)
    return FALSE;
  *revision = *found;
  g_hash_table_remove (table, field_id);
  return TRUE;
}

void
pd_profile_give_revision (PdProfile  *self,
                          const char *field_id,
                          guint64     revision)
{
  pd_profile_remember (&self->highest, field_id, MAX (revision, pd_profile_recall_highest (self, field_id)));
  pd_document_set_revision (pd_profile_document (self), field_id, revision);
}

/* A mark and a tick say something of a value, and are none. */
static gboolean
is_value (const char *section)
{
  return !g_str_equal (section, PD_SECTION_MARKS) && !g_str_equal (section, PD_SECTION_GUIDE);
}

static void
record (PdProfile *self,
        PdChange  *change)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  g_autofree char *field_id = g_strdup (change->field);
  gboolean of_value = is_value (change->section);
  guint64 revision;

  /* Typed and taken back at once: nothing has changed, and a mark 'entered over there' is as good as before. */
  if (pd_undo_record (self->undo, change, g_get_monotonic_time (), &revision) && of_value)
    pd_document_set_revision (pd_profile_document (self), field_id, revision);
  pd_profile_notify_undo (self, done, undone);
}

/* Puts @after (transfer full, nullable) in the place of what stands there, as an edit of the person's. */
void
pd_profile_edit (PdProfile  *self,
                 const char *section,
                 const char *field_id,
                 JsonNode   *after)
{
  JsonNode *present = pd_document_peek (pd_profile_document (self), section, field_id);
  PdChange *change;

  if ((present == NULL && after == NULL) || (present != NULL && after != NULL && json_node_equal (present, after))) {
    g_clear_pointer (&after, json_node_unref);
    return;
  }
  pd_profile_touch (self);
  change = pd_change_new (section, field_id,
                          present != NULL ? pd_json_copy (present) : NULL,
                          after != NULL ? pd_json_copy (after) : NULL);
  change->revision_before = change->revision_after = pd_document_get_revision (pd_profile_document (self), field_id);
  if (is_value (section)) {
    change->revision_after = pd_profile_recall_highest (self, field_id) + 1;
    pd_profile_give_revision (self, field_id, change->revision_after);
  }
  pd_document_put (pd_profile_document (self), section, field_id, after);
  record (self, change);
  pd_profile_emit_changed (self, field_id);
}

/* Makes a change of the past again, in one of the two directions. */
static void
replay (PdProfile *self,
        PdChange  *change,
        gboolean   back)
{
  JsonNode *value = back ? change->before : change->after;
  guint64 revision = back ? change->revision_before : change->revision_after;

  pd_profile_touch (self);
  if (change->is_secret) {
    if (back)
      change->revision_after = pd_document_get_revision (pd_profile_document (self), change->field);
    pd_profile_remember (&self->noted_to, change->field, revision);
    pd_profile_emit_restore_secret (self, change->field, back ? change->secret_before : change->secret_after);
    return;
  }
  if (is_value (change->section))
    pd_profile_give_revision (self, change->field, revision);
  pd_document_put (pd_profile_document (self), change->section, change->field, value != NULL ? pd_json_copy (value) : NULL);
  pd_profile_emit_changed (self, change->field);
}

/**
 * pd_profile_begin_step:
 * @self: a profile
 *
 * All edits until the matching pd_profile_end_step() are one step of undo. May nest.
 */
void
pd_profile_begin_step (PdProfile *self)
{
  pd_undo_begin (self->undo);
}

void
pd_profile_end_step (PdProfile *self)
{
  pd_undo_end (self->undo);
}

gboolean
pd_profile_can_undo (PdProfile *self)
{
  return pd_undo_get_done (self->undo) > 0;
}

gboolean
pd_profile_can_redo (PdProfile *self)
{
  return pd_undo_get_undone (self->undo) > 0;
}

guint
pd_profile_get_undo_depth (PdProfile *self)
{
  return pd_undo_get_done (self->undo);
}

/**
 * pd_profile_undo:
 * @self: a profile
 *
 * Takes the last step back.
 *
 * Returns: (transfer none) (nullable): the id of the field that changed, the first where several did; %NULL where
 *   there was nothing to undo
 */
const char *
pd_profile_undo (PdProfile *self)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  g_autoptr (GPtrArray) changes = NULL;
  const char *field_id;

  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);

  changes = pd_undo_step_back (self->undo);
  if (changes == NULL)
    return NULL;
  g_ptr_array_ref (changes);
  field_id = g_intern_string (((PdChange *) changes->pdata[0])->field);
  for (guint i = changes->len; i-- > 0;)
    replay (self, g_ptr_array_index (changes, i), TRUE);
  pd_profile_notify_undo (self, done, undone);
  return field_id;
}

/**
 * pd_profile_redo:
 * @self: a profile
 *
 * Makes the step again that was last undone.
 *
 * Returns: (transfer none) (nullable): as pd_profile_undo()
 */
const char *
pd_profile_redo (PdProfile *self)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  g_autoptr (GPtrArray) changes = NULL;
  const char *field_id;

  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);

  changes = pd_undo_step_again (self->undo);
  if (changes == NULL)
    return NULL;
  g_ptr_array_ref (changes);
  field_id = g_intern_string (((PdChange *) changes->pdata[0])->field);
  for (guint i = 0; i < changes->len; i++)
    replay (self, g_ptr_array_index (changes, i), FALSE);
  pd_profile_notify_undo (self, done, undone);
  return field_id;
}

/* Forgets every step, and wipes the secrets in them: the person leaves the shop. */
void
pd_profile_forget_undo (PdProfile *self)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);

  pd_undo_clear (self->undo);
  g_clear_pointer (&self->noted_from, g_hash_table_unref);
  pd_profile_notify_undo (self, done, undone);
}

/**
 * pd_profile_push_secret_step:
 * @self: a profile
 * @field_id: a secret field's id
 * @before: (nullable): what the keyring held
 * @after: (nullable): what it holds now
 *
 * Makes the change of a secret undoable. A value in the keyring takes the place of the pre-set token's text.
 */
void
pd_profile_push_secret_step (PdProfile    *self,
                             const char   *field_id,
                             PdSecretText *before,
                             PdSecretText *after)
{
  PdChange *change;

  g_return_if_fail (PD_IS_PROFILE (self));

  change = pd_change_new_secret (field_id, before, after);
  change->revision_after = pd_document_get_revision (pd_profile_document (self), field_id);
  if (!pd_profile_take_remembered (self->noted_from, field_id, &change->revision_before))
    change->revision_before = change->revision_after;
  pd_undo_begin (self->undo);
  record (self, change);
  if (after != NULL)
    pd_profile_edit (self, PD_SECTION_VALUES, field_id, NULL);
  pd_undo_end (self->undo);
}
