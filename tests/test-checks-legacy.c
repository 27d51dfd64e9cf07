/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "check-fixture.h"
#include "pd-json.h"
#include "pd-practice-server.h"
#include "pd-practice-shop.h"
#include "pd-shape.h"
#include "pd-test-canary.h"
#include "pd-test-call.h"

#define ACCESS_KEY    "AKIA0123456789ABCDEF"
#define SECRET_KEY    "0123456789abcdefghijABCDEFGHIJ0123+/6789"
#define CLIENT_SECRET "amzn1.oa2-cs.v1.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define MWS_ERROR(code, message) \
  "<ErrorResponse xmlns=\"http://mws.amazonservices.com/doc/2009-01-01/\"><Error><Type>Sender</Type><Code>" code "</Code><Message>" \
  message "</Message></Error><RequestID>r-1</RequestID></ErrorResponse>"
#define REASON(code, message) "{\"reasonCode\":\"" code "\",\"message\":\"" message "\"}"

/* A shop before the upgrade, and Amazon's side: the practice endpoint, or a server of the test's. */
typedef struct {
  CheckFixture      check;
  PdPracticeServer *server;
  PdTestCall       *call;
} Fixture;

static void
fill (CheckFixture *check)
{
  check_fixture_init (check, PD_GENERATION_BEFORE_UPGRADE);
  check_fixture_set (check, "access-key-id", ACCESS_KEY);
  check_fixture_set_secret (check, "secret-access-key", SECRET_KEY);
  check_fixture_set_secret (check, "client-secret", CLIENT_SECRET);
  check_fixture_set (check, "return-urls", GOOD_RETURN_URL);
}

static PdPracticeMerchant *
make_merchant (CheckFixture *check)
{
  PdPracticeMerchant *merchant = g_new0 (PdPracticeMerchant, 1);

  merchant->merchant_id = g_strdup (pd_profile_get_text (check->profile, "seller-id"));
  merchant->store_id = g_strdup (pd_profile_get_text (check->profile, "client-id"));
  merchant->return_urls = g_strdupv ((char **) pd_profile_get_list (check->profile, "return-urls"));
  pd_practice_shop_add_secrets (merchant, check->profile, check->secrets);
  return merchant;
}

static void
set_up (Fixture *fixture)
{
  g_autoptr (GError)             error = NULL;
  g_autoptr (PdPracticeMerchant) merchant = NULL;

  *fixture = (Fixture) { 0 };
  fixture->server = pd_practice_server_new ();
  pd_practice_server_start (fixture->server, 0, &error);
  g_assert_no_error (error);
  fill (&fixture->check);
  pd_endpoints_set_practice (fixture->check.endpoints, pd_practice_server_get_url (fixture->server),
                             pd_practice_server_get_ca_pem (fixture->server));
  fixture->check.options.environment = PD_ENVIRONMENT_PRACTICE;
  pd_client_set_timeouts (fixture->check.client, 20000, 10000);
  merchant = make_merchant (&fixture->check);
  pd_practice_server_enrol (fixture->server, merchant);
}

static void
set_up_call (Fixture          *fixture,
             PdTestServerFunc  func,
             gpointer          data)
{
  *fixture = (Fixture) { 0 };
  fixture->call = pd_test_call_new (NULL, func, data, NULL);
  fill (&fixture->check);
  g_set_object (&fixture->check.client, fixture->call->client);
  g_set_object (&fixture->check.endpoints, fixture->call->endpoints);
  fixture->check.options.environment = PD_ENVIRONMENT_PRODUCTION;
}

static void
tear_down (Fixture *fixture)
{
  check_fixture_clear (&fixture->check);
  if (fixture->call != NULL)
    pd_test_call_free (fixture->call);
  if (fixture->server == NULL)
    return;
  pd_practice_server_stop (fixture->server);
  g_assert_finalize_object (fixture->server);
}

