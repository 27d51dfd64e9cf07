/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What shoppers see (S077), and how much of a picture is ever opened. */
#define PD_LOGO_WIDTH      150
#define PD_LOGO_HEIGHT     50
#define PD_LOGO_MAX_BYTES  (16 * 1024 * 1024)
#define PD_LOGO_MAX_PIXELS 50000000

/* By what the file begins with, never by its name. */
typedef enum {
  PD_LOGO_UNKNOWN,
  PD_LOGO_PNG,
  PD_LOGO_JPEG,
  PD_LOGO_GIF,
} PdLogoType;

/**
 * PdLogoFacts:
 * @type: the kind of file
 * @has_size: whether its size could be read
 * @complete: whether the file's end is there
 * @may_be_transparent: the format says that some pixels may be
 * @is_cmyk: colours for print
 * @width: as stored; where @turn swaps the sides it is the height that is shown
 * @height: as stored
 * @frames: 1 where it does not move
 * @turn: EXIF's orientation, 1 to 8
 * @pixels: how many a decoder has to hold
 * @still_length: so many bytes hold the first frame
 *
 * What the headers of a picture say. Found without a decoder, and nothing is ever allocated by it.
 */
typedef struct {
  PdLogoType type;
  gboolean   has_size;
  gboolean   complete;
  gboolean   may_be_transparent;
  gboolean   is_cmyk;
  guint32    width;
  guint32    height;
  guint32    frames;
  guint      turn;
  guint64    pixels;
  gsize      still_length;
} PdLogoFacts;

/* A place within a picture. */
typedef struct {
  guint x;
  guint y;
  guint width;
  guint height;
} PdLogoPlace;

void        pd_logo_facts_read      (const guint8 *data, gsize length, PdLogoFacts *facts);
void        pd_logo_facts_get_shown (const PdLogoFacts *facts, guint32 *width, guint32 *height);
void        pd_logo_fit             (guint32 width, guint32 height, guint scale, PdLogoPlace *place);

const char *pd_logo_type_to_id      (PdLogoType type);
const char *pd_logo_type_get_suffix (PdLogoType type);
const char *pd_logo_type_get_mime   (PdLogoType type);

G_END_DECLS
