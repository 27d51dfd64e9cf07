/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-logo-picture.h"

G_BEGIN_DECLS

/* What can be told from the pixels that shoppers see. */
typedef enum {
  PD_LOGO_LOOK_FINE        = 0,
  PD_LOGO_LOOK_EMPTY       = 1 << 0, /* nothing in it can be seen */
  PD_LOGO_LOOK_TRANSPARENT = 1 << 1, /* the page shows through */
  PD_LOGO_LOOK_PALE        = 1 << 2, /* and a good part of what does not is nearly white */
  PD_LOGO_LOOK_BLURRED     = 1 << 3, /* edges without one sharp step */
} PdLogoLook;

PdLogoLook pd_logo_look (const PdLogoPicture *picture);

G_END_DECLS
