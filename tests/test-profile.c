/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-problem.h"
#include "pd-profile-private.h"
#include "pd-shape.h"
#include "pd-undo.h"

#define N_OPERATIONS 100000

static char *
get_json (PdProfile *profile)
{
  g_autoptr (JsonNode) node = pd_profile_to_json (profile);

  return pd_json_to_string (node, TRUE);
}

static void
count_changed (PdProfile  *profile,
               const char *field_id,
               guint      *n)
{
  (*n)++;
}

static void
count_notify (PdProfile  *profile,
              GParamSpec *pspec,
              guint      *n)
{
  (*n)++;
}

static void
test_fresh (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");

  g_assert_true (g_uuid_string_is_valid (pd_profile_get_id (profile)));
  g_assert_cmpstr (pd_profile_get_text (profile, "name"), ==, "Lantern & Co.");
  g_assert_cmpstr (pd_profile_get_text (profile, "description"), ==, "Amazon Pay");
  g_assert_cmpstr (pd_profile_get_text (profile, "mode"), ==, "enabled");
  g_assert_cmpint (pd_profile_get_generation (profile), ==, PD_GENERATION_NEW);
  g_assert_cmpint (pd_profile_get_environment (profile), ==, PD_ENVIRONMENT_PRODUCTION);
  g_assert_cmpstr (pd_profile_get_text (profile, "seller-id"), ==, "");
  g_assert_true (pd_profile_is_empty (profile, "return-urls"));
  g_assert_false (pd_profile_can_undo (profile));
  g_assert_finalize_object (g_steal_pointer (&profile));
}

static void
test_notifies_once (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  guint changed = 0, of_name = 0, notified = 0;

  g_signal_connect (profile, "changed", G_CALLBACK (count_changed), &changed);
  g_signal_connect (profile, "changed::name", G_CALLBACK (count_changed), &of_name);
  g_signal_connect (profile, "notify::name", G_CALLBACK (count_notify), &notified);
  pd_profile_set_text (profile, "name", "b", NULL);
  pd_profile_set_text (profile, "name", "b", NULL);
  pd_profile_set_text (profile, "seller-id", "A1", NULL);
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpuint (of_name, ==, 1);
  g_assert_cmpuint (notified, ==, 1);
}

static void
test_refusals (void)
{
  static const struct { const char *field, *value; int code; } cases[] = {
    { "mode", "sideways", PD_ERROR_BAD_INPUT },
    { "mode", "", PD_ERROR_BAD_INPUT },
    { "environment", "Production", PD_ERROR_BAD_INPUT },
    { "name", "  ", PD_ERROR_BAD_INPUT },
    { "client-secret", "canary", PD_ERROR_BAD_INPUT },
    { "mws-auth-token", "amzn.mws.canary", PD_ERROR_BAD_INPUT },
    { "seller-id", "\xff", PD_ERROR_BAD_INPUT },
    { "logo", "../canary", PD_ERROR_BAD_INPUT },
    { "no-such-field", "x", PD_ERROR_NOT_FOUND },
  };
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  g_autofree char *before = get_json (profile);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (pd_profile_set_text (profile, cases[i].field, cases[i].value, &error));
    g_assert_error (error, PD_ERROR, cases[i].code);
    g_assert_null (strstr (error->message, "canary"));
  }
  after = get_json (profile);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (pd_profile_set_text (profile, "mws-auth-token", PD_PRESET_TOKEN, NULL));
  g_assert_cmpstr (pd_profile_get_text (profile, "mws-auth-token"), ==, PD_PRESET_TOKEN);
  g_assert_true (pd_profile_set_text (profile, "mws-auth-token", "", NULL));
  g_assert_true (pd_profile_is_empty (profile, "mws-auth-token"));
  /* Ill-shaped is for Amazon to judge. */
  g_assert_true (pd_profile_set_text (profile, "setup-notice-date", "yesterday", NULL));
}

