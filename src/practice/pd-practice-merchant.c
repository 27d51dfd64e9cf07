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
  copy->privacy_policy_url = g_strdup (self->privacy_policy_url);
  copy->notification_url = g_strdup (self->notification_url);
  copy->has_pages = self->has_pages;
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
  g_free (self->privacy_policy_url);
  g_free (self->notification_url);
  g_free (self->mws_auth_token_hash);
  g_free (self->access_key_id);
  g_free (self->secret_key_hash);
  g_free (self->client_secret_hash);
  g_clear_pointer (&self->secret_key, pd_secret_text_unref);
  g_free (self);
}

static void
add_host (GPtrArray  *hosts,
          const char *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL) : NULL;
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && *host != '\0' && !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
    g_ptr_array_add (hosts, g_strdup (host));
}

/**
 * pd_practice_merchant_list_hosts:
 * @self: a merchant
 *
 * Returns: (transfer full): the hosts of its pages
 */
char **
pd_practice_merchant_list_hosts (const PdPracticeMerchant *self)
{
  GPtrArray *hosts = g_ptr_array_new ();
  char     **lists[] = { self->javascript_origins, self->return_urls };

  for (guint i = 0; self->has_pages && i < G_N_ELEMENTS (lists); i++) {
    for (guint j = 0; lists[i] != NULL && lists[i][j] != NULL; j++)
      add_host (hosts, lists[i][j]);
  }
  if (self->has_pages) {
    add_host (hosts, self->privacy_policy_url);
    add_host (hosts, self->notification_url);
  }
  g_ptr_array_add (hosts, NULL);
  return (char **) g_ptr_array_free (hosts, FALSE);
}
