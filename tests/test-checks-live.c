/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "check-fixture.h"
#include "pd-test-call.h"

#define SIGN_IN_PAGE "<html><body><form name=\"signIn\" action=\"/ap/signin\"><input id=\"ap_email\"></form></body></html>"
#define REFUSED_PAGE "<html><body><p>400 Bad Request</p><p>The redirect URI you provided has not been whitelisted for your application</p></html>"
#define ROBOT_PAGE   "<html><body>Enter the characters you see <form action=\"/errors/validateCaptcha\"></form></body></html>"
#define OTHER_STRING "AMZN-PAY-RSASSA-PSS-V2\\n0000000000000000000000000000000000000000000000000000000000000000"
#define CREATED(environment, state) \
  "{\"checkoutSessionId\":\"x-1\",\"storeId\":\"" GOOD_CLIENT_ID "\",\"releaseEnvironment\":\"" environment "\"," \
  "\"statusDetails\":{\"state\":\"" state "\"}}"
#define REASON(code, message) "{\"reasonCode\":\"" code "\",\"message\":\"" message "\"}"

/* What a server answers to every call, and what one check must make of it. */
typedef struct {
  const char *check;
  const char *status;
  const char *headers;
  const char *body;
  const char *verdict;
  const char *fields;
  const char *confidence;
} AnswerRow;

