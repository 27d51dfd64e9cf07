/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

const PdField *const *pd_catalogue_get_fields (guint *n_fields);
const PdField        *pd_catalogue_lookup     (const char *id);
GPtrArray            *pd_catalogue_get_view   (PdView view, PdMode mode, PdGeneration generation);

G_END_DECLS