static void
assert_next_step (Fixture    *fixture,
                  const char *check)
{
  PdFinding *finding = check_fixture_find (&fixture->check, check, NULL);

  if (pd_finding_get_verdict (finding) != PD_VERDICT_PASSED)
    g_assert_nonnull (pd_finding_get_next_step (finding));
}

/* Every row of the two verdict tables, as the practice endpoint answers it. */
static void
test_practice_rows (void)
{
  static const struct { const char *fault; const char *check; const char *verdict; const char *fields; const char *confidence; const char *says; } rows[] = {
    { "none", "mws-keys", "passed", "access-key-id secret-access-key seller-id", "likely", "accepted" },
    { "mws:InvalidOrderReferenceId", "mws-keys", "passed", "access-key-id secret-access-key seller-id", "likely", "accepted" },
    { "mws:InvalidAccessKeyId", "mws-keys", "failed", "access-key-id", "likely", "AccessKeyId" },
    { "mws:InvalidClientTokenId", "mws-keys", "failed", "access-key-id", "likely", "AccessKeyId" },
    { "mws:SignatureDoesNotMatch", "mws-keys", "failed", "secret-access-key access-key-id", "likely", "SecretAccessKey" },
    { "mws:InvalidParameterValue.seller", "mws-keys", "failed", "seller-id", "likely", "SellerId" },
    { "mws:InvalidParameterValue", "mws-keys", "undetermined", "", "unknown", "a value" },
    { "mws:AccessDenied.token", "mws-keys", "failed", "mws-auth-token seller-id", "likely", "granted to another" },
    { "mws:AccessDenied", "mws-keys", "failed", "mws-auth-token seller-id", "likely", "may not act" },
    { "mws:InvalidAccountStatus", "mws-keys", "failed", "", "likely", "suspended" },
    { "mws:UnauthorizedAccess", "mws-keys", "failed", "", "likely", "may not use" },
    { "mws:RequestExpired", "mws-keys", "undetermined", "", "unknown", "clock" },
    { "mws:MissingAuthenticationToken", "mws-keys", "undetermined", "", "unknown", "Paydesk’s fault" },
    { "mws:InvalidAddress", "mws-keys", "undetermined", "", "unknown", "not there any more" },
    { "mws:RequestThrottled", "mws-keys", "undetermined", "", "unknown", "busy" },
    { "mws:QuotaExceeded", "mws-keys", "undetermined", "", "unknown", "busy" },
    { "mws:InternalError", "mws-keys", "undetermined", "", "unknown", "trouble of its own" },
    { "mws:InternalServerError", "mws-keys", "undetermined", "", "unknown", "trouble of its own" },
    { "mws:ServiceUnavailable", "mws-keys", "undetermined", "", "unknown", "trouble of its own" },
    { "clock-ahead", "mws-keys", "undetermined", "", "unknown", "clock" },
    { "throttled", "mws-keys", "undetermined", "", "unknown", "busy" },
    { "server-error", "mws-keys", "undetermined", "", "unknown", "trouble of its own" },
    { "unavailable", "mws-keys", "undetermined", "", "unknown", "trouble of its own" },
    { "html", "mws-keys", "undetermined", "", "unknown", "not an answer of the old service" },
    { "garbage", "mws-keys", "undetermined", "", "unknown", "not an answer of the old service" },
    { "redirect", "mws-keys", "undetermined", "", "unknown", "another address" },

    { "none", "login-client", "passed", "client-id client-secret", "likely", "accepted" },
    { "login:invalid_grant", "login-client", "passed", "client-id client-secret", "likely", "accepted" },
    { "login:invalid_client", "login-client", "failed", "client-secret client-id", "likely", "127.0.0.1" },
    { "login:invalid_request", "login-client", "undetermined", "", "unknown", "Paydesk’s fault" },
    { "login:unauthorized_client", "login-client", "undetermined", "", "unknown", "may not exchange" },
    { "login:unsupported_grant_type", "login-client", "undetermined", "", "unknown", "Paydesk’s fault" },
    { "login:invalid_scope", "login-client", "undetermined", "", "unknown", "Paydesk’s fault" },
    { "login:server_error", "login-client", "undetermined", "", "unknown", "trouble" },
    { "throttled", "login-client", "undetermined", "", "unknown", NULL },
    { "server-error", "login-client", "undetermined", "", "unknown", "trouble" },
    { "html", "login-client", "undetermined", "", "unknown", "not an answer of Login" },
    { "garbage", "login-client", "undetermined", "", "unknown", "not an answer of Login" },
    { "unknown-store", "login-client", "failed", "client-secret client-id", "likely", NULL },
  };
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].fault);
    g_assert_true (pd_practice_server_set_fault (fixture.server, rows[i].fault, NULL));
    check_fixture_run (&fixture.check, rows[i].check);
    check_fixture_assert (&fixture.check, rows[i].check, NULL, rows[i].verdict, rows[i].fields, rows[i].confidence);
    if (rows[i].says != NULL)
      g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, rows[i].check, NULL)), rows[i].says));
    assert_next_step (&fixture, rows[i].check);
  }
  tear_down (&fixture);
}

