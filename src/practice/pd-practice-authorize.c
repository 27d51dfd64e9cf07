/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "pd-practice-authorize.h"

/* Login with Amazon's scopes, and those that Amazon Pay adds to them. */
static const char *const scopes[] = {
  "profile", "profile:user_id", "postal_code",
  "payments:widget", "payments:shipping_address", "payments:billing_address", "payments:instrument", "payments:autopay_consent",
  NULL
};

/* The page that refuses: what is wrong, a hint, and the details of the request. */
static void
refuse (PdPracticeExchange *exchange,
        GHashTable         *form,
        const char         *what,
        const char         *hint)
{
  static const char *const details[] = { "client_id", "redirect_uri", "response_type", "scope", "state" };
  g_autoptr (GString) page = g_string_new (NULL);

  g_string_append_printf (page,
                          "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Amazon</title></head><body>\n"
                          "<h1>We're sorry!</h1>\n<p>An error occurred when we tried to process your request.</p>\n"
                          "<h2>Error Summary</h2>\n<p>400 Bad Request</p>\n<p>%s</p>\n<p>%s</p>\n<h2>Request Details</h2>\n<ul>\n", what, hint);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    const char      *value = form != NULL ? g_hash_table_lookup (form, details[i]) : NULL;
    g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;
    g_autofree char *escaped = valid != NULL ? g_markup_escape_text (valid, -1) : NULL;

    if (escaped != NULL)
      g_string_append_printf (page, "<li>%s=%s</li>\n", details[i], escaped);
  }
  g_string_append (page, "</ul>\n</body></html>\n");
  pd_practice_exchange_answer_text (exchange, 400, "text/html; charset=utf-8", page->str);
}

static gboolean
are_known_scopes (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  gboolean       any = FALSE;

  for (guint i = 0; parts[i] != NULL; i++) {
    if (*parts[i] == '\0')
      continue;
    if (!g_strv_contains (scopes, parts[i]))
      return FALSE;
    any = TRUE;
  }
  return any;
}

/* RFC 6749, 4.1.2.1: once client and return URL are known to be good, an error goes back to the return URL. */
static void
redirect_back (PdPracticeExchange *exchange,
               const char         *return_url,
               const char         *code,
               const char         *state)
{
  g_autofree char *escaped = g_uri_escape_string (state != NULL ? state : "", NULL, FALSE);
  g_autofree char *location = g_strdup_printf ("%s%serror=%s&state=%s", return_url, strchr (return_url, '?') != NULL ? "&" : "?", code, escaped);

  pd_practice_exchange_redirect (exchange, location);
}

/* Where only one is registered, no other can have been meant. */
static const char *
guess_return_url (PdPracticeMerchant *merchant,
                  const char         *sent)
{
  if (g_strv_length (merchant->return_urls) == 1)
    return merchant->return_urls[0];
  return pd_practice_guess (sent, (const char *const *) merchant->return_urls);
}

static void
refuse_client (PdPracticeRegistry *registry,
               PdPracticeExchange *exchange,
               GHashTable         *form,
               const char         *client_id,
               gboolean            known)
{
  g_autofree char *meant = NULL;

  if (client_id != NULL && !known) {
    meant = pd_practice_registry_guess_store_id (registry, client_id, g_hash_table_lookup (form, "redirect_uri"));
    pd_practice_exchange_say_registered (exchange, "client-id", meant);
  }
  refuse (exchange, form, "An unknown client was specified.", "Check the parameter client_id.");
}

/**
 * pd_practice_authorize_answer:
 * @registry: the merchants
 * @exchange: a request for the authorisation page, which will have been answered
 *
 * Login with Amazon, "Authorization Code Grant": client and return URL are looked at before all else; the return URL must be
 * registered letter by letter.
 */
void
pd_practice_authorize_answer (PdPracticeRegistry *registry,
                              PdPracticeExchange *exchange)
{
  g_autoptr (GHashTable)         form = soup_form_decode (exchange->query != NULL ? exchange->query : "");
  const char                    *client_id = g_hash_table_lookup (form, "client_id");
  const char                    *return_url = g_hash_table_lookup (form, "redirect_uri");
  const char                    *state = g_hash_table_lookup (form, "state");
  g_autoptr (PdPracticeMerchant) merchant = pd_practice_registry_find_by_store_id (registry, client_id);
  g_autofree char               *location = NULL;

  if (!g_str_equal (exchange->method, "GET")) {
    pd_practice_exchange_answer_text (exchange, 405, "text/html; charset=utf-8", "");
    return;
  }
  if (merchant == NULL || exchange->fault.kind == PD_PRACTICE_FAULT_STORE) {
    refuse_client (registry, exchange, form, client_id, merchant != NULL);
    return;
  }
  if (return_url == NULL || !g_strv_contains ((const char *const *) merchant->return_urls, return_url)) {
    if (return_url != NULL)
      pd_practice_exchange_say_registered (exchange, "return-urls", guess_return_url (merchant, return_url));
    refuse (exchange, form, "The redirect URI you provided has not been whitelisted for your application",
            "Please add it to the 'Allowed Return URLs' under 'Web Settings' on the Amazon Seller Central App Console for Login with Amazon.");
    return;
  }
  if (g_strcmp0 (g_hash_table_lookup (form, "response_type"), "code") != 0 && g_strcmp0 (g_hash_table_lookup (form, "response_type"), "token") != 0) {
    redirect_back (exchange, return_url, "unsupported_response_type", state);
    return;
  }
  if (!are_known_scopes (g_hash_table_lookup (form, "scope"))) {
    redirect_back (exchange, return_url, "invalid_scope", state);
    return;
  }
  location = g_strconcat (exchange->base, PD_PRACTICE_SIGN_IN_PATH, NULL);
  pd_practice_exchange_redirect (exchange, location);
}

/**
 * pd_practice_sign_in_answer:
 * @exchange: a request for the sign-in form, which will have been answered
 */
void
pd_practice_sign_in_answer (PdPracticeExchange *exchange)
{
  pd_practice_exchange_answer_text (exchange, 200, "text/html; charset=utf-8",
                                    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sign-In</title></head>"
                                    "<body><h1>Sign-In</h1><p>Here a buyer would sign in. This is the practice endpoint.</p></body></html>\n");
}
