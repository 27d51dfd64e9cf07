/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-key.h"

G_BEGIN_DECLS

/* The two algorithms of API v2 (amazon-pay API "Signing requests"). */
typedef enum {
  PD_ALGORITHM_PSS,    /* AMZN-PAY-RSASSA-PSS, salt 20 */
  PD_ALGORITHM_PSS_V2, /* AMZN-PAY-RSASSA-PSS-V2, salt 32; what Paydesk signs with */
} PdAlgorithm;

const char *pd_algorithm_to_id      (PdAlgorithm algorithm);
gboolean    pd_algorithm_from_id    (const char *id, PdAlgorithm *algorithm);
int         pd_algorithm_get_salt   (PdAlgorithm algorithm);

/* Percent-encoding and sorting as the signature wants them; send the very same string in the URL.
 * `query`: name → GPtrArray of values (element-type utf8), or NULL. */
char       *pd_signer_encode        (const char *text, gboolean keep_slash);
char       *pd_signer_canonical_path  (const char *path);
char       *pd_signer_canonical_query (GHashTable *query);

/* `headers`: lower-case or mixed-case name → value; `signed_names`: NULL for all of them. */
char       *pd_signer_canonical_request (const char *method, const char *path, GHashTable *query, GHashTable *headers,
                                         const char *const *signed_names, const void *body, gsize body_length,
                                         char **signed_headers);
char       *pd_signer_string_to_sign    (PdAlgorithm algorithm, const void *canonical, gsize length);
char       *pd_signer_sign              (PdKey *key, PdAlgorithm algorithm, const char *string_to_sign, GError **error);
char       *pd_signer_dup_quoted        (const char *text);
char       *pd_signer_authorization     (PdAlgorithm algorithm, const char *public_key_id, const char *signed_headers, const char *signature);

G_END_DECLS
