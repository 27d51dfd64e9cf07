/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "pd-ctl-completion.h"
#include "pd-ctl-verbs.h"
#include "pd-hardening.h"
#include "pd-log.h"

#define VERB_LETTERS "abcdefghijklmnopqrstuvwxyz-"
#define MAX_VERB     24

/* A program that was started without a standard output must not open a shop's file in its place and print into that. */
static void
occupy_standard_files (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fcntl (fd, F_GETFD) < 0)
      open ("/dev/null", O_RDONLY); /* what is written there fails, and is noticed */
  }
}

/* Beside a build folder's programs lies its own po/; installed ones use the system's place. */
static char *
find_locale_dir (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "..", "..", "po", NULL) : NULL;
  g_autofree char *file = built != NULL ? g_build_filename (built, "ja", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL) : NULL;

  if (file != NULL && g_str_has_suffix (folder, "/src/ctl") && g_file_test (file, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&built);
  return g_strdup (LOCALEDIR);
}

static void
set_up_language (void)
{
  g_autofree char *locale_dir = find_locale_dir ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static PdCtlStatus
run (char **arguments)
{
  const PdCtlVerb *verb;
  gsize            length;

  if (arguments[0] == NULL)
    return pd_ctl_usage (_("Say what to do. “paydeskctl --help” lists the verbs."));
  if (g_str_equal (arguments[0], "--help") || g_str_equal (arguments[0], "-h")) {
    pd_ctl_verbs_show_help ();
    return PD_CTL_DONE;
  }
  if (g_str_equal (arguments[0], "--version")) {
    pd_ctl_out ("paydeskctl %s\n", PD_VERSION);
    return PD_CTL_DONE;
  }
  if (g_str_equal (arguments[0], "--print-completion"))
    return pd_ctl_completion_print (arguments[1]);
  if (g_str_equal (arguments[0], "--complete"))
    return pd_ctl_completion_list (arguments[1]);
  verb = pd_ctl_verbs_find (arguments[0]);
  if (verb != NULL)
    return pd_ctl_verb_run (verb, arguments);
  length = strlen (arguments[0]);
  if (length <= MAX_VERB && strspn (arguments[0], VERB_LETTERS) == length)
    return pd_ctl_usage (_("There is no verb “%s”. “paydeskctl --help” lists them."), arguments[0]);
  return pd_ctl_usage (_("There is no such verb. “paydeskctl --help” lists them."));
}

int
main (int   argc,
      char *argv[])
{
  static char *none[] = { NULL };
  PdCtlStatus  status;

  occupy_standard_files ();
  pd_hardening_init (TRUE);
  signal (SIGPIPE, SIG_IGN);
  pd_log_init ();
  g_set_prgname ("paydeskctl");
  set_up_language ();

  status = run (argc > 0 ? argv + 1 : none);
  if (!pd_ctl_flush ()) {
    pd_ctl_say ("%s", _("Standard output cannot be written to."));
    return PD_CTL_UNDONE;
  }
  return (int) status;
}
