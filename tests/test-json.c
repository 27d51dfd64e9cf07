/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-error.h"
#include "pd-json.h"

static void
test_sound (void)
{
  static const struct { const char *text, *again; } cases[] = {
    { "{}", "{}" },
    { " [ ] ", "[]" },
    { "\xef\xbb\xbf{\"a\" : 1 }\r\n", "{\"a\":1}" },
    { "[0,-0,-1,12345678901234567,0.1,1e3,-2.5E-3,1E+2]", "[0,-0.0,-1,12345678901234567,0.1,1000.0,-0.0025,100.0]" },
    { "[9223372036854775807,-9223372036854775808]", "[9223372036854775807,-9223372036854775808]" },
    { "[true,false,null]", "[true,false,null]" },
    { "\"x\"", "\"x\"" },
    { "{\"b\":1,\"a\":{\"c\":[]}}", "{\"b\":1,\"a\":{\"c\":[]}}" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\ud83d\\ude00\"", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\tAé😀\"" },
    { "\"ランタン\"", "\"ランタン\"" },
    { "{\"\":\"\"}", "{\"\":\"\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = pd_json_parse (cases[i].text, -1, &pd_json_limits_answer, &error);
    g_autoptr (JsonNode) copy = NULL;
    g_autofree char *again = NULL;
    g_autofree char *pretty = NULL;
    g_autoptr (JsonNode) reread = NULL;

    g_assert_no_error (error);
    again = pd_json_to_string (node, FALSE);
    g_assert_cmpstr (again, ==, cases[i].again);
    pretty = pd_json_to_string (node, TRUE);
    reread = pd_json_parse (pretty, -1, &pd_json_limits_answer, NULL);
    g_assert_true (json_node_equal (node, reread));
    copy = pd_json_copy (node);
    g_assert_true (json_node_equal (node, copy));
  }
}

static void
test_unsound (void)
{
  static const char *const cases[] = {
    "", " ", "{", "}", "[", "]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[,1]", "[1 2]", "{'a':1}", "{a:1}",
    "// x\n1", "/* */ 1", "1 2", "{}{}", "01", "-01", "+1", ".5", "1.", "1e", "1e+", "-", "0x10", "NaN", "Infinity", "1e999",
    "tru", "True", "nul", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u000\"", "\"\\ud800\"", "\"\\ud800x\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    "\"a\nb\"", "\"a\tb\"", "\"\\u0000\"", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "\"\xff\"", "\"\xc3\"", "[\"a\"\xff]",
    "\xed\xa0\x80", "{\"a\":1}\xef\xbb\xbf", "undefined", "[1]//",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (pd_json_parse (cases[i], -1, &pd_json_limits_answer, &error));
    g_assert_error (error, PD_ERROR, PD_ERROR_GARBAGE);
  }
  g_assert_null (pd_json_parse ("[1\0]", 4, &pd_json_limits_answer, NULL));
}

static void
test_limits (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new ("[0");
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < 64; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 64; i++)
    g_string_append_c (deep, ']');
  node = pd_json_parse (deep->str, -1, &pd_json_limits_answer, NULL);
  g_assert_nonnull (node);
  g_string_prepend (deep, "{\"a\":");
  g_assert_null (pd_json_parse (deep->str, -1, &pd_json_limits_answer, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TOO_LARGE);
  g_clear_error (&error);

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (pd_json_parse (deep->str, 1000000, &pd_json_limits_answer, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_assert_null (pd_json_parse (large, -1, &pd_json_limits_answer, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TOO_LARGE);
  g_clear_error (&error);

  while (many->len < 500000)
    g_string_append (many, ",0");
  g_string_append_c (many, ']');
  g_assert_null (pd_json_parse (many->str, -1, &pd_json_limits_answer, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TOO_LARGE);
}

/* Line and column, and never the text itself: it may be a secret (D2). */
static void
test_message (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pd_json_parse ("{\n  \"private-key\": \"日本canary\" canary\n}", -1, &pd_json_limits_answer, &error));
  g_assert_nonnull (strstr (error->message, "line 2, column 29"));
  g_assert_null (strstr (error->message, "canary"));
}

static void
test_partial (void)
{
  static const char text[] = "{\"a\": 1, \"b\": {\"c\": \"x\", \"d\": [1, 2";
  g_autoptr (JsonNode) node = pd_json_parse_partial (text, -1, &pd_json_limits_file);
  g_autofree char *read = NULL;

  g_assert_nonnull (node);
  read = pd_json_to_string (node, FALSE);
  g_assert_cmpstr (read, ==, "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":[1,2]}}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/sound", test_sound);
  g_test_add_func ("/json/unsound", test_unsound);
  g_test_add_func ("/json/limits", test_limits);
  g_test_add_func ("/json/message", test_message);
  g_test_add_func ("/json/partial", test_partial);
  return g_test_run ();
}
