/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-evidence.h"
#include "pd-run-compare.h"

static void
pair_free (gpointer data)
{
  PdFindingPair *pair = data;

  g_clear_object (&pair->before);
  g_clear_object (&pair->after);
  g_free (pair);
}

static const char *
get_first_field (PdFinding *finding)
{
  return pd_finding_get_fields (finding)[0];
}

static gboolean
have_same_value (PdFinding *a,
                 PdFinding *b)
{
  return pd_finding_get_value (a) != NULL && g_strcmp0 (pd_finding_get_value (a), pd_finding_get_value (b)) == 0;
}

static gboolean
have_same_field (PdFinding *a,
                 PdFinding *b)
{
  return g_strcmp0 (get_first_field (a), get_first_field (b)) == 0;
}

static gboolean
are_same_question (PdFinding *a,
                   PdFinding *b)
{
  return have_same_field (a, b) && g_strcmp0 (pd_finding_get_value (a), pd_finding_get_value (b)) == 0;
}

static gboolean
are_of_same_check (PdFinding *a,
                   PdFinding *b)
{
  return TRUE;
}

/* From the surest sign that two findings answer the same question to the weakest. */
static gboolean (* const likenesses[]) (PdFinding *, PdFinding *) = {
  are_same_question, have_same_value, have_same_field, are_of_same_check,
};

/* (transfer full): the findings of one check. */
static GPtrArray *
pick_check (PdRun      *run,
            const char *check)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), i);

    if (g_str_equal (pd_finding_get_check (finding), check))
      g_ptr_array_add (findings, g_steal_pointer (&finding));
  }
  return findings;
}

static gboolean
is_said_alike (PdFinding *a,
               PdFinding *b)
{
  const PdEvidence *seen_before = pd_finding_get_evidence (a);
  const PdEvidence *seen_now = pd_finding_get_evidence (b);

  if (pd_finding_get_verdict (a) != pd_finding_get_verdict (b))
    return FALSE;
  if (pd_finding_get_verdict (a) == PD_VERDICT_PASSED || pd_finding_get_verdict (a) == PD_VERDICT_SKIPPED)
    return TRUE;
  /* Not the sentences: they may be in two languages. */
  return g_strv_equal (pd_finding_get_fields (a), pd_finding_get_fields (b)) &&
         g_strcmp0 (seen_before != NULL ? seen_before->reason_code : NULL, seen_now != NULL ? seen_now->reason_code : NULL) == 0;
}

static gboolean
is_quiet (PdFinding *finding)
{
  return finding == NULL || pd_finding_get_verdict (finding) == PD_VERDICT_PASSED ||
         pd_finding_get_verdict (finding) == PD_VERDICT_SKIPPED;
}

/* A new address that is in order, or an old one that was, is no news. */
static void
add_pair (GPtrArray *pairs,
          PdFinding *before,
          PdFinding *after)
{
  PdFindingPair *pair;

  if (before != NULL && after != NULL ? is_said_alike (before, after) : is_quiet (before) && is_quiet (after))
    return;
  pair = g_new0 (PdFindingPair, 1);
  pair->before = before != NULL ? g_object_ref (before) : NULL;
  pair->after = after != NULL ? g_object_ref (after) : NULL;
  g_ptr_array_add (pairs, pair);
}

/* Takes those out of both that belong together by one sign. By the last one only where nothing else could be meant. */
static void
match (GPtrArray *pairs,
       GPtrArray *before,
       GPtrArray *after,
       gboolean (*are_alike) (PdFinding *, PdFinding *))
{
  if (are_alike == are_of_same_check && (before->len != 1 || after->len != 1))
    return;
  for (guint i = 0; i < before->len;) {
    guint j = 0;

    while (j < after->len && !are_alike (g_ptr_array_index (before, i), g_ptr_array_index (after, j)))
      j++;
    if (j == after->len) {
      i++;
      continue;
    }
    add_pair (pairs, g_ptr_array_index (before, i), g_ptr_array_index (after, j));
    g_ptr_array_remove_index (before, i);
    g_ptr_array_remove_index (after, j);
  }
}

