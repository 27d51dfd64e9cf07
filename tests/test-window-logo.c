/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pd-catalogue.h"
#include "pd-field-widget.h"
#include "pd-logo-picture-private.h"
#include "pd-logo-taker.h"
#include "pd-logo-view.h"
#include "pd-note-row.h"
#include "pd-test-util.h"
#include "window-fixture.h"

/* The logo in the view Seller Central: taken, made to fit, refused. */

static GtkWidget *
open_row (Fixture *fixture)
{
  window_fixture_act (fixture, "seller-central");
  return window_fixture_row (fixture, "logo");
}

static GBytes *
load_sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_load_bytes (file, NULL, NULL, NULL);
}

static gboolean
has_logo (gpointer data)
{
  return *pd_profile_get_text (((Fixture *) data)->profile, "logo") != '\0';
}

static gboolean
is_fitted (gpointer data)
{
  return strstr (pd_profile_get_text (((Fixture *) data)->profile, "logo"), "-fitted") != NULL;
}

static gboolean
is_judged (gpointer data)
{
  PdLogo *logo = pd_logo_view_get_logo (data);

  return logo != NULL && logo->picture != NULL;
}

/* The command line writes the very picture that the view shows. */
static void
check_preview (Fixture    *fixture,
               PdLogoView *view,
               const char *name)
{
  g_autofree char *ctl = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "ctl", "paydeskctl", NULL);
  g_autofree char *path = pd_store_get_file (window_fixture_get_store (fixture), fixture->profile, name);
  g_autofree char *out = g_build_filename (fixture->dir, "preview.png", NULL);
  g_autofree char *png = NULL;
  gsize length;
  PdLogoPicture *picture = pd_logo_view_get_logo (view)->picture;

  g_assert_true (g_spawn_sync (NULL, (char *[]) { ctl, (char *) "logo", path, (char *) "--preview", out, NULL }, NULL,
                               G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_get_contents (out, &png, &length, NULL));
  g_assert_cmpmem (png, length, g_bytes_get_data (picture->png, NULL), g_bytes_get_size (picture->png));
  g_assert_true (g_bytes_equal (pd_logo_view_get_pixels (view), picture->pixels));
}

/* Pasted as it is on the clipboard; made to fit by a button; the original is kept and comes back, by undo too. */
static void
test_logo (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture);
  GtkWidget *view = window_fixture_find (row, PD_TYPE_LOGO_VIEW, NULL);
  PdNoteRow *note = PD_NOTE_ROW (pd_field_widget_get_note (PD_FIELD_WIDGET (row)));
  g_autoptr (GBytes) content = load_sample ("small.png");
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes ("image/png", content);
  g_autofree char *original = NULL;

  window_fixture_use_built_helper ();
  g_assert_true (gdk_clipboard_set_content (gtk_widget_get_clipboard (row), provider));
  gtk_widget_activate_action (row, "image.paste", NULL);
  pd_test_until (has_logo, fixture);
  original = g_strdup (pd_profile_get_text (fixture->profile, "logo"));
  g_assert_cmpstr (original, ==, "logo.png");
  pd_test_until (is_judged, view);
  check_preview (fixture, PD_LOGO_VIEW (view), original);
  window_fixture_press (GTK_WIDGET (note), "Make It Fit");
  pd_test_until (is_fitted, fixture);
  pd_test_until (is_judged, view);
  g_assert_cmpuint (pd_logo_view_get_logo (PD_LOGO_VIEW (view))->facts.width, ==, 300);
  g_assert_cmpuint (pd_logo_view_get_logo (PD_LOGO_VIEW (view))->facts.height, ==, 100);
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, original);
  window_fixture_act (fixture, "redo");
  window_fixture_press (GTK_WIDGET (note), "Use the Original");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, original);
  gtk_widget_activate_action (row, "image.remove", NULL);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "");
  g_assert_false (gtk_widget_get_visible (view));
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, original);
  pd_test_until (is_judged, view);
  pd_logo_picture_set_helper (NULL, 0);
}

static const char *awaited_words;

