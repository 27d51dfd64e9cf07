/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-secret-text.h"

G_BEGIN_DECLS

/* What Amazon would know of a shop. */
typedef struct {
  char  *merchant_id;
  char  *store_id;
  char  *public_key_id;     /* or NULL */
  char  *public_key_pem;    /* or NULL */
  char **return_urls;
  char **javascript_origins;
  char  *privacy_policy_url;  /* or NULL */
  char  *notification_url;    /* or NULL */
  gboolean has_pages;         /* the endpoint plays the shop's pages too */
  char  *mws_auth_token_hash; /* SHA-256 hex, or NULL; so are the other hashes */
  char  *access_key_id;       /* of a shop before the upgrade, or NULL */
  char  *secret_key_hash;
  char  *client_secret_hash;
  PdSecretText *secret_key;   /* what signatures are computed with, or NULL; never kept on the disk */
} PdPracticeMerchant;

PdPracticeMerchant *pd_practice_merchant_copy (const PdPracticeMerchant *self);
void                pd_practice_merchant_free (PdPracticeMerchant *self);

/* (transfer full): the hosts of its pages; none where the endpoint does not play them. */
char              **pd_practice_merchant_list_hosts (const PdPracticeMerchant *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeMerchant, pd_practice_merchant_free)

G_END_DECLS
