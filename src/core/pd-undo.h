/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

/**
 * PdChange:
 * @section: the member of the document that holds @field, or "" for the document itself
 * @field: the field's id
 * @before: (nullable): what stood there
 * @after: (nullable): what stands there now
 * @revision_before: the field's revision with @before
 * @revision_after: the field's revision with @after
 * @is_secret: whether the keyring's value changed, from @secret_before to @secret_after, and no member
 *
 * One member of a profile's document, or one secret, that was changed.
 */
typedef struct {
  const char   *section;
  char         *field;
  JsonNode     *before;
  JsonNode     *after;
  guint64       revision_before;
  guint64       revision_after;
  gboolean      is_secret;
  PdSecretText *secret_before;
  PdSecretText *secret_after;
} PdChange;

PdChange  *pd_change_new       (const char *section, const char *field, JsonNode *before, JsonNode *after);
PdChange  *pd_change_new_secret (const char *field, PdSecretText *before, PdSecretText *after);
void       pd_change_free      (PdChange *self);

/* PdUndo: steps of changes that can be undone and redone, the newest last. */
typedef struct _PdUndo PdUndo;

PdUndo    *pd_undo_new         (void);
void       pd_undo_free        (PdUndo *self);
gboolean   pd_undo_record      (PdUndo *self, PdChange *change, gint64 now, guint64 *revision);
void       pd_undo_begin       (PdUndo *self);
void       pd_undo_end         (PdUndo *self);
GPtrArray *pd_undo_step_back   (PdUndo *self);
GPtrArray *pd_undo_step_again  (PdUndo *self);
guint      pd_undo_get_done    (PdUndo *self);
guint      pd_undo_get_undone  (PdUndo *self);
void       pd_undo_forget      (PdUndo *self, const char *section, const char *field);
void       pd_undo_clear       (PdUndo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdChange, pd_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdUndo, pd_undo_free)

G_END_DECLS
