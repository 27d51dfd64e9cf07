/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <string.h>

#include "pd-error.h"
#include "pd-test-call.h"
#include "pd-test-util.h"

#define MIB (1024 * 1024)

static void
serve_text (PdTestServer  *server,
            GOutputStream *out,
            guint          n,
            gpointer       data)
{
  pd_test_server_say (server, out, "%s", (const char *) data);
}

static void
serve_text_and_wait (PdTestServer  *server,
                     GOutputStream *out,
                     guint          n,
                     gpointer       data)
{
  pd_test_server_say (server, out, "%s", (const char *) data);
  pd_test_server_pause (server, 0);
}

static void
fails (PdTestServerFunc func,
       gconstpointer    data,
       int              code)
{
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, func, (gpointer) data, NULL);

  pd_test_call_fails (call, code);
  /* Nothing of this is repeated: the request may have been acted on. */
  g_assert_cmpuint (pd_test_server_get_n_connections (call->server), ==, 1);
}

static PdTestCall *
impatient_new (PdTestServerFunc  func,
               gconstpointer     data,
               guint             total_ms,
               guint             idle_ms)
{
  PdTestCall *call = pd_test_call_new (NULL, func, (gpointer) data, NULL);

  pd_client_set_timeouts (call->client, total_ms, idle_ms);
  return call;
}

static void
times_out (PdTestServerFunc func,
           gconstpointer    data,
           guint            total_ms,
           guint            idle_ms)
{
  g_autoptr (PdTestCall) call = impatient_new (func, data, total_ms, idle_ms);

  pd_test_call_fails (call, PD_ERROR_TIMEOUT);
  g_assert_cmpuint (call->turns, >, 0);
  g_assert_cmpuint (pd_test_server_get_n_connections (call->server), ==, 1);
}

static void
test_garbage (void)
{
  fails (serve_text, "", PD_ERROR_GARBAGE);
  fails (serve_text, "\r\n\r\n", PD_ERROR_GARBAGE);
  fails (serve_text, "220 mail.example ESMTP\r\n\r\n", PD_ERROR_GARBAGE);
  fails (serve_text, "HTTP/1.1 abc OK\r\n\r\n", PD_ERROR_GARBAGE);
  fails (serve_text, "HTTP/1.1\r\n\r\n", PD_ERROR_GARBAGE);
  fails (serve_text, "HTTP/1.1 20", PD_ERROR_GARBAGE);
  fails (serve_text, "\x01\x02\x03\xff\xfe\r\n\r\n", PD_ERROR_GARBAGE);
}

static void
test_cut (void)
{
  fails (serve_text, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"reasonCode\":", PD_ERROR_GARBAGE);
  fails (serve_text, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", PD_ERROR_GARBAGE);
  fails (serve_text, "HTTP/1.1 200 OK\r\nContent-Len", PD_ERROR_GARBAGE);
  fails (serve_text, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", PD_ERROR_GARBAGE);
}

static void
serve_large (PdTestServer  *server,
             GOutputStream *out,
             guint          n,
             gpointer       data)
{
  gsize            length = GPOINTER_TO_SIZE (data);
  g_autofree char *body = g_malloc (length + 1);

  memset (body, 'a', length);
  body[length] = '\0';
  pd_test_server_answer (server, out, "200 OK", "", body);
}

static void
serve_endless_chunks (PdTestServer  *server,
                      GOutputStream *out,
                      guint          n,
                      gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

  while (go)
    go = pd_test_server_say (server, out, "10\r\n0123456789abcdef\r\n");
}

static void
serve_endless_body (PdTestServer  *server,
                    GOutputStream *out,
                    guint          n,
                    gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");

  while (go)
    go = pd_test_server_say (server, out, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
}

static void
test_large (void)
{
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_large, GSIZE_TO_POINTER (MIB), NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pd_response_get_body (response)), ==, MIB);
  fails (serve_large, GSIZE_TO_POINTER (MIB + 1), PD_ERROR_TOO_LARGE);
  fails (serve_large, GSIZE_TO_POINTER (100 * MIB), PD_ERROR_TOO_LARGE);
  fails (serve_text_and_wait, "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", PD_ERROR_TOO_LARGE);
  fails (serve_endless_chunks, NULL, PD_ERROR_TOO_LARGE);
  fails (serve_endless_body, NULL, PD_ERROR_TOO_LARGE);
}

static void
serve_bomb (PdTestServer  *server,
            GOutputStream *out,
            guint          n,
            gpointer       data)
{
  g_autoptr (GOutputStream)   memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream)   packed = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autofree char            *zeros = g_malloc0 (MIB);
  g_autoptr (GBytes)          bytes = NULL;

  for (guint i = 0; i < 64; i++)
    g_output_stream_write_all (packed, zeros, MIB, NULL, NULL, NULL);
  g_output_stream_close (packed, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  pd_test_server_say (server, out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT
                      "\r\nConnection: close\r\n\r\n", g_bytes_get_size (bytes));
  pd_test_server_say_bytes (server, out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* It is never unpacked: what was not asked for is not understood, and no verdict on a setting. */
static void
test_bomb (void)
{
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_bomb, NULL, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);
  const char            *reason_code;
  const char            *message;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pd_response_get_body (response)), <, 100000);
  g_assert_false (pd_response_get_reason (response, &reason_code, &message));
}

