/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "check-fixture.h"
#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-places.h"
#include "pd-shape.h"
#include "pd-upgrade.h"

#define SECRET "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define KEY_ID "AKIAABCDEFGHIJKLMNOP"

static const struct
{
  const char *date;
  PdNotice    notice;
} dates[] = {
  { "", PD_NOTICE_UNKNOWN },
  { "2020-11-17", PD_NOTICE_BEFORE },
  { "2020-11-18", PD_NOTICE_ON_DAY },
  { "2020-11-19", PD_NOTICE_AFTER },
  { "2019-12-31", PD_NOTICE_BEFORE },
  { "2026-01-01", PD_NOTICE_AFTER },
  { "2020-02-30", PD_NOTICE_UNKNOWN },
  { "2020-11-1", PD_NOTICE_UNKNOWN },
  { "20201119", PD_NOTICE_UNKNOWN },
  { "2020-11-18 ", PD_NOTICE_UNKNOWN },
  { "soon", PD_NOTICE_UNKNOWN },
};

/* Both wordings of the manual include the day itself. */
static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_test_message ("“%s”", dates[i].date);
    g_assert_cmpint (pd_upgrade_read_notice (dates[i].date), ==, dates[i].notice);
  }
}

/* What cannot be, for every generation and day. */
static const struct
{
  PdGeneration  generation;
  PdNotice      notice;
  PdPresence    token;
  PdPresence    old_values;
  const char   *ids;
} states[] = {
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_UNKNOWN, PD_PRESENCE_YES, PD_PRESENCE_YES, "" },
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_BEFORE, PD_PRESENCE_NO, PD_PRESENCE_YES, "" },
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_ON_DAY, PD_PRESENCE_YES, PD_PRESENCE_YES, "" },
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_AFTER, PD_PRESENCE_YES, PD_PRESENCE_YES, "old-but-notice-after" },
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_BEFORE, PD_PRESENCE_YES, PD_PRESENCE_NO, "before-without-old-values" },
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_BEFORE, PD_PRESENCE_NO, PD_PRESENCE_NO, "" },
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_BEFORE, PD_PRESENCE_YES, PD_PRESENCE_UNKNOWN, "" },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_UNKNOWN, PD_PRESENCE_YES, PD_PRESENCE_NO, "" },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_ON_DAY, PD_PRESENCE_YES, PD_PRESENCE_YES, "" },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_AFTER, PD_PRESENCE_YES, PD_PRESENCE_NO, "old-but-notice-after" },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_BEFORE, PD_PRESENCE_NO, PD_PRESENCE_YES, "upgraded-without-token" },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_BEFORE, PD_PRESENCE_UNKNOWN, PD_PRESENCE_UNKNOWN, "" },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_AFTER, PD_PRESENCE_NO, PD_PRESENCE_NO, "old-but-notice-after upgraded-without-token" },
  { PD_GENERATION_NEW, PD_NOTICE_UNKNOWN, PD_PRESENCE_NO, PD_PRESENCE_NO, "" },
  { PD_GENERATION_NEW, PD_NOTICE_BEFORE, PD_PRESENCE_YES, PD_PRESENCE_NO, "new-but-notice-before" },
  { PD_GENERATION_NEW, PD_NOTICE_ON_DAY, PD_PRESENCE_YES, PD_PRESENCE_NO, "" },
  { PD_GENERATION_NEW, PD_NOTICE_AFTER, PD_PRESENCE_YES, PD_PRESENCE_NO, "" },
  { PD_GENERATION_NEW, PD_NOTICE_AFTER, PD_PRESENCE_YES, PD_PRESENCE_YES, "new-with-old-values" },
  { PD_GENERATION_NEW, PD_NOTICE_AFTER, PD_PRESENCE_YES, PD_PRESENCE_UNKNOWN, "" },
};

