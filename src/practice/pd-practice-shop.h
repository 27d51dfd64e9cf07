/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-desk.h"
#include "pd-practice-server.h"

G_BEGIN_DECLS

/* Where the public half of a shop made with `new --practice` is kept: <data>/profiles/<profile id>/practice.json. */

/* Makes a practice shop: profile with plausible invented values, its secrets through the desk into the keyring,
 * its public half written down. `mistake`: (nullable) field id that gets one wrong character, of the kind the
 * manual warns of, while the registered half keeps the right value ("client-id" for the newcomer's shop). */
void       pd_practice_shop_new_async   (PdDesk *desk, const char *name, PdMode mode, PdGeneration generation,
                                         const char *mistake, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
/* NULL: nothing was made. A profile and `why` set (PD_ERROR_KEYRING_*): made, and its secrets wait in memory for the keyring. */
PdProfile *pd_practice_shop_new_finish  (GAsyncResult *result, GError **why);

/* What Amazon would know of this profile: the kept public half of a practice shop, or (with `form_only` set) one made
 * from the profile's own ids and key, which can prove form only. `private_key`: the profile's, or NULL. */
PdPracticeMerchant *pd_practice_shop_get_merchant (PdStore *store, PdProfile *profile, PdKey *private_key, gboolean *form_only);
void                pd_practice_shop_add_secrets  (PdPracticeMerchant *merchant, PdProfile *profile, GHashTable *secrets);

G_END_DECLS
