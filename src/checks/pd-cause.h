/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

/* Who shows the symptom. */
typedef enum {
  PD_CAUSE_SELLER_CENTRAL,
  PD_CAUSE_SHOP_ADMIN,
  PD_CAUSE_SHOP_FRONT, /* to shoppers */
  PD_CAUSE_CALL,       /* the answer to a call */
  PD_CAUSE_COMPUTER,   /* this one */
} PdCauseWhere;

typedef enum {
  PD_SIGN_PHRASE,  /* a sentence as it is shown; also found shortened or slightly mistyped */
  PD_SIGN_PATTERN, /* regular expression over the text as pd_explain() folds it */
  PD_SIGN_CODE,    /* reasonCode, MWS code, OAuth error, …; as a word of any text */
  PD_SIGN_MEMBER,  /* a code so common a word that only a member of JSON or XML counts */
  PD_SIGN_STATUS,  /* HTTP status */
} PdSignKind;

/**
 * PdSign:
 * @kind: how to look
 * @text: what to look for; %NULL ends a list
 * @also: (nullable): regular expression that the text must match too
 * @status: for %PD_SIGN_STATUS
 * @is_weak: it may well mean something else
 * @is_strong: it says more than any phrase in the same text
 * @fields: what this sign points to, in place of the cause's own fields
 */
typedef struct {
  PdSignKind  kind;
  const char *text;
  const char *also;
  guint       status;
  gboolean    is_weak;
  gboolean    is_strong;
  const char *fields[3];
} PdSign;

/**
 * PdCause:
 * @id: "F01" … "F76"; final
 * @where: who shows it
 * @source: the manual's numbers, a page or a report that it rests on
 * @modes: the modes in which it can occur
 * @generations: the generations in which it can occur
 * @is_likely: it rests on reports or inference, and is no certainty
 * @is_outage: the fault is Amazon's
 * @waiting_helps: whether it passes by itself
 * @title: translatable, no sentence
 * @meaning: translatable sentences
 * @next_step: translatable sentences
 * @fields: ids to look at, most likely first
 * @places: lists of places for the menu path, the first to go to first
 * @checks: ids of the checks that can decide
 * @errors: for causes on this computer: bits `1 << PD_ERROR_…` of the errors that name it
 * @signs: how it is recognised
 * @samples: texts that must lead to it first
 *
 * One failure cause. Everything that is known of it stands in this row: a new cause is a new row.
 */
typedef struct {
  const char        *id;
  PdCauseWhere       where;
  const char        *source;
  guint              modes;
  guint              generations;
  gboolean           is_likely;
  gboolean           is_outage;
  gboolean           waiting_helps;
  const char        *title;
  const char        *meaning;
  const char        *next_step;
  const char        *fields[7];
  const PdPlace     *places[5];
  const char        *checks[6];
  guint              errors;
  const PdSign      *signs;
  const char *const *samples;
} PdCause;

const PdCause *const *pd_cause_get_all         (guint *n_causes);
const PdCause        *pd_cause_lookup          (const char *id);
const char           *pd_cause_get_title       (const PdCause *cause);
const char           *pd_cause_get_meaning     (const PdCause *cause);
const char           *pd_cause_get_next_step   (const PdCause *cause);
const char           *pd_cause_get_where_label (const PdCause *cause);
const char           *pd_cause_get_example     (const PdCause *cause);

G_END_DECLS