static void
test_lists (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  const char *two[] = { "https://a.example/", "", "https://b.example/", NULL };
  const char *bad[] = { "a\nb", NULL };

  g_assert_true (pd_profile_set_list (profile, "return-urls", two, NULL));
  g_assert_cmpstr (pd_profile_get_text (profile, "return-urls"), ==, "https://a.example/\nhttps://b.example/");
  g_assert_true (pd_profile_set_text (profile, "return-urls", "https://c.example/\n\nhttps://d.example/\n", NULL));
  g_assert_cmpuint (g_strv_length ((char **) pd_profile_get_list (profile, "return-urls")), ==, 2);
  g_assert_false (pd_profile_set_list (profile, "return-urls", bad, NULL));
  g_assert_false (pd_profile_set_list (profile, "seller-id", two, NULL));
  g_assert_true (pd_profile_set_list (profile, "return-urls", NULL, NULL));
  g_assert_true (pd_profile_is_empty (profile, "return-urls"));
  g_assert_true (pd_profile_set_text (profile, "seller-id", "A1", NULL));
  g_assert_cmpstr (pd_profile_get_list (profile, "seller-id")[0], ==, "A1");
}

static void
test_environment (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");

  pd_profile_set_text (profile, "client-id", "plain", NULL);
  g_assert_cmpstr (pd_profile_get_for_environment (profile, "client-id", PD_ENVIRONMENT_SANDBOX), ==, "plain");
  pd_profile_set_text (profile, "client-id.sandbox", "apart", NULL);
  g_assert_cmpstr (pd_profile_get_for_environment (profile, "client-id", PD_ENVIRONMENT_SANDBOX), ==, "apart");
  g_assert_cmpstr (pd_profile_get_for_environment (profile, "client-id", PD_ENVIRONMENT_PRODUCTION), ==, "plain");
  g_assert_cmpstr (pd_profile_get_for_environment (profile, "client-id", PD_ENVIRONMENT_PRACTICE), ==, "plain");
}

static void
test_marks (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  pd_profile_begin_step (profile);
  pd_profile_set_text (profile, "seller-id", "A1", NULL);
  pd_profile_end_step (profile);
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", NULL), ==, PD_MARK_NONE);
  pd_profile_set_mark (profile, "seller-id", TRUE);
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", &when), ==, PD_MARK_ENTERED);
  g_assert_nonnull (when);
  pd_profile_set_text (profile, "seller-id", "A2", NULL);
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", NULL), ==, PD_MARK_STALE);

  /* Undone, it is what was entered; another value typed then is not. */
  pd_profile_undo (profile);
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", NULL), ==, PD_MARK_ENTERED);
  pd_profile_set_text (profile, "seller-id", "A3", NULL);
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", NULL), ==, PD_MARK_STALE);
  pd_profile_set_mark (profile, "seller-id", FALSE);
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", NULL), ==, PD_MARK_NONE);

  /* A value given up and never entered must not look like a later one that was. */
  pd_profile_set_text (profile, "client-id", "one", NULL);
  pd_profile_set_mark (profile, "client-id", TRUE);
  pd_profile_undo (profile);
  pd_profile_undo (profile);
  pd_profile_set_text (profile, "client-id", "two", NULL);
  g_assert_cmpint (pd_profile_get_mark (profile, "client-id", NULL), ==, PD_MARK_NONE);
  g_assert_cmpuint (pd_profile_get_field_revision (profile, "client-id"), ==, 2);

  pd_profile_note_secret (profile, "private-key", now);
  pd_profile_set_mark (profile, "private-key", TRUE);
  pd_profile_note_secret (profile, "private-key", now);
  g_assert_cmpint (pd_profile_get_mark (profile, "private-key", NULL), ==, PD_MARK_STALE);
}

