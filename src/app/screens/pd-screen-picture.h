/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-screen.h"

G_BEGIN_DECLS

#define PD_TYPE_SCREEN_PICTURE (pd_screen_picture_get_type ())

G_DECLARE_FINAL_TYPE (PdScreenPicture, pd_screen_picture, PD, SCREEN_PICTURE, GtkWidget)

GtkWidget *pd_screen_picture_new        (PdScreen *screen);
void       pd_screen_picture_set_screen (PdScreenPicture *self, PdScreen *screen);
void       pd_screen_picture_describe   (PdScreenPicture *self);

G_END_DECLS
