/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-problem.h"
#include "pd-shape.h"

/* Calls @judge for every value of every field that applies; a secret's value is passed too. */
static void
for_each_value (PdCheckJob *job,
                void      (*judge) (PdCheckJob *job, const PdField *field, const char *value))
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const PdField *field = fields[i];

    if (!pd_profile_field_applies (job->context->profile, field) || field->kind == PD_FIELD_CHOICE || field->kind == PD_FIELD_IMAGE ||
        field->seen_of != NULL)
      continue;
    for (const char *const *values = pd_profile_get_list (job->context->profile, field->id); *values != NULL; values++)
      judge (job, field, *values);
    if (g_hash_table_contains (job->context->secrets, field->id))
      judge (job, field, pd_secret_text_peek (g_hash_table_lookup (job->context->secrets, field->id)));
  }
}

static void
add_judged (PdCheckJob    *job,
            const PdField *field,
            const char    *value,
            PdVerdict      verdict,
            const char    *summary)
{
  PdFinding       *finding = pd_check_job_finding (job, verdict, summary);
  g_autofree char *next_step = NULL;

  if (!pd_field_is_secret (field))
    pd_finding_set_value (finding, value);
  {
    const char           *ids[] = { field->id, NULL };
    g_autoptr (GPtrArray) places = pd_field_get_found (field, pd_profile_get_mode (job->context->profile),
                                                       pd_profile_get_generation (job->context->profile));

    pd_finding_set_fields (finding, ids);
    if (verdict > PD_VERDICT_PASSED) {
      next_step = g_strdup_printf (_("Copy %s again, as it stands there."), pd_field_get_label (field));
      pd_finding_set_next_step (finding, next_step);
      if (places->len > 0) {
        g_auto (GStrv) where = pd_place_split (g_ptr_array_index (places, 0));

        pd_finding_set_where (finding, (const char *const *) where);
      }
    }
  }
  pd_finding_set_proves (finding, verdict == PD_VERDICT_PASSED ? _("That the value has the usual form.") : NULL,
                         _("That Amazon knows the value."));
  if (verdict == PD_VERDICT_WARNING)
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_check_job_take (job, finding);
}

static PdVerdict
verdict_of (const PdProblem *problem)
{
  return problem->severity == PD_SEVERITY_ERROR ? PD_VERDICT_FAILED : PD_VERDICT_WARNING;
}

static void
judge_shape (PdCheckJob    *job,
             const PdField *field,
             const char    *value)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, value);
  g_autoptr (GString)   messages = g_string_new (NULL);
  PdVerdict             verdict = PD_VERDICT_PASSED;

  if (field->shape == NULL)
    return;
  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    verdict = MAX (verdict, verdict_of (problem));
    g_string_append_printf (messages, "%s%s", i > 0 ? " " : "", problem->message);
  }
  if (problems->len == 0)
    g_string_append_printf (messages, _("%s has the form it should."), pd_field_get_label (field));
  add_judged (job, field, value, verdict, messages->str);
}

