/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most that is looked at. */
#define PD_EXPLAIN_MAX_BYTES (256 * 1024)

/**
 * PdExplainText:
 * @folded: the text to search: NFKC, case folded, no markup, no quotes, white space collapsed
 * @characters: the same, character by character
 * @n_characters: their number
 * @breaks: (element-type gsize): offsets in @characters where a line, a sentence or a quotation ends
 * @words: (element-type utf8): set of what may be codes
 * @members: (element-type utf8): set of codes that JSON or XML names as such
 * @statuses: set of HTTP statuses
 *
 * What somebody pasted, made comparable.
 */
typedef struct {
  char       *folded;
  gunichar   *characters;
  gsize       n_characters;
  GArray     *breaks;
  GHashTable *words;
  GHashTable *members;
  GHashTable *statuses;
} PdExplainText;

PdExplainText *pd_explain_text_new  (const char *text, gsize length);
void           pd_explain_text_free (PdExplainText *self);
char          *pd_explain_text_fold (const char *text, GArray *breaks);
char          *pd_explain_text_decode (const char *text, gsize length);
char          *pd_explain_text_unify (const char *pattern);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdExplainText, pd_explain_text_free)

G_END_DECLS
