/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>

#include "pd-logo-view.h"
#include "pd-screen-picture.h"
#include "pd-test-util.h"
#include "window-fixture.h"

/* Every view, for the kinds of shop that differ most, as it is drawn: nothing is cut, and all of it can be read. The
 * language is that of the environment; so is high contrast. A new view is walked by itself. */

typedef struct {
  const char *mode;
  const char *generation;
} Kind;

static const Kind kinds[] = { { "enabled", "new" }, { "operating", "after-upgrade" }, { "disabled", "before-upgrade" } };

/* WCAG 2.1, 1.4.3: 4.5 to 1, and 3 to 1 for large text, from 24 pixels on or 18.7 where it is bold. */
#define MIN_CONTRAST 4.5
#define MIN_CONTRAST_LARGE 3.0

typedef struct {
  Fixture    *fixture;
  GtkWidget  *window;
  const char *where;
  cairo_surface_t *surface; /* NULL where no pixels are looked at */
  guint       n_labels;
  guint       n_wrong;
} Walk;

static void
complain (Walk       *walk,
          GtkWidget  *widget,
          const char *what)
{
  walk->n_wrong++;
  g_test_message ("%s: %s: “%s”", walk->where, what, GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : G_OBJECT_TYPE_NAME (widget));
}

static void
complain_at (Walk                  *walk,
             GtkWidget             *widget,
             const char            *what,
             const graphene_rect_t *box)
{
  g_autofree char *text = g_strdup_printf ("%s, from %.0f to %.0f", what, box->origin.x, box->origin.x + box->size.width);

  complain (walk, widget, text);
}

static gboolean
has_tooltip (GtkWidget *widget)
{
  /* A combo row shows twenty characters of what its list has in full. */
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW) != NULL)
    return TRUE;
  for (guint i = 0; i < 6 && widget != NULL; i++, widget = gtk_widget_get_parent (widget)) {
    if (gtk_widget_get_tooltip_text (widget) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* A text that is cut can be read elsewhere: on a tooltip; the shop’s name is on several. */
static void
check_cut (Walk     *walk,
           GtkLabel *label)
{
  graphene_rect_t box;

  if (gtk_widget_compute_bounds (GTK_WIDGET (label), walk->window, &box) &&
      (box.origin.x < 0 || box.origin.x + box.size.width > (float) gtk_widget_get_width (walk->window)))
    complain_at (walk, GTK_WIDGET (label), "outside", &box);
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)) && !has_tooltip (GTK_WIDGET (label)) &&
      !g_str_equal (gtk_label_get_text (label), pd_profile_get_name (walk->fixture->profile)))
    complain (walk, GTK_WIDGET (label), "cut");
}

static double
get_luminance (guint32 pixel)
{
  double channels[] = { pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff };

  for (guint i = 0; i < 3; i++) {
    channels[i] /= 255;
    channels[i] = channels[i] <= 0.03928 ? channels[i] / 12.92 : pow ((channels[i] + 0.055) / 1.055, 2.4);
  }
  return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
}

static double
get_contrast (guint32 a,
              guint32 b)
{
  double first = get_luminance (a), second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

/* Between the colour that most pixels have and the one that stands out most: the middle of a stroke. */
static double
measure_contrast (cairo_surface_t       *surface,
                  const graphene_rect_t *box)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer pixel, count;
  guint32 background = 0;
  guint most = 0;
  double contrast = 1;
  int stride = cairo_image_surface_get_stride (surface);
  int right = MIN ((int) ceilf (box->origin.x + box->size.width), cairo_image_surface_get_width (surface));
  int bottom = MIN ((int) ceilf (box->origin.y + box->size.height), cairo_image_surface_get_height (surface));

  for (int y = MAX ((int) box->origin.y, 0); y < bottom; y++) {
    const guint32 *row = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (surface) + (gsize) y * stride);

    for (int x = MAX ((int) box->origin.x, 0); x < right; x++) {
      gpointer key = GUINT_TO_POINTER (row[x] & 0xffffff);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (n));
      if (n > most) {
        most = n;
        background = row[x] & 0xffffff;
      }
    }
  }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pixel, &count))
    contrast = MAX (contrast, get_contrast (GPOINTER_TO_UINT (pixel), background));
  return contrast;
}

static double
get_least (GtkLabel *label)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (label));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  return size >= 24 || (size >= 18.66 && pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD) ? MIN_CONTRAST_LARGE : MIN_CONTRAST;
}

