/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-notification-private.h"

/* The message of Amazon Pay, of either generation. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char                *text = g_strndup ((const char *) data, size);
  const char                     *where = NULL;
  g_autoptr (PdNotificationInner) inner = pd_notification_inner_new (text, &where);

  if (inner == NULL) {
    g_assert_nonnull (where);
    return 0;
  }
  for (guint i = 0; i < inner->members->len; i++) {
    const PdNotificationMember *member = g_ptr_array_index (inner->members, i);

    g_assert_true (g_utf8_validate (member->name, -1, NULL) && g_utf8_validate (member->value, -1, NULL));
  }
  g_assert_true (inner->merchant_id == NULL || g_utf8_validate (inner->merchant_id, -1, NULL));
  g_assert_true (inner->generation == NULL || inner->merchant_id != NULL);
  return 0;
}
