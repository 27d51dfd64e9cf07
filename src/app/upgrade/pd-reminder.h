/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-store.h"

G_BEGIN_DECLS

/* Whether the person wants to be told; off until they say so. */
#define PD_REMINDER_KEY "reminders"

#define PD_TYPE_REMINDER (pd_reminder_get_type ())

G_DECLARE_FINAL_TYPE (PdReminder, pd_reminder, PD, REMINDER, GObject)

PdReminder *pd_reminder_new   (GApplication *application, PdStore *store, GSettings *settings);
void        pd_reminder_check (PdReminder *self);

/* Signals: "settled": every shop has been looked at. */

G_END_DECLS