/* One wrong letter in one value: the signature and the hashes are really looked at. */
static void
test_wrong_values (void)
{
  static const struct { const char *field; const char *wrong; const char *check; const char *fields; } rows[] = {
    { "access-key-id", "AKIA0123456789ABCDEG", "mws-keys", "access-key-id" },
    { "seller-id", "A1B2C3D4E5F6G8", "mws-keys", "seller-id" },
    { "secret-access-key", "0123456789abcdefghijABCDEFGHIJ0123+/6788", "mws-keys", "secret-access-key access-key-id" },
    { "client-secret", "amzn1.oa2-cs.v1.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdee", "login-client", "client-secret client-id" },
    { "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdee", "login-client", "client-secret client-id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *other = g_str_equal (rows[i].check, "mws-keys") ? "login-client" : "mws-keys";
    Fixture     fixture;

    set_up (&fixture);
    if (g_hash_table_contains (fixture.check.secrets, rows[i].field))
      check_fixture_set_secret (&fixture.check, rows[i].field, rows[i].wrong);
    else
      check_fixture_set (&fixture.check, rows[i].field, rows[i].wrong);
    check_fixture_run (&fixture.check, NULL);
    check_fixture_assert (&fixture.check, rows[i].check, NULL, "failed", rows[i].fields, "likely");
    check_fixture_assert (&fixture.check, other, NULL, "passed", NULL, "likely");
    tear_down (&fixture);
  }
}

/* A secret that is not the registered one is found, although the endpoint computes with what it was told. */
static void
test_registered_secret (void)
{
  Fixture                        fixture;
  g_autoptr (PdPracticeMerchant) merchant = NULL;

  set_up (&fixture);
  merchant = make_merchant (&fixture.check);
  check_fixture_set_secret (&fixture.check, "secret-access-key", "0123456789abcdefghijABCDEFGHIJ0123+/6788");
  pd_practice_shop_add_secrets (merchant, fixture.check.profile, fixture.check.secrets);
  pd_practice_server_enrol (fixture.server, merchant);
  check_fixture_run (&fixture.check, "mws-keys");
  check_fixture_assert (&fixture.check, "mws-keys", NULL, "failed", "secret-access-key access-key-id", "likely");
  tear_down (&fixture);
}

/* A key of another account: the token decides, and is sent only then. */
static void
test_developers_key (void)
{
  Fixture                        fixture;
  g_autoptr (PdPracticeMerchant) developer = g_new0 (PdPracticeMerchant, 1);

  set_up (&fixture);
  developer->merchant_id = g_strdup ("A9DEVELOPER999");
  developer->store_id = g_strdup ("amzn1.application-oa2-client.99999999999999999999999999999999");
  check_fixture_set (&fixture.check, "access-key-id", "AKIA9999999999999999");
  pd_practice_shop_add_secrets (developer, fixture.check.profile, fixture.check.secrets);
  pd_practice_server_enrol (fixture.server, developer);
  check_fixture_run (&fixture.check, "mws-keys");
  check_fixture_assert (&fixture.check, "mws-keys", NULL, "passed", "access-key-id secret-access-key seller-id mws-auth-token", "likely");
  check_fixture_set_secret (&fixture.check, "mws-auth-token", "amzn.mws.01234567-89ab-cdef-0123-456789abcdee");
  check_fixture_run (&fixture.check, "mws-keys");
  check_fixture_assert (&fixture.check, "mws-keys", NULL, "failed", "mws-auth-token seller-id", "likely");
  tear_down (&fixture);
}

typedef struct {
  const char *check;
  const char *status;
  const char *body;
  const char *verdict;
  const char *fields;
  const char *says;
} AnswerRow;

static void
serve (PdTestServer  *server,
       GOutputStream *out,
       guint          n,
       gpointer       data)
{
  const AnswerRow *row = *(const AnswerRow **) data;

  pd_test_server_answer (server, out, row->status, "", row->body);
}

/* What no good service says: no credential is blamed, and a service that is gone is told from one that is busy. */
static void
test_strange_answers (void)
{
  static const AnswerRow rows[] = {
    { "mws-keys", "404 X", "<html>not here</html>", "undetermined", "", "not there any more" },
    { "mws-keys", "404 X", "", "undetermined", "", "not there any more" },
    { "mws-keys", "410 X", "", "undetermined", "", "not there any more" },
    { "mws-keys", "403 X", "<html>SignatureDoesNotMatch</html>", "undetermined", "", "not an answer of the old service" },
    { "mws-keys", "401 X", "{\"reasonCode\":\"AccessDenied\"}", "undetermined", "", "not an answer of the old service" },
    { "mws-keys", "403 X", "<!DOCTYPE a [<!ENTITY b \"InvalidAccessKeyId\">]>" MWS_ERROR ("&b;", "x"), "undetermined", "", "not an answer" },
    { "mws-keys", "403 X", "<!DOCTYPE ErrorResponse SYSTEM \"https://127.0.0.1/x.dtd\">" MWS_ERROR ("InvalidAccessKeyId", "x"), "undetermined", "", "not an answer" },
    { "mws-keys", "403 X", MWS_ERROR ("InvalidAccessKeyId", "x") "<more/>", "undetermined", "", "not an answer" },
    { "mws-keys", "403 X", MWS_ERROR ("InvalidAccessKeyId", "x"), "failed", "access-key-id", "AccessKeyId" },
    { "mws-keys", "200 X", MWS_ERROR ("InvalidAccessKeyId", "x"), "undetermined", "", "does not know" },
    { "mws-keys", "503 X", MWS_ERROR ("SignatureDoesNotMatch", "x"), "undetermined", "", "trouble" },
    { "mws-keys", "429 X", MWS_ERROR ("SignatureDoesNotMatch", "x"), "undetermined", "", "busy" },
    { "mws-keys", "503 X", "<html>Service Unavailable</html>", "undetermined", "", "trouble" },
    { "mws-keys", "403 X", MWS_ERROR ("SomethingNew", "x"), "undetermined", "", "does not know" },
    { "mws-keys", "400 X", MWS_ERROR ("MissingParameter", "Missing required MWSAuthToken for Seller"), "failed", "mws-auth-token seller-id", "may not act" },
    { "mws-keys", "200 X", "<GetOrderReferenceDetailsResponse xmlns=\"x\"><ResponseMetadata/></GetOrderReferenceDetailsResponse>", "undetermined", "", "does not know" },

    { "login-client", "404 X", "<html></html>", "undetermined", "", "not at its address" },
    { "login-client", "410 X", "", "undetermined", "", "not at its address" },
    { "login-client", "401 X", "Proxy", "undetermined", "", "not an answer of Login" },
    { "login-client", "400 X", "{\"error\":\"invalid_client\"}", "failed", "client-secret client-id", "One of the two" },
    { "login-client", "401 X", "{\"error\":\"invalid_grant\"}", "passed", "client-id client-secret", NULL },
    { "login-client", "503 X", "{\"error\":\"invalid_client\"}", "undetermined", "", "trouble" },
    { "login-client", "429 X", "{\"error\":\"invalid_client\"}", "undetermined", "", "busy" },
    { "login-client", "400 X", "{\"error\":\"something_new\"}", "undetermined", "", "does not know" },
    { "login-client", "200 X", "{\"access_token\":\"x\"}", "undetermined", "", NULL },
  };
  const AnswerRow *row = rows;
  Fixture          fixture;

  set_up_call (&fixture, serve, &row);
  for (; row < rows + G_N_ELEMENTS (rows); row++) {
    g_test_message ("%s: %s %s", row->check, row->status, row->body);
    check_fixture_run (&fixture.check, row->check);
    check_fixture_assert (&fixture.check, row->check, NULL, row->verdict, row->fields, NULL);
    if (row->says != NULL)
      g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, row->check, NULL)), row->says));
    assert_next_step (&fixture, row->check);
  }
  tear_down (&fixture);
}

