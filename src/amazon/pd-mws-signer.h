/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-secret-text.h"

G_BEGIN_DECLS

/* Signature Version 2 of the legacy service (MWS). `parameters`: name → value, unencoded, without Signature. */
char *pd_mws_signer_query          (GHashTable *parameters);
char *pd_mws_signer_string_to_sign (const char *method, const char *host, const char *path, GHashTable *parameters);
char *pd_mws_signer_sign           (PdSecretText *secret_key, const char *string_to_sign);

G_END_DECLS
