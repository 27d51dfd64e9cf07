/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-url-compare.h"

static char *
get_common (const char *text,
            GArray     *ranges)
{
  GString *common = g_string_new (NULL);
  guint    at = 0;
  guint    next = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), at++) {
    if (next < ranges->len && at >= g_array_index (ranges, PdUrlRange, next).end)
      next++;
    if (next >= ranges->len || at < g_array_index (ranges, PdUrlRange, next).start)
      g_string_append_unichar (common, g_utf8_get_char (p));
  }
  return g_string_free (common, FALSE);
}

/* The first line is the shop's address, the rest what was seen. What the ranges leave is the same on both sides. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char         *raw = g_strndup ((const char *) data, size);
  g_autofree char         *shop = g_utf8_make_valid (raw, -1);
  char                    *line_end = strchr (shop, '\n');
  const char              *seen = line_end != NULL ? line_end + 1 : "";
  g_autoptr (PdUrlCompare) compare = NULL;
  g_autofree char         *ours = NULL;
  g_autofree char         *theirs = NULL;

  if (line_end != NULL)
    *line_end = '\0';
  compare = pd_url_compare_new (shop, seen);
  g_assert_true ((compare->kinds == 0) == g_str_equal (shop, seen));
  g_assert_true ((compare->kinds == 0) == (pd_url_compare_estimate (shop, seen) == 0));
  g_assert_true ((compare->message == NULL) == (compare->kinds == 0));
  g_assert_true (compare->message == NULL || g_utf8_validate (compare->message, -1, NULL));
  ours = get_common (shop, compare->shop);
  theirs = get_common (seen, compare->seen);
  g_assert_cmpstr (ours, ==, theirs);
  return 0;
}
