/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-practice-arrival.h"

G_BEGIN_DECLS

#define PD_TYPE_ARRIVAL_ROW (pd_arrival_row_get_type ())

G_DECLARE_FINAL_TYPE (PdArrivalRow, pd_arrival_row, PD, ARRIVAL_ROW, AdwActionRow)

/* Signals: send-again, inspect. */
GtkWidget         *pd_arrival_row_new         (PdPracticeArrival *arrival);
PdPracticeArrival *pd_arrival_row_get_arrival (PdArrivalRow *self);

G_END_DECLS
