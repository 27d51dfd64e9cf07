/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *pd_boxed_list_new (void);

G_END_DECLS
