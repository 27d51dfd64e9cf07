/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <stdarg.h>
#include <string.h>

#include "pd-test-server.h"

#define MAX_THREADS 64

struct _PdTestServer
{
  GThread          *thread;
  GMainContext     *context;
  GMainLoop        *loop;
  GSocketService   *service;
  GTlsCertificate  *certificate;
  PdTestServerFunc  func;
  gpointer          user_data;
  char            **protocols;
  char             *base;
  guint16           port;
  guint16           tunnel;
  GCancellable     *stop;
  GMutex            mutex; /* of what follows */
  GCond             changed;
  gboolean          stopped;
  guint             n_busy;
  guint             n_connections;
  GPtrArray        *requests;
};

/* The head, and as much body as it announces; NULL when the other side goes before. */
static char *
read_request (PdTestServer *self,
              GInputStream *in)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char         *end = NULL;
  gsize               wanted = G_MAXSIZE;

  while (text->len < wanted) {
    char   buffer[4096];
    gssize got = g_input_stream_read (in, buffer, sizeof buffer, self->stop, NULL);

    if (got <= 0)
      return NULL;
    g_string_append_len (text, buffer, got);
    end = strstr (text->str, "\r\n\r\n");
    if (wanted == G_MAXSIZE && end != NULL) {
      g_autofree char *lower = g_ascii_strdown (text->str, end - text->str);
      const char      *announced = strstr (lower, "\r\ncontent-length:");

      wanted = end + 4 - text->str;
      if (announced != NULL)
        wanted += g_ascii_strtoull (announced + strlen ("\r\ncontent-length:"), NULL, 10);
    }
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct {
  GIOStream    *from;
  GIOStream    *to;
  GCancellable *stop;
} Pipe;

static gpointer
pump (gpointer data)
{
  Pipe *way = data;

  g_output_stream_splice (g_io_stream_get_output_stream (way->to), g_io_stream_get_input_stream (way->from), G_OUTPUT_STREAM_SPLICE_NONE,
                          way->stop, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (way->to)), FALSE, TRUE, NULL);
  return NULL;
}

static void
tunnel (PdTestServer      *self,
        GSocketConnection *connection)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) target = NULL;
  Pipe                          there;
  Pipe                          back;
  GThread                      *thread;

  g_socket_client_set_enable_proxy (client, FALSE);
  target = g_socket_client_connect_to_host (client, "127.0.0.1", self->tunnel, self->stop, NULL);
  if (target == NULL || !pd_test_server_say (self, g_io_stream_get_output_stream (G_IO_STREAM (connection)), "HTTP/1.1 200 Go\r\n\r\n"))
    return;
  there = (Pipe) { G_IO_STREAM (connection), G_IO_STREAM (target), self->stop };
  back = (Pipe) { G_IO_STREAM (target), G_IO_STREAM (connection), self->stop };
  thread = g_thread_new ("test-tunnel", pump, &back);
  pump (&there);
  g_thread_join (thread);
}

static void
serve (PdTestServer      *self,
       GSocketConnection *connection)
{
  g_autoptr (GIOStream) stream = NULL;
  g_autofree char      *request = NULL;
  guint                 n;

  if (self->certificate != NULL) {
    stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
    g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
    if (self->protocols != NULL)
      g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), (const char *const *) self->protocols);
  } else {
    stream = g_object_ref (G_IO_STREAM (connection));
  }
  if (self->func == NULL && self->tunnel == 0) {
    pd_test_server_pause (self, 0);
    return;
  }
  request = read_request (self, g_io_stream_get_input_stream (stream));
  if (request == NULL)
    return;
  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_ptr_array_add (self->requests, g_steal_pointer (&request));
  g_mutex_unlock (&self->mutex);
  if (self->tunnel != 0) {
    tunnel (self, connection);
    return;
  }
  self->func (self, g_io_stream_get_output_stream (stream), n, self->user_data);
  g_io_stream_close (stream, self->stop, NULL);
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                data)
{
  PdTestServer *self = data;

  g_mutex_lock (&self->mutex);
  self->n_connections++;
  self->n_busy++;
  g_mutex_unlock (&self->mutex);
  serve (self, connection);
  g_mutex_lock (&self->mutex);
  self->n_busy--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gpointer
run (gpointer data)
{
  PdTestServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_socket_service_start (self->service);
  g_main_loop_run (self->loop);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

PdTestServer *
pd_test_server_new (GTlsCertificate  *certificate,
                    PdTestServerFunc  func,
                    gpointer          user_data)
{
  PdTestServer               *self = g_new0 (PdTestServer, 1);
  g_autoptr (GInetAddress)    loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress)  address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress)  effective = NULL;
  g_autoptr (GError)          error = NULL;

  self->func = func;
  self->user_data = user_data;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->stop = g_cancellable_new ();
  self->requests = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->service = g_object_new (G_TYPE_THREADED_SOCKET_SERVICE, "max-threads", MAX_THREADS, "active", FALSE, NULL);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->base = g_strdup_printf ("https://127.0.0.1:%u", self->port);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  self->thread = g_thread_new ("test-server", run, self);
  return self;
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
pd_test_server_free (PdTestServer *self)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->stop);
  g_source_set_callback (quit, on_quit, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_thread_join (self->thread);
  g_mutex_lock (&self->mutex);
  while (self->n_busy > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->requests);
  g_strfreev (self->protocols);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->base);
  g_free (self);
}

