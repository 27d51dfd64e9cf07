/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-screen.h"

G_BEGIN_DECLS

/* The sign-in screens of a shop on one sheet, for the shop's owner to look at. */
void    pd_screen_sheet_render_async  (GListModel *screens, const char *title, const char *privacy_url,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *pd_screen_sheet_render_finish (GAsyncResult *result, GError **error);

G_END_DECLS
