/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-profile.h"
#include "pd-skim.h"
#include "pd-undo.h"

G_BEGIN_DECLS

/* The JSON document is the model: values are read from it and changed in it, and what is unknown here simply stays. */
struct _PdProfile
{
  GObject        parent_instance;
  JsonObject    *document;   /* NULL until asked for, where content is set: pd_profile_document() */
  GBytes        *content;    /* of the file */
  char          *name;       /* while there is content */
  JsonNode      *base;       /* what the disk holds, if that is not the document */
  gboolean       on_disk;
  PdUndo        *undo;
  char          *id;
  PdMode         mode;
  PdGeneration   generation;
  PdEnvironment  environment;
  GHashTable    *lists;      /* field id → char **; made when asked for */
  GHashTable    *texts;      /* field id → a list's lines as one text; made when asked for */
  char          *search;     /* what a search looks at; made when asked for */
  GHashTable    *highest;    /* field id → highest revision ever seen here, so that none is given twice */
  GHashTable    *noted_from; /* secret's field id → its revision before the last note */
  GHashTable    *noted_to;   /* secret's field id → the revision that the note after an undo restores */
};

/* Among the files of the profile itself. */
JsonObject *pd_profile_thaw           (PdProfile *self);
void       pd_profile_touch           (PdProfile *self);
void       pd_profile_edit            (PdProfile *self, const char *section, const char *field_id, JsonNode *after);
guint64    pd_profile_recall_highest  (PdProfile *self, const char *field_id);
void       pd_profile_give_revision   (PdProfile *self, const char *field_id, guint64 revision);
void       pd_profile_remember        (GHashTable **table, const char *field_id, guint64 revision);
gboolean   pd_profile_take_remembered (GHashTable *table, const char *field_id, guint64 *revision);
void       pd_profile_notify_undo     (PdProfile *self, guint done, guint undone);
void       pd_profile_emit_changed    (PdProfile *self, const char *field_id);
void       pd_profile_emit_restore_secret (PdProfile *self, const char *field_id, PdSecretText *value);

static inline JsonObject *
pd_profile_document (PdProfile *self)
{
  return self->content == NULL ? self->document : pd_profile_thaw (self);
}

/* For the store: what the disk holds, as far as this process knows. */
PdProfile *pd_profile_new_saved       (JsonNode *document);
PdProfile *pd_profile_new_skimmed     (const char *id, GBytes *content, const PdSkim *skim);
JsonNode  *pd_profile_dup_base        (PdProfile *self);
void       pd_profile_set_base        (PdProfile *self, JsonNode *base);
char      *pd_profile_make_sort_key   (const char *name);
gboolean   pd_profile_is_changed      (PdProfile *self);
void       pd_profile_absorb          (PdProfile *self, JsonNode *document);

PdProfile *pd_profile_new_copy        (PdProfile *self, const char *name);
guint      pd_profile_get_undo_depth  (PdProfile *self);

G_END_DECLS
