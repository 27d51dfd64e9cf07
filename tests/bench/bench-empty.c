/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <adwaita.h>

#include "bench-util.h"

/* The baseline: an empty libadwaita window, in a program that has nothing but libadwaita. */

static double ready_ms, ready_cpu;
static gboolean only_frame; /* for a profiler */

static gboolean
print_and_quit (gpointer application)
{
  g_print ("%f %f %f\n", ready_ms, ready_cpu, pd_bench_get_memory ());
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

static void
on_painted (GdkFrameClock *clock,
            GApplication  *application)
{
  if (ready_ms > 0)
    return;
  ready_ms = pd_bench_get_age ();
  ready_cpu = pd_bench_get_cpu ();
  g_timeout_add (only_frame ? 0 : 1000, print_and_quit, application);
}

static void
open_window (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1040, 720);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), adw_header_bar_new ());
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), application);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application = adw_application_new (PD_APP_ID ".Empty", G_APPLICATION_NON_UNIQUE);

  only_frame = argc > 1;
  g_signal_connect (application, "activate", G_CALLBACK (open_window), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
