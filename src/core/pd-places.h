/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

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
extern const PdPlace pd_places_guide[];
extern const PdPlace pd_places_use[];
extern const PdPlace pd_places_revoke_grant[];
extern const PdPlace pd_places_revoke_app[];

const PdPlace *pd_places_lookup (const char *id, PdSite site);

G_END_DECLS
