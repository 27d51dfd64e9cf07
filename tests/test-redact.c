/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-log.h"
#include "pd-redact.h"
#include "pd-secret-text.h"

static const char canary[] = "Canary/7c1f+Secret=0042_abcdefghijklmnop";

static GHashTable *
make_secrets (void)
{
  GHashTable *secrets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) pd_secret_text_unref);

  g_hash_table_insert (secrets, (gpointer) "client-secret", pd_secret_text_new (canary));
  return secrets;
}

static void
assert_masked (const char *text,
               const char *hidden)
{
  g_autoptr (GHashTable) secrets = make_secrets ();
  g_autofree char       *result = pd_redact (secrets, text);

  g_test_message ("%s → %s", g_utf8_validate (text, -1, NULL) ? text : "(not UTF-8)", result);
  g_assert_null (strstr (result, hidden));
  g_assert_nonnull (strstr (result, "•••"));
}

/* Writes every character of @text by @format. */
static char *
spell (const char *text,
       const char *format)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++) {
    g_autofree char *hex = g_strdup_printf (format[0] == 'X' ? "%02X" : "%02x", (guint8) *c);
    g_auto (GStrv)   parts = g_strsplit (format + 1, "@", 2);

    g_string_append_printf (out, "%s%s%s", parts[0], hex, parts[1]);
  }
  return g_string_free (out, FALSE);
}

static void
test_encodings (void)
{
  static const char *const all[] = { "x@", "X@", "x%@", "X%@", "x%25@", "x\\u00@", "X\\u00@", "x&#x@;", };
  g_autofree char *around = g_strdup_printf ("before %s after", canary);
  g_autofree char *percent = g_uri_escape_string (canary, NULL, FALSE);

  assert_masked (around, "7c1f");
  assert_masked (percent, "7c1f");
  assert_masked ("Canary%2f7c1f%2bSecret%3d0042_abcdefghijklmnop", "7c1f");
  assert_masked ("Canary\\/7c1f+Secret=0042_abcdefghijklmnop", "7c1f");
  assert_masked ("a line\nCanary/7c1f+Secr\net=0042_abcdefgh\\nijklmnop", "7c1f");
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char       *spelt = spell (canary, all[i]);
    g_autofree char       *text = g_strdup_printf ("<%s>", spelt);
    g_autoptr (GHashTable) secrets = make_secrets ();
    g_autofree char       *result = pd_redact (secrets, text);

    g_assert_cmpstr (result, ==, "<•••>");
  }
}

/* A body is kept only up to a limit, which may lie in the middle of a secret. */
static void
test_cut_off (void)
{
  g_autofree char *text = g_strdup_printf ("Body: %.20s", canary);
  g_autofree char *base64 = g_base64_encode ((const guint8 *) canary, 21);
  g_autofree char *marked = g_strdup_printf ("Body: %.20s…", canary);

  assert_masked (text, "7c1f");
  assert_masked (marked, "7c1f");
  assert_masked ("client=Canary%2F7c1f%2", "7c1f");
  assert_masked ("client=Canary\\u002f7c1f\\u00", "7c1f");
  assert_masked (base64, "Q2FuYXJ5");
}

static void
test_not_ascii (void)
{
  static const char *const rows[] = {
    "秘密の値😀です", "%E7%A7%98%E5%AF%86%e3%81%ae%E5%80%A4%F0%9F%98%80%E3%81%A7%E3%81%99",
    "\\u79d8\\u5bc6\\u306E\\u5024\\ud83d\\ude00\\u3067\\u3059", "&#31192;&#x5bc6;の値😀です", NULL,
  };

  for (guint i = 0; rows[i] != NULL; i++) {
    g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) pd_secret_text_unref);
    g_autofree char       *text = g_strdup_printf ("値は%s。", rows[i]);
    g_autofree char       *result = NULL;

    g_hash_table_insert (secrets, (gpointer) "client-secret", pd_secret_text_new (rows[0]));
    result = pd_redact (secrets, text);
    g_assert_cmpstr (result, ==, "値は•••。");
  }
}

/* A key that is known as PEM, in all its other dresses. */
static void
test_private_key (void)
{
  enum { LENGTH = 1200 };
  g_autofree guint8 *der = g_malloc (LENGTH);
  g_autofree char   *line = NULL;
  g_autofree char   *inner = NULL;
  GString           *pem = g_string_new ("-----BEGIN PRIVATE KEY-----\n");
  const char        *known[2];

  for (guint i = 0; i < LENGTH; i++)
    der[i] = (guint8) g_random_int ();
  line = g_base64_encode (der, LENGTH);
  inner = g_base64_encode (der + 26, LENGTH - 26);
  for (const char *c = line; *c != '\0'; c += MIN (64, strlen (c)))
    g_string_append_printf (pem, "%.64s\n", c);
  g_string_append (pem, "-----END PRIVATE KEY-----\n");
  known[0] = pem->str;
  known[1] = line;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) pd_secret_text_unref);
    const char *const      texts[] = { line, inner, pem->str, pem->str + strlen ("-----BEGIN PRIVATE KEY-----\n") };

    g_hash_table_insert (secrets, (gpointer) "private-key", pd_secret_text_new (known[i]));
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++) {
      g_autofree char *result = pd_redact (secrets, texts[j]);

      g_test_message ("%u %u: %s", i, j, result);
      g_assert_cmpuint (strlen (result), <, 100);
    }
  }
  g_string_free (pem, TRUE);
}

