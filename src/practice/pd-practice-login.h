/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-exchange.h"
#include "pd-practice-registry.h"

G_BEGIN_DECLS

#define PD_PRACTICE_TOKEN_PATH "/auth/o2/token"

/* Login with Amazon's code exchange. No code was ever given to anybody, so that every exchange fails. */
void pd_practice_login_answer (PdPracticeRegistry *registry, PdPracticeExchange *exchange);
void pd_practice_login_refuse (PdPracticeExchange *exchange, const char *id);

G_END_DECLS
