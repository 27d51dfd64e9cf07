/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-notification.h"
#include "pd-practice-notice.h"

G_BEGIN_DECLS

/* A notification that came in at the practice receiver, judged. */
#define PD_TYPE_PRACTICE_ARRIVAL (pd_practice_arrival_get_type ())
G_DECLARE_FINAL_TYPE (PdPracticeArrival, pd_practice_arrival, PD, PRACTICE_ARRIVAL, GObject)

PdPracticeArrival  *pd_practice_arrival_new            (const PdPracticeNotice *notice, PdNotification *notification, gboolean is_repeat, guint status);
const PdPracticeNotice *pd_practice_arrival_get_notice (PdPracticeArrival *self);
PdNotification     *pd_practice_arrival_get_notification (PdPracticeArrival *self);
PdNotificationFault pd_practice_arrival_get_fault      (PdPracticeArrival *self);
gboolean            pd_practice_arrival_is_repeat      (PdPracticeArrival *self); /* the MessageId came in before */
guint               pd_practice_arrival_get_status     (PdPracticeArrival *self); /* what it was answered */
GDateTime          *pd_practice_arrival_get_when       (PdPracticeArrival *self);

G_END_DECLS
