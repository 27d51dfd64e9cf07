/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  PD_SEVERITY_HINT,
  PD_SEVERITY_WARNING, /* looks wrong; only Amazon knows */
  PD_SEVERITY_ERROR,   /* certainly wrong */
} PdSeverity;

#define PD_TYPE_PROBLEM (pd_problem_get_type ())

/**
 * PdProblem:
 * @rule: the rule's final id ("shape", "mixup", "missing", …)
 * @severity: how sure it is
 * @message: a translated sentence for the operator; never holds a secret's value
 * @field: (nullable): the id of another field that it is about: for the rule "mixup" the one that the value looks like, for
 *   "missing" the missing one, for "url-twin" and "url-site" the list that lacks something
 * @value: (nullable): of a field of many values, the one that is wrong; never a secret
 *
 * What is wrong with one value, judged offline.
 */
typedef struct {
  char       *rule;
  PdSeverity  severity;
  char       *message;
  char       *field;
  char       *value;
} PdProblem;

GType      pd_problem_get_type (void);
PdProblem *pd_problem_new      (const char *rule, PdSeverity severity, const char *message);
PdProblem *pd_problem_copy     (const PdProblem *self);
void       pd_problem_free     (PdProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdProblem, pd_problem_free)

G_END_DECLS