const char *
pd_test_server_get_base (PdTestServer *self)
{
  return self->base;
}

guint16
pd_test_server_get_port (PdTestServer *self)
{
  return self->port;
}

/* To be called before the first connection. */
void
pd_test_server_set_protocols (PdTestServer      *self,
                              const char *const *protocols)
{
  self->protocols = g_strdupv ((char **) protocols);
}

/* To be called before the first connection. */
void
pd_test_server_set_tunnel (PdTestServer *self,
                           guint16       port)
{
  self->tunnel = port;
}

guint
pd_test_server_get_n_connections (PdTestServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n;
}

guint
pd_test_server_get_n_requests (PdTestServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

char *
pd_test_server_dup_request (PdTestServer *self,
                            guint         n)
{
  char *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (n, <, self->requests->len);
  request = g_strdup (g_ptr_array_index (self->requests, n));
  g_mutex_unlock (&self->mutex);
  return request;
}

char *
pd_test_server_dup_header (PdTestServer *self,
                           guint         n,
                           const char   *name)
{
  g_autofree char *request = pd_test_server_dup_request (self, n);
  g_auto (GStrv)   parts = g_strsplit (request, "\r\n\r\n", 2);
  g_auto (GStrv)   lines = g_strsplit (parts[0], "\r\n", -1);
  gsize            length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++) {
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  }
  return NULL;
}

gboolean
pd_test_server_say_bytes (PdTestServer  *self,
                          GOutputStream *out,
                          gconstpointer  data,
                          gsize          length)
{
  return g_output_stream_write_all (out, data, length, NULL, self->stop, NULL);
}

gboolean
pd_test_server_say (PdTestServer  *self,
                    GOutputStream *out,
                    const char    *format,
                    ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return pd_test_server_say_bytes (self, out, text, strlen (text));
}

gboolean
pd_test_server_pause (PdTestServer *self,
                      guint         milliseconds)
{
  gint64   end = g_get_monotonic_time () + (gint64) milliseconds * G_TIME_SPAN_MILLISECOND;
  gboolean stopped;

  g_mutex_lock (&self->mutex);
  while (!self->stopped) {
    if (milliseconds == 0)
      g_cond_wait (&self->changed, &self->mutex);
    else if (!g_cond_wait_until (&self->changed, &self->mutex, end))
      break;
  }
  stopped = self->stopped;
  g_mutex_unlock (&self->mutex);
  return !stopped;
}

void
pd_test_server_answer (PdTestServer  *self,
                       GOutputStream *out,
                       const char    *status,
                       const char    *headers,
                       const char    *body)
{
  pd_test_server_say (self, out, "HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n%s\r\n%s",
                      status, strlen (body), headers, body);
}

char *
pd_test_server_to_endpoints (PdTestServer *self,
                             const char   *ca_path)
{
  g_autofree char *services = g_strdup_printf ("{\"pay-v2\":\"%s\",\"mws\":\"%s\",\"login\":\"%s\",\"authorize\":\"%s\"}",
                                               self->base, self->base, self->base, self->base);

  return g_strdup_printf ("{\"ca\":\"%s\",\"sandbox\":%s,\"production\":%s}", ca_path, services, services);
}
