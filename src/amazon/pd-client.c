/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-client.h"
#include "pd-error.h"
#include "pd-request-private.h"
#include "pd-trouble.h"

#define MAX_BODY    (1024 * 1024)
#define MAX_PAGE    (4 * 1024 * 1024) /* of a page; what is past MAX_BODY is thrown away */
#define CHUNK       (16 * 1024)
#define MAX_RETRIES 3

struct _PdClient
{
  GObject      parent_instance;
  PdEndpoints *endpoints;
  guint        total_ms;
  guint        idle_ms;
  guint        delays_ms[MAX_RETRIES];
  guint        mws_delays_ms[MAX_RETRIES];
  guint        n_delays;
};

G_DEFINE_FINAL_TYPE (PdClient, pd_client, G_TYPE_OBJECT)

/* One call, from the first attempt to the answer; the task's data. */
typedef struct {
  PdRequest            *request;
  char                 *url;
  GCancellable         *stop;    /* ends the attempt: the person's cancel, or a limit */
  GCancellable         *outer;
  gulong                outer_id;
  GSource              *total;
  GSource              *idle;
  guint                 idle_ms;
  GSource              *delay;
  const char           *limit;   /* which limit ended it, translated; or NULL */
  PdError               limit_code;
  SoupSession          *session;
  SoupMessage          *message;
  char                 *string_to_sign;
  GInputStream         *stream;
  GByteArray           *body;
  gsize                 received;
  guint                 attempts;
  gint64                ends;    /* monotonic: when the total time is up */
  gint64                started; /* monotonic, of the attempt */
  gint64                written; /* monotonic: when the whole request was written */
  GDateTime            *sent;
  gboolean              connected;
  GTlsCertificate      *certificate; /* the one that was refused */
  GTlsCertificateFlags  tls_errors;
} Call;

static const guint retried[] = { 408, 425, 429, 500, 502, 503, 504 };

/* The legacy service: its quotas are small, and its own programs repeat these alone. */
static const guint retried_mws[] = { 500, 503 };

static void start_attempt (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Whatever belongs to one attempt; its connection is closed. */
static void
end_attempt (Call *call)
{
  if (call->message != NULL)
    g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->stream);
  g_clear_object (&call->message);
  if (call->session != NULL)
    soup_session_abort (call->session);
  g_clear_object (&call->session);
  g_clear_object (&call->certificate);
  g_clear_pointer (&call->string_to_sign, g_free);
  g_clear_pointer (&call->body, g_byte_array_unref);
  g_clear_pointer (&call->sent, g_date_time_unref);
  call->tls_errors = 0;
  call->written = 0;
  call->received = 0;
  call->connected = FALSE;
}

static void
call_free (Call *call)
{
  if (call->outer != NULL)
    g_cancellable_disconnect (call->outer, call->outer_id);
  g_clear_object (&call->outer);
  clear_source (&call->total);
  clear_source (&call->idle);
  clear_source (&call->delay);
  end_attempt (call);
  g_clear_object (&call->request);
  g_clear_object (&call->stop);
  g_free (call->url);
  g_free (call);
}

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

static GSource *
add_timeout (guint       milliseconds,
             GSourceFunc function,
             gpointer    data)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, function, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* Ends the attempt for a reason of our own; the first one counts. */
static void
stop_call (Call       *call,
           PdError     code,
           const char *why)
{
  if (call->limit == NULL) {
    call->limit = why;
    call->limit_code = code;
  }
  g_cancellable_cancel (call->stop);
}

static gboolean
on_time_up (gpointer data)
{
  stop_call (data, PD_ERROR_TIMEOUT, _("The server did not answer in time. Try again later."));
  return G_SOURCE_REMOVE;
}

static void
stop_too_large (Call *call)
{
  stop_call (call, PD_ERROR_TOO_LARGE, _("The answer is far too long to be one of Amazon’s. Is a proxy in between?"));
}

static void
restart_idle (Call *call)
{
  clear_source (&call->idle);
  call->idle = add_timeout (call->idle_ms, on_time_up, call);
}

static GError *
translate (Call         *call,
           const GError *error)
{
  if (call->limit != NULL)
    return g_error_new_literal (PD_ERROR, call->limit_code, call->limit);
  if (call->certificate != NULL)
    return pd_trouble_from_certificate (g_uri_get_host (soup_message_get_uri (call->message)), call->certificate, call->tls_errors);
  return pd_trouble_from_transport (error, call->connected);
}

