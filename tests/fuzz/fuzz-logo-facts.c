/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-logo-facts.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  PdLogoFacts facts;
  PdLogoPlace place;
  guint32     width;
  guint32     height;

  pd_logo_facts_read (data, size, &facts);
  g_assert_cmpuint (facts.frames, >=, 1);
  g_assert_cmpuint (facts.still_length, <=, size);
  g_assert_true (facts.turn >= 1 && facts.turn <= 8);
  g_assert_true (!facts.has_size || facts.type != PD_LOGO_UNKNOWN);
  g_assert_true (!facts.complete || facts.has_size);
  pd_logo_facts_get_shown (&facts, &width, &height);
  g_assert_true ((guint64) width * height <= facts.pixels);
  if (width == 0 || height == 0)
    return 0;
  for (guint scale = 1; scale <= 2; scale++) {
    pd_logo_fit (width, height, scale, &place);
    g_assert_true (place.width >= 1 && place.x + place.width <= PD_LOGO_WIDTH * scale);
    g_assert_true (place.height >= 1 && place.y + place.height <= PD_LOGO_HEIGHT * scale);
  }
  return 0;
}
