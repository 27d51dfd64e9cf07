/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-exchange.h"
#include "pd-practice-registry.h"

G_BEGIN_DECLS

/* Who signed a request, once it has been verified. */
typedef struct {
  PdPracticeMerchant *merchant;
  gboolean            live;     /* else the sandbox */
} PdPracticeCaller;

void     pd_practice_caller_clear (PdPracticeCaller *self);
gboolean pd_practice_verify       (PdPracticeExchange *exchange, PdPracticeRegistry *registry, const char *prefix, PdPracticeCaller *caller);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PdPracticeCaller, pd_practice_caller_clear)

G_END_DECLS