static void
fail (GTask        *task,
      const GError *error)
{
  Call *call = g_task_get_task_data (task);

  clear_source (&call->total);
  clear_source (&call->idle);
  if (pd_request_get_connection (call->request) != NULL)
    pd_connection_note_error (pd_request_get_connection (call->request), error);
  g_task_return_error (task, translate (call, error));
  g_object_unref (task);
}

static gboolean
on_accept_certificate (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       Call                 *call)
{
  PdConnection *connection = pd_request_get_connection (call->request);

  call->tls_errors = errors;
  g_set_object (&call->certificate, certificate);
  if (connection != NULL)
    pd_connection_note_refused (connection, certificate, errors, soup_session_get_tls_database (call->session));
  return FALSE;
}

static void
on_network_event (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  Call               *call)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  restart_idle (call);
  if (pd_request_get_connection (call->request) != NULL)
    pd_connection_note_event (pd_request_get_connection (call->request), event, connection,
                              soup_session_get_tls_database (call->session));
  /* One protocol, whose limits the tests have tried. */
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED)
    return;
  call->connected = TRUE;
  /* Nothing is sent before this returns. TLS 1.2 is the least (Amazon Pay API v2), whatever this computer's policy allows. */
  if (g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection)) < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    stop_call (call, PD_ERROR_TLS,
               _("The server offers only an encryption that is out of date; Paydesk needs TLS 1.2 or later. Nothing was sent."));
}

static void
on_written (SoupMessage *message,
            Call        *call)
{
  call->written = g_get_monotonic_time ();
  restart_idle (call);
}

static gsize
get_limit (Call *call)
{
  return pd_request_is_page (call->request) ? MAX_PAGE : MAX_BODY;
}

/* The Date of the answer was made about half-way between the two ends. */
static void
on_got_headers (SoupMessage *message,
                Call        *call)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_clear_pointer (&call->sent, g_date_time_unref);
  call->sent = g_date_time_add (now, -(g_get_monotonic_time () - (call->written != 0 ? call->written : call->started)) / 2);
  restart_idle (call);
  if (pd_request_get_connection (call->request) != NULL)
    pd_connection_note_answer (pd_request_get_connection (call->request));
  if (soup_message_headers_get_content_length (soup_message_get_response_headers (message)) > (goffset) get_limit (call))
    stop_too_large (call);
}

static gboolean
is_retried (PdRequest *request,
            guint      status)
{
  gboolean     is_mws = pd_request_get_service (request) == PD_SERVICE_MWS;
  const guint *statuses = is_mws ? retried_mws : retried;
  guint        n = is_mws ? G_N_ELEMENTS (retried_mws) : G_N_ELEMENTS (retried);

  if (pd_request_is_page (request))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    if (statuses[i] == status)
      return TRUE;
  }
  return FALSE;
}

static void
append_header (const char *name,
               const char *value,
               gpointer    data)
{
  GHashTable *headers = data;
  char       *lower = g_ascii_strdown (name, -1);

  g_hash_table_insert (headers, lower, g_utf8_make_valid (value, -1));
}

/* Called when the pause is over, and at once when the call is cancelled. */
static gboolean
on_delay_over (gpointer data)
{
  GTask             *task = data;
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (call->stop, &error))
    fail (task, error);
  else
    start_attempt (task);
  return G_SOURCE_REMOVE;
}

/* Retry-After: seconds, or a date. */
static gint64
read_retry_after (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64               seconds = 0;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &seconds, NULL))
    return (gint64) seconds * G_TIME_SPAN_SECOND;
  date = soup_date_time_new_from_http_string (text);
  now = g_date_time_new_now_utc ();
  return date != NULL ? MAX (g_date_time_difference (date, now), 0) : 0;
}

/* Whether the answer asks to be asked again, and the time for it is left. */
static gboolean
wants_retry (PdClient *self,
             Call     *call,
             guint    *delay_ms)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  gint64              delay;
  const guint        *delays_ms = pd_request_get_service (call->request) == PD_SERVICE_MWS ? self->mws_delays_ms : self->delays_ms;

  if (!is_retried (call->request, soup_message_get_status (call->message)) || call->attempts > self->n_delays)
    return FALSE;
  delay = MAX ((gint64) delays_ms[call->attempts - 1] * G_TIME_SPAN_MILLISECOND,
               read_retry_after (soup_message_headers_get_one (headers, "Retry-After")));
  if (g_get_monotonic_time () + delay >= call->ends)
    return FALSE;
  *delay_ms = (guint) (delay / G_TIME_SPAN_MILLISECOND);
  return TRUE;
}

