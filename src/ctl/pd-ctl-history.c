/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-check.h"
#include "pd-ctl-verbs.h"
#include "pd-run-compare.h"
#include "pd-run-store.h"
#include "pd-set-aside.h"
#include "pd-time.h"

static gboolean compare;
static gboolean json;

static const GOptionEntry options[] = {
  { "compare", 0, 0, G_OPTION_ARG_NONE, &compare, N_("Say what changed between two runs"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static const struct { PdRunFlags flag; const char *member; const char *label; } flags[] = {
  { PD_RUN_PARTIAL, "partial", N_("some of the checks") },
  { PD_RUN_REHEARSAL, "rehearsal", N_("rehearsal") },
  { PD_RUN_STOPPED, "stopped", N_("stopped") },
};

static char *
format_time (PdRun *run)
{
  return g_date_time_format (pd_run_get_started (run), "%Y-%m-%dT%H:%M:%SZ");
}

static void
add_run (JsonBuilder *builder,
         PdRun       *run)
{
  g_autofree char *started = format_time (run);

  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "id", pd_run_get_kept_as (run));
  pd_ctl_json_string (builder, "started", started);
  pd_ctl_json_string (builder, "environment", pd_environment_to_id (pd_run_get_environment (run)));
  pd_ctl_json_string (builder, "verdict", pd_verdict_to_id (pd_run_get_verdict (run)));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    pd_ctl_json_boolean (builder, flags[i].member, (pd_run_get_flags (run) & flags[i].flag) != 0);
  json_builder_end_object (builder);
}

static void
print_document (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  pd_ctl_out_json (root);
}

static void
list_json (GPtrArray *runs,
           GPtrArray *damaged)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < runs->len; i++)
    add_run (builder, g_ptr_array_index (runs, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "unreadable");
  json_builder_begin_array (builder);
  for (guint i = 0; i < damaged->len; i++) {
    PdSetAside *file = g_ptr_array_index (damaged, i);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "path", pd_set_aside_get_path (file));
    pd_ctl_json_string (builder, "reason", pd_set_aside_get_reason (file));
    pd_ctl_json_boolean (builder, "newer", pd_set_aside_is_newer (file));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  print_document (builder);
}

static char *
describe_flags (PdRun *run)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv)           list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    if (pd_run_get_flags (run) & flags[i].flag)
      g_strv_builder_add (words, _(flags[i].label));
  }
  list = g_strv_builder_end (words);
  return g_strjoinv (", ", list);
}

static guint
widest_environment (void)
{
  return MAX (MAX (pd_ctl_get_width (pd_environment_get_label (PD_ENVIRONMENT_PRACTICE)),
                   pd_ctl_get_width (pd_environment_get_label (PD_ENVIRONMENT_SANDBOX))),
              pd_ctl_get_width (pd_environment_get_label (PD_ENVIRONMENT_PRODUCTION)));
}

static void
print_run (PdRun *run)
{
  g_autofree char *when = pd_time_describe_exactly (pd_run_get_started (run));
  g_autofree char *why = describe_flags (run);

  pd_ctl_out ("  %s  ", when);
  pd_ctl_out_padded (pd_run_get_kept_as (run), 22);
  pd_ctl_out_padded (pd_environment_get_label (pd_run_get_environment (run)), widest_environment () + 2);
  pd_ctl_out ("%s%s%s%s\n", pd_verdict_get_label (pd_run_get_verdict (run)), *why != '\0' ? " (" : "", why, *why != '\0' ? ")" : "");
}

static void
list_text (GPtrArray *runs,
           GPtrArray *damaged)
{
  for (guint i = 0; i < runs->len; i++)
    print_run (g_ptr_array_index (runs, i));
  for (guint i = 0; i < damaged->len; i++) {
    PdSetAside *file = g_ptr_array_index (damaged, i);

    pd_ctl_say ("%s: %s", pd_set_aside_get_path (file), pd_set_aside_get_reason (file));
  }
  if (runs->len == 0)
    pd_ctl_say ("%s", _("This shop has not been tested yet. “paydeskctl check” does it."));
}

static void
add_verdict (JsonBuilder *builder,
             const char  *member,
             PdFinding   *finding)
{
  pd_ctl_json_string (builder, member, finding != NULL ? pd_verdict_to_id (pd_finding_get_verdict (finding)) : NULL);
}

static void
compare_json (const PdRunComparison *comparison)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "before");
  add_run (builder, comparison->older);
  json_builder_set_member_name (builder, "after");
  add_run (builder, comparison->newer);
  json_builder_set_member_name (builder, "settings");
  if (!comparison->settings_known) {
    json_builder_add_null_value (builder);
  } else {
    json_builder_begin_array (builder);
    for (guint i = 0; i < comparison->settings->len; i++) {
      const PdField *field = g_ptr_array_index (comparison->settings, i);

      json_builder_begin_object (builder);
      pd_ctl_json_string (builder, "field", field->id);
      pd_ctl_json_boolean (builder, "secret", pd_field_is_secret (field));
      json_builder_end_object (builder);
    }
    json_builder_end_array (builder);
  }
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < comparison->findings->len; i++) {
    const PdFindingPair *pair = g_ptr_array_index (comparison->findings, i);
    PdFinding           *finding = pd_finding_pair_peek (pair);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "check", pd_finding_get_check (finding));
    pd_ctl_json_string (builder, "value", pd_finding_get_value (finding));
    pd_ctl_json_strings (builder, "fields", pd_finding_get_fields (finding));
    add_verdict (builder, "before", pair->before);
    add_verdict (builder, "after", pair->after);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  print_document (builder);
}

