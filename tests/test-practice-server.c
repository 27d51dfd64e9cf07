/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-practice-faults.h"
#include "practice-caller.h"

#define NO_SESSION "/v2/checkoutSessions/00000000-0000-0000-0000-000000000000"

typedef struct {
  PdPracticeServer *server;
  PracticeCaller    caller;
} Fixture;

static PdPracticeServer *
start_server (const char *fault)
{
  PdPracticeServer  *server = pd_practice_server_new ();
  g_autoptr (GError) error = NULL;

  pd_practice_server_set_fault (server, fault, &error);
  g_assert_no_error (error);
  pd_practice_server_start (server, 0, &error);
  g_assert_no_error (error);
  return server;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = start_server (data != NULL ? data : "none");
  practice_caller_init (&fixture->caller, fixture->server);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  practice_caller_clear (&fixture->caller);
  pd_practice_server_stop (fixture->server);
  g_assert_finalize_object (fixture->server);
}

/* What came back for a fault: of a signed GET, of a create call, and of the authorisation page. */
typedef struct {
  const char *fault;
  guint       get_status;
  const char *get_reason;
  guint       create_status;
  const char *create_reason;
  guint       authorize_status;
} FaultRow;

static const FaultRow fault_rows[] = {
  { "none", 404, "ResourceNotFound", 201, NULL, 302 },
  { "wrong-key", 403, "InvalidRequestSignature", 403, "InvalidRequestSignature", 302 },
  { "unknown-key-id", 400, "InvalidHeaderValue", 400, "InvalidHeaderValue", 302 },
  { "clock-ahead", 400, "InvalidHeaderValue", 400, "InvalidHeaderValue", 302 },
  { "unknown-store", 404, "ResourceNotFound", 400, "InvalidParameterValue", 400 },
  { "unauthorized", 401, "UnauthorizedAccess", 401, "UnauthorizedAccess", 302 },
  { "account-status", 403, "InvalidAccountStatus", 403, "InvalidAccountStatus", 302 },
  { "throttled", 429, "TooManyRequests", 429, "TooManyRequests", 429 },
  { "server-error", 500, "InternalServerError", 500, "InternalServerError", 500 },
  { "unavailable", 503, "ServiceUnavailable", 503, "ServiceUnavailable", 503 },
  { "garbage", 200, NULL, 200, NULL, 200 },
  { "html", 200, NULL, 200, NULL, 200 },
  { "redirect", 302, NULL, 302, NULL, 302 },
  { "huge", 200, NULL, 200, NULL, 200 },
};

static PracticeReply *
authorize (Fixture    *fixture,
           const char *client_id,
           const char *return_url,
           const char *more)
{
  g_autofree char *escaped = g_uri_escape_string (return_url, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/ap/oa?client_id=%s&redirect_uri=%s&state=s%s", client_id, escaped, more);

  return practice_plain_get (&fixture->caller, path);
}

static PracticeReply *
authorize_well (Fixture *fixture)
{
  return authorize (fixture, fixture->caller.store_id, pd_practice_server_get_return_urls (fixture->server)[0],
                    "&response_type=code&scope=profile");
}

static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (fault_rows); i++) {
    const FaultRow            *row = &fault_rows[i];
    g_autoptr (PracticeReply)  get = NULL;
    g_autoptr (PracticeReply)  create = NULL;
    g_autoptr (PracticeReply)  page = NULL;

    g_test_message ("%s", row->fault);
    g_assert_true (pd_practice_server_set_fault (fixture->server, row->fault, NULL));
    get = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
    create = practice_call_send (&fixture->caller, practice_call_create (&fixture->caller));
    page = authorize_well (fixture);
    g_assert_no_error (get->error);
    g_assert_cmpuint (get->status, ==, row->get_status);
    g_assert_cmpstr (get->reason_code, ==, row->get_reason);
    g_assert_cmpuint (create->status, ==, row->create_status);
    g_assert_cmpstr (create->reason_code, ==, row->create_reason);
    g_assert_cmpuint (page->status, ==, row->authorize_status);
    g_assert_nonnull (practice_reply_header (get, "x-amz-pay-request-id"));
    g_assert_nonnull (practice_reply_header (get, "date"));
  }
}

