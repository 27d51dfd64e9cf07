/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-finding.h"
#include "pd-json.h"

struct _PdFinding
{
  GObject       parent_instance;
  char         *check;
  PdVerdict     verdict;
  char         *summary;
  char         *proves;
  char         *does_not_prove;
  char         *next_step;
  char         *value;
  PdConfidence  confidence;
  char        **fields;
  char        **where;
  PdEvidence   *evidence;
  const char   *cause;
};

enum {
  PROP_0,
  PROP_CHECK,
  PROP_VERDICT,
  PROP_SUMMARY,
  PROP_PROVES,
  PROP_DOES_NOT_PROVE,
  PROP_NEXT_STEP,
  PROP_VALUE,
  PROP_CONFIDENCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const nothing[] = { NULL };

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

G_DEFINE_FINAL_TYPE (PdFinding, pd_finding, G_TYPE_OBJECT)

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
pd_finding_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PdFinding *self = PD_FINDING (object);

  switch (id) {
    case PROP_CHECK:
      g_value_set_string (value, self->check);
      break;
    case PROP_VERDICT:
      g_value_set_int (value, (int) self->verdict);
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
    case PROP_CONFIDENCE:
      g_value_set_int (value, (int) self->confidence);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
pd_finding_class_init (PdFindingClass *klass)
{
  static const struct { guint id; const char *name; } texts[] = {
    { PROP_CHECK, "check" },
    { PROP_SUMMARY, "summary" },
    { PROP_PROVES, "proves" },
    { PROP_DOES_NOT_PROVE, "does-not-prove" },
    { PROP_NEXT_STEP, "next-step" },
    { PROP_VALUE, "value" },
  };
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pd_finding_finalize;
  object_class->get_property = pd_finding_get_property;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
  properties[PROP_VERDICT] = g_param_spec_int ("verdict", NULL, NULL, 0, PD_VERDICT_FAILED, 0, flags);
  properties[PROP_CONFIDENCE] = g_param_spec_int ("confidence", NULL, NULL, 0, PD_CONFIDENCE_UNKNOWN, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pd_finding_init (PdFinding *self)
{
}

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

/**
 * pd_verdict_get_label:
 * @verdict: a verdict
 *
 * Returns: its translated name
 */
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

/**
 * pd_finding_new:
 * @check: the id of the check that found it
 * @verdict: the verdict
 * @summary: one translated sentence; never holds a secret
 *
 * A verdict that judges is certain unless pd_finding_set_confidence() says otherwise; one that does not judge is of unknown
 * confidence.
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
  self->confidence = verdict == PD_VERDICT_SKIPPED || verdict == PD_VERDICT_UNDETERMINED ? PD_CONFIDENCE_UNKNOWN
                                                                                         : PD_CONFIDENCE_CERTAIN;
  return self;
}

/* (transfer full) (nullable): NULL where it is no list of texts */
static char **
read_list (JsonObject *object,
           const char *member)
{
  JsonNode                *node = json_object_get_member (object, member);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray               *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
      return NULL;
    g_strv_builder_add (texts, json_node_get_string (element));
  }
  return g_strv_builder_end (texts);
}

/**
 * pd_finding_new_from_json:
 * @node: what pd_finding_build_json() wrote
 *
 * Returns: (transfer full) (nullable): the finding; %NULL where it is none
 */
PdFinding *
pd_finding_new_from_json (JsonNode *node)
{
  g_autoptr (PdFinding) self = NULL;
  JsonObject           *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char           *check = object != NULL ? pd_json_get_string (object, "check") : NULL;
  const char           *summary = object != NULL ? pd_json_get_string (object, "summary") : NULL;
  JsonObject           *evidence = object != NULL ? pd_json_get_object (object, "evidence") : NULL;
  PdVerdict             verdict;

  if (check == NULL || summary == NULL || !pd_verdict_from_id (pd_json_get_string (object, "verdict"), &verdict))
    return NULL;
  self = pd_finding_new (check, verdict, summary);
  self->fields = read_list (object, "fields");
  self->where = read_list (object, "where");
  if (self->fields == NULL || self->where == NULL)
    return NULL;
  self->value = g_strdup (pd_json_get_string (object, "value"));
  self->next_step = g_strdup (pd_json_get_string (object, "next_step"));
  pd_finding_set_proves (self, pd_json_get_string (object, "proves"), pd_json_get_string (object, "does_not_prove"));
  for (guint i = 0; i < G_N_ELEMENTS (confidences); i++) {
    if (g_strcmp0 (confidences[i], pd_json_get_string (object, "confidence")) == 0)
      self->confidence = i;
  }
  if (evidence != NULL)
    self->evidence = pd_evidence_new_from_json (evidence);
  return g_steal_pointer (&self);
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

/**
 * pd_finding_get_proves:
 * @self: a finding
 *
 * Returns: (transfer none) (nullable): what it proves
 */
const char *
pd_finding_get_proves (PdFinding *self)
{
  return self->proves;
}

/**
 * pd_finding_get_does_not_prove:
 * @self: a finding
 *
 * Returns: (transfer none) (nullable): what it leaves open
 */
const char *
pd_finding_get_does_not_prove (PdFinding *self)
{
  return self->does_not_prove;
}

/**
 * pd_finding_get_next_step:
 * @self: a finding
 *
 * Returns: (transfer none) (nullable): the one thing to do next
 */
const char *
pd_finding_get_next_step (PdFinding *self)
{
  return self->next_step;
}

/**
 * pd_finding_get_value:
 * @self: a finding
 *
 * Returns: (transfer none) (nullable): the value judged, where the check judges several; never a secret
 */
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
 * Returns: (transfer none) (array zero-terminated=1): the ids of the fields to mend, most likely first
 */
const char *const *
pd_finding_get_fields (PdFinding *self)
{
  return self->fields != NULL ? (const char *const *) self->fields : nothing;
}

/**
 * pd_finding_get_where:
 * @self: a finding
 *
 * Returns: (transfer none) (array zero-terminated=1): the steps of the menu path for the next step
 */
const char *const *
pd_finding_get_where (PdFinding *self)
{
  return self->where != NULL ? (const char *const *) self->where : nothing;
}

/**
 * pd_finding_get_evidence:
 * @self: a finding
 *
 * Returns: (transfer none) (nullable): what a live check saw
 */
const PdEvidence *
pd_finding_get_evidence (PdFinding *self)
{
  return self->evidence;
}

void
pd_finding_set_summary (PdFinding  *self,
                        const char *summary)
{
  g_free (self->summary);
  self->summary = g_strdup (summary);
}

void
pd_finding_set_proves (PdFinding  *self,
                       const char *proves,
                       const char *does_not_prove)
{
  char *old_proves = self->proves; /* may be what is set again */
  char *old_does_not_prove = self->does_not_prove;

  self->proves = g_strdup (proves);
  self->does_not_prove = g_strdup (does_not_prove);
  g_free (old_proves);
  g_free (old_does_not_prove);
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

/**
 * pd_finding_take_evidence:
 * @self: a finding
 * @evidence: (transfer full) (nullable): what a live check saw, masked
 */
void
pd_finding_take_evidence (PdFinding  *self,
                          PdEvidence *evidence)
{
  g_clear_pointer (&self->evidence, pd_evidence_free);
  self->evidence = evidence;
}

/**
 * pd_finding_get_cause:
 * @self: a finding
 *
 * Returns: (nullable): the id of the failure cause that it stands for, such as "F02"
 */
const char *
pd_finding_get_cause (PdFinding *self)
{
  return self->cause;
}

/**
 * pd_finding_set_cause:
 * @self: a finding
 * @cause: (nullable): the id of a failure cause
 */
void
pd_finding_set_cause (PdFinding  *self,
                      const char *cause)
{
  self->cause = g_intern_string (cause);
}

static void
translate (char       **text,
           PdLanguage  *language)
{
  char *translated = *text != NULL ? pd_language_translate (language, *text) : NULL;

  g_free (*text);
  *text = translated;
}

/**
 * pd_finding_translate:
 * @self: a finding of a kept run
 * @language: a language
 *
 * Says in that language what was said in another one when the run was made.
 */
void
pd_finding_translate (PdFinding  *self,
                      PdLanguage *language)
{
  translate (&self->summary, language);
  translate (&self->proves, language);
  translate (&self->does_not_prove, language);
  translate (&self->next_step, language);
}

static void
add_text (JsonBuilder *builder,
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
add_list (JsonBuilder       *builder,
          const char        *name,
          const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

/**
 * pd_finding_build_json:
 * @self: a finding
 * @builder: gets it as one object, as the command line's contract says
 */
void
pd_finding_build_json (PdFinding   *self,
                       JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_text (builder, "check", self->check);
  add_text (builder, "verdict", pd_verdict_to_id (self->verdict));
  add_list (builder, "fields", pd_finding_get_fields (self));
  add_text (builder, "value", self->value);
  add_text (builder, "summary", self->summary);
  add_text (builder, "proves", self->proves);
  add_text (builder, "does_not_prove", self->does_not_prove);
  add_text (builder, "next_step", self->next_step);
  add_list (builder, "where", pd_finding_get_where (self));
  add_text (builder, "confidence", pd_confidence_to_id (self->confidence));
  json_builder_set_member_name (builder, "evidence");
  pd_evidence_build_json (self->evidence, builder);
  json_builder_end_object (builder);
}
