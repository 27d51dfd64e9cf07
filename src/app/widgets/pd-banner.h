/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PD_TYPE_BANNER (pd_banner_get_type ())

G_DECLARE_FINAL_TYPE (PdBanner, pd_banner, PD, BANNER, AdwBin)

PdBanner   *pd_banner_new       (void);
const char *pd_banner_get_title (PdBanner *self);
void        pd_banner_show      (PdBanner *self, const char *title);
void        pd_banner_hide      (PdBanner *self);

G_END_DECLS
