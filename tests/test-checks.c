/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "check-fixture.h"
#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-remedy.h"
#include "pd-shape.h"

#define OFFLINE "shape,mixup,completeness,key-pair,key-environment"

/* One value put into a field, and what the checks make of it. */
typedef struct {
  const char *field;
  const char *value;
  const char *check;
  const char *verdict;
  const char *fields;
  const char *confidence;
} ValueRow;

static const ValueRow value_rows[] = {
  { "seller-id", GOOD_SELLER_ID, "shape", "passed", "seller-id", "certain" },
  { "seller-id", GOOD_SELLER_ID, "mixup", "passed", "seller-id", "certain" },
  { "seller-id", "B2C3", "shape", "warning", "seller-id", "likely" },
  { "client-id", "application-oa2-client.0123", "shape", "failed", "client-id", "certain" },
  { "client-id", GOOD_CLIENT_ID "0", "shape", "warning", "client-id", "likely" },
  /* mixup comes first, and then shape says no more */
  { "seller-id", GOOD_CLIENT_ID, "mixup", "failed", "seller-id", "certain" },
  { "seller-id", GOOD_CLIENT_ID, "shape", "skipped", "seller-id", "unknown" },
  { "client-id", GOOD_SELLER_ID, "mixup", "failed", "client-id", "likely" },
  { "return-urls", GOOD_RETURN_URL, "shape", "passed", "return-urls", "certain" },
  { "return-urls", "http://www.example.jp/r", "shape", "failed", "return-urls", "certain" },
  { "notification-url", "https://www.example.jp/", "shape", "failed", "notification-url", "certain" },
  { "mws-auth-token", PD_PRESET_TOKEN, "shape", "passed", "mws-auth-token", "certain" },
  { "mws-auth-token", PD_PRESET_TOKEN, "completeness", "passed", "mws-auth-token", "certain" },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (value_rows); i++) {
    const ValueRow *row = &value_rows[i];
    CheckFixture    fixture;

    g_test_message ("%s = %s", row->field, row->value);
    check_fixture_init (&fixture, PD_GENERATION_AFTER_UPGRADE);
    if (g_str_equal (row->field, "mws-auth-token"))
      g_hash_table_remove_all (fixture.secrets);
    check_fixture_set (&fixture, row->field, row->value);
    check_fixture_run (&fixture, OFFLINE);
    check_fixture_assert (&fixture, row->check, row->field, row->verdict, row->fields, row->confidence);
    check_fixture_clear (&fixture);
  }
}

/* One for each value of a list, with that value. */
static void
test_one_finding_a_value (void)
{
  const char *const urls[] = { GOOD_RETURN_URL, "ftp://www.example.jp/a", "https://shop.example.jp/b", NULL };
  CheckFixture      fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  g_assert_true (pd_profile_set_list (fixture.profile, "return-urls", urls, NULL));
  check_fixture_run (&fixture, "shape");
  check_fixture_assert (&fixture, "shape", urls[0], "passed", "return-urls", NULL);
  check_fixture_assert (&fixture, "shape", urls[1], "failed", "return-urls", NULL);
  check_fixture_assert (&fixture, "shape", urls[2], "passed", "return-urls", NULL);
  g_assert_cmpuint (check_fixture_count (&fixture, "mixup"), ==, 0);
  check_fixture_clear (&fixture);
}

/* Two values that changed places: each is to be moved to the other. */
static void
test_swapped (void)
{
  CheckFixture fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  check_fixture_set (&fixture, "seller-id", GOOD_CLIENT_ID);
  check_fixture_set (&fixture, "client-id", GOOD_SELLER_ID);
  check_fixture_run (&fixture, "mixup");
  check_fixture_assert (&fixture, "mixup", "seller-id", "failed", "seller-id client-id", "certain");
  check_fixture_assert (&fixture, "mixup", "client-id", "failed", "client-id seller-id", "likely");
  check_fixture_clear (&fixture);
}

/* A secret that was pasted into a field which is none is not shown by the finding that says so. */
static void
test_misplaced_secret (void)
{
  CheckFixture         fixture;
  g_autoptr (JsonNode) json = NULL;
  g_autofree char     *text = NULL;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  g_hash_table_remove_all (fixture.secrets);
  check_fixture_set (&fixture, "client-id", GOOD_TOKEN);
  check_fixture_set (&fixture, "return-urls", GOOD_RETURN_URL);
  check_fixture_run (&fixture, NULL);
  check_fixture_assert (&fixture, "mixup", "client-id", "failed", "client-id mws-auth-token", "certain");
  check_fixture_assert (&fixture, "return-url", NULL, "skipped", "", NULL);
  json = pd_run_to_json (fixture.run);
  text = pd_json_to_string (json, FALSE);
  g_assert_null (strstr (text, GOOD_TOKEN));
  check_fixture_clear (&fixture);
}

