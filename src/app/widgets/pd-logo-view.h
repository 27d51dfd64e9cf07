/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-logo.h"

G_BEGIN_DECLS

#define PD_TYPE_LOGO_VIEW (pd_logo_view_get_type ())

G_DECLARE_FINAL_TYPE (PdLogoView, pd_logo_view, PD, LOGO_VIEW, GtkBox)

GtkWidget  *pd_logo_view_new        (void);

/* NULL: there is no logo, and nothing is shown. */
void        pd_logo_view_set_file   (PdLogoView *self, GFile *file);

/* What it shows, and what it says of it; NULL and "" until that is known. */
GBytes     *pd_logo_view_get_pixels (PdLogoView *self);
const char *pd_logo_view_get_text   (PdLogoView *self);
PdLogo     *pd_logo_view_get_logo   (PdLogoView *self);

G_END_DECLS
