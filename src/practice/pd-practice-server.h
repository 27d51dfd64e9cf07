/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-key.h"
#include "pd-practice-merchant.h"

G_BEGIN_DECLS

#define PD_TYPE_PRACTICE_SERVER (pd_practice_server_get_type ())
G_DECLARE_FINAL_TYPE (PdPracticeServer, pd_practice_server, PD, PRACTICE_SERVER, GObject)

/**
 * PdPracticeServer: Amazon's side, on this computer: API v2, the authorisation page, the code exchange and the legacy
 * service's probe over real TLS, on a free loopback port, in a thread and main context of its own, so that it never blocks the window and may be
 * called from a test that does. Starts once; a stopped server stays stopped.
 *
 * Answers carry `x-paydesk-registered: <field id>=<value>` where a value that the caller sent differs from the
 * one registered, so that the practice shop can say what is right. Bytes that no header may hold are percent-encoded.
 */
PdPracticeServer *pd_practice_server_new          (void);
void              pd_practice_server_start_async  (PdPracticeServer *self, guint16 port, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean          pd_practice_server_start_finish (PdPracticeServer *self, GAsyncResult *result, GError **error);
gboolean          pd_practice_server_start        (PdPracticeServer *self, guint16 port, GError **error);
void              pd_practice_server_stop         (PdPracticeServer *self);

const char       *pd_practice_server_get_url      (PdPracticeServer *self);   /* https://127.0.0.1:PORT */
const char       *pd_practice_server_get_ca_pem   (PdPracticeServer *self);
guint             pd_practice_server_get_n_requests (PdPracticeServer *self);

/* `reason:CODE` has API v2 answer every call with that code of "Manage errors", for tests; `mws:ID` and `login:ID` have the legacy
 * service or the code exchange answer so. */
gboolean          pd_practice_server_set_fault    (PdPracticeServer *self, const char *fault, GError **error);
const char *const *pd_practice_faults             (void);

/* The one fixed merchant of `paydeskctl practice`; its key is made for the run. */
const char       *pd_practice_server_get_merchant_id   (PdPracticeServer *self);
const char       *pd_practice_server_get_store_id      (PdPracticeServer *self);
const char       *pd_practice_server_get_public_key_id (PdPracticeServer *self);
PdKey            *pd_practice_server_get_key           (PdPracticeServer *self);   /* (transfer none) */
const char *const *pd_practice_server_get_return_urls  (PdPracticeServer *self);

/* Registers a merchant: what Amazon would know of a shop. Replaces one of the same store id. */
void              pd_practice_server_enrol        (PdPracticeServer *self, const PdPracticeMerchant *merchant);

/* For other programs: ca.pem and key.pem in a 0700 folder of their own, and the one line of JSON that says where. */
char             *pd_practice_server_write_files  (PdPracticeServer *self, GError **error);
void              pd_practice_server_remove_files (PdPracticeServer *self);
char             *pd_practice_server_describe     (PdPracticeServer *self);

G_END_DECLS
