/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PdSeenCertificate:
 * @host: whose it is
 * @not_after: when the first of the certificates ends that the server has to renew
 *
 * What a test has seen of a server's certificate.
 */
typedef struct {
  char      *host;
  GDateTime *not_after;
} PdSeenCertificate;

void       pd_seen_certificate_free         (PdSeenCertificate *self);

/* Of each host what the newest of the shop's kept runs saw that tried it. */
void       pd_run_certificates_load_async   (const char *data_dir, const char *profile_id, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *pd_run_certificates_load_finish  (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdSeenCertificate, pd_seen_certificate_free)

G_END_DECLS
