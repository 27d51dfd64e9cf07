/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-catalogue.h"
#include "pd-mend.h"
#include "pd-problem.h"
#include "pd-shape.h"

/* The first byte picks the field, the rest is its value. A mended value no longer breaks the rule, and what is mended stays so. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);
  const PdField        *field = size > 0 ? fields[data[0] % n_fields] : fields[0];
  g_autofree char      *raw = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");
  g_autofree char      *value = g_utf8_make_valid (raw, -1);
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, value);
  g_autofree char      *mended = pd_mend_all (field, value);
  g_autofree char      *again = pd_mend_all (field, mended);

  g_assert_cmpstr (mended, ==, again);
  g_assert_true (problems->len > 0 || g_str_equal (mended, value));
  for (guint i = 0; i < problems->len; i++) {
    const char           *rule = ((PdProblem *) problems->pdata[i])->rule;
    const char           *label = NULL;
    g_autofree char      *one = pd_mend_value (field, rule, value, &label);
    g_autoptr (GPtrArray) left = one != NULL ? pd_shape_judge_value (field, one) : NULL;

    g_assert_true ((one == NULL) == (label == NULL));
    if (one == NULL)
      continue;
    g_assert_true (g_utf8_validate (one, -1, NULL));
    for (guint j = 0; j < left->len; j++)
      g_assert_cmpstr (((PdProblem *) left->pdata[j])->rule, !=, rule);
  }
  return 0;
}
