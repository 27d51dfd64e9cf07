/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void pd_preferences_apply (GSettings *settings);
void pd_preferences_show  (GtkWindow *parent, GSettings *settings);

G_END_DECLS
