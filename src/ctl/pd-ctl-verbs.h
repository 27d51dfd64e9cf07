/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-ctl-context.h"

G_BEGIN_DECLS

#define PD_CTL_ANY_NUMBER G_MAXUINT

/* One verb of the command line: a row of the table in pd-ctl-verbs.c. */
typedef struct {
  const char         *name;
  const char         *operands;     /* as in the contract */
  const char         *summary;      /* translatable */
  const char         *details;      /* translatable, or NULL */
  const GOptionEntry *options;      /* or NULL */
  guint               min_operands;
  guint               max_operands;
  gboolean            needs_store;  /* the context is open when it runs */
  void              (*more_help) (void);
  PdCtlStatus       (*run) (PdCtlContext *context, char **operands);
} PdCtlVerb;

extern const PdCtlVerb pd_ctl_check;
extern const PdCtlVerb pd_ctl_delete;
extern const PdCtlVerb pd_ctl_doctor;
extern const PdCtlVerb pd_ctl_duplicate;
extern const PdCtlVerb pd_ctl_explain;
extern const PdCtlVerb pd_ctl_export;
extern const PdCtlVerb pd_ctl_history;
extern const PdCtlVerb pd_ctl_import;
extern const PdCtlVerb pd_ctl_list;
extern const PdCtlVerb pd_ctl_logo;
extern const PdCtlVerb pd_ctl_new;
extern const PdCtlVerb pd_ctl_notification;
extern const PdCtlVerb pd_ctl_practice;
extern const PdCtlVerb pd_ctl_report;
extern const PdCtlVerb pd_ctl_set;
extern const PdCtlVerb pd_ctl_set_secret;
extern const PdCtlVerb pd_ctl_show;
extern const PdCtlVerb pd_ctl_signature;
extern const PdCtlVerb pd_ctl_unset;

const PdCtlVerb *const *pd_ctl_verbs_get_all (guint *n_verbs);
const PdCtlVerb *pd_ctl_verbs_find      (const char *name);
void             pd_ctl_verbs_show_help (void);
PdCtlStatus      pd_ctl_verb_run        (const PdCtlVerb *verb, char **arguments);

G_END_DECLS
