/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-run.h"

G_BEGIN_DECLS

/* How the window speaks of a run: its date by the locale; where, what it said, and why it does not speak for the whole shop. */
char *pd_run_words_date     (PdRun *run);
char *pd_run_words_describe (PdRun *run);

G_END_DECLS
