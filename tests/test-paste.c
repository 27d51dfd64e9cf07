/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-key.h"
#include "pd-paste.h"
#include "pd-shape.h"

#define SELLER  "A1EXAMPLESELLER"
#define HEX32   "0123456789abcdef0123456789abcdef"
#define CLIENT  "amzn1.application-oa2-client." HEX32
#define TOKEN   "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456"
#define ACCESS  "AKIAEXAMPLEKEY000001"
#define SECRET  "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01"
#define OLD     HEX32 HEX32
#define NEW     "amzn1.oa2-cs.v1." HEX32 HEX32
#define KEY_ID  "AHEXAMPLEKEYID0123456789"
#define SANDBOX "SANDBOX-" KEY_ID
#define KEYS    "\"merchant_id\":\"" SELLER "\",\"access_key\":\"" ACCESS "\",\"secret_key\":\"" SECRET "\",\"client_id\":\"" CLIENT \
                "\",\"client_secret\":\"" NEW "\""
#define ALL     "seller-id=" SELLER " access-key-id=" ACCESS " secret-access-key=" SECRET " client-id=" CLIENT " client-secret=" NEW
#define USED    "seller-id=" SELLER " !access-key-id=" ACCESS " !secret-access-key=" SECRET " client-id=" CLIENT " !client-secret=" NEW

enum { TEXT = PD_PASTE_TEXT, JSON = PD_PASTE_KEYS_JSON, PROFILES = PD_PASTE_PROFILES, NO = -1 };