/* Nothing listens there any more. */
static void
test_gone (void)
{
  static const AnswerRow nothing = { NULL, "500 X", "", NULL, NULL, NULL };
  const AnswerRow       *row = &nothing;
  Fixture                fixture;
  PdFinding             *finding;
  g_autofree char       *json = NULL;
  g_autoptr (PdEndpoints) endpoints = NULL;
  g_autoptr (PdClient)   client = NULL;

  set_up_call (&fixture, serve, &row);
  endpoints = pd_endpoints_new_from_json ("{\"production\":{\"mws\":\"https://127.0.0.1:1\",\"login\":\"https://127.0.0.1:1\"}}", -1, NULL);
  g_assert_nonnull (endpoints);
  client = pd_client_new (endpoints);
  g_set_object (&fixture.check.client, client);
  check_fixture_run (&fixture.check, "mws-keys,login-client");
  check_fixture_assert (&fixture.check, "mws-keys", NULL, "undetermined", "", "unknown");
  check_fixture_assert (&fixture.check, "login-client", NULL, "undetermined", "", "unknown");
  finding = check_fixture_find (&fixture.check, "mws-keys", NULL);
  g_assert_nonnull (strstr (pd_finding_get_summary (finding), "not there any more"));
  g_assert_nonnull (strstr (pd_finding_get_next_step (finding), "upgrade"));
  g_assert_nonnull (pd_finding_get_where (finding)[0]);
  tear_down (&fixture);
}