static void
test_contradictions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    PdUpgradeFacts        facts = { states[i].generation, states[i].notice, states[i].token, states[i].old_values };
    g_autoptr (GPtrArray) rows = pd_upgrade_list_contradictions (&facts);
    g_autoptr (GString)   ids = g_string_new (NULL);

    for (guint j = 0; j < rows->len; j++) {
      const PdContradiction *row = g_ptr_array_index (rows, j);

      g_string_append_printf (ids, "%s%s", j > 0 ? " " : "", row->id);
      g_assert_nonnull (row->message);
      g_assert_nonnull (row->next_step);
      for (guint k = 0; k < G_N_ELEMENTS (row->fields) && row->fields[k] != NULL; k++)
        g_assert_nonnull (pd_catalogue_lookup (row->fields[k]));
    }
    g_test_message ("state %u", i);
    g_assert_cmpstr (ids->str, ==, states[i].ids);
    g_assert_cmpstr (pd_upgrade_describe_standing (&facts), !=, "");
    g_assert_cmpint (pd_upgrade_describe_deadline (&facts) != NULL, ==, states[i].generation == PD_GENERATION_BEFORE_UPGRADE);
  }
}

/* FAQ 8214: the token decides, and the pre-set text counts as one. */
static void
test_patterns (void)
{
  static const struct { PdPresence token; const char *id; const char *steps; } rows[] = {
    { PD_PRESENCE_YES, "run", "run use preview" },
    { PD_PRESENCE_NO, "token-first", "token run use preview" },
    { PD_PRESENCE_UNKNOWN, "unknown", "token run use preview" },
  };
  g_autoptr (PdProfile)  profile = pd_profile_new ("Lantern & Co.");
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GDateTime)  now = g_date_time_new_now_utc ();
  PdUpgradeFacts         facts = { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_BEFORE, PD_PRESENCE_NO, PD_PRESENCE_YES };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) steps = NULL;
    g_autoptr (GString)   ids = g_string_new (NULL);
    guint                 n_ends = 0;

    facts.token = rows[i].token;
    g_assert_cmpstr (pd_upgrade_get_pattern (&facts)->id, ==, rows[i].id);
    steps = pd_upgrade_list_steps (&facts);
    for (guint j = 0; j < steps->len; j++) {
      const PdUpgradeStep *step = g_ptr_array_index (steps, j);

      g_string_append_printf (ids, "%s%s", j > 0 ? " " : "", step->id);
      n_ends += step->ends;
      g_assert_nonnull (step->places);
    }
    g_assert_cmpstr (ids->str, ==, rows[i].steps);
    g_assert_cmpuint (n_ends, ==, 1);
  }

  pd_upgrade_gather (profile, none, &facts);
  g_assert_cmpint (facts.token, ==, PD_PRESENCE_NO);
  pd_profile_note_secret (profile, "mws-auth-token", now);
  pd_upgrade_gather (profile, NULL, &facts);
  g_assert_cmpint (facts.token, ==, PD_PRESENCE_UNKNOWN);
  /* The keyring knows better than the profile's note. */
  pd_upgrade_gather (profile, none, &facts);
  g_assert_cmpint (facts.token, ==, PD_PRESENCE_NO);
  g_hash_table_add (none, (gpointer) "mws-auth-token");
  pd_upgrade_gather (profile, none, &facts);
  g_assert_cmpint (facts.token, ==, PD_PRESENCE_YES);
  g_hash_table_remove_all (none);
  g_assert_true (pd_profile_set_text (profile, "mws-auth-token", PD_PRESET_TOKEN, NULL));
  pd_upgrade_gather (profile, none, &facts);
  g_assert_cmpint (facts.token, ==, PD_PRESENCE_YES);
}

static char *
join (GPtrArray *fields)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", ((const PdField *) g_ptr_array_index (fields, i))->id);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

/* What dies and what stays comes from the catalogue (S029–S034). */
static void
test_fields (void)
{
  g_autoptr (GPtrArray) old = pd_upgrade_list_old_fields ();
  g_autoptr (GPtrArray) needed = pd_upgrade_list_needed_fields ();
  g_autofree char      *old_ids = join (old);
  g_autofree char      *needed_ids = join (needed);
  guint                 n_changes;
  const PdUpgradeChange *changes = pd_upgrade_get_changes (&n_changes);

  g_assert_cmpstr (old_ids, ==, "client-secret access-key-id secret-access-key");
  g_assert_cmpstr (needed_ids, ==, "seller-id client-id mws-auth-token");
  g_assert_cmpuint (n_changes, >, 0);
  for (guint i = 0; i < n_changes; i++)
    g_assert_true (changes[i].before != NULL && changes[i].after != NULL);
}

