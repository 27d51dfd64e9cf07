/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-catalogue.h"
#include "pd-document.h"
#include "pd-json.h"
#include "pd-profile-private.h"

/* What is noted beside the values: that a secret was stored, that a value was entered over there, that a step was done. */

/**
 * pd_profile_get_secret_stored:
 * @self: a profile
 * @field_id: a secret field's id
 *
 * Returns: (transfer full) (nullable): when the secret was last put into the keyring; %NULL if it never was
 */
GDateTime *
pd_profile_get_secret_stored (PdProfile  *self,
                              const char *field_id)
{
  JsonNode *note = pd_document_peek (pd_profile_document (self), PD_SECTION_SECRETS, field_id);
  const char *stored = note != NULL && JSON_NODE_HOLDS_OBJECT (note)
                     ? pd_json_get_string (json_node_get_object (note), "stored") : NULL;

  return stored != NULL ? g_date_time_new_from_iso8601 (stored, NULL) : NULL;
}

/* A member of a section with its unknown members kept, as a copy to be changed. */
static JsonNode *
copy_entry (PdProfile  *self,
            const char *section,
            const char *field_id)
{
  g_autoptr (JsonObject) object = NULL;
  JsonNode *present = pd_document_peek (pd_profile_document (self), section, field_id);

  if (present != NULL && JSON_NODE_HOLDS_OBJECT (present))
    return pd_json_copy (present);
  object = json_object_new ();
  return json_node_init_object (json_node_alloc (), object);
}

static void
set_date (JsonNode   *entry,
          const char *member,
          GDateTime  *date)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (date);
  g_autofree char *text = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");

  json_object_set_string_member (json_node_get_object (entry), member, text);
}

/**
 * pd_profile_note_secret:
 * @self: a profile
 * @field_id: a secret field's id
 * @stored: (nullable): when it was put into the keyring; %NULL: it was deleted there
 *
 * Notes what the keyring now holds, so that 'lost' and 'never set' can be told apart. No undo step: see
 * pd_profile_push_secret_step(), which is to follow.
 */
void
pd_profile_note_secret (PdProfile  *self,
                        const char *field_id,
                        GDateTime  *stored)
{
  const PdField *field = pd_catalogue_lookup (field_id);
  JsonNode *entry = NULL;
  guint64 revision;

  g_return_if_fail (PD_IS_PROFILE (self));
  g_return_if_fail (field != NULL && field->kind == PD_FIELD_SECRET);

  if (stored == NULL && pd_document_peek (pd_profile_document (self), PD_SECTION_SECRETS, field_id) == NULL) {
    if (pd_profile_take_remembered (self->noted_to, field_id, &revision))
      pd_profile_give_revision (self, field_id, revision);
    return;
  }
  pd_profile_touch (self);
  if (stored != NULL) {
    entry = copy_entry (self, PD_SECTION_SECRETS, field_id);
    set_date (entry, "stored", stored);
  }
  pd_document_put (pd_profile_document (self), PD_SECTION_SECRETS, field_id, entry);
  if (!pd_profile_take_remembered (self->noted_to, field_id, &revision)) {
    pd_profile_remember (&self->noted_from, field_id, pd_document_get_revision (pd_profile_document (self), field_id));
    revision = pd_profile_recall_highest (self, field_id) + 1;
  }
  pd_profile_give_revision (self, field_id, revision);
  pd_profile_emit_changed (self, field_id);
}

/**
 * pd_profile_get_field_revision:
 * @self: a profile
 * @field_id: a field's id
 *
 * Returns: a number that differs for each value that the field has had
 */
guint64
pd_profile_get_field_revision (PdProfile  *self,
                               const char *field_id)
{
  return pd_document_get_revision (pd_profile_document (self), field_id);
}

/**
 * pd_profile_dup_revisions:
 * @self: a profile
 *
 * What is needed to tell later which settings have changed, and nothing of their values.
 *
 * Returns: (transfer full): an object: field id → pd_profile_get_field_revision(), where that is not 0
 */
