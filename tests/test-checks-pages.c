/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "check-fixture.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-test-call.h"
#include "pd-test-resolver.h"
#include "pd-test-util.h"

#define ORIGIN  "https://www.example.jp"
#define RETURN  "https://www.example.jp/amazonpay/return"
#define PRIVACY "https://www.example.jp/p/privacy"
#define NOTICE  "https://www.example.jp/amazonpay/notification"
#define HOSTS   "{\"www.example.jp\":\"127.0.0.1:PORT\",\"other.example.jp\":\"127.0.0.1:PORT\"}"
#define NAMES   "DNS:www.example.jp,DNS:other.example.jp,IP:127.0.0.1"
#define POLICY  "<html><head><title>プライバシーポリシー</title></head><body><p>x</p></body></html>"
#define OTHER   "<html><head><title>ご利用ガイド</title></head><body><p>ご注文は24時間承ります。お支払い方法は、クレジットカード、代金引換、銀行振込を" \
                "ご用意しています。送料は全国一律です。商品の到着後七日以内であれば、返品を承ります。お問い合わせはメールでお願いします。</p></body></html>"

/* What a server answers to every call, and what one check must make of it. */
typedef struct {
  const char *check;
  const char *value;
  const char *status;
  const char *headers;
  const char *body;
  const char *verdict;
  const char *fields;
  const char *confidence;
} AnswerRow;

static const AnswerRow answer_rows[] = {
  { "page-reach", ORIGIN, "200 X", "", "x", "passed", "javascript-origins", "certain" },
  { "page-reach", ORIGIN, "404 X", "", "x", "passed", "javascript-origins", "certain" }, /* an origin needs no page */
  { "page-reach", ORIGIN, "401 X", "", "x", "warning", "javascript-origins", "likely" },
  { "page-reach", ORIGIN, "403 X", "", "x", "undetermined", "", "unknown" },
  { "page-reach", ORIGIN, "429 X", "", "x", "undetermined", "", "unknown" },
  { "page-reach", ORIGIN, "503 X", "Retry-After: 1\r\n", "x", "undetermined", "", "unknown" },
  { "page-reach", ORIGIN, "302 X", "", "x", "undetermined", "", "unknown" },
  { "page-reach", ORIGIN, "302 X", "Location: http://www.example.jp/\r\n", "x", "failed", "javascript-origins", "certain" },
  { "page-reach", ORIGIN, "301 X", "Location: //elsewhere.example/\r\n", "x", "failed", "javascript-origins", "likely" },
  { "page-reach", ORIGIN, "301 X", "Location: https://www.example.jp:8443/\r\n", "x", "failed", "javascript-origins", "likely" },
  { "page-reach", ORIGIN, "301 X", "Location: https://other.example.jp/shop\r\n", "x", "warning", "javascript-origins", "likely" }, /* the shop's own */
  { "page-reach", ORIGIN, "301 X", "Location: file:///etc/passwd\r\n", "x", "failed", "javascript-origins", "likely" },
  { "page-reach", ORIGIN, "301 X", "Location: javascript:alert(1)\r\n", "x", "failed", "javascript-origins", "likely" },
  { "page-reach", ORIGIN, "302 X", "Location: /\r\n", "x", "undetermined", "", "unknown" }, /* in circles */
  { "page-reach", RETURN, "200 X", "", "x", "passed", "return-urls", "certain" },
  { "page-reach", RETURN, "400 X", "", "x", "passed", "return-urls", "certain" }, /* called without what a sign-in brings along */
  { "page-reach", RETURN, "404 X", "", "x", "failed", "return-urls", "likely" },
  { "page-reach", RETURN, "410 X", "", "x", "failed", "return-urls", "likely" },
  { "page-reach", RETURN, "302 X", "Location: https://elsewhere.example/\r\n", "x", "failed", "return-urls", "likely" },

  { "privacy-page", PRIVACY, "200 X", "", POLICY, "passed", "privacy-policy-url", "certain" },
  { "privacy-page", PRIVACY, "200 X", "Content-Type: image/png\r\n", POLICY, "passed", "privacy-policy-url", "certain" }, /* a lie */
  { "privacy-page", PRIVACY, "200 X", "Content-Type: text/html\r\n", "\x89PNG\r\n\x1a\n", "undetermined", "", "unknown" },
  { "privacy-page", PRIVACY, "200 X", "Content-Encoding: gzip\r\n", POLICY, "undetermined", "", "unknown" },
  { "privacy-page", PRIVACY, "200 X", "", OTHER, "failed", "privacy-policy-url", "likely" },
  { "privacy-page", PRIVACY, "200 X", "", "", "undetermined", "", "unknown" },
  { "privacy-page", PRIVACY, "200 X", "", "<html><title>404 Not Found</title></html>", "failed", "privacy-policy-url", "likely" },
  { "privacy-page", PRIVACY, "404 X", "", POLICY, "failed", "privacy-policy-url", "certain" },
  { "privacy-page", PRIVACY, "401 X", "", POLICY, "failed", "privacy-policy-url", "certain" },
  { "privacy-page", PRIVACY, "403 X", "", POLICY, "undetermined", "", "unknown" },
  { "privacy-page", PRIVACY, "204 X", "", "", "undetermined", "", "unknown" },
  { "privacy-page", PRIVACY, "500 X", "", POLICY, "undetermined", "", "unknown" },
  { "privacy-page", PRIVACY, "302 X", "Location: http://www.example.jp/\r\n", "", "failed", "privacy-policy-url", "certain" },
  { "privacy-page", PRIVACY, "302 X", "Location: https://nobody.example.jp/\r\n", "", "skipped", "privacy-policy-url", "unknown" }, /* not named by the file */

  { "notification-reach", NOTICE, "405 X", "Allow: POST\r\n", "", "passed", "notification-url", "certain" },
  { "notification-reach", NOTICE, "200 X", "", "", "passed", "notification-url", "certain" },
  { "notification-reach", NOTICE, "400 X", "", "", "passed", "notification-url", "certain" },
  { "notification-reach", NOTICE, "404 X", "", "", "warning", "notification-url", "likely" },
  { "notification-reach", NOTICE, "410 X", "", "", "failed", "notification-url", "likely" },
  { "notification-reach", NOTICE, "401 X", "", "", "failed", "notification-url", "certain" },
  { "notification-reach", NOTICE, "500 X", "", "", "undetermined", "", "unknown" },
  { "notification-reach", NOTICE, "301 X", "Location: " NOTICE "/\r\n", "", "failed", "notification-url", "likely" },
  { "notification-reach", NOTICE, "301 X", "Location: http://www.example.jp/\r\n", "", "failed", "notification-url", "certain" },
};

