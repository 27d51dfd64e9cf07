/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "pd-ctl.h"
#include "pd-hardening.h"

static const PdCtlVerb *const verbs[] = {
  &pd_ctl_list, &pd_ctl_new, &pd_ctl_show, &pd_ctl_set, &pd_ctl_set_secret, &pd_ctl_unset, &pd_ctl_import, &pd_ctl_export,
  &pd_ctl_duplicate, &pd_ctl_delete, &pd_ctl_check, &pd_ctl_practice, &pd_ctl_doctor,
};

/* Beside a build folder's programs lies its own po/; installed ones use the system's place. */
static char *
find_locale_dir (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "..", "..", "po", NULL) : NULL;
  g_autofree char *file = built != NULL ? g_build_filename (built, "ja", "LC_MESSAGES", "paydesk.mo", NULL) : NULL;

  if (file != NULL && g_file_test (file, G_FILE_TEST_EXISTS))
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

static const PdCtlVerb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (g_str_equal (verbs[i]->name, name))
      return verbs[i];
  }
  return NULL;
}

static void
print_help (FILE *out)
{
  fprintf (out, "%s\n  paydeskctl %s\n\n%s\n", _("Usage:"), _("VERB [OPTION…] [OPERAND…]"), _("Verbs:"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    fprintf (out, "  %-12s %s\n", verbs[i]->name, _(verbs[i]->summary));
  fprintf (out, "\n%s\n", _("“paydeskctl VERB --help” tells more of a verb; “man paydeskctl” tells everything."));
}

static GOptionContext *
make_context (const PdCtlVerb *verb)
{
  g_autofree char *operands = g_strdup_printf ("%s %s", verb->name, verb->operands);
  GOptionContext  *context = g_option_context_new (operands);

  g_option_context_set_summary (context, _(verb->summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (verb->options != NULL)
    g_option_context_add_main_entries (context, verb->options, GETTEXT_PACKAGE);
  return context;
}

static PdCtlStatus
open_store (PdCtl *ctl)
{
  g_autofree char   *folder = pd_store_get_default_dir ();
  g_autoptr (GError) error = NULL;
  GListModel        *set_aside;

  ctl->store = pd_store_new (folder);
  ctl->secrets = pd_secrets_new ();
  if (!pd_store_load (ctl->store, &error))
    return pd_ctl_fail (error);
  ctl->desk = pd_desk_new (ctl->store, ctl->secrets);
  set_aside = pd_store_get_set_aside (ctl->store);
  if (g_list_model_get_n_items (set_aside) > 0)
    pd_ctl_say (_("paydeskctl: some files of the data folder could not be read; “paydeskctl doctor” names them."));
  return PD_CTL_DONE;
}

static PdCtlStatus
run (const PdCtlVerb *verb,
     int              argc,
     char           **argv)
{
  g_autoptr (GOptionContext) context = make_context (verb);
  g_autoptr (GError)         error = NULL;
  PdCtl                      ctl = { NULL };
  PdCtlStatus                status = PD_CTL_DONE;
  int                        n_operands;

  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    pd_ctl_fail (error);
    return pd_ctl_usage (_("See “paydeskctl %s --help”."), verb->name);
  }
  /* A lone "--" stays in the list when it is the first. */
  if (argc > 1 && g_str_equal (argv[1], "--")) {
    argc--;
    argv++;
  }
  n_operands = argc - 1;
  if (n_operands < verb->min_operands || (verb->max_operands >= 0 && n_operands > verb->max_operands))
    return pd_ctl_usage (_("“%s” takes %s. See “paydeskctl %s --help”."), verb->name,
                         *verb->operands != '\0' ? verb->operands : _("no operand"), verb->name);
  if (verb->needs_store)
    status = open_store (&ctl);
  if (status == PD_CTL_DONE)
    status = verb->run (&ctl, argv + 1);
  g_clear_object (&ctl.desk);
  g_clear_object (&ctl.store);
  g_clear_object (&ctl.secrets);
  return status;
}

int
main (int   argc,
      char *argv[])
{
  const PdCtlVerb *verb;
  PdCtlStatus      status;

  pd_hardening_init (TRUE);
  signal (SIGPIPE, SIG_IGN);
  set_up_language ();
  if (argc < 2) {
    print_help (stderr);
    return PD_CTL_USAGE;
  }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help")) {
    print_help (stdout);
    return pd_ctl_flush () ? PD_CTL_DONE : PD_CTL_UNDONE;
  }
  if (g_str_equal (argv[1], "--version")) {
    pd_ctl_out ("paydeskctl %s\n", PD_VERSION);
    return pd_ctl_flush () ? PD_CTL_DONE : PD_CTL_UNDONE;
  }
  verb = find_verb (argv[1]);
  if (verb == NULL)
    return pd_ctl_usage (_("There is no verb “%s”. “paydeskctl --help” lists them."), argv[1]);
  g_set_prgname ("paydeskctl");
  status = run (verb, argc - 1, argv + 1);
  if (!pd_ctl_flush ()) {
    pd_ctl_say (_("paydeskctl: standard output cannot be written to."));
    return PD_CTL_UNDONE;
  }
  return status;
}
