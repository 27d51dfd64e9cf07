/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-run.h"

G_BEGIN_DECLS

/* For the runner. A finding takes its place by the order of its check in the table, and within the check by its position. */
void pd_run_add_finding (PdRun *self, guint check_index, guint position, PdFinding *finding);
void pd_run_set_checks  (PdRun *self, guint n_checks);
void pd_run_check_done  (PdRun *self);
void pd_run_end         (PdRun *self);

G_END_DECLS
