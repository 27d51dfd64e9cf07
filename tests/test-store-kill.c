/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pd-json.h"
#include "pd-store.h"

#define KILLS 300

static PdStore *
open_store (const char *dir)
{
  PdStore *store = pd_store_new (dir);
  GError *error = NULL;

  pd_store_load (store, &error);
  g_assert_no_error (error);
  return store;
}

/* Returns the id of a fresh shop in a fresh folder. */
static char *
make_shop (char **dir)
{
  g_autoptr (PdStore) store = NULL;
  g_autoptr (PdProfile) profile = pd_profile_new ("Shop");

  *dir = g_dir_make_tmp ("paydesk-kill-XXXXXX", NULL);
  store = open_store (*dir);
  g_assert_true (pd_store_add (store, profile, NULL));
  return g_strdup (pd_profile_get_id (profile));
}

static GPid
start_writer (int        *out,
              const char *dir,
              const char *id,
              const char *verb,
              const char *field,
              const char *a,
              const char *b)
{
  g_autofree char *writer = g_test_build_filename (G_TEST_BUILT, "store-writer", NULL);
  const char *argv[] = { writer, dir, id, verb, field, a, b, NULL };
  GError *error = NULL;
  GPid pid;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD | (out == NULL ? G_SPAWN_STDOUT_TO_DEV_NULL : 0),
                            NULL, NULL, &pid, NULL, out, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

static void
expect_success (GPid pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

/* All that the writer said until its end; the last whole line is the last save that was acknowledged. */
static guint64
read_last_acknowledged (int         out,
                        const char *read_already,
                        guint64     before)
{
  g_autoptr (GString) said = g_string_new (read_already);
  char buffer[4096];
  ssize_t n;
  char *end;

  while ((n = read (out, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    g_string_append_len (said, buffer, n > 0 ? n : 0);
  end = strrchr (said->str, '\n');
  if (end == NULL)
    return before;
  *end = '\0';
  end = strrchr (said->str, '\n');
  return g_ascii_strtoull (end != NULL ? end + 1 : said->str, NULL, 10);
}

static void
test_kill (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *id = make_shop (&dir);
  const char *kills = g_getenv ("PD_KILLS");
  guint n_kills = kills != NULL ? (guint) g_ascii_strtoull (kills, NULL, 10) : KILLS;
  guint64 last = 0, n_acknowledged = 0;

  for (guint i = 0; i < n_kills; i++) {
    g_autofree char *first = g_strdup_printf ("%" G_GUINT64_FORMAT, last + 1);
    g_autoptr (PdStore) store = NULL;
    PdProfile *profile;
    guint64 acknowledged, found;
    int out, status;
    GPid pid;
    char begun[2] = "";

    pid = start_writer (&out, dir, id, "count", "seller-id", first, "18446744073709551614");
    /* Mostly while it writes, now and then while it starts. */
    if (i % 8 != 0)
      g_assert_cmpint (read (out, begun, 1), ==, 1);
    g_usleep ((gulong) g_test_rand_int_range (0, i % 8 != 0 ? 6000 : 20000));
    g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_true (WIFSIGNALED (status));
    acknowledged = read_last_acknowledged (out, begun, last);
    close (out);

    store = open_store (dir);
    g_assert_cmpuint (g_list_model_get_n_items (pd_store_get_set_aside (store)), ==, 0);
    profile = pd_store_find (store, id, NULL);
    g_assert_nonnull (profile);
    found = g_ascii_strtoull (pd_profile_get_text (profile, "seller-id"), NULL, 10);
    /* What was acknowledged is there; one more may be, whose acknowledgement was cut off. */
    g_assert_cmpuint (found, >=, acknowledged);
    g_assert_cmpuint (found, <=, acknowledged + 1);
    n_acknowledged += acknowledged - last;
    last = found;
  }
  g_test_message ("%u kills, %" G_GUINT64_FORMAT " acknowledged saves", n_kills, n_acknowledged);
  g_assert_cmpuint (n_acknowledged, >, n_kills / 2);
}

/* Four processes, a field each, at once. */
static void
test_other_fields (void)
{
  static const char *const fields[] = { "seller-id", "client-id", "store-name", "support-email" };
  g_autofree char *dir = NULL;
  g_autofree char *id = make_shop (&dir);
  g_autoptr (PdStore) store = NULL;
  GPid pids[G_N_ELEMENTS (fields)];

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    pids[i] = start_writer (NULL, dir, id, "count", fields[i], "1", "100");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    expect_success (pids[i]);
  store = open_store (dir);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (pd_profile_get_text (pd_store_find (store, id, NULL), fields[i]), ==, "100");
}

/* Three processes on the same field: whoever comes second is told, and no word is lost. */
static void
test_same_field (void)
{
  static const char *const names[] = { "a", "b", "c" };
  g_autofree char *dir = NULL;
  g_autofree char *id = make_shop (&dir);
  g_autoptr (PdStore) store = NULL;
  GPid pids[G_N_ELEMENTS (names)];
  const char *text;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    pids[i] = start_writer (NULL, dir, id, "append", "store-name", names[i], "40");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    expect_success (pids[i]);
  store = open_store (dir);
  text = pd_profile_get_text (pd_store_find (store, id, NULL), "store-name");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    for (guint j = 0; j < 40; j++) {
      g_autofree char *word = g_strdup_printf ("%s-%u;", names[i], j);

      g_assert_nonnull (strstr (text, word));
    }
  }
}

static gboolean
on_typing (gpointer data)
{
  PdProfile *profile = data;
  guint64 typed = g_ascii_strtoull (pd_profile_get_text (profile, "store-name"), NULL, 10);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, typed + 1);

  pd_profile_set_text (profile, "store-name", text, NULL);
  return G_SOURCE_CONTINUE;
}

static void
on_conflict (PdStore    *store,
             PdProfile  *profile,
             char      **field_ids)
{
  g_assert_not_reached ();
}

static void
on_ended (GPid     pid,
          int      status,
          gpointer data)
{
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  *(gboolean *) data = TRUE;
}

/* The window types while the command line writes: both arrive, on both sides. */
static void
test_window_and_process (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *id = make_shop (&dir);
  g_autoptr (PdStore) window = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  PdProfile *profile = pd_store_find (window, id, NULL);
  gboolean ended = FALSE;
  guint typing;

  pd_store_watch (window);
  pd_store_set_autosave (window, TRUE);
  g_signal_connect (window, "conflict", G_CALLBACK (on_conflict), NULL);
  typing = g_timeout_add (3, on_typing, profile);
  g_child_watch_add (start_writer (NULL, dir, id, "count", "client-id", "1", "300"), on_ended, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (typing);
  while (pd_store_is_dirty (window, profile) || strcmp (pd_profile_get_text (profile, "client-id"), "300") != 0)
    g_main_context_iteration (NULL, TRUE);
  again = open_store (dir);
  g_assert_cmpstr (pd_profile_get_text (pd_store_find (again, id, NULL), "client-id"), ==, "300");
  g_assert_cmpstr (pd_profile_get_text (pd_store_find (again, id, NULL), "store-name"), ==,
                   pd_profile_get_text (profile, "store-name"));
  g_assert_cmpuint (g_ascii_strtoull (pd_profile_get_text (profile, "store-name"), NULL, 10), >, 0);
  pd_store_set_autosave (window, FALSE);
}

static void
test_a_thousand (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *id = make_shop (&dir);
  g_autofree char *path = g_build_filename (dir, "profiles", id, "profile.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (PdStore) store = NULL;
  gint64 before;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 0; i < 999; i++) {
    g_autofree char *other = g_uuid_string_random ();
    g_autofree char *folder = g_build_filename (dir, "profiles", other, NULL);
    g_autofree char *file = g_build_filename (folder, "profile.json", NULL);
    g_autoptr (GString) edited = g_string_new (text);
    FILE *stream;

    g_assert_cmpuint (g_string_replace (edited, id, other, 0), ==, 1);
    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    stream = fopen (file, "w");
    g_assert_cmpuint (fwrite (edited->str, 1, edited->len, stream), ==, edited->len);
    fclose (stream);
  }
  before = g_get_monotonic_time ();
  store = open_store (dir);
  g_test_message ("1000 profiles in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - before) / 1000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/kill", test_kill);
  g_test_add_func ("/store/processes/other-fields", test_other_fields);
  g_test_add_func ("/store/processes/same-field", test_same_field);
  g_test_add_func ("/store/processes/window", test_window_and_process);
  g_test_add_func ("/store/a-thousand", test_a_thousand);
  return g_test_run ();
}
