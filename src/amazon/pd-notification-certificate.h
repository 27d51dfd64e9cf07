/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-client.h"
#include "pd-notification.h"

G_BEGIN_DECLS

/* Fetches the certificate that the message names, from Amazon's own hosts only: PD_ERROR_NOT_ALLOWED without any connection where
 * the address is another's or redirects, PD_ERROR_GARBAGE where what comes is no such certificate, and PdClient's errors. */
void      pd_notification_certificate_fetch_async  (PdNotification *notification, PdClient *client, GCancellable *cancellable,
                                                    GAsyncReadyCallback callback, gpointer user_data);
GBytes   *pd_notification_certificate_fetch_finish (PdNotification *notification, GAsyncResult *result, GError **error);

/* Whose certificate it is; (transfer full) (nullable), safe to show. */
char     *pd_notification_certificate_dup_name     (GBytes *pem);

/* The name in the certificates of the practice endpoint, which count for practice only. */
#define PD_NOTIFICATION_PRACTICE_NAME "Paydesk practice notifications"

gboolean  pd_notification_certificate_is_practice  (GBytes *pem);

G_END_DECLS
