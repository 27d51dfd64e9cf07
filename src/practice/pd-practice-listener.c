/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-practice-listener.h"

#define MAX_CONNECTIONS 64
#define IDLE_SECONDS    30
#define FULL_MS         100 /* how often a full house is looked at for a place that has become free */

struct _PdPracticeListener
{
  GSocketService            *service;
  guint16                    port;
  PdPracticeCertificateFunc  get_certificate;
  gpointer                   user_data;
  SoupServer                *soup;
  GPtrArray                 *open;
  GHashTable                *silent;    /* GSource (owned): connections on which nothing has come in yet */
  GHashTable                *lives;     /* GSource (owned): the ends of connections that last only so long */
  guint                      lifetime_ms;
  GSource                   *full;
  gboolean                   stopped;
};

typedef struct {
  PdPracticeListener *listener;
  GSocketConnection  *connection;
} Silent;

static void
silent_free (gpointer data)
{
  Silent *silent = data;

  g_object_unref (silent->connection);
  g_free (silent);
}

static void
source_free (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
forget_closed (PdPracticeListener *self)
{
  for (guint i = self->open->len; i > 0; i--) {
    GSocketConnection *connection = g_ptr_array_index (self->open, i - 1);

    if (g_io_stream_is_closed (G_IO_STREAM (connection)) || g_socket_is_closed (g_socket_connection_get_socket (connection)))
      g_ptr_array_remove_index_fast (self->open, i - 1);
  }
}

static void
clear_full (PdPracticeListener *self)
{
  if (self->full == NULL)
    return;
  g_source_destroy (self->full);
  g_clear_pointer (&self->full, g_source_unref);
}

static gboolean
on_full (gpointer data)
{
  PdPracticeListener *self = data;

  forget_closed (self);
  if (self->open->len >= MAX_CONNECTIONS)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->full, g_source_unref);
  g_socket_service_start (self->service);
  return G_SOURCE_REMOVE;
}

/* Further callers wait in the kernel's queue. */
static void
pause_when_full (PdPracticeListener *self)
{
  if (self->open->len < MAX_CONNECTIONS || self->full != NULL)
    return;
  g_socket_service_stop (self->service);
  self->full = g_timeout_source_new (FULL_MS);
  g_source_set_callback (self->full, on_full, self, NULL);
  g_source_attach (self->full, g_main_context_get_thread_default ());
}

static gboolean
on_life_over (gpointer data)
{
  Silent             *life = data;
  PdPracticeListener *self = life->listener;

  g_socket_close (g_socket_connection_get_socket (life->connection), NULL);
  g_hash_table_remove (self->lives, g_main_current_source ());
  return G_SOURCE_REMOVE;
}

static void
limit_life (PdPracticeListener *self,
            GSocketConnection  *connection)
{
  Silent  *life = g_new0 (Silent, 1);
  GSource *source = g_timeout_source_new (self->lifetime_ms);

  life->listener = self;
  life->connection = g_object_ref (connection);
  g_source_set_callback (source, on_life_over, life, silent_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_hash_table_add (self->lives, source);
}

static void
begin_plain (PdPracticeListener *self,
             GSocketConnection  *connection)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  if (local == NULL || remote == NULL) {
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    return;
  }
  g_object_set_data_full (G_OBJECT (remote), "pd-practice-connection", g_object_ref (connection), g_object_unref);
  soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), local, remote, NULL);
}

/* TLS's handshake takes one of the program's few worker threads, so it begins when the caller has begun to speak. */
static void
begin_tls (PdPracticeListener *self,
           GSocketConnection  *connection)
{
  g_autoptr (GTlsCertificate) certificate = self->get_certificate (self->user_data);
  g_autoptr (GSocketAddress)  local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress)  remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GIOStream)       stream = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);

  if (stream == NULL || local == NULL || remote == NULL) {
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    return;
  }
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
  /* Nobody's certificate is asked for, so that the system's list need not be read. */
  g_tls_connection_set_database (G_TLS_CONNECTION (stream), NULL);
  /* The message hands this very object back: get_socket(). */
  g_object_set_data_full (G_OBJECT (remote), "pd-practice-connection", g_object_ref (connection), g_object_unref);
  soup_server_accept_iostream (self->soup, stream, local, remote, NULL);
}

/* The caller speaks, has gone, or was silent for too long. */
static gboolean
on_first_bytes (GSocket      *socket,
                GIOCondition  condition,
                gpointer      data)
{
  Silent             *silent = data;
  PdPracticeListener *self = silent->listener;

  if (!self->stopped && g_socket_get_available_bytes (socket) > 0) {
    if (self->get_certificate != NULL)
      begin_tls (self, silent->connection);
    else
      begin_plain (self, silent->connection);
  }
  else
    g_io_stream_close (G_IO_STREAM (silent->connection), NULL, NULL);
  g_hash_table_remove (self->silent, g_main_current_source ());
  return G_SOURCE_REMOVE;
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           data)
{
  PdPracticeListener *self = data;
  GSocket            *socket = g_socket_connection_get_socket (connection);
  Silent             *silent;
  GSource            *first_bytes;

  if (self->stopped)
    return TRUE;
  g_socket_set_timeout (socket, IDLE_SECONDS);
  forget_closed (self);
  g_ptr_array_add (self->open, g_object_ref (connection));
  pause_when_full (self);
  if (self->lifetime_ms > 0)
    limit_life (self, connection);

  silent = g_new0 (Silent, 1);
  silent->listener = self;
  silent->connection = g_object_ref (connection);
  first_bytes = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (first_bytes, G_SOURCE_FUNC (on_first_bytes), silent, silent_free);
  g_source_attach (first_bytes, g_main_context_get_thread_default ());
  g_hash_table_add (self->silent, first_bytes);
  return TRUE;
}

