/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-exchange.h"
#include "pd-practice-verify.h"

G_BEGIN_DECLS

/* What a merchant may ask for in a checkout session, and what it gets. */
JsonObject *pd_practice_session_read (PdPracticeExchange *exchange, const PdPracticeCaller *caller);
JsonNode   *pd_practice_session_open (PdPracticeExchange *exchange, const PdPracticeCaller *caller, JsonObject *request, const char *id);

G_END_DECLS