static const char *const page_checks[] = { "page-reach", "privacy-page", "notification-reach" };

typedef struct {
  CheckFixture  check;
  PdTestCall   *call;
} Fixture;

static void
set_up_profile (CheckFixture *check)
{
  const char *const origins[] = { ORIGIN, "https://other.example.jp", NULL };

  g_assert_true (pd_profile_set_list (check->profile, "javascript-origins", origins, NULL));
  check_fixture_set (check, "return-urls", RETURN);
  check_fixture_set (check, "privacy-policy-url", PRIVACY);
  check_fixture_set (check, "notification-url", NOTICE);
}

/* A shop in production, whose pages are a server of the test's. */
static void
set_up (Fixture         *fixture,
        GTlsCertificate *certificate,
        PdTestServerFunc func,
        gpointer         data)
{
  g_autoptr (GTlsCertificate) good = certificate != NULL ? g_object_ref (certificate)
                                                         : pd_test_ca_issue (pd_test_call_get_ca (), NAMES, -1, 30);

  fixture->call = pd_test_call_new (good, func, data, HOSTS);
  check_fixture_init (&fixture->check, PD_GENERATION_AFTER_UPGRADE);
  g_set_object (&fixture->check.client, fixture->call->client);
  g_set_object (&fixture->check.endpoints, fixture->call->endpoints);
  set_up_profile (&fixture->check);
}

static void
tear_down (Fixture *fixture)
{
  check_fixture_clear (&fixture->check);
  pd_test_call_free (fixture->call);
}

