/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where in the guide each shop was left, kept with the window's own state. */
void  pd_guide_place_remember (const char *profile_id, const char *step_id);
char *pd_guide_place_recall   (const char *profile_id);
void  pd_guide_place_forget   (const char *profile_id);

G_END_DECLS
