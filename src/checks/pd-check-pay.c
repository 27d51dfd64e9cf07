/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"
#include "pd-remedy.h"

/* For a session that is created to test the Store ID of a shop without return URLs. */
#define PLACEHOLDER_URL "https://www.example.jp/review"

static const char *
does_not_prove (PdCheckJob *job)
{
  return job->check->start == pd_check_signature
       ? _("The Seller ID and the Client ID: this call does not send them.")
       : _("The Seller ID and the MWS Auth Token: this call does not send them.");
}

/* A server that hashed another string than we did met a fault of ours, not a wrong key. */
static gboolean
is_own_fault (PdResponse *response)
{
  g_autofree char *quoted = pd_response_dup_quoted_string (response);

  return quoted != NULL && g_strcmp0 (quoted, pd_response_get_string_to_sign (response)) != 0;
}

static gboolean
is_certain_key (PdResponse *response)
{
  g_autofree char *quoted = pd_response_dup_quoted_string (response);

  return quoted != NULL && g_strcmp0 (quoted, pd_response_get_string_to_sign (response)) == 0;
}

static void
add_own_fault (PdCheckJob *job,
               PdResponse *response)
{
  PdFinding *finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED,
                                             _("The server signed another string than Paydesk did. That is Paydesk’s fault or a proxy’s; the key was not judged."));

  pd_finding_set_next_step (finding, _("Please report it, with the evidence below, to Paydesk’s makers."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
  pd_check_add_evidence (job, finding, response);
  pd_check_job_take (job, finding);
}

static void
add_unknown_reason (PdCheckJob *job,
                    PdResponse *response,
                    const char *reason)
{
  g_autofree char *summary = g_strdup_printf (_("Amazon answers “%s” (status %u), which Paydesk does not know."),
                                              reason, pd_response_get_status (response));
  PdFinding       *finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, summary);

  pd_finding_set_next_step (finding, _("Read the message below, and ask Amazon Pay’s support with the request’s ID."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
  pd_check_add_evidence (job, finding, response);
  pd_check_job_take (job, finding);
}

static void
add_remedy (PdCheckJob     *job,
            PdResponse     *response,
            const PdRemedy *remedy)
{
  PdFinding *finding = pd_check_job_finding (job, remedy->verdict, _(remedy->summary));

  if (remedy->next_step != NULL)
    pd_finding_set_next_step (finding, _(remedy->next_step));
  pd_check_set_fields (job, finding, remedy->fields[0], remedy->fields[1]);
  pd_finding_set_confidence (finding, g_str_equal (remedy->reason, "InvalidRequestSignature") && is_certain_key (response)
                             ? PD_CONFIDENCE_CERTAIN : remedy->confidence);
  if (remedy->verdict == PD_VERDICT_PASSED)
    pd_finding_set_proves (finding, _("That Amazon accepts calls signed with this key in this environment."), does_not_prove (job));
  else
    pd_finding_set_proves (finding, NULL, does_not_prove (job));
  pd_check_add_evidence (job, finding, response);
  pd_check_job_take (job, finding);
}

/* Which environment really answered; the key ID picks it, not the person. */
static gboolean
is_other_environment (PdCheckJob *job,
                      PdResponse *response)
{
  g_autofree char *answered = pd_response_dup_member (response, "releaseEnvironment");
  const char      *expected = job->context->environment == PD_ENVIRONMENT_PRODUCTION ? "Live" : "Sandbox";

  return answered != NULL && g_ascii_strcasecmp (answered, expected) != 0;
}

static void
add_success (PdCheckJob *job,
             PdResponse *response)
{
  PdFinding *finding;

  if (is_other_environment (job, response)) {
    finding = pd_check_job_finding (job, PD_VERDICT_FAILED, _("Another environment answered than the one chosen: the key belongs to that one."));
    pd_finding_set_next_step (finding, _("Enter the key of the chosen environment, or switch the environment."));
    pd_check_set_fields (job, finding, "public-key-id", NULL);
  } else if (job->check->start == pd_check_store_id) {
    finding = pd_check_job_finding (job, PD_VERDICT_PASSED, _("A checkout session was created: key, key ID and Client ID (Store ID) belong together."));
    pd_check_set_fields (job, finding, "client-id", NULL);
    pd_finding_set_proves (finding, _("That Amazon knows the Client ID for this account and environment. The session ends by itself; no order was made."),
                           does_not_prove (job));
  } else {
    finding = pd_check_job_finding (job, PD_VERDICT_PASSED, _("The signed call was accepted: the private key belongs to the public key ID."));
    pd_check_set_fields (job, finding, "private-key", "public-key-id");
    pd_finding_set_proves (finding, _("That Amazon accepts calls signed with this key in this environment."), does_not_prove (job));
  }
  pd_check_add_evidence (job, finding, response);
  pd_check_job_take (job, finding);
}

static gboolean
is_success (PdCheckJob *job,
            PdResponse *response)
{
  guint            status = pd_response_get_status (response);
  g_autofree char *session = pd_response_dup_member (response, "checkoutSessionId");

  return (status == 200 || status == 201) && session != NULL;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  PdCheckJob            *job = data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_client_send_finish (PD_CLIENT (source), result, &error);
  const char            *reason;
  const char            *message;

  if (response == NULL) {
    pd_check_job_take (job, pd_check_job_trouble (job, error));
  } else if (is_success (job, response)) {
    add_success (job, response);
  } else if (!pd_response_get_reason (response, &reason, &message)) {
    pd_check_job_take (job, pd_check_job_busy (job, response));
  } else {
    const PdRemedy *remedy = pd_remedy_find (job->check->id, pd_response_get_status (response), reason, message);

    if (g_str_equal (reason, "InvalidRequestSignature") && is_own_fault (response))
      add_own_fault (job, response);
    else if (remedy == NULL)
      add_unknown_reason (job, response, reason);
    else
      add_remedy (job, response, remedy);
  }
  pd_check_job_release (job);
}

static void
send (PdCheckJob *job,
      PdRequest  *request)
{
  pd_check_job_hold (job);
  pd_client_send_async (job->context->client, request, job->context->cancellable, on_answer, job);
}

/* Reads a session that cannot exist: to be told so takes an accepted signature, and nothing is made. */
void
pd_check_signature (PdCheckJob *job)
{
  g_autoptr (PdKey)     key = NULL;
  g_autoptr (PdRequest) request = NULL;
  const char           *public_key_id;

  if (!pd_check_needs_key (job, &key, &public_key_id))
    return;
  request = pd_request_new_get_session (job->context->environment, key, public_key_id);
  send (job, request);
}

/* Creates a session, which is a write: in production only when the operator has said so. */
void
pd_check_store_id (PdCheckJob *job)
{
  g_autoptr (PdKey)     key = NULL;
  g_autoptr (PdRequest) request = NULL;
  const char           *public_key_id;
  const char           *store_id = pd_check_get_value (job, "client-id");
  const char *const    *urls = pd_profile_get_list (job->context->profile, "return-urls");

  if (!pd_check_needs_key (job, &key, &public_key_id))
    return;
  if (store_id == NULL) {
    pd_check_job_skip (job, _("Not run: there is no Client ID (Store ID)."), _("Enter the Client ID, then run the checks again."));
    return;
  }
  if (job->context->environment == PD_ENVIRONMENT_PRODUCTION && !job->context->allow_create) {
    pd_check_job_skip (job, _("Not run: it creates a checkout session, which was not asked for in production."),
                       _("Allow it for this run. The session ends by itself; no order is made and nobody is charged."));
    return;
  }
  request = pd_request_new_create_session (job->context->environment, key, public_key_id, store_id,
                                           urls[0] != NULL ? urls[0] : PLACEHOLDER_URL);
  send (job, request);
}