static const AnswerRow answer_rows[] = {
  /* Judged by the body, whatever the type says. */
  { "signature", "404 X", "Content-Type: text/html\r\n", REASON ("ResourceNotFound", "x"), "passed", "private-key public-key-id", "likely" },
  { "signature", "404 X", "Content-Type: text/html\r\n", "<html>not here</html>", "undetermined", "", "unknown" },
  { "signature", "404 X", "", "", "undetermined", "", "unknown" },
  { "signature", "200 X", "", "{}", "undetermined", "", "unknown" },
  { "signature", "200 X", "", REASON ("ResourceNotFound", "x"), "undetermined", "", "unknown" },
  { "signature", "401 X", "", "Proxy", "undetermined", "", "unknown" },
  { "signature", "403 X", "", REASON ("InvalidRequestSignature", "x"), "failed", "private-key public-key-id", "likely" },
  { "signature", "403 X", "", REASON ("InvalidRequestSignature", "Unable to verify signature, signing String [" OTHER_STRING "]"),
    "undetermined", "", "unknown" },
  { "signature", "400 X", "", REASON ("InvalidHeaderValue", "PublicKeyId"), "failed", "public-key-id", "likely" },
  { "signature", "400 X", "", REASON ("InvalidHeaderValue", "The value 2026 provided for x-amz-pay-date should not be in future"),
    "undetermined", "", "unknown" },
  { "signature", "400 X", "", REASON ("InvalidHeaderValue", "The value us provided for x-amz-pay-region"), "undetermined", "", "unknown" },
  { "signature", "400 X", "", REASON ("InvalidHeaderValue", "The value a provided for x-amz-pay-host"), "undetermined", "", "unknown" },
  { "signature", "403 X", "", REASON ("SomethingNew", "x"), "undetermined", "", "unknown" },
  { "signature", "503 X", "", REASON ("InvalidRequestSignature", "x"), "undetermined", "", "unknown" },
  { "signature", "429 X", "", REASON ("InvalidHeaderValue", "x"), "undetermined", "", "unknown" },
  { "signature", "302 X", "Location: https://127.0.0.1/login\r\n", "", "undetermined", "", "unknown" },

  { "store-id", "201 X", "", CREATED ("Sandbox", "Open"), "passed", "client-id", "certain" },
  { "store-id", "200 X", "Content-Type: text/plain\r\n", CREATED ("Sandbox", "Open"), "passed", "client-id", "certain" },
  { "store-id", "201 X", "", CREATED ("Live", "Open"), "failed", "public-key-id environment", "certain" },
  { "store-id", "201 X", "", CREATED ("Sandbox", "Canceled"), "undetermined", "", "unknown" },
  { "store-id", "201 X", "", "{\"checkoutSessionId\":\"x\",\"storeId\":\"another\"}", "undetermined", "", "unknown" },
  { "store-id", "201 X", "", "<html></html>", "undetermined", "", "unknown" },
  { "store-id", "400 X", "", REASON ("InvalidParameterValue", "The value of parameter storeId is invalid"), "failed", "client-id", "likely" },
  { "store-id", "400 X", "", REASON ("InvalidParameterValue", "checkoutReviewReturnUrl is not allowed"), "failed",
    "return-urls javascript-origins", "likely" },
  { "store-id", "400 X", "", REASON ("InvalidParameterValue", "a value"), "undetermined", "", "unknown" },
  { "store-id", "401 X", "", REASON ("UnauthorizedAccess", "x"), "failed", "", "certain" },
  { "store-id", "403 X", "", REASON ("InvalidAccountStatus", "x"), "failed", "", "likely" },
  { "store-id", "404 X", "", REASON ("ResourceNotFound", "x"), "undetermined", "", "unknown" },

  { "return-url", "302 X", "Location: https://apac.account.amazon.com/ap/signin?x=1\r\n", "", "passed", "return-urls", "certain" },
  { "return-url", "302 X", "Location: " GOOD_RETURN_URL "?error=invalid_scope&state=1\r\n", "", "passed", "return-urls", "certain" },
  { "return-url", "302 X", "Location: " GOOD_RETURN_URL "/more?error=invalid_scope\r\n", "", "undetermined", "", "unknown" },
  { "return-url", "302 X", "Location: https://captive.example.jp/login\r\n", "", "undetermined", "", "unknown" },
  { "return-url", "302 X", "", "", "undetermined", "", "unknown" },
  { "return-url", "200 X", "", SIGN_IN_PAGE, "passed", "return-urls", "certain" },
  { "return-url", "200 X", "", "<html>Welcome</html>", "undetermined", "", "unknown" },
  { "return-url", "200 X", "", ROBOT_PAGE, "undetermined", "", "unknown" },
  { "return-url", "503 X", "", ROBOT_PAGE, "undetermined", "", "unknown" },
  { "return-url", "400 X", "", REFUSED_PAGE, "failed", "return-urls client-id", "likely" },
  { "return-url", "400 X", "", "<html>An unknown client was specified.</html>", "failed", "client-id", "likely" },
  /* The page lists the request's own details: those say nothing. */
  { "return-url", "400 X", "", "<html>We're sorry. client_id=" GOOD_CLIENT_ID " is what you sent</html>", "undetermined", "", "unknown" },
  { "return-url", "400 X", "", "<html>We're sorry.</html>", "undetermined", "", "unknown" },
  { "return-url", "400 X", "", "bad request", "undetermined", "", "unknown" },
  { "return-url", "404 X", "", "<html></html>", "undetermined", "", "unknown" },
  { "return-url", "403 X", "", REASON ("InvalidRequestSignature", "x"), "undetermined", "", "unknown" },
  { "return-url", "401 X", "", REASON ("UnauthorizedAccess", "x"), "undetermined", "", "unknown" },

  { "reachability", "400 X", "", REASON ("MissingHeader", "x"), "passed", "", "certain" },
  { "reachability", "403 X", "x-amz-pay-request-id: 1\r\n", "", "passed", "", "certain" },
  { "reachability", "426 X", "", REASON ("TLSVersionNotSupported", "x"), "undetermined", "", "unknown" },
  { "reachability", "404 X", "", "not here", "undetermined", "", "unknown" },
  { "reachability", "200 X", "", "<html></html>", "undetermined", "", "unknown" },
  { "reachability", "500 X", "x-amz-pay-request-id: 1\r\n", "", "undetermined", "", "unknown" },
};

typedef struct {
  CheckFixture  check;
  PdTestCall   *call;
} Fixture;

static void
serve (PdTestServer  *server,
       GOutputStream *out,
       guint          n,
       gpointer       data)
{
  const AnswerRow *row = *(const AnswerRow **) data;

  pd_test_server_answer (server, out, row->status, row->headers, row->body);
}

/* A shop with a key of its own, tested in the sandbox, which is a server of the test's. */
static void
set_up (Fixture         *fixture,
        GTlsCertificate *certificate,
        PdTestServerFunc func,
        gpointer         data)
{
  fixture->call = pd_test_call_new (certificate, func, data, NULL);
  check_fixture_init (&fixture->check, PD_GENERATION_AFTER_UPGRADE);
  g_set_object (&fixture->check.client, fixture->call->client);
  g_set_object (&fixture->check.endpoints, fixture->call->endpoints);
  check_fixture_set (&fixture->check, "public-key-id", GOOD_KEY_ID);
  check_fixture_set_key (&fixture->check, "private-key", check_fixture_get_test_key ());
  check_fixture_set (&fixture->check, "return-urls", GOOD_RETURN_URL);
  fixture->check.options.environment = PD_ENVIRONMENT_SANDBOX;
}

