/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-notice.h"

G_BEGIN_DECLS

/* How a receiver answered; the text is safe to show. */
typedef struct {
  guint   status;
  char   *reason;
  gint64  elapsed_ms;
  char   *text;
} PdPracticeAnswer;

void              pd_practice_answer_free (PdPracticeAnswer *self);

/* Posts a notification as SNS would, to a receiver on this computer and nowhere else: PD_ERROR_NOT_ALLOWED for any other address,
 * PD_ERROR_OFFLINE, _TLS, _TIMEOUT, _TOO_LARGE, _GARBAGE, or G_IO_ERROR_CANCELLED. Redirects are not followed. */
void              pd_practice_sender_send_async  (const char *url, const PdPracticeNotice *notice, guint timeout_ms, GCancellable *cancellable,
                                                  GAsyncReadyCallback callback, gpointer user_data);
PdPracticeAnswer *pd_practice_sender_send_finish (GAsyncResult *result, GError **error);

/* Enough for a receiver that answers at once, as it should. */
#define PD_PRACTICE_SENDER_TIMEOUT_MS 15000

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeAnswer, pd_practice_answer_free)

G_END_DECLS