/* A check that one of them did not ask has nothing to be compared; what it found is said all the same, if it is worth it. */
static void
compare_check (GPtrArray  *pairs,
               PdRun      *older,
               PdRun      *newer,
               const char *check)
{
  g_autoptr (GPtrArray) before = pick_check (older, check);
  g_autoptr (GPtrArray) after = pick_check (newer, check);

  for (guint i = 0; i < G_N_ELEMENTS (likenesses); i++)
    match (pairs, before, after, likenesses[i]);
  for (guint i = 0; i < before->len; i++)
    add_pair (pairs, g_ptr_array_index (before, i), NULL);
  for (guint i = 0; i < after->len; i++)
    add_pair (pairs, NULL, g_ptr_array_index (after, i));
}

static void
collect_checks (GPtrArray *checks,
                PdRun     *run)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), i);
    const char           *check = g_intern_string (pd_finding_get_check (finding));

    if (!g_ptr_array_find (checks, check, NULL))
      g_ptr_array_add (checks, (gpointer) check);
  }
}

static int
rank (const PdFindingPair *pair)
{
  return pair->after != NULL ? (int) pd_finding_get_verdict (pair->after) : -1;
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  return rank (*(const PdFindingPair *const *) b) - rank (*(const PdFindingPair *const *) a);
}

static gint64
get_revision (JsonObject *revisions,
              const char *field_id)
{
  return json_object_has_member (revisions, field_id) ? json_object_get_int_member (revisions, field_id) : 0;
}

/**
 * pd_run_list_changed_settings:
 * @before: field id → its revision
 * @after: the same, later
 * @name_changed: (out) (optional): whether the shop's name changed
 *
 * Returns: (transfer container) (element-type PdField): the fields whose revisions differ, in the catalogue's order. That a value was
 *   changed and brought back by undo is no change; that it was typed again is one.
 */
GPtrArray *
pd_run_list_changed_settings (JsonObject *before,
                              JsonObject *after,
                              gboolean   *name_changed)
{
  GPtrArray            *changed = g_ptr_array_new ();
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    if (get_revision (before, fields[i]->id) != get_revision (after, fields[i]->id))
      g_ptr_array_add (changed, (gpointer) fields[i]);
  }
  if (name_changed != NULL)
    *name_changed = get_revision (before, "name") != get_revision (after, "name");
  return changed;
}

/* Within a second the history's own order tells. */
static gboolean
is_earlier (PdRun *a,
            PdRun *b)
{
  int order = g_date_time_compare (pd_run_get_started (a), pd_run_get_started (b));

  return order < 0 || (order == 0 && g_strcmp0 (pd_run_get_kept_as (a), pd_run_get_kept_as (b)) <= 0);
}

/**
 * pd_run_compare:
 * @a: a run
 * @b: another one of the same shop
 *
 * Returns: (transfer full): what differs between the earlier and the later of them
 */
PdRunComparison *
pd_run_compare (PdRun *a,
                PdRun *b)
{
  PdRunComparison      *self = g_new0 (PdRunComparison, 1);
  gboolean              in_order = is_earlier (a, b);
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();

  self->older = g_object_ref (in_order ? a : b);
  self->newer = g_object_ref (in_order ? b : a);
  self->settings_known = pd_run_get_revisions (a) != NULL && pd_run_get_revisions (b) != NULL;
  self->settings = self->settings_known ? pd_run_list_changed_settings (pd_run_get_revisions (self->older),
                                                                       pd_run_get_revisions (self->newer), &self->name_changed)
                                        : g_ptr_array_new ();
  self->findings = g_ptr_array_new_with_free_func (pair_free);
  collect_checks (checks, self->newer);
  collect_checks (checks, self->older);
  for (guint i = 0; i < checks->len; i++)
    compare_check (self->findings, self->older, self->newer, g_ptr_array_index (checks, i));
  g_ptr_array_sort (self->findings, compare_pairs);
  return self;
}

