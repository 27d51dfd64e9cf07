/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-login.h"

/* Nobody was ever given it. */
#define NO_CODE "paydesk-no-such-code"

/**
 * pd_login_new_exchange:
 * @environment: the environment; the service is the same for all
 * @client_id: the Client ID
 * @client_secret: the client secret
 * @return_url: a return URL that is registered
 *
 * Login with Amazon, "Authorization Code Grant": the client is looked at before the code, so that the complaint about the code
 * means that the client was accepted. Nobody is logged in.
 *
 * Returns: (transfer full): the request
 */
PdRequest *
pd_login_new_exchange (PdEnvironment  environment,
                       const char    *client_id,
                       PdSecretText  *client_secret,
                       const char    *return_url)
{
  PdRequest *request = pd_request_new (environment, PD_SERVICE_LOGIN, "POST", "/auth/o2/token");

  pd_request_add_header (request, "accept", "application/json");
  pd_request_add_form_text (request, "grant_type", "authorization_code");
  pd_request_add_form_text (request, "code", NO_CODE);
  pd_request_add_form_text (request, "redirect_uri", return_url);
  pd_request_add_form_text (request, "client_id", client_id);
  pd_request_add_form (request, "client_secret", client_secret);
  return request;
}

/**
 * pd_login_dup_error:
 * @response: what came back
 * @description: (out) (nullable) (transfer full): what it says in words, safe to show
 *
 * Returns: (transfer full) (nullable): the code of RFC 6749's `error`
 */
char *
pd_login_dup_error (PdResponse  *response,
                    char       **description)
{
  g_autofree char *error = pd_response_dup_member (response, "error");

  *description = NULL;
  if (error == NULL || !g_regex_match_simple ("^[a-z0-9_]{1,100}$", error, G_REGEX_DOLLAR_ENDONLY, 0))
    return NULL;
  *description = pd_response_dup_member (response, "error_description");
  return g_steal_pointer (&error);
}
