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
#include "pd-shape.h"

/* Bytes of a name for the number behind it. */
#define NUMBER_ROOM 16

const char *const pd_document_sections[] = {
  PD_SECTION_VALUES, PD_SECTION_SECRETS, PD_SECTION_MARKS, PD_SECTION_REVISIONS, PD_SECTION_GUIDE, NULL
};

/* Members of the document that count as fields. */
const char *const pd_document_top_fields[] = { "name", "mode", "generation", "environment", NULL };

/* The order in which the members are written; unknown ones follow. */
static const char *const order[] = {
  "format", "id", "revision", "name", "mode", "generation", "environment",
  PD_SECTION_VALUES, PD_SECTION_SECRETS, PD_SECTION_MARKS, PD_SECTION_REVISIONS, PD_SECTION_GUIDE, NULL
};

/* Says whether a member is as it must be. Unknown fields are never asked about. */
typedef gboolean (* CheckFunc) (const char *field_id,
                                JsonNode   *node);

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_count (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
         json_node_get_int (node) >= 0 && json_node_get_int (node) <= G_MAXINT64 / 2;
}

static gboolean
is_date (JsonNode *node)
{
  g_autoptr (GDateTime) date = NULL;

  if (node == NULL || !is_text (node))
    return FALSE;
  date = g_date_time_new_from_iso8601 (json_node_get_string (node), NULL);
  return date != NULL;
}

