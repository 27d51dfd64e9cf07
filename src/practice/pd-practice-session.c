/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-json.h"
#include "pd-practice-session.h"

#define LIFETIME_HOURS 24

typedef enum {
  TEXT,
  OBJECT,
  ARRAY,
  ADDRESS, /* https, or http on localhost in the sandbox */
} Kind;

/* A member of a request. `of`: the object it stands in; NULL: the request itself. */
static const struct {
  const char *of;
  const char *name;
  Kind        kind;
  const char *values; /* the values allowed, as a pattern; NULL: any */
} members[] = {
  { NULL, "webCheckoutDetails", OBJECT },
  { "webCheckoutDetails", "checkoutReviewReturnUrl", ADDRESS },
  { "webCheckoutDetails", "checkoutResultReturnUrl", ADDRESS },
  { "webCheckoutDetails", "checkoutCancelUrl", ADDRESS },
  { "webCheckoutDetails", "checkoutErrorUrl", ADDRESS },
  { "webCheckoutDetails", "checkoutMode", TEXT, "^ProcessOrder$" },
  { NULL, "storeId", TEXT },
  { NULL, "chargePermissionType", TEXT, "^(OneTime|Recurring|PaymentMethodOnFile)$" },
  { NULL, "scopes", ARRAY },
  { NULL, "deliverySpecifications", OBJECT },
  { NULL, "addressDetails", OBJECT },
  { NULL, "paymentDetails", OBJECT },
  { NULL, "merchantMetadata", OBJECT },
  { NULL, "recurringMetadata", OBJECT },
  { NULL, "paymentMethodOnFileMetadata", OBJECT },
  { NULL, "providerMetadata", OBJECT },
  { NULL, "checkoutButtonText", TEXT },
  { NULL, "supplementaryData", TEXT },
  { NULL, "platformId", TEXT },
};

static gboolean
is_address (const char *text,
            gboolean    live)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0')
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return !live && g_str_equal (g_uri_get_scheme (uri), "http") && (g_str_equal (host, "localhost") || g_str_equal (host, "127.0.0.1"));
}

static gboolean
check_member (PdPracticeExchange     *exchange,
              const PdPracticeCaller *caller,
              guint                   row,
              JsonNode               *value)
{
  const char *text = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;
  gboolean    good = FALSE;

  switch (members[row].kind) {
  case OBJECT:
    good = JSON_NODE_HOLDS_OBJECT (value);
    break;
  case ARRAY:
    good = JSON_NODE_HOLDS_ARRAY (value);
    break;
  case TEXT:
  case ADDRESS:
  default:
    good = text != NULL;
  }
  if (!good)
    return pd_practice_exchange_refuse (exchange, "InvalidRequestFormat", "The parameter '%s' is of the wrong type.", members[row].name);
  if (text != NULL && *text == '\0')
    return pd_practice_exchange_refuse (exchange, "MissingParameterValue", "The parameter '%s' has no value.", members[row].name);
  if ((members[row].kind == ADDRESS && !is_address (text, caller->live)) ||
      (members[row].values != NULL && !g_regex_match_simple (members[row].values, text, G_REGEX_DOLLAR_ENDONLY, 0)))
    return pd_practice_exchange_refuse (exchange, "InvalidParameterValue", "The value '%s' provided for '%s' is invalid.",
                                        text, members[row].name);
  return TRUE;
}

