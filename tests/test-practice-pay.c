/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-json.h"
#include "practice-caller.h"

#define NO_SESSION "/v2/checkoutSessions/00000000-0000-0000-0000-000000000000"
#define RETURN_URL "\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://www.example.jp/review\"}"

static PdPracticeServer *server;
static PracticeCaller    caller;

static char *
get_member (PracticeReply *reply,
            const char    *member)
{
  g_autoptr (JsonNode) node = pd_json_parse (reply->body, -1, &pd_json_limits_answer, NULL);

  g_assert_nonnull (node);
  return g_strdup (pd_json_get_string (json_node_get_object (node), member));
}

static void
assert_refused (PracticeReply *reply,
                guint          status,
                const char    *reason_code,
                const char    *in_message)
{
  g_assert_no_error (reply->error);
  g_assert_cmpstr (reply->reason_code, ==, reason_code);
  g_assert_cmpuint (reply->status, ==, status);
  if (in_message != NULL && strstr (reply->message, in_message) == NULL)
    g_error ("“%s” is not in “%s”", in_message, reply->message);
  g_assert_cmpuint (strlen (practice_reply_header (reply, "x-amz-pay-request-id")), >=, 8);
}

static PracticeReply *
create_with_body (const char *format)
{
  g_auto (GStrv)   parts = g_strsplit (format, "STORE", -1);
  g_autofree char *body = g_strjoinv (caller.store_id, parts);

  return practice_call_send (&caller, practice_call_new (&caller, "POST", "/v2/checkoutSessions", body));
}

static void
test_create (gconstpointer data)
{
  PracticeCall              *call = practice_call_create (&caller);
  g_autoptr (PracticeReply)  reply = NULL;
  g_autoptr (PracticeReply)  again = NULL;
  g_autofree char           *id = NULL;
  g_autofree char           *store_id = NULL;
  g_autofree char           *environment = NULL;
  g_autofree char           *path = NULL;

  call->algorithm = GPOINTER_TO_UINT (data);
  reply = practice_call_send (&caller, call);
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, 201);
  id = get_member (reply, "checkoutSessionId");
  store_id = get_member (reply, "storeId");
  environment = get_member (reply, "releaseEnvironment");
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpstr (store_id, ==, caller.store_id);
  g_assert_cmpstr (environment, ==, "Sandbox");
  g_assert_nonnull (strstr (reply->body, "\"statusDetails\":{\"state\":\"Open\""));
  g_assert_nonnull (strstr (reply->body, "\"creationTimestamp\":\"2"));

  path = g_strdup_printf ("/v2/checkoutSessions/%s", id);
  call = practice_call_get (&caller, path);
  call->algorithm = GPOINTER_TO_UINT (data);
  again = practice_call_send (&caller, call);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->body, ==, reply->body);
}

static void
test_idempotency (void)
{
  PracticeCall              *call = practice_call_create (&caller);
  g_autofree char           *key = g_strdup (g_hash_table_lookup (call->headers, "x-amz-pay-idempotency-key"));
  g_autoptr (PracticeReply)  first = practice_call_send (&caller, call);
  g_autoptr (PracticeReply)  same = NULL;
  g_autoptr (PracticeReply)  other = NULL;

  g_assert_cmpuint (first->status, ==, 201);
  call = practice_call_create (&caller);
  practice_call_set (call, "x-amz-pay-idempotency-key", key);
  same = practice_call_send (&caller, call);
  g_assert_cmpuint (same->status, ==, 200);
  g_assert_cmpstr (same->body, ==, first->body);

  call = practice_call_create (&caller);
  practice_call_set (call, "x-amz-pay-idempotency-key", key);
  g_clear_pointer (&call->body, g_free);
  call->body = g_strdup_printf ("{" RETURN_URL ",\"storeId\":\"%s\",\"platformId\":\"x\"}", caller.store_id);
  other = practice_call_send (&caller, call);
  assert_refused (other, 400, "DuplicateIdempotencyKey", NULL);
}

