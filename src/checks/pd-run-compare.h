/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"
#include "pd-run.h"

G_BEGIN_DECLS

/* One finding in two runs; NULL where a run has none of it. Not both. */
typedef struct {
  PdFinding *before;
  PdFinding *after;
} PdFindingPair;

/**
 * PdRunComparison:
 * @older: the earlier run
 * @newer: the later one
 * @settings_known: whether both noted with which settings they ran
 * @settings: (element-type PdField): the settings that changed in between, in the catalogue's order; never a value
 * @name_changed: whether the shop's name did
 * @findings: (element-type PdFindingPair): what says something else, the worst first
 */
typedef struct {
  PdRun     *older;
  PdRun     *newer;
  gboolean   settings_known;
  GPtrArray *settings;
  gboolean   name_changed;
  GPtrArray *findings;
} PdRunComparison;

PdRunComparison *pd_run_compare            (PdRun *a, PdRun *b);
void             pd_run_comparison_free    (PdRunComparison *self);

GPtrArray       *pd_run_list_changed_settings (JsonObject *before, JsonObject *after, gboolean *name_changed);

PdFinding       *pd_finding_pair_peek      (const PdFindingPair *pair);
char            *pd_finding_pair_describe  (const PdFindingPair *pair);
const char      *pd_run_describe_setting   (const PdField *field);

/* Where it went wrong. `runs`: as pd_run_store_list() gives them. */
gboolean         pd_run_find_turn          (GPtrArray *runs, PdEnvironment environment, PdRun **good, PdRun **bad);
PdRun           *pd_run_find_previous      (GPtrArray *runs, PdRun *run, gboolean good);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdRunComparison, pd_run_comparison_free)

G_END_DECLS
