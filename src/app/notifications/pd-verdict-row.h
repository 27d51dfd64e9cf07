/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-finding.h"

G_BEGIN_DECLS

#define PD_TYPE_VERDICT_ROW (pd_verdict_row_get_type ())

G_DECLARE_FINAL_TYPE (PdVerdictRow, pd_verdict_row, PD, VERDICT_ROW, AdwActionRow)

GtkWidget *pd_verdict_row_new (const char *title);
void       pd_verdict_row_set (PdVerdictRow *self, PdVerdict verdict, const char *text);
PdVerdict  pd_verdict_row_get (PdVerdictRow *self);

G_END_DECLS
