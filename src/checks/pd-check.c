/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"

/**
 * pd_check_get_all:
 * @n_checks: (out) (optional): how many there are
 *
 * Returns: (transfer none) (array length=n_checks): every check, in the order of the findings
 */
const PdCheck *const *
pd_check_get_all (guint *n_checks)
{
  guint                 n;
  const PdCheck *const *checks = pd_check_table (&n);

  if (n_checks != NULL)
    *n_checks = n;
  return checks;
}

/**
 * pd_check_lookup:
 * @id: a check's id
 *
 * Returns: (transfer none) (nullable): its row
 */
const PdCheck *
pd_check_lookup (const char *id)
{
  guint                 n;
  const PdCheck *const *checks = pd_check_table (&n);

  for (guint i = 0; i < n; i++) {
    if (g_strcmp0 (checks[i]->id, id) == 0)
      return checks[i];
  }
  return NULL;
}

const char *
pd_check_get_id (const PdCheck *check)
{
  return check->id;
}

const char *
pd_check_get_label (const PdCheck *check)
{
  return _(check->label);
}

const char *
pd_check_get_question (const PdCheck *check)
{
  return _(check->question);
}

/**
 * pd_check_is_live:
 * @check: a check
 *
 * Returns: whether it goes out to a server
 */
gboolean
pd_check_is_live (const PdCheck *check)
{
  return check->start != NULL && !check->is_local;
}

/**
 * pd_check_suits:
 * @check: a check
 * @profile: a shop
 *
 * Returns: whether it makes sense for that shop in the environment that it is tested in
 */
gboolean
pd_check_suits (const PdCheck *check,
                PdProfile     *profile)
{
  return (check->environments & pd_profile_get_environment (profile)) != 0 &&
         (check->generations & pd_profile_get_generation (profile)) != 0;
}

/**
 * pd_check_applies:
 * @check: a check
 * @context: a run
 *
 * Returns: whether it makes sense for that shop in that environment
 */
gboolean
pd_check_applies (const PdCheck  *check,
                  PdCheckContext *context)
{
  return (check->environments & context->environment) != 0 &&
         (check->generations & pd_profile_get_generation (context->profile)) != 0;
}

/**
 * pd_check_return_finding:
 * @task: (transfer full): of a live check
 * @finding: (transfer full): what it found
 */
void
pd_check_return_finding (GTask     *task,
                         PdFinding *finding)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (findings, finding);
  g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}
