/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "bench-util.h"
#include "pd-json.h"
#include "pd-window.h"

/* From the start of the process to a window that can be used, and its memory: an empty libadwaita window, and Paydesk with
 * many shops, in turns, each in a process of its own. Says how they compare; no test asserts a time.
 *
 * A window can be used when the first frame with the shops' names has been painted: all have been read and are in their order, and as
 * many rows as the window can show are there; the others follow. Where other programs keep the machine busy, `chrt -r 10` before the
 * command gives it the processor. Where the time goes is written in CONTRIBUTING.md; `bench-start --steps FOLDER` says what each act
 * holds, and `--frame FOLDER` ends with the first frame, for a profiler. */

/* Starts follow each other at once: after the seconds that a use takes, the machine has put some of a program's pages away, and it is that
 * which is measured. */
#define N_STARTS 21
#define N_USES 7
#define TICK_MS 2

/* The step in which the search is opened; what is then typed, from its end. */
#define OPEN_SEARCH (2 * PD_N_VIEWS + 1)
static const char searched[] = "shop-77.example.jp";

static const guint n_shops[] = { 1000, 10000 };

/* Of windows: with that many shops, and the empty one. */
#define EMPTY G_N_ELEMENTS (n_shops)
#define N_KINDS (EMPTY + 1)

/* What a child prints. */
enum {
  READY_MS,
  READY_CPU,
  SETTLED_MIB,
  USED_MIB,
  HELD_MS,
  HELD_WORK,
  TYPING_WORK,
  N_FIGURES
};

typedef struct
{
  double   figures[N_FIGURES];
  double   last_tick;
  double   last_work;
  gsize    step;
  double   longest;    /* of the step that is under way */
  gboolean only_frame; /* for a profiler: ends with the first frame */
  gboolean each_step;  /* says what each step of the use holds the main loop */
  gboolean only_start;
} Bench;

/* How long the main loop was away: by the clock, which other programs lengthen, and by its own work. */
static gboolean
on_tick (gpointer data)
{
  Bench *bench = data;
  double now = (double) g_get_monotonic_time () / 1000;
  double work = pd_bench_get_work ();

  if (bench->last_tick > 0) {
    bench->figures[HELD_MS] = MAX (bench->figures[HELD_MS], now - bench->last_tick - TICK_MS);
    bench->figures[HELD_WORK] = MAX (bench->figures[HELD_WORK], work - bench->last_work);
    bench->longest = MAX (bench->longest, work - bench->last_work);
    if (bench->step > OPEN_SEARCH + 1)
      bench->figures[TYPING_WORK] = MAX (bench->figures[TYPING_WORK], work - bench->last_work);
  }
  bench->last_tick = now;
  bench->last_work = work;
  return G_SOURCE_CONTINUE;
}

static PdWindow *
get_window (void)
{
  return PD_WINDOW (gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ()))->data);
}

static void
print_and_quit (Bench *bench)
{
  for (guint i = 0; i < N_FIGURES; i++)
    g_print (i > 0 ? " %f" : "%f", bench->figures[i]);
  g_print ("\n");
  g_application_quit (g_application_get_default ());
}

static void
type (PdWindow *window,
      guint     n_letters)
{
  GtkWidget *entry = gtk_window_get_focus (GTK_WINDOW (window));

  if (GTK_IS_EDITABLE (entry))
    gtk_editable_set_text (GTK_EDITABLE (entry), n_letters <= strlen (searched) ? searched + strlen (searched) - n_letters : "");
}

/* What a person does first: shops, each of their views, a search, letter by letter and by a value. */
static gboolean
use (gpointer data)
{
  Bench *bench = data;
  PdWindow *window = get_window ();
  PdStore *store = pd_desk_get_store (pd_application_get_desk (PD_APPLICATION (g_application_get_default ())));
  g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), bench->step * 100);

  if (bench->each_step && bench->step > 0)
    g_printerr ("step %" G_GSIZE_FORMAT ": longest %.0f ms of work\n", bench->step, bench->longest);
  bench->longest = 0;
  /* One act at a time: to open a shop builds the view that is shown, as does another view. */
  if (bench->step < OPEN_SEARCH && bench->step % 2 == 0)
    pd_window_open_shop (window, profile);
  else if (bench->step < OPEN_SEARCH)
    pd_shop_page_set_view (pd_window_get_page (window), (bench->step + 1) / 2 % PD_N_VIEWS);
  else if (bench->step == OPEN_SEARCH)
    g_action_group_activate_action (G_ACTION_GROUP (window), "search", NULL);
  else if (bench->step <= OPEN_SEARCH + strlen (searched) + 1)
    type (window, bench->step - OPEN_SEARCH);
  else {
    bench->figures[USED_MIB] = pd_bench_get_memory ();
    print_and_quit (bench);
    return G_SOURCE_REMOVE;
  }
  bench->step++;
  return G_SOURCE_CONTINUE;
}

