/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-url-compare.h"
#include "pd-url-private.h"

/* How many of Seller Central's values, the likeliest first, are looked at closely for one of the shop's: of hundreds, the rest
 * is too far away to be meant. */
#define MAX_TRIES 6

/* One field on both sides. A value that has found its match is done. */
typedef struct {
  const PdCheck      *check;
  PdCheckContext     *context;
  const PdField      *field;
  const char *const  *shop;
  const char *const  *seen;
  gboolean           *shop_done;
  gboolean           *seen_done;
  guint               n_shop;
  guint               n_seen;
  GHashTable         *seen_origins;
  GPtrArray          *findings;
} Sides;

/* Two values that may be meant to be the same. */
typedef struct {
  guint shop;
  guint seen;
  guint apart;
} Pair;

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
tell_different (Sides              *sides,
                const char         *shop,
                const char         *seen,
                const PdUrlCompare *compare)
{
  g_autofree char *summary = NULL;
  g_autofree char *next_step = NULL;
  PdFinding       *finding;
  gboolean         shown = may_be_shown (sides, shop, seen);
  /* Seller Central's own example of an origin ends in a slash: browsers never send it, so that it does no harm. */
  gboolean         harmless = g_str_equal (sides->field->id, "javascript-origins") && compare->kinds == PD_URL_SLASH;

  summary = shown ? g_strdup_printf (_("%s: the two sides differ. %s"), pd_field_get_label (sides->field), compare->message)
                  : g_strdup_printf (_("%s: the two sides differ."), pd_field_get_label (sides->field));
  next_step = shown ? g_strdup_printf (_("In Seller Central, replace “%s” by “%s”."), seen, shop)
                    : g_strdup (_("Copy it again from the shop’s admin into Seller Central."));
  finding = add_finding (sides, harmless ? PD_VERDICT_WARNING : PD_VERDICT_FAILED, summary, shop);
  if (harmless)
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_next_step (finding, next_step);
}

/* F13: while Commerce Creator is enabled the shop has two sites, and often the values of one alone were registered. */
static gboolean
is_of_second_site (Sides      *sides,
                   const char *value)
{
  g_autofree char *origin = pd_url_get_origin (value);

  if (pd_profile_get_mode (sides->context->profile) != PD_MODE_ENABLED || sides->field->kind != PD_FIELD_LIST || origin == NULL)
    return FALSE;
  if (g_hash_table_contains (sides->seen_origins, origin))
    return FALSE;
  for (guint i = 0; i < sides->n_shop; i++) {
    if (!g_str_equal (sides->shop[i], value) && sides->shop_done[i])
      return TRUE;
  }
  return FALSE;
}

static void
tell_missing (Sides      *sides,
              const char *value)
{
  const char      *label = pd_field_get_label (sides->field);
  g_autofree char *summary = NULL;
  PdFinding       *finding;

  summary = is_of_second_site (sides, value)
          ? g_strdup_printf (_("%s: this one is missing in Seller Central, which has none of its site. While Commerce Creator is enabled, both "
                               "sites’ are needed."), label)
          : g_strdup_printf (_("%s: this one is missing in Seller Central."), label);
  finding = add_finding (sides, PD_VERDICT_FAILED, summary, value);
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
match_equal (Sides *sides)
{
  for (guint i = 0; i < sides->n_shop; i++) {
    for (guint j = 0; j < sides->n_seen && !sides->shop_done[i]; j++) {
      if (sides->seen_done[j] || !g_str_equal (sides->shop[i], sides->seen[j]))
        continue;
      sides->shop_done[i] = TRUE;
      sides->seen_done[j] = TRUE;
      tell_equal (sides, sides->shop[i]);
    }
  }
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const Pair *left = a;
  const Pair *right = b;

  return left->apart < right->apart ? -1 : left->apart > right->apart;
}

/* The nearest first, so that one that lies near to another's match does not take it away. */
static void
match_near (Sides *sides)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autofree guint  *tries = g_new0 (guint, sides->n_shop + 1);
  gboolean           single = sides->field->kind != PD_FIELD_LIST;

  for (guint i = 0; i < sides->n_shop; i++) {
    for (guint j = 0; j < sides->n_seen && !sides->shop_done[i]; j++) {
      Pair pair = { i, j, 0 };

      if (sides->seen_done[j])
        continue;
      pair.apart = pd_url_compare_estimate (sides->shop[i], sides->seen[j]);
      g_array_append_val (pairs, pair);
    }
  }
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++) {
    const Pair             *pair = &g_array_index (pairs, Pair, i);
    g_autoptr (PdUrlCompare) compare = NULL;

    if (sides->shop_done[pair->shop] || sides->seen_done[pair->seen] || tries[pair->shop]++ >= MAX_TRIES)
      continue;
    compare = pd_url_compare_new (sides->shop[pair->shop], sides->seen[pair->seen]);
    if (!single && !compare->near)
      continue;
    sides->shop_done[pair->shop] = TRUE;
    sides->seen_done[pair->seen] = TRUE;
    tell_different (sides, sides->shop[pair->shop], sides->seen[pair->seen], compare);
  }
}

