/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-pinned.h"

/* As a network address it is the name, which is what TLS asks for; as something to connect to it is the addresses. */
struct _PdPinned
{
  GNetworkAddress  parent_instance;
  GPtrArray       *addresses; /* GSocketAddress */
};

struct _PdPinnedEnumerator
{
  GSocketAddressEnumerator  parent_instance;
  PdPinned                 *pinned;
  guint                     next;
};

#define PD_TYPE_PINNED_ENUMERATOR (pd_pinned_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (PdPinnedEnumerator, pd_pinned_enumerator, PD, PINNED_ENUMERATOR, GSocketAddressEnumerator)
G_DEFINE_FINAL_TYPE (PdPinnedEnumerator, pd_pinned_enumerator, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

static GSocketAddress *
pd_pinned_enumerator_next (GSocketAddressEnumerator  *enumerator,
                           GCancellable              *cancellable,
                           GError                   **error)
{
  PdPinnedEnumerator *self = PD_PINNED_ENUMERATOR (enumerator);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || self->next >= self->pinned->addresses->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->pinned->addresses, self->next++));
}

static void
pd_pinned_enumerator_finalize (GObject *object)
{
  g_clear_object (&PD_PINNED_ENUMERATOR (object)->pinned);
  G_OBJECT_CLASS (pd_pinned_enumerator_parent_class)->finalize (object);
}

static void
pd_pinned_enumerator_class_init (PdPinnedEnumeratorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_pinned_enumerator_finalize;
  G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass)->next = pd_pinned_enumerator_next;
}

static void
pd_pinned_enumerator_init (PdPinnedEnumerator *self)
{
}

static GSocketAddressEnumerator *
pd_pinned_enumerate (GSocketConnectable *connectable)
{
  PdPinnedEnumerator *enumerator = g_object_new (PD_TYPE_PINNED_ENUMERATOR, NULL);

  enumerator->pinned = g_object_ref (PD_PINNED (connectable));
  return G_SOCKET_ADDRESS_ENUMERATOR (enumerator);
}

static void
connectable_init (GSocketConnectableIface *iface)
{
  iface->enumerate = pd_pinned_enumerate;
  /* A proxy would look the name up anew. */
  iface->proxy_enumerate = pd_pinned_enumerate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdPinned, pd_pinned, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE, connectable_init))

static void
pd_pinned_finalize (GObject *object)
{
  g_clear_pointer (&PD_PINNED (object)->addresses, g_ptr_array_unref);
  G_OBJECT_CLASS (pd_pinned_parent_class)->finalize (object);
}

static void
pd_pinned_class_init (PdPinnedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_pinned_finalize;
}

static void
pd_pinned_init (PdPinned *self)
{
  self->addresses = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * pd_pinned_new:
 * @name: the name that TLS verifies
 * @addresses: (element-type GInetAddress): where to connect, the first first
 * @port: the port to connect to
 *
 * Returns: (transfer full): something to connect to
 */
PdPinned *
pd_pinned_new (const char *name,
               GPtrArray  *addresses,
               guint16     port)
{
  PdPinned *self = g_object_new (PD_TYPE_PINNED, "hostname", name, "port", (guint) port, "scheme", "https", NULL);

  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (self->addresses, g_inet_socket_address_new (g_ptr_array_index (addresses, i), port));
  return self;
}
