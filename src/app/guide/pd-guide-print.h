/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-guide.h"

G_BEGIN_DECLS

void     pd_guide_print_run    (GtkWindow *parent, PdProfile *profile, const PdGuideRun *last);
gboolean pd_guide_print_export (PdProfile *profile, const PdGuideRun *last, const char *path, GError **error);

G_END_DECLS
