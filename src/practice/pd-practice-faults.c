/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-practice-faults.h"

/* API v2, "Manage errors": the codes and their statuses. */
static const PdPracticeReason reasons[] = {
  { "InvalidHeaderValue", 400, "The value of a header is invalid." },
  { "MissingHeader", 400, "A mandatory header is missing." },
  { "MissingHeaderValue", 400, "A mandatory header has no value." },
  { "InvalidParameterValue", 400, "The value of a parameter is invalid." },
  { "MissingParameterValue", 400, "A mandatory parameter is missing." },
  { "InvalidParameterCombination", 400, "Two parameters do not go together." },
  { "UnrecognizedField", 400, "The request holds a field that is not known." },
  { "InvalidRequestFormat", 400, "The request cannot be read." },
  { "InvalidRequest", 400, "The request is invalid." },
  { "InvalidAPIVersion", 400, "This version of the API is not served." },
  { "InvalidSandboxSimulationSpecified", 400, "This simulation is not allowed here." },
  { "DuplicateIdempotencyKey", 400, "The idempotency key was used before with another request." },
  { "CurrencyMismatch", 400, "The currency is not that of the merchant account." },
  { "TransactionAmountExceeded", 400, "The amount is too high." },
  { "PeriodicAmountExceeded", 400, "The amount of the period is too high." },
  { "UnauthorizedAccess", 401, "The merchant account is not authorized to execute this request." },
  { "InvalidRequestSignature", 403, "Unable to verify signature" },
  { "InvalidAuthentication", 403, "The authentication failed." },
  { "InvalidAccountStatus", 403, "The merchant account is not in a state that allows this request." },
  { "InvalidAuthorizationToken", 403, "The value of x-amz-pay-authtoken is invalid or has expired." },
  { "ResourceNotFound", 404, "The resource was not found." },
  { "UnsupportedOperation", 405, "The operation is not supported for this resource." },
  { "RequestNotSupported", 405, "The request is not supported." },
  { "RequestTimeout", 408, "The request took too long." },
  { "AmountMismatch", 409, "The amounts do not match." },
  { "InvalidCheckoutSessionStatus", 422, "The checkout session is in a state that does not allow this." },
  { "CheckoutSessionCanceled", 422, "The checkout session was canceled." },
  { "InvalidChargeStatus", 422, "The charge is in a state that does not allow this." },
  { "InvalidChargePermissionStatus", 422, "The charge permission is in a state that does not allow this." },
  { "ChargePermissionNotModifiable", 422, "The charge permission cannot be modified." },
  { "TransactionCountExceeded", 422, "There are too many transactions." },
  { "AmazonRejected", 422, "The payment was rejected." },
  { "SoftDeclined", 422, "The payment was declined; it may be tried again." },
  { "HardDeclined", 422, "The payment was declined." },
  { "PaymentMethodNotAllowed", 422, "The payment method is not allowed." },
  { "MFANotCompleted", 422, "The buyer has not completed the verification." },
  { "TransactionTimedOut", 422, "The transaction timed out." },
  { "TLSVersionNotSupported", 426, "The version of TLS is not supported." },
  { "TooManyRequests", 429, "There are too many requests." },
  { "InternalServerError", 500, "There was an unexpected error." },
  { "ProcessingFailure", 500, "The request could not be processed." },
  { "ServiceUnavailable", 503, "The service is not available." },
};

/* The legacy service's, as its probe is answered, and the code exchange's. */
typedef struct {
  const char       *id;
  PdPracticeReason  reason;
} Named;

static const Named mws_reasons[] = {
  { "InvalidOrderReferenceId", { "InvalidOrderReferenceId", 404, "The OrderReferenceId S00-0000000-0000000 is invalid." } },
  { "InvalidAccessKeyId", { "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records." } },
  { "InvalidClientTokenId", { "InvalidClientTokenId", 403, "The AWS Access Key Id you provided does not exist in our records." } },
  { "SignatureDoesNotMatch", { "SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided." } },
  { "InvalidParameterValue.seller", { "InvalidParameterValue", 400, "Invalid seller id" } },
  { "InvalidParameterValue", { "InvalidParameterValue", 400, "The value of a parameter is invalid." } },
  { "AccessDenied.token", { "AccessDenied", 401, "AuthToken is not valid for SellerId and AWSAccountId" } },
  { "AccessDenied", { "AccessDenied", 401, "Access to the resource is denied." } },
  { "InvalidAccountStatus", { "InvalidAccountStatus", 403, "The merchant account is not in a state that allows this request." } },
  { "UnauthorizedAccess", { "UnauthorizedAccess", 403, "The merchant account is not authorized to execute this request." } },
  { "RequestExpired", { "RequestExpired", 400, "Request signature is too far in the past and has expired." } },
  { "MissingAuthenticationToken", { "MissingAuthenticationToken", 403, "The request has no authentication token." } },
  { "InvalidAddress", { "InvalidAddress", 404, "The address of the request is invalid." } },
  { "RequestThrottled", { "RequestThrottled", 503, "The frequency of requests was greater than allowed." } },
  { "QuotaExceeded", { "QuotaExceeded", 503, "The total number of requests was greater than allowed." } },
  { "InternalError", { "InternalError", 500, "There was an unexpected error." } },
  { "InternalServerError", { "InternalServerError", 500, "There was an unexpected error." } },
  { "ServiceUnavailable", { "ServiceUnavailable", 503, "The service is not available." } },
};

