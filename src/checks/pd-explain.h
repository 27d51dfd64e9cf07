/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-cause.h"
#include "pd-explain-text.h"
#include "pd-finding.h"
#include "pd-profile.h"

G_BEGIN_DECLS

#define PD_EXPLAIN_MAX_CAUSES 5

/**
 * PdExplanation:
 * @cause: the cause
 * @confidence: how sure it is that the text means it; certain or likely
 * @score: the higher the better
 * @is_used: whether the shop's mode and generation know this cause at all
 * @fields: (array zero-terminated=1): ids to look at in this shop, most likely first
 * @places: (element-type PdPlace): where to go in this shop's mode, in order
 */
typedef struct {
  const PdCause *cause;
  PdConfidence   confidence;
  guint          score;
  gboolean       is_used;
  GPtrArray     *fields;
  GPtrArray     *places;
} PdExplanation;

/* Best first; empty where nothing is recognised. (transfer full) (element-type PdExplanation) */
GPtrArray         *pd_explain                       (const char *text, gssize length, PdProfile *profile);
PdExplanation     *pd_explanation_new               (const PdCause *cause, PdProfile *profile);
void               pd_explanation_free              (PdExplanation *self);
const char *const *pd_explanation_get_fields        (PdExplanation *self);
char              *pd_explanation_dup_meaning       (PdExplanation *self);
char             **pd_explanation_dup_where         (PdExplanation *self);
const char        *pd_explain_get_unknown           (void);
const char *const *pd_explain_get_wanted            (guint *n_wanted);

/* The same off the main loop. */
void               pd_explain_async                 (GBytes *text, PdProfile *profile, GCancellable *cancellable,
                                                     GAsyncReadyCallback callback, gpointer user_data);
GPtrArray         *pd_explain_finish                (GAsyncResult *result, GError **error);

/* What findings and errors stand for. */
const PdCause     *pd_explain_find_error            (const GError *error);
void               pd_explain_blame_error           (PdFinding *finding, const GError *error);
const PdCause     *pd_explain_find_finding          (PdFinding *finding);
char              *pd_explain_dup_finding           (PdFinding *finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdExplanation, pd_explanation_free)

G_END_DECLS
