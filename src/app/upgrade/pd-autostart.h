/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     pd_autostart_set_async  (GDBusConnection *connection, gboolean sandboxed, gboolean wanted, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean pd_autostart_set_finish (GAsyncResult *result, GError **error);

G_END_DECLS
