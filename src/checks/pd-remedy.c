/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-error.h"
#include "pd-explain.h"
#include "pd-remedy.h"

#define PROGRAM N_("Amazon did not understand the call. That is Paydesk’s fault: no setting is to blame.")
#define REPORT  N_("Report it to Paydesk’s makers together with what was sent and what came back.")
#define WAIT    N_("Wait a few minutes and run the checks again.")
#define BETWEEN N_("See whether a proxy or a sign-in page of this network stands in between, and run the checks again.")

/* A token is granted to one developer, and refused with any other's key although it is right. */
#define NOT_OURS N_("Cannot be checked from here: Amazon does not accept the token with this key. Either the key is not that of the " \
                    "developer to whom the token was granted, or the token is wrong or was withdrawn.")
#define GRANT    N_("See the grant’s page in Seller Central: 株式会社フューチャーショップ (804019623754) must stand there, and the token shown " \
                    "there must be the one entered.")
#define TOKEN(reason_, mentions_) \
  { "F47", "token", 400, 499, reason_, mentions_, FALSE, PD_VERDICT_SKIPPED, { NULL }, PD_CONFIDENCE_UNKNOWN, NOT_OURS, GRANT }

/* A fault of ours: undetermined, whatever the check. */
#define OURS(reason_) \
  { "F24", NULL, 400, 499, reason_, NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM, REPORT }

/* API v2, "Manage errors", and what other shops' programs report. The first row that fits counts. Which code a wrong key ID or
 * Store ID earns is an inference: such rows are 'likely'. No row blames a credential for what is the server's, the network's,
 * the clock's or the account's. */
