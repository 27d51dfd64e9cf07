/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *pd_switch_row_new (GSettings *settings, const char *key, const char *title, const char *subtitle);

G_END_DECLS
