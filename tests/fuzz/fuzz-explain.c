/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-explain.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (PdExplainText) text = pd_explain_text_new ((const char *) data, size);
  g_autoptr (GPtrArray)     found = pd_explain ((const char *) data, (gssize) size, NULL);

  /* Whatever it was, it is text now, and folding it again changes nothing in length or order of the pieces. */
  g_assert_true (g_utf8_validate (text->folded, -1, NULL));
  g_assert_cmpuint (g_utf8_strlen (text->folded, -1), ==, text->n_characters);
  for (guint i = 0; i < text->breaks->len; i++) {
    g_assert_cmpuint (g_array_index (text->breaks, gsize, i), <=, text->n_characters);
    if (i > 0)
      g_assert_cmpuint (g_array_index (text->breaks, gsize, i - 1), <=, g_array_index (text->breaks, gsize, i));
  }
  g_assert_cmpuint (found->len, <=, PD_EXPLAIN_MAX_CAUSES);
  for (guint i = 1; i < found->len; i++) {
    const PdExplanation *better = g_ptr_array_index (found, i - 1);
    const PdExplanation *worse = g_ptr_array_index (found, i);

    g_assert_cmpuint (better->score, >=, worse->score);
    g_assert_true (better->cause != worse->cause);
  }
  return 0;
}
