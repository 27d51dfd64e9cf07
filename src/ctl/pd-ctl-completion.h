/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-ctl-output.h"

G_BEGIN_DECLS

/* For shells, not for people: the help does not name them. */
PdCtlStatus pd_ctl_completion_print   (const char *shell); /* "bash", "fish" or "zsh" */
PdCtlStatus pd_ctl_completion_list    (const char *what);  /* "PROFILE": what could be typed, one a line */

G_END_DECLS
