/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-mws.h"

/* An answer of the legacy service: a code is plain, and all else that is taken out of it is text. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes)      body = g_bytes_new (data, size);
  g_autoptr (PdMwsAnswer) answer = pd_mws_answer_new (body);

  if (answer == NULL)
    return 0;
  if (answer->code != NULL)
    g_assert_true (g_regex_match_simple ("^[A-Za-z0-9_.-]{1,100}$", answer->code, G_REGEX_DOLLAR_ENDONLY, 0));
  g_assert_true (answer->message == NULL || g_utf8_validate (answer->message, -1, NULL));
  g_assert_true (answer->request_id == NULL || g_utf8_validate (answer->request_id, -1, NULL));
  return 0;
}