static gboolean
is_said (gpointer data)
{
  return window_fixture_is_shown (data, awaited_words);
}

static void
take (Fixture    *fixture,
      GtkWidget  *row,
      const char *path,
      const char *answer)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  pd_logo_taker_take_file (row, pd_shop_page_get_shop (pd_window_get_page (fixture->window)), pd_catalogue_lookup ("logo"), file);
  awaited_words = answer;
  pd_test_until (is_said, fixture);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "");
}

#define REFUSED "The disk does not take a file of this size. Nothing was saved."

static gboolean
is_not_said (gpointer data)
{
  return !is_said (data);
}

/* Each write into a file then fails as on a disk that is full. */
static void
limit_files (gboolean is_limited)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = is_limited ? 0 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
list_files (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "profiles", pd_profile_get_id (fixture->profile), NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  g_ptr_array_set_free_func (names, g_free);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
assert_kept (Fixture    *fixture,
             const char *files,
             const char *profile)
{
  g_autofree char *now = window_fixture_read (fixture), *there = list_files (fixture);
  g_autofree char *path = pd_store_get_file (window_fixture_get_store (fixture), fixture->profile, "logo.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) kept = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autoptr (GBytes) logo = load_sample ("small.png");

  g_assert_cmpstr (now, ==, profile);
  g_assert_cmpstr (there, ==, files);
  g_assert_nonnull (kept);
  g_assert_true (g_bytes_equal (kept, logo));
}

/* A disk that takes nothing: a logo is neither added, replaced nor removed there, it is said, and what there was stays. */
static void
test_logo_unwritable (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture);
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));
  g_autofree char *small = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "small.png", NULL);
  g_autofree char *other = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "cmyk.jpg", NULL);
  g_autoptr (GFile) first = g_file_new_for_path (small);
  g_autoptr (GFile) second = g_file_new_for_path (other);
  g_autofree char *without = NULL, *profile = NULL, *files = NULL;

  window_fixture_save (fixture);
  without = list_files (fixture);
  limit_files (TRUE);
  take (fixture, row, small, REFUSED);
  limit_files (FALSE);
  files = list_files (fixture);
  g_assert_cmpstr (files, ==, without);
  pd_test_until (is_not_said, fixture);

  pd_logo_taker_take_file (row, shop, pd_catalogue_lookup ("logo"), first);
  pd_test_until (has_logo, fixture);
  window_fixture_save (fixture);
  profile = window_fixture_read (fixture);
  g_free (files);
  files = list_files (fixture);
  limit_files (TRUE);
  pd_logo_taker_take_file (row, shop, pd_catalogue_lookup ("logo"), second);
  pd_test_until (is_said, fixture);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "logo.png");
  assert_kept (fixture, files, profile);
  pd_test_until (is_not_said, fixture);

  gtk_widget_activate_action (row, "image.remove", NULL);
  pd_test_until (is_said, fixture);
  assert_kept (fixture, files, profile);
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "logo.png");
  limit_files (FALSE);
  window_fixture_act (fixture, "save");
  window_fixture_save (fixture);
  assert_kept (fixture, files, profile);
}

/* What is no picture, is not there, never ends or is too much changes nothing, and it is said why. */
static void
test_bad_files (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture);
  g_autofree char *pipe = g_build_filename (fixture->dir, "pipe.png", NULL);
  g_autofree char *large = g_build_filename (fixture->dir, "large.png", NULL);
  g_autofree char *text = g_build_filename (fixture->dir, "text.png", NULL);
  g_autofree char *gone = g_build_filename (fixture->dir, "gone.png", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (large, "", 0, NULL));
  g_assert_cmpint (truncate (large, 30 * 1000 * 1000), ==, 0);
  g_assert_true (g_file_set_contents (text, "<svg xmlns='http://www.w3.org/2000/svg'/>", -1, NULL));
  take (fixture, row, gone, "gone.png");
  take (fixture, row, pipe, "not a PNG, JPEG or GIF");
  take (fixture, row, large, "up to 10 MB");
  take (fixture, row, text, "not a PNG, JPEG or GIF");
  take (fixture, row, "/dev/zero", "not a PNG, JPEG or GIF");
  take (fixture, row, fixture->dir, "not a PNG, JPEG or GIF");
}

