/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-request.h"
#include "pd-response.h"
#include "pd-secret-text.h"

G_BEGIN_DECLS

/* Login with Amazon: a code exchange that must fail. Which way it fails tells whether the client was accepted. */
PdRequest *pd_login_new_exchange (PdEnvironment environment, const char *client_id, PdSecretText *client_secret, const char *return_url);

/* (transfer full) (nullable): the `error` of an answer, NULL where it is not an answer of Login with Amazon's; `description`: (out) (nullable). */
char      *pd_login_dup_error    (PdResponse *response, char **description);

G_END_DECLS
