/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-notice.h"

G_BEGIN_DECLS

/**
 * PdPracticeNotifier:
 *
 * Amazon's notification service, as far as practice needs it: makes notifications and signs them with a certificate of its own, made
 * at its start, that counts for practice only.
 */
#define PD_TYPE_PRACTICE_NOTIFIER (pd_practice_notifier_get_type ())
G_DECLARE_FINAL_TYPE (PdPracticeNotifier, pd_practice_notifier, PD, PRACTICE_NOTIFIER, GObject)

PdPracticeNotifier *pd_practice_notifier_new                 (GError **error);
void                pd_practice_notifier_new_async           (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PdPracticeNotifier *pd_practice_notifier_new_finish          (GAsyncResult *result, GError **error);
GBytes             *pd_practice_notifier_get_certificate     (PdPracticeNotifier *self); /* PEM */
const char         *pd_practice_notifier_get_certificate_url (PdPracticeNotifier *self);
PdPracticeNotice   *pd_practice_notifier_make                (PdPracticeNotifier *self, const PdPracticeSample *sample, const char *merchant_id);

G_END_DECLS
