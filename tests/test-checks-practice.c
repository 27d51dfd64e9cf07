/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "check-fixture.h"
#include "pd-json.h"
#include "pd-practice-server.h"
#include "pd-test-util.h"
#include "pd-url-private.h"

typedef struct {
  CheckFixture      check;
  PdPracticeServer *server;
} Fixture;

/* A shop that the endpoint knows, with its own key. */
static void
add_origin (GStrvBuilder *origins,
            const char   *url)
{
  g_autofree char *origin = pd_url_get_origin (url);

  g_strv_builder_add (origins, origin);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *const       *urls;
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();
  g_auto (GStrv)           origin_list = NULL;
  g_autoptr (GError)       error = NULL;

  fixture->server = pd_practice_server_new ();
  pd_practice_server_start (fixture->server, 0, &error);
  g_assert_no_error (error);
  check_fixture_init (&fixture->check, PD_GENERATION_AFTER_UPGRADE);
  pd_endpoints_set_practice (fixture->check.endpoints, pd_practice_server_get_url (fixture->server),
                             pd_practice_server_get_ca_pem (fixture->server));
  fixture->check.options.environment = PD_ENVIRONMENT_PRACTICE;
  pd_client_set_timeouts (fixture->check.client, 20000, 10000);
  urls = pd_practice_server_get_return_urls (fixture->server);
  check_fixture_set (&fixture->check, "seller-id", pd_practice_server_get_merchant_id (fixture->server));
  check_fixture_set (&fixture->check, "client-id", pd_practice_server_get_store_id (fixture->server));
  check_fixture_set (&fixture->check, "public-key-id", pd_practice_server_get_public_key_id (fixture->server));
  check_fixture_set_key (&fixture->check, "private-key", pd_practice_server_get_key (fixture->server));
  pd_profile_set_list (fixture->check.profile, "return-urls", urls, &error);
  g_assert_no_error (error);
  for (guint i = 0; urls[i] != NULL; i++)
    add_origin (origins, urls[i]);
  origin_list = g_strv_builder_end (origins);
  pd_profile_set_list (fixture->check.profile, "javascript-origins", (const char *const *) origin_list, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  check_fixture_clear (&fixture->check);
  pd_practice_server_stop (fixture->server);
  g_assert_finalize_object (fixture->server);
}

/* A fault, a check, and what that check must make of it. */
typedef struct {
  const char *fault;
  const char *check;
  const char *verdict;
  const char *fields;
  const char *confidence;
} FaultRow;

static const FaultRow fault_rows[] = {
  { "none", "reachability", "passed", "", "certain" },
  { "none", "clock", "passed", "", "certain" },
  { "none", "signature", "passed", "private-key public-key-id", "likely" },
  { "none", "store-id", "passed", "client-id", "certain" },
  { "none", "return-url", "passed", "return-urls", "certain" },

  { "wrong-key", "signature", "failed", "private-key public-key-id", "certain" },
  { "wrong-key", "store-id", "skipped", "", "unknown" },
  { "wrong-key", "return-url", "passed", "return-urls", "certain" },
  { "wrong-key", "reachability", "passed", "", "certain" },
  { "unknown-key-id", "signature", "failed", "public-key-id", "likely" },
  { "unknown-key-id", "store-id", "skipped", "", "unknown" },

  { "clock-ahead", "clock", "failed", "", "certain" },
  { "clock-ahead", "signature", "undetermined", "", "unknown" },
  { "clock-ahead", "store-id", "undetermined", "", "unknown" },
  { "clock-ahead", "reachability", "passed", "", "certain" },
  { "clock-ahead", "return-url", "passed", "return-urls", "certain" },

  { "unknown-store", "signature", "passed", "private-key public-key-id", "likely" },
  { "unknown-store", "store-id", "failed", "client-id", "likely" },
  { "unknown-store", "return-url", "failed", "client-id", "likely" },

  { "unauthorized", "signature", "failed", "", "certain" },
  { "unauthorized", "store-id", "skipped", "", "unknown" },
  { "unauthorized", "reachability", "passed", "", "certain" },
  { "account-status", "signature", "failed", "", "likely" },
  { "account-status", "store-id", "skipped", "", "unknown" },
  { "account-status", "return-url", "passed", "return-urls", "certain" },
};

/* Of these nothing may ever be said about a setting, by any check. */
static const char *const troubles[] = {
  "throttled", "server-error", "unavailable", "garbage", "html", "cut", "redirect", "huge", "expired-certificate", "wrong-host", "slow",
};

static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  const char *running = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fault_rows); i++) {
    const FaultRow *row = &fault_rows[i];

    if (g_strcmp0 (running, row->fault) != 0) {
      running = row->fault;
      g_assert_true (pd_practice_server_set_fault (fixture->server, running, NULL));
      check_fixture_run (&fixture->check, NULL);
    }
    g_test_message ("%s", row->fault);
    check_fixture_assert (&fixture->check, row->check, NULL, row->verdict, row->fields, row->confidence);
  }
}

