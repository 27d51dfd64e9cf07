/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-practice-verify.h"
#include "pd-signer.h"

/* API v2, "Signing requests": what must be there, and must be signed. */
static const struct {
  const char *name;
  const char *only_method;
} required[] = {
  { "accept", NULL },
  { "content-type", NULL },
  { "x-amz-pay-date", NULL },
  { "x-amz-pay-host", NULL },
  { "x-amz-pay-region", NULL },
  { "x-amz-pay-idempotency-key", "POST" },
};

/* The parts of an `authorization` header. */
typedef struct {
  PdAlgorithm  algorithm;
  char        *public_key_id;
  char       **signed_names;
  char        *signature;
} Authorization;

static void
authorization_clear (Authorization *self)
{
  g_free (self->public_key_id);
  g_strfreev (self->signed_names);
  g_free (self->signature);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Authorization, authorization_clear)

void
pd_practice_caller_clear (PdPracticeCaller *self)
{
  g_clear_pointer (&self->merchant, pd_practice_merchant_free);
}

static gboolean
invalid_header (PdPracticeExchange *exchange,
                const char         *name,
                const char         *value)
{
  return pd_practice_exchange_refuse (exchange, "InvalidHeaderValue", "The value '%s' provided for '%s' is invalid.", value, name);
}

static char **
split_names (const char *names)
{
  g_autofree char *lower = g_ascii_strdown (names, -1);

  return g_strsplit (lower, ";", -1);
}

static gboolean
read_authorization (PdPracticeExchange *exchange,
                    Authorization      *authorization)
{
  const char    *header = pd_practice_exchange_get_header (exchange, "authorization");
  const char    *space;
  g_autofree char *algorithm = NULL;
  g_auto (GStrv) parts = NULL;

  if (header == NULL)
    return pd_practice_exchange_refuse (exchange, "MissingHeader", "The header 'authorization' is missing.");
  if (*header == '\0')
    return pd_practice_exchange_refuse (exchange, "MissingHeaderValue", "The header 'authorization' has no value.");
  space = strchr (header, ' ');
  algorithm = g_strndup (header, space != NULL ? (gsize) (space - header) : strlen (header));
  if (!pd_algorithm_from_id (algorithm, &authorization->algorithm) || space == NULL)
    return invalid_header (exchange, "authorization", algorithm);

  parts = g_strsplit (space + 1, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *part = g_strstrip (parts[i]);

    if (g_str_has_prefix (part, "PublicKeyId=") && authorization->public_key_id == NULL)
      authorization->public_key_id = g_strdup (part + strlen ("PublicKeyId="));
    else if (g_str_has_prefix (part, "SignedHeaders=") && authorization->signed_names == NULL)
      authorization->signed_names = split_names (part + strlen ("SignedHeaders="));
    else if (g_str_has_prefix (part, "Signature=") && authorization->signature == NULL)
      authorization->signature = g_strdup (part + strlen ("Signature="));
    else
      return invalid_header (exchange, "authorization", part);
  }
  if (authorization->public_key_id == NULL || authorization->signed_names == NULL || authorization->signature == NULL)
    return pd_practice_exchange_refuse (exchange, "InvalidHeaderValue",
                                        "The value provided for 'authorization' must hold PublicKeyId, SignedHeaders and Signature.");
  return TRUE;
}

static gboolean
is_signed (Authorization *authorization,
           const char    *name)
{
  return g_strv_contains ((const char *const *) authorization->signed_names, name);
}

