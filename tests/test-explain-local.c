/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "check-fixture.h"
#include "pd-error.h"
#include "pd-explain.h"
#include "pd-store.h"
#include "pd-test-call.h"
#include "pd-test-util.h"

/* The causes on this computer, each reached through the part of Paydesk that finds it. */

static void
assert_finding (CheckFixture *check,
                const char   *name,
                const char   *field,
                const char   *verdict,
                const char   *cause)
{
  PdFinding       *finding = check_fixture_find (check, name, field);
  const PdCause   *found;
  g_autofree char *text = NULL;

  g_assert_nonnull (finding);
  g_assert_cmpstr (pd_verdict_to_id (pd_finding_get_verdict (finding)), ==, verdict);
  found = pd_explain_find_finding (finding);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->id, ==, cause);
  text = pd_explain_dup_finding (finding);
  g_assert_cmpstr (text, !=, "");
}

static void
serve_nothing (PdTestServer  *server,
               GOutputStream *out,
               guint          n,
               gpointer       data)
{
}

static void
test_offline (void)
{
  CheckFixture            check;
  g_autoptr (PdEndpoints) endpoints = pd_endpoints_new_from_json ("{\"production\":{\"pay-v2\":\"https://127.0.0.1:1\"}}", -1, NULL);
  g_autoptr (PdClient)    client = pd_client_new (endpoints);

  check_fixture_init (&check, PD_GENERATION_NEW);
  g_set_object (&check.client, client);
  check_fixture_run (&check, "reachability");
  assert_finding (&check, "reachability", NULL, "undetermined", "F70");
  check_fixture_clear (&check);
}

/* A certificate of an issuer whom nobody trusts. */
static void
test_tls (void)
{
  CheckFixture            check;
  g_autoptr (PdTestCall)  call = pd_test_call_new (NULL, serve_nothing, NULL, NULL);
  g_autofree char        *json = g_strdup_printf ("{\"production\":{\"pay-v2\":\"%s\"}}", pd_test_server_get_base (call->server));
  g_autoptr (PdEndpoints) endpoints = pd_endpoints_new_from_json (json, -1, NULL);
  g_autoptr (PdClient)    client = pd_client_new (endpoints);

  check_fixture_init (&check, PD_GENERATION_NEW);
  g_set_object (&check.client, client);
  check_fixture_run (&check, "reachability");
  assert_finding (&check, "reachability", NULL, "undetermined", "F71");
  check_fixture_clear (&check);
}

static void
test_keyring (void)
{
  CheckFixture check;

  check_fixture_init (&check, PD_GENERATION_NEW);
  g_hash_table_remove_all (check.secrets);
  check.secrets_error = g_error_new (PD_ERROR, PD_ERROR_KEYRING_LOCKED, "The keyring is locked. Unlock it, and retry.");
  check_fixture_run (&check, "completeness");
  assert_finding (&check, "completeness", "mws-auth-token", "undetermined", "F72");

  /* The item is listed and cannot be found: the service is confused, and nothing is lost. */
  g_clear_error (&check.secrets_error);
  check.secrets_error = g_error_new (PD_ERROR, PD_ERROR_KEYRING_FAILED, "The keyring did not answer as it should (%s). Retry.",
                                     "GDBus.Error:org.freedesktop.Secret.Error.NoSuchObject: No such secret item at path "
                                     "“/org/freedesktop/secrets/collection/login/12”");
  check_fixture_run (&check, "completeness");
  assert_finding (&check, "completeness", "mws-auth-token", "undetermined", "F73b");

  /* It was stored once, and the keyring has it no more. */
  g_clear_error (&check.secrets_error);
  check_fixture_run (&check, "completeness");
  assert_finding (&check, "completeness", "mws-auth-token", "failed", "F73");

  /* It was never there. */
  pd_profile_note_secret (check.profile, "mws-auth-token", NULL);
  check_fixture_run (&check, "completeness");
  assert_finding (&check, "completeness", "mws-auth-token", "failed", "F07");
  check_fixture_clear (&check);
}

static void
test_key (void)
{
  CheckFixture     check;
  g_autofree char *public_half = pd_key_to_public_pem (check_fixture_get_test_key ());

  check_fixture_init (&check, PD_GENERATION_NEW);
  check_fixture_set (&check, "public-key-id", "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX");
  check_fixture_set_secret (&check, "private-key", public_half);
  check_fixture_run (&check, "key-pair");
  assert_finding (&check, "key-pair", NULL, "failed", "F75");
  check_fixture_clear (&check);
}

static void
assert_error (const GError *error,
              const char   *cause)
{
  const PdCause *found = pd_explain_find_error (error);

  g_test_message ("%s", error->message);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->id, ==, cause);
}

/* The shop's folder cannot be made where a file stands; and what a newer Paydesk wrote is refused. */
static void
test_store (void)
{
  g_autoptr (GError)    error = NULL;
  g_autofree char      *dir = g_dir_make_tmp ("paydesk-explain-XXXXXX", &error);
  g_autofree char      *profiles = g_build_filename (dir, "profiles", NULL);
  g_autoptr (PdStore)   store = pd_store_new (dir);
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  g_autoptr (PdProfile) second = pd_profile_new ("Second");
  g_autofree char      *path = NULL;

  g_assert_no_error (error);
  g_assert_true (pd_store_load (store, &error));
  g_assert_true (pd_store_add (store, profile, &error));
  pd_store_save (store, profile, &error);
  g_assert_no_error (error);
  path = g_build_filename (profiles, pd_profile_get_id (profile), "profile.json", NULL);
  g_assert_true (g_file_set_contents (path, "{\"format\": 99, \"id\": 7}", -1, NULL));
  pd_profile_set_text (profile, "seller-id", "A1", NULL);
  g_assert_false (pd_store_save (store, profile, &error));
  assert_error (error, "F76");
  g_clear_error (&error);

  pd_test_run ((const char *const[]) { "rm", "-rf", profiles, NULL }, NULL);
  g_assert_true (g_file_set_contents (profiles, "in the way", -1, NULL));
  if (pd_store_add (store, second, &error))
    pd_store_save (store, second, &error);
  g_assert_nonnull (error);
  assert_error (error, "F74");
  pd_test_run ((const char *const[]) { "rm", "-rf", "--one-file-system", dir, NULL }, NULL);
}

/* Amazon's own answers lead from the finding to the row that explain gives for the same code. */
static void
test_remedies (void)
{
  CheckFixture check;

  check_fixture_init (&check, PD_GENERATION_NEW);
  check_fixture_set (&check, "seller-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef");
  check_fixture_run (&check, "mixup");
  assert_finding (&check, "mixup", "seller-id", "failed", "F01");
  check_fixture_set (&check, "return-urls", "http://www.example.jp/ｘ");
  check_fixture_run (&check, "url-rules");
  assert_finding (&check, "url-rules", "return-urls", "failed", "F63");
  check_fixture_clear (&check);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain-local/offline", test_offline);
  g_test_add_func ("/explain-local/tls", test_tls);
  g_test_add_func ("/explain-local/keyring", test_keyring);
  g_test_add_func ("/explain-local/key", test_key);
  g_test_add_func ("/explain-local/store", test_store);
  g_test_add_func ("/explain-local/remedies", test_remedies);
  return g_test_run ();
}
