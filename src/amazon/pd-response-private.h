/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-response.h"

G_BEGIN_DECLS

/* Any bytes as text that can be shown, up to `limit` bytes of them. */
char *pd_response_make_harmless (const char *text, gsize length, gsize limit);

G_END_DECLS
