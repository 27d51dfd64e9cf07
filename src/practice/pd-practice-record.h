/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-merchant.h"

G_BEGIN_DECLS

/* The public half of a practice shop, kept as <data>/practice/<profile id>.json. */
gboolean            pd_practice_record_write  (const char *data_dir, const char *profile_id, const PdPracticeMerchant *merchant, GError **error);
PdPracticeMerchant *pd_practice_record_read   (const char *data_dir, const char *profile_id, GError **error);
gboolean            pd_practice_record_remove (const char *data_dir, const char *profile_id, GError **error);
char              **pd_practice_record_list   (const char *data_dir);

G_END_DECLS