static void
test_troubles (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const live[] = { "reachability", "signature", "store-id", "return-url" };
  static const char *const timeless[] = { "cut", "huge", "expired-certificate", "wrong-host", "slow" };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_test_message ("%s", troubles[i]);
    g_assert_true (pd_practice_server_set_fault (fixture->server, troubles[i], NULL));
    if (g_str_equal (troubles[i], "slow"))
      pd_client_set_timeouts (fixture->check.client, 600, 300);
    check_fixture_run (&fixture->check, NULL);
    for (guint j = 0; j < G_N_ELEMENTS (live); j++) {
      PdFinding *finding = check_fixture_find (&fixture->check, live[j], NULL);

      check_fixture_assert (&fixture->check, live[j], NULL, "undetermined", "", "unknown");
      g_assert_nonnull (pd_finding_get_next_step (finding));
    }
    for (guint j = 0; j < G_N_ELEMENTS (timeless); j++) {
      if (g_str_equal (troubles[i], timeless[j]) && !g_str_equal (troubles[i], "cut"))
        check_fixture_assert (&fixture->check, "clock", NULL, "undetermined", "", "unknown");
    }
    /* Nor by the checks that stayed at home. */
    g_assert_cmpint (pd_run_get_verdict (fixture->check.run), ==, PD_VERDICT_UNDETERMINED);
  }
}

