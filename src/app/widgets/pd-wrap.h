/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *pd_wrap_label_new (const char *text, const char *style);
void       pd_wrap_labels    (GtkWidget *widget);
void       pd_wrap_button    (GtkWidget *button);
void       pd_wrap_heading   (GtkWidget *dialog);
void       pd_wrap_text      (GtkTextView *view);

G_END_DECLS
