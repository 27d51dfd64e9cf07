/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "pd-logo-facts.h"

#include <string.h>

#define EXIF_ORIENTATION 0x0112
#define EXIF_SHORT       3

/* The file, and how far it is read. */
typedef struct {
  const guint8 *data;
  gsize         length;
  gsize         at;
  PdLogoFacts  *facts;
} Reader;

static const struct {
  PdLogoType  type;
  const char *magic;
  gsize       length;
  const char *id;
  const char *suffix;
  const char *mime;
} types[] = {
  { PD_LOGO_PNG, "\x89PNG\r\n\x1a\n", 8, "png", "png", "image/png" },
  { PD_LOGO_JPEG, "\xff\xd8\xff", 3, "jpeg", "jpg", "image/jpeg" },
  { PD_LOGO_GIF, "GIF87a", 6, "gif", "gif", "image/gif" },
  { PD_LOGO_GIF, "GIF89a", 6, "gif", "gif", "image/gif" },
};

static gboolean
has (const Reader *reader,
     gsize         at,
     gsize         n)
{
  return at <= reader->length && n <= reader->length - at;
}

static guint32
get_16_le (const guint8 *data)
{
  return (guint32) data[0] | (guint32) data[1] << 8;
}

static guint32
get_16_be (const guint8 *data)
{
  return (guint32) data[0] << 8 | data[1];
}

static guint32
get_32_be (const guint8 *data)
{
  return get_16_be (data) << 16 | get_16_be (data + 2);
}

static guint32
get_32_le (const guint8 *data)
{
  return get_16_le (data) | get_16_le (data + 2) << 16;
}

static void
set_size (Reader  *reader,
          guint32  width,
          guint32  height)
{
  reader->facts->has_size = TRUE;
  reader->facts->width = width;
  reader->facts->height = height;
  reader->facts->pixels = (guint64) width * height;
}

/* PNG (third edition, §5 and §11): the header comes first; the chunk acTL says how many frames there are. */
static void
read_png (Reader *reader)
{
  const guint8 *data = reader->data;
  PdLogoFacts  *facts = reader->facts;

  if (!has (reader, 8, 25) || get_32_be (data + 8) != 13 || memcmp (data + 12, "IHDR", 4) != 0)
    return;
  if (get_32_be (data + 16) > G_MAXINT32 || get_32_be (data + 20) > G_MAXINT32)
    return;
  set_size (reader, get_32_be (data + 16), get_32_be (data + 20));
  facts->may_be_transparent = (data[25] & 4) != 0;
  for (reader->at = 8; has (reader, reader->at, 12); ) {
    const guint8 *chunk = data + reader->at;
    gsize         length = get_32_be (chunk);

    if (!has (reader, reader->at + 12, length))
      return;
    if (memcmp (chunk + 4, "acTL", 4) == 0 && length >= 8)
      facts->frames = MAX (1, get_32_be (chunk + 8));
    else if (memcmp (chunk + 4, "tRNS", 4) == 0)
      facts->may_be_transparent = TRUE;
    else if (memcmp (chunk + 4, "IEND", 4) == 0)
      facts->complete = TRUE;
    if (facts->complete)
      return;
    reader->at += 12 + length;
  }
}

/* EXIF's own header, and in its first folder the orientation. */
static void
read_exif (Reader       *reader,
           const guint8 *data,
           gsize         length)
{
  gboolean  little;
  guint32 (*get_16) (const guint8 *data);
  gsize     folder;
  guint     n_entries;

  if (length < 14 || memcmp (data, "Exif\0\0", 6) != 0)
    return;
  data += 6;
  length -= 6;
  little = data[0] == 'I';
  get_16 = little ? get_16_le : get_16_be;
  folder = little ? get_32_le (data + 4) : get_32_be (data + 4);
  if (folder > length || length - folder < 2)
    return;
  n_entries = get_16 (data + folder);
  for (guint i = 0; i < n_entries && length - folder >= 2 + 12 * ((gsize) i + 1); i++) {
    const guint8 *entry = data + folder + 2 + 12 * (gsize) i;
    guint         value = get_16 (entry + 8);

    if (get_16 (entry) == EXIF_ORIENTATION && get_16 (entry + 2) == EXIF_SHORT && value >= 1 && value <= 8)
      reader->facts->turn = value;
  }
}

