/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-client.h"
#include "pd-test-certificate.h"
#include "pd-test-server.h"

G_BEGIN_DECLS

/* A client whose sandbox and production are a test's server, with limits short enough for a test. */
typedef struct {
  PdTestServer *server;
  PdEndpoints  *endpoints;
  PdClient     *client;
  guint         turns; /* of the main loop while the last call was under way, one a millisecond at most */
} PdTestCall;

/* One CA for the whole program, made when it is first asked for. */
PdTestCa   *pd_test_call_get_ca     (void);
/* `certificate` NULL: a good one. `hosts`: a JSON object or NULL. */
PdTestCall *pd_test_call_new        (GTlsCertificate *certificate, PdTestServerFunc func, gpointer user_data, const char *hosts);
void        pd_test_call_free       (PdTestCall *self);
PdKey      *pd_test_call_get_key    (void);

/* Waits for the answer. */
PdResponse *pd_test_call_send       (PdTestCall *self, PdRequest *request, GCancellable *cancellable, GError **error);
/* A signed GET that must end in that error. */
void        pd_test_call_fails      (PdTestCall *self, int code);
/* A signed GET, whatever comes of it. */
PdResponse *pd_test_call_get        (PdTestCall *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdTestCall, pd_test_call_free)

G_END_DECLS