static void
test_steps (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  g_autofree char *before = get_json (profile);
  g_autofree char *after = NULL;
  g_autofree char *now = NULL;

  pd_profile_begin_step (profile);
  pd_profile_set_text (profile, "seller-id", "A1", NULL);
  pd_profile_set_text (profile, "client-id", "c", NULL);
  pd_profile_set_text (profile, "seller-id", "A2", NULL);
  pd_profile_end_step (profile);
  pd_profile_set_text (profile, "seller-id", "A3", NULL);
  g_assert_cmpuint (pd_profile_get_undo_depth (profile), ==, 2);
  after = get_json (profile);
  g_assert_cmpstr (pd_profile_undo (profile), ==, "seller-id");
  g_assert_cmpstr (pd_profile_get_text (profile, "seller-id"), ==, "A2");
  g_assert_cmpstr (pd_profile_undo (profile), ==, "seller-id");
  g_assert_null (pd_profile_undo (profile));
  now = get_json (profile);
  g_assert_cmpstr (now, ==, before);
  g_assert_nonnull (pd_profile_redo (profile));
  g_assert_nonnull (pd_profile_redo (profile));
  g_assert_null (pd_profile_redo (profile));
  g_free (now);
  now = get_json (profile);
  g_assert_cmpstr (now, ==, after);
  pd_profile_forget_undo (profile);
  g_assert_false (pd_profile_can_undo (profile));
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* The clock is the test's own: one second ends a burst. */
static void
test_bursts (void)
{
  g_autoptr (PdUndo) undo = pd_undo_new ();
  guint64 revision = 0;
  const gint64 second = G_USEC_PER_SEC;

  pd_undo_record (undo, pd_change_new ("values", "a", NULL, text_node ("x")), 10 * second, &revision);
  pd_undo_record (undo, pd_change_new ("values", "a", text_node ("x"), text_node ("xy")), 10 * second + second / 2, &revision);
  g_assert_cmpuint (pd_undo_get_done (undo), ==, 1);
  pd_undo_record (undo, pd_change_new ("values", "a", text_node ("xy"), text_node ("xyz")), 12 * second, &revision);
  g_assert_cmpuint (pd_undo_get_done (undo), ==, 2);
  pd_undo_record (undo, pd_change_new ("values", "b", NULL, text_node ("x")), 12 * second, &revision);
  pd_undo_record (undo, pd_change_new ("values", "a", text_node ("xyz"), text_node ("x")), 12 * second, &revision);
  g_assert_cmpuint (pd_undo_get_done (undo), ==, 4);

  /* Typed and taken back: no step is left. */
  g_assert_true (pd_undo_record (undo, pd_change_new ("values", "a", text_node ("x"), text_node ("xyz")), 12 * second, &revision));
  g_assert_cmpuint (pd_undo_get_done (undo), ==, 3);

  /* After an undo a new edit is a new step, however soon. */
  pd_undo_step_back (undo);
  pd_undo_record (undo, pd_change_new ("values", "a", text_node ("xyz"), text_node ("q")), 12 * second, &revision);
  g_assert_cmpuint (pd_undo_get_done (undo), ==, 3);
  g_assert_cmpuint (pd_undo_get_undone (undo), ==, 0);
}

typedef struct {
  guint  n;
  char  *value;
} Restored;

static void
on_restore (PdProfile    *profile,
            const char   *field_id,
            PdSecretText *value,
            Restored     *restored)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  restored->n++;
  g_free (restored->value);
  restored->value = value != NULL ? g_strdup (pd_secret_text_peek (value)) : NULL;
  pd_profile_note_secret (profile, field_id, value != NULL ? now : NULL);
}

static void
test_secret_steps (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  g_autoptr (PdSecretText) one = pd_secret_text_new ("one");
  g_autoptr (PdSecretText) two = pd_secret_text_new ("two");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *json = NULL;
  Restored restored = { 0 };

  g_signal_connect (profile, "restore-secret", G_CALLBACK (on_restore), &restored);
  pd_profile_set_text (profile, "mws-auth-token", PD_PRESET_TOKEN, NULL);
  pd_profile_note_secret (profile, "mws-auth-token", now);
  pd_profile_push_secret_step (profile, "mws-auth-token", NULL, one);
  g_assert_cmpstr (pd_profile_get_text (profile, "mws-auth-token"), ==, "");
  pd_profile_set_mark (profile, "mws-auth-token", TRUE);
  pd_profile_note_secret (profile, "mws-auth-token", now);
  pd_profile_push_secret_step (profile, "mws-auth-token", one, two);
  g_assert_cmpint (pd_profile_get_mark (profile, "mws-auth-token", NULL), ==, PD_MARK_STALE);
  json = get_json (profile);
  g_assert_null (strstr (json, "two"));

  pd_profile_undo (profile);
  g_assert_cmpstr (restored.value, ==, "one");
  g_assert_cmpint (pd_profile_get_mark (profile, "mws-auth-token", NULL), ==, PD_MARK_ENTERED);
  pd_profile_redo (profile);
  g_assert_cmpstr (restored.value, ==, "two");
  g_assert_cmpint (pd_profile_get_mark (profile, "mws-auth-token", NULL), ==, PD_MARK_STALE);
  pd_profile_undo (profile);
  pd_profile_undo (profile); /* the mark */
  pd_profile_undo (profile);
  g_assert_null (restored.value);
  g_assert_cmpstr (pd_profile_get_text (profile, "mws-auth-token"), ==, PD_PRESET_TOKEN);
  g_assert_cmpuint (restored.n, ==, 4);
  g_free (restored.value);
}

