/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

/* What mends a value by itself, where that is safe: never a guess at what the address means. */
char *pd_mend_value (const PdField *field, const char *rule, const char *value, const char **label);
char *pd_mend_all   (const PdField *field, const char *value);

G_END_DECLS
