/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-error.h"
#include "pd-notification-certificate.h"
#include "pd-practice-receiver.h"
#include "pd-practice-sender.h"
#include "pd-test-server.h"
#include "pd-test-util.h"

#define SELLER "A1EXAMPLESELLER"

/* One key for the whole program: it takes its time. */
static PdPracticeNotifier *
get_notifier (void)
{
  static PdPracticeNotifier *notifier;

  if (notifier == NULL)
    notifier = pd_practice_notifier_new (NULL);
  g_assert_nonnull (notifier);
  return notifier;
}

static PdPracticeReceiver *
start_receiver (void)
{
  PdPracticeReceiver *receiver = pd_practice_receiver_new (get_notifier ());
  g_autoptr (GError)  error = NULL;

  pd_practice_receiver_set_merchant_id (receiver, SELLER);
  g_assert_true (pd_practice_receiver_start (receiver, &error));
  g_assert_no_error (error);
  return receiver;
}

static PdPracticeAnswer *
send_notice (const char             *url,
             const PdPracticeNotice *notice,
             guint                   timeout_ms,
             GCancellable           *cancellable,
             GError                **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_practice_sender_send_async (url, notice, timeout_ms, cancellable, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_practice_sender_send_finish (result, error);
}

static PdPracticeNotice *
make (const char *id)
{
  return pd_practice_notifier_make (get_notifier (), pd_practice_sample_lookup (id), SELLER);
}

static PdPracticeArrival *
get_arrival (PdPracticeReceiver *receiver,
             guint               position)
{
  PdPracticeArrival *arrival = g_list_model_get_item (G_LIST_MODEL (receiver), position);

  g_assert_nonnull (arrival);
  g_object_unref (arrival); /* the list keeps it */
  return arrival;
}

static guint
count (PdPracticeReceiver *receiver)
{
  return g_list_model_get_n_items (G_LIST_MODEL (receiver));
}

/* Each sample is what it says: genuine, explained to the last member, or refused for its own reason. */
static void
test_samples (void)
{
  GBytes                 *certificate = pd_practice_notifier_get_certificate (get_notifier ());
  guint                   n_samples;
  const PdPracticeSample *samples = pd_practice_samples (&n_samples);

  g_assert_true (pd_notification_certificate_is_practice (certificate));
  g_assert_true (pd_notification_url_is_trusted (pd_practice_notifier_get_certificate_url (get_notifier ())));
  for (guint i = 0; i < n_samples; i++) {
    g_autoptr (PdPracticeNotice) notice = pd_practice_notifier_make (get_notifier (), &samples[i], SELLER);
    g_autofree char             *text = pd_practice_notice_to_text (notice);
    g_autoptr (PdNotification)   notification = pd_notification_new (text, strlen (text));
    GPtrArray                   *members = pd_notification_get_members (notification);

    g_test_message ("%s", samples[i].id);
    pd_notification_verify (notification, g_bytes_get_data (certificate, NULL), g_bytes_get_size (certificate));
    g_assert_cmpstr (pd_notification_fault_to_id (pd_notification_match_merchant (notification, SELLER)), ==, samples[i].fault);
    if (samples[i].fault != NULL)
      continue;
    g_assert_nonnull (pd_notification_get_sense (notification));
    g_assert_cmpstr (pd_notification_get_generation (notification), ==,
                     samples[i].notification_type == NULL ? NULL : samples[i].data != NULL ? "legacy" : "v2");
    for (guint j = 0; members != NULL && j < members->len; j++)
      g_assert_nonnull (((PdNotificationMember *) g_ptr_array_index (members, j))->meaning);
  }
}

/* What could not be read is a bad request, and what is not genuine forbidden. */
static guint
choose_status (const char *fault)
{
  static const char *const unreadable[] = { "syntax", "member", "type", NULL };

  if (fault == NULL)
    return 200;
  return g_strv_contains (unreadable, fault) ? 400 : 403;
}

/* What is sent arrives, the newest first, and is answered as a good receiver would. */
static void
test_arrivals (void)
{
  g_autoptr (PdPracticeReceiver) receiver = start_receiver ();
  guint                          n_samples;
  const PdPracticeSample        *samples = pd_practice_samples (&n_samples);

  g_assert_true (g_str_has_prefix (pd_practice_receiver_get_url (receiver), "http://127.0.0.1:"));
  for (guint i = 0; i < n_samples; i++) {
    g_autoptr (PdPracticeNotice) notice = pd_practice_notifier_make (get_notifier (), &samples[i], SELLER);
    g_autoptr (GError)           error = NULL;
    g_autoptr (PdPracticeAnswer) answer = send_notice (pd_practice_receiver_get_url (receiver), notice, 10000, NULL, &error);
    PdPracticeArrival           *arrival;

    g_test_message ("%s", samples[i].id);
    g_assert_no_error (error);
    g_assert_cmpuint (count (receiver), ==, i + 1);
    arrival = get_arrival (receiver, 0);
    g_assert_cmpstr (pd_practice_arrival_get_notice (arrival)->body, ==, notice->body);
    g_assert_cmpstr (pd_notification_fault_to_id (pd_practice_arrival_get_fault (arrival)), ==, samples[i].fault);
    g_assert_cmpuint (answer->status, ==, pd_practice_arrival_get_status (arrival));
    g_assert_cmpuint (answer->status, ==, choose_status (samples[i].fault));
    g_assert_cmpint (pd_practice_arrival_get_notice (arrival)->is_bad, ==, samples[i].fault != NULL);
    g_assert_false (pd_practice_arrival_is_repeat (arrival));
  }
}

/* The same one once more is known by its MessageId, whoever sends it; it is answered 200, as Amazon would only go on. */
static void
test_repeated (void)
{
  g_autoptr (PdPracticeReceiver) receiver = start_receiver ();
  g_autoptr (PdPracticeNotice)   notice = make ("refund");

  for (guint i = 0; i < 3; i++) {
    g_autoptr (PdPracticeAnswer) answer = send_notice (pd_practice_receiver_get_url (receiver), notice, 10000, NULL, NULL);

    g_assert_cmpuint (answer->status, ==, 200);
    g_assert_cmpint (pd_practice_arrival_is_repeat (get_arrival (receiver, 0)), ==, i > 0);
  }
  pd_practice_receiver_clear (receiver);
  g_assert_cmpuint (count (receiver), ==, 0);
}

static void
test_stopped (void)
{
  g_autoptr (PdPracticeReceiver) receiver = start_receiver ();
  g_autofree char               *url = g_strdup (pd_practice_receiver_get_url (receiver));
  g_autoptr (PdPracticeNotice)   notice = make ("charge");
  g_autoptr (GError)             error = NULL;

  pd_practice_receiver_stop (receiver);
  pd_practice_receiver_stop (receiver);
  g_assert_false (pd_practice_receiver_is_running (receiver));
  g_assert_null (pd_practice_receiver_get_url (receiver));
  g_assert_null (send_notice (url, notice, 10000, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_OFFLINE);
  g_assert_true (pd_practice_receiver_start (receiver, NULL));
}

/* A sender that says what it likes. */
typedef struct {
  const char *head;
  gsize       length;
  gboolean    endless;  /* the letter a, for as long as it is taken */
  guint       pause_ms; /* between the bytes of the head */
  const char *answer;   /* how the answer begins, or NULL: none has to come */
} Sender;

typedef struct {
  guint16       port;
  const Sender *sender;
  char          answer[32];
  gboolean      closed;
  gint          done;
} Talk;

static gpointer
talk (gpointer data)
{
  Talk                        *self = data;
  const Sender                *sender = self->sender;
  g_autoptr (GSocketClient)    client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
  GOutputStream               *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream                *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  static const char            filler[65536] = { 'a', 'a', 'a', 'a' };
  gsize                        length = sender->length > 0 ? sender->length : strlen (sender->head);
  gboolean                     good = TRUE;
  gsize                        n = 0;

  for (gsize i = 0; sender->pause_ms > 0 && good && i < length; i++) {
    good = g_output_stream_write_all (out, sender->head + i, 1, NULL, NULL, NULL);
    g_usleep (sender->pause_ms * 1000);
  }
  if (sender->pause_ms == 0)
    good = g_output_stream_write_all (out, sender->head, length, NULL, NULL, NULL);
  for (guint i = 0; sender->endless && good && i < 4096; i++)
    good = g_output_stream_write_all (out, filler, sizeof filler, NULL, NULL, NULL);
  self->closed = !good;
  g_input_stream_read_all (in, self->answer, sizeof self->answer - 1, &n, NULL, NULL);
  g_atomic_int_set (&self->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
is_done (gpointer data)
{
  return g_atomic_int_get (&((Talk *) data)->done) != 0;
}

#define POST "POST /notifications HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"

static const char nul_body[] = POST "Content-Length: 3\r\n\r\n{\0}";

/* Slow, endless, garbage, half: each ends by itself, and nothing of it counts as a notification. */
static void
test_hostile (void)
{
  static const Sender senders[] = {
    { "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n", 0, FALSE, 0, NULL },
    { "GET /notifications HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 0, FALSE, 0, "HTTP/1.1 405" },
    { "POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", 0, FALSE, 0, "HTTP/1.1 404" },
    { POST "Content-Length: 2\r\n\r\n{}", 0, FALSE, 0, "HTTP/1.1 400" },
    { POST "Content-Length: 2\r\n\r\n\xff\xfe", 0, FALSE, 0, "HTTP/1.1 400" },
    { nul_body, sizeof nul_body - 1, FALSE, 0, "HTTP/1.1 400" },
    { POST "Content-Length: 100000000000\r\n\r\n", 0, TRUE, 0, NULL },
    { POST "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n", 0, TRUE, 0, NULL },
    { POST "X-A: ", 0, TRUE, 0, NULL },
    { POST "Content-Length: 9\r\n\r\n{\"Type\":", 0, FALSE, 0, NULL },
    { POST "Content-Length: 2000\r\n\r\n{\"Type\":\"Notification\",\"Message\":\"", 0, FALSE, 40, NULL },
    { "POST /notifications HTTP/1.1\r\nHost: slow.example.jp\r\nX-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0, FALSE, 40, NULL },
  };
  g_autoptr (PdPracticeReceiver) receiver = pd_practice_receiver_new (get_notifier ());
  g_autoptr (PdPracticeNotice)   notice = make ("charge");
  g_autoptr (PdPracticeAnswer)   answer = NULL;
  Talk                           talks[G_N_ELEMENTS (senders)] = { 0 };
  GThread                       *threads[G_N_ELEMENTS (senders)];
  guint16                        port;

  pd_practice_receiver_set_lifetimes (receiver, 1500, 600000);
  g_assert_true (pd_practice_receiver_start (receiver, NULL));
  port = (guint16) atoi (strrchr (pd_practice_receiver_get_url (receiver), ':') + 1);
  for (guint i = 0; i < G_N_ELEMENTS (senders); i++) {
    talks[i].port = port;
    talks[i].sender = &senders[i];
    threads[i] = g_thread_new ("sender", talk, &talks[i]);
  }
  /* A good one gets through beside them. */
  answer = send_notice (pd_practice_receiver_get_url (receiver), notice, 60000, NULL, NULL);
  g_assert_cmpuint (answer->status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (senders); i++) {
    pd_test_until (is_done, &talks[i]);
    g_thread_join (threads[i]);
    g_test_message ("%u: %s", i, talks[i].answer);
    if (senders[i].answer != NULL)
      g_assert_true (g_str_has_prefix (talks[i].answer, senders[i].answer));
    if (senders[i].endless)
      g_assert_true (talks[i].closed);
    g_assert_false (g_str_has_prefix (talks[i].answer, "HTTP/1.1 200"));
  }
  g_assert_cmpuint (count (receiver), ==, 4);
  for (guint i = 0; i < count (receiver); i++) {
    PdPracticeArrival *arrival = get_arrival (receiver, i);

    g_assert_true (g_utf8_validate (pd_practice_arrival_get_notice (arrival)->body, -1, NULL));
    g_assert_cmpint (pd_practice_arrival_get_fault (arrival) == PD_NOTIFICATION_FINE, ==,
                     g_str_equal (pd_practice_arrival_get_notice (arrival)->body, notice->body));
  }
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint            n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Silent callers do not keep others out for long, only so many are let in at a time, and stopping does not wait for them. */
static void
test_crowd (void)
{
  guint                          n_before = count_open_files ();
  g_autoptr (PdPracticeReceiver) receiver = pd_practice_receiver_new (get_notifier ());
  g_autoptr (GPtrArray)          crowd = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketClient)      client = g_socket_client_new ();
  g_autoptr (PdPracticeNotice)   notice = make ("charge");
  g_autoptr (PdPracticeAnswer)   answer = NULL;
  guint16                        port;

  pd_practice_receiver_set_lifetimes (receiver, 500, 600000);
  g_assert_true (pd_practice_receiver_start (receiver, NULL));
  port = (guint16) atoi (strrchr (pd_practice_receiver_get_url (receiver), ':') + 1);
  for (guint i = 0; i < 100; i++) {
    GSocketConnection *connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

    g_assert_nonnull (connection);
    g_ptr_array_add (crowd, connection);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  /* a hundred of the callers', 64 of the receiver's, and a few of the program's own */
  g_assert_cmpuint (count_open_files (), <=, n_before + 100 + 64 + 12);
  answer = send_notice (pd_practice_receiver_get_url (receiver), notice, 60000, NULL, NULL);
  g_assert_cmpuint (answer->status, ==, 200);
  pd_practice_receiver_stop (receiver);
  for (guint i = 0; i < crowd->len; i++) {
    GSocket *socket = g_socket_connection_get_socket (g_ptr_array_index (crowd, i));
    char     byte;

    /* Closed, or broken off: nothing is waited for. */
    g_socket_set_timeout (socket, 60);
    g_assert_cmpint (g_socket_receive (socket, &byte, 1, NULL, NULL), <=, 0);
  }
}

/* Whether somebody listens at the port of an address that others reach: /proc/net/tcp and tcp6, state 0A. */
static guint
count_listeners (guint16   port,
                 gboolean  v6,
                 gboolean *is_open)
{
  g_autofree char *table = NULL;
  g_auto (GStrv)   lines = NULL;
  g_autofree char *wanted = g_strdup_printf (":%04X", port);
  guint            n = 0;

  if (!g_file_get_contents (v6 ? "/proc/net/tcp6" : "/proc/net/tcp", &table, NULL, NULL))
    return 0;
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) columns = g_strsplit (g_strstrip (lines[i]), " ", 5);

    if (g_strv_length (columns) < 5 || !g_str_has_suffix (columns[1], wanted) || !g_str_equal (columns[3], "0A"))
      continue;
    n++;
    if (!g_str_has_prefix (columns[1], v6 ? "00000000000000000000000001000000:" : "0100007F:"))
      *is_open = TRUE;
  }
  return n;
}

/* No other computer reaches it, and nobody can know its port beforehand. */
static void
test_loopback_only (void)
{
  g_autoptr (PdPracticeReceiver) receiver = start_receiver ();
  g_autoptr (PdPracticeReceiver) other = start_receiver ();
  guint16                        port = (guint16) atoi (strrchr (pd_practice_receiver_get_url (receiver), ':') + 1);
  gboolean                       is_open = FALSE;

  g_assert_cmpuint (count_listeners (port, FALSE, &is_open), ==, 1);
  count_listeners (port, TRUE, &is_open);
  g_assert_false (is_open);
  g_assert_cmpstr (pd_practice_receiver_get_url (receiver), !=, pd_practice_receiver_get_url (other));
}

/* What is as long as may be is taken, and not a byte more. */
static void
test_body_sizes (void)
{
  static const struct { gsize length; guint status; } rows[] = {
    { 256 * 1024, 200 }, { PD_PRACTICE_RECEIVER_MAX_BODY, 400 /* with its headers it is too long for a notification */ },
    { PD_PRACTICE_RECEIVER_MAX_BODY + 1, 413 }, { 2 * PD_PRACTICE_RECEIVER_MAX_BODY, 413 },
  };
  g_autoptr (PdPracticeReceiver) receiver = start_receiver ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdPracticeNotice) notice = make ("charge");
    g_autoptr (PdPracticeAnswer) answer = NULL;
    g_autofree char             *filler = g_strnfill (rows[i].length - strlen (notice->body), ' ');
    char                        *body = g_strconcat (notice->body, filler, NULL);

    g_free (notice->body);
    notice->body = body;
    answer = send_notice (pd_practice_receiver_get_url (receiver), notice, 60000, NULL, NULL);
    g_test_message ("%u bytes", (guint) rows[i].length);
    g_assert_cmpuint (answer->status, ==, rows[i].status);
    g_assert_cmpuint (count (receiver), ==, MIN (i + 1, 2));
  }
}

static gboolean
has_stopped (gpointer data)
{
  return !pd_practice_receiver_is_running (data);
}

/* It is not left running: after its time it closes by itself. */
static void
test_run_time (void)
{
  g_autoptr (PdPracticeReceiver) receiver = pd_practice_receiver_new (get_notifier ());

  pd_practice_receiver_set_lifetimes (receiver, 15000, 50);
  for (guint i = 0; i < 2; i++) {
    g_assert_true (pd_practice_receiver_start (receiver, NULL));
    pd_test_until (has_stopped, receiver);
    g_assert_null (pd_practice_receiver_get_url (receiver));
  }
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *n)
{
  g_assert_cmpuint (position + removed, <=, *n);
  *n = *n - removed + added;
}

/* Only so many are kept, and after so many it ends. */
static void
test_limits (void)
{
  g_autoptr (PdPracticeReceiver) receiver = start_receiver ();
  g_autoptr (PdPracticeNotice)   notice = make ("charge");
  guint                          n = 0;

  g_signal_connect (receiver, "items-changed", G_CALLBACK (on_items_changed), &n);

  for (guint i = 0; i < PD_PRACTICE_RECEIVER_MAX_REQUESTS; i++) {
    g_autoptr (PdPracticeAnswer) answer = send_notice (pd_practice_receiver_get_url (receiver), notice, 60000, NULL, NULL);

    g_assert_nonnull (answer);
    g_assert_cmpuint (count (receiver), ==, MIN (i + 1, PD_PRACTICE_RECEIVER_MAX_ARRIVALS));
    g_assert_cmpuint (n, ==, count (receiver));
  }
  pd_test_until (has_stopped, receiver);
  g_assert_cmpuint (count (receiver), ==, PD_PRACTICE_RECEIVER_MAX_ARRIVALS);
}

/* No other computer is ever sent anything, whatever the address looks like. */
static void
test_other_addresses (void)
{
  static const char *const urls[] = {
    "http://example.jp/", "https://192.0.2.1/", "http://127.0.0.1.example.jp/", "http://127.0.0.1@example.jp/", "http://user@127.0.0.1/",
    "http://[::ffff:192.0.2.1]/", "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1:80", "http://", "", "http://0.0.0.0/", "http://10.0.0.1/",
    "http://localhost.example.jp/", "http://2130706433/",
  };
  g_autoptr (PdPracticeNotice) notice = make ("charge");

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", urls[i]);
    g_assert_null (send_notice (urls[i], notice, 1000, NULL, &error));
    g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  }
}

static void
answer_with (PdTestServer  *server,
             GOutputStream *out,
             guint          n,
             gpointer       user_data)
{
  const char *text = user_data;

  if (text == NULL) {
    pd_test_server_pause (server, 0);
    return;
  }
  pd_test_server_say (server, out, "%s", text);
  while (g_str_has_suffix (text, "endless") && pd_test_server_say (server, out, "%s", text))
    ;
}

/* How somebody else's receiver answers is shown as it is, and one that does not answer is no one's undoing. */
static void
test_answers (void)
{
  static const struct {
    const char *says;
    guint       status;
    const char *text;
    int         code;
  } rows[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", 0 },
    { "HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\n\x1b[1m", 500, "\xef\xbf\xbd[1m", 0 },
    { "HTTP/1.1 302 Found\r\nLocation: http://example.jp/\r\nContent-Length: 0\r\n\r\n", 302, "", 0 },
    { "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", 401, "", 0 },
    { "garbage\r\n\r\n", 0, NULL, PD_ERROR_GARBAGE },
    { "", 0, NULL, PD_ERROR_GARBAGE },
    { "HTTP/1.1 200 OK\r\n\r\nendless", 0, NULL, PD_ERROR_TOO_LARGE },
    { NULL, 0, NULL, PD_ERROR_TIMEOUT },
  };
  g_autoptr (PdPracticeNotice) notice = make ("charge");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PdTestServer                *server = pd_test_server_new (NULL, answer_with, (gpointer) rows[i].says);
    g_autofree char             *url = g_strdup_printf ("http://localhost:%u/hook", pd_test_server_get_port (server));
    g_autoptr (GError)           error = NULL;
    g_autoptr (PdPracticeAnswer) answer = send_notice (url, notice, rows[i].says == NULL ? 300 : 60000, NULL, &error);

    g_test_message ("%u: %s", i, error != NULL ? error->message : answer->text);
    if (rows[i].status > 0) {
      g_autofree char *kind = pd_test_server_dup_header (server, 0, "x-amz-sns-message-type");

      g_assert_no_error (error);
      g_assert_cmpuint (answer->status, ==, rows[i].status);
      g_assert_cmpstr (answer->text, ==, rows[i].text);
      g_assert_cmpstr (kind, ==, "Notification");
      g_assert_cmpuint (pd_test_server_get_n_requests (server), ==, 1);
    } else {
      g_assert_error (error, PD_ERROR, rows[i].code);
    }
    pd_test_server_free (server);
  }
}

static gboolean
cancel_soon (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  PdTestServer                *server = pd_test_server_new (NULL, answer_with, NULL);
  g_autofree char             *url = g_strdup_printf ("http://127.0.0.1:%u/", pd_test_server_get_port (server));
  g_autoptr (PdPracticeNotice) notice = make ("charge");
  g_autoptr (GCancellable)     cancellable = g_cancellable_new ();
  g_autoptr (GError)           error = NULL;

  g_timeout_add (50, cancel_soon, cancellable);
  g_assert_null (send_notice (url, notice, 60000, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  pd_test_server_free (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice-receiver/samples", test_samples);
  g_test_add_func ("/practice-receiver/arrivals", test_arrivals);
  g_test_add_func ("/practice-receiver/repeated", test_repeated);
  g_test_add_func ("/practice-receiver/stopped", test_stopped);
  g_test_add_func ("/practice-receiver/hostile", test_hostile);
  g_test_add_func ("/practice-receiver/crowd", test_crowd);
  g_test_add_func ("/practice-receiver/loopback-only", test_loopback_only);
  g_test_add_func ("/practice-receiver/body-sizes", test_body_sizes);
  g_test_add_func ("/practice-receiver/run-time", test_run_time);
  g_test_add_func ("/practice-receiver/limits", test_limits);
  g_test_add_func ("/practice-receiver/other-addresses", test_other_addresses);
  g_test_add_func ("/practice-receiver/answers", test_answers);
  g_test_add_func ("/practice-receiver/cancelled", test_cancelled);
  return g_test_run ();
}
