/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-finding.h"

G_BEGIN_DECLS

/* What an error of API v2 means: a row of the table of reasons. */
typedef struct {
  const char   *check;     /* NULL: any */
  guint         status;    /* 0: any */
  const char   *reason;    /* reasonCode */
  const char   *mentions;  /* regular expression that the message must match; NULL: any message */
  PdVerdict     verdict;
  const char   *fields[3]; /* most likely first */
  PdConfidence  confidence;
  const char   *summary;   /* translatable */
  const char   *next_step; /* translatable */
} PdRemedy;

const PdRemedy *pd_remedy_find (const char *check, guint status, const char *reason, const char *message);
const PdRemedy *pd_remedy_get_all (guint *n_remedies);

G_END_DECLS
