/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What went wrong on the way to a server, in the words of an operator: each is a GError of PD_ERROR. */
GError *pd_trouble_from_certificate (const char *host, GTlsCertificate *certificate, GTlsCertificateFlags flags);
GError *pd_trouble_from_transport   (const GError *error, gboolean connected);

G_END_DECLS
