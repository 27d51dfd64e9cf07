/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PdPageText:
 * @title: the title
 * @headings: what headings say, one a line
 * @text: what else is to be read, links left out
 * @links: what links say
 * @is_html: whether there is any element at all
 * @has_password: whether there is an entry for a password
 * @has_entry: whether there is any entry
 *
 * The words of an HTML page, all of them valid UTF-8.
 */
typedef struct {
  GString  *title;
  GString  *headings;
  GString  *text;
  GString  *links;
  gboolean  is_html;
  gboolean  has_password;
  gboolean  has_entry;
} PdPageText;

PdPageText *pd_page_text_new    (const char *bytes, gsize length, const char *content_type);
void        pd_page_text_free   (PdPageText *self);
char       *pd_page_text_decode (const char *bytes, gsize length, const char *content_type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPageText, pd_page_text_free)

G_END_DECLS
