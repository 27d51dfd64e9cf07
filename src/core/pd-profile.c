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

G_DEFINE_FINAL_TYPE (PdProfile, pd_profile, G_TYPE_OBJECT)

/**
 * pd_profile_thaw:
 * @self: a profile of which there is only the file's content
 *
 * Returns: (transfer none): its document, from now on kept as a tree
 */
JsonObject *
pd_profile_thaw (PdProfile *self)
{
  g_autoptr (GBytes) content = g_steal_pointer (&self->content);
  g_autoptr (JsonNode) document = NULL;

  document = pd_json_parse (g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content), &pd_json_limits_file, NULL);
  /* pd_skim() has found it sound; the check adds what may be left out. */
  if (document == NULL || !pd_document_check (document, NULL))
    g_error ("the file of %s was taken for sound, and is not", self->id);
  self->document = json_object_ref (json_node_get_object (document));
  return self->document;
}

static void
read_choices (PdProfile *self)
{
  pd_mode_from_id (pd_json_get_string (pd_profile_document (self), "mode"), &self->mode);
  pd_generation_from_id (pd_json_get_string (pd_profile_document (self), "generation"), &self->generation);
  pd_environment_from_id (pd_json_get_string (pd_profile_document (self), "environment"), &self->environment);
}

/* Before the first change: keeps what the disk holds. */
void
pd_profile_touch (PdProfile *self)
{
  if (self->on_disk && self->base == NULL)
    self->base = pd_document_to_ordered (pd_profile_document (self));
}

void
pd_profile_notify_undo (PdProfile *self,
                        guint      done,
                        guint      undone)
{
  if ((pd_undo_get_done (self->undo) > 0) != (done > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if ((pd_undo_get_undone (self->undo) > 0) != (undone > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

void
pd_profile_emit_changed (PdProfile  *self,
                         const char *field_id)
{
  static const struct { const char *id; int property; } tops[] = {
    { "name", PROP_NAME }, { "mode", PROP_MODE }, { "generation", PROP_GENERATION }, { "environment", PROP_ENVIRONMENT },
  };

  g_clear_pointer (&self->search, g_free);
  if (self->lists != NULL)
    g_hash_table_remove (self->lists, field_id);
  if (self->texts != NULL)
    g_hash_table_remove (self->texts, field_id);
  for (guint i = 0; i < G_N_ELEMENTS (tops); i++) {
    if (g_str_equal (field_id, tops[i].id)) {
      read_choices (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[tops[i].property]);
    }
  }
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (field_id), field_id);
}

void
pd_profile_emit_restore_secret (PdProfile    *self,
                                const char   *field_id,
                                PdSecretText *value)
{
  g_signal_emit (self, signals[RESTORE_SECRET], 0, field_id, value);
}

static void
pd_profile_finalize (GObject *object)
{
  PdProfile *self = PD_PROFILE (object);

  g_clear_pointer (&self->document, json_object_unref);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->base, json_node_unref);
  g_clear_pointer (&self->undo, pd_undo_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->search, g_free);
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
 * pd_profile_new_skimmed:
 * @id: its id
 * @content: the file's content, which pd_skim() found sound
 * @skim: what it said; its name may stand elsewhere by now
 *
 * Thousands of shops are in a list and few are looked at: the others stay as they stand in their files, a tenth of a tree.
 *
 * Returns: (transfer full): the profile of a document that the disk holds
 */
PdProfile *
pd_profile_new_skimmed (const char   *id,
                        GBytes       *content,
                        const PdSkim *skim)
{
  PdProfile *self = g_object_new (PD_TYPE_PROFILE, NULL);

  self->id = g_strdup (id);
  self->content = g_bytes_ref (content);
  self->name = g_strndup (skim->name, skim->name_length);
  self->mode = skim->mode;
  self->generation = skim->generation;
  self->environment = skim->environment;
  self->on_disk = TRUE;
  return self;
}

/**
 * pd_profile_glance:
 * @self: a profile
 *
 * A list that asks each profile a question, where few are ever opened, would leave the tree of each behind.
 *
 * Returns: (transfer full): one that says the same, to be asked now and let go
 */
PdProfile *
pd_profile_glance (PdProfile *self)
{
  PdSkim skim;

  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);

  if (self->content == NULL)
    return g_object_ref (self);
  skim = (PdSkim) { self->name, strlen (self->name), self->mode, self->generation, self->environment };
  return pd_profile_new_skimmed (self->id, self->content, &skim);
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
  g_autoptr (JsonNode) copy = pd_document_to_ordered (pd_profile_document (self));
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
  return pd_document_to_ordered (pd_profile_document (self));
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
  return self->content != NULL ? self->name : pd_json_get_string (self->document, "name");
}

/* Returns: (transfer full): what lists are ordered by: the name, whatever its capitals, and a number by its value */
char *
pd_profile_make_sort_key (const char *name)
{
  g_autofree char *folded = g_str_is_ascii (name) ? g_ascii_strdown (name, -1) : g_utf8_casefold (name, -1);

  return g_utf8_collate_key_for_filename (folded, -1);
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
  return (guint64) json_object_get_int_member (pd_profile_document (self), "revision");
}

gboolean
pd_profile_field_applies (PdProfile     *self,
                          const PdField *field)
{
  return pd_field_applies (field, self->mode, self->generation);
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
  return self->base != NULL ? json_node_ref (self->base) : pd_document_to_ordered (pd_profile_document (self));
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
  document = pd_document_to_ordered (pd_profile_document (self));
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
  g_autoptr (JsonObject) before = json_object_ref (pd_profile_document (self));
  guint64 revision = (guint64) json_object_get_int_member (before, "revision");
  guint done = pd_undo_get_done (self->undo);
  guint undone = pd_undo_get_undone (self->undo);
  GHashTableIter iter;
  gpointer field_id;

  json_object_unref (self->document);
  self->document = json_object_ref (json_node_get_object (copy));
  for (guint i = 0; pd_document_sections[i] != NULL; i++) {
    JsonObject *mine = pd_json_get_object (before, pd_document_sections[i]);
    JsonObject *theirs = pd_json_get_object (pd_profile_document (self), pd_document_sections[i]);

    add_differences (changed, mine, theirs, self->undo, pd_document_sections[i]);
    add_differences (changed, theirs, mine, self->undo, pd_document_sections[i]);
  }
  for (guint i = 0; pd_document_top_fields[i] != NULL; i++) {
    const char *top = pd_document_top_fields[i];

    if (g_strcmp0 (pd_json_get_string (before, top), pd_json_get_string (pd_profile_document (self), top)) != 0) {
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

    pd_profile_remember (&self->highest, field_id, MAX (earlier, pd_profile_recall_highest (self, field_id)));
    pd_profile_emit_changed (self, field_id);
  }
  pd_profile_notify_undo (self, done, undone);
}
