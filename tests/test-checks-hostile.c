/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "check-fixture.h"
#include "pd-json.h"
#include "pd-test-call.h"

#define MWS_ERROR(code, message) \
  "<ErrorResponse xmlns=\"http://mws.amazonservices.com/doc/2009-01-01/\"><Error><Type>Sender</Type><Code>" code "</Code><Message>" \
  message "</Message></Error><RequestID>r-1</RequestID></ErrorResponse>"
#define TOTAL_MS 3000
#define IDLE_MS  1500

/* A shop before the upgrade, whose calls go to a server that means no good. */
typedef struct {
  CheckFixture  check;
  PdTestCall   *call;
} Fixture;

static void
set_up (Fixture          *fixture,
        PdTestServerFunc  func,
        gconstpointer     data)
{
  *fixture = (Fixture) { 0 };
  fixture->call = pd_test_call_new (NULL, func, (gpointer) data, NULL);
  pd_client_set_timeouts (fixture->call->client, TOTAL_MS, IDLE_MS);
  check_fixture_init (&fixture->check, PD_GENERATION_BEFORE_UPGRADE);
  check_fixture_set (&fixture->check, "access-key-id", "AKIA0123456789ABCDEF");
  check_fixture_set_secret (&fixture->check, "secret-access-key", "0123456789abcdefghijABCDEFGHIJ0123+/6789");
  check_fixture_set_secret (&fixture->check, "client-secret", "amzn1.oa2-cs.v1.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  check_fixture_set (&fixture->check, "return-urls", GOOD_RETURN_URL);
  g_set_object (&fixture->check.client, fixture->call->client);
  g_set_object (&fixture->check.endpoints, fixture->call->endpoints);
  fixture->check.options.environment = PD_ENVIRONMENT_PRODUCTION;
}

static void
tear_down (Fixture *fixture)
{
  check_fixture_clear (&fixture->check);
  pd_test_call_free (fixture->call);
}

static void
serve_nothing (PdTestServer  *server,
               GOutputStream *out,
               guint          n,
               gpointer       data)
{
  pd_test_server_pause (server, 0);
}

static void
serve_drops (PdTestServer  *server,
             GOutputStream *out,
             guint          n,
             gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 403 X\r\nContent-Type: text/xml\r\n\r\n<ErrorResponse>");

  while (go)
    go = pd_test_server_pause (server, 50) && pd_test_server_say (server, out, " ");
}

static void
serve_drops_of_head (PdTestServer  *server,
                     GOutputStream *out,
                     guint          n,
                     gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 403 X\r\nX-");

  while (go)
    go = pd_test_server_pause (server, 50) && pd_test_server_say (server, out, "a");
}

static void
serve_endless (PdTestServer  *server,
               GOutputStream *out,
               guint          n,
               gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 403 X\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n<ErrorResponse>");

  while (go)
    go = pd_test_server_say (server, out, "<Error><Code>InvalidAccessKeyId</Code></Error>{\"error\":\"invalid_client\"}");
}

static void
serve_endless_head (PdTestServer  *server,
                    GOutputStream *out,
                    guint          n,
                    gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 403 X\r\n");

  while (go)
    go = pd_test_server_say (server, out, "X-Header: 0123456789abcdef0123456789abcdef0123456789abcdef\r\n");
}

/* Nothing of it hangs, and nothing of it judges anything. */
static void
test_never_ending (void)
{
  static const PdTestServerFunc funcs[] = { serve_nothing, serve_drops, serve_drops_of_head, serve_endless, serve_endless_head };

  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++) {
    Fixture fixture;

    g_test_message ("%u", i);
    set_up (&fixture, funcs[i], NULL);
    check_fixture_run (&fixture.check, "mws-keys,login-client");
    check_fixture_assert (&fixture.check, "mws-keys", NULL, "undetermined", "", "unknown");
    check_fixture_assert (&fixture.check, "login-client", NULL, "undetermined", "", "unknown");
    g_assert_nonnull (pd_finding_get_next_step (check_fixture_find (&fixture.check, "mws-keys", NULL)));
    tear_down (&fixture);
  }
}

/* So do the calls of API v2 and the sign-in's page. */
static void
set_up_keys (Fixture *fixture)
{
  check_fixture_set (&fixture->check, "public-key-id", "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX");
  check_fixture_set_key (&fixture->check, "private-key", check_fixture_get_test_key ());
  fixture->check.options.allow_create = TRUE;
}

