/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PD_TYPE_RESPONSE (pd_response_get_type ())
G_DECLARE_FINAL_TYPE (PdResponse, pd_response, PD, RESPONSE, GObject)

/* What came back, whatever it was; built by PdClient. Secrets of the request are not in it. */
PdResponse  *pd_response_new               (const char *method, const char *url, guint status, GHashTable *headers, GBytes *body,
                                            gint64 elapsed_ms, GDateTime *sent, const char *string_to_sign);
const char  *pd_response_get_method        (PdResponse *self);
const char  *pd_response_get_url           (PdResponse *self);
guint        pd_response_get_status        (PdResponse *self);
const char  *pd_response_get_header        (PdResponse *self, const char *name);
GBytes      *pd_response_get_body          (PdResponse *self);   /* (transfer none) */
char        *pd_response_dup_text          (PdResponse *self);   /* body as valid UTF-8, controls and bidi marks made harmless */
gint64       pd_response_get_elapsed_ms    (PdResponse *self);
guint        pd_response_get_attempts      (PdResponse *self);
void         pd_response_set_attempts      (PdResponse *self, guint attempts);
const char  *pd_response_get_request_id    (PdResponse *self);   /* x-amz-pay-request-id, or NULL */
const char  *pd_response_get_string_to_sign (PdResponse *self);  /* ours, of the attempt that was answered; NULL if unsigned */
/* Server's Date minus this computer's clock, in seconds; FALSE where the answer has no Date. */
gboolean     pd_response_get_clock_skew    (PdResponse *self, gint64 *seconds);
/* The JSON body's reasonCode and message; FALSE where the body is no such JSON. The type header is not asked. */
gboolean     pd_response_get_reason        (PdResponse *self, const char **reason_code, const char **message);
char        *pd_response_dup_message       (PdResponse *self);   /* the message, safe to show */
/* The string to sign that a refused signature's message quotes, or NULL. */
char        *pd_response_dup_quoted_string (PdResponse *self);
/* A member of the top-level JSON object as text, or NULL ("statusDetails.state" for nested). */
char        *pd_response_dup_member        (PdResponse *self, const char *path);

G_END_DECLS
