/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-guide.h"
#include "pd-shape.h"

static const char *const parts[] = {
  [PD_GUIDE_BEGIN] = N_("Before You Begin"),
  [PD_GUIDE_IDS] = N_("IDs for the API Settings"),
  [PD_GUIDE_TOKEN] = N_("MWS Auth Token"),
  [PD_GUIDE_SELLER_CENTRAL] = N_("Entries in Seller Central"),
  [PD_GUIDE_NOTIFICATIONS] = N_("Notification Settings"),
  [PD_GUIDE_CHECKS] = N_("Checks After Setting"),
  [PD_GUIDE_NEXT] = N_("What Comes Next"),
};

static const char *const states[] = {
  [PD_GUIDE_OPEN] = N_("To do"),
  [PD_GUIDE_STALE] = N_("To do again: changed since"),
  [PD_GUIDE_NOT_NEEDED] = N_("Not needed: the token is pre-set"),
  [PD_GUIDE_TICKED] = N_("Done"),
  [PD_GUIDE_SEEN] = N_("Done, as Paydesk sees"),
};

/* What is said of a step's fields, counted. */
typedef struct {
  guint n_fields;
  guint n_filled;
  guint n_wrong;   /* of the filled ones */
  guint n_lacking; /* empty, and needed */
  guint n_apart;   /* seen in Seller Central, and not what the shop gives */
  guint n_entered;
  guint n_stale;
} Count;

static gboolean
is_wrong (PdProfile     *profile,
          const PdField *field)
{
  g_autoptr (GPtrArray) problems = pd_profile_judge_field (profile, field, NULL);

  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (problem->severity == PD_SEVERITY_ERROR)
      return TRUE;
  }
  return FALSE;
}

/* Whether an address that the shop gives is not among those that were seen in Seller Central. */
static gboolean
is_apart (PdProfile     *profile,
          const PdField *field)
{
  const char *const *shop = field->seen_of != NULL ? pd_profile_get_list (profile, field->seen_of) : NULL;
  const char *const *seen = pd_profile_get_list (profile, field->id);

  for (; shop != NULL && *shop != NULL; shop++) {
    if (!g_strv_contains (seen, *shop))
      return TRUE;
  }
  return FALSE;
}

static Count
count_fields (const PdGuideStep *step,
              PdProfile         *profile)
{
  g_autoptr (GPtrArray) fields = pd_guide_step_get_fields (step, profile);
  Count count = { .n_fields = fields->len };

  for (guint i = 0; i < fields->len; i++) {
    const PdField *field = g_ptr_array_index (fields, i);
    PdMark mark = pd_profile_get_mark (profile, field->id, NULL);

    if (pd_profile_is_empty (profile, field->id)) {
      count.n_lacking += !step->optional && field->kind != PD_FIELD_DATE;
      continue;
    }
    count.n_filled++;
    count.n_wrong += is_wrong (profile, field);
    count.n_apart += is_apart (profile, field);
    count.n_entered += mark == PD_MARK_ENTERED;
    count.n_stale += mark == PD_MARK_STALE;
  }
  return count;
}

static gboolean
is_preset (PdProfile *profile)
{
  return g_str_equal (pd_profile_get_text (profile, "mws-auth-token"), PD_PRESET_TOKEN);
}

static PdGuideState
judge_filled (const PdGuideStep *step,
              PdProfile         *profile,
              gboolean           ticked)
{
  Count count = count_fields (step, profile);

  if (count.n_wrong > 0)
    return PD_GUIDE_OPEN;
  if (count.n_filled > 0 && count.n_lacking == 0 && count.n_apart == 0)
    return PD_GUIDE_SEEN;
  return ticked ? PD_GUIDE_TICKED : PD_GUIDE_OPEN;
}

/* The marks are the ticks, where there is something to mark. */
static PdGuideState
judge_entered (const PdGuideStep *step,
               PdProfile         *profile,
               gboolean           ticked)
{
  Count count = count_fields (step, profile);

  if (count.n_stale > 0)
    return PD_GUIDE_STALE;
  if (count.n_filled == 0)
    return ticked ? PD_GUIDE_TICKED : PD_GUIDE_OPEN;
  return count.n_entered == count.n_filled && count.n_lacking == 0 ? PD_GUIDE_SEEN : PD_GUIDE_OPEN;
}

static PdGuideState
judge_passed (const PdGuideRun *last)
{
  if (last == NULL || (last->verdict != PD_VERDICT_PASSED && last->verdict != PD_VERDICT_WARNING))
    return PD_GUIDE_OPEN;
  return last->is_current ? PD_GUIDE_SEEN : PD_GUIDE_STALE;
}

/**
 * pd_guide_lookup:
 * @step_id: a step's id
 *
 * Returns: (transfer none) (nullable): its row
 */
const PdGuideStep *
pd_guide_lookup (const char *step_id)
{
  guint n_steps;
  const PdGuideStep *steps = pd_guide_get_steps (&n_steps);

  for (guint i = 0; i < n_steps; i++) {
    if (g_strcmp0 (steps[i].id, step_id) == 0)
      return &steps[i];
  }
  return NULL;
}

/**
 * pd_guide_list_steps:
 * @mode: the shop's mode
 * @generation: the shop's generation
 *
 * Returns: (transfer container) (element-type PdGuideStep): the steps for such a shop, in order
 */
