/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-document.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-profile-private.h"
#include "pd-shape.h"
#include "pd-undo.h"

/* The JSON document is the model: values are read from it and changed in it, and what is unknown here simply stays. */
struct _PdProfile
{
  GObject        parent_instance;
  JsonObject    *document;
  JsonNode      *base;       /* what the disk holds, if that is not the document */
  gboolean       on_disk;
  PdUndo        *undo;
  char          *id;
  PdMode         mode;
  PdGeneration   generation;
  PdEnvironment  environment;
  GHashTable    *lists;      /* field id → char **; made when asked for */
  GHashTable    *texts;      /* field id → a list's lines as one text; made when asked for */
  GHashTable    *highest;    /* field id → highest revision ever seen here, so that none is given twice */
  GHashTable    *noted_from; /* secret's field id → its revision before the last note */
  GHashTable    *noted_to;   /* secret's field id → the revision that the note after an undo restores */
};

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_MODE,
  PROP_GENERATION,
  PROP_ENVIRONMENT,
  PROP_REVISION,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
};

enum {
  CHANGED,
  RESTORE_SECRET,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *const no_list[] = { NULL };

G_DEFINE_FINAL_TYPE (PdProfile, pd_profile, G_TYPE_OBJECT)

static void
read_choices (PdProfile *self)
{
  pd_mode_from_id (pd_json_get_string (self->document, "mode"), &self->mode);
  pd_generation_from_id (pd_json_get_string (self->document, "generation"), &self->generation);
  pd_environment_from_id (pd_json_get_string (self->document, "environment"), &self->environment);
}

/* Before the first change: keeps what the disk holds. */
static void
touch (PdProfile *self)
{
  if (self->on_disk && self->base == NULL)
    self->base = pd_document_to_ordered (self->document);
}

static guint64
recall_highest (PdProfile  *self,
                const char *field_id)
{
  guint64 *highest = self->highest != NULL ? g_hash_table_lookup (self->highest, field_id) : NULL;
  guint64 mark = pd_document_get_mark (self->document, field_id);
  guint64 result = pd_document_get_revision (self->document, field_id);

  if (highest != NULL)
    result = MAX (result, *highest);
  return mark != G_MAXUINT64 ? MAX (result, mark) : result;
}

static void
remember (GHashTable **table,
          const char  *field_id,
          guint64      revision)
{
  if (*table == NULL)
    *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (*table, g_strdup (field_id), g_memdup2 (&revision, sizeof revision));
}

static gboolean
take_remembered (GHashTable *table,
                 const char *field_id,
                 guint64    *revision)
{
  guint64 *found = table != NULL ? g_hash_table_lookup (table, field_id) : NULL;

  if (found == NULL)
    return FALSE;
  *revision = *found;
  g_hash_table_remove (table, field_id);
  return TRUE;
}

static void
set_revision (PdProfile  *self,
              const char *field_id,
              guint64     revision)
{
  remember (&self->highest, field_id, MAX (revision, recall_highest (self, field_id)));
  pd_document_set_revision (self->document, field_id, revision);
}

static void
notify_undo (PdProfile *self,
             guint      done,
             guint      undone)
{
  if ((pd_undo_get_done (self->undo) > 0) != (done > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if ((pd_undo_get_undone (self->undo) > 0) != (undone > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static void
emit_changed (PdProfile  *self,
              const char *field_id)
{
  static const struct { const char *id; int property; } tops[] = {
    { "name", PROP_NAME }, { "mode", PROP_MODE }, { "generation", PROP_GENERATION }, { "environment", PROP_ENVIRONMENT },
  };

  g_hash_table_remove (self->lists, field_id);
  g_hash_table_remove (self->texts, field_id);
  for (guint i = 0; i < G_N_ELEMENTS (tops); i++) {
    if (g_str_equal (field_id, tops[i].id)) {
      read_choices (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[tops[i].property]);
    }
  }
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (field_id), field_id);
}

static void
record (PdProfile *self,
        PdChange  *change)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  g_autofree char *field_id = g_strdup (change->field);
  gboolean is_value = g_strcmp0 (change->section, PD_SECTION_MARKS) != 0;
  guint64 revision;

  /* Typed and taken back at once: nothing has changed, and a mark 'entered over there' is as good as before. */
  if (pd_undo_record (self->undo, change, g_get_monotonic_time (), &revision) && is_value)
    pd_document_set_revision (self->document, field_id, revision);
  notify_undo (self, done, undone);
}

/* Puts @after (transfer full, nullable) in the place of what stands there, as an edit of the person's. */
static void
edit (PdProfile  *self,
      const char *section,
      const char *field_id,
      JsonNode   *after)
{
  JsonNode *present = pd_document_peek (self->document, section, field_id);
  PdChange *change;

  if ((present == NULL && after == NULL) || (present != NULL && after != NULL && json_node_equal (present, after))) {
    g_clear_pointer (&after, json_node_unref);
    return;
  }
  touch (self);
  change = pd_change_new (section, field_id,
                          present != NULL ? pd_json_copy (present) : NULL,
                          after != NULL ? pd_json_copy (after) : NULL);
  change->revision_before = change->revision_after = pd_document_get_revision (self->document, field_id);
  if (!g_str_equal (section, PD_SECTION_MARKS)) {
    change->revision_after = recall_highest (self, field_id) + 1;
    set_revision (self, field_id, change->revision_after);
  }
  pd_document_put (self->document, section, field_id, after);
  record (self, change);
  emit_changed (self, field_id);
}

/* Makes a change of the past again, in one of the two directions. */
static void
replay (PdProfile *self,
        PdChange  *change,
        gboolean   back)
{
  JsonNode *value = back ? change->before : change->after;
  guint64 revision = back ? change->revision_before : change->revision_after;

  touch (self);
  if (change->is_secret) {
    if (back)
      change->revision_after = pd_document_get_revision (self->document, change->field);
    remember (&self->noted_to, change->field, revision);
    g_signal_emit (self, signals[RESTORE_SECRET], 0, change->field, back ? change->secret_before : change->secret_after);
    return;
  }
  if (!g_str_equal (change->section, PD_SECTION_MARKS))
    set_revision (self, change->field, revision);
  pd_document_put (self->document, change->section, change->field, value != NULL ? pd_json_copy (value) : NULL);
  emit_changed (self, change->field);
}

static void
pd_profile_finalize (GObject *object)
{
  PdProfile *self = PD_PROFILE (object);

  g_clear_pointer (&self->document, json_object_unref);
  g_clear_pointer (&self->base, json_node_unref);
  g_clear_pointer (&self->undo, pd_undo_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->highest, g_hash_table_unref);
  g_clear_pointer (&self->noted_from, g_hash_table_unref);
  g_clear_pointer (&self->noted_to, g_hash_table_unref);
  G_OBJECT_CLASS (pd_profile_parent_class)->finalize (object);
}

static void
pd_profile_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PdProfile *self = PD_PROFILE (object);

  switch (prop_id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, pd_profile_get_name (self));
    break;
  case PROP_MODE:
    g_value_set_uint (value, self->mode);
    break;
  case PROP_GENERATION:
    g_value_set_uint (value, self->generation);
    break;
  case PROP_ENVIRONMENT:
    g_value_set_uint (value, self->environment);
    break;
  case PROP_REVISION:
    g_value_set_uint64 (value, pd_profile_get_revision (self));
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, pd_profile_can_undo (self));
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, pd_profile_can_redo (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
pd_profile_class_init (PdProfileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = pd_profile_finalize;
  object_class->get_property = pd_profile_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_MODE] = g_param_spec_uint ("mode", NULL, NULL, 0, G_MAXUINT, PD_MODE_ENABLED, flags);
  properties[PROP_GENERATION] = g_param_spec_uint ("generation", NULL, NULL, 0, G_MAXUINT, PD_GENERATION_NEW, flags);
  properties[PROP_ENVIRONMENT] =
    g_param_spec_uint ("environment", NULL, NULL, 0, G_MAXUINT, PD_ENVIRONMENT_PRODUCTION, flags);
  properties[PROP_REVISION] = g_param_spec_uint64 ("revision", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PdProfile::changed:
   * @self: the profile
   * @field_id: the field; also the signal's detail
   *
   * A value, a mark or a secret's note changed.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                  0, NULL, NULL, g_cclosure_marshal_VOID__STRING, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * PdProfile::restore-secret:
   * @self: the profile
   * @field_id: the secret's field
   * @value: (type gpointer) (nullable): the #PdSecretText to store, or %NULL to delete the secret
   *
   * Undo or redo passed over a secret's step.
   */
  signals[RESTORE_SECRET] =
    g_signal_new ("restore-secret", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
pd_profile_init (PdProfile *self)
{
  self->undo = pd_undo_new ();
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* @document: (transfer full): a sound one */
static PdProfile *
new_from_document (JsonNode *document)
{
  PdProfile *self = g_object_new (PD_TYPE_PROFILE, NULL);

  self->document = json_object_ref (json_node_get_object (document));
  json_node_unref (document);
  self->id = g_strdup (pd_json_get_string (self->document, "id"));
  read_choices (self);
  return self;
}

/**
 * pd_profile_new:
 * @name: the name the operator knows the shop by
 *
 * Returns: (transfer full): a fresh profile with an id of its own and the catalogue's presets
 */
PdProfile *
pd_profile_new (const char *name)
{
  g_autoptr (JsonObject) document = json_object_new ();
  JsonObject *values = json_object_new ();
  g_autofree char *id = g_uuid_string_random ();
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  g_return_val_if_fail (name != NULL, NULL);

  json_object_set_int_member (document, "format", PD_DOCUMENT_FORMAT);
  json_object_set_string_member (document, "id", id);
  json_object_set_int_member (document, "revision", 0);
  json_object_set_string_member (document, "name", name);
  json_object_set_object_member (document, PD_SECTION_VALUES, values);
  for (guint i = 1; pd_document_sections[i] != NULL; i++)
    json_object_set_object_member (document, pd_document_sections[i], json_object_new ());
  for (guint i = 0; i < n_fields; i++) {
    if (fields[i]->preset != NULL)
      pd_document_put (document, pd_document_get_section (fields[i]->id), fields[i]->id,
                       json_node_init_string (json_node_alloc (), fields[i]->preset));
  }
  return new_from_document (json_node_init_object (json_node_alloc (), document));
}

/**
 * pd_profile_new_from_json:
 * @node: a profile's document
 * @error: %PD_ERROR_DAMAGED_PROFILE naming the member, or %PD_ERROR_NEWER_FORMAT
 *
 * Returns: (transfer full) (nullable): the profile. Whatever the document holds that is unknown here stays in it.
 */
PdProfile *
pd_profile_new_from_json (JsonNode  *node,
                          GError   **error)
{
  g_autoptr (JsonNode) copy = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  copy = pd_json_copy (node);
  if (!pd_document_check (copy, error))
    return NULL;
  return new_from_document (g_steal_pointer (&copy));
}

/**
 * pd_profile_new_saved:
 * @document: (transfer full): a sound document, as pd_document_check() leaves it, that nobody else changes
 *
 * Returns: (transfer full): the profile of a document that the disk holds
 */
PdProfile *
pd_profile_new_saved (JsonNode *document)
{
  PdProfile *self = new_from_document (document);

  self->on_disk = TRUE;
  return self;
}

/**
 * pd_profile_new_copy:
 * @self: a profile
 * @name: the copy's name
 *
 * Returns: (transfer full): a profile of its own with the same values, without what belongs to the one shop only: its
 *   secrets, what was entered over there, its revisions
 */
PdProfile *
pd_profile_new_copy (PdProfile  *self,
                     const char *name)
{
  g_autoptr (JsonNode) copy = pd_document_to_ordered (self->document);
  JsonObject *object = json_node_get_object (copy);
  g_autofree char *id = g_uuid_string_random ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  json_object_set_int_member (object, "revision", 0);
  for (guint i = 1; pd_document_sections[i] != NULL; i++)
    json_object_set_object_member (object, pd_document_sections[i], json_object_new ());
  return new_from_document (g_steal_pointer (&copy));
}

/**
 * pd_profile_to_json:
 * @self: a profile
 *
 * Returns: (transfer full): its document, as profile-format.md describes it; no secret is in it
 */
JsonNode *
pd_profile_to_json (PdProfile *self)
{
  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);
  return pd_document_to_ordered (self->document);
}

const char *
pd_profile_get_id (PdProfile *self)
{
  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);
  return self->id;
}

const char *
pd_profile_get_name (PdProfile *self)
{
  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);
  return pd_json_get_string (self->document, "name");
}

PdMode
pd_profile_get_mode (PdProfile *self)
{
  return self->mode;
}

PdGeneration
pd_profile_get_generation (PdProfile *self)
{
  return self->generation;
}

PdEnvironment
pd_profile_get_environment (PdProfile *self)
{
  return self->environment;
}

/**
 * pd_profile_get_revision:
 * @self: a profile
 *
 * Returns: how often it has been written; 0 for one that never was
 */
guint64
pd_profile_get_revision (PdProfile *self)
{
  return (guint64) json_object_get_int_member (self->document, "revision");
}

gboolean
pd_profile_field_applies (PdProfile     *self,
                          const PdField *field)
{
  return pd_field_applies (field, self->mode, self->generation);
}

/**
 * pd_profile_get_text:
 * @self: a profile
 * @field_id: a field's id
 *
 * A list reads as one value a line. Of a secret only the text that stands for a pre-set token (S054) is ever here.
 *
 * Returns: (transfer none): its value, "" where nothing is set; valid until the field changes
 */
const char *
pd_profile_get_text (PdProfile  *self,
                     const char *field_id)
{
  JsonNode *node;
  char *text;

  g_return_val_if_fail (PD_IS_PROFILE (self), "");
  g_return_val_if_fail (field_id != NULL, "");

  node = pd_document_peek (self->document, pd_document_get_section (field_id), field_id);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return "";
  text = g_hash_table_lookup (self->texts, field_id);
  if (text == NULL) {
    text = g_strjoinv ("\n", (char **) pd_profile_get_list (self, field_id));
    g_hash_table_insert (self->texts, g_strdup (field_id), text);
  }
  return text;
}

/**
 * pd_profile_get_list:
 * @self: a profile
 * @field_id: a field's id
 *
 * Returns: (transfer none): its values, without any where nothing is set; of a field that is no list its one value.
 *   Valid until the field changes
 */
const char *const *
pd_profile_get_list (PdProfile  *self,
                     const char *field_id)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  JsonNode *node;
  char **list;

  g_return_val_if_fail (PD_IS_PROFILE (self), no_list);
  g_return_val_if_fail (field_id != NULL, no_list);

  node = pd_document_peek (self->document, pd_document_get_section (field_id), field_id);
  if (node == NULL)
    return no_list;
  list = g_hash_table_lookup (self->lists, field_id);
  if (list != NULL)
    return (const char *const *) list;

  builder = g_strv_builder_new ();
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  } else if (*pd_profile_get_text (self, field_id) != '\0') {
    g_strv_builder_add (builder, pd_profile_get_text (self, field_id));
  }
  list = g_strv_builder_end (builder);
  g_hash_table_insert (self->lists, g_strdup (field_id), list);
  return (const char *const *) list;
}

/**
 * pd_profile_is_empty:
 * @self: a profile
 * @field_id: a field's id
 *
 * Returns: whether nothing is set. A secret counts as set once it was stored, whatever the keyring says now.
 */
gboolean
pd_profile_is_empty (PdProfile  *self,
                     const char *field_id)
{
  return pd_profile_get_list (self, field_id)[0] == NULL &&
         pd_document_peek (self->document, PD_SECTION_SECRETS, field_id) == NULL;
}

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, message);
  return FALSE;
}

