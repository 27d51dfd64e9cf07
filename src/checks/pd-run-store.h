/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-run.h"

G_BEGIN_DECLS

/* At most so many runs, and bytes of them, are kept of one shop. */
#define PD_RUN_STORE_MAX_RUNS  200
#define PD_RUN_STORE_MAX_BYTES (4 * 1024 * 1024)

/* Every run of a shop, in <data>/profiles/<id>/runs/: a file each, 0600, secrets masked, at most 256 KiB; profile-format.md says
 * what is in it. The oldest go when there are too many, but never the last one of its environment in which nothing had failed.
 * A run of a profile that is not in the store (any more) is PD_ERROR_NOT_FOUND. */
gboolean   pd_run_store_save                (const char *data_dir, PdRun *run, GError **error);
void       pd_run_store_save_async          (const char *data_dir, PdRun *run, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
gboolean   pd_run_store_save_finish         (GAsyncResult *result, GError **error);

/* Newest first (transfer full) (element-type PdRun). `damaged`: (element-type PdSetAside) those that cannot be read, which stay. */
GPtrArray *pd_run_store_list                (const char *data_dir, const char *profile_id, GPtrArray **damaged, GError **error);
void       pd_run_store_list_async          (const char *data_dir, const char *profile_id, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *pd_run_store_list_finish         (GAsyncResult *result, GPtrArray **damaged, GError **error);

/* What the last run that speaks for the shop as a whole said. FALSE where there is none, or none that can be read. */
gboolean   pd_run_store_load_summary        (const char *data_dir, const char *profile_id, PdVerdict *verdict, GDateTime **when,
                                             JsonObject **revisions, GError **error);
void       pd_run_store_load_summary_async  (const char *data_dir, const char *profile_id, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
gboolean   pd_run_store_load_summary_finish (GAsyncResult *result, PdVerdict *verdict, GDateTime **when, JsonObject **revisions,
                                             GError **error);

G_END_DECLS
