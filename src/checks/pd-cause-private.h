/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-cause.h"

G_BEGIN_DECLS

#define PHRASE(text_)         { PD_SIGN_PHRASE, text_ }
#define WEAK(text_)           { PD_SIGN_PHRASE, text_, .is_weak = TRUE }
#define PATTERN(text_)        { PD_SIGN_PATTERN, text_ }
#define WEAK_PATTERN(text_)   { PD_SIGN_PATTERN, text_, .is_weak = TRUE }
#define STRONG_PATTERN(text_) { PD_SIGN_PATTERN, text_, .is_strong = TRUE }
#define CODE(text_)           { PD_SIGN_CODE, text_ }
#define MEMBER(text_)         { PD_SIGN_MEMBER, text_ }
#define STATUS(status_)       { PD_SIGN_STATUS, #status_, .status = status_ }
#define END                   { PD_SIGN_PHRASE, NULL }

/* The parts of the one table, each ending with a row without an id. */
extern const PdCause pd_causes_manual[];
extern const PdCause pd_causes_pay[];
extern const PdCause pd_causes_legacy[];
extern const PdCause pd_causes_other[];

G_END_DECLS