static void
test_fault_details (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (PracticeReply) wrong_key = NULL;
  g_autoptr (PracticeReply) unknown_store = NULL;
  g_autoptr (PracticeReply) garbage = NULL;
  g_autoptr (PracticeReply) html = NULL;
  g_autoptr (PracticeReply) redirect = NULL;
  g_autoptr (PracticeReply) huge = NULL;
  guint                     n_requests;

  /* The string that was signed is the string that is quoted: nothing but the key is to blame. */
  pd_practice_server_set_fault (fixture->server, "wrong-key", NULL);
  wrong_key = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_nonnull (strstr (wrong_key->message, wrong_key->string_to_sign));

  pd_practice_server_set_fault (fixture->server, "unknown-store", NULL);
  unknown_store = practice_call_send (&fixture->caller, practice_call_create (&fixture->caller));
  g_assert_nonnull (strstr (unknown_store->message, "'storeId'"));
  g_assert_null (practice_reply_header (unknown_store, "x-paydesk-registered"));

  pd_practice_server_set_fault (fixture->server, "garbage", NULL);
  garbage = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_null (pd_json_parse (garbage->body, -1, &pd_json_limits_answer, NULL));

  pd_practice_server_set_fault (fixture->server, "html", NULL);
  html = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_true (g_str_has_prefix (practice_reply_header (html, "content-type"), "text/html"));

  pd_practice_server_set_fault (fixture->server, "redirect", NULL);
  n_requests = pd_practice_server_get_n_requests (fixture->server);
  redirect = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_true (g_str_has_suffix (practice_reply_header (redirect, "location"), "/elsewhere"));
  g_assert_cmpuint (pd_practice_server_get_n_requests (fixture->server), ==, n_requests + 1);

  pd_practice_server_set_fault (fixture->server, "huge", NULL);
  huge = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_cmpuint (strlen (huge->body), ==, 8 * 1024 * 1024);
}

/* Every row of "Manage errors", with its own status. */
static void
test_reasons (Fixture       *fixture,
              gconstpointer  data)
{
  const PdPracticeReason *reasons;
  guint                   n_reasons;

  reasons = pd_practice_reasons (&n_reasons);
  g_assert_cmpuint (n_reasons, ==, 42);
  for (guint i = 0; i < n_reasons; i++) {
    g_autofree char           *fault = g_strconcat ("reason:", reasons[i].code, NULL);
    g_autoptr (PracticeReply)  reply = NULL;

    g_assert_true (pd_practice_server_set_fault (fixture->server, fault, NULL));
    reply = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
    g_assert_cmpstr (reply->reason_code, ==, reasons[i].code);
    g_assert_cmpuint (reply->status, ==, reasons[i].status);
  }
}

static void
test_fault_names (void)
{
  static const char *const contract[] = {
    "none", "wrong-key", "unknown-key-id", "clock-ahead", "unknown-store", "unauthorized", "account-status", "throttled", "server-error",
    "unavailable", "slow", "garbage", "html", "cut", "redirect", "huge", "expired-certificate", "wrong-host",
  };
  g_autoptr (PdPracticeServer) server = pd_practice_server_new ();
  g_autoptr (GError)           error = NULL;

  /* Others may come behind. */
  for (guint i = 0; i < G_N_ELEMENTS (contract); i++)
    g_assert_cmpstr (pd_practice_faults ()[i], ==, contract[i]);
  g_assert_false (pd_practice_server_set_fault (server, "nonsense", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "wrong-host"));
  g_assert_false (pd_practice_server_set_fault (server, "reason:Nonsense", NULL));
}

static gint64
get_skew (PracticeReply *reply)
{
  g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (practice_reply_header (reply, "date"));

  g_assert_nonnull (date);
  return g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;
}

static void
test_clock (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (PracticeReply) right = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_autoptr (PracticeReply) ahead = NULL;

  g_assert_cmpint (ABS (get_skew (right)), <, 60);
  pd_practice_server_set_fault (fixture->server, "clock-ahead", NULL);
  ahead = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_cmpint (ABS (get_skew (ahead) + PD_PRACTICE_CLOCK_OFFSET), <, 60);
  g_assert_nonnull (strstr (ahead->message, "provided for x-amz-pay-date should not be in future"));
}