/* `outcome`: the fields and values found, in order ("!" before what the shop does not use), or of what is refused a piece of the sentence. */
static const struct {
  const char *shop; /* generation, "old" or "new"; and " sandbox" */
  const char *text;
  int         kind;
  const char *outcome;
  const char *note;
} rows[] = {
  /* Amazon's copied keys */
  { "old", "{" KEYS "}", JSON, ALL, NULL },
  { "new", "{" KEYS "}", JSON, USED, NULL },
  { "old", "{\n  \"client_id\" : \"" CLIENT "\" ,\n\t\"merchant_id\":\"" SELLER "\"\r\n}", JSON, "client-id=" CLIENT " seller-id=" SELLER, NULL },
  { "old", "Keys of the shop: {" KEYS "} copied today.", JSON, ALL, NULL },
  { "old", "var keys = {" KEYS "};\n}", JSON, ALL, NULL },
  { "old", "\xef\xbb\xbf{" KEYS "}", JSON, ALL, NULL },
  { "old", "　{" KEYS "}　", JSON, ALL, NULL },
  { "old", "{\xc2\xa0" KEYS "\xe2\x80\x8b}", JSON, ALL, NULL },
  { "old", "｛“merchant_id”：“" SELLER "”，“client_id”：“" CLIENT "”｝", JSON, "seller-id=" SELLER " client-id=" CLIENT, NULL },
  { "old", "{\"merchant_id\":\" " SELLER "\xc2\xa0\"}", JSON, "seller-id=" SELLER, NULL },
  { "old", "{\"merchant_id\":\"Ａ１ＥＸＡＭＰＬＥＳＥＬＬＥＲ\"}", JSON, "seller-id=" SELLER, NULL },
  { "old", "{\"merchant_id\":\"\\u00411EXAMPLESELLER\"}", JSON, "seller-id=" SELLER, NULL },
  { "old", "{\"merchantId\":\"" SELLER "\",\"storeId\":\"" CLIENT "\"}", JSON, "seller-id=" SELLER " client-id=" CLIENT, NULL },
  { "old", "{\"lwaClientId\":\"" CLIENT "\",\"mwsAuthToken\":\"" TOKEN "\"}", JSON, "client-id=" CLIENT " mws-auth-token=" TOKEN, NULL },
  { "old", "{\"public_key_id\":\"" SANDBOX "\",\"store_id\":\"" CLIENT "\"}", JSON, "public-key-id.sandbox=" SANDBOX " client-id=" CLIENT, NULL },
  { "old sandbox", "{\"publicKeyId\":\"" SANDBOX "\"}", JSON, "public-key-id=" SANDBOX, NULL },
  { "old", "{\"store_id\":\"" CLIENT "\",\"client_id\":\"" CLIENT "\"}", JSON, "client-id=" CLIENT, NULL },
  { "old", "{" KEYS ",\"extra\":\"x\"}", JSON, ALL, "1 further value " },
  { "old", "{" KEYS ",\"extra\":{\"a\":[1,{}]},\"b\":null}", JSON, ALL, "2 further values " },
  { "old", "{\"merchant_id\":\"" SELLER "\",\"client_id\":null,\"access_key\":\"\"}", JSON, "seller-id=" SELLER, NULL },
  { "old", "{\"mode\":\"x\",\"description\":\"y\",\"merchant_id\":\"" SELLER "\"}", JSON, "seller-id=" SELLER, "2 further values " },
  { "old", "{\"merchant_id\":\"short\"}", JSON, "seller-id=short", NULL },
  { "old", "{\"client_id\":\"" SELLER "\"}", JSON, "client-id=" SELLER, NULL },
  { "old", "{\"merchant_id\":\"" SELLER "\",\"merchant_id\":\"" SELLER "\"}", NO, "line 1, column 47", NULL },
  { "old", "{\"merchant_id\":\"" SELLER "\",\"merchantId\":\"A1OTHERSELLER\"}", NO, "two different values for “Seller ID”", NULL },
  { "old", "{" KEYS "} {" KEYS "}", NO, "more than one set", NULL },
  { "old", "{\"merchant_id\":\"" SELLER "\",}", NO, "line 1, column 34", NULL },
  { "old", "My keys:\n{\"merchant_id\":\"" SELLER "\"\n\"client_id\":\"" CLIENT "\"}", NO, "line 3, column 1:", NULL },
  { "old", "鍵は {\"merchant_id\" \"x\"}", NO, "line 1, column 19:", NULL },
  { "old", "{merchant_id: \"" SELLER "\"}", NO, "line 1, column 2:", NULL },
  { "old", "{'merchant_id':'" SELLER "'}", NO, "line 1, column 2:", NULL },
  { "old", "{\"merchant_id\":\"" SELLER, NO, "cannot be read", NULL },
  { "old", "{\"merchant_id\":\"A1\nB\"}", NO, "line 1, column 19:", NULL },
  { "old", "{\"merchant_id\":\"" SELLER "\"", NO, "cannot be read", NULL },
  { "old", "{", NO, "line 1, column 2:", NULL },
  { "old", "{}", NO, "None of the keys", NULL },
  { "old", "{\"a\":1}", NO, "None of the keys", NULL },
  { "old", "{\"merchant_id\":\"\",\"client_id\":\"\"}", NO, "are empty", NULL },
  { "old", "{\"merchant_id\":12}", NO, "value of “Seller ID” is not a text", NULL },
  { "old", "{\"merchant_id\":{}}", NO, "value of “Seller ID” is not a text", NULL },
  { "old", "{\"merchant_id\":[\"" SELLER "\"]}", NO, "value of “Seller ID” is not a text", NULL },
  { "old", "{\"merchant_id\":\"\\ud800\"}", NO, "cannot be read", NULL },
  { "old", "{\"private_key\":\"junk\"}", NO, "not a private key", NULL },
  { "old", "{\"private_key\":\"-----BEGIN PUBLIC KEY-----\"}", NO, "a public key", NULL },
  { "old", "{\"merchant_id\":\"\xff\"}", NO, "not a text in UTF-8", NULL },
  /* exports of ours */
  { "old", "{\"format\":1,\"kind\":\"paydesk-profiles\",\"profiles\":[]}", PROFILES, "", NULL },
  { "old", " \n{\"profiles\":[{}],\"kind\":\"paydesk-profiles\"}\n", PROFILES, "", NULL },
  { "old", "\xef\xbb\xbf{\"kind\":\"paydesk-profiles\",\"profiles\":[", PROFILES, "", NULL },
  /* one value, by its form */
  { "old", SELLER, TEXT, "seller-id=" SELLER, NULL },
  { "old", "  " SELLER "\r\n", TEXT, "seller-id=" SELLER, NULL },
  { "old", "\"" SELLER "\",", TEXT, "seller-id=" SELLER, NULL },
  { "old", CLIENT, TEXT, "client-id=" CLIENT, NULL },
  { "old", "amzn1.application-oa2-client.0123456789abcdef\n0123456789abcdef", TEXT, "client-id=" CLIENT, NULL },
  { "old", TOKEN, TEXT, "mws-auth-token=" TOKEN, NULL },
  { "old", PD_PRESET_TOKEN, TEXT, "mws-auth-token=" PD_PRESET_TOKEN, NULL },
  { "old", OLD, TEXT, "client-secret=" OLD, NULL },
  { "new", NEW, TEXT, "!client-secret=" NEW, NULL },
  { "old", ACCESS, TEXT, "access-key-id=" ACCESS, NULL },
  { "new", ACCESS, TEXT, "!access-key-id=" ACCESS, NULL },
  { "old", SECRET, TEXT, "secret-access-key=" SECRET, NULL },
  { "old", KEY_ID, TEXT, "public-key-id=" KEY_ID, NULL },
  { "old", "LIVE-" KEY_ID, TEXT, "public-key-id=LIVE-" KEY_ID, NULL },
  { "old", SANDBOX, TEXT, "public-key-id.sandbox=" SANDBOX, NULL },
  { "old sandbox", SANDBOX, TEXT, "public-key-id=" SANDBOX, NULL },
  { "old", "shop@example.jp", TEXT, "support-email=shop@example.jp", NULL },
  { "old", "ＡＫＩＡＥＸＡＭＰＬＥＫＥＹ０００００１", TEXT, "access-key-id=" ACCESS, NULL },
  { "old", "\xff\xfe" "A\0" "1\0E\0X\0A\0M\0P\0L\0E\0S\0E\0L\0L\0E\0R\0", TEXT, "seller-id=" SELLER, NULL },
  /* by its label */
  { "old", "出品者ID: " SELLER, TEXT, "seller-id=" SELLER, NULL },
  { "old", "SellerId（出品者ID）　" SELLER, TEXT, "seller-id=" SELLER, NULL },
  { "old", "クライアントID\n" CLIENT, TEXT, "client-id=" CLIENT, NULL },
  { "old", "出品者ID: short", TEXT, "seller-id=short", NULL },
  { "old", "ClientSecret=" SECRET, TEXT, "client-secret=" SECRET, NULL },
  { "old", "リターンURL: https://www.example.jp/pay", TEXT, "return-urls=https://www.example.jp/pay", NULL },
  { "old", "プライバシーポリシーURL https://www.example.jp/privacy", TEXT, "privacy-policy-url=https://www.example.jp/privacy", NULL },
  /* several values */
  { "old", "出品者ID\t" SELLER "\nクライアントID\t" CLIENT, TEXT, "seller-id=" SELLER " client-id=" CLIENT, NULL },
  { "old", "出品者ID\n" SELLER "\n\nクライアントID\n" CLIENT "\n", TEXT, "seller-id=" SELLER " client-id=" CLIENT, NULL },
  { "old", SELLER "\r\n" CLIENT "\r\n" TOKEN, TEXT, "seller-id=" SELLER " client-id=" CLIENT " mws-auth-token=" TOKEN, NULL },
  { "new", "アクセスキーID: " ACCESS "\nシークレットアクセスキー: " SECRET, TEXT, "!access-key-id=" ACCESS " !secret-access-key=" SECRET, NULL },
  { "old", "MWSの認証情報\n出品者ID: " SELLER "\nMWS認証トークン: " TOKEN "\n続行", TEXT, "seller-id=" SELLER " mws-auth-token=" TOKEN, "2 lines " },
  { "old", "リターンURL: https://a.example.jp/1\nリターンURL: https://a.example.jp/2", TEXT, "return-urls=https://a.example.jp/1|https://a.example.jp/2", NULL },
  { "old", SELLER "\nA1OTHERSELLER1", NO, "two different values for “Seller ID”", NULL },
  { "old", SELLER "\n" SELLER, TEXT, "seller-id=" SELLER, NULL },
  /* nothing of it */
  { "old", "", NO, "Nothing in this was recognised", NULL },
  { "old", " \n\t", NO, "Nothing in this was recognised", NULL },
  { "old", "hello", NO, "Nothing in this was recognised", NULL },
  { "old", "https://www.example.jp/pay", NO, "goes into its own field", NULL },
  { "old", "出品者ID:", NO, "Nothing in this was recognised", NULL },
  { "old", "\xff\xfe\xfd", NO, "not a text in UTF-8", NULL },
  { "old", "A1\xff", NO, "not a text in UTF-8", NULL },
  { "old", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", NO, "a public key", NULL },
  { "old", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", NO, "a certificate", NULL },
  { "old", "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n", NO, "damaged", NULL },
  { "old", "----BEGIN PRIVATE KEY----\nMIIB\n", NO, "damaged", NULL },
};

static PdProfile *
make_profile (const char *shop)
{
  PdProfile *profile = pd_profile_new ("Lantern & Co.");

  pd_profile_set_text (profile, "generation", g_str_has_prefix (shop, "old") ? "before-upgrade" : "new", NULL);
  if (g_str_has_suffix (shop, "sandbox"))
    pd_profile_set_text (profile, "environment", "sandbox", NULL);
  return profile;
}

static char *
show (PdPaste *paste)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < paste->values->len; i++) {
    const PdPasteValue *value = g_ptr_array_index (paste->values, i);

    if (i > 0)
      g_string_append_c (out, ' ');
    g_string_append_printf (out, "%s%s=%s", value->applies ? "" : "!", value->field->id, pd_secret_text_peek (value->value));
  }
  return g_strdelimit (g_string_free (out, FALSE), "\n", '|');
}

