/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-finding.h"

struct _PdFinding
{
  GObject        parent_instance;
  char          *check;
  PdVerdict      verdict;
  char          *summary;
  char          *proves;
  char          *does_not_prove;
  char          *next_step;
  char          *value;
  PdConfidence   confidence;
  char         **fields;
  char         **where;
  PdEvidence    *evidence;
};

enum { PROP_0, PROP_CHECK, PROP_VERDICT, PROP_SUMMARY, PROP_PROVES, PROP_DOES_NOT_PROVE, PROP_NEXT_STEP, PROP_VALUE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PdFinding, pd_finding, G_TYPE_OBJECT)

static const char *const none[] = { NULL };

static const struct {
  const char *id;
  const char *label;
  const char *icon;
} verdicts[] = {
  [PD_VERDICT_SKIPPED] = { "skipped", N_("Skipped"), "pd-verdict-skipped-symbolic" },
  [PD_VERDICT_PASSED] = { "passed", N_("Passed"), "pd-verdict-passed-symbolic" },
  [PD_VERDICT_WARNING] = { "warning", N_("Warning"), "pd-verdict-warning-symbolic" },
  [PD_VERDICT_UNDETERMINED] = { "undetermined", N_("Undetermined"), "pd-verdict-undetermined-symbolic" },
  [PD_VERDICT_FAILED] = { "failed", N_("Failed"), "pd-verdict-failed-symbolic" },
};

static const char *const confidences[] = {
  [PD_CONFIDENCE_CERTAIN] = "certain",
  [PD_CONFIDENCE_LIKELY] = "likely",
  [PD_CONFIDENCE_UNKNOWN] = "unknown",
};

const char *
pd_verdict_to_id (PdVerdict verdict)
{
  return verdicts[verdict].id;
}

gboolean
pd_verdict_from_id (const char *id,
                    PdVerdict  *verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    if (g_strcmp0 (verdicts[i].id, id) == 0) {
      *verdict = i;
      return TRUE;
    }
  }
  return FALSE;
}

const char *
pd_verdict_get_label (PdVerdict verdict)
{
  return _(verdicts[verdict].label);
}

const char *
pd_verdict_get_icon (PdVerdict verdict)
{
  return verdicts[verdict].icon;
}

const char *
pd_confidence_to_id (PdConfidence confidence)
{
  return confidences[confidence];
}

void
pd_evidence_free (PdEvidence *self)
{
  g_free (self->method);
  g_free (self->url);
  g_free (self->reason_code);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self->body);
  g_free (self);
}

