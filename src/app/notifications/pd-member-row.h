/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-notification.h"

G_BEGIN_DECLS

#define PD_TYPE_MEMBER_ROW (pd_member_row_get_type ())

G_DECLARE_FINAL_TYPE (PdMemberRow, pd_member_row, PD, MEMBER_ROW, GtkListBoxRow)

GtkWidget *pd_member_row_new (const PdNotificationMember *member);

G_END_DECLS