static void
tear_down (Fixture *fixture)
{
  check_fixture_clear (&fixture->check);
  pd_test_call_free (fixture->call);
}

static void
test_answers (void)
{
  const AnswerRow *row = answer_rows;
  Fixture          fixture;

  set_up (&fixture, NULL, serve, &row);
  for (; row < answer_rows + G_N_ELEMENTS (answer_rows); row++) {
    g_test_message ("%s: %s %s", row->check, row->status, row->body);
    check_fixture_run (&fixture.check, row->check);
    check_fixture_assert (&fixture.check, row->check, NULL, row->verdict, row->fields, row->confidence);
    if (!g_str_equal (row->verdict, "passed"))
      g_assert_nonnull (pd_finding_get_next_step (check_fixture_find (&fixture.check, row->check, NULL)));
  }
  tear_down (&fixture);
}

/* In the sandbox the fields of the sandbox are used where they are set, and they are the ones to mend. */
static void
test_sandbox_fields (void)
{
  static const AnswerRow answers[] = {
    { "signature", "403 X", "", REASON ("InvalidRequestSignature", "x"), "failed", "private-key.sandbox public-key-id.sandbox", "likely" },
    { "store-id", "400 X", "", REASON ("InvalidParameterValue", "storeId"), "failed", "client-id.sandbox", "likely" },
    { "return-url", "400 X", "", "<html>unknown client</html>", "failed", "client-id.sandbox", "likely" },
  };
  const AnswerRow *row = answers;
  Fixture          fixture;

  set_up (&fixture, NULL, serve, &row);
  check_fixture_set (&fixture.check, "client-id.sandbox", "amzn1.application-oa2-client.ffffffffffffffffffffffffffffffff");
  check_fixture_set (&fixture.check, "public-key-id.sandbox", "SANDBOX-ZZZZZZZZZZZZZZZZZZZZZZZZ");
  check_fixture_set_key (&fixture.check, "private-key.sandbox", check_fixture_get_test_key ());
  for (; row < answers + G_N_ELEMENTS (answers); row++) {
    check_fixture_run (&fixture.check, row->check);
    check_fixture_assert (&fixture.check, row->check, NULL, row->verdict, row->fields, row->confidence);
  }
  tear_down (&fixture);
}

static gboolean
has_posted (PdTestServer *server)
{
  for (guint i = 0; i < pd_test_server_get_n_requests (server); i++) {
    g_autofree char *request = pd_test_server_dup_request (server, i);

    if (g_str_has_prefix (request, "POST "))
      return TRUE;
  }
  return FALSE;
}

/* A write in production is made only with the operator's consent. */
static void
test_consent (void)
{
  static const AnswerRow refused = { "store-id", "404 X", "", REASON ("ResourceNotFound", "x"), NULL, NULL, NULL };
  const AnswerRow       *row = &refused;
  Fixture                fixture;

  set_up (&fixture, NULL, serve, &row);
  check_fixture_set (&fixture.check, "public-key-id", "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX");
  fixture.check.options.environment = PD_ENVIRONMENT_PRODUCTION;
  check_fixture_run (&fixture.check, NULL);
  check_fixture_assert (&fixture.check, "store-id", NULL, "skipped", "", "unknown");
  g_assert_false (has_posted (fixture.call->server));
  fixture.check.options.allow_create = TRUE;
  check_fixture_run (&fixture.check, NULL);
  g_assert_true (has_posted (fixture.call->server));
  tear_down (&fixture);
}

/* A refused key is not tried again by the next call, and neither is a server that answers nothing. */
static void
test_one_call_is_enough (void)
{
  static const AnswerRow answers[] = {
    { NULL, "403 X", "", REASON ("InvalidRequestSignature", "x"), "skipped", "", NULL },
    { NULL, "404 X", "", "", "undetermined", "", NULL },
  };
  const AnswerRow *row = answers;
  Fixture          fixture;

  set_up (&fixture, NULL, serve, &row);
  for (; row < answers + G_N_ELEMENTS (answers); row++) {
    check_fixture_run (&fixture.check, "signature,store-id");
    check_fixture_assert (&fixture.check, "store-id", NULL, row->verdict, row->fields, row->confidence);
    g_assert_false (has_posted (fixture.call->server));
  }
  tear_down (&fixture);
}

