/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PdTestServer:
 *
 * A server on 127.0.0.1, in threads of its own, that answers whatever a test wants it to, good or bad. It keeps every
 * request as it came, and counts connections, those too that never sent a request.
 */
typedef struct _PdTestServer PdTestServer;

/* Runs in the connection's thread; `n` counts requests from 0. The connection is closed when it returns. */
typedef void (*PdTestServerFunc) (PdTestServer *self, GOutputStream *out, guint n, gpointer user_data);

/* `certificate` NULL: no TLS. `func` NULL: nothing is ever read or said. */
PdTestServer *pd_test_server_new               (GTlsCertificate *certificate, PdTestServerFunc func, gpointer user_data);
void          pd_test_server_free              (PdTestServer *self);
const char   *pd_test_server_get_base          (PdTestServer *self);   /* https://127.0.0.1:PORT */
guint16       pd_test_server_get_port          (PdTestServer *self);
void          pd_test_server_set_protocols     (PdTestServer *self, const char *const *protocols);
/* Makes it a proxy without TLS: whatever a CONNECT asks for is that port on this computer. */
void          pd_test_server_set_tunnel        (PdTestServer *self, guint16 port);
guint         pd_test_server_get_n_connections (PdTestServer *self);
guint         pd_test_server_get_n_requests    (PdTestServer *self);
/* Head and body as they came. */
char         *pd_test_server_dup_request       (PdTestServer *self, guint n);
char         *pd_test_server_dup_header        (PdTestServer *self, guint n, const char *name);

/* For PdTestServerFunc. Writing goes on until the other side is gone: FALSE then. */
gboolean      pd_test_server_say               (PdTestServer *self, GOutputStream *out, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean      pd_test_server_say_bytes         (PdTestServer *self, GOutputStream *out, gconstpointer data, gsize length);
/* Keeps the connection open and silent, up to that time; FALSE when the test has ended it. 0: until then. */
gboolean      pd_test_server_pause             (PdTestServer *self, guint milliseconds);
/* A whole answer: status line such as "200 OK", further header lines each ending in \r\n, body. */
void          pd_test_server_answer            (PdTestServer *self, GOutputStream *out, const char *status, const char *headers,
                                                const char *body);

/* A PAYDESK_ENDPOINTS document that sends both environments there. */
char         *pd_test_server_to_endpoints      (PdTestServer *self, const char *ca_path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdTestServer, pd_test_server_free)

G_END_DECLS