static gsize
length_of (const char *text)
{
  /* The one row in UTF-16 holds NULs. */
  return g_str_has_prefix (text, "\xff\xfe" "A") ? 2 + 2 * strlen (SELLER) : strlen (text);
}

static void
test_rows (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (rows), >=, 80);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdProfile) profile = make_profile (rows[i].shop);
    g_autoptr (GError)    error = NULL;
    g_autoptr (PdPaste)   paste = pd_paste_new (profile, rows[i].text, length_of (rows[i].text), NULL, &error);
    g_autofree char      *shown = NULL;

    g_test_message ("row %u: %s", i, g_utf8_validate (rows[i].text, -1, NULL) ? rows[i].text : "");
    if (rows[i].kind == NO) {
      g_assert_null (paste);
      g_assert_true (error->domain == PD_ERROR && (error->code == PD_ERROR_BAD_INPUT || error->code == PD_ERROR_BAD_KEY));
      if (strstr (error->message, rows[i].outcome) == NULL)
        g_error ("row %u: “%s” does not say “%s”", i, error->message, rows[i].outcome);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpint ((int) paste->kind, ==, rows[i].kind);
    shown = show (paste);
    g_assert_cmpstr (shown, ==, rows[i].outcome);
    if (rows[i].note == NULL)
      g_assert_cmpstr (paste->note, ==, NULL);
    else
      g_assert_nonnull (strstr (paste->note, rows[i].note));
  }
}

