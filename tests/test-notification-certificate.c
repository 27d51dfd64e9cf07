/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-notification-certificate.h"
#include "pd-test-call.h"
#include "pd-test-util.h"

#define HOST "sns.ap-northeast-1.amazonaws.com"

static char *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", name, NULL);
  char            *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* One of the vectors, with another SigningCertURL where one is given. */
static PdNotification *
load_notification (guint       index,
                   const char *certificate_url)
{
  g_autofree char     *text = load ("sns-messages.json");
  g_autoptr (JsonNode) root = pd_json_parse (text, -1, &pd_json_limits_file, NULL);
  JsonArray           *vectors = json_object_get_array_member (json_node_get_object (root), "vectors");
  JsonObject          *message = json_object_get_object_member (json_array_get_object_element (vectors, index), "message");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char     *body = NULL;

  if (certificate_url != NULL)
    json_object_set_string_member (message, "SigningCertURL", certificate_url);
  node = json_node_init_object (json_node_alloc (), message);
  body = pd_json_to_string (node, FALSE);
  return pd_notification_new (body, strlen (body));
}

/* What the test's server says. */
typedef struct {
  const char *status;
  char       *body;
} Answer;

static void
answer (PdTestServer  *server,
        GOutputStream *out,
        guint          n,
        gpointer       user_data)
{
  const Answer *what = user_data;

  pd_test_server_say (server, out, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", what->status,
                      strlen (what->body), what->body);
}

static PdTestCall *
call_new (const Answer *what)
{
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (pd_test_call_get_ca (), "DNS:" HOST ",IP:127.0.0.1", -1, 2);

  return pd_test_call_new (certificate, answer, (gpointer) what, "{\"" HOST "\":\"127.0.0.1:PORT\"}");
}