/* What was refused is not kept: the mended request may use its key again. */
static void
test_idempotency_of_refused (void)
{
  PracticeCall              *call = practice_call_create (&caller);
  g_autofree char           *key = g_strdup (g_hash_table_lookup (call->headers, "x-amz-pay-idempotency-key"));
  g_autoptr (PracticeReply)  refused = NULL;
  g_autoptr (PracticeReply)  mended = NULL;

  g_free (call->body);
  call->body = g_strdup ("{" RETURN_URL "}");
  refused = practice_call_send (&caller, call);
  assert_refused (refused, 400, "MissingParameterValue", "storeId");
  call = practice_call_create (&caller);
  practice_call_set (call, "x-amz-pay-idempotency-key", key);
  mended = practice_call_send (&caller, call);
  g_assert_cmpuint (mended->status, ==, 201);
}

static void
test_read_only (void)
{
  g_autoptr (PracticeReply) reply = practice_call_send (&caller, practice_call_get (&caller, NO_SESSION));

  assert_refused (reply, 404, "ResourceNotFound", NULL);
}

static void
test_headers_missing (void)
{
  static const char *const names[] = { "accept", "content-type", "x-amz-pay-date", "x-amz-pay-host", "x-amz-pay-region", "x-amz-pay-idempotency-key" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    PracticeCall              *call = practice_call_create (&caller);
    g_autoptr (PracticeReply)  missing = NULL;
    g_autoptr (PracticeReply)  not_signed = NULL;

    practice_call_set (call, names[i], NULL);
    missing = practice_call_send (&caller, call);
    assert_refused (missing, 400, "MissingHeader", names[i]);
    call = practice_call_create (&caller);
    call->unsigned_name = g_strdup (names[i]);
    not_signed = practice_call_send (&caller, call);
    assert_refused (not_signed, 400, "MissingHeader", names[i]);
  }
}

