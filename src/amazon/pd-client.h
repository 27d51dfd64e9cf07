/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-request.h"
#include "pd-response.h"

G_BEGIN_DECLS

#define PD_TYPE_CLIENT (pd_client_get_type ())
G_DECLARE_FINAL_TYPE (PdClient, pd_client, PD, CLIENT, GObject)

/* HTTPS only, certificates verified, redirects never followed, only allowed hosts; limits on body (1 MiB; of a page of the shop's
 * own that much is kept, 4 MiB are read, and nothing is retried),
 * headers, total time and idle time; retries of 408 425 429 500 502 503 504 with the delays of "Retries".
 * A transport trouble is a GError: PD_ERROR_OFFLINE, _TLS (with the reason named), _TIMEOUT, _TOO_LARGE, _GARBAGE,
 * _NOT_ALLOWED, _BAD_INPUT (a key ID that cannot be sent), or G_IO_ERROR_CANCELLED. An HTTP answer, whatever its status, is a PdResponse. */
PdClient    *pd_client_new             (PdEndpoints *endpoints);
PdEndpoints *pd_client_get_endpoints   (PdClient *self);
/* Tests shorten these; milliseconds. Defaults: 30,000 in all, 15,000 idle; delays 1,000 2,200 7,000. */
void         pd_client_set_timeouts    (PdClient *self, guint total_ms, guint idle_ms);
guint        pd_client_get_total_ms    (PdClient *self);
void         pd_client_set_retry_delays (PdClient *self, const guint *delays_ms, guint n_delays);
void         pd_client_send_async      (PdClient *self, PdRequest *request, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
PdResponse  *pd_client_send_finish     (PdClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