static void
print_heading (const char *heading)
{
  pd_ctl_out ("\n");
  pd_ctl_out_styled (PD_CTL_BOLD, heading);
  pd_ctl_out ("\n");
}

static void
compare_text (const PdRunComparison *comparison)
{
  g_autoptr (PdLanguage) own = pd_language_new (pd_language_get_own_id ());

  print_run (comparison->older);
  print_run (comparison->newer);
  print_heading (_("Settings"));
  if (!comparison->settings_known)
    pd_ctl_out_wrapped (_("It is not known with which settings the earlier run was made."), 2);
  else if (comparison->settings->len == 0)
    pd_ctl_out_wrapped (_("No setting changed."), 2);
  for (guint i = 0; i < comparison->settings->len; i++) {
    const PdField   *field = g_ptr_array_index (comparison->settings, i);
    g_autofree char *text = g_strdup_printf ("%s: %s", pd_field_get_label (field), pd_run_describe_setting (field));

    pd_ctl_out_wrapped (text, 2);
  }
  print_heading (_("Findings"));
  if (comparison->findings->len == 0)
    pd_ctl_out_wrapped (_("Both runs found the same."), 2);
  for (guint i = 0; i < comparison->findings->len; i++) {
    const PdFindingPair *pair = g_ptr_array_index (comparison->findings, i);
    PdFinding           *finding = pd_finding_pair_peek (pair);
    const PdCheck       *check = pd_check_lookup (pd_finding_get_check (finding));
    const char          *label = check != NULL ? pd_check_get_label (check) : pd_finding_get_check (finding);
    g_autofree char     *sentence = pd_finding_pair_describe (pair);
    g_autofree char     *text = g_strdup_printf ("%s: %s", label, sentence);

    pd_finding_translate (finding, own);
    pd_ctl_out_wrapped (text, 2);
    if (pd_finding_get_value (finding) != NULL)
      pd_ctl_out ("    %s\n", pd_finding_get_value (finding));
    pd_ctl_out_wrapped (pd_finding_get_summary (finding), 4);
  }
}

static PdRun *
find_run (GPtrArray   *runs,
          const char  *id,
          PdCtlStatus *status)
{
  for (guint i = 0; i < runs->len; i++) {
    if (g_str_equal (pd_run_get_kept_as (g_ptr_array_index (runs, i)), id))
      return g_ptr_array_index (runs, i);
  }
  *status = pd_ctl_usage (_("There is no such run. “paydeskctl history PROFILE” lists them."));
  return NULL;
}

/* Two that were named; one and the one before it; or where it last went wrong. */
static gboolean
choose_runs (GPtrArray     *runs,
             PdEnvironment  environment,
             char         **ids,
             PdRun        **a,
             PdRun        **b,
             PdCtlStatus   *status)
{
  if (ids[0] == NULL) {
    if (pd_run_find_turn (runs, environment, a, b))
      return TRUE;
    pd_ctl_say ("%s", _("In this environment there is no run that failed after one in which nothing had failed. Name two runs to compare them."));
    *status = PD_CTL_UNDONE;
    return FALSE;
  }
  *b = find_run (runs, ids[0], status);
  if (*b == NULL)
    return FALSE;
  *a = ids[1] != NULL ? find_run (runs, ids[1], status) : pd_run_find_previous (runs, *b, FALSE);
  if (*a == NULL && ids[1] == NULL) {
    pd_ctl_say ("%s", _("There is no run before it to compare it with."));
    *status = PD_CTL_UNDONE;
  }
  return *a != NULL;
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  PdProfile            *profile = pd_ctl_context_find_profile (context, operands[0], &status);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) damaged = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  PdRun                *a;
  PdRun                *b;

  if (profile == NULL)
    return status;
  if (operands[1] != NULL && !compare)
    return pd_ctl_usage (_("Runs are named to be compared: say --compare."));
  runs = pd_run_store_list (pd_store_get_dir (context->store), pd_profile_get_id (profile), &damaged, &error);
  if (runs == NULL)
    return pd_ctl_fail (error);
  if (!compare) {
    (json ? list_json : list_text) (runs, damaged);
  } else if (choose_runs (runs, pd_profile_get_environment (profile), operands + 1, &a, &b, &status)) {
    g_autoptr (PdRunComparison) comparison = pd_run_compare (a, b);

    (json ? compare_json : compare_text) (comparison);
  }
  return status;
}

const PdCtlVerb pd_ctl_history = {
  .name = "history", .operands = "PROFILE [RUN [RUN]]", .summary = N_("Lists the runs of checks, or says what changed between two"),
  .details = N_("With --compare and no RUN it compares the last run in which nothing failed with the first one after it in which something did; "
                "with one RUN, that one and the one before it. Of a setting it says only that it changed."),
  .options = options, .min_operands = 1, .max_operands = 3, .needs_store = TRUE, .run = run,
};
