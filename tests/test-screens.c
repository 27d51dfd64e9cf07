/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "pd-logo-picture-private.h"
#include "pd-logo-view.h"
#include "pd-screen-sheet.h"
#include "pd-screens-view.h"
#include "pd-test-util.h"
#include "window-fixture.h"

/* 31 characters without a space; and one word that is longer than a page of a phone is wide. */
#define LONG_NAME "手づくり灯りと暮らしの道具の専門店ランタン商会オンライン本店"
#define LONG_WORD "LanternLanternLanternLanternLanternLanternLanternLanternLantern"

static int
get_height (PdScreen *screen)
{
  return gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (screen));
}

/* The page as pixels, as many as it is wide and high. */
static cairo_surface_t *
paint (PdScreen *screen)
{
  int width = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (screen));
  int height = get_height (screen);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  gdk_paintable_snapshot (GDK_PAINTABLE (screen), snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  const guchar *row = cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) row)[x] & 0xffffff;
}

/* Whether two pages look the same. */
static gboolean
is_same (PdScreen *a,
         PdScreen *b)
{
  cairo_surface_t *left = paint (a);
  cairo_surface_t *right = paint (b);
  gboolean same = cairo_image_surface_get_height (left) == cairo_image_surface_get_height (right);

  for (int y = 0; y < cairo_image_surface_get_height (left) && same; y++) {
    for (int x = 0; x < cairo_image_surface_get_width (left) && same; x++)
      same = get_pixel (left, x, y) == get_pixel (right, x, y);
  }
  cairo_surface_destroy (left);
  cairo_surface_destroy (right);
  return same;
}

/* Whether anything is drawn in a column of pixels below the bar, where a page has its margin. */
static gboolean
is_empty (cairo_surface_t *surface,
          int              x)
{
  for (int y = 49; y < cairo_image_surface_get_height (surface); y++) {
    if (get_pixel (surface, x, y) != 0xffffff)
      return FALSE;
  }
  return TRUE;
}

/* A name of any length takes the lines that it needs, on every page, and never leaves the page. */
static void
test_long_names (void)
{
  for (guint i = 0; i < PD_N_SCREENS; i++) {
    g_autoptr (PdScreen) screen = pd_screen_new (i, PD_SCREEN_PHONE);
    cairo_surface_t *surface;
    int one, two;

    pd_screen_set_name (screen, "灯");
    one = get_height (screen);
    pd_screen_set_name (screen, LONG_NAME);
    two = get_height (screen);
    g_assert_cmpint (two, >, one);
    pd_screen_set_name (screen, LONG_NAME LONG_NAME LONG_NAME);
    g_assert_cmpint (get_height (screen), >, two);
    pd_screen_set_name (screen, LONG_WORD);
    g_assert_cmpint (get_height (screen), >, one);
    surface = paint (screen);
    g_assert_true (is_empty (surface, 4));
    g_assert_true (is_empty (surface, PD_SCREEN_PHONE - 5));
    cairo_surface_destroy (surface);
  }
}

/* What each page shows of the shop (S089): the confirmation before the upgrade has the link, the sign-in before it has not. */
static void
test_values_are_drawn (void)
{
  static const struct { PdScreenKind kind; gboolean privacy; } rows[] = {
    { PD_SCREEN_SIGN_IN_BEFORE, FALSE },
    { PD_SCREEN_CONFIRM_BEFORE, TRUE },
    { PD_SCREEN_SIGN_IN, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdScreen) plain = pd_screen_new (rows[i].kind, PD_SCREEN_DESKTOP);
    g_autoptr (PdScreen) other = pd_screen_new (rows[i].kind, PD_SCREEN_DESKTOP);
    g_autofree char *text = NULL;

    g_assert_true (is_same (plain, other));
    pd_screen_set_name (other, "Lantern & Co.");
    g_assert_false (is_same (plain, other));
    pd_screen_set_name (plain, "Lantern & Co.");
    g_assert_true (is_same (plain, other));
    pd_screen_set_privacy_url (other, "https://www.example.jp/privacy");
    g_assert_cmpint (is_same (plain, other), ==, !rows[i].privacy);
    text = pd_screen_describe (other);
    g_assert_nonnull (strstr (text, "Lantern & Co."));
    g_assert_cmpint (strstr (text, "privacy") != NULL, ==, rows[i].privacy);
  }
}

/* The logo takes 150 × 50 pixels of the page, whichever scale it was made in. */
static void
test_logo_is_drawn (void)
{
  g_autoptr (PdScreen) screen = pd_screen_new (PD_SCREEN_SIGN_IN, PD_SCREEN_PHONE);
  gsize size = 300 * 100 * 4;
  guchar *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) logo = NULL;
  cairo_surface_t *surface;
  int height = get_height (screen);
  guint n = 0;

  for (gsize i = 0; i < size; i++)
    pixels[i] = i % 4 == 0 || i % 4 == 3 ? 255 : 0;
  bytes = g_bytes_new_take (pixels, size);
  logo = gdk_memory_texture_new (300, 100, GDK_MEMORY_R8G8B8A8, bytes, 1200);
  pd_screen_set_logo (screen, logo);
  g_assert_cmpint (get_height (screen), ==, height + 60);
  surface = paint (screen);
  for (int y = 0; y < get_height (screen); y++) {
    for (int x = 0; x < PD_SCREEN_PHONE; x++)
      n += get_pixel (surface, x, y) == 0xff0000;
  }
  g_assert_cmpuint (n, ==, 150 * 50);
  cairo_surface_destroy (surface);
}

