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

static void
print_json (GListModel *profiles)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (profiles, i);

    json_builder_begin_object (builder);
    pd_ctl_json_profile (builder, profile);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  pd_ctl_out_json (root);
}

static void
print_text (GListModel *profiles)
{
  guint n_profiles = g_list_model_get_n_items (profiles);
  guint width = 0;

  for (guint i = 0; i < n_profiles; i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (profiles, i);

    width = MAX (width, pd_ctl_get_width (pd_profile_get_name (profile)));
  }
  for (guint i = 0; i < n_profiles; i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (profiles, i);

    pd_ctl_out ("%s  ", pd_profile_get_id (profile));
    pd_ctl_out_padded (pd_profile_get_name (profile), MIN (width, 40));
    pd_ctl_out ("  %s · %s · %s\n", pd_mode_get_label (pd_profile_get_mode (profile)),
                pd_generation_get_label (pd_profile_get_generation (profile)),
                pd_environment_get_label (pd_profile_get_environment (profile)));
  }
  if (n_profiles == 0)
    pd_ctl_say (_("There is no shop yet. “paydeskctl new NAME” makes one."));
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  if (json)
    print_json (G_LIST_MODEL (context->store));
  else
    print_text (G_LIST_MODEL (context->store));
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_list = {
  .name = "list", .operands = "", .summary = N_("Lists the shops"),
  .options = options, .needs_store = TRUE, .run = run,
};
