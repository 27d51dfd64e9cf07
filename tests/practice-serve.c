/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 *
 * practice-serve [FAULT]: the practice endpoint on its own, until SIGTERM or SIGINT; one line of JSON says where.
 */

#include "config.h"

#include <glib-unix.h>
#include <stdio.h>

#include "pd-practice-server.h"

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PdPracticeServer) server = pd_practice_server_new ();
  g_autoptr (GError)           error = NULL;
  g_autofree char             *folder = NULL;
  g_autofree char             *line = NULL;
  g_autoptr (GMainLoop)        loop = g_main_loop_new (NULL, FALSE);

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  if ((argc > 1 && !pd_practice_server_set_fault (server, argv[1], &error)) ||
      !pd_practice_server_start (server, 0, &error) ||
      (folder = pd_practice_server_write_files (server, &error)) == NULL) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  line = pd_practice_server_describe (server);
  puts (line);
  fflush (stdout);
  g_main_loop_run (loop);
  pd_practice_server_stop (server);
  return 0;
}