static const PdField *
lookup_field (const char  *field_id,
              GError     **error)
{
  const PdField *field = pd_catalogue_lookup (field_id);

  if (field == NULL)
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no field “%s”."), field_id);
  return field;
}

/* What no field may hold, whatever its shape. The value is never quoted. */
static gboolean
check_any_text (const char  *value,
                GError     **error)
{
  if (!g_utf8_validate (value, -1, NULL))
    return refuse (error, _("This value is not UTF-8 text."));
  if (strlen (value) > PD_DOCUMENT_MAX_VALUE)
    return refuse (error, _("This value is too long."));
  return TRUE;
}

static gboolean
check_text (const PdField  *field,
            const char     *value,
            GError        **error)
{
  if (field->kind == PD_FIELD_SECRET && *value != '\0' && !g_str_equal (value, PD_PRESET_TOKEN)) {
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                 _("“%s” is a secret and belongs in the keyring, not in the shop’s file."), pd_field_get_label (field));
    return FALSE;
  }
  if (field->kind == PD_FIELD_CHOICE && !g_strv_contains (field->choices, value)) {
    g_autofree char *choices = g_strjoinv (", ", (char **) field->choices);

    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("“%s” must be one of: %s."), pd_field_get_label (field), choices);
    return FALSE;
  }
  if (field->kind == PD_FIELD_IMAGE && (strchr (value, '/') != NULL || *value == '.'))
    return refuse (error, _("This is not the name of a file kept with the shop."));
  return TRUE;
}

