/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pd-connection.h"
#include "pd-response.h"

G_BEGIN_DECLS

/* What a live check saw; every text masked and harmless. Unset members are NULL or 0. */
typedef struct {
  char     *method;
  char     *url;
  guint     status;
  char     *reason_code;
  char     *message;
  char     *request_id;
  char     *body;          /* excerpt */
  gint64    elapsed_ms;
  gboolean  has_clock_skew;
  gint64    clock_skew_s;
  guint     attempts;
  PdConnection *connection; /* of a page of the shop's own */
  char    **redirects;      /* the addresses to which it led on */
} PdEvidence;

PdEvidence *pd_evidence_new               (const char *method, const char *url, GHashTable *secrets);
PdEvidence *pd_evidence_new_from_response (PdResponse *response, GHashTable *secrets);
PdEvidence *pd_evidence_new_from_json     (JsonObject *object);
void        pd_evidence_set_told          (PdEvidence *self, GHashTable *secrets, const char *code, const char *message,
                                           const char *request_id);
char       *pd_evidence_make_shown        (GHashTable *secrets, const char *text);
void        pd_evidence_set_connection    (PdEvidence *self, PdConnection *connection);
void        pd_evidence_set_redirects     (PdEvidence *self, GHashTable *secrets, GPtrArray *urls);
char       *pd_evidence_describe_connection (const PdEvidence *self);
char       *pd_evidence_describe_certificates (const PdEvidence *self);
/* Until when the certificates that a server showed are valid; of a finding, and of one read from the document of a run. */
GDateTime  *pd_evidence_get_certificate_not_after  (const PdEvidence *self);
GDateTime  *pd_evidence_read_certificate_not_after (JsonObject *evidence);
void        pd_evidence_free              (PdEvidence *self);
void        pd_evidence_build_json        (const PdEvidence *self, JsonBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdEvidence, pd_evidence_free)

G_END_DECLS
