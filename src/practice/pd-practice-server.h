/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-key.h"
#include "pd-profile.h"

G_BEGIN_DECLS

#define PD_TYPE_PRACTICE_SERVER (pd_practice_server_get_type ())
G_DECLARE_FINAL_TYPE (PdPracticeServer, pd_practice_server, PD, PRACTICE_SERVER, GObject)

/**
 * PdPracticeServer: Amazon's side, on this computer: API v2 and the authorisation page over real TLS, on a free
 * loopback port, in a thread and main context of its own, so that it never blocks the window and may be
 * called from a test that does.
 *
 * Answers carry `x-paydesk-registered: <id>=<value>` where a value that the caller sent differs from the
 * one registered, so that the practice shop can say what is right.
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

gboolean          pd_practice_server_set_fault    (PdPracticeServer *self, const char *fault, GError **error);
const char *const *pd_practice_faults             (void);

/* The one fixed merchant of `paydeskctl practice`; its key is made for the run. */
const char       *pd_practice_server_get_merchant_id   (PdPracticeServer *self);
const char       *pd_practice_server_get_store_id      (PdPracticeServer *self);
const char       *pd_practice_server_get_public_key_id (PdPracticeServer *self);
PdKey            *pd_practice_server_get_key           (PdPracticeServer *self);   /* (transfer none) */

/* Registers a merchant: what Amazon would know of a shop. Replaces one of the same store id. */
typedef struct {
  char  *merchant_id;
  char  *store_id;
  char  *public_key_id;     /* or NULL */
  char  *public_key_pem;    /* or NULL */
  char **return_urls;
  char **javascript_origins;
  char  *mws_auth_token_hash; /* SHA-256 hex, or NULL */
} PdPracticeMerchant;

PdPracticeMerchant *pd_practice_merchant_copy (const PdPracticeMerchant *self);
void                pd_practice_merchant_free (PdPracticeMerchant *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeMerchant, pd_practice_merchant_free)

void              pd_practice_server_enrol        (PdPracticeServer *self, const PdPracticeMerchant *merchant);

G_END_DECLS
