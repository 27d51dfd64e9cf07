/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-client.h"
#include "pd-finding.h"
#include "pd-profile.h"
#include "pd-runner.h"

G_BEGIN_DECLS

/**
 * PdCheckContext: what the checks of one run share: the profile, its secrets, where calls go, and what earlier checks learned.
 * Lives as long as the run.
 */
typedef struct {
  PdProfile     *profile;
  GHashTable    *secrets;        /* field id → PdSecretText; never NULL */
  GError        *secrets_error;  /* why there are none, or NULL */
  PdEnvironment  environment;
  gboolean       allow_create;
  gboolean       form_only;
  char          *data_dir;       /* or NULL */
  PdClient      *client;
  PdKey         *key;            /* made when asked for */
  GError        *key_error;
  PdRequest     *probe_request;
  PdResponse    *probe;          /* what API v2's server answered to an unsigned call, or … */
  GError        *probe_error;    /* … why it did not */
  GPtrArray     *probe_waiters;  /* while it is asked */
  gboolean       pay_silent;     /* a signed call got no answer that judges anything */
} PdCheckContext;

PdCheckContext *pd_check_context_new           (PdClient *client, PdProfile *profile, GHashTable *secrets, const GError *secrets_error,
                                                const PdRunOptions *options);
void            pd_check_context_free          (PdCheckContext *self);

/* The id of the field whose value serves in this run's environment: the `.sandbox` one where that is set. */
const char     *pd_check_context_get_field     (PdCheckContext *self, const char *field_id);
const char     *pd_check_context_get_text      (PdCheckContext *self, const char *field_id);
PdSecretText   *pd_check_context_get_secret    (PdCheckContext *self, const char *field_id);
PdKey          *pd_check_context_get_key       (PdCheckContext *self, const GError **error);
gboolean        pd_check_context_has_own_key   (PdCheckContext *self);
gboolean        pd_check_context_is_secret     (PdCheckContext *self, const char *text);
void            pd_check_context_add_evidence  (PdCheckContext *self, PdFinding *finding, PdResponse *response);
void            pd_check_context_take_evidence (PdCheckContext *self, PdFinding *finding, PdResponse *response, PdEvidence *evidence);
const char     *pd_check_context_choose_return_url (PdCheckContext *self);

/* Ids of the secrets that the keyring holds (transfer container); NULL where it could not be asked. */
GHashTable     *pd_check_context_list_stored   (PdCheckContext *self);

/* Findings. `fields`: plain ids, turned into those that serve in this environment. */
void            pd_check_context_blame         (PdCheckContext *self, PdFinding *finding, const char *const *fields);
void            pd_check_context_point_to      (PdCheckContext *self, PdFinding *finding, const char *field_id, gboolean in_shop);
PdFinding      *pd_check_context_no_key        (PdCheckContext *self, const char *check);
PdFinding      *pd_check_context_half_key      (PdCheckContext *self, const char *check);
PdFinding      *pd_check_context_blocked       (PdCheckContext *self, const char *check, const char *by);
PdFinding      *pd_check_context_find_missing  (PdCheckContext *self, const char *check, const char *const *fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdCheckContext, pd_check_context_free)

G_END_DECLS
