/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

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
} PdEvidence;

PdEvidence *pd_evidence_new               (const char *method, const char *url, GHashTable *secrets);
PdEvidence *pd_evidence_new_from_response (PdResponse *response, GHashTable *secrets);
void        pd_evidence_set_told          (PdEvidence *self, GHashTable *secrets, const char *code, const char *message,
                                           const char *request_id);
void        pd_evidence_free              (PdEvidence *self);
void        pd_evidence_build_json        (const PdEvidence *self, JsonBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdEvidence, pd_evidence_free)

G_END_DECLS
