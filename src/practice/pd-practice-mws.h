/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-exchange.h"
#include "pd-practice-registry.h"

G_BEGIN_DECLS

/* The legacy service (MWS, OffAmazonPayments), as far as its probe goes. */
gboolean pd_practice_mws_serves (const char *path);
void     pd_practice_mws_answer (PdPracticeRegistry *registry, PdPracticeExchange *exchange);
void     pd_practice_mws_refuse (PdPracticeExchange *exchange, const char *id);

G_END_DECLS
