/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"
#include "pd-error.h"
#include "pd-mws.h"
#include "pd-places.h"
#include "pd-remedy.h"
#include "pd-shape.h"

#define WAIT     N_("Wait a few minutes and run the checks again.")
#define BUSY     N_("The old service (MWS) is busy: it gets too many calls at the moment. The keys were not judged.")
#define ACCOUNT  N_("Finish the registration, or read the notices in Seller Central; Amazon Pay’s support can tell more.")
#define NO_GRANT N_("Compare the Seller ID with the one in Seller Central. If the access key is another developer’s, a grant in Seller " \
                    "Central to that developer is needed, and its token.")
#define GONE     N_("This judges no ID or key. Advice: upgrade the shop to the current Amazon Pay, then delete the keys that are no longer used.")

/* What the probe is answered: the same table stands in the programs of many shops, and not in a document of Amazon's; so nothing
 * here is more than 'likely'. The first row that fits counts. */
static const PdRemedy rows[] = {
  /* Busy, or in trouble: no verdict, whatever else is said. */
  { "F33", NULL, 429, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, BUSY, WAIT },
  { "F33", NULL, 400, 599, "RequestThrottled", NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, BUSY, WAIT },
  { "F33", NULL, 400, 599, "QuotaExceeded", NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, BUSY, WAIT },
  { "F34", NULL, 500, 599, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The old service (MWS) has trouble of its own. The keys were not judged."), WAIT },

  /* Accepted. */
  { NULL, NULL, 400, 499, "InvalidOrderReferenceId", NULL, FALSE, PD_VERDICT_PASSED,
    { "access-key-id", "secret-access-key", "seller-id" }, PD_CONFIDENCE_LIKELY,
    N_("The probe was accepted: AccessKeyId, SecretAccessKey and SellerId are right."), NULL },

  /* Refused. */
  { "F43", NULL, 400, 499, "InvalidAccessKeyId", NULL, FALSE, PD_VERDICT_FAILED, { "access-key-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon does not know this AccessKeyId."), N_("Copy the AccessKeyId from Seller Central again.") },
  { "F43", NULL, 400, 499, "InvalidClientTokenId", NULL, FALSE, PD_VERDICT_FAILED, { "access-key-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon does not know this AccessKeyId."), N_("Copy the AccessKeyId from Seller Central again.") },
  { "F44", NULL, 400, 499, "SignatureDoesNotMatch", NULL, FALSE, PD_VERDICT_FAILED, { "secret-access-key", "access-key-id" },
    PD_CONFIDENCE_LIKELY,
    N_("Amazon refuses the signature: the SecretAccessKey does not belong to this AccessKeyId."),
    N_("Press “シークレットを表示” in Seller Central, and copy the SecretAccessKey again.") },
  { "F45", NULL, 400, 499, "InvalidParameterValue", "invalid seller ?id", FALSE, PD_VERDICT_FAILED, { "seller-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon knows no seller with this SellerId."), N_("Copy 出品者ID from Seller Central again, and enter it as SellerId.") },
  { "F47", NULL, 400, 499, "AccessDenied", "auth ?token is not valid", FALSE, PD_VERDICT_FAILED, { "mws-auth-token", "seller-id" },
    PD_CONFIDENCE_LIKELY,
    N_("Amazon refuses the MWS Auth Token for this SellerId and AccessKeyId: it is wrong, was withdrawn, or was granted to another "
       "developer; or the SellerId is another merchant’s."), NO_GRANT },
  { "F47", NULL, 400, 499, "AccessDenied", NULL, FALSE, PD_VERDICT_FAILED, { "mws-auth-token", "seller-id" }, PD_CONFIDENCE_LIKELY,
    N_("This access key may not act for this SellerId: an MWS Auth Token is missing, or the SellerId is another account’s."), NO_GRANT },
  { "F47", NULL, 400, 499, NULL, "missing required mws ?auth ?token", FALSE, PD_VERDICT_FAILED, { "mws-auth-token", "seller-id" },
    PD_CONFIDENCE_LIKELY,
    N_("This access key may not act for this SellerId: an MWS Auth Token is missing, or the SellerId is another account’s."), NO_GRANT },

  /* The account: no credential is to blame. */
  { "F30", NULL, 400, 499, "InvalidAccountStatus", NULL, FALSE, PD_VERDICT_FAILED, { NULL }, PD_CONFIDENCE_LIKELY,
    N_("The Amazon account is suspended, or its registration is not finished. No ID or key is to blame."), ACCOUNT },
  { "F30", NULL, 400, 499, "UnauthorizedAccess", NULL, FALSE, PD_VERDICT_FAILED, { NULL }, PD_CONFIDENCE_LIKELY,
    N_("This Amazon account may not use the old service (MWS). No ID or key is to blame."), ACCOUNT },

  /* The clock, the program, the path. */
  { "F46", NULL, 400, 499, "RequestExpired", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Not judged: Amazon refuses the time of the call, as this computer’s clock is wrong."),
    N_("Switch on automatic date and time in this computer’s settings, and run the checks again.") },
  { "F45", NULL, 400, 499, "InvalidParameterValue", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon refuses a value of the call, and it is not clear which setting that concerns."),
    N_("Read Amazon’s message, and compare the value that it names with Seller Central.") },
  { "F24", NULL, 400, 499, "MissingAuthenticationToken", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon did not understand the call. That is Paydesk’s fault: no setting is to blame."),
    N_("Report it to Paydesk’s makers together with what was sent and what came back.") },
  { "F50", "mws-keys", 400, 499, "InvalidAddress", NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The old service (MWS) is not there any more: its server does not know the address of Amazon Pay’s part."), GONE },
};

/* What is no answer of MWS. */
static const PdRemedy strangers[] = {
  { "F70", NULL, 300, 399, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The answer points to another address, which Amazon’s service does not do. It was not followed."),
    N_("See whether a proxy or a sign-in page of this network stands in between, and run the checks again.") },
  { "F50", "mws-keys", 404, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The old service (MWS) is not there any more: its server does not know the address."), GONE },
  { "F50", "mws-keys", 410, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The old service (MWS) is not there any more: its server says that it is gone."), GONE },
  { "F50", "mws-keys", 100, 599, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("What came back is not an answer of the old service (MWS): most likely it is not there any more, or a proxy stands in between."), GONE },
};

static const PdRemedy unknown = {
  NULL, NULL, 0, 0, NULL, NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
  N_("The old service (MWS) gave an answer that Paydesk does not know. The keys were not judged."),
  N_("Read Amazon’s message, or ask Amazon Pay’s support with the request ID.")
};

typedef struct {
  const PdCheck  *check;
  PdCheckContext *context;
  PdRequest      *request;
  gboolean        with_token;
} Call;

static void
call_free (Call *call)
{
  g_clear_object (&call->request);
  g_free (call);
}

/* To where the shop is upgraded. */
static void
point_to_upgrade (PdCheckContext *context,
                  PdFinding      *finding)
{
  PdSite         site = pd_profile_get_mode (context->profile) & PD_MODE_LEGACY ? PD_SITE_LEGACY : PD_SITE_CC;
  const PdPlace *place = pd_places_lookup ("N1", site);
  g_auto (GStrv) steps = place != NULL ? pd_place_split (place) : NULL;

  if (steps != NULL)
    pd_finding_set_where (finding, (const char *const *) steps);
}

static PdFinding *
explain_error (Call         *call,
               const GError *error)
{
  PdFinding *finding = pd_remedy_explain_error (call->context, call->check->id, call->request, error);

  if (!g_error_matches (error, PD_ERROR, PD_ERROR_OFFLINE))
    return finding;
  /* The name is not known, or nothing listens there. */
  pd_finding_set_summary (finding, _("Nothing answers at the address of the old service (MWS): it is not there any more, or this computer "
                                     "has no connection."));
  pd_finding_set_next_step (finding, _("If the check “Connection” passes, the service is gone. This judges no ID or key. Advice: upgrade the "
                                       "shop to the current Amazon Pay, then delete the keys that are no longer used."));
  point_to_upgrade (call->context, finding);
  return finding;
}

static const PdRemedy *
find_remedy (guint              status,
             const PdMwsAnswer *answer)
{
  const char     *code = answer != NULL ? answer->code : NULL;
  const char     *message = answer != NULL ? answer->message : NULL;
  const PdRemedy *remedy = pd_remedy_search (rows, G_N_ELEMENTS (rows), "mws-keys", status, code, message);

  if (remedy == NULL && answer == NULL)
    remedy = pd_remedy_search (strangers, G_N_ELEMENTS (strangers), "mws-keys", status, NULL, NULL);
  return remedy != NULL ? remedy : &unknown;
}

static PdFinding *
judge (Call              *call,
       PdResponse        *response,
       const PdMwsAnswer *answer)
{
  static const char *const all[] = { "access-key-id", "secret-access-key", "seller-id", "mws-auth-token", NULL };
  const PdRemedy          *remedy = find_remedy (pd_response_get_status (response), answer);
  PdFinding               *finding = pd_remedy_to_finding (remedy, call->context, call->check->id);
  PdEvidence              *evidence = pd_evidence_new_from_response (response, call->context->secrets);
  const char              *unproven = call->with_token
                                    ? _("The Client ID and the client secret: this call sends neither.")
                                    : _("The MWS Auth Token: it was granted to futureshop, and a call with the shop’s own key is made without "
                                        "it. The Client ID and the client secret.");

  if (remedy->verdict == PD_VERDICT_PASSED) {
    pd_finding_set_proves (finding, _("Amazon’s old service accepts calls with these keys for this seller in this environment."), unproven);
    if (call->with_token)
      pd_check_context_blame (call->context, finding, all);
  } else if (remedy->verdict == PD_VERDICT_FAILED) {
    pd_finding_set_proves (finding, _("What Amazon answered to this call."), unproven);
  }
  if (g_strcmp0 (remedy->cause, "F50") == 0)
    point_to_upgrade (call->context, finding);
  if (answer != NULL)
    pd_evidence_set_told (evidence, call->context->secrets, answer->code, answer->message, answer->request_id);
  pd_check_context_take_evidence (call->context, finding, response, evidence);
  return finding;
}

static PdSecretText *
get_token (PdCheckContext *context)
{
  PdSecretText *token = pd_check_context_get_secret (context, "mws-auth-token");

  return token != NULL && pd_secret_text_get_length (token) > 0 && !g_str_equal (pd_secret_text_peek (token), PD_PRESET_TOKEN) ? token : NULL;
}

static void send (GTask *task);

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask                   *task = data;
  Call                    *call = g_task_get_task_data (task);
  g_autoptr (GError)       error = NULL;
  g_autoptr (PdResponse)   response = pd_client_send_finish (PD_CLIENT (source), result, &error);
  g_autoptr (PdMwsAnswer)  answer = response != NULL ? pd_mws_answer_new (pd_response_get_body (response)) : NULL;

  if (response == NULL) {
    pd_check_return_finding (task, explain_error (call, error));
  } else if (!call->with_token && answer != NULL && g_strcmp0 (answer->code, "AccessDenied") == 0 && get_token (call->context) != NULL) {
    /* A key that may not act by itself: it may be a developer's, who needs the token. */
    call->with_token = TRUE;
    send (task);
  } else {
    pd_check_return_finding (task, judge (call, response, answer));
  }
}

/* A token is granted to one developer, and refused with any other's key although it is right. The shop's own key needs none for the
 * shop's own account: so the token is sent only where the key alone does not do. */
static void
send (GTask *task)
{
  Call           *call = g_task_get_task_data (task);
  PdCheckContext *context = call->context;

  g_clear_object (&call->request);
  call->request = pd_mws_new_probe (context->environment, pd_check_context_get_text (context, "access-key-id"),
                                    pd_check_context_get_secret (context, "secret-access-key"),
                                    pd_check_context_get_text (context, "seller-id"), call->with_token ? get_token (context) : NULL);
  pd_client_send_async (context->client, call->request, g_task_get_cancellable (task), on_answer, task);
}

/**
 * pd_check_mws_keys_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Asks the legacy service for an order that cannot exist: to be told so takes right keys and a right seller.
 */
void
pd_check_mws_keys_start (const PdCheck  *check,
                         PdCheckContext *context,
                         GTask          *task)
{
  static const char *const needed[] = { "access-key-id", "secret-access-key", "seller-id", NULL };
  PdFinding               *hindrance = pd_check_context_find_missing (context, check->id, needed);
  Call                    *call;

  if (hindrance != NULL) {
    pd_check_return_finding (task, hindrance);
    return;
  }
  call = g_new0 (Call, 1);
  call->check = check;
  call->context = context;
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  send (task);
}
