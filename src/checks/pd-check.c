/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-error.h"
#include "pd-redact.h"
#include "pd-run-private.h"

/* In the order in which findings are shown. A new check is a new row. */
static const PdCheck rows[] = {
  { "completeness", N_("Nothing Missing"), N_("Is a field missing that this mode and generation need?"),
    FALSE, { NULL }, pd_check_completeness },
  { "mixup", N_("Nothing Mixed Up"), N_("Does a value look like another field’s?"), FALSE, { NULL }, pd_check_mixup },
  { "shape", N_("Form of the Values"), N_("Has each field the form it should?"), FALSE, { NULL }, pd_check_shape },
  { "key-pair", N_("Private Key"), N_("Is the private key usable?"), FALSE, { NULL }, pd_check_key_pair },
  { "key-environment", N_("Key and Environment"), N_("Does the key ID’s prefix agree with the environment?"),
    FALSE, { NULL }, pd_check_key_environment },
  { "reachability", N_("Connection"), N_("Does Amazon’s server answer, over a trustworthy connection?"),
    TRUE, { NULL }, pd_check_reachability },
  { "clock", N_("Clock"), N_("Does this computer’s clock agree with the server’s?"), TRUE, { NULL }, pd_check_clock },
  { "signature", N_("Signature"), N_("Is a signed call accepted?"), TRUE, { "key-pair", "key-environment" }, pd_check_signature },
  { "store-id", N_("Store ID"), N_("Is the Store ID accepted by the call that creates a session?"),
    TRUE, { "key-pair", "key-environment", "signature" }, pd_check_store_id },
  { "return-url", N_("Return URLs"), N_("Is each return URL registered for the Client ID, and the Client ID known?"),
    TRUE, { NULL }, pd_check_return_url },
};

/**
 * pd_check_get_all:
 * @n_checks: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_checks): every check, in the order of their findings
 */
const PdCheck *const *
pd_check_get_all (guint *n_checks)
{
  static const PdCheck *all[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    all[i] = &rows[i];
  *n_checks = G_N_ELEMENTS (rows);
  return all;
}

/**
 * pd_check_lookup:
 * @id: a check's id
 *
 * Returns: (nullable): the check
 */
const PdCheck *
pd_check_lookup (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_strcmp0 (rows[i].id, id) == 0)
      return &rows[i];
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

gboolean
pd_check_is_live (const PdCheck *check)
{
  return check->live;
}

void
pd_check_job_hold (PdCheckJob *job)
{
  job->n_holds++;
}

void
pd_check_job_release (PdCheckJob *job)
{
  g_assert (job->n_holds > 0);
  if (--job->n_holds == 0)
    job->done (job);
}

/* A finding of this check, to be filled and then taken. */
PdFinding *
pd_check_job_finding (PdCheckJob *job,
                      PdVerdict   verdict,
                      const char *summary)
{
  return pd_finding_new (job->check->id, verdict, summary);
}

/* Hands a finding (transfer full) to the run. */
void
pd_check_job_take (PdCheckJob *job,
                   PdFinding  *finding)
{
  job->worst = MAX (job->worst, pd_finding_get_verdict (finding));
  if (job->context->form_only && job->check->live && pd_finding_get_verdict (finding) == PD_VERDICT_PASSED)
    pd_finding_set_proves (finding, _("The form of the values only: the practice endpoint has learned them from this shop itself."),
                           _("That Amazon knows any of them."));
  pd_run_add_finding (job->context->run, job->index, job->n_findings++, finding);
  g_object_unref (finding);
}

/* The same for one of several that are judged side by side and end in any order. */
void
pd_check_job_take_at (PdCheckJob *job,
                      guint       position,
                      PdFinding  *finding)
{
  job->n_findings = position;
  pd_check_job_take (job, finding);
}

void
pd_check_job_add (PdCheckJob *job,
                  PdVerdict   verdict,
                  const char *summary)
{
  pd_check_job_take (job, pd_check_job_finding (job, verdict, summary));
}

void
pd_check_job_skip (PdCheckJob *job,
                   const char *summary,
                   const char *next_step)
{
  PdFinding *finding = pd_check_job_finding (job, PD_VERDICT_SKIPPED, summary);

  pd_finding_set_next_step (finding, next_step);
  pd_check_job_take (job, finding);
}

static char *
redact (PdCheckJob *job,
        const char *text)
{
  return text != NULL ? pd_redact (job->context->secrets, text) : NULL;
}

/* What was sent and what came back, masked. In practice also what the endpoint has registered instead. */
void
pd_check_add_evidence (PdCheckJob *job,
                       PdFinding  *finding,
                       PdResponse *response)
{
  PdEvidence      *evidence = g_new0 (PdEvidence, 1);
  const char      *registered = pd_response_get_header (response, "x-paydesk-registered");
  const char      *reason_code = NULL;
  const char      *message = NULL;
  g_autofree char *text = pd_response_dup_text (response);
  g_autofree char *harmless = pd_response_dup_message (response);

  pd_response_get_reason (response, &reason_code, &message);
  evidence->method = g_strdup (pd_response_get_method (response));
  evidence->url = redact (job, pd_response_get_url (response));
  evidence->status = pd_response_get_status (response);
  evidence->reason_code = redact (job, reason_code);
  evidence->message = redact (job, harmless);
  evidence->request_id = redact (job, pd_response_get_request_id (response));
  evidence->body = redact (job, text);
  evidence->elapsed_ms = pd_response_get_elapsed_ms (response);
  evidence->has_clock_skew = pd_response_get_clock_skew (response, &evidence->clock_skew_s);
  evidence->attempts = pd_response_get_attempts (response);
  pd_finding_take_evidence (finding, evidence);

  if (registered != NULL && strchr (registered, '=') != NULL &&
      (job->context->environment == PD_ENVIRONMENT_PRACTICE || pd_endpoints_is_rehearsal (pd_client_get_endpoints (job->context->client)))) {
    const char      *next_step = pd_finding_get_next_step (finding);
    g_autofree char *more = g_strdup_printf (_("The practice endpoint has registered: %s"), strchr (registered, '=') + 1);
    g_autofree char *both = next_step != NULL ? g_strdup_printf ("%s\n%s", next_step, more) : g_strdup (more);

    pd_finding_set_next_step (finding, both);
  }
}

/* Offline, TLS, timeout, garbage: nothing of this is a setting's fault. Returns (transfer full): the finding. */
PdFinding *
pd_check_job_trouble (PdCheckJob   *job,
                      const GError *error)
{
  PdFinding *finding;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, _("Cancelled before there was an answer."));
    pd_finding_set_next_step (finding, _("Run the checks again."));
  } else {
    g_autofree char *message = redact (job, error->message);

    finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, message);
    pd_finding_set_next_step (finding, g_error_matches (error, PD_ERROR, PD_ERROR_TLS)
                              ? _("Check this computer’s clock and its network, then run the checks again.")
                              : _("Run the checks again when the connection works."));
  }
  pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  return finding;
}

