/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pd-error.h"
#include "pd-logo-look.h"
#include "pd-logo-picture-private.h"
#include "pd-logo-wire.h"
#include "pd-logo.h"
#include "pd-test-util.h"

#define SHORT_MS 300

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", name, NULL);
  char            *content;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return g_bytes_new_take (content, length);
}

static char *
get_own_helper (void)
{
  return g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "logo", "paydesk-logo", NULL);
}

static void
use_own_helper (void)
{
  g_autofree char *path = get_own_helper ();

  pd_logo_picture_set_helper (path, 0);
}

/* A shell script in the place of paydesk-logo. */
static void
use_script (const char *script,
            guint       patience_ms)
{
  g_autofree char *path = g_build_filename (g_getenv ("PD_SESSION"), "helper", NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  g_unlink (path);
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  pd_logo_picture_set_helper (path, patience_ms);
}

static PdLogoPicture *
render (GBytes   *content,
        guint     scale,
        GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_logo_picture_render_async (content, scale, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_logo_picture_render_finish (result, error);
}

static PdLogo *
inspect (GBytes  *content,
         guint64  bytes)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  PdLogo                  *logo;

  pd_logo_inspect_async (content, bytes, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  logo = pd_logo_inspect_finish (result, &error);
  g_assert_no_error (error);
  return logo;
}

static const guint8 *
get_pixel (PdLogoPicture *picture,
           guint          x,
           guint          y)
{
  return (const guint8 *) g_bytes_get_data (picture->pixels, NULL) + 4 * ((gsize) y * picture->width + x);
}

/* Every kind is opened, at both scales. */
static void
test_render_kinds (void)
{
  static const char *const names[] = { "small.png", "alpha.png", "16-bit.png", "cmyk.jpg", "progressive.jpg", "animated.gif" };

  use_own_helper ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    for (guint scale = 1; scale <= 2; scale++) {
      g_autoptr (GBytes)        content = load (names[i]);
      g_autoptr (GError)        error = NULL;
      g_autoptr (PdLogoPicture) picture = render (content, scale, &error);
      PdLogoFacts               facts;

      g_assert_no_error (error);
      g_assert_cmpuint (picture->width, ==, 150 * scale);
      g_assert_cmpuint (picture->height, ==, 50 * scale);
      g_assert_cmpuint (g_bytes_get_size (picture->pixels), ==, 150 * 50 * 4 * scale * scale);
      pd_logo_facts_read (g_bytes_get_data (picture->png, NULL), g_bytes_get_size (picture->png), &facts);
      g_assert_true (facts.type == PD_LOGO_PNG && facts.complete && facts.width == picture->width && facts.height == picture->height);
    }
  }
}

/* The first frame alone, and in the middle where its shape is another. */
static void
test_render_pixels (void)
{
  g_autoptr (GBytes)        moving = load ("animated.gif");
  g_autoptr (GBytes)        square = load ("16-bit.png");
  g_autoptr (GBytes)        clear = load ("alpha.png");
  g_autoptr (PdLogoPicture) first = NULL;
  g_autoptr (PdLogoPicture) middle = NULL;
  g_autoptr (PdLogoPicture) open = NULL;

  use_own_helper ();
  first = render (moving, 1, NULL);
  g_assert_cmpmem (get_pixel (first, 75, 25), 4, "\xff\0\0\xff", 4);
  g_assert_cmpmem (get_pixel (first, 0, 0), 4, "\xff\0\0\xff", 4);
  middle = render (square, 1, NULL);
  g_assert_cmpuint (middle->place.x, ==, 50);
  g_assert_cmpuint (get_pixel (middle, 49, 25)[3], ==, 0);
  g_assert_cmpuint (get_pixel (middle, 50, 25)[3], ==, 255);
  g_assert_cmpuint (get_pixel (middle, 99, 25)[3], ==, 255);
  g_assert_cmpuint (get_pixel (middle, 100, 25)[3], ==, 0);
  open = render (clear, 1, NULL);
  g_assert_cmpuint (get_pixel (open, 149, 0)[3], ==, 0);
}

/* What EXIF turns is shown upright: 48 × 144 becomes 3:1, its upper end on the right. */
static void
test_render_turned (void)
{
  static const char *const names[] = { "exif-big-endian.jpg", "exif-little-endian.jpg" };

  use_own_helper ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GBytes)        content = load (names[i]);
    g_autoptr (GError)        error = NULL;
    g_autoptr (PdLogoPicture) picture = render (content, 1, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (picture->place.width, ==, 150);
    g_assert_cmpuint (picture->place.height, ==, 50);
    g_assert_cmpuint (get_pixel (picture, 145, 25)[2], >, 200);
    g_assert_cmpuint (get_pixel (picture, 5, 25)[0], >, 200);
  }
}