/* After an answer that says nothing the other URLs are not asked about. */
static void
test_no_hammering (void)
{
  static const AnswerRow answers[] = {
    { NULL, "200 X", "", ROBOT_PAGE, "undetermined", "", NULL },
    { NULL, "404 X", "", "", "undetermined", "", NULL },
    { NULL, "400 X", "", "<html>unknown client</html>", "skipped", "", NULL },
  };
  const char *const urls[] = { GOOD_RETURN_URL, "https://shop.example.jp/b", "https://shop.example.jp/c", NULL };
  const AnswerRow  *row = answers;
  Fixture           fixture;

  set_up (&fixture, NULL, serve, &row);
  g_assert_true (pd_profile_set_list (fixture.check.profile, "return-urls", urls, NULL));
  for (; row < answers + G_N_ELEMENTS (answers); row++) {
    guint n = pd_test_server_get_n_requests (fixture.call->server);

    check_fixture_run (&fixture.check, "return-url");
    g_assert_cmpuint (check_fixture_count (&fixture.check, "return-url"), ==, 3);
    check_fixture_assert (&fixture.check, "return-url", urls[2], row->verdict, row->fields, NULL);
    g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server) - n, ==, 1);
  }
  tear_down (&fixture);
}

typedef struct {
  const char *date; /* what the Date header says, relative to now */
  gint64      ahead;
  const char *verdict;
} ClockRow;

static void
serve_date (PdTestServer  *server,
            GOutputStream *out,
            guint          n,
            gpointer       data)
{
  const ClockRow       *row = *(const ClockRow **) data;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, (double) -row->ahead);
  g_autofree char      *date = g_date_time_format (then, "%a, %d %b %Y %H:%M:%S GMT");
  g_autofree char      *header = row->date != NULL ? g_strdup (row->date) : g_strdup_printf ("Date: %s\r\n", date);

  pd_test_server_answer (server, out, "400 X", header, REASON ("MissingHeader", "x"));
}

/* `ahead`: this computer's clock before the server's, in seconds. */
static void
test_clock (void)
{
  static const ClockRow rows[] = {
    { NULL, 0, "passed" },
    { NULL, 3, "passed" },
    { NULL, 30, "warning" },
    { NULL, 90, "failed" },
    { NULL, 365 * 24 * 60 * 60, "failed" },
    { NULL, -30, "passed" },
    { NULL, -120, "warning" },
    { NULL, -900, "failed" },
    { "", 0, "undetermined" },
    { "Date: yesterday\r\n", 0, "undetermined" },
  };
  const ClockRow *row = rows;
  Fixture         fixture;

  set_up (&fixture, NULL, serve_date, &row);
  for (; row < rows + G_N_ELEMENTS (rows); row++) {
    g_test_message ("%" G_GINT64_FORMAT, row->ahead);
    check_fixture_run (&fixture.check, "clock");
    check_fixture_assert (&fixture.check, "clock", NULL, row->verdict, "", NULL);
  }
  tear_down (&fixture);
}

static void
assert_all_undetermined (Fixture *fixture)
{
  static const char *const live[] = { "reachability", "clock", "signature", "store-id", "return-url" };

  check_fixture_run (&fixture->check, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (live); i++) {
    const PdEvidence *evidence;

    check_fixture_assert (&fixture->check, live[i], NULL, "undetermined", "", "unknown");
    if (g_str_equal (live[i], "store-id"))
      continue;
    evidence = pd_finding_get_evidence (check_fixture_find (&fixture->check, live[i], NULL));
    g_assert_nonnull (evidence);
    g_assert_true (g_str_has_prefix (evidence->url, "https://127.0.0.1:"));
    g_assert_cmpuint (evidence->status, ==, 0);
  }
}

static void
say_noise (PdTestServer  *server,
           GOutputStream *out,
           guint          n,
           gpointer       data)
{
  pd_test_server_say (server, out, "%s", (const char *) data);
}

