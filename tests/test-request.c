/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <string.h>

#include "pd-error.h"
#include "pd-request-private.h"

static PdKey *key;

static PdEndpoints *
new_endpoints (void)
{
  g_autoptr (GError) error = NULL;
  PdEndpoints       *endpoints;

  endpoints = pd_endpoints_new (&error);
  g_assert_no_error (error);
  return endpoints;
}

static char *
path_of (PdRequest *request)
{
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();
  g_autofree char        *string_to_sign = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SoupMessage) message = pd_request_to_message (request, endpoints, &string_to_sign, &error);

  g_assert_no_error (error);
  return g_strdup (g_uri_get_path (soup_message_get_uri (message)));
}

/* The prefix of the key ID picks the environment, else the path does (API v2, "Signing requests"). */
static void
test_paths (void)
{
  static const struct { PdEnvironment environment; const char *key_id; const char *path; } rows[] = {
    { PD_ENVIRONMENT_SANDBOX, "SANDBOX-AHEXAMPLEKEYID0123456789", "/v2/checkoutSessions" },
    { PD_ENVIRONMENT_SANDBOX, "sandbox-AHEXAMPLEKEYID0123456789", "/v2/checkoutSessions" },
    { PD_ENVIRONMENT_PRODUCTION, "LIVE-AHEXAMPLEKEYID0123456789", "/v2/checkoutSessions" },
    { PD_ENVIRONMENT_PRODUCTION, "Live-AHEXAMPLEKEYID0123456789", "/v2/checkoutSessions" },
    { PD_ENVIRONMENT_SANDBOX, "AHEXAMPLEKEYID0123456789", "/sandbox/v2/checkoutSessions" },
    { PD_ENVIRONMENT_PRODUCTION, "AHEXAMPLEKEYID0123456789", "/live/v2/checkoutSessions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdRequest) post = pd_request_new_create_session (rows[i].environment, key, rows[i].key_id, "s", "https://www.example.jp/");
    g_autoptr (PdRequest) get = pd_request_new_get_session (rows[i].environment, key, rows[i].key_id);
    g_autofree char      *post_path = path_of (post);
    g_autofree char      *get_path = path_of (get);
    g_autofree char      *expected = g_strconcat (rows[i].path, "/00000000-0000-0000-0000-000000000000", NULL);

    g_assert_cmpstr (post_path, ==, rows[i].path);
    g_assert_cmpstr (get_path, ==, expected);
  }
}

static void
test_practice_is_sandbox (void)
{
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();
  g_autoptr (PdRequest)   request = pd_request_new_get_session (PD_ENVIRONMENT_PRACTICE, key, "AHEXAMPLEKEYID0123456789");
  g_autofree char        *url = NULL;

  pd_endpoints_set_practice (endpoints, "https://127.0.0.1:4431", "");
  url = pd_request_get_shown_url (request, endpoints, NULL);
  g_assert_cmpstr (url, ==, "https://127.0.0.1:4431/sandbox/v2/checkoutSessions/00000000-0000-0000-0000-000000000000");
}

static void
refused (PdRequest *request,
         int        code)
{
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();
  g_autofree char        *string_to_sign = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SoupMessage) message = pd_request_to_message (request, endpoints, &string_to_sign, &error);

  g_assert_null (message);
  g_assert_error (error, PD_ERROR, code);
  g_assert_null (string_to_sign);
}

/* A key of another environment would act there, whatever was asked for. */
static void
test_foreign_key (void)
{
  g_autoptr (PdRequest) live = pd_request_new_create_session (PD_ENVIRONMENT_SANDBOX, key, "live-A", "s", "https://www.example.jp/");
  g_autoptr (PdRequest) sandbox = pd_request_new_get_session (PD_ENVIRONMENT_PRODUCTION, key, "SANDBOX-A");

  refused (live, PD_ERROR_NOT_ALLOWED);
  refused (sandbox, PD_ERROR_NOT_ALLOWED);
}

static void
test_key_id (void)
{
  static const char *const bad[] = { "", " ", "A B", "A\r\nX-Evil: 1", "A,Signature=x", "Ａ", "A=", "A\"" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (PdRequest) request = pd_request_new_get_session (PD_ENVIRONMENT_SANDBOX, key, bad[i]);

    refused (request, PD_ERROR_BAD_INPUT);
  }
}

