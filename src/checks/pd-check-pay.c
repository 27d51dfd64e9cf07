/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"
#include "pd-places.h"
#include "pd-remedy.h"
#include "pd-shape.h"

typedef struct {
  const PdCheck  *check;
  PdCheckContext *context;
  PdRequest      *request;
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->request);
  g_free (call);
}

static const char *
describe_unproven (const PdCheck *check)
{
  if (check->start == pd_check_token_start)
    return _("The MWS Auth Token: it is judged only where the Seller ID is known. The Client ID.");
  return check->start == pd_check_store_id_start
       ? _("The Seller ID: this call does not send it, and a wrong one would not be noticed. The MWS Auth Token and the return URLs.")
       : _("The Client ID, the Seller ID and the MWS Auth Token: this call sends none of them.");
}

/* releaseEnvironment says which environment really answered; the key picks it, not the operator. */
static gboolean
is_other_environment (PdCheckContext *context,
                      PdResponse     *response)
{
  g_autofree char *answered = pd_response_dup_member (response, "releaseEnvironment");
  const char      *expected = context->environment == PD_ENVIRONMENT_PRODUCTION ? "Live" : "Sandbox";

  /* With a shop's own key for production the practice endpoint plays production. */
  return answered != NULL && !context->form_only && g_ascii_strcasecmp (answered, expected) != 0;
}

/* A session as it was asked for: open, and of this very Store ID. */
static gboolean
is_session (PdCheckContext *context,
            PdResponse     *response)
{
  g_autofree char *id = pd_response_dup_member (response, "checkoutSessionId");
  g_autofree char *store_id = pd_response_dup_member (response, "storeId");
  g_autofree char *state = pd_response_dup_member (response, "statusDetails.state");

  return id != NULL && *id != '\0' && (state == NULL || g_ascii_strcasecmp (state, "Open") == 0) &&
         (store_id == NULL || g_str_equal (store_id, pd_check_context_get_text (context, "client-id")));
}

static PdFinding *
describe_created (const PdCheck  *check,
                  PdCheckContext *context,
                  PdResponse     *response)
{
  static const char *const judged[] = { "client-id", NULL };
  static const char *const blamed[] = { "public-key-id", "environment", NULL };
  PdFinding               *finding;

  if (is_other_environment (context, response)) {
    finding = pd_finding_new (check->id, PD_VERDICT_FAILED, _("Another environment answered than the one chosen: the key belongs to that one."));
    pd_finding_set_next_step (finding, _("Enter the key of the chosen environment, or choose the other environment."));
    pd_check_context_blame (context, finding, blamed);
  } else {
    finding = pd_finding_new (check->id, PD_VERDICT_PASSED, _("A checkout session was created: Amazon knows the Client ID (Store ID) for this key."));
    pd_finding_set_proves (finding,
                           _("The key and the Client ID belong to one account and to this environment. The session ends by itself: there is "
                             "no order and no charge."),
                           describe_unproven (check));
    pd_check_context_blame (context, finding, judged);
  }
  pd_check_context_add_evidence (context, finding, response);
  return finding;
}

/* API v2, "Delegated authorization". */
static gboolean
is_token (PdResponse *response)
{
  g_autoptr (PdWiped) token = pd_response_dup_member (response, "authorizationToken");

  return token != NULL && *token != '\0';
}

static PdFinding *
describe_token (const PdCheck  *check,
                PdCheckContext *context,
                PdResponse     *response)
{
  static const char *const judged[] = { "mws-auth-token", "seller-id", NULL };
  PdFinding               *finding = pd_finding_new (check->id, PD_VERDICT_PASSED,
                                                     _("Amazon accepts the MWS Auth Token for this Seller ID and this key."));

  pd_finding_set_proves (finding, _("The token was granted to the owner of this key by this seller, and is in force."),
                         _("The Client ID and the return URLs: this call sends neither."));
  pd_check_context_blame (context, finding, judged);
  pd_check_context_add_evidence (context, finding, response);
  return finding;
}

