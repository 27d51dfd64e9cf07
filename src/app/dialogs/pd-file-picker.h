/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (* PdFilePicked) (GFile *file, gpointer user_data);

void pd_file_picker_open (GtkWidget *widget, const char *title, const char *const *mime_types,
                          PdFilePicked picked, gpointer user_data);
void pd_file_picker_save (GtkWidget *widget, const char *title, const char *name,
                          PdFilePicked picked, gpointer user_data);

G_END_DECLS
