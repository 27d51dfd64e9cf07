/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-ctl-verbs.h"

#define OPTION_LETTERS "abcdefghijklmnopqrstuvwxyz-"
#define MAX_OPTION     24

/* In the order of the help. A new verb is a new row, and a file of its own. */
static const PdCtlVerb *const verbs[] = {
  &pd_ctl_list,
  &pd_ctl_new,
  &pd_ctl_show,
  &pd_ctl_set,
  &pd_ctl_set_secret,
  &pd_ctl_unset,
  &pd_ctl_import,
  &pd_ctl_export,
  &pd_ctl_duplicate,
  &pd_ctl_delete,
  &pd_ctl_check,
  &pd_ctl_history,
  &pd_ctl_practice,
  &pd_ctl_explain,
  &pd_ctl_logo,
  &pd_ctl_notification,
  &pd_ctl_signature,
  &pd_ctl_report,
  &pd_ctl_doctor,
};

/* What every verb takes besides its own options. */
static gboolean help;
static char   **operands;

static const GOptionEntry common[] = {
  { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show this help"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry remaining[] = {
  /* File names and not strings: bytes as they were given, whatever the locale. */
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
  G_OPTION_ENTRY_NULL
};

static char *
describe_option (const GOptionEntry *option)
{
  if (option->arg_description != NULL)
    return g_strdup_printf ("--%s %s", option->long_name, option->arg_description);
  return g_strdup_printf ("--%s", option->long_name);
}

static guint
widest_option (const GOptionEntry *options)
{
  guint width = 0;

  for (; options != NULL && options->long_name != NULL; options++) {
    g_autofree char *text = describe_option (options);

    width = MAX (width, pd_ctl_get_width (text));
  }
  return width;
}

static void
show_options (const GOptionEntry *options,
              guint               width)
{
  for (; options != NULL && options->long_name != NULL; options++) {
    g_autofree char *text = describe_option (options);

    pd_ctl_out ("  ");
    pd_ctl_out_padded (text, width + 2);
    pd_ctl_out ("%s\n", _(options->description));
  }
}

static void
show_verb_help (const PdCtlVerb *verb)
{
  guint width = MAX (widest_option (verb->options), widest_option (common));

  pd_ctl_out ("%s paydeskctl %s%s%s%s\n\n", _("Usage:"), verb->name, verb->options != NULL ? _(" [OPTION…]") : "",
              *verb->operands != '\0' ? " " : "", verb->operands);
  pd_ctl_out_wrapped (_(verb->summary), 0);
  if (verb->details != NULL) {
    pd_ctl_out ("\n");
    pd_ctl_out_wrapped (_(verb->details), 0);
  }
  if (verb->more_help != NULL)
    verb->more_help ();
  pd_ctl_out ("\n%s\n", _("Options:"));
  show_options (verb->options, width);
  show_options (common, width);
}

const PdCtlVerb *const *
pd_ctl_verbs_get_all (guint *n_verbs)
{
  *n_verbs = G_N_ELEMENTS (verbs);
  return verbs;
}

const PdCtlVerb *
pd_ctl_verbs_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (g_str_equal (verbs[i]->name, name))
      return verbs[i];
  }
  return NULL;
}

void
pd_ctl_verbs_show_help (void)
{
  guint width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    width = MAX (width, (guint) strlen (verbs[i]->name));
  pd_ctl_out ("%s paydeskctl %s\n       paydeskctl --help | --version\n\n%s\n",
              _("Usage:"), _("VERB [OPTION…] [OPERAND…]"), _("Verbs:"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    pd_ctl_out ("  ");
    pd_ctl_out_padded (verbs[i]->name, width + 2);
    pd_ctl_out ("%s\n", _(verbs[i]->summary));
  }
  pd_ctl_out ("\n");
  pd_ctl_out_wrapped (_("“paydeskctl VERB --help” tells more of a verb, “man paydeskctl” tells everything. PROFILE is a shop’s ID or its name. "
                        "FILE may be “-”, standard input or output. Exit status: 0 done, 1 a check failed, 2 wrong usage, 3 not possible now."), 0);
}

/* What looks like no option's name may be a secret in the wrong place, and is not repeated. */
static PdCtlStatus
refuse_option (const PdCtlVerb *verb,
               const char      *given)
{
  g_autofree char *name = g_strndup (given, strcspn (given, "="));
  gsize            length = strlen (name);

  if (length <= MAX_OPTION && strspn (name, OPTION_LETTERS) == length)
    return pd_ctl_usage (_("“%s” has no option “%s”. See “paydeskctl %s --help”; a value that begins with “-” goes after “--”."),
                         verb->name, name, verb->name);
  return pd_ctl_usage (_("“%s” has no such option. See “paydeskctl %s --help”; a value that begins with “-” goes after “--”."),
                       verb->name, verb->name);
}

static gboolean
parse (const PdCtlVerb   *verb,
       char            ***arguments,
       PdCtlStatus       *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  /* Unknown ones are refused here, in words of our own. */
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (verb->options != NULL)
    g_option_context_add_main_entries (context, verb->options, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, remaining, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, arguments, &error)) {
    *status = pd_ctl_usage (_("%s. See “paydeskctl %s --help”."), error->message, verb->name);
    return FALSE;
  }
  for (guint i = 1; (*arguments)[i] != NULL; i++) {
    if (!g_str_equal ((*arguments)[i], "--")) {
      *status = refuse_option (verb, (*arguments)[i]);
      return FALSE;
    }
  }
  return TRUE;
}

static PdCtlStatus
run_in_context (const PdCtlVerb *verb)
{
  static char *none[] = { NULL };
  PdCtlContext context = { NULL };
  PdCtlStatus  status = PD_CTL_DONE;

  if (verb->needs_store)
    status = pd_ctl_context_open (&context);
  if (status == PD_CTL_DONE)
    status = verb->run (&context, operands != NULL ? operands : none);
  pd_ctl_context_clear (&context);
  return status;
}

/**
 * pd_ctl_verb_run:
 * @verb: a verb
 * @arguments: the verb's name and what follows it
 *
 * Returns: the exit status
 */
PdCtlStatus
pd_ctl_verb_run (const PdCtlVerb *verb,
                 char           **arguments)
{
  g_auto (GStrv) copy = g_strdupv (arguments);
  PdCtlStatus    status = PD_CTL_DONE;
  guint          n_operands;

  if (!parse (verb, &copy, &status))
    return status;
  n_operands = operands != NULL ? g_strv_length (operands) : 0;
  if (help)
    show_verb_help (verb);
  else if (n_operands < verb->min_operands || n_operands > verb->max_operands)
    /* Translators: the second %s are operands such as “PROFILE FIELD”; the operands given are not repeated */
    status = pd_ctl_usage (_("“%s” takes %s. See “paydeskctl %s --help”."), verb->name,
                           *verb->operands != '\0' ? verb->operands : _("no operands"), verb->name);
  else
    status = run_in_context (verb);
  g_clear_pointer (&operands, g_strfreev);
  return status;
}