static gboolean
set_name (PdProfile   *self,
          const char  *name,
          GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (!check_any_text (name, error))
    return FALSE;
  if (*stripped == '\0')
    return refuse (error, _("A shop needs a name."));
  edit (self, PD_SECTION_TOP, "name", json_node_init_string (json_node_alloc (), name));
  return TRUE;
}

/**
 * pd_profile_set_text:
 * @self: a profile
 * @field_id: a field's id; "name" is one too
 * @value: (nullable): the value, already cleaned; %NULL or "" clears the field. Of a list, one value a line
 * @error: %PD_ERROR_NOT_FOUND, or %PD_ERROR_BAD_INPUT for no choice of the field's, for no text, and for every value of
 *   a secret other than the text that stands for a pre-set token
 *
 * Sets a field as the person's edit, which can be undone. An ill-shaped value is taken: only Amazon knows.
 *
 * Returns: whether the field now has that value
 */
gboolean
pd_profile_set_text (PdProfile   *self,
                     const char  *field_id,
                     const char  *value,
                     GError     **error)
{
  const PdField *field;

  g_return_val_if_fail (PD_IS_PROFILE (self), FALSE);
  g_return_val_if_fail (field_id != NULL, FALSE);

  if (value == NULL)
    value = "";
  if (g_str_equal (field_id, "name"))
    return set_name (self, value, error);
  field = lookup_field (field_id, error);
  if (field == NULL)
    return FALSE;
  if (field->kind == PD_FIELD_LIST) {
    g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

    return pd_profile_set_list (self, field_id, (const char *const *) lines, error);
  }
  if (!check_any_text (value, error) || !check_text (field, value, error))
    return FALSE;
  edit (self, pd_document_get_section (field_id), field_id,
        *value != '\0' ? json_node_init_string (json_node_alloc (), value) : NULL);
  return TRUE;
}

