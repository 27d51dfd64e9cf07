/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PD_TYPE_KNOWN_LIST (pd_known_list_get_type ())

G_DECLARE_FINAL_TYPE (PdKnownList, pd_known_list, PD, KNOWN_LIST, AdwBin)

void pd_known_list_search (PdKnownList *self, const char *text);

G_END_DECLS
