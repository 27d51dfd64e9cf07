/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <openssl/x509.h>

#include "pd-notification.h"

G_BEGIN_DECLS

/**
 * PdNotificationInner:
 * @generation: "v2", "legacy", or %NULL where it is neither
 * @merchant_id: (nullable): whom it is for
 * @object_type: (nullable): what it is about
 * @object_id: (nullable): which one
 * @kind: (nullable): its NotificationType
 * @members: (element-type PdNotificationMember): its members, those of the XML among them
 *
 * The message of Amazon Pay within an envelope of SNS.
 */
typedef struct {
  const char *generation;
  char       *merchant_id;
  char       *object_type;
  char       *object_id;
  char       *kind;
  GPtrArray  *members;
} PdNotificationInner;

/* NULL where it cannot be read; then @where names the member. */
PdNotificationInner *pd_notification_inner_new  (const char *message, const char **where);
void                 pd_notification_inner_free (PdNotificationInner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdNotificationInner, pd_notification_inner_free)

/* Takes the parts of a NotificationData document in; FALSE where it is none. */
gboolean              pd_notification_inner_read_data (PdNotificationInner *self, const char *data);

/* NULL where it is none. */
X509                 *pd_notification_certificate_read (const char *pem, gsize length, OSSL_LIB_CTX *context);

PdNotificationMember *pd_notification_member_new  (const char *path, const char *value);
void                  pd_notification_member_free (PdNotificationMember *self);

/* The tables: translated, or NULL. */
const char *pd_notification_term_lookup  (const char *path);
const char *pd_notification_value_lookup (const char *path, const char *value);
const char *pd_notification_sense_lookup (const char *kind, const char *object_type);

G_END_DECLS