/* Where the grant is shown. */
static void
point_to_grant (PdFinding *finding)
{
  g_auto (GStrv) steps = pd_place_split (&pd_places_token[0]);

  pd_finding_set_where (finding, (const char *const *) steps);
}

static PdFinding *
judge (const PdCheck  *check,
       PdCheckContext *context,
       PdResponse     *response)
{
  guint      status = pd_response_get_status (response);
  gboolean   silent;
  PdFinding *finding;

  if (check->start == pd_check_token_start && status == 200 && is_token (response))
    return describe_token (check, context, response);
  if (check->start == pd_check_store_id_start && (status == 200 || status == 201) && is_session (context, response))
    return describe_created (check, context, response);
  finding = pd_remedy_apply (context, check->id, response, &silent);
  context->pay_silent |= silent;
  switch (pd_finding_get_verdict (finding)) {
    case PD_VERDICT_PASSED:
      pd_finding_set_proves (finding, _("Amazon accepts calls that are signed with this key in this environment."), describe_unproven (check));
      break;
    case PD_VERDICT_FAILED:
      pd_finding_set_proves (finding, _("What Amazon answered to this call."), describe_unproven (check));
      break;
    case PD_VERDICT_SKIPPED:
      point_to_grant (finding);
      break;
    case PD_VERDICT_WARNING:
    case PD_VERDICT_UNDETERMINED:
    default:
      break;
  }
  return finding;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask                 *task = data;
  Call                  *call = g_task_get_task_data (task);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_client_send_finish (PD_CLIENT (source), result, &error);

  if (response == NULL) {
    call->context->pay_silent = TRUE;
    pd_check_return_finding (task, pd_remedy_explain_error (call->context, call->check->id, call->request, error));
  } else {
    pd_check_return_finding (task, judge (call->check, call->context, response));
  }
}

/* What keeps a signed call from being made; NULL where nothing does. */
static PdFinding *
find_hindrance (const PdCheck  *check,
                PdCheckContext *context)
{
  if (!pd_check_context_has_own_key (context))
    return pd_check_context_no_key (context, check->id);
  if (context->secrets_error != NULL && pd_check_context_get_secret (context, "private-key") == NULL) {
    PdFinding *finding = pd_finding_new (check->id, PD_VERDICT_UNDETERMINED, _("Not judged: the keyring did not give the private key."));

    pd_finding_set_next_step (finding, context->secrets_error->message);
    return finding;
  }
  if (*pd_check_context_get_text (context, "public-key-id") == '\0' || pd_check_context_get_secret (context, "private-key") == NULL)
    return pd_check_context_half_key (context, check->id);
  if (pd_check_context_get_key (context, NULL) == NULL)
    return pd_check_context_blocked (context, check->id, "key-pair");
  return NULL;
}

static void
send (const PdCheck  *check,
      PdCheckContext *context,
      PdRequest      *request,
      GTask          *task)
{
  Call *call = g_new0 (Call, 1);

  call->check = check;
  call->context = context;
  call->request = g_object_ref (request);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  pd_client_send_async (context->client, request, g_task_get_cancellable (task), on_answer, task);
}

/**
 * pd_check_signature_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Asks for a session that cannot exist: to be told so takes an accepted signature, and nothing is created.
 */
void
pd_check_signature_start (const PdCheck  *check,
                          PdCheckContext *context,
                          GTask          *task)
{
  PdFinding            *hindrance = find_hindrance (check, context);
  g_autoptr (PdRequest) request = NULL;

  if (hindrance != NULL) {
    pd_check_return_finding (task, hindrance);
    return;
  }
  request = pd_request_new_get_session (context->environment, pd_check_context_get_key (context, NULL),
                                        pd_check_context_get_text (context, "public-key-id"));
  send (check, context, request, task);
}

