/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

/* What cleaning took away or changed; flags, in the order in which they are told. */
typedef enum {
  PD_CLEAN_NOTHING     = 0,
  PD_CLEAN_FULL_WIDTH  = 1 << 0, /* full-width letters, digits, signs made half-width */
  PD_CLEAN_WHITE_SPACE = 1 << 1, /* around, or inside where the field has none */
  PD_CLEAN_INVISIBLE   = 1 << 2, /* zero-width, BOM, soft hyphen, direction marks, control characters */
  PD_CLEAN_LINE_BREAKS = 1 << 3,
  PD_CLEAN_QUOTES      = 1 << 4,
  PD_CLEAN_LABEL       = 1 << 5, /* "出品者ID: A1…", "ClientId=…" */
  PD_CLEAN_ENCODING    = 1 << 6, /* bytes that are no UTF-8 */
} PdCleaned;

char *pd_clean_value    (const PdField *field, const char *text, PdCleaned *cleaned);
char *pd_clean_line     (const char *text);
char *pd_clean_describe (PdCleaned cleaned);

G_END_DECLS
