/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-store.h"

G_BEGIN_DECLS

/* What the document says it is, in its member "kind". */
#define PD_EXPORT_KIND "paydesk-profiles"

/* So much an export may be, and so much is read of one. */
#define PD_EXPORT_MAX_BYTES (256 * 1024 * 1024)

/* One JSON document with whole profiles, logos included (Base64), and no secret: the format is written down in src/core/profile-format.md. */
GBytes    *pd_export_profiles        (PdStore *store, GPtrArray *profiles, GError **error);
void       pd_export_profiles_async  (PdStore *store, GPtrArray *profiles, GAsyncReadyCallback callback, gpointer user_data);
GBytes    *pd_export_profiles_finish (PdStore *store, GAsyncResult *result, GError **error);

/* The same shops as a table, for pd_export_profiles_finish(). */
void       pd_export_table_async     (PdStore *store, GPtrArray *profiles, GAsyncReadyCallback callback, gpointer user_data);

/* Adds the document's profiles to the store as new ones (a known id gets a new one, and the name a number).
 * All or nothing. Returns (element-type PdProfile). */
GPtrArray *pd_import_profiles        (PdStore *store, GBytes *document, GError **error);
void       pd_import_profiles_async  (PdStore *store, GBytes *document, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *pd_import_profiles_finish (PdStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
