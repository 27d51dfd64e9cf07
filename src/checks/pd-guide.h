/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-finding.h"
#include "pd-profile.h"

G_BEGIN_DECLS

/* The guide's parts, in the order in which they are worked through. */
typedef enum {
  PD_GUIDE_BEGIN,
  PD_GUIDE_IDS,            /* the manual's procedure A */
  PD_GUIDE_TOKEN,          /* B */
  PD_GUIDE_SELLER_CENTRAL, /* C */
  PD_GUIDE_NOTIFICATIONS,  /* D */
  PD_GUIDE_CHECKS,         /* the checks after setting */
  PD_GUIDE_NEXT,
} PdGuidePart;

#define PD_N_GUIDE_PARTS (PD_GUIDE_NEXT + 1)

/* How it can be seen that a step is done. */
typedef enum {
  PD_GUIDE_BY_HAND, /* only the operator can say */
  PD_GUIDE_FILLED,  /* its fields have values of the right form */
  PD_GUIDE_ENTERED, /* its fields are marked as entered over there, and have not changed since */
  PD_GUIDE_PASSED,  /* the last run of the checks left nothing failed or undetermined, and no setting has changed since */
  PD_GUIDE_LEFT,    /* once it is done the shop is of another kind, which has no such step */
} PdGuideSight;

typedef enum {
  PD_GUIDE_OPEN,
  PD_GUIDE_STALE,      /* was done, and a value has changed since */
  PD_GUIDE_NOT_NEEDED, /* a pre-set token needs no procedure */
  PD_GUIDE_TICKED,     /* the operator says so */
  PD_GUIDE_SEEN,       /* Paydesk sees it by itself */
} PdGuideState;

/**
 * PdGuideRun:
 * @verdict: what the last run of the checks said of the shop
 * @is_current: whether no setting has changed since
 */
typedef struct {
  PdVerdict verdict;
  gboolean  is_current;
} PdGuideRun;

/**
 * PdGuideValue:
 * @label: (nullable): translatable; %NULL ends a list
 * @value: what to copy, or the address to open; never translated
 */
typedef struct {
  const char *label;
  const char *value;
} PdGuideValue;

/**
 * PdGuideStep:
 * @id: final, kept in profiles; no field's id
 * @source: the facts of the manual that the step states, such as "S058–S060, S066"
 * @there: (nullable): where the step is done
 * @found: (nullable): where its values are found
 * @entered: (nullable): where its values go
 * @more: (nullable): what can be read on it
 * @leads_to: ids of the steps that this one only opens the way to: when they are seen to be done, so is this one
 * @fields: ids of the fields to fill or to carry over, %NULL-terminated
 * @without_preset: not needed where Amazon has pre-set the token (S054)
 * @constants: values to copy, ending with an empty one
 * @pages: pages to open, ending with an empty one
 * @action: (nullable): a verb of the window that does the step
 *
 * One step of the manual's procedures, for the modes and generations that have it.
 */
typedef struct {
  const char    *id;
  PdGuidePart    part;
  guint          modes;
  guint          generations;
  const char    *title;       /* translatable */
  const char    *text;        /* translatable */
  const char    *source;
  const PdPlace *there;
  const PdPlace *found;
  const PdPlace *entered;
  const PdPlace *more;
  const char    *leads_to[6];
  const char    *fields[7];
  PdGuideSight   sight;
  gboolean       optional;
  gboolean       without_preset;
  PdGuideValue   constants[3];
  PdGuideValue   pages[3];
  const char    *action;
  const char    *action_label; /* translatable */
} PdGuideStep;

const PdGuideStep *pd_guide_get_steps       (guint *n_steps);
const PdGuideStep *pd_guide_lookup          (const char *step_id);
GPtrArray         *pd_guide_list_steps      (PdMode mode, PdGeneration generation);
const char        *pd_guide_part_get_label  (PdGuidePart part);

GPtrArray         *pd_guide_step_get_fields (const PdGuideStep *step, PdProfile *profile);
PdGuideState       pd_guide_step_judge      (const PdGuideStep *step, PdProfile *profile, const PdGuideRun *last);
gboolean           pd_guide_step_is_said    (const PdGuideStep *step);
gboolean           pd_guide_state_is_done   (PdGuideState state);
const char        *pd_guide_state_get_label (PdGuideState state);
void               pd_guide_step_set_done   (const PdGuideStep *step, PdProfile *profile, gboolean done);
GPtrArray         *pd_guide_list_places     (const PdPlace *places, PdMode mode, PdGeneration generation);

G_END_DECLS
