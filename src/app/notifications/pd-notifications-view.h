/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-fields-view.h"
#include "pd-notification-inspector.h"
#include "pd-receiver-page.h"

G_BEGIN_DECLS

#define PD_TYPE_NOTIFICATIONS_VIEW (pd_notifications_view_get_type ())

G_DECLARE_FINAL_TYPE (PdNotificationsView, pd_notifications_view, PD, NOTIFICATIONS_VIEW, AdwBin)

GtkWidget               *pd_notifications_view_new           (PdShop *shop);
PdFieldsView            *pd_notifications_view_get_fields    (PdNotificationsView *self);
PdNotificationInspector *pd_notifications_view_get_inspector (PdNotificationsView *self);
PdReceiverPage          *pd_notifications_view_get_receiver  (PdNotificationsView *self);
void                     pd_notifications_view_open_page     (PdNotificationsView *self, const char *page);
/* From a page to where it was opened; FALSE where none is open. */
gboolean                 pd_notifications_view_go_back       (PdNotificationsView *self);
gboolean                 pd_notifications_view_focus_field   (PdNotificationsView *self, const char *field_id);
gboolean                 pd_notifications_view_focus_first   (PdNotificationsView *self);

G_END_DECLS
