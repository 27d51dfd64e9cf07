/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-cause.h"
#include "pd-help.h"

static void
section_free (PdHelpSection *section)
{
  g_free (section->id);
  g_free (section->heading);
  g_free (section->text);
  g_free (section->source);
  g_ptr_array_unref (section->paths);
  g_free (section);
}

static PdHelpSection *
add_section (GPtrArray  *sections,
             const char *id,
             const char *heading,
             const char *text,
             const char *source)
{
  PdHelpSection *section = g_new0 (PdHelpSection, 1);

  section->id = g_strdup (id);
  section->heading = g_strdup (heading);
  section->text = g_strdup (text);
  section->source = g_strdup (source);
  section->paths = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (sections, section);
  return section;
}

/* Help is for every mode: each admin's path, and whose it is. */
static void
add_paths (PdHelpSection *section,
           const PdPlace *places)
{
  for (; places != NULL && places->path != NULL; places++) {
    g_auto (GStrv) steps = pd_place_split (places);
    g_autofree char *path = g_strjoinv (" › ", steps);
    g_autofree char *note = places->note != NULL ? g_strdup_printf (" (%s)", _(places->note)) : g_strdup ("");

    if (places->site == PD_SITE_COMMON)
      g_ptr_array_add (section->paths, g_strdup_printf ("%s%s", path, note));
    else
      g_ptr_array_add (section->paths, g_strdup_printf ("%s: %s%s", pd_site_get_label (places->site), path, note));
  }
}

static void
add_texts (GPtrArray         *sections,
           const PdHelpTopic *topic)
{
  guint n_texts;
  const PdHelpText *texts = pd_help_get_texts (&n_texts);

  for (guint i = 0; i < n_texts; i++) {
    if (g_str_equal (texts[i].topic, topic->id))
      add_section (sections, texts[i].id, _(texts[i].heading), _(texts[i].text), texts[i].source);
  }
}

static void
add_steps (GPtrArray         *sections,
           const PdHelpTopic *topic)
{
  guint n_steps;
  const PdGuideStep *steps = pd_guide_get_steps (&n_steps);

  for (guint i = 0; i < n_steps; i++) {
    g_autoptr (GString) text = NULL;
    g_autofree char *heading = NULL;
    PdHelpSection *section;

    if ((int) steps[i].part != topic->part)
      continue;
    text = g_string_new (_(steps[i].text));
    for (const PdGuideValue *value = steps[i].constants; value->label != NULL; value++)
      g_string_append_printf (text, "\n\n%s: %s", _(value->label), value->value);
    if (steps[i].generations == PD_GENERATION_BEFORE_UPGRADE || steps[i].generations == PD_GENERATION_NEW)
      heading = g_strdup_printf (_("%s (%s)"), _(steps[i].title), pd_generation_get_label (steps[i].generations));
    section = add_section (sections, steps[i].id, heading != NULL ? heading : _(steps[i].title), text->str, steps[i].source);
    add_paths (section, steps[i].there);
    add_paths (section, steps[i].found);
    add_paths (section, steps[i].entered);
  }
}

static void
add_fields (GPtrArray *sections)
{
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    g_autoptr (GString) text = g_string_new (pd_field_get_help (fields[i]));
    PdHelpSection *section;

    if (fields[i]->seller_central_name != NULL)
      g_string_append_printf (text, "\n\n%s: %s", _("In Seller Central"), fields[i]->seller_central_name);
    if (fields[i]->futureshop_name != NULL)
      g_string_append_printf (text, "\n\n%s: %s", _("In the shop’s admin"), fields[i]->futureshop_name);
    section = add_section (sections, fields[i]->id, pd_field_get_label (fields[i]), text->str, NULL);
    add_paths (section, fields[i]->found);
    add_paths (section, fields[i]->entered);
  }
}

static void
add_causes (GPtrArray *sections)
{
  guint n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  for (guint i = 0; i < n_causes; i++) {
    g_autofree char *text = NULL;
    PdHelpSection *section;

    /* Those that the manual names; the window for errors explains all of them. */
    if (causes[i]->source == NULL || strncmp (causes[i]->source, "S", 1) != 0 || !g_ascii_isdigit (causes[i]->source[1]))
      continue;
    text = g_strdup_printf ("%s%s%s\n\n%s", causes[i]->samples != NULL ? causes[i]->samples[0] : "",
                            causes[i]->samples != NULL ? "\n\n" : "", pd_cause_get_meaning (causes[i]),
                            pd_cause_get_next_step (causes[i]));
    section = add_section (sections, causes[i]->id, pd_cause_get_title (causes[i]), text, causes[i]->source);
    for (guint j = 0; j < G_N_ELEMENTS (causes[i]->places) && causes[i]->places[j] != NULL; j++)
      add_paths (section, causes[i]->places[j]);
  }
}

/**
 * pd_help_topic_get_sections:
 * @topic: a topic
 *
 * Returns: (transfer full) (element-type PdHelpSection): what it says, in the operator's language
 */
GPtrArray *
pd_help_topic_get_sections (const PdHelpTopic *topic)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func ((GDestroyNotify) section_free);

  add_texts (sections, topic);
  if (topic->part >= 0)
    add_steps (sections, topic);
  if (topic->has_fields)
    add_fields (sections);
  if (topic->has_causes)
    add_causes (sections);
  return sections;
}

const PdHelpTopic *
pd_help_lookup (const char *topic_id)
{
  guint n_topics;
  const PdHelpTopic *topics = pd_help_get_topics (&n_topics);

  for (guint i = 0; i < n_topics; i++) {
    if (g_strcmp0 (topics[i].id, topic_id) == 0)
      return &topics[i];
  }
  return NULL;
}

/* (nullable): the topic that a view is explained by. */
const PdHelpTopic *
pd_help_get_for_view (PdView view)
{
  guint n_topics;
  const PdHelpTopic *topics = pd_help_get_topics (&n_topics);

  for (guint i = 0; i < n_topics; i++) {
    if (topics[i].view == (int) view)
      return &topics[i];
  }
  return NULL;
}

/* The topic that tells a part of the guide. */
const PdHelpTopic *
pd_help_get_for_part (PdGuidePart part)
{
  guint n_topics;
  const PdHelpTopic *topics = pd_help_get_topics (&n_topics);

  for (guint i = 0; i < n_topics; i++) {
    if (topics[i].part == (int) part)
      return &topics[i];
  }
  g_return_val_if_reached (topics);
}

const char *
pd_help_topic_get_title (const PdHelpTopic *topic)
{
  return _(topic->title);
}

static gboolean
holds (const char *text,
       const char *wanted)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : NULL;

  return folded != NULL && strstr (folded, wanted) != NULL;
}

/**
 * pd_help_section_matches:
 * @section: a section
 * @wanted: what is searched for, several words with spaces between; full width and half width, capitals and small letters
 *   are the same
 *
 * Returns: whether every word is in the section
 */
gboolean
pd_help_section_matches (const PdHelpSection *section,
                         const char          *wanted)
{
  g_autofree char *normal = g_utf8_normalize (wanted, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    gboolean found = *words[i] == '\0' || holds (section->heading, words[i]) || holds (section->text, words[i]);

    for (guint j = 0; !found && j < section->paths->len; j++)
      found = holds (g_ptr_array_index (section->paths, j), words[i]);
    if (!found)
      return FALSE;
  }
  return TRUE;
}
