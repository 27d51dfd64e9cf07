/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-search.h"

/**
 * pd_search_fold:
 * @text: a text
 *
 * Full-width and half-width, capitals and small letters are the same to someone who searches.
 *
 * Returns: (transfer full): what is compared; "" for what is no UTF-8
 */
char *
pd_search_fold (const char *text)
{
  g_autofree char *normal = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}
