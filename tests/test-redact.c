/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

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

  g_test_message ("%s → %s", text, result);
  g_assert_null (strstr (result, hidden));
  g_assert_nonnull (strstr (result, "•••"));
}

static void
test_encodings (void)
{
  g_autofree char *percent = g_uri_escape_string (canary, NULL, FALSE);
  g_autofree char *lower = g_ascii_strdown (percent, -1);
  g_autofree char *around = NULL;
  GString         *hex = g_string_new (NULL);
  GString         *unicode = g_string_new (NULL);

  for (const char *c = canary; *c != '\0'; c++) {
    g_string_append_printf (hex, "%02x", (guint8) *c);
    g_string_append_printf (unicode, "\\u%04x", (guint8) *c);
  }
  around = g_strdup_printf ("before %s after", canary);
  assert_masked (around, canary);
  assert_masked (percent, "Canary%2F7c1f");
  assert_masked (lower, "7c1f%2bsecret");
  assert_masked (hex->str, "37633166");
  assert_masked (unicode->str, "\\u0037\\u0063");
  assert_masked ("Canary\\/7c1f+Secret=0042_abcdefghijklmnop", "7c1f");
  g_string_free (hex, TRUE);
  g_string_free (unicode, TRUE);
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

    g_assert_cmpuint (strlen (result), <, strlen (base64) / 2);
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
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_masked (rows[i], "hideme");
}

static void
test_innocent (void)
{
  static const char *const rows[] = {
    "PublicKeyId=SANDBOX-AHEXAMPLEKEYID0123456789",
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
  g_test_add_func ("/redact/base64-alignments", test_base64_alignments);
  g_test_add_func ("/redact/names", test_names);
  g_test_add_func ("/redact/innocent", test_innocent);
  return g_test_run ();
}
