/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_LEAVE_DIALOG (pd_leave_dialog_get_type ())

G_DECLARE_FINAL_TYPE (PdLeaveDialog, pd_leave_dialog, PD, LEAVE_DIALOG, AdwWindow)

PdLeaveDialog *pd_leave_dialog_new  (PdShop *shop, GtkWindow *parent);
void           pd_leave_dialog_wipe (PdLeaveDialog *self);

G_END_DECLS
