/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-catalogue.h"
#include "pd-guide.h"
#include "pd-json.h"
#include "pd-merge.h"
#include "pd-places.h"
#include "pd-shape.h"

static const PdMode modes[] = { PD_MODE_DISABLED, PD_MODE_ENABLED, PD_MODE_OPERATING };
static const PdGeneration generations[] = { PD_GENERATION_BEFORE_UPGRADE, PD_GENERATION_AFTER_UPGRADE, PD_GENERATION_NEW };

static PdGuideState
judge (PdProfile  *profile,
       const char *step_id)
{
  return pd_guide_step_judge (pd_guide_lookup (step_id), profile, NULL);
}

static void
set (PdProfile  *profile,
     const char *field_id,
     const char *value)
{
  g_autoptr (GError) error = NULL;

  pd_profile_set_text (profile, field_id, value, &error);
  g_assert_no_error (error);
}

static void
test_steps_are_whole (void)
{
  guint n_steps;
  const PdGuideStep *steps = pd_guide_get_steps (&n_steps);

  for (guint i = 0; i < n_steps; i++) {
    g_assert_cmpuint (steps[i].modes, !=, 0);
    g_assert_cmpuint (steps[i].generations, !=, 0);
    g_assert_nonnull (steps[i].title);
    g_assert_nonnull (steps[i].text);
    g_assert_nonnull (steps[i].source);
    g_assert_null (pd_catalogue_lookup (steps[i].id));
    g_assert_true (steps[i].sight == PD_GUIDE_BY_HAND || steps[i].sight == PD_GUIDE_PASSED || steps[i].sight == PD_GUIDE_LEFT ||
                   steps[i].fields[0] != NULL);
    for (guint j = 0; steps[i].leads_to[j] != NULL; j++)
      g_assert_nonnull (pd_guide_lookup (steps[i].leads_to[j]));
    g_assert_cmpint (steps[i].action != NULL, ==, steps[i].action_label != NULL);
    for (guint j = 0; steps[i].fields[j] != NULL; j++)
      g_assert_nonnull (pd_catalogue_lookup (steps[i].fields[j]));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (steps[j].id, !=, steps[i].id);
    if (i > 0)
      g_assert_cmpint (steps[i].part, >=, steps[i - 1].part);
  }
}

/* What a shop of that kind enters at Amazon or in its admin, the guide carries over. */
static void
test_fields_are_covered (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (generations); j++) {
      g_autoptr (GPtrArray) steps = pd_guide_list_steps (modes[i], generations[j]);
      guint n_fields;
      const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

      for (guint k = 0; k < n_fields; k++) {
        gboolean is_covered = FALSE;

        if (!pd_field_applies (fields[k], modes[i], generations[j]) || !pd_field_is_required (fields[k], generations[j]))
          continue;
        for (guint l = 0; l < steps->len; l++) {
          const PdGuideStep *step = g_ptr_array_index (steps, l);

          is_covered = is_covered || (step->sight == PD_GUIDE_ENTERED &&
                                      g_strv_contains ((const char *const *) step->fields, fields[k]->id));
        }
        if (!is_covered)
          g_error ("no step enters %s", fields[k]->id);
      }
    }
  }
}

/* manual §0: every split path is in the guide of the modes that have it, and in no other. */
static void
test_paths (void)
{
  static const char *const numbers[] = { "N1", "N2", "N4", "N5", "N7", "N8", "N9", "N10", "N11" };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autoptr (GPtrArray) steps = pd_guide_list_steps (modes[i], PD_GENERATION_BEFORE_UPGRADE);
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (guint j = 0; j < steps->len; j++) {
      const PdGuideStep *step = g_ptr_array_index (steps, j);
      const PdPlace *lists[] = { step->there, step->found, step->entered, step->more };

      for (guint k = 0; k < G_N_ELEMENTS (lists); k++) {
        g_autoptr (GPtrArray) places = pd_guide_list_places (lists[k], modes[i], PD_GENERATION_BEFORE_UPGRADE);

        for (guint l = 0; l < places->len; l++) {
          const PdPlace *place = g_ptr_array_index (places, l);

          g_assert_cmpuint (place->modes & modes[i], !=, 0);
          g_hash_table_add (seen, g_strdup_printf ("%s/%d", place->id, place->site));
        }
      }
    }
    for (guint j = 0; j < G_N_ELEMENTS (numbers); j++) {
      g_autofree char *legacy = g_strdup_printf ("%s/%d", numbers[j], PD_SITE_LEGACY);
      g_autofree char *cc = g_strdup_printf ("%s/%d", numbers[j], PD_SITE_CC);

      g_test_message ("%s in mode %s", numbers[j], pd_mode_to_id (modes[i]));
      g_assert_cmpint (g_hash_table_contains (seen, legacy), ==, (modes[i] & PD_MODE_LEGACY) != 0);
      g_assert_cmpint (g_hash_table_contains (seen, cc), ==, (modes[i] & PD_MODE_CC) != 0);
    }
  }
  /* N10: the manual leaves a step out, which is said. */
  g_assert_nonnull (pd_places_lookup ("N10", PD_SITE_CC)->note);
  g_assert_nonnull (strstr (pd_places_lookup ("N10", PD_SITE_CC)->path, "連携サービス"));
}