/* Whether all of it is in the part of a scrolled window that is on show. */
static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t box;

  return scroller == NULL || (gtk_widget_compute_bounds (widget, scroller, &box) && box.origin.y >= 0 &&
                              box.origin.y + box.size.height <= (float) gtk_widget_get_height (scroller));
}

/* What cannot be used now is exempt. */
static void
check_contrast (Walk     *walk,
                GtkLabel *label)
{
  graphene_rect_t box;
  g_autofree char *what = NULL;
  double contrast;

  if (walk->surface == NULL || !gtk_widget_is_sensitive (GTK_WIDGET (label)) || !is_in_sight (GTK_WIDGET (label)) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (label), walk->window, &box))
    return;
  if (box.origin.y < 0 || box.origin.y + box.size.height > (float) cairo_image_surface_get_height (walk->surface))
    return;
  contrast = measure_contrast (walk->surface, &box);
  if (contrast >= get_least (label) - 0.05)
    return;
  what = g_strdup_printf ("contrast %.2f", contrast);
  complain (walk, GTK_WIDGET (label), what);
}

static void
walk_labels (Walk      *walk,
             GtkWidget *widget)
{
  /* A popover may be larger than its window; what is left open is not what is looked at. */
  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) == 0 || GTK_IS_POPOVER (widget))
    return;
  /* A heading that a list has not laid out is not seen, either. */
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0' && gtk_widget_get_width (widget) > 0) {
    walk->n_labels++;
    check_cut (walk, GTK_LABEL (widget));
    check_contrast (walk, GTK_LABEL (widget));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    walk_labels (walk, child);
}

static cairo_surface_t *
draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  GskRenderNode *node;
  cairo_t *cr;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  cr = cairo_create (surface);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
is_past (gpointer data)
{
  return g_get_monotonic_time () > *(gint64 *) data;
}

static gboolean
go_on (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Long enough for a frame, for what slides in, and for what is refreshed when idle. */
static void
rest (void)
{
  gint64 until = g_get_monotonic_time () + 400 * 1000;
  guint source = g_timeout_add (20, go_on, NULL);

  pd_test_until (is_past, &until);
  g_source_remove (source);
}

static void
set_kind (Fixture    *fixture,
          const Kind *kind)
{
  pd_profile_set_text (fixture->profile, "mode", kind->mode, NULL);
  pd_profile_set_text (fixture->profile, "generation", kind->generation, NULL);
}

/* Something to mend, something fine, something entered over there. */
static void
fill (Fixture *fixture)
{
  pd_profile_set_text (fixture->profile, "seller-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", NULL);
  pd_profile_set_text (fixture->profile, "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", NULL);
  pd_profile_set_text (fixture->profile, "legacy-site-url", "http://shop.example.jp/", NULL);
  pd_profile_set_text (fixture->profile, "logo", "logo.png", NULL);
  pd_profile_set_text (fixture->profile, "javascript-origins", "http://shop.example.jp", NULL);
  pd_profile_set_text (fixture->profile, "return-urls", "https://shop.example.jp/a\nhttps://shop.example.jp/return/with/a/long/way/to/its/end", NULL);
  pd_profile_set_text (fixture->profile, "return-urls.seen", "https://shop.example.jp/a/", NULL);
  window_fixture_settle ();
}

/* The texts that are in it: what a finding is known by. */
static void
tell (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    g_test_message ("  with “%s”", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    tell (child);
}

static void
judge (guint n_wrong)
{
  if (n_wrong > 0)
    g_test_fail_printf ("%u findings", n_wrong);
}

/* Which widget it is that does not fit: nine tenths, for what is beside it. */
static GtkWidget *
find_wide (GtkWidget *widget,
           int        width)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int minimum;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    if (minimum > width * 9 / 10 && gtk_widget_get_mapped (child))
      return find_wide (child, width);
  }
  return widget;
}

/* One window as it is now; the number of findings. */
static guint
walk_window (Fixture    *fixture,
             GtkWidget  *window,
             const char *where,
             int         width,
             gboolean    look,
             guint      *n_labels)
{
  Walk walk = { .fixture = fixture, .window = window, .where = where };
  int minimum;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  /* The library’s own are as wide as they are. */
  if (!ADW_IS_PREFERENCES_WINDOW (window) && !ADW_IS_ABOUT_WINDOW (window) && (minimum > width || (window == GTK_WIDGET (fixture->window) && minimum > gtk_widget_get_width (window)))) {
    g_autofree char *what = g_strdup_printf ("%d pixels wide at least", minimum);

    complain (&walk, find_wide (window, width), what);
    tell (find_wide (window, width));
  }
  if (look)
    walk.surface = draw (window);
  walk_labels (&walk, window);
  g_clear_pointer (&walk.surface, cairo_surface_destroy);
  *n_labels += walk.n_labels;
  return walk.n_wrong;
}