static char *
get_body (Fixture *fixture,
          guint    n)
{
  g_autofree char *request = pd_test_server_dup_request (fixture->call->server, n);

  return g_strdup (strstr (request, "\r\n\r\n") + 4);
}

/* What is sent: the probe without a token, both environments' paths; with one only where the key alone does not do; and the token
 * that Amazon pre-set is none. */
static void
test_calls (void)
{
  static const AnswerRow denied = { NULL, "401 X", MWS_ERROR ("AccessDenied", "x"), NULL, NULL, NULL };
  const AnswerRow       *row = &denied;
  Fixture                fixture;
  g_autofree char       *first = NULL;
  g_autofree char       *second = NULL;
  g_autofree char       *request = NULL;
  g_autofree char       *agent = NULL;

  set_up_call (&fixture, serve, &row);
  check_fixture_run (&fixture.check, "mws-keys");
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 2);
  first = get_body (&fixture, 0);
  second = get_body (&fixture, 1);
  g_assert_null (strstr (first, "MWSAuthToken"));
  g_assert_nonnull (strstr (second, "MWSAuthToken=" GOOD_TOKEN));
  g_assert_nonnull (strstr (first, "Action=GetOrderReferenceDetails&AmazonOrderReferenceId=S00-0000000-0000000&SellerId=" GOOD_SELLER_ID));
  g_assert_null (strstr (second, SECRET_KEY));
  request = pd_test_server_dup_request (fixture.call->server, 0);
  g_assert_true (g_str_has_prefix (request, "POST /OffAmazonPayments/2013-01-01 "));
  agent = pd_test_server_dup_header (fixture.call->server, 0, "User-Agent");
  g_assert_true (g_regex_match_simple ("^[A-Za-z]+/[0-9.]+ \\(Language=C; Platform=Linux\\)$", agent, 0, 0));

  fixture.check.options.environment = PD_ENVIRONMENT_SANDBOX;
  g_hash_table_remove (fixture.check.secrets, "mws-auth-token");
  pd_profile_note_secret (fixture.check.profile, "mws-auth-token", NULL);
  check_fixture_set (&fixture.check, "mws-auth-token", PD_PRESET_TOKEN);
  check_fixture_run (&fixture.check, "mws-keys");
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 3);
  g_free (g_steal_pointer (&request));
  request = pd_test_server_dup_request (fixture.call->server, 2);
  g_assert_true (g_str_has_prefix (request, "POST /OffAmazonPayments_Sandbox/2013-01-01 "));
  tear_down (&fixture);
}