static void
test_generations (void)
{
  g_autoptr (GPtrArray) before = pd_guide_list_steps (PD_MODE_ENABLED, PD_GENERATION_BEFORE_UPGRADE);
  g_autoptr (GPtrArray) after = pd_guide_list_steps (PD_MODE_ENABLED, PD_GENERATION_AFTER_UPGRADE);
  g_autoptr (GPtrArray) fresh = pd_guide_list_steps (PD_MODE_ENABLED, PD_GENERATION_NEW);

  g_assert_true (g_ptr_array_find (before, pd_guide_lookup ("ids-keys"), NULL));
  g_assert_false (g_ptr_array_find (after, pd_guide_lookup ("ids-keys"), NULL));
  g_assert_false (g_ptr_array_find (fresh, pd_guide_lookup ("next-upgrade"), NULL));
  g_assert_true (g_ptr_array_find (fresh, pd_guide_lookup ("token-look-new"), NULL));
  g_assert_false (g_ptr_array_find (after, pd_guide_lookup ("token-look-new"), NULL));
}

static void
test_ticks (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  g_autoptr (PdProfile) again = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (judge (profile, "ids-login"), ==, PD_GUIDE_OPEN);
  pd_guide_step_set_done (pd_guide_lookup ("ids-login"), profile, TRUE);
  g_assert_cmpint (judge (profile, "ids-login"), ==, PD_GUIDE_TICKED);
  json = pd_profile_to_json (profile);
  again = pd_profile_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (judge (again, "ids-login"), ==, PD_GUIDE_TICKED);

  g_assert_cmpstr (pd_profile_undo (profile), ==, "ids-login");
  g_assert_cmpint (judge (profile, "ids-login"), ==, PD_GUIDE_OPEN);
  g_assert_cmpstr (pd_profile_redo (profile), ==, "ids-login");
  g_assert_cmpint (judge (profile, "ids-login"), ==, PD_GUIDE_TICKED);
  pd_guide_step_set_done (pd_guide_lookup ("ids-login"), profile, FALSE);
  g_assert_cmpint (judge (profile, "ids-login"), ==, PD_GUIDE_OPEN);
}

/* What was undone is the same to the byte, whichever order the steps were ticked in. */
static void
test_order (void)
{
  g_autoptr (PdProfile) ticked = pd_profile_new ("Lantern & Co.");
  g_autoptr (PdProfile) profile = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  pd_profile_set_tick (ticked, "token-open", TRUE);
  pd_profile_set_tick (ticked, "ids-login", TRUE);
  before = pd_profile_to_json (ticked);
  profile = pd_profile_new_from_json (before, NULL);
  pd_profile_set_tick (profile, "ids-login", FALSE);
  pd_profile_set_tick (profile, "token-open", FALSE);
  pd_profile_undo (profile);
  pd_profile_undo (profile);
  after = pd_profile_to_json (profile);
  old = pd_json_to_string (before, TRUE);
  new = pd_json_to_string (after, TRUE);
  g_assert_cmpstr (old, ==, new);
}

/* Two writers tick different steps, and one knows a step that this Paydesk does not: all of it stays, nothing is asked. */
static void
test_merge (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  g_autoptr (JsonNode) base = pd_profile_to_json (profile);
  g_autoptr (PdProfile) other = pd_profile_new_from_json (base, NULL);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) mine = NULL;
  g_autoptr (JsonNode) theirs = NULL;
  g_autoptr (JsonNode) merged = NULL;
  g_autoptr (PdProfile) result = NULL;
  g_autoptr (GDateTime) unknown = NULL;

  pd_profile_set_tick (profile, "ids-login", TRUE);
  pd_profile_set_tick (other, "ids-open", TRUE);
  pd_profile_set_tick (other, "of-a-later-paydesk", TRUE);
  mine = pd_profile_to_json (profile);
  theirs = pd_profile_to_json (other);
  merged = pd_merge (base, mine, theirs, PD_MERGE_MINE, conflicts);
  g_assert_cmpuint (conflicts->len, ==, 0);
  result = pd_profile_new_from_json (merged, NULL);
  g_assert_cmpint (judge (result, "ids-login"), ==, PD_GUIDE_TICKED);
  g_assert_cmpint (judge (result, "ids-open"), ==, PD_GUIDE_TICKED);
  unknown = pd_profile_get_tick (result, "of-a-later-paydesk");
  g_assert_nonnull (unknown);
}

