/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-request.h"
#include "pd-secret-text.h"

G_BEGIN_DECLS

/* The legacy service (MWS, OffAmazonPayments): the harmless probe, and what it is answered. */

/* Asks for an order that cannot exist. `auth_token`: (nullable): where a developer calls for another merchant. */
PdRequest *pd_mws_new_probe (PdEnvironment environment, const char *access_key_id, PdSecretText *secret_key, const char *seller_id,
                             PdSecretText *auth_token);

/**
 * PdMwsAnswer:
 * @code: (nullable): what went wrong; %NULL in an answer that is no error
 * @message: (nullable): its words, as the server wrote them: not safe to show as they are
 * @request_id: (nullable): what Amazon's support asks for
 *
 * An answer of the legacy service.
 */
typedef struct {
  char *code;
  char *message;
  char *request_id;
} PdMwsAnswer;

PdMwsAnswer *pd_mws_answer_new  (GBytes *body);
void         pd_mws_answer_free (PdMwsAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdMwsAnswer, pd_mws_answer_free)

G_END_DECLS
