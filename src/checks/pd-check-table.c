/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"

/* The order of the rows is the order of the findings. Ids are final; see the command line's contract. */
static const PdCheck rows[] = {
  {
    .id = "shape", .label = N_("Form of the Values"), .question = N_("Has each field the form it should?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_shape_judge,
  },
  {
    .id = "mixup", .label = N_("Mix-Ups"), .question = N_("Does a value look like another field’s?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_mixup_judge,
  },
  {
    .id = "completeness", .label = N_("Completeness"), .question = N_("Is a field missing that this shop needs?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_completeness_judge,
  },
  {
    .id = "key-pair", .label = N_("Key Pair"), .question = N_("Is the private key usable?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_key_pair_judge,
  },
  {
    .id = "key-environment", .label = N_("Key and Environment"), .question = N_("Does the key ID belong to the chosen environment?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_key_environment_judge,
  },
  {
    .id = "url-rules", .label = N_("Rules of the URLs"),
    .question = N_("Do origins, return URLs, privacy policy and notification URL keep to their rules?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_url_rules_judge,
  },
  {
    .id = "two-sided", .label = N_("Both Sides of the URLs"),
    .question = N_("Does Seller Central have the same URLs as the shop gives?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_two_sided_judge,
  },
  {
    .id = "logo", .label = N_("Logo"), .question = N_("Does the logo keep the rules for its kind, size and width?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .start = pd_check_logo_start, .is_local = TRUE,
  },
  {
    .id = "upgrade", .label = N_("Upgrade"), .question = N_("Is the shop where it should be with its upgrade?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .judge = pd_check_upgrade_judge,
  },
  {
    .id = "reachability", .label = N_("Connection"), .question = N_("Does Amazon’s server answer over a trustworthy connection?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .start = pd_check_reachability_start,
  },
  {
    .id = "clock", .label = N_("Clock"), .question = N_("Does this computer’s clock agree with the server’s?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .start = pd_check_clock_start,
  },
  {
    .id = "signature", .label = N_("Signature"), .question = N_("Is a signed call accepted?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .needs = { "mixup", "key-pair", "key-environment" }, .uses = { "public-key-id", "private-key" },
    .start = pd_check_signature_start,
  },
  {
    .id = "store-id", .label = N_("Store ID"), .question = N_("Is the Client ID (Store ID) accepted by the call that creates a session?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .needs = { "mixup", "key-pair", "key-environment", "signature" }, .uses = { "public-key-id", "private-key", "client-id" },
    .start = pd_check_store_id_start,
  },
  {
    .id = "token", .label = N_("MWS Auth Token"), .question = N_("Is the MWS Auth Token accepted?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .needs = { "shape", "mixup", "key-pair", "key-environment", "signature" },
    .uses = { "public-key-id", "private-key", "mws-auth-token", "seller-id" },
    .start = pd_check_token_start,
  },
  {
    .id = "mws-keys", .label = N_("MWS Keys"), .question = N_("Are the keys and the Seller ID accepted by the old service (MWS)?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE,
    .needs = { "mixup" }, .uses = { "access-key-id", "secret-access-key", "seller-id", "mws-auth-token" },
    .start = pd_check_mws_keys_start,
  },
  {
    .id = "login-client", .label = N_("Login Client"), .question = N_("Are Client ID and client secret accepted by Login with Amazon?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE,
    .needs = { "mixup" }, .uses = { "client-id", "client-secret" },
    .start = pd_check_login_client_start,
  },
  {
    .id = "return-url", .label = N_("Return URLs"),
    .question = N_("Is the Client ID known, and each return URL registered for it?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .needs = { "mixup" }, .uses = { "client-id" },
    .start = pd_check_return_url_start,
  },
  /* After reachability, which tells whether this network can be trusted; it never fails, and so keeps nothing from running. */
  {
    .id = "page-reach", .label = N_("The Shop’s Pages"),
    .question = N_("Does the page of each origin and return URL answer over a trustworthy connection, and redirect nowhere else?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .needs = { "reachability" },
    .start = pd_check_page_reach_start,
  },
  {
    .id = "privacy-page", .label = N_("Privacy Policy Page"),
    .question = N_("Does the privacy policy’s page open over HTTPS, and look like one?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .needs = { "reachability" },
    .start = pd_check_privacy_page_start,
  },
  {
    .id = "notification-reach", .label = N_("Receiver of Notifications"),
    .question = N_("Can the receiver of notifications be reached from this computer?"),
    .environments = PD_ENVIRONMENT_ANY, .generations = PD_GENERATION_ANY,
    .needs = { "reachability" },
    .start = pd_check_notification_reach_start,
  },
};

static GPtrArray *
get_all (void)
{
  static GPtrArray *all;

  if (g_once_init_enter (&all)) {
    GPtrArray *checks = g_ptr_array_new ();

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      g_ptr_array_add (checks, (gpointer) &rows[i]);
    g_once_init_leave (&all, checks);
  }
  return all;
}

const PdCheck *const *
pd_check_table (guint *n_checks)
{
  GPtrArray *all = get_all ();

  *n_checks = all->len;
  return (const PdCheck *const *) all->pdata;
}