/* A shop's file of before the guide, and one whose ticks say things unknown here. */
static void
test_files (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  g_autoptr (JsonNode) json = pd_profile_to_json (profile);
  JsonObject *document = json_node_get_object (json);
  g_autoptr (PdProfile) old = NULL;
  g_autoptr (PdProfile) odd = NULL;
  g_autoptr (JsonNode) kept = NULL;
  JsonObject *guide;
  g_autoptr (GError) error = NULL;

  json_object_remove_member (document, "guide");
  old = pd_profile_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (judge (old, "ids-login"), ==, PD_GUIDE_OPEN);

  guide = json_object_new ();
  json_object_set_int_member (guide, "ids-login", 5);
  json_object_set_object_member (document, "guide", guide);
  odd = pd_profile_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (judge (odd, "ids-login"), ==, PD_GUIDE_OPEN);
  kept = pd_profile_to_json (odd);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (json_node_get_object (kept), "guide"), "ids-login"), ==, 5);
}

static void
test_filled (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");

  set (profile, "seller-id", "A1LANTERN23456");
  g_assert_cmpint (judge (profile, "ids-copy"), ==, PD_GUIDE_OPEN);
  pd_guide_step_set_done (pd_guide_lookup ("ids-copy"), profile, TRUE);
  g_assert_cmpint (judge (profile, "ids-copy"), ==, PD_GUIDE_TICKED);
  set (profile, "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef");
  g_assert_cmpint (judge (profile, "ids-copy"), ==, PD_GUIDE_SEEN);
  set (profile, "client-id", "A1LANTERN23456");
  g_assert_cmpint (judge (profile, "ids-copy"), ==, PD_GUIDE_OPEN);
}

static void
test_entered (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  const PdGuideStep *step = pd_guide_lookup ("app-returns");

  set (profile, "return-urls", "https://www.example.jp/return");
  g_assert_cmpint (judge (profile, "app-returns"), ==, PD_GUIDE_OPEN);
  pd_guide_step_set_done (step, profile, TRUE);
  g_assert_cmpint (judge (profile, "app-returns"), ==, PD_GUIDE_SEEN);
  g_assert_cmpint (pd_profile_get_mark (profile, "return-urls", NULL), ==, PD_MARK_ENTERED);
  set (profile, "return-urls", "https://www.example.jp/other");
  g_assert_cmpint (judge (profile, "app-returns"), ==, PD_GUIDE_STALE);
  pd_guide_step_set_done (step, profile, TRUE);
  g_assert_cmpint (judge (profile, "app-returns"), ==, PD_GUIDE_SEEN);
  pd_guide_step_set_done (step, profile, FALSE);
  g_assert_cmpint (judge (profile, "app-returns"), ==, PD_GUIDE_OPEN);

  /* A logo is optional: the tick alone is enough, and one that is there must have been entered. */
  pd_guide_step_set_done (pd_guide_lookup ("app-logo"), profile, TRUE);
  g_assert_cmpint (judge (profile, "app-logo"), ==, PD_GUIDE_TICKED);
  set (profile, "logo", "logo.png");
  g_assert_cmpint (judge (profile, "app-logo"), ==, PD_GUIDE_OPEN);
}

/* S054: a pre-set token is to be left alone, so that there is no procedure to go through. */
static void
test_preset (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");

  g_assert_cmpint (judge (profile, "token-grant"), ==, PD_GUIDE_OPEN);
  set (profile, "mws-auth-token", PD_PRESET_TOKEN);
  g_assert_cmpint (judge (profile, "token-grant"), ==, PD_GUIDE_NOT_NEEDED);
  g_assert_true (pd_guide_state_is_done (judge (profile, "token-grant")));
  g_assert_cmpint (judge (profile, "token-look-new"), ==, PD_GUIDE_SEEN);
}

