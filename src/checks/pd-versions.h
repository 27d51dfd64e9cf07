/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): name, version, name, version … of this program and what it runs on. */
GPtrArray *pd_versions_list        (void);
/* (transfer full) (nullable): the system, or in a Flatpak the runtime. */
char      *pd_versions_dup_system  (void);

G_END_DECLS
