/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-loopback.h"

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

/**
 * pd_loopback_new:
 * @name: the name that TLS verifies
 * @host: where to connect instead: a host for which pd_loopback_is_host() holds
 * @port: the port to connect to
 *
 * Returns: (transfer full): something to connect to
 */
PdPinned *
pd_loopback_new (const char *name,
                 const char *host,
                 guint16     port)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (pd_loopback_is_host (host), NULL);
  if (g_str_equal (host, "localhost")) {
    g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
    g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6));
  } else {
    g_ptr_array_add (addresses, g_inet_address_new_from_string (host));
  }
  return pd_pinned_new (name, addresses, port);
}