static void
test_passed (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  const PdGuideStep *step = pd_guide_lookup ("check-run");
  PdGuideRun last = { PD_VERDICT_FAILED, TRUE };

  g_assert_cmpint (pd_guide_step_judge (step, profile, NULL), ==, PD_GUIDE_OPEN);
  g_assert_cmpint (pd_guide_step_judge (step, profile, &last), ==, PD_GUIDE_OPEN);
  last.verdict = PD_VERDICT_UNDETERMINED;
  g_assert_cmpint (pd_guide_step_judge (step, profile, &last), ==, PD_GUIDE_OPEN);
  last.verdict = PD_VERDICT_WARNING;
  g_assert_cmpint (pd_guide_step_judge (step, profile, &last), ==, PD_GUIDE_SEEN);
  /* A setting has changed since. */
  last.is_current = FALSE;
  g_assert_cmpint (pd_guide_step_judge (step, profile, &last), ==, PD_GUIDE_STALE);
  last.verdict = PD_VERDICT_FAILED;
  g_assert_cmpint (pd_guide_step_judge (step, profile, &last), ==, PD_GUIDE_OPEN);
}

static void
set_stored (PdProfile  *profile,
            const char *field_id)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  pd_profile_note_secret (profile, field_id, now);
}

/* A step that only opens the way is done when what it leads to is there: nobody is sent for what is on the desk. */
static void
test_leads (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");

  set (profile, "generation", "before-upgrade");
  set (profile, "seller-id", "A1LANTERN23456");
  set (profile, "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef");
  g_assert_cmpint (judge (profile, "ids-show"), ==, PD_GUIDE_OPEN);
  set (profile, "generation", "new");
  g_assert_cmpint (judge (profile, "ids-show"), ==, PD_GUIDE_SEEN);
  g_assert_cmpint (judge (profile, "begin-registration"), ==, PD_GUIDE_SEEN);
  set (profile, "client-id", "A1LANTERN23456");
  g_assert_cmpint (judge (profile, "ids-show"), ==, PD_GUIDE_OPEN);

  g_assert_cmpint (judge (profile, "token-grant"), ==, PD_GUIDE_OPEN);
  set_stored (profile, "mws-auth-token");
  g_assert_cmpint (judge (profile, "token-grant"), ==, PD_GUIDE_SEEN);
  g_assert_cmpint (judge (profile, "token-enter"), ==, PD_GUIDE_OPEN);

  set (profile, "notification-url", "https://www.example.jp/notify");
  g_assert_cmpint (judge (profile, "notify-open"), ==, PD_GUIDE_OPEN);
  pd_profile_set_mark (profile, "notification-url", TRUE);
  g_assert_cmpint (judge (profile, "notify-open"), ==, PD_GUIDE_SEEN);
}

/* What Seller Central shows is compared letter by letter; a difference leaves the word to the operator. */
static void
test_compared (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  const PdGuideStep *step = pd_guide_lookup ("check-compare");

  set (profile, "notification-url", "https://www.example.jp/notify");
  g_assert_cmpint (judge (profile, "check-compare"), ==, PD_GUIDE_OPEN);
  g_assert_true (pd_guide_step_is_said (step));
  set (profile, "notification-url.seen", "https://www.example.jp/Notify");
  g_assert_cmpint (judge (profile, "check-compare"), ==, PD_GUIDE_OPEN);
  pd_guide_step_set_done (step, profile, TRUE);
  g_assert_cmpint (judge (profile, "check-compare"), ==, PD_GUIDE_TICKED);
  pd_guide_step_set_done (step, profile, FALSE);
  set (profile, "notification-url.seen", "https://www.example.jp/notify");
  g_assert_cmpint (judge (profile, "check-compare"), ==, PD_GUIDE_SEEN);
}

/* The upgrade is done when the shop is another one, and not by a tick. */
static void
test_left (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");

  set (profile, "generation", "before-upgrade");
  pd_guide_step_set_done (pd_guide_lookup ("next-upgrade"), profile, TRUE);
  g_assert_cmpint (judge (profile, "next-upgrade"), ==, PD_GUIDE_OPEN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guide/steps-are-whole", test_steps_are_whole);
  g_test_add_func ("/guide/fields-are-covered", test_fields_are_covered);
  g_test_add_func ("/guide/paths", test_paths);
  g_test_add_func ("/guide/generations", test_generations);
  g_test_add_func ("/guide/ticks", test_ticks);
  g_test_add_func ("/guide/order", test_order);
  g_test_add_func ("/guide/merge", test_merge);
  g_test_add_func ("/guide/files", test_files);
  g_test_add_func ("/guide/filled", test_filled);
  g_test_add_func ("/guide/entered", test_entered);
  g_test_add_func ("/guide/preset", test_preset);
  g_test_add_func ("/guide/passed", test_passed);
  g_test_add_func ("/guide/leads", test_leads);
  g_test_add_func ("/guide/compared", test_compared);
  g_test_add_func ("/guide/left", test_left);
  return g_test_run ();
}
