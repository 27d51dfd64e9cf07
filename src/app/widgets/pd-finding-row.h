/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-finding.h"

G_BEGIN_DECLS

#define PD_TYPE_FINDING_ROW (pd_finding_row_get_type ())

G_DECLARE_FINAL_TYPE (PdFindingRow, pd_finding_row, PD, FINDING_ROW, AdwExpanderRow)

GtkWidget *pd_finding_row_new         (PdFinding *finding);
PdFinding *pd_finding_row_get_finding (PdFindingRow *self);

G_END_DECLS