/* S056, S057, and an own key that is never missing. */
static void
test_completeness (void)
{
  static const struct { PdGeneration generation; const char *verdict; } rows[] = {
    { PD_GENERATION_NEW, "failed" },
    { PD_GENERATION_AFTER_UPGRADE, "warning" },
    { PD_GENERATION_BEFORE_UPGRADE, "warning" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CheckFixture fixture;

    check_fixture_init (&fixture, rows[i].generation);
    g_hash_table_remove_all (fixture.secrets);
    pd_profile_note_secret (fixture.profile, "mws-auth-token", NULL);
    check_fixture_run (&fixture, "completeness");
    check_fixture_assert (&fixture, "completeness", "mws-auth-token", rows[i].verdict, "mws-auth-token", NULL);
    check_fixture_assert (&fixture, "completeness", "seller-id", "passed", "seller-id", NULL);
    g_assert_null (check_fixture_find (&fixture, "completeness", "private-key"));
    g_assert_null (check_fixture_find (&fixture, "completeness", "public-key-id"));
    g_assert_true ((check_fixture_find (&fixture, "completeness", "client-secret") != NULL) ==
                   (rows[i].generation == PD_GENERATION_BEFORE_UPGRADE));
    check_fixture_clear (&fixture);
  }
}

static void
test_lost (void)
{
  CheckFixture fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  g_hash_table_remove_all (fixture.secrets);
  check_fixture_run (&fixture, "completeness");
  check_fixture_assert (&fixture, "completeness", "mws-auth-token", "failed", "mws-auth-token", NULL);
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture, "completeness", "mws-auth-token")), "any more"));
  check_fixture_clear (&fixture);
}

/* A keyring that cannot be asked is no 'no': nothing is missing because of it. */
static void
test_locked (void)
{
  CheckFixture fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  check_fixture_set (&fixture, "public-key-id", GOOD_KEY_ID);
  check_fixture_set_key (&fixture, "private-key", check_fixture_get_test_key ());
  g_hash_table_remove_all (fixture.secrets);
  fixture.secrets_error = g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_LOCKED, "Unlock the keyring.");
  fixture.options.environment = PD_ENVIRONMENT_SANDBOX;
  check_fixture_run (&fixture, OFFLINE ",signature");
  check_fixture_assert (&fixture, "completeness", "mws-auth-token", "undetermined", NULL, "unknown");
  check_fixture_assert (&fixture, "completeness", "client-id", "passed", NULL, NULL);
  check_fixture_assert (&fixture, "shape", "mws-auth-token", "undetermined", NULL, NULL);
  check_fixture_assert (&fixture, "key-pair", NULL, "undetermined", "", NULL);
  check_fixture_assert (&fixture, "signature", NULL, "undetermined", "", NULL);
  g_assert_cmpint (pd_run_get_verdict (fixture.run), ==, PD_VERDICT_UNDETERMINED);
  check_fixture_clear (&fixture);
}

static void
test_half_a_key (void)
{
  CheckFixture fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  check_fixture_set (&fixture, "public-key-id", GOOD_KEY_ID);
  fixture.options.environment = PD_ENVIRONMENT_SANDBOX;
  check_fixture_run (&fixture, NULL);
  check_fixture_assert (&fixture, "completeness", "private-key", "failed", "private-key", "certain");
  check_fixture_assert (&fixture, "key-pair", NULL, "skipped", NULL, NULL);
  check_fixture_assert (&fixture, "signature", NULL, "skipped", NULL, NULL);
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture, "signature", NULL)), "completeness"));
  check_fixture_clear (&fixture);

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  check_fixture_set_key (&fixture, "private-key", check_fixture_get_test_key ());
  check_fixture_run (&fixture, NULL);
  check_fixture_assert (&fixture, "completeness", "public-key-id", "failed", "public-key-id", "certain");
  check_fixture_assert (&fixture, "key-pair", NULL, "passed", "private-key", "certain");
  check_fixture_assert (&fixture, "key-environment", NULL, "skipped", NULL, NULL);
  check_fixture_clear (&fixture);
}