static gboolean
settle (gpointer data)
{
  Bench *bench = data;

  bench->figures[SETTLED_MIB] = pd_bench_get_memory ();
  if (bench->only_start)
    print_and_quit (bench);
  else
    g_timeout_add (250, use, bench);
  return G_SOURCE_REMOVE;
}

static void
on_painted (GdkFrameClock *clock,
            Bench         *bench)
{
  if (bench->figures[READY_MS] > 0 || !pd_window_is_ready (get_window ()))
    return;
  bench->figures[READY_MS] = pd_bench_get_age ();
  bench->figures[READY_CPU] = pd_bench_get_cpu ();
  if (bench->only_frame)
    print_and_quit (bench);
  else
    g_timeout_add (1000, settle, bench);
}

static void
watch_window (GApplication *application,
              Bench        *bench)
{
  GtkWidget *window = GTK_WIDGET (get_window ());

  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), bench);
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, on_tick, bench, NULL);
}

static int
run_child (const char *dir,
           const char *until)
{
  Bench bench = { .only_start = g_str_equal (until, "--start"), .only_frame = g_str_equal (until, "--frame"),
                  .each_step = g_str_equal (until, "--steps") };
  g_autoptr (GtkApplication) application = GTK_APPLICATION (pd_application_new (dir));
  char *argv[] = { (char *) "bench-start", NULL };

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
  g_signal_connect_after (application, "activate", G_CALLBACK (watch_window), &bench);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

static void
make_shops (const char *dir,
            guint       n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("Shop %05u", i);
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

static void
measure (const char *const *argv,
         GArray            *figures[N_FIGURES])
{
  g_autoptr (GArray) values = pd_bench_run (argv);

  for (guint i = 0; i < values->len; i++) {
    if (figures[i] == NULL)
      figures[i] = g_array_new (FALSE, FALSE, sizeof (double));
    g_array_append_val (figures[i], g_array_index (values, double, i));
  }
}

static double
get_median (GArray    *figures[N_FIGURES],
            guint      which)
{
  return pd_bench_get_median (figures[which]);
}

static void
say (guint    n,
     GArray **empty,
     GArray **started,
     GArray **used)
{
  double ready = get_median (started, READY_MS), cpu = get_median (started, READY_CPU);
  double empty_ready = get_median (empty, READY_MS), empty_mib = get_median (empty, SETTLED_MIB);

  g_print ("%u shops: %.0f ms, that is %.2f × an empty libadwaita window (%.0f ms); by processor time %.0f ms, %.2f ×\n", n, ready,
           ready / empty_ready, empty_ready, cpu, cpu / get_median (empty, READY_CPU));
  g_print ("  memory above the empty window (%.0f MiB): %.1f MiB, after use %.1f MiB\n", empty_mib,
           get_median (started, SETTLED_MIB) - empty_mib, get_median (used, USED_MIB) - empty_mib);
  g_print ("  longest the main loop was held: %.0f ms by the clock, %.0f ms of its own work (aim: at most 100)\n",
           get_median (used, HELD_MS), get_median (used, HELD_WORK));
  g_print ("  typing in the search: at most %.0f ms of work at a time (a frame has 16)\n", get_median (used, TYPING_WORK));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = NULL;
  g_autofree char *empty_program = NULL;
  g_autofree char *here = g_path_get_dirname (argv[0]);
  GArray *started[N_KINDS][N_FIGURES] = { { NULL } }, *used[G_N_ELEMENTS (n_shops)][N_FIGURES] = { { NULL } };
  char *dirs[G_N_ELEMENTS (n_shops)];

  g_setenv ("GTK_A11Y", "none", TRUE);
  if (argc >= 3)
    return run_child (argv[2], argv[1]);

  empty_program = g_build_filename (here, "bench-empty", NULL);
  dir = g_dir_make_tmp ("paydesk-bench-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (n_shops); i++) {
    dirs[i] = g_strdup_printf ("%s/%u", dir, n_shops[i]);
    make_shops (dirs[i], n_shops[i]);
  }
  /* In turns: what comes after what matters to the processor's caches and clock. */
  for (guint i = 0; i < N_STARTS * N_KINDS; i++) {
    guint kind = (i + i / N_KINDS) % N_KINDS;

    if (kind == EMPTY)
      measure ((const char *[]) { empty_program, NULL }, started[kind]);
    else
      measure ((const char *[]) { argv[0], "--start", dirs[kind], NULL }, started[kind]);
  }
  for (guint i = 0; i < N_USES * G_N_ELEMENTS (n_shops); i++) {
    guint kind = i % G_N_ELEMENTS (n_shops);

    measure ((const char *[]) { argv[0], "--child", dirs[kind], NULL }, used[kind]);
  }
  g_print ("aims: 1.2 × with 1,000 shops, 1.4 × with 10,000, at most 12 MiB above the empty window\n");
  for (guint i = 0; i < G_N_ELEMENTS (n_shops); i++)
    say (n_shops[i], started[EMPTY], started[i], used[i]);
  g_spawn_sync (NULL, (char *[]) { (char *) "rm", (char *) "-rf", (char *) "--one-file-system", dir, NULL }, NULL,
                G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  return 0;
}