JsonNode *
pd_profile_dup_revisions (PdProfile *self)
{
  JsonObject *document = pd_profile_document (self);
  JsonObject *revisions = pd_json_get_object (document, PD_SECTION_REVISIONS);
  g_autoptr (JsonObject) known = json_object_new ();
  JsonObjectIter iter;
  const char *field_id;

  json_object_iter_init (&iter, revisions);
  while (json_object_iter_next (&iter, &field_id, NULL)) {
    guint64 revision = pd_document_is_known (field_id) ? pd_document_get_revision (document, field_id) : 0;

    if (revision != 0)
      json_object_set_int_member (known, field_id, (gint64) revision);
  }
  return json_node_init_object (json_node_alloc (), known);
}

/**
 * pd_profile_get_mark:
 * @self: a profile
 * @field_id: a field's id
 * @when: (out) (optional) (nullable) (transfer full): when it was entered over there
 *
 * Returns: whether the field's value was entered on the other side, and is still the same
 */
PdMark
pd_profile_get_mark (PdProfile   *self,
                     const char  *field_id,
                     GDateTime  **when)
{
  guint64 revision = pd_document_get_mark (pd_profile_document (self), field_id);

  if (when != NULL)
    *when = NULL;
  if (revision == G_MAXUINT64)
    return PD_MARK_NONE;
  if (when != NULL) {
    JsonNode *mark = pd_document_peek (pd_profile_document (self), PD_SECTION_MARKS, field_id);
    const char *date = pd_json_get_string (json_node_get_object (mark), "date");

    *when = date != NULL ? g_date_time_new_from_iso8601 (date, NULL) : NULL;
  }
  return revision == pd_document_get_revision (pd_profile_document (self), field_id) ? PD_MARK_ENTERED : PD_MARK_STALE;
}

/**
 * pd_profile_set_mark:
 * @self: a profile
 * @field_id: a field's id
 * @entered: whether the present value has been entered over there
 *
 * Sets or takes away the mark; an edit of the person's, which can be undone.
 */
void
pd_profile_set_mark (PdProfile  *self,
                     const char *field_id,
                     gboolean    entered)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  JsonNode *mark = NULL;

  g_return_if_fail (PD_IS_PROFILE (self));
  g_return_if_fail (field_id != NULL);

  if (entered) {
    if (pd_profile_get_mark (self, field_id, NULL) == PD_MARK_ENTERED)
      return;
    mark = copy_entry (self, PD_SECTION_MARKS, field_id);
    set_date (mark, "date", now);
    json_object_set_int_member (json_node_get_object (mark), "revision",
                                (gint64) pd_document_get_revision (pd_profile_document (self), field_id));
  }
  pd_profile_edit (self, PD_SECTION_MARKS, field_id, mark);
}

/**
 * pd_profile_get_tick:
 * @self: a profile
 * @step_id: a step of the guide
 *
 * Returns: (transfer full) (nullable): when the operator ticked the step; %NULL where it is not ticked
 */
GDateTime *
pd_profile_get_tick (PdProfile  *self,
                     const char *step_id)
{
  JsonNode *tick = pd_document_peek (pd_profile_document (self), PD_SECTION_GUIDE, step_id);
  const char *date = tick != NULL && JSON_NODE_HOLDS_OBJECT (tick)
                   ? pd_json_get_string (json_node_get_object (tick), "date") : NULL;

  return date != NULL ? g_date_time_new_from_iso8601 (date, NULL) : NULL;
}

/**
 * pd_profile_set_tick:
 * @self: a profile
 * @step_id: a step of the guide, which is no field's id
 * @done: whether the step is done
 *
 * Ticks a step of the guide, or takes the tick away; an edit of the person's, which can be undone. "changed" is emitted
 * with the step's id.
 */
void
pd_profile_set_tick (PdProfile  *self,
                     const char *step_id,
                     gboolean    done)
{
  g_autoptr (GDateTime) before = pd_profile_get_tick (self, step_id);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  JsonNode *tick = NULL;

  g_return_if_fail (PD_IS_PROFILE (self));
  g_return_if_fail (pd_catalogue_lookup (step_id) == NULL);

  if (done && before != NULL)
    return;
  if (done) {
    tick = copy_entry (self, PD_SECTION_GUIDE, step_id);
    set_date (tick, "date", now);
  }
  pd_profile_edit (self, PD_SECTION_GUIDE, step_id, tick);
}