static guint
walk_views (Fixture    *fixture,
            const char *circumstances,
            int         width,
            gboolean    look)
{
  guint n_labels = 0, n_wrong = 0;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    set_kind (fixture, &kinds[k]);
    for (guint i = 0; i < PD_N_VIEWS; i++) {
      g_autofree char *where = g_strdup_printf ("%s, %s, %s", circumstances, kinds[k].generation, pd_view_to_id (i));

      window_fixture_act (fixture, pd_view_to_id (i));
      rest ();
      n_wrong += walk_window (fixture, GTK_WIDGET (fixture->window), where, width, look, &n_labels);
    }
  }
  g_assert_cmpuint (n_labels, >, 50);
  return n_wrong;
}

/* What is no place to look at, ends the walk, or asks for a file: that window is the desktop’s. */
static const char *const left_out[] = { "close", "quit", "delete", "export", "import", "open", "save", "undo", "redo", "back", "retry",
                                        "cancel", "new-", "duplicate", "print", "paste", "run-checks", "show-help-overlay", "show-damaged", "show-conflict" };

static gboolean
is_left_out (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++) {
    if (strstr (action, left_out[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* The windows that have come besides the application’s own, as narrow as a phone shows them. */
static guint
walk_dialogs (Fixture    *fixture,
              const char *where,
              int         width,
              guint      *n_labels)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  guint n_wrong = 0;

  for (GList *each = windows; each != NULL; each = each->next) {
    GtkWidget *window = each->data;

    if (window == GTK_WIDGET (fixture->window) || !gtk_widget_get_mapped (window))
      continue;
    if (gtk_widget_get_width (window) > width) {
      gtk_window_set_default_size (GTK_WINDOW (window), width, -1);
      rest ();
    }
    n_wrong += walk_window (fixture, window, where, width, FALSE, n_labels);
    gtk_window_destroy (GTK_WINDOW (window));
    rest ();
  }
  return n_wrong;
}

/* Each verb of @group, in a shop that is open: the tools, and the dialogs. */
static guint
walk_verbs (Fixture      *fixture,
            GActionGroup *group,
            int           width)
{
  g_auto (GStrv) actions = g_action_group_list_actions (group);
  guint n_wrong = 0, n_labels = 0;

  for (char **action = actions; *action != NULL; action++) {
    g_autofree char *where = g_strdup_printf ("%d pixels, %s", width, *action);

    if (is_left_out (*action) || g_action_group_get_action_parameter_type (group, *action) != NULL ||
        !g_action_group_get_action_enabled (group, *action))
      continue;
    g_action_group_activate_action (group, *action, NULL);
    rest ();
    n_wrong += walk_dialogs (fixture, where, width, &n_labels);
    n_wrong += walk_window (fixture, GTK_WIDGET (fixture->window), where, width, FALSE, &n_labels);
  }
  g_assert_cmpuint (n_labels, >, 20);
  return n_wrong;
}

/* Without the border that a window has where nothing composes shadows. A slow machine takes more than one rest for it. */
static void
resize (Fixture *fixture,
        int      width)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 720);
  rest ();
  for (guint i = 0; i < 20 && gtk_widget_get_width (window) != width; i++) {
    gtk_window_set_default_size (GTK_WINDOW (window), MAX (2 * width - gtk_widget_get_width (window), 1), 720);
    rest ();
  }
  g_assert_cmpint (gtk_widget_get_width (window), ==, width);
}

static void
test_narrow (Fixture *fixture)
{
  fill (fixture);
  resize (fixture, 360);
  judge (walk_views (fixture, "360 pixels", 360, FALSE));
}

static void
test_places (Fixture *fixture,
             int      width)
{
  GtkSettings *settings = gtk_settings_get_default ();
  guint n_wrong;

  fill (fixture);
  resize (fixture, width);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  n_wrong = walk_verbs (fixture, G_ACTION_GROUP (fixture->window), width);
  n_wrong += walk_verbs (fixture, G_ACTION_GROUP (fixture->application), width);
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  judge (n_wrong);
}

static void
test_narrow_places (Fixture *fixture)
{
  test_places (fixture, 360);
}

static void
test_medium_places (Fixture *fixture)
{
  test_places (fixture, 720);
}

static void
test_medium (Fixture *fixture)
{
  fill (fixture);
  resize (fixture, 720);
  judge (walk_views (fixture, "720 pixels", 720, FALSE));
}

static void
walk_large_text (Fixture    *fixture,
                 const char *circumstances,
                 int         width)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int resolution;
  guint n_wrong;

  g_object_get (settings, "gtk-xft-dpi", &resolution, NULL);
  fill (fixture);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  resize (fixture, width);
  n_wrong = walk_views (fixture, circumstances, width, FALSE);
  g_object_set (settings, "gtk-xft-dpi", resolution, NULL);
  judge (n_wrong);
}

