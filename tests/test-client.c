/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <glib/gstdio.h>
#include <string.h>

#include "pd-error.h"
#include "pd-hardening.h"
#include "pd-test-call.h"
#include "pd-test-util.h"

#define KEY_ID "SANDBOX-AHEXAMPLEKEYID0123456789"

/* This computer's network settings, as far as a proxy goes: NULL for none. */
static const char *proxy_address;

static char *key_log;

#define TEST_TYPE_PROXY_RESOLVER (test_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestProxyResolver, test_proxy_resolver, TEST, PROXY_RESOLVER, GObject)

struct _TestProxyResolver
{
  GObject parent_instance;
};

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
lookup (GProxyResolver  *resolver,
        const char      *uri,
        GCancellable    *cancellable,
        GError         **error)
{
  const char *const way[] = { proxy_address != NULL ? proxy_address : "direct://", NULL };

  return g_strdupv ((char **) way);
}

static void
lookup_async (GProxyResolver      *resolver,
              const char          *uri,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, lookup (resolver, uri, NULL, NULL), (GDestroyNotify) g_strfreev);
}

static char **
lookup_finish (GProxyResolver  *resolver,
               GAsyncResult    *result,
               GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
proxy_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = lookup;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProxyResolver, test_proxy_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, proxy_resolver_init))

static void
test_proxy_resolver_class_init (TestProxyResolverClass *klass)
{
}

static void
test_proxy_resolver_init (TestProxyResolver *self)
{
}

/* What the server does: a status for each request in turn, the last one for all that follow. */
typedef struct {
  const char *statuses[5];
  const char *headers;
  const char *body;
  guint       silent_ms; /* between requests, to tell their dates apart */
} Script;

static void
serve_script (PdTestServer  *server,
              GOutputStream *out,
              guint          n,
              gpointer       data)
{
  const Script *script = data;
  guint         last = 0;

  while (last + 1 < G_N_ELEMENTS (script->statuses) && script->statuses[last + 1] != NULL)
    last++;
  if (script->silent_ms > 0)
    pd_test_server_pause (server, script->silent_ms);
  pd_test_server_answer (server, out, script->statuses[MIN (n, last)], script->headers != NULL ? script->headers : "",
                         script->body != NULL ? script->body : "{}");
}

static PdRequest *
new_post (void)
{
  return pd_request_new_create_session (PD_ENVIRONMENT_SANDBOX, pd_test_call_get_key (), KEY_ID, "amzn1.application-oa2-client.0",
                                        "https://www.example.jp/review");
}

/* The signature of a request as the server received it, over what the server received. */
static void
assert_signed (PdTestServer *server,
               guint         n,
               const char   *expected_names)
{
  g_autofree char       *request = pd_test_server_dup_request (server, n);
  g_auto (GStrv)         parts = g_strsplit (request, "\r\n\r\n", 2);
  g_auto (GStrv)         first = g_strsplit (request, " ", 3);
  g_autofree char       *authorization = pd_test_server_dup_header (server, n, "authorization");
  g_autofree char       *prefix = g_strdup_printf ("AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=" KEY_ID ", SignedHeaders=%s, Signature=", expected_names);
  g_auto (GStrv)         names = g_strsplit (expected_names, ";", -1);
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree char       *canonical = NULL;
  g_autofree char       *string_to_sign = NULL;
  g_autofree guchar     *raw = NULL;
  g_autoptr (GBytes)     signature = NULL;
  gsize                  length;

  g_assert_true (g_str_has_prefix (authorization, prefix));
  for (guint i = 0; names[i] != NULL; i++) {
    g_hash_table_insert (headers, names[i], pd_test_server_dup_header (server, n, names[i]));
    g_assert_nonnull (g_hash_table_lookup (headers, names[i]));
  }
  canonical = pd_signer_canonical_request (first[0], first[1], NULL, headers, NULL, parts[1], strlen (parts[1]), NULL);
  string_to_sign = pd_signer_string_to_sign (PD_ALGORITHM_PSS_V2, canonical, strlen (canonical));
  raw = g_base64_decode (authorization + strlen (prefix), &length);
  signature = g_bytes_new (raw, length);
  g_assert_true (pd_key_verify_pss (pd_test_call_get_key (), 32, string_to_sign, strlen (string_to_sign), signature));
}

