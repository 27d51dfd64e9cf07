/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-exchange.h"
#include "pd-practice-registry.h"

G_BEGIN_DECLS

/**
 * PdPracticePay:
 *
 * Amazon Pay API v2 as Amazon's side plays it: checkout sessions and authorization tokens. Used by one thread.
 */
typedef struct _PdPracticePay PdPracticePay;

PdPracticePay *pd_practice_pay_new    (PdPracticeRegistry *registry);
void           pd_practice_pay_free   (PdPracticePay *self);
gboolean       pd_practice_pay_serves (const char *path);
void           pd_practice_pay_answer (PdPracticePay *self, PdPracticeExchange *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticePay, pd_practice_pay_free)

G_END_DECLS
