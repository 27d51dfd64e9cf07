/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <string.h>

#include "pd-response.h"

static PdResponse *
new_response (const char *body,
              gssize      length,
              const char *header,
              const char *value)
{
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes)     bytes = g_bytes_new (body, length < 0 ? strlen (body) : (gsize) length);
  g_autoptr (GDateTime)  sent = g_date_time_new_utc (2026, 3, 4, 5, 6, 7);

  if (header != NULL)
    g_hash_table_insert (headers, (gpointer) header, (gpointer) value);
  return pd_response_new ("GET", "https://pay-api.amazon.jp/", 403, headers, bytes, 12, sent, "string");
}

static void
test_reason (void)
{
  g_autoptr (PdResponse) response = new_response ("\xef\xbb\xbf {\"message\":\"m\",\"x\":[1],\"reasonCode\":\"InvalidHeaderValue\"}\n", -1,
                                                  "content-type", "text/html");
  const char            *reason_code;
  const char            *message;

  g_assert_true (pd_response_get_reason (response, &reason_code, &message));
  g_assert_cmpstr (reason_code, ==, "InvalidHeaderValue");
  g_assert_cmpstr (message, ==, "m");
}

static void
test_garbage (void)
{
  static const char *const rows[] = {
    "", " ", "{", "}", "null", "[]", "\"reasonCode\"", "{}", "{\"message\":\"m\"}", "{\"reasonCode\":1}", "{\"reasonCode\":null}",
    "{\"reasonCode\":\"\"}", "{\"reasonCode\":\"a b\"}", "{\"reasonCode\":\"<b>\"}", "{\"reasonCode\":\"A\",\"reasonCode\":\"B\"}",
    "{'reasonCode':'A'}", "{\"reasonCode\":\"A\"} x", "<html>{\"reasonCode\":\"A\"}</html>", "{\"reasonCode\":\"\\ud800\"}", "\xff\xfe{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdResponse) response = new_response (rows[i], -1, NULL, NULL);
    const char            *reason_code;
    const char            *message;

    g_assert_false (pd_response_get_reason (response, &reason_code, &message));
    g_assert_null (reason_code);
  }
}

static void
test_deep (void)
{
  g_autofree char       *deep = g_strnfill (1000 * 1000, '[');
  g_autofree char       *many = g_strnfill (1000 * 1000, ',');
  g_autofree char       *name = g_strdup_printf ("{\"reasonCode\":\"A\",\"x\":%s", deep);
  g_autoptr (PdResponse) response = new_response (deep, -1, NULL, NULL);
  g_autoptr (PdResponse) named = new_response (name, -1, NULL, NULL);
  g_autoptr (PdResponse) commas = new_response (many, -1, NULL, NULL);
  const char            *reason_code;
  const char            *message;

  g_assert_false (pd_response_get_reason (response, &reason_code, &message));
  g_assert_false (pd_response_get_reason (named, &reason_code, &message));
  g_assert_false (pd_response_get_reason (commas, &reason_code, &message));
}

