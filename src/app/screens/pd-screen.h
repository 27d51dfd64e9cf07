/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-field.h"

G_BEGIN_DECLS

/* The screens on which shoppers see the shop (S088–S092). */
typedef enum {
  PD_SCREEN_SIGN_IN_BEFORE,
  PD_SCREEN_CONFIRM_BEFORE,
  PD_SCREEN_SIGN_IN,
} PdScreenKind;

#define PD_N_SCREENS (PD_SCREEN_SIGN_IN + 1)

/* Widths of the page in pixels. */
#define PD_SCREEN_DESKTOP 720
#define PD_SCREEN_PHONE   360

const char *pd_screen_kind_get_title    (PdScreenKind kind);
gboolean    pd_screen_kind_applies      (PdScreenKind kind, PdGeneration generation);

#define PD_TYPE_SCREEN (pd_screen_get_type ())

G_DECLARE_FINAL_TYPE (PdScreen, pd_screen, PD, SCREEN, GObject)

PdScreen   *pd_screen_new               (PdScreenKind kind, int width);
void        pd_screen_set_name          (PdScreen *self, const char *name);
void        pd_screen_set_privacy_url   (PdScreen *self, const char *url);
void        pd_screen_set_logo          (PdScreen *self, GdkTexture *logo);
PdScreenKind pd_screen_get_kind         (PdScreen *self);
char       *pd_screen_describe          (PdScreen *self);

G_END_DECLS