static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (PracticeReply) cut = NULL;
  g_autoptr (PracticeReply) after = NULL;

  pd_practice_server_set_fault (fixture->server, "cut", NULL);
  cut = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_nonnull (cut->error);
  pd_practice_server_set_fault (fixture->server, "none", NULL);
  after = practice_call_send (&fixture->caller, practice_call_get (&fixture->caller, NO_SESSION));
  g_assert_cmpuint (after->status, ==, 404);
}

static gboolean
accept_any (SoupMessage          *message,
            GTlsCertificate      *certificate,
            GTlsCertificateFlags  errors,
            gpointer              data)
{
  *(GTlsCertificateFlags *) data = errors;
  return FALSE;
}

static GTlsCertificateFlags
get_tls_errors (PracticeCaller *caller)
{
  char                    *string = NULL;
  PracticeCall            *call = practice_call_get (caller, NO_SESSION);
  g_autoptr (SoupMessage)  message = practice_call_message (caller, call, &string);
  g_autoptr (GBytes)       body = NULL;
  GTlsCertificateFlags     errors = 0;

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_any), &errors);
  body = soup_session_send_and_read (caller->session, message, NULL, NULL);
  g_free (string);
  g_hash_table_unref (call->headers);
  g_free (call);
  return body == NULL ? errors : 0;
}

/* A certificate's fault strikes with the next connection. */
static void
test_certificates (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct {
    const char           *fault;
    GTlsCertificateFlags  errors;
  } rows[] = {
    { "none", 0 },
    { "expired-certificate", G_TLS_CERTIFICATE_EXPIRED },
    { "wrong-host", G_TLS_CERTIFICATE_BAD_IDENTITY },
    { "expires-soon", 0 },
    { "self-signed", G_TLS_CERTIFICATE_UNKNOWN_CA },
    { "missing-intermediate", G_TLS_CERTIFICATE_UNKNOWN_CA },
    { "none", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].fault);
    pd_practice_server_set_fault (fixture->server, rows[i].fault, NULL);
    g_assert_cmpint (get_tls_errors (&fixture->caller), ==, rows[i].errors);
  }
}

