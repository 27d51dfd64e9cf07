/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-connection.h"

G_DEFINE_BOXED_TYPE (PdConnection, pd_connection, pd_connection_ref, pd_connection_unref)

/**
 * pd_connection_new:
 *
 * Returns: (transfer full): a way on which nothing has been done
 */
PdConnection *
pd_connection_new (void)
{
  PdConnection *self = g_rc_box_new0 (PdConnection);

  self->name_ms = self->connect_ms = self->tls_ms = self->answer_ms = -1;
  self->since = g_get_monotonic_time ();
  return self;
}

PdConnection *
pd_connection_ref (PdConnection *self)
{
  return g_rc_box_acquire (self);
}

static void
connection_clear (gpointer data)
{
  PdConnection *self = data;

  g_free (self->address);
  g_clear_pointer (&self->chain, pd_chain_unref);
  g_clear_error (&self->error);
}

void
pd_connection_unref (PdConnection *self)
{
  g_rc_box_release_full (self, connection_clear);
}

/* Ends the step under way, and begins the next. */
static void
move_on (PdConnection *self,
         PdStep        next,
         gint64       *taken)
{
  gint64 now = g_get_monotonic_time ();

  if (taken != NULL)
    *taken = (now - self->since) / 1000;
  self->since = now;
  self->step = next;
}

static void
note_address (PdConnection *self,
              GIOStream    *stream)
{
  g_autoptr (GSocketAddress) remote = NULL;

  if (!G_IS_SOCKET_CONNECTION (stream))
    return;
  remote = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (stream), NULL);
  g_clear_pointer (&self->address, g_free);
  if (G_IS_INET_SOCKET_ADDRESS (remote))
    self->address = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

static void
note_certificate (PdConnection    *self,
                  GTlsCertificate *certificate,
                  GTlsDatabase    *database)
{
  g_clear_pointer (&self->chain, pd_chain_unref);
  if (certificate != NULL)
    self->chain = pd_chain_new (certificate, database);
}

/**
 * pd_connection_note_event:
 * @self: a way
 * @event: what libsoup tells of the connection
 * @stream: (nullable): the connection
 * @database: (nullable): what this computer trusts
 */
void
pd_connection_note_event (PdConnection       *self,
                          GSocketClientEvent  event,
                          GIOStream          *stream,
                          GTlsDatabase       *database)
{
  switch (event) {
  case G_SOCKET_CLIENT_CONNECTING:
    /* Of several addresses one is tried after the other. */
    if (self->step <= PD_STEP_CONNECT)
      move_on (self, PD_STEP_CONNECT, NULL);
    break;
  case G_SOCKET_CLIENT_CONNECTED:
    note_address (self, stream);
    move_on (self, PD_STEP_TLS, &self->connect_ms);
    break;
  case G_SOCKET_CLIENT_TLS_HANDSHAKING:
    self->since = g_get_monotonic_time ();
    break;
  case G_SOCKET_CLIENT_TLS_HANDSHAKED:
    self->tls_version = g_tls_connection_get_protocol_version (G_TLS_CONNECTION (stream));
    note_certificate (self, g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (stream)), database);
    move_on (self, PD_STEP_ANSWER, &self->tls_ms);
    break;
  case G_SOCKET_CLIENT_RESOLVING:
  case G_SOCKET_CLIENT_RESOLVED:
  case G_SOCKET_CLIENT_PROXY_NEGOTIATING:
  case G_SOCKET_CLIENT_PROXY_NEGOTIATED:
  case G_SOCKET_CLIENT_COMPLETE:
  default:
    break;
  }
}

/**
 * pd_connection_note_refused:
 * @self: a way
 * @certificate: what the server showed
 * @errors: why it cannot be trusted
 * @database: (nullable): what this computer trusts
 */
void
pd_connection_note_refused (PdConnection         *self,
                            GTlsCertificate      *certificate,
                            GTlsCertificateFlags  errors,
                            GTlsDatabase         *database)
{
  self->tls_errors = errors;
  note_certificate (self, certificate, database);
}

void
pd_connection_note_answer (PdConnection *self)
{
  move_on (self, PD_STEP_DONE, &self->answer_ms);
}

void
pd_connection_note_error (PdConnection *self,
                          const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

/**
 * pd_connection_get_tls_version:
 * @self: a way
 *
 * Returns: (nullable): the version of TLS, as it is usually written
 */
const char *
pd_connection_get_tls_version (PdConnection *self)
{
  switch (self->tls_version) {
  case G_TLS_PROTOCOL_VERSION_TLS_1_0:
    return "TLS 1.0";
  case G_TLS_PROTOCOL_VERSION_TLS_1_1:
    return "TLS 1.1";
  case G_TLS_PROTOCOL_VERSION_TLS_1_2:
    return "TLS 1.2";
  case G_TLS_PROTOCOL_VERSION_TLS_1_3:
    return "TLS 1.3";
  case G_TLS_PROTOCOL_VERSION_SSL_3_0:
  case G_TLS_PROTOCOL_VERSION_UNKNOWN:
  case G_TLS_PROTOCOL_VERSION_DTLS_1_0:
  case G_TLS_PROTOCOL_VERSION_DTLS_1_2:
  default:
    return NULL;
  }
}