static void
pd_finding_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PdFinding *self = PD_FINDING (object);

  switch (property_id) {
  case PROP_CHECK:
    g_value_set_string (value, self->check);
    break;
  case PROP_VERDICT:
    g_value_set_uint (value, self->verdict);
    break;
  case PROP_SUMMARY:
    g_value_set_string (value, self->summary);
    break;
  case PROP_PROVES:
    g_value_set_string (value, self->proves);
    break;
  case PROP_DOES_NOT_PROVE:
    g_value_set_string (value, self->does_not_prove);
    break;
  case PROP_NEXT_STEP:
    g_value_set_string (value, self->next_step);
    break;
  case PROP_VALUE:
    g_value_set_string (value, self->value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
pd_finding_finalize (GObject *object)
{
  PdFinding *self = PD_FINDING (object);

  g_free (self->check);
  g_free (self->summary);
  g_free (self->proves);
  g_free (self->does_not_prove);
  g_free (self->next_step);
  g_free (self->value);
  g_strfreev (self->fields);
  g_strfreev (self->where);
  g_clear_pointer (&self->evidence, pd_evidence_free);
  G_OBJECT_CLASS (pd_finding_parent_class)->finalize (object);
}

static void
pd_finding_class_init (PdFindingClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pd_finding_get_property;
  object_class->finalize = pd_finding_finalize;

  properties[PROP_CHECK] = g_param_spec_string ("check", NULL, NULL, NULL, flags);
  properties[PROP_VERDICT] = g_param_spec_uint ("verdict", NULL, NULL, 0, PD_VERDICT_FAILED, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_PROVES] = g_param_spec_string ("proves", NULL, NULL, NULL, flags);
  properties[PROP_DOES_NOT_PROVE] = g_param_spec_string ("does-not-prove", NULL, NULL, NULL, flags);
  properties[PROP_NEXT_STEP] = g_param_spec_string ("next-step", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pd_finding_init (PdFinding *self)
{
}

/**
 * pd_finding_new:
 * @check: the check's id
 * @verdict: its answer
 * @summary: one translated sentence
 *
 * The setters are for the check that makes it, before anybody else sees it.
 *
 * Returns: (transfer full): a finding
 */
PdFinding *
pd_finding_new (const char *check,
                PdVerdict   verdict,
                const char *summary)
{
  PdFinding *self = g_object_new (PD_TYPE_FINDING, NULL);

  self->check = g_strdup (check);
  self->verdict = verdict;
  self->summary = g_strdup (summary);
  return self;
}

const char *
pd_finding_get_check (PdFinding *self)
{
  return self->check;
}

PdVerdict
pd_finding_get_verdict (PdFinding *self)
{
  return self->verdict;
}

const char *
pd_finding_get_summary (PdFinding *self)
{
  return self->summary;
}

const char *
pd_finding_get_proves (PdFinding *self)
{
  return self->proves;
}

const char *
pd_finding_get_does_not_prove (PdFinding *self)
{
  return self->does_not_prove;
}

const char *
pd_finding_get_next_step (PdFinding *self)
{
  return self->next_step;
}

const char *
pd_finding_get_value (PdFinding *self)
{
  return self->value;
}

PdConfidence
pd_finding_get_confidence (PdFinding *self)
{
  return self->confidence;
}

/**
 * pd_finding_get_fields:
 * @self: a finding
 *
 * Returns: (transfer none) (array zero-terminated=1): ids of the fields to mend, most likely first; possibly none
 */
const char *const *
pd_finding_get_fields (PdFinding *self)
{
  return self->fields != NULL ? (const char *const *) self->fields : none;
}

/**
 * pd_finding_get_where:
 * @self: a finding
 *
 * Returns: (transfer none) (array zero-terminated=1): the menu path of the next step; possibly none
 */
const char *const *
pd_finding_get_where (PdFinding *self)
{
  return self->where != NULL ? (const char *const *) self->where : none;
}

const PdEvidence *
pd_finding_get_evidence (PdFinding *self)
{
  return self->evidence;
}

void
pd_finding_set_proves (PdFinding  *self,
                       const char *proves,
                       const char *does_not_prove)
{
  g_free (self->proves);
  g_free (self->does_not_prove);
  self->proves = g_strdup (proves);
  self->does_not_prove = g_strdup (does_not_prove);
}

void
pd_finding_set_next_step (PdFinding  *self,
                          const char *next_step)
{
  g_free (self->next_step);
  self->next_step = g_strdup (next_step);
}

void
pd_finding_set_value (PdFinding  *self,
                      const char *value)
{
  g_free (self->value);
  self->value = g_strdup (value);
}

void
pd_finding_set_confidence (PdFinding    *self,
                           PdConfidence  confidence)
{
  self->confidence = confidence;
}

void
pd_finding_set_fields (PdFinding         *self,
                       const char *const *fields)
{
  g_strfreev (self->fields);
  self->fields = g_strdupv ((char **) fields);
}

void
pd_finding_set_where (PdFinding         *self,
                      const char *const *where)
{
  g_strfreev (self->where);
  self->where = g_strdupv ((char **) where);
}

void
pd_finding_take_evidence (PdFinding  *self,
                          PdEvidence *evidence)
{
  g_clear_pointer (&self->evidence, pd_evidence_free);
  self->evidence = evidence;
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_strings (JsonBuilder       *builder,
             const char        *name,
             const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *values != NULL; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}

static void
add_evidence (JsonBuilder      *builder,
              const PdEvidence *evidence)
{
  json_builder_set_member_name (builder, "evidence");
  if (evidence == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  add_string (builder, "method", evidence->method);
  add_string (builder, "url", evidence->url);
  json_builder_set_member_name (builder, "status");
  if (evidence->status != 0)
    json_builder_add_int_value (builder, evidence->status);
  else
    json_builder_add_null_value (builder);
  add_string (builder, "reason_code", evidence->reason_code);
  add_string (builder, "message", evidence->message);
  add_string (builder, "request_id", evidence->request_id);
  add_string (builder, "body", evidence->body);
  json_builder_set_member_name (builder, "elapsed_ms");
  json_builder_add_int_value (builder, evidence->elapsed_ms);
  json_builder_set_member_name (builder, "clock_skew_s");
  if (evidence->has_clock_skew)
    json_builder_add_int_value (builder, evidence->clock_skew_s);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "attempts");
  json_builder_add_int_value (builder, evidence->attempts);
  json_builder_end_object (builder);
}

/**
 * pd_finding_build_json:
 * @self: a finding
 * @builder: gets it as one object
 *
 * The shape is that of `paydeskctl check --json`.
 */
void
pd_finding_build_json (PdFinding   *self,
                       JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_string (builder, "check", self->check);
  add_string (builder, "verdict", pd_verdict_to_id (self->verdict));
  add_strings (builder, "fields", pd_finding_get_fields (self));
  add_string (builder, "value", self->value);
  add_string (builder, "summary", self->summary);
  add_string (builder, "proves", self->proves);
  add_string (builder, "does_not_prove", self->does_not_prove);
  add_string (builder, "next_step", self->next_step);
  add_strings (builder, "where", pd_finding_get_where (self));
  add_string (builder, "confidence", pd_confidence_to_id (self->confidence));
  add_evidence (builder, self->evidence);
  json_builder_end_object (builder);
}
