/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-field.h"

G_BEGIN_DECLS

typedef enum {
  PD_SERVICE_PAY_V2,    /* https://pay-api.amazon.jp */
  PD_SERVICE_MWS,       /* https://mws.amazonservices.jp */
  PD_SERVICE_LOGIN,     /* https://api.amazon.co.jp */
  PD_SERVICE_AUTHORIZE, /* https://apac.account.amazon.com */
} PdService;

#define PD_TYPE_ENDPOINTS (pd_endpoints_get_type ())

G_DECLARE_FINAL_TYPE (PdEndpoints, pd_endpoints, PD, ENDPOINTS, GObject)

/* Amazon's own servers, or, while PAYDESK_ENDPOINTS names a file, those on this computer that it names
 * (and nothing else). PD_ERROR_BAD_INPUT for a broken file or an address that is not loopback. */
PdEndpoints   *pd_endpoints_new           (GError **error);
PdEndpoints   *pd_endpoints_new_from_json (const char *text, gssize length, GError **error);

/* Adds the practice endpoint: base such as "https://127.0.0.1:4431", and its CA as PEM text. */
void           pd_endpoints_set_practice  (PdEndpoints *self, const char *base, const char *ca_pem);

/* The names that lead to the practice endpoint there, beside those added before: a practice shop's own. */
void           pd_endpoints_add_practice_hosts (PdEndpoints *self, const char *const *hosts);
/* Whether a host that is not allowed there is one that does not exist, as far as that world goes: practice with its shops' hosts. */
gboolean       pd_endpoints_is_complete   (PdEndpoints *self, PdEnvironment environment);

gboolean       pd_endpoints_is_rehearsal  (PdEndpoints *self);  /* PAYDESK_ENDPOINTS is in force: say so */
/* NULL with PD_ERROR_NOT_ALLOWED where the environment has no such service (practice not started, not in the file). */
const char    *pd_endpoints_get_base      (PdEndpoints *self, PdEnvironment environment, PdService service, GError **error);
/* Whether a connection to that URI's host and port may be opened at all. */
gboolean       pd_endpoints_allows        (PdEndpoints *self, PdEnvironment environment, GUri *uri);
/* (nullable) (transfer full): where to connect for a URI that is allowed: in practice and in a rehearsal always on this computer
 * (the file's "hosts" among others); NULL: what the name server says. */
GSocketConnectable *pd_endpoints_get_connectable (PdEndpoints *self, PdEnvironment environment, GUri *uri);
/* (nullable) (transfer full): the trust anchors for that environment; NULL: the system's. */
GTlsDatabase  *pd_endpoints_get_database  (PdEndpoints *self, PdEnvironment environment, GError **error);

G_END_DECLS