/* Whatever is logged while the process holds the secret, by whomever. In a process of its own, for the writer is set for good. */
static void
test_log (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (PdSecretText) secret = pd_secret_text_new (canary);
    g_autofree char         *base64 = g_base64_encode ((const guint8 *) canary, strlen (canary));

    pd_log_init ();
    g_log ("some-library", G_LOG_LEVEL_MESSAGE, "seen: %s and %s, cookie=x", canary, base64);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*seen: ••• and *, cookie=x*");
  g_test_trap_assert_stderr_unmatched ("*7c1f*");
  g_test_trap_assert_stderr_unmatched ("*Q2FuYXJ5*");
}

/* Nothing invalid gets out, and nothing of the rest gets lost. */
static void
test_invalid_utf8 (void)
{
  g_autofree char *text = g_strdup_printf ("\xff before %s after \xc3", canary);

  assert_masked (text, "7c1f");
  {
    g_autoptr (GHashTable) secrets = make_secrets ();
    g_autofree char       *result = pd_redact (secrets, text);

    g_assert_true (g_utf8_validate (result, -1, NULL));
    g_assert_nonnull (strstr (result, " before ••• after "));
  }
}

/* The Base64 of a text looks different with what stands before it. */
static void
test_base64_alignments (void)
{
  for (guint i = 0; i < 6; i++) {
    g_autofree char       *text = g_strdup_printf ("%.*s%s;more", (int) i, "xxxxxx", canary);
    g_autofree char       *base64 = g_base64_encode ((const guint8 *) text, strlen (text));
    g_autoptr (GHashTable) secrets = make_secrets ();
    g_autofree char       *result = pd_redact (secrets, base64);

    /* What is left at both ends is what the neighbours' bits are mixed into. */
    g_assert_cmpuint (strlen (result), <=, strlen (base64) - strlen (canary) * 8 / 6 + 2 + strlen ("•••"));
    g_strdelimit (base64, "+", '-');
    g_strdelimit (base64, "/", '_');
    g_free (result);
    result = pd_redact (secrets, base64);
    g_assert_cmpuint (strlen (result), <=, strlen (base64) - strlen (canary) * 8 / 6 + 2 + strlen ("•••"));
  }
}

static void
test_names (void)
{
  static const char *const rows[] = {
    "authorization: AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=X, Signature=hideme==",
    "> Authorization: Bearer hideme",
    "Set-Cookie: session=hideme; Path=/",
    "x-amz-pay-authtoken: hideme",
    "{\"client_secret\": \"hideme\"}",
    "{\"secret_key\":\"a\\\"hideme\"}",
    "grant_type=x&client_secret=hideme&y=1",
    "https://example.jp/?access_token=hideme",
    "MWSAuthToken=hideme&Action=x",
    "-----BEGIN RSA PRIVATE KEY-----\nhideme\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\nhideme cut off",
    "proxy https://user:hideme@proxy.example.jp:8080/",
    "proxy socks5://user:hideme@proxy.example.jp:8080/",
    "X-Amz-Security-Token: hideme",
    "x-api-key: hideme",
    "{\"SecretAccessKey\":\"hideme\"}",
    "{\"apiKey\":\"hideme\"}",
    "{\"message\":\"{\\\"client_secret\\\": \\\"hideme\\\"}\"}",
    "PASSWORD=hideme",
    "access_key=hideme;x=1",
    "client_secret%3Dhideme",
    "<MWSAuthToken>hideme</MWSAuthToken>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_masked (rows[i], "hideme");
}

static void
test_innocent (void)
{
  static const char *const rows[] = {
    "PublicKeyId=SANDBOX-AHEXAMPLEKEYID0123456789",
    "{\"publicKeyId\":\"SANDBOX-AHEXAMPLEKEYID0123456789\",\"publicKey\":\"x\",\"key_id\":\"y\"}",
    "AWSAccessKeyId=AKIAEXAMPLE&Action=GetServiceStatus&Timestamp=2026-01-01T00%3A00%3A00Z",
    "public_key=abc&public-key-id=def",
    "InvalidTokenException: The token is not valid",
    "{\"check\":\"token\",\"summary\":\"the secret is stored; the key pair agrees\"}",
    "https://www.amazon.co.jp/ap/oa?client_id=amzn1.application-oa2-client.x&response_type=code",
    "秘密鍵: 保存済み",
    "{\"storeId\":\"amzn1.application-oa2-client.0123456789abcdef0123456789abcdef\"}",
    "403 InvalidRequestSignature: the signature does not verify",
    "GET /v2/checkoutSessions/00000000-0000-0000-0000-000000000000",
    "The token was granted to 804019623754. 秘密鍵",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GHashTable) secrets = make_secrets ();
    g_autofree char       *result = pd_redact (secrets, rows[i]);

    g_assert_cmpstr (result, ==, rows[i]);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact/encodings", test_encodings);
  g_test_add_func ("/redact/cut-off", test_cut_off);
  g_test_add_func ("/redact/not-ascii", test_not_ascii);
  g_test_add_func ("/redact/private-key", test_private_key);
  g_test_add_func ("/redact/log", test_log);
  g_test_add_func ("/redact/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/redact/base64-alignments", test_base64_alignments);
  g_test_add_func ("/redact/names", test_names);
  g_test_add_func ("/redact/innocent", test_innocent);
  return g_test_run ();
}
