/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-check.h"
#include "pd-ctl-completion.h"
#include "pd-ctl-verbs.h"
#include "pd-disk.h"
#include "pd-language.h"

/* The completions of the shells are written from the table of verbs when Paydesk is built: whatever a verb takes is in them. */

/* What an operand or an option's value can be. */
typedef enum {
  ANYTHING,
  CHOICE,
  FILES,
  PROFILES,
} Kind;

typedef struct {
  Kind  kind;
  char *words; /* of a choice, with blanks between them */
} Values;

static void
values_clear (Values *values)
{
  g_free (values->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Values, values_clear)

static char *
list_fields (void)
{
  g_autoptr (GString)   words = g_string_new ("name");
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++)
    g_string_append_printf (words, " %s", fields[i]->id);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
list_checks (void)
{
  g_autoptr (GString)   words = g_string_new (NULL);
  guint                 n_checks;
  const PdCheck *const *checks = pd_check_get_all (&n_checks);

  for (guint i = 0; i < n_checks; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "", pd_check_get_id (checks[i]));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* An option that is named like a field with choices takes those. */
static Values
get_option_values (const GOptionEntry *option)
{
  const PdField *field = pd_catalogue_lookup (option->long_name);
  Values         values = { ANYTHING, NULL };

  if (option->arg_description == NULL)
    return values;
  if (field != NULL && field->choices != NULL)
    values = (Values) { CHOICE, g_strjoinv (" ", (char **) field->choices) };
  else if (g_str_equal (option->long_name, "only"))
    values = (Values) { CHOICE, list_checks () };
  else if (g_str_equal (option->long_name, "language"))
    values = (Values) { CHOICE, g_strjoinv (" ", (char **) pd_language_ids) };
  else if (g_str_has_prefix (option->arg_description, "PROFILE"))
    values.kind = PROFILES;
  else if (g_str_has_prefix (option->arg_description, "FILE") || strchr (option->arg_description, '.') != NULL ||
           g_str_equal (option->arg_description, "PEM"))
    values.kind = FILES;
  return values;
}

/* Operands are written in the table as the help shows them: “PROFILE FIELD VALUE…”, “[PROFILE…]”, “request|button|mws”. */
static Values
get_operand_values (const char *word)
{
  g_autofree char *plain = g_strdup (word);
  Values           values = { ANYTHING, NULL };

  g_strdelimit (plain, "[]", ' ');
  g_strstrip (plain);
  if (g_str_has_prefix (plain, "PROFILE"))
    values.kind = PROFILES;
  else if (g_str_has_prefix (plain, "FILE"))
    values.kind = FILES;
  else if (g_str_equal (plain, "FIELD"))
    values = (Values) { CHOICE, list_fields () };
  else if (strchr (plain, '|') != NULL)
    values = (Values) { CHOICE, g_strdelimit (g_steal_pointer (&plain), "|", ' ') };
  return values;
}

static char **
split_operands (const PdCtlVerb *verb)
{
  g_autofree char *spaced = g_strdup (verb->operands);
  g_auto (GStrv)   parts = NULL;

  /* “a | b” is one operand. */
  g_autoptr (GRegex) bars = g_regex_new (" *\\| *", 0, 0, NULL);
  g_autofree char   *joined = g_regex_replace_literal (bars, spaced, -1, 0, "|", 0, NULL);

  return g_strsplit (joined, " ", -1);
}

/* Within '…' of a shell. */
static char *
quote (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "'", -1);

  return g_strjoinv ("'\\''", parts);
}

/* ——— bash ——— */

static const char bash_head[] =
  "# bash completion of paydeskctl; written from its table of verbs\n"
  "_paydeskctl()\n"
  "{\n"
  "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} options='' kind='' words='' line i operand=0\n"
  "  COMPREPLY=()\n"
  "  if ((COMP_CWORD == 1)); then\n";

static const char bash_tail[] =
  "  if [[ -z $kind && $cur == -* ]]; then\n"
  "    COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
  "    return\n"
  "  fi\n"
  "  case $kind in\n"
  "    choice) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"));;\n"
  "    files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\");;\n"
  "    profiles)\n"
  "      compopt -o filenames 2>/dev/null\n"
  "      cur=${cur#[\\\"\\']} cur=${cur//\\\\/}\n"
  "      while IFS= read -r line; do\n"
  "        [[ $line == \"$cur\"* ]] && COMPREPLY+=(\"$line\")\n"
  "      done < <(paydeskctl --complete PROFILE 2>/dev/null);;\n"
  "  esac\n"
  "}\n"
  "complete -F _paydeskctl paydeskctl\n";

static void
print_bash_values (const char   *indent,
                   const char   *when,
                   const Values *values)
{
  static const char *const names[] = { [ANYTHING] = "none", [CHOICE] = "choice", [FILES] = "files", [PROFILES] = "profiles" };

  pd_ctl_out ("%s%s) kind=%s", indent, when, names[values->kind]);
  if (values->words != NULL)
    pd_ctl_out (" words='%s'", values->words);
  pd_ctl_out (";;\n");
}