static gboolean
check_required (PdPracticeExchange *exchange,
                Authorization      *authorization)
{
  for (guint i = 0; i < G_N_ELEMENTS (required); i++) {
    const char *value = pd_practice_exchange_get_header (exchange, required[i].name);
    gboolean    wanted = required[i].only_method == NULL || g_str_equal (required[i].only_method, exchange->method);

    if (value == NULL && wanted)
      return pd_practice_exchange_refuse (exchange, "MissingHeader", "The header '%s' is missing.", required[i].name);
    if (value == NULL)
      continue;
    if (*value == '\0')
      return pd_practice_exchange_refuse (exchange, "MissingHeaderValue", "The header '%s' has no value.", required[i].name);
    if (!is_signed (authorization, required[i].name))
      return pd_practice_exchange_refuse (exchange, "MissingHeader", "The header '%s' is missing from SignedHeaders.", required[i].name);
  }
  for (guint i = 0; authorization->signed_names[i] != NULL; i++) {
    if (pd_practice_exchange_get_header (exchange, authorization->signed_names[i]) == NULL)
      return pd_practice_exchange_refuse (exchange, "MissingHeader", "The header '%s' is named in SignedHeaders and missing.",
                                          authorization->signed_names[i]);
  }
  return TRUE;
}

/* Both shapes are in service: the documentation's, and the Node SDK's. */
static GDateTime *
read_date (const char *text)
{
  static const char *const shapes[] = {
    "^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$",
    "^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$",
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GRegex)     regex = g_regex_new (shapes[i], G_REGEX_DOLLAR_ENDONLY, 0, NULL);
    g_autoptr (GMatchInfo) match = NULL;
    int                    parts[6];

    if (!g_regex_match (regex, text, 0, &match))
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (parts); j++) {
      g_autofree char *part = g_match_info_fetch (match, (int) j + 1);

      parts[j] = (int) g_ascii_strtoll (part, NULL, 10);
    }
    return g_date_time_new_utc (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  }
  return NULL;
}

static gboolean
check_values (PdPracticeExchange *exchange)
{
  const char           *accept = pd_practice_exchange_get_header (exchange, "accept");
  const char           *type = pd_practice_exchange_get_header (exchange, "content-type");
  const char           *region = pd_practice_exchange_get_header (exchange, "x-amz-pay-region");
  const char           *date = pd_practice_exchange_get_header (exchange, "x-amz-pay-date");
  const char           *key = pd_practice_exchange_get_header (exchange, "x-amz-pay-idempotency-key");
  g_autofree char      *main_type = g_ascii_strdown (type, (gssize) strcspn (type, ";"));
  g_autoptr (GDateTime) sent = read_date (date);

  if (!g_str_equal (g_strstrip (main_type), "application/json"))
    return invalid_header (exchange, "content-type", type);
  if (strstr (accept, "application/json") == NULL && strstr (accept, "*/*") == NULL)
    return invalid_header (exchange, "accept", accept);
  if (g_ascii_strcasecmp (region, "jp") != 0)
    return invalid_header (exchange, "x-amz-pay-region", region);
  if (sent == NULL)
    return invalid_header (exchange, "x-amz-pay-date", date);
  if (g_date_time_compare (sent, exchange->now) > 0)
    return pd_practice_exchange_refuse (exchange, "InvalidHeaderValue", "The value %s provided for x-amz-pay-date should not be in future", date);
  if (key != NULL && !g_regex_match_simple ("^[A-Za-z0-9_-]{1,32}$", key, G_REGEX_DOLLAR_ENDONLY, 0))
    return invalid_header (exchange, "x-amz-pay-idempotency-key", key);
  return TRUE;
}

/* The key ID's prefix picks the environment; one without a prefix has it in the path. */
static gboolean
check_environment (PdPracticeExchange *exchange,
                   const char         *public_key_id,
                   const char         *prefix,
                   gboolean           *live)
{
  gboolean live_key = g_ascii_strncasecmp (public_key_id, "LIVE", 4) == 0;
  gboolean sandbox_key = g_ascii_strncasecmp (public_key_id, "SANDBOX", 7) == 0;

  *live = *prefix != '\0' ? g_str_equal (prefix, "/live") : live_key;
  if ((*live && sandbox_key) || (!*live && live_key))
    return pd_practice_exchange_refuse (exchange, "InvalidHeaderValue",
                                        "The value '%s' provided for 'PublicKeyId' is of another environment.", public_key_id);
  if (*prefix == '\0' && !live_key && !sandbox_key)
    return pd_practice_exchange_refuse (exchange, "InvalidRequest",
                                        "A public key ID without SANDBOX- or LIVE- needs /sandbox or /live in the path.");
  return TRUE;
}

