/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"
#include "pd-login.h"
#include "pd-remedy.h"

#define WAIT    N_("Wait a few minutes and run the checks again.")
#define BETWEEN N_("See whether a proxy or a sign-in page of this network stands in between, and run the checks again.")
#define PROGRAM N_("Amazon did not understand the call. That is Paydesk’s fault: no setting is to blame.")
#define REPORT  N_("Report it to Paydesk’s makers together with what was sent and what came back.")

/* RFC 6749's codes, as Login with Amazon uses them. That the client is looked at before the code is ordinary and fits every report,
 * but is an inference: nothing here is more than 'likely'. The code counts, not the status. */
static const PdRemedy rows[] = {
  { "F33", NULL, 429, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Login with Amazon is busy: it gets too many calls at the moment. The settings were not judged."), WAIT },
  { "F34", NULL, 500, 599, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Login with Amazon has trouble of its own. The settings were not judged."), WAIT },
  { "F34", NULL, 400, 499, "server_error", NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Login with Amazon has trouble of its own. The settings were not judged."), WAIT },
  { "F34", NULL, 400, 499, "temporarily_unavailable", NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Login with Amazon has trouble of its own. The settings were not judged."), WAIT },

  { NULL, NULL, 400, 499, "invalid_grant", NULL, FALSE, PD_VERDICT_PASSED, { "client-id", "client-secret" }, PD_CONFIDENCE_LIKELY,
    N_("Client ID and client secret were accepted; only the invented code was refused, as it must be."), NULL },
  { NULL, NULL, 400, 499, "invalid_client", NULL, FALSE, PD_VERDICT_FAILED, { "client-secret", "client-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon refuses Client ID and client secret. One of the two is wrong; the answer does not say which."),
    N_("Copy both from Seller Central again. If the check “Return URLs” knows the Client ID, it is the secret.") },
  { NULL, NULL, 400, 499, "unauthorized_client", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("This client may not exchange codes, so that nothing can be said of its secret."),
    N_("See the application’s settings in Seller Central.") },

  { "F24", NULL, 400, 499, "invalid_request", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM, REPORT },
  { "F24", NULL, 400, 499, "unsupported_grant_type", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM, REPORT },
  { "F24", NULL, 400, 499, "invalid_scope", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM, REPORT },
};

/* What is not an answer of Login with Amazon. */
static const PdRemedy strangers[] = {
  { "F70", NULL, 300, 399, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The answer points to another address, which Amazon’s service does not do. It was not followed."), BETWEEN },
  { NULL, NULL, 404, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The service that exchanges codes is not at its address any more. The settings were not judged."), BETWEEN },
  { NULL, NULL, 410, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The service that exchanges codes is not at its address any more. The settings were not judged."), BETWEEN },
  { NULL, NULL, 100, 599, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("What came back is not an answer of Login with Amazon. The settings were not judged."), BETWEEN },
};

static const PdRemedy unknown = {
  NULL, NULL, 0, 0, NULL, NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
  N_("Login with Amazon gave an answer that Paydesk does not know. The settings were not judged."),
  N_("Read Amazon’s message, or ask Amazon Pay’s support with the request ID.")
};

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

static const PdRemedy *
find_remedy (guint       status,
             const char *code)
{
  const PdRemedy *remedy = pd_remedy_search (rows, G_N_ELEMENTS (rows), "login-client", status, code, NULL);

  if (remedy == NULL && code == NULL)
    remedy = pd_remedy_search (strangers, G_N_ELEMENTS (strangers), "login-client", status, NULL, NULL);
  return remedy != NULL ? remedy : &unknown;
}

/* A client may be known to one of Amazon's servers and not to another: a refusal names the one that was asked. */
static void
name_server (PdFinding  *finding,
             PdResponse *response)
{
  g_autoptr (GUri) uri = g_uri_parse (pd_response_get_url (response), G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *summary = NULL;

  if (uri == NULL)
    return;
  summary = g_strdup_printf (_("%s (Server asked: %s)"), pd_finding_get_summary (finding), g_uri_get_host (uri));
  pd_finding_set_summary (finding, summary);
}

static PdFinding *
judge (Call       *call,
       PdResponse *response)
{
  g_autofree char *description = NULL;
  g_autofree char *code = pd_login_dup_error (response, &description);
  const PdRemedy  *remedy = find_remedy (pd_response_get_status (response), code);
  PdFinding       *finding = pd_remedy_to_finding (remedy, call->context, call->check->id);
  PdEvidence      *evidence = pd_evidence_new_from_response (response, call->context->secrets);

  if (remedy->verdict == PD_VERDICT_PASSED) {
    pd_finding_set_proves (finding, _("Login with Amazon knows this Client ID and its secret. Nobody was logged in."),
                           _("The return URLs, and that the Client ID belongs to this Seller ID."));
  } else if (remedy->verdict == PD_VERDICT_FAILED) {
    pd_finding_set_proves (finding, _("What Amazon answered to this call."), _("Which of the two is wrong."));
    name_server (finding, response);
  }
  if (code != NULL)
    pd_evidence_set_told (evidence, call->context->secrets, code, description, NULL);
  pd_check_context_take_evidence (call->context, finding, response, evidence);
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

  pd_check_return_finding (task, response != NULL ? judge (call, response)
                                                  : pd_remedy_explain_error (call->context, call->check->id, call->request, error));
}

/**
 * pd_check_login_client_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Has a code exchanged that nobody was given: that only the code is refused takes a right client.
 */
void
pd_check_login_client_start (const PdCheck  *check,
                             PdCheckContext *context,
                             GTask          *task)
{
  static const char *const needed[] = { "client-id", "client-secret", NULL };
  PdFinding               *hindrance = pd_check_context_find_missing (context, check->id, needed);
  Call                    *call;

  if (hindrance != NULL) {
    pd_check_return_finding (task, hindrance);
    return;
  }
  call = g_new0 (Call, 1);
  call->check = check;
  call->context = context;
  call->request = pd_login_new_exchange (context->environment, pd_check_context_get_text (context, "client-id"),
                                         pd_check_context_get_secret (context, "client-secret"),
                                         pd_check_context_choose_return_url (context));
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  pd_client_send_async (context->client, call->request, g_task_get_cancellable (task), on_answer, task);
}
