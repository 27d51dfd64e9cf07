/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-loopback.h"

#define MAX_ADDRESSES 2

/* As a network address it is the name, which is what TLS asks for; as something to connect to it is the addresses. */
struct _PdLoopback
{
  GNetworkAddress  parent_instance;
  GSocketAddress  *addresses[MAX_ADDRESSES];
  guint            n_addresses;
};

struct _PdLoopbackEnumerator
{
  GSocketAddressEnumerator  parent_instance;
  PdLoopback               *loopback;
  guint                     next;
};

#define PD_TYPE_LOOPBACK_ENUMERATOR (pd_loopback_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (PdLoopbackEnumerator, pd_loopback_enumerator, PD, LOOPBACK_ENUMERATOR, GSocketAddressEnumerator)
G_DEFINE_FINAL_TYPE (PdLoopbackEnumerator, pd_loopback_enumerator, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

static GSocketAddress *
pd_loopback_enumerator_next (GSocketAddressEnumerator  *enumerator,
                             GCancellable              *cancellable,
                             GError                   **error)
{
  PdLoopbackEnumerator *self = PD_LOOPBACK_ENUMERATOR (enumerator);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || self->next >= self->loopback->n_addresses)
    return NULL;
  return g_object_ref (self->loopback->addresses[self->next++]);
}

static void
pd_loopback_enumerator_finalize (GObject *object)
{
  g_clear_object (&PD_LOOPBACK_ENUMERATOR (object)->loopback);
  G_OBJECT_CLASS (pd_loopback_enumerator_parent_class)->finalize (object);
}

static void
pd_loopback_enumerator_class_init (PdLoopbackEnumeratorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_loopback_enumerator_finalize;
  G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass)->next = pd_loopback_enumerator_next;
}

static void
pd_loopback_enumerator_init (PdLoopbackEnumerator *self)
{
}

static GSocketAddressEnumerator *
pd_loopback_enumerate (GSocketConnectable *connectable)
{
  PdLoopbackEnumerator *enumerator = g_object_new (PD_TYPE_LOOPBACK_ENUMERATOR, NULL);

  enumerator->loopback = g_object_ref (PD_LOOPBACK (connectable));
  return G_SOCKET_ADDRESS_ENUMERATOR (enumerator);
}

static void
connectable_init (GSocketConnectableIface *iface)
{
  iface->enumerate = pd_loopback_enumerate;
  /* A proxy has no business between this computer and itself. */
  iface->proxy_enumerate = pd_loopback_enumerate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdLoopback, pd_loopback, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE, connectable_init))

static void
pd_loopback_finalize (GObject *object)
{
  PdLoopback *self = PD_LOOPBACK (object);

  for (guint i = 0; i < self->n_addresses; i++)
    g_object_unref (self->addresses[i]);
  G_OBJECT_CLASS (pd_loopback_parent_class)->finalize (object);
}

static void
pd_loopback_class_init (PdLoopbackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_loopback_finalize;
}

static void
pd_loopback_init (PdLoopback *self)
{
}

/**
 * pd_loopback_is_host:
 * @host: (nullable): a host as it stands in a URL, without brackets
 *
 * Returns: whether it is an address of this computer: `127.0.0.0/8`, `::1`, or `localhost`
 */
gboolean
pd_loopback_is_host (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

static void
add_address (PdLoopback   *self,
             GInetAddress *address,
             guint16       port)
{
  self->addresses[self->n_addresses++] = g_inet_socket_address_new (address, port);
  g_object_unref (address);
}

/**
 * pd_loopback_new:
 * @name: the name that TLS verifies
 * @host: where to connect instead: a host for which pd_loopback_is_host() holds
 * @port: the port to connect to
 *
 * Returns: (transfer full): something to connect to
 */
PdLoopback *
pd_loopback_new (const char *name,
                 const char *host,
                 guint16     port)
{
  PdLoopback *self;

  g_return_val_if_fail (pd_loopback_is_host (host), NULL);
  self = g_object_new (PD_TYPE_LOOPBACK, "hostname", name, "port", (guint) port, "scheme", "https", NULL);
  if (g_str_equal (host, "localhost")) {
    add_address (self, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4), port);
    add_address (self, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6), port);
  } else {
    add_address (self, g_inet_address_new_from_string (host), port);
  }
  return self;
}