static void
serve (PdTestServer  *server,
       GOutputStream *out,
       guint          n,
       gpointer       data)
{
  const AnswerRow *row = *(const AnswerRow **) data;

  pd_test_server_answer (server, out, row->status, row->headers, row->body);
}

static void
test_answers (void)
{
  const AnswerRow *row = answer_rows;
  Fixture          fixture;

  set_up (&fixture, NULL, serve, &row);
  for (; row < answer_rows + G_N_ELEMENTS (answer_rows); row++) {
    PdFinding *finding;

    g_test_message ("%s: %s %s", row->value, row->status, row->headers);
    check_fixture_run (&fixture.check, row->check);
    check_fixture_assert (&fixture.check, row->check, row->value, row->verdict, row->fields, row->confidence);
    finding = check_fixture_find (&fixture.check, row->check, row->value);
    if (!g_str_equal (row->verdict, "passed"))
      g_assert_nonnull (pd_finding_get_next_step (finding));
  }
  /* Nothing but looks was sent, and nothing that says who asks. */
  for (guint i = 0; i < pd_test_server_get_n_requests (fixture.call->server); i++) {
    g_autofree char *request = pd_test_server_dup_request (fixture.call->server, i);
    g_autofree char *lower = g_ascii_strdown (request, -1);

    g_assert_true (g_str_has_prefix (request, "GET "));
    g_assert_null (strstr (lower, "\r\ncookie:"));
    g_assert_null (strstr (lower, "\r\nauthorization:"));
    g_assert_null (strstr (lower, "\r\nreferer:"));
  }
  tear_down (&fixture);
}

/* How often a page redirects before it answers; it never leaves its site. */
static void
serve_hops (PdTestServer  *server,
            GOutputStream *out,
            guint          n,
            gpointer       data)
{
  guint           *left = data;
  guint            step = *left;
  g_autofree char *location = g_strdup_printf ("Location: /step/%u\r\n", step);

  /* Counted before the answer: after it the test may begin the next round. */
  if (step > 0)
    *left = step - 1;
  if (step == 0)
    pd_test_server_answer (server, out, "200 OK", "", POLICY);
  else
    pd_test_server_answer (server, out, "302 Found", location, "");
}

static void
test_hops (void)
{
  guint   left = 0;
  Fixture fixture;

  set_up (&fixture, NULL, serve_hops, &left);
  for (guint hops = 0; hops <= 7; hops++) {
    PdFinding        *finding;
    const PdEvidence *evidence;

    left = hops;
    check_fixture_run (&fixture.check, "privacy-page");
    check_fixture_assert (&fixture.check, "privacy-page", PRIVACY, hops <= 5 ? "passed" : "undetermined", NULL, NULL);
    finding = check_fixture_find (&fixture.check, "privacy-page", PRIVACY);
    evidence = pd_finding_get_evidence (finding);
    g_assert_cmpuint (g_strv_length (evidence->redirects), ==, MIN (hops, 5));
  }
  g_assert_cmpuint (pd_test_server_get_n_requests (fixture.call->server), ==, 1 + 2 + 3 + 4 + 5 + 6 + 6 + 6);
  tear_down (&fixture);
}

/* To another one of the shop's own sites: the privacy policy is followed, and found to have moved. */
static void
serve_moved (PdTestServer  *server,
             GOutputStream *out,
             guint          n,
             gpointer       data)
{
  g_autofree char *host = pd_test_server_dup_header (server, n, "Host");

  if (g_str_equal (host, "www.example.jp"))
    pd_test_server_answer (server, out, "301 Moved", "Location: https://other.example.jp/p/privacy\r\nSet-Cookie: a=b\r\n", "");
  else
    pd_test_server_answer (server, out, "200 OK", "", POLICY);
}

static void
test_moved (void)
{
  Fixture fixture;

  set_up (&fixture, NULL, serve_moved, NULL);
  check_fixture_run (&fixture.check, "privacy-page");
  check_fixture_assert (&fixture.check, "privacy-page", PRIVACY, "warning", "privacy-policy-url", "likely");
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, "privacy-page", PRIVACY)), "https://other.example.jp/p/privacy"));
  tear_down (&fixture);
}

