/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Limits that hold while text is read; nothing beyond them is ever built. */
typedef struct {
  gsize max_bytes;
  guint max_depth;
  guint max_values;
} PdJsonLimits;

extern const PdJsonLimits pd_json_limits_answer;  /* what a server says: 1 MiB, depth 64 */
extern const PdJsonLimits pd_json_limits_file;    /* files of ours and exports: 64 MiB, depth 64 */

JsonNode   *pd_json_parse          (const char *text, gssize length, const PdJsonLimits *limits, GError **error);
JsonNode   *pd_json_parse_partial  (const char *text, gssize length, const PdJsonLimits *limits);
char       *pd_json_to_string      (JsonNode *node, gboolean pretty);
const char *pd_json_get_string     (JsonObject *object, const char *member);
JsonObject *pd_json_get_object     (JsonObject *object, const char *member);
JsonNode   *pd_json_copy           (JsonNode *node);

G_END_DECLS