static gboolean
find_merchant (PdPracticeExchange *exchange,
               PdPracticeRegistry *registry,
               const char         *public_key_id,
               PdPracticeCaller   *caller)
{
  g_autofree char *meant = NULL;

  caller->merchant = pd_practice_registry_find_by_key_id (registry, public_key_id);
  if (caller->merchant != NULL && caller->merchant->public_key_pem != NULL && exchange->fault.kind != PD_PRACTICE_FAULT_KEY_ID)
    return TRUE;
  if (caller->merchant == NULL) {
    meant = pd_practice_registry_guess_key_id (registry, public_key_id);
    pd_practice_exchange_say_registered (exchange, "public-key-id", meant);
  }
  return pd_practice_exchange_refuse (exchange, "InvalidHeaderValue",
                                      "The value '%s' provided for 'PublicKeyId' is invalid.", public_key_id);
}

static gboolean
check_signature (PdPracticeExchange *exchange,
                 Authorization      *authorization,
                 PdPracticeCaller   *caller)
{
  g_autoptr (GHashTable) query = pd_practice_exchange_read_query (exchange);
  const char            *pem = caller->merchant->public_key_pem;
  g_autoptr (PdKey)      key = pd_key_new_public (pem, strlen (pem), NULL);
  g_autoptr (GBytes)     signature = NULL;
  g_autofree char       *canonical = NULL;
  g_autofree char       *string = NULL;
  gsize                  length;
  const void            *body = g_bytes_get_data (exchange->body, &length);
  gsize                  signature_length;
  guint8                *bytes;

  if (query == NULL)
    return pd_practice_exchange_refuse (exchange, "InvalidRequestFormat", "The query of the request cannot be decoded.");
  canonical = pd_signer_canonical_request (exchange->method, exchange->path, query, exchange->headers,
                                           (const char *const *) authorization->signed_names, body, length, NULL);
  string = pd_signer_string_to_sign (authorization->algorithm, canonical, strlen (canonical));
  bytes = g_base64_decode (authorization->signature, &signature_length);
  signature = g_bytes_new_take (bytes, signature_length);
  if (key != NULL && exchange->fault.kind != PD_PRACTICE_FAULT_SIGNATURE &&
      pd_key_verify_pss (key, pd_algorithm_get_salt (authorization->algorithm), string, strlen (string), signature))
    return TRUE;
  return pd_practice_exchange_refuse (exchange, "InvalidRequestSignature", "Unable to verify signature, signing String [%s]", string);
}

/**
 * pd_practice_verify:
 * @exchange: a request to API v2
 * @registry: the merchants
 * @prefix: what stands before `/v2` in the path: empty, `/sandbox` or `/live`
 * @caller: (out): who sent it
 *
 * Verifies a signature over whichever headers the caller chose to sign (API v2, "Signing requests").
 *
 * Returns: whether it is good; else the exchange has been answered
 */
gboolean
pd_practice_verify (PdPracticeExchange *exchange,
                    PdPracticeRegistry *registry,
                    const char         *prefix,
                    PdPracticeCaller   *caller)
{
  g_auto (Authorization) authorization = { 0 };

  return read_authorization (exchange, &authorization) &&
         check_required (exchange, &authorization) &&
         check_values (exchange) &&
         check_environment (exchange, authorization.public_key_id, prefix, &caller->live) &&
         find_merchant (exchange, registry, authorization.public_key_id, caller) &&
         check_signature (exchange, &authorization, caller);
}
