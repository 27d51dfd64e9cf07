/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Limits that hold before json-glib, which crashes on deep nesting, sees a byte. */
typedef struct {
  gsize max_bytes;
  guint max_depth;
} PdJsonLimits;

extern const PdJsonLimits pd_json_limits_answer;  /* what a server says: 1 MiB, depth 64 */
extern const PdJsonLimits pd_json_limits_file;    /* files of ours and exports: 64 MiB, depth 64 */

/* Strict RFC 8259: UTF-8, no comments, no single quotes, no leading zeros, no duplicate members, one document.
 * Returns (transfer full), or NULL with PD_ERROR_GARBAGE / PD_ERROR_TOO_LARGE naming line and column. */
JsonNode   *pd_json_parse          (const char *text, gssize length, const PdJsonLimits *limits, GError **error);
char       *pd_json_to_string      (JsonNode *node, gboolean pretty);
const char *pd_json_get_string     (JsonObject *object, const char *member);

G_END_DECLS