/* The shop to think of: SellerId, ClientId, MWSAuthToken, and no key of its own. */
static void
test_shop_without_key (void)
{
  static const char *const checks[] = { "key-pair", "key-environment", "signature", "store-id" };
  CheckFixture             fixture;

  check_fixture_init (&fixture, PD_GENERATION_AFTER_UPGRADE);
  check_fixture_run (&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    PdFinding *finding = check_fixture_find (&fixture, checks[i], NULL);

    check_fixture_assert (&fixture, checks[i], NULL, "skipped", "", "unknown");
    g_assert_nonnull (strstr (pd_finding_get_next_step (finding), "APIキー"));
    g_assert_cmpstr (pd_finding_get_where (finding)[2], ==, "APIキー");
  }
  g_assert_cmpint (pd_run_get_verdict (fixture.run), ==, PD_VERDICT_UNDETERMINED); /* there is no server */
  check_fixture_clear (&fixture);
}

typedef struct {
  const char    *key_id;
  const char    *sandbox_key_id;
  PdEnvironment  environment;
  gboolean       form_only;
  const char    *verdict;
  const char    *fields;
} PrefixRow;

static const PrefixRow prefix_rows[] = {
  { "SANDBOX-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_SANDBOX, FALSE, "passed", "public-key-id" },
  { "sandbox-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_SANDBOX, FALSE, "passed", "public-key-id" },
  { "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_PRODUCTION, FALSE, "passed", "public-key-id" },
  { "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_SANDBOX, FALSE, "failed", "public-key-id environment" },
  { "SANDBOX-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_PRODUCTION, FALSE, "failed", "public-key-id environment" },
  { "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX", "SANDBOX-ABCDEFGHIJKLMNOPQRSTUVWX", PD_ENVIRONMENT_SANDBOX, FALSE, "passed", "public-key-id.sandbox" },
  { "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX", "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX", PD_ENVIRONMENT_SANDBOX, FALSE, "failed",
    "public-key-id.sandbox environment" },
  { "ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_PRODUCTION, FALSE, "skipped", "public-key-id" },
  { "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_PRACTICE, FALSE, "failed", "public-key-id environment" },
  { "LIVE-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_PRACTICE, TRUE, "passed", "public-key-id" },
  { "SANDBOX-ABCDEFGHIJKLMNOPQRSTUVWX", NULL, PD_ENVIRONMENT_PRACTICE, FALSE, "passed", "public-key-id" },
};

static void
test_key_environment (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefix_rows); i++) {
    const PrefixRow *row = &prefix_rows[i];
    CheckFixture     fixture;

    check_fixture_init (&fixture, PD_GENERATION_NEW);
    check_fixture_set (&fixture, "public-key-id", row->key_id);
    check_fixture_set_key (&fixture, "private-key", check_fixture_get_test_key ());
    if (row->sandbox_key_id != NULL)
      check_fixture_set (&fixture, "public-key-id.sandbox", row->sandbox_key_id);
    fixture.options.environment = row->environment;
    fixture.options.form_only = row->form_only;
    fixture.options.allow_create = TRUE;
    check_fixture_run (&fixture, "key-environment,signature,store-id");
    check_fixture_assert (&fixture, "key-environment", NULL, row->verdict, row->fields, NULL);
    /* A key whose prefix disagrees signs nothing. */
    if (g_str_equal (row->verdict, "failed")) {
      check_fixture_assert (&fixture, "signature", NULL, "skipped", NULL, NULL);
      check_fixture_assert (&fixture, "store-id", NULL, "skipped", NULL, NULL);
      g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture, "signature", NULL)), "key-environment"));
    } else {
      check_fixture_assert (&fixture, "signature", NULL, "undetermined", "", NULL);
    }
    check_fixture_clear (&fixture);
  }
}

/* What needs a check is not sent out even where that check was not asked for, and shows nothing of it. */
static void
test_only (void)
{
  CheckFixture fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  check_fixture_set (&fixture, "public-key-id", GOOD_KEY_ID);
  check_fixture_set_secret (&fixture, "private-key", "MIIB");
  fixture.options.environment = PD_ENVIRONMENT_SANDBOX;
  check_fixture_run (&fixture, "signature");
  check_fixture_assert (&fixture, "signature", NULL, "skipped", "", NULL);
  g_assert_nonnull (strstr (pd_finding_get_summary (check_fixture_find (&fixture, "signature", NULL)), "key-pair"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.run)), ==, 1);
  g_assert_cmpuint (pd_run_get_n_checks (fixture.run), ==, 1);
  check_fixture_run (&fixture, "key-pair");
  check_fixture_assert (&fixture, "key-pair", NULL, "failed", "private-key", "certain");
  check_fixture_clear (&fixture);
}

static void
test_empty_shop (void)
{
  guint                 n_checks;
  const PdCheck *const *checks = pd_check_get_all (&n_checks);
  CheckFixture          fixture;

  check_fixture_init (&fixture, PD_GENERATION_BEFORE_UPGRADE);
  check_fixture_set (&fixture, "seller-id", "");
  check_fixture_set (&fixture, "client-id", "");
  check_fixture_set (&fixture, "description", "");
  g_hash_table_remove_all (fixture.secrets);
  pd_profile_note_secret (fixture.profile, "mws-auth-token", NULL);
  check_fixture_run (&fixture, NULL);
  for (guint i = 0; i < n_checks; i++)
    g_assert_cmpuint (check_fixture_count (&fixture, pd_check_get_id (checks[i])), >=, 1);
  check_fixture_assert (&fixture, "shape", NULL, "skipped", NULL, NULL);
  check_fixture_assert (&fixture, "return-url", NULL, "skipped", NULL, NULL);
  check_fixture_assert (&fixture, "mws-keys", NULL, "skipped", "", NULL);
  check_fixture_assert (&fixture, "login-client", NULL, "skipped", "", NULL);
  check_fixture_clear (&fixture);
}

/* The findings stand in the order of the table, whichever came first; each carries what a failure must. */
static void
test_order_and_remedies (void)
{
  guint                 n_checks;
  const PdCheck *const *checks = pd_check_get_all (&n_checks);
  guint                 at = 0;
  CheckFixture          fixture;

  check_fixture_init (&fixture, PD_GENERATION_BEFORE_UPGRADE);
  check_fixture_set (&fixture, "client-id", "B");
  check_fixture_set (&fixture, "return-urls", "x");
  check_fixture_run (&fixture, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture.run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (fixture.run), i);
    PdVerdict             verdict = pd_finding_get_verdict (finding);

    while (at < n_checks && !g_str_equal (pd_check_get_id (checks[at]), pd_finding_get_check (finding)))
      at++;
    g_assert_cmpuint (at, <, n_checks);
    g_assert_cmpstr (pd_finding_get_summary (finding), !=, "");
    if (verdict >= PD_VERDICT_WARNING)
      g_assert_nonnull (pd_finding_get_next_step (finding));
  }
  check_fixture_clear (&fixture);
}