static gboolean
is_frame_header (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* To the next marker that is no restart and no escaped byte. */
static gboolean
skip_scan (Reader *reader)
{
  while (has (reader, reader->at, 2)) {
    const guint8 *found = memchr (reader->data + reader->at, 0xff, reader->length - reader->at - 1);

    if (found == NULL)
      return FALSE;
    reader->at = (gsize) (found - reader->data);
    if (found[1] != 0 && found[1] != 0xff && !(found[1] >= 0xd0 && found[1] <= 0xd7))
      return TRUE;
    reader->at += found[1] == 0xff ? 1 : 2;
  }
  return FALSE;
}

/* JPEG (ITU-T T.81, annex B): segments up to the frame's header, which has the size; then scans, up to the end. */
static void
read_jpeg (Reader *reader)
{
  PdLogoFacts *facts = reader->facts;

  reader->at = 2;
  while (has (reader, reader->at, 2) && reader->data[reader->at] == 0xff) {
    const guint8 *segment = reader->data + reader->at;
    guint8        marker = segment[1];
    gsize         length;

    if (marker == 0xff) {
      reader->at++;
      continue;
    }
    if (marker == 0xd9) {
      facts->complete = facts->has_size;
      return;
    }
    if (!has (reader, reader->at, 4))
      return;
    length = get_16_be (segment + 2);
    if (length < 2 || !has (reader, reader->at + 2, length))
      return;
    if (is_frame_header (marker) && length >= 8 && !facts->has_size) {
      set_size (reader, get_16_be (segment + 7), get_16_be (segment + 5));
      facts->is_cmyk = segment[9] == 4;
    } else if (marker == 0xe1) {
      read_exif (reader, segment + 4, length - 2);
    }
    reader->at += 2 + length;
    if (marker == 0xda && !skip_scan (reader))
      return;
  }
}

static gboolean
skip_blocks (Reader *reader)
{
  while (has (reader, reader->at, 1)) {
    guint8 length = reader->data[reader->at++];

    if (length == 0)
      return TRUE;
    if (!has (reader, reader->at, length))
      return FALSE;
    reader->at += length;
  }
  return FALSE;
}

static gsize
get_colours (guint8 flags)
{
  return (flags & 0x80) != 0 ? 3u << ((flags & 7) + 1) : 0;
}

static gboolean
skip_frame (Reader *reader)
{
  const guint8 *frame = reader->data + reader->at;

  if (!has (reader, reader->at, 10))
    return FALSE;
  /* A first frame may be larger than the screen, and a decoder may hold it whole. */
  if (reader->facts->frames == 0)
    reader->facts->pixels = MAX (reader->facts->pixels, (guint64) get_16_le (frame + 5) * get_16_le (frame + 7));
  reader->at += 10 + get_colours (frame[9]);
  if (!has (reader, reader->at, 1))
    return FALSE;
  reader->at++;
  reader->facts->frames++;
  if (!skip_blocks (reader))
    return FALSE;
  if (reader->facts->frames == 1)
    reader->facts->still_length = reader->at;
  return TRUE;
}

static gboolean
skip_extension (Reader *reader)
{
  const guint8 *extension = reader->data + reader->at;

  if (!has (reader, reader->at, 3))
    return FALSE;
  if (extension[1] == 0xf9 && has (reader, reader->at, 4) && (extension[3] & 1) != 0)
    reader->facts->may_be_transparent = TRUE;
  reader->at += 2;
  return skip_blocks (reader);
}

/* GIF89a: the screen, then frames among extensions. */
static void
read_gif (Reader *reader)
{
  const guint8 *data = reader->data;
  PdLogoFacts  *facts = reader->facts;
  gboolean      good = TRUE;

  if (!has (reader, 6, 7))
    return;
  set_size (reader, get_16_le (data + 6), get_16_le (data + 8));
  facts->frames = 0;
  reader->at = 13 + get_colours (data[10]);
  while (good && has (reader, reader->at, 1)) {
    guint8 kind = data[reader->at];

    if (kind == 0x3b) {
      facts->complete = facts->frames > 0;
      break;
    }
    good = (kind == 0x2c && skip_frame (reader)) || (kind == 0x21 && skip_extension (reader));
  }
  facts->frames = MAX (1, facts->frames);
}

/**
 * pd_logo_facts_read:
 * @data: a file
 * @length: its length
 * @facts: (out): what its headers say
 *
 * Reads no further than it has to, and trusts nothing: any bytes may be given.
 */
void
pd_logo_facts_read (const guint8 *data,
                    gsize         length,
                    PdLogoFacts  *facts)
{
  Reader reader = { data, length, 0, facts };

  *facts = (PdLogoFacts) { .frames = 1, .turn = 1, .still_length = length };
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (length > types[i].length && memcmp (data, types[i].magic, types[i].length) == 0)
      facts->type = types[i].type;
  }
  switch (facts->type) {
    case PD_LOGO_PNG:
      read_png (&reader);
      break;
    case PD_LOGO_JPEG:
      read_jpeg (&reader);
      break;
    case PD_LOGO_GIF:
      read_gif (&reader);
      break;
    case PD_LOGO_UNKNOWN:
      break;
  }
}

