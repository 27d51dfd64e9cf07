/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PD_TYPE_BESIDE (pd_beside_get_type ())
G_DECLARE_FINAL_TYPE (PdBeside, pd_beside, PD, BESIDE, GtkLayoutManager)

GtkLayoutManager *pd_beside_new (int spacing);

G_END_DECLS
