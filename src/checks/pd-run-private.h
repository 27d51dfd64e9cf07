/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-run.h"

G_BEGIN_DECLS

/* For the runner: findings come in as checks end, and stand in the order of the table of checks. */
void pd_run_begin    (PdRun *self, guint n_checks);
void pd_run_add      (PdRun *self, guint rank, PdFinding *finding);
void pd_run_step     (PdRun *self);
void pd_run_end      (PdRun *self);

G_END_DECLS
