/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-json.h"
#include "pd-window.h"

/* The time from the start of the process to a window that can be used, and its memory: an empty libadwaita window's and
 * Paydesk's with a thousand shops, in turns, each in a process of its own. Says how they compare; no test asserts a time. */

#define N_SHOPS 1000
#define N_ROUNDS 5
#define TICK_MS 2

typedef struct
{
  gint64 started;
  gint64 last_tick;
  gint64 last_work;
  gint64 longest;
  gint64 longest_work;
  double ready_ms;
  guint  step;
} Bench;

static double
get_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) || (line = strstr (text, "\nPss:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("\nPss:"), NULL) / 1024;
}

static gint64
get_start (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  gint64 ticks, now;
  double uptime;
  g_autofree char *uptime_text = NULL;

  g_file_get_contents ("/proc/self/stat", &text, NULL, NULL);
  g_file_get_contents ("/proc/uptime", &uptime_text, NULL, NULL);
  now = g_get_monotonic_time ();
  fields = g_strsplit (strrchr (text, ')') + 2, " ", -1);
  ticks = g_ascii_strtoll (fields[19], NULL, 10);
  uptime = g_ascii_strtod (uptime_text, NULL);
  return now - (gint64) ((uptime - (double) ticks / sysconf (_SC_CLK_TCK)) * G_USEC_PER_SEC);
}

static gint64
get_work (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

/* How long the main loop was away: by the clock, which other programs lengthen, and by its own work. */
static gboolean
on_tick (gpointer data)
{
  Bench *bench = data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = get_work ();

  if (bench->last_tick != 0) {
    bench->longest = MAX (bench->longest, now - bench->last_tick - TICK_MS * 1000);
    bench->longest_work = MAX (bench->longest_work, work - bench->last_work);
  }
  bench->last_tick = now;
  bench->last_work = work;
  return G_SOURCE_CONTINUE;
}

static void
print_and_quit (Bench *bench)
{
  g_print ("%f %f %f %f\n", bench->ready_ms, get_memory (), (double) bench->longest / 1000, (double) bench->longest_work / 1000);
  g_application_quit (g_application_get_default ());
}

static void
note_ready (Bench *bench)
{
  bench->ready_ms = (double) (g_get_monotonic_time () - bench->started) / 1000;
}

static void
on_empty_painted (GdkFrameClock *clock,
                  Bench         *bench)
{
  if (bench->ready_ms == 0) {
    note_ready (bench);
    print_and_quit (bench);
  }
}

static void
open_empty (GApplication *application,
            Bench        *bench)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1040, 720);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), adw_header_bar_new ());
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_empty_painted), bench);
}

/* What a person does first: a shop, each of its views, a search. */
static gboolean
use (gpointer data)
{
  Bench *bench = data;
  PdWindow *window = PD_WINDOW (gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ()))->data);
  PdStore *store = pd_desk_get_store (pd_application_get_desk (PD_APPLICATION (g_application_get_default ())));
  g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), bench->step * 100);

  if (bench->step < PD_N_VIEWS)
    pd_shop_page_set_view (pd_window_get_page (window), bench->step);
  if (bench->step < 8)
    pd_window_open_shop (window, profile);
  else if (bench->step == 8)
    g_action_group_activate_action (G_ACTION_GROUP (window), "search", NULL);
  else {
    print_and_quit (bench);
    return G_SOURCE_REMOVE;
  }
  bench->step++;
  return G_SOURCE_CONTINUE;
}

static void
on_painted (GdkFrameClock *clock,
            Bench         *bench)
{
  PdWindow *window = PD_WINDOW (gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ()))->data);

  if (bench->ready_ms == 0 && pd_window_is_ready (window)) {
    note_ready (bench);
    g_timeout_add (150, use, bench);
  }
}

static void
watch_window (GApplication *application,
              Bench        *bench)
{
  GtkWidget *window = gtk_application_get_windows (GTK_APPLICATION (application))->data;

  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), bench);
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, on_tick, bench, NULL);
}

