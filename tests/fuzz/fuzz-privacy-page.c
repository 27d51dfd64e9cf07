/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-page-text.h"
#include "pd-privacy-page.h"

/* The first line is the Content-Type, the rest what a server sends with it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char               *bytes = (const char *) data;
  const char               *line_end = size > 0 ? memchr (bytes, '\n', size) : NULL;
  g_autofree char          *type = line_end != NULL ? g_strndup (bytes, (gsize) (line_end - bytes)) : g_strdup ("");
  const char               *body = line_end != NULL ? line_end + 1 : bytes;
  gsize                     length = size - (gsize) (body - bytes);
  g_autoptr (PdPageText)    text = NULL;
  g_autoptr (PdPrivacyPage) page = NULL;

  if (data == NULL)
    return 0;
  text = pd_page_text_new (body, length, type);
  page = pd_privacy_page_new (body, length, type);
  if (!g_utf8_validate (text->text->str, (gssize) text->text->len, NULL) || !g_utf8_validate (text->links->str, (gssize) text->links->len, NULL) ||
      !g_utf8_validate (page->title, -1, NULL) || page->kind > PD_PRIVACY_PAGE_NO_HTML)
    abort ();
  return 0;
}
