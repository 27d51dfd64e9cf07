/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-arrival.h"
#include "pd-practice-notifier.h"

G_BEGIN_DECLS

/**
 * PdPracticeReceiver:
 *
 * A receiver of notifications on this computer: a list model of PdPracticeArrival, the newest first. It listens on loopback only, at
 * a port that is free, and is bounded: bodies of 512 KiB, connections of 15 seconds, 100 arrivals kept; after 1,000 requests or an
 * hour it stops by itself. Property: running.
 */
#define PD_TYPE_PRACTICE_RECEIVER (pd_practice_receiver_get_type ())
G_DECLARE_FINAL_TYPE (PdPracticeReceiver, pd_practice_receiver, PD, PRACTICE_RECEIVER, GObject)

#define PD_PRACTICE_RECEIVER_MAX_BODY     (512 * 1024)
#define PD_PRACTICE_RECEIVER_MAX_ARRIVALS 100
#define PD_PRACTICE_RECEIVER_MAX_REQUESTS 1000

PdPracticeReceiver *pd_practice_receiver_new             (PdPracticeNotifier *notifier);
gboolean            pd_practice_receiver_start           (PdPracticeReceiver *self, GError **error);
void                pd_practice_receiver_stop            (PdPracticeReceiver *self);
gboolean            pd_practice_receiver_is_running      (PdPracticeReceiver *self);
const char         *pd_practice_receiver_get_url         (PdPracticeReceiver *self); /* NULL while it does not run */
PdPracticeNotifier *pd_practice_receiver_get_notifier    (PdPracticeReceiver *self);
/* Whose messages are wanted; NULL or empty: anybody's. */
void                pd_practice_receiver_set_merchant_id (PdPracticeReceiver *self, const char *merchant_id);
void                pd_practice_receiver_clear           (PdPracticeReceiver *self);
/* Tests shorten them; a connection lasts 15 seconds, and a run an hour. Both in milliseconds, for the next start. */
void                pd_practice_receiver_set_lifetimes   (PdPracticeReceiver *self, guint connection_ms, guint run_ms);

G_END_DECLS
