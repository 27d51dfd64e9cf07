/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-signature-case.h"

/* What somebody pastes: first what is signed, then, after a line of three dashes, what the other side quoted. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  char            *cut = strstr (text, "\n---\n");

  if (cut != NULL)
    *cut = '\0';
  for (guint kind = PD_SIGNATURE_REQUEST; kind <= PD_SIGNATURE_MWS; kind++) {
    g_autoptr (PdSignatureCase) self = pd_signature_case_new_from_text (kind, PD_ALGORITHM_PSS_V2, text, NULL);
    g_autoptr (GPtrArray)       mistakes = NULL;
    g_autofree char            *string_to_sign = NULL;
    g_autofree char            *ours = NULL;
    gsize                       offset;
    guint                       line, column;

    if (self == NULL)
      continue;
    string_to_sign = pd_signature_case_work (self, NULL, NULL);
    g_assert_true (g_utf8_validate (string_to_sign, -1, NULL));
    pd_signature_case_take_theirs (self, cut != NULL ? cut + strlen ("\n---\n") : string_to_sign);
    ours = pd_signature_case_get_ours (self);
    if (!pd_signature_compare (ours, self->theirs, &offset, &line, &column)) {
      g_assert_cmpint (memcmp (ours, self->theirs, offset), ==, 0);
      g_assert_true (g_utf8_validate (ours + offset, -1, NULL));
    }
    mistakes = pd_signature_case_find_mistakes (self);
    for (guint i = 0; i < mistakes->len; i++)
      g_assert_true (g_utf8_validate (g_ptr_array_index (mistakes, i), -1, NULL));
  }
  return 0;
}
