/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Called first thing in main(). */
void     pd_hardening_init       (gboolean undumpable);
void     pd_hardening_undumpable (void);
gboolean pd_hardening_in_flatpak (void);

G_END_DECLS
