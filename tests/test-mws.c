/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "pd-mws-signer.h"
#include "pd-mws.h"
#include "pd-test-call.h"

#define SECRET "0123456789abcdefghijABCDEFGHIJ0123+/6789"

static PdMwsAnswer *
parse (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return pd_mws_answer_new (body);
}

/* `code` "": an answer that is no error. NULL: no answer of MWS. */
static void
test_answers (void)
{
  static const struct { const char *text; const char *code; const char *message; const char *request_id; } rows[] = {
    { "<ErrorResponse xmlns=\"http://mws.amazonservices.com/schema/OffAmazonPayments/2013-01-01\">\n  <Error><Type>Sender</Type><Code>InvalidOrderReferenceId</Code>"
      "<Message>a &amp; b</Message></Error>\n  <RequestId>r</RequestId></ErrorResponse>", "InvalidOrderReferenceId", "a & b", "r" },
    { "\n<?xml version=\"1.0\"?><m:ErrorResponse xmlns:m=\"x\"><m:Error><m:Code> AccessDenied </m:Code></m:Error><m:RequestID>r</m:RequestID></m:ErrorResponse>",
      "AccessDenied", NULL, "r" },
    { "<Error><Code>RequestThrottled</Code><Message><![CDATA[<x>]]></Message></Error>", "RequestThrottled", "<x>", NULL },
    { "<GetServiceStatusResponse xmlns=\"x\"><GetServiceStatusResult><Status>GREEN</Status></GetServiceStatusResult><ResponseMetadata><RequestId>r</RequestId>"
      "</ResponseMetadata></GetServiceStatusResponse>", "", NULL, "r" },
    { "", NULL, NULL, NULL },
    { "   ", NULL, NULL, NULL },
    { "{}", NULL, NULL, NULL },
    { "<html><body>x</body></html>", NULL, NULL, NULL },
    { "<ErrorResponse><Error><Code>A</Code></Error>", NULL, NULL, NULL },
    { "<ErrorResponse><Error><Code>A b</Code></Error></ErrorResponse>", NULL, NULL, NULL },
    { "<ErrorResponse><Code>A</Code></ErrorResponse>", NULL, NULL, NULL },
    { "<ErrorResponse><Error><Code>A</Code></Error></ErrorResponse><x/>", NULL, NULL, NULL },
    { "<!DOCTYPE ErrorResponse><ErrorResponse><Error><Code>A</Code></Error></ErrorResponse>", NULL, NULL, NULL },
    { "<!DOCTYPE e [<!ENTITY a \"A\">]><ErrorResponse><Error><Code>&a;</Code></Error></ErrorResponse>", NULL, NULL, NULL },
    { "<!DOCTYPE e [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><ErrorResponse><Error><Code>&a;</Code></Error></ErrorResponse>", NULL, NULL, NULL },
    { "<!DOCTYPE e [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
      "<ErrorResponse><Error><Code>A</Code><Message>&c;</Message></Error></ErrorResponse>", NULL, NULL, NULL },
    { "<ErrorResponse><Error><Code>&undefined;</Code></Error></ErrorResponse>", NULL, NULL, NULL },
    { "<ErrorResponse><x><Error><Code>A</Code></Error></x></ErrorResponse>", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdMwsAnswer) answer = parse (rows[i].text);

    g_test_message ("%s", rows[i].text);
    if (rows[i].code == NULL) {
      g_assert_null (answer);
      continue;
    }
    g_assert_nonnull (answer);
    g_assert_cmpstr (answer->code, ==, *rows[i].code != '\0' ? rows[i].code : NULL);
    g_assert_cmpstr (answer->message, ==, rows[i].message);
    g_assert_cmpstr (answer->request_id, ==, rows[i].request_id);
  }
}

/* A document nested without end is given up, not followed. */
static void
test_deep (void)
{
  g_autoptr (GString)     text = g_string_new (NULL);
  g_autoptr (PdMwsAnswer) answer = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "<a>");
  answer = parse (text->str);
  g_assert_null (answer);
}

/* The texts are cut, whatever their length. */
static void
test_long (void)
{
  g_autofree char        *filler = g_strnfill (500000, 'm');
  g_autofree char        *text = g_strdup_printf ("<Error><Code>AccessDenied</Code><Message>%s</Message></Error>", filler);
  g_autoptr (PdMwsAnswer) answer = parse (text);

  g_assert_nonnull (answer);
  g_assert_cmpuint (strlen (answer->message), <=, 4096);
}

static void
serve_busy (PdTestServer  *server,
            GOutputStream *out,
            guint          n,
            gpointer       data)
{
  /* The Timestamp counts seconds. */
  if (n == 0)
    pd_test_server_pause (server, 1100);
  pd_test_server_answer (server, out, n == 0 ? "503 X" : "429 X", "", "");
}

static char *
get_form (PdTestServer *server,
          guint         n,
          GHashTable  **form)
{
  g_autofree char *request = pd_test_server_dup_request (server, n);
  const char      *body = strstr (request, "\r\n\r\n") + 4;

  *form = soup_form_decode (body);
  return g_strdup (g_hash_table_lookup (*form, "Signature"));
}

/* Each attempt is signed anew over the host and port as written; of 500 and 503 alone there is another. */
static void
test_attempts (void)
{
  static const guint       delays[] = { 1, 1 };
  g_autoptr (PdTestCall)   call = pd_test_call_new (NULL, serve_busy, NULL, NULL);
  g_autoptr (PdSecretText) secret = pd_secret_text_new (SECRET);
  g_autoptr (PdSecretText) token = pd_secret_text_new ("amzn.mws.t+ /k");
  g_autoptr (PdRequest)    request = pd_mws_new_probe (PD_ENVIRONMENT_SANDBOX, "AKIA0123456789ABCDEF", secret, "A1", token);
  g_autoptr (PdResponse)   response = NULL;
  g_autoptr (GError)       error = NULL;
  char                    *stamps[2] = { NULL, NULL };

  pd_client_set_retry_delays (call->client, delays, G_N_ELEMENTS (delays));
  response = pd_test_call_send (call, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_response_get_status (response), ==, 429);
  g_assert_cmpuint (pd_test_server_get_n_requests (call->server), ==, 2);
  g_assert_null (pd_response_get_string_to_sign (response));
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GHashTable) form = NULL;
    g_autofree char       *sent = get_form (call->server, i, &form);
    g_autofree char       *string_to_sign = NULL;
    g_autofree char       *signature = NULL;

    g_hash_table_remove (form, "Signature");
    g_assert_cmpstr (g_hash_table_lookup (form, "MWSAuthToken"), ==, "amzn.mws.t+ /k");
    stamps[i] = g_strdup (g_hash_table_lookup (form, "Timestamp"));
    string_to_sign = pd_mws_signer_string_to_sign ("POST", pd_test_server_get_base (call->server) + strlen ("https://"),
                                                   "/OffAmazonPayments_Sandbox/2013-01-01", form);
    signature = pd_mws_signer_sign (secret, string_to_sign);
    g_assert_cmpstr (sent, ==, signature);
  }
  g_assert_cmpstr (stamps[0], !=, stamps[1]);
  g_free (stamps[0]);
  g_free (stamps[1]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mws/answers", test_answers);
  g_test_add_func ("/mws/deep", test_deep);
  g_test_add_func ("/mws/long", test_long);
  g_test_add_func ("/mws/attempts", test_attempts);
  return g_test_run ();
}