static void
test_large_text (Fixture *fixture)
{
  walk_large_text (fixture, "200 % text, 720 pixels", 720);
}

static void
test_large_text_narrow (Fixture *fixture)
{
  walk_large_text (fixture, "200 % text, 360 pixels", 360);
}

static void
test_contrast (Fixture *fixture)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  guint n_wrong;

  fill (fixture);
  resize (fixture, 1000);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  n_wrong = walk_views (fixture, "light", 1000, TRUE);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  n_wrong += walk_views (fixture, "dark", 1000, TRUE);
  judge (n_wrong);
}

/* Without animations every state is reached at once. */
static void
test_reduced_motion (Fixture *fixture)
{
  static const int widths[] = { 720, 1200, 360, 1200, 360 };
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  fill (fixture);
  for (guint i = 0; i < PD_N_VIEWS; i++) {
    window_fixture_act (fixture, pd_view_to_id (i));
    g_assert_cmpuint (pd_shop_page_get_view (pd_window_get_page (fixture->window)), ==, i);
    g_assert_true (gtk_widget_get_mapped (pd_shop_page_get_content (pd_window_get_page (fixture->window), i)));
  }
  /* What is revealed at once has its room: the library warns of what has less than none. */
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    resize (fixture, widths[i]);
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

static guint
count_unreached (GtkWidget  *widget,
                 GHashTable *reached)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return 0;
  if ((((GTK_IS_TEXT (widget) || GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget)) && gtk_widget_get_focusable (widget)) ||
       PD_IS_SCREEN_PICTURE (widget)) && !g_hash_table_contains (reached, widget)) {
    g_test_message ("not reached by Tab: %s “%s”", G_OBJECT_TYPE_NAME (widget),
                    GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL ? gtk_button_get_label (GTK_BUTTON (widget)) : "");
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_unreached (child, reached);
  return n;
}

static gboolean
is_logo_shown (gpointer view)
{
  return pd_logo_view_get_logo (view) != NULL;
}

/* Each control of each view has its turn, from the top to the bottom. */
static void
test_keyboard (Fixture *fixture)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "small.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autofree char *name = pd_store_keep_file (window_fixture_get_store (fixture), fixture->profile, "logo", "png", bytes, NULL);

  /* Its pictures stand between the controls. */
  window_fixture_use_built_helper ();
  fill (fixture);
  for (guint i = 0; i < PD_N_VIEWS; i++) {
    g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
    GtkWidget *content;

    window_fixture_act (fixture, pd_view_to_id (i));
    rest ();
    content = pd_shop_page_get_content (pd_window_get_page (fixture->window), i);
    if (i == PD_VIEW_SELLER_CENTRAL)
      pd_test_until (is_logo_shown, window_fixture_find (content, PD_TYPE_LOGO_VIEW, NULL));
    window_fixture_settle ();
    gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
    while (gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD) &&
           g_hash_table_add (reached, gtk_window_get_focus (GTK_WINDOW (fixture->window))))
      window_fixture_settle ();
    g_test_message ("%s: %u", pd_view_to_id (i), g_hash_table_size (reached));
    judge (count_unreached (content, reached));
  }
}

#define ADD(path, func) g_test_add_data_func ("/readable/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  if (g_getenv ("PD_LOCALEDIR") != NULL)
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PD_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("narrow", test_narrow);
  ADD ("medium", test_medium);
  ADD ("places/narrow", test_narrow_places);
  ADD ("places/medium", test_medium_places);
  ADD ("large-text/medium", test_large_text);
  ADD ("large-text/narrow", test_large_text_narrow);
  ADD ("contrast", test_contrast);
  ADD ("reduced-motion", test_reduced_motion);
  ADD ("keyboard", test_keyboard);
  return g_test_run ();
}