static void
print_bash_verb (const PdCtlVerb *verb)
{
  g_auto (GStrv) operands = split_operands (verb);
  guint          n = g_strv_length (operands);

  pd_ctl_out ("    %s)\n      options='", verb->name);
  for (const GOptionEntry *option = verb->options; option != NULL && option->long_name != NULL; option++)
    pd_ctl_out ("--%s ", option->long_name);
  pd_ctl_out ("--help'\n      case $prev in\n");
  for (const GOptionEntry *option = verb->options; option != NULL && option->long_name != NULL; option++) {
    g_auto (Values)  values = get_option_values (option);
    g_autofree char *when = option->short_name != 0 ? g_strdup_printf ("--%s|-%c", option->long_name, option->short_name)
                                                    : g_strdup_printf ("--%s", option->long_name);

    if (option->arg_description != NULL)
      print_bash_values ("        ", when, &values);
  }
  pd_ctl_out ("        *)\n          case $operand in\n");
  for (guint i = 0; i < n && *operands[i] != '\0'; i++) {
    g_auto (Values)  values = get_operand_values (operands[i]);
    /* what may stand several times, may do so to the end */
    g_autofree char *when = strstr (operands[i], "…") != NULL ? g_strdup ("*") : g_strdup_printf ("%u", i);

    if (values.kind != ANYTHING)
      print_bash_values ("            ", when, &values);
  }
  pd_ctl_out ("          esac\n          [[ $cur == -* ]] && kind='';;\n      esac;;\n");
}

static void
print_bash (const PdCtlVerb *const *verbs,
            guint                   n_verbs)
{
  pd_ctl_out ("%s    COMPREPLY=($(compgen -W '", bash_head);
  for (guint i = 0; i < n_verbs; i++)
    pd_ctl_out ("%s ", verbs[i]->name);
  pd_ctl_out ("--help --version' -- \"$cur\"))\n    return\n  fi\n"
              "  for ((i = 2; i < COMP_CWORD; i++)); do\n"
              "    [[ ${COMP_WORDS[i]} == -* ]] || operand=$((operand + 1))\n"
              "  done\n"
              "  case $verb in\n");
  for (guint i = 0; i < n_verbs; i++)
    print_bash_verb (verbs[i]);
  pd_ctl_out ("  esac\n%s", bash_tail);
}

/* ——— fish ——— */

static void
print_fish_verb (const PdCtlVerb *verb)
{
  g_autofree char *summary = quote (verb->summary);

  pd_ctl_out ("complete -c paydeskctl -n __fish_use_subcommand -f -a %s -d '%s'\n", verb->name, summary);
  for (const GOptionEntry *option = verb->options; option != NULL && option->long_name != NULL; option++) {
    g_auto (Values)  values = get_option_values (option);
    g_autofree char *description = quote (option->description);

    pd_ctl_out ("complete -c paydeskctl -n '__fish_seen_subcommand_from %s' -l %s", verb->name, option->long_name);
    if (option->short_name != 0)
      pd_ctl_out (" -s %c", option->short_name);
    if (values.kind == CHOICE)
      pd_ctl_out (" -x -a '%s'", values.words);
    else if (values.kind == PROFILES)
      pd_ctl_out (" -x -a '(paydeskctl --complete PROFILE)'");
    else if (option->arg_description != NULL)
      pd_ctl_out (values.kind == FILES ? " -r -F" : " -x");
    pd_ctl_out (" -d '%s'\n", description);
  }
  if (strstr (verb->operands, "PROFILE") != NULL)
    pd_ctl_out ("complete -c paydeskctl -n '__fish_seen_subcommand_from %s' -f -a '(paydeskctl --complete PROFILE)'\n", verb->name);
  if (strstr (verb->operands, "FIELD") != NULL) {
    g_autofree char *fields = list_fields ();

    pd_ctl_out ("complete -c paydeskctl -n '__fish_seen_subcommand_from %s' -f -a '%s'\n", verb->name, fields);
  }
}

static void
print_fish (const PdCtlVerb *const *verbs,
            guint                   n_verbs)
{
  pd_ctl_out ("# fish completion of paydeskctl; written from its table of verbs\n"
              "complete -c paydeskctl -l help -s h -d 'Show help'\n"
              "complete -c paydeskctl -n __fish_use_subcommand -l version -d 'Show the version'\n");
  for (guint i = 0; i < n_verbs; i++)
    print_fish_verb (verbs[i]);
}

/* ——— zsh ——— */

/* Within '…[…]' of _arguments. */
static char *
quote_zsh (const char *text)
{
  g_autofree char *quoted = quote (text);
  GString         *out = g_string_new (quoted);

  for (gsize i = 0; i < out->len; i++) {
    if (strchr ("[]:", out->str[i]) != NULL)
      g_string_insert_c (out, (gssize) i++, '\\');
  }
  return g_string_free (out, FALSE);
}