static const Named login_reasons[] = {
  { "invalid_grant", { "invalid_grant", 400, "The request has an invalid grant parameter : code" } },
  { "invalid_client", { "invalid_client", 401, "Client authentication failed" } },
  { "invalid_request", { "invalid_request", 400, "Malformed request" } },
  { "unauthorized_client", { "unauthorized_client", 400, "The client is not authorized to request authorization codes." } },
  { "unsupported_grant_type", { "unsupported_grant_type", 400, "The grant type is not supported." } },
  { "invalid_scope", { "invalid_scope", 400, "The scope is invalid." } },
  { "server_error", { "server_error", 500, "There was an unexpected error." } },
  { "temporarily_unavailable", { "temporarily_unavailable", 503, "The service is not available." } },
};

/* The faults by name, in the order of the command line's contract. `code`: of the reasons above. */
static const struct {
  const char          *name;
  PdPracticeFaultKind  kind;
  gboolean             every_path;
  const char          *code;
  PdPracticeLeaf       leaf;
  PdPracticePageFault  page;
} faults[] = {
  { "none", PD_PRACTICE_FAULT_NONE },
  { "wrong-key", PD_PRACTICE_FAULT_SIGNATURE },
  { "unknown-key-id", PD_PRACTICE_FAULT_KEY_ID },
  { "clock-ahead", PD_PRACTICE_FAULT_CLOCK, .every_path = TRUE },
  { "unknown-store", PD_PRACTICE_FAULT_STORE, .every_path = TRUE },
  { "unauthorized", PD_PRACTICE_FAULT_REASON, .code = "UnauthorizedAccess" },
  { "account-status", PD_PRACTICE_FAULT_REASON, .code = "InvalidAccountStatus" },
  { "throttled", PD_PRACTICE_FAULT_REASON, .every_path = TRUE, .code = "TooManyRequests" },
  { "server-error", PD_PRACTICE_FAULT_REASON, .every_path = TRUE, .code = "InternalServerError" },
  { "unavailable", PD_PRACTICE_FAULT_REASON, .every_path = TRUE, .code = "ServiceUnavailable" },
  { "slow", PD_PRACTICE_FAULT_SLOW, .every_path = TRUE },
  { "garbage", PD_PRACTICE_FAULT_GARBAGE, .every_path = TRUE },
  { "html", PD_PRACTICE_FAULT_HTML, .every_path = TRUE },
  { "cut", PD_PRACTICE_FAULT_CUT, .every_path = TRUE },
  { "redirect", PD_PRACTICE_FAULT_REDIRECT, .every_path = TRUE },
  { "huge", PD_PRACTICE_FAULT_HUGE, .every_path = TRUE },
  { "expired-certificate", PD_PRACTICE_FAULT_CERTIFICATE, .every_path = TRUE, .leaf = PD_PRACTICE_LEAF_EXPIRED },
  { "wrong-host", PD_PRACTICE_FAULT_CERTIFICATE, .every_path = TRUE, .leaf = PD_PRACTICE_LEAF_WRONG_HOST },
  { "expires-soon", PD_PRACTICE_FAULT_CERTIFICATE, .every_path = TRUE, .leaf = PD_PRACTICE_LEAF_EXPIRES_SOON },
  { "self-signed", PD_PRACTICE_FAULT_CERTIFICATE, .every_path = TRUE, .leaf = PD_PRACTICE_LEAF_SELF_SIGNED },
  { "missing-intermediate", PD_PRACTICE_FAULT_CERTIFICATE, .every_path = TRUE, .leaf = PD_PRACTICE_LEAF_ALONE },
  { "page-not-found", PD_PRACTICE_FAULT_PAGE, .page = PD_PRACTICE_PAGE_FAULT_NOT_FOUND },
  { "page-password", PD_PRACTICE_FAULT_PAGE, .page = PD_PRACTICE_PAGE_FAULT_PASSWORD },
  { "page-elsewhere", PD_PRACTICE_FAULT_PAGE, .page = PD_PRACTICE_PAGE_FAULT_ELSEWHERE },
  { "page-http", PD_PRACTICE_FAULT_PAGE, .page = PD_PRACTICE_PAGE_FAULT_HTTP },
  { "page-circle", PD_PRACTICE_FAULT_PAGE, .page = PD_PRACTICE_PAGE_FAULT_CIRCLE },
  { "page-other", PD_PRACTICE_FAULT_PAGE, .page = PD_PRACTICE_PAGE_FAULT_OTHER },
  { "page-packed", PD_PRACTICE_FAULT_PAGE, .page = PD_PRACTICE_PAGE_FAULT_PACKED },
};