static gboolean
is_list_of_texts (JsonNode *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (!is_text (json_array_get_element (array, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_value (const char *field_id,
             JsonNode   *node)
{
  const PdField *field = pd_catalogue_lookup (field_id);

  if (pd_document_get_section (field_id)[0] == '\0')
    return TRUE;
  switch (field->kind) {
  case PD_FIELD_LIST:
    return is_list_of_texts (node);
  case PD_FIELD_SECRET:
    return is_text (node) && g_str_equal (json_node_get_string (node), PD_PRESET_TOKEN);
  case PD_FIELD_CHOICE:
    return is_text (node) && g_strv_contains (field->choices, json_node_get_string (node));
  case PD_FIELD_TEXT:
  case PD_FIELD_DATE:
  case PD_FIELD_IMAGE:
  default:
    return is_text (node);
  }
}

static gboolean
check_secret (const char *field_id,
              JsonNode   *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) && is_date (json_object_get_member (json_node_get_object (node), "stored"));
}

static gboolean
check_mark (const char *field_id,
            JsonNode   *node)
{
  JsonNode *revision;

  if (!JSON_NODE_HOLDS_OBJECT (node) || !is_date (json_object_get_member (json_node_get_object (node), "date")))
    return FALSE;
  revision = json_object_get_member (json_node_get_object (node), "revision");
  return revision != NULL && is_count (revision);
}

static gboolean
check_revision (const char *field_id,
                JsonNode   *node)
{
  return is_count (node);
}

/* Steps are known to the guide alone, and other Paydesks may have others. */
static gboolean
check_tick (const char *step_id,
            JsonNode   *node)
{
  return TRUE;
}

static const struct { const char *section; CheckFunc check; } section_checks[] = {
  { PD_SECTION_VALUES, check_value },
  { PD_SECTION_SECRETS, check_secret },
  { PD_SECTION_MARKS, check_mark },
  { PD_SECTION_REVISIONS, check_revision },
  { PD_SECTION_GUIDE, check_tick },
};

static gboolean
check_top (const char *member,
           JsonNode   *node)
{
  const PdField *field;

  if (g_str_equal (member, "id"))
    return is_text (node) && g_uuid_string_is_valid (json_node_get_string (node));
  if (g_str_equal (member, "revision"))
    return is_count (node);
  if (!g_strv_contains (pd_document_top_fields, member))
    return TRUE;
  if (!is_text (node))
    return FALSE;
  field = pd_catalogue_lookup (member);
  return field == NULL || field->choices == NULL || g_strv_contains (field->choices, json_node_get_string (node));
}

/* Whether this Paydesk has such a field, so that it minds what is said of it. */
gboolean
pd_document_is_known (const char *field_id)
{
  return pd_catalogue_lookup (field_id) != NULL || g_strv_contains (pd_document_top_fields, field_id);
}

/* Drops what is not as it must be, or, where @dropping is FALSE, returns its name. */
static char *
check_members (JsonObject *object,
               CheckFunc   check,
               gboolean    dropping)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next) {
    JsonNode *node = json_object_get_member (object, l->data);

    /* A field of a later Paydesk may be noted in ways unknown here. */
    if ((check != check_top && !pd_document_is_known (l->data)) || check (l->data, node))
      continue;
    if (!dropping)
      return g_strdup (l->data);
    json_object_remove_member (object, l->data);
  }
  return NULL;
}

static char *
check_sections (JsonObject *document,
                gboolean    dropping)
{
  for (guint i = 0; i < G_N_ELEMENTS (section_checks); i++) {
    const char *section = section_checks[i].section;
    JsonObject *object = pd_json_get_object (document, section);
    g_autofree char *wrong = NULL;

    if (object == NULL) {
      if (json_object_has_member (document, section) && !dropping)
        return g_strdup (section);
      json_object_set_object_member (document, section, json_object_new ());
      continue;
    }
    wrong = check_members (object, section_checks[i].check, dropping);
    if (wrong != NULL)
      return g_strdup_printf ("%s/%s", section, wrong);
  }
  return NULL;
}

/* Adds what a document may leave out, and takes out what says no more than if it were left out: two documents that say
 * the same are the same, also after an undo. */
static void
normalise (JsonObject *document)
{
  JsonObject *revisions = pd_json_get_object (document, PD_SECTION_REVISIONS);
  g_autoptr (GList) fields = json_object_get_members (revisions);

  for (GList *l = fields; l != NULL; l = l->next) {
    if (pd_document_is_known (l->data) && pd_document_get_revision (document, l->data) == 0)
      json_object_remove_member (revisions, l->data);
  }
  for (guint i = 0; pd_document_top_fields[i] != NULL; i++) {
    const PdField *field = pd_catalogue_lookup (pd_document_top_fields[i]);

    if (!json_object_has_member (document, pd_document_top_fields[i]))
      json_object_set_string_member (document, pd_document_top_fields[i], field != NULL && field->preset != NULL ? field->preset : "");
  }
  if (!json_object_has_member (document, "revision"))
    json_object_set_int_member (document, "revision", 0);
}

/**
 * pd_document_check:
 * @document: a profile's document; sections and presets that it leaves out are added
 * @error: %PD_ERROR_NEWER_FORMAT, or %PD_ERROR_DAMAGED_PROFILE naming the member
 *
 * Returns: whether every member that is known here is as profile-format.md says
 */
gboolean
pd_document_check (JsonNode  *document,
                   GError   **error)
{
  JsonObject *object;
  JsonNode *format;
  g_autofree char *wrong = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (document)) {
    g_set_error (error, PD_ERROR, PD_ERROR_DAMAGED_PROFILE, _("This file holds no shop."));
    return FALSE;
  }
  object = json_node_get_object (document);
  format = json_object_get_member (object, "format");
  if (format != NULL && is_count (format) && json_node_get_int (format) > PD_DOCUMENT_FORMAT) {
    g_set_error (error, PD_ERROR, PD_ERROR_NEWER_FORMAT,
                 _("This shop was written by a newer Paydesk (format %ld). Update Paydesk to open it."),
                 (glong) json_node_get_int (format));
    return FALSE;
  }
  if (format == NULL || !is_count (format) || json_node_get_int (format) < 1)
    wrong = g_strdup ("format");
  else if (!json_object_has_member (object, "id"))
    wrong = g_strdup ("id");
  if (wrong == NULL)
    wrong = check_members (object, check_top, FALSE);
  if (wrong == NULL)
    wrong = check_sections (object, FALSE);
  if (wrong != NULL) {
    g_set_error (error, PD_ERROR, PD_ERROR_DAMAGED_PROFILE,
                 _("This shop’s file is damaged: “%s” is missing, or not as it must be."), wrong);
    return FALSE;
  }
  normalise (object);
  return TRUE;
}

