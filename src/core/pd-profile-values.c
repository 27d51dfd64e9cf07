/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-document.h"
#include "pd-error.h"
#include "pd-profile-private.h"
#include "pd-search.h"
#include "pd-shape.h"

static const char *const no_list[] = { NULL };

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

  node = pd_document_peek (pd_profile_document (self), pd_document_get_section (field_id), field_id);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return "";
  if (self->texts == NULL)
    self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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

  node = pd_document_peek (pd_profile_document (self), pd_document_get_section (field_id), field_id);
  if (node == NULL)
    return no_list;
  if (self->lists == NULL)
    self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
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
 * pd_profile_get_search_text:
 * @self: a profile
 *
 * Made once and kept, so that a search asks thousands of shops with each letter.
 *
 * Returns: (transfer none): its name and its values, folded as pd_search_fold() does it, each in a line; valid until it
 *   changes
 */
const char *
pd_profile_get_search_text (PdProfile *self)
{
  GString *text;
  PdSkim skim;
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  g_return_val_if_fail (PD_IS_PROFILE (self), "");

  if (self->search != NULL)
    return self->search;
  text = g_string_new (NULL);
  if (self->content != NULL && pd_skim (self->content, self->id, &skim, text)) {
    self->search = pd_search_fold (text->str);
    g_string_free (text, TRUE);
    return self->search;
  }
  g_string_assign (text, pd_profile_get_name (self));
  for (guint i = 0; i < n_fields; i++) {
    if (fields[i]->kind != PD_FIELD_TEXT && fields[i]->kind != PD_FIELD_LIST)
      continue;
    if (*pd_profile_get_text (self, fields[i]->id) != '\0')
      g_string_append_printf (text, "\n%s", pd_profile_get_text (self, fields[i]->id));
  }
  self->search = pd_search_fold (text->str);
  g_string_free (text, TRUE);
  return self->search;
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
         pd_document_peek (pd_profile_document (self), PD_SECTION_SECRETS, field_id) == NULL;
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
  if (strlen (name) > PD_DOCUMENT_MAX_NAME)
    return refuse (error, _("The name is too long."));
  if (*stripped == '\0')
    return refuse (error, _("A shop needs a name."));
  pd_profile_edit (self, PD_SECTION_TOP, "name", json_node_init_string (json_node_alloc (), name));
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
  pd_profile_edit (self, pd_document_get_section (field_id), field_id,
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
  pd_profile_edit (self, PD_SECTION_VALUES, field_id,
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
