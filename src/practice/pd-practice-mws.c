/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-mws-signer.h"
#include "pd-practice-mws.h"
#include "pd-practice-values.h"

#define MAX_SKEW (15 * 60) /* seconds */

static void
refuse (PdPracticeExchange *exchange,
        const char         *id,
        const char         *message)
{
  const PdPracticeReason *reason = pd_practice_mws_reason_find (id);
  g_autofree char        *valid = g_utf8_make_valid (message != NULL ? message : reason->message, -1);
  g_autofree char        *escaped = g_markup_escape_text (valid, -1);
  g_autofree char        *request_id = pd_practice_invent_request_id ();
  g_autofree char        *text = NULL;

  text = g_strdup_printf ("<ErrorResponse xmlns=\"http://mws.amazonservices.com/schema/OffAmazonPayments/2013-01-01\">\n"
                          "  <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>\n"
                          "  <RequestId>%s</RequestId>\n</ErrorResponse>\n", reason->code, escaped, request_id);
  pd_practice_exchange_answer_text (exchange, reason->status, "text/xml", text);
}

static gboolean
is_in_time (PdPracticeExchange *exchange,
            const char         *timestamp)
{
  g_autoptr (GDateTime) sent = g_date_time_new_from_iso8601 (timestamp, NULL);

  return sent != NULL && ABS (g_date_time_to_unix (sent) - g_date_time_to_unix (exchange->now)) <= MAX_SKEW;
}

/* Computes the signature over what came, but for the signature itself. That the secret is the registered one is told by its hash,
 * as nothing more of it is kept. */
static gboolean
is_signed (PdPracticeExchange *exchange,
           PdPracticeMerchant *merchant,
           GHashTable         *form)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  const char            *host = pd_practice_exchange_get_header (exchange, "host");
  g_autoptr (PdWiped)    string_to_sign = NULL;
  g_autofree char       *signature = NULL;
  g_autofree char       *hash = NULL;
  GHashTableIter         iter;
  gpointer               name;
  gpointer               value;

  if (merchant->secret_key == NULL || host == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    if (!g_str_equal (name, "Signature"))
      g_hash_table_insert (parameters, name, value);
  }
  string_to_sign = pd_mws_signer_string_to_sign (exchange->method, host, exchange->path, parameters);
  signature = pd_mws_signer_sign (merchant->secret_key, string_to_sign);
  hash = pd_secret_hash (pd_secret_text_peek (merchant->secret_key));
  return g_strcmp0 (signature, g_hash_table_lookup (form, "Signature")) == 0 && g_strcmp0 (hash, merchant->secret_key_hash) == 0;
}

/* Whose call it is, and for which seller; answers where that is not right. */
static gboolean
check_seller (PdPracticeRegistry *registry,
              PdPracticeExchange *exchange,
              PdPracticeMerchant *caller,
              GHashTable         *form)
{
  const char                    *seller_id = g_hash_table_lookup (form, "SellerId");
  const char                    *token = g_hash_table_lookup (form, "MWSAuthToken");
  g_autoptr (PdPracticeMerchant) seller = pd_practice_registry_find_by_merchant_id (registry, seller_id);

  if (seller == NULL) {
    g_autofree char *message = g_strdup_printf ("Invalid seller id: %s", seller_id != NULL ? seller_id : "");

    pd_practice_exchange_say_registered (exchange, "seller-id", caller->merchant_id);
    refuse (exchange, "InvalidParameterValue.seller", message);
    return FALSE;
  }
  if (token != NULL) {
    g_autofree char *hash = pd_secret_hash (token);

    if (g_strcmp0 (seller->mws_auth_token_hash, hash) == 0)
      return TRUE;
    refuse (exchange, "AccessDenied.token", NULL);
    return FALSE;
  }
  if (g_strcmp0 (caller->merchant_id, seller->merchant_id) == 0)
    return TRUE;
  refuse (exchange, "AccessDenied", NULL);
  return FALSE;
}

static PdPracticeMerchant *
find_caller (PdPracticeRegistry *registry,
             PdPracticeExchange *exchange,
             GHashTable         *form)
{
  const char         *access_key_id = g_hash_table_lookup (form, "AWSAccessKeyId");
  PdPracticeMerchant *caller = pd_practice_registry_find_by_access_key_id (registry, access_key_id);

  if (caller == NULL) {
    g_autoptr (PdPracticeMerchant) seller = pd_practice_registry_find_by_merchant_id (registry, g_hash_table_lookup (form, "SellerId"));

    if (seller != NULL && seller->access_key_id != NULL && *seller->access_key_id != '\0')
      pd_practice_exchange_say_registered (exchange, "access-key-id", seller->access_key_id);
    refuse (exchange, "InvalidAccessKeyId", NULL);
  }
  return caller;
}

/**
 * pd_practice_mws_serves:
 * @path: a path, decoded
 *
 * Returns: whether it is one of the legacy service, of whichever version
 */
gboolean
pd_practice_mws_serves (const char *path)
{
  return g_regex_match_simple ("^/OffAmazonPayments(_Sandbox)?/", path, 0, 0);
}

/**
 * pd_practice_mws_answer:
 * @registry: the merchants
 * @exchange: a request to the legacy service, which will have been answered
 *
 * The order of what is looked at follows from what Amazon's answers tell: time, key, signature, seller, then what is asked for.
 */
void
pd_practice_mws_answer (PdPracticeRegistry *registry,
                        PdPracticeExchange *exchange)
{
  static const char *const       needed[] = { "AWSAccessKeyId", "Action", "Signature", "SignatureMethod", "SignatureVersion", "Timestamp", "Version" };
  g_autoptr (GHashTable)         form = pd_practice_exchange_read_form (exchange);
  g_autoptr (PdPracticeMerchant) caller = NULL;

  if (exchange->fault.kind == PD_PRACTICE_FAULT_MWS) {
    refuse (exchange, exchange->fault.name, NULL);
    return;
  }
  if (!g_str_equal (exchange->method, "POST") || !g_str_has_suffix (exchange->path, "/2013-01-01")) {
    refuse (exchange, "InvalidAddress", NULL);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++) {
    if (g_hash_table_lookup (form, needed[i]) == NULL) {
      refuse (exchange, "MissingAuthenticationToken", NULL);
      return;
    }
  }
  if (!is_in_time (exchange, g_hash_table_lookup (form, "Timestamp"))) {
    refuse (exchange, "RequestExpired", NULL);
    return;
  }
  caller = find_caller (registry, exchange, form);
  if (caller == NULL)
    return;
  if (!is_signed (exchange, caller, form)) {
    refuse (exchange, "SignatureDoesNotMatch", NULL);
    return;
  }
  if (!check_seller (registry, exchange, caller, form))
    return;
  if (g_strcmp0 (g_hash_table_lookup (form, "Action"), "GetOrderReferenceDetails") == 0)
    refuse (exchange, "InvalidOrderReferenceId", NULL);
  else
    refuse (exchange, "InvalidParameterValue", NULL);
}

/**
 * pd_practice_mws_refuse:
 * @exchange: a request to the legacy service, which will have been answered
 * @id: a row of the legacy service's answers
 */
void
pd_practice_mws_refuse (PdPracticeExchange *exchange,
                        const char         *id)
{
  refuse (exchange, id, NULL);
}