/* Another implementation's judgement of the very same certificates. */
static void
test_certificates_by_openssl (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GError)  error = NULL;
  g_autofree char    *openssl = g_find_program_in_path ("openssl");
  g_autofree char    *folder = pd_practice_server_write_files (fixture->server, &error);
  g_autofree char    *ca = g_build_filename (folder, "ca.pem", NULL);
  const char         *address = pd_practice_server_get_url (fixture->server) + strlen ("https://");
  static const struct {
    const char *option;
    const char *name;
    const char *said;
  } rows[] = {
    { "-verify_ip", "127.0.0.1", "Verification: OK" },
    { "-verify_ip", "::1", "Verification: OK" },
    { "-verify_hostname", "localhost", "Verification: OK" },
    { "-verify_hostname", "www.example.jp", "Verification: OK" }, /* the fixed merchant's pages */
    { "-verify_hostname", "www.example.com", "hostname mismatch" },
  };

  g_assert_no_error (error);
  if (openssl == NULL) {
    g_test_skip ("there is no openssl");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char      *argv[] = { openssl, "s_client", "-connect", address, "-CAfile", ca, "-x509_strict", rows[i].option, rows[i].name, NULL };
    g_autofree char *out = NULL;

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, NULL, &error);
    g_assert_no_error (error);
    if (strstr (out, rows[i].said) == NULL)
      g_error ("%s %s: %s", rows[i].option, rows[i].name, out);
  }
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError)     error = NULL;
  g_autofree char       *folder = pd_practice_server_write_files (fixture->server, &error);
  g_autofree char       *line = pd_practice_server_describe (fixture->server);
  g_autoptr (JsonNode)   node = pd_json_parse (line, -1, &pd_json_limits_answer, NULL);
  JsonObject            *object = json_node_get_object (node);
  const char            *key_path = pd_json_get_string (object, "private_key");
  g_autofree char       *pem = NULL;
  g_autofree char       *ours = pd_key_get_fingerprint (pd_practice_server_get_key (fixture->server));
  g_autofree char       *theirs = NULL;
  g_autoptr (PdKey)      key = NULL;
  gsize                  length;
  GStatBuf               info;

  g_assert_no_error (error);
  g_assert_null (strchr (line, '\n'));
  g_assert_cmpstr (pd_json_get_string (object, "url"), ==, pd_practice_server_get_url (fixture->server));
  g_assert_cmpstr (pd_json_get_string (object, "environment"), ==, "sandbox");
  g_assert_cmpstr (pd_json_get_string (object, "merchant_id"), ==, pd_practice_server_get_merchant_id (fixture->server));
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (key_path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (key_path, &pem, &length, NULL));
  key = pd_key_new_private (pem, length, &error);
  g_assert_no_error (error);
  theirs = pd_key_get_fingerprint (key);
  g_assert_cmpstr (theirs, ==, ours);

  pd_practice_server_stop (fixture->server);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_authorize (Fixture       *fixture,
                gconstpointer  data)
{
  const char               *store_id = fixture->caller.store_id;
  const char               *url = pd_practice_server_get_return_urls (fixture->server)[0];
  g_autoptr (PracticeReply) good = authorize_well (fixture);
  g_autoptr (PracticeReply) sign_in = NULL;
  g_autoptr (PracticeReply) longer = NULL;
  g_autoptr (PracticeReply) nobody = NULL;
  g_autoptr (PracticeReply) scope = NULL;
  g_autofree char          *slash = g_strconcat (url, "/", NULL);
  g_autofree char          *registered = g_strconcat ("return-urls=", url, NULL);
  g_autofree char          *back = g_strconcat (url, "?error=invalid_scope&state=s", NULL);
  const char               *location;

  location = practice_reply_header (good, "location");
  g_assert_cmpuint (good->status, ==, 302);
  g_assert_true (g_str_has_prefix (location, fixture->caller.url));
  sign_in = practice_plain_get (&fixture->caller, location + strlen (fixture->caller.url));
  g_assert_cmpuint (sign_in->status, ==, 200);

  /* Letter by letter: one slash more is another address. */
  longer = authorize (fixture, store_id, slash, "&response_type=code&scope=profile");
  g_assert_cmpuint (longer->status, ==, 400);
  g_assert_true (g_str_has_prefix (practice_reply_header (longer, "content-type"), "text/html"));
  g_assert_nonnull (strstr (longer->body, "The redirect URI you provided has not been whitelisted for your application"));
  g_assert_nonnull (strstr (longer->body, "Allowed Return URLs"));
  g_assert_nonnull (strstr (longer->body, "Amazon Seller Central App Console for Login with Amazon"));
  g_assert_nonnull (strstr (longer->body, slash));
  g_assert_cmpstr (practice_reply_header (longer, "x-paydesk-registered"), ==, registered);

  nobody = authorize (fixture, "amzn1.application-oa2-client.nobody", "https://nowhere.example/", "&response_type=code&scope=profile");
  g_assert_cmpuint (nobody->status, ==, 400);
  g_assert_null (strstr (nobody->body, "whitelisted"));
  g_assert_null (practice_reply_header (nobody, "x-paydesk-registered"));

  scope = authorize (fixture, store_id, url, "&response_type=code&scope=nonsense");
  g_assert_cmpuint (scope->status, ==, 302);
  g_assert_cmpstr (practice_reply_header (scope, "location"), ==, back);
}

/* One wrong digit in the client id: the page knows nobody by it, and the practice shop is told whom it must have meant. */
static void
test_authorize_slip (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char          *slip = g_strdup (fixture->caller.store_id);
  g_autofree char          *registered = g_strconcat ("client-id=", fixture->caller.store_id, NULL);
  gsize                     last = strlen (slip) - 1;
  g_autoptr (PracticeReply) by_url = NULL;
  g_autoptr (PracticeReply) by_look = NULL;

  slip[last] = slip[last] == '0' ? '8' : '0';
  by_url = authorize (fixture, slip, pd_practice_server_get_return_urls (fixture->server)[0], "&response_type=code&scope=profile");
  g_assert_cmpuint (by_url->status, ==, 400);
  g_assert_cmpstr (practice_reply_header (by_url, "x-paydesk-registered"), ==, registered);
  by_look = authorize (fixture, slip, "https://nowhere.example/", "&response_type=code&scope=profile");
  g_assert_cmpstr (practice_reply_header (by_look, "x-paydesk-registered"), ==, registered);
}

