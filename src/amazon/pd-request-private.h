/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <libsoup/soup.h>

#include "pd-request.h"

G_BEGIN_DECLS

/* A message for one attempt: fresh date and signature. PD_ERROR_NOT_ALLOWED for what Paydesk never does.
 * `string_to_sign`: (out) (nullable): what was signed. */
SoupMessage *pd_request_to_message (PdRequest *self, PdEndpoints *endpoints, char **string_to_sign, GError **error);
gboolean     pd_request_is_signed (PdRequest *self);
PdService    pd_request_get_service (PdRequest *self);

G_END_DECLS
