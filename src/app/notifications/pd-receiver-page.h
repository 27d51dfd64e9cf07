/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-practice-receiver.h"
#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_RECEIVER_PAGE (pd_receiver_page_get_type ())

G_DECLARE_FINAL_TYPE (PdReceiverPage, pd_receiver_page, PD, RECEIVER_PAGE, AdwBin)

/* Signals: ready (the practice certificate is there), inspect (a PdPracticeArrival). */
GtkWidget          *pd_receiver_page_new           (PdShop *shop);
PdPracticeReceiver *pd_receiver_page_get_receiver  (PdReceiverPage *self); /* NULL before "ready" */
gboolean            pd_receiver_page_is_busy       (PdReceiverPage *self);
void                pd_receiver_page_choose_sample (PdReceiverPage *self, const char *id);
void                pd_receiver_page_set_target    (PdReceiverPage *self, const char *url);

G_END_DECLS