static void
test_table (void)
{
  static const char *const order[] = {
    "shape", "mixup", "completeness", "key-pair", "key-environment", "url-rules", "two-sided", "logo", "upgrade", "reachability",
    "clock", "signature", "store-id", "token", "mws-keys", "login-client", "return-url", "page-reach", "privacy-page", "notification-reach",
  };
  guint                 n_checks;
  const PdCheck *const *checks = pd_check_get_all (&n_checks);

  g_assert_cmpuint (n_checks, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < n_checks; i++) {
    g_assert_cmpstr (pd_check_get_id (checks[i]), ==, order[i]);
    g_assert_true (pd_check_lookup (order[i]) == checks[i]);
    g_assert_cmpint (pd_check_is_live (checks[i]), ==, i >= 9);
  }
  g_assert_null (pd_check_lookup ("nonsense"));
}

/* Every row can be read, names fields and checks that there are, and a failure says what to do. */
static void
test_remedies (void)
{
  guint           n;
  const PdRemedy *rows = pd_remedy_get_all (&n);

  for (guint i = 0; i < n; i++) {
    g_assert_true (rows[i].check == NULL || pd_check_lookup (rows[i].check) != NULL);
    g_assert_cmpuint (rows[i].status, >=, 300);
    g_assert_nonnull (rows[i].summary);
    g_assert_true (rows[i].verdict == PD_VERDICT_PASSED || rows[i].next_step != NULL);
    g_assert_true (rows[i].verdict != PD_VERDICT_UNDETERMINED || rows[i].fields[0] == NULL);
    for (guint j = 0; j < G_N_ELEMENTS (rows[i].fields) && rows[i].fields[j] != NULL; j++)
      g_assert_nonnull (pd_catalogue_lookup (rows[i].fields[j]));
  }
}

static gboolean
is_japanese (const char *text)
{
  return text != NULL && !g_str_is_ascii (text) && g_regex_match_simple ("[\\p{Hiragana}\\p{Katakana}\\p{Han}]", text, 0, 0);
}

