/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A host's name that leads to this computer and never elsewhere: TLS and the Host header keep the name, no name server is
 * asked, and no proxy is used. */
#define PD_TYPE_LOOPBACK (pd_loopback_get_type ())
G_DECLARE_FINAL_TYPE (PdLoopback, pd_loopback, PD, LOOPBACK, GNetworkAddress)

gboolean    pd_loopback_is_host (const char *host);
PdLoopback *pd_loopback_new     (const char *name, const char *host, guint16 port);

G_END_DECLS
