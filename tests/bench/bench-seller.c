/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-window.h"

/* How long the main loop is held by its own work while a shop with two hundred addresses, as many seen in Seller Central, and a
 * logo of ten megabytes is opened and edited. Says so; no test asserts a time. */

#define N_URLS 200
#define LOGO_BYTES (10 * 1000 * 1000)
#define TICK_MS 2
#define LOOK_MS 250 /* a step is over when the main loop has done next to nothing so long, twice */
#define QUIET_US 8000

typedef struct
{
  PdWindow  *window;
  PdProfile *profile;
  gint64     last_work;
  gint64     longest;
  gint64     begun;
  gint64     looked;
  guint      n_quiet;
  guint      step;
} Bench;

static gint64
get_work (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static gboolean
on_tick (gpointer data)
{
  Bench *bench = data;
  gint64 work = get_work ();

  bench->longest = MAX (bench->longest, work - bench->last_work);
  bench->last_work = work;
  return G_SOURCE_CONTINUE;
}

static GStrv
make_urls (const char *host)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < N_URLS; i++) {
    g_autofree char *url = g_strdup_printf ("https://%s/shop/%u/amazon/return.html?site=%u", host, i, i * 7);

    g_strv_builder_add (builder, url);
  }
  return g_strv_builder_end (builder);
}

static void
set_urls (Bench      *bench,
          const char *field_id,
          const char *host)
{
  g_auto (GStrv) urls = make_urls (host);

  pd_profile_set_list (bench->profile, field_id, (const char *const *) urls, NULL);
}

static void
open_shop (Bench *bench)
{
  pd_window_open_shop (bench->window, bench->profile);
}

static void
open_view (Bench *bench)
{
  pd_shop_page_set_view (pd_window_get_page (bench->window), PD_VIEW_SELLER_CENTRAL);
}

static void
paste_many (Bench *bench)
{
  set_urls (bench, "return-urls", "www.example.jp");
}

static void
paste_seen (Bench *bench)
{
  set_urls (bench, "return-urls.seen", "ww.example.jp");
}

static void
edit_one (Bench *bench)
{
  g_auto (GStrv) urls = make_urls ("www.example.jp");

  g_free (urls[100]);
  urls[100] = g_strdup ("http://www.example.jp/a");
  pd_profile_set_list (bench->profile, "return-urls", (const char *const *) urls, NULL);
}

static void
undo (Bench *bench)
{
  pd_profile_undo (bench->profile);
}

static void
show_logo (Bench *bench)
{
  pd_profile_set_text (bench->profile, "logo", "logo.png", NULL);
}

static void
leave_view (Bench *bench)
{
  pd_shop_page_set_view (pd_window_get_page (bench->window), PD_VIEW_TESTS);
}

static const struct
{
  const char *what;
  void     (* act) (Bench *);
} steps[] = {
  { "open the shop", open_shop },
  { "open the view", open_view },
  { "paste 200 return URLs", paste_many },
  { "paste 200 seen", paste_seen },
  { "spoil one", edit_one },
  { "undo", undo },
  { "logo of 10 MB", show_logo },
  { "leave the view", leave_view },
  { "come back", open_view },
};

static gboolean
step (gpointer data)
{
  Bench *bench = data;
  gint64 work = get_work ();

  bench->n_quiet = work - bench->looked < QUIET_US ? bench->n_quiet + 1 : 0;
  bench->looked = work;
  if (bench->n_quiet < 2)
    return G_SOURCE_CONTINUE;
  bench->n_quiet = 0;
  if (bench->step > 0)
    g_print ("%-24s longest %5.0f ms, in all %5.0f ms\n", steps[bench->step - 1].what, (double) bench->longest / 1000,
             (double) (get_work () - bench->begun) / 1000);
  if (bench->step == G_N_ELEMENTS (steps)) {
    gtk_window_destroy (GTK_WINDOW (bench->window));
    return G_SOURCE_REMOVE;
  }
  bench->last_work = bench->begun = get_work ();
  bench->longest = 0;
  steps[bench->step++].act (bench);
  return G_SOURCE_CONTINUE;
}

/* A PNG's beginning, and after it many bytes. */
static void
make_logo (PdStore   *store,
           PdProfile *profile)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "small.png", NULL);
  g_autofree char *start = NULL;
  gsize length = 0;
  guint8 *content = g_malloc0 (LOGO_BYTES);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  if (g_file_get_contents (path, &start, &length, NULL))
    memcpy (content, start, length);
  bytes = g_bytes_new_take (content, LOGO_BYTES);
  name = pd_store_keep_file (store, profile, "logo", "png", bytes, NULL);
}

static gboolean
begin (gpointer data)
{
  Bench *bench = data;
  PdApplication *application = PD_APPLICATION (g_application_get_default ());
  PdStore *store = pd_desk_get_store (pd_application_get_desk (application));

  bench->window = PD_WINDOW (gtk_application_get_windows (GTK_APPLICATION (application))->data);
  if (!pd_window_is_ready (bench->window))
    return G_SOURCE_CONTINUE;
  pd_profile_set_text (bench->profile, "javascript-origins", "https://www.example.jp", NULL);
  pd_store_add (store, bench->profile, NULL);
  make_logo (store, bench->profile);
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, on_tick, bench, NULL);
  g_timeout_add (LOOK_MS, step, bench);
  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("paydesk-bench-XXXXXX", NULL);
  g_autoptr (PdApplication) application = NULL;
  Bench bench = { 0 };

  g_setenv ("GTK_A11Y", "none", TRUE);
  g_test_init (&argc, &argv, NULL);
  application = pd_application_new (dir);
  bench.profile = pd_profile_new ("Lantern & Co.");
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
  g_timeout_add (100, begin, &bench);
  g_application_run (G_APPLICATION (application), 1, argv);
  g_object_unref (bench.profile);
  g_spawn_sync (NULL, (char *[]) { (char *) "rm", (char *) "-rf", (char *) "--one-file-system", dir, NULL }, NULL,
                G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  return 0;
}
