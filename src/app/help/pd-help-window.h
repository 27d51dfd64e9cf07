/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-help.h"

G_BEGIN_DECLS

#define PD_TYPE_HELP_WINDOW (pd_help_window_get_type ())

G_DECLARE_FINAL_TYPE (PdHelpWindow, pd_help_window, PD, HELP_WINDOW, AdwWindow)

PdHelpWindow *pd_help_window_show      (GtkApplication *application, const char *where);
gboolean      pd_help_window_open      (PdHelpWindow *self, const char *where);
void          pd_help_window_search    (PdHelpWindow *self, const char *text);
const char   *pd_help_window_get_topic (PdHelpWindow *self);

G_END_DECLS