static void
test_kinds (void)
{
  g_assert_true (pd_screen_kind_applies (PD_SCREEN_SIGN_IN_BEFORE, PD_GENERATION_BEFORE_UPGRADE));
  g_assert_true (pd_screen_kind_applies (PD_SCREEN_SIGN_IN, PD_GENERATION_BEFORE_UPGRADE));
  g_assert_false (pd_screen_kind_applies (PD_SCREEN_CONFIRM_BEFORE, PD_GENERATION_AFTER_UPGRADE));
  g_assert_false (pd_screen_kind_applies (PD_SCREEN_SIGN_IN_BEFORE, PD_GENERATION_NEW));
  g_assert_true (pd_screen_kind_applies (PD_SCREEN_SIGN_IN, PD_GENERATION_NEW));
}

static PdScreensView *
find_view (Fixture *fixture)
{
  window_fixture_act (fixture, "seller-central");
  return PD_SCREENS_VIEW (window_fixture_find (GTK_WIDGET (fixture->window), PD_TYPE_SCREENS_VIEW, NULL));
}

static gboolean
has_logo (gpointer data)
{
  g_autofree char *text = pd_screen_describe (data);

  return strstr (text, "With the logo") != NULL;
}

/* What is typed into the fields is on the pages at once; the logo comes through the program that opens pictures. */
static void
test_live (Fixture *fixture)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "small.png", NULL);
  g_autofree char *helper = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "logo", "paydesk-logo", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) content = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autofree char *name = NULL;
  PdScreensView *view = find_view (fixture);
  PdScreen *phone = pd_screens_view_get_screen (view, PD_SCREEN_SIGN_IN, PD_SCREEN_PHONE);
  PdScreen *desktop = pd_screens_view_get_screen (view, PD_SCREEN_SIGN_IN, PD_SCREEN_DESKTOP);
  g_autofree char *text = NULL;

  pd_logo_picture_set_helper (helper, 0);
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_row (fixture, "store-name")), LONG_NAME);
  window_fixture_settle ();
  text = pd_screen_describe (phone);
  g_assert_nonnull (strstr (text, LONG_NAME));
  g_clear_pointer (&text, g_free);
  text = pd_screen_describe (desktop);
  g_assert_nonnull (strstr (text, LONG_NAME));

  name = pd_store_keep_file (window_fixture_get_store (fixture), fixture->profile, "logo", "png", content, NULL);
  g_assert_true (pd_profile_set_text (fixture->profile, "logo", name, NULL));
  pd_test_until (has_logo, phone);
  g_assert_true (has_logo (desktop));
  window_fixture_act (fixture, "undo");
  g_assert_false (has_logo (phone));
  pd_logo_picture_set_helper (NULL, 0);
}

static gboolean
is_written (gpointer path)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  gboolean whole = cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;

  cairo_surface_destroy (surface);
  return whole;
}

/* One PNG, twice as fine as the screen; of a shop before the upgrade three screens, of another one. */
static void
test_export (Fixture *fixture)
{
  static const char *const generations[] = { "new", "before-upgrade" };
  PdScreensView *view = find_view (fixture);
  int heights[2] = { 0, 0 };

  g_assert_true (pd_profile_set_text (fixture->profile, "store-name", "Lantern & Co.", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (generations); i++) {
    g_autofree char *name = g_strdup_printf ("screens-%u.png", i);
    g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    cairo_surface_t *surface;

    g_assert_true (pd_profile_set_text (fixture->profile, "generation", generations[i], NULL));
    window_fixture_settle ();
    pd_screens_view_export (view, file);
    pd_test_until (is_written, path);
    surface = cairo_image_surface_create_from_png (path);
    g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
    g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 2 * (720 + 360 + 3 * 32));
    heights[i] = cairo_image_surface_get_height (surface);
    cairo_surface_destroy (surface);
  }
  g_assert_cmpint (heights[1], >, 2 * heights[0]);
}

/* Where the file cannot be written, that is said. */
static void
test_export_fails (Fixture *fixture)
{
  PdScreensView *view = find_view (fixture);
  g_autofree char *path = g_build_filename (fixture->dir, "nowhere", "screens.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  pd_screens_view_export (view, file);
  for (guint i = 0; i < 400 && !window_fixture_is_shown (fixture, "“screens.png” was not written"); i++) {
    g_usleep (10000);
    window_fixture_settle ();
  }
  g_assert_true (window_fixture_is_shown (fixture, "“screens.png” was not written"));
}

int
main (int    argc,
      char **argv)
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screens/kinds", test_kinds);
  g_test_add_func ("/screens/long-names", test_long_names);
  g_test_add_func ("/screens/values-are-drawn", test_values_are_drawn);
  g_test_add_func ("/screens/logo-is-drawn", test_logo_is_drawn);
  g_test_add_data_func ("/screens/live", test_live, window_fixture_run);
  g_test_add_data_func ("/screens/export", test_export, window_fixture_run);
  g_test_add_data_func ("/screens/export-fails", test_export_fails, window_fixture_run);
  return g_test_run ();
}
