/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-check-context.h"

G_BEGIN_DECLS

/**
 * PdRemedy:
 * @cause: the id of the failure cause that `paydeskctl explain` gives
 * @check: the check that gets the answer; %NULL: any
 * @status: the lowest HTTP status of the answer
 * @last_status: the highest; 0: @status only
 * @reason: the code (API v2's reasonCode); %NULL: whatever it is, or none
 * @mentions: regular expression that the message must match; %NULL: any message
 * @silent: whether the answer judges nothing: asking for more would be in vain
 * @verdict: what it means
 * @fields: plain ids to mend, most likely first
 * @confidence: how sure that is
 * @summary: translatable sentence
 * @next_step: translatable sentence, or %NULL
 *
 * What an answer of a service means.
 */
typedef struct {
  const char   *cause;
  const char   *check;
  guint         status;
  guint         last_status;
  const char   *reason;
  const char   *mentions;
  gboolean      silent;
  PdVerdict     verdict;
  const char   *fields[4];
  PdConfidence  confidence;
  const char   *summary;
  const char   *next_step;
} PdRemedy;

const PdRemedy *pd_remedy_get_all         (guint *n_remedies);
const PdRemedy *pd_remedy_find            (const char *check, guint status, const char *reason, const char *message);
/* The same for the table of another service. */
const PdRemedy *pd_remedy_search          (const PdRemedy *table, guint n_rows, const char *check, guint status,
                                           const char *reason, const char *message);
PdFinding      *pd_remedy_to_finding      (const PdRemedy *remedy, PdCheckContext *context, const char *check);
PdFinding      *pd_remedy_undetermined    (const char *check, const char *summary, const char *next_step);

PdFinding      *pd_remedy_apply           (PdCheckContext *context, const char *check, PdResponse *response, gboolean *silent);
PdFinding      *pd_remedy_explain_error   (PdCheckContext *context, const char *check, PdRequest *request,
                                           const GError *error);
PdFinding      *pd_remedy_cancelled       (const char *check);

G_END_DECLS
