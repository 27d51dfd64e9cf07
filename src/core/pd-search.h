/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *pd_search_fold (const char *text);

G_END_DECLS
