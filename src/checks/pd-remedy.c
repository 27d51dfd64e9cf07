/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-remedy.h"

#define PROGRAM_SUMMARY N_("Amazon did not understand the call. That is Paydesk’s fault, not the shop’s.")
#define PROGRAM_STEP    N_("Please report it, with the evidence below, to Paydesk’s makers.")
#define WAIT_STEP       N_("Wait a few minutes and run the checks again.")

/* Source: API v2, "Manage errors", and what shops reported; the first row that fits counts. Which code a wrong key ID or a
 * wrong Store ID earns is an inference, so those rows say 'likely'. */
static const PdRemedy rows[] = {
  { "signature", 404, "ResourceNotFound", NULL, PD_VERDICT_PASSED, { "private-key", "public-key-id" }, PD_CONFIDENCE_LIKELY,
    N_("The signed call was accepted: the private key belongs to the public key ID."), NULL },
  { NULL, 0, "InvalidHeaderValue", "(?i)x-amz-pay-date|in future", PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_LIKELY,
    N_("Amazon refuses the call’s date: this computer’s clock is ahead."),
    N_("Turn on the automatic setting of date and time in this computer’s settings, then run the checks again.") },
  { NULL, 0, "InvalidHeaderValue", NULL, PD_VERDICT_FAILED, { "public-key-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon does not know the public key ID, or it is one of another environment or region."),
    N_("Compare the public key ID with the one that Seller Central shows for this environment.") },
  { NULL, 0, "InvalidRequestSignature", NULL, PD_VERDICT_FAILED, { "private-key", "public-key-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon refuses the signature: the private key does not belong to this public key ID."),
    N_("Choose the file AmazonPay_….pem whose name holds this public key ID. If it is lost, make a new key in Seller Central.") },
  { NULL, 0, "InvalidAuthentication", NULL, PD_VERDICT_FAILED, { "public-key-id", "private-key" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon does not accept the public key ID."),
    N_("Compare the public key ID with the one that Seller Central shows for this environment.") },
  { NULL, 0, "InvalidAuthorizationToken", NULL, PD_VERDICT_FAILED, { "mws-auth-token" }, PD_CONFIDENCE_LIKELY,
    N_("The authorisation of the developer is invalid or has expired."),
    N_("Grant 株式会社フューチャーショップ (804019623754) access again in Seller Central, and enter the new token.") },
  { NULL, 0, "UnauthorizedAccess", NULL, PD_VERDICT_FAILED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("This Amazon account may not do that. No ID or key is to blame."),
    N_("Look in Seller Central whether Amazon Pay is set up completely and the API may be used; else ask Amazon Pay’s support.") },
  { NULL, 0, "InvalidAccountStatus", NULL, PD_VERDICT_FAILED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("The Amazon account is suspended, or its registration is not finished. No ID or key is to blame."),
    N_("Look at the account’s state in Seller Central. An account that was not used for over a year may be restricted: ask Amazon Pay’s support.") },
  { "store-id", 0, "InvalidParameterValue", "(?i)store ?id", PD_VERDICT_FAILED, { "client-id" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon does not know the Client ID (Store ID) for this account and environment."),
    N_("Compare the Client ID with the one in Seller Central. Sandbox and production have one each, and they look alike.") },
  { "store-id", 0, "InvalidParameterValue", "(?i)url|domain", PD_VERDICT_FAILED, { "return-urls", "javascript-origins" }, PD_CONFIDENCE_LIKELY,
    N_("Amazon refuses the return URL."),
    N_("Compare the return URL with those registered in Seller Central.") },
  { "store-id", 0, "MissingParameterValue", "(?i)store ?id", PD_VERDICT_FAILED, { "client-id" }, PD_CONFIDENCE_LIKELY,
    N_("The Client ID (Store ID) is empty."), N_("Enter the Client ID.") },
  { NULL, 404, "ResourceNotFound", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "InvalidParameterValue", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN,
    N_("Amazon refuses a value; its message says which."), PROGRAM_STEP },
  { NULL, 0, "TLSVersionNotSupported", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("This computer’s encryption is too old for Amazon."), N_("Update this computer’s system.") },
  { NULL, 0, "RequestNotSupported", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "UnsupportedOperation", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_UNKNOWN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "MissingHeader", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "MissingHeaderValue", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "MissingParameterValue", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_LIKELY, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "InvalidParameterCombination", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "UnrecognizedField", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "InvalidRequestFormat", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "InvalidRequest", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "InvalidAPIVersion", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "DuplicateIdempotencyKey", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "InvalidSandboxSimulationSpecified", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN, PROGRAM_SUMMARY, PROGRAM_STEP },
  { NULL, 0, "TooManyRequests", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("Amazon’s server asks for patience: too many calls at the moment."), WAIT_STEP },
  { NULL, 0, "RequestTimeout", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("Amazon’s server took too long."), WAIT_STEP },
  { NULL, 0, "InternalServerError", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("Amazon’s server has trouble of its own."), WAIT_STEP },
  { NULL, 0, "ProcessingFailure", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("Amazon’s server has trouble of its own."), WAIT_STEP },
  { NULL, 0, "ServiceUnavailable", NULL, PD_VERDICT_UNDETERMINED, { NULL }, PD_CONFIDENCE_CERTAIN,
    N_("Amazon’s server is not available at the moment."), WAIT_STEP },
};

/**
 * pd_remedy_find:
 * @check: the check's id
 * @status: the HTTP status
 * @reason: the reasonCode
 * @message: (nullable): the message
 *
 * Returns: (nullable): what that answer means to that check; %NULL: a code that is not known
 */
const PdRemedy *
pd_remedy_find (const char *check,
                guint       status,
                const char *reason,
                const char *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PdRemedy *row = &rows[i];

    if (row->check != NULL && !g_str_equal (row->check, check))
      continue;
    if (row->status != 0 && row->status != status)
      continue;
    if (!g_str_equal (row->reason, reason))
      continue;
    if (row->mentions != NULL && (message == NULL || !g_regex_match_simple (row->mentions, message, 0, 0)))
      continue;
    return row;
  }
  return NULL;
}

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