static void
serve_long_header (PdTestServer  *server,
                   GOutputStream *out,
                   guint          n,
                   gpointer       data)
{
  g_autofree char *value = g_strnfill (MIB, 'a');

  pd_test_server_say (server, out, "HTTP/1.1 200 OK\r\nX-Long: ");
  pd_test_server_say (server, out, "%s\r\nContent-Length: 0\r\n\r\n", value);
}

static void
serve_endless_headers (PdTestServer  *server,
                       GOutputStream *out,
                       guint          n,
                       gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 200 OK\r\n");

  for (guint i = 0; go; i++)
    go = pd_test_server_say (server, out, "X-%u: a\r\n", i);
}

static void
serve_endless_line (PdTestServer  *server,
                    GOutputStream *out,
                    guint          n,
                    gpointer       data)
{
  gboolean go = TRUE;

  while (go)
    go = pd_test_server_say (server, out, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
}

static void
serve_endless_continue (PdTestServer  *server,
                        GOutputStream *out,
                        guint          n,
                        gpointer       data)
{
  gboolean go = TRUE;

  while (go)
    go = pd_test_server_say (server, out, "HTTP/1.1 100 Continue\r\n\r\n") && pd_test_server_pause (server, 2);
}

static void
serve_endless_trailers (PdTestServer  *server,
                        GOutputStream *out,
                        guint          n,
                        gpointer       data)
{
  gboolean go = pd_test_server_say (server, out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");

  for (guint i = 0; go; i++)
    go = pd_test_server_say (server, out, "X-%u: a\r\n", i);
}

static void
test_headers (void)
{
  /* libsoup gives them up (at 100 KiB) in the same words as an answer that broke off. */
  fails (serve_long_header, NULL, PD_ERROR_GARBAGE);
  fails (serve_endless_headers, NULL, PD_ERROR_GARBAGE);
  fails (serve_endless_line, NULL, PD_ERROR_GARBAGE);
}

static void
serve_drip (PdTestServer  *server,
            GOutputStream *out,
            guint          n,
            gpointer       data)
{
  const char *text = data;
  gboolean    go = TRUE;

  for (const char *c = text; go && *c != '\0'; c++)
    go = pd_test_server_say_bytes (server, out, c, 1);
  while (go)
    go = pd_test_server_pause (server, 20) && pd_test_server_say (server, out, "a");
}

static void
serve_slow_headers (PdTestServer  *server,
                    GOutputStream *out,
                    guint          n,
                    gpointer       data)
{
  pd_test_server_say (server, out, "HTTP/1.1 200 OK\r\n");
  while (pd_test_server_pause (server, 20) && pd_test_server_say (server, out, "X-A: b\r\n"))
    ;
}

static void
test_slow (void)
{
  /* No answer at all, in the handshake and after it. */
  times_out (NULL, NULL, 60000, 150);
  times_out (serve_text_and_wait, "", 60000, 150);
  times_out (serve_text_and_wait, "HTTP/1.1 200 OK\r\nContent", 60000, 150);
  times_out (serve_text_and_wait, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", 60000, 150);
  times_out (serve_text_and_wait, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"", 60000, 150);
  /* Always something, never an end: only the total time ends it. */
  times_out (serve_drip, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", 400, 60000);
  times_out (serve_drip, "", 400, 60000);
  times_out (serve_slow_headers, NULL, 400, 60000);
  times_out (serve_endless_continue, NULL, 400, 60000);
}

/* The retries too are within the total time. */
static void
test_busy_for_ever (void)
{
  static const guint     delays[] = { 50, 50, 60000 };
  g_autoptr (PdTestCall) call = impatient_new (serve_text, "HTTP/1.1 503 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 5000, 5000);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = NULL;

  pd_client_set_retry_delays (call->client, delays, G_N_ELEMENTS (delays));
  response = pd_test_call_get (call, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 503);
  g_assert_cmpuint (pd_response_get_attempts (response), ==, 3);
}

/* A peer that offers HTTP/2 is spoken to in HTTP/1.1. */
static void
test_protocol (void)
{
  static const char *const    protocols[] = { "h2", "http/1.1", NULL };
  g_autoptr (PdTestCall)      call = pd_test_call_new (NULL, serve_text, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", NULL);
  g_autoptr (GError)          error = NULL;
  g_autoptr (PdResponse)      response = NULL;
  g_autofree char            *request = NULL;

  pd_test_server_set_protocols (call->server, protocols);
  response = pd_test_call_get (call, &error);
  g_assert_no_error (error);
  request = pd_test_server_dup_request (call->server, 0);
  g_assert_nonnull (strstr (request, " HTTP/1.1\r\n"));
}

static void
test_websocket (void)
{
  g_autoptr (PdTestCall) call = impatient_new (serve_text_and_wait, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                                               60000, 300);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  /* Whatever it is, it ends. */
  g_assert_true (response != NULL ? pd_response_get_status (response) == 101 : error->domain == PD_ERROR);
}

static void
test_trailers (void)
{
  g_autoptr (PdTestCall) call = impatient_new (serve_endless_trailers, NULL, 1500, 60000);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  g_test_message ("%s", error != NULL ? error->message : "answered");
  g_assert_true (response != NULL || error->domain == PD_ERROR);
}

static void
test_two_lengths (void)
{
  g_autoptr (PdTestCall) call = impatient_new (serve_text, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 50\r\n\r\n{}", 60000, 500);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  g_assert_true (response != NULL || error->domain == PD_ERROR);
}

static void
serve_not_tls (PdTestServer  *server,
               GOutputStream *out,
               guint          n,
               gpointer       data)
{
  pd_test_server_answer (server, out, "200 OK", "", "{}");
}

static void
test_not_tls (void)
{
  PdTestServer           *server = pd_test_server_new (NULL, serve_not_tls, NULL);
  g_autofree char        *text = pd_test_server_to_endpoints (server, pd_test_ca_get_path (pd_test_call_get_ca ()));
  g_autoptr (PdTestCall)  call = g_new0 (PdTestCall, 1);

  call->server = server;
  call->endpoints = pd_endpoints_new_from_json (text, -1, NULL);
  call->client = pd_client_new (call->endpoints);
  pd_client_set_timeouts (call->client, 5000, 300);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (pd_test_call_get (call, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_error_matches (error, PD_ERROR, PD_ERROR_TLS) || g_error_matches (error, PD_ERROR, PD_ERROR_TIMEOUT));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-hostile/garbage", test_garbage);
  g_test_add_func ("/client-hostile/cut", test_cut);
  g_test_add_func ("/client-hostile/large", test_large);
  g_test_add_func ("/client-hostile/gzip-bomb", test_bomb);
  g_test_add_func ("/client-hostile/headers", test_headers);
  g_test_add_func ("/client-hostile/slow", test_slow);
  g_test_add_func ("/client-hostile/busy-for-ever", test_busy_for_ever);
  g_test_add_func ("/client-hostile/http2-offered", test_protocol);
  g_test_add_func ("/client-hostile/switching-protocols", test_websocket);
  g_test_add_func ("/client-hostile/trailers", test_trailers);
  g_test_add_func ("/client-hostile/two-lengths", test_two_lengths);
  g_test_add_func ("/client-hostile/no-tls", test_not_tls);
  return g_test_run ();
}
