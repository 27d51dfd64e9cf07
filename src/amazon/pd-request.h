/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-endpoints.h"
#include "pd-signer.h"

G_BEGIN_DECLS

/**
 * PdRequest:
 *
 * One call, before it is signed and sent. Immutable once sent; build with pd_request_new() and the
 * adders. Only methods and paths of the allow-list (security: no charge, no refund) can be made.
 */
#define PD_TYPE_REQUEST (pd_request_get_type ())
G_DECLARE_FINAL_TYPE (PdRequest, pd_request, PD, REQUEST, GObject)

PdRequest   *pd_request_new             (PdEnvironment environment, PdService service, const char *method, const char *path);
void         pd_request_add_query       (PdRequest *self, const char *name, const char *value);
void         pd_request_add_header      (PdRequest *self, const char *name, const char *value);
void         pd_request_set_body        (PdRequest *self, const char *content_type, GBytes *body);
/* Signs with API v2 at every attempt anew (date, and the idempotency key on POST kept over retries). */
void         pd_request_set_signature   (PdRequest *self, PdKey *key, const char *public_key_id, PdAlgorithm algorithm);
/* A form in place of a body; and, for the legacy service, Signature Version 2 over it with a fresh Timestamp at every attempt. */
void         pd_request_add_form        (PdRequest *self, const char *name, PdSecretText *value);
void         pd_request_add_form_text   (PdRequest *self, const char *name, const char *value);
void         pd_request_set_mws_signature (PdRequest *self, PdSecretText *secret_key);
const char  *pd_request_get_method      (PdRequest *self);
PdEnvironment pd_request_get_environment (PdRequest *self);
char        *pd_request_get_shown_url   (PdRequest *self, PdEndpoints *endpoints, GError **error);
/* A whole URL (for reach tests of the shop's own pages); no signature, redirects reported, not followed. */
PdRequest   *pd_request_new_for_url     (PdEnvironment environment, const char *url, GError **error);

/* The two calls of API v2 that test a setting. The path is /v2/… for a SANDBOX-/LIVE- key id, else
 * /sandbox/v2/… or /live/v2/… (practice counts as sandbox). */
PdRequest   *pd_request_new_get_session    (PdEnvironment environment, PdKey *key, const char *public_key_id);
PdRequest   *pd_request_new_create_session (PdEnvironment environment, PdKey *key, const char *public_key_id,
                                            const char *store_id, const char *return_url);
/* The exchange of an MWSAuthToken, in production. */
PdRequest   *pd_request_new_get_token      (PdEnvironment environment, PdKey *key, const char *public_key_id,
                                            PdSecretText *auth_token, const char *merchant_id);
/* The authorisation page for one return URL (Login with Amazon); needs no key. */
PdRequest   *pd_request_new_authorize      (PdEnvironment environment, const char *client_id, const char *return_url);

G_END_DECLS
