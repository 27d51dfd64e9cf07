/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-runner.h"

G_BEGIN_DECLS

/* One row of the table of checks. */
typedef struct _PdCheck PdCheck;

const PdCheck *const *pd_check_get_all      (guint *n_checks);
const PdCheck        *pd_check_lookup       (const char *id);
const char           *pd_check_get_id       (const PdCheck *check);
const char           *pd_check_get_label    (const PdCheck *check);    /* translated title */
const char           *pd_check_get_question (const PdCheck *check);    /* translated: what it asks */
gboolean              pd_check_is_live      (const PdCheck *check);
gboolean              pd_check_suits        (const PdCheck *check, PdProfile *profile);

G_END_DECLS
