/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-shape.h"

static const char *const judged_fields[] = {
  "javascript-origins", "return-urls", "privacy-policy-url", "notification-url", "notification-url.sandbox",
};

/* Of a whole list, not of one address in it. */
static gboolean
is_of_site (const PdProblem *problem)
{
  return g_str_equal (problem->rule, "url-site");
}

static gboolean
is_mixup (GPtrArray *problems)
{
  return problems->len > 0 && g_str_equal (((PdProblem *) g_ptr_array_index (problems, 0))->rule, "mixup");
}

static PdSeverity
join_problems (GPtrArray *problems,
               GString   *messages)
{
  PdSeverity worst = PD_SEVERITY_HINT;

  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    worst = MAX (worst, problem->severity);
    g_string_append_printf (messages, "%s%s", i > 0 ? " " : "", problem->message);
  }
  return worst;
}

static const char *
describe_mending (const PdField *field,
                  const char    *lacking)
{
  if (lacking == NULL)
    return _("Copy it again from the shop’s admin, and register it in Seller Central as it stands there.");
  if (g_str_equal (lacking, "return-urls"))
    return _("Copy the return URL of this site from the shop’s admin (リダイレクトURL), and add it here and in Seller Central. If the site "
             "has no return URL, the origin is not needed.");
  return _("Copy the origin from the shop’s admin (JavaScriptの種類), and add it here and in Seller Central with “別のURLの追加”.");
}

static void
judge_url (const PdCheck  *check,
           PdCheckContext *context,
           const PdField  *field,
           const char     *value,
           GPtrArray      *related,
           GPtrArray      *findings)
{
  g_autoptr (GPtrArray) problems = pd_profile_judge_value (context->profile, field, value);
  g_autoptr (GString)   messages = g_string_new (NULL);
  g_autofree char      *summary = NULL;
  gboolean              is_secret = pd_check_context_is_secret (context, value);
  const char           *lacking = NULL;
  const char           *fields[] = { field->id, NULL, NULL };
  PdVerdict             verdict = PD_VERDICT_PASSED;
  PdSeverity            worst;
  PdFinding            *finding;

  if (is_mixup (problems)) {
    summary = g_strdup_printf (_("The rules of %s are not judged, as the value looks like another field’s (mixup)."), pd_field_get_label (field));
    finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, summary);
    pd_finding_set_fields (finding, fields);
    if (!is_secret)
      pd_finding_set_value (finding, value);
    g_ptr_array_add (findings, finding);
    return;
  }
  /* The messages may name a part of it. */
  for (guint i = 0; problems->len == 0 && !is_secret && i < related->len; i++) {
    const PdProblem *problem = g_ptr_array_index (related, i);

    if (is_of_site (problem) || !g_str_equal (problem->value, value))
      continue;
    g_ptr_array_add (problems, pd_problem_copy (problem));
    lacking = problem->field;
  }
  worst = join_problems (problems, messages);
  if (problems->len == 0) {
    summary = g_strdup_printf (_("%s: it keeps to the rules."), pd_field_get_label (field));
    finding = pd_finding_new (check->id, verdict, summary);
    pd_finding_set_proves (finding, _("Only that it keeps to the rules of such an address."), _("That it is registered in Seller Central, or answers."));
  } else {
    verdict = worst == PD_SEVERITY_ERROR ? PD_VERDICT_FAILED : PD_VERDICT_WARNING;
    finding = pd_finding_new (check->id, verdict, messages->str);
    pd_finding_set_confidence (finding, worst == PD_SEVERITY_ERROR ? PD_CONFIDENCE_CERTAIN : PD_CONFIDENCE_LIKELY);
    pd_finding_set_proves (finding, _("Only how the address is written."), _("That Amazon refuses it."));
    pd_finding_set_next_step (finding, describe_mending (field, lacking));
  }
  if (!is_secret)
    pd_finding_set_value (finding, value);
  if (lacking != NULL) {
    fields[0] = lacking;
    fields[1] = field->id;
  }
  pd_finding_set_fields (finding, (const char *const *) fields);
  if (verdict != PD_VERDICT_PASSED)
    pd_check_context_point_to (context, finding, fields[0], TRUE);
  g_ptr_array_add (findings, finding);
}

/* A list that holds something, but nothing of one of the two sites. */
static void
judge_sites (const PdCheck  *check,
             PdCheckContext *context,
             const PdField  *field,
             GPtrArray      *related,
             GPtrArray      *findings)
{
  for (guint i = 0; i < related->len; i++) {
    const PdProblem  *problem = g_ptr_array_index (related, i);
    const char *const fields[] = { field->id, problem->field, NULL };
    PdFinding        *finding;

    if (!is_of_site (problem))
      continue;
    finding = pd_finding_new (check->id, PD_VERDICT_WARNING, problem->message);
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
    pd_finding_set_fields (finding, fields);
    if (!pd_check_context_is_secret (context, problem->value))
      pd_finding_set_value (finding, problem->value);
    pd_finding_set_proves (finding, _("Only that no such address stands here."), _("That the site needs one, or that Seller Central lacks it."));
    pd_finding_set_next_step (finding, _("While Commerce Creator is enabled, both sites’ addresses have to be registered. Copy those of this site from its "
                                         "own admin, and add them here and in Seller Central with “別のURLの追加”."));
    pd_check_context_point_to (context, finding, fields[0], TRUE);
    g_ptr_array_add (findings, finding);
  }
}

/**
 * pd_check_url_rules_judge:
 * @check: the row
 * @context: the run
 *
 * Do origins, return URLs, the privacy policy's and the notifications' URL keep to the rules (Seller Central; F02, F13, F42,
 * F63, F64)? An origin without a return URL on its host is noticed, the reverse too, and a second site without its own.
 *
 * Returns: (transfer full) (element-type PdFinding): one for each URL, and for each that is missing
 */
GPtrArray *
pd_check_url_rules_judge (const PdCheck  *check,
                          PdCheckContext *context)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (judged_fields); i++) {
    const PdField        *field = pd_catalogue_lookup (judged_fields[i]);
    const char *const    *values = pd_profile_get_list (context->profile, field->id);
    g_autoptr (GPtrArray) related = pd_profile_judge_urls (context->profile, field, context->environment);

    for (guint j = 0; pd_profile_field_applies (context->profile, field) && values[j] != NULL; j++)
      judge_url (check, context, field, values[j], related, findings);
    judge_sites (check, context, field, related, findings);
  }
  if (findings->len == 0) {
    PdFinding *finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("No URL of this shop has been entered yet."));

    pd_finding_set_next_step (finding, _("Enter the shop’s URLs under “Seller Central”."));
    g_ptr_array_add (findings, finding);
  }
  return findings;
}