/* In Japanese: the checks, what they ask, the rows of the remedies, and every sentence of a run's findings. */
static void
test_japanese (void)
{
  g_autofree char      *folder = g_build_filename (g_getenv ("PD_BUILD_DIR"), "po", NULL);
  g_autofree char      *language = g_strdup (g_getenv ("LANGUAGE"));
  guint                 n;
  const PdCheck *const *checks = pd_check_get_all (&n);
  const PdRemedy       *rows;
  CheckFixture          fixture;

  g_setenv ("LANGUAGE", "ja", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  for (guint i = 0; i < n; i++) {
    g_assert_true (is_japanese (pd_check_get_question (checks[i])));
    g_assert_true (is_japanese (pd_check_get_label (checks[i])) || g_str_equal (pd_check_get_id (checks[i]), "store-id"));
  }
  rows = pd_remedy_get_all (&n);
  for (guint i = 0; i < n; i++) {
    g_assert_true (is_japanese (g_dgettext (GETTEXT_PACKAGE, rows[i].summary)));
    g_assert_true (rows[i].next_step == NULL || is_japanese (g_dgettext (GETTEXT_PACKAGE, rows[i].next_step)));
  }
  check_fixture_init (&fixture, PD_GENERATION_BEFORE_UPGRADE);
  check_fixture_set (&fixture, "client-id", GOOD_SELLER_ID);
  check_fixture_set (&fixture, "seller-id", "x");
  check_fixture_set (&fixture, "return-urls", "https://a.example.jp/r\nhttps://b.example.jp/r");
  check_fixture_set (&fixture, "return-urls.seen", "http://a.example.jp/r/\nhttps://c.example.jp/");
  check_fixture_set (&fixture, "privacy-policy-url", "https://a.example.jp/p");
  check_fixture_run (&fixture, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture.run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (fixture.run), i);
    const char           *texts[] = { pd_finding_get_summary (finding), pd_finding_get_proves (finding),
                                      pd_finding_get_does_not_prove (finding), pd_finding_get_next_step (finding) };

    for (guint j = 0; j < G_N_ELEMENTS (texts); j++) {
      g_test_message ("%s", texts[j]);
      g_assert_true (texts[j] == NULL || is_japanese (texts[j]));
    }
  }
  check_fixture_clear (&fixture);
  g_setenv ("LANGUAGE", language != NULL ? language : "C", TRUE);
}

/* Where to look, for the mode of the shop: S125 and N9. */
static void
test_where (void)
{
  static const struct { const char *mode; const char *field; const char *value; const char *first; } rows[] = {
    { "enabled", "client-id", "x", "インテグレーション" },
    { "disabled", "client-id", "x", "インテグレーション" },
    { "operating", "client-id", "x", "インテグレーション" },
    { "operating", "return-urls", "x", "設定" },
    { "disabled", "return-urls", "x", "構築" },
    { "enabled", "return-urls", "ftp://cc.example.jp/a", "設定" },
    { "enabled", "return-urls", "ftp://old.example.jp/a", "構築" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CheckFixture fixture;

    check_fixture_init (&fixture, PD_GENERATION_NEW);
    check_fixture_set (&fixture, "mode", rows[i].mode);
    check_fixture_set (&fixture, "legacy-site-url", "https://old.example.jp/");
    check_fixture_set (&fixture, rows[i].field, rows[i].value);
    check_fixture_run (&fixture, "shape");
    g_assert_cmpstr (pd_finding_get_where (check_fixture_find (&fixture, "shape", rows[i].field))[0], ==, rows[i].first);
    check_fixture_clear (&fixture);
  }
}

static void
test_json (void)
{
  static const char *const members[] = { "profile", "name", "environment", "endpoint", "started", "verdict", "findings" };
  static const char *const finding_members[] = {
    "check", "verdict", "fields", "value", "summary", "proves", "does_not_prove", "next_step", "where", "confidence", "evidence",
  };
  g_autoptr (JsonNode) json = NULL;
  JsonObject          *document;
  JsonObject          *finding;
  CheckFixture         fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  check_fixture_run (&fixture, "shape");
  json = pd_run_to_json (fixture.run);
  document = json_node_get_object (json);
  g_assert_cmpuint (json_object_get_size (document), ==, G_N_ELEMENTS (members));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (document, members[i]));
  g_assert_cmpstr (json_object_get_string_member (document, "profile"), ==, pd_profile_get_id (fixture.profile));
  g_assert_cmpstr (json_object_get_string_member (document, "environment"), ==, "production");
  g_assert_cmpstr (json_object_get_string_member (document, "verdict"), ==, "passed");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (document, "started"), "Z"));
  finding = json_array_get_object_element (json_object_get_array_member (document, "findings"), 0);
  g_assert_cmpuint (json_object_get_size (finding), ==, G_N_ELEMENTS (finding_members));
  for (guint i = 0; i < G_N_ELEMENTS (finding_members); i++)
    g_assert_true (json_object_has_member (finding, finding_members[i]));
  g_assert_cmpstr (json_object_get_string_member (finding, "value"), ==, GOOD_SELLER_ID);
  g_assert_true (json_object_get_null_member (finding, "evidence"));
  check_fixture_clear (&fixture);
}

