/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>

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
  { "client-id", CLIENT, NULL, NULL },
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
  { "secret-access-key", SECRET, NULL, NULL },
  { "secret-access-key", "AKIAEXAMPLEKEY000001", "mixup", "access-key-id" },
  { "secret-access-key", "amzn1.oa2-cs.v1." HEX32 HEX32, "mixup", "client-secret" },
  { "public-key-id", "SANDBOX-AHEXAMPLEKEYID0123456789", NULL, NULL },
  { "public-key-id", "LIVE-AHEXAMPLEKEYID0123456789", NULL, NULL },
  { "public-key-id", "AHEXAMPLEKEYID0123456789", NULL, NULL },
  { "public-key-id", "SANDBOX-AHEXAMPLE", "shape", NULL },
  { "public-key-id", "A1EXAMPLESELLER", "mixup", "seller-id" },
  { "private-key", "nonsense", "shape", NULL },
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
  { "return-urls", CLIENT, "mixup", "client-id" },
  { "javascript-origins", "https://www.example.jp", NULL, NULL },
  { "javascript-origins", "https://www.example.jp:8443", NULL, NULL },
  { "javascript-origins", "https://www.example.jp/", NULL, NULL },
  { "javascript-origins", "https://www.example.jp/pay", "url-path", NULL },
  { "notification-url", "https://www.example.jp/notify/1", NULL, NULL },
  { "notification-url", "https://www.example.jp/", "url-top", NULL },
  { "notification-url", "https://localhost/a", "url-private", NULL },
  { "privacy-policy-url", "https://www.example.jp/privacy", NULL, NULL },
  { "support-email", "shop@example.jp", NULL, NULL },
  { "support-email", "shop", "shape", NULL },
  { "description", "Amazon Pay", NULL, NULL },
  { "description", "My shop", "shape", NULL },
  { "store-name", "ABCDEFGHIJKLMNO", NULL, NULL },
  { "store-name", CLIENT, "mixup", "client-id" },
  { "setup-notice-date", "2020-11-18", NULL, NULL },
  { "setup-notice-date", "18.11.2020", "shape", NULL },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PdField         *field = pd_catalogue_lookup (rows[i].field);
    g_autoptr (GPtrArray)  problems = pd_shape_judge_value (field, rows[i].value);
    PdProblem             *problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;

    g_test_message ("%s: %s → %s", rows[i].field, rows[i].value, problem != NULL ? problem->message : "fine");
    g_assert_cmpstr (problem != NULL ? problem->rule : NULL, ==, rows[i].rule);
    g_assert_cmpstr (problem != NULL ? problem->field : NULL, ==, rows[i].other);
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
  g_test_add_func ("/shape/no-echo", test_no_echo);
  return g_test_run ();
}