/**
 * pd_profile_set_list:
 * @self: a profile
 * @field_id: a field's id
 * @values: (nullable) (array zero-terminated=1): the values; empty ones are left out
 * @error: see pd_profile_set_text()
 *
 * Returns: whether the field now has these values
 */
gboolean
pd_profile_set_list (PdProfile          *self,
                     const char         *field_id,
                     const char *const  *values,
                     GError            **error)
{
  g_autoptr (JsonArray) array = NULL;
  const PdField *field;
  gsize length = 0;

  g_return_val_if_fail (PD_IS_PROFILE (self), FALSE);
  g_return_val_if_fail (field_id != NULL, FALSE);

  if (values == NULL)
    values = no_list;
  if (g_str_equal (field_id, "name"))
    field = NULL;
  else if (!(field = lookup_field (field_id, error)))
    return FALSE;
  if (field == NULL || field->kind != PD_FIELD_LIST) {
    if (values[0] != NULL && values[1] != NULL)
      return refuse (error, _("This field takes one value."));
    return pd_profile_set_text (self, field_id, values[0], error);
  }

  array = json_array_new ();
  for (guint i = 0; values[i] != NULL; i++) {
    if (!check_any_text (values[i], error))
      return FALSE;
    if (strchr (values[i], '\n') != NULL)
      return refuse (error, _("A value of a list must not hold a line break."));
    length += strlen (values[i]) + 1;
    if (*values[i] != '\0')
      json_array_add_string_element (array, values[i]);
  }
  if (length > PD_DOCUMENT_MAX_VALUE)
    return refuse (error, _("This list is too long."));
  edit (self, PD_SECTION_VALUES, field_id,
        json_array_get_length (array) > 0 ? json_node_init_array (json_node_alloc (), array) : NULL);
  return TRUE;
}