static gsize
count_bytes (JsonNode *node)
{
  gsize n_bytes = 0;

  if (is_text (node))
    return strlen (json_node_get_string (node));
  for (guint i = 0; JSON_NODE_HOLDS_ARRAY (node) && i < json_array_get_length (json_node_get_array (node)); i++)
    n_bytes += count_bytes (json_array_get_element (json_node_get_array (node), i)) + 1;
  return n_bytes;
}

/**
 * pd_document_check_lengths:
 * @document: a sound document
 * @error: %PD_ERROR_BAD_INPUT
 *
 * For a document that comes in from elsewhere. One that lies in the data folder is shown as it is.
 *
 * Returns: whether its name and each of its values could have been entered here
 */
gboolean
pd_document_check_lengths (JsonNode  *document,
                           GError   **error)
{
  JsonObject *object = json_node_get_object (document);
  JsonObject *values = pd_json_get_object (object, PD_SECTION_VALUES);
  JsonObjectIter iter;
  const char *field_id;
  JsonNode *value;

  if (count_bytes (json_object_get_member (object, "name")) > PD_DOCUMENT_MAX_NAME) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The name is too long."));
    return FALSE;
  }
  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &field_id, &value)) {
    const PdField *field = pd_catalogue_lookup (field_id);

    if (count_bytes (value) <= PD_DOCUMENT_MAX_VALUE)
      continue;
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("“%s” is too long."), field != NULL ? pd_field_get_label (field) : field_id);
    return FALSE;
  }
  return TRUE;
}

/**
 * pd_document_number_name:
 * @name: what a shop is to be called
 * @taken: (element-type utf8 utf8): the names that others have
 *
 * Returns: (transfer full): the name, with a number behind it where it is taken
 */
char *
pd_document_number_name (const char *name,
                         GHashTable *taken)
{
  const gsize length = strlen (name);
  const char *end = name + MIN (length, PD_DOCUMENT_MAX_NAME - NUMBER_ROOM);
  char *numbered = g_strdup (name);

  /* A name with its number may be exported, and come in again. */
  while (length > PD_DOCUMENT_MAX_NAME - NUMBER_ROOM && (*end & 0xc0) == 0x80)
    end--;
  for (guint i = 2; g_hash_table_contains (taken, numbered); i++) {
    g_free (numbered);
    numbered = g_strdup_printf ("%.*s (%u)", (int) (end - name), name, i);
  }
  return numbered;
}

/**
 * pd_document_salvage:
 * @partial: what could be read of a damaged document
 * @id: the id to give to what is salvaged
 *
 * Returns: (transfer full) (nullable): a sound document of everything usable in @partial; %NULL where that is nothing
 */
JsonNode *
pd_document_salvage (JsonNode   *partial,
                     const char *id)
{
  g_autoptr (JsonNode) copy = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (partial))
    return NULL;
  copy = pd_json_copy (partial);
  object = json_node_get_object (copy);
  g_free (check_members (object, check_top, TRUE));
  g_free (check_sections (object, TRUE));
  if (!json_object_has_member (object, "name") && json_object_get_size (pd_json_get_object (object, PD_SECTION_VALUES)) == 0)
    return NULL;
  json_object_set_int_member (object, "format", PD_DOCUMENT_FORMAT);
  json_object_set_string_member (object, "id", id);
  normalise (object);
  return g_steal_pointer (&copy);
}

static void
copy_member (JsonObject *to,
             JsonObject *from,
             const char *member)
{
  if (json_object_has_member (from, member) && !json_object_has_member (to, member))
    json_object_set_member (to, member, pd_json_copy (json_object_get_member (from, member)));
}

static void
copy_rest (JsonObject *to,
           JsonObject *from)
{
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    copy_member (to, from, member);
}

