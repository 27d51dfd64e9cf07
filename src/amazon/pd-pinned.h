/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A host's name that leads to certain addresses and never elsewhere: TLS and the Host header keep the name, no name server is
 * asked (again), and no proxy is used. */
#define PD_TYPE_PINNED (pd_pinned_get_type ())
G_DECLARE_FINAL_TYPE (PdPinned, pd_pinned, PD, PINNED, GNetworkAddress)

PdPinned *pd_pinned_new (const char *name, GPtrArray *addresses, guint16 port);

G_END_DECLS
