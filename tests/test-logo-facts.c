/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pd-logo-facts.h"

static const struct {
  const char *name;
  PdLogoType  type;
  gboolean    has_size;
  guint32     width;
  guint32     height;
  guint32     frames;
  guint       turn;
  gboolean    may_be_transparent;
  gboolean    is_cmyk;
} samples[] = {
  { "small.png", PD_LOGO_PNG, TRUE, 6, 2, 1, 1, FALSE, FALSE },
  { "alpha.png", PD_LOGO_PNG, TRUE, 6, 2, 1, 1, TRUE, FALSE },
  { "16-bit.png", PD_LOGO_PNG, TRUE, 4, 4, 1, 1, FALSE, FALSE },
  { "apng.png", PD_LOGO_PNG, TRUE, 4, 1, 3, 1, FALSE, FALSE },
  { "19000.png", PD_LOGO_PNG, TRUE, 19000, 19000, 1, 1, FALSE, FALSE },
  { "0-wide.png", PD_LOGO_PNG, TRUE, 0, 50, 1, 1, FALSE, FALSE },
  { "cmyk.jpg", PD_LOGO_JPEG, TRUE, 24, 8, 1, 1, FALSE, TRUE },
  { "progressive.jpg", PD_LOGO_JPEG, TRUE, 24, 8, 1, 1, FALSE, FALSE },
  { "exif-big-endian.jpg", PD_LOGO_JPEG, TRUE, 48, 144, 1, 6, FALSE, FALSE },
  { "exif-little-endian.jpg", PD_LOGO_JPEG, TRUE, 48, 144, 1, 6, FALSE, FALSE },
  { "animated.gif", PD_LOGO_GIF, TRUE, 6, 2, 3, 1, TRUE, FALSE },
  { "bomb.gif", PD_LOGO_GIF, TRUE, 65535, 32767, 1, 1, FALSE, FALSE },
  { "0-high.gif", PD_LOGO_GIF, TRUE, 150, 0, 1, 1, FALSE, FALSE },
  { "svg.png", PD_LOGO_UNKNOWN, FALSE, 0, 0, 1, 1, FALSE, FALSE },
};

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", name, NULL);
  char            *content;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return g_bytes_new_take (content, length);
}

static void
test_samples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GBytes) content = load (samples[i].name);
    gsize              length;
    const guint8      *data = g_bytes_get_data (content, &length);
    PdLogoFacts        facts;

    g_test_message ("%s", samples[i].name);
    pd_logo_facts_read (data, length, &facts);
    g_assert_cmpint (facts.type, ==, samples[i].type);
    g_assert_cmpint (facts.has_size, ==, samples[i].has_size);
    g_assert_cmpuint (facts.width, ==, samples[i].width);
    g_assert_cmpuint (facts.height, ==, samples[i].height);
    g_assert_cmpuint (facts.pixels, ==, (guint64) samples[i].width * samples[i].height);
    g_assert_cmpuint (facts.frames, ==, samples[i].frames);
    g_assert_cmpuint (facts.turn, ==, samples[i].turn);
    g_assert_cmpint (facts.may_be_transparent, ==, samples[i].may_be_transparent);
    g_assert_cmpint (facts.is_cmyk, ==, samples[i].is_cmyk);
    g_assert_cmpint (facts.complete, ==, samples[i].has_size && samples[i].height > 0);
  }
}

/* Cut off anywhere, a file is never complete, and a size that is told is the right one. */
static void
test_cut_off (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GBytes) content = load (samples[i].name);
    gsize              length;
    const guint8      *data = g_bytes_get_data (content, &length);

    for (gsize n = 0; n < length; n++) {
      /* A copy of the exact size, so that a read beyond the end is one beyond the allocation. */
      g_autofree guint8 *part = g_malloc (MAX (1, n));
      PdLogoFacts        facts;

      memcpy (part, data, n);
      pd_logo_facts_read (part, n, &facts);
      g_assert_false (facts.complete);
      g_assert_true (!facts.has_size || (facts.width == samples[i].width && facts.height == samples[i].height));
      g_assert_cmpuint (facts.still_length, <=, n);
    }
  }
}

/* Only the first frame is handed to a decoder. */
static void
test_first_frame (void)
{
  g_autoptr (GBytes) content = load ("animated.gif");
  gsize              length;
  const guint8      *data = g_bytes_get_data (content, &length);
  PdLogoFacts        whole;
  PdLogoFacts        first;

  pd_logo_facts_read (data, length, &whole);
  g_assert_cmpuint (whole.still_length, <, length);
  pd_logo_facts_read (data, whole.still_length, &first);
  g_assert_cmpuint (first.frames, ==, 1);
  g_assert_cmpuint (first.still_length, ==, whole.still_length);
}

/* A frame that is larger than its screen counts as what a decoder would hold. */
static void
test_frame_beyond_screen (void)
{
  static const guint8 gif[] = { 'G', 'I', 'F', '8', '9', 'a', 150, 0, 50, 0, 0, 0, 0,
                                0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 1, 0x44, 0, 0x3b };
  PdLogoFacts         facts;

  pd_logo_facts_read (gif, sizeof gif, &facts);
  g_assert_cmpuint (facts.width, ==, 150);
  g_assert_cmpuint (facts.pixels, ==, 65535ull * 65535);
}

static void
test_fit (void)
{
  static const struct {
    guint32     width;
    guint32     height;
    guint       scale;
    PdLogoPlace place;
  } cases[] = {
    { 150, 50, 1, { 0, 0, 150, 50 } },
    { 300, 100, 1, { 0, 0, 150, 50 } },
    { 301, 100, 1, { 0, 0, 150, 50 } },
    { 300, 100, 2, { 0, 0, 300, 100 } },
    { 200, 200, 1, { 50, 0, 50, 50 } },
    { 600, 100, 1, { 0, 12, 150, 25 } },
    { 30, 10, 1, { 0, 0, 150, 50 } },
    { G_MAXUINT32, 1, 1, { 0, 24, 150, 1 } },
    { 1, G_MAXUINT32, 2, { 149, 0, 1, 100 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PdLogoPlace place;

    pd_logo_fit (cases[i].width, cases[i].height, cases[i].scale, &place);
    g_assert_cmpmem (&place, sizeof place, &cases[i].place, sizeof place);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/logo-facts/samples", test_samples);
  g_test_add_func ("/logo-facts/cut-off", test_cut_off);
  g_test_add_func ("/logo-facts/first-frame", test_first_frame);
  g_test_add_func ("/logo-facts/frame-beyond-screen", test_frame_beyond_screen);
  g_test_add_func ("/logo-facts/fit", test_fit);
  return g_test_run ();
}