/* Where the paths lie in each mode (S023). */
static void
test_places (void)
{
  static const struct { PdMode mode; const char *path; guint n; } rows[] = {
    { PD_MODE_DISABLED, "構築>ページ設定>Amazon設定-Amazon Payバージョンアップ設定", 1 },
    { PD_MODE_ENABLED, "設定>連携サービス>Amazon設定-Amazon Payバージョンアップ設定", 2 },
    { PD_MODE_OPERATING, "設定>連携サービス>Amazon設定-Amazon Payバージョンアップ設定", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) found = pd_field_get_found (pd_catalogue_lookup ("generation"), rows[i].mode, PD_GENERATION_BEFORE_UPGRADE);

    g_assert_cmpuint (found->len, ==, rows[i].n);
    g_assert_cmpstr (((const PdPlace *) g_ptr_array_index (found, 0))->path, ==, rows[i].path);
  }
}

/* What the check makes of a shop. `old`: whether the three values are there; `token`: GOOD, pre-set, or none. */
static const struct
{
  PdGeneration  generation;
  const char   *date;
  gboolean      token;
  gboolean      old;
  const char   *judged; /* the finding's first field */
  const char   *verdict;
  const char   *fields;
  const char   *confidence;
  guint         n;
} rows[] = {
  { PD_GENERATION_NEW, "", TRUE, FALSE, "generation", "skipped", "generation setup-notice-date", NULL, 1 },
  { PD_GENERATION_NEW, "2020-11-18", TRUE, FALSE, "generation", "passed", "generation setup-notice-date", "certain", 1 },
  { PD_GENERATION_NEW, "2021-04-01", TRUE, FALSE, "generation", "passed", "generation setup-notice-date", "certain", 1 },
  { PD_GENERATION_NEW, "2020-11-17", TRUE, FALSE, "generation", "failed", "generation setup-notice-date", "certain", 1 },
  { PD_GENERATION_NEW, "2021-04-01", TRUE, TRUE, "client-secret", "warning",
    "client-secret access-key-id secret-access-key generation", "likely", 2 },
  { PD_GENERATION_AFTER_UPGRADE, "2019-04-01", TRUE, FALSE, "generation", "passed", "generation setup-notice-date", "certain", 1 },
  { PD_GENERATION_AFTER_UPGRADE, "2020-11-18", TRUE, FALSE, "generation", "passed", "generation setup-notice-date", "certain", 1 },
  { PD_GENERATION_AFTER_UPGRADE, "2020-11-19", TRUE, FALSE, "generation", "failed", "generation setup-notice-date", "certain", 1 },
  { PD_GENERATION_AFTER_UPGRADE, "2019-04-01", FALSE, FALSE, "mws-auth-token", "warning", "mws-auth-token generation", "likely", 2 },
  { PD_GENERATION_AFTER_UPGRADE, "2019-04-01", TRUE, TRUE, "secret-access-key", "warning", "secret-access-key", NULL, 4 },
  { PD_GENERATION_AFTER_UPGRADE, "2019-04-01", TRUE, TRUE, "access-key-id", "warning", "access-key-id", NULL, 4 },
  { PD_GENERATION_BEFORE_UPGRADE, "2019-04-01", TRUE, TRUE, "generation", "warning", "generation setup-notice-date", "likely", 1 },
  { PD_GENERATION_BEFORE_UPGRADE, "2020-11-18", FALSE, TRUE, "generation", "warning", "generation setup-notice-date", "likely", 1 },
  { PD_GENERATION_BEFORE_UPGRADE, "2022-01-01", TRUE, TRUE, "generation", "failed", "generation setup-notice-date", "certain", 1 },
  { PD_GENERATION_BEFORE_UPGRADE, "2019-04-01", TRUE, FALSE, "generation", "warning", NULL, "likely", 2 },
};

