/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a file of that name holds a table. */
gboolean pd_csv_is_name      (const char *name);

/* Shops as a table for spreadsheets: a row each, a column for each field that is neither a secret nor a picture. */
GBytes  *pd_csv_from_profiles (GPtrArray *profiles);
GBytes  *pd_csv_to_document   (GBytes *csv, char ***ignored, GError **error);

/* The cells of a table: rows (GPtrArray) of texts. */
GPtrArray *pd_csv_parse       (const char *text, char separator, GError **error);

G_END_DECLS