static void
test_get (void)
{
  const Script           script = { { "404 Not Found" }, "x-amz-pay-request-id: abc-1\r\nSet-Cookie: session=x\r\n",
                                    "{\"reasonCode\":\"ResourceNotFound\",\"message\":\"no such session\"}" };
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);
  g_autofree char       *host = g_strdup_printf ("127.0.0.1:%u", pd_test_server_get_port (call->server));
  g_autofree char       *signed_host = NULL;
  g_autofree char       *encoding = NULL;
  g_autofree char       *cookie = NULL;
  g_autofree char       *type = NULL;
  g_autofree char       *request = NULL;
  const char            *reason_code;
  const char            *message;

  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 404);
  g_assert_cmpstr (pd_response_get_request_id (response), ==, "abc-1");
  g_assert_null (pd_response_get_header (response, "Set-Cookie"));
  g_assert_true (pd_response_get_reason (response, &reason_code, &message));
  g_assert_cmpstr (reason_code, ==, "ResourceNotFound");
  g_assert_cmpstr (message, ==, "no such session");
  g_assert_cmpuint (pd_response_get_attempts (response), ==, 1);
  g_assert_nonnull (pd_response_get_string_to_sign (response));

  request = pd_test_server_dup_request (call->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /v2/checkoutSessions/00000000-0000-0000-0000-000000000000 HTTP/1.1\r\n"));
  signed_host = pd_test_server_dup_header (call->server, 0, "x-amz-pay-host");
  g_assert_cmpstr (signed_host, ==, host);
  encoding = pd_test_server_dup_header (call->server, 0, "accept-encoding");
  g_assert_cmpstr (encoding, ==, "identity");
  type = pd_test_server_dup_header (call->server, 0, "content-type");
  g_assert_cmpstr (type, ==, "application/json");
  cookie = pd_test_server_dup_header (call->server, 0, "x-amz-pay-idempotency-key");
  g_assert_null (cookie);
  assert_signed (call->server, 0, "accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-region");
}

static void
test_post (void)
{
  const Script           script = { { "201 Created" }, "", "{\"checkoutSessionId\":\"x\",\"statusDetails\":{\"state\":\"Open\"}}" };
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (PdRequest)  request = new_post ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_send (call, request, NULL, &error);
  g_autofree char       *state = NULL;
  g_autofree char       *sent = NULL;
  g_autofree char       *key = NULL;
  g_autoptr (PdRequest)  second = new_post ();
  g_autoptr (PdResponse) again = NULL;
  g_autofree char       *other_key = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 201);
  state = pd_response_dup_member (response, "statusDetails.state");
  g_assert_cmpstr (state, ==, "Open");
  sent = pd_test_server_dup_request (call->server, 0);
  g_assert_true (g_str_has_prefix (sent, "POST /v2/checkoutSessions HTTP/1.1\r\n"));
  g_assert_true (g_str_has_suffix (sent, "\r\n\r\n{\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://www.example.jp/review\"},"
                                   "\"storeId\":\"amzn1.application-oa2-client.0\"}"));
  assert_signed (call->server, 0, "accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-idempotency-key;x-amz-pay-region");
  key = pd_test_server_dup_header (call->server, 0, "x-amz-pay-idempotency-key");
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$", key, 0, 0));

  /* A new press of the button is a new attempt. */
  again = pd_test_call_send (call, second, NULL, &error);
  g_assert_no_error (error);
  other_key = pd_test_server_dup_header (call->server, 1, "x-amz-pay-idempotency-key");
  g_assert_cmpstr (key, !=, other_key);
}

