/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_NOTIFICATION_INSPECTOR (pd_notification_inspector_get_type ())

G_DECLARE_FINAL_TYPE (PdNotificationInspector, pd_notification_inspector, PD, NOTIFICATION_INSPECTOR, AdwBin)

GtkWidget  *pd_notification_inspector_new             (PdShop *shop);
void        pd_notification_inspector_set_text        (PdNotificationInspector *self, const char *text);
void        pd_notification_inspector_set_certificate (PdNotificationInspector *self, GBytes *pem);
void        pd_notification_inspector_set_practice    (PdNotificationInspector *self, const char *url, GBytes *pem);

G_END_DECLS