/**
 * pd_profile_get_for_environment:
 * @self: a profile
 * @field_id: a plain field's id
 * @environment: where the value is to be used
 *
 * Returns: (transfer none): in the sandbox the value of the `.sandbox` field where that is set; else the plain one
 */
const char *
pd_profile_get_for_environment (PdProfile     *self,
                                const char    *field_id,
                                PdEnvironment  environment)
{
  g_autofree char *sandbox_id = g_strconcat (field_id, ".sandbox", NULL);

  if (environment == PD_ENVIRONMENT_SANDBOX && *pd_profile_get_text (self, sandbox_id) != '\0')
    return pd_profile_get_text (self, sandbox_id);
  return pd_profile_get_text (self, field_id);
}

/**
 * pd_profile_get_secret_stored:
 * @self: a profile
 * @field_id: a secret field's id
 *
 * Returns: (transfer full) (nullable): when the secret was last put into the keyring; %NULL if it never was
 */
GDateTime *
pd_profile_get_secret_stored (PdProfile  *self,
                              const char *field_id)
{
  JsonNode *note = pd_document_peek (self->document, PD_SECTION_SECRETS, field_id);
  const char *stored = note != NULL && JSON_NODE_HOLDS_OBJECT (note)
                     ? pd_json_get_string (json_node_get_object (note), "stored") : NULL;

  return stored != NULL ? g_date_time_new_from_iso8601 (stored, NULL) : NULL;
}

