/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "pd-ctl.h"
#include "pd-practice-server.h"

static int      port;
static char    *fault;
static gboolean json;

static const GOptionEntry options[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, N_("The port to listen on; otherwise a free one"), N_("N") },
  { "fault", 0, 0, G_OPTION_ARG_STRING, &fault, N_("Answer as if this were wrong"), N_("NAME") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one line of JSON when it listens"), NULL },
  G_OPTION_ENTRY_NULL
};

static gboolean
on_signal (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

static PdCtlStatus
run (PdCtl  *ctl,
     char  **operands)
{
  g_autoptr (PdPracticeServer) server = pd_practice_server_new ();
  g_autoptr (GError)           error = NULL;
  g_autofree char             *folder = NULL;
  g_autofree char             *line = NULL;
  gboolean                     stop = FALSE;

  if (port < 0 || port > 65535)
    return pd_ctl_usage (_("There is no port %d."), port);
  if (fault != NULL && !pd_practice_server_set_fault (server, fault, &error))
    return pd_ctl_usage ("%s", error->message);
  g_unix_signal_add (SIGINT, on_signal, &stop);
  g_unix_signal_add (SIGTERM, on_signal, &stop);
  if (!pd_practice_server_start (server, (guint16) port, &error) ||
      (folder = pd_practice_server_write_files (server, &error)) == NULL)
    return pd_ctl_fail (error);
  line = pd_practice_server_describe (server);
  if (json)
    pd_ctl_out ("%s\n", line);
  else
    pd_ctl_out (_("The practice endpoint listens at %s; end it with Ctrl+C.\nIts certificate and key are in %s.\n"),
                pd_practice_server_get_url (server), folder);
  if (!pd_ctl_flush ())
    stop = TRUE;
  while (!stop)
    g_main_context_iteration (NULL, TRUE);
  pd_practice_server_stop (server);
  pd_practice_server_remove_files (server);
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_practice = { "practice", "", N_("Plays Amazon’s side on this computer until interrupted"), options, 0, 0, FALSE, run };
