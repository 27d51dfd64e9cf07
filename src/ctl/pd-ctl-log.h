/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-secret-text.h"

G_BEGIN_DECLS

/* What libraries and we ourselves log, on standard error and redacted. Standard output is for the answer alone. */
void pd_ctl_log_init (void);

/* A value that must not be seen there, in any notation. */
void pd_ctl_log_know (const char *profile_id, const char *field_id, PdSecretText *value);

G_END_DECLS