static void
test_retries (void)
{
  static const char *const retried[] = { "408 X", "425 X", "429 X", "500 X", "502 X", "503 X", "504 X" };

  for (guint i = 0; i < G_N_ELEMENTS (retried); i++) {
    const Script           script = { { retried[i] } };
    g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
    g_autoptr (GError)     error = NULL;
    g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (pd_response_get_status (response), ==, (guint) atoi (retried[i]));
    g_assert_cmpuint (pd_response_get_attempts (response), ==, 4);
    g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 4);
  }
}

static void
test_final (void)
{
  static const char *const final[] = { "200 X", "201 X", "204 X", "304 X", "400 X", "401 X", "403 X", "404 X", "405 X", "409 X", "410 X", "422 X",
                                       "426 X", "501 X", "505 X", "599 X" };

  for (guint i = 0; i < G_N_ELEMENTS (final); i++) {
    const Script           script = { { final[i] }, "", g_str_has_prefix (final[i], "204") || g_str_has_prefix (final[i], "304") ? "" : "{}" };
    g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
    g_autoptr (GError)     error = NULL;
    g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (pd_response_get_status (response), ==, (guint) atoi (final[i]));
    g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 1);
  }
}

/* The same attempt to the server (one idempotency key), another one to the clock (a fresh date and signature). */
static void
test_retry_is_fresh (void)
{
  const Script           script = { { "503 X", "503 X", "201 X" }, .silent_ms = 1100 };
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (PdRequest)  request = new_post ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_send (call, request, NULL, &error);
  g_autoptr (GHashTable) dates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 201);
  g_assert_cmpuint (pd_response_get_attempts (response), ==, 3);
  for (guint i = 0; i < 3; i++) {
    assert_signed (call->server, i, "accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-idempotency-key;x-amz-pay-region");
    g_hash_table_add (dates, pd_test_server_dup_header (call->server, i, "x-amz-pay-date"));
    g_hash_table_add (keys, pd_test_server_dup_header (call->server, i, "x-amz-pay-idempotency-key"));
  }
  g_assert_cmpuint (g_hash_table_size (dates), ==, 3);
  g_assert_cmpuint (g_hash_table_size (keys), ==, 1);
}

/* A pause longer than the time that is left gives the answer there is, and not a timeout. */
static void
test_retry_after (void)
{
  static const char *const rows[] = { "Retry-After: 3600\r\n", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n",
                                      "Retry-After: 99999999999999999999\r\n", "Retry-After: 2147483647\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Script           script = { { "429 X" }, rows[i] };
    g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
    g_autoptr (GError)     error = NULL;
    g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (pd_response_get_status (response), ==, 429);
    g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, i == 2 ? 4 : 1);
  }
}

/* The second's answer comes only after the pause that was asked for: a shorter one would find the server not ready. */
static void
serve_after_a_second (PdTestServer  *server,
                      GOutputStream *out,
                      guint          n,
                      gpointer       data)
{
  gint64 *first = data;

  if (n == 0)
    *first = g_get_monotonic_time ();
  if (n == 0 || g_get_monotonic_time () - *first < G_TIME_SPAN_SECOND)
    pd_test_server_answer (server, out, "503 X", "Retry-After: 1\r\n", "");
  else
    pd_test_server_answer (server, out, "200 OK", "", "{}");
}

static void
test_retry_after_honoured (void)
{
  gint64                 first = 0;
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_after_a_second, &first, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 200);
  g_assert_cmpuint (pd_response_get_attempts (response), ==, 2);
}

