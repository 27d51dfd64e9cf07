/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-guide.h"

G_BEGIN_DECLS

/**
 * PdHelpSection:
 * @id: final within its topic
 * @heading: in the operator's language
 * @text: paragraphs, with an empty line between two
 * @source: (nullable): the facts of the manual that it states
 * @paths: (element-type utf8): menu paths, each with the kind of site it belongs to
 *
 * One section of a topic, ready to be shown and searched.
 */
typedef struct {
  char      *id;
  char      *heading;
  char      *text;
  char      *source;
  GPtrArray *paths;
} PdHelpSection;

/**
 * PdHelpTopic:
 * @id: final; help is opened at a topic's id, or at "topic/section"
 * @title: translatable
 * @view: the window's view that it is the help for; -1 for none
 *
 * One topic. Its sections are the rows of the help's own text, and what the guide, the catalogue and the causes say.
 */
typedef struct {
  const char *id;
  const char *title;
  int         view;
  int         part;       /* of the guide whose steps it tells; -1 for none */
  gboolean    has_fields; /* tells every field */
  gboolean    has_causes; /* tells the errors that the manual names */
} PdHelpTopic;

/* A row of the help's own text. */
typedef struct {
  const char *topic;
  const char *id;
  const char *source;
  const char *heading;
  const char *text;
} PdHelpText;

const PdHelpTopic *pd_help_get_topics        (guint *n_topics);
const PdHelpText  *pd_help_get_texts         (guint *n_texts);
const PdHelpTopic *pd_help_lookup            (const char *topic_id);
const PdHelpTopic *pd_help_get_for_view      (PdView view);
const PdHelpTopic *pd_help_get_for_part      (PdGuidePart part);
const char        *pd_help_topic_get_title   (const PdHelpTopic *topic);
GPtrArray         *pd_help_topic_get_sections (const PdHelpTopic *topic);
gboolean           pd_help_section_matches   (const PdHelpSection *section, const char *wanted);

G_END_DECLS
