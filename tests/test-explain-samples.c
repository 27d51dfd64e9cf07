/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-explain.h"

/* fixtures/explain-samples.tsv: texts as people send them, each with the cause that must come first. */

static char **
load_lines (const char *name)
{
  g_autofree char   *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autofree char   *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static char *
dup_ids (GPtrArray *found)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++) {
    PdExplanation *explanation = g_ptr_array_index (found, i);

    g_string_append_printf (ids, "%s%s(%u)", i > 0 ? " " : "", explanation->cause->id, explanation->score);
  }
  return g_string_free (ids, FALSE);
}

static const char *
get_first (GPtrArray *found)
{
  return found->len > 0 ? ((PdExplanation *) g_ptr_array_index (found, 0))->cause->id : "-";
}

static void
test_samples (void)
{
  g_auto (GStrv)         lines = load_lines ("explain-samples.tsv");
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  guint                  n_causes;
  const PdCause *const  *causes = pd_cause_get_all (&n_causes);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv)        columns = g_strsplit (lines[i], "\t", 2);
    g_autofree char      *text = NULL;
    g_autoptr (GPtrArray) found = NULL;
    const PdCause        *cause;

    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    g_assert_cmpuint (g_strv_length (columns), ==, 2);
    text = g_strcompress (columns[1]);
    found = pd_explain (text, -1, NULL);
    if (!g_str_equal (get_first (found), columns[0])) {
      g_autofree char *ids = dup_ids (found);

      g_test_message ("line %u: “%s”: %s first, but %s", i + 1, columns[1], columns[0], ids);
      g_test_fail ();
    }
    cause = pd_cause_lookup (columns[0]);
    g_assert_true (cause != NULL || g_str_equal (columns[0], "-"));
    if (cause != NULL)
      g_hash_table_insert (counts, (gpointer) cause->id, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, cause->id)) + 1));
  }
  for (guint i = 0; i < n_causes; i++) {
    g_test_message ("%s", causes[i]->id);
    g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, causes[i]->id)), >=, 2);
  }
}

/* As fixtures/demands.tsv names who shows it. */
static PdCauseWhere
parse_where (const char *name)
{
  static const char *const names[] = { "sc", "fs", "buyer", "api", "local" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (names[i], name))
      return (PdCauseWhere) i;
  }
  g_error ("nobody is named %s", name);
}

static char *
dup_advice (const PdCause *cause)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s\n%s\n", cause->title, cause->meaning, cause->next_step);
  for (guint i = 0; i < G_N_ELEMENTS (cause->places) && cause->places[i] != NULL; i++) {
    for (const PdPlace *place = cause->places[i]; place->path != NULL; place++)
      g_string_append_printf (text, "%s\n", place->path);
  }
  return g_string_free (text, FALSE);
}

static void
check (gboolean    is_right,
       const char *id,
       const char *what)
{
  if (is_right)
    return;
  g_test_message ("%s: %s", id, what);
  g_test_fail ();
}

/* Every cause that has to be known, as it was demanded: who shows it, how sure it is, whether waiting helps, what is advised. */
static void
test_demands (void)
{
  g_auto (GStrv) lines = load_lines ("demands.tsv");
  guint          n_causes;
  guint          n = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv)   columns = g_strsplit (lines[i], "\t", 6);
    g_auto (GStrv)   words = NULL;
    g_auto (GStrv)   symptoms = NULL;
    g_autofree char *advice = NULL;
    const PdCause   *cause;

    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    g_assert_cmpuint (g_strv_length (columns), ==, 6);
    cause = pd_cause_lookup (columns[0]);
    g_assert_nonnull (cause);
    n++;
    check (cause->where == parse_where (columns[1]), cause->id, "somebody else shows it");
    check (g_str_equal (columns[2], "-") || cause->is_likely, cause->id, "it is only likely");
    check (cause->waiting_helps == g_str_equal (columns[3], "wait"), cause->id, "whether waiting helps");
    advice = dup_advice (cause);
    words = g_strsplit (columns[4], " | ", -1);
    for (guint j = 0; words[j] != NULL; j++)
      check (strstr (advice, words[j]) != NULL, cause->id, words[j]);
    symptoms = g_strsplit (columns[5], " | ", -1);
    for (guint j = 0; symptoms[j] != NULL; j++) {
      g_autoptr (GPtrArray) found = pd_explain (symptoms[j], -1, NULL);

      check (g_str_equal (get_first (found), cause->id), cause->id, symptoms[j]);
    }
  }
  pd_cause_get_all (&n_causes);
  g_assert_cmpuint (n, ==, n_causes);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain-samples/demands", test_demands);
  g_test_add_func ("/explain-samples/first", test_samples);
  return g_test_run ();
}