static void
test_redirect (void)
{
  static const char *const statuses[] = { "301 X", "302 X", "303 X", "307 X", "308 X" };
  const Script             other_script = { { "200 OK" } };
  g_autoptr (PdTestCall)   other = pd_test_call_new (NULL, serve_script, (gpointer) &other_script, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autofree char       *location = g_strdup_printf ("Location: %s/v2/x\r\n", pd_test_server_get_base (other->server));
    const Script           script = { { statuses[i] }, location };
    g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
    g_autoptr (PdRequest)  post = new_post ();
    g_autoptr (GError)     error = NULL;
    g_autoptr (PdResponse) response = pd_test_call_get (call, &error);
    g_autoptr (PdResponse) answer = pd_test_call_send (call, post, NULL, &error);
    g_autofree char       *expected = g_strdup_printf ("%s/v2/x", pd_test_server_get_base (other->server));

    g_assert_no_error (error);
    g_assert_cmpuint (pd_response_get_status (response), ==, (guint) atoi (statuses[i]));
    g_assert_cmpstr (pd_response_get_header (response, "location"), ==, expected);
    g_assert_cmpuint (pd_response_get_status (answer), ==, (guint) atoi (statuses[i]));
    g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 2);
  }
  g_assert_cmpuint (pd_test_server_get_n_connections (other->server), ==, 0);
}

/* Asked to log in, Paydesk neither does nor asks. */
static void
test_login_asked (void)
{
  const Script           script = { { "401 X" }, "WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Negotiate\r\n" };
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 401);
  g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 1);
}

static void
test_skew (void)
{
  g_autoptr (GDateTime)  now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime)  then = g_date_time_add_hours (now, -3);
  g_autofree char       *date = g_date_time_format (then, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n");
  const Script           script = { { "200 OK" }, date };
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);
  gint64                 skew;

  g_assert_no_error (error);
  g_assert_true (pd_response_get_clock_skew (response, &skew));
  g_assert_cmpint (skew, <, -3 * 3600 + 120);
  g_assert_cmpint (skew, >, -3 * 3600 - 120);
}