/* An answer that is none: throttled, server trouble, something that does not come from Amazon. Returns (transfer full): the
 * finding. */
PdFinding *
pd_check_job_busy (PdCheckJob *job,
                   PdResponse *response)
{
  guint            status = pd_response_get_status (response);
  g_autofree char *summary = NULL;
  PdFinding       *finding;

  if (status == 429)
    summary = g_strdup (_("Amazon’s server asks for patience: too many calls at the moment."));
  else if (status >= 500)
    summary = g_strdup_printf (_("Amazon’s server has trouble of its own (status %u)."), status);
  else if (status >= 300 && status < 400)
    summary = g_strdup_printf (_("The answer points elsewhere (status %u), which Amazon’s service does not do. It was not followed."), status);
  else
    summary = g_strdup_printf (_("The answer (status %u) is not one that Amazon’s service gives."), status);
  finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, summary);
  pd_finding_set_next_step (finding, status == 429 || status >= 500
                            ? _("Wait a few minutes and run the checks again.")
                            : _("See whether a proxy or a login page of the network is in between, and run the checks again."));
  pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  pd_check_add_evidence (job, finding, response);
  return finding;
}

/* The id of the field whose value is used in this environment: the `….sandbox` one where it is set. */
const char *
pd_check_get_field_id (PdCheckJob *job,
                       const char *field_id)
{
  g_autofree char *sandbox_id = g_strconcat (field_id, ".sandbox", NULL);
  const PdField   *sandbox = pd_catalogue_lookup (sandbox_id);

  if (job->context->environment == PD_ENVIRONMENT_SANDBOX && sandbox != NULL) {
    gboolean set = pd_field_is_secret (sandbox) ? g_hash_table_contains (job->context->secrets, sandbox->id)
                                                : !pd_profile_is_empty (job->context->profile, sandbox->id);

    if (set)
      return sandbox->id;
  }
  return pd_catalogue_lookup (field_id)->id;
}

/* The value of a text field for this environment, or NULL. */
const char *
pd_check_get_value (PdCheckJob *job,
                    const char *field_id)
{
  const char *value = pd_profile_get_text (job->context->profile, pd_check_get_field_id (job, field_id));

  return value != NULL && *value != '\0' ? value : NULL;
}

/* The private key for this environment: (transfer full), or NULL with or without an error. */
PdKey *
pd_check_get_key (PdCheckJob  *job,
                  gboolean    *present,
                  GError     **error)
{
  PdSecretText *text = g_hash_table_lookup (job->context->secrets, pd_check_get_field_id (job, "private-key"));

  *present = text != NULL;
  return text != NULL ? pd_key_new_private (pd_secret_text_peek (text), pd_secret_text_get_length (text), error) : NULL;
}

/* The fields to mend, and the menu path of the first: where the value is read off, or else where it is entered. */
void
pd_check_set_fields (PdCheckJob *job,
                     PdFinding  *finding,
                     const char *first,
                     const char *second)
{
  const char           *ids[] = { first != NULL ? pd_check_get_field_id (job, first) : NULL,
                                  second != NULL ? pd_check_get_field_id (job, second) : NULL, NULL };
  const PdField        *field = first != NULL ? pd_catalogue_lookup (ids[0]) : NULL;
  g_autoptr (GPtrArray) places = NULL;

  pd_finding_set_fields (finding, ids);
  if (field == NULL || pd_finding_get_verdict (finding) == PD_VERDICT_PASSED)
    return;
  if (field->direction == PD_DIRECTION_SHOP_TO_AMAZON)
    places = pd_field_get_entered (field, pd_profile_get_mode (job->context->profile), pd_profile_get_generation (job->context->profile));
  else
    places = pd_field_get_found (field, pd_profile_get_mode (job->context->profile), pd_profile_get_generation (job->context->profile));
  if (places->len > 0) {
    g_auto (GStrv) where = pd_place_split (g_ptr_array_index (places, 0));

    pd_finding_set_where (finding, (const char *const *) where);
  }
}