/* A certificate, and what the shop's pages are found to be. */
static void
test_certificates (void)
{
  g_autoptr (PdTestCa) stranger = pd_test_ca_new ("A stranger’s CA");
  const struct {
    PdTestCa   *ca;
    const char *names;
    int         from;
    int         to;
    const char *verdict;
    const char *confidence;
    const char *says;
  } rows[] = {
    { pd_test_call_get_ca (), NAMES, -1, 30, "passed", "certain", NULL },
    { pd_test_call_get_ca (), NAMES, -1, 3, "warning", "certain", "runs out soon" },
    { pd_test_call_get_ca (), NAMES, -9, -1, "failed", "likely", "has expired" },
    { pd_test_call_get_ca (), NAMES, 2, 30, "failed", "likely", "not valid yet" },
    { pd_test_call_get_ca (), "DNS:example.jp,DNS:shop.example.jp", -1, 30, "failed", "certain", "example.jp, shop.example.jp" },
    { NULL, NAMES, -1, 30, "failed", "likely", "signed its certificate itself" },
    { stranger, NAMES, -1, 30, "failed", "likely", "A stranger’s CA" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    static const AnswerRow       policy = { NULL, NULL, "200 OK", "", POLICY, NULL, NULL, NULL };
    const AnswerRow             *row = &policy;
    g_autoptr (GTlsCertificate)  certificate = pd_test_ca_issue (rows[i].ca, rows[i].names, rows[i].from, rows[i].to);
    Fixture                      fixture;

    set_up (&fixture, certificate, serve, &row);
    check_fixture_run (&fixture.check, "page-reach,privacy-page,notification-reach");
    for (guint j = 0; j < G_N_ELEMENTS (page_checks); j++) {
      PdFinding        *finding = check_fixture_find (&fixture.check, page_checks[j], NULL);
      const PdEvidence *evidence = pd_finding_get_evidence (finding);
      GDateTime        *end = pd_evidence_get_certificate_not_after (evidence);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      g_test_message ("%u: %s", i, pd_finding_get_summary (finding));
      check_fixture_assert (&fixture.check, page_checks[j], NULL, rows[i].verdict, NULL, rows[i].confidence);
      g_assert_true (rows[i].says == NULL || strstr (pd_finding_get_summary (finding), rows[i].says) != NULL);
      /* Until when it is valid is known of one that was refused, too. */
      g_assert_nonnull (end);
      g_assert_cmpint (ABS (g_date_time_difference (end, now) - rows[i].to * G_TIME_SPAN_DAY), <, G_TIME_SPAN_HOUR);
    }
    tear_down (&fixture);
  }
}

/* The steps and the chain stand in the document of the run. */
static void
test_evidence (void)
{
  static const AnswerRow   answer = { NULL, NULL, "405 X", "", "", NULL, NULL, NULL };
  const AnswerRow         *row = &answer;
  Fixture                  fixture;
  g_autoptr (JsonNode)     document = NULL;
  g_autoptr (GDateTime)    end = NULL;
  g_autofree char         *told = NULL;
  g_autofree char         *date = NULL;
  JsonObject              *evidence;
  JsonObject              *connection;
  JsonArray               *chain;

  set_up (&fixture, NULL, serve, &row);
  check_fixture_run (&fixture.check, "notification-reach");
  document = pd_run_to_json (fixture.check.run);
  evidence = json_object_get_object_member (json_array_get_object_element (json_object_get_array_member (json_node_get_object (document), "findings"), 0),
                                            "evidence");
  end = pd_evidence_read_certificate_not_after (evidence);
  g_assert_true (g_date_time_equal (end, pd_evidence_get_certificate_not_after (
                                           pd_finding_get_evidence (check_fixture_find (&fixture.check, "notification-reach", NULL)))));
  connection = json_object_get_object_member (evidence, "connection");
  g_assert_cmpstr (json_object_get_string_member (connection, "address"), ==, "127.0.0.1");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (connection, "tls_version"), "TLS 1."));
  g_assert_true (json_object_get_null_member (connection, "missing_issuer"));
  chain = json_object_get_array_member (connection, "certificates");
  g_assert_cmpuint (json_array_get_length (chain), ==, 2);
  g_assert_true (json_object_get_boolean_member (json_array_get_object_element (chain, 0), "sent"));
  g_assert_false (json_object_get_boolean_member (json_array_get_object_element (chain, 1), "sent"));
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (chain, 1), "subject"), ==, "CN=Tests of Paydesk CA");
  told = pd_evidence_describe_connection (pd_finding_get_evidence (check_fixture_find (&fixture.check, "notification-reach", NULL)));
  g_assert_nonnull (strstr (told, "CN=Tests of Paydesk CA"));
  /* The sentence says what was seen, and not that Amazon saw it. */
  date = g_date_time_format (end, "%Y-%m-%d");
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, "notification-reach", NULL)), date));
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture.check, "notification-reach", NULL)), "TLS 1."));
  g_assert_nonnull (strstr (pd_finding_get_does_not_prove (check_fixture_find (&fixture.check, "notification-reach", NULL)), "That Amazon can reach it"));
  tear_down (&fixture);
}

