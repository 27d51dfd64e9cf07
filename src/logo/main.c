/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

/* paydesk-logo [1|2]: a picture of unknown origin on standard input, 150 × 50 (or 300 × 100) pixels on standard output.
 * A decoder that is led astray by what it reads is led astray in here, where there is nothing to be had. */

#include "config.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "pd-logo-wire.h"

/* 50 million pixels of four bytes, twice, and what the libraries need themselves. */
#define MAX_MEMORY  (1024ul * 1024 * 1024)
#define MAX_SECONDS 10
#define MAX_FILES   64
#define CHUNK       (64 * 1024)

static gboolean
limit (int    resource,
       rlim_t most)
{
  const struct rlimit both = { most, most };

  return setrlimit (resource, &both) == 0;
}

/* For good, and before the first byte is read. */
static gboolean
confine (void)
{
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#if !defined (__SANITIZE_ADDRESS__)
  /* The address sanitizer's shadow alone is larger than this. */
  if (!limit (RLIMIT_AS, MAX_MEMORY))
    return FALSE;
#endif
  return limit (RLIMIT_CORE, 0) && limit (RLIMIT_CPU, MAX_SECONDS) && limit (RLIMIT_FSIZE, 0) && limit (RLIMIT_NOFILE, MAX_FILES) &&
         prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static GByteArray *
read_input (void)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint8                 chunk[CHUNK];
  gssize                 n;

  while ((n = read (STDIN_FILENO, chunk, sizeof chunk)) != 0) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0 || input->len + (gsize) n > PD_LOGO_MAX_BYTES)
      return NULL;
    g_byte_array_append (input, chunk, (guint) n);
  }
  return g_steal_pointer (&input);
}

static gboolean
write_output (gconstpointer data,
              gsize         length)
{
  const char *at = data;

  while (length > 0) {
    gssize n = write (STDOUT_FILENO, at, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    at += n;
    length -= (gsize) n;
  }
  return TRUE;
}

/* A decoder that sees a larger size than the header said gets no memory for it. */
static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         data)
{
  gboolean *too_large = data;

  if ((guint64) width * (guint64) height > PD_LOGO_MAX_PIXELS) {
    *too_large = TRUE;
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  }
}

static PdLogoWireStatus
judge_error (const GError *error)
{
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    return PD_LOGO_WIRE_NO_MEMORY;
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE) ||
      g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNSUPPORTED_OPERATION))
    return PD_LOGO_WIRE_NO_DECODER;
  return PD_LOGO_WIRE_DAMAGED;
}

/* The decoder for exactly the kind that the header shows, and for the first frame alone. */
static GdkPixbuf *
decode (const GByteArray  *input,
        const PdLogoFacts *facts,
        PdLogoWireStatus  *status)
{
  static const guint8         trailer[] = { 0x3b };
  g_autoptr (GError)          error = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (pd_logo_type_get_mime (facts->type), &error);
  gboolean                    too_large = FALSE;
  gboolean                    good;
  GdkPixbuf                  *pixbuf;

  if (loader == NULL) {
    *status = PD_LOGO_WIRE_NO_DECODER;
    return NULL;
  }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &too_large);
  good = gdk_pixbuf_loader_write (loader, input->data, facts->still_length, &error) &&
         (facts->type != PD_LOGO_GIF || facts->still_length == input->len ||
          gdk_pixbuf_loader_write (loader, trailer, sizeof trailer, &error));
  if (!gdk_pixbuf_loader_close (loader, good ? &error : NULL) || !good) {
    *status = too_large ? PD_LOGO_WIRE_TOO_LARGE : judge_error (error);
    return NULL;
  }
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL) {
    *status = PD_LOGO_WIRE_DAMAGED;
    return NULL;
  }
  /* Browsers turn a photograph upright. */
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/* Transparent stays transparent, and so does what is left of 150 × 50 beside a picture of another shape. */
static GdkPixbuf *
draw (GdkPixbuf   *picture,
      guint        scale,
      PdLogoPlace *place)
{
  g_autoptr (GdkPixbuf) scaled = NULL;
  g_autoptr (GdkPixbuf) opaque = NULL;
  GdkPixbuf            *shown = NULL;

  pd_logo_fit ((guint32) gdk_pixbuf_get_width (picture), (guint32) gdk_pixbuf_get_height (picture), scale, place);
  opaque = gdk_pixbuf_scale_simple (picture, (int) place->width, (int) place->height, GDK_INTERP_BILINEAR);
  scaled = opaque != NULL ? gdk_pixbuf_add_alpha (opaque, FALSE, 0, 0, 0) : NULL;
  if (scaled != NULL)
    shown = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, PD_LOGO_WIDTH * (int) scale, PD_LOGO_HEIGHT * (int) scale);
  if (shown == NULL)
    return NULL;
  gdk_pixbuf_fill (shown, 0);
  gdk_pixbuf_copy_area (scaled, 0, 0, (int) place->width, (int) place->height, shown, (int) place->x, (int) place->y);
  return shown;
}

static PdLogoWireStatus
answer (GdkPixbuf         *shown,
        const PdLogoPlace *place)
{
  PdLogoWireHead   head = { PD_LOGO_WIRE_MAGIC, (guint32) gdk_pixbuf_get_width (shown), (guint32) gdk_pixbuf_get_height (shown), *place, 0 };
  const guint8    *pixels = gdk_pixbuf_read_pixels (shown);
  gsize            stride = (gsize) gdk_pixbuf_get_rowstride (shown);
  g_autofree char *png = NULL;
  gsize            png_length;
  gboolean         good;

  if (!gdk_pixbuf_save_to_buffer (shown, &png, &png_length, "png", NULL, NULL) || png_length > PD_LOGO_WIRE_MAX_PNG)
    return PD_LOGO_WIRE_NO_DECODER;
  head.png_length = (guint32) png_length;
  good = write_output (&head, sizeof head);
  for (guint32 y = 0; good && y < head.height; y++)
    good = write_output (pixels + y * stride, (gsize) head.width * 4);
  return good && write_output (png, png_length) ? PD_LOGO_WIRE_DONE : PD_LOGO_WIRE_NO_MEMORY;
}

int
main (int   argc,
      char *argv[])
{
  guint                  scale = argc > 1 ? (guint) (argv[1][0] - '0') : 1;
  PdLogoWireStatus       status = PD_LOGO_WIRE_DAMAGED;
  g_autoptr (GByteArray) input = NULL;
  g_autoptr (GdkPixbuf)  picture = NULL;
  g_autoptr (GdkPixbuf)  shown = NULL;
  PdLogoFacts            facts;
  PdLogoPlace            place;

  if (argc > 2 || scale < 1 || scale > PD_LOGO_WIRE_MAX_SCALE || (argc > 1 && argv[1][1] != '\0') || !confine ())
    return PD_LOGO_WIRE_USAGE;
  input = read_input ();
  if (input == NULL)
    return PD_LOGO_WIRE_TOO_LARGE;
  pd_logo_facts_read (input->data, input->len, &facts);
  if (!facts.has_size || facts.width == 0 || facts.height == 0)
    return PD_LOGO_WIRE_DAMAGED;
  if (facts.pixels > PD_LOGO_MAX_PIXELS)
    return PD_LOGO_WIRE_TOO_LARGE;
  picture = decode (input, &facts, &status);
  if (picture == NULL)
    return (int) status;
  shown = draw (picture, scale, &place);
  if (shown == NULL)
    return PD_LOGO_WIRE_NO_MEMORY;
  return (int) answer (shown, &place);
}
