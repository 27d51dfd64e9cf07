/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-error.h"
#include "pd-explain.h"

/* What a check finds out by itself, without an answer that names its cause. The first row that fits counts. */
static const struct {
  const char *check;
  const char *field; /* NULL: any */
  const char *cause;
} rows[] = {
  { "shape", NULL, "F01" },
  { "mixup", NULL, "F01" },
  { "completeness", "mws-auth-token", "F07" },
  { "completeness", "description", "F12" },
  { "key-pair", NULL, "F75" },
  { "key-environment", NULL, "F21" },
  { "url-rules", NULL, "F63" },
  { "two-sided", "return-urls", "F40" },
  { "two-sided", "javascript-origins", "F42" },
  { "two-sided", "notification-url", "F60" },
  { "return-url", NULL, "F40" },
  { "notification-reach", NULL, "F61" },
  { "clock", NULL, "F20" },
  { "logo", NULL, "F11" },
  { "upgrade", NULL, "F09" },
};

/* Whether the text itself leads to it, and how far in front. */
static gboolean
is_recognised (GPtrArray     *found,
               const PdCause *cause,
               guint         *rank)
{
  for (guint i = 0; i < found->len; i++) {
    if (((PdExplanation *) g_ptr_array_index (found, i))->cause == cause) {
      *rank = i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * pd_explain_find_error:
 * @error: (nullable): an error of Paydesk's
 *
 * Returns: (nullable): the cause on this computer that it stands for. Where its code is that of several, its message decides.
 */
const PdCause *
pd_explain_find_error (const GError *error)
{
  g_autoptr (GPtrArray) found = NULL;
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);
  const PdCause        *best = NULL;
  guint                 best_rank = G_MAXUINT;

  if (error == NULL || error->domain != PD_ERROR)
    return NULL;
  found = pd_explain (error->message, -1, NULL);
  for (guint i = 0; i < n_causes; i++) {
    guint rank;

    if ((causes[i]->errors & 1u << error->code) == 0)
      continue;
    if (best == NULL)
      best = causes[i];
    if (is_recognised (found, causes[i], &rank) && rank < best_rank) {
      best = causes[i];
      best_rank = rank;
    }
  }
  return best;
}

/**
 * pd_explain_blame_error:
 * @finding: a finding
 * @error: (nullable): why nothing could be judged
 *
 * Notes the cause that the error stands for, if it stands for one.
 */
void
pd_explain_blame_error (PdFinding    *finding,
                        const GError *error)
{
  const PdCause *cause = pd_explain_find_error (error);

  if (cause != NULL)
    pd_finding_set_cause (finding, cause->id);
}

/**
 * pd_explain_find_finding:
 * @finding: a finding
 *
 * Returns: (nullable): the cause that a finding which is neither passed nor skipped stands for
 */
const PdCause *
pd_explain_find_finding (PdFinding *finding)
{
  const char *const *fields = pd_finding_get_fields (finding);
  PdVerdict          verdict = pd_finding_get_verdict (finding);

  if (verdict == PD_VERDICT_PASSED || verdict == PD_VERDICT_SKIPPED)
    return NULL;
  if (pd_finding_get_cause (finding) != NULL)
    return pd_cause_lookup (pd_finding_get_cause (finding));
  if (verdict == PD_VERDICT_UNDETERMINED)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_str_equal (rows[i].check, pd_finding_get_check (finding)) &&
        (rows[i].field == NULL || g_strcmp0 (rows[i].field, fields[0]) == 0))
      return pd_cause_lookup (rows[i].cause);
  }
  return NULL;
}

/**
 * pd_explain_dup_finding:
 * @finding: a finding
 *
 * Returns: (transfer full): what the other side said, or else what was found, as text to be explained; secrets are masked
 */
char *
pd_explain_dup_finding (PdFinding *finding)
{
  const PdEvidence *evidence = pd_finding_get_evidence (finding);
  g_autoptr (GString) text = g_string_new (NULL);

  if (evidence != NULL && evidence->status > 0)
    g_string_append_printf (text, "HTTP %u", evidence->status);
  if (evidence != NULL && evidence->reason_code != NULL)
    g_string_append_printf (text, " %s", evidence->reason_code);
  if (evidence != NULL && evidence->message != NULL)
    g_string_append_printf (text, "\n%s", evidence->message);
  if (evidence == NULL || evidence->reason_code == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", pd_finding_get_summary (finding));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
