/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "pd-evidence.h"
#include "pd-language.h"

G_BEGIN_DECLS

typedef enum {
  PD_VERDICT_SKIPPED,
  PD_VERDICT_PASSED,
  PD_VERDICT_WARNING,
  PD_VERDICT_UNDETERMINED,
  PD_VERDICT_FAILED, /* the worst comes last */
} PdVerdict;

typedef enum {
  PD_CONFIDENCE_CERTAIN,
  PD_CONFIDENCE_LIKELY,
  PD_CONFIDENCE_UNKNOWN,
} PdConfidence;

const char *pd_verdict_to_id        (PdVerdict verdict);
gboolean    pd_verdict_from_id      (const char *id, PdVerdict *verdict);
const char *pd_verdict_get_label    (PdVerdict verdict);
const char *pd_verdict_get_icon     (PdVerdict verdict);   /* symbolic icon name */
const char *pd_confidence_to_id     (PdConfidence confidence);

#define PD_TYPE_FINDING (pd_finding_get_type ())
G_DECLARE_FINAL_TYPE (PdFinding, pd_finding, PD, FINDING, GObject)

/* Properties (all read-only after the check): check, verdict, summary, proves, does-not-prove, next-step, value, confidence.
 * A finding is complete when its run shows it, and does not change any more. */
PdFinding          *pd_finding_new             (const char *check, PdVerdict verdict, const char *summary);
PdFinding          *pd_finding_new_from_json   (JsonNode *node);
const char         *pd_finding_get_check       (PdFinding *self);
PdVerdict           pd_finding_get_verdict     (PdFinding *self);
const char         *pd_finding_get_summary     (PdFinding *self);
const char         *pd_finding_get_proves      (PdFinding *self);
const char         *pd_finding_get_does_not_prove (PdFinding *self);
const char         *pd_finding_get_next_step   (PdFinding *self);
const char         *pd_finding_get_value       (PdFinding *self);
PdConfidence        pd_finding_get_confidence  (PdFinding *self);
const char *const  *pd_finding_get_fields      (PdFinding *self);
const char *const  *pd_finding_get_where       (PdFinding *self);
const PdEvidence   *pd_finding_get_evidence    (PdFinding *self);
const char         *pd_finding_get_cause       (PdFinding *self);

void                pd_finding_set_summary     (PdFinding *self, const char *summary);
void                pd_finding_set_proves      (PdFinding *self, const char *proves, const char *does_not_prove);
void                pd_finding_set_next_step   (PdFinding *self, const char *next_step);
void                pd_finding_set_value       (PdFinding *self, const char *value);
void                pd_finding_set_confidence  (PdFinding *self, PdConfidence confidence);
void                pd_finding_set_fields      (PdFinding *self, const char *const *fields);
void                pd_finding_set_where       (PdFinding *self, const char *const *where);
void                pd_finding_take_evidence   (PdFinding *self, PdEvidence *evidence);
void                pd_finding_set_cause       (PdFinding *self, const char *cause);

void                pd_finding_translate       (PdFinding *self, PdLanguage *language);
void                pd_finding_build_json      (PdFinding *self, JsonBuilder *builder);

G_END_DECLS
