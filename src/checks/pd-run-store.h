/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-run.h"

G_BEGIN_DECLS

/* What the last run said, in <data>/profiles/<id>/runs/last.json: the document of `check --json`, secrets masked as it shows them,
 * at most 256 KiB. A run of a profile that is not in the store (any more) is PD_ERROR_NOT_FOUND. */
gboolean pd_run_store_save                (const char *data_dir, PdRun *run, GError **error);
void     pd_run_store_save_async          (const char *data_dir, PdRun *run, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean pd_run_store_save_finish         (GAsyncResult *result, GError **error);

/* FALSE where there is none, or none that can be read. */
gboolean pd_run_store_load_summary        (const char *data_dir, const char *profile_id, PdVerdict *verdict, GDateTime **when,
                                           GError **error);
void     pd_run_store_load_summary_async  (const char *data_dir, const char *profile_id, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean pd_run_store_load_summary_finish (GAsyncResult *result, PdVerdict *verdict, GDateTime **when, GError **error);

G_END_DECLS