/* Every code of API v2's "Manage errors" that the endpoint can play: what is not on the first list blames nothing. */
static void
test_reasons (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct { const char *code; const char *signature; const char *signature_fields; } rows[] = {
    { "InvalidHeaderValue", "failed", "public-key-id" },
    { "InvalidAuthentication", "failed", "public-key-id private-key" },
    { "InvalidRequestSignature", "failed", "private-key public-key-id" },
    { "InvalidAccountStatus", "failed", "" },
    { "UnauthorizedAccess", "failed", "" },
    { "ResourceNotFound", "passed", "private-key public-key-id" },
    { "MissingHeader", "undetermined", "" },
    { "MissingHeaderValue", "undetermined", "" },
    { "InvalidParameterValue", "undetermined", "" },
    { "MissingParameterValue", "undetermined", "" },
    { "InvalidParameterCombination", "undetermined", "" },
    { "UnrecognizedField", "undetermined", "" },
    { "InvalidRequestFormat", "undetermined", "" },
    { "InvalidRequest", "undetermined", "" },
    { "InvalidAPIVersion", "undetermined", "" },
    { "InvalidSandboxSimulationSpecified", "undetermined", "" },
    { "DuplicateIdempotencyKey", "undetermined", "" },
    { "CurrencyMismatch", "undetermined", "" },
    { "TransactionAmountExceeded", "undetermined", "" },
    { "InvalidAuthorizationToken", "undetermined", "" },
    { "UnsupportedOperation", "undetermined", "" },
    { "RequestNotSupported", "undetermined", "" },
    { "RequestTimeout", "undetermined", "" },
    { "AmountMismatch", "undetermined", "" },
    { "InvalidCheckoutSessionStatus", "undetermined", "" },
    { "TLSVersionNotSupported", "undetermined", "" },
    { "TooManyRequests", "undetermined", "" },
    { "InternalServerError", "undetermined", "" },
    { "ProcessingFailure", "undetermined", "" },
    { "ServiceUnavailable", "undetermined", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *fault = g_strconcat ("reason:", rows[i].code, NULL);

    g_assert_true (pd_practice_server_set_fault (fixture->server, fault, NULL));
    check_fixture_run (&fixture->check, "signature,store-id");
    g_test_message ("%s", rows[i].code);
    check_fixture_assert (&fixture->check, "signature", NULL, rows[i].signature, rows[i].signature_fields, NULL);
    g_assert_cmpstr (pd_finding_get_evidence (check_fixture_find (&fixture->check, "signature", NULL))->reason_code, ==, rows[i].code);
    if (g_str_equal (rows[i].signature, "undetermined"))
      check_fixture_assert (&fixture->check, "store-id", NULL, "undetermined", "", "unknown");
  }
}

/* One finding for each URL, in the order of the profile, each with its URL. */
static void
test_return_urls (Fixture       *fixture,
                  gconstpointer  data)
{
  const char        *good = pd_practice_server_get_return_urls (fixture->server)[0];
  g_autofree char   *mistyped = g_strconcat (good, "/", NULL);
  const char *const  urls[] = { mistyped, good, "no address", NULL };
  guint              n_requests = pd_practice_server_get_n_requests (fixture->server);
  PdFinding         *finding;

  g_assert_true (pd_profile_set_list (fixture->check.profile, "return-urls", urls, NULL));
  check_fixture_run (&fixture->check, "return-url");
  g_assert_cmpuint (check_fixture_count (&fixture->check, "return-url"), ==, 3);
  check_fixture_assert (&fixture->check, "return-url", mistyped, "failed", "return-urls client-id", "likely");
  check_fixture_assert (&fixture->check, "return-url", good, "passed", "return-urls", "certain");
  check_fixture_assert (&fixture->check, "return-url", "no address", "skipped", "", NULL);
  g_assert_cmpuint (pd_practice_server_get_n_requests (fixture->server) - n_requests, ==, 2);
  finding = check_fixture_find (&fixture->check, "return-url", mistyped);
  g_assert_cmpstr (pd_finding_get_where (finding)[0], ==, "インテグレーション");
  /* The words of the page are kept as the message, and what the practice shop is registered with is told. */
  g_assert_nonnull (strstr (pd_finding_get_evidence (finding)->message, "not been whitelisted"));
  g_assert_nonnull (strstr (pd_finding_get_next_step (finding), good));
}

/* The newcomer's shop: one wrong character in the Client ID; found by the call that needs no key too, and the right one is told. */
static void
test_wrong_character (Fixture       *fixture,
                      gconstpointer  data)
{
  const char      *right = pd_practice_server_get_store_id (fixture->server);
  g_autofree char *wrong = g_strdup (right);
  const char      *checks[] = { "store-id", "return-url" };
  gsize            last = strlen (wrong) - 1;

  wrong[last] = wrong[last] == '0' ? '1' : '0';
  check_fixture_set (&fixture->check, "client-id", wrong);
  check_fixture_run (&fixture->check, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    check_fixture_assert (&fixture->check, checks[i], NULL, "failed", "client-id", "likely");
    g_assert_nonnull (strstr (pd_finding_get_next_step (check_fixture_find (&fixture->check, checks[i], NULL)), right));
  }
  check_fixture_assert (&fixture->check, "signature", NULL, "passed", NULL, NULL);
  check_fixture_set (&fixture->check, "client-id", right);
  check_fixture_run (&fixture->check, NULL);
  g_assert_cmpint (pd_run_get_verdict (fixture->check.run), ==, PD_VERDICT_PASSED);
}

/* Without a key the shop is still proven, as far as a call without a key can. */
static void
test_without_key (Fixture       *fixture,
                  gconstpointer  data)
{
  check_fixture_set (&fixture->check, "public-key-id", "");
  g_hash_table_remove (fixture->check.secrets, "private-key");
  pd_profile_note_secret (fixture->check.profile, "private-key", NULL);
  check_fixture_run (&fixture->check, NULL);
  check_fixture_assert (&fixture->check, "signature", NULL, "skipped", "", NULL);
  check_fixture_assert (&fixture->check, "store-id", NULL, "skipped", "", NULL);
  check_fixture_assert (&fixture->check, "return-url", NULL, "passed", "return-urls", NULL);
  g_assert_cmpint (pd_run_get_verdict (fixture->check.run), ==, PD_VERDICT_PASSED);
}

static void
test_another_key (Fixture       *fixture,
                  gconstpointer  data)
{
  check_fixture_set_key (&fixture->check, "private-key", check_fixture_get_test_key ());
  check_fixture_run (&fixture->check, "signature");
  check_fixture_assert (&fixture->check, "signature", NULL, "failed", "private-key public-key-id", "certain");
}

/* What the endpoint was told by the profile itself proves nothing about Amazon, and says so. */
static void
test_form_only (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const live[] = { "signature", "store-id", "return-url" };

  fixture->check.options.form_only = TRUE;
  check_fixture_run (&fixture->check, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (live); i++) {
    PdFinding *finding = check_fixture_find (&fixture->check, live[i], NULL);

    check_fixture_assert (&fixture->check, live[i], NULL, "passed", NULL, NULL);
    g_assert_nonnull (strstr (pd_finding_get_proves (finding), "form only"));
    g_assert_nonnull (strstr (pd_finding_get_summary (finding), "form only"));
  }
}

/* Canaries in every secret leave no byte in any document, whatever the server answers. */
static void
test_canaries (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { const char *field; const char *canary; } canaries[] = {
    { "mws-auth-token", "amzn.mws.deadbeef-89ab-cdef-0123-456789abcdef" },
    { "client-secret", "amzn1.oa2-cs.v1.c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00" },
    { "secret-access-key", "CanaryCanaryCanaryCanary/CanaryCanary+99" },
  };
  static const char *const  faults[] = { "none", "wrong-key", "html", "garbage", "unknown-store" };
  g_autoptr (PdSecretText) key = pd_key_to_stored (pd_practice_server_get_key (fixture->server));

  check_fixture_set (&fixture->check, "generation", "before-upgrade");
  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    check_fixture_set_secret (&fixture->check, canaries[i].field, canaries[i].canary);
  /* A secret in a field that is none, too. */
  check_fixture_set (&fixture->check, "access-key-id", canaries[2].canary);
  check_fixture_set (&fixture->check, "store-name", canaries[0].canary);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (JsonNode) json = NULL;
    g_autofree char     *text = NULL;

    g_assert_true (pd_practice_server_set_fault (fixture->server, faults[i], NULL));
    check_fixture_run (&fixture->check, NULL);
    json = pd_run_to_json (fixture->check.run);
    text = pd_json_to_string (json, TRUE);
    g_assert_nonnull (strstr (text, pd_profile_get_text (fixture->check.profile, "client-id"))); /* the search finds what is there */
    for (guint j = 0; j < G_N_ELEMENTS (canaries); j++)
      g_assert_null (strstr (text, canaries[j].canary));
    g_assert_null (strstr (text, pd_secret_text_peek (key)));
  }
}

