/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "pd-error.h"
#include "pd-loopback.h"
#include "pd-practice-sender.h"
#include "pd-response.h"

#define MAX_ANSWER (64 * 1024)
#define CHUNK      4096

/* One message on its way. */
typedef struct {
  SoupSession  *session;
  SoupMessage  *message;
  GInputStream *stream;
  GByteArray   *body;
  GCancellable *stop;
  GCancellable *outer;
  gulong        outer_id;
  guint         timeout_source;
  gboolean      timed_out;
  gint64        started;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_clear_handle_id (&sending->timeout_source, g_source_remove);
  if (sending->outer != NULL)
    g_cancellable_disconnect (sending->outer, sending->outer_id);
  g_clear_object (&sending->outer);
  g_clear_object (&sending->stop);
  g_clear_object (&sending->stream);
  g_clear_object (&sending->message);
  g_clear_object (&sending->session);
  g_byte_array_unref (sending->body);
  g_free (sending);
}

static void
fail (GTask        *task,
      const GError *error)
{
  Sending *sending = g_task_get_task_data (task);

  if (sending->timed_out)
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_TIMEOUT,
                             _("The receiver did not answer in time. Amazon would send the message again later."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else if (error->domain == G_TLS_ERROR)
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_TLS,
                             _("The receiver’s certificate is not trusted here, and would not be by Amazon: %s. On this computer, http:// will do."),
                             error->message);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_OFFLINE, _("Nothing listens at that address. Start the receiver, and look at its port."));
  else
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_GARBAGE, _("The receiver gave no proper answer: %s"), error->message);
}

static void
finish (GTask *task)
{
  Sending            *sending = g_task_get_task_data (task);
  g_autoptr (GBytes)  body = g_byte_array_free_to_bytes (g_steal_pointer (&sending->body));
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (PdResponse) response = NULL;
  PdPracticeAnswer   *answer = g_new0 (PdPracticeAnswer, 1);

  sending->body = g_byte_array_new ();
  answer->status = soup_message_get_status (sending->message);
  answer->reason = g_utf8_make_valid (soup_message_get_reason_phrase (sending->message), -1);
  answer->elapsed_ms = (g_get_monotonic_time () - sending->started) / 1000;
  response = pd_response_new ("POST", "", answer->status, headers, body, answer->elapsed_ms, NULL, NULL);
  answer->text = pd_response_dup_text (response);
  g_task_return_pointer (task, answer, (GDestroyNotify) pd_practice_answer_free);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask)  task = data;
  Sending           *sending = g_task_get_task_data (task);
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
  if (sending->body->len + length > MAX_ANSWER) {
    g_cancellable_cancel (sending->stop);
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_TOO_LARGE,
                             _("The receiver’s answer is too long. Amazon looks at the status only; an empty answer is best."));
    return;
  }
  g_byte_array_append (sending->body, bytes, (guint) length);
  g_input_stream_read_bytes_async (sending->stream, CHUNK, G_PRIORITY_DEFAULT, sending->stop, on_read, g_steal_pointer (&task));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask)  task = data;
  Sending           *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  sending->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (sending->stream == NULL) {
    fail (task, error);
    return;
  }
  g_input_stream_read_bytes_async (sending->stream, CHUNK, G_PRIORITY_DEFAULT, sending->stop, on_read, g_steal_pointer (&task));
}

static gboolean
on_time_up (gpointer data)
{
  Sending *sending = data;

  sending->timeout_source = 0;
  sending->timed_out = TRUE;
  g_cancellable_cancel (sending->stop);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer,
                    gpointer      stop)
{
  g_cancellable_cancel (stop);
}

/* A host that leads to this computer and never elsewhere, whatever a name server says. */
static GUri *
parse (const char  *url,
       GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char      *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0) || g_uri_get_userinfo (uri) != NULL ||
      !pd_loopback_is_host (g_uri_get_host (uri))) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_ALLOWED,
                         _("Samples go to receivers on this computer only, such as http://127.0.0.1:8080/notifications."));
    return NULL;
  }
  return g_steal_pointer (&uri);
}

static SoupMessage *
make_message (GUri                   *uri,
              const PdPracticeNotice *notice)
{
  SoupMessage        *message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes)  body = g_bytes_new (notice->body, strlen (notice->body));

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_headers_replace (headers, "x-amz-sns-message-type", notice->kind);
  soup_message_headers_replace (headers, "x-amz-sns-message-id", notice->message_id);
  soup_message_headers_replace (headers, "x-amz-sns-topic-arn", notice->topic);
  soup_message_set_request_body_from_bytes (message, "text/plain; charset=UTF-8", body);
  return message;
}

/**
 * pd_practice_sender_send_async:
 * @url: where the receiver listens
 * @notice: what to send
 * @timeout_ms: how long it may take, in milliseconds
 * @cancellable: (nullable): ends it at once
 * @callback: called when there is an answer or an error
 * @user_data: for @callback
 *
 * Posts with the headers of SNS ("HTTP/HTTPS headers").
 */
void
pd_practice_sender_send_async (const char             *url,
                               const PdPracticeNotice *notice,
                               guint                   timeout_ms,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data)
{
  GTask                *task = g_task_new (NULL, NULL, callback, user_data);
  GError               *error = NULL;
  g_autoptr (GUri)      uri = parse (url, &error);
  Sending              *sending;
  g_autoptr (PdPinned)  here = NULL;
  int                   port;

  g_task_set_source_tag (task, pd_practice_sender_send_async);
  if (uri == NULL || g_cancellable_set_error_if_cancelled (cancellable, &error)) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  port = g_uri_get_port (uri) != -1 ? g_uri_get_port (uri) : g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  here = pd_loopback_new (g_uri_get_host (uri), g_uri_get_host (uri), (guint16) port);
  sending = g_new0 (Sending, 1);
  sending->body = g_byte_array_new ();
  sending->stop = g_cancellable_new ();
  sending->session = g_object_new (SOUP_TYPE_SESSION, "user-agent", "Amazon Simple Notification Service Agent", "timeout", 0,
                                   "idle-timeout", 0, "remote-connectable", here, NULL);
  soup_session_remove_feature_by_type (sending->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (sending->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_set_proxy_resolver (sending->session, NULL);
  sending->message = make_message (uri, notice);
  sending->timeout_source = g_timeout_add (timeout_ms, on_time_up, sending);
  sending->started = g_get_monotonic_time ();
  if (cancellable != NULL) {
    sending->outer = g_object_ref (cancellable);
    sending->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), g_object_ref (sending->stop), g_object_unref);
  }
  g_task_set_task_data (task, sending, sending_free);
  soup_session_send_async (sending->session, sending->message, G_PRIORITY_DEFAULT, sending->stop, on_sent, task);
}

PdPracticeAnswer *
pd_practice_sender_send_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
pd_practice_answer_free (PdPracticeAnswer *self)
{
  g_free (self->reason);
  g_free (self->text);
  g_free (self);
}
