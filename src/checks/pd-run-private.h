/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-run.h"

G_BEGIN_DECLS

struct _PdRun
{
  GObject        parent_instance;
  char          *profile_id;
  char          *name;
  PdEnvironment  environment;
  char          *endpoint;
  GDateTime     *started;
  JsonObject    *revisions; /* of the profile's fields when it began; NULL where that is not known */
  PdRunFlags     flags;
  char          *kept_as;   /* or NULL */
  GPtrArray     *findings;
  GArray        *ranks;     /* of each finding: its check's place in the table */
  PdVerdict      verdict;
  gboolean       running;
  guint          n_done;
  guint          n_checks;
};

/* For the runner: findings come in as checks end, and stand in the order of the table of checks. */
void pd_run_begin     (PdRun *self, guint n_checks);
void pd_run_add       (PdRun *self, guint rank, PdFinding *finding);
void pd_run_step      (PdRun *self);
void pd_run_end       (PdRun *self);
void pd_run_add_flags (PdRun *self, PdRunFlags flags);

/* For the store: the document that is kept, and back. */
JsonNode *pd_run_to_record       (PdRun *self);
PdRun    *pd_run_new_from_record (JsonNode *record, const char *kept_as, GError **error);

G_END_DECLS
