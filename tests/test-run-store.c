/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "pd-error.h"
#include "pd-run-private.h"
#include "pd-run-store.h"
#include "pd-store.h"
#include "pd-test-util.h"

typedef struct {
  char      *dir;
  PdStore   *store;
  PdProfile *profile;
  char      *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("paydesk-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store = pd_store_new (fixture->dir);
  g_assert_true (pd_store_load (fixture->store, &error));
  fixture->profile = pd_profile_new ("Lantern & Co.");
  g_assert_true (pd_store_add (fixture->store, fixture->profile, &error));
  g_assert_true (pd_store_save (fixture->store, fixture->profile, &error));
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "profiles", pd_profile_get_id (fixture->profile), "runs", "last.json", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *argv[] = { "rm", "-rf", "--one-file-system", fixture->dir, NULL };

  g_object_unref (fixture->profile);
  g_assert_finalize_object (fixture->store);
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static PdRun *
make_run (Fixture    *fixture,
          guint       n_findings,
          const char *message)
{
  PdRun *run = pd_run_new (fixture->profile, PD_ENVIRONMENT_PRODUCTION, "https://pay-api.amazon.jp");

  pd_run_begin (run, 1);
  for (guint i = 0; i < n_findings; i++) {
    g_autoptr (PdFinding) finding = pd_finding_new ("return-url", i == 0 ? PD_VERDICT_FAILED : PD_VERDICT_PASSED, message);
    PdEvidence           *evidence = pd_evidence_new ("GET", "https://pay-api.amazon.jp/", NULL);

    evidence->message = g_strdup (message);
    pd_finding_take_evidence (finding, evidence);
    pd_run_add (run, 0, finding);
  }
  pd_run_step (run);
  pd_run_end (run);
  return run;
}

static void
assert_summary (Fixture   *fixture,
                PdRun     *run,
                PdVerdict  expected)
{
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GError)    error = NULL;
  PdVerdict             verdict;

  g_assert_true (pd_run_store_load_summary (fixture->dir, pd_profile_get_id (fixture->profile), &verdict, &when, &error));
  g_assert_no_error (error);
  g_assert_cmpint (verdict, ==, expected);
  g_assert_cmpint (g_date_time_to_unix (when), ==, g_date_time_to_unix (pd_run_get_started (run)));
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (PdRun)        run = make_run (fixture, 2, "x");
  g_autoptr (PdRun)        next = make_run (fixture, 0, "x");
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GDateTime)    when = NULL;
  g_autoptr (GError)       error = NULL;
  PdVerdict                verdict;
  mode_t                   mask = umask (0);
  struct stat              file;

  g_assert_true (pd_run_store_save (fixture->dir, run, &error));
  umask (mask);
  g_assert_no_error (error);
  assert_summary (fixture, run, PD_VERDICT_FAILED);
  g_assert_cmpint (g_stat (fixture->path, &file), ==, 0);
  g_assert_cmpuint (file.st_mode & 0777, ==, 0600);

  pd_run_store_save_async (fixture->dir, next, NULL, pd_test_keep, &saved);
  pd_test_wait (&saved);
  g_assert_true (pd_run_store_save_finish (saved, &error));
  pd_run_store_load_summary_async (fixture->dir, pd_profile_get_id (fixture->profile), NULL, pd_test_keep, &loaded);
  pd_test_wait (&loaded);
  g_assert_true (pd_run_store_load_summary_finish (loaded, &verdict, &when, &error));
  g_assert_cmpint (verdict, ==, PD_VERDICT_SKIPPED);
}

/* However much the servers said, and however many addresses there are. */
static void
test_bounded (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct { guint n; gsize length; } rows[] = { { 3, 200 * 1024 }, { 3000, 300 }, { 1, 1024 * 1024 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char   *message = g_strnfill (rows[i].length, 'm');
    g_autoptr (PdRun)  run = make_run (fixture, rows[i].n, message);
    struct stat        file;

    g_assert_true (pd_run_store_save (fixture->dir, run, NULL));
    g_assert_cmpint (g_stat (fixture->path, &file), ==, 0);
    g_assert_cmpint (file.st_size, <=, 256 * 1024);
    assert_summary (fixture, run, PD_VERDICT_FAILED);
  }
}

static void
test_not_there (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (PdProfile) stranger = pd_profile_new ("Nobody");
  g_autoptr (PdRun)     run = pd_run_new (stranger, PD_ENVIRONMENT_PRODUCTION, NULL);
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GError)    error = NULL;
  PdVerdict             verdict;

  g_assert_false (pd_run_store_load_summary (fixture->dir, pd_profile_get_id (fixture->profile), &verdict, &when, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* A shop that was deleted does not come back as a folder. */
  g_assert_false (pd_run_store_save (fixture->dir, run, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (pd_run_store_load_summary (fixture->dir, "../..", &verdict, &when, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const texts[] = { "", "{", "[]", "{\"verdict\":\"fine\",\"started\":\"2026-01-01T00:00:00Z\"}", "{\"verdict\":\"passed\"}" };
  g_autoptr (PdRun)        run = make_run (fixture, 1, "x");

  g_assert_true (pd_run_store_save (fixture->dir, run, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GDateTime) when = NULL;
    g_autoptr (GError)    error = NULL;
    PdVerdict             verdict;

    g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
    g_assert_false (pd_run_store_load_summary (fixture->dir, pd_profile_get_id (fixture->profile), &verdict, &when, &error));
    g_assert_nonnull (error);
  }
}

/* The store leaves what lies beside a profile alone. */
static void
test_store_does_not_mind (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (PdRun)   run = make_run (fixture, 1, "x");
  g_autoptr (PdStore) again = pd_store_new (fixture->dir);

  g_assert_true (pd_run_store_save (fixture->dir, run, NULL));
  g_assert_true (pd_store_load (again, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (pd_store_get_set_aside (again)), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/run-store/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/run-store/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/run-store/not-there", Fixture, NULL, set_up, test_not_there, tear_down);
  g_test_add ("/run-store/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/run-store/store-does-not-mind", Fixture, NULL, set_up, test_store_does_not_mind, tear_down);
  return g_test_run ();
}
