/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-practice-merchant.h"

/**
 * pd_practice_merchant_copy:
 * @self: a merchant
 *
 * Returns: (transfer full): a copy; lists that are %NULL become empty ones
 */
PdPracticeMerchant *
pd_practice_merchant_copy (const PdPracticeMerchant *self)
{
  PdPracticeMerchant *copy = g_new0 (PdPracticeMerchant, 1);

  copy->merchant_id = g_strdup (self->merchant_id);
  copy->store_id = g_strdup (self->store_id);
  copy->public_key_id = g_strdup (self->public_key_id);
  copy->public_key_pem = g_strdup (self->public_key_pem);
  copy->return_urls = self->return_urls != NULL ? g_strdupv (self->return_urls) : g_new0 (char *, 1);
  copy->javascript_origins = self->javascript_origins != NULL ? g_strdupv (self->javascript_origins) : g_new0 (char *, 1);
  copy->mws_auth_token_hash = g_strdup (self->mws_auth_token_hash);
  copy->access_key_id = g_strdup (self->access_key_id);
  copy->secret_key_hash = g_strdup (self->secret_key_hash);
  copy->client_secret_hash = g_strdup (self->client_secret_hash);
  copy->secret_key = self->secret_key != NULL ? pd_secret_text_ref (self->secret_key) : NULL;
  return copy;
}

void
pd_practice_merchant_free (PdPracticeMerchant *self)
{
  g_free (self->merchant_id);
  g_free (self->store_id);
  g_free (self->public_key_id);
  g_free (self->public_key_pem);
  g_strfreev (self->return_urls);
  g_strfreev (self->javascript_origins);
  g_free (self->mws_auth_token_hash);
  g_free (self->access_key_id);
  g_free (self->secret_key_hash);
  g_free (self->client_secret_hash);
  g_clear_pointer (&self->secret_key, pd_secret_text_unref);
  g_free (self);
}
