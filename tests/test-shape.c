/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-problem.h"
#include "pd-shape.h"

#define HEX32  "0123456789abcdef0123456789abcdef"
#define CLIENT "amzn1.application-oa2-client." HEX32
#define TOKEN  "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456"
#define SECRET "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01"

/* rule NULL: nothing is wrong; field: what a mix-up looks like. */
static const struct {
  const char *field;
  const char *value;
  const char *rule;
  const char *other;
} rows[] = {
  { "seller-id", "A1EXAMPLESELLER", NULL, NULL },
  { "seller-id", "A1EXAMPLE", "shape", NULL },
  { "seller-id", "a1exampleseller", "shape", NULL },
  { "seller-id", "B1EXAMPLESELLER", "shape", NULL },
  { "seller-id", CLIENT, "mixup", "client-id" },
  { "seller-id", "AKIAEXAMPLEKEY000001", "mixup", "access-key-id" },
  { "seller-id", "SANDBOX-AHEXAMPLEKEYID0123456789", "mixup", "public-key-id" },
  { "seller-id", "shop@example.jp", "mixup", "support-email" },
  { "seller-id", "https://www.example.jp", "mixup", "javascript-origins" },
  { "seller-id", "https://www.example.jp/pay", "mixup", "return-urls" },
  { "seller-id", "A", "shape", NULL },
  { "seller-id", "A1VC38T7YXB528", "shape", NULL },
  { "seller-id", "804019623754", "shape", NULL },
  { "seller-id", TOKEN, "mixup", "mws-auth-token" },
  { "seller-id", PD_PRESET_TOKEN, "mixup", "mws-auth-token" },
  { "seller-id", "LIVE-AHEXAMPLEKEYID0123456789", "mixup", "public-key-id" },
  { "seller-id", "LIVE-SHORT", "shape", NULL },
  { "seller-id", "amzn1.oa2-cs.v1.0", "mixup", "client-secret" },
  { "seller-id", HEX32 HEX32, "mixup", "client-secret" },
  { "seller-id", SECRET, "mixup", "secret-access-key" },
  { "seller-id", "AHEXAMPLEKEYID0123456789", "mixup", "public-key-id" },
  { "seller-id", "-----BEGIN RSA PRIVATE KEY-----\nMII", "mixup", "private-key" },
  { "seller-id", "http://www.example.jp", "mixup", "javascript-origins" },
  { "client-id", CLIENT, NULL, NULL },
  { "client-id", "AMZN1.APPLICATION-OA2-CLIENT.0123456789ABCDEF0123456789ABCDEF", "shape", NULL },
  { "client-id", "amzn1.application-oa2-client.0123456789ABCDEF0123456789abcdef", "shape", NULL },
  { "client-id", "amzn1.application-oa2-client.", "shape", NULL },
  { "client-id", HEX32, "shape", NULL },
  { "client-id", "AKIAEXAMPLEKEY000001", "mixup", "access-key-id" },
  { "client-id", SECRET, "mixup", "secret-access-key" },
  { "client-id", "SANDBOX-AHEXAMPLEKEYID0123456789", "mixup", "public-key-id" },
  { "client-id", "https://www.example.jp/", "mixup", "javascript-origins" },
  { "client-id", "https://www.example.jp/?a", "mixup", "return-urls" },
  { "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcde", "shape", NULL },
  { "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdeO", "shape", NULL },
  { "client-id", "amzn1.application-oa2-client." HEX32 "0", "shape", NULL },
  { "client-id", "garbage", "shape", NULL },
  { "client-id", "A1EXAMPLESELLER", "mixup", "seller-id" },
  { "client-id", TOKEN, "mixup", "mws-auth-token" },
  { "client-id", HEX32 HEX32, "mixup", "client-secret" },
  { "client-id", "-----BEGIN PRIVATE KEY-----", "mixup", "private-key" },
  { "client-id.sandbox", CLIENT, NULL, NULL },
  { "client-id.sandbox", "A1EXAMPLESELLER", "mixup", "seller-id" },
  { "mws-auth-token", TOKEN, NULL, NULL },
  { "mws-auth-token", PD_PRESET_TOKEN, NULL, NULL },
  { "mws-auth-token", "amzn.mws.4ea38b7b-f563-7709-4bae", "shape", NULL },
  { "mws-auth-token", CLIENT, "mixup", "client-id" },
  { "client-secret", HEX32 HEX32, NULL, NULL },
  { "client-secret", "amzn1.oa2-cs.v1." HEX32 HEX32, NULL, NULL },
  { "client-secret", HEX32, "shape", NULL },
  { "client-secret", TOKEN, "mixup", "mws-auth-token" },
  { "client-secret", SECRET, "mixup", "secret-access-key" },
  { "access-key-id", "AKIAEXAMPLEKEY000001", NULL, NULL },
  { "access-key-id", SECRET, "mixup", "secret-access-key" },
  { "access-key-id", "AKIAEXAMPLEKEY00001", "shape", NULL },
  { "access-key-id", "ASIAEXAMPLEKEY000001", NULL, NULL },
  { "access-key-id", "A1EXAMPLESELLER", "mixup", "seller-id" },
  { "access-key-id", TOKEN, "mixup", "mws-auth-token" },
  { "secret-access-key", SECRET, NULL, NULL },
  { "secret-access-key", HEX32 "01234567", NULL, NULL },
  { "secret-access-key", TOKEN, "mixup", "mws-auth-token" },
  { "secret-access-key", "-----BEGIN PRIVATE KEY-----", "mixup", "private-key" },
  { "secret-access-key", "AKIAEXAMPLEKEY000001", "mixup", "access-key-id" },
  { "secret-access-key", "amzn1.oa2-cs.v1." HEX32 HEX32, "mixup", "client-secret" },
  { "public-key-id", "SANDBOX-AHEXAMPLEKEYID0123456789", NULL, NULL },
  { "public-key-id", "LIVE-AHEXAMPLEKEYID0123456789", NULL, NULL },
  { "public-key-id", "AHEXAMPLEKEYID0123456789", NULL, NULL },
  { "public-key-id", "SANDBOX-AHEXAMPLE", "shape", NULL },
  { "public-key-id", "A1EXAMPLESELLER", "mixup", "seller-id" },
  { "public-key-id", "AHEXAMPLEKEYID012345678O", NULL, NULL },
  { "public-key-id", "sandbox-AHEXAMPLEKEYID0123456789", "shape", NULL },
  { "public-key-id", "LIVE-ahexamplekeyid0123456789", "shape", NULL },
  { "public-key-id", CLIENT, "mixup", "client-id" },
  { "private-key", "nonsense", "shape", NULL },
  { "private-key", CLIENT, "mixup", "client-id" },
  { "private-key", "SANDBOX-AHEXAMPLEKEYID0123456789", "mixup", "public-key-id" },
  { "private-key", "-----BEGIN PUBLIC KEY-----", "shape", NULL },
  { "return-urls", "https://www.example.jp/amazonpay/review?x=1", NULL, NULL },
  { "return-urls", "http://www.example.jp/a", "url-https", NULL },
  { "return-urls", "http://localhost:3000/a", NULL, NULL },
  { "return-urls", "www.example.jp/a", "url", NULL },
  { "return-urls", "https://user@www.example.jp/a", "url-user", NULL },
  { "return-urls", "https://www.example.jp./a", "url-dot", NULL },
  { "return-urls", "https://www.example.jp/a#b", "url-fragment", NULL },
  { "return-urls", "https://192.168.0.1/a", "url-private", NULL },
  { "return-urls", "https://WWW.example.jp/a", "url-case", NULL },
  { "return-urls", "https://shop/a", "url-host", NULL },
  { "return-urls", "javascript:alert(1)", "url", NULL },
  { "return-urls", "ftp://www.example.jp/", "url-https", NULL },
  { "return-urls", "https://", "url", NULL },
  { "return-urls", "https:///a", "url", NULL },
  { "return-urls", "https://www.example.jp:99999/a", "url", NULL },
  { "return-urls", "https://www.example.jp/%zz", "url-percent", NULL },
  { "return-urls", "https://www.example.jp/a b", "url-space", NULL },
  { "return-urls", "https://www.example.jp\\a", "url-character", NULL },
  { "return-urls", "https://user:password@www.example.jp/a", "url-user", NULL },
  { "return-urls", "https://www..example.jp/a", "url-host", NULL },
  { "return-urls", "https://*.example.jp/a", "url-host", NULL },
  { "return-urls", "https://my_shop.example.jp/a", "url-host", NULL },
  { "return-urls", "https://-www.example.jp/a", "url-host", NULL },
  { "return-urls", "https://%77ww.example.jp/a", "url-host", NULL },
  { "return-urls", "https://例.jp/a", "url-idn", NULL },
  { "return-urls", "https://xn--fsq.jp/a", NULL, NULL },
  { "return-urls", "https://www.example.jp/ショップ", "url-ascii", NULL },
  { "return-urls", "HTTPS://www.example.jp/A", "url-case", NULL },
  { "return-urls", "https://www.example.jp/A/B", NULL, NULL },
  { "return-urls", "https://[::1]/a", "url-private", NULL },
  { "return-urls", "https://127.0.0.1/a", "url-private", NULL },
  { "return-urls", "https://169.254.1.1/a", "url-private", NULL },
  { "return-urls", "https://localhost/a", NULL, NULL },
  { "return-urls", "https://www.example.jp?x", NULL, NULL },
  { "return-urls", TOKEN, "mixup", "mws-auth-token" },
  { "return-urls", "A1EXAMPLESELLER", "mixup", "seller-id" },
  { "return-urls", "shop@example.jp", "mixup", "support-email" },
  { "return-urls", CLIENT, "mixup", "client-id" },
  { "return-urls", "https://www.example.jp/a\u3000", "url-space", NULL },
  { "return-urls", "https://www.\u200bexample.jp/a", "url-unseen", NULL },
  { "return-urls", "https://www.example.jp/100%", "url-percent", NULL },
  { "return-urls", "https://www.example.jp/\u3042", "url-ascii", NULL },
  { "return-urls", "https://me:secret@www.example.jp/a", "url-user", NULL },
  { "return-urls", "https://www.example.jp#", "url-fragment", NULL },
  { "return-urls", "https://10.1.2.3/a", "url-private", NULL },
  { "return-urls", "https://172.31.0.1/a", "url-private", NULL },
  { "return-urls", "https://100.64.0.1/a", "url-private", NULL },
  { "return-urls", "https://100.128.0.1/a", "url-number", NULL },
  { "return-urls", "https://0.0.0.0/a", "url-private", NULL },
  { "return-urls", "https://203.0.113.9/a", "url-number", NULL },
  { "return-urls", "https://2130706433/a", "url-number", NULL },
  { "return-urls", "https://0x7f.1/a", "url-number", NULL },
  { "return-urls", "https://[fe80::1]/a", "url-private", NULL },
  { "return-urls", "https://[fd12:3456::1]/a", "url-private", NULL },
  { "return-urls", "https://[::ffff:192.168.0.1]/a", "url-private", NULL },
  { "return-urls", "https://[2001:db8::1]/a", "url-number", NULL },
  { "return-urls", "https://shop.local/a", "url-private", NULL },
  { "return-urls", "https://nas.home.arpa/a", "url-private", NULL },
  { "return-urls", "https://xn--pypal-4ve.jp/a", "url-script", NULL },
  { "return-urls", "https://xn--80ak6aa92e.com/a", "url-script", NULL },
  { "return-urls", "https://xn--wgv71a119e.jp/a", NULL, NULL },
  { "return-urls", "https://xn--e1afmkfd.jp/a", NULL, NULL },
  { "return-urls", "https://www.example.jp:443/a", "url-default-port", NULL },
  { "return-urls", "https://www.example.jp:8443/a", NULL, NULL },
  { "return-urls", "http://localhost:80/a", "url-default-port", NULL },
  { "return-urls", "https://www.example.jp:/a", "url-empty-port", NULL },
  { "return-urls", "https://www.example.jp/%7Eshop", "url-percent-needless", NULL },
  { "return-urls", "https://www.example.jp/%2541", "url-percent-twice", NULL },
  { "return-urls", "https://www.example.jp/a%2Fb", "url-percent-slash", NULL },
  { "return-urls", "https://www.example.jp/%E3%81%82?u=a%2Fb", NULL, NULL },
  { "return-urls", "https://www.example.jp/a/../b", "url-dots", NULL },
  { "return-urls", "HTTPS://www.example.jp/a", "url-case", NULL },
  { "javascript-origins", "https://www.example.jp:443", "url-port", NULL },
  { "javascript-origins", "https://www.example.jp?x", "url-path", NULL },
  { "javascript-origins", "http://localhost", NULL, NULL },
  { "notification-url", "https://www.example.jp:443/a", "url-port", NULL },
  { "privacy-policy-url", "http://localhost/privacy", "url-https", NULL },
  { "javascript-origins", "https://www.example.jp", NULL, NULL },
  { "javascript-origins", "https://www.example.jp:8443", NULL, NULL },
  { "javascript-origins", "https://www.example.jp/", NULL, NULL },
  { "javascript-origins", "https://www.example.jp/pay", "url-path", NULL },
  { "javascript-origins", "https://www.example.jp?x=1", "url-path", NULL },
  { "javascript-origins", "http://localhost:8080", NULL, NULL },
  { "javascript-origins", "http://www.example.jp", "url-https", NULL },
  { "legacy-site-url", "https://www.example.jp/shop/", NULL, NULL },
  { "legacy-site-url", "https://www.example.jp/?x=1", "url-query", NULL },
  { "notification-url", "https://www.example.jp:8443/notify/1", "url-port", NULL },
  { "notification-url", "https://www.example.jp/" HEX32 HEX32 HEX32 HEX32, "url-length", NULL },
  { "notification-url", "https://www.example.jp", "url-top", NULL },
  { "notification-url", "https://www.example.jp/index.html", "url-top", NULL },
  { "notification-url", "https://www.example.jp/ｎotify", "url-full-width", NULL },
  { "notification-url", "https：//www.example.jp/notify", "url-full-width", NULL },
  { "notification-url.sandbox", "http://www.example.jp/notify/1", "url-https", NULL },
  { "notification-url", "https://www.example.jp/notify/1", NULL, NULL },
  { "notification-url", "https://localhost/a", "url-private", NULL },
  { "privacy-policy-url", "https://www.example.jp/privacy", NULL, NULL },
  { "support-email", "shop@example.jp", NULL, NULL },
  { "support-email", "shop", "shape", NULL },
  { "description", "Amazon Pay", NULL, NULL },
  { "description", "My shop", "shape", NULL },
  { "store-name", "ABCDEFGHIJKLMNO", NULL, NULL },
  { "store-name", CLIENT, "mixup", "client-id" },
  { "setup-notice-date", "2020-11-18", NULL, NULL },
  { "store-name", TOKEN, "mixup", "mws-auth-token" },
  { "store-name", HEX32 HEX32, "mixup", "client-secret" },
  { "store-name", SECRET, "mixup", "secret-access-key" },
  { "store-name", "A1EXAMPLESELLER", NULL, NULL },
  { "store-name", "https://www.example.jp", NULL, NULL },
  { "store-name", "shop@example.jp", NULL, NULL },
  { "support-phone", "06-6485-6485", NULL, NULL },
  { "support-phone", "+81 6 6485 6485", NULL, NULL },
  { "support-phone", "call us", "shape", NULL },
  { "support-phone", "shop@example.jp", "mixup", "support-email" },
  { "support-email", "https://www.example.jp/contact", "mixup", "return-urls" },
  { "return-urls.seen", "nonsense", NULL, NULL },
  { "setup-notice-date", "2020-13-01", "shape", NULL },
  { "setup-notice-date", "18.11.2020", "shape", NULL },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PdField         *field = pd_catalogue_lookup (rows[i].field);
    g_autoptr (GPtrArray)  problems = pd_shape_judge_value (field, rows[i].value);
    PdProblem             *problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
    g_autofree char       *shown = g_utf8_make_valid (rows[i].value, -1);

    g_test_message ("%s: %s → %s", rows[i].field, shown, problem != NULL ? problem->message : "fine");
    g_assert_cmpstr (problem != NULL ? problem->rule : NULL, ==, rows[i].rule);
    g_assert_cmpstr (problem != NULL ? problem->field : NULL, ==, rows[i].other);
  }
}

