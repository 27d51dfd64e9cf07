/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-practice-login.h"

/**
 * pd_practice_login_refuse:
 * @exchange: a request for the code exchange, which will have been answered
 * @id: a row of its answers
 */
void
pd_practice_login_refuse (PdPracticeExchange *exchange,
                          const char         *id)
{
  const PdPracticeReason *reason = pd_practice_login_reason_find (id);
  JsonObject             *object = json_object_new ();
  g_autoptr (JsonNode)    node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "error", reason->code);
  json_object_set_string_member (object, "error_description", reason->message);
  json_object_set_string_member (object, "error_index", "PRACTICE");
  pd_practice_exchange_answer (exchange, reason->status, node);
}

static gboolean
is_client (PdPracticeRegistry *registry,
           PdPracticeExchange *exchange,
           GHashTable         *form)
{
  const char                    *client_id = g_hash_table_lookup (form, "client_id");
  const char                    *secret = g_hash_table_lookup (form, "client_secret");
  g_autoptr (PdPracticeMerchant) merchant = pd_practice_registry_find_by_store_id (registry, client_id);
  g_autofree char               *hash = pd_secret_hash (secret);

  if (merchant == NULL) {
    g_autofree char *meant = pd_practice_registry_guess_store_id (registry, client_id, g_hash_table_lookup (form, "redirect_uri"));

    pd_practice_exchange_say_registered (exchange, "client-id", meant);
    return FALSE;
  }
  return exchange->fault.kind != PD_PRACTICE_FAULT_STORE && g_strcmp0 (merchant->client_secret_hash, hash) == 0;
}

/**
 * pd_practice_login_answer:
 * @registry: the merchants
 * @exchange: a request for the code exchange, which will have been answered
 *
 * RFC 6749, 5.2: the form of the request, then the client, then the code.
 */
void
pd_practice_login_answer (PdPracticeRegistry *registry,
                          PdPracticeExchange *exchange)
{
  static const char *const needed[] = { "grant_type", "code", "redirect_uri", "client_id", "client_secret" };
  g_autoptr (GHashTable)   form = pd_practice_exchange_read_form (exchange);
  gboolean                 complete = g_str_equal (exchange->method, "POST");

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    complete = complete && g_hash_table_lookup (form, needed[i]) != NULL;
  if (exchange->fault.kind == PD_PRACTICE_FAULT_LOGIN)
    pd_practice_login_refuse (exchange, exchange->fault.name);
  else if (!complete)
    pd_practice_login_refuse (exchange, "invalid_request");
  else if (g_strcmp0 (g_hash_table_lookup (form, "grant_type"), "authorization_code") != 0)
    pd_practice_login_refuse (exchange, "unsupported_grant_type");
  else if (!is_client (registry, exchange, form))
    pd_practice_login_refuse (exchange, "invalid_client");
  else
    pd_practice_login_refuse (exchange, "invalid_grant");
}