/* What a server can do to hold somebody up, or to be taken for what it is not. */
typedef enum { SILENT, DRIP_HEAD, DRIP_BODY, ENDLESS, CHUNKS, MANY_HEADERS, LONG_HEADER, GARBAGE, CUT, EMPTY, N_TRICKS } Trick;

static void
play (PdTestServer  *server,
      GOutputStream *out,
      guint          n,
      gpointer       data)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  g_autofree char  *block = g_strnfill (64 * 1024, 'x');
  gboolean          going = TRUE;

  switch (*(Trick *) data) {
  case SILENT:
    pd_test_server_pause (server, 0);
    break;
  case DRIP_HEAD:
    for (guint i = 0; going; i++)
      going = pd_test_server_say_bytes (server, out, &head[i % (sizeof head - 1)], 1) && pd_test_server_pause (server, 20);
    break;
  case DRIP_BODY:
    pd_test_server_say (server, out, "%s\r\n<html>", head);
    while (going)
      going = pd_test_server_say (server, out, " ") && pd_test_server_pause (server, 20);
    break;
  case ENDLESS:
    pd_test_server_say (server, out, "%s\r\n%s", head, POLICY);
    while (going)
      going = pd_test_server_say (server, out, "%s", block);
    break;
  case CHUNKS:
    pd_test_server_say (server, out, "%sTransfer-Encoding: chunked\r\n\r\n", head);
    while (going)
      going = pd_test_server_say (server, out, "10000\r\n%s\r\n", block);
    break;
  case MANY_HEADERS:
    pd_test_server_say (server, out, "%s", head);
    while (going)
      going = pd_test_server_say (server, out, "X-A: b\r\n");
    break;
  case LONG_HEADER:
    pd_test_server_say (server, out, "%sX-A: ", head);
    while (going)
      going = pd_test_server_say (server, out, "%s", block);
    break;
  case GARBAGE:
    pd_test_server_say (server, out, "<html><title>プライバシーポリシー</title>\r\n\r\n");
    break;
  case CUT:
    pd_test_server_say (server, out, "%sContent-Length: 4096\r\n\r\n%s", head, POLICY);
    break;
  case EMPTY:
  case N_TRICKS:
  default:
    break;
  }
}

static void
test_hostile (void)
{
  for (Trick trick = SILENT; trick < N_TRICKS; trick++) {
    Fixture fixture;

    set_up (&fixture, NULL, play, &trick);
    pd_client_set_timeouts (fixture.check.client, 1500, 700);
    check_fixture_run (&fixture.check, "page-reach,privacy-page,notification-reach");
    for (guint i = 0; i < G_N_ELEMENTS (page_checks); i++) {
      g_test_message ("%d: %s", trick, pd_finding_get_summary (check_fixture_find (&fixture.check, page_checks[i], NULL)));
      check_fixture_assert (&fixture.check, page_checks[i], NULL, "undetermined", "", "unknown");
    }
    tear_down (&fixture);
  }
}