static char *
read_vector (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", name, NULL);
  char            *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* The file's name gives the key's id; the key comes as it is stored. */
static void
test_key_files (void)
{
  static const struct {
    const char *shop;
    const char *name;
    const char *present;
    const char *id_field;
    const char *id;
    const char *key_field;
    gboolean    note;
  } files[] = {
    { "new", NULL, NULL, NULL, NULL, "private-key", FALSE },
    { "new", "AmazonPay_" KEY_ID ".pem", NULL, "public-key-id", KEY_ID, "private-key", FALSE },
    { "new", "/home/x/AmazonPay_" KEY_ID ".pem", KEY_ID, "public-key-id", KEY_ID, "private-key", FALSE },
    { "new", "AmazonPay_" KEY_ID " (1).pem", NULL, "public-key-id", KEY_ID, "private-key", FALSE },
    { "new", "AmazonPay_LIVE-" KEY_ID ".pem", NULL, "public-key-id", "LIVE-" KEY_ID, "private-key", FALSE },
    { "new", "AmazonPay_" SANDBOX ".pem", NULL, "public-key-id.sandbox", SANDBOX, "private-key.sandbox", FALSE },
    { "new sandbox", "AmazonPay_" SANDBOX ".pem", NULL, "public-key-id", SANDBOX, "private-key", FALSE },
    { "new", "AmazonPay_" KEY_ID ".pem", "AHOTHERKEYID001234567890", "public-key-id", KEY_ID, "private-key", TRUE },
    { "new", "key.pem", NULL, NULL, NULL, "private-key", FALSE },
    { "new", "AmazonPay_short.pem", NULL, NULL, NULL, "private-key", FALSE },
    { "new", "AmazonPay_\xff.pem", NULL, NULL, NULL, "private-key", FALSE },
  };
  g_autofree char         *pem = read_vector ("pay-v2-test-key.pem");
  g_autofree char         *pkcs1 = read_vector ("pay-v2-test-key.pkcs1.pem");
  g_autoptr (PdKey)        key = pd_key_new_private (pem, strlen (pem), NULL);
  g_autoptr (PdSecretText) stored = pd_key_to_stored (key);
  g_autofree char         *escaped = g_strescape (pem, NULL);
  g_autofree char         *json = g_strdup_printf ("{\"merchant_id\":\"" SELLER "\",\"private_key\":\"%s\"}", escaped);
  const char              *texts[] = { pem, pkcs1, pd_secret_text_peek (stored) };
  g_autoptr (PdProfile)    profile = make_profile ("new");
  g_autoptr (PdPaste)      from_json = pd_paste_new (profile, json, strlen (json), NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files) * G_N_ELEMENTS (texts); i++) {
    guint                 f = i / G_N_ELEMENTS (texts);
    const char           *text = texts[i % G_N_ELEMENTS (texts)];
    g_autoptr (PdProfile) shop = make_profile (files[f].shop);
    g_autoptr (PdPaste)   paste = NULL;
    g_autofree char      *shown = NULL;
    g_autofree char      *expected = NULL;

    if (files[f].present != NULL)
      pd_profile_set_text (shop, "public-key-id", files[f].present, NULL);
    paste = pd_paste_new (shop, text, strlen (text), files[f].name, NULL);
    g_assert_nonnull (paste);
    g_assert_cmpint (paste->kind, ==, PD_PASTE_PEM);
    shown = show (paste);
    expected = files[f].id != NULL
             ? g_strdup_printf ("%s=%s %s=%s", files[f].key_field, pd_secret_text_peek (stored), files[f].id_field, files[f].id)
             : g_strdup_printf ("%s=%s", files[f].key_field, pd_secret_text_peek (stored));
    g_assert_cmpstr (shown, ==, expected);
    g_assert_cmpint (paste->note != NULL, ==, files[f].note);
  }
  g_assert_cmpuint (from_json->values->len, ==, 2);
  g_assert_cmpstr (pd_secret_text_peek (((PdPasteValue *) from_json->values->pdata[1])->value), ==, pd_secret_text_peek (stored));
}

