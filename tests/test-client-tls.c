/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "pd-error.h"
#include "pd-test-call.h"
#include "pd-test-util.h"
#include "pd-trouble.h"

static void
serve_ok (PdTestServer  *server,
          GOutputStream *out,
          guint          n,
          gpointer       data)
{
  pd_test_server_answer (server, out, "200 OK", "", "{}");
}

/* Refused by name, and before a byte of the request was sent. */
static void
assert_refused (GTlsCertificate *certificate,
                const char      *reason,
                const char      *issuer)
{
  g_autoptr (PdTestCall) call = pd_test_call_new (certificate, serve_ok, NULL, NULL);
  g_autoptr (GError)     error = NULL;

  g_assert_null (pd_test_call_get (call, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, PD_ERROR, PD_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_nonnull (strstr (error->message, issuer));
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
  g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 0);
}

static void
test_good (void)
{
  g_autoptr (PdTestCall) call = pd_test_call_new (NULL, serve_ok, NULL, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (call, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 200);
}

static void
test_expired (void)
{
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (pd_test_call_get_ca (), PD_TEST_HERE, -10, -1);
  g_autoptr (GDateTime)       end = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char            *reason = g_date_time_format (end, "has expired (%Y-%m-%d)");

  assert_refused (certificate, reason, "Tests of Paydesk CA");
  assert_refused (certificate, "date and time", "Tests of Paydesk CA");
}

static void
test_not_yet (void)
{
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (pd_test_call_get_ca (), PD_TEST_HERE, 2, 5);

  assert_refused (certificate, "not valid yet (", "Tests of Paydesk CA");
  assert_refused (certificate, "date and time", "Tests of Paydesk CA");
}

static void
test_self_signed (void)
{
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (NULL, PD_TEST_HERE, -1, 2);

  assert_refused (certificate, "signed its certificate itself", "A test's server");
}

static void
test_wrong_host (void)
{
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (pd_test_call_get_ca (), "DNS:one.example,DNS:two.example,DNS:a,DNS:b", -1, 2);

  assert_refused (certificate, "for another host (it is for one.example, two.example, a, …)", "Tests of Paydesk CA");
}

static void
test_unknown_issuer (void)
{
  g_autoptr (PdTestCa)        other = pd_test_ca_new ("Proxy of the house");
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (other, PD_TEST_HERE, -1, 2);

  assert_refused (certificate, "nobody this computer trusts", "Proxy of the house");
  assert_refused (certificate, "proxy or virus scanner", "Proxy of the house");
}

/* The same name and another key. */
static void
test_impostor (void)
{
  g_autoptr (PdTestCa)        other = pd_test_ca_new ("Tests of Paydesk CA");
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (other, PD_TEST_HERE, -1, 2);

  assert_refused (certificate, "signature or form is wrong", "Tests of Paydesk CA");
}

static void
test_several_faults (void)
{
  g_autoptr (PdTestCa)        other = pd_test_ca_new ("Proxy of the house");
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (other, "DNS:one.example", -10, -1);

  assert_refused (certificate, "nobody this computer trusts", "Proxy of the house");
  assert_refused (certificate, "has expired", "Proxy of the house");
  assert_refused (certificate, "for another host", "Proxy of the house");
}

/* Names in a certificate are what a stranger wrote. */
static void
test_hostile_names (void)
{
  g_autoptr (PdTestCa)        other = pd_test_ca_new ("Line\nbreak \xe2\x80\xae" "dne <b>");
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (other, PD_TEST_HERE, -1, 2);
  g_autoptr (GError)          error = pd_trouble_from_certificate ("h", certificate, G_TLS_CERTIFICATE_UNKNOWN_CA);

  g_assert_null (strstr (error->message, "\xe2\x80\xae"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_each_fault_is_named (void)
{
  static const GTlsCertificateFlags flags[] = {
    G_TLS_CERTIFICATE_UNKNOWN_CA, G_TLS_CERTIFICATE_BAD_IDENTITY, G_TLS_CERTIFICATE_NOT_ACTIVATED, G_TLS_CERTIFICATE_EXPIRED,
    G_TLS_CERTIFICATE_REVOKED, G_TLS_CERTIFICATE_INSECURE, G_TLS_CERTIFICATE_GENERIC_ERROR,
  };
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (pd_test_call_get_ca (), PD_TEST_HERE, -1, 2);
  g_autoptr (GHashTable)      messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    g_autoptr (GError) error = pd_trouble_from_certificate ("h", certificate, flags[i]);

    g_assert_error (error, PD_ERROR, PD_ERROR_TLS);
    g_assert_null (strstr (error->message, "h: . "));
    g_hash_table_add (messages, g_strdup (error->message));
  }
  g_assert_cmpuint (g_hash_table_size (messages), ==, G_N_ELEMENTS (flags));
}

static void
test_practice (void)
{
  g_autoptr (PdTestCa)        ca = pd_test_ca_new ("Practice");
  g_autoptr (GTlsCertificate) certificate = pd_test_ca_issue (ca, PD_TEST_HERE, -1, 2);
  g_autoptr (PdTestCall)      call = pd_test_call_new (certificate, serve_ok, NULL, NULL);
  g_autoptr (GError)          error = NULL;
  g_autoptr (PdRequest)       request = pd_request_new_get_session (PD_ENVIRONMENT_PRACTICE, pd_test_call_get_key (), "SANDBOX-A");
  g_autoptr (PdResponse)      response = NULL;

  pd_endpoints_set_practice (call->endpoints, pd_test_server_get_base (call->server), pd_test_ca_get_pem (ca));
  response = pd_test_call_send (call, request, NULL, &error);
  g_assert_no_error (error);
  /* What vouches for practice vouches for nothing else. */
  g_assert_null (pd_test_call_get (call, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TLS);
}

/* A real OpenSSL server that speaks nothing newer. */
static void
assert_version (const char *option,
                gboolean    good)
{
  g_autofree char             *dir = g_dir_make_tmp ("pd-tls-XXXXXX", NULL);
  g_autofree char             *path = g_build_filename (dir, "server.pem", NULL);
  g_autoptr (GTlsCertificate)  certificate = pd_test_ca_issue (pd_test_call_get_ca (), PD_TEST_HERE, -1, 2);
  g_autoptr (GError)           error = NULL;
  g_autoptr (GSubprocess)      process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char             *pem = NULL;
  g_autofree char             *key = NULL;
  g_autofree char             *both = NULL;
  guint                        port = 0;
  g_autofree char             *text = NULL;
  PdTestCall                   call = { NULL };
  g_autoptr (PdRequest)        request = pd_request_new_get_session (PD_ENVIRONMENT_SANDBOX, pd_test_call_get_key (), "SANDBOX-A");
  g_autoptr (GAsyncResult)     result = NULL;
  g_autoptr (PdResponse)       response = NULL;

  g_object_get (certificate, "certificate-pem", &pem, "private-key-pem", &key, NULL);
  both = g_strconcat (pem, key, NULL);
  g_file_set_contents (path, both, -1, NULL);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                              "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", path, "-cipher", "ALL:@SECLEVEL=0", "-www", option, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  while (port == 0) {
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

    if (line == NULL)
      break;
    if (g_str_has_prefix (line, "ACCEPT "))
      port = (guint) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
  }
  if (port == 0) {
    g_test_skip ("openssl s_server cannot speak that version here");
  } else {
    text = g_strdup_printf ("{\"ca\":\"%s\",\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:%u\"}}", pd_test_ca_get_path (pd_test_call_get_ca ()), port);
    call.endpoints = pd_endpoints_new_from_json (text, -1, NULL);
    call.client = pd_client_new (call.endpoints);
    pd_client_send_async (call.client, request, NULL, pd_test_keep, &result);
    pd_test_wait (&result);
    response = pd_client_send_finish (call.client, result, &error);
    if (good) {
      g_assert_no_error (error);
    } else {
      g_assert_error (error, PD_ERROR, PD_ERROR_TLS);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "TLS 1.2"));
    }
    g_object_unref (call.client);
    g_object_unref (call.endpoints);
  }
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
  g_remove (path);
  g_rmdir (dir);
}

static void
test_versions (void)
{
  assert_version ("-tls1_3", TRUE);
  assert_version ("-tls1_2", TRUE);
}

static void
test_old_versions (void)
{
  assert_version ("-tls1_1", FALSE);
  assert_version ("-tls1", FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* A computer whose policy allows what is out of date: the client has to refuse by itself. */
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:+VERS-TLS-ALL:%COMPAT", TRUE);
  g_test_add_func ("/client-tls/good", test_good);
  g_test_add_func ("/client-tls/expired", test_expired);
  g_test_add_func ("/client-tls/not-yet-valid", test_not_yet);
  g_test_add_func ("/client-tls/self-signed", test_self_signed);
  g_test_add_func ("/client-tls/wrong-host", test_wrong_host);
  g_test_add_func ("/client-tls/unknown-issuer", test_unknown_issuer);
  g_test_add_func ("/client-tls/impostor", test_impostor);
  g_test_add_func ("/client-tls/several-faults", test_several_faults);
  g_test_add_func ("/client-tls/hostile-names", test_hostile_names);
  g_test_add_func ("/client-tls/each-fault-is-named", test_each_fault_is_named);
  g_test_add_func ("/client-tls/practice", test_practice);
  g_test_add_func ("/client-tls/versions/served", test_versions);
  g_test_add_func ("/client-tls/versions/refused", test_old_versions);
  return g_test_run ();
}
