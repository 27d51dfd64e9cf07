/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-finding.h"
#include "pd-profile.h"

G_BEGIN_DECLS

#define PD_TYPE_STATEMENT_ROW (pd_statement_row_get_type ())

G_DECLARE_FINAL_TYPE (PdStatementRow, pd_statement_row, PD, STATEMENT_ROW, GtkListBoxRow)

PdStatementRow *pd_statement_row_new          (const char *title, const char *detail);
void            pd_statement_row_set_verdict  (PdStatementRow *self, PdVerdict verdict);
void            pd_statement_row_add_places   (PdStatementRow *self, const PdPlace *places, PdProfile *profile);
GtkWidget      *pd_statement_row_add_button   (PdStatementRow *self, const char *label);
void            pd_statement_row_add_field_button (PdStatementRow *self, const PdField *field);

/* A titled list of such rows. */
GtkWidget      *pd_statement_list_new         (const char *title, const char *description, GtkListBox **list);

G_END_DECLS
