/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "bench-util.h"

#include <gio/gio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* When the process was started. The kernel's own note of it has a grain of 10 ms. */
#define STARTED "PD_BENCH_STARTED"

static double
read_clock (clockid_t clock)
{
  struct timespec spent;

  clock_gettime (clock, &spent);
  return (double) spent.tv_sec * 1000 + (double) spent.tv_nsec / 1000000;
}

/* Returns: how long ago pd_bench_run() started this process, in milliseconds; 0 for a program that a person started */
double
pd_bench_get_age (void)
{
  const char *started = g_getenv (STARTED);

  return started != NULL ? read_clock (CLOCK_MONOTONIC) - g_ascii_strtod (started, NULL) : 0;
}

/* Returns: the processor time that this process has used, in milliseconds: what other programs do changes it least */
double
pd_bench_get_cpu (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

/* Returns: the same for the calling thread */
double
pd_bench_get_work (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}

/* Returns: this process's share of the memory, in MiB */
double
pd_bench_get_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) || (line = strstr (text, "\nPss:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("\nPss:"), NULL) / 1024;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

/* @values: of double; they are sorted */
double
pd_bench_get_median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

/* Runs a program that prints numbers. Returns: (transfer full): them, of double */
GArray *
pd_bench_run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) child = NULL;
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  char now[G_ASCII_DTOSTR_BUF_SIZE];

  g_subprocess_launcher_setenv (launcher, STARTED, g_ascii_dtostr (now, sizeof now, read_clock (CLOCK_MONOTONIC)), TRUE);
  child = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (child, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (child));
  words = g_strsplit_set (g_strchomp (text), " \n", -1);
  for (char **word = words; *word != NULL; word++) {
    double value = g_ascii_strtod (*word, NULL);

    g_array_append_val (values, value);
  }
  return values;
}
