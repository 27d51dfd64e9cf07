/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-chain.h"

G_BEGIN_DECLS

/* The steps on the way to an answer. */
typedef enum {
  PD_STEP_NAME,    /* the name is looked up */
  PD_STEP_CONNECT, /* TCP */
  PD_STEP_TLS,
  PD_STEP_ANSWER,  /* the answer is waited for */
  PD_STEP_DONE,
} PdStep;

#define PD_TYPE_CONNECTION (pd_connection_get_type ())

/**
 * PdConnection:
 * @step: the one that was not done
 * @address: (nullable): the address that was connected to
 * @name_ms: how long the name took, in milliseconds; -1: not looked up
 * @connect_ms: how long TCP took; -1: not done
 * @tls_ms: how long TLS took; -1: not done
 * @answer_ms: from then to the head of the answer; -1: not done
 * @tls_version: the version of TLS; %G_TLS_PROTOCOL_VERSION_UNKNOWN: none
 * @tls_errors: what is wrong with the certificate
 * @chain: (nullable): what the server showed
 * @error: (nullable): what GIO or libsoup said at last; may quote a server, and is for judging, not for showing
 *
 * What was seen of the way to a server; PdClient notes it for a request that is watched.
 */
typedef struct {
  PdStep               step;
  char                *address;
  gint64               name_ms;
  gint64               connect_ms;
  gint64               tls_ms;
  gint64               answer_ms;
  GTlsProtocolVersion  tls_version;
  GTlsCertificateFlags tls_errors;
  PdChain             *chain;
  GError              *error;
  gint64               since; /* monotonic: when the step began */
} PdConnection;

GType         pd_connection_get_type        (void);
PdConnection *pd_connection_new             (void);
PdConnection *pd_connection_ref             (PdConnection *self);
void          pd_connection_unref           (PdConnection *self);
void          pd_connection_note_event      (PdConnection *self, GSocketClientEvent event, GIOStream *stream, GTlsDatabase *database);
void          pd_connection_note_refused    (PdConnection *self, GTlsCertificate *certificate, GTlsCertificateFlags errors,
                                             GTlsDatabase *database);
void          pd_connection_note_answer     (PdConnection *self);
void          pd_connection_note_error      (PdConnection *self, const GError *error);
const char   *pd_connection_get_tls_version (PdConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdConnection, pd_connection_unref)

G_END_DECLS
