/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>

#include "pd-catalogue.h"
#include "pd-clean.h"

#define CLIENT "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"

static const struct {
  const char *field;
  const char *text;
  const char *value;
  guint       cleaned;
} rows[] = {
  { "seller-id", "A1EXAMPLESELLER", "A1EXAMPLESELLER", 0 },
  { "seller-id", "  A1EXAMPLESELLER ", "A1EXAMPLESELLER", PD_CLEAN_WHITE_SPACE },
  { "seller-id", "A1EXAMPLESELLER\n", "A1EXAMPLESELLER", PD_CLEAN_LINE_BREAKS },
  { "seller-id", "A1EXAMPLE\r\nSELLER", "A1EXAMPLESELLER", PD_CLEAN_LINE_BREAKS },
  { "seller-id", "　A1EXAMPLESELLER　", "A1EXAMPLESELLER", PD_CLEAN_WHITE_SPACE },
  { "seller-id", "Ａ１ＥＸＡＭＰＬＥＳＥＬＬＥＲ", "A1EXAMPLESELLER", PD_CLEAN_FULL_WIDTH },
  { "seller-id", "\xef\xbb\xbf" "A1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_INVISIBLE },
  { "seller-id", "A1EX\xe2\x80\x8b" "AMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_INVISIBLE },
  { "seller-id", "A1EX\xc2\xa0" "AMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_WHITE_SPACE },
  { "seller-id", "\xe2\x80\xaa" "A1EXAMPLESELLER\xe2\x80\xac", "A1EXAMPLESELLER", PD_CLEAN_INVISIBLE },
  { "seller-id", "\"A1EXAMPLESELLER\"", "A1EXAMPLESELLER", PD_CLEAN_QUOTES },
  { "seller-id", "「A1EXAMPLESELLER」", "A1EXAMPLESELLER", PD_CLEAN_QUOTES },
  { "seller-id", "'A1EXAMPLESELLER',", "A1EXAMPLESELLER", PD_CLEAN_QUOTES },
  { "seller-id", "A1EXAMPLESELLER;", "A1EXAMPLESELLER", PD_CLEAN_QUOTES },
  { "seller-id", "出品者ID: A1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL },
  { "seller-id", "出品者ＩＤ：Ａ１EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_FULL_WIDTH },
  { "seller-id", "SellerId（出品者ID）　A1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_FULL_WIDTH | PD_CLEAN_WHITE_SPACE },
  { "seller-id", "SellerId=A1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL },
  { "seller-id", "出品者ID\nA1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_LINE_BREAKS },
  { "seller-id", "\"merchant_id\": \"A1EXAMPLESELLER\",", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_QUOTES },
  { "seller-id", "出品者ID", "出品者ID", 0 },
  { "seller-id", "", "", 0 },
  { "client-id", "ClientId: " CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "client-id", "Store ID " CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "client-id", "クライアントID　" CLIENT, CLIENT, PD_CLEAN_LABEL | PD_CLEAN_WHITE_SPACE },
  { "client-id", "amzn1.application−oa2−client.0123456789abcdef0123456789abcdef", CLIENT, PD_CLEAN_FULL_WIDTH },
  { "client-id.sandbox", "client_id=" CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "access-key-id", "アクセスキーID AKIAEXAMPLEKEY000001", "AKIAEXAMPLEKEY000001", PD_CLEAN_LABEL },
  { "secret-access-key", "secret_key: wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY0=", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY0=", PD_CLEAN_LABEL },
  { "return-urls", " https://www.example.jp/Amazon/Pay?x=1 ", "https://www.example.jp/Amazon/Pay?x=1", PD_CLEAN_WHITE_SPACE },
  { "return-urls", "ｈｔｔｐｓ：／／www.example.jp/", "https://www.example.jp/", PD_CLEAN_FULL_WIDTH },
  { "return-urls", "<https://www.example.jp/a>", "https://www.example.jp/a", PD_CLEAN_QUOTES },
  { "return-urls", "リダイレクトURL：https://www.example.jp/a", "https://www.example.jp/a", PD_CLEAN_LABEL | PD_CLEAN_FULL_WIDTH },
  { "store-name", " ランタン商店　本店 ", "ランタン商店　本店", PD_CLEAN_WHITE_SPACE },
  { "store-name", "Ｌａｎｔｅｒｎ “＆” Co.", "Ｌａｎｔｅｒｎ “＆” Co.", 0 },
  { "store-name", "Lantern\xe2\x80\x8b", "Lantern", PD_CLEAN_INVISIBLE },
  { "support-phone", "０６−６４８５−６４８５", "06-6485-6485", PD_CLEAN_FULL_WIDTH },
  { "support-phone", "06 6485 6485", "06 6485 6485", 0 },
  { "support-email", "ｓｈｏｐ＠example.jp", "shop@example.jp", PD_CLEAN_FULL_WIDTH },
  { "setup-notice-date", "２０２０-１１-１８", "2020-11-18", PD_CLEAN_FULL_WIDTH },
  { "private-key", "\n-----BEGIN X-----\nab\n-----END X-----\n", "-----BEGIN X-----\nab\n-----END X-----", PD_CLEAN_WHITE_SPACE },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PdCleaned        cleaned;
    const PdField   *field = pd_catalogue_lookup (rows[i].field);
    g_autofree char *value = pd_clean_value (field, rows[i].text, &cleaned);
    g_autofree char *told = pd_clean_describe (cleaned);

    g_test_message ("%s ← %s", rows[i].field, rows[i].text);
    g_assert_cmpstr (value, ==, rows[i].value);
    g_assert_cmphex (cleaned & ~PD_CLEAN_ENCODING, ==, rows[i].cleaned);
    g_assert_true ((told != NULL) == (cleaned != 0));
  }
}

/* Whatever comes in: the result is UTF-8, and cleaning it again changes nothing. */
static void
test_idempotent (void)
{
  static const char *const parts[] = {
    "A1", "出品者ID", ":", " ", "　", "\"", "'", "\n", "\r", "\xef\xbb\xbf", "\xff", "，", "client_id", "=", ";", "「", "」", "x", "amzn.mws.", "\xe2\x80\x8f",
  };
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < 20000; i++) {
    const PdField       *field = fields[g_test_rand_int_range (0, (int) n_fields)];
    g_autoptr (GString)  text = g_string_new (NULL);
    g_autofree char     *once = NULL;
    g_autofree char     *twice = NULL;

    for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
      g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
    once = pd_clean_value (field, text->str, NULL);
    twice = pd_clean_value (field, once, NULL);
    g_assert_true (g_utf8_validate (once, -1, NULL));
    g_assert_cmpstr (once, ==, twice);
  }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clean/rows", test_rows);
  g_test_add_func ("/clean/idempotent", test_idempotent);
  return g_test_run ();
}
