/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (* PdComposingFunc) (gpointer self, gboolean composing);

void     pd_composing_watch (GtkEditable *editable, PdComposingFunc func, gpointer self);

G_END_DECLS