/* Shops that are upgraded, or never were on the old service, have no such keys. */
static void
test_other_generations (void)
{
  static const AnswerRow nothing = { NULL, "404 X", "", NULL, NULL, NULL };
  static const char *const generations[] = { "after-upgrade", "new" };
  const AnswerRow       *row = &nothing;
  Fixture                fixture;

  set_up_call (&fixture, serve, &row);
  for (guint i = 0; i < G_N_ELEMENTS (generations); i++) {
    check_fixture_set (&fixture.check, "generation", generations[i]);
    check_fixture_run (&fixture.check, NULL);
    g_assert_cmpuint (check_fixture_count (&fixture.check, "mws-keys"), ==, 0);
    g_assert_cmpuint (check_fixture_count (&fixture.check, "login-client"), ==, 0);
    check_fixture_run (&fixture.check, "mws-keys,login-client");
    check_fixture_assert (&fixture.check, "mws-keys", NULL, "skipped", "", NULL);
    check_fixture_assert (&fixture.check, "login-client", NULL, "skipped", "", NULL);
  }
  tear_down (&fixture);
}

/* The token: judged with a key of the shop's own, in production. A refusal blames nothing: the key may not be the grantee's. */
static void
test_token (void)
{
  static const AnswerRow rows[] = {
    { "token", "200 X", "{\"authorizationToken\":\"eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.c2ln\"}", "passed", "mws-auth-token seller-id", NULL },
    { "token", "200 X", "{}", "undetermined", "", NULL },
    { "token", "400 X", REASON ("InvalidParameterValue", "The value provided for 'merchantId' is invalid"), "failed", "seller-id", NULL },
    { "token", "400 X", REASON ("InvalidParameterValue", "The value provided for 'mwsAuthToken' is invalid"), "skipped", "", "granted" },
    { "token", "401 X", REASON ("UnauthorizedAccess", "x"), "skipped", "", "granted" },
    { "token", "403 X", REASON ("InvalidAuthorizationToken", "x"), "skipped", "", "granted" },
    { "token", "403 X", REASON ("InvalidRequestSignature", "x"), "failed", "private-key public-key-id", NULL },
    { "token", "429 X", REASON ("TooManyRequests", "x"), "undetermined", "", NULL },
    { "token", "503 X", REASON ("ServiceUnavailable", "x"), "undetermined", "", NULL },
    { "token", "404 X", "<html></html>", "undetermined", "", NULL },
  };
  const AnswerRow *row = rows;
  Fixture          fixture;
  g_autofree char *request = NULL;

  set_up_call (&fixture, serve, &row);
  check_fixture_run (&fixture.check, "token");
  check_fixture_assert (&fixture.check, "token", NULL, "skipped", "", NULL);
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, "token", NULL)), "granted to futureshop"));
  g_assert_nonnull (strstr (pd_finding_get_next_step (check_fixture_find (&fixture.check, "token", NULL)), "804019623754"));
  g_assert_nonnull (pd_finding_get_where (check_fixture_find (&fixture.check, "token", NULL))[0]);
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 0);
  check_fixture_set (&fixture.check, "public-key-id", "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX");
  check_fixture_set_key (&fixture.check, "private-key", check_fixture_get_test_key ());
  for (; row < rows + G_N_ELEMENTS (rows); row++) {
    g_autoptr (JsonNode) json = NULL;
    g_autofree char     *text = NULL;

    g_test_message ("%s %s", row->status, row->body);
    check_fixture_run (&fixture.check, "token");
    check_fixture_assert (&fixture.check, "token", NULL, row->verdict, row->fields, NULL);
    if (row->says != NULL)
      g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, "token", NULL)), row->says));
    assert_next_step (&fixture, "token");
    json = pd_run_to_json (fixture.check.run);
    text = pd_json_to_string (json, TRUE);
    g_assert_null (strstr (text, GOOD_TOKEN));
    g_assert_null (strstr (text, "eyJjYW5hcnkiOjF9"));
    text = (g_free (text), g_strdup (pd_finding_get_evidence (check_fixture_find (&fixture.check, "token", NULL))->body));
    g_assert_true (text == NULL || strstr (text, "eyJjYW5hcnkiOjF9") == NULL);
  }
  request = pd_test_server_dup_request (fixture.call->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /v2/authorizationTokens/" GOOD_TOKEN "?merchantId=" GOOD_SELLER_ID " "));
  tear_down (&fixture);
}

