/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void pd_placeholder_bind (GtkWidget *placeholder, GtkTextView *view);

G_END_DECLS