/* Any beginning of a picture is opened or refused, and the program never crashes over it. */
static void
test_render_cut_off (void)
{
  static const char *const names[] = { "small.png", "cmyk.jpg", "animated.gif" };

  use_own_helper ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GBytes) content = load (names[i]);

    for (gsize n = 0; n < g_bytes_get_size (content); n += i == 0 ? 1 : 5) {
      g_autoptr (GBytes)        part = g_bytes_new_from_bytes (content, 0, n);
      g_autoptr (GError)        error = NULL;
      g_autoptr (PdLogoPicture) picture = render (part, 1, &error);

      if (picture == NULL)
        g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
    }
  }
}

/* Asked directly, the program refuses bombs by their headers. */
static void
test_render_bombs (void)
{
  g_autoptr (GBytes) gif = load ("bomb.gif");
  g_autoptr (GBytes) png = load ("19000.png");
  g_autoptr (GError) error = NULL;

  use_own_helper ();
  g_assert_null (render (gif, 1, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (render (png, 1, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_TOO_LARGE);
}

static char *
read_proc (GSubprocess *process,
           const char  *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/%s", g_subprocess_get_identifier (process), name);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Makes the main loop look again. */
static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* By its last two steps: in a container the last one may be inherited. */
static gboolean
is_confined (gpointer data)
{
  g_autofree char *status = read_proc (data, "status");
  g_autofree char *limits = read_proc (data, "limits");

  return strstr (status, "NoNewPrivs:\t1") != NULL && g_regex_match_simple ("Max open files +64 +64 ", limits, 0, 0);
}

/* It gives up its rights before it reads a byte: here it still waits for the first one. */
static void
test_confined (void)
{
  g_autofree char        *helper = get_own_helper ();
  const char *const       argv[] = { helper, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autofree char        *limits = NULL;
  guint                   tick = g_timeout_add (5, on_tick, NULL);

  pd_test_until (is_confined, process);
  g_source_remove (tick);
  limits = read_proc (process, "limits");
  g_assert_true (g_regex_match_simple ("Max cpu time +10 +10 ", limits, 0, 0));
  g_assert_true (g_regex_match_simple ("Max file size +0 +0 ", limits, 0, 0));
  g_assert_true (g_regex_match_simple ("Max core file size +0 +0 ", limits, 0, 0));
#if !defined (__SANITIZE_ADDRESS__)
  g_assert_true (g_regex_match_simple ("Max address space +1073741824 +1073741824 ", limits, 0, 0));
#endif
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL));
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, PD_LOGO_WIRE_DAMAGED);
}

/* Whatever the program does, the caller gets a sentence. */
static void
test_misbehaving (void)
{
  static const struct {
    const char *script;
    PdError     code;
  } cases[] = {
    { "kill -SEGV $$", PD_ERROR_GARBAGE },
    { "kill -KILL $$", PD_ERROR_GARBAGE },
    { "kill -XCPU $$", PD_ERROR_GARBAGE },
    { "exec sleep 1000", PD_ERROR_TIMEOUT },
    { "exec >/dev/null; exec sleep 1000", PD_ERROR_TIMEOUT },
    { "exec cat /dev/zero", PD_ERROR_GARBAGE },
    { "echo hello", PD_ERROR_GARBAGE },
    { "exit 0", PD_ERROR_GARBAGE },
    { "head -c 100000 /dev/zero", PD_ERROR_GARBAGE },
    { "exit 1", PD_ERROR_BAD_INPUT },
    { "exit 3", PD_ERROR_TOO_LARGE },
    { "exit 4", PD_ERROR_NOT_FOUND },
    { "exit 5", PD_ERROR_TOO_LARGE },
    { "exit 77", PD_ERROR_GARBAGE },
  };
  g_autoptr (GBytes) content = load ("small.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PdLogo) logo = NULL;

    g_test_message ("%s", cases[i].script);
    use_script (cases[i].script, cases[i].code == PD_ERROR_TIMEOUT ? SHORT_MS : 0);
    g_assert_null (render (content, 1, &error));
    g_assert_error (error, PD_ERROR, (int) cases[i].code);
    g_assert_true (g_str_has_suffix (error->message, "."));

    /* The other rules are judged all the same. */
    logo = inspect (content, g_bytes_get_size (content));
    g_assert_null (logo->picture);
    g_assert_cmpstr (pd_logo_find (logo, "content")->message, ==, error->message);
    g_assert_cmpint (pd_logo_find (logo, "content")->verdict, ==,
                     cases[i].code == PD_ERROR_BAD_INPUT ? PD_VERDICT_FAILED : PD_VERDICT_UNDETERMINED);
    g_assert_cmpint (pd_logo_find (logo, "width")->verdict, ==, PD_VERDICT_FAILED);
  }
}

static void
test_absent (void)
{
  g_autoptr (GBytes) content = load ("small.png");
  g_autoptr (GError) error = NULL;

  pd_logo_picture_set_helper ("/nonexistent/paydesk-logo", 0);
  g_assert_null (render (content, 1, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
}

static gboolean
cancel (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes)       content = load ("small.png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError)       error = NULL;

  use_script ("exec sleep 1000", 0);
  pd_logo_inspect_async (content, g_bytes_get_size (content), cancellable, pd_test_keep, &result);
  g_idle_add (cancel, cancellable);
  pd_test_wait (&result);
  g_assert_null (pd_logo_inspect_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  pd_logo_picture_render_async (content, 1, cancellable, pd_test_keep, &again);
  pd_test_wait (&again);
  g_assert_null (pd_logo_picture_render_finish (again, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* No program is started for what the headers refuse: the one here would be noticed. */
static void
test_headers_first (void)
{
  static const char *const names[] = { "bomb.gif", "19000.png", "0-wide.png", "0-high.gif", "svg.png" };

  use_script ("kill -SEGV $$", 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GBytes) content = load (names[i]);
    g_autoptr (PdLogo) logo = inspect (content, g_bytes_get_size (content));

    g_assert_no_error (logo->why);
    g_assert_null (logo->picture);
    g_assert_cmpint (logo->verdict, ==, PD_VERDICT_FAILED);
  }
}

/* S078 and S079 at their edges. */
static void
test_edges (void)
{
  static const struct {
    guint64   bytes;
    PdVerdict verdict;
  } sizes[] = {
    { 9999999, PD_VERDICT_PASSED },   { 10000000, PD_VERDICT_PASSED }, { 10000001, PD_VERDICT_WARNING },
    { 10485760, PD_VERDICT_WARNING }, { 10485761, PD_VERDICT_FAILED },
  };
  static const struct {
    guint32   width;
    guint32   height;
    guint     turn;
    PdVerdict verdict;
  } widths[] = {
    { 149, 50, 1, PD_VERDICT_FAILED },  { 150, 50, 1, PD_VERDICT_PASSED },   { 151, 50, 1, PD_VERDICT_PASSED },
    { 150, 1, 1, PD_VERDICT_PASSED },   { 149, 5000, 1, PD_VERDICT_FAILED }, { 150, 149, 6, PD_VERDICT_WARNING },
    { 149, 150, 6, PD_VERDICT_WARNING }, { 149, 149, 6, PD_VERDICT_FAILED }, { 150, 149, 3, PD_VERDICT_PASSED },
  };
  PdLogoFacts facts = { .type = PD_LOGO_PNG, .has_size = TRUE, .complete = TRUE, .width = 300, .height = 100, .frames = 1, .turn = 1, .pixels = 30000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (PdLogo) logo = pd_logo_new (&facts, sizes[i].bytes, NULL, NULL);

    g_assert_cmpint (pd_logo_find (logo, "bytes")->verdict, ==, sizes[i].verdict);
    g_assert_cmpint (logo->verdict, ==, sizes[i].verdict);
  }
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (PdLogo) logo = NULL;

    facts.width = widths[i].width;
    facts.height = widths[i].height;
    facts.turn = widths[i].turn;
    logo = pd_logo_new (&facts, 1000, NULL, NULL);
    g_assert_cmpint (pd_logo_find (logo, "width")->verdict, ==, widths[i].verdict);
  }
}

/* Hints are never more than a warning. */
static void
test_hints (void)
{
  static const struct {
    PdLogoFacts facts;
    const char *rule;
  } cases[] = {
    { { .width = 300, .height = 101, .frames = 1, .turn = 1 }, NULL },
    { { .width = 300, .height = 103, .frames = 1, .turn = 1 }, "ratio" },
    { { .width = 300, .height = 110, .frames = 1, .turn = 1 }, "ratio" },
    { { .width = 300, .height = 100, .frames = 2, .turn = 1 }, "still" },
    { { .width = 300, .height = 100, .frames = 1, .turn = 3 }, "orientation" },
    { { .width = 300, .height = 100, .frames = 1, .turn = 1, .is_cmyk = TRUE }, "colours" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PdLogoFacts        facts = cases[i].facts;
    g_autoptr (PdLogo) logo = NULL;

    facts.type = PD_LOGO_JPEG;
    facts.has_size = facts.complete = TRUE;
    logo = pd_logo_new (&facts, 1000, NULL, NULL);
    g_assert_cmpint (logo->verdict, ==, cases[i].rule != NULL ? PD_VERDICT_WARNING : PD_VERDICT_PASSED);
    if (cases[i].rule != NULL)
      g_assert_cmpint (pd_logo_find (logo, cases[i].rule)->verdict, ==, PD_VERDICT_WARNING);
  }
}

/* Grey and alpha of a pixel. */
typedef guint (* Painter) (guint x, guint y, guint *alpha);

static guint
paint_white_on_nothing (guint  x,
                        guint  y,
                        guint *alpha)
{
  *alpha = x % 10 < 5 ? 255 : 0;
  return 250;
}

static guint
paint_dark_on_nothing (guint  x,
                       guint  y,
                       guint *alpha)
{
  *alpha = x % 10 < 5 ? 255 : 0;
  return 40;
}

static guint
paint_white_on_white (guint  x,
                      guint  y,
                      guint *alpha)
{
  return 250;
}

static guint
paint_nothing (guint  x,
               guint  y,
               guint *alpha)
{
  *alpha = 3;
  return 0;
}

static guint
paint_edge (guint  x,
            guint  y,
            guint *alpha)
{
  return x < 75 ? 20 : 230;
}

static guint
paint_soft_edge (guint  x,
                 guint  y,
                 guint *alpha)
{
  return x < 75 ? 20 : x < 80 ? 20 + 42 * (x - 75) : 230;
}

static guint
paint_gradient (guint  x,
                guint  y,
                guint *alpha)
{
  return x * 255 / 149;
}

/* A picture that is not three times as wide as high, made to fit: beside it the page is seen. */
static guint
paint_between_open_rims (guint  x,
                         guint  y,
                         guint *alpha)
{
  *alpha = x < 20 || x >= 130 ? 0 : x == 20 || x == 129 ? 120 : 255;
  return x % 10 < 3 ? 20 : 250;
}

static PdLogoPicture *
paint (Painter painter)
{
  guint8        *pixels = g_malloc (150 * 50 * 4);
  PdLogoPicture *picture = g_atomic_rc_box_new0 (PdLogoPicture);

  for (guint n = 0; n < 150 * 50; n++) {
    guint alpha = 255;

    memset (pixels + 4 * n, (int) painter (n % 150, n / 150, &alpha), 3);
    pixels[4 * n + 3] = (guint8) alpha;
  }
  *picture = (PdLogoPicture) { 150, 50, { 0, 0, 150, 50 }, g_bytes_new_take (pixels, 150 * 50 * 4), g_bytes_new (NULL, 0) };
  return picture;
}

static void
test_look (void)
{
  static const struct {
    Painter    paint;
    PdLogoLook look;
  } cases[] = {
    { paint_white_on_nothing, PD_LOGO_LOOK_TRANSPARENT | PD_LOGO_LOOK_PALE },
    { paint_dark_on_nothing, PD_LOGO_LOOK_TRANSPARENT },
    { paint_between_open_rims, PD_LOGO_LOOK_TRANSPARENT },
    { paint_white_on_white, PD_LOGO_LOOK_FINE },
    { paint_nothing, PD_LOGO_LOOK_EMPTY | PD_LOGO_LOOK_TRANSPARENT },
    { paint_edge, PD_LOGO_LOOK_FINE },
    { paint_soft_edge, PD_LOGO_LOOK_BLURRED },
    { paint_gradient, PD_LOGO_LOOK_FINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PdLogoPicture) picture = paint (cases[i].paint);

    g_test_message ("%u", i);
    g_assert_cmpint (pd_logo_look (picture), ==, cases[i].look);
  }
}

/* What is seen in the picture is a hint; that there is none to be seen fails. */
static void
test_seen (void)
{
  static const struct {
    Painter     paint;
    guint32     width;
    guint32     height;
    gboolean    has_size;
    gboolean    complete;
    const char *rule;
    PdVerdict   verdict;
  } cases[] = {
    { paint_white_on_nothing, 300, 100, TRUE, TRUE, "transparency", PD_VERDICT_WARNING },
    { paint_nothing, 300, 100, TRUE, TRUE, "transparency", PD_VERDICT_WARNING },
    { paint_dark_on_nothing, 300, 100, TRUE, TRUE, "transparency", PD_VERDICT_PASSED },
    { paint_edge, 300, 100, TRUE, TRUE, "transparency", PD_VERDICT_PASSED },
    { paint_soft_edge, 300, 100, TRUE, TRUE, "sharpness", PD_VERDICT_WARNING },
    { paint_edge, 140, 40, TRUE, TRUE, "sharpness", PD_VERDICT_WARNING },
    { paint_edge, 150, 50, TRUE, TRUE, "sharpness", PD_VERDICT_PASSED },
    { paint_edge, 300, 100, TRUE, TRUE, "content", PD_VERDICT_PASSED },
    { paint_edge, 300, 100, TRUE, FALSE, "content", PD_VERDICT_WARNING },
    { NULL, 0, 0, FALSE, FALSE, "content", PD_VERDICT_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PdLogoPicture) picture = cases[i].paint != NULL ? paint (cases[i].paint) : NULL;
    PdLogoFacts facts = { .type = PD_LOGO_PNG, .has_size = cases[i].has_size, .complete = cases[i].complete, .width = cases[i].width,
                          .height = cases[i].height, .frames = 1, .turn = 1, .pixels = (guint64) cases[i].width * cases[i].height };
    g_autoptr (PdLogo) logo = pd_logo_new (&facts, 1000, picture, NULL);

    g_test_message ("%u: %s", i, cases[i].rule);
    g_assert_cmpint (pd_logo_find (logo, cases[i].rule)->verdict, ==, cases[i].verdict);
  }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/logo/render/kinds", test_render_kinds);
  g_test_add_func ("/logo/render/pixels", test_render_pixels);
  g_test_add_func ("/logo/render/turned", test_render_turned);
  g_test_add_func ("/logo/render/cut-off", test_render_cut_off);
  g_test_add_func ("/logo/render/bombs", test_render_bombs);
  g_test_add_func ("/logo/confined", test_confined);
  g_test_add_func ("/logo/misbehaving", test_misbehaving);
  g_test_add_func ("/logo/absent", test_absent);
  g_test_add_func ("/logo/cancelled", test_cancelled);
  g_test_add_func ("/logo/headers-first", test_headers_first);
  g_test_add_func ("/logo/edges", test_edges);
  g_test_add_func ("/logo/hints", test_hints);
  g_test_add_func ("/logo/look", test_look);
  g_test_add_func ("/logo/seen", test_seen);
  status = g_test_run ();
  pd_logo_picture_set_helper (NULL, 0);
  return status;
}