static void
test_preset_token (void)
{
  static const AnswerRow nothing = { NULL, "404 X", "", NULL, NULL, NULL };
  const AnswerRow       *row = &nothing;
  Fixture                fixture;

  set_up_call (&fixture, serve, &row);
  check_fixture_set (&fixture.check, "public-key-id", "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX");
  check_fixture_set_key (&fixture.check, "private-key", check_fixture_get_test_key ());
  g_hash_table_remove (fixture.check.secrets, "mws-auth-token");
  pd_profile_note_secret (fixture.check.profile, "mws-auth-token", NULL);
  check_fixture_set (&fixture.check, "mws-auth-token", PD_PRESET_TOKEN);
  check_fixture_run (&fixture.check, "token");
  check_fixture_assert (&fixture.check, "token", NULL, "skipped", "", NULL);
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, "token", NULL)), "pre-set"));
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 0);
  tear_down (&fixture);
}

/* Without a value, or without the keyring, nothing is sent. */
static void
test_missing (void)
{
  static const AnswerRow nothing = { NULL, "404 X", "", NULL, NULL, NULL };
  const AnswerRow       *row = &nothing;
  Fixture                fixture;

  set_up_call (&fixture, serve, &row);
  g_hash_table_remove_all (fixture.check.secrets);
  fixture.check.secrets_error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The keyring is locked.");
  check_fixture_run (&fixture.check, "mws-keys,login-client");
  check_fixture_assert (&fixture.check, "mws-keys", NULL, "undetermined", "", NULL);
  check_fixture_assert (&fixture.check, "login-client", NULL, "undetermined", "", NULL);
  g_clear_error (&fixture.check.secrets_error);
  check_fixture_run (&fixture.check, "mws-keys,login-client");
  check_fixture_assert (&fixture.check, "mws-keys", NULL, "skipped", "", NULL);
  check_fixture_assert (&fixture.check, "login-client", NULL, "skipped", "", NULL);
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 0);
  tear_down (&fixture);
}

