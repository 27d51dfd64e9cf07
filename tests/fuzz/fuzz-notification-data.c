/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-notification-private.h"

/* The XML of a legacy notification: nothing is fetched or expanded, and what is taken out of it is text. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char    *text = g_strndup ((const char *) data, size);
  PdNotificationInner inner = { .members = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_notification_member_free) };

  if (g_utf8_validate (text, -1, NULL))
    pd_notification_inner_read_data (&inner, text);
  for (guint i = 0; i < inner.members->len; i++) {
    const PdNotificationMember *member = g_ptr_array_index (inner.members, i);

    g_assert_true (g_utf8_validate (member->name, -1, NULL) && g_utf8_validate (member->value, -1, NULL));
    g_assert_true (g_str_has_prefix (member->name, "NotificationData/"));
  }
  g_free (inner.object_type);
  g_free (inner.object_id);
  g_ptr_array_unref (inner.members);
  return 0;
}
