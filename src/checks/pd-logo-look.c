/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-logo-look.h"

#define SEEN       16   /* of 255: less alpha than that is not seen */
#define SOLID      240
#define NEAR_WHITE 225  /* on white hardly to be told from it */
#define CONTRAST   64   /* below that there is no edge to judge */
#define EDGE_REACH 10   /* pixels within which an edge happens, and a mere gradient does not */
#define EDGE_PART  0.75
#define STEP_PART  0.3  /* enlarged fourfold or more, the steepest step is smaller than this part of the contrast */

static guint
get_alpha (const PdLogoPicture *picture,
           guint                x,
           guint                y)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);

  return pixels[4 * ((gsize) y * picture->width + x) + 3];
}

/* Luminance on white, 0 to 255 (Rec. 601's weights). */
static guint
get_grey (const PdLogoPicture *picture,
          guint                x,
          guint                y)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  const guint8 *pixel = pixels + 4 * ((gsize) y * picture->width + x);
  guint         grey = (299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2]) / 1000u;

  return (grey * pixel[3] + 255u * (255u - pixel[3])) / 255u;
}

static guint
steepest (const PdLogoPicture *picture,
          guint                reach)
{
  const PdLogoPlace *place = &picture->place;
  guint              most = 0;

  for (guint y = place->y; y < place->y + place->height; y++) {
    for (guint x = place->x; x < place->x + place->width; x++) {
      int here = (int) get_grey (picture, x, y);

      if (x + reach < place->x + place->width)
        most = MAX (most, (guint) ABS ((int) get_grey (picture, x + reach, y) - here));
      if (y + reach < place->y + place->height)
        most = MAX (most, (guint) ABS ((int) get_grey (picture, x, y + reach) - here));
    }
  }
  return most;
}

static gboolean
is_blurred (const PdLogoPicture *picture)
{
  guint edge = steepest (picture, EDGE_REACH);

  if (edge < CONTRAST)
    return FALSE;
  for (guint reach = 1; reach < EDGE_REACH; reach++)
    edge = MAX (edge, steepest (picture, reach));
  /* One that takes the whole reach is a gradient: by half of it most of the change must have happened. */
  return steepest (picture, EDGE_REACH / 2 + 1) >= EDGE_PART * edge && steepest (picture, 1) < STEP_PART * edge;
}

/* Without a rim that is open all along: the page's colour beside a picture takes nothing from it. */
static PdLogoPlace
find_solid (const PdLogoPicture *picture)
{
  const PdLogoPlace *place = &picture->place;
  guint              left = G_MAXUINT, top = G_MAXUINT, right = 0, bottom = 0;

  for (guint y = place->y; y < place->y + place->height; y++) {
    for (guint x = place->x; x < place->x + place->width; x++) {
      if (get_alpha (picture, x, y) < SOLID)
        continue;
      left = MIN (left, x);
      top = MIN (top, y);
      right = MAX (right, x + 1);
      bottom = MAX (bottom, y + 1);
    }
  }
  if (right == 0)
    return *place;
  return (PdLogoPlace) { left, top, right - left, bottom - top };
}

/**
 * pd_logo_look:
 * @picture: a logo as shoppers see it
 *
 * Hints for a person who then looks for themselves, not measurements.
 *
 * Returns: what can be told
 */
PdLogoLook
pd_logo_look (const PdLogoPicture *picture)
{
  const PdLogoPlace *place = &picture->place;
  const PdLogoPlace  inner = find_solid (picture);
  guint              n_seen = 0;
  guint              n_pale = 0;
  guint              n_open = 0;
  guint              n_open_inside = 0;
  PdLogoLook         look = PD_LOGO_LOOK_FINE;

  for (guint y = place->y; y < place->y + place->height; y++) {
    for (guint x = place->x; x < place->x + place->width; x++) {
      guint alpha = get_alpha (picture, x, y);

      n_open += alpha < SOLID;
      n_open_inside += alpha < SOLID && x >= inner.x && x < inner.x + inner.width && y >= inner.y && y < inner.y + inner.height;
      n_seen += alpha >= SEEN;
      n_pale += alpha >= SEEN && get_grey (picture, x, y) >= NEAR_WHITE;
    }
  }
  if (n_seen == 0)
    return PD_LOGO_LOOK_EMPTY | PD_LOGO_LOOK_TRANSPARENT;
  if (n_open > 0)
    look |= PD_LOGO_LOOK_TRANSPARENT;
  if (n_open_inside > 0 && n_pale * 5 > n_seen)
    look |= PD_LOGO_LOOK_PALE;
  if (is_blurred (picture))
    look |= PD_LOGO_LOOK_BLURRED;
  return look;
}