static void
finish (GTask *task)
{
  PdClient              *self = g_task_get_source_object (task);
  Call                  *call = g_task_get_task_data (task);
  guint                  status = soup_message_get_status (call->message);
  guint                  delay_ms;
  g_autoptr (GHashTable) headers = NULL;
  g_autoptr (GBytes)     body = NULL;
  PdResponse            *response;

  clear_source (&call->idle);
  /* Whoever answers before anything is encrypted is a proxy that does not let us through. */
  if (!call->connected) {
    g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED
                                                                ? G_IO_ERROR_PROXY_NEED_AUTH : G_IO_ERROR_PROXY_FAILED, "");

    fail (task, error);
    return;
  }
  if (wants_retry (self, call, &delay_ms)) {
    GSource *cancelled = g_cancellable_source_new (call->stop);

    end_attempt (call);
    call->delay = add_timeout (delay_ms, on_delay_over, task);
    g_source_set_dummy_callback (cancelled);
    g_source_add_child_source (call->delay, cancelled);
    g_source_unref (cancelled);
    return;
  }
  clear_source (&call->total);
  headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_message_get_response_headers (call->message), append_header, headers);
  body = g_byte_array_free_to_bytes (g_steal_pointer (&call->body));
  response = pd_response_new (soup_message_get_method (call->message), call->url, status, headers, body,
                              (g_get_monotonic_time () - call->started) / 1000, call->sent, call->string_to_sign);
  pd_response_set_attempts (response, call->attempts);
  g_task_return_pointer (task, response, g_object_unref);
  g_object_unref (task);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GTask             *task = data;
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize              length;
  const void        *bytes;

  if (chunk == NULL) {
    fail (task, error);
    return;
  }
  bytes = g_bytes_get_data (chunk, &length);
  if (length == 0) {
    finish (task);
    return;
  }
  call->received += length;
  if (call->received > get_limit (call)) {
    stop_too_large (call);
    g_cancellable_set_error_if_cancelled (call->stop, &error);
    fail (task, error);
    return;
  }
  g_byte_array_append (call->body, bytes, (guint) MIN (length, MAX_BODY - call->body->len));
  restart_idle (call);
  g_input_stream_read_bytes_async (call->stream, CHUNK, G_PRIORITY_DEFAULT, call->stop, on_read, task);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GTask             *task = data;
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  call->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->stream == NULL) {
    fail (task, error);
    return;
  }
  restart_idle (call);
  g_input_stream_read_bytes_async (call->stream, CHUNK, G_PRIORITY_DEFAULT, call->stop, on_read, task);
}

/* A session of its own for each attempt: no cookie, cache or connection is shared, no attempt is repeated behind our back, and a
 * name can lead to this computer while TLS still checks the name. */
