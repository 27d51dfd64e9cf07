/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-run-compare.h"
#include "pd-run-private.h"
#include "pd-run-store.h"
#include "pd-set-aside.h"
#include "pd-store.h"
#include "pd-test-util.h"

typedef struct {
  char      *dir;
  PdStore   *store;
  PdProfile *profile;
  char      *folder;
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
  fixture->folder = g_build_filename (fixture->dir, "profiles", pd_profile_get_id (fixture->profile), "runs", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *argv[] = { "rm", "-rf", "--one-file-system", fixture->dir, NULL };

  g_object_unref (fixture->profile);
  g_assert_finalize_object (fixture->store);
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->dir);
}

/* (transfer full): the path of the newest run. */
static char *
find_newest (Fixture *fixture)
{
  g_autoptr (GPtrArray) runs = pd_run_store_list (fixture->dir, pd_profile_get_id (fixture->profile), NULL, NULL);
  g_autofree char      *name = g_strconcat (pd_run_get_kept_as (g_ptr_array_index (runs, 0)), ".json", NULL);

  return g_build_filename (fixture->folder, name, NULL);
}

static guint
count_files (Fixture *fixture,
             gsize   *bytes)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char      *name;
  guint            n = 0;

  *bytes = 0;
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
    struct stat      file;

    g_assert_cmpint (g_stat (path, &file), ==, 0);
    *bytes += (gsize) file.st_size;
    n++;
  }
  return n;
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

  g_assert_true (pd_run_store_load_summary (fixture->dir, pd_profile_get_id (fixture->profile), &verdict, &when, NULL, &error));
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
  g_autofree char         *path = NULL;

  g_assert_true (pd_run_store_save (fixture->dir, run, &error));
  umask (mask);
  g_assert_no_error (error);
  assert_summary (fixture, run, PD_VERDICT_FAILED);
  path = find_newest (fixture);
  g_assert_cmpint (g_stat (fixture->folder, &file), ==, 0);
  g_assert_cmpuint (file.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (path, &file), ==, 0);
  g_assert_cmpuint (file.st_mode & 0777, ==, 0600);

  pd_run_store_save_async (fixture->dir, next, NULL, pd_test_keep, &saved);
  pd_test_wait (&saved);
  g_assert_true (pd_run_store_save_finish (saved, &error));
  pd_run_store_load_summary_async (fixture->dir, pd_profile_get_id (fixture->profile), NULL, pd_test_keep, &loaded);
  pd_test_wait (&loaded);
  g_assert_true (pd_run_store_load_summary_finish (loaded, &verdict, &when, NULL, &error));
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
    g_autofree char   *path = NULL;
    struct stat        file;

    g_assert_true (pd_run_store_save (fixture->dir, run, NULL));
    path = find_newest (fixture);
    g_assert_cmpint (g_stat (path, &file), ==, 0);
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

  g_assert_false (pd_run_store_load_summary (fixture->dir, pd_profile_get_id (fixture->profile), &verdict, &when, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* A shop that was deleted does not come back as a folder. */
  g_assert_false (pd_run_store_save (fixture->dir, run, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (pd_run_store_load_summary (fixture->dir, "../..", &verdict, &when, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const texts[] = {
    "", "{", "[]", "{\"verdict\":\"fine\",\"started\":\"2026-01-01T00:00:00Z\"}", "{\"verdict\":\"passed\"}", "null",
    "{\"format\":1,\"profile\":\"x\",\"name\":\"x\",\"environment\":\"sandbox\",\"started\":\"2026-01-01T00:00:00Z\",\"verdict\":\"passed\",\"findings\":[1]}",
    "{\"format\":\"1\",\"profile\":\"x\",\"name\":\"x\",\"environment\":\"sandbox\",\"started\":\"2026-01-01T00:00:00Z\",\"verdict\":\"passed\",\"findings\":[]}",
    "{\"format\":1,\"profile\":\"x\",\"name\":\"x\",\"environment\":\"sandbox\",\"started\":\"2026-01-01T00:00:00Z\",\"verdict\":\"passed\","
    "\"revisions\":{\"client-id\":\"x\"},\"findings\":[]}",
  };
  g_autoptr (PdRun)        run = make_run (fixture, 1, "x");
  g_autofree char         *path = NULL;

  g_assert_true (pd_run_store_save (fixture->dir, run, NULL));
  path = find_newest (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GPtrArray) damaged = NULL;
    g_autoptr (GPtrArray) runs = NULL;
    g_autoptr (GDateTime) when = NULL;
    g_autoptr (GError)    error = NULL;
    PdVerdict             verdict;

    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    g_assert_false (pd_run_store_load_summary (fixture->dir, pd_profile_get_id (fixture->profile), &verdict, &when, NULL, &error));
    g_assert_nonnull (error);
    runs = pd_run_store_list (fixture->dir, pd_profile_get_id (fixture->profile), &damaged, NULL);
    g_assert_cmpuint (runs->len, ==, 0);
    g_assert_cmpuint (damaged->len, ==, 1);
    g_assert_cmpstr (pd_set_aside_get_path (g_ptr_array_index (damaged, 0)), ==, path);
  }
}

/* What was kept comes back as it was, and says nothing of the values. */
static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (PdRun)     run = NULL;
  g_autoptr (PdFinding) finding = pd_finding_new ("store-id", PD_VERDICT_FAILED, "It says no.");
  PdEvidence           *evidence = pd_evidence_new ("POST", "https://pay-api.amazon.jp/v2", NULL);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (JsonNode)  before = NULL;
  g_autoptr (JsonNode)  after = NULL;
  g_autofree char      *first = NULL;
  g_autofree char      *second = NULL;
  g_autofree char      *path = NULL;
  g_autofree char      *text = NULL;
  g_autoptr (GString)   masked_text = NULL;

  g_assert_true (pd_profile_set_text (fixture->profile, "seller-id", "A1CANARYVALUE", NULL));
  run = pd_run_new (fixture->profile, PD_ENVIRONMENT_SANDBOX, NULL);
  evidence->status = 400;
  evidence->message = g_strdup ("<b>no</b> client_secret=VERYSECRETVALUE");
  evidence->reason_code = g_strdup ("InvalidParameterValue");
  evidence->has_clock_skew = TRUE;
  evidence->clock_skew_s = -3;
  pd_finding_take_evidence (finding, evidence);
  pd_finding_set_fields (finding, (const char *const[]) { "client-id", NULL });
  pd_finding_set_where (finding, (const char *const[]) { "a", "b", NULL });
  pd_finding_set_proves (finding, "this", "that");
  pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_run_begin (run, 1);
  pd_run_add (run, 0, finding);
  pd_run_end (run);
  g_assert_true (pd_run_store_save (fixture->dir, run, NULL));
  runs = pd_run_store_list (fixture->dir, pd_profile_get_id (fixture->profile), NULL, NULL);
  g_assert_cmpuint (runs->len, ==, 1);
  path = find_newest (fixture);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "A1CANARYVALUE"));
  g_assert_null (strstr (text, "VERYSECRETVALUE"));
  before = pd_run_to_json (run);
  after = pd_run_to_json (g_ptr_array_index (runs, 0));
  first = pd_json_to_string (before, TRUE);
  second = pd_json_to_string (after, TRUE);
  g_assert_nonnull (strstr (second, "client_secret=•••"));
  masked_text = g_string_new (first);
  g_assert_cmpuint (g_string_replace (masked_text, "VERYSECRETVALUE", "•••", 0), ==, 1);
  g_assert_cmpstr (masked_text->str, ==, second);
  g_assert_cmpint (json_object_get_int_member (pd_run_get_revisions (g_ptr_array_index (runs, 0)), "seller-id"), ==, 1);
}

/* However often it is tested; and the run to compare failures with is never lost. */
static void
test_pruned (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (PdRun)     good = pd_run_new (fixture->profile, PD_ENVIRONMENT_PRODUCTION, NULL);
  g_autofree char      *message = g_strnfill (60 * 1024, 'm');
  g_autofree char      *precious = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  gsize                 bytes;

  g_assert_true (pd_run_store_save (fixture->dir, good, NULL));
  precious = find_newest (fixture);
  for (guint i = 0; i < PD_RUN_STORE_MAX_RUNS + 20; i++) {
    g_autoptr (PdRun) bad = make_run (fixture, 1, "x");

    g_assert_true (pd_run_store_save (fixture->dir, bad, NULL));
    /* more within a second than there are names for: as if the clock had moved on */
    if (i % 50 == 49)
      g_usleep (1100 * 1000);
  }
  g_assert_cmpuint (count_files (fixture, &bytes), ==, PD_RUN_STORE_MAX_RUNS);
  g_assert_true (g_file_test (precious, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < 80; i++) {
    g_autoptr (PdRun) bad = make_run (fixture, 1, message);

    g_assert_true (pd_run_store_save (fixture->dir, bad, NULL));
  }
  g_assert_cmpuint (count_files (fixture, &bytes), <, PD_RUN_STORE_MAX_RUNS);
  g_assert_cmpuint (bytes, <=, PD_RUN_STORE_MAX_BYTES);
  g_assert_true (g_file_test (precious, G_FILE_TEST_EXISTS));
  runs = pd_run_store_list (fixture->dir, pd_profile_get_id (fixture->profile), NULL, NULL);
  g_assert_true (pd_run_is_good (g_ptr_array_index (runs, runs->len - 1)));
}

/* A run of some checks, or against other servers, is kept and does not speak for the shop. */
static void
test_partial (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (PdRun)     whole = make_run (fixture, 1, "x");
  g_autoptr (GPtrArray) runs = NULL;

  g_assert_true (pd_run_store_save (fixture->dir, whole, NULL));
  for (guint flag = PD_RUN_PARTIAL; flag <= PD_RUN_STOPPED; flag <<= 1) {
    g_autoptr (PdRun) part = pd_run_new (fixture->profile, PD_ENVIRONMENT_PRODUCTION, NULL);

    pd_run_add_flags (part, flag);
    g_assert_true (pd_run_store_save (fixture->dir, part, NULL));
  }
  assert_summary (fixture, whole, PD_VERDICT_FAILED);
  runs = pd_run_store_list (fixture->dir, pd_profile_get_id (fixture->profile), NULL, NULL);
  g_assert_cmpuint (runs->len, ==, 4);
  g_assert_cmpuint (pd_run_get_flags (g_ptr_array_index (runs, 0)), ==, PD_RUN_STOPPED);
  g_assert_cmpuint (pd_run_get_flags (g_ptr_array_index (runs, 2)), ==, PD_RUN_PARTIAL);
}

static PdRun *
judge (Fixture    *fixture,
       const char *value,
       const char *field,
       PdVerdict   verdict)
{
  PdRun                *run = pd_run_new (fixture->profile, PD_ENVIRONMENT_PRODUCTION, NULL);
  g_autoptr (PdFinding) finding = pd_finding_new ("return-url", verdict, "x");
  g_autoptr (PdFinding) steady = pd_finding_new ("clock", PD_VERDICT_PASSED, "x");

  pd_finding_set_value (finding, value);
  pd_finding_set_fields (finding, (const char *const[]) { field, NULL });
  pd_run_begin (run, 2);
  pd_run_add (run, 0, steady);
  pd_run_add (run, 1, finding);
  pd_run_end (run);
  return run;
}

static const struct {
  const char *value;
  const char *field;
  PdVerdict   verdict;
} before = { "https://a.example.jp/", "return-urls", PD_VERDICT_PASSED }, after[] = {
  { "https://a.example.jp/", "return-urls", PD_VERDICT_PASSED },
  { "https://a.example.jp/", "client-id", PD_VERDICT_FAILED },
  { "https://b.example.jp/", "return-urls", PD_VERDICT_FAILED },
  { NULL, "client-id", PD_VERDICT_UNDETERMINED },
  { "https://b.example.jp/", "return-urls", PD_VERDICT_PASSED },
};

/* A finding is the same one by its value, else its field, else for want of another. */
static void
test_compared (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (PdRun) old = judge (fixture, before.value, before.field, before.verdict);

  g_assert_true (pd_profile_set_text (fixture->profile, "client-id", "amzn1.application-oa2-client.0", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (after); i++) {
    g_autoptr (PdRun)           new = judge (fixture, after[i].value, after[i].field, after[i].verdict);
    g_autoptr (PdRunComparison) comparison = pd_run_compare (new, old);
    PdFindingPair              *pair;

    g_assert_true (comparison->settings_known);
    g_assert_cmpuint (comparison->settings->len, ==, 1);
    g_assert_cmpstr (((const PdField *) g_ptr_array_index (comparison->settings, 0))->id, ==, "client-id");
    g_assert_cmpuint (comparison->findings->len, ==, after[i].verdict == PD_VERDICT_PASSED ? 0 : 1);
    if (after[i].verdict == PD_VERDICT_PASSED)
      continue;
    pair = g_ptr_array_index (comparison->findings, 0);
    g_assert_cmpint (pd_finding_get_verdict (pair->before), ==, PD_VERDICT_PASSED);
    g_assert_cmpint (pd_finding_get_verdict (pair->after), ==, after[i].verdict);
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
  g_test_add ("/run-store/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/run-store/pruned", Fixture, NULL, set_up, test_pruned, tear_down);
  g_test_add ("/run-store/partial", Fixture, NULL, set_up, test_partial, tear_down);
  g_test_add ("/run-store/compared", Fixture, NULL, set_up, test_compared, tear_down);
  return g_test_run ();
}
