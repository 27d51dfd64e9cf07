/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-url-pairs.h"

/* One field on both sides. */
typedef struct {
  const PdCheck  *check;
  PdCheckContext *context;
  const PdField  *field;
  GPtrArray      *findings;
} Sides;

static PdFinding *
add_finding (Sides      *sides,
             PdVerdict   verdict,
             const char *summary,
             const char *value)
{
  PdFinding        *finding = pd_finding_new (sides->check->id, verdict, summary);
  const char *const fields[] = { sides->field->id, NULL };

  pd_finding_set_fields (finding, fields);
  if (value != NULL && !pd_check_context_is_secret (sides->context, value))
    pd_finding_set_value (finding, value);
  if (verdict == PD_VERDICT_WARNING || verdict == PD_VERDICT_FAILED) {
    pd_finding_set_proves (finding, _("Only what was pasted here from Seller Central."), _("What Seller Central shows now, if it was changed since."));
    pd_check_context_point_to (sides->context, finding, sides->field->id, FALSE);
  }
  g_ptr_array_add (sides->findings, finding);
  return finding;
}

/* Sentences that name characters would show a secret that was pasted by mistake. */
static gboolean
may_be_shown (Sides      *sides,
              const char *shop,
              const char *seen)
{
  return !pd_check_context_is_secret (sides->context, shop) && !pd_check_context_is_secret (sides->context, seen);
}

static void
tell_equal (Sides      *sides,
            const char *value)
{
  g_autofree char *summary = g_strdup_printf (_("%s: Seller Central has the same, letter by letter."), pd_field_get_label (sides->field));
  PdFinding       *finding = add_finding (sides, PD_VERDICT_PASSED, summary, value);

  pd_finding_set_proves (finding, _("That what was pasted here from Seller Central is the same."),
                         _("What Seller Central shows now, if it was changed since."));
}

static void
tell_different (Sides           *sides,
                const PdUrlPair *pair)
{
  g_autofree char *summary = NULL;
  g_autofree char *next_step = NULL;
  PdFinding       *finding;
  gboolean         shown = may_be_shown (sides, pair->shop, pair->seen);

  summary = shown ? g_strdup_printf (_("%s: the two sides differ. %s"), pd_field_get_label (sides->field), pair->compare->message)
                  : g_strdup_printf (_("%s: the two sides differ."), pd_field_get_label (sides->field));
  next_step = shown ? g_strdup_printf (_("In Seller Central, replace “%s” by “%s”."), pair->seen, pair->shop)
                    : g_strdup (_("Copy it again from the shop’s admin into Seller Central."));
  finding = add_finding (sides, pair->is_harmless ? PD_VERDICT_WARNING : PD_VERDICT_FAILED, summary, pair->shop);
  if (pair->is_harmless)
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_next_step (finding, next_step);
}

static void
tell_missing (Sides           *sides,
              const PdUrlPair *pair)
{
  const char      *label = pd_field_get_label (sides->field);
  g_autofree char *summary = NULL;
  PdFinding       *finding;

  summary = pair->is_of_second_site
          ? g_strdup_printf (_("%s: this one is missing in Seller Central, which has none of its site. While Commerce Creator is enabled, both "
                               "sites’ are needed."), label)
          : g_strdup_printf (_("%s: this one is missing in Seller Central."), label);
  finding = add_finding (sides, PD_VERDICT_FAILED, summary, pair->shop);
  pd_finding_set_next_step (finding, sides->field->kind == PD_FIELD_LIST
                                     ? _("Add it in Seller Central with “別のURLの追加”, exactly as it stands here.")
                                     : _("Enter it in Seller Central exactly as it stands here."));
}

static void
tell_extra (Sides      *sides,
            const char *value)
{
  g_autofree char *summary = g_strdup_printf (_("%s: Seller Central has one more, which the shop does not give."), pd_field_get_label (sides->field));
  PdFinding       *finding = add_finding (sides, PD_VERDICT_WARNING, summary, value);

  pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_next_step (finding, _("If the shop’s admin shows it, enter it here too. If nothing uses it any more, remove it in Seller Central."));
}