static gboolean
is_first_logo_kept (gpointer data)
{
  return g_str_equal (pd_profile_get_text (data, "logo"), "logo.png");
}

/* Whoever goes on to another shop meanwhile finds the logo in the first one; one that is chosen while another is made to fit stays. */
static void
test_meanwhile (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture);
  g_autoptr (PdProfile) first = g_object_ref (fixture->profile);
  g_autoptr (PdProfile) other = pd_profile_new ("Other");
  g_autoptr (GBytes) content = load_sample ("small.png");
  g_autoptr (GBytes) gif = load_sample ("animated.gif");
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));
  const PdField *field = pd_catalogue_lookup ("logo");

  window_fixture_use_built_helper ();
  g_assert_true (pd_store_add (window_fixture_get_store (fixture), other, NULL));
  pd_logo_taker_take_bytes (row, shop, field, content);
  pd_window_open_shop (fixture->window, other);
  pd_test_until (is_first_logo_kept, first);
  g_assert_cmpstr (pd_profile_get_text (other, "logo"), ==, "");

  pd_window_open_shop (fixture->window, first);
  row = open_row (fixture);
  shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));
  pd_test_until (is_judged, window_fixture_find (row, PD_TYPE_LOGO_VIEW, NULL));
  pd_logo_taker_fit (row, shop, field);
  g_assert_true (pd_profile_set_text (first, "logo", "another.png", NULL));
  pd_logo_taker_take_bytes (row, shop, field, gif);
  while (!g_str_has_suffix (pd_profile_get_text (first, "logo"), ".gif"))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 50; i++) {
    g_usleep (10000);
    window_fixture_settle ();
  }
  g_assert_true (g_str_has_suffix (pd_profile_get_text (first, "logo"), ".gif"));
  pd_logo_picture_set_helper (NULL, 0);
}

/* The program that opens pictures is missing, crashes or hangs: the view says so, and the rest of it goes on. */
static void
test_helper_astray (Fixture *fixture)
{
  static const struct {
    const char *script;
    const char *words;
  } cases[] = {
    { NULL, "cannot be started" },
    { "kill -SEGV $$", "was stopped" },
    { "exec sleep 1000", "took too long" },
  };
  GtkWidget *row = open_row (fixture);
  PdLogoView *view = PD_LOGO_VIEW (window_fixture_find (row, PD_TYPE_LOGO_VIEW, NULL));
  g_autoptr (GBytes) content = load_sample ("small.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_build_filename (fixture->dir, "helper", NULL);
    g_autofree char *text = cases[i].script != NULL ? g_strdup_printf ("#!/bin/sh\n%s\n", cases[i].script) : NULL;
    PdLogo *logo;

    if (text != NULL) {
      g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
    }
    pd_logo_picture_set_helper (path, 300);
    g_assert_true (pd_profile_set_text (fixture->profile, "logo", "", NULL));
    window_fixture_settle ();
    pd_logo_taker_take_bytes (row, pd_shop_page_get_shop (pd_window_get_page (fixture->window)), pd_catalogue_lookup ("logo"), content);
    while ((logo = pd_logo_view_get_logo (view)) == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_assert_null (logo->picture);
    g_assert_nonnull (strstr (pd_logo_view_get_text (view), cases[i].words));
    g_assert_true (gtk_widget_get_visible (GTK_WIDGET (view)));
    g_assert_true (pd_profile_set_text (fixture->profile, "store-name", cases[i].words, NULL));
    window_fixture_settle ();
  }
  pd_logo_picture_set_helper (NULL, 0);
}

#define ADD(path, body) g_test_add_data_func ("/window-logo/" path, (gconstpointer) (body), window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("taken", test_logo);
  ADD ("unwritable", test_logo_unwritable);
  ADD ("bad-files", test_bad_files);
  ADD ("meanwhile", test_meanwhile);
  ADD ("helper-astray", test_helper_astray);
  return g_test_run ();
}
