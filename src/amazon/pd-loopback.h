/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-pinned.h"

G_BEGIN_DECLS

/* Hosts that are this computer itself, and names that lead to it. */
gboolean  pd_loopback_is_host (const char *host);
PdPinned *pd_loopback_new     (const char *name, const char *host, guint16 port);

G_END_DECLS
