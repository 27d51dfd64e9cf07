/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <glib/gstdio.h>
#include <string.h>

#include "pd-endpoints.h"
#include "pd-error.h"
#include "pd-test-certificate.h"

static PdTestCa *ca;

static PdEndpoints *
parse (const char  *format,
       GError     **error)
{
  g_auto (GStrv)   parts = g_strsplit (format, "CA", -1);
  g_autofree char *text = g_strjoinv (pd_test_ca_get_path (ca), parts);

  return pd_endpoints_new_from_json (text, -1, error);
}

static void
test_amazon (void)
{
  static const struct { PdService service; const char *base; } rows[] = {
    { PD_SERVICE_PAY_V2, "https://pay-api.amazon.jp" },
    { PD_SERVICE_MWS, "https://mws.amazonservices.jp" },
    { PD_SERVICE_LOGIN, "https://api.amazon.co.jp" },
    { PD_SERVICE_AUTHORIZE, "https://apac.account.amazon.com" },
  };
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdEndpoints) endpoints = pd_endpoints_new (&error);

  g_assert_no_error (error);
  g_assert_false (pd_endpoints_is_rehearsal (endpoints));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpstr (pd_endpoints_get_base (endpoints, PD_ENVIRONMENT_SANDBOX, rows[i].service, NULL), ==, rows[i].base);
    g_assert_cmpstr (pd_endpoints_get_base (endpoints, PD_ENVIRONMENT_PRODUCTION, rows[i].service, NULL), ==, rows[i].base);
  }
  g_assert_null (pd_endpoints_get_base (endpoints, PD_ENVIRONMENT_PRACTICE, PD_SERVICE_PAY_V2, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  g_assert_null (pd_endpoints_get_database (endpoints, PD_ENVIRONMENT_PRODUCTION, NULL));
}

static gboolean
allows (PdEndpoints   *endpoints,
        PdEnvironment  environment,
        const char    *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return pd_endpoints_allows (endpoints, environment, uri);
}

static void
test_allows (void)
{
  g_autoptr (PdEndpoints) real = pd_endpoints_new (NULL);
  g_autoptr (PdEndpoints) rehearsal = parse ("{\"ca\":\"CA\",\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:4431\"},"
                                             "\"hosts\":{\"Shop.Example.JP\":\"127.0.0.1:4433\",\"日本.example\":\"[::1]:4434\"}}", NULL);

  g_assert_true (allows (real, PD_ENVIRONMENT_PRODUCTION, "https://pay-api.amazon.jp/v2/x"));
  g_assert_true (allows (real, PD_ENVIRONMENT_PRODUCTION, "https://shop.example.jp/"));
  g_assert_false (allows (real, PD_ENVIRONMENT_PRODUCTION, "http://pay-api.amazon.jp/v2/x"));
  g_assert_false (allows (real, PD_ENVIRONMENT_PRODUCTION, "ftp://pay-api.amazon.jp/"));
  g_assert_false (allows (real, PD_ENVIRONMENT_PRACTICE, "https://pay-api.amazon.jp/"));
  g_assert_false (allows (real, PD_ENVIRONMENT_PRACTICE, "https://shop.example.jp/"));
  pd_endpoints_set_practice (real, "https://127.0.0.1:4435", pd_test_ca_get_pem (ca));
  g_assert_true (allows (real, PD_ENVIRONMENT_PRACTICE, "https://127.0.0.1:4435/v2/x"));
  g_assert_false (allows (real, PD_ENVIRONMENT_PRACTICE, "https://127.0.0.1:4436/v2/x"));
  g_assert_false (allows (real, PD_ENVIRONMENT_PRACTICE, "https://127.0.0.1/v2/x"));

  g_assert_nonnull (rehearsal);
  g_assert_true (pd_endpoints_is_rehearsal (rehearsal));
  g_assert_true (allows (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://127.0.0.1:4431/"));
  g_assert_true (allows (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://shop.example.jp/"));
  g_assert_true (allows (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://SHOP.example.jp:8443/x"));
  g_assert_true (allows (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://日本.example/"));
  g_assert_false (allows (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://pay-api.amazon.jp/"));
  g_assert_false (allows (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://other.example.jp/"));
  g_assert_false (allows (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://127.0.0.1:4432/"));
  g_assert_false (allows (rehearsal, PD_ENVIRONMENT_PRODUCTION, "https://127.0.0.1:4431/"));
  g_assert_false (allows (rehearsal, PD_ENVIRONMENT_PRODUCTION, "https://pay-api.amazon.jp/"));
}

/* As TLS sees it the name, as connected to this computer. */
static void
assert_leads_to (PdEndpoints   *endpoints,
                 PdEnvironment  environment,
                 const char    *address,
                 const char    *name,
                 const char    *ip,
                 guint16        port)
{
  g_autoptr (GUri)                     uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnectable)       connectable = pd_endpoints_get_connectable (endpoints, environment, uri);
  g_autoptr (GSocketAddressEnumerator) enumerator = g_socket_connectable_proxy_enumerate (connectable);
  g_autoptr (GSocketAddress)           found = g_socket_address_enumerator_next (enumerator, NULL, NULL);
  g_autoptr (GSocketAddress)           second = g_socket_address_enumerator_next (enumerator, NULL, NULL);
  GInetAddress                        *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (found));
  g_autofree char                     *text = g_inet_address_to_string (inet);

  g_assert_cmpstr (g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)), ==, name);
  g_assert_cmpstr (text, ==, ip);
  g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found)), ==, port);
  g_assert_true (second == NULL || g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (second))));
}

static void
test_connectable (void)
{
  g_autoptr (PdEndpoints) real = pd_endpoints_new (NULL);
  g_autoptr (PdEndpoints) rehearsal = parse ("{\"ca\":\"CA\",\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:4431\"},"
                                             "\"production\":{\"pay-v2\":\"https://localhost\"},"
                                             "\"hosts\":{\"Shop.Example.JP\":\"127.1.2.3:4433\",\"six.example\":\"[::1]:4434\"}}", NULL);
  g_autoptr (GUri)        uri = g_uri_parse ("https://pay-api.amazon.jp/", G_URI_FLAGS_NONE, NULL);

  g_assert_null (pd_endpoints_get_connectable (real, PD_ENVIRONMENT_PRODUCTION, uri));
  assert_leads_to (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://shop.example.jp/x", "shop.example.jp", "127.1.2.3", 4433);
  assert_leads_to (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://six.example:99/x", "six.example", "::1", 4434);
  assert_leads_to (rehearsal, PD_ENVIRONMENT_SANDBOX, "https://127.0.0.1:4431/x", "127.0.0.1", "127.0.0.1", 4431);
  assert_leads_to (rehearsal, PD_ENVIRONMENT_PRODUCTION, "https://localhost/x", "localhost", "127.0.0.1", 443);
  pd_endpoints_set_practice (real, "https://127.0.0.1:4435", pd_test_ca_get_pem (ca));
  assert_leads_to (real, PD_ENVIRONMENT_PRACTICE, "https://127.0.0.1:4435/x", "127.0.0.1", "127.0.0.1", 4435);
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "", "{", "[]", "null", "\"x\"", "{\"ca\":\"CA\"}x", "{\"ca\":\"CA\",\"ca\":\"CA\"}",
    "{\"ca\":\"ca.pem\"}", "{\"ca\":\"/\"}", "{\"ca\":\"/dev/null\"}", "{\"ca\":\"CA.absent\"}", "{\"ca\":1}", "{\"ca\":null}",
    "{\"verify\":false}", "{\"live\":{}}", "{\"sandbox\":[]}", "{\"sandbox\":{\"pay\":\"https://127.0.0.1:1\"}}",
    "{\"sandbox\":{\"pay-v2\":1}}", "{\"sandbox\":{\"pay-v2\":null}}", "{\"sandbox\":{\"pay-v2\":\"\"}}",
    "{\"sandbox\":{\"pay-v2\":\"127.0.0.1:1\"}}", "{\"sandbox\":{\"pay-v2\":\"http://127.0.0.1:1\"}}",
    "{\"sandbox\":{\"pay-v2\":\"HTTPS://127.0.0.1:1\"}}", "{\"sandbox\":{\"pay-v2\":\" https://127.0.0.1:1\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:1/v2\"}}", "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:1?x\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:1#x\"}}", "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:0\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:65536\"}}", "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:x\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1@evil.example\"}}", "{\"sandbox\":{\"pay-v2\":\"https://u@127.0.0.1\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://evil.example\"}}", "{\"sandbox\":{\"pay-v2\":\"https://evil.example#127.0.0.1\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://evil.example\\\\@127.0.0.1\"}}", "{\"sandbox\":{\"pay-v2\":\"https://%31%32%37.0.0.1\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1.evil.example\"}}", "{\"sandbox\":{\"pay-v2\":\"https://localhost.evil.example\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1.\"}}", "{\"sandbox\":{\"pay-v2\":\"https://2130706433\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://0x7f.1\"}}", "{\"sandbox\":{\"pay-v2\":\"https://0.0.0.0\"}}", "{\"sandbox\":{\"pay-v2\":\"https://[::]\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://10.0.0.1\"}}", "{\"sandbox\":{\"pay-v2\":\"https://[::ffff:10.0.0.1]\"}}",
    "{\"sandbox\":{\"pay-v2\":\"https://128.0.0.1\"}}", "{\"sandbox\":{\"pay-v2\":\"https://１２７.0.0.1\"}}",
    "{\"production\":{\"mws\":\"https://127.0.0.1:1\",\"login\":\"https://evil.example\"}}",
    "{\"hosts\":[]}", "{\"hosts\":{\"a\":1}}", "{\"hosts\":{\"a\":\"\"}}", "{\"hosts\":{\"a\":\"10.0.0.1:1\"}}", "{\"hosts\":{\"a\":\"evil.example:1\"}}",
    "{\"hosts\":{\"a\":\"127.0.0.1:0\"}}", "{\"hosts\":{\"a\":\"127.0.0.1:x\"}}", "{\"hosts\":{\"a\":\"https://127.0.0.1:1\"}}",
    "{\"hosts\":{\"a\":\"evil.example@127.0.0.1:1\"}}", "{\"hosts\":{\"\":\"127.0.0.1:1\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError)      error = NULL;
    g_autoptr (PdEndpoints) endpoints = parse (rows[i], &error);

    g_test_message ("%s", rows[i]);
    g_assert_null (endpoints);
    g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
    g_assert_nonnull (strstr (error->message, "PAYDESK_ENDPOINTS"));
  }
}

static void
test_nothing_else (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdEndpoints) endpoints = parse ("{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:4431/\"}}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pd_endpoints_get_base (endpoints, PD_ENVIRONMENT_SANDBOX, PD_SERVICE_PAY_V2, NULL), ==, "https://127.0.0.1:4431");
  g_assert_null (pd_endpoints_get_base (endpoints, PD_ENVIRONMENT_SANDBOX, PD_SERVICE_AUTHORIZE, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_null (pd_endpoints_get_base (endpoints, PD_ENVIRONMENT_PRODUCTION, PD_SERVICE_PAY_V2, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
}

static void
test_environment (void)
{
  g_autofree char        *dir = g_dir_make_tmp ("pd-endpoints-XXXXXX", NULL);
  g_autofree char        *file = g_build_filename (dir, "endpoints.json", NULL);
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdEndpoints) endpoints = NULL;

  g_setenv ("PAYDESK_ENDPOINTS", file, TRUE);
  g_assert_null (pd_endpoints_new (&error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  g_clear_error (&error);
  g_setenv ("PAYDESK_ENDPOINTS", "/dev/zero", TRUE);
  g_assert_null (pd_endpoints_new (&error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  g_clear_error (&error);

  g_setenv ("PAYDESK_ENDPOINTS", file, TRUE);
  g_file_set_contents (file, "{\"sandbox\":{\"pay-v2\":\"https://127.0.0.1:4431\"}}", -1, NULL);
  endpoints = pd_endpoints_new (&error);
  g_assert_no_error (error);
  g_assert_true (pd_endpoints_is_rehearsal (endpoints));
  g_unsetenv ("PAYDESK_ENDPOINTS");
  g_remove (file);
  g_rmdir (dir);
}

static void
test_trust (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (PdEndpoints)  endpoints = parse ("{\"ca\":\"CA\"}", &error);
  g_autoptr (GTlsDatabase) file = NULL;
  g_autoptr (GTlsDatabase) practice = NULL;

  g_assert_no_error (error);
  pd_endpoints_set_practice (endpoints, "https://127.0.0.1:1", pd_test_ca_get_pem (ca));
  file = pd_endpoints_get_database (endpoints, PD_ENVIRONMENT_SANDBOX, &error);
  g_assert_no_error (error);
  practice = pd_endpoints_get_database (endpoints, PD_ENVIRONMENT_PRACTICE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
  g_assert_nonnull (practice);
  g_assert_true (file != practice);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_unsetenv ("PAYDESK_ENDPOINTS");
  g_test_init (&argc, &argv, NULL);
  ca = pd_test_ca_new ("A test's CA");
  g_test_add_func ("/endpoints/amazon", test_amazon);
  g_test_add_func ("/endpoints/allows", test_allows);
  g_test_add_func ("/endpoints/leads-to-this-computer", test_connectable);
  g_test_add_func ("/endpoints/refused", test_refused);
  g_test_add_func ("/endpoints/nothing-else", test_nothing_else);
  g_test_add_func ("/endpoints/environment-variable", test_environment);
  g_test_add_func ("/endpoints/trust", test_trust);
  status = g_test_run ();
  pd_test_ca_free (ca);
  return status;
}