static void
set_old (CheckFixture *fixture)
{
  check_fixture_set_secret (fixture, "client-secret", SECRET);
  check_fixture_set (fixture, "access-key-id", KEY_ID);
  check_fixture_set_secret (fixture, "secret-access-key", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN");
}

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CheckFixture fixture;

    g_test_message ("row %u", i);
    check_fixture_init (&fixture, rows[i].generation);
    if (!rows[i].token) {
      g_hash_table_remove_all (fixture.secrets);
      pd_profile_note_secret (fixture.profile, "mws-auth-token", NULL);
    }
    check_fixture_set (&fixture, "setup-notice-date", rows[i].date);
    if (rows[i].old)
      set_old (&fixture);
    check_fixture_run (&fixture, "upgrade");
    check_fixture_assert (&fixture, "upgrade", rows[i].judged, rows[i].verdict, rows[i].fields, rows[i].confidence);
    g_assert_cmpuint (check_fixture_count (&fixture, "upgrade"), ==, rows[i].n);
    for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (fixture.run)); j++) {
      g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (fixture.run), j);

      g_assert_nonnull (pd_finding_get_does_not_prove (finding));
      if (pd_finding_get_verdict (finding) != PD_VERDICT_PASSED)
        g_assert_nonnull (pd_finding_get_next_step (finding));
    }
    check_fixture_clear (&fixture);
  }
}

/* The pattern is what a shop before the upgrade is told to do, and the path is that of its mode. */
static void
test_check_says_what_to_do (void)
{
  CheckFixture       fixture;
  PdFinding         *finding;
  const char *const *where;

  check_fixture_init (&fixture, PD_GENERATION_BEFORE_UPGRADE);
  set_old (&fixture);
  check_fixture_set (&fixture, "mode", "disabled");
  check_fixture_run (&fixture, "upgrade");
  finding = check_fixture_find (&fixture, "upgrade", NULL);
  g_assert_cmpstr (pd_finding_get_next_step (finding), ==, "All that is left is to run the upgrade in the shop’s admin.");
  where = pd_finding_get_where (finding);
  g_assert_cmpstr (where[0], ==, "構築");

  g_hash_table_remove (fixture.secrets, "mws-auth-token");
  check_fixture_set (&fixture, "mode", "operating");
  check_fixture_run (&fixture, "upgrade");
  finding = check_fixture_find (&fixture, "upgrade", NULL);
  g_assert_nonnull (strstr (pd_finding_get_next_step (finding), "Obtain the MWS Auth Token first"));
  where = pd_finding_get_where (finding);
  g_assert_cmpstr (where[0], ==, "設定");
  check_fixture_clear (&fixture);
}

/* Without the keyring nothing is said of what only it knows; what the profile itself holds is judged all the same. */
static void
test_check_locked (void)
{
  CheckFixture fixture;

  check_fixture_init (&fixture, PD_GENERATION_AFTER_UPGRADE);
  check_fixture_set (&fixture, "setup-notice-date", "2019-04-01");
  set_old (&fixture);
  g_hash_table_remove_all (fixture.secrets);
  fixture.secrets_error = g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_LOCKED, "The keyring is locked.");
  check_fixture_run (&fixture, "upgrade");
  check_fixture_assert (&fixture, "upgrade", "generation", "passed", NULL, NULL);
  check_fixture_assert (&fixture, "upgrade", "client-secret", "undetermined", "client-secret", NULL);
  check_fixture_assert (&fixture, "upgrade", "access-key-id", "warning", "access-key-id", NULL);
  g_assert_cmpstr (pd_finding_get_next_step (check_fixture_find (&fixture, "upgrade", "client-secret")), ==, "The keyring is locked.");
  check_fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/upgrade/dates", test_dates);
  g_test_add_func ("/upgrade/contradictions", test_contradictions);
  g_test_add_func ("/upgrade/patterns", test_patterns);
  g_test_add_func ("/upgrade/fields", test_fields);
  g_test_add_func ("/upgrade/places", test_places);
  g_test_add_func ("/upgrade/check/verdicts", test_check);
  g_test_add_func ("/upgrade/check/says-what-to-do", test_check_says_what_to_do);
  g_test_add_func ("/upgrade/check/locked-keyring", test_check_locked);
  return g_test_run ();
}