/**
 * pd_practice_reason_find:
 * @code: a reason code of API v2
 *
 * Returns: (transfer none) (nullable): its row
 */
const PdPracticeReason *
pd_practice_reason_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    if (g_strcmp0 (reasons[i].code, code) == 0)
      return &reasons[i];
  }
  return NULL;
}

static const PdPracticeReason *
find_named (const Named *rows,
            guint        n_rows,
            const char  *id)
{
  for (guint i = 0; i < n_rows; i++) {
    if (g_strcmp0 (rows[i].id, id) == 0)
      return &rows[i].reason;
  }
  return NULL;
}

const PdPracticeReason *
pd_practice_mws_reason_find (const char *id)
{
  return find_named (mws_reasons, G_N_ELEMENTS (mws_reasons), id);
}

const PdPracticeReason *
pd_practice_login_reason_find (const char *id)
{
  return find_named (login_reasons, G_N_ELEMENTS (login_reasons), id);
}

/* `PREFIX:ID` has that service answer every call with that row. */
static gboolean
find_named_fault (const char          *name,
                  const char          *prefix,
                  PdPracticeFaultKind  kind,
                  const Named         *rows,
                  guint                n_rows,
                  PdPracticeFault     *fault)
{
  for (guint i = 0; g_str_has_prefix (name, prefix) && i < n_rows; i++) {
    if (!g_str_equal (rows[i].id, name + strlen (prefix)))
      continue;
    fault->name = rows[i].id;
    fault->kind = kind;
    fault->reason = &rows[i].reason;
    return TRUE;
  }
  return FALSE;
}

/**
 * pd_practice_reasons:
 * @n_reasons: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_reasons): every row
 */
const PdPracticeReason *
pd_practice_reasons (guint *n_reasons)
{
  *n_reasons = G_N_ELEMENTS (reasons);
  return reasons;
}

/**
 * pd_practice_fault_find:
 * @name: a fault's name, or `reason:CODE` to have API v2 answer every call with that code, and `mws:ID` or `login:ID` the other two
 * @fault: (out): what it does
 *
 * Returns: whether there is such a fault
 */
gboolean
pd_practice_fault_find (const char      *name,
                        PdPracticeFault *fault)
{
  *fault = (PdPracticeFault) { 0 };
  if (g_str_has_prefix (name, "reason:")) {
    fault->reason = pd_practice_reason_find (name + strlen ("reason:"));
    if (fault->reason == NULL)
      return FALSE;
    fault->name = fault->reason->code;
    /* The message of a refused signature quotes what was computed, so that row goes through the verifying. */
    fault->kind = g_str_equal (fault->name, "InvalidRequestSignature") ? PD_PRACTICE_FAULT_SIGNATURE : PD_PRACTICE_FAULT_REASON;
    return TRUE;
  }
  if (find_named_fault (name, "mws:", PD_PRACTICE_FAULT_MWS, mws_reasons, G_N_ELEMENTS (mws_reasons), fault) ||
      find_named_fault (name, "login:", PD_PRACTICE_FAULT_LOGIN, login_reasons, G_N_ELEMENTS (login_reasons), fault))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    if (!g_str_equal (faults[i].name, name))
      continue;
    fault->name = faults[i].name;
    fault->kind = faults[i].kind;
    fault->every_path = faults[i].every_path;
    fault->reason = pd_practice_reason_find (faults[i].code);
    fault->leaf = faults[i].leaf;
    fault->page = faults[i].page;
    return TRUE;
  }
  return FALSE;
}

/**
 * pd_practice_faults:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names that the command line offers
 */
const char *const *
pd_practice_faults (void)
{
  static const char *names[G_N_ELEMENTS (faults) + 1];
  static gsize       initialised;

  if (g_once_init_enter (&initialised)) {
    for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
      names[i] = faults[i].name;
    g_once_init_leave (&initialised, 1);
  }
  return names;
}
