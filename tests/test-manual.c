/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <stdlib.h>

#include "pd-catalogue.h"
#include "pd-cause.h"
#include "pd-check.h"
#include "pd-help.h"
#include "pd-places.h"

/* fixtures/manual.tsv maps every fact of the manual to where the product tells it; here each place is looked up. */

static gboolean
is_fact (guint number)
{
  return (number >= 1 && number <= 101) || (number >= 110 && number <= 128);
}

/* Whether a source such as "S048, S050–S053" names the fact. */
static gboolean
names_fact (const char *source,
            guint       number)
{
  g_auto (GStrv) parts = g_strsplit (source, ", ", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    const char *dash = strstr (parts[i], "–S");
    guint first = parts[i][0] == 'S' ? (guint) atoi (parts[i] + 1) : 0;
    guint last = dash != NULL ? (guint) atoi (dash + strlen ("–S")) : first;

    if (number >= first && number <= last && first > 0)
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  GString *text;
  char    *source; /* NULL where a place cites no facts */
} Told;

static void
add (Told       *told,
     const char *text)
{
  if (text != NULL)
    g_string_append_printf (told->text, "%s\n", text);
}

static void
add_places (Told          *told,
            const PdPlace *places)
{
  for (; places != NULL && places->path != NULL; places++)
    add (told, places->path);
}

static gboolean
tell_step (Told       *told,
           const char *id)
{
  const PdGuideStep *step = pd_guide_lookup (id);

  if (step == NULL)
    return FALSE;
  add (told, step->title);
  add (told, step->text);
  for (const PdGuideValue *value = step->constants; value->label != NULL; value++)
    add (told, value->value);
  add_places (told, step->there);
  add_places (told, step->found);
  add_places (told, step->entered);
  told->source = g_strdup (step->source);
  return TRUE;
}

static gboolean
tell_help (Told       *told,
           const char *where)
{
  g_auto (GStrv) parts = g_strsplit (where, "/", 2);
  const PdHelpTopic *topic = pd_help_lookup (parts[0]);
  g_autoptr (GPtrArray) sections = topic != NULL ? pd_help_topic_get_sections (topic) : NULL;

  for (guint i = 0; sections != NULL && i < sections->len; i++) {
    const PdHelpSection *section = g_ptr_array_index (sections, i);

    if (g_strcmp0 (section->id, parts[1]) != 0)
      continue;
    add (told, section->heading);
    add (told, section->text);
    told->source = g_strdup (section->source != NULL ? section->source : "");
    return TRUE;
  }
  return FALSE;
}

static gboolean
tell_field (Told       *told,
            const char *id)
{
  const PdField *field = pd_catalogue_lookup (id);

  if (field == NULL)
    return FALSE;
  add (told, pd_field_get_label (field));
  add (told, pd_field_get_help (field));
  add (told, field->seller_central_name);
  add (told, field->futureshop_name);
  return TRUE;
}

static gboolean
tell_cause (Told       *told,
            const char *id)
{
  const PdCause *cause = pd_cause_lookup (id);

  if (cause == NULL)
    return FALSE;
  add (told, pd_cause_get_title (cause));
  add (told, pd_cause_get_meaning (cause));
  add (told, pd_cause_get_next_step (cause));
  for (guint i = 0; cause->samples != NULL && cause->samples[i] != NULL; i++)
    add (told, cause->samples[i]);
  told->source = g_strdup (cause->source);
  return TRUE;
}

static gboolean
tell_check (Told       *told,
            const char *id)
{
  const PdCheck *check = pd_check_lookup (id);

  if (check == NULL)
    return FALSE;
  add (told, pd_check_get_label (check));
  add (told, pd_check_get_question (check));
  return TRUE;
}

static gboolean
tell_mode (Told       *told,
           const char *id)
{
  PdMode mode;

  if (!pd_mode_from_id (id, &mode))
    return FALSE;
  add (told, pd_mode_get_definition (mode));
  return TRUE;
}

static gboolean
tell_place (Told       *told,
            const char *where)
{
  g_auto (GStrv) parts = g_strsplit (where, "/", 2);
  const PdPlace *place = pd_places_lookup (parts[0], g_strcmp0 (parts[1], "cc") == 0 ? PD_SITE_CC : PD_SITE_LEGACY);

  if (place == NULL)
    return FALSE;
  add (told, place->path);
  return TRUE;
}

static const struct { const char *kind; gboolean (*tell) (Told *told, const char *id); } kinds[] = {
  { "step", tell_step }, { "help", tell_help }, { "field", tell_field }, { "cause", tell_cause },
  { "check", tell_check }, { "mode", tell_mode }, { "place", tell_place },
};

static void
judge_row (const char *number,
           const char *place,
           const char *words)
{
  g_auto (GStrv) parts = g_strsplit (place, ":", 2);
  Told told = { g_string_new (NULL), NULL };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (kinds[i].kind, parts[0]))
      found = kinds[i].tell (&told, parts[1]);
  }
  if (!found)
    g_error ("%s: there is no place %s", number, place);
  if (told.source != NULL && !names_fact (told.source, (guint) atoi (number + 1)))
    g_error ("%s: %s does not say that it tells this fact", number, place);
  if (strstr (told.text->str, words) == NULL)
    g_error ("%s: %s does not say “%s”", number, place, words);
  g_string_free (told.text, TRUE);
  g_free (told.source);
}

