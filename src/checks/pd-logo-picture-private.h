/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-logo-picture.h"

G_BEGIN_DECLS

/* For tests: another program in paydesk-logo's place, and less patience with it. NULL and 0 give back the usual ones. */
void pd_logo_picture_set_helper (const char *path, guint patience_ms);

G_END_DECLS