/* Markup, marks of direction and secrets in what a server says stay what they are: text, harmless, masked. */
static void
test_words (void)
{
  static const AnswerRow answers[] = {
    { "privacy-page", NULL, "200 X", "", "<html><title>プライバシーポリシー <b>&amp;lt;i&amp;gt; \xe2\x80\xae" GOOD_TOKEN "</title></html>" },
    { "page-reach", NULL, "302 X", "Location: https://elsewhere.example/?t=" GOOD_TOKEN "\r\n", "" },
  };
  const AnswerRow *row = answers;
  Fixture          fixture;

  set_up (&fixture, NULL, serve, &row);
  for (; row < answers + G_N_ELEMENTS (answers); row++) {
    g_autoptr (JsonNode) document = NULL;
    g_autofree char     *text = NULL;

    check_fixture_run (&fixture.check, row->check);
    document = pd_run_to_json (fixture.check.run);
    text = pd_json_to_string (document, TRUE);
    g_assert_null (strstr (text, GOOD_TOKEN));
    g_assert_null (strstr (text, "\xe2\x80\xae"));
  }
  tear_down (&fixture);
}

/* A server that cannot be reached is asked once, however many pages of it there are; the servers do not wait for each other. */
static void
test_one_try_a_server (void)
{
  const char *const urls[] = { RETURN, "https://www.example.jp/2", "https://www.example.jp/3", NULL };
  Trick             trick = EMPTY;
  Fixture           fixture;

  set_up (&fixture, NULL, play, &trick);
  g_assert_true (pd_profile_set_list (fixture.check.profile, "return-urls", urls, NULL));
  check_fixture_run (&fixture.check, "page-reach");
  g_assert_cmpuint (check_fixture_count (&fixture.check, "page-reach"), ==, 5);
  check_fixture_assert (&fixture.check, "page-reach", urls[2], "undetermined", "", NULL);
  g_assert_cmpuint (pd_test_server_get_n_connections (fixture.call->server), ==, 2);
  tear_down (&fixture);
}

/* What is no address, is this computer, or is nobody's to reach, is not sent anywhere; nor is a host that the file does not name. */
static void
test_not_sent (void)
{
  static const struct { const char *url; const char *verdict; } rows[] = {
    { "no address", "skipped" }, { "http://www.example.jp/a", "skipped" }, { "http://localhost/a", "skipped" },
    { "https://www.example.jp/a#b", "skipped" }, { "https://nobody.example.jp/", "skipped" }, { GOOD_TOKEN, "skipped" },
    { "https://192.168.0.5/a", "failed" }, { "https://[fd00::1]/a", "failed" }, { "https://127.0.0.1/a", "failed" },
    { "https://shop.local/a", "failed" }, { "https://169.254.169.254/latest/meta-data/", "failed" },
  };
  static const AnswerRow answer = { NULL, NULL, "200 X", "", "", NULL, NULL, NULL };
  const AnswerRow       *row = &answer;
  Fixture                fixture;

  set_up (&fixture, NULL, serve, &row);
  check_fixture_set (&fixture.check, "javascript-origins", "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].url);
    check_fixture_set (&fixture.check, "return-urls", rows[i].url);
    check_fixture_run (&fixture.check, "page-reach");
    check_fixture_assert (&fixture.check, "page-reach", "return-urls", rows[i].verdict, NULL, NULL);
  }
  g_assert_cmpuint (pd_test_server_get_n_connections (fixture.call->server), ==, 0);
  check_fixture_set (&fixture.check, "return-urls", "");
  check_fixture_set (&fixture.check, "privacy-policy-url", "");
  check_fixture_set (&fixture.check, "notification-url", "");
  check_fixture_run (&fixture.check, "page-reach,privacy-page,notification-reach");
  for (guint i = 0; i < G_N_ELEMENTS (page_checks); i++)
    check_fixture_assert (&fixture.check, page_checks[i], NULL, "skipped", "", NULL);
  tear_down (&fixture);
}