GPtrArray *
pd_guide_list_steps (PdMode       mode,
                     PdGeneration generation)
{
  GPtrArray *result = g_ptr_array_new ();
  guint n_steps;
  const PdGuideStep *steps = pd_guide_get_steps (&n_steps);

  for (guint i = 0; i < n_steps; i++) {
    if ((steps[i].modes & mode) != 0 && (steps[i].generations & generation) != 0)
      g_ptr_array_add (result, (gpointer) &steps[i]);
  }
  return result;
}

const char *
pd_guide_part_get_label (PdGuidePart part)
{
  return _(parts[part]);
}

/**
 * pd_guide_step_get_fields:
 * @step: a step
 * @profile: a shop
 *
 * Returns: (transfer container) (element-type PdField): the step's fields that this shop uses
 */
GPtrArray *
pd_guide_step_get_fields (const PdGuideStep *step,
                          PdProfile         *profile)
{
  GPtrArray *result = g_ptr_array_new ();

  for (guint i = 0; step->fields[i] != NULL; i++) {
    const PdField *field = pd_catalogue_lookup (step->fields[i]);

    if (field != NULL && pd_profile_field_applies (profile, field))
      g_ptr_array_add (result, (gpointer) field);
  }
  return result;
}

/* Whether every step that this one leads to, and such a shop has, is seen to be done. */
static gboolean
has_led (const PdGuideStep *step,
         PdProfile         *profile)
{
  PdMode mode = pd_profile_get_mode (profile);
  PdGeneration generation = pd_profile_get_generation (profile);
  guint n_seen = 0;

  for (guint i = 0; step->leads_to[i] != NULL; i++) {
    const PdGuideStep *next = pd_guide_lookup (step->leads_to[i]);
    Count count;

    if ((next->modes & mode) == 0 || (next->generations & generation) == 0)
      continue;
    count = count_fields (next, profile);
    if (count.n_lacking > 0 || count.n_wrong > 0 || count.n_filled == 0 ||
        (next->sight == PD_GUIDE_ENTERED && count.n_entered < count.n_filled))
      return FALSE;
    n_seen++;
  }
  return n_seen > 0;
}

/**
 * pd_guide_step_judge:
 * @step: a step
 * @profile: a shop
 * @last: (nullable): the last run of the checks, where there was one
 *
 * Returns: whether the step is done, and by whom this is said
 */
PdGuideState
pd_guide_step_judge (const PdGuideStep *step,
                     PdProfile         *profile,
                     const PdGuideRun  *last)
{
  g_autoptr (GDateTime) tick = pd_profile_get_tick (profile, step->id);

  if (step->without_preset && is_preset (profile))
    return PD_GUIDE_NOT_NEEDED;
  if (has_led (step, profile))
    return PD_GUIDE_SEEN;
  switch (step->sight) {
  case PD_GUIDE_FILLED:
    return judge_filled (step, profile, tick != NULL);
  case PD_GUIDE_ENTERED:
    return judge_entered (step, profile, tick != NULL);
  case PD_GUIDE_PASSED:
    return judge_passed (last);
  case PD_GUIDE_LEFT:
    return PD_GUIDE_OPEN;
  case PD_GUIDE_BY_HAND:
  default:
    return tick != NULL ? PD_GUIDE_TICKED : PD_GUIDE_OPEN;
  }
}

/**
 * pd_guide_step_is_said:
 * @step: a step
 *
 * Returns: whether it is the operator who says that the step is done
 */
gboolean
pd_guide_step_is_said (const PdGuideStep *step)
{
  return step->sight == PD_GUIDE_BY_HAND || step->sight == PD_GUIDE_ENTERED || (step->sight == PD_GUIDE_FILLED && step->optional);
}

gboolean
pd_guide_state_is_done (PdGuideState state)
{
  return state >= PD_GUIDE_NOT_NEEDED;
}

const char *
pd_guide_state_get_label (PdGuideState state)
{
  return _(states[state]);
}

/**
 * pd_guide_step_set_done:
 * @step: a step
 * @profile: a shop
 * @done: whether the operator says that it is done
 *
 * Ticks the step, or takes the tick away. Where the step carries values over, their marks 'entered over there' are the tick.
 * One step of undo.
 */
void
pd_guide_step_set_done (const PdGuideStep *step,
                        PdProfile         *profile,
                        gboolean           done)
{
  g_autoptr (GPtrArray) fields = pd_guide_step_get_fields (step, profile);
  gboolean marked = FALSE;

  pd_profile_begin_step (profile);
  for (guint i = 0; step->sight == PD_GUIDE_ENTERED && i < fields->len; i++) {
    const PdField *field = g_ptr_array_index (fields, i);

    if (done && pd_profile_is_empty (profile, field->id))
      continue;
    pd_profile_set_mark (profile, field->id, done);
    marked = TRUE;
  }
  if (!done || !marked)
    pd_profile_set_tick (profile, step->id, done);
  pd_profile_end_step (profile);
}

/**
 * pd_guide_list_places:
 * @places: (nullable): one of a step's lists of places
 * @mode: the shop's mode
 * @generation: the shop's generation
 *
 * Returns: (transfer container) (element-type PdPlace): those that such a shop has
 */
GPtrArray *
pd_guide_list_places (const PdPlace *places,
                      PdMode         mode,
                      PdGeneration   generation)
{
  GPtrArray *result = g_ptr_array_new ();

  for (; places != NULL && places->path != NULL; places++) {
    if (pd_place_applies (places, mode, generation))
      g_ptr_array_add (result, (gpointer) places);
  }
  return result;
}