/* The shop's own pages, as the endpoint plays them, and what is wrong with them. */
static const FaultRow page_rows[] = {
  { "none", "page-reach", "passed", "javascript-origins", "certain" },
  { "none", "privacy-page", "passed", "privacy-policy-url", "certain" },
  { "none", "notification-reach", "passed", "notification-url", "certain" },
  { "page-not-found", "page-reach", "failed", "return-urls", "likely" },
  { "page-not-found", "privacy-page", "failed", "privacy-policy-url", "certain" },
  { "page-not-found", "notification-reach", "warning", "notification-url", "likely" },
  { "page-password", "page-reach", "warning", "javascript-origins", "likely" },
  { "page-password", "privacy-page", "failed", "privacy-policy-url", "certain" },
  { "page-password", "notification-reach", "failed", "notification-url", "certain" },
  { "page-elsewhere", "page-reach", "failed", "javascript-origins", "likely" },
  { "page-elsewhere", "privacy-page", "failed", "privacy-policy-url", "likely" }, /* to a host that does not exist */
  { "page-elsewhere", "notification-reach", "failed", "notification-url", "likely" },
  { "page-http", "page-reach", "failed", "javascript-origins", "certain" },
  { "page-http", "privacy-page", "failed", "privacy-policy-url", "certain" },
  { "page-http", "notification-reach", "failed", "notification-url", "certain" },
  { "page-circle", "page-reach", "undetermined", "", "unknown" },
  { "page-circle", "privacy-page", "undetermined", "", "unknown" },
  { "page-circle", "notification-reach", "failed", "notification-url", "likely" },
  { "page-other", "page-reach", "passed", "javascript-origins", "certain" },
  { "page-other", "privacy-page", "failed", "privacy-policy-url", "likely" },
  { "page-packed", "page-reach", "passed", "javascript-origins", "certain" },
  { "page-packed", "privacy-page", "undetermined", "", "unknown" },
  { "expires-soon", "page-reach", "warning", "javascript-origins", "certain" },
  { "expires-soon", "privacy-page", "warning", "privacy-policy-url", "certain" },
  { "expires-soon", "notification-reach", "warning", "notification-url", "certain" },
  { "expired-certificate", "page-reach", "failed", "javascript-origins", "likely" },
  { "wrong-host", "privacy-page", "failed", "privacy-policy-url", "certain" },
  { "self-signed", "notification-reach", "failed", "notification-url", "likely" },
  { "missing-intermediate", "notification-reach", "failed", "notification-url", "likely" },
  { "throttled", "page-reach", "undetermined", "", "unknown" },
  { "server-error", "page-reach", "undetermined", "", "unknown" },
  { "unavailable", "privacy-page", "undetermined", "", "unknown" },
  { "cut", "notification-reach", "undetermined", "", "unknown" },
  { "huge", "page-reach", "undetermined", "", "unknown" },
  { "garbage", "privacy-page", "undetermined", "", "unknown" },
  { "html", "privacy-page", "undetermined", "", "unknown" },
};