/* Before there is an HTTP answer. */
static void
test_transport (void)
{
  static const struct { const char *names; int from; int to; gboolean own; } certificates[] = {
    { PD_TEST_HERE, -10, -1, FALSE },      /* expired */
    { PD_TEST_HERE, 1, 10, FALSE },        /* not valid yet */
    { "DNS:elsewhere.example", -1, 10, FALSE },
    { PD_TEST_HERE, -1, 10, TRUE },        /* signed by itself */
  };
  static const char *const noises[] = { "", "220 mail.example.jp ESMTP\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"reason" };
  Fixture                  fixture;

  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++) {
    g_autoptr (GTlsCertificate) certificate = NULL;

    certificate = pd_test_ca_issue (certificates[i].own ? NULL : pd_test_call_get_ca (), certificates[i].names, certificates[i].from, certificates[i].to);
    set_up (&fixture, certificate, say_noise, (gpointer) "");
    assert_all_undetermined (&fixture);
    g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 0);
    tear_down (&fixture);
  }
  for (guint i = 0; i < G_N_ELEMENTS (noises); i++) {
    set_up (&fixture, NULL, say_noise, (gpointer) noises[i]);
    assert_all_undetermined (&fixture);
    tear_down (&fixture);
  }
}

/* A port at which nobody listens, and a service that the rehearsal's file does not name. */
static void
test_nobody_there (void)
{
  static const AnswerRow    unasked = { NULL, "404 X", "", "", NULL, NULL, NULL };
  const AnswerRow          *row = &unasked;
  g_autoptr (PdTestServer)  closed = pd_test_server_new (NULL, NULL, NULL);
  g_autofree char          *document = pd_test_server_to_endpoints (closed, pd_test_ca_get_path (pd_test_call_get_ca ()));
  g_autoptr (GError)        error = NULL;
  Fixture                   fixture;

  g_clear_pointer (&closed, pd_test_server_free);
  set_up (&fixture, NULL, serve, &row);
  g_clear_object (&fixture.check.client);
  g_clear_object (&fixture.check.endpoints);
  fixture.check.endpoints = pd_endpoints_new_from_json (document, -1, &error);
  g_assert_no_error (error);
  fixture.check.client = pd_client_new (fixture.check.endpoints);
  assert_all_undetermined (&fixture);

  g_clear_object (&fixture.check.client);
  g_clear_object (&fixture.check.endpoints);
  fixture.check.endpoints = pd_endpoints_new_from_json ("{}", -1, &error);
  fixture.check.client = pd_client_new (fixture.check.endpoints);
  check_fixture_run (&fixture.check, "return-url");
  check_fixture_assert (&fixture.check, "return-url", NULL, "undetermined", "", "unknown");
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 0);
  tear_down (&fixture);
}

/* Each call proves what it sends, and says of the rest that it does not. */
static void
test_not_proven (void)
{
  static const struct { AnswerRow row; const char *says; } rows[] = {
    { { "signature", "404 X", "", REASON ("ResourceNotFound", "x") }, "The Client ID, the Seller ID and" },
    { { "store-id", "201 X", "", CREATED ("Sandbox", "Open") }, "The Seller ID: this call does not send it" },
  };
  const AnswerRow *row = NULL;
  Fixture          fixture;

  set_up (&fixture, NULL, serve, &row);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *text;

    row = &rows[i].row;
    check_fixture_run (&fixture.check, row->check);
    text = pd_finding_get_does_not_prove (check_fixture_find (&fixture.check, row->check, NULL));
    g_assert_nonnull (text);
    g_assert_true (g_str_has_prefix (text, rows[i].says));
  }
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-live/answers", test_answers);
  g_test_add_func ("/checks-live/not-proven", test_not_proven);
  g_test_add_func ("/checks-live/sandbox-fields", test_sandbox_fields);
  g_test_add_func ("/checks-live/consent", test_consent);
  g_test_add_func ("/checks-live/one-call-is-enough", test_one_call_is_enough);
  g_test_add_func ("/checks-live/no-hammering", test_no_hammering);
  g_test_add_func ("/checks-live/clock", test_clock);
  g_test_add_func ("/checks-live/transport-blames-nothing", test_transport);
  g_test_add_func ("/checks-live/nobody-there", test_nobody_there);
  return g_test_run ();
}