/* A member of a section with its unknown members kept, as a copy to be changed. */
static JsonNode *
copy_entry (PdProfile  *self,
            const char *section,
            const char *field_id)
{
  g_autoptr (JsonObject) object = NULL;
  JsonNode *present = pd_document_peek (self->document, section, field_id);

  if (present != NULL && JSON_NODE_HOLDS_OBJECT (present))
    return pd_json_copy (present);
  object = json_object_new ();
  return json_node_init_object (json_node_alloc (), object);
}

static void
set_date (JsonNode   *entry,
          const char *member,
          GDateTime  *date)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (date);
  g_autofree char *text = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");

  json_object_set_string_member (json_node_get_object (entry), member, text);
}

/**
 * pd_profile_note_secret:
 * @self: a profile
 * @field_id: a secret field's id
 * @stored: (nullable): when it was put into the keyring; %NULL: it was deleted there
 *
 * Notes what the keyring now holds, so that 'lost' and 'never set' can be told apart. No undo step: see
 * pd_profile_push_secret_step(), which is to follow.
 */
void
pd_profile_note_secret (PdProfile  *self,
                        const char *field_id,
                        GDateTime  *stored)
{
  const PdField *field = pd_catalogue_lookup (field_id);
  JsonNode *entry = NULL;
  guint64 revision;

  g_return_if_fail (PD_IS_PROFILE (self));
  g_return_if_fail (field != NULL && field->kind == PD_FIELD_SECRET);

  if (stored == NULL && pd_document_peek (self->document, PD_SECTION_SECRETS, field_id) == NULL) {
    if (take_remembered (self->noted_to, field_id, &revision))
      set_revision (self, field_id, revision);
    return;
  }
  touch (self);
  if (stored != NULL) {
    entry = copy_entry (self, PD_SECTION_SECRETS, field_id);
    set_date (entry, "stored", stored);
  }
  pd_document_put (self->document, PD_SECTION_SECRETS, field_id, entry);
  if (!take_remembered (self->noted_to, field_id, &revision)) {
    remember (&self->noted_from, field_id, pd_document_get_revision (self->document, field_id));
    revision = recall_highest (self, field_id) + 1;
  }
  set_revision (self, field_id, revision);
  emit_changed (self, field_id);
}

/**
 * pd_profile_get_field_revision:
 * @self: a profile
 * @field_id: a field's id
 *
 * Returns: a number that differs for each value that the field has had
 */
guint64
pd_profile_get_field_revision (PdProfile  *self,
                               const char *field_id)
{
  return pd_document_get_revision (self->document, field_id);
}

/**
 * pd_profile_get_mark:
 * @self: a profile
 * @field_id: a field's id
 * @when: (out) (optional) (nullable) (transfer full): when it was entered over there
 *
 * Returns: whether the field's value was entered on the other side, and is still the same
 */
