/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-redact.h"
#include "pd-run-private.h"

/* A run as the history keeps it: the document of `check --json`, and what is needed to compare it with another one. */

#define FORMAT 1

static const struct { PdRunFlags flag; const char *member; } flags[] = {
  { PD_RUN_PARTIAL, "partial" },
  { PD_RUN_REHEARSAL, "rehearsal" },
  { PD_RUN_STOPPED, "stopped" },
};

/* Members that are ids, and not words. */
static const char *const ids[] = { "check", "verdict", "confidence", "fields", NULL };

static void mask (JsonNode *node);

static void
mask_member (JsonObject *object,
             const char *member,
             JsonNode   *node,
             gpointer    data)
{
  if (!g_strv_contains (ids, member))
    mask (node);
}

/* Evidence comes masked by value already; this is the last look at whatever is written. */
static void
mask (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    json_object_foreach_member (json_node_get_object (node), mask_member, NULL);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      mask (json_array_get_element (array, i));
  } else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING) {
    g_autofree char *masked = pd_redact (NULL, json_node_get_string (node));

    json_node_set_string (node, masked);
  }
}

/**
 * pd_run_to_record:
 * @self: a run that has ended
 *
 * Returns: (transfer full): the document that is kept of it: masked, and without a value of the profile other than those that a
 *   finding names
 */
JsonNode *
pd_run_to_record (PdRun *self)
{
  g_autoptr (JsonNode)   document = pd_run_to_json (self);
  g_autoptr (JsonObject) record = json_object_new ();
  JsonObjectIter         iter;
  const char            *member;
  JsonNode              *node;

  mask (json_object_get_member (json_node_get_object (document), "findings"));
  json_object_set_int_member (record, "format", FORMAT);
  json_object_iter_init_ordered (&iter, json_node_get_object (document));
  while (json_object_iter_next_ordered (&iter, &member, &node)) {
    if (g_str_equal (member, "findings")) {
      for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
        if (self->flags & flags[i].flag)
          json_object_set_boolean_member (record, flags[i].member, TRUE);
      }
      if (self->revisions != NULL)
        json_object_set_object_member (record, "revisions", json_object_ref (self->revisions));
    }
    json_object_set_member (record, member, json_node_copy (node));
  }
  return json_node_init_object (json_node_alloc (), record);
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("This is not a run of checks, or it is damaged."));
  return FALSE;
}

static gboolean
read_revisions (PdRun       *self,
                JsonObject  *record,
                GError     **error)
{
  JsonObject    *revisions = pd_json_get_object (record, "revisions");
  JsonObjectIter iter;
  JsonNode      *node;

  if (revisions == NULL)
    return !json_object_has_member (record, "revisions") || fail (error);
  json_object_iter_init (&iter, revisions);
  while (json_object_iter_next (&iter, NULL, &node)) {
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
      return fail (error);
  }
  self->revisions = json_object_ref (revisions);
  return TRUE;
}

static gboolean
read_findings (PdRun       *self,
               JsonObject  *record,
               GError     **error)
{
  JsonNode  *node = json_object_get_member (record, "findings");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return fail (error);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autoptr (PdFinding) finding = pd_finding_new_from_json (json_array_get_element (array, i));

    if (finding == NULL)
      return fail (error);
    pd_run_add (self, 0, finding);
  }
  return TRUE;
}

/* Of what was written before there was a history, the members that came with it are missing; that is no damage. */
static gboolean
read_head (PdRun       *self,
           JsonObject  *record,
           GError     **error)
{
  const char *started = pd_json_get_string (record, "started");

  if (json_object_has_member (record, "format") && json_node_get_int (json_object_get_member (record, "format")) > FORMAT) {
    g_set_error (error, PD_ERROR, PD_ERROR_NEWER_FORMAT, _("This run was kept by a newer Paydesk. Update Paydesk to see it."));
    return FALSE;
  }
  self->started = started != NULL ? g_date_time_new_from_iso8601 (started, NULL) : NULL;
  self->profile_id = g_strdup (pd_json_get_string (record, "profile"));
  self->name = g_strdup (pd_json_get_string (record, "name"));
  self->endpoint = g_strdup (pd_json_get_string (record, "endpoint"));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    if (json_object_has_member (record, flags[i].member))
      self->flags |= flags[i].flag;
  }
  return (self->started != NULL && self->profile_id != NULL && self->name != NULL &&
          pd_environment_from_id (pd_json_get_string (record, "environment"), &self->environment)) || fail (error);
}

/**
 * pd_run_new_from_record:
 * @record: a document of the history
 * @kept_as: what the history knows it by
 * @error: %PD_ERROR_NEWER_FORMAT, or %PD_ERROR_BAD_INPUT
 *
 * Returns: (transfer full) (nullable): the run
 */
PdRun *
pd_run_new_from_record (JsonNode    *record,
                        const char  *kept_as,
                        GError     **error)
{
  g_autoptr (PdRun) self = g_object_new (PD_TYPE_RUN, NULL);
  JsonObject       *object = JSON_NODE_HOLDS_OBJECT (record) ? json_node_get_object (record) : NULL;
  JsonNode         *format = object != NULL ? json_object_get_member (object, "format") : NULL;
  PdVerdict         verdict;

  self->kept_as = g_strdup (kept_as);
  if (object == NULL || (format != NULL && (!JSON_NODE_HOLDS_VALUE (format) || json_node_get_value_type (format) != G_TYPE_INT64))) {
    fail (error);
    return NULL;
  }
  if (!read_head (self, object, error) || !read_revisions (self, object, error) || !read_findings (self, object, error))
    return NULL;
  /* What passed may have been left out for want of space: the whole's verdict is the one that is noted. */
  if (!pd_verdict_from_id (pd_json_get_string (object, "verdict"), &verdict)) {
    fail (error);
    return NULL;
  }
  self->verdict = verdict;
  return g_steal_pointer (&self);
}
