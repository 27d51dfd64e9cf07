/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-notification.h"

static void
check_members (GPtrArray *members)
{
  for (guint i = 0; members != NULL && i < members->len; i++) {
    const PdNotificationMember *member = g_ptr_array_index (members, i);

    g_assert_true (g_utf8_validate (member->name, -1, NULL));
    g_assert_true (g_utf8_validate (member->value, -1, NULL));
  }
}

/* A whole request or its body: it is never genuine, as nothing is signed with this certificate, and what is shown is text. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (PdNotification) notification = pd_notification_new ((const char *) data, size);
  g_autofree char           *string = pd_notification_get_string_to_sign (notification);
  g_autofree char           *why = NULL;

  check_members (pd_notification_get_members (notification));
  check_members (pd_notification_get_envelope (notification));
  g_assert_cmpint (pd_notification_verify (notification, "", 0), !=, PD_NOTIFICATION_FINE);
  why = pd_notification_dup_why (notification);
  g_assert_true (g_utf8_validate (why, -1, NULL));
  return 0;
}
