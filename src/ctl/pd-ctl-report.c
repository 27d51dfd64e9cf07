/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-report.h"
#include "pd-run-store.h"

static char *output;
static char *format;
static char *language;
static char *run_id;

static const GOptionEntry options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Where to write; “-” is standard output"), "FILE" },
  { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_("html or md, where the file’s name does not say it"), "F" },
  { "language", 0, 0, G_OPTION_ARG_FILENAME, &language, N_("en or ja; otherwise the user’s own"), "L" },
  { "run", 0, 0, G_OPTION_ARG_FILENAME, &run_id, N_("Report this run; otherwise the last one"), "RUN" },
  G_OPTION_ENTRY_NULL
};

static const struct {
  const char *id;
  const char *suffixes[3];
  char     *(*write) (const PdReport *report);
} formats[] = {
  { "html", { ".html", ".htm" }, pd_report_to_html },
  { "md", { ".md", ".markdown" }, pd_report_to_markdown },
};

/* -1: it is not known; then it has been said why. */
static int
choose_format (PdCtlStatus *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (format != NULL && g_str_equal (format, formats[i].id))
      return (int) i;
    for (const char *const *suffix = formats[i].suffixes; format == NULL && *suffix != NULL; suffix++) {
      if (g_str_has_suffix (output, *suffix))
        return (int) i;
    }
  }
  *status = pd_ctl_usage (_("Say what to write: a file that ends in “.html” or “.md”, or --format html or --format md."));
  return -1;
}

static PdRun *
find_run (GPtrArray   *runs,
          PdCtlStatus *status)
{
  if (run_id == NULL)
    return pd_report_choose_run (runs);
  for (guint i = 0; i < runs->len; i++) {
    if (g_str_equal (pd_run_get_kept_as (g_ptr_array_index (runs, i)), run_id))
      return g_ptr_array_index (runs, i);
  }
  *status = pd_ctl_usage (_("There is no such run. “paydeskctl history PROFILE” lists them."));
  return NULL;
}

static PdCtlStatus
write_report (PdCtlContext *context,
              PdProfile    *profile,
              guint         chosen)
{
  PdCtlStatus            status = PD_CTL_DONE;
  g_autoptr (GError)     error = NULL;
  g_autoptr (GError)     keyring_error = NULL;
  g_autoptr (PdLanguage) words = pd_language_new (language != NULL ? language : pd_language_get_own_id ());
  g_autoptr (GPtrArray)  runs = pd_run_store_list (pd_store_get_dir (context->store), pd_profile_get_id (profile), NULL, &error);
  /* Only to mask them, should one stand where it does not belong. */
  g_autoptr (GHashTable) secrets = pd_ctl_context_fetch_secrets (context, profile, &keyring_error);
  g_autoptr (GHashTable) states = keyring_error == NULL ? pd_ctl_context_get_states (context, profile, &keyring_error) : NULL;
  PdReportInput          input = {
    .profile = profile, .language = words, .runs = runs, .secrets = secrets, .states = keyring_error == NULL ? states : NULL,
  };
  g_autoptr (PdReport)   report = NULL;
  g_autoptr (GBytes)     content = NULL;
  char                  *text;

  if (runs == NULL)
    return pd_ctl_fail (error);
  input.run = find_run (runs, &status);
  if (status != PD_CTL_DONE)
    return status;
  if (input.run == NULL)
    pd_ctl_say ("%s", _("This shop has not been tested yet: the report holds its settings only. “paydeskctl check” tests it."));
  report = pd_report_new (&input);
  text = formats[chosen].write (report);
  content = g_bytes_new_take (text, strlen (text));
  return pd_ctl_file_write (output, content, &error) ? PD_CTL_DONE : pd_ctl_fail (error);
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus status = PD_CTL_DONE;
  PdProfile  *profile;
  int         chosen;

  if (output == NULL)
    return pd_ctl_usage (_("Say where to write: --output FILE, or --output - for standard output."));
  if (language != NULL && !g_strv_contains (pd_language_ids, language))
    return pd_ctl_usage (_("The report can be in English (en) or Japanese (ja)."));
  chosen = choose_format (&status);
  if (chosen < 0)
    return status;
  profile = pd_ctl_context_find_profile (context, operands[0], &status);
  return profile != NULL ? write_report (context, profile, (guint) chosen) : status;
}

const PdCtlVerb pd_ctl_report = {
  .name = "report", .operands = "PROFILE", .summary = N_("Writes the support report: settings, findings and evidence, without secrets"),
  .details = N_("It reports the last run of “paydeskctl check”, or of the window, and runs nothing itself. It ends with 0 whatever that run found."),
  .options = options, .min_operands = 1, .max_operands = 1, .needs_store = TRUE, .run = run,
};