/* The guide's steps by their names: its order is not known here, and that of ticking is no order to keep. */
static void
copy_sorted (JsonObject *to,
             JsonObject *from)
{
  g_autoptr (GList) members = g_list_sort (json_object_get_members (from), (GCompareFunc) strcmp);

  for (GList *l = members; l != NULL; l = l->next)
    copy_member (to, from, l->data);
}

/* A section's fields in the catalogue's order, unknown ones behind them in their own. */
static JsonNode *
copy_section (JsonObject *section,
              gboolean    is_guide)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  if (is_guide)
    copy_sorted (copy, section);
  copy_member (copy, section, "name");
  for (guint i = 0; i < n_fields; i++)
    copy_member (copy, section, fields[i]->id);
  copy_rest (copy, section);
  return json_node_init_object (json_node_alloc (), copy);
}

/**
 * pd_document_to_ordered:
 * @document: a sound document
 *
 * The order of members depends on nothing but which there are, so that what was undone is the same to the byte.
 *
 * Returns: (transfer full): a copy whose members stand in the order of the format's description
 */
JsonNode *
pd_document_to_ordered (JsonObject *document)
{
  g_autoptr (JsonObject) copy = json_object_new ();

  for (guint i = 0; order[i] != NULL; i++) {
    if (g_strv_contains (pd_document_sections, order[i]))
      json_object_set_member (copy, order[i], copy_section (pd_json_get_object (document, order[i]),
                                                                g_str_equal (order[i], PD_SECTION_GUIDE)));
    else
      copy_member (copy, document, order[i]);
  }
  copy_rest (copy, document);
  return json_node_init_object (json_node_alloc (), copy);
}

/**
 * pd_document_get_section:
 * @field_id: a field's id
 *
 * Returns: (transfer none): the section that holds the field's value
 */
const char *
pd_document_get_section (const char *field_id)
{
  return g_strv_contains (pd_document_top_fields, field_id) ? PD_SECTION_TOP : PD_SECTION_VALUES;
}

static JsonObject *
get_holder (JsonObject *document,
            const char *section)
{
  return section[0] == '\0' ? document : pd_json_get_object (document, section);
}

/**
 * pd_document_peek:
 * @document: a sound document
 * @section: one of PD_SECTION_*
 * @field_id: a field's id
 *
 * Returns: (transfer none) (nullable): what stands there
 */
JsonNode *
pd_document_peek (JsonObject *document,
                  const char *section,
                  const char *field_id)
{
  return json_object_get_member (get_holder (document, section), field_id);
}

/**
 * pd_document_put:
 * @document: a sound document
 * @section: one of PD_SECTION_*
 * @field_id: a field's id
 * @value: (transfer full) (nullable): what to put there; %NULL removes the member
 */
void
pd_document_put (JsonObject *document,
                 const char *section,
                 const char *field_id,
                 JsonNode   *value)
{
  JsonObject *holder = get_holder (document, section);

  if (value != NULL)
    json_object_set_member (holder, field_id, value);
  else if (json_object_has_member (holder, field_id))
    json_object_remove_member (holder, field_id);
}

guint64
pd_document_get_revision (JsonObject *document,
                          const char *field_id)
{
  JsonNode *node = pd_document_peek (document, PD_SECTION_REVISIONS, field_id);

  return node != NULL && is_count (node) ? (guint64) json_node_get_int (node) : 0;
}

void
pd_document_set_revision (JsonObject *document,
                          const char *field_id,
                          guint64     revision)
{
  JsonNode *node = revision > 0 ? json_node_init_int (json_node_alloc (), (gint64) revision) : NULL;

  pd_document_put (document, PD_SECTION_REVISIONS, field_id, node);
}

/* The revision that was entered over there; G_MAXUINT64 where none was. */
guint64
pd_document_get_mark (JsonObject *document,
                      const char *field_id)
{
  JsonNode *node = pd_document_peek (document, PD_SECTION_MARKS, field_id);
  JsonNode *revision = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                     ? json_object_get_member (json_node_get_object (node), "revision") : NULL;

  return revision != NULL && is_count (revision) ? (guint64) json_node_get_int (revision) : G_MAXUINT64;
}