static SoupSession *
make_session (PdClient     *self,
              Call         *call,
              GError      **error)
{
  PdEnvironment                  environment = pd_request_get_environment (call->request);
  g_autoptr (GSocketConnectable) here = pd_endpoints_get_connectable (self->endpoints, environment, soup_message_get_uri (call->message));
  GSocketConnectable            *pinned = pd_request_get_connectable (call->request);
  g_autoptr (GTlsDatabase)       database = NULL;
  g_autoptr (GError)             local = NULL;
  SoupSession                   *session;

  database = pd_endpoints_get_database (self->endpoints, environment, &local);
  if (local != NULL) {
    g_set_error (error, PD_ERROR, PD_ERROR_TLS, _("The certificates to trust cannot be read: %s"), local->message);
    return NULL;
  }
  if (here == NULL && pinned != NULL)
    here = g_object_ref (pinned);
  session = g_object_new (SOUP_TYPE_SESSION,
                          "user-agent", "Paydesk/" PD_VERSION " (Language=C; Platform=Linux)",
                          "timeout", 0, "idle-timeout", 0,
                          "remote-connectable", here,
                          NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  if (database != NULL)
    soup_session_set_tls_database (session, database);
  if (here != NULL)
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

static void
start_attempt (GTask *task)
{
  PdClient          *self = g_task_get_source_object (task);
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  clear_source (&call->delay);
  call->body = g_byte_array_new ();
  call->attempts++;
  call->message = pd_request_to_message (call->request, self->endpoints, &call->string_to_sign, &error);
  if (call->message != NULL)
    call->session = make_session (self, call, &error);
  if (call->session == NULL) {
    fail (task, error);
    return;
  }
  g_signal_connect (call->message, "accept-certificate", G_CALLBACK (on_accept_certificate), call);
  g_signal_connect (call->message, "network-event", G_CALLBACK (on_network_event), call);
  g_signal_connect (call->message, "wrote-body", G_CALLBACK (on_written), call);
  g_signal_connect (call->message, "got-headers", G_CALLBACK (on_got_headers), call);
  call->started = g_get_monotonic_time ();
  restart_idle (call);
  soup_session_send_async (call->session, call->message, G_PRIORITY_DEFAULT, call->stop, on_sent, task);
}

static void
pd_client_finalize (GObject *object)
{
  PdClient *self = PD_CLIENT (object);

  g_object_unref (self->endpoints);
  G_OBJECT_CLASS (pd_client_parent_class)->finalize (object);
}

static void
pd_client_class_init (PdClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_client_finalize;
}

static void
pd_client_init (PdClient *self)
{
  /* The delays are those of the PHP SDK. */
  static const guint delays[] = { 1000, 2200, 7000 };
  static const guint mws_delays[] = { 1000, 4000, 10000 };

  pd_client_set_timeouts (self, 30000, 15000);
  pd_client_set_retry_delays (self, delays, G_N_ELEMENTS (delays));
  memcpy (self->mws_delays_ms, mws_delays, sizeof mws_delays);
}

/**
 * pd_client_new:
 * @endpoints: where things are
 *
 * Returns: (transfer full): a client
 */
PdClient *
pd_client_new (PdEndpoints *endpoints)
{
  PdClient *self = g_object_new (PD_TYPE_CLIENT, NULL);

  self->endpoints = g_object_ref (endpoints);
  return self;
}

PdEndpoints *
pd_client_get_endpoints (PdClient *self)
{
  return self->endpoints;
}

/**
 * pd_client_set_timeouts:
 * @self: a client
 * @total_ms: how long a call may take with all its retries, in milliseconds
 * @idle_ms: how long nothing may happen, in milliseconds
 */
void
pd_client_set_timeouts (PdClient *self,
                        guint     total_ms,
                        guint     idle_ms)
{
  self->total_ms = total_ms;
  self->idle_ms = idle_ms;
}

guint
pd_client_get_total_ms (PdClient *self)
{
  return self->total_ms;
}

/**
 * pd_client_set_retry_delays:
 * @self: a client
 * @delays_ms: (array length=n_delays): the pauses before the retries, in milliseconds
 * @n_delays: how many retries, at most three
 */
void
pd_client_set_retry_delays (PdClient    *self,
                            const guint *delays_ms,
                            guint        n_delays)
{
  self->n_delays = MIN (n_delays, MAX_RETRIES);
  memcpy (self->delays_ms, delays_ms, self->n_delays * sizeof *delays_ms);
  memcpy (self->mws_delays_ms, delays_ms, self->n_delays * sizeof *delays_ms);
}

/**
 * pd_client_send_async:
 * @self: a client
 * @request: what to send
 * @cancellable: (nullable): ends it at once
 * @callback: called when there is an answer or an error
 * @user_data: for @callback
 *
 * Sends, and sends again where the answer asks for it, at most three times: 408, 425, 429, 500, 502, 503 and 504
 * (API v2, "Manage errors"); of the legacy service 500 and 503 alone. Each attempt is signed anew.
 */
void
pd_client_send_async (PdClient            *self,
                      PdRequest           *request,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask             *task = g_task_new (self, cancellable, callback, user_data);
  Call              *call = g_new0 (Call, 1);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, pd_client_send_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  call->request = g_object_ref (request);
  call->stop = g_cancellable_new ();
  call->url = pd_request_get_shown_url (request, self->endpoints, &error);
  if (call->url == NULL) {
    fail (task, error);
    return;
  }
  if (g_cancellable_set_error_if_cancelled (cancellable, &error)) {
    fail (task, error);
    return;
  }
  if (cancellable != NULL) {
    call->outer = g_object_ref (cancellable);
    call->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), g_object_ref (call->stop), g_object_unref);
  }
  call->idle_ms = self->idle_ms;
  call->ends = g_get_monotonic_time () + (gint64) self->total_ms * G_TIME_SPAN_MILLISECOND;
  call->total = add_timeout (self->total_ms, on_time_up, call);
  start_attempt (task);
}

/**
 * pd_client_send_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: %PD_ERROR_OFFLINE, %PD_ERROR_TLS, %PD_ERROR_TIMEOUT, %PD_ERROR_TOO_LARGE, %PD_ERROR_GARBAGE, %PD_ERROR_NOT_ALLOWED,
 *   %PD_ERROR_BAD_INPUT, %PD_ERROR_BAD_KEY, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
PdResponse *
pd_client_send_finish (PdClient      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