/* A list grows; what it holds already stays, and stands there once. */
static void
test_list (void)
{
  g_autoptr (PdProfile) profile = make_profile ("new");
  static const char     text[] = "リターンURL: https://a.example.jp/2\nリターンURL: https://a.example.jp/1";
  const char *const     present[] = { "https://a.example.jp/0", "https://a.example.jp/1", NULL };
  g_autoptr (PdPaste)   paste = NULL;
  g_autofree char      *shown = NULL;

  pd_profile_set_list (profile, "return-urls", present, NULL);
  paste = pd_paste_new (profile, text, strlen (text), NULL, NULL);
  shown = show (paste);
  g_assert_cmpstr (shown, ==, "return-urls=https://a.example.jp/0|https://a.example.jp/1|https://a.example.jp/2");
}

/* What is refused is never quoted, whatever is wrong with it. */
static void
test_no_echo (void)
{
  static const char *const texts[] = {
    "{\"secret_key\":\"Canary", "{\"secret_key\":\"Canary\nx\"}", "{\"Canary\":\"x\"}", "{\"Canary\" \"Canary\"}", "{\"secret_key\":Canary}",
    "{\"secret_key\":\"Canary\",\"secret_key\":\"Canary\"}", "{\"secret_key\":\"Canary\\q\"}", "{\"secret_key\":\"Canary\"}{\"secret_key\":\"Canary\"}",
    "{\"secret_key\":[\"Canary\"]}", "-----BEGIN PRIVATE KEY-----\nCanary\n-----END PRIVATE KEY-----", "-----BEGIN Canary-----", "Canary", "Canary\nCanary",
    "{\"private_key\":\"Canary\"}", "ClientSecret: Canary1\nClientSecret: Canary2", "Canary\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (PdProfile) profile = make_profile ("old");
    g_autoptr (GError)    error = NULL;

    g_assert_null (pd_paste_new (profile, texts[i], strlen (texts[i]), NULL, &error));
    g_assert_null (strstr (error->message, "Canary"));
  }
}

static void
test_limits (void)
{
  g_autoptr (PdProfile) profile = make_profile ("old");
  g_autofree char      *huge = g_strnfill (1024 * 1024, '{');
  g_autofree char      *deep = g_strnfill (200 * 1024, '[');
  g_autofree char      *lines = g_strnfill (200 * 1024, 'A');
  g_autoptr (GError)    error = NULL;

  g_assert_null (pd_paste_new (profile, huge, strlen (huge), NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  g_clear_error (&error);
  deep[0] = '{';
  g_assert_null (pd_paste_new (profile, deep, strlen (deep), NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  g_clear_error (&error);
  for (gsize i = 1; i < 200 * 1024; i += 2)
    lines[i] = '\n';
  g_assert_null (pd_paste_new (profile, lines, strlen (lines), NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paste/rows", test_rows);
  g_test_add_func ("/paste/key-files", test_key_files);
  g_test_add_func ("/paste/list", test_list);
  g_test_add_func ("/paste/no-echo", test_no_echo);
  g_test_add_func ("/paste/limits", test_limits);
  return g_test_run ();
}