PdMark
pd_profile_get_mark (PdProfile   *self,
                     const char  *field_id,
                     GDateTime  **when)
{
  guint64 revision = pd_document_get_mark (self->document, field_id);

  if (when != NULL)
    *when = NULL;
  if (revision == G_MAXUINT64)
    return PD_MARK_NONE;
  if (when != NULL) {
    JsonNode *mark = pd_document_peek (self->document, PD_SECTION_MARKS, field_id);
    const char *date = pd_json_get_string (json_node_get_object (mark), "date");

    *when = date != NULL ? g_date_time_new_from_iso8601 (date, NULL) : NULL;
  }
  return revision == pd_document_get_revision (self->document, field_id) ? PD_MARK_ENTERED : PD_MARK_STALE;
}

/**
 * pd_profile_set_mark:
 * @self: a profile
 * @field_id: a field's id
 * @entered: whether the present value has been entered over there
 *
 * Sets or takes away the mark; an edit of the person's, which can be undone.
 */
void
pd_profile_set_mark (PdProfile  *self,
                     const char *field_id,
                     gboolean    entered)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  JsonNode *mark = NULL;

  g_return_if_fail (PD_IS_PROFILE (self));
  g_return_if_fail (field_id != NULL);

  if (entered) {
    if (pd_profile_get_mark (self, field_id, NULL) == PD_MARK_ENTERED)
      return;
    mark = copy_entry (self, PD_SECTION_MARKS, field_id);
    set_date (mark, "date", now);
    json_object_set_int_member (json_node_get_object (mark), "revision",
                                (gint64) pd_document_get_revision (self->document, field_id));
  }
  edit (self, PD_SECTION_MARKS, field_id, mark);
}

/**
 * pd_profile_begin_step:
 * @self: a profile
 *
 * All edits until the matching pd_profile_end_step() are one step of undo. May nest.
 */
void
pd_profile_begin_step (PdProfile *self)
{
  pd_undo_begin (self->undo);
}

void
pd_profile_end_step (PdProfile *self)
{
  pd_undo_end (self->undo);
}

gboolean
pd_profile_can_undo (PdProfile *self)
{
  return pd_undo_get_done (self->undo) > 0;
}

gboolean
pd_profile_can_redo (PdProfile *self)
{
  return pd_undo_get_undone (self->undo) > 0;
}

guint
pd_profile_get_undo_depth (PdProfile *self)
{
  return pd_undo_get_done (self->undo);
}

/**
 * pd_profile_undo:
 * @self: a profile
 *
 * Takes the last step back.
 *
 * Returns: (transfer none) (nullable): the id of the field that changed, the first where several did; %NULL where
 *   there was nothing to undo
 */
const char *
pd_profile_undo (PdProfile *self)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  g_autoptr (GPtrArray) changes = NULL;
  const char *field_id;

  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);

  changes = pd_undo_step_back (self->undo);
  if (changes == NULL)
    return NULL;
  g_ptr_array_ref (changes);
  field_id = g_intern_string (((PdChange *) changes->pdata[0])->field);
  for (guint i = changes->len; i-- > 0;)
    replay (self, g_ptr_array_index (changes, i), TRUE);
  notify_undo (self, done, undone);
  return field_id;
}

/**
 * pd_profile_redo:
 * @self: a profile
 *
 * Makes the step again that was last undone.
 *
 * Returns: (transfer none) (nullable): as pd_profile_undo()
 */
const char *
pd_profile_redo (PdProfile *self)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  g_autoptr (GPtrArray) changes = NULL;
  const char *field_id;

  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);

  changes = pd_undo_step_again (self->undo);
  if (changes == NULL)
    return NULL;
  g_ptr_array_ref (changes);
  field_id = g_intern_string (((PdChange *) changes->pdata[0])->field);
  for (guint i = 0; i < changes->len; i++)
    replay (self, g_ptr_array_index (changes, i), FALSE);
  notify_undo (self, done, undone);
  return field_id;
}

/* Forgets every step, and wipes the secrets in them: the person leaves the shop. */
void
pd_profile_forget_undo (PdProfile *self)
{
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);

  pd_undo_clear (self->undo);
  g_clear_pointer (&self->noted_from, g_hash_table_unref);
  notify_undo (self, done, undone);
}

