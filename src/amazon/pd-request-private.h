/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <libsoup/soup.h>

#include "pd-connection.h"
#include "pd-request.h"

G_BEGIN_DECLS

/* A message for one attempt: fresh date and signature. PD_ERROR_NOT_ALLOWED for what Paydesk never does.
 * `string_to_sign`: (out) (nullable): what was signed. */
SoupMessage *pd_request_to_message (PdRequest *self, PdEndpoints *endpoints, char **string_to_sign, GError **error);
gboolean     pd_request_is_signed (PdRequest *self);
PdService    pd_request_get_service (PdRequest *self);

/* Of a page of the shop's own: where its name leads, once that is known, and what notes the way there. */
gboolean            pd_request_is_page         (PdRequest *self);
void                pd_request_set_connectable (PdRequest *self, GSocketConnectable *connectable);
GSocketConnectable *pd_request_get_connectable (PdRequest *self);
void                pd_request_set_connection  (PdRequest *self, PdConnection *connection);
PdConnection       *pd_request_get_connection  (PdRequest *self);

G_END_DECLS