/* What a caller sends becomes neither markup nor a header. */
static void
test_authorize_hostile (Fixture       *fixture,
                        gconstpointer  data)
{
  const char               *url = pd_practice_server_get_return_urls (fixture->server)[0];
  g_autoptr (PracticeReply) markup = authorize (fixture, "%3Cscript%3E", "https://x.example/%22%3E<b>", "");
  g_autoptr (PracticeReply) header = authorize (fixture, fixture->caller.store_id, url, "%0D%0AX-Planted:%20yes&response_type=code&scope=bad");

  g_assert_cmpuint (markup->status, ==, 400);
  g_assert_null (strstr (markup->body, "<script>"));
  g_assert_null (strstr (markup->body, "<b>"));
  g_assert_cmpuint (header->status, ==, 302);
  g_assert_null (practice_reply_header (header, "x-planted"));
}

static void
test_port (void)
{
  PdPracticeServer            *first = start_server ("none");
  g_autoptr (PdPracticeServer) second = pd_practice_server_new ();
  g_autoptr (GError)           error = NULL;
  guint16                      port = (guint16) g_ascii_strtoull (strrchr (pd_practice_server_get_url (first), ':') + 1, NULL, 10);

  g_assert_false (pd_practice_server_start (second, port, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  pd_practice_server_stop (first);
  g_assert_finalize_object (first);
  /* Free again, and the same server may try again. */
  g_clear_error (&error);
  g_assert_true (pd_practice_server_start (second, port, &error));
  g_assert_no_error (error);
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pd_practice_server_start_finish (PD_PRACTICE_SERVER (source), result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (data);
}

static void
test_start_async (void)
{
  PdPracticeServer      *server = pd_practice_server_new ();
  g_autoptr (GMainLoop)  loop = g_main_loop_new (NULL, FALSE);

  pd_practice_server_start_async (server, 0, NULL, on_started, loop);
  g_main_loop_run (loop);
  g_assert_true (g_str_has_prefix (pd_practice_server_get_url (server), "https://127.0.0.1:"));
  while (g_main_context_iteration (NULL, FALSE)) {
    /* the task's own reference goes */
  }
  pd_practice_server_stop (server);
  g_object_unref (server);
}

#define N_THREADS 8
#define N_CALLS   6

static gpointer
call_often (gpointer data)
{
  g_auto (PracticeCaller) caller = { 0 };
  guint                   n_good = 0;

  practice_caller_init (&caller, data);
  for (guint i = 0; i < N_CALLS; i++) {
    g_autoptr (PracticeReply) reply = practice_call_send (&caller, practice_call_create (&caller));

    n_good += reply->status == 201;
  }
  return GUINT_TO_POINTER (n_good);
}

static void
test_side_by_side (Fixture       *fixture,
                   gconstpointer  data)
{
  GThread *threads[N_THREADS];
  guint    n_good = 0;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("caller", call_often, fixture->server);
  for (guint i = 0; i < N_THREADS; i++)
    n_good += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_assert_cmpuint (n_good, ==, N_THREADS * N_CALLS);
  g_assert_cmpuint (pd_practice_server_get_n_requests (fixture->server), ==, N_THREADS * N_CALLS);
}

/* More connections than the server keeps: those that say nothing do not lock out the rest for good. */
static void
test_many_connections (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GSocketClient)  client = g_socket_client_new ();
  g_autoptr (GPtrArray)      idle = g_ptr_array_new_with_free_func (g_object_unref);
  const char                *address = pd_practice_server_get_url (fixture->server) + strlen ("https://");
  g_autoptr (PracticeReply)  reply = NULL;

  for (guint i = 0; i < 64; i++) {
    g_autoptr (GError)  error = NULL;
    GSocketConnection  *connection = g_socket_client_connect_to_host (client, address, 0, NULL, &error);

    g_assert_no_error (error);
    g_ptr_array_add (idle, connection);
  }
  for (guint i = 0; i < 8; i++)
    g_io_stream_close (g_ptr_array_index (idle, i), NULL, NULL);
  reply = practice_call_send (&fixture->caller, practice_call_create (&fixture->caller));
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, 201);
}

static gpointer
call_once (gpointer data)
{
  g_auto (PracticeCaller) caller = { 0 };
  PracticeReply          *reply;

  practice_caller_init (&caller, data);
  reply = practice_call_send (&caller, practice_call_create (&caller));
  return reply;
}

/* Stopped while answers are held back: those who wait are let go at once. */
static void
test_stop_while_busy (void)
{
  PdPracticeServer *server = start_server ("slow");
  GThread          *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("caller", call_once, server);
  while (pd_practice_server_get_n_requests (server) < G_N_ELEMENTS (threads))
    g_usleep (1000);
  pd_practice_server_stop (server);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (PracticeReply) reply = g_thread_join (threads[i]);

    g_assert_nonnull (reply->error);
  }
  pd_practice_server_stop (server);
  g_assert_finalize_object (server);
}

