/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Which side's value stands in the result where both changed the same field. */
typedef enum {
  PD_MERGE_MINE,
  PD_MERGE_THEIRS,
} PdMergeSide;

JsonNode *pd_merge            (JsonNode *base, JsonNode *mine, JsonNode *theirs, PdMergeSide prefer, GPtrArray *conflicts);
void      pd_merge_put_field  (JsonNode *document, JsonNode *source, const char *field_id);

G_END_DECLS