static void
compare_sides (const PdCheck     *check,
               PdCheckContext    *context,
               const PdField     *field,
               const char *const *shop,
               const char *const *seen,
               GPtrArray         *findings)
{
  g_autofree gboolean   *shop_done = g_new0 (gboolean, g_strv_length ((char **) shop) + 1);
  g_autofree gboolean   *seen_done = g_new0 (gboolean, g_strv_length ((char **) seen) + 1);
  g_autoptr (GHashTable) seen_origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char       *summary = NULL;
  Sides                  sides = {
    check, context, field, shop, seen, shop_done, seen_done, g_strv_length ((char **) shop), g_strv_length ((char **) seen),
    seen_origins, findings,
  };

  if (sides.n_seen == 0) {
    summary = g_strdup_printf (_("%s: not compared, as what Seller Central shows was not pasted yet."), pd_field_get_label (field));
    pd_finding_set_next_step (add_finding (&sides, PD_VERDICT_SKIPPED, summary, NULL),
                              _("Open it in Seller Central, and paste here what it shows now."));
    return;
  }
  if (sides.n_shop == 0) {
    summary = g_strdup_printf (_("%s: not compared, as what the shop gives was not entered yet."), pd_field_get_label (field));
    pd_finding_set_next_step (add_finding (&sides, PD_VERDICT_SKIPPED, summary, NULL), _("Copy it from the shop’s admin and enter it here."));
    return;
  }
  for (guint i = 0; i < sides.n_seen; i++) {
    char *origin = pd_url_get_origin (seen[i]);

    if (origin != NULL)
      g_hash_table_add (seen_origins, origin);
  }
  match_equal (&sides);
  match_near (&sides);
  for (guint i = 0; i < sides.n_shop; i++) {
    if (!shop_done[i])
      tell_missing (&sides, shop[i]);
  }
  for (guint i = 0; i < sides.n_seen; i++) {
    if (!seen_done[i])
      tell_extra (&sides, seen[i]);
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
    const char *const *shop;
    const char *const *seen;

    if (field == NULL || !pd_profile_field_applies (context->profile, field))
      continue;
    shop = pd_profile_get_list (context->profile, field->id);
    seen = pd_profile_get_list (context->profile, fields[i]->id);
    if (shop[0] != NULL || seen[0] != NULL)
      compare_sides (check, context, field, shop, seen, findings);
  }
  if (findings->len == 0) {
    PdFinding *finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("Nothing was compared: no URL of either side has been entered yet."));

    pd_finding_set_next_step (finding, _("Enter the shop’s URLs under “Seller Central”, and what Seller Central shows now beside them."));
    g_ptr_array_add (findings, finding);
  }
  return findings;
}
