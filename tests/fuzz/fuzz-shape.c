/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-catalogue.h"
#include "pd-problem.h"
#include "pd-shape.h"

/* The first byte picks the field, the rest is its value, as text of a profile is: UTF-8. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  guint                  n_fields;
  const PdField *const  *fields = pd_catalogue_get_fields (&n_fields);
  const PdField         *field = size > 0 ? fields[data[0] % n_fields] : fields[0];
  g_autofree char       *raw = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");
  g_autofree char       *value = g_utf8_make_valid (raw, -1);
  g_autoptr (GPtrArray)  problems = pd_shape_judge_value (field, value);
  const PdField         *other = pd_shape_recognise (value, field);

  g_assert_true (other == NULL || other->shape != field->shape || field->shape == NULL);
  if (field->shape != NULL && pd_shape_matches (field->shape, value) && field->shape->prefixes[0] != NULL)
    g_assert_true (other == NULL || other->shape->prefixes[0] != NULL);
  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    g_assert_true (g_utf8_validate (problem->message, -1, NULL));
    g_assert_true (*problem->message != '\0' && *problem->rule != '\0');
    g_assert_true (g_str_equal (problem->rule, "mixup") == (problem->field != NULL));
    g_assert_true (problem->field == NULL || pd_catalogue_lookup (problem->field) == other);
  }
  return 0;
}
