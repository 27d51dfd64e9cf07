/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-problem.h"

G_DEFINE_BOXED_TYPE (PdProblem, pd_problem, pd_problem_copy, pd_problem_free)

/**
 * pd_problem_new:
 * @rule: the rule's id
 * @severity: how sure it is
 * @message: a translated sentence
 *
 * Returns: (transfer full): a new problem
 */
PdProblem *
pd_problem_new (const char *rule,
                PdSeverity  severity,
                const char *message)
{
  PdProblem *self = g_new0 (PdProblem, 1);

  self->rule = g_strdup (rule);
  self->severity = severity;
  self->message = g_strdup (message);
  return self;
}

PdProblem *
pd_problem_copy (const PdProblem *self)
{
  PdProblem *copy = pd_problem_new (self->rule, self->severity, self->message);

  copy->field = g_strdup (self->field);
  copy->value = g_strdup (self->value);
  return copy;
}

void
pd_problem_free (PdProblem *self)
{
  g_free (self->rule);
  g_free (self->message);
  g_free (self->field);
  g_free (self->value);
  g_free (self);
}