static void
print_zsh_values (const char   *name,
                  const Values *values)
{
  if (values->kind == CHOICE)
    pd_ctl_out (":%s:(%s)", name, values->words);
  else if (values->kind != ANYTHING)
    pd_ctl_out (":%s:%s", name, values->kind == FILES ? "_files" : "_paydeskctl_profiles");
  else
    pd_ctl_out (":%s: ", name);
}

static void
print_zsh_verb (const PdCtlVerb *verb)
{
  g_auto (GStrv) operands = split_operands (verb);

  pd_ctl_out ("    %s)\n      _arguments '--help[Show this help]'", verb->name);
  for (const GOptionEntry *option = verb->options; option != NULL && option->long_name != NULL; option++) {
    g_auto (Values)  values = get_option_values (option);
    g_autofree char *description = quote_zsh (option->description);

    pd_ctl_out (" \\\n        '--%s%s[%s]", option->long_name, option->arg_description != NULL ? "=" : "", description);
    if (option->arg_description != NULL)
      print_zsh_values ("value", &values);
    pd_ctl_out ("'");
  }
  for (char **operand = operands; *operand != NULL && **operand != '\0'; operand++) {
    g_auto (Values) values = get_operand_values (*operand);

    pd_ctl_out (" \\\n        '%s", strstr (*operand, "…") != NULL ? "*" : "");
    print_zsh_values ("operand", &values);
    pd_ctl_out ("'");
  }
  pd_ctl_out (";;\n");
}

static void
print_zsh (const PdCtlVerb *const *verbs,
           guint                   n_verbs)
{
  pd_ctl_out ("#compdef paydeskctl\n# zsh completion of paydeskctl; written from its table of verbs\n"
              "_paydeskctl_profiles()\n{\n  local -a names\n  names=(${(f)\"$(paydeskctl --complete PROFILE 2>/dev/null)\"})\n"
              "  compadd -a names\n}\n\n"
              "_paydeskctl()\n{\n  local -a verbs\n  if (( CURRENT == 2 )); then\n    verbs=(\n");
  for (guint i = 0; i < n_verbs; i++) {
    g_autofree char *summary = quote_zsh (verbs[i]->summary);

    pd_ctl_out ("      '%s:%s'\n", verbs[i]->name, summary);
  }
  pd_ctl_out ("    )\n    _describe verb verbs\n    return\n  fi\n"
              "  local verb=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $verb in\n");
  for (guint i = 0; i < n_verbs; i++)
    print_zsh_verb (verbs[i]);
  pd_ctl_out ("  esac\n}\n\n_paydeskctl \"$@\"\n");
}

static const struct {
  const char *shell;
  void     (* print) (const PdCtlVerb *const *verbs, guint n_verbs);
} shells[] = {
  { "bash", print_bash },
  { "fish", print_fish },
  { "zsh", print_zsh },
};

/**
 * pd_ctl_completion_print:
 * @shell: (nullable): a shell's name
 *
 * Prints what makes that shell complete a command line of paydeskctl.
 *
 * Returns: the exit status
 */
PdCtlStatus
pd_ctl_completion_print (const char *shell)
{
  guint                   n_verbs;
  const PdCtlVerb *const *verbs = pd_ctl_verbs_get_all (&n_verbs);

  for (guint i = 0; i < G_N_ELEMENTS (shells); i++) {
    if (g_strcmp0 (shells[i].shell, shell) == 0) {
      shells[i].print (verbs, n_verbs);
      return PD_CTL_DONE;
    }
  }
  return pd_ctl_usage (_("There are completions for bash, fish and zsh."));
}

/**
 * pd_ctl_completion_list:
 * @what: (nullable): "PROFILE"
 *
 * Prints what could be typed there, one a line: the shops' names, or the id where a name is not unique. Changes nothing.
 *
 * Returns: the exit status
 */
PdCtlStatus
pd_ctl_completion_list (const char *what)
{
  PdCtlContext context = { NULL };
  PdCtlStatus  status;

  if (g_strcmp0 (what, "PROFILE") != 0)
    return PD_CTL_USAGE;
  pd_disk_look_only ();
  status = pd_ctl_context_open (&context);
  for (guint i = 0; status == PD_CTL_DONE && i < g_list_model_get_n_items (G_LIST_MODEL (context.store)); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (context.store), i);
    const char           *name = pd_profile_get_name (profile);
    gboolean              named = *name != '\0' && *name != '-' && strchr (name, '\n') == NULL &&
                                  pd_store_find (context.store, name, NULL) == profile;

    pd_ctl_out ("%s\n", named ? name : pd_profile_get_id (profile));
  }
  pd_ctl_context_clear (&context);
  return status;
}