/* Without a rehearsal: names that lead nowhere, into this network, or that nobody can look up. Nothing is connected to. */
static void
test_names (void)
{
  static const struct {
    const char *address;
    gboolean    broken;
    const char *verdict;
    const char *says;
  } rows[] = {
    { NULL, FALSE, "failed", "no host named “www.example.jp”" },
    { NULL, TRUE, "undetermined", "finds no names" },
    { "192.168.1.1", FALSE, "failed", "(192.168.1.1)" },
    { "127.0.0.1", FALSE, "failed", "(127.0.0.1)" },
    { "10.0.0.8", FALSE, "failed", "(10.0.0.8)" },
    { "100.64.0.1", FALSE, "failed", "(100.64.0.1)" },
    { "169.254.169.254", FALSE, "failed", "(169.254.169.254)" },
    { "::1", FALSE, "failed", "(::1)" },
    { "fd12::1", FALSE, "failed", "(fd12::1)" },
    { "255.255.255.255", FALSE, "failed", "(255.255.255.255)" },
    { "::ffff:10.0.0.8", FALSE, "failed", "private network" },
  };
  g_autoptr (GResolver)    before = g_resolver_get_default ();
  g_autoptr (PdTestResolver) resolver = pd_test_resolver_new ();
  g_autoptr (GError)       error = NULL;
  g_autoptr (PdEndpoints)  endpoints = pd_endpoints_new (&error);
  g_autoptr (PdClient)     client = pd_client_new (endpoints);
  CheckFixture             check;

  g_assert_no_error (error);
  g_resolver_set_default (G_RESOLVER (resolver));
  check_fixture_init (&check, PD_GENERATION_AFTER_UPGRADE);
  g_set_object (&check.client, client);
  g_set_object (&check.endpoints, endpoints);
  set_up_profile (&check);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    resolver->shop = rows[i].address;
    resolver->broken = rows[i].broken;
    check_fixture_run (&check, "page-reach,privacy-page,notification-reach");
    for (guint j = 0; j < G_N_ELEMENTS (page_checks); j++) {
      PdFinding *finding = check_fixture_find (&check, page_checks[j], NULL);

      g_test_message ("%s: %s", rows[i].address, pd_finding_get_summary (finding));
      check_fixture_assert (&check, page_checks[j], NULL, rows[i].verdict, NULL, NULL);
      g_assert_nonnull (strstr (pd_finding_get_summary (finding), rows[i].says));
      g_assert_cmpuint (pd_finding_get_evidence (finding)->status, ==, 0);
    }
  }
  g_assert_cmpuint (resolver->n_asked, >, 0);
  check_fixture_clear (&check);
  g_resolver_set_default (before);
}

/* The notification URL that serves in the sandbox is its own where it is set. */
static void
test_sandbox (void)
{
  static const AnswerRow answer = { NULL, NULL, "405 X", "", "", NULL, NULL, NULL };
  const AnswerRow       *row = &answer;
  Fixture                fixture;

  set_up (&fixture, NULL, serve, &row);
  fixture.check.options.environment = PD_ENVIRONMENT_SANDBOX;
  check_fixture_run (&fixture.check, "notification-reach");
  check_fixture_assert (&fixture.check, "notification-reach", NOTICE, "passed", "notification-url", NULL);
  check_fixture_set (&fixture.check, "notification-url.sandbox", "https://other.example.jp/sandbox/notification");
  check_fixture_run (&fixture.check, "notification-reach");
  check_fixture_assert (&fixture.check, "notification-reach", "https://other.example.jp/sandbox/notification", "passed", "notification-url.sandbox", NULL);
  tear_down (&fixture);
}