static int
run_child (const char *dir)
{
  Bench bench = { .started = get_start () };
  g_autoptr (GtkApplication) application = NULL;
  char *argv[] = { (char *) "bench-start", NULL };

  if (dir == NULL) {
    application = GTK_APPLICATION (adw_application_new (PD_APP_ID, G_APPLICATION_NON_UNIQUE));
    g_signal_connect (application, "activate", G_CALLBACK (open_empty), &bench);
  } else {
    application = GTK_APPLICATION (pd_application_new (dir));
    g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
    g_signal_connect_after (application, "activate", G_CALLBACK (watch_window), &bench);
  }
  return g_application_run (G_APPLICATION (application), 1, argv);
}

static void
make_shops (const char *dir)
{
  for (guint i = 0; i < N_SHOPS; i++) {
    g_autofree char *name = g_strdup_printf ("Shop %04u", i);
    g_autofree char *address = g_strdup_printf ("https://shop-%u.example.jp/", i);
    g_autoptr (PdProfile) profile = pd_profile_new (name);
    g_autofree char *folder = g_build_filename (dir, "profiles", pd_profile_get_id (profile), NULL);
    g_autofree char *path = g_build_filename (folder, "profile.json", NULL);
    g_autofree char *text = NULL;
    g_autoptr (JsonNode) document = NULL;

    pd_profile_set_text (profile, "seller-id", "A1LANTERN23456", NULL);
    pd_profile_set_text (profile, "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", NULL);
    pd_profile_set_text (profile, "legacy-site-url", address, NULL);
    document = pd_profile_to_json (profile);
    text = pd_json_to_string (document, TRUE);
    g_mkdir_with_parents (folder, 0700);
    g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
  }
}

static int
compare (const void *a,
         const void *b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

static void
measure (const char *program,
         const char *dir,
         guint       round,
         double      values[4][N_ROUNDS])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--child", dir != NULL ? dir : "", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (child, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  words = g_strsplit (text, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 4);
  for (guint i = 0; i < 4; i++)
    values[i][round] = g_ascii_strtod (words[i], NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = NULL;
  double empty[4][N_ROUNDS], full[4][N_ROUNDS];

  g_setenv ("GTK_A11Y", "none", TRUE);
  if (argc == 3)
    return run_child (*argv[2] != '\0' ? argv[2] : NULL);

  dir = g_dir_make_tmp ("paydesk-bench-XXXXXX", NULL);
  make_shops (dir);
  for (guint round = 0; round < N_ROUNDS; round++) {
    measure (argv[0], NULL, round, empty);
    measure (argv[0], dir, round, full);
  }
  for (guint i = 0; i < 4; i++) {
    qsort (empty[i], N_ROUNDS, sizeof (double), compare);
    qsort (full[i], N_ROUNDS, sizeof (double), compare);
  }
  g_print ("empty window:               %6.0f ms, %4.0f MiB\n", empty[0][N_ROUNDS / 2], empty[1][N_ROUNDS / 2]);
  g_print ("Paydesk with %d shops:    %6.0f ms, %4.0f MiB\n", N_SHOPS, full[0][N_ROUNDS / 2], full[1][N_ROUNDS / 2]);
  g_print ("ratio %.2f (aim: at most 1.5), %.0f MiB above the empty window\n", full[0][N_ROUNDS / 2] / empty[0][N_ROUNDS / 2],
           full[1][N_ROUNDS / 2] - empty[1][N_ROUNDS / 2]);
  g_print ("longest the main loop was held: %.0f ms by the clock, %.0f ms of its own work (aim: at most 100)\n",
           full[2][N_ROUNDS / 2], full[3][N_ROUNDS / 2]);
  g_spawn_sync (NULL, (char *[]) { (char *) "rm", (char *) "-rf", (char *) "--one-file-system", dir, NULL }, NULL,
                G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  return 0;
}
