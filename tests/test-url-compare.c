/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "pd-url-compare.h"

#define R "https://www.example.jp/p/return"

/* Ranges as "start-end", with spaces between them. `says`: a part of the sentence. */
static const struct {
  const char *shop;
  const char *seen;
  guint       kinds;
  const char *shop_ranges;
  const char *seen_ranges;
  const char *says;
} rows[] = {
  { R, R, PD_URL_EQUAL, "", "", NULL },
  { "", "", PD_URL_EQUAL, "", "", NULL },
  /* scheme */
  { R, "http://www.example.jp/p/return", PD_URL_SCHEME, "4-5", "", "http://" },
  { "http://www.example.jp/p/return", R, PD_URL_SCHEME, "", "4-5", "https://" },
  { R, "www.example.jp/p/return", PD_URL_SCHEME, "0-8", "", "https://" },
  { "www.example.jp/p/return", R, PD_URL_SCHEME, "", "0-8", "https://" },
  { R, "//www.example.jp/p/return", PD_URL_SCHEME, "0-6", "", "https://" },
  /* www */
  { R, "https://example.jp/p/return", PD_URL_WWW, "8-12", "", "missing" },
  { "https://example.jp/p/return", R, PD_URL_WWW, "", "8-12", "shop’s has not" },
  { R, "http://example.jp/p/return", PD_URL_SCHEME | PD_URL_WWW, NULL, NULL, "www." },
  /* slash */
  { R, R "/", PD_URL_SLASH, "", "31-32", "shop’s does not" },
  { R "/", R, PD_URL_SLASH, "31-32", "", "missing" },
  { "https://www.example.jp", "https://www.example.jp/", PD_URL_SLASH, "", "22-23", NULL },
  { R "?a=1", R "/?a=1", PD_URL_SLASH, "", "31-32", NULL },
  { R, R "//", PD_URL_SLASH | PD_URL_EXTRA, NULL, NULL, NULL },
  /* port */
  { R, "https://www.example.jp:443/p/return", PD_URL_PORT, "", "22-26", "443" },
  { "https://www.example.jp:8443/p/return", R, PD_URL_PORT, "22-27", "", "8443" },
  { "https://www.example.jp:8443/a", "https://www.example.jp:8444/a", PD_URL_PORT, "26-27", "26-27", "8444" },
  { "https://[::1]:1/a", "https://[::1]:2/a", PD_URL_PORT, NULL, NULL, NULL },
  { "https://[::1]/a", "https://[::2]/a", PD_URL_CHARACTER, "11-12", "11-12", "Character 12" },
  /* path */
  { R, "https://www.example.jp/p/review", PD_URL_PATH, NULL, NULL, "/p/review" },
  { R, "https://www.example.jp", PD_URL_PATH, "22-31", "", "/p/return" },
  { R, "https://www.example.jp/", PD_URL_PATH | PD_URL_SLASH, NULL, NULL, NULL },
  /* query, fragment */
  { R, R "?x=1", PD_URL_QUERY, "", "31-35", "?x=1" },
  { R "?x=1", R, PD_URL_QUERY, "31-35", "", "missing" },
  { R "?x=1", R "?x=1&y=23", PD_URL_QUERY, "", "35-40", "x=1&y=23" },
  { R "?x=1", R "?x=2", PD_URL_CHARACTER, "34-35", "34-35", "Character 35" },
  { R "?x=a", R "?x=A", PD_URL_CASE, "34-35", "34-35", NULL },
  { R "?", R, PD_URL_QUERY, "31-32", "", NULL },
  { R, R "#top", PD_URL_FRAGMENT, "", "31-35", "#top" },
  { R "#top", R, PD_URL_FRAGMENT, "31-35", "", "missing" },
  { R "#a?b", R "#a?c", PD_URL_CHARACTER, NULL, NULL, NULL },
  /* user */
  { R, "https://me@www.example.jp/p/return", PD_URL_USER, "", "8-11", "@" },
  /* capital letters */
  { R, "https://WWW.example.jp/p/return", PD_URL_CASE, "8-11", "8-11", "Capital" },
  { R, "HTTPS://www.example.jp/p/return", PD_URL_CASE, "0-5", "0-5", NULL },
  { R, "https://www.example.jp/p/Return", PD_URL_CASE, "25-26", "25-26", NULL },
  { R, "https://www.Example.jp/p/Return", PD_URL_CASE, "12-13 25-26", "12-13 25-26", NULL },
  /* Punycode */
  { "https://日本語.jp/a", "https://xn--wgv71a119e.jp/a", PD_URL_PUNYCODE, NULL, NULL, "In Seller Central the host name is" },
  { "https://xn--wgv71a119e.jp/a", "https://日本語.jp/a", PD_URL_PUNYCODE, NULL, NULL, "The shop’s host name is" },
  { "https://www.日本語.jp/a", "https://xn--wgv71a119e.jp/a", PD_URL_WWW | PD_URL_PUNYCODE, NULL, NULL, NULL },
  /* full width */
  { R, "https://\uff57\uff57\uff57.example.jp/p/return", PD_URL_FULL_WIDTH, "8-11", "8-11", "full-width" },
  { R, "https://www\u3002example.jp/p/return", PD_URL_FULL_WIDTH, "11-12", "11-12", NULL },
  { "https://www.example.jp/p/retu\uff52n", R, PD_URL_FULL_WIDTH, "29-30", "29-30", "The shop’s" },
  { R, "http\uff1a//www.example.jp/p/return", PD_URL_FULL_WIDTH | PD_URL_SCHEME, NULL, NULL, NULL },
  /* what is not seen */
  { R, R " ", PD_URL_SPACE, "", "31-32", "space" },
  { R, "\u3000" R, PD_URL_SPACE, "", "0-1", NULL },
  { R, "https://www.\u200bexample.jp/p/return", PD_URL_SPACE, "", "12-13", "not seen" },
  { "\ufeff" R, R, PD_URL_SPACE, "0-1", "", "shop’s" },
  { R " ", R " ", PD_URL_EQUAL, "", "", NULL },
  { R " ", R "\t", PD_URL_SPACE, NULL, NULL, NULL },
  /* the host's dot */
  { R, "https://www.example.jp./p/return", PD_URL_DOT, "", "22-23", "dot" },
  { "https://www.example.jp./p/return", R, PD_URL_DOT, "22-23", "", "The shop’s" },
  /* percent codes */
  { "https://a.jp/~x", "https://a.jp/%7Ex", PD_URL_PERCENT, NULL, NULL, "percent" },
  { "https://a.jp/%e3%81%82", "https://a.jp/%E3%81%82", PD_URL_CASE, NULL, NULL, NULL },
  { "https://a.jp/あ", "https://a.jp/%E3%81%82", PD_URL_PERCENT, NULL, NULL, NULL },
  /* one slip */
  { R, "https://www.example.jp/p/retturn", PD_URL_EXTRA, "", NULL, "“t”" },
  { R, "https://www.exmple.jp/p/return", PD_URL_MISSING, "14-15", "", "character 15" },
  { R, "https://www.examp1e.jp/p/return", PD_URL_CHARACTER, "17-18", "17-18", "Character 18 is “1” in Seller Central, and “l”" },
  { R, "https://www.examlpe.jp/p/return", PD_URL_SWAPPED, NULL, NULL, "17 and 18" },
  { R, "https://www.example.jp/p/returns", PD_URL_EXTRA, "", "31-32", "“s”, character 32" },
  { R, "https://www.ex\u0430mple.jp/p/return", PD_URL_CHARACTER, "14-15", "14-15", "“а”" },
  { R, "http://example.jp/p/retunr/", PD_URL_SCHEME | PD_URL_WWW | PD_URL_SLASH | PD_URL_SWAPPED, NULL, NULL, NULL },
  /* another host, another everything */
  { R, "https://shop.other.com/p/return", PD_URL_HOST, NULL, NULL, "shop.other.com" },
  { R, "https://other.com/x", PD_URL_HOST | PD_URL_PATH, NULL, NULL, NULL },
};

