/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-merchant.h"

G_BEGIN_DECLS

/* The public half of a practice shop, kept beside its profile as <data>/profiles/<profile id>/practice.json: it goes to the
 * trash with it, comes back with it, and is purged with it. */
gboolean            pd_practice_record_write (const char *data_dir, const char *profile_id, const PdPracticeMerchant *merchant, GError **error);
PdPracticeMerchant *pd_practice_record_read  (const char *data_dir, const char *profile_id, GError **error);

G_END_DECLS