/* The name is what TLS checks and what the Host header says; the connection goes to this computer. */
static void
test_hosts (void)
{
  const Script                script = { { "200 OK" }, "", "page" };
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (pd_test_call_get_ca (), "DNS:shop.example.jp", -1, 2);
  g_autoptr (PdTestCall)      call = pd_test_call_new (certificate, serve_script, (gpointer) &script,
                                                       "{\"shop.example.jp\":\"127.0.0.1:PORT\",\"other.example.jp\":\"127.0.0.1:PORT\"}");
  g_autoptr (GError)          error = NULL;
  g_autoptr (PdRequest)       request = pd_request_new_for_url (PD_ENVIRONMENT_SANDBOX, "https://user:pw@shop.example.jp/a%20b?c=%2F#d", &error);
  g_autoptr (PdResponse)      response = pd_test_call_send (call, request, NULL, &error);
  g_autoptr (PdRequest)       wrong = pd_request_new_for_url (PD_ENVIRONMENT_SANDBOX, "https://other.example.jp/", NULL);
  g_autoptr (PdRequest)       unnamed = pd_request_new_for_url (PD_ENVIRONMENT_SANDBOX, "https://unnamed.example.jp/", NULL);
  g_autofree char            *text = NULL;
  g_autofree char            *host = NULL;
  g_autofree char            *sent = NULL;

  g_assert_no_error (error);
  text = pd_response_dup_text (response);
  g_assert_cmpstr (text, ==, "page");
  g_assert_cmpstr (pd_response_get_url (response), ==, "https://shop.example.jp/a%20b?c=%2F");
  host = pd_test_server_dup_header (call->server, 0, "host");
  g_assert_cmpstr (host, ==, "shop.example.jp");
  sent = pd_test_server_dup_request (call->server, 0);
  g_assert_true (g_str_has_prefix (sent, "GET /a%20b?c=%2F HTTP/1.1\r\n"));
  g_assert_null (strstr (sent, "uthorization"));

  g_assert_null (pd_test_call_send (call, wrong, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TLS);
  g_clear_error (&error);
  g_assert_null (pd_test_call_send (call, unnamed, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 1);
}

/* Nothing listens: the port was free a moment ago. */
static void
test_refused_connection (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16                     port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char            *text = g_strdup_printf ("{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:%u\"}}", port);
  g_autoptr (PdEndpoints)     endpoints = pd_endpoints_new_from_json (text, -1, NULL);
  g_autoptr (PdClient)        client = pd_client_new (endpoints);
  g_autoptr (PdRequest)       request = new_post ();
  g_autoptr (GAsyncResult)    result = NULL;
  g_autoptr (GError)          error = NULL;

  g_socket_listener_close (listener);
  pd_client_send_async (client, request, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  g_assert_null (pd_client_send_finish (client, result, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_OFFLINE);
}

/* A proxy has no business between this computer and itself. */
static void
test_no_proxy (void)
{
  const Script           script = { { "200 OK" } };
  PdTestServer          *proxy = pd_test_server_new (NULL, serve_script, (gpointer) &script);
  g_autofree char       *address = g_strdup_printf ("http://127.0.0.1:%u", pd_test_server_get_port (proxy));
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = NULL;

  proxy_address = address;
  response = pd_test_call_get (call, &error);
  proxy_address = NULL;
  g_assert_no_error (error);
  g_assert_cmpuint (pd_test_server_get_n_connections (proxy), ==, 0);
  pd_test_server_free (proxy);
}

/* Here and in what follows Amazon's own servers are asked for: every way there leads through a proxy on this computer. */
static void
refused_by_proxy (const char *status,
                  const char *expected)
{
  const Script             script = { { status }, "Proxy-Authenticate: Basic realm=\"x\"\r\n", "<html>" };
  PdTestServer            *proxy = pd_test_server_new (NULL, serve_script, (gpointer) &script);
  g_autofree char         *address = g_strdup_printf ("http://operator:CANARY@127.0.0.1:%u", pd_test_server_get_port (proxy));
  g_autoptr (PdEndpoints)  endpoints = pd_endpoints_new (NULL);
  g_autoptr (PdClient)     client = pd_client_new (endpoints);
  g_autoptr (PdRequest)    request = new_post ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *sent = NULL;

  g_assert_true (TEST_IS_PROXY_RESOLVER (g_proxy_resolver_get_default ()));
  proxy_address = address;
  pd_client_send_async (client, request, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  proxy_address = NULL;
  g_assert_null (pd_client_send_finish (client, result, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, expected));
  g_assert_null (strstr (error->message, "CANARY"));
  g_assert_cmpuint (pd_test_server_get_n_requests (proxy), ==, 1);
  sent = pd_test_server_dup_request (proxy, 0);
  g_assert_true (g_str_has_prefix (sent, "CONNECT pay-api.amazon.jp:443 HTTP/1.1\r\n"));
  g_assert_null (strstr (sent, "x-amz"));
  g_assert_null (strstr (sent, "Signature"));
  pd_test_server_free (proxy);
}

static void
test_proxy (void)
{
  refused_by_proxy ("407 X", "wants a password");
  refused_by_proxy ("403 X", "refuses");
  refused_by_proxy ("503 X", "refuses");
}

/* The whole way as in an office: through a proxy, with this computer's own list of issuers. `inspecting`: the proxy opens the
 * connection, and shows a certificate of its own. */
static void
through_proxy (gboolean inspecting)
{
  const Script                script = { { "404 X" }, "", "{\"reasonCode\":\"ResourceNotFound\"}" };
  g_autoptr (PdTestCa)        house = pd_test_ca_new ("Proxy of the house");
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (inspecting ? house : pd_test_call_get_ca (), "DNS:pay-api.amazon.jp", -1, 2);
  PdTestServer               *amazon = pd_test_server_new (certificate, serve_script, (gpointer) &script);
  PdTestServer               *proxy = pd_test_server_new (NULL, NULL, NULL);
  g_autofree char            *address = g_strdup_printf ("http://127.0.0.1:%u", pd_test_server_get_port (proxy));
  g_autoptr (GTlsDatabase)    issuers = G_TLS_DATABASE (g_tls_file_database_new (pd_test_ca_get_path (pd_test_call_get_ca ()), NULL));
  g_autoptr (PdEndpoints)     endpoints = pd_endpoints_new (NULL);
  g_autoptr (PdClient)        client = pd_client_new (endpoints);
  g_autoptr (PdRequest)       request = new_post ();
  g_autoptr (GAsyncResult)    result = NULL;
  g_autoptr (PdResponse)      response = NULL;
  g_autoptr (GError)          error = NULL;

  pd_test_server_set_tunnel (proxy, pd_test_server_get_port (amazon));
  g_tls_backend_set_default_database (g_tls_backend_get_default (), issuers);
  proxy_address = address;
  pd_client_send_async (client, request, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  proxy_address = NULL;
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  response = pd_client_send_finish (client, result, &error);
  if (inspecting) {
    g_assert_error (error, PD_ERROR, PD_ERROR_TLS);
    g_assert_nonnull (strstr (error->message, "Proxy of the house"));
    g_assert_nonnull (strstr (error->message, "pay-api.amazon.jp"));
    g_assert_cmpuint (pd_test_server_get_n_requests (amazon), ==, 0);
  } else {
    g_autofree char *host = NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (pd_response_get_status (response), ==, 404);
    host = pd_test_server_dup_header (amazon, 0, "host");
    g_assert_cmpstr (host, ==, "pay-api.amazon.jp");
    assert_signed (amazon, 0, "accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-idempotency-key;x-amz-pay-region");
  }
  g_assert_cmpuint (pd_test_server_get_n_requests (proxy), ==, 1);
  pd_test_server_free (proxy);
  pd_test_server_free (amazon);
}

static void
test_through_proxy (void)
{
  through_proxy (FALSE);
}

static void
test_inspecting_proxy (void)
{
  through_proxy (TRUE);
}

typedef struct {
  PdTestServer *server;
  guint         connections;
  guint         requests;
} Stage;

static gboolean
has_reached (gpointer data)
{
  Stage *stage = data;

  g_usleep (500);
  return pd_test_server_get_n_connections (stage->server) >= stage->connections &&
         pd_test_server_get_n_requests (stage->server) >= stage->requests;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
serve_stall (PdTestServer  *server,
             GOutputStream *out,
             guint          n,
             gpointer       data)
{
  const char *beginning = data;

  pd_test_server_say (server, out, "%s", beginning);
  pd_test_server_pause (server, 0);
}

/* Cancelled while the server says nothing at that point; were the cancelling not heard, the test would end by the watchdog. */
static void
cancel_at (PdTestServerFunc  func,
           gpointer          data,
           guint             requests)
{
  g_autoptr (PdTestCall)   call = pd_test_call_new (NULL, func, data, NULL);
  g_autoptr (PdRequest)    request = new_post ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  Stage                    stage = { call->server, 1, requests };
  guint                    id = g_timeout_add (5, on_tick, NULL);

  pd_client_set_timeouts (call->client, 600000, 600000);
  pd_client_send_async (call->client, request, cancellable, pd_test_keep, &result);
  pd_test_until (has_reached, &stage);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  pd_test_wait (&result);
  g_source_remove (id);
  g_assert_null (pd_client_send_finish (call->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, requests);
}

static void
test_cancel (void)
{
  static const guint long_delays[] = { 600000 };
  const Script       busy = { { "503 X" } };

  cancel_at (NULL, NULL, 0); /* in the handshake */
  cancel_at (serve_stall, "", 1);
  cancel_at (serve_stall, "HTTP/1.1 200 OK\r\nContent-Le", 1);
  cancel_at (serve_stall, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", 1);
  cancel_at (serve_stall, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"", 1);

  {
    g_autoptr (PdTestCall)   call = pd_test_call_new (NULL, serve_script, (gpointer) &busy, NULL);
    g_autoptr (PdRequest)    request = new_post ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError)       error = NULL;
    Stage                    stage = { call->server, 1, 1 };
    guint                    id = g_timeout_add (5, on_tick, NULL);

    /* Between two attempts. */
    pd_client_set_timeouts (call->client, 6000000, 6000000);
    pd_client_set_retry_delays (call->client, long_delays, 1);
    pd_client_send_async (call->client, request, cancellable, pd_test_keep, &result);
    pd_test_until (has_reached, &stage);
    for (guint i = 0; i < 40; i++)
      g_main_context_iteration (NULL, TRUE);
    g_assert_null (result);
    g_cancellable_cancel (cancellable);
    pd_test_wait (&result);
    g_source_remove (id);
    g_assert_null (pd_client_send_finish (call->client, result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 1);
  }
}

static void
test_cancelled_before (void)
{
  const Script             script = { { "200 OK" } };
  g_autoptr (PdTestCall)   call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (PdRequest)    request = new_post ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (pd_test_call_send (call, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (pd_test_server_get_n_connections (call->server), ==, 0);
}

static void
test_side_by_side (void)
{
  const Script             script = { { "200 OK" }, .silent_ms = 50 };
  g_autoptr (PdTestCall)   call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  GAsyncResult            *results[12] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autoptr (PdRequest) request = new_post ();

    pd_client_send_async (call->client, request, NULL, pd_test_keep, &results[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autoptr (GError)     error = NULL;
    g_autoptr (PdResponse) response = NULL;

    pd_test_wait (&results[i]);
    response = pd_client_send_finish (call->client, results[i], &error);
    g_assert_no_error (error);
    g_object_unref (results[i]);
  }
  g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, G_N_ELEMENTS (results));
}

/* Whoever may set a variable could otherwise read along: main() has set one before it called pd_hardening_init(). */
static void
test_no_key_log (void)
{
  const Script           script = { { "200 OK" } };
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_script, (gpointer) &script, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  g_assert_no_error (error);
  g_assert_false (g_file_test (key_log, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  GIOExtensionPoint *point;
  g_autofree char   *dir = g_dir_make_tmp ("pd-client-XXXXXX", NULL);
  int                status;

  key_log = g_build_filename (dir, "keys", NULL);
  g_setenv ("SSLKEYLOGFILE", key_log, TRUE);
  pd_hardening_init (FALSE);

  g_test_init (&argc, &argv, NULL);
  point = g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_set_required_type (point, G_TYPE_PROXY_RESOLVER);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_PROXY_RESOLVER, "test", 1000000);
  g_test_add_func ("/client/get", test_get);
  g_test_add_func ("/client/post", test_post);
  g_test_add_func ("/client/retries/three", test_retries);
  g_test_add_func ("/client/retries/not-for-others", test_final);
  g_test_add_func ("/client/retries/fresh-date-same-key", test_retry_is_fresh);
  g_test_add_func ("/client/retries/longer-than-the-time", test_retry_after);
  g_test_add_func ("/client/retries/retry-after", test_retry_after_honoured);
  g_test_add_func ("/client/redirect-not-followed", test_redirect);
  g_test_add_func ("/client/no-login", test_login_asked);
  g_test_add_func ("/client/clock-skew", test_skew);
  g_test_add_func ("/client/hosts", test_hosts);
  g_test_add_func ("/client/connection-refused", test_refused_connection);
  g_test_add_func ("/client/proxy/not-to-this-computer", test_no_proxy);
  g_test_add_func ("/client/proxy/refuses", test_proxy);
  g_test_add_func ("/client/proxy/lets-through", test_through_proxy);
  g_test_add_func ("/client/proxy/inspects", test_inspecting_proxy);
  g_test_add_func ("/client/cancel/each-stage", test_cancel);
  g_test_add_func ("/client/cancel/before", test_cancelled_before);
  g_test_add_func ("/client/side-by-side", test_side_by_side);
  g_test_add_func ("/client/no-key-log", test_no_key_log);
  status = g_test_run ();
  g_rmdir (dir);
  g_free (key_log);
  return status;
}
