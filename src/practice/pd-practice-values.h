/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-secret-text.h"

G_BEGIN_DECLS

/* Invented values in the forms that Amazon's have. */
char         *pd_practice_invent_merchant_id    (void);
char         *pd_practice_invent_store_id       (void);
char         *pd_practice_invent_public_key_id  (void);
char         *pd_practice_invent_access_key_id  (void);
char         *pd_practice_invent_request_id     (void);
PdSecretText *pd_practice_invent_auth_token     (void);
PdSecretText *pd_practice_invent_client_secret  (void);
PdSecretText *pd_practice_invent_secret_key     (void);

/* The address part for a shop of that name: lower-case letters, digits and single hyphens. */
char         *pd_practice_invent_slug           (const char *name);

/* The value with one letter wrong, as it happens when a value is copied by hand. */
char         *pd_practice_mistake               (const char *value);

G_END_DECLS