/* A hundred thousand random edits, undos and redos: whatever the way, at each depth the document is the same to the byte. */
static void
test_undo_property (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  g_autoptr (GPtrArray) at_depth = g_ptr_array_new_with_free_func (g_free);
  guint n_fields, nesting = 0;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  g_ptr_array_add (at_depth, get_json (profile));
  for (guint i = 0; i < N_OPERATIONS; i++) {
    const PdField *field = fields[g_test_rand_int_range (0, (gint32) n_fields)];
    int what = g_test_rand_int_range (0, 100);
    g_autofree char *value = g_strdup_printf ("%d", g_test_rand_int_range (0, 4));
    g_autofree char *json = NULL;
    guint depth;

    if (nesting > 0 && what < 30) {
      pd_profile_end_step (profile);
      nesting--;
    } else if (what < 3) {
      pd_profile_begin_step (profile);
      nesting++;
    } else if (what < 25) {
      pd_profile_undo (profile);
    } else if (what < 45) {
      pd_profile_redo (profile);
    } else if (what < 50) {
      pd_profile_set_mark (profile, field->id, g_test_rand_bit () != 0);
    } else if (what < 53) {
      pd_profile_set_text (profile, "name", value, NULL);
    } else if (field->kind == PD_FIELD_SECRET) {
      pd_profile_set_text (profile, field->id, g_test_rand_bit () ? PD_PRESET_TOKEN : NULL, NULL);
    } else if (field->kind == PD_FIELD_CHOICE) {
      pd_profile_set_text (profile, field->id, field->choices[g_test_rand_int_range (0, 3)], NULL);
    } else {
      pd_profile_set_text (profile, field->id, g_test_rand_int_range (0, 5) > 0 ? value : NULL, NULL);
    }

    depth = pd_profile_get_undo_depth (profile);
    json = get_json (profile);
    if (depth >= 900) {
      while (nesting > 0) {
        pd_profile_end_step (profile);
        nesting--;
      }
      pd_profile_forget_undo (profile);
      g_ptr_array_set_size (at_depth, 0);
      g_ptr_array_add (at_depth, get_json (profile));
      continue;
    }
    if (what >= 3 && what < 45 && nesting == 0 && !(what < 30 && what >= 25)) {
      /* Came here by undo or redo (or tried to). */
      g_assert_cmpuint (depth, <, at_depth->len);
      g_assert_cmpstr (json, ==, g_ptr_array_index (at_depth, depth));
      continue;
    }
    if (!pd_profile_can_redo (profile))
      g_ptr_array_set_size (at_depth, (gint) MIN (at_depth->len, depth + 1));
    if (depth < at_depth->len) {
      if (strcmp (g_ptr_array_index (at_depth, depth), json) != 0) {
        g_assert_false (pd_profile_can_redo (profile));
        g_free (g_ptr_array_index (at_depth, depth));
        g_ptr_array_index (at_depth, depth) = g_steal_pointer (&json);
      }
    } else {
      g_ptr_array_add (at_depth, g_steal_pointer (&json));
    }
  }
  while (nesting-- > 0)
    pd_profile_end_step (profile);

  /* All the way back and forth. */
  for (guint depth = pd_profile_get_undo_depth (profile); depth-- > 0;) {
    g_autofree char *json = NULL;

    g_assert_nonnull (pd_profile_undo (profile));
    json = get_json (profile);
    g_assert_cmpstr (json, ==, g_ptr_array_index (at_depth, depth));
  }
}

static guint
count_rule (GPtrArray  *problems,
            const char *rule,
            const char *field)
{
  guint n = 0;

  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (g_str_equal (problem->rule, rule) && (field == NULL || g_strcmp0 (problem->field, field) == 0))
      n++;
  }
  return n;
}