static gboolean
add_address (PdPracticeListener  *self,
             GSocketFamily        family,
             guint16              port,
             GError             **error)
{
  g_autoptr (GInetAddress)   loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) effective = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                      NULL, &effective, error))
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return TRUE;
}

/**
 * pd_practice_listener_new:
 * @port: a port, or 0 for a free one
 * @get_certificate: (nullable): which certificate the next connection gets; %NULL: no TLS
 * @user_data: for it
 * @error: %PD_ERROR_BAD_INPUT where the port cannot be had
 *
 * Takes the port; nothing is accepted before pd_practice_listener_start().
 *
 * Returns: (transfer full) (nullable): a listener on 127.0.0.1, and on ::1 where that can be had too
 */
PdPracticeListener *
pd_practice_listener_new (guint16                     port,
                          PdPracticeCertificateFunc   get_certificate,
                          gpointer                    user_data,
                          GError                    **error)
{
  g_autoptr (PdPracticeListener) self = g_new0 (PdPracticeListener, 1);
  g_autoptr (GError)             local = NULL;

  self->service = g_object_new (G_TYPE_SOCKET_SERVICE, "active", FALSE, "listen-backlog", MAX_CONNECTIONS, NULL);
  self->get_certificate = get_certificate;
  self->user_data = user_data;
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->silent = g_hash_table_new_full (g_direct_hash, g_direct_equal, source_free, NULL);
  self->lives = g_hash_table_new_full (g_direct_hash, g_direct_equal, source_free, NULL);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  if (!add_address (self, G_SOCKET_FAMILY_IPV4, port, &local)) {
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                 _("The practice endpoint cannot use port %u: %s. Choose another one, or 0 for any that is free."), port, local->message);
    return NULL;
  }
  add_address (self, G_SOCKET_FAMILY_IPV6, self->port, NULL);
  return g_steal_pointer (&self);
}

/**
 * pd_practice_listener_set_lifetime:
 * @self: a listener that has not been started
 * @milliseconds: how long a connection may last whatever happens on it, in milliseconds; 0: for ever
 */
void
pd_practice_listener_set_lifetime (PdPracticeListener *self,
                                   guint               milliseconds)
{
  self->lifetime_ms = milliseconds;
}

guint16
pd_practice_listener_get_port (PdPracticeListener *self)
{
  return self->port;
}

/**
 * pd_practice_listener_start:
 * @self: a listener
 * @soup: what answers; it must outlive the connections
 *
 * Accepts connections in the thread's main context.
 */
void
pd_practice_listener_start (PdPracticeListener *self,
                            SoupServer         *soup)
{
  self->soup = soup;
  g_socket_service_start (self->service);
}

/**
 * pd_practice_listener_stop:
 * @self: a listener
 *
 * Closes the port and every connection at once, without a farewell: nobody can hold it up.
 */
void
pd_practice_listener_stop (PdPracticeListener *self)
{
  self->stopped = TRUE;
  clear_full (self);
  g_hash_table_remove_all (self->silent);
  g_hash_table_remove_all (self->lives);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (guint i = 0; i < self->open->len; i++)
    g_socket_close (g_socket_connection_get_socket (g_ptr_array_index (self->open, i)), NULL);
}

/**
 * pd_practice_listener_free:
 * @self: (transfer full): a listener
 *
 * To be called once its thread's main context runs no more.
 */
void
pd_practice_listener_free (PdPracticeListener *self)
{
  clear_full (self);
  g_hash_table_unref (self->silent);
  g_hash_table_unref (self->lives);
  g_ptr_array_unref (self->open);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_free (self);
}

static GSocket *
get_socket (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return g_socket_connection_get_socket (g_object_get_data (G_OBJECT (remote), "pd-practice-connection"));
}

/**
 * pd_practice_listener_close:
 * @message: a message
 *
 * Closes its connection; what is still to come or to go is lost.
 */
void
pd_practice_listener_close (SoupServerMessage *message)
{
  g_socket_close (get_socket (message), NULL);
}

/**
 * pd_practice_listener_cut:
 * @message: a paused message
 * @last_words: what is still sent
 *
 * Breaks a connection off in the middle of an answer.
 */
void
pd_practice_listener_cut (SoupServerMessage *message,
                          const char        *last_words)
{
  g_autoptr (GSocket)   socket = g_object_ref (get_socket (message));
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), last_words, strlen (last_words), NULL, NULL, NULL);
  g_socket_close (socket, NULL);
}
