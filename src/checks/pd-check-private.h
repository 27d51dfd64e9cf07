/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-check.h"
#include "pd-check-context.h"

G_BEGIN_DECLS

/* Judges offline, at once. Returns (transfer full) (element-type PdFinding): at least one. */
typedef GPtrArray *(* PdCheckJudge) (const PdCheck *check, PdCheckContext *context);

/* Starts a check that takes its time. The task (transfer full), whose cancellable ends it, returns what a judge returns, and no error. */
typedef void (* PdCheckStart) (const PdCheck *check, PdCheckContext *context, GTask *task);

#define PD_ENVIRONMENT_ANY (PD_ENVIRONMENT_PRACTICE | PD_ENVIRONMENT_SANDBOX | PD_ENVIRONMENT_PRODUCTION)

/**
 * PdCheck:
 * @id: final; see the command line's contract
 * @label: translatable
 * @question: translatable: what it asks
 * @environments: in which it makes sense
 * @generations: of which shops
 * @needs: ids of checks that come first, and keep it from running where they fail
 * @uses: ids of the plain fields that it works with: a check of @needs that fails over other fields does not matter
 * @judge: of an offline check
 * @start: of a live check, or of one that waits for another process
 * @is_local: @start goes out to no server
 */
struct _PdCheck {
  const char   *id;
  const char   *label;
  const char   *question;
  guint         environments;
  guint         generations;
  const char   *needs[5];
  const char   *uses[5];
  PdCheckJudge  judge;
  PdCheckStart  start;
  gboolean      is_local;
};

const PdCheck *const *pd_check_table        (guint *n_checks);
gboolean              pd_check_applies      (const PdCheck *check, PdCheckContext *context);

/* The families. */
GPtrArray *pd_check_shape_judge             (const PdCheck *check, PdCheckContext *context);
GPtrArray *pd_check_mixup_judge             (const PdCheck *check, PdCheckContext *context);
GPtrArray *pd_check_completeness_judge      (const PdCheck *check, PdCheckContext *context);
GPtrArray *pd_check_key_pair_judge          (const PdCheck *check, PdCheckContext *context);
GPtrArray *pd_check_key_environment_judge   (const PdCheck *check, PdCheckContext *context);
GPtrArray *pd_check_url_rules_judge         (const PdCheck *check, PdCheckContext *context);
GPtrArray *pd_check_two_sided_judge         (const PdCheck *check, PdCheckContext *context);
GPtrArray *pd_check_upgrade_judge           (const PdCheck *check, PdCheckContext *context);
void       pd_check_reachability_start      (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_clock_start             (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_signature_start         (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_store_id_start          (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_return_url_start        (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_logo_start              (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_page_reach_start        (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_privacy_page_start      (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_notification_reach_start (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_token_start             (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_mws_keys_start          (const PdCheck *check, PdCheckContext *context, GTask *task);
void       pd_check_login_client_start      (const PdCheck *check, PdCheckContext *context, GTask *task);

char      *pd_check_two_sided_compare       (PdCheckContext *context, const char *field_id, const char *value, gboolean *is_equal);

/* Ends a live check with one finding. `finding`: (transfer full). */
void       pd_check_return_finding          (GTask *task, PdFinding *finding);

G_END_DECLS
