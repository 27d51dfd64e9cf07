/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-explain.h"
#include "pd-shape.h"
#include "pd-time.h"

/* One value of one field, as the two checks of values see it. */
typedef struct {
  const PdCheck  *check;
  PdCheckContext *context;
  const PdField  *field;
  const char     *value;
  GPtrArray      *problems; /* of pd_shape_judge_value() */
  GPtrArray      *findings;
} Judged;

typedef void (* JudgeValue) (Judged *judged);

static GPtrArray *
new_findings (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* About one field, whichever environment it serves in. */
static PdFinding *
add_finding (GPtrArray      *findings,
             const PdCheck  *check,
             PdVerdict       verdict,
             const char     *summary,
             const char     *field_id)
{
  PdFinding        *finding = pd_finding_new (check->id, verdict, summary);
  const char *const fields[] = { field_id, NULL };

  pd_finding_set_fields (finding, fields);
  g_ptr_array_add (findings, finding);
  return finding;
}

static PdFinding *
add_value_finding (Judged     *judged,
                   PdVerdict   verdict,
                   const char *summary)
{
  PdFinding *finding = add_finding (judged->findings, judged->check, verdict, summary, judged->field->id);

  /* A secret pasted into a field that is none is still a secret. */
  if (!pd_field_is_secret (judged->field) && !pd_check_context_is_secret (judged->context, judged->value))
    pd_finding_set_value (finding, judged->value);
  return finding;
}

/* Where the keyring could not be asked, a secret that was stored once cannot be judged; one never stored need not be. */
static void
judge_unfetched (const PdCheck  *check,
                 PdCheckContext *context,
                 const PdField  *field,
                 GPtrArray      *findings)
{
  g_autofree char *summary = NULL;
  PdFinding       *finding;

  if (context->secrets_error == NULL || pd_profile_is_empty (context->profile, field->id))
    return;
  summary = g_strdup_printf (_("%s could not be judged: the keyring did not give it."), pd_field_get_label (field));
  finding = add_finding (findings, check, PD_VERDICT_UNDETERMINED, summary, field->id);
  pd_finding_set_next_step (finding, context->secrets_error->message);
  pd_explain_blame_error (finding, context->secrets_error);
}

static gboolean
has_values (PdCheckContext *context,
            const PdField  *field)
{
  return field->seen_of == NULL && field->kind != PD_FIELD_CHOICE && field->kind != PD_FIELD_IMAGE &&
         pd_profile_field_applies (context->profile, field);
}

static void
judge_one (const PdCheck  *check,
           PdCheckContext *context,
           const PdField  *field,
           const char     *value,
           JudgeValue      judge,
           GPtrArray      *findings)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, value);
  Judged                judged = { check, context, field, value, problems, findings };

  judge (&judged);
}

/* Calls @judge for every value of every field that the shop has. */
static GPtrArray *
judge_values (const PdCheck  *check,
              PdCheckContext *context,
              JudgeValue      judge)
{
  GPtrArray            *findings = new_findings ();
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const char *const *values = pd_profile_get_list (context->profile, fields[i]->id);
    PdSecretText      *secret = g_hash_table_lookup (context->secrets, fields[i]->id);

    if (!has_values (context, fields[i]))
      continue;
    if (values[0] == NULL && pd_field_is_secret (fields[i]) && secret != NULL)
      judge_one (check, context, fields[i], pd_secret_text_peek (secret), judge, findings);
    else if (values[0] == NULL && pd_field_is_secret (fields[i]))
      judge_unfetched (check, context, fields[i], findings);
    for (guint j = 0; values[j] != NULL; j++)
      judge_one (check, context, fields[i], values[j], judge, findings);
  }
  if (findings->len == 0) {
    PdFinding *finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("No field of this shop has a value yet."));

    pd_finding_set_next_step (finding, _("Enter the shop’s values under “API Information”."));
    g_ptr_array_add (findings, finding);
  }
  return findings;
}

static const char *
describe_copying (const PdField *field)
{
  if (field->shape == &pd_shape_private_key)
    return _("Choose the file that Seller Central offered when the key was made, AmazonPay_….pem. If it is lost, make a new key.");
  if (field->direction == PD_DIRECTION_SHOP_TO_AMAZON && field->found != NULL)
    return _("Copy it again from the shop’s admin and paste it here.");
  if (field->direction != PD_DIRECTION_SHOP_TO_AMAZON && field->found != NULL)
    return _("Copy it again from Seller Central and paste it here.");
  return _("Correct the value here.");
}

