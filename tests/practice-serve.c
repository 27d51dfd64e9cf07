/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 *
 * practice-serve [FAULT]: the practice endpoint on its own, until standard input ends; one line of JSON says where.
 */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "pd-practice-server.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (PdPracticeServer) server = pd_practice_server_new ();
  g_autoptr (GError)           error = NULL;
  g_autofree char             *folder = NULL;
  g_autofree char             *line = NULL;
  char                         byte;

  if ((argc > 1 && !pd_practice_server_set_fault (server, argv[1], &error)) ||
      !pd_practice_server_start (server, 0, &error) ||
      (folder = pd_practice_server_write_files (server, &error)) == NULL) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  line = pd_practice_server_describe (server);
  puts (line);
  fflush (stdout);
  while (read (STDIN_FILENO, &byte, 1) > 0) {
    /* until it ends */
  }
  pd_practice_server_stop (server);
  return 0;
}