static void
add_pages (Fixture *fixture)
{
  static const char *const hosts[] = { "www.example.jp", NULL };

  pd_endpoints_add_practice_hosts (fixture->check.endpoints, hosts);
  check_fixture_set (&fixture->check, "privacy-policy-url", "https://www.example.jp/p/privacy");
  check_fixture_set (&fixture->check, "notification-url", "https://www.example.jp/amazonpay/notification");
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  add_pages (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (page_rows); i++) {
    const FaultRow *row = &page_rows[i];

    g_test_message ("%s", row->fault);
    g_assert_true (pd_practice_server_set_fault (fixture->server, row->fault, NULL));
    check_fixture_run (&fixture->check, row->check);
    check_fixture_assert (&fixture->check, row->check, *row->fields != '\0' ? row->fields : NULL, row->verdict, row->fields, row->confidence);
    if (g_str_equal (row->fault, "missing-intermediate"))
      g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture->check, row->check, NULL)), "Paydesk practice intermediate"));
  }
  /* A host that nobody has; and where not even Amazon's certificate can be trusted, no page is blamed. */
  g_assert_true (pd_practice_server_set_fault (fixture->server, "none", NULL));
  check_fixture_set (&fixture->check, "privacy-policy-url", "https://wwww.example.jp/p/privacy");
  check_fixture_run (&fixture->check, "privacy-page");
  check_fixture_assert (&fixture->check, "privacy-page", NULL, "failed", "privacy-policy-url", "likely");
  g_assert_true (pd_practice_server_set_fault (fixture->server, "expired-certificate", NULL));
  check_fixture_run (&fixture->check, "reachability,page-reach,notification-reach");
  check_fixture_assert (&fixture->check, "page-reach", NULL, "undetermined", "", "unknown");
  check_fixture_assert (&fixture->check, "notification-reach", NULL, "undetermined", "", "unknown");
}

