/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-exchange.h"
#include "pd-practice-registry.h"

G_BEGIN_DECLS

#define PD_PRACTICE_AUTHORIZE_PATH "/ap/oa"
#define PD_PRACTICE_SIGN_IN_PATH   "/ap/signin"

/* The authorisation page of Login with Amazon, and the sign-in form behind it. */
void pd_practice_authorize_answer (PdPracticeRegistry *registry, PdPracticeExchange *exchange);
void pd_practice_sign_in_answer   (PdPracticeExchange *exchange);

G_END_DECLS