/* A shop with both sites and all that they need. */
static void
set_urls (CheckFixture *fixture)
{
  check_fixture_set (fixture, "mode", "enabled");
  check_fixture_set (fixture, "legacy-site-url", "https://old.example.jp/");
  check_fixture_set (fixture, "cc-site-url", "https://cc.example.jp/");
  check_fixture_set (fixture, "javascript-origins", "https://old.example.jp\nhttps://cc.example.jp");
  check_fixture_set (fixture, "return-urls", "https://old.example.jp/r\nhttps://cc.example.jp/r");
  check_fixture_set (fixture, "privacy-policy-url", "https://old.example.jp/privacy");
  check_fixture_set (fixture, "notification-url", "https://notify.example.jp/1");
}

/* What is changed of that shop, and what the rules make of which URL. */
typedef struct {
  const char    *field;
  const char    *value;
  const char    *judged;
  const char    *verdict;
  const char    *fields;
  const char    *confidence;
  PdEnvironment  environment;
} RuleRow;

#define OLD_R "https://old.example.jp/r"

static const RuleRow rule_rows[] = {
  { NULL, NULL, OLD_R, "passed", "return-urls", "certain", PD_ENVIRONMENT_PRODUCTION },
  { NULL, NULL, "https://cc.example.jp", "passed", "javascript-origins", "certain", PD_ENVIRONMENT_PRODUCTION },
  { NULL, NULL, "https://old.example.jp/privacy", "passed", "privacy-policy-url", "certain", PD_ENVIRONMENT_PRODUCTION },
  { NULL, NULL, "https://notify.example.jp/1", "passed", "notification-url", "certain", PD_ENVIRONMENT_PRODUCTION },
  { "legacy-site-url", "https://notify.example.jp/1/", "https://notify.example.jp/1", "failed", "notification-url", "certain",
    PD_ENVIRONMENT_PRODUCTION },
  { "notification-url.sandbox", "https://n.example.jp/", "https://n.example.jp/", "failed", "notification-url.sandbox", "certain",
    PD_ENVIRONMENT_SANDBOX },
  { "return-urls", "http://old.example.jp/r", "http://old.example.jp/r", "failed", "return-urls", "certain", PD_ENVIRONMENT_PRODUCTION },
  { "return-urls", GOOD_SELLER_ID, GOOD_SELLER_ID, "skipped", "return-urls", "unknown", PD_ENVIRONMENT_PRODUCTION },
  { "privacy-policy-url", "https://Old.example.jp/p", "https://Old.example.jp/p", "warning", "privacy-policy-url", "likely",
    PD_ENVIRONMENT_PRODUCTION },
  /* localhost is for the sandbox */
  { "return-urls", "http://localhost:3000/r", "http://localhost:3000/r", "failed", "return-urls", "certain", PD_ENVIRONMENT_PRODUCTION },
  { "javascript-origins", "http://localhost:3000", "http://localhost:3000", "warning", "return-urls javascript-origins", "likely",
    PD_ENVIRONMENT_SANDBOX },
  /* one without the other */
  { "javascript-origins", "https://old.example.jp", "https://cc.example.jp/r", "warning", "javascript-origins return-urls", "likely",
    PD_ENVIRONMENT_PRODUCTION },
  { "javascript-origins", "https://old.example.jp:443/", OLD_R, "passed", "return-urls", NULL, PD_ENVIRONMENT_PRODUCTION },
  { "javascript-origins", "https://old.example.jp:8443", OLD_R, "warning", "javascript-origins return-urls", "likely",
    PD_ENVIRONMENT_PRODUCTION },
  { "javascript-origins", "", OLD_R, "warning", "javascript-origins return-urls", "likely", PD_ENVIRONMENT_PRODUCTION },
  { "return-urls", OLD_R, "https://cc.example.jp", "warning", "return-urls javascript-origins", "likely", PD_ENVIRONMENT_PRODUCTION },
};

static void
test_url_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rule_rows); i++) {
    const RuleRow *row = &rule_rows[i];
    CheckFixture   fixture;

    check_fixture_init (&fixture, PD_GENERATION_NEW);
    set_urls (&fixture);
    if (row->field != NULL)
      check_fixture_set (&fixture, row->field, row->value);
    fixture.options.environment = row->environment;
    check_fixture_run (&fixture, "url-rules");
    check_fixture_assert (&fixture, "url-rules", row->judged, row->verdict, row->fields, row->confidence);
    check_fixture_clear (&fixture);
  }
}

