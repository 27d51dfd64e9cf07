/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-csv.h"
#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-export.h"

static char *output;
static char *format;

static const GOptionEntry options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Where to write; “-” is standard output"), "FILE" },
  { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_("json or csv, where the file’s name does not say it"), "F" },
  G_OPTION_ENTRY_NULL
};

static gboolean
is_table (void)
{
  return format != NULL ? g_str_equal (format, "csv") : pd_csv_is_name (output);
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes)    document = NULL;
  g_autoptr (GError)    error = NULL;

  if (output == NULL)
    return pd_ctl_usage (_("Say where to write: --output FILE, or --output - for standard output."));
  if (format != NULL && !g_str_equal (format, "json") && !g_str_equal (format, "csv"))
    return pd_ctl_usage (_("The format must be one of: %s."), "json, csv");
  for (guint i = 0; operands[i] != NULL; i++) {
    PdProfile *profile = pd_ctl_context_find_profile (context, operands[i], &status);

    if (profile == NULL)
      return status;
    if (!g_ptr_array_find (profiles, profile, NULL))
      g_ptr_array_add (profiles, g_object_ref (profile));
  }
  for (guint i = 0; operands[0] == NULL && i < g_list_model_get_n_items (G_LIST_MODEL (context->store)); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (context->store), i));
  document = is_table () ? pd_csv_from_profiles (profiles) : pd_export_profiles (context->store, profiles, &error);
  if (document == NULL || !pd_ctl_file_write (output, document, &error))
    return pd_ctl_fail (error);
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_export = {
  .name = "export", .operands = "[PROFILE…]", .summary = N_("Writes shops, without their secrets, into one file"),
  .details = N_("Without a PROFILE it writes all shops. “paydeskctl import” reads the file. A table (CSV) is for spreadsheets, and without logos."),
  .options = options, .min_operands = 0, .max_operands = PD_CTL_ANY_NUMBER, .needs_store = TRUE, .run = run,
};
