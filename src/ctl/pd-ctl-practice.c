/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl-verbs.h"
#include "pd-practice-server.h"

static int      port;
static char    *fault;
static gboolean json;

static const GOptionEntry options[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, N_("The port to listen on; otherwise a free one"), "N" },
  { "fault", 0, 0, G_OPTION_ARG_FILENAME, &fault, N_("What the endpoint does wrong; otherwise nothing"), "NAME" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one line of JSON when it listens"), NULL },
  G_OPTION_ENTRY_NULL
};

static void
list_faults (void)
{
  g_autofree char *faults = g_strjoinv (", ", (char **) pd_practice_faults ());

  pd_ctl_out ("\n%s\n", _("Faults:"));
  pd_ctl_out_wrapped (faults, 2);
}

static PdCtlStatus
serve (PdPracticeServer *server,
       GCancellable     *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = pd_practice_server_write_files (server, &error);
  g_autofree char   *line = NULL;

  if (folder == NULL)
    return pd_ctl_fail (error);
  if (json) {
    line = pd_practice_server_describe (server);
    pd_ctl_out ("%s\n", line);
  } else {
    pd_ctl_out (_("The practice endpoint listens at %s. Ctrl+C ends it.\n"), pd_practice_server_get_url (server));
    pd_ctl_out (_("Its certificate and a key are in %s.\n"), folder);
  }
  /* Nobody who could learn where it is: main() says so. */
  if (!pd_ctl_flush ())
    return PD_CTL_UNDONE;
  while (!g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);
  return PD_CTL_DONE;
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  g_autoptr (PdPracticeServer) server = pd_practice_server_new ();
  GCancellable                *cancellable = pd_ctl_context_watch_interrupt (context);
  g_autoptr (GError)           error = NULL;
  PdCtlStatus                  status;

  if (port < 0 || port > G_MAXUINT16)
    return pd_ctl_usage (_("There is no port %d."), port);
  if (fault != NULL && !pd_practice_server_set_fault (server, fault, &error))
    return pd_ctl_usage ("%s", error->message);
  if (pd_practice_server_start (server, (guint16) port, &error)) {
    status = serve (server, cancellable);
  } else {
    /* A port that is taken now is no wrong usage. */
    pd_ctl_fail (error);
    status = PD_CTL_UNDONE;
  }
  pd_practice_server_stop (server);
  pd_practice_server_remove_files (server);
  return status;
}

const PdCtlVerb pd_ctl_practice = {
  .name = "practice", .operands = "", .summary = N_("Plays Amazon’s side on this computer, until interrupted"),
  .details = N_("Any program that speaks Amazon Pay API v2 can be pointed at it. It plays one merchant, with a new key for each run."),
  .options = options, .run = run, .more_help = list_faults,
};
