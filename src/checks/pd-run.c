/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-run-private.h"

enum {
  PROP_0,
  PROP_RUNNING,
  PROP_N_DONE,
  PROP_N_CHECKS,
  PROP_VERDICT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
pd_run_get_item_type (GListModel *model)
{
  return PD_TYPE_FINDING;
}

static guint
pd_run_get_n_items (GListModel *model)
{
  return PD_RUN (model)->findings->len;
}

static gpointer
pd_run_get_item (GListModel *model,
                 guint       position)
{
  PdRun *self = PD_RUN (model);

  return position < self->findings->len ? g_object_ref (g_ptr_array_index (self->findings, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = pd_run_get_item_type;
  iface->get_n_items = pd_run_get_n_items;
  iface->get_item = pd_run_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdRun, pd_run, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
pd_run_finalize (GObject *object)
{
  PdRun *self = PD_RUN (object);

  g_free (self->profile_id);
  g_free (self->name);
  g_free (self->endpoint);
  g_free (self->kept_as);
  g_clear_pointer (&self->revisions, json_object_unref);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_ptr_array_unref (self->findings);
  g_array_unref (self->ranks);
  G_OBJECT_CLASS (pd_run_parent_class)->finalize (object);
}

static void
pd_run_get_property (GObject    *object,
                     guint       id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  PdRun *self = PD_RUN (object);

  switch (id) {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_N_CHECKS:
      g_value_set_uint (value, self->n_checks);
      break;
    case PROP_VERDICT:
      g_value_set_int (value, (int) self->verdict);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
pd_run_class_init (PdRunClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pd_run_finalize;
  object_class->get_property = pd_run_get_property;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_CHECKS] = g_param_spec_uint ("n-checks", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_VERDICT] = g_param_spec_int ("verdict", NULL, NULL, 0, PD_VERDICT_FAILED, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pd_run_init (PdRun *self)
{
  self->findings = g_ptr_array_new_with_free_func (g_object_unref);
  self->ranks = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * pd_run_new:
 * @profile: the profile that is judged
 * @environment: where test calls go
 * @endpoint: (nullable): the address of API v2 there
 *
 * Returns: (transfer full): a run without findings, begun now
 */
PdRun *
pd_run_new (PdProfile     *profile,
            PdEnvironment  environment,
            const char    *endpoint)
{
  PdRun               *self = g_object_new (PD_TYPE_RUN, NULL);
  g_autoptr (JsonNode) revisions = NULL;

  self->profile_id = g_strdup (pd_profile_get_id (profile));
  self->name = g_strdup (pd_profile_get_name (profile));
  self->environment = environment;
  self->endpoint = g_strdup (endpoint);
  self->started = g_date_time_new_now_utc ();
  revisions = pd_profile_dup_revisions (profile);
  self->revisions = json_object_ref (json_node_get_object (revisions));
  return self;
}

const char *
pd_run_get_profile_id (PdRun *self)
{
  return self->profile_id;
}

const char *
pd_run_get_name (PdRun *self)
{
  return self->name;
}

PdEnvironment
pd_run_get_environment (PdRun *self)
{
  return self->environment;
}

/**
 * pd_run_get_endpoint:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): the address of API v2 to which its calls go
 */
const char *
pd_run_get_endpoint (PdRun *self)
{
  return self->endpoint;
}

/**
 * pd_run_get_started:
 * @self: a run
 *
 * Returns: (transfer none): when it began, in UTC
 */
GDateTime *
pd_run_get_started (PdRun *self)
{
  return self->started;
}

PdVerdict
pd_run_get_verdict (PdRun *self)
{
  return self->verdict;
}

gboolean
pd_run_get_running (PdRun *self)
{
  return self->running;
}

guint
pd_run_get_n_done (PdRun *self)
{
  return self->n_done;
}

guint
pd_run_get_n_checks (PdRun *self)
{
  return self->n_checks;
}

PdRunFlags
pd_run_get_flags (PdRun *self)
{
  return self->flags;
}

/**
 * pd_run_is_good:
 * @self: a run
 *
 * Returns: whether it speaks for the shop as a whole, and says that nothing failed and nothing was left undetermined
 */
gboolean
pd_run_is_good (PdRun *self)
{
  return self->flags == 0 && self->verdict <= PD_VERDICT_WARNING;
}

/**
 * pd_run_get_kept_as:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): what the history knows it by; %NULL where it was not read from there
 */
const char *
pd_run_get_kept_as (PdRun *self)
{
  return self->kept_as;
}

/**
 * pd_run_get_revisions:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): field id → the field's revision when the run began, where that is not 0; %NULL where it was
 *   not noted
 */
JsonObject *
pd_run_get_revisions (PdRun *self)
{
  return self->revisions;
}

void
pd_run_add_flags (PdRun      *self,
                  PdRunFlags  flags)
{
  self->flags |= flags;
}

void
pd_run_begin (PdRun *self,
              guint  n_checks)
{
  self->n_checks = n_checks;
  self->running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHECKS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/**
 * pd_run_add:
 * @self: a run
 * @rank: the place of the finding's check in the table of checks
 * @finding: (transfer none): a finding
 *
 * Puts the finding behind those of the same check and of earlier ones.
 */
void
pd_run_add (PdRun     *self,
            guint      rank,
            PdFinding *finding)
{
  guint position = self->findings->len;

  while (position > 0 && g_array_index (self->ranks, guint, position - 1) > rank)
    position--;
  g_ptr_array_insert (self->findings, (int) position, g_object_ref (finding));
  g_array_insert_val (self->ranks, position, rank);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  if (pd_finding_get_verdict (finding) > self->verdict) {
    self->verdict = pd_finding_get_verdict (finding);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
  }
}

/* One check has ended. */
void
pd_run_step (PdRun *self)
{
  self->n_done++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
}

void
pd_run_end (PdRun *self)
{
  self->running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
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

/**
 * pd_run_to_json:
 * @self: a run, ended or not
 *
 * Returns: (transfer full): the document of `check --json`
 */
JsonNode *
pd_run_to_json (PdRun *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char        *started = g_date_time_format (self->started, "%Y-%m-%dT%H:%M:%SZ");

  json_builder_begin_object (builder);
  add_text (builder, "profile", self->profile_id);
  add_text (builder, "name", self->name);
  add_text (builder, "environment", pd_environment_to_id (self->environment));
  add_text (builder, "endpoint", self->endpoint);
  add_text (builder, "started", started);
  add_text (builder, "verdict", pd_verdict_to_id (self->verdict));
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->findings->len; i++)
    pd_finding_build_json (g_ptr_array_index (self->findings, i), builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
