/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pd-field.h"

G_BEGIN_DECLS

/* The format that this Paydesk writes; profile-format.md describes it. */
#define PD_DOCUMENT_FORMAT 1

/* The most that one value may be, so that a profile always stays within the limits for reading it back. */
#define PD_DOCUMENT_MAX_VALUE (256 * 1024)

/* Bytes, for a name that somebody gives: every list and title shows it. */
#define PD_DOCUMENT_MAX_NAME 1024

/* The parts of a profile's document. "" is the document itself: name, mode, generation, environment. */
#define PD_SECTION_TOP       ""
#define PD_SECTION_VALUES    "values"
#define PD_SECTION_SECRETS   "secrets"
#define PD_SECTION_MARKS     "marks"
#define PD_SECTION_REVISIONS "revisions"
#define PD_SECTION_GUIDE     "guide" /* by the guide's step and not by field */

extern const char *const pd_document_sections[]; /* all but the first, NULL-terminated */
extern const char *const pd_document_top_fields[];

gboolean    pd_document_check            (JsonNode *document, GError **error);
gboolean    pd_document_check_lengths    (JsonNode *document, GError **error);
JsonNode   *pd_document_salvage          (JsonNode *partial, const char *id);
JsonNode   *pd_document_to_ordered       (JsonObject *document);
char       *pd_document_number_name      (const char *name, GHashTable *taken);

gboolean    pd_document_is_known         (const char *field_id);
const char *pd_document_get_section      (const char *field_id);
JsonNode   *pd_document_peek             (JsonObject *document, const char *section, const char *field_id);
void        pd_document_put              (JsonObject *document, const char *section, const char *field_id, JsonNode *value);
guint64     pd_document_get_revision     (JsonObject *document, const char *field_id);
void        pd_document_set_revision     (JsonObject *document, const char *field_id, guint64 revision);
guint64     pd_document_get_mark         (JsonObject *document, const char *field_id);

G_END_DECLS
