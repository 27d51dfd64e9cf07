/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-error.h"
#include "pd-key.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdKey)  key = pd_key_new_private ((const char *) data, size, &error);
  g_autoptr (PdKey)  public_key = pd_key_new_public ((const char *) data, size, NULL);

  g_assert_true ((key == NULL) == (error != NULL));
  if (key != NULL) {
    g_autoptr (PdSecretText) stored = pd_key_to_stored (key);
    g_autoptr (PdKey)        again = pd_key_new_private (pd_secret_text_peek (stored), pd_secret_text_get_length (stored), NULL);
    g_autofree char         *before = pd_key_get_fingerprint (key);
    g_autofree char         *after = NULL;

    g_assert_nonnull (again);
    after = pd_key_get_fingerprint (again);
    g_assert_cmpstr (before, ==, after);
    g_assert_cmpuint (pd_key_get_bits (key), >=, 2048);
  } else {
    g_assert_error (error, PD_ERROR, PD_ERROR_BAD_KEY);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
  if (public_key != NULL)
    g_assert_false (pd_key_has_private (public_key));
  return 0;
}