static void
assert_ranges (const char *text,
               GArray     *ranges,
               const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  guint               last = 0;

  for (guint i = 0; i < ranges->len; i++) {
    const PdUrlRange *range = &g_array_index (ranges, PdUrlRange, i);

    g_assert_cmpuint (range->start, <, range->end);
    g_assert_true (i == 0 || range->start > last);
    last = range->end;
    g_string_append_printf (found, "%s%u-%u", i > 0 ? " " : "", range->start, range->end);
  }
  g_assert_cmpuint (last, <=, (guint) g_utf8_strlen (text, -1));
  if (expected != NULL)
    g_assert_cmpstr (found->str, ==, expected);
}

/* What is left of a text once its ranges are taken out: the same on both sides. */
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

static void
test_rows (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (rows) >= 40);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdUrlCompare) compare = pd_url_compare_new (rows[i].shop, rows[i].seen);
    g_autoptr (PdUrlCompare) copy = pd_url_compare_copy (compare);
    g_autofree char         *ours = get_common (rows[i].shop, compare->shop);
    g_autofree char         *theirs = get_common (rows[i].seen, compare->seen);

    g_test_message ("%s | %s → %x %s", rows[i].shop, rows[i].seen, compare->kinds, compare->message);
    g_assert_cmphex (compare->kinds, ==, rows[i].kinds);
    g_assert_cmpint (compare->kind, ==, (int) (compare->kinds & -compare->kinds));
    g_assert_true ((compare->message == NULL) == (compare->kinds == 0));
    if (rows[i].says != NULL)
      g_assert_nonnull (g_strstr_len (compare->message, -1, rows[i].says));
    assert_ranges (rows[i].shop, compare->shop, rows[i].shop_ranges);
    assert_ranges (rows[i].seen, compare->seen, rows[i].seen_ranges);
    g_assert_cmpstr (ours, ==, theirs);
    g_assert_cmpuint (pd_url_compare_estimate (rows[i].shop, rows[i].seen) == 0, ==, compare->kinds == 0);
    g_assert_cmpstr (copy->message, ==, compare->message);
  }
}