void
pd_run_comparison_free (PdRunComparison *self)
{
  g_object_unref (self->older);
  g_object_unref (self->newer);
  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

/**
 * pd_finding_pair_peek:
 * @pair: a finding in two runs
 *
 * Returns: (transfer none): what it is now, or was last
 */
PdFinding *
pd_finding_pair_peek (const PdFindingPair *pair)
{
  return pair->after != NULL ? pair->after : pair->before;
}

/**
 * pd_finding_pair_describe:
 * @pair: a finding in two runs
 *
 * Returns: (transfer full): one sentence on what changed
 */
char *
pd_finding_pair_describe (const PdFindingPair *pair)
{
  const char *before = pair->before != NULL ? pd_verdict_get_label (pd_finding_get_verdict (pair->before)) : NULL;
  const char *after = pair->after != NULL ? pd_verdict_get_label (pd_finding_get_verdict (pair->after)) : NULL;

  if (before == NULL)
    /* Translators: %s is a verdict: Passed, Warning, Failed … */
    return g_strdup_printf (_("There was no such finding before. Now: %s"), after);
  if (after == NULL)
    /* Translators: %s is a verdict: Passed, Warning, Failed … */
    return g_strdup_printf (_("Before: %s. Now there is no such finding."), before);
  if (pd_finding_get_verdict (pair->before) == pd_finding_get_verdict (pair->after))
    /* Translators: %s is a verdict: Passed, Warning, Failed … */
    return g_strdup_printf (_("%s as before, but for another reason"), after);
  /* Translators: both are verdicts: Passed, Warning, Failed … */
  return g_strdup_printf (_("Before: %s. Now: %s."), before, after);
}

/**
 * pd_run_describe_setting:
 * @field: a field that changed
 *
 * Returns: (transfer none): a sentence that says so; of a secret never more
 */
const char *
pd_run_describe_setting (const PdField *field)
{
  return pd_field_is_secret (field) ? _("Changed. It is a secret, of which nothing more is kept.") : _("Changed");
}

/**
 * pd_run_find_turn:
 * @runs: (element-type PdRun): newest first
 * @environment: whose runs
 * @good: (out) (transfer none): the last run in which nothing failed, before …
 * @bad: (out) (transfer none): … the first one after it in which something did
 *
 * Finds where it last went wrong. Runs that do not speak for the shop as a whole do not count.
 *
 * Returns: whether it ever did
 */
gboolean
pd_run_find_turn (GPtrArray      *runs,
                  PdEnvironment   environment,
                  PdRun         **good,
                  PdRun         **bad)
{
  *good = *bad = NULL;
  for (guint i = 0; i < runs->len; i++) {
    PdRun *run = g_ptr_array_index (runs, i);

    if (pd_run_get_flags (run) != 0 || pd_run_get_environment (run) != environment)
      continue;
    if (pd_run_get_verdict (run) == PD_VERDICT_FAILED)
      *bad = run;
    else if (pd_run_is_good (run) && *bad != NULL)
      *good = run;
    if (*good != NULL)
      return TRUE;
  }
  return FALSE;
}

/**
 * pd_run_find_previous:
 * @runs: (element-type PdRun): newest first
 * @run: one of them
 * @good: whether only one in which nothing failed will do
 *
 * Returns: (transfer none) (nullable): the run of the same environment before it; of those that speak for the shop as a whole if it
 *   does so, too
 */
PdRun *
pd_run_find_previous (GPtrArray *runs,
                      PdRun     *run,
                      gboolean   good)
{
  guint position;

  if (!g_ptr_array_find (runs, run, &position))
    return NULL;
  for (guint i = position + 1; i < runs->len; i++) {
    PdRun *other = g_ptr_array_index (runs, i);

    if (pd_run_get_environment (other) != pd_run_get_environment (run) || (good && !pd_run_is_good (other)))
      continue;
    if (pd_run_get_flags (run) == 0 && pd_run_get_flags (other) != 0)
      continue;
    return other;
  }
  return NULL;
}
