/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void pd_keep_in_sight (GtkScrolledWindow *scroller);

G_END_DECLS
