/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One of the ways to write a file. */
typedef struct
{
  const char *suffix; /* ".json" */
  const char *label;  /* translatable */
} PdFileFormat;

typedef void (* PdFilePicked) (GFile *file, gpointer user_data);

void pd_file_picker_open (GtkWidget *widget, const char *title, const char *const *mime_types,
                          PdFilePicked picked, gpointer user_data);
void pd_file_picker_save (GtkWidget *widget, const char *title, const char *name, const PdFileFormat *formats,
                          PdFilePicked picked, gpointer user_data);

G_END_DECLS
