/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>
#include <string.h>

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
  { "seller-id", "出品者ID\nA1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL },
  { "seller-id", "\"merchant_id\": \"A1EXAMPLESELLER\",", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_QUOTES },
  { "seller-id", "出品者ID\r\n\r\nA1EXAMPLESELLER\r\n", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_LINE_BREAKS },
  { "seller-id", "SellerId\tA1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_WHITE_SPACE },
  { "seller-id", "| 出品者 ID | A1EXAMPLESELLER", "|出品者ID|A1EXAMPLESELLER", PD_CLEAN_WHITE_SPACE },
  { "seller-id", "seller_id => 'A1EXAMPLESELLER',", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_QUOTES },
  { "seller-id", "MERCHANT-ID,A1EXAMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LABEL },
  { "seller-id", "“A1EXAMPLESELLER”", "A1EXAMPLESELLER", PD_CLEAN_QUOTES },
  { "seller-id", "A1EXAMPLESELLER\"", "A1EXAMPLESELLER", PD_CLEAN_QUOTES },
  { "seller-id", "\"\"\"\"\"\"\"\"\"A1EXAMPLESELLER\"\"\"\"\"\"\"\"\"", "A1EXAMPLESELLER", PD_CLEAN_QUOTES },
  { "seller-id", "出品者ID: \"出品者ID: 'A1EXAMPLESELLER'\"", "A1EXAMPLESELLER", PD_CLEAN_LABEL | PD_CLEAN_QUOTES },
  { "seller-id", "クライアントID: " CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "seller-id", "A1EX\xff\xfe" "AMPLESELLER", "A1EXAMPLESELLER", 0 },
  { "seller-id", "A1EX\xc2\xad\xe2\x81\xa0" "AMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_INVISIBLE },
  { "seller-id", "A1EX\x01\x7f" "AMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_INVISIBLE },
  { "seller-id", "A1EX\xe2\x80\xa8" "AMPLESELLER", "A1EXAMPLESELLER", PD_CLEAN_LINE_BREAKS },
  { "seller-id", "\xe2\x80\x8b\xef\xbb\xbf", "", PD_CLEAN_INVISIBLE },
  { "seller-id", " \n ", "", PD_CLEAN_WHITE_SPACE | PD_CLEAN_LINE_BREAKS },
  { "seller-id", "\"", "\"", 0 },
  { "seller-id", ",", ",", 0 },
  { "seller-id", "出品者ID", "出品者ID", 0 },
  { "seller-id", "出品者ID:", "出品者ID:", 0 },
  { "seller-id", "", "", 0 },
  { "client-id", "ClientId: " CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "client-id", "Store ID " CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "client-id", "クライアントID　" CLIENT, CLIENT, PD_CLEAN_LABEL | PD_CLEAN_WHITE_SPACE },
  { "client-id", "amzn1.application−oa2−client.0123456789abcdef0123456789abcdef", CLIENT, PD_CLEAN_FULL_WIDTH },
  { "client-id.sandbox", "client_id=" CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "client-id", "\"client_id\": \"" CLIENT "\",\n", CLIENT, PD_CLEAN_LABEL | PD_CLEAN_QUOTES | PD_CLEAN_LINE_BREAKS },
  { "client-id", "'client_id' : '" CLIENT "'", CLIENT, PD_CLEAN_LABEL | PD_CLEAN_QUOTES },
  { "client-id", "ClientId(クライアントID) " CLIENT, CLIENT, PD_CLEAN_LABEL },
  { "client-id", "amzn1.application-oa2-client.0123456789abcdef\n0123456789abcdef", CLIENT, PD_CLEAN_LINE_BREAKS },
  { "mws-auth-token", "MWS 認証トークン： amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456", "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456",
    PD_CLEAN_LABEL | PD_CLEAN_FULL_WIDTH },
  { "mws-auth-token", "Pre-Set_with_information_from_Amazon", "Pre-Set_with_information_from_Amazon", 0 },
  { "access-key-id", "アクセスキーID AKIAEXAMPLEKEY000001", "AKIAEXAMPLEKEY000001", PD_CLEAN_LABEL },
  { "secret-access-key", "secret_key: wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY0=", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY0=", PD_CLEAN_LABEL },
  { "return-urls", " https://www.example.jp/Amazon/Pay?x=1 ", "https://www.example.jp/Amazon/Pay?x=1", PD_CLEAN_WHITE_SPACE },
  { "return-urls", "ｈｔｔｐｓ：／／www.example.jp/", "https://www.example.jp/", PD_CLEAN_FULL_WIDTH },
  { "return-urls", "<https://www.example.jp/a>", "https://www.example.jp/a", PD_CLEAN_QUOTES },
  { "return-urls", "リダイレクトURL：https://www.example.jp/a", "https://www.example.jp/a", PD_CLEAN_LABEL | PD_CLEAN_FULL_WIDTH },
  { "return-urls", "https://www.example.jp/A,", "https://www.example.jp/A,", 0 },
  { "return-urls", "\"https://www.example.jp/A\",", "https://www.example.jp/A", PD_CLEAN_QUOTES },
  { "return-urls", "https://www.example.jp/a b", "https://www.example.jp/ab", PD_CLEAN_WHITE_SPACE },
  { "return-urls", "https://www.example.jp/ショップ", "https://www.example.jp/ショップ", 0 },
  { "privacy-policy-url.seen", " https://www.example.jp/ａ ", "https://www.example.jp/ａ", PD_CLEAN_WHITE_SPACE },
  { "store-name", "葛\xf3\xa0\x84\x80" "飾屋 👨‍👩‍👧", "葛\xf3\xa0\x84\x80" "飾屋 👨‍👩‍👧", 0 },
  { "store-name", "ランタン\n本店", "ランタン 本店", PD_CLEAN_LINE_BREAKS },
  { "store-name", "\xe2\x80\xaeLantern\xe2\x80\xac\x07", "Lantern", PD_CLEAN_INVISIBLE },
  { "store-name", "ストア名: Lantern", "ストア名: Lantern", 0 },
  { "store-name", " ランタン商店　本店 ", "ランタン商店　本店", PD_CLEAN_WHITE_SPACE },
  { "store-name", "Ｌａｎｔｅｒｎ “＆” Co.", "Ｌａｎｔｅｒｎ “＆” Co.", 0 },
  { "store-name", "Lantern\xe2\x80\x8b", "Lantern", PD_CLEAN_INVISIBLE },
  { "support-phone", "０６−６４８５−６４８５", "06-6485-6485", PD_CLEAN_FULL_WIDTH },
  { "support-phone", "０６ー６４８５ー６４８５", "06-6485-6485", PD_CLEAN_FULL_WIDTH },
  { "support-phone", "06 6485 6485", "06 6485 6485", 0 },
  { "support-email", "ｓｈｏｐ＠example.jp", "shop@example.jp", PD_CLEAN_FULL_WIDTH },
  { "setup-notice-date", "２０２０-１１-１８", "2020-11-18", PD_CLEAN_FULL_WIDTH },
  { "private-key", "-----BEGIN X-----\nab\xe2\x80\x8b\n-----END X-----", "-----BEGIN X-----\nab\n-----END X-----", PD_CLEAN_INVISIBLE },
  { "private-key", "\n-----BEGIN X-----\nab\n-----END X-----\n", "-----BEGIN X-----\nab\n-----END X-----", PD_CLEAN_LINE_BREAKS },
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
    "A1", "出品者ID", ":", " ", "　", "\"", "'", "\n", "\r", "\xef\xbb\xbf", "\xff", "，", "client_id", "=", ";", "「", "」", "x", "amzn.mws.", "\xe2\x80\x8f", "-", "_", "|", ">", "<", "Client", "ID", "(", ")", "（", "ー", "\xc2\xa0", "https://a.b/", "\t",
    "\xef\xb8\x8f", "\xe2\x80\x8d", "“", "”", "SellerId(出品者ID)", "{",
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
    g_assert_cmpuint (strlen (once), <=, text->len);
    g_assert_cmpstr (once, ==, twice);
  }
}

/* One sentence, every change in it once. */
static void
test_describe (void)
{
  g_autofree char *nothing = pd_clean_describe (PD_CLEAN_NOTHING);
  g_autofree char *one = pd_clean_describe (PD_CLEAN_QUOTES);
  g_autofree char *all = pd_clean_describe (0x7f);

  g_assert_null (nothing);
  g_assert_cmpstr (one, ==, "Cleaned: quotation marks.");
  g_assert_nonnull (strstr (all, "bytes that are not text, full-width"));
  g_assert_nonnull (strstr (all, "the label in front of the value."));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clean/rows", test_rows);
  g_test_add_func ("/clean/describe", test_describe);
  g_test_add_func ("/clean/idempotent", test_idempotent);
  return g_test_run ();
}