/* F13: in mode enabled each of the two sites needs its own; in the others there is one site. */
static void
test_second_site (void)
{
  static const struct { const char *mode, *cc_site; guint missing; } rows[] = {
    { "enabled", "https://new.example.jp/", 2 },
    { "enabled", "https://cc.example.jp/top", 0 },
    { "enabled", "", 0 },
    { "disabled", "https://new.example.jp/", 0 },
    { "operating", "https://new.example.jp/", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CheckFixture fixture;
    guint        missing = 0;

    check_fixture_init (&fixture, PD_GENERATION_NEW);
    set_urls (&fixture);
    check_fixture_set (&fixture, "mode", rows[i].mode);
    check_fixture_set (&fixture, "cc-site-url", rows[i].cc_site);
    check_fixture_run (&fixture, "url-rules");
    for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (fixture.run)); j++) {
      g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (fixture.run), j);

      if (g_strcmp0 (pd_finding_get_value (finding), "https://new.example.jp") != 0)
        continue;
      missing++;
      g_assert_cmpint (pd_finding_get_verdict (finding), ==, PD_VERDICT_WARNING);
      g_assert_cmpint (pd_finding_get_confidence (finding), ==, PD_CONFIDENCE_LIKELY);
      g_assert_cmpstr (pd_finding_get_fields (finding)[1], ==, "cc-site-url");
    }
    g_assert_cmpuint (missing, ==, rows[i].missing);
    g_assert_cmpuint (check_fixture_count (&fixture, "url-rules"), ==, 6 + missing);
    check_fixture_clear (&fixture);
  }
}

/* What the shop gives, what was seen, and what is said of one of them. `says`: a part of the sentence. */
static const struct {
  const char *field;
  const char *shop;
  const char *seen;
  const char *judged;
  const char *verdict;
  const char *says;
  guint       n;
} side_rows[] = {
  { "return-urls", OLD_R, OLD_R, OLD_R, "passed", "letter by letter", 1 },
  { "return-urls", OLD_R, "", "return-urls", "skipped", "not pasted", 1 },
  { "return-urls", "", OLD_R, "return-urls", "skipped", "not entered", 1 },
  { "return-urls", "", "", NULL, "skipped", "Nothing", 1 },
  { "return-urls", OLD_R, OLD_R "/", OLD_R, "failed", "slash", 1 },
  { "return-urls", OLD_R, "http://old.example.jp/r", OLD_R, "failed", "http://", 1 },
  { "return-urls", OLD_R, "https://www.old.example.jp/r", OLD_R, "failed", "www.", 1 },
  { "return-urls", OLD_R, "https://new.example.com/r", OLD_R, "failed", "new.example.com", 1 },
  { "return-urls", OLD_R, "https://other.example.com/x", OLD_R, "failed", "missing", 2 },
  { "return-urls", OLD_R, "https://other.example.com/x", "https://other.example.com/x", "warning", "one more", 2 },
  { "return-urls", OLD_R "\nhttps://cc.example.jp/r", "https://cc.example.jp/r\n" OLD_R, OLD_R, "passed", NULL, 2 },
  { "return-urls", OLD_R "\nhttps://cc.example.jp/r", OLD_R, "https://cc.example.jp/r", "failed", "both sites’", 2 },
  { "return-urls", OLD_R "\n" OLD_R "eturn/more", OLD_R, OLD_R "eturn/more", "failed", "missing in Seller Central.", 2 },
  { "return-urls", OLD_R, OLD_R "\n" OLD_R "/", OLD_R "/", "warning", "one more", 2 },
  /* the nearest, though the other comes first */
  { "return-urls", "https://a.example.jp/r1\nhttps://a.example.jp/r2", "https://a.example.jp/r2/\nhttps://a.example.jp/r1/",
    "https://a.example.jp/r1", "failed", "slash", 2 },
  { "javascript-origins", "https://a.example.jp", "https://a.example.jp/", "https://a.example.jp", "warning", "slash", 1 },
  { "javascript-origins", "https://a.example.jp", "http://a.example.jp", "https://a.example.jp", "failed", "http://", 1 },
  { "privacy-policy-url", "https://a.example.jp/p", "https://b.example.com/q", "https://a.example.jp/p", "failed", "b.example.com", 1 },
  { "notification-url", "https://a.example.jp/n", "https://a.example.jp/n", "https://a.example.jp/n", "passed", NULL, 1 },
};

