/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a notification is refused; the first words of `why` on the command line. In the order of judging. */
typedef enum {
  PD_NOTIFICATION_FINE,
  PD_NOTIFICATION_SYNTAX,
  PD_NOTIFICATION_MEMBER,
  PD_NOTIFICATION_KIND, /* "type" */
  PD_NOTIFICATION_CERTIFICATE_URL,
  PD_NOTIFICATION_CERTIFICATE,
  PD_NOTIFICATION_SIGNATURE_VERSION,
  PD_NOTIFICATION_SIGNATURE,
  PD_NOTIFICATION_TOPIC,
  PD_NOTIFICATION_MERCHANT,
} PdNotificationFault;

const char *pd_notification_fault_to_id         (PdNotificationFault fault);
const char *pd_notification_fault_get_meaning   (PdNotificationFault fault);
const char *pd_notification_fault_get_next_step (PdNotificationFault fault);

/* One member, with what it means. Name and value can be shown as they are. */
typedef struct {
  char *name;          /* a path, its steps parted by slashes: "NotificationData/OrderReference/OrderTotal/Amount" */
  char *value;
  char *meaning;       /* translated, or NULL for a member that is not known */
  char *value_meaning; /* translated, or NULL */
} PdNotificationMember;

#define PD_TYPE_NOTIFICATION (pd_notification_get_type ())
G_DECLARE_FINAL_TYPE (PdNotification, pd_notification, PD, NOTIFICATION, GObject)

/* The body alone, or a whole HTTP request with its headers. Never fails: what is wrong is the fault. */
PdNotification      *pd_notification_new               (const char *text, gsize length);

PdNotificationFault  pd_notification_get_fault         (PdNotification *self);
char                *pd_notification_dup_why           (PdNotification *self); /* "member: Signature", or NULL */
const char          *pd_notification_get_kind          (PdNotification *self); /* "Type" */
const char          *pd_notification_get_member        (PdNotification *self, const char *name);
const char          *pd_notification_get_generation    (PdNotification *self); /* "v2", "legacy" or NULL */
const char          *pd_notification_get_merchant_id   (PdNotification *self);
const char          *pd_notification_get_object_type   (PdNotification *self);
const char          *pd_notification_get_object_id     (PdNotification *self);
GPtrArray           *pd_notification_get_members       (PdNotification *self); /* of PdNotificationMember, or NULL */
GPtrArray           *pd_notification_get_envelope      (PdNotification *self); /* the same */
const char          *pd_notification_get_sense         (PdNotification *self); /* what it comes to, or NULL */
char                *pd_notification_get_string_to_sign (PdNotification *self);

/* Judges the signature with that certificate (PEM), whose dates count at the message's Timestamp. */
PdNotificationFault  pd_notification_verify            (PdNotification *self, const char *certificate, gsize length);
/* Judges the merchant; PD_NOTIFICATION_MERCHANT where the message is another's. */
PdNotificationFault  pd_notification_match_merchant    (PdNotification *self, const char *seller_id);

gboolean             pd_notification_url_is_trusted    (const char *url);

G_END_DECLS
