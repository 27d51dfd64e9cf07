/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-pack.h"

#include <gio/gio.h>
#include <string.h>

/* Thousands of profiles are listed, and few are ever opened. Their files differ in a name and some ids, so zlib makes a fifth of them,
 * taken together; each alone would hardly become smaller. Who asks for the neighbour of what was asked for last, has it at once. */

/* The least that is compressed as one, in bytes: what zlib looks back on. To have it back takes some 50 µs. */
#define BLOCK_BYTES 32768

typedef struct {
  GBytes *compressed;
  gsize   length;     /* of what was compressed */
} Block;

typedef struct {
  guint block;
  guint start;        /* within it */
  guint name;         /* among all names */
} Place;

struct _PdPack
{
  GArray          *places;   /* of Place, one for each content */
  GArray          *blocks;   /* of Block */
  GByteArray      *last;     /* of the block that is not full yet */
  GString         *names;    /* each with its 0 */
  GConverter      *compressor;
  GConverter      *decompressor;
  guint            asked;    /* the block that was asked for last */
  GBytes          *content;  /* of that one */
};

static void
block_clear (Block *block)
{
  g_bytes_unref (block->compressed);
}

/* Returns: (transfer full): a pack of nothing */
PdPack *
pd_pack_new (void)
{
  PdPack *self = g_atomic_rc_box_new0 (PdPack);

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, (GDestroyNotify) block_clear);
  self->last = g_byte_array_new ();
  self->names = g_string_new (NULL);
  return self;
}

/* Returns: (transfer full): the same */
PdPack *
pd_pack_ref (PdPack *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
pack_clear (gpointer data)
{
  PdPack *self = data;

  g_array_unref (self->places);
  g_array_unref (self->blocks);
  g_byte_array_unref (self->last);
  g_string_free (self->names, TRUE);
  g_clear_object (&self->compressor);
  g_clear_object (&self->decompressor);
  g_clear_pointer (&self->content, g_bytes_unref);
}

void
pd_pack_unref (PdPack *self)
{
  g_atomic_rc_box_release_full (self, pack_clear);
}

/* Returns: how much was written, which is all */
static gsize
convert (GConverter   *converter,
         const guint8 *input,
         gsize         length,
         guint8       *output,
         gsize         room)
{
  gsize n_read = 0, n_written = 0, read, written;
  GConverterResult result;
  g_autoptr (GError) error = NULL;

  g_converter_reset (converter);
  do {
    result = g_converter_convert (converter, input + n_read, length - n_read, output + n_written, room - n_written,
                                  G_CONVERTER_INPUT_AT_END, &read, &written, &error);
    /* There is room for all, and what is read back was written here. */
    if (result == G_CONVERTER_ERROR)
      g_error ("%s", error->message);
    n_read += read;
    n_written += written;
  } while (result != G_CONVERTER_FINISHED);
  return n_written;
}

static void
compress_last (PdPack *self)
{
  /* zlib makes what it cannot compress longer by 5 bytes in 16,383. */
  gsize room = self->last->len + self->last->len / 1024 + 64;
  g_autofree guint8 *output = g_malloc (room);
  Block block = { .length = self->last->len };

  /* Level 1: the others take longer for little. */
  if (self->compressor == NULL)
    self->compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 1));
  block.compressed = g_bytes_new (output, convert (self->compressor, self->last->data, self->last->len, output, room));
  g_array_append_val (self->blocks, block);
  g_byte_array_set_size (self->last, 0);
}

/**
 * pd_pack_add:
 * @self: a pack
 * @name: what is known of it without unpacking
 * @content: what it is to keep
 * @length: its length, in bytes
 *
 * Returns: by what pd_pack_get() finds it: 0 for the first, and so on
 */
guint
pd_pack_add (PdPack        *self,
             const char    *name,
             gconstpointer  content,
             guint          length)
{
  Place place = { self->blocks->len, self->last->len, (guint) self->names->len };

  g_string_append_len (self->names, name, (gssize) strlen (name) + 1);
  g_byte_array_append (self->last, content, length);
  g_array_append_val (self->places, place);
  if (self->last->len >= BLOCK_BYTES)
    compress_last (self);
  return self->places->len - 1;
}

/**
 * pd_pack_settle:
 * @self: a pack to which nothing is added for now
 *
 * Lets go of what only adding needs, some 300 KiB.
 */
void
pd_pack_settle (PdPack *self)
{
  g_clear_object (&self->compressor);
}

static GBytes *
read_block (PdPack *self,
            guint   index)
{
  const Block *block = &g_array_index (self->blocks, Block, index);
  guint8 *output;
  gsize length;
  const guint8 *input = g_bytes_get_data (block->compressed, &length);

  /* One byte more, or there would be no room in which to see the end. */
  output = g_malloc (block->length + 1);
  if (self->decompressor == NULL)
    self->decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  convert (self->decompressor, input, length, output, block->length + 1);
  return g_bytes_new_take (output, block->length);
}

/**
 * pd_pack_get_name:
 * @self: a pack
 * @index: what pd_pack_add() returned
 *
 * Returns: (transfer none): the name; valid until something is added
 */
const char *
pd_pack_get_name (PdPack *self,
                  guint   index)
{
  g_return_val_if_fail (index < self->places->len, NULL);
  return self->names->str + g_array_index (self->places, Place, index).name;
}

/**
 * pd_pack_get:
 * @self: a pack
 * @index: what pd_pack_add() returned
 *
 * Returns: (transfer full): the content
 */
GBytes *
pd_pack_get (PdPack *self,
             guint   index)
{
  const Place *place;
  const guint8 *data;
  gsize end;

  g_return_val_if_fail (index < self->places->len, NULL);

  place = &g_array_index (self->places, Place, index);
  if (place->block == self->blocks->len) {
    data = self->last->data;
    end = self->last->len;
  } else {
    if (self->content == NULL || self->asked != place->block) {
      g_clear_pointer (&self->content, g_bytes_unref);
      self->content = read_block (self, place->block);
      self->asked = place->block;
    }
    data = g_bytes_get_data (self->content, &end);
  }
  if (index + 1 < self->places->len && place[1].block == place->block)
    end = place[1].start;
  /* A copy: a piece of the block would keep all of it. */
  return g_bytes_new (end > place->start ? data + place->start : NULL, end - place->start);
}