static void
test_every_fact (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "manual.tsv", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean told[129] = { FALSE };
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
    guint number;

    if (cells[0] == NULL || *cells[0] == '#')
      continue;
    g_assert_cmpuint (g_strv_length (cells), ==, 3);
    number = (guint) atoi (cells[0] + 1);
    g_assert_true (is_fact (number));
    judge_row (cells[0], cells[1], cells[2]);
    told[number] = TRUE;
  }
  for (guint i = 1; i < G_N_ELEMENTS (told); i++) {
    if (is_fact (i) && !told[i])
      g_error ("S%03u is told nowhere", i);
  }
}

/* A fact that a step claims to tell is one that there is. */
static void
test_sources (void)
{
  guint n_steps;
  const PdGuideStep *steps = pd_guide_get_steps (&n_steps);

  for (guint i = 0; i < n_steps; i++) {
    guint n = 0;

    for (guint number = 1; number < 1000; number++) {
      if (!names_fact (steps[i].source, number))
        continue;
      g_assert_true (is_fact (number));
      n++;
    }
    g_assert_cmpuint (n, >, 0);
  }
}

/* Every topic says something, under headings of its own; what a view is about has a topic. */
static void
test_help_is_whole (void)
{
  guint n_topics;
  const PdHelpTopic *topics = pd_help_get_topics (&n_topics);

  for (guint i = 0; i < n_topics; i++) {
    g_autoptr (GPtrArray) sections = pd_help_topic_get_sections (&topics[i]);

    g_assert_cmpuint (sections->len, >, 0);
    for (guint j = 0; j < sections->len; j++) {
      const PdHelpSection *section = g_ptr_array_index (sections, j);

      g_assert_true (*section->heading != '\0' && *section->text != '\0');
      for (guint k = 0; k < j; k++)
        g_assert_cmpstr (((const PdHelpSection *) g_ptr_array_index (sections, k))->id, !=, section->id);
    }
  }
  for (guint i = 0; i < PD_N_VIEWS; i++)
    g_assert_nonnull (pd_help_get_for_view (i));
  for (guint i = 0; i < PD_N_GUIDE_PARTS; i++)
    g_assert_nonnull (pd_help_get_for_part (i));
}

static void
test_search (void)
{
  const PdHelpTopic *topic = pd_help_lookup ("token");
  g_autoptr (GPtrArray) sections = pd_help_topic_get_sections (topic);
  guint n = 0;

  for (guint i = 0; i < sections->len; i++)
    n += pd_help_section_matches (g_ptr_array_index (sections, i), "ｍｗｓ  PRE-set");
  g_assert_cmpuint (n, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manual/every-fact", test_every_fact);
  g_test_add_func ("/manual/sources", test_sources);
  g_test_add_func ("/manual/help-is-whole", test_help_is_whole);
  g_test_add_func ("/manual/search", test_search);
  return g_test_run ();
}
