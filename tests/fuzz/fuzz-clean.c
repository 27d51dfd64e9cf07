/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-catalogue.h"
#include "pd-clean.h"

/* The first byte picks the field, the rest is what was pasted. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);
  const PdField        *field = size > 0 ? fields[data[0] % n_fields] : fields[0];
  g_autofree char      *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");
  PdCleaned             cleaned, cleaned_again;
  g_autofree char      *once = pd_clean_value (field, text, &cleaned);
  g_autofree char      *twice = pd_clean_value (field, once, &cleaned_again);
  g_autofree char      *line = pd_clean_line (text);
  g_autofree char      *told = pd_clean_describe (cleaned);

  g_assert_true (g_utf8_validate (once, -1, NULL));
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpuint (strlen (once), <=, strlen (text));
  g_assert_cmpstr (once, ==, twice);
  g_assert_cmpuint (cleaned_again, ==, PD_CLEAN_NOTHING);
  /* What is changed is told. */
  g_assert_true (cleaned != PD_CLEAN_NOTHING || g_str_equal (once, text));
  g_assert_true ((told != NULL) == (cleaned != PD_CLEAN_NOTHING));
  return 0;
}