/**
 * pd_logo_facts_get_shown:
 * @facts: facts
 * @width: (out): how wide it is once turned upright
 * @height: (out): how high
 *
 * EXIF's orientation is followed, as browsers do with a picture that reaches them as it is.
 */
void
pd_logo_facts_get_shown (const PdLogoFacts *facts,
                         guint32           *width,
                         guint32           *height)
{
  gboolean lies = facts->turn >= 5;

  *width = lies ? facts->height : facts->width;
  *height = lies ? facts->width : facts->height;
}

/**
 * pd_logo_fit:
 * @width: of a picture, upright; not 0
 * @height: its height; not 0
 * @scale: 1, or 2 for screens of twice the density
 * @place: (out): where it comes to lie
 *
 * S077: shown at 150 × 50. A picture of another shape keeps it, in the middle of that place.
 */
void
pd_logo_fit (guint32      width,
             guint32      height,
             guint        scale,
             PdLogoPlace *place)
{
  guint64 room_x = PD_LOGO_WIDTH * (guint64) scale;
  guint64 room_y = PD_LOGO_HEIGHT * (guint64) scale;

  if (width * room_y >= height * room_x) {
    place->width = (guint) room_x;
    place->height = (guint) MAX (1, (height * room_x + width / 2) / width);
  } else {
    place->height = (guint) room_y;
    place->width = (guint) MAX (1, (width * room_y + height / 2) / height);
  }
  place->x = ((guint) room_x - place->width) / 2;
  place->y = ((guint) room_y - place->height) / 2;
}

static guint
find_type (PdLogoType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (types[i].type == type)
      return i;
  }
  return G_MAXUINT;
}

/* Returns: (nullable): "png", "jpeg" or "gif" */
const char *
pd_logo_type_to_id (PdLogoType type)
{
  return type != PD_LOGO_UNKNOWN ? types[find_type (type)].id : NULL;
}

/* Returns: (nullable): what such a file's name ends in */
const char *
pd_logo_type_get_suffix (PdLogoType type)
{
  return type != PD_LOGO_UNKNOWN ? types[find_type (type)].suffix : NULL;
}

/* Returns: (nullable): its media type */
const char *
pd_logo_type_get_mime (PdLogoType type)
{
  return type != PD_LOGO_UNKNOWN ? types[find_type (type)].mime : NULL;
}