/* Header, its value, and what comes of it; the value "-" is none at all. */
static void
test_headers_bad (void)
{
  static const struct {
    const char *name;
    const char *value;
    const char *reason;
    const char *in_message;
  } rows[] = {
    { "x-amz-pay-host", "", "MissingHeaderValue", "x-amz-pay-host" },
    { "x-amz-pay-region", "na", "InvalidHeaderValue", "x-amz-pay-region" },
    { "content-type", "text/plain", "InvalidHeaderValue", "content-type" },
    { "accept", "text/html", "InvalidHeaderValue", "accept" },
    { "x-amz-pay-date", "yesterday", "InvalidHeaderValue", "x-amz-pay-date" },
    { "x-amz-pay-date", "20261332T000000Z", "InvalidHeaderValue", "x-amz-pay-date" },
    { "x-amz-pay-date", "20991231T000000Z", "InvalidHeaderValue", "provided for x-amz-pay-date should not be in future" },
    { "x-amz-pay-date", "2099-12-31T00:00:00Z", "InvalidHeaderValue", "provided for x-amz-pay-date should not be in future" },
    { "x-amz-pay-idempotency-key", "with a space", "InvalidHeaderValue", "x-amz-pay-idempotency-key" },
    { "x-amz-pay-idempotency-key", "0123456789012345678901234567890123", "InvalidHeaderValue", "x-amz-pay-idempotency-key" },
    { "x-amz-pay-simulation-code", "Nonsense", "InvalidSandboxSimulationSpecified", "Nonsense" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PracticeCall              *call = practice_call_create (&caller);
    g_autoptr (PracticeReply)  reply = NULL;

    g_test_message ("%s: %s", rows[i].name, rows[i].value);
    practice_call_set (call, rows[i].name, rows[i].value);
    reply = practice_call_send (&caller, call);
    assert_refused (reply, 400, rows[i].reason, rows[i].in_message);
  }
}

static void
test_date_of_the_node_sdk (void)
{
  PracticeCall              *call = practice_call_get (&caller, NO_SESSION);
  g_autoptr (PracticeReply)  reply = NULL;

  practice_call_set (call, "x-amz-pay-date", "2024-03-04T05:06:07Z");
  reply = practice_call_send (&caller, call);
  assert_refused (reply, 404, "ResourceNotFound", NULL);
}

/* Any header may be signed besides: the server goes by SignedHeaders. */
static void
test_more_headers_signed (void)
{
  PracticeCall              *call = practice_call_get (&caller, NO_SESSION);
  g_autoptr (PracticeReply)  reply = NULL;

  practice_call_set (call, "user-agent", "Another-Client/1.0 (with  two spaces)");
  practice_call_set (call, "x-something", "\tof its own\t");
  reply = practice_call_send (&caller, call);
  assert_refused (reply, 404, "ResourceNotFound", NULL);
}

static void
test_authorization_bad (void)
{
  static const struct {
    const char *value;
    const char *reason;
  } rows[] = {
    { "", "MissingHeader" },
    { "nonsense", "InvalidHeaderValue" },
    { "AMZN-PAY-RSASSA-PSS-V3 PublicKeyId=a, SignedHeaders=b, Signature=c", "InvalidHeaderValue" },
    { "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=a, SignedHeaders=b", "InvalidHeaderValue" },
    { "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=a, SignedHeaders=b, Signature=c, Signature=d", "InvalidHeaderValue" },
    { "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=a, SignedHeaders=b, Signature=c, More=d", "InvalidHeaderValue" },
    { "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=a, SignedHeaders=b, Signature=c", "MissingHeader" },
    { "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-NOBODYS0000000000000000, "
      "SignedHeaders=accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-region;x-gone, Signature=c", "MissingHeader" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PracticeCall              *call = practice_call_get (&caller, NO_SESSION);
    g_autoptr (PracticeReply)  reply = NULL;

    g_test_message ("%s", rows[i].value);
    call->authorization = g_strdup (rows[i].value);
    reply = practice_call_send (&caller, call);
    assert_refused (reply, 400, rows[i].reason, NULL);
  }
}

static void
test_key_id_unknown (void)
{
  PracticeCall              *call = practice_call_get (&caller, NO_SESSION);
  g_autofree char           *slip = g_strdup (caller.public_key_id);
  g_autofree char           *registered = g_strdup_printf ("public-key-id=%s", caller.public_key_id);
  g_autoptr (PracticeReply)  close_to = NULL;
  g_autoptr (PracticeReply)  far_from = NULL;

  slip[20] = slip[20] == 'X' ? 'Y' : 'X';
  call->public_key_id = slip;
  close_to = practice_call_send (&caller, call);
  assert_refused (close_to, 400, "InvalidHeaderValue", slip);
  g_assert_cmpstr (practice_reply_header (close_to, "x-paydesk-registered"), ==, registered);

  call = practice_call_get (&caller, NO_SESSION);
  call->public_key_id = "SANDBOX-000000000000000000000000";
  far_from = practice_call_send (&caller, call);
  assert_refused (far_from, 400, "InvalidHeaderValue", "PublicKeyId");
  g_assert_null (practice_reply_header (far_from, "x-paydesk-registered"));
}

static void
test_key_of_another_environment (void)
{
  PracticeCall              *call = practice_call_get (&caller, "/live/v2/checkoutSessions/x");
  g_autoptr (PracticeReply)  reply = practice_call_send (&caller, call);

  assert_refused (reply, 400, "InvalidHeaderValue", "another environment");
}

static void
test_wrong_key (gconstpointer data)
{
  PracticeCall              *call = practice_call_create (&caller);
  g_autoptr (PdKey)          other = pd_key_generate (2048, NULL);
  g_autofree char           *quoted = NULL;
  g_autoptr (PracticeReply)  reply = NULL;

  call->key = other;
  call->algorithm = GPOINTER_TO_UINT (data);
  reply = practice_call_send (&caller, call);
  quoted = g_strdup_printf ("signing String [%s]", reply->string_to_sign);
  assert_refused (reply, 403, "InvalidRequestSignature", quoted);
}

/* A salt of 20 bytes under the name of the algorithm that has 32. */
static void
test_wrong_salt (void)
{
  PracticeCall              *call = practice_call_get (&caller, NO_SESSION);
  g_autofree char           *string = NULL;
  g_autoptr (SoupMessage)    message = practice_call_message (&caller, call, &string);
  g_autofree char           *right = g_strdup (soup_message_headers_get_one (soup_message_get_request_headers (message), "authorization"));
  g_autoptr (GBytes)         signature = pd_key_sign_pss (caller.key, 20, string, strlen (string), NULL);
  g_autofree char           *base64 = g_base64_encode (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  g_autoptr (PracticeReply)  reply = NULL;

  strstr (right, "Signature=")[strlen ("Signature=")] = '\0';
  call->authorization = g_strconcat (right, base64, NULL);
  reply = practice_call_send (&caller, call);
  assert_refused (reply, 403, "InvalidRequestSignature", string);
}

/* What was signed is not what was sent: the quoted string is the server's, and differs. */
static void
test_changed_on_the_way (void)
{
  PracticeCall              *call = practice_call_create (&caller);
  g_autofree char           *string = NULL;
  g_autoptr (SoupMessage)    message = practice_call_message (&caller, call, &string);
  g_autoptr (PracticeReply)  reply = NULL;

  call->authorization = g_strdup (soup_message_headers_get_one (soup_message_get_request_headers (message), "authorization"));
  call->body[1] = ' ';
  reply = practice_call_send (&caller, call);
  assert_refused (reply, 403, "InvalidRequestSignature", "AMZN-PAY-RSASSA-PSS-V2\n");
  g_assert_null (strstr (reply->message, string));
}

static void
test_query_is_signed (void)
{
  PracticeCall              *call = practice_call_get (&caller, NO_SESSION);
  g_autoptr (PracticeReply)  reply = NULL;

  call->query = "b=2&a=%E5%80%A4%20x&c=%2A~";
  reply = practice_call_send (&caller, call);
  assert_refused (reply, 404, "ResourceNotFound", NULL);
}

/* Bodies that are refused, and what names the fault. STORE stands for the right Store ID. */
static void
test_bodies (void)
{
  static const struct {
    const char *body;
    const char *reason;
    const char *in_message;
  } rows[] = {
    { "{" RETURN_URL ",\"storeId\":\"amzn1.application-oa2-client.00000000000000000000000000000000\"}", "InvalidParameterValue", "'storeId'" },
    { "{" RETURN_URL "}", "MissingParameterValue", "'storeId'" },
    { "{" RETURN_URL ",\"storeId\":\"\"}", "MissingParameterValue", "'storeId'" },
    { "{" RETURN_URL ",\"storeId\":null}", "MissingParameterValue", "'storeId'" },
    { "{" RETURN_URL ",\"storeId\":7}", "InvalidRequestFormat", "'storeId'" },
    { "{\"storeId\":\"STORE\"}", "MissingParameterValue", "'webCheckoutDetails'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{}}", "MissingParameterValue", "'checkoutReviewReturnUrl'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":\"x\"}", "InvalidRequestFormat", "'webCheckoutDetails'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"http://www.example.jp/\"}}", "InvalidParameterValue", "'checkoutReviewReturnUrl'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"www.example.jp\"}}", "InvalidParameterValue", "'checkoutReviewReturnUrl'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://\"}}", "InvalidParameterValue", "'checkoutReviewReturnUrl'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://a.example/\",\"checkoutMode\":\"ProcessOrder\"}}", "InvalidParameterCombination", "'checkoutMode'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"checkoutMode\":\"Nonsense\"}}", "InvalidParameterValue", "'checkoutMode'" },
    { "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"nonsense\":1}}", "UnrecognizedField", "'nonsense'" },
    { "{" RETURN_URL ",\"storeId\":\"STORE\",\"storeID\":\"STORE\"}", "UnrecognizedField", "'storeID'" },
    { "{" RETURN_URL ",\"storeId\":\"STORE\",\"chargePermissionType\":\"Often\"}", "InvalidParameterValue", "'chargePermissionType'" },
    { "{" RETURN_URL ",\"storeId\":\"STORE\",\"paymentDetails\":{\"chargeAmount\":{\"amount\":\"1\",\"currencyCode\":\"USD\"}}}", "CurrencyMismatch", "USD" },
    { "{" RETURN_URL ",\"storeId\":\"STORE\"", "InvalidRequestFormat", "JSON" },
    { "[]", "InvalidRequestFormat", "JSON" },
    { "{'a':1}", "InvalidRequestFormat", "JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PracticeReply) reply = create_with_body (rows[i].body);

    g_test_message ("%s", rows[i].body);
    assert_refused (reply, 400, rows[i].reason, rows[i].in_message);
  }
}

static void
test_bodies_good (void)
{
  static const char *const rows[] = {
    "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"http://localhost:8080/review\"}}",
    "{\"storeId\":\"STORE\",\"webCheckoutDetails\":{\"checkoutMode\":\"ProcessOrder\"},\"paymentDetails\":{\"chargeAmount\":{\"amount\":\"100\",\"currencyCode\":\"JPY\"}}}",
    "{" RETURN_URL ",\"storeId\":\"STORE\",\"scopes\":[\"name\"],\"chargePermissionType\":\"Recurring\",\"merchantMetadata\":{\"merchantStoreName\":\"提灯\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PracticeReply) reply = create_with_body (rows[i]);

    g_test_message ("%s", rows[i]);
    g_assert_cmpuint (reply->status, ==, 201);
  }
}

static void
test_store_id_registered (void)
{
  g_autofree char           *registered = g_strdup_printf ("client-id=%s", caller.store_id);
  g_autoptr (PracticeReply)  reply = create_with_body ("{" RETURN_URL ",\"storeId\":\"x\"}");

  g_assert_cmpstr (practice_reply_header (reply, "x-paydesk-registered"), ==, registered);
}

static void
test_methods_and_paths (void)
{
  static const struct {
    const char *method;
    const char *path;
    guint       status;
    const char *reason;
  } rows[] = {
    { "DELETE", NO_SESSION, 405, "UnsupportedOperation" },
    { "PATCH", NO_SESSION, 405, "UnsupportedOperation" },
    { "GET", "/v2/checkoutSessions", 405, "UnsupportedOperation" },
    { "POST", NO_SESSION, 405, "UnsupportedOperation" },
    { "GET", "/v2/nonsense", 404, "ResourceNotFound" },
    { "GET", "/v2/checkoutSessions/", 404, "ResourceNotFound" },
    { "GET", "/v2/checkoutSessions/a/b", 404, "ResourceNotFound" },
    { "GET", "/v1/checkoutSessions/a", 400, "InvalidAPIVersion" },
    { "GET", "/elsewhere", 404, "ResourceNotFound" },
    { "GET", "/v2/authorizationTokens/amzn.mws.x", 405, "RequestNotSupported" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PracticeReply) reply = practice_call_send (&caller, practice_call_new (&caller, rows[i].method, rows[i].path, NULL));

    g_test_message ("%s %s", rows[i].method, rows[i].path);
    assert_refused (reply, rows[i].status, rows[i].reason, NULL);
  }
}

static void
test_sandbox_in_the_path (void)
{
  PdPracticeMerchant         merchant = { 0 };
  PracticeCall              *call;
  g_autofree char           *pem = pd_key_to_public_pem (caller.key);
  g_autoptr (PracticeReply)  sandbox = NULL;
  g_autoptr (PracticeReply)  live = NULL;
  g_autoptr (PracticeReply)  neither = NULL;

  merchant.merchant_id = (char *) "AOLDKEY1234567";
  merchant.store_id = (char *) "amzn1.application-oa2-client.old";
  merchant.public_key_id = (char *) "AOLDKEYID012345678901234";
  merchant.public_key_pem = pem;
  pd_practice_server_enrol (server, &merchant);

  call = practice_call_new (&caller, "POST", "/sandbox/v2/checkoutSessions", "{" RETURN_URL ",\"storeId\":\"amzn1.application-oa2-client.old\"}");
  call->public_key_id = merchant.public_key_id;
  sandbox = practice_call_send (&caller, call);
  g_assert_cmpuint (sandbox->status, ==, 201);
  g_assert_nonnull (strstr (sandbox->body, "\"releaseEnvironment\":\"Sandbox\""));

  call = practice_call_new (&caller, "POST", "/live/v2/checkoutSessions", "{" RETURN_URL ",\"storeId\":\"amzn1.application-oa2-client.old\"}");
  call->public_key_id = merchant.public_key_id;
  live = practice_call_send (&caller, call);
  g_assert_cmpuint (live->status, ==, 201);
  g_assert_nonnull (strstr (live->body, "\"releaseEnvironment\":\"Live\""));

  call = practice_call_get (&caller, NO_SESSION);
  call->public_key_id = merchant.public_key_id;
  neither = practice_call_send (&caller, call);
  assert_refused (neither, 400, "InvalidRequest", NULL);
}

static void
test_sessions_of_others (void)
{
  g_autoptr (PracticeReply)  created = practice_call_send (&caller, practice_call_create (&caller));
  g_autofree char           *id = get_member (created, "checkoutSessionId");
  g_autofree char           *path = g_strdup_printf ("/v2/checkoutSessions/%s", id);
  g_autoptr (PdKey)          key = pd_key_generate (2048, NULL);
  g_autofree char           *pem = pd_key_to_public_pem (key);
  PdPracticeMerchant         merchant = { 0 };
  PracticeCall              *call;
  g_autoptr (PracticeReply)  reply = NULL;

  merchant.merchant_id = (char *) "ANOTHER1234567";
  merchant.store_id = (char *) "amzn1.application-oa2-client.another";
  merchant.public_key_id = (char *) "SANDBOX-ANOTHERS0123456789012345";
  merchant.public_key_pem = pem;
  pd_practice_server_enrol (server, &merchant);
  call = practice_call_get (&caller, path);
  call->public_key_id = merchant.public_key_id;
  call->key = key;
  reply = practice_call_send (&caller, call);
  assert_refused (reply, 404, "ResourceNotFound", NULL);
}

/* The token that a merchant granted, exchanged by the one it was granted to; live only. */
static void
test_authorization_tokens (void)
{
  static const char          token[] = "amzn.mws.4ea38b7b-f563-7709-4bae-87aeaEXAMPLE";
  g_autofree char           *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  g_autofree char           *pem = pd_key_to_public_pem (caller.key);
  PdPracticeMerchant         merchant = { 0 };
  PracticeCall              *call;
  g_autoptr (PracticeReply)  good = NULL;
  g_autoptr (PracticeReply)  wrong_token = NULL;
  g_autoptr (PracticeReply)  wrong_merchant = NULL;
  g_autoptr (PracticeReply)  delegated = NULL;
  g_autoptr (PracticeReply)  forged = NULL;
  g_autofree char           *jwt = NULL;

  merchant.merchant_id = (char *) "AGRANTED123456";
  merchant.store_id = (char *) "amzn1.application-oa2-client.granted";
  merchant.public_key_id = (char *) "LIVE-GRANTED0123456789012345";
  merchant.public_key_pem = pem;
  merchant.mws_auth_token_hash = hash;
  pd_practice_server_enrol (server, &merchant);

  call = practice_call_get (&caller, "/v2/authorizationTokens/amzn.mws.4ea38b7b-f563-7709-4bae-87aeaEXAMPLE");
  call->public_key_id = merchant.public_key_id;
  call->query = "merchantId=AGRANTED123456";
  good = practice_call_send (&caller, call);
  g_assert_cmpuint (good->status, ==, 200);
  jwt = get_member (good, "authorizationToken");
  g_assert_nonnull (jwt);

  call = practice_call_get (&caller, "/v2/authorizationTokens/amzn.mws.wrong");
  call->public_key_id = merchant.public_key_id;
  call->query = "merchantId=AGRANTED123456";
  wrong_token = practice_call_send (&caller, call);
  assert_refused (wrong_token, 400, "InvalidParameterValue", "mwsAuthToken");
  g_assert_null (strstr (wrong_token->body, "amzn.mws.wrong"));

  call = practice_call_get (&caller, "/v2/authorizationTokens/amzn.mws.4ea38b7b-f563-7709-4bae-87aeaEXAMPLE");
  call->public_key_id = merchant.public_key_id;
  call->query = "merchantId=ANOBODY1234567";
  wrong_merchant = practice_call_send (&caller, call);
  assert_refused (wrong_merchant, 400, "InvalidParameterValue", "merchantId");

  call = practice_call_get (&caller, NO_SESSION);
  call->public_key_id = merchant.public_key_id;
  practice_call_set (call, "x-amz-pay-authtoken", jwt);
  call->unsigned_name = g_strdup ("x-amz-pay-authtoken");
  delegated = practice_call_send (&caller, call);
  assert_refused (delegated, 404, "ResourceNotFound", NULL);

  jwt[strlen (jwt) - 1] = jwt[strlen (jwt) - 1] == 'A' ? 'B' : 'A';
  call = practice_call_get (&caller, NO_SESSION);
  call->public_key_id = merchant.public_key_id;
  practice_call_set (call, "x-amz-pay-authtoken", jwt);
  forged = practice_call_send (&caller, call);
  assert_refused (forged, 403, "InvalidAuthorizationToken", "x-amz-pay-authtoken");
}

static void
test_simulation (void)
{
  PracticeCall              *call = practice_call_create (&caller);
  g_autoptr (PracticeReply)  reply = NULL;

  practice_call_set (call, "x-amz-pay-simulation-code", "HardDeclined");
  reply = practice_call_send (&caller, call);
  assert_refused (reply, 422, "HardDeclined", NULL);
}

static void
test_too_large (void)
{
  g_autofree char           *blanks = g_strnfill (100 * 1024, ' ');
  g_autoptr (PracticeReply)  reply = practice_call_send (&caller, practice_call_new (&caller, "POST", "/v2/checkoutSessions", blanks));

  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, 413);
  g_assert_cmpstr (reply->reason_code, ==, "InvalidRequest");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int                rc;

  g_test_init (&argc, &argv, NULL);
  server = pd_practice_server_new ();
  pd_practice_server_start (server, 0, &error);
  g_assert_no_error (error);
  practice_caller_init (&caller, server);

  g_test_add_data_func ("/practice-pay/create/salt-20", GUINT_TO_POINTER (PD_ALGORITHM_PSS), test_create);
  g_test_add_data_func ("/practice-pay/create/salt-32", GUINT_TO_POINTER (PD_ALGORITHM_PSS_V2), test_create);
  g_test_add_func ("/practice-pay/idempotency/same-and-other-body", test_idempotency);
  g_test_add_func ("/practice-pay/idempotency/refused-is-not-kept", test_idempotency_of_refused);
  g_test_add_func ("/practice-pay/get/unknown-is-404", test_read_only);
  g_test_add_func ("/practice-pay/headers/missing", test_headers_missing);
  g_test_add_func ("/practice-pay/headers/bad", test_headers_bad);
  g_test_add_func ("/practice-pay/headers/date-of-the-node-sdk", test_date_of_the_node_sdk);
  g_test_add_func ("/practice-pay/headers/more-signed", test_more_headers_signed);
  g_test_add_func ("/practice-pay/authorization/bad", test_authorization_bad);
  g_test_add_func ("/practice-pay/key-id/unknown", test_key_id_unknown);
  g_test_add_func ("/practice-pay/key-id/another-environment", test_key_of_another_environment);
  g_test_add_data_func ("/practice-pay/signature/wrong-key-salt-20", GUINT_TO_POINTER (PD_ALGORITHM_PSS), test_wrong_key);
  g_test_add_data_func ("/practice-pay/signature/wrong-key-salt-32", GUINT_TO_POINTER (PD_ALGORITHM_PSS_V2), test_wrong_key);
  g_test_add_func ("/practice-pay/signature/wrong-salt", test_wrong_salt);
  g_test_add_func ("/practice-pay/signature/changed-on-the-way", test_changed_on_the_way);
  g_test_add_func ("/practice-pay/signature/query", test_query_is_signed);
  g_test_add_func ("/practice-pay/body/refused", test_bodies);
  g_test_add_func ("/practice-pay/body/good", test_bodies_good);
  g_test_add_func ("/practice-pay/body/says-the-registered-store-id", test_store_id_registered);
  g_test_add_func ("/practice-pay/methods-and-paths", test_methods_and_paths);
  g_test_add_func ("/practice-pay/environment-in-the-path", test_sandbox_in_the_path);
  g_test_add_func ("/practice-pay/sessions-of-others", test_sessions_of_others);
  g_test_add_func ("/practice-pay/authorization-tokens", test_authorization_tokens);
  g_test_add_func ("/practice-pay/simulation", test_simulation);
  g_test_add_func ("/practice-pay/too-large", test_too_large);
  rc = g_test_run ();

  practice_caller_clear (&caller);
  pd_practice_server_stop (server);
  g_object_unref (server);
  return rc;
}
