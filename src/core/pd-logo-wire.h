/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

#include "pd-logo-facts.h"

G_BEGIN_DECLS

/* Between paydesk-logo and who starts it. In: the file on standard input. Out: this head, the pixels (RGBA, row by row, alpha not
 * multiplied in), and the same picture as PNG. */
#define PD_LOGO_WIRE_MAGIC     0x314c4450u /* "PDL1" */
#define PD_LOGO_WIRE_MAX_SCALE 2
#define PD_LOGO_WIRE_MAX_PNG   (512 * 1024)

typedef struct {
  guint32     magic;
  guint32     width;
  guint32     height;
  PdLogoPlace place;
  guint32     png_length;
} PdLogoWireHead;

#define PD_LOGO_WIRE_MAX_OUTPUT \
  (sizeof (PdLogoWireHead) + PD_LOGO_WIDTH * PD_LOGO_HEIGHT * 4 * PD_LOGO_WIRE_MAX_SCALE * PD_LOGO_WIRE_MAX_SCALE + PD_LOGO_WIRE_MAX_PNG)

/* The exit status of paydesk-logo. */
typedef enum {
  PD_LOGO_WIRE_DONE = 0,
  PD_LOGO_WIRE_DAMAGED = 1,
  PD_LOGO_WIRE_USAGE = 2,
  PD_LOGO_WIRE_TOO_LARGE = 3,
  PD_LOGO_WIRE_NO_DECODER = 4,
  PD_LOGO_WIRE_NO_MEMORY = 5,
} PdLogoWireStatus;

G_END_DECLS