static GBytes *
fetch (PdTestCall      *call,
       PdNotification  *notification,
       GCancellable    *cancellable,
       GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_notification_certificate_fetch_async (notification, call->client, cancellable, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_notification_certificate_fetch_finish (notification, result, error);
}

/* Fetched from the message's own address, over TLS, it proves the message. */
static void
test_fetched (void)
{
  g_autofree char           *pem = load ("sns-test-cert.pem");
  const Answer               what = { "200 OK", pem };
  g_autoptr (PdTestCall)     call = call_new (&what);
  g_autoptr (PdNotification) notification = load_notification (0, NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (GBytes)         certificate = fetch (call, notification, NULL, &error);
  g_autofree char           *request = NULL;
  g_autofree char           *name = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (pd_notification_verify (notification, g_bytes_get_data (certificate, NULL), g_bytes_get_size (certificate)), ==,
                   PD_NOTIFICATION_FINE);
  request = pd_test_server_dup_request (call->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /SimpleNotificationService-0123456789abcdef0123456789abcdef.pem HTTP/1.1\r\n"));
  name = pd_notification_certificate_dup_name (certificate);
  g_assert_cmpstr (name, ==, "sns.amazonaws.com");
  g_assert_false (pd_notification_certificate_is_practice (certificate));
}

/* Where the address is the reason, nothing is connected to. */
static void
test_other_hosts (void)
{
  static const char *const urls[] = {
    "http://" HOST "/a.pem", "https://" HOST ".example.jp/a.pem", "https://127.0.0.1/a.pem", "https://" HOST ":443/a.pem",
    "https://" HOST "./a.pem", "https://user@" HOST "/a.pem", "https://" HOST "/a.pem?x", "file:///etc/passwd", "",
  };
  g_autofree char       *pem = load ("sns-test-cert.pem");
  const Answer           what = { "200 OK", pem };
  g_autoptr (PdTestCall) call = call_new (&what);

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (PdNotification) notification = load_notification (0, urls[i]);
    g_autoptr (GError)         error = NULL;

    g_test_message ("%s", urls[i]);
    g_assert_cmpint (pd_notification_get_fault (notification), ==, PD_NOTIFICATION_CERTIFICATE_URL);
    g_assert_null (fetch (call, notification, NULL, &error));
    g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  }
  g_assert_cmpuint (pd_test_server_get_n_connections (call->server), ==, 0);
}

/* What is no certificate of Amazon's is not taken for one. */
static void
test_bad_answers (void)
{
  g_autofree char *pem = load ("sns-test-cert.pem");
  g_autofree char *amazon = load ("sns-amazon-cert-2014.pem");
  const char      *ca = pd_test_ca_get_pem (pd_test_call_get_ca ());
  const struct {
    Answer what;
    int    code; /* -1: it is taken */
  } rows[] = {
    { { "200 OK", pem }, -1 },
    { { "200 OK", amazon }, -1 },
    { { "200 OK", (char *) ca }, PD_ERROR_GARBAGE },
    { { "200 OK", (char *) "<html>hello</html>" }, PD_ERROR_GARBAGE },
    { { "200 OK", (char *) "" }, PD_ERROR_GARBAGE },
    { { "404 Not Found", pem }, PD_ERROR_GARBAGE },
    { { "400 Bad Request", pem }, PD_ERROR_GARBAGE },
    { { "206 Partial Content", pem }, PD_ERROR_GARBAGE },
    { { "300 Multiple Choices", pem }, PD_ERROR_NOT_ALLOWED },
    { { "403 Forbidden", (char *) "" }, PD_ERROR_GARBAGE },
    { { "301 Moved\r\nLocation: https://example.jp/a.pem", pem }, PD_ERROR_NOT_ALLOWED },
    { { "302 Found\r\nLocation: /b.pem", pem }, PD_ERROR_NOT_ALLOWED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdTestCall)     call = call_new (&rows[i].what);
    g_autoptr (PdNotification) notification = load_notification (1, NULL);
    g_autoptr (GError)         error = NULL;
    g_autoptr (GBytes)         certificate = fetch (call, notification, NULL, &error);

    g_test_message ("%u: %s", i, error != NULL ? error->message : "taken");
    if (rows[i].code < 0) {
      g_assert_no_error (error);
      g_assert_nonnull (certificate);
    } else {
      g_assert_null (certificate);
      g_assert_error (error, PD_ERROR, rows[i].code);
    }
    g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 1);
  }
}

/* It has to be made out to the very host that it came from, or to the name that all had before; and to be of an ordinary size. */
static void
test_names (void)
{
  static const struct { const char *names; gboolean is_taken; } rows[] = {
    { "DNS:" HOST, TRUE },
    { "DNS:sns.amazonaws.com", TRUE },
    { "DNS:sns.us-east-1.amazonaws.com", FALSE },
    { "DNS:*.amazonaws.com", FALSE },
    { "DNS:*.ap-northeast-1.amazonaws.com", FALSE },
    { "DNS:" HOST ".example.jp", FALSE },
    { "DNS:www.example.jp", FALSE },
    { "IP:127.0.0.1", FALSE },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    g_autoptr (GTlsCertificate) made = pd_test_ca_issue (pd_test_call_get_ca (), rows[i / 2].names, -1, 2);
    g_autofree char            *pem = NULL;
    g_autofree char            *filler = g_strnfill (i % 2 == 0 ? 1024 : 65 * 1024, '\n');
    g_autofree char            *body = NULL;
    Answer                      what = { "200 OK", NULL };
    g_autoptr (PdTestCall)      call = NULL;
    g_autoptr (PdNotification)  notification = load_notification (0, NULL);
    g_autoptr (GError)          error = NULL;
    g_autoptr (GBytes)          certificate = NULL;

    g_object_get (made, "certificate-pem", &pem, NULL);
    body = g_strconcat (filler, pem, NULL);
    what.body = body;
    call = call_new (&what);
    certificate = fetch (call, notification, NULL, &error);
    g_test_message ("%s, %u bytes: %s", rows[i / 2].names, (guint) strlen (body), error != NULL ? error->message : "taken");
    g_assert_cmpint (certificate != NULL, ==, rows[i / 2].is_taken && i % 2 == 0);
    if (certificate == NULL)
      g_assert_error (error, PD_ERROR, PD_ERROR_GARBAGE);
  }
}

/* A server that cannot prove to be Amazon's is not believed. */
static void
test_wrong_tls (void)
{
  g_autofree char            *pem = load ("sns-test-cert.pem");
  const Answer                what = { "200 OK", pem };
  g_autoptr (GTlsCertificate) other = pd_test_ca_issue (pd_test_call_get_ca (), "DNS:www.example.jp", -1, 2);
  g_autoptr (PdTestCall)      call = pd_test_call_new (other, answer, (gpointer) &what, "{\"" HOST "\":\"127.0.0.1:PORT\"}");
  g_autoptr (PdNotification)  notification = load_notification (0, NULL);
  g_autoptr (GError)          error = NULL;

  g_assert_null (fetch (call, notification, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TLS);
}

static void
be_silent (PdTestServer  *server,
           GOutputStream *out,
           guint          n,
           gpointer       user_data)
{
  g_cancellable_cancel (user_data);
  pd_test_server_pause (server, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable)    cancellable = g_cancellable_new ();
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (pd_test_call_get_ca (), "DNS:" HOST ",IP:127.0.0.1", -1, 2);
  g_autoptr (PdTestCall)      call = pd_test_call_new (certificate, be_silent, cancellable, "{\"" HOST "\":\"127.0.0.1:PORT\"}");
  g_autoptr (PdNotification)  notification = load_notification (0, NULL);
  g_autoptr (GError)          error = NULL;

  g_assert_null (fetch (call, notification, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notification-certificate/fetched", test_fetched);
  g_test_add_func ("/notification-certificate/other-hosts", test_other_hosts);
  g_test_add_func ("/notification-certificate/bad-answers", test_bad_answers);
  g_test_add_func ("/notification-certificate/names", test_names);
  g_test_add_func ("/notification-certificate/wrong-tls", test_wrong_tls);
  g_test_add_func ("/notification-certificate/cancelled", test_cancelled);
  return g_test_run ();
}
