/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Amazon would know of a shop. */
typedef struct {
  char  *merchant_id;
  char  *store_id;
  char  *public_key_id;     /* or NULL */
  char  *public_key_pem;    /* or NULL */
  char **return_urls;
  char **javascript_origins;
  char  *mws_auth_token_hash; /* SHA-256 hex, or NULL */
} PdPracticeMerchant;

PdPracticeMerchant *pd_practice_merchant_copy (const PdPracticeMerchant *self);
void                pd_practice_merchant_free (PdPracticeMerchant *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeMerchant, pd_practice_merchant_free)

G_END_DECLS