static void
test_judge (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("a");
  g_autoptr (GPtrArray) problems = NULL;
  const PdField *seller_id = pd_catalogue_lookup ("seller-id");
  const PdField *token = pd_catalogue_lookup ("mws-auth-token");

  problems = pd_profile_judge_field (profile, seller_id, NULL);
  g_assert_cmpuint (count_rule (problems, "missing", NULL), ==, 1);
  g_clear_pointer (&problems, g_ptr_array_unref);

  pd_profile_set_text (profile, "seller-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", NULL);
  problems = pd_profile_judge_field (profile, seller_id, NULL);
  g_assert_cmpuint (count_rule (problems, "mixup", "client-id"), ==, 1);
  g_assert_cmpuint (problems->len, ==, 1);
  g_clear_pointer (&problems, g_ptr_array_unref);

  pd_profile_set_text (profile, "seller-id", "A1B2C3D4E5F6G7", NULL);
  problems = pd_profile_judge_field (profile, seller_id, NULL);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_pointer (&problems, g_ptr_array_unref);

  /* S056 and S057. */
  problems = pd_profile_judge_field (profile, token, NULL);
  g_assert_cmpint (((PdProblem *) problems->pdata[0])->severity, ==, PD_SEVERITY_ERROR);
  g_clear_pointer (&problems, g_ptr_array_unref);
  pd_profile_set_text (profile, "generation", "after-upgrade", NULL);
  problems = pd_profile_judge_field (profile, token, NULL);
  g_assert_cmpint (((PdProblem *) problems->pdata[0])->severity, ==, PD_SEVERITY_WARNING);
  g_clear_pointer (&problems, g_ptr_array_unref);
  pd_profile_set_text (profile, "mws-auth-token", PD_PRESET_TOKEN, NULL);
  problems = pd_profile_judge_field (profile, token, NULL);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_judge_pairs (void)
{
  static const struct { const char *values[2]; const char *stored; const char *missing; } cases[] = {
    { { "seller-id" }, NULL, NULL },
    { { "public-key-id" }, NULL, "private-key" },
    { { "seller-id" }, "private-key", "public-key-id" },
    { { "public-key-id" }, "private-key", NULL },
    { { "public-key-id.sandbox" }, NULL, "private-key.sandbox" },
    { { "public-key-id.sandbox", "public-key-id" }, "private-key", NULL },
    { { "seller-id" }, "private-key.sandbox", "public-key-id.sandbox" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PdProfile) profile = pd_profile_new ("a");
    g_autoptr (GHashTable) stored = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GPtrArray) problems = NULL;

    for (guint j = 0; j < 2 && cases[i].values[j] != NULL; j++)
      pd_profile_set_text (profile, cases[i].values[j], "x", NULL);
    if (cases[i].stored != NULL)
      g_hash_table_add (stored, (gpointer) cases[i].stored);
    problems = pd_profile_judge_complete (profile, stored);
    g_assert_cmpuint (count_rule (problems, "missing", "public-key-id") + count_rule (problems, "missing", "private-key") +
                      count_rule (problems, "missing", "public-key-id.sandbox") +
                      count_rule (problems, "missing", "private-key.sandbox"), ==, cases[i].missing != NULL ? 1 : 0);
    if (cases[i].missing != NULL)
      g_assert_cmpuint (count_rule (problems, "missing", cases[i].missing), ==, 1);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/fresh", test_fresh);
  g_test_add_func ("/profile/notifies-once", test_notifies_once);
  g_test_add_func ("/profile/refusals", test_refusals);
  g_test_add_func ("/profile/lists", test_lists);
  g_test_add_func ("/profile/environment", test_environment);
  g_test_add_func ("/profile/marks", test_marks);
  g_test_add_func ("/profile/undo/steps", test_steps);
  g_test_add_func ("/profile/undo/bursts", test_bursts);
  g_test_add_func ("/profile/undo/secrets", test_secret_steps);
  g_test_add_func ("/profile/undo/exact-after-any-sequence", test_undo_property);
  g_test_add_func ("/profile/judge/field", test_judge);
  g_test_add_func ("/profile/judge/key-pairs", test_judge_pairs);
  return g_test_run ();
}