/* Of a shop that the endpoint only knows from its own values it has no pages. */
static void
test_pages_form_only (Fixture       *fixture,
                      gconstpointer  data)
{
  add_pages (fixture);
  check_fixture_set (&fixture->check, "privacy-policy-url", "https://shop.example.com/p/privacy");
  fixture->check.options.form_only = TRUE;
  check_fixture_run (&fixture->check, "privacy-page");
  check_fixture_assert (&fixture->check, "privacy-page", NULL, "skipped", "privacy-policy-url", "unknown");
}

/* A return URL that is refused is compared with what was pasted from Seller Central at once. */
static void
test_return_url_compared (Fixture       *fixture,
                          gconstpointer  data)
{
  const char      *good = pd_practice_server_get_return_urls (fixture->server)[0];
  g_autofree char *mistyped = g_strconcat (good, "/", NULL);
  const struct { const char *seen; const char *fields; const char *says; } rows[] = {
    { "", "return-urls client-id", NULL },
    { good, "return-urls client-id", "in its place" },
    { mistyped, "client-id return-urls", "letter by letter" },
    { "https://shop.example.com/", "return-urls client-id", "missing in what was pasted" },
  };

  check_fixture_set (&fixture->check, "return-urls", mistyped);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PdFinding *finding;

    check_fixture_set (&fixture->check, "return-urls.seen", rows[i].seen);
    check_fixture_run (&fixture->check, "return-url");
    check_fixture_assert (&fixture->check, "return-url", NULL, "failed", rows[i].fields, "likely");
    finding = check_fixture_find (&fixture->check, "return-url", NULL);
    g_assert_true (rows[i].says == NULL || strstr (pd_finding_get_summary (finding), rows[i].says) != NULL);
  }
}

static gboolean
has_begun (gpointer data)
{
  Fixture *fixture = data;

  return pd_practice_server_get_n_requests (fixture->server) >= 2;
}

/* Cancelled while the server is silent: what was found stays, the rest is undetermined, and the run is whole. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (PdRunner)     runner = pd_runner_new (fixture->check.client);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_true (pd_practice_server_set_fault (fixture->server, "slow", NULL));
  fixture->check.run = pd_runner_run_async (runner, fixture->check.profile, fixture->check.secrets, NULL, &fixture->check.options,
                                            fixture->check.cancellable, pd_test_keep, &result);
  pd_test_until (has_begun, fixture);
  g_cancellable_cancel (fixture->check.cancellable);
  pd_test_wait (&result);
  g_assert_false (pd_runner_run_finish (runner, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  check_fixture_assert (&fixture->check, "shape", NULL, "passed", NULL, NULL);
  check_fixture_assert (&fixture->check, "signature", NULL, "undetermined", "", NULL);
  check_fixture_assert (&fixture->check, "store-id", NULL, "undetermined", "", NULL);
  check_fixture_assert (&fixture->check, "return-url", NULL, "undetermined", "", NULL);
  g_assert_cmpuint (check_fixture_count (&fixture->check, "return-url"), ==,
                    g_strv_length ((char **) pd_profile_get_list (fixture->check.profile, "return-urls")));
  g_assert_cmpuint (pd_run_get_n_done (fixture->check.run), ==, pd_run_get_n_checks (fixture->check.run));
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/checks-practice/faults", test_faults },
    { "/checks-practice/troubles-blame-nothing", test_troubles },
    { "/checks-practice/reasons", test_reasons },
    { "/checks-practice/return-urls", test_return_urls },
    { "/checks-practice/return-url-compared", test_return_url_compared },
    { "/checks-practice/pages", test_pages },
    { "/checks-practice/pages-form-only", test_pages_form_only },
    { "/checks-practice/wrong-character", test_wrong_character },
    { "/checks-practice/without-key", test_without_key },
    { "/checks-practice/another-key", test_another_key },
    { "/checks-practice/form-only", test_form_only },
    { "/checks-practice/canaries", test_canaries },
    { "/checks-practice/cancel", test_cancel },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
