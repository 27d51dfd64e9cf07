/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PD_TYPE_IF_ROOM (pd_if_room_get_type ())
G_DECLARE_FINAL_TYPE (PdIfRoom, pd_if_room, PD, IF_ROOM, GtkLayoutManager)

GtkLayoutManager *pd_if_room_new (void);

G_END_DECLS
