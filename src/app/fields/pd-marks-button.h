/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_MARKS_BUTTON (pd_marks_button_get_type ())

G_DECLARE_FINAL_TYPE (PdMarksButton, pd_marks_button, PD, MARKS_BUTTON, AdwBin)

GtkWidget *pd_marks_button_new (PdShop *shop, GPtrArray *fields);

G_END_DECLS
