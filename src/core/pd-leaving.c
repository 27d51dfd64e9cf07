/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-leaving.h"
#include "pd-places.h"

/* First the shop stops, then the access goes: the other way round orders under way cannot be settled. */
static const PdLeavingStep steps[] = {
  { "stop", PD_LEAVING_SHOP, NULL, N_("Set Amazon Pay to “利用しない”"),
    N_("Settle the orders that are still open first: what was paid with Amazon Pay can only be charged or refunded while the access stands."),
    pd_places_use },
  { "api-information", PD_LEAVING_SHOP, "seller-id", N_("Clear the API information"),
    N_("If another account is to be connected, its values go here. A pre-set token is left as it is: ask futureshop’s support."),
    pd_places_api_information },
  { "option", PD_LEAVING_SHOP, NULL, N_("Cancel the Amazon Pay option"),
    N_("Only when the shop stops with Amazon Pay for good. futureshop’s support: 06-6485-6485, weekdays 10:00–17:00."), NULL },
  { "grant", PD_LEAVING_AMAZON, NULL, N_("Revoke futureshop’s API access"),
    N_("If “アクセス権の取り消し” is not shown there, there is nothing to revoke."), pd_places_revoke_grant },
  { "app", PD_LEAVING_AMAZON, NULL, N_("Disable futureshop’s app permission"),
    N_("The developer is 株式会社フューチャーショップ (804019623754). If it is not listed, there is nothing to disable. The MWS Auth Token is void "
       "from then on."),
    pd_places_revoke_app },
  { "key", PD_LEAVING_AMAZON, "public-key-id", N_("Delete the shop’s own API key"),
    N_("A key that nobody deletes goes on signing."), pd_places_api_keys },
  { "notification-url", PD_LEAVING_AMAZON, "notification-url", N_("Remove the notification URL"),
    N_("Otherwise Amazon goes on sending notifications of orders to it."), pd_places_notification_entered },
  { "urls", PD_LEAVING_AMAZON, "return-urls", N_("Remove the shop’s origins and return URLs"),
    NULL, pd_places_web_settings },
};

static const char *const headings[] = {
  [PD_LEAVING_SHOP] = N_("At futureshop"),
  [PD_LEAVING_AMAZON] = N_("At Amazon, When the Shop Has Stopped"),
};

/**
 * pd_leaving_list_steps:
 * @profile: a shop
 * @side: whose side
 *
 * Returns: (transfer container) (element-type PdLeavingStep): what this shop has to revoke there, in order
 */
GPtrArray *
pd_leaving_list_steps (PdProfile     *profile,
                       PdLeavingSide  side)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (steps[i].side == side && (steps[i].needs == NULL || !pd_profile_is_empty (profile, steps[i].needs)))
      g_ptr_array_add (list, (gpointer) &steps[i]);
  }
  return list;
}

/* (transfer none): translated. */
const char *
pd_leaving_get_heading (PdLeavingSide side)
{
  return _(headings[side]);
}