static void
judge_mixup (PdCheckJob    *job,
             const PdField *field,
             const char    *value)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, value);
  const PdProblem      *problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  const char           *ids[3] = { field->id, NULL, NULL };
  g_autofree char      *next_step = NULL;
  PdFinding            *finding;

  if (problem == NULL || !g_str_equal (problem->rule, "mixup"))
    return;
  finding = pd_check_job_finding (job, PD_VERDICT_FAILED, problem->message);
  ids[1] = problem->field;
  pd_finding_set_fields (finding, ids);
  if (!pd_field_is_secret (field))
    pd_finding_set_value (finding, value);
  next_step = g_strdup_printf (_("Move the value to “%s”, and copy “%s” anew."),
                               pd_field_get_label (pd_catalogue_lookup (problem->field)), pd_field_get_label (field));
  pd_finding_set_next_step (finding, next_step);
  pd_finding_set_proves (finding, NULL, _("That Amazon knows the value."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_check_job_take (job, finding);
}

static void
add_unread (PdCheckJob *job)
{
  PdFinding *finding;

  if (job->context->secrets_error == NULL)
    return;
  finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, job->context->secrets_error->message);
  pd_finding_set_next_step (finding, _("Unlock the keyring and run the checks again."));
  pd_finding_set_proves (finding, NULL, _("Anything about the shop’s secrets: they could not be read."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  pd_check_job_take (job, finding);
}

void
pd_check_shape (PdCheckJob *job)
{
  PdVerdict before = job->worst;

  for_each_value (job, judge_shape);
  add_unread (job);
  if (job->worst == before && job->worst == PD_VERDICT_SKIPPED)
    pd_check_job_skip (job, _("No field is filled in yet."), NULL);
}

void
pd_check_mixup (PdCheckJob *job)
{
  for_each_value (job, judge_mixup);
  if (job->worst < PD_VERDICT_WARNING && job->context->secrets_error == NULL) {
    PdFinding *finding = pd_check_job_finding (job, PD_VERDICT_PASSED, _("No value looks like another field’s."));

    pd_finding_set_proves (finding, _("That no ID, token or address stands in another’s place."), _("That Amazon knows the values."));
    pd_check_job_take (job, finding);
  }
  add_unread (job);
}

/* What is there of a secret: in the keyring, a text that stands for it, or a note that it once was. */
static void
judge_secret (PdCheckJob    *job,
              const PdField *field,
              gboolean      *present,
              gboolean      *lost)
{
  g_autoptr (GDateTime) stored = pd_profile_get_secret_stored (job->context->profile, field->id);

  *present = g_hash_table_contains (job->context->secrets, field->id) ||
             *pd_profile_get_text (job->context->profile, field->id) != '\0';
  *lost = !*present && stored != NULL;
}

static void
judge_present (PdCheckJob    *job,
               const PdField *field)
{
  PdGeneration     generation = pd_profile_get_generation (job->context->profile);
  gboolean         present;
  gboolean         lost = FALSE;
  g_autofree char *summary = NULL;
  PdVerdict        verdict;
  PdFinding       *finding;

  if (pd_field_is_secret (field))
    judge_secret (job, field, &present, &lost);
  else
    present = !pd_profile_is_empty (job->context->profile, field->id);
  if (!present && pd_field_is_secret (field) && job->context->secrets_error != NULL) {
    add_unread (job);
    return;
  }
  if (present) {
    verdict = PD_VERDICT_PASSED;
    summary = g_strdup_printf (_("%s is there."), pd_field_get_label (field));
  } else if (lost) {
    verdict = PD_VERDICT_FAILED;
    summary = g_strdup_printf (_("%s was stored once, but the keyring no longer has it."), pd_field_get_label (field));
  } else if (g_str_equal (field->id, "mws-auth-token") && generation != PD_GENERATION_NEW) {
    /* S057: older shops need it only where it is blank in the admin too. */
    verdict = PD_VERDICT_WARNING;
    summary = g_strdup (_("The MWS Auth Token is blank. Shops from before 2020-11-18 mostly need none, but obtain one where it is blank in the shop’s admin too."));
  } else {
    verdict = PD_VERDICT_FAILED;
    summary = g_strdup_printf (_("%s is missing."), pd_field_get_label (field));
  }
  finding = pd_check_job_finding (job, verdict, summary);
  if (verdict > PD_VERDICT_PASSED) {
    g_autofree char *next_step = g_strdup_printf (_("Copy %s from Seller Central, and enter it here and in the shop’s admin."),
                                                  pd_field_get_label (field));

    pd_finding_set_next_step (finding, next_step);
  }
  {
    const char           *ids[] = { field->id, NULL };
    g_autoptr (GPtrArray) places = pd_field_get_found (field, pd_profile_get_mode (job->context->profile), generation);

    pd_finding_set_fields (finding, ids);
    if (places->len > 0 && verdict > PD_VERDICT_PASSED) {
      g_auto (GStrv) where = pd_place_split (g_ptr_array_index (places, 0));

      pd_finding_set_where (finding, (const char *const *) where);
    }
  }
  pd_finding_set_proves (finding, NULL, _("That the value is right."));
  pd_check_job_take (job, finding);
}

static gboolean
is_there (PdCheckJob *job,
          const char *field_id)
{
  return g_hash_table_contains (job->context->secrets, field_id) || !pd_profile_is_empty (job->context->profile, field_id);
}

/* An own key is never missing, but half of one signs nothing. */
static void
judge_pair (PdCheckJob *job)
{
  const char *id = pd_check_get_field_id (job, "public-key-id");
  const char *key = pd_check_get_field_id (job, "private-key");
  gboolean    has_id = is_there (job, id);
  gboolean    has_key = is_there (job, key);
  PdFinding  *finding;

  if (has_id == has_key)
    return;
  if (!has_key && job->context->secrets_error != NULL)
    return;
  finding = pd_check_job_finding (job, PD_VERDICT_FAILED,
                                  has_id ? _("There is a public key ID, but no private key that goes with it.")
                                         : _("There is a private key, but no public key ID that goes with it."));
  pd_finding_set_next_step (finding, has_id ? _("Store the private key AmazonPay_….pem that belongs to the ID, or clear the ID.")
                                            : _("Enter the key’s ID, which is part of the file’s name AmazonPay_….pem, or delete the key."));
  pd_finding_set_proves (finding, NULL, _("That the key is right."));
  pd_check_set_fields (job, finding, has_id ? "private-key" : "public-key-id", has_id ? "public-key-id" : "private-key");
  pd_check_job_take (job, finding);
}

void
pd_check_completeness (PdCheckJob *job)
{
  PdGeneration          generation = pd_profile_get_generation (job->context->profile);
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    if (pd_profile_field_applies (job->context->profile, fields[i]) && pd_field_is_required (fields[i], generation))
      judge_present (job, fields[i]);
  }
  judge_pair (job);
}
