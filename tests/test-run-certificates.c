/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "pd-run-certificates.h"
#include "pd-test-util.h"

#define ID "4e1f0f0e-6f0c-4c57-9a5a-7d8c2f9b1a10"

typedef struct {
  char *dir;
  char *runs;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("certificates.XXXXXX", NULL);
  fixture->runs = g_build_filename (fixture->dir, "profiles", ID, "runs", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const argv[] = { "rm", "-rf", "--one-file-system", fixture->dir, NULL };

  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
  g_free (fixture->runs);
  g_free (fixture->dir);
}

static void
write_run (Fixture    *fixture,
           const char *name,
           const char *text)
{
  g_autofree char *path = g_build_filename (fixture->runs, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (fixture->runs, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static GPtrArray *
load (Fixture    *fixture,
      const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  GPtrArray               *seen;

  pd_run_certificates_load_async (fixture->dir, id, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  seen = pd_run_certificates_load_finish (result, &error);
  g_assert_no_error (error);
  return seen;
}

/* The newest run that tried a host speaks for it; those that saw no certificate do not. */
static void
test_newest (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray)    seen = NULL;
  const PdSeenCertificate *certificate;
  g_autofree char         *day = NULL;

  write_run (fixture, "20260101T000000Z-01.json",
             "{\"findings\":[{\"check\":\"page-reach\",\"evidence\":{\"url\":\"https://www.example.jp/a\","
             "\"certificate_not_after\":\"2026-02-01T00:00:00Z\"}},"
             "{\"check\":\"page-reach\",\"evidence\":{\"url\":\"https://old.example.jp/\",\"certificate_not_after\":\"2026-03-01T00:00:00Z\"}}]}");
  write_run (fixture, "20260601T000000Z-01.json",
             "{\"findings\":[{\"check\":\"shape\",\"evidence\":null},"
             "{\"check\":\"page-reach\",\"evidence\":{\"url\":\"https://www.example.jp/b\",\"certificate_not_after\":\"2026-09-01T00:00:00Z\"}},"
             "{\"check\":\"page-reach\",\"evidence\":{\"url\":\"https://new.example.jp/\"}}]}");
  seen = load (fixture, ID);
  g_assert_cmpuint (seen->len, ==, 2);
  certificate = g_ptr_array_index (seen, 0);
  g_assert_cmpstr (certificate->host, ==, "www.example.jp");
  day = g_date_time_format (certificate->not_after, "%F");
  g_assert_cmpstr (day, ==, "2026-09-01");
  g_assert_cmpstr (((const PdSeenCertificate *) g_ptr_array_index (seen, 1))->host, ==, "old.example.jp");
}

/* Whatever lies there, nothing is made of it that it does not say. */
static void
test_odd_files (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const texts[] = {
    "", "[]", "{", "{\"findings\":7}", "{\"findings\":[7,[],null,\"x\"]}", "{\"findings\":[{\"evidence\":[]}]}",
    "{\"findings\":[{\"evidence\":{\"url\":\"https://www.example.jp/\",\"certificate_not_after\":\"soon\"}}]}",
    "{\"findings\":[{\"evidence\":{\"url\":7,\"certificate_not_after\":\"2026-09-01T00:00:00Z\"}}]}",
    "{\"findings\":[{\"evidence\":{\"url\":\"no url\",\"certificate_not_after\":\"2026-09-01T00:00:00Z\"}}]}",
    "{\"findings\":[{\"evidence\":{\"certificate_not_after\":\"2026-09-01T00:00:00Z\"}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GPtrArray) seen = NULL;

    g_test_message ("%s", texts[i]);
    write_run (fixture, "20260101T000000Z-01.json", texts[i]);
    seen = load (fixture, ID);
    g_assert_cmpuint (seen->len, ==, 0);
  }
}

static void
test_nothing_there (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char *const ids[] = { ID, "../" ID, "", "nobody" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GPtrArray) seen = load (fixture, ids[i]);

    g_assert_cmpuint (seen->len, ==, 0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/run-certificates/newest", Fixture, NULL, set_up, test_newest, tear_down);
  g_test_add ("/run-certificates/odd-files", Fixture, NULL, set_up, test_odd_files, tear_down);
  g_test_add ("/run-certificates/nothing-there", Fixture, NULL, set_up, test_nothing_there, tear_down);
  return g_test_run ();
}