static void
test_harmless (void)
{
  static const struct { const char *body; gssize length; const char *shown; } rows[] = {
    { "plain\n\ttext", -1, "plain\n\ttext" },
    { "a\r\nb\rc", -1, "a\nb\xef\xbf\xbd" "c" },
    { "a\0b", 3, "a\xef\xbf\xbd" "b" },
    { "\x1b[31mred", -1, "\xef\xbf\xbd[31mred" },
    { "\xff\xfe", -1, "\xef\xbf\xbd\xef\xbf\xbd" },
    { "a\xe2\x80\xae" "b", -1, "a\xef\xbf\xbd" "b" },         /* RIGHT-TO-LEFT OVERRIDE */
    { "a\xe2\x81\xa6" "b", -1, "a\xef\xbf\xbd" "b" },         /* LEFT-TO-RIGHT ISOLATE */
    { "a\xe2\x80\x8b" "b", -1, "a\xef\xbf\xbd" "b" },         /* ZERO WIDTH SPACE */
    { "a\xe2\x80\xa8" "b", -1, "a\xef\xbf\xbd" "b" },         /* LINE SEPARATOR */
    { "a\xf3\xa0\x80\xa0" "b", -1, "a\xef\xbf\xbd" "b" },     /* TAG SPACE */
    { "a\xc2\x85" "b", -1, "a\xef\xbf\xbd" "b" },             /* NEXT LINE */
    { "日本語 é", -1, "日本語 é" },
    { "<b>&amp;</b>", -1, "<b>&amp;</b>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdResponse) response = new_response (rows[i].body, rows[i].length, NULL, NULL);
    g_autofree char       *text = pd_response_dup_text (response);

    g_assert_cmpstr (text, ==, rows[i].shown);
  }
}

/* Bounded, and not cut through the middle of a character. */
static void
test_bounded (void)
{
  g_autoptr (GString) body = g_string_new ("a");

  for (guint i = 0; i < 4000; i++)
    g_string_append (body, "日");
  {
    g_autoptr (PdResponse) response = new_response (body->str, -1, NULL, NULL);
    g_autofree char       *text = pd_response_dup_text (response);

    g_assert_cmpuint (strlen (text), <=, 4096 + strlen ("…"));
    g_assert_true (g_str_has_suffix (text, "日…"));
    g_assert_null (strstr (text, "\xef\xbf\xbd"));
  }
}

static void
test_headers (void)
{
  g_autoptr (PdResponse) id = new_response ("", -1, "x-amz-pay-request-id", "a\xe2\x80\xae" "b\x1b\xff");
  g_autoptr (PdResponse) cookie = new_response ("", -1, "set-cookie", "session=CANARY");
  g_autofree char       *long_value = g_strnfill (100000, 'a');
  g_autoptr (PdResponse) long_id = new_response ("", -1, "x-amz-pay-request-id", long_value);

  g_assert_cmpstr (pd_response_get_request_id (id), ==, "a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd");
  g_assert_cmpstr (pd_response_get_header (id, "X-Amz-Pay-Request-ID"), ==, pd_response_get_request_id (id));
  g_assert_null (pd_response_get_header (cookie, "set-cookie"));
  g_assert_null (pd_response_get_request_id (cookie));
  g_assert_cmpuint (strlen (pd_response_get_request_id (long_id)), <, 9000);
}

static void
test_quoted (void)
{
#define HASH "58315a233f177ba4d49088e2ca2876aa3604627234c1ebf99db17225bf3eb4c4"
  static const struct { const char *message; const char *quoted; } rows[] = {
    { "Unable to verify signature, signing String [AMZN-PAY-RSASSA-PSS-V2\\n" HASH "], signature [x]", "AMZN-PAY-RSASSA-PSS-V2\n" HASH },
    { "Unable to verify signature, signing String [AMZN-PAY-RSASSA-PSS\\n" HASH "]", "AMZN-PAY-RSASSA-PSS\n" HASH },
    { "signing String [AMZN-PAY-RSASSA-PSS-V2 " HASH "]", "AMZN-PAY-RSASSA-PSS-V2\n" HASH },
    { "signing String [AMZN-PAY-RSASSA-PSS-V2\\\\n" HASH "]", "AMZN-PAY-RSASSA-PSS-V2\n" HASH },
    { "signing String [AMZN-PAY-RSASSA-PSS-V2\\n0123]", NULL },
    { "signing String []", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char       *body = g_strdup_printf ("{\"reasonCode\":\"InvalidRequestSignature\",\"message\":\"%s\"}", rows[i].message);
    g_autoptr (PdResponse) response = new_response (body, -1, NULL, NULL);
    g_autofree char       *quoted = pd_response_dup_quoted_string (response);

    g_assert_cmpstr (quoted, ==, rows[i].quoted);
  }
}

static void
test_skew (void)
{
  static const struct { const char *date; gboolean known; gint64 skew; } rows[] = {
    { "Wed, 04 Mar 2026 05:06:07 GMT", TRUE, 0 },
    { "Wed, 04 Mar 2026 05:01:07 GMT", TRUE, -300 },
    { "Thu, 05 Mar 2026 05:06:07 GMT", TRUE, 86400 },
    { "Wednesday, 04-Mar-26 05:06:08 GMT", TRUE, 1 },
    { "yesterday", FALSE, 0 },
    { "", FALSE, 0 },
    { "Wed, 99 Mar 2026 05:06:07 GMT", FALSE, 0 },
  };
  g_autoptr (PdResponse) none = new_response ("", -1, NULL, NULL);
  gint64                 skew;

  g_assert_false (pd_response_get_clock_skew (none, &skew));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdResponse) response = new_response ("", -1, "date", rows[i].date);

    g_assert_true (pd_response_get_clock_skew (response, &skew) == rows[i].known);
    if (rows[i].known)
      g_assert_cmpint (skew, ==, rows[i].skew);
  }
}

static void
test_members (void)
{
  g_autoptr (PdResponse) response = new_response ("{\"a\":\"x\",\"b\":{\"c\":\"y\\u202ez\",\"d\":1},\"e\":[\"f\"]}", -1, NULL, NULL);
  static const struct { const char *path; const char *value; } rows[] = {
    { "a", "x" }, { "b.c", "y\xef\xbf\xbdz" }, { "b", NULL }, { "b.d", NULL }, { "b.c.d", NULL }, { "e", NULL }, { "e.0", NULL }, { "", NULL }, { "z", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = pd_response_dup_member (response, rows[i].path);

    g_assert_cmpstr (value, ==, rows[i].value);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/response/reason", test_reason);
  g_test_add_func ("/response/garbage", test_garbage);
  g_test_add_func ("/response/deep", test_deep);
  g_test_add_func ("/response/harmless", test_harmless);
  g_test_add_func ("/response/bounded", test_bounded);
  g_test_add_func ("/response/headers", test_headers);
  g_test_add_func ("/response/quoted-string", test_quoted);
  g_test_add_func ("/response/clock-skew", test_skew);
  g_test_add_func ("/response/members", test_members);
  return g_test_run ();
}
