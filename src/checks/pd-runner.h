/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-client.h"
#include "pd-profile.h"
#include "pd-run.h"

G_BEGIN_DECLS

typedef struct {
  PdEnvironment      environment;
  const char *const *only;          /* check ids, or NULL for every check that applies */
  gboolean           allow_create;  /* store-id in production */
  gboolean           form_only;     /* practice, and enrolled from the profile's own values */
  const char        *data_dir;      /* the store's, where the logo lies; NULL: not to be judged */
} PdRunOptions;

#define PD_TYPE_RUNNER (pd_runner_get_type ())
G_DECLARE_FINAL_TYPE (PdRunner, pd_runner, PD, RUNNER, GObject)

/* Runs checks on a profile. Independent checks run side by side; one that cannot run because an earlier one failed
 * is skipped and says which. `secrets`: field id → PdSecretText, as pd_desk_fetch_secrets_finish() gives it;
 * `secrets_error`: why it could not be fetched, or NULL. On cancellation the findings not yet made are
 * `undetermined`, and finish returns the run all the same with G_IO_ERROR_CANCELLED set in pd_runner_run_finish. */
PdRunner *pd_runner_new         (PdClient *client);
PdRun    *pd_runner_run_async   (PdRunner *self, PdProfile *profile, GHashTable *secrets, const GError *secrets_error,
                                 const PdRunOptions *options, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);   /* (transfer full) */
gboolean  pd_runner_run_finish  (PdRunner *self, GAsyncResult *result, GError **error);

G_END_DECLS