/* There is no call here that moves money (security promise E6). */
static void
test_off_the_list (void)
{
  static const struct { PdService service; const char *method; const char *path; } rows[] = {
    { PD_SERVICE_PAY_V2, "POST", "/v2/charges" },
    { PD_SERVICE_PAY_V2, "POST", "/v2/refunds" },
    { PD_SERVICE_PAY_V2, "POST", "/live/v2/charges/x/capture" },
    { PD_SERVICE_PAY_V2, "DELETE", "/v2/charges/x/cancel" },
    { PD_SERVICE_PAY_V2, "PATCH", "/v2/checkoutSessions/x" },
    { PD_SERVICE_PAY_V2, "POST", "/v2/checkoutSessions/x/complete" },
    { PD_SERVICE_PAY_V2, "POST", "/v2/checkoutSessions/" },
    { PD_SERVICE_PAY_V2, "POST", "/v2/checkoutSessions\n" },
    { PD_SERVICE_PAY_V2, "GET", "/v2/checkoutSessions/../charges" },
    { PD_SERVICE_PAY_V2, "GET", "/v2/checkoutSessions/x/y" },
    { PD_SERVICE_PAY_V2, "GET", "/v2/authorizationTokens/.." },
    { PD_SERVICE_PAY_V2, "GET", "/v2/authorizationTokens/x/y" },
    { PD_SERVICE_PAY_V2, "GET", "/sandbox/v2/authorizationTokens/x" },
    { PD_SERVICE_PAY_V2, "GET", "/v2/reports" },
    { PD_SERVICE_PAY_V2, "get", "/v2/checkoutSessions/x" },
    { PD_SERVICE_PAY_V2, "POST", "/auth/o2/token" },
    { PD_SERVICE_MWS, "GET", "/OffAmazonPayments/2013-01-01" },
    { PD_SERVICE_MWS, "POST", "/Orders/2013-09-01" },
    { PD_SERVICE_LOGIN, "GET", "/auth/o2/token" },
    { PD_SERVICE_LOGIN, "GET", "/user/profile" },
    { PD_SERVICE_AUTHORIZE, "POST", "/ap/oa" },
    { PD_SERVICE_AUTHORIZE, "GET", "/ap/signin" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdRequest) request = pd_request_new (PD_ENVIRONMENT_PRODUCTION, rows[i].service, rows[i].method, rows[i].path);

    refused (request, PD_ERROR_NOT_ALLOWED);
  }
}

static void
test_on_the_list (void)
{
  static const struct { PdService service; const char *method; const char *path; const char *url; } rows[] = {
    { PD_SERVICE_PAY_V2, "GET", "/", "https://pay-api.amazon.jp/" },
    { PD_SERVICE_PAY_V2, "GET", "/live/v2/authorizationTokens/amzn.mws.0-1", "https://pay-api.amazon.jp/live/v2/authorizationTokens/amzn.mws.0-1" },
    { PD_SERVICE_MWS, "POST", "/OffAmazonPayments/2013-01-01", "https://mws.amazonservices.jp/OffAmazonPayments/2013-01-01" },
    { PD_SERVICE_MWS, "POST", "/OffAmazonPayments_Sandbox/2013-01-01", "https://mws.amazonservices.jp/OffAmazonPayments_Sandbox/2013-01-01" },
    { PD_SERVICE_LOGIN, "POST", "/auth/o2/token", "https://api.amazon.co.jp/auth/o2/token" },
  };
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdRequest)   request = pd_request_new (PD_ENVIRONMENT_PRODUCTION, rows[i].service, rows[i].method, rows[i].path);
    g_autofree char        *string_to_sign = NULL;
    g_autoptr (GError)      error = NULL;
    g_autoptr (SoupMessage) message = pd_request_to_message (request, endpoints, &string_to_sign, &error);
    g_autofree char        *url = NULL;

    g_assert_no_error (error);
    url = g_uri_to_string (soup_message_get_uri (message));
    g_assert_cmpstr (url, ==, rows[i].url);
    g_assert_true (soup_message_query_flags (message, SOUP_MESSAGE_NO_REDIRECT));
  }
}

/* A signature goes to API v2 and nowhere else. */
static void
test_signature_stays (void)
{
  g_autoptr (PdRequest) page = pd_request_new_for_url (PD_ENVIRONMENT_PRODUCTION, "https://evil.example/", NULL);
  g_autoptr (PdRequest) login = pd_request_new (PD_ENVIRONMENT_PRODUCTION, PD_SERVICE_LOGIN, "POST", "/auth/o2/token");

  pd_request_set_signature (page, key, "LIVE-A", PD_ALGORITHM_PSS_V2);
  pd_request_set_signature (login, key, "LIVE-A", PD_ALGORITHM_PSS_V2);
  refused (page, PD_ERROR_NOT_ALLOWED);
  refused (login, PD_ERROR_NOT_ALLOWED);
}

