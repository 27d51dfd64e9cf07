/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (* PdSoonFunc) (gpointer self);

void pd_soon (guint *source, PdSoonFunc func, gpointer self);

G_END_DECLS
