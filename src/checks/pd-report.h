/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-language.h"
#include "pd-run.h"

G_BEGIN_DECLS

/**
 * PdReportKind:
 * @PD_REPORT_TITLE: the first block
 * @PD_REPORT_HEADING: of a part
 * @PD_REPORT_FINDING: the heading of one finding; has a verdict
 * @PD_REPORT_PARAGRAPH: sentences
 * @PD_REPORT_FACTS: pairs of a name and a value; a value may have several lines
 * @PD_REPORT_LIST: items
 */
typedef enum {
  PD_REPORT_TITLE,
  PD_REPORT_HEADING,
  PD_REPORT_FINDING,
  PD_REPORT_PARAGRAPH,
  PD_REPORT_FACTS,
  PD_REPORT_LIST,
} PdReportKind;

typedef struct {
  PdReportKind  kind;
  PdVerdict     verdict;
  char         *text;
  GPtrArray    *items;  /* of the lists: texts; of the facts: name, value, name, value … */
} PdReportBlock;

/* What a report is made of. Everything but the profile and the language may be NULL. */
typedef struct {
  PdProfile         *profile;
  PdLanguage        *language;
  GHashTable        *states;   /* secret's field id → PdSecretState, as the keyring says */
  GHashTable        *secrets;  /* field id → PdSecretText: what must not show */
  GPtrArray         *runs;     /* the history, newest first */
  PdRun             *run;      /* the one reported; NULL: the last of the history that says most */
  const char *const *versions; /* name, version, … of what the caller is built on */
} PdReportInput;

/* The support report: plain text in an order, masked, which its writers turn into HTML, Markdown or pages. */
typedef struct {
  char      *language; /* id */
  GPtrArray *blocks;
} PdReport;

PdReport *pd_report_new         (const PdReportInput *input);
void      pd_report_free        (PdReport *self);
PdRun    *pd_report_choose_run  (GPtrArray *runs);
char     *pd_report_to_html     (const PdReport *self);
char     *pd_report_to_markdown (const PdReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdReport, pd_report_free)

G_END_DECLS