/* No secret in any document, whatever the server quotes. */
static void
test_canaries (void)
{
  static const AnswerRow rows[] = {
    { NULL, "403 X", MWS_ERROR ("SignatureDoesNotMatch", "should have been MWSAuthToken=" GOOD_TOKEN "&amp;key=" SECRET_KEY), NULL, NULL, NULL },
    { NULL, "401 X", MWS_ERROR ("AccessDenied", GOOD_TOKEN), NULL, NULL, NULL },
    { NULL, "401 X", "{\"error\":\"invalid_client\",\"error_description\":\"" CLIENT_SECRET " is wrong\"}", NULL, NULL, NULL },
    { NULL, "404 X", "<html>" SECRET_KEY " " CLIENT_SECRET " " GOOD_TOKEN "</html>", NULL, NULL, NULL },
  };
  static const char *const secrets[] = { GOOD_TOKEN, SECRET_KEY, CLIENT_SECRET };
  const AnswerRow         *row = rows;
  Fixture                  fixture;

  set_up_call (&fixture, serve, &row);
  for (; row < rows + G_N_ELEMENTS (rows); row++) {
    g_autoptr (JsonNode) json = NULL;
    g_autofree char     *text = NULL;

    check_fixture_run (&fixture.check, "mws-keys,login-client");
    json = pd_run_to_json (fixture.check.run);
    text = pd_json_to_string (json, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
      g_assert_null (strstr (text, secrets[i]));
    if (row == rows) {
      const PdEvidence *evidence = pd_finding_get_evidence (check_fixture_find (&fixture.check, "mws-keys", NULL));

      g_assert_cmpstr (evidence->reason_code, ==, "SignatureDoesNotMatch");
      g_assert_cmpstr (evidence->request_id, ==, "r-1");
      g_assert_nonnull (strstr (evidence->message, "should have been"));
    }
  }
  tear_down (&fixture);
}

/* What signs and is never sent stands where it is held, once, and nowhere else in memory: neither side of a call leaves a copy. */
static void
test_wiped (void)
{
  PdTestCanary                   canary;
  char                           text[PD_TEST_CANARY_LENGTH + 1];
  Fixture                        fixture;
  g_autoptr (PdPracticeMerchant) merchant = NULL;

  set_up (&fixture);
  pd_test_canary_init (&canary);
  pd_test_canary_write (&canary, text);
  check_fixture_set_secret (&fixture.check, "secret-access-key", text);
  pd_secret_wipe (text, sizeof text);
  merchant = make_merchant (&fixture.check);
  pd_practice_server_enrol (fixture.server, merchant);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  check_fixture_run (&fixture.check, "mws-keys");
  check_fixture_assert (&fixture.check, "mws-keys", NULL, "passed", "access-key-id secret-access-key seller-id", "likely");
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-legacy/practice-rows", test_practice_rows);
  g_test_add_func ("/checks-legacy/wrong-values", test_wrong_values);
  g_test_add_func ("/checks-legacy/registered-secret", test_registered_secret);
  g_test_add_func ("/checks-legacy/developers-key", test_developers_key);
  g_test_add_func ("/checks-legacy/strange-answers", test_strange_answers);
  g_test_add_func ("/checks-legacy/gone", test_gone);
  g_test_add_func ("/checks-legacy/calls", test_calls);
  g_test_add_func ("/checks-legacy/other-generations", test_other_generations);
  g_test_add_func ("/checks-legacy/token", test_token);
  g_test_add_func ("/checks-legacy/preset-token", test_preset_token);
  g_test_add_func ("/checks-legacy/missing", test_missing);
  g_test_add_func ("/checks-legacy/canaries", test_canaries);
  g_test_add_func ("/checks-legacy/wiped", test_wiped);
  return g_test_run ();
}
