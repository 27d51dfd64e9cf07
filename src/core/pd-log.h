/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What libraries and we ourselves log goes to standard error, redacted. Called early in main(). */
void pd_log_init (void);

G_END_DECLS
