/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean pd_pass_on_focus (GtkWidget *row, GtkDirectionType direction);

G_END_DECLS
