/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-check-context.h"
#include "pd-visit.h"

G_BEGIN_DECLS

/* What a page of the shop's own is for. */
typedef enum {
  PD_PAGE_ORIGIN       = 1 << 0,
  PD_PAGE_RETURN       = 1 << 1,
  PD_PAGE_PRIVACY      = 1 << 2,
  PD_PAGE_NOTIFICATION = 1 << 3,
} PdPageKind;

#define PD_PAGE_ANY (PD_PAGE_ORIGIN | PD_PAGE_RETURN | PD_PAGE_PRIVACY | PD_PAGE_NOTIFICATION)

/**
 * PdPage:
 * @check: the check's id
 * @kind: what it is for
 * @field_id: the field that has it, as it serves in the environment of the run
 * @value: the value judged
 *
 * A page under judgement.
 */
typedef struct {
  const char *check;
  PdPageKind  kind;
  const char *field_id;
  const char *value;
} PdPage;

PdFinding *pd_page_remedy_apply        (PdCheckContext *context, const PdPage *page, PdVisit *visit);
PdFinding *pd_page_remedy_screen       (PdCheckContext *context, const PdPage *page);
PdFinding *pd_page_remedy_warn_of_end  (PdCheckContext *context, const PdPage *page, PdVisit *visit);
PdFinding *pd_page_remedy_make         (PdCheckContext *context, const PdPage *page, PdVisit *visit, PdVerdict verdict, const char *summary);
gboolean   pd_page_remedy_is_of_server (PdVisit *visit);

G_END_DECLS
