/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "pd-field.h"
#include "pd-secret-text.h"

G_BEGIN_DECLS

/* Whether a value has been entered on the other side since it last changed. */
typedef enum {
  PD_MARK_NONE,
  PD_MARK_ENTERED,
  PD_MARK_STALE,
} PdMark;

#define PD_TYPE_PROFILE (pd_profile_get_type ())

G_DECLARE_FINAL_TYPE (PdProfile, pd_profile, PD, PROFILE, GObject)

/* Properties: id, name, mode, generation, environment, revision (guint64), can-undo, can-redo.
 * Signal "changed" (detail: field id, argument: field id): a value, a mark or a secret's note changed; or a tick (step id). */

PdProfile          *pd_profile_new                (const char *name);
PdProfile          *pd_profile_new_from_json      (JsonNode *node, GError **error);
PdProfile          *pd_profile_glance             (PdProfile *self);
JsonNode           *pd_profile_to_json            (PdProfile *self);

const char         *pd_profile_get_id             (PdProfile *self);
const char         *pd_profile_get_name           (PdProfile *self);
PdMode              pd_profile_get_mode           (PdProfile *self);
PdGeneration        pd_profile_get_generation     (PdProfile *self);
PdEnvironment       pd_profile_get_environment    (PdProfile *self);
guint64             pd_profile_get_revision       (PdProfile *self);
gboolean            pd_profile_field_applies      (PdProfile *self, const PdField *field);

/* Values. `name`, `mode`, `generation` and `environment` count as fields. Never NULL: "" and an empty list where nothing
 * is set. A list reads as text one value a line, and a text as a list of one. Valid until the field changes.
 * A secret field takes and gives no value but PD_PRESET_TOKEN. */
const char         *pd_profile_get_text           (PdProfile *self, const char *field_id);
const char *const  *pd_profile_get_list           (PdProfile *self, const char *field_id);
const char         *pd_profile_get_search_text    (PdProfile *self);
gboolean            pd_profile_is_empty           (PdProfile *self, const char *field_id);
gboolean            pd_profile_set_text           (PdProfile *self, const char *field_id, const char *value, GError **error);
gboolean            pd_profile_set_list           (PdProfile *self, const char *field_id, const char *const *values, GError **error);
const char         *pd_profile_get_for_environment (PdProfile *self, const char *field_id, PdEnvironment environment);

/* What is known of a secret without asking the keyring: that and when it was stored (transfer full, nullable). */
GDateTime          *pd_profile_get_secret_stored  (PdProfile *self, const char *field_id);
void                pd_profile_note_secret        (PdProfile *self, const char *field_id, GDateTime *stored);

/* 'Entered over there': a date and the field's revision, never the value. */
guint64             pd_profile_get_field_revision (PdProfile *self, const char *field_id);
JsonNode           *pd_profile_dup_revisions      (PdProfile *self);
PdMark              pd_profile_get_mark           (PdProfile *self, const char *field_id, GDateTime **when);
void                pd_profile_set_mark           (PdProfile *self, const char *field_id, gboolean entered);

/* The guide's steps that the operator ticked, by step id. "changed" is emitted with the step's id. */
GDateTime          *pd_profile_get_tick           (PdProfile *self, const char *step_id);
void                pd_profile_set_tick           (PdProfile *self, const char *step_id, gboolean done);

/* Undo across the whole profile. Edits of one field that follow each other closely are one step. */
void                pd_profile_begin_step         (PdProfile *self);
void                pd_profile_end_step           (PdProfile *self);
gboolean            pd_profile_can_undo           (PdProfile *self);
gboolean            pd_profile_can_redo           (PdProfile *self);
const char         *pd_profile_undo               (PdProfile *self);
const char         *pd_profile_redo               (PdProfile *self);
void                pd_profile_forget_undo        (PdProfile *self);

/* A secret's step in the undo stack keeps old and new value in the wiped heap until the shop is left.
 * Undoing it emits "restore-secret" (field id, PdSecretText or NULL), which PdDesk answers. Call it after
 * pd_profile_note_secret() of the same change; never while answering "restore-secret". */
void                pd_profile_push_secret_step   (PdProfile *self, const char *field_id,
                                                   PdSecretText *before, PdSecretText *after);

/* Judged offline, from catalogue and shapes. A secret is judged by what `secret` says (NULL: not fetched).
 * (transfer full) (element-type PdProblem). */
GPtrArray          *pd_profile_judge_value        (PdProfile *self, const PdField *field, const char *value);
GPtrArray          *pd_profile_judge_field        (PdProfile *self, const PdField *field, const char *secret);

/* How an address goes with the shop's other ones: problems of the rules "url-local", "url-twin" and "url-site". */
GPtrArray          *pd_profile_judge_urls         (PdProfile *self, const PdField *field, PdEnvironment environment);

/* What this mode and generation need and is not there: problems of the rule "missing", whose `field` is the field missing.
 * `stored`: ids of the secrets that the keyring holds, or NULL to go by the profile's own notes. */
GPtrArray          *pd_profile_judge_complete     (PdProfile *self, GHashTable *stored);

G_END_DECLS