/* What makes an address useless is an error, and fails a check; what may be meant so is a warning. */
static void
test_severities (void)
{
  static const char *const errors[] = { "url", "url-space", "url-unseen", "url-character", "url-percent", "url-full-width", "url-https",
                                        "url-user", "url-fragment", "url-dot", "url-private", "url-path", "url-top", NULL };
  static const char *const unsound[] = { "https://www..example.jp/a", "https://-www.example.jp/a", "https://www_x..jp/" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup (rows[i].field), rows[i].value);

    for (guint j = 0; j < problems->len; j++) {
      const PdProblem *problem = g_ptr_array_index (problems, j);

      if (!g_str_has_prefix (problem->rule, "url") || g_str_equal (problem->rule, "url-host"))
        continue;
      g_test_message ("%s: %s", problem->rule, rows[i].value);
      g_assert_cmpint (problem->severity, ==, g_strv_contains (errors, problem->rule) ? PD_SEVERITY_ERROR : PD_SEVERITY_WARNING);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (unsound); i++) {
    g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup ("return-urls"), unsound[i]);

    g_assert_cmpstr (((PdProblem *) problems->pdata[0])->rule, ==, "url-host");
    g_assert_cmpint (((PdProblem *) problems->pdata[0])->severity, ==, PD_SEVERITY_ERROR);
  }
  {
    g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup ("return-urls"), "https://shop/a");

    g_assert_cmpstr (((PdProblem *) problems->pdata[0])->rule, ==, "url-host");
    g_assert_cmpint (((PdProblem *) problems->pdata[0])->severity, ==, PD_SEVERITY_WARNING);
  }
}

