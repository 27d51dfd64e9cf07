/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-catalogue.h"
#include "pd-json.h"

G_BEGIN_DECLS

#define PD_EXPORT_FORMAT 1

extern const PdJsonLimits pd_export_limits;

const char *pd_export_get_file_name  (JsonObject *document, const PdField *field);
void        pd_export_forget_secrets (JsonObject *document);

G_END_DECLS