/* A server that just gave no answer is not asked again. */
static PdFinding *
find_silence (const PdCheck  *check,
              PdCheckContext *context)
{
  if (!context->pay_silent)
    return NULL;
  return pd_remedy_undetermined (check->id, _("Not judged: the signed call before it got no answer that says anything."),
                                 _("Run the checks again when the check “Signature” can be judged."));
}

static PdFinding *
find_store_hindrance (const PdCheck  *check,
                      PdCheckContext *context)
{
  PdFinding *finding = find_hindrance (check, context);

  if (finding != NULL)
    return finding;
  if (*pd_check_context_get_text (context, "client-id") == '\0')
    return pd_check_context_blocked (context, check->id, "completeness");
  if (context->environment == PD_ENVIRONMENT_PRODUCTION && !context->allow_create) {
    finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("Not run: it would create a checkout session in production, which was not asked for."));
    pd_finding_set_next_step (finding, _("Run it with your consent (--allow-create): the session ends by itself, without an order or a charge."));
    return finding;
  }
  return find_silence (check, context);
}

/**
 * pd_check_store_id_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Creates a checkout session, by which shop plugins validate their settings too. In production only where the operator said so.
 */
void
pd_check_store_id_start (const PdCheck  *check,
                         PdCheckContext *context,
                         GTask          *task)
{
  PdFinding            *hindrance = find_store_hindrance (check, context);
  g_autoptr (PdRequest) request = NULL;

  if (hindrance != NULL) {
    pd_check_return_finding (task, hindrance);
    return;
  }
  request = pd_request_new_create_session (context->environment, pd_check_context_get_key (context, NULL),
                                           pd_check_context_get_text (context, "public-key-id"),
                                           pd_check_context_get_text (context, "client-id"), pd_check_context_choose_return_url (context));
  send (check, context, request, task);
}

static PdFinding *
skip_token (const PdCheck *check,
            const char    *why)
{
  PdFinding *finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, why);

  pd_finding_set_next_step (finding,
                            _("What shows it is the grant’s page in Seller Central: 株式会社フューチャーショップ (804019623754) must stand there as a "
                              "developer with access, and the token shown there must be the one entered."));
  point_to_grant (finding);
  return finding;
}

static PdFinding *
find_token_hindrance (const PdCheck  *check,
                      PdCheckContext *context)
{
  static const char *const needed[] = { "mws-auth-token", "seller-id", NULL };
  PdFinding               *finding;

  if (g_str_equal (pd_profile_get_text (context->profile, "mws-auth-token"), PD_PRESET_TOKEN))
    return skip_token (check, _("The MWS Auth Token is pre-set by Amazon: there is no token here that could be checked."));
  if (!pd_check_context_has_own_key (context))
    return skip_token (check, _("Cannot be checked from here: the token is granted to futureshop, and only a call with futureshop’s own key "
                                "could judge it. The shop has no API v2 key here."));
  if (context->environment != PD_ENVIRONMENT_PRODUCTION)
    return skip_token (check, _("Cannot be checked in this environment: Amazon judges tokens in production only."));
  finding = pd_check_context_find_missing (context, check->id, needed);
  if (finding == NULL)
    finding = find_hindrance (check, context);
  return finding != NULL ? finding : find_silence (check, context);
}

/**
 * pd_check_token_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Exchanges the MWS Auth Token (API v2, "Delegated authorization"). A token is granted to one developer, and refused with any other's
 * key although it is right: of a refusal nothing can be said but that.
 */
void
pd_check_token_start (const PdCheck  *check,
                      PdCheckContext *context,
                      GTask          *task)
{
  PdFinding            *hindrance = find_token_hindrance (check, context);
  g_autoptr (PdRequest) request = NULL;

  if (hindrance != NULL) {
    pd_check_return_finding (task, hindrance);
    return;
  }
  request = pd_request_new_get_token (context->environment, pd_check_context_get_key (context, NULL),
                                      pd_check_context_get_text (context, "public-key-id"),
                                      pd_check_context_get_secret (context, "mws-auth-token"),
                                      pd_check_context_get_text (context, "seller-id"));
  send (check, context, request, task);
}