/* The sentence says what exactly is wrong. */
static void
test_sentences (void)
{
  static const struct {
    const char *field;
    const char *value;
    const char *told;
  } sentences[] = {
    { "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcde", "1 character is missing." },
    { "client-id", "amzn1.application-oa2-client." HEX32 "00", "There are 2 characters too many." },
    { "client-id", "amzn1.application-oa2-client.O123456789abcdef0123456789abcdef", "Character 30 does not belong there. Is it the digit 0" },
    { "client-id", "amzn1.application-oa2-client.l123456789abcdef0123456789abcdef", "the letter l?" },
    { "client-id", "amzn1.application-oa2-client.A123456789abcdef0123456789abcdef", "Capital letters do not occur in it." },
    { "client-id", "amzn1.application-oa2-client.0123456789аbcdef0123456789abcdef", "It may look like a plain letter" },
    { "client-id", "AMZN1.application-oa2-client." HEX32, "capital and small letters mixed up" },
    { "seller-id", "a1exampleseller", "Small letters do not occur in it." },
    { "seller-id", "A1EXAMPLE", "It has 9 characters." },
    { "seller-id", "A1VC38T7YXB528", "the marketplace ID of Amazon.co.jp" },
    { "access-key-id", "AKIAEXAMPLEKEY00001", "It has 19 characters." },
    { "mws-auth-token", "amzn.mws.4ea38b7b-f563-7709-4bae-87aea012345", "1 character is missing." },
    { "return-urls", "https://例.jp/a", "xn--fsq.jp" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
    g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup (sentences[i].field), sentences[i].value);
    const char           *message = problems->len > 0 ? ((PdProblem *) problems->pdata[0])->message : "nothing";

    if (strstr (message, sentences[i].told) == NULL)
      g_error ("“%s” does not say “%s”", message, sentences[i].told);
  }
}

/* Whatever a field's own good value is, it is no other's. */
static void
test_own_value (void)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].rule != NULL)
      continue;
    for (guint j = 0; j < n_fields; j++) {
      const PdField *field = pd_catalogue_lookup (rows[i].field);

      if (field->shape != NULL && fields[j]->shape == field->shape)
        g_assert_null (pd_shape_recognise (rows[i].value, fields[j]));
    }
  }
}

/* A secret's problem is told without a part of it. */
static void
test_no_echo (void)
{
  static const char *const secrets[] = { "mws-auth-token", "client-secret", "secret-access-key", "private-key" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup (secrets[i]), "Canary!#$%Value");

    g_assert_cmpuint (problems->len, >, 0);
    for (guint j = 0; j < problems->len; j++)
      g_assert_null (strstr (((PdProblem *) problems->pdata[j])->message, "Canary"));
  }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/rows", test_rows);
  g_test_add_func ("/shape/severities", test_severities);
  g_test_add_func ("/shape/sentences", test_sentences);
  g_test_add_func ("/shape/own-value", test_own_value);
  g_test_add_func ("/shape/no-echo", test_no_echo);
  return g_test_run ();
}
