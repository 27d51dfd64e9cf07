/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"
#include "pd-places.h"
#include "pd-upgrade.h"

static void
set_place (PdCheckContext *context,
           PdFinding      *finding,
           const PdPlace  *places)
{
  PdMode       mode = pd_profile_get_mode (context->profile);
  PdGeneration generation = pd_profile_get_generation (context->profile);

  for (const PdPlace *place = places; place != NULL && place->path != NULL; place++) {
    g_auto (GStrv) steps = NULL;

    if (!pd_place_applies (place, mode, generation))
      continue;
    steps = pd_place_split (place);
    pd_finding_set_where (finding, (const char *const *) steps);
    return;
  }
}

static PdFinding *
add_finding (const PdCheck     *check,
             GPtrArray         *findings,
             PdVerdict          verdict,
             const char        *summary,
             const char *const *fields)
{
  PdFinding *finding = pd_finding_new (check->id, verdict, summary);

  pd_finding_set_fields (finding, fields);
  pd_finding_set_proves (finding, _("Only what is entered here."), _("What the shop’s admin shows."));
  g_ptr_array_add (findings, finding);
  return finding;
}

/* Where the shop stands by what the operator says, and what the date says to it. */
static void
judge_standing (const PdCheck        *check,
                PdCheckContext       *context,
                const PdUpgradeFacts *facts,
                GPtrArray            *findings)
{
  static const char *const fields[] = { "generation", "setup-notice-date", NULL };
  const PdUpgradePattern  *pattern = pd_upgrade_get_pattern (facts);
  g_autofree char         *summary = NULL;
  PdFinding               *finding;

  if (facts->generation == PD_GENERATION_BEFORE_UPGRADE) {
    summary = g_strdup_printf ("%s %s", pd_upgrade_describe_standing (facts), pd_upgrade_describe_deadline (facts));
    finding = add_finding (check, findings, PD_VERDICT_WARNING, summary, fields);
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
    pd_finding_set_next_step (finding, _(pattern->summary));
    set_place (context, finding, pd_places_upgrade);
  } else if (facts->notice == PD_NOTICE_UNKNOWN) {
    summary = g_strdup_printf ("%s %s", pd_upgrade_describe_standing (facts),
                               _("That is not judged, as the date of the notice was not entered."));
    finding = add_finding (check, findings, PD_VERDICT_SKIPPED, summary, fields);
    pd_finding_set_next_step (finding, _("Enter the day of futureshop’s e-mail that the setup is complete, under “Upgrade”."));
  } else {
    finding = add_finding (check, findings, PD_VERDICT_PASSED, pd_upgrade_describe_standing (facts), fields);
  }
  if (facts->notice != PD_NOTICE_UNKNOWN)
    pd_finding_set_value (finding, pd_profile_get_text (context->profile, "setup-notice-date"));
}

static void
tell_contradiction (const PdCheck         *check,
                    PdCheckContext        *context,
                    const PdContradiction *row,
                    GHashTable            *stored,
                    GPtrArray             *findings)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) old = pd_upgrade_list_old_fields ();
  PdFinding            *finding;

  for (guint i = 0; i < old->len && row->names_old; i++) {
    const PdField *field = g_ptr_array_index (old, i);

    if (pd_upgrade_get_presence (context->profile, field->id, stored) == PD_PRESENCE_YES)
      g_ptr_array_add (fields, (gpointer) field->id);
  }
  for (guint i = 0; i < G_N_ELEMENTS (row->fields) && row->fields[i] != NULL; i++)
    g_ptr_array_add (fields, (gpointer) row->fields[i]);
  g_ptr_array_add (fields, NULL);
  finding = add_finding (check, findings, row->severity == PD_SEVERITY_ERROR ? PD_VERDICT_FAILED : PD_VERDICT_WARNING,
                         _(row->message), (const char *const *) fields->pdata);
  pd_finding_set_confidence (finding, row->severity == PD_SEVERITY_ERROR ? PD_CONFIDENCE_CERTAIN : PD_CONFIDENCE_LIKELY);
  pd_finding_set_next_step (finding, _(row->next_step));
  set_place (context, finding, row->places);
}

/* What an upgraded shop keeps for nothing. */
static void
judge_left_over (const PdCheck  *check,
                 PdCheckContext *context,
                 GHashTable     *stored,
                 GPtrArray      *findings)
{
  g_autoptr (GPtrArray) old = pd_upgrade_list_old_fields ();

  for (guint i = 0; i < old->len; i++) {
    const PdField    *field = g_ptr_array_index (old, i);
    PdPresence        presence = pd_upgrade_get_presence (context->profile, field->id, stored);
    const char *const fields[] = { field->id, NULL };
    g_autofree char  *summary = NULL;
    PdFinding        *finding;

    if (presence == PD_PRESENCE_NO)
      continue;
    summary = g_strdup_printf (presence == PD_PRESENCE_YES
                               ? _("%s is still kept here, but an upgraded shop does not use it any more.")
                               : _("Whether %s is still kept could not be judged: the keyring could not be asked."), pd_field_get_label (field));
    finding = add_finding (check, findings, presence == PD_PRESENCE_YES ? PD_VERDICT_WARNING : PD_VERDICT_UNDETERMINED,
                           summary, fields);
    pd_finding_set_next_step (finding, presence == PD_PRESENCE_YES
                                       ? _("When the upgraded shop has taken a payment, delete the old values under “Upgrade”.")
                                       : context->secrets_error->message);
  }
}

/**
 * pd_check_upgrade_judge:
 * @check: the row
 * @context: the run
 *
 * Is the shop where it should be with its upgrade (S016–S026, S123, FAQ 8214)? Do its fields go with what is said of it?
 *
 * Returns: (transfer full) (element-type PdFinding): where it stands, then what contradicts it, then what is left over
 */
GPtrArray *
pd_check_upgrade_judge (const PdCheck  *check,
                        PdCheckContext *context)
{
  GPtrArray             *findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) stored = context->secrets_error == NULL ? pd_check_context_list_stored (context) : NULL;
  g_autoptr (GPtrArray)  contradictions = NULL;
  PdUpgradeFacts         facts;

  pd_upgrade_gather (context->profile, stored, &facts);
  contradictions = pd_upgrade_list_contradictions (&facts);
  /* A state that cannot be is not said to be fine. */
  if (contradictions->len == 0 || ((const PdContradiction *) g_ptr_array_index (contradictions, 0))->severity != PD_SEVERITY_ERROR)
    judge_standing (check, context, &facts, findings);
  for (guint i = 0; i < contradictions->len; i++)
    tell_contradiction (check, context, g_ptr_array_index (contradictions, i), stored, findings);
  if (facts.generation == PD_GENERATION_AFTER_UPGRADE)
    judge_left_over (check, context, stored, findings);
  return findings;
}
