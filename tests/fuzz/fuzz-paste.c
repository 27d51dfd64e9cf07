/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-error.h"
#include "pd-paste.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static PdProfile      *profile;
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdPaste)    paste = NULL;
  g_autofree char       *name = g_strndup ((const char *) data, MIN (size, 64));

  if (profile == NULL)
    profile = pd_profile_new ("Lantern & Co.");
  paste = pd_paste_new (profile, (const char *) data, size, name, &error);
  g_assert_true ((paste == NULL) == (error != NULL));
  if (paste == NULL) {
    g_assert_true (error->domain == PD_ERROR && (error->code == PD_ERROR_BAD_INPUT || error->code == PD_ERROR_BAD_KEY));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_true ((paste->kind == PD_PASTE_PROFILES) == (paste->values->len == 0));
  for (guint i = 0; i < paste->values->len; i++) {
    const PdPasteValue *value = g_ptr_array_index (paste->values, i);
    const char         *text = pd_secret_text_peek (value->value);

    g_assert_true (*text != '\0' && g_utf8_validate (text, -1, NULL));
    g_assert_cmpuint (strlen (text), ==, pd_secret_text_get_length (value->value));
    for (guint j = 0; j < i; j++)
      g_assert_true (value->field != ((const PdPasteValue *) g_ptr_array_index (paste->values, j))->field);
  }
  return 0;
}
