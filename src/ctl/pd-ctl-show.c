/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-ctl.h"
#include "pd-problem.h"

static gboolean json;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static void
add_problems (JsonBuilder *builder,
              GPtrArray   *problems)
{
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "rule", problem->rule);
    pd_ctl_json_string (builder, "message", problem->message);
    if (problem->field != NULL && g_str_equal (problem->rule, "mixup"))
      pd_ctl_json_string (builder, "field", problem->field);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_value (JsonBuilder   *builder,
           PdProfile     *profile,
           const PdField *field)
{
  const char        *text = pd_profile_get_text (profile, field->id);
  const char *const *list = pd_profile_get_list (profile, field->id);

  if (field->kind != PD_FIELD_LIST) {
    pd_ctl_json_string (builder, "value", *text != '\0' ? text : NULL);
    return;
  }
  json_builder_set_member_name (builder, "value");
  json_builder_begin_array (builder);
  for (; *list != NULL; list++)
    json_builder_add_string_value (builder, *list);
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder   *builder,
           PdProfile     *profile,
           const PdField *field,
           const char    *stored,
           GPtrArray     *problems)
{
  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "id", field->id);
  pd_ctl_json_string (builder, "pane", pd_view_to_id (field->view));
  pd_ctl_json_string (builder, "label", pd_field_get_label (field));
  add_value (builder, profile, field);
  json_builder_set_member_name (builder, "secret");
  json_builder_add_boolean_value (builder, pd_field_is_secret (field));
  pd_ctl_json_string (builder, "stored", stored);
  add_problems (builder, problems);
  json_builder_end_object (builder);
}

static void
print_field (PdProfile     *profile,
             const PdField *field,
             const char    *stored,
             GPtrArray     *problems)
{
  const char *text = pd_profile_get_text (profile, field->id);

  if (pd_field_is_secret (field) && *text == '\0')
    pd_ctl_out ("%-24s %s: (%s)\n", field->id, pd_field_get_label (field), stored);
  else
    pd_ctl_out ("%-24s %s: %s\n", field->id, pd_field_get_label (field), *text != '\0' ? text : "–");
  for (guint i = 0; i < problems->len; i++)
    pd_ctl_out ("%-24s ! %s\n", "", ((const PdProblem *) g_ptr_array_index (problems, i))->message);
}

static PdCtlStatus
run (PdCtl  *ctl,
     char  **operands)
{
  PdCtlStatus              status = PD_CTL_DONE;
  g_autoptr (PdProfile)    profile = pd_ctl_find_profile (ctl, operands[0], &status);
  g_autoptr (JsonBuilder)  builder = json_builder_new ();
  g_autoptr (JsonNode)     root = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable)   states = NULL;
  g_autoptr (GHashTable)   secrets = NULL;
  g_autoptr (GError)       why = NULL;
  guint                    n_fields;
  const PdField *const    *fields = pd_catalogue_get_fields (&n_fields);

  if (profile == NULL)
    return status;
  pd_desk_get_states_async (ctl->desk, profile, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  states = pd_desk_get_states_finish (ctl->desk, result, &why);
  if (why != NULL)
    pd_ctl_say ("paydeskctl: %s", why->message);
  else
    secrets = pd_ctl_fetch_secrets (ctl, profile, NULL);

  json_builder_begin_object (builder);
  pd_ctl_json_profile (builder, profile);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_fields; i++) {
    const PdField         *field = fields[i];
    g_autoptr (GPtrArray)  problems = NULL;
    PdSecretText          *value = secrets != NULL ? g_hash_table_lookup (secrets, field->id) : NULL;
    const char            *stored = NULL;

    if (!pd_profile_field_applies (profile, field))
      continue;
    problems = pd_profile_judge_field (profile, field, value != NULL ? pd_secret_text_peek (value) : NULL);
    if (pd_field_is_secret (field))
      stored = pd_secret_state_to_id (GPOINTER_TO_UINT (g_hash_table_lookup (states, field->id)));
    add_field (builder, profile, field, stored, problems);
    if (!json)
      print_field (profile, field, stored, problems);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  if (json)
    pd_ctl_out_json (root);
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_show = { "show", "PROFILE", N_("Shows every field that applies to a shop"), options, 1, 1, TRUE, run };
