/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

/* The names under which a field's value goes: on the screens, in Amazon's JSON, in the SDKs' settings. */

gsize          pd_label_measure (const PdField *field, const char *text, gsize length);
const PdField *pd_label_find    (const char *text, gsize length, gsize *size);
const PdField *pd_label_lookup  (const char *name);

G_END_DECLS
