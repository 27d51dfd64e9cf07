/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-page-text.h"
#include "pd-privacy-page.h"

#define FILLER "ご注文は24時間承ります。お支払い方法は、クレジットカード、代金引換、銀行振込をご用意しています。送料は全国一律です。" \
               "商品の到着後七日以内であれば、返品を承ります。お問い合わせはメールでお願いします。当店の営業時間は平日の十時から十七時です。"
#define PAGE(title, body) "<!DOCTYPE html><html><head><title>" title "</title></head><body>" body "</body></html>"

/* A page, and what it is. */
static const struct {
  const char        *page;
  PdPrivacyPageKind  kind;
} rows[] = {
  /* S083's names, however they are written. */
  { PAGE ("ランタン商店", "<h1>プライバシーポリシー</h1><p>x</p>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("ランタン商店", "<h2>個人情報保護方針</h2>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("個人情報の取り扱いについて", "<p>x</p>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("個人情報の取扱いについて | ランタン商店", ""), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("個人情報の取扱について", ""), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("", "<h3>ﾌﾟﾗｲﾊﾞｼｰﾎﾟﾘｼｰ</h3>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("", "<h1>Privacy\n  Policy</h1>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("", "<h1>PRIVACY NOTICE</h1>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("", "<h1>個人情報<br>保護<b>方針</b></h1>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("", "<h1>&#20491;&#20154;&#24773;&#22577;&#20445;&#35703;&#26041;&#37341;</h1>"), PD_PRIVACY_PAGE_FOUND },
  { "<H1>プライバシーポリシー", PD_PRIVACY_PAGE_FOUND },
  { PAGE ("", "<p>当店の個人情報の取り扱いについて定めます。</p>"), PD_PRIVACY_PAGE_FOUND },
  { PAGE ("規約", "<p>個人情報の取扱いについて。当店は個人情報を守ります。個人情報は発送に使います。個人情報を渡しません。個人情報の開示は承ります。</p>" FILLER),
    PD_PRIVACY_PAGE_FOUND },
  /* A page of a shop links to it, which does not make it one. */
  { PAGE ("ランタン商店", "<p>" FILLER "</p><a href='/p'>プライバシーポリシー</a>"), PD_PRIVACY_PAGE_OTHER },
  { PAGE ("ランタン商店", "<p>" FILLER "</p><h4><a href='/p'>プライバシーポリシー</a></h4>"), PD_PRIVACY_PAGE_OTHER },
  { PAGE ("ランタン商店", "<p>" FILLER "</p><script>var x = '<h1>プライバシーポリシー</h1>'</script>"), PD_PRIVACY_PAGE_OTHER },
  { PAGE ("ランタン商店", "<p>" FILLER "</p><!-- <h1>プライバシーポリシー</h1> -->"), PD_PRIVACY_PAGE_OTHER },
  { PAGE ("お問い合わせ", "<p>" FILLER "プライバシーポリシーに同意のうえ送信してください。</p>"), PD_PRIVACY_PAGE_MENTIONS },
  /* Status 200, and nothing there. */
  { PAGE ("404 Not Found", "<p>" FILLER "</p>"), PD_PRIVACY_PAGE_ABSENT },
  { PAGE ("ランタン商店", "<h1>ページが見つかりません</h1>"), PD_PRIVACY_PAGE_ABSENT },
  { PAGE ("ログイン", "<form><input name=id><input type=password></form>"), PD_PRIVACY_PAGE_SIGN_IN },
  { PAGE ("Welcome", "<h1>Please sign in to this network</h1><form><input name=user></form>"), PD_PRIVACY_PAGE_SIGN_IN },
  { PAGE ("ランタン商店", "<div id=app></div><script>start()</script>"), PD_PRIVACY_PAGE_SCRIPTED },
  { "", PD_PRIVACY_PAGE_NO_HTML },
  { "{\"title\":\"プライバシーポリシー\"}", PD_PRIVACY_PAGE_NO_HTML },
  { "%PDF-1.7 プライバシーポリシー", PD_PRIVACY_PAGE_NO_HTML },
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdPrivacyPage) page = pd_privacy_page_new (rows[i].page, strlen (rows[i].page), "text/html");

    g_test_message ("%s", rows[i].page);
    g_assert_cmpint (page->kind, ==, rows[i].kind);
  }
}

/* A page in each charset, told by the header, by the page, by both, by nobody, or wrongly. */
static void
test_charsets (void)
{
  static const struct {
    const char *charset;
    const char *name;
  } charsets[] = {
    { "UTF-8", "utf-8" }, { "CP932", "Shift_JIS" }, { "CP932", "x-sjis" }, { "CP932", "Windows-31J" }, { "EUC-JP", "EUC-JP" },
    { "EUC-JP", "x-euc-jp" }, { "ISO-2022-JP", "ISO-2022-JP" },
  };
  static const char *const types[] = { "text/html; charset=%s", "text/html; charset=\"%s\"", "text/html", "text/html; charset=utf-8", "application/json" };

  for (guint i = 0; i < G_N_ELEMENTS (charsets) * G_N_ELEMENTS (types); i++) {
    const char               *name = charsets[i / G_N_ELEMENTS (types)].name;
    const char               *pattern = types[i % G_N_ELEMENTS (types)];
    g_autofree char          *utf8 = g_strdup_printf ("<html><head><meta charset=\"%s\"><title>個人情報保護方針―ランタン</title></head></html>", name);
    g_auto (GStrv)            parts = g_strsplit (pattern, "%s", 2);
    g_autofree char          *type = g_strjoinv (name, parts);
    gsize                     length;
    g_autoptr (GError)        error = NULL;
    g_autofree char          *bytes = g_convert (utf8, -1, charsets[i / G_N_ELEMENTS (types)].charset, "UTF-8", NULL, &length, &error);
    g_autoptr (PdPrivacyPage) page = NULL;

    g_assert_no_error (error);
    g_test_message ("%s: %s", name, type);
    page = pd_privacy_page_new (bytes, length, type);
    g_assert_cmpint (page->kind, ==, PD_PRIVACY_PAGE_FOUND);
    g_assert_nonnull (strstr (page->title, "個人情報保護方針"));
  }
}

/* No name of the charset anywhere: the bytes tell. */
static void
test_guesses (void)
{
  static const char *const charsets[] = { "UTF-8", "CP932", "EUC-JP" };
  const char              *utf8 = "<html><head><title>個人情報の取り扱いについて</title></head><body><p>" FILLER "</p></body></html>";

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++) {
    gsize                     length;
    g_autofree char          *bytes = g_convert (utf8, -1, charsets[i], "UTF-8", NULL, &length, NULL);
    g_autoptr (PdPrivacyPage) page = pd_privacy_page_new (bytes, length, NULL);

    g_test_message ("%s", charsets[i]);
    g_assert_cmpint (page->kind, ==, PD_PRIVACY_PAGE_FOUND);
  }
}

/* Whatever it is given ends in words that can be shown. */
static void
test_hostile (void)
{
  g_autoptr (GString)    deep = g_string_new ("<html>");
  g_autoptr (GString)    wide = g_string_new ("<html><p ");
  static const char      nul[] = "<html><title>a\0b</title>\xff\xfe";
  static const char      utf16[] = "\xff\xfe<\0h\0t\0m\0l\0>\0";
  static const char      entities[] = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html><title>&b;&b;</title><p>&xxe;</p></html>";
  const struct { const char *bytes; gsize length; } pages[] = {
    { nul, sizeof nul - 1 }, { utf16, sizeof utf16 - 1 }, { entities, sizeof entities - 1 },
  };

  for (guint i = 0; i < 50000; i++)
    g_string_append (deep, "<div>");
  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (wide, "a%u=1 ", i);
  for (guint i = 0; i < G_N_ELEMENTS (pages) + 2; i++) {
    const char            *bytes = i < G_N_ELEMENTS (pages) ? pages[i].bytes : i == G_N_ELEMENTS (pages) ? deep->str : wide->str;
    gsize                  length = i < G_N_ELEMENTS (pages) ? pages[i].length : strlen (bytes);
    g_autoptr (PdPageText) page = pd_page_text_new (bytes, length, "text/html; charset=utf-8");

    g_assert_true (g_utf8_validate (page->title->str, (gssize) page->title->len, NULL));
    g_assert_true (g_utf8_validate (page->text->str, (gssize) page->text->len, NULL));
    g_assert_null (strstr (page->title->str, "aaaaaaaaaaaaaaaaaaaa"));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy-page/kinds", test_kinds);
  g_test_add_func ("/privacy-page/charsets", test_charsets);
  g_test_add_func ("/privacy-page/guesses", test_guesses);
  g_test_add_func ("/privacy-page/hostile", test_hostile);
  return g_test_run ();
}