static void
test_near (void)
{
  static const struct { const char *shop, *seen; gboolean near; } pairs[] = {
    { R, R "/", TRUE },
    { R, "https://www.example.jp/other", TRUE },
    { R, "https://new.example.com/p/return", TRUE },
    { R, "https://new.example.com/elsewhere", FALSE },
    { "https://www.example.jp", "https://new.example.com", FALSE },
    { "https://www.example.jp/", "https://new.example.com/", FALSE },
    { "https://www.example.jp", "https://example.jp", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autoptr (PdUrlCompare) compare = pd_url_compare_new (pairs[i].shop, pairs[i].seen);

    g_test_message ("%s | %s", pairs[i].shop, pairs[i].seen);
    g_assert_cmpint (compare->near, ==, pairs[i].near);
  }
}

/* Beyond any address: one range, and no table of millions of cells. */
static void
test_long (void)
{
  g_autofree char         *shop = g_strnfill (60000, 'a');
  g_autofree char         *seen = g_strnfill (60000, 'b');
  g_autoptr (PdUrlCompare) compare = pd_url_compare_new (shop, seen);

  assert_ranges (shop, compare->shop, "0-60000");
  assert_ranges (seen, compare->seen, "0-60000");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/url-compare/rows", test_rows);
  g_test_add_func ("/url-compare/near", test_near);
  g_test_add_func ("/url-compare/long", test_long);
  return g_test_run ();
}