static void
compare_sides (const PdCheck     *check,
               PdCheckContext    *context,
               const PdField     *field,
               const char *const *seen,
               GPtrArray         *findings)
{
  g_autoptr (GPtrArray) pairs = pd_url_pairs_new (context->profile, field, seen);
  g_autofree char      *summary = NULL;
  Sides                 sides = { check, context, field, findings };

  if (seen[0] == NULL) {
    summary = g_strdup_printf (_("%s: not compared, as what Seller Central shows was not pasted yet."), pd_field_get_label (field));
    pd_finding_set_next_step (add_finding (&sides, PD_VERDICT_SKIPPED, summary, NULL),
                              _("Open it in Seller Central, and paste here what it shows now."));
    return;
  }
  if (pd_profile_is_empty (context->profile, field->id)) {
    summary = g_strdup_printf (_("%s: not compared, as what the shop gives was not entered yet."), pd_field_get_label (field));
    pd_finding_set_next_step (add_finding (&sides, PD_VERDICT_SKIPPED, summary, NULL), _("Copy it from the shop’s admin and enter it here."));
    return;
  }
  for (guint i = 0; i < pairs->len; i++) {
    const PdUrlPair *pair = g_ptr_array_index (pairs, i);

    if (pair->kind == PD_URL_PAIR_EQUAL)
      tell_equal (&sides, pair->shop);
    else if (pair->kind == PD_URL_PAIR_DIFFERENT)
      tell_different (&sides, pair);
    else if (pair->kind == PD_URL_PAIR_MISSING)
      tell_missing (&sides, pair);
    else
      tell_extra (&sides, pair->seen);
  }
}

/**
 * pd_check_two_sided_compare:
 * @context: the run
 * @field_id: a field that stands on both sides
 * @value: one of the shop's values
 * @is_equal: (out): whether Seller Central has it, letter by letter, as far as it was pasted
 *
 * For a check that has found this value refused.
 *
 * Returns: (transfer full) (nullable): a translated sentence on what was pasted from Seller Central in its place; %NULL where
 *   nothing was, or a secret would show
 */
char *
pd_check_two_sided_compare (PdCheckContext *context,
                            const char     *field_id,
                            const char     *value,
                            gboolean       *is_equal)
{
  g_autofree char         *seen_id = g_strconcat (field_id, ".seen", NULL);
  const char *const       *seen = pd_catalogue_lookup (seen_id) != NULL ? pd_profile_get_list (context->profile, seen_id) : NULL;
  g_autoptr (PdUrlCompare) compare = NULL;
  guint                    nearest = G_MAXUINT;
  const char              *best = NULL;

  *is_equal = seen != NULL && g_strv_contains (seen, value);
  if (*is_equal)
    return g_strdup (_("What was pasted from Seller Central has it letter by letter: then the Client ID is the one to compare first."));
  for (guint i = 0; seen != NULL && seen[i] != NULL; i++) {
    guint apart = pd_url_compare_estimate (value, seen[i]);

    if (apart < nearest) {
      nearest = apart;
      best = seen[i];
    }
  }
  if (best == NULL || pd_check_context_is_secret (context, best) || pd_check_context_is_secret (context, value))
    return NULL;
  compare = pd_url_compare_new (value, best);
  if (!compare->near)
    return g_strdup (_("It is missing in what was pasted from Seller Central, too."));
  return g_strdup_printf (_("What was pasted from Seller Central has “%s” in its place. %s"), best, compare->message);
}

/**
 * pd_check_two_sided_judge:
 * @check: the row
 * @context: the run
 *
 * Does what was seen in Seller Central equal what the shop gives (S081–S087, S094; F02, F40)? The order of a list does not matter.
 *
 * Returns: (transfer full) (element-type PdFinding): one for each URL of either side, under the shop's own field
 */
GPtrArray *
pd_check_two_sided_judge (const PdCheck  *check,
                          PdCheckContext *context)
{
  GPtrArray            *findings = g_ptr_array_new_with_free_func (g_object_unref);
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const PdField     *field = fields[i]->seen_of != NULL ? pd_catalogue_lookup (fields[i]->seen_of) : NULL;
    const char *const *seen;

    if (field == NULL || !pd_profile_field_applies (context->profile, field))
      continue;
    seen = pd_profile_get_list (context->profile, fields[i]->id);
    if (seen[0] != NULL || !pd_profile_is_empty (context->profile, field->id))
      compare_sides (check, context, field, seen, findings);
  }
  if (findings->len == 0) {
    PdFinding *finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("Nothing was compared: no URL of either side has been entered yet."));

    pd_finding_set_next_step (finding, _("Enter the shop’s URLs under “Seller Central”, and what Seller Central shows now beside them."));
    g_ptr_array_add (findings, finding);
  }
  return findings;
}
