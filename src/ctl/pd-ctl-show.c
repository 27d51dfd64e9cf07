/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-ctl-verbs.h"
#include "pd-problem.h"

#define MAX_LABEL_WIDTH 44

static gboolean json;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

/* A secret's state as people read it. */
static const struct {
  PdSecretState  state;
  const char    *text; /* translatable */
  PdCtlStyle     style;
} state_texts[] = {
  { PD_SECRET_NO, N_("not set"), PD_CTL_DIM },
  { PD_SECRET_YES, N_("stored in the keyring"), PD_CTL_PLAIN },
  { PD_SECRET_LOST, N_("lost: it was stored once, and the keyring no longer has it"), PD_CTL_BAD },
  { PD_SECRET_UNKNOWN, N_("unknown: the keyring could not be asked"), PD_CTL_UNSURE },
};

/* One field as it is shown. */
typedef struct {
  const PdField *field;
  PdSecretState  state;
  GPtrArray     *problems;
} Shown;

static void
shown_free (Shown *shown)
{
  g_ptr_array_unref (shown->problems);
  g_free (shown);
}

/* The stored value is fetched to be judged, and stays here. */
static GPtrArray *
look (PdCtlContext *context,
      PdProfile    *profile)
{
  GPtrArray             *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) shown_free);
  g_autoptr (GError)     why = NULL;
  g_autoptr (GHashTable) states = pd_ctl_context_get_states (context, profile, &why);
  g_autoptr (GHashTable) secrets = why == NULL ? pd_ctl_context_fetch_secrets (context, profile, &why) : NULL;
  guint                  n_fields;
  const PdField *const  *all = pd_catalogue_get_fields (&n_fields);

  if (why != NULL)
    pd_ctl_fail (why);
  for (guint i = 0; i < n_fields; i++) {
    PdSecretText *secret = secrets != NULL ? g_hash_table_lookup (secrets, all[i]->id) : NULL;
    Shown        *shown;

    if (!pd_profile_field_applies (profile, all[i]))
      continue;
    shown = g_new0 (Shown, 1);
    shown->field = all[i];
    shown->state = states != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (states, all[i]->id)) : PD_SECRET_UNKNOWN;
    shown->problems = pd_profile_judge_field (profile, all[i], secret != NULL ? pd_secret_text_peek (secret) : NULL);
    g_ptr_array_add (fields, shown);
  }
  return fields;
}

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
    if (g_str_equal (problem->rule, "mixup"))
      pd_ctl_json_string (builder, "field", problem->field);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder *builder,
           PdProfile   *profile,
           const Shown *shown)
{
  const PdField *field = shown->field;
  const char    *text = pd_profile_get_text (profile, field->id);
  gboolean       is_secret = pd_field_is_secret (field);

  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "id", field->id);
  pd_ctl_json_string (builder, "pane", pd_view_to_id (field->view));
  pd_ctl_json_string (builder, "label", pd_field_get_label (field));
  if (field->kind == PD_FIELD_LIST)
    pd_ctl_json_strings (builder, "value", pd_profile_get_list (profile, field->id));
  else
    pd_ctl_json_string (builder, "value", *text != '\0' ? text : NULL);
  pd_ctl_json_boolean (builder, "secret", is_secret);
  pd_ctl_json_string (builder, "stored", is_secret ? pd_secret_state_to_id (shown->state) : NULL);
  add_problems (builder, shown->problems);
  json_builder_end_object (builder);
}

static void
print_json (PdProfile *profile,
            GPtrArray *fields)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_object (builder);
  pd_ctl_json_profile (builder, profile);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < fields->len; i++)
    add_field (builder, profile, g_ptr_array_index (fields, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  pd_ctl_out_json (root);
}

static void
print_value (PdProfile   *profile,
             const Shown *shown,
             guint        indent)
{
  const PdField     *field = shown->field;
  const char *const *values = pd_profile_get_list (profile, field->id);

  if (values[0] == NULL && pd_field_is_secret (field)) {
    for (guint i = 0; i < G_N_ELEMENTS (state_texts); i++) {
      if (state_texts[i].state == shown->state)
        pd_ctl_out_styled (state_texts[i].style, _(state_texts[i].text));
    }
    pd_ctl_out ("\n");
  } else if (values[0] == NULL) {
    pd_ctl_out_styled (PD_CTL_DIM, _("not set"));
    pd_ctl_out ("\n");
  } else if (field->kind == PD_FIELD_CHOICE) {
    pd_ctl_out ("%s (%s)\n", values[0], pd_choice_get_label (field, values[0]));
  } else {
    for (guint i = 0; values[i] != NULL; i++)
      pd_ctl_out ("%*s%s\n", i > 0 ? (int) indent : 0, "", values[i]);
  }
}

static void
print_text (PdProfile *profile,
            GPtrArray *fields)
{
  guint  id_width = 0;
  guint  label_width = 0;
  PdView view = PD_N_VIEWS;

  pd_ctl_out_styled (PD_CTL_BOLD, pd_profile_get_name (profile));
  pd_ctl_out ("  %s\n", pd_profile_get_id (profile));
  for (guint i = 0; i < fields->len; i++) {
    const PdField *field = ((Shown *) g_ptr_array_index (fields, i))->field;

    id_width = MAX (id_width, pd_ctl_get_width (field->id));
    label_width = MAX (label_width, pd_ctl_get_width (pd_field_get_label (field)));
  }
  label_width = MIN (label_width, MAX_LABEL_WIDTH);
  for (guint i = 0; i < fields->len; i++) {
    const Shown *shown = g_ptr_array_index (fields, i);
    guint        indent = id_width + label_width + 6;

    if (shown->field->view != view) {
      view = shown->field->view;
      pd_ctl_out ("\n");
      pd_ctl_out_styled (PD_CTL_BOLD, pd_view_get_label (view));
      pd_ctl_out ("\n");
    }
    pd_ctl_out ("  ");
    pd_ctl_out_padded (shown->field->id, id_width + 2);
    pd_ctl_out_padded (pd_field_get_label (shown->field), label_width + 2);
    print_value (profile, shown, indent);
    for (guint j = 0; j < shown->problems->len; j++) {
      const PdProblem *problem = g_ptr_array_index (shown->problems, j);

      pd_ctl_out ("%*s", (int) indent, "");
      pd_ctl_out_styled (problem->severity == PD_SEVERITY_ERROR ? PD_CTL_BAD : PD_CTL_ODD, "! ");
      pd_ctl_out ("%s\n", problem->message);
    }
  }
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  PdProfile            *profile = pd_ctl_context_find_profile (context, operands[0], &status);
  g_autoptr (GPtrArray) fields = NULL;

  if (profile == NULL)
    return status;
  fields = look (context, profile);
  if (g_cancellable_is_cancelled (context->cancellable))
    return PD_CTL_UNDONE;
  if (json)
    print_json (profile, fields);
  else
    print_text (profile, fields);
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_show = {
  .name = "show", .operands = "PROFILE", .summary = N_("Shows every field of a shop, and what is wrong with it"),
  .details = N_("Of a secret it shows whether it is stored, and never its value."),
  .options = options, .min_operands = 1, .max_operands = 1, .needs_store = TRUE, .run = run,
};