/* Bytes that are no TLS, and TLS that is no HTTP: the next caller is served. */
static void
test_noise (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  const char                   *address = pd_practice_server_get_url (fixture->server) + strlen ("https://");
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, address, 0, NULL, NULL);
  g_autoptr (PracticeReply)     reply = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "GET / HTTP/1.1\r\n\r\n", 18, NULL, NULL, NULL);
  reply = practice_call_send (&fixture->caller, practice_call_create (&fixture->caller));
  g_assert_cmpuint (reply->status, ==, 201);
}

/* A shop enrolled while the server runs is known with the next call; enrolled anew, it is what it was enrolled as last. */
static void
test_enrol (Fixture       *fixture,
            gconstpointer  data)
{
  char                      *urls[] = { (char *) "https://www.lantern.example.jp/return", NULL };
  PdPracticeMerchant         merchant = { 0 };
  g_autoptr (PracticeReply)  before = NULL;
  g_autoptr (PracticeReply)  after = NULL;
  g_autoptr (PracticeReply)  again = NULL;

  merchant.merchant_id = (char *) "ALANTERN123456";
  merchant.store_id = (char *) "amzn1.application-oa2-client.lantern";
  merchant.return_urls = urls;
  before = authorize (fixture, merchant.store_id, urls[0], "&response_type=code&scope=profile");
  g_assert_cmpuint (before->status, ==, 400);
  pd_practice_server_enrol (fixture->server, &merchant);
  after = authorize (fixture, merchant.store_id, urls[0], "&response_type=code&scope=profile");
  g_assert_cmpuint (after->status, ==, 302);
  merchant.return_urls = NULL;
  pd_practice_server_enrol (fixture->server, &merchant);
  again = authorize (fixture, merchant.store_id, urls[0], "&response_type=code&scope=profile");
  g_assert_cmpuint (again->status, ==, 400);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/practice-server/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("faults/strike", test_faults);
  ADD ("faults/details", test_fault_details);
  ADD ("faults/reasons", test_reasons);
  g_test_add_func ("/practice-server/faults/names", test_fault_names);
  ADD ("faults/clock", test_clock);
  ADD ("faults/cut", test_cut);
  ADD ("certificates/flags", test_certificates);
  ADD ("certificates/openssl", test_certificates_by_openssl);
  ADD ("files", test_files);
  ADD ("authorize/return-urls", test_authorize);
  ADD ("authorize/slip-in-client-id", test_authorize_slip);
  ADD ("authorize/hostile", test_authorize_hostile);
  ADD ("enrol", test_enrol);
  g_test_add_func ("/practice-server/port", test_port);
  g_test_add_func ("/practice-server/start-async", test_start_async);
  ADD ("load/side-by-side", test_side_by_side);
  ADD ("load/many-connections", test_many_connections);
  ADD ("load/noise", test_noise);
  g_test_add_func ("/practice-server/stop-while-busy", test_stop_while_busy);
  return g_test_run ();
}