static void
judge_shape (Judged *judged)
{
  const char          *label = pd_field_get_label (judged->field);
  PdSeverity           worst = PD_SEVERITY_HINT;
  g_autoptr (GString)  messages = g_string_new (NULL);
  g_autofree char     *summary = NULL;
  PdFinding           *finding;

  if (judged->field->shape == NULL)
    return;
  if (judged->problems->len == 0) {
    summary = g_strdup_printf (_("%s has the form it should."), label);
    finding = add_value_finding (judged, PD_VERDICT_PASSED, summary);
    pd_finding_set_proves (finding, _("Only that the value looks right."), _("That Amazon or futureshop knows it."));
    return;
  }
  for (guint i = 0; i < judged->problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (judged->problems, i);

    if (g_str_equal (problem->rule, "mixup")) {
      summary = g_strdup_printf (_("The form of %s is not judged, as the value looks like another field’s (mixup)."), label);
      add_value_finding (judged, PD_VERDICT_SKIPPED, summary);
      return;
    }
    worst = MAX (worst, problem->severity);
    g_string_append_printf (messages, "%s%s", i > 0 ? " " : "", problem->message);
  }
  finding = add_value_finding (judged, worst == PD_SEVERITY_ERROR ? PD_VERDICT_FAILED : PD_VERDICT_WARNING, messages->str);
  pd_finding_set_confidence (finding, worst == PD_SEVERITY_ERROR ? PD_CONFIDENCE_CERTAIN : PD_CONFIDENCE_LIKELY);
  pd_finding_set_proves (finding, _("Only how the value looks."), _("That Amazon refuses it."));
  pd_finding_set_next_step (finding, describe_copying (judged->field));
  pd_check_context_point_to (judged->context, finding, judged->field->id, TRUE);
}

/**
 * pd_check_shape_judge:
 * @check: the row
 * @context: the run
 *
 * Has each value the form that its field's should have (amazon-pay API's identifiers; the manual's S054 for the pre-set token)?
 *
 * Returns: (transfer full) (element-type PdFinding): one for each value
 */
GPtrArray *
pd_check_shape_judge (const PdCheck  *check,
                      PdCheckContext *context)
{
  return judge_values (check, context, judge_shape);
}

/* Whether the field that the value looks like wants one: it is empty, or what it holds is not its own either. */
static gboolean
is_wanting (PdCheckContext *context,
            const PdField  *field)
{
  PdSecretText         *secret = g_hash_table_lookup (context->secrets, field->id);
  g_autoptr (GPtrArray) problems = NULL;

  if (!pd_profile_field_applies (context->profile, field))
    return FALSE;
  if (secret == NULL && *pd_profile_get_text (context->profile, field->id) == '\0')
    return !pd_field_is_secret (field) || context->secrets_error == NULL || pd_profile_is_empty (context->profile, field->id);
  problems = pd_profile_judge_field (context->profile, field, secret != NULL ? pd_secret_text_peek (secret) : NULL);
  return problems->len > 0;
}

static gboolean
begins_like (const PdField *field,
             const char    *value)
{
  for (guint i = 0; field->shape != NULL && i < G_N_ELEMENTS (field->shape->prefixes) && field->shape->prefixes[i] != NULL; i++) {
    if (g_str_has_prefix (value, field->shape->prefixes[i]))
      return TRUE;
  }
  return FALSE;
}

static void
judge_mixup (Judged *judged)
{
  const PdProblem *problem = judged->problems->len > 0 ? g_ptr_array_index (judged->problems, 0) : NULL;
  const PdField   *other = problem != NULL && problem->field != NULL ? pd_catalogue_lookup (problem->field) : NULL;
  g_autofree char *summary = NULL;
  g_autofree char *next_step = NULL;
  PdFinding       *finding;

  if (other == NULL) {
    summary = g_strdup_printf (_("%s does not look like another field’s value."), pd_field_get_label (judged->field));
    finding = add_value_finding (judged, PD_VERDICT_PASSED, summary);
    pd_finding_set_proves (finding, _("Only that nothing known looks like it."), _("That it is the right value."));
    return;
  }
  summary = g_strdup_printf (_("The value of “%s” looks like that of “%s”."), pd_field_get_label (judged->field), pd_field_get_label (other));
  finding = add_value_finding (judged, PD_VERDICT_FAILED, summary);
  if (is_wanting (judged->context, other)) {
    const char *const fields[] = { judged->field->id, other->id, NULL };

    pd_finding_set_fields (finding, fields);
    next_step = g_strdup_printf (_("Move it to “%s”, and enter the right value here."), pd_field_get_label (other));
  } else {
    next_step = g_strdup (_("Remove it, and enter the right value here."));
  }
  /* Where only the whole looks like it, the likeness may be chance. */
  if (!begins_like (other, judged->value))
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_proves (finding, _("Only how the value looks."), _("Which value belongs here."));
  pd_finding_set_next_step (finding, next_step);
  pd_check_context_point_to (judged->context, finding, judged->field->id, TRUE);
}