static void
test_two_sided (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (side_rows); i++) {
    g_autofree char *seen_id = g_strconcat (side_rows[i].field, ".seen", NULL);
    CheckFixture     fixture;
    PdFinding       *finding;

    check_fixture_init (&fixture, PD_GENERATION_NEW);
    check_fixture_set (&fixture, side_rows[i].field, side_rows[i].shop);
    check_fixture_set (&fixture, seen_id, side_rows[i].seen);
    check_fixture_run (&fixture, "two-sided");
    finding = check_fixture_find (&fixture, "two-sided", side_rows[i].judged);
    check_fixture_assert (&fixture, "two-sided", side_rows[i].judged, side_rows[i].verdict,
                          side_rows[i].judged != NULL ? side_rows[i].field : "", NULL);
    if (side_rows[i].says != NULL)
      g_assert_nonnull (strstr (pd_finding_get_summary (finding), side_rows[i].says));
    if (pd_finding_get_verdict (finding) >= PD_VERDICT_WARNING)
      g_assert_nonnull (pd_finding_get_next_step (finding));
    g_assert_cmpuint (check_fixture_count (&fixture, "two-sided"), ==, side_rows[i].n);
    check_fixture_clear (&fixture);
  }
}

/* A secret that was pasted among the URLs is compared, and not shown. */
static void
test_two_sided_secret (void)
{
  CheckFixture         fixture;
  g_autoptr (JsonNode) json = NULL;
  g_autofree char     *text = NULL;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  check_fixture_set (&fixture, "return-urls", "https://a.example.jp/" GOOD_TOKEN);
  check_fixture_set (&fixture, "return-urls.seen", "https://a.example.jp/" GOOD_TOKEN "/");
  check_fixture_set (&fixture, "privacy-policy-url", "https://a.example.jp/p");
  check_fixture_set (&fixture, "privacy-policy-url.seen", GOOD_TOKEN);
  check_fixture_run (&fixture, "url-rules,two-sided");
  g_assert_cmpint (pd_run_get_verdict (fixture.run), ==, PD_VERDICT_FAILED);
  json = pd_run_to_json (fixture.run);
  text = pd_json_to_string (json, FALSE);
  g_assert_null (strstr (text, GOOD_TOKEN));
  check_fixture_clear (&fixture);
}

/* Cancelled before it began: every check asked for says so, and the run is whole. */
static void
test_cancelled (void)
{
  CheckFixture fixture;

  check_fixture_init (&fixture, PD_GENERATION_NEW);
  g_cancellable_cancel (fixture.cancellable);
  check_fixture_run (&fixture, NULL);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture.run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (fixture.run), i);

    g_assert_cmpint (pd_finding_get_verdict (finding), ==, PD_VERDICT_UNDETERMINED);
  }
  check_fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/table/ids-and-order", test_table);
  g_test_add_func ("/checks/values/verdicts", test_values);
  g_test_add_func ("/checks/values/one-finding-each", test_one_finding_a_value);
  g_test_add_func ("/checks/mixup/swapped", test_swapped);
  g_test_add_func ("/checks/mixup/secret-not-shown-nor-sent", test_misplaced_secret);
  g_test_add_func ("/checks/completeness/token", test_completeness);
  g_test_add_func ("/checks/completeness/lost", test_lost);
  g_test_add_func ("/checks/completeness/locked-keyring", test_locked);
  g_test_add_func ("/checks/completeness/half-a-key", test_half_a_key);
  g_test_add_func ("/checks/key/none", test_shop_without_key);
  g_test_add_func ("/checks/key/environment", test_key_environment);
  g_test_add_func ("/checks/urls/rules", test_url_rules);
  g_test_add_func ("/checks/urls/second-site", test_second_site);
  g_test_add_func ("/checks/urls/two-sided", test_two_sided);
  g_test_add_func ("/checks/urls/two-sided-secret", test_two_sided_secret);
  g_test_add_func ("/checks/run/only", test_only);
  g_test_add_func ("/checks/run/empty-shop", test_empty_shop);
  g_test_add_func ("/checks/run/order-and-remedies", test_order_and_remedies);
  g_test_add_func ("/checks/run/where", test_where);
  g_test_add_func ("/checks/run/json", test_json);
  g_test_add_func ("/checks/run/cancelled", test_cancelled);
  g_test_add_func ("/checks/remedies/complete", test_remedies);
  g_test_add_func ("/checks/remedies/japanese", test_japanese);
  return g_test_run ();
}
