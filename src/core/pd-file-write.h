/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that the person names, outside the data folder. */
void     pd_file_write_async  (GFile *file, GBytes *content, gboolean is_private, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean pd_file_write_finish (GFile *file, GAsyncResult *result, GError **error);
char    *pd_file_write_resolve (const char *path);

G_END_DECLS
