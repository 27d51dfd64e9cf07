/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-check.h"
#include "pd-field.h"

G_BEGIN_DECLS

/* What all checks of a run share. */
typedef struct {
  PdRun         *run;
  PdProfile     *profile;
  PdEnvironment  environment;
  GHashTable    *secrets;       /* field id → PdSecretText */
  GError        *secrets_error; /* why the keyring could not be asked, or NULL */
  gboolean       allow_create;
  gboolean       form_only;
  PdClient      *client;
  GCancellable  *cancellable;
  PdResponse    *probe;         /* the answer of the server itself, asked for once and shared */
  GError        *probe_error;
  GPtrArray     *probe_waiters;
} PdCheckContext;

/* One check at work. It is done when every hold has been released. */
typedef struct {
  PdCheckContext *context;
  const PdCheck  *check;
  guint           index;
  guint           n_holds;
  guint           n_findings;
  PdVerdict       worst;
  gpointer        runner; /* the runner's own */
  void          (*done) (gpointer job);
} PdCheckJob;

struct _PdCheck {
  const char *id;
  const char *label;    /* translatable */
  const char *question; /* translatable */
  gboolean    live;
  const char *needs[3]; /* checks without whose passing it makes no sense */
  void      (*start) (PdCheckJob *job);
};

void        pd_check_job_hold       (PdCheckJob *job);
void        pd_check_job_release    (PdCheckJob *job);
void        pd_check_job_take       (PdCheckJob *job, PdFinding *finding);
void        pd_check_job_take_at    (PdCheckJob *job, guint position, PdFinding *finding);
PdFinding  *pd_check_job_finding    (PdCheckJob *job, PdVerdict verdict, const char *summary);
void        pd_check_job_add        (PdCheckJob *job, PdVerdict verdict, const char *summary);
void        pd_check_job_skip       (PdCheckJob *job, const char *summary, const char *next_step);

/* Findings of live checks. */
void        pd_check_add_evidence   (PdCheckJob *job, PdFinding *finding, PdResponse *response);
PdFinding  *pd_check_job_trouble    (PdCheckJob *job, const GError *error);
PdFinding  *pd_check_job_busy       (PdCheckJob *job, PdResponse *response);

/* What the profile holds for the environment of the run. */
const char *pd_check_get_value      (PdCheckJob *job, const char *field_id);
const char *pd_check_get_field_id   (PdCheckJob *job, const char *field_id);
PdKey      *pd_check_get_key        (PdCheckJob *job, gboolean *present, GError **error);
void        pd_check_set_fields     (PdCheckJob *job, PdFinding *finding, const char *first, const char *second);

gboolean    pd_check_needs_key      (PdCheckJob *job, PdKey **key, const char **public_key_id);

void        pd_check_shape          (PdCheckJob *job);
void        pd_check_mixup          (PdCheckJob *job);
void        pd_check_completeness   (PdCheckJob *job);
void        pd_check_key_pair       (PdCheckJob *job);
void        pd_check_key_environment (PdCheckJob *job);
void        pd_check_reachability   (PdCheckJob *job);
void        pd_check_clock          (PdCheckJob *job);
void        pd_check_signature      (PdCheckJob *job);
void        pd_check_store_id       (PdCheckJob *job);
void        pd_check_return_url     (PdCheckJob *job);

G_END_DECLS