/**
 * pd_profile_push_secret_step:
 * @self: a profile
 * @field_id: a secret field's id
 * @before: (nullable): what the keyring held
 * @after: (nullable): what it holds now
 *
 * Makes the change of a secret undoable. A value in the keyring takes the place of the pre-set token's text.
 */
void
pd_profile_push_secret_step (PdProfile    *self,
                             const char   *field_id,
                             PdSecretText *before,
                             PdSecretText *after)
{
  PdChange *change;

  g_return_if_fail (PD_IS_PROFILE (self));

  change = pd_change_new_secret (field_id, before, after);
  change->revision_after = pd_document_get_revision (self->document, field_id);
  if (!take_remembered (self->noted_from, field_id, &change->revision_before))
    change->revision_before = change->revision_after;
  pd_undo_begin (self->undo);
  record (self, change);
  if (after != NULL)
    edit (self, PD_SECTION_VALUES, field_id, NULL);
  pd_undo_end (self->undo);
}

/**
 * pd_profile_dup_base:
 * @self: a profile
 *
 * Returns: (transfer full) (nullable): the document that the disk holds, as far as is known; %NULL if it never did
 */
JsonNode *
pd_profile_dup_base (PdProfile *self)
{
  if (!self->on_disk)
    return NULL;
  return self->base != NULL ? json_node_ref (self->base) : pd_document_to_ordered (self->document);
}

/**
 * pd_profile_set_base:
 * @self: a profile
 * @base: (transfer full) (nullable): the document that the disk holds now; %NULL: none any more
 *
 * Says what was last read or written.
 */
void
pd_profile_set_base (PdProfile *self,
                     JsonNode  *base)
{
  g_autoptr (JsonNode) document = NULL;

  g_clear_pointer (&self->base, json_node_unref);
  self->on_disk = base != NULL;
  if (base == NULL)
    return;
  document = pd_document_to_ordered (self->document);
  if (json_node_equal (document, base))
    json_node_unref (base);
  else
    self->base = base;
}

/* Whether there is something that the disk does not hold yet. */
gboolean
pd_profile_is_changed (PdProfile *self)
{
  return !self->on_disk || self->base != NULL;
}

static void
add_differences (GHashTable *changed,
                 JsonObject *from,
                 JsonObject *other,
                 PdUndo     *undo,
                 const char *section)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &member, &node)) {
    JsonNode *theirs = json_object_get_member (other, member);

    if (theirs != NULL && json_node_equal (node, theirs))
      continue;
    g_hash_table_add (changed, g_strdup (member));
    pd_undo_forget (undo, section, member);
  }
}

/**
 * pd_profile_absorb:
 * @self: a profile
 * @document: a sound document of the same profile
 *
 * Takes over what another program wrote. Undo forgets the fields that are changed by that.
 */
void
pd_profile_absorb (PdProfile *self,
                   JsonNode  *document)
{
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonNode) copy = pd_json_copy (document);
  g_autoptr (JsonObject) before = g_steal_pointer (&self->document);
  guint64 revision = (guint64) json_object_get_int_member (before, "revision");
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  GHashTableIter iter;
  gpointer field_id;

  self->document = json_object_ref (json_node_get_object (copy));
  for (guint i = 0; pd_document_sections[i] != NULL; i++) {
    JsonObject *mine = pd_json_get_object (before, pd_document_sections[i]);
    JsonObject *theirs = pd_json_get_object (self->document, pd_document_sections[i]);

    add_differences (changed, mine, theirs, self->undo, pd_document_sections[i]);
    add_differences (changed, theirs, mine, self->undo, pd_document_sections[i]);
  }
  for (guint i = 0; pd_document_top_fields[i] != NULL; i++) {
    const char *top = pd_document_top_fields[i];

    if (g_strcmp0 (pd_json_get_string (before, top), pd_json_get_string (self->document, top)) != 0) {
      g_hash_table_add (changed, g_strdup (top));
      pd_undo_forget (self->undo, PD_SECTION_TOP, top);
    }
  }
  if (revision != pd_profile_get_revision (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVISION]);

  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &field_id, NULL)) {
    /* A revision given here before the other program's counts on. */
    guint64 earlier = pd_document_get_revision (before, field_id);

    remember (&self->highest, field_id, MAX (earlier, recall_highest (self, field_id)));
    emit_changed (self, field_id);
  }
  notify_undo (self, done, undone);
}
