/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-problem.h"

G_BEGIN_DECLS

#define PD_TYPE_NOTE_ROW (pd_note_row_get_type ())

G_DECLARE_FINAL_TYPE (PdNoteRow, pd_note_row, PD, NOTE_ROW, GtkListBoxRow)

PdNoteRow *pd_note_row_new   (GtkWidget *about);
void       pd_note_row_begin (PdNoteRow *self);
void       pd_note_row_add   (PdNoteRow *self, PdSeverity severity, const char *text,
                              const char *button_label, GCallback clicked, const char *detail);
void       pd_note_row_set_entry (PdNoteRow *self, GtkWidget *entry);
void       pd_note_row_end   (PdNoteRow *self);
char      *pd_note_row_dup_text (PdNoteRow *self);

G_END_DECLS
