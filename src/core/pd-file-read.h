/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that somebody picks, drops or pastes: of any size, and anything may be in them. */
void    pd_file_read_async  (GFile *file, gsize max_bytes, gboolean is_part_enough, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
GBytes *pd_file_read_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