static void
test_urls (void)
{
  static const char *const bad[] = { "", "x", "http://www.example.jp/", "file:///etc/passwd", "javascript:alert(1)", "https://", "https:///x",
                                     "ftp://www.example.jp/", "//www.example.jp/" };
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();
  g_autoptr (PdRequest)   request = NULL;
  g_autofree char        *url = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_null (pd_request_new_for_url (PD_ENVIRONMENT_PRODUCTION, bad[i], &error));
    g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
    g_clear_error (&error);
  }
  request = pd_request_new_for_url (PD_ENVIRONMENT_PRODUCTION, "https://user:CANARY@www.example.jp:8443/a?b=%2F#c", &error);
  g_assert_no_error (error);
  url = pd_request_get_shown_url (request, endpoints, NULL);
  g_assert_cmpstr (url, ==, "https://www.example.jp:8443/a?b=%2F");
}

/* The token is a secret that stands in a path. */
static void
test_token_is_masked (void)
{
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();
  g_autoptr (PdRequest)   request = pd_request_new (PD_ENVIRONMENT_PRODUCTION, PD_SERVICE_PAY_V2, "GET",
                                                    "/live/v2/authorizationTokens/amzn.mws.CANARY");
  g_autofree char        *url = NULL;

  pd_request_add_query (request, "merchantId", "A1EXAMPLE");
  url = pd_request_get_shown_url (request, endpoints, NULL);
  g_assert_cmpstr (url, ==, "https://pay-api.amazon.jp/live/v2/authorizationTokens/…?merchantId=A1EXAMPLE");
}

static void
test_authorize (void)
{
  static const struct { PdEnvironment environment; gboolean sandbox; } rows[] = { { PD_ENVIRONMENT_PRODUCTION, FALSE }, { PD_ENVIRONMENT_SANDBOX, TRUE } };
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdRequest)  request = pd_request_new_authorize (rows[i].environment, "amzn1.x", "https://www.example.jp/a?b=c&d");
    g_autofree char       *url = pd_request_get_shown_url (request, endpoints, NULL);
    g_autoptr (GUri)       uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
    g_autoptr (GHashTable) query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);

    g_assert_true (g_str_has_prefix (url, "https://apac.account.amazon.com/ap/oa?"));
    g_assert_cmpstr (g_hash_table_lookup (query, "client_id"), ==, "amzn1.x");
    g_assert_cmpstr (g_hash_table_lookup (query, "redirect_uri"), ==, "https://www.example.jp/a?b=c&d");
    g_assert_cmpstr (g_hash_table_lookup (query, "scope"), ==, "profile");
    g_assert_cmpstr (g_hash_table_lookup (query, "response_type"), ==, "code");
    g_assert_cmpuint (strlen (g_hash_table_lookup (query, "state")), >, 20);
    g_assert_cmpstr (g_hash_table_lookup (query, "sandbox"), ==, rows[i].sandbox ? "true" : NULL);
  }
}

static void
test_signed_headers (void)
{
  g_autoptr (PdEndpoints) endpoints = new_endpoints ();
  g_autoptr (PdRequest)   request = pd_request_new_create_session (PD_ENVIRONMENT_PRODUCTION, key, "LIVE-A", "s", "https://www.example.jp/");
  g_autofree char        *string_to_sign = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SoupMessage) message = pd_request_to_message (request, endpoints, &string_to_sign, &error);
  SoupMessageHeaders     *headers = soup_message_get_request_headers (message);

  g_assert_no_error (error);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "x-amz-pay-host"), ==, "pay-api.amazon.jp");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "x-amz-pay-region"), ==, "jp");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "accept"), ==, "application/json");
  g_assert_true (g_regex_match_simple ("^20[0-9]{6}T[0-9]{6}Z$", soup_message_headers_get_one (headers, "x-amz-pay-date"), 0, 0));
  g_assert_null (soup_message_headers_get_one (headers, "expect"));
  g_assert_true (g_str_has_prefix (string_to_sign, "AMZN-PAY-RSASSA-PSS-V2\n"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_unsetenv ("PAYDESK_ENDPOINTS");
  g_test_init (&argc, &argv, NULL);
  key = pd_key_generate (2048, NULL);
  g_test_add_func ("/request/paths", test_paths);
  g_test_add_func ("/request/practice-is-sandbox", test_practice_is_sandbox);
  g_test_add_func ("/request/key-of-another-environment", test_foreign_key);
  g_test_add_func ("/request/key-id", test_key_id);
  g_test_add_func ("/request/off-the-list", test_off_the_list);
  g_test_add_func ("/request/on-the-list", test_on_the_list);
  g_test_add_func ("/request/signature-stays-with-amazon", test_signature_stays);
  g_test_add_func ("/request/urls", test_urls);
  g_test_add_func ("/request/token-is-masked", test_token_is_masked);
  g_test_add_func ("/request/authorize", test_authorize);
  g_test_add_func ("/request/signed-headers", test_signed_headers);
  status = g_test_run ();
  pd_key_unref (key);
  return status;
}