static void
test_never_ending_v2 (void)
{
  static const PdTestServerFunc funcs[] = { serve_nothing, serve_drops, serve_drops_of_head, serve_endless, serve_endless_head };
  static const char *const      checks[] = { "signature", "store-id", "token", "return-url" };

  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++) {
    Fixture fixture;

    set_up (&fixture, funcs[i], NULL);
    set_up_keys (&fixture);
    pd_client_set_timeouts (fixture.call->client, 800, 500);
    for (guint j = 0; j < G_N_ELEMENTS (checks); j++) {
      g_test_message ("%u: %s", i, checks[j]);
      check_fixture_run (&fixture.check, checks[j]);
      check_fixture_assert (&fixture.check, checks[j], NULL, "undetermined", "", "unknown");
      g_assert_nonnull (pd_finding_get_next_step (check_fixture_find (&fixture.check, checks[j], NULL)));
    }
    tear_down (&fixture);
  }
}

typedef struct {
  const char *check;
  const char *status;
  const char *headers;
  const char *body;
  const char *verdict;
  const char *fields;
} Answer;

/* Which one it is, should what follows fail: of the body its beginning, as text. */
static void
tell (const Answer *answer)
{
  g_autofree char *start = g_strndup (answer->body, 120);
  g_autofree char *shown = g_utf8_make_valid (start, -1);

  g_test_message ("%s: %s %s%s", answer->check, answer->status, answer->headers, shown);
}

static void
serve (PdTestServer  *server,
       GOutputStream *out,
       guint          n,
       gpointer       data)
{
  const Answer *answer = *(const Answer **) data;

  pd_test_server_answer (server, out, answer->status, answer->headers, answer->body);
}