static gboolean
check_members (PdPracticeExchange     *exchange,
               const PdPracticeCaller *caller,
               const char             *of,
               JsonObject             *object)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value)) {
    guint row = 0;

    while (row < G_N_ELEMENTS (members) && (g_strcmp0 (members[row].of, of) != 0 || !g_str_equal (members[row].name, name)))
      row++;
    if (row == G_N_ELEMENTS (members))
      return pd_practice_exchange_refuse (exchange, "UnrecognizedField", "The field '%s' is not known.", name);
    if (JSON_NODE_HOLDS_NULL (value))
      continue;
    if (!check_member (exchange, caller, row, value))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_return_urls (PdPracticeExchange *exchange,
                   JsonObject         *request)
{
  JsonNode   *node = json_object_get_member (request, "webCheckoutDetails");
  JsonObject *details = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *review = details != NULL ? pd_json_get_string (details, "checkoutReviewReturnUrl") : NULL;
  const char *mode = details != NULL ? pd_json_get_string (details, "checkoutMode") : NULL;

  if (details == NULL)
    return pd_practice_exchange_refuse (exchange, "MissingParameterValue", "The parameter 'webCheckoutDetails' is missing.");
  if (review == NULL && mode == NULL)
    return pd_practice_exchange_refuse (exchange, "MissingParameterValue", "The parameter 'checkoutReviewReturnUrl' is missing.");
  if (review != NULL && mode != NULL)
    return pd_practice_exchange_refuse (exchange, "InvalidParameterCombination",
                                        "The parameters 'checkoutReviewReturnUrl' and 'checkoutMode' do not go together.");
  return TRUE;
}

static gboolean
check_currency (PdPracticeExchange *exchange,
                JsonObject         *request)
{
  JsonNode   *payment = json_object_get_member (request, "paymentDetails");
  JsonNode   *amount = payment != NULL && JSON_NODE_HOLDS_OBJECT (payment)
                       ? json_object_get_member (json_node_get_object (payment), "chargeAmount") : NULL;
  const char *currency = amount != NULL && JSON_NODE_HOLDS_OBJECT (amount)
                         ? pd_json_get_string (json_node_get_object (amount), "currencyCode") : NULL;

  if (currency != NULL && !g_str_equal (currency, "JPY"))
    return pd_practice_exchange_refuse (exchange, "CurrencyMismatch", "The currency '%s' is not that of the merchant account.", currency);
  return TRUE;
}

static gboolean
check_store (PdPracticeExchange     *exchange,
             const PdPracticeCaller *caller,
             JsonObject             *request)
{
  const char *store_id = pd_json_get_string (request, "storeId");

  if (store_id == NULL)
    return pd_practice_exchange_refuse (exchange, "MissingParameterValue", "The parameter 'storeId' is missing.");
  if (g_strcmp0 (store_id, caller->merchant->store_id) == 0 && exchange->fault.kind != PD_PRACTICE_FAULT_STORE)
    return TRUE;
  if (g_strcmp0 (store_id, caller->merchant->store_id) != 0)
    pd_practice_exchange_say_registered (exchange, "client-id", caller->merchant->store_id);
  return pd_practice_exchange_refuse (exchange, "InvalidParameterValue", "The value '%s' provided for 'storeId' is invalid.", store_id);
}

/**
 * pd_practice_session_read:
 * @exchange: a verified request that asks for a checkout session
 * @caller: who sent it
 *
 * Source: API v2, "Create Checkout Session".
 *
 * Returns: (transfer full) (nullable): what is asked for; %NULL where it was refused, and the exchange has been answered
 */
JsonObject *
pd_practice_session_read (PdPracticeExchange     *exchange,
                          const PdPracticeCaller *caller)
{
  gsize                length;
  const char          *text = g_bytes_get_data (exchange->body, &length);
  g_autoptr (JsonNode) node = NULL;
  JsonObject          *request;
  JsonNode            *details;

  node = pd_json_parse (text != NULL ? text : "", (gssize) length, &pd_json_limits_answer, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    pd_practice_exchange_refuse (exchange, "InvalidRequestFormat", "The body of the request is not a JSON object.");
    return NULL;
  }
  request = json_node_get_object (node);
  details = json_object_get_member (request, "webCheckoutDetails");
  if (!check_members (exchange, caller, NULL, request) ||
      (details != NULL && JSON_NODE_HOLDS_OBJECT (details) &&
       !check_members (exchange, caller, "webCheckoutDetails", json_node_get_object (details))) ||
      !check_return_urls (exchange, request) ||
      !check_currency (exchange, request) ||
      !check_store (exchange, caller, request))
    return NULL;
  return json_object_ref (request);
}

static void
add_time (JsonObject *object,
          const char *member,
          GDateTime  *time)
{
  g_autofree char *text = g_date_time_format (time, "%Y%m%dT%H%M%SZ");

  json_object_set_string_member (object, member, text);
}

/**
 * pd_practice_session_open:
 * @exchange: the request
 * @caller: who sent it
 * @request: what it asks for
 * @id: the new session's ID
 *
 * Returns: (transfer full): a checkout session in the state Open
 */
JsonNode *
pd_practice_session_open (PdPracticeExchange     *exchange,
                          const PdPracticeCaller *caller,
                          JsonObject             *request,
                          const char             *id)
{
  static const char *const empty[] = { "buyer", "shippingAddress", "billingAddress", "paymentPreferences", "constraints", "chargePermissionId", "chargeId" };
  JsonObject            *session = json_object_new ();
  JsonObject            *state = json_object_new ();
  g_autoptr (GDateTime)  expires = g_date_time_add_hours (exchange->now, LIFETIME_HOURS);
  JsonObjectIter         iter;
  const char            *name;
  JsonNode              *value;

  json_object_set_string_member (session, "checkoutSessionId", id);
  json_object_iter_init_ordered (&iter, request);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (session, name, json_node_copy (value));
  if (!json_object_has_member (session, "chargePermissionType"))
    json_object_set_string_member (session, "chargePermissionType", "OneTime");
  json_object_set_string_member (session, "productType", "PayAndShip");
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    json_object_set_null_member (session, empty[i]);
  json_object_set_string_member (state, "state", "Open");
  json_object_set_null_member (state, "reasonCode");
  json_object_set_null_member (state, "reasonDescription");
  add_time (state, "lastUpdatedTimestamp", exchange->now);
  json_object_set_object_member (session, "statusDetails", state);
  add_time (session, "creationTimestamp", exchange->now);
  add_time (session, "expirationTimestamp", expires);
  json_object_set_string_member (session, "releaseEnvironment", caller->live ? "Live" : "Sandbox");
  return json_node_init_object (json_node_alloc (), session);
}
