/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl-verbs.h"

static gboolean json;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  PdProfile            *profile = pd_ctl_context_find_profile (context, operands[0], &status);
  g_autofree char      *name = profile != NULL ? pd_ctl_clean_name (operands[1], &status) : NULL;
  PdProfile            *copy;
  g_autoptr (JsonNode)  root = NULL;
  g_autoptr (GError)    error = NULL;

  if (name == NULL)
    return status;
  copy = pd_store_duplicate (context->store, profile, name, &error);
  if (copy == NULL)
    return pd_ctl_fail (error);
  if (json) {
    root = pd_ctl_json_new_profile (copy);
    pd_ctl_out_json (root);
  } else {
    pd_ctl_out ("%s\n", pd_profile_get_id (copy));
  }
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_duplicate = {
  .name = "duplicate", .operands = "PROFILE NAME", .summary = N_("Copies a shop, without its secrets, and prints the copy’s ID"),
  .options = options, .min_operands = 2, .max_operands = 2, .needs_store = TRUE, .run = run,
};