/* The remedy leads to the admin of the shop's mode, and while both are in use to the one of the page's own site (N7 to N10). */
static void
test_where (void)
{
  static const AnswerRow gone = { NULL, NULL, "410 X", "", "", NULL, NULL, NULL };
  static const struct {
    const char *mode;
    const char *legacy; /* the legacy site, where it has one */
    const char *check;
    const char *field;
    const char *first;
    const char *last;
  } rows[] = {
    { "disabled", "https://www.example.jp/", "page-reach", "return-urls", "構築", "Amazon設定-Amazonセラーセントラルの設定項目-リダイレクトURL" },
    { "enabled", "https://www.example.jp/", "page-reach", "return-urls", "構築", "Amazon設定-Amazonセラーセントラルの設定項目-リダイレクトURL" },
    { "enabled", "https://other.example.jp/", "page-reach", "return-urls", "設定", "Amazon設定-Amazonセラーセントラルの設定項目-リダイレクトURL" },
    { "operating", "", "page-reach", "return-urls", "設定", "Amazon設定-Amazonセラーセントラルの設定項目-リダイレクトURL" },
    { "disabled", "https://www.example.jp/", "privacy-page", "privacy-policy-url", "構築", "各ページURL・タグ一覧" },
    { "operating", "", "privacy-page", "privacy-policy-url", "ページ・URL一覧(コマースクリエイター)", "ページ・URL一覧(コマースクリエイター)" },
    { "disabled", "https://www.example.jp/", "notification-reach", "notification-url", "構築", "Amazon設定-Amazon通知設定" },
    { "operating", "", "notification-reach", "notification-url", "設定", "Amazon設定-Amazon通知設定" },
  };
  const AnswerRow *row = &gone;
  Fixture          fixture;

  set_up (&fixture, NULL, serve, &row);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *const *where;

    check_fixture_set (&fixture.check, "mode", rows[i].mode);
    check_fixture_set (&fixture.check, "legacy-site-url", rows[i].legacy);
    check_fixture_run (&fixture.check, rows[i].check);
    check_fixture_assert (&fixture.check, rows[i].check, rows[i].field, "failed", rows[i].field, NULL);
    where = pd_finding_get_where (check_fixture_find (&fixture.check, rows[i].check, rows[i].field));
    g_assert_cmpstr (where[0], ==, rows[i].first);
    g_assert_cmpstr (where[g_strv_length ((char **) where) - 1], ==, rows[i].last);
  }
  tear_down (&fixture);
}

static gboolean
has_begun (gpointer data)
{
  Fixture *fixture = data;

  return pd_test_server_get_n_requests (fixture->call->server) >= 1;
}

static void
test_cancel (void)
{
  static const char *const only[] = { "page-reach", NULL };
  Trick                    trick = SILENT;
  Fixture                  fixture;
  g_autoptr (PdRunner)     runner = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  set_up (&fixture, NULL, play, &trick);
  runner = pd_runner_new (fixture.check.client);
  fixture.check.options.only = only;
  fixture.check.run = pd_runner_run_async (runner, fixture.check.profile, fixture.check.secrets, NULL, &fixture.check.options,
                                           fixture.check.cancellable, pd_test_keep, &result);
  pd_test_until (has_begun, &fixture);
  g_cancellable_cancel (fixture.check.cancellable);
  pd_test_wait (&result);
  g_assert_false (pd_runner_run_finish (runner, result, NULL));
  g_assert_cmpuint (check_fixture_count (&fixture.check, "page-reach"), ==, 3);
  check_fixture_assert (&fixture.check, "page-reach", ORIGIN, "undetermined", "", NULL);
  check_fixture_assert (&fixture.check, "page-reach", RETURN, "undetermined", "", NULL);
  fixture.check.options.only = NULL;
  g_clear_object (&result);
  g_clear_object (&runner);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-pages/answers", test_answers);
  g_test_add_func ("/checks-pages/hops", test_hops);
  g_test_add_func ("/checks-pages/moved", test_moved);
  g_test_add_func ("/checks-pages/certificates", test_certificates);
  g_test_add_func ("/checks-pages/evidence", test_evidence);
  g_test_add_func ("/checks-pages/hostile", test_hostile);
  g_test_add_func ("/checks-pages/words", test_words);
  g_test_add_func ("/checks-pages/one-try-a-server", test_one_try_a_server);
  g_test_add_func ("/checks-pages/not-sent", test_not_sent);
  g_test_add_func ("/checks-pages/names", test_names);
  g_test_add_func ("/checks-pages/sandbox", test_sandbox);
  g_test_add_func ("/checks-pages/where", test_where);
  g_test_add_func ("/checks-pages/cancel", test_cancel);
  return g_test_run ();
}