static char *
repeat (const char *piece,
        guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

/* What would grow, nest, fetch or mislead. */
static void
test_bodies (void)
{
  g_autofree char *deep = repeat ("<a>", 100000);
  g_autofree char *deep_json = repeat ("{\"a\":", 100000);
  g_autofree char *wide = repeat ("<a/>", 200000);
  g_autofree char *wide_body = g_strdup_printf ("<ErrorResponse>%s<Error><Code>InvalidAccessKeyId</Code></Error></ErrorResponse>", wide);
  g_autofree char *attributes = repeat (" a='b'", 100000);
  g_autofree char *attribute_body = g_strdup_printf ("<ErrorResponse%s><Error><Code>InvalidAccessKeyId</Code></Error></ErrorResponse>", attributes);
  static const char xml_type[] = "Content-Type: text/xml\r\n";
  static const char json_type[] = "Content-Type: application/json\r\n";
  const Answer answers[] = {
    /* Bombs and entities. */
    { "mws-keys", "403 X", xml_type, "<!DOCTYPE e [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
      "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">]>"
      "<ErrorResponse><Error><Code>InvalidAccessKeyId</Code><Message>&f;</Message></Error></ErrorResponse>", "undetermined", "" },
    { "mws-keys", "403 X", xml_type, "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><ErrorResponse><Error><Code>InvalidAccessKeyId</Code>"
      "<Message>&x;</Message></Error></ErrorResponse>", "undetermined", "" },
    { "mws-keys", "403 X", xml_type, "<?xml version=\"1.0\"?><ErrorResponse><Error><Code>InvalidAccessKeyId</Code><Message>&undefined;</Message></Error></ErrorResponse>",
      "undetermined", "" },
    { "mws-keys", "403 X", xml_type, deep, "undetermined", "" },
    { "mws-keys", "403 X", xml_type, attribute_body, "undetermined", "" },
    { "login-client", "401 X", json_type, deep_json, "undetermined", "" },
    /* It says what it says, however much surrounds it. */
    { "mws-keys", "403 X", xml_type, wide_body, "failed", "access-key-id" },
    /* The type lies: the body counts. */
    { "mws-keys", "403 X", json_type, MWS_ERROR ("InvalidAccessKeyId", "x"), "failed", "access-key-id" },
    { "mws-keys", "403 X", "Content-Type: image/png\r\n", MWS_ERROR ("SignatureDoesNotMatch", "x"), "failed", "secret-access-key access-key-id" },
    { "mws-keys", "403 X", xml_type, "{\"Error\":{\"Code\":\"InvalidAccessKeyId\"}}", "undetermined", "" },
    { "mws-keys", "403 X", xml_type, "{\"error\":\"invalid_client\"}", "undetermined", "" },
    { "login-client", "401 X", "Content-Type: text/html\r\n", "{\"error\":\"invalid_client\"}", "failed", "client-secret client-id" },
    { "login-client", "401 X", json_type, MWS_ERROR ("invalid_client", "x"), "undetermined", "" },
    { "login-client", "401 X", json_type, "<html>invalid_client</html>", "undetermined", "" },
    { "login-client", "401 X", json_type, "{\"error\":[\"invalid_client\"]}", "undetermined", "" },
    { "login-client", "401 X", json_type, "{\"error\":\"invalid_client\",\"error\":\"invalid_grant\"}", "undetermined", "" },
    /* So does the encoding. */
    { "mws-keys", "403 X", "Content-Encoding: gzip\r\n", MWS_ERROR ("InvalidAccessKeyId", "x"), "failed", "access-key-id" },
    { "mws-keys", "403 X", "Content-Encoding: gzip\r\n", "\x1f\x8b\x08", "undetermined", "" },
    { "mws-keys", "403 X", xml_type, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" MWS_ERROR ("InvalidAccessKeyId", "x"), "undetermined", "" },
    /* Two answers in one, an answer inside of another. */
    { "mws-keys", "403 X", xml_type, "<a>" MWS_ERROR ("InvalidAccessKeyId", "x") "</a>", "undetermined", "" },
    { "mws-keys", "403 X", xml_type, "<!-- " MWS_ERROR ("InvalidAccessKeyId", "x") " -->", "undetermined", "" },
    { "mws-keys", "403 X", xml_type, "<ErrorResponse><Error><Code><b>InvalidAccessKeyId</b></Code></Error></ErrorResponse>", "undetermined", "" },
  };
  const Answer *answer = answers;
  Fixture       fixture;

  set_up (&fixture, serve, &answer);
  for (; answer < answers + G_N_ELEMENTS (answers); answer++) {
    tell (answer);
    check_fixture_run (&fixture.check, answer->check);
    check_fixture_assert (&fixture.check, answer->check, NULL, answer->verdict, answer->fields, NULL);
  }
  tear_down (&fixture);
}

#define SIGNATURE_REASON "{\"reasonCode\":\"InvalidRequestSignature\",\"message\":\"x\"}"

/* What looks like an answer of API v2, or of the sign-in's page, and is none. */
static void
test_bodies_v2 (void)
{
  g_autofree char *deep = repeat ("{\"reasonCode\":", 100000);
  static const char json_type[] = "Content-Type: application/json\r\n";
  static const char html_type[] = "Content-Type: text/html\r\n";
  const Answer answers[] = {
    { "signature", "403 X", html_type, "<html><body>" SIGNATURE_REASON "</body></html>", "undetermined", "" },
    { "signature", "403 X", json_type, "[" SIGNATURE_REASON "]", "undetermined", "" },
    { "signature", "403 X", json_type, "{\"error\":" SIGNATURE_REASON "}", "undetermined", "" },
    { "signature", "403 X", json_type, SIGNATURE_REASON SIGNATURE_REASON, "undetermined", "" },
    { "signature", "403 X", json_type, "{\"reasonCode\":\"ResourceNotFound\",\"reasonCode\":\"InvalidRequestSignature\"}", "undetermined", "" },
    { "signature", "403 X", json_type, "{\"reasonCode\":[\"InvalidRequestSignature\"]}", "undetermined", "" },
    { "signature", "403 X", json_type, "{\"reasonCode\":\"InvalidRequestSignature", "undetermined", "" },
    { "signature", "403 X", json_type, deep, "undetermined", "" },
    { "signature", "503 X", json_type, SIGNATURE_REASON, "undetermined", "" },
    { "signature", "429 X", json_type, SIGNATURE_REASON, "undetermined", "" },
    { "signature", "404 X", html_type, "<html>Not Found</html>", "undetermined", "" },
    { "signature", "404 X", json_type, "{}", "undetermined", "" },
    { "signature", "200 X", html_type, "<html>Sign in to the network</html>", "undetermined", "" },
    { "signature", "302 X", "Location: https://portal.example.jp/\r\n", "", "undetermined", "" },
    { "signature", "403 X", html_type, SIGNATURE_REASON, "failed", "private-key public-key-id" }, /* only the type lies */
    { "store-id", "201 X", json_type, "[]", "undetermined", "" },
    { "store-id", "201 X", html_type, "<html>created</html>", "undetermined", "" },
    { "store-id", "200 X", json_type, "{\"checkoutSessionId\":7}", "undetermined", "" },
    { "token", "200 X", html_type, "<html>ok</html>", "undetermined", "" },
    { "token", "200 X", json_type, "[]", "undetermined", "" },
    { "return-url", "200 X", html_type, "<html>Type the characters you see in this image</html>", "undetermined", "" },
    { "return-url", "400 X", html_type, "<html>Bad Request</html>", "undetermined", "" },
    { "return-url", "503 X", html_type, "<html>The redirect URI you provided has not been whitelisted for your application</html>", "undetermined", "" },
    { "return-url", "302 X", "Location: https://portal.example.jp/\r\n", "", "undetermined", "" },
  };
  const Answer *answer = answers;
  Fixture       fixture;

  set_up (&fixture, serve, &answer);
  set_up_keys (&fixture);
  for (; answer < answers + G_N_ELEMENTS (answers); answer++) {
    tell (answer);
    check_fixture_run (&fixture.check, answer->check);
    check_fixture_assert (&fixture.check, answer->check, NULL, answer->verdict, answer->fields, NULL);
  }
  tear_down (&fixture);
}

/* Markup and what a terminal obeys are text, and no more of it than a person reads. */
static void
test_messages (void)
{
  g_autofree char *filler = repeat ("long ", 100000);
  g_autofree char *long_body = g_strdup_printf (MWS_ERROR ("SignatureDoesNotMatch", "%s"), filler);
  const Answer answers[] = {
    { "mws-keys", "403 X", "", MWS_ERROR ("SignatureDoesNotMatch", "&lt;script&gt;alert(1)&lt;/script&gt; [31m\xe2\x80\xae&#x9b;"), "failed", NULL },
    { "mws-keys", "403 X", "", long_body, "failed", NULL },
    { "login-client", "401 X", "", "{\"error\":\"invalid_client\",\"error_description\":\"<b>\\u001b[31m\\u202e</b>\"}", "failed", NULL },
  };
  const Answer *answer = answers;
  Fixture       fixture;

  set_up (&fixture, serve, &answer);
  for (; answer < answers + G_N_ELEMENTS (answers); answer++) {
    PdFinding        *finding;
    const PdEvidence *evidence;

    check_fixture_run (&fixture.check, answer->check);
    check_fixture_assert (&fixture.check, answer->check, NULL, answer->verdict, NULL, NULL);
    finding = check_fixture_find (&fixture.check, answer->check, NULL);
    evidence = pd_finding_get_evidence (finding);
    g_assert_nonnull (evidence);
    g_assert_cmpuint (strlen (evidence->message), <, 8192);
    g_assert_null (strchr (evidence->message, '\x1b'));
    g_assert_null (strstr (evidence->message, "\xe2\x80\xae"));
    g_assert_null (strstr (evidence->message, "\xc2\x9b"));
    g_assert_null (strstr (pd_finding_get_summary (finding), "script"));
  }
  tear_down (&fixture);
}

/* The section's other codes: none of them judges a key. */
static void
test_other_codes (void)
{
  static const char *const codes[] = {
    "InvalidAddressConsentToken", "AmbiguousToken", "ConstraintsExist", "DuplicateReferenceId", "DuplicateRequest", "CaptureNotRefundable",
    "InvalidAuthorizationStatus", "BillingAgreementNotModifiable", "CurrencyMismatch", "InvalidTransactionId", "OrderReferenceNotModifiable",
    "TransactionAmountExceeded", "TransactionCountExceeded", "PaymentMethodNotUpdated", "InputStreamDisconnected", "UserAgentHeaderMalformed",
  };
  Answer        one = { "mws-keys", "400 X", "", NULL, NULL, NULL };
  const Answer *answer = &one;
  Fixture       fixture;

  set_up (&fixture, serve, &answer);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *body = g_strdup_printf (MWS_ERROR ("%s", "x"), codes[i]);

    g_test_message ("%s", codes[i]);
    one.body = body;
    check_fixture_run (&fixture.check, "mws-keys");
    check_fixture_assert (&fixture.check, "mws-keys", NULL, "undetermined", "", "unknown");
  }
  tear_down (&fixture);
}

/* GetServiceStatus has a quota of two: no run of all checks asks for it. */
static void
test_no_service_status (void)
{
  static const Answer one = { NULL, "404 X", "", "", NULL, NULL };
  const Answer       *answer = &one;
  Fixture             fixture;

  set_up (&fixture, serve, &answer);
  check_fixture_run (&fixture.check, NULL);
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), >, 2);
  for (guint i = 0; i < pd_test_server_get_n_requests (fixture.call->server); i++) {
    g_autofree char *request = pd_test_server_dup_request (fixture.call->server, i);

    g_assert_null (strstr (request, "GetServiceStatus"));
  }
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-hostile/never-ending", test_never_ending);
  g_test_add_func ("/checks-hostile/never-ending-v2", test_never_ending_v2);
  g_test_add_func ("/checks-hostile/bodies", test_bodies);
  g_test_add_func ("/checks-hostile/bodies-v2", test_bodies_v2);
  g_test_add_func ("/checks-hostile/messages", test_messages);
  g_test_add_func ("/checks-hostile/other-codes", test_other_codes);
  g_test_add_func ("/checks-hostile/no-service-status", test_no_service_status);
  return g_test_run ();
}
