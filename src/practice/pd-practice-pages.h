/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-exchange.h"
#include "pd-practice-registry.h"

G_BEGIN_DECLS

gboolean pd_practice_pages_serves (PdPracticeRegistry *registry, PdPracticeExchange *exchange);
void     pd_practice_pages_answer (PdPracticeRegistry *registry, PdPracticeExchange *exchange);
void     pd_practice_pages_refuse (PdPracticeExchange *exchange, guint status);

G_END_DECLS
