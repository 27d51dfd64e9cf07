/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

#define PD_URL_SELLER_CENTRAL  "https://sellercentral-japan.amazon.com/"
#define PD_URL_MANUAL          "https://www.future-shop.jp/manual/operate/etc/amazon_id.html"
#define PD_URL_SETTINGS_MANUAL "https://manual.future-shop.jp/settings/thirdParty/thirdPartyAmazon"
#define PD_URL_FAQ_UPGRADE     "https://qa.future-shop.jp/faq/show/8214"

/* Whom to call (S001): futureshop's operations support, on weekdays. */
#define PD_SUPPORT_NAME        "運用サポート"
#define PD_SUPPORT_HOURS       "平日10:00~17:00"
#define PD_SUPPORT_PHONE       "06-6485-6485"

/* The menu paths that the manual gives, each list ending with a row without a path. */
extern const PdPlace pd_places_credentials[];
extern const PdPlace pd_places_credentials_secret[];
extern const PdPlace pd_places_api_keys[];
extern const PdPlace pd_places_token[];
extern const PdPlace pd_places_api_information[];
extern const PdPlace pd_places_token_entered[];
extern const PdPlace pd_places_application[];
extern const PdPlace pd_places_web_settings[];
extern const PdPlace pd_places_page_urls[];
extern const PdPlace pd_places_javascript[];
extern const PdPlace pd_places_redirect[];
extern const PdPlace pd_places_notification_found[];
extern const PdPlace pd_places_notification_entered[];
extern const PdPlace pd_places_upgrade[];
extern const PdPlace pd_places_preview[];
extern const PdPlace pd_places_api_page[];
extern const PdPlace pd_places_settings_manual[];
extern const PdPlace pd_places_token_look[];
extern const PdPlace pd_places_token_after[];
extern const PdPlace pd_places_steps[];
extern const PdPlace pd_places_application_edit[];
extern const PdPlace pd_places_integration[];
extern const PdPlace pd_places_use[];
extern const PdPlace pd_places_revoke_grant[];
extern const PdPlace pd_places_revoke_app[];
extern const PdPlace pd_places_app_permissions[];

const PdPlace *pd_places_lookup (const char *id, PdSite site);

G_END_DECLS