static const PdRemedy rows[] = {
  /* No verdict, whatever the body says. */
  { "F33", NULL, 429, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon’s server gets too many calls at the moment. The settings were not judged."), WAIT },
  { "F34", NULL, 408, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon’s server did not take the call in time. The settings were not judged."), WAIT },
  { "F34", NULL, 425, 0, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon’s server did not take the call in time. The settings were not judged."), WAIT },
  { "F34", NULL, 500, 599, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon’s server has trouble of its own. The settings were not judged."), WAIT },
  { "F70", NULL, 300, 399, NULL, NULL, TRUE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("The answer points to another address, which Amazon’s service does not do. It was not followed."), BETWEEN },

  /* Accepted. */
  { NULL, "signature", 404, 0, "ResourceNotFound", NULL, FALSE, PD_VERDICT_PASSED, { "private-key", "public-key-id" },
    PD_CONFIDENCE_LIKELY,
    N_("A signed call was accepted: the private key belongs to the public key ID."), NULL },

  /* The clock. */
  { "F20", NULL, 400, 499, "InvalidHeaderValue", "x-amz-pay-date|in (the )?future", FALSE, PD_VERDICT_UNDETERMINED, { NULL },
    PD_CONFIDENCE_UNKNOWN,
    N_("Not judged: Amazon refuses the time of the call, as this computer’s clock is wrong."),
    N_("Switch on automatic date and time in this computer’s settings, and run the checks again.") },

  /* The key. */
  { "F24", NULL, 400, 499, "InvalidHeaderValue", "x-amz-pay-(region|host|idempotency-key)|content-type|user-agent|'accept'|SignedHeaders", FALSE,
    PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM, REPORT },
  { "F21", NULL, 400, 499, "InvalidHeaderValue", NULL, FALSE, PD_VERDICT_FAILED, { "public-key-id" }, PD_CONFIDENCE_LIKELY,
    N_("Most likely Amazon does not know the public key ID, or it belongs to another environment or region."),
    N_("Compare the public key ID with the one that Seller Central shows for this environment, and copy it again.") },
  { "F22", NULL, 400, 499, "InvalidRequestSignature", NULL, FALSE, PD_VERDICT_FAILED, { "private-key", "public-key-id" },
    PD_CONFIDENCE_LIKELY,
    N_("Amazon refuses the signature: the private key does not belong to this public key ID."),
    N_("Choose the file AmazonPay_….pem whose name holds this public key ID. If it is lost, make a new key in Seller Central.") },
  { "F21", NULL, 400, 499, "InvalidAuthentication", NULL, FALSE, PD_VERDICT_FAILED, { "public-key-id", "private-key" },
    PD_CONFIDENCE_LIKELY,
    N_("Most likely Amazon does not know the public key ID."),
    N_("Compare the public key ID with the one that Seller Central shows for this environment, and copy it again.") },

  /* The exchange of a token. */
  { "F45", "token", 400, 499, "InvalidParameterValue", "merchant ?_?id", FALSE, PD_VERDICT_FAILED, { "seller-id" }, PD_CONFIDENCE_LIKELY,
    N_("Most likely Amazon knows no seller with this Seller ID."), N_("Copy 出品者ID from Seller Central again, and enter it as SellerId.") },
  TOKEN ("InvalidParameterValue", "token"),
  TOKEN ("InvalidAuthorizationToken", NULL),
  TOKEN ("UnauthorizedAccess", NULL),
  TOKEN ("ResourceNotFound", NULL),

  /* The account: no credential is to blame. */
  { "F30", NULL, 400, 499, "InvalidAccountStatus", NULL, FALSE, PD_VERDICT_FAILED, { NULL }, PD_CONFIDENCE_LIKELY,
    N_("The Amazon account is suspended, or its registration is not finished. No ID or key is to blame."),
    N_("Look at the account’s state in Seller Central. One unused for over a year may be restricted: ask Amazon Pay’s support.") },
  { "F29", NULL, 400, 499, "UnauthorizedAccess", NULL, FALSE, PD_VERDICT_FAILED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("This Amazon account may not make such calls. No ID or key is to blame."),
    N_("Look in Seller Central whether Amazon Pay is set up to the end; then ask Amazon Pay’s support with the request ID.") },

  /* What the call that creates a session sends. */
  { "F23", "store-id", 400, 499, "InvalidParameterValue", "store ?-?_?id", FALSE, PD_VERDICT_FAILED, { "client-id" }, PD_CONFIDENCE_LIKELY,
    N_("Most likely the Client ID (Store ID) is not one of this account and environment."),
    N_("Compare the Client ID with the one in Seller Central, and copy it again. Sandbox and production have one each, and they look alike.") },
  { "F23", "store-id", 400, 499, "MissingParameterValue", "store ?-?_?id", FALSE, PD_VERDICT_FAILED, { "client-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon finds no Client ID (Store ID) in the call."), N_("Enter the Client ID again.") },
  { "F23", "store-id", 400, 499, "InvalidParameterValue", "url|domain", FALSE, PD_VERDICT_FAILED, { "return-urls", "javascript-origins" },
    PD_CONFIDENCE_LIKELY,
    N_("Most likely Amazon does not take the shop’s address: its domain is not registered for the Client ID."),
    N_("Compare the return URLs and JavaScript origins with those registered in Seller Central.") },
  { "F23", NULL, 400, 499, "InvalidParameterValue", NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon refuses a value of the call, and it is not clear which setting that concerns."),
    N_("Read Amazon’s message, and compare the value that it names with Seller Central.") },

  /* This computer. */
  { "F28", NULL, 426, 0, NULL, NULL, FALSE, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("This computer’s encryption is too old for Amazon. The settings were not judged."), N_("Update this computer’s system.") },

  OURS ("MissingHeader"),
  OURS ("MissingHeaderValue"),
  OURS ("MissingParameterValue"),
  OURS ("InvalidParameterCombination"),
  OURS ("UnrecognizedField"),
  OURS ("InvalidRequestFormat"),
  OURS ("InvalidRequest"),
  OURS ("InvalidAPIVersion"),
  OURS ("InvalidSandboxSimulationSpecified"),
  OURS ("DuplicateIdempotencyKey"),
  OURS ("InvalidAuthorizationToken"),
  OURS ("UnsupportedOperation"),
  OURS ("RequestNotSupported"),
};

/* What to do about a trouble on the way, by PdError. */
static const struct {
  PdError     code;
  const char *next_step;
} ways[] = {
  { PD_ERROR_OFFLINE, N_("Check this computer’s connection to the internet, and run the checks again.") },
  { PD_ERROR_TLS, N_("Check this computer’s date and time; then ask whoever looks after the network whether encrypted connections are "
                     "opened on the way. Paydesk sends nothing without a trustworthy certificate.") },
  { PD_ERROR_TIMEOUT, WAIT },
  { PD_ERROR_TOO_LARGE, BETWEEN },
  { PD_ERROR_GARBAGE, BETWEEN },
  { PD_ERROR_NOT_ALLOWED, N_("Choose another environment and run the checks again.") },
};

/**
 * pd_remedy_get_all:
 * @n_remedies: (out): how many rows there are
 *
 * Returns: (transfer none) (array length=n_remedies): the table
 */
const PdRemedy *
pd_remedy_get_all (guint *n_remedies)
{
  *n_remedies = G_N_ELEMENTS (rows);
  return rows;
}

/**
 * pd_remedy_search:
 * @table: (array length=n_rows): rows, of which the first that fits counts
 * @n_rows: how many
 * @check: the check's id
 * @status: the HTTP status
 * @reason: (nullable): the code of the answer, where it is one of the service's
 * @message: (nullable): its message
 *
 * Returns: (transfer none) (nullable): what the answer means to that check; %NULL where that is not known
 */
const PdRemedy *
pd_remedy_search (const PdRemedy *table,
                  guint           n_rows,
                  const char     *check,
                  guint           status,
                  const char     *reason,
                  const char     *message)
{
  for (guint i = 0; i < n_rows; i++) {
    const PdRemedy *row = &table[i];

    if (row->check != NULL && !g_str_equal (row->check, check))
      continue;
    if (status < row->status || status > MAX (row->status, row->last_status))
      continue;
    if (row->reason != NULL && g_strcmp0 (row->reason, reason) != 0)
      continue;
    if (row->mentions != NULL && (message == NULL || !g_regex_match_simple (row->mentions, message, G_REGEX_CASELESS, 0)))
      continue;
    return row;
  }
  return NULL;
}

/**
 * pd_remedy_find:
 * @check: the check's id
 * @status: the HTTP status
 * @reason: (nullable): reasonCode, where the answer is one of API v2's
 * @message: (nullable): its message
 *
 * Returns: (transfer none) (nullable): what an answer of API v2 means to that check; %NULL where that is not known
 */
const PdRemedy *
pd_remedy_find (const char *check,
                guint       status,
                const char *reason,
                const char *message)
{
  return pd_remedy_search (rows, G_N_ELEMENTS (rows), check, status, reason, message);
}

/**
 * pd_remedy_undetermined:
 * @check: the check's id
 * @summary: why nothing was judged, translated
 * @next_step: what to do, translated
 *
 * Returns: (transfer full): a finding that blames no setting
 */
PdFinding *
pd_remedy_undetermined (const char *check,
                        const char *summary,
                        const char *next_step)
{
  PdFinding *finding = pd_finding_new (check, PD_VERDICT_UNDETERMINED, summary);

  pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
  pd_finding_set_next_step (finding, next_step);
  return finding;
}

/**
 * pd_remedy_to_finding:
 * @remedy: a row
 * @context: the run
 * @check: the check's id
 *
 * Returns: (transfer full): the finding that the row stands for, without evidence
 */
PdFinding *
pd_remedy_to_finding (const PdRemedy *remedy,
                      PdCheckContext *context,
                      const char     *check)
{
  PdFinding *finding;

  if (remedy->verdict == PD_VERDICT_UNDETERMINED) {
    finding = pd_remedy_undetermined (check, _(remedy->summary), _(remedy->next_step));
    pd_finding_set_cause (finding, remedy->cause);
    return finding;
  }
  finding = pd_finding_new (check, remedy->verdict, _(remedy->summary));
  pd_finding_set_cause (finding, remedy->cause);
  pd_finding_set_confidence (finding, remedy->confidence);
  pd_finding_set_next_step (finding, remedy->next_step != NULL ? _(remedy->next_step) : NULL);
  pd_check_context_blame (context, finding, remedy->fields);
  return finding;
}

/* Of an answer that no row knows. */
static PdFinding *
explain_unknown (const char *check,
                 guint       status,
                 const char *reason)
{
  g_autofree char *summary = NULL;

  if (reason == NULL) {
    summary = g_strdup_printf (_("What came back (status %u) is not an answer of Amazon Pay’s. The settings were not judged."), status);
    return pd_remedy_undetermined (check, summary, _(BETWEEN));
  }
  summary = g_strdup_printf (_("Amazon’s answer (status %u) has a code that Paydesk does not know. The settings were not judged."), status);
  return pd_remedy_undetermined (check, summary, _("Read Amazon’s message, or ask Amazon Pay’s support with the request ID."));
}

typedef enum {
  SAME,
  OTHER,
  UNTOLD,
} Quote;

/* A refused signature's message quotes the string that the server computed. */
static Quote
compare_quoted (PdResponse *response)
{
  g_autofree char *quoted = pd_response_dup_quoted_string (response);
  const char      *ours = pd_response_get_string_to_sign (response);

  if (quoted == NULL || ours == NULL)
    return UNTOLD;
  return g_ascii_strcasecmp (quoted, ours) == 0 ? SAME : OTHER;
}

/**
 * pd_remedy_apply:
 * @context: the run
 * @check: the check's id
 * @response: an answer that is no success
 * @silent: (out) (optional): whether it judges nothing
 *
 * Returns: (transfer full): a finding with the answer as its evidence
 */
PdFinding *
pd_remedy_apply (PdCheckContext *context,
                 const char     *check,
                 PdResponse     *response,
                 gboolean       *silent)
{
  guint           status = pd_response_get_status (response);
  const char     *reason;
  const char     *message;
  gboolean        is_api = pd_response_get_reason (response, &reason, &message);
  const PdRemedy *remedy = pd_remedy_find (check, status, reason, message);
  gboolean        is_signature = remedy != NULL && g_strcmp0 (remedy->reason, "InvalidRequestSignature") == 0;
  Quote           quote = is_signature ? compare_quoted (response) : UNTOLD;
  PdFinding      *finding;

  /* A call that was not signed judges no key, account or ID, whatever it is answered. */
  if (remedy != NULL && remedy->verdict != PD_VERDICT_UNDETERMINED && pd_response_get_string_to_sign (response) == NULL)
    remedy = NULL;
  if (remedy == NULL) {
    finding = explain_unknown (check, status, reason);
  } else if (quote == OTHER) {
    finding = pd_remedy_undetermined (check, _("Amazon computed another string to sign than Paydesk did. That is Paydesk’s fault or a proxy’s: "
                                         "the key was not judged."), _(REPORT));
  } else {
    finding = pd_remedy_to_finding (remedy, context, check);
    if (quote == SAME)
      pd_finding_set_confidence (finding, PD_CONFIDENCE_CERTAIN);
  }
  pd_check_context_add_evidence (context, finding, response);
  if (silent != NULL)
    *silent = remedy != NULL ? remedy->silent : !is_api;
  return finding;
}

/**
 * pd_remedy_cancelled:
 * @check: the check's id
 *
 * Returns: (transfer full): the finding of a check that was not run to its end
 */
PdFinding *
pd_remedy_cancelled (const char *check)
{
  return pd_remedy_undetermined (check, _("Not judged: the tests were cancelled."), _("Run the checks again."));
}

/**
 * pd_remedy_explain_error:
 * @context: the run
 * @check: the check's id
 * @request: what was sent, or should have been
 * @error: why no answer came
 *
 * Returns: (transfer full): a finding that blames no setting
 */
PdFinding *
pd_remedy_explain_error (PdCheckContext *context,
                         const char     *check,
                         PdRequest      *request,
                         const GError   *error)
{
  g_autofree char *url = pd_request_get_shown_url (request, pd_client_get_endpoints (context->client), NULL);
  const char      *next_step = _("Run the checks again.");
  PdFinding       *finding;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return pd_remedy_cancelled (check);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    if (g_error_matches (error, PD_ERROR, ways[i].code))
      next_step = _(ways[i].next_step);
  }
  finding = pd_remedy_undetermined (check, error->message, next_step);
  pd_explain_blame_error (finding, error);
  if (url != NULL)
    pd_finding_take_evidence (finding, pd_evidence_new (pd_request_get_method (request), url, context->secrets));
  return finding;
}
