/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_NOTIFICATION_PATHS (pd_notification_paths_get_type ())

G_DECLARE_FINAL_TYPE (PdNotificationPaths, pd_notification_paths, PD, NOTIFICATION_PATHS, AdwBin)

GtkWidget *pd_notification_paths_new (PdShop *shop);

G_END_DECLS