/**
 * pd_check_mixup_judge:
 * @check: the row
 * @context: the run
 *
 * Does a value look like another field's?
 *
 * Returns: (transfer full) (element-type PdFinding): one for each value
 */
GPtrArray *
pd_check_mixup_judge (const PdCheck  *check,
                      PdCheckContext *context)
{
  return judge_values (check, context, judge_mixup);
}

/* 'Lost' and 'never set' are told apart: the profile notes what was stored. */
static char *
describe_missing (PdCheckContext  *context,
                  const PdField   *field,
                  const PdProblem *problem,
                  gboolean        *is_lost)
{
  g_autoptr (GDateTime) stored = pd_profile_get_secret_stored (context->profile, field->id);
  g_autoptr (GDateTime) local = stored != NULL ? pd_time_to_local (stored) : NULL;
  g_autofree char      *date = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;

  *is_lost = date != NULL;
  if (date == NULL)
    return g_strdup (problem->message);
  return g_strdup_printf (_("%s was stored on %s, but the keyring does not have it any more."), pd_field_get_label (field), date);
}

static const char *
describe_getting (const PdField *field)
{
  if (field->shape == &pd_shape_mws_auth_token)
    return _("Grant access to the developer 株式会社フューチャーショップ (804019623754) in Seller Central, and enter the token that it shows, "
             "here and in the shop’s admin.");
  if (field->shape == &pd_shape_private_key)
    return _("Choose the file that Seller Central offered when the key was made, or remove the public key ID: it is optional.");
  if (field->shape == &pd_shape_public_key_id)
    return _("Copy it from the list of keys in Seller Central, or remove the private key: it is optional.");
  return _("Copy it from Seller Central and enter it here.");
}

static void
judge_present (const PdCheck   *check,
               PdCheckContext  *context,
               const PdField   *field,
               const PdProblem *problem,
               GPtrArray       *findings)
{
  g_autofree char *summary = NULL;
  PdFinding       *finding;
  gboolean         pre_set = *pd_profile_get_text (context->profile, field->id) != '\0';
  gboolean         is_lost;

  if (pd_field_is_secret (field) && context->secrets_error != NULL && !pre_set) {
    summary = g_strdup_printf (_("Whether %s is there could not be judged: the keyring could not be asked."), pd_field_get_label (field));
    finding = add_finding (findings, check, PD_VERDICT_UNDETERMINED, summary, field->id);
    pd_finding_set_next_step (finding, context->secrets_error->message);
    pd_explain_blame_error (finding, context->secrets_error);
    return;
  }
  if (problem == NULL) {
    summary = g_strdup_printf (_("%s is there."), pd_field_get_label (field));
    finding = add_finding (findings, check, PD_VERDICT_PASSED, summary, field->id);
    pd_finding_set_proves (finding, _("Only that there is a value."), _("That it is right."));
    return;
  }
  summary = describe_missing (context, field, problem, &is_lost);
  finding = add_finding (findings, check, problem->severity == PD_SEVERITY_ERROR ? PD_VERDICT_FAILED : PD_VERDICT_WARNING,
                         summary, field->id);
  if (is_lost)
    pd_finding_set_cause (finding, "F73");
  pd_finding_set_proves (finding, _("Only that Paydesk has no value."), _("That the shop’s admin has none either."));
  pd_finding_set_next_step (finding, describe_getting (field));
  pd_check_context_point_to (context, finding, field->id, FALSE);
}

static const PdProblem *
find_problem (GPtrArray  *problems,
              const char *field_id)
{
  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (g_strcmp0 (problem->field, field_id) == 0)
      return problem;
  }
  return NULL;
}

/**
 * pd_check_completeness_judge:
 * @check: the row
 * @context: the run
 *
 * Is a field missing that this mode and generation need (S029–S066)? A key of the shop's own is optional; half of one is not.
 *
 * Returns: (transfer full) (element-type PdFinding): one for each field needed
 */
GPtrArray *
pd_check_completeness_judge (const PdCheck  *check,
                             PdCheckContext *context)
{
  GPtrArray             *findings = new_findings ();
  g_autoptr (GHashTable) stored = pd_check_context_list_stored (context);
  g_autoptr (GPtrArray)  problems = pd_profile_judge_complete (context->profile, stored);
  PdGeneration           generation = pd_profile_get_generation (context->profile);
  guint                  n_fields;
  const PdField *const  *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const PdProblem *problem = find_problem (problems, fields[i]->id);

    if (!pd_profile_field_applies (context->profile, fields[i]))
      continue;
    if (problem != NULL || pd_field_is_required (fields[i], generation))
      judge_present (check, context, fields[i], problem, findings);
  }
  if (findings->len == 0)
    g_ptr_array_add (findings, pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("This shop needs no value here.")));
  return findings;
}
