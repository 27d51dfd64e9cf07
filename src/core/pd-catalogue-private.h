/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-catalogue.h"

G_BEGIN_DECLS

/* For tests: a row of their own, to show that a row is all that a field needs. */
void pd_catalogue_add_row    (const PdField *row);
void pd_catalogue_remove_row (const PdField *row);

G_END_DECLS
