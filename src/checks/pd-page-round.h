/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-check-private.h"
#include "pd-page-remedy.h"

G_BEGIN_DECLS

/**
 * PdPageRound:
 *
 * The visits of one check to pages of the shop's own: servers side by side, the pages of one server in turn. Where a server cannot
 * be reached, its other pages are not tried.
 */
typedef struct _PdPageRound PdPageRound;

/* Of an answer whose status is good: (transfer full), the finding. */
typedef PdFinding *(* PdPageJudge) (PdCheckContext *context, const PdPage *page, PdVisit *visit);

PdPageRound *pd_page_round_new   (const PdCheck *check, PdCheckContext *context, PdVisitFollow follow, PdPageJudge judge, GTask *task);
void         pd_page_round_add   (PdPageRound *self, PdPageKind kind, const char *field_id, const char *value);
void         pd_page_round_start (PdPageRound *self, const char *nothing, const char *next_step, const char *field_id);

G_END_DECLS
