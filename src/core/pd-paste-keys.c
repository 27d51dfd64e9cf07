/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-key.h"
#include "pd-label.h"
#include "pd-paste-private.h"
#include "pd-shape.h"

/* What the button for copying the keys copies in Seller Central. */
#define KEYS "merchant_id, access_key, secret_key, client_id, client_secret"

/* The text with what copying through a page or a letter does to JSON undone, character for character, so that lines and
 * columns stay: blanks up to the brace at @skip. */
static char *
prepare_json (const char *text,
              gsize       skip)
{
  gboolean  plain = strchr (text, '"') != NULL;
  GString  *out = g_string_sized_new (strlen (text) + 1);
  gsize     at = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    at = (gsize) (c - text);
    if (at < skip) {
      g_string_append_c (out, character == '\n' ? '\n' : ' ');
    } else if (at == skip) {
      g_string_append_c (out, '{');
    } else if (character >= 0x80 && (g_unichar_isspace (character) || g_unichar_type (character) == G_UNICODE_FORMAT)) {
      g_string_append_c (out, ' ');
    } else if (!plain && (character == 0x201C || character == 0x201D || character == 0x201E || character == 0xFF02)) {
      g_string_append_c (out, '"');
    } else if (!plain && (character == 0xFF1A || character == 0xFF0C || character == 0xFF5B || character == 0xFF5D)) {
      g_string_append_c (out, (char) (character - 0xFF00 + 0x20));
    } else {
      g_string_append_unichar (out, character);
    }
  }
  return g_string_free (out, FALSE);
}

/* The byte behind the brace that closes the first object, or the end. */
static const char *
find_end (const char *json)
{
  guint    depth = 0;
  gboolean quoted = FALSE;

  for (const char *c = json; *c != '\0'; c++) {
    if (quoted) {
      if (*c == '\\' && c[1] != '\0')
        c++;
      else if (*c == '"')
        quoted = FALSE;
    } else if (*c == '"') {
      quoted = TRUE;
    } else if (*c == '{') {
      depth++;
    } else if (*c == '}' && depth > 0 && --depth == 0) {
      return c + 1;
    }
  }
  return json + strlen (json);
}

/* Strings of the tree lie in ordinary memory. */
static void
wipe_strings (JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_values (object);

  for (GList *m = members; m != NULL; m = m->next) {
    if (JSON_NODE_HOLDS_VALUE (m->data) && json_node_get_value_type (m->data) == G_TYPE_STRING) {
      char *string = (char *) json_node_get_string (m->data);

      pd_secret_wipe (string, strlen (string));
    }
  }
}

static gboolean
take_members (PdPaste     *self,
              PdProfile   *profile,
              JsonObject  *object,
              GError     **error)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;
  guint          strange = 0;
  guint          known = 0;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    const PdField *field = pd_label_lookup (name);

    if (field == NULL) {
      strange++;
      continue;
    }
    known++;
    if (JSON_NODE_HOLDS_NULL (node))
      continue;
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING) {
      g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The value of “%s” is not a text in quotation marks. Copy the keys again in Seller Central."),
                   pd_field_get_label (field));
      return FALSE;
    }
    if (field->shape == &pd_shape_private_key && *json_node_get_string (node) != '\0') {
      const char               *text = json_node_get_string (node);
      g_autoptr (PdKey)         key = pd_key_new_private (text, strlen (text), error);
      g_autoptr (PdSecretText)  stored = key != NULL ? pd_key_to_stored (key) : NULL;

      if (stored == NULL || !pd_paste_take (self, profile, field, pd_secret_text_peek (stored), error))
        return FALSE;
    } else if (!pd_paste_take_raw (self, profile, field, json_node_get_string (node), error)) {
      return FALSE;
    }
  }
  if (known == 0) {
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("None of the keys that Amazon copies is in this (%s). Copy them again in Seller Central."),
                 KEYS);
    return FALSE;
  }
  if (self->values->len == 0) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The copied keys are empty. Copy them again in Seller Central."));
    return FALSE;
  }
  if (strange > 0) {
    g_autofree char *note = g_strdup_printf (ngettext ("%'u further value was not understood and left out.",
                                                       "%'u further values were not understood and left out.", strange), strange);

    pd_paste_add_note (self, note);
  }
  return TRUE;
}

/* Whether a second set of keys stands behind the first. */
static gboolean
has_more_keys (const char *rest)
{
  const char           *brace = strchr (rest, '{');
  g_autoptr (JsonNode)  node = NULL;
  gboolean              found = FALSE;

  if (brace == NULL)
    return FALSE;
  node = pd_json_parse_partial (brace, find_end (brace) - brace, &pd_json_limits_answer);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));

    for (GList *n = names; n != NULL && !found; n = n->next)
      found = pd_label_lookup (n->data) != NULL;
    wipe_strings (json_node_get_object (node));
  }
  return found;
}

static void
set_json_error (GError **error,
                GError  *cause)
{
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The copied keys cannot be read. %s Copy them again in Seller Central."), cause->message);
}

/**
 * pd_paste_read_keys:
 * @profile: the shop
 * @text: UTF-8
 * @brace: where in it the object begins
 * @error: %PD_ERROR_BAD_INPUT, naming line and column and quoting nothing; %PD_ERROR_BAD_KEY
 *
 * Returns: (transfer full) (nullable): what Amazon's copied keys hold
 */
PdPaste *
pd_paste_read_keys (PdProfile   *profile,
                    const char  *text,
                    const char  *brace,
                    GError     **error)
{
  g_autoptr (PdWiped)  json = prepare_json (text, (gsize) (brace - text));
  const char          *start = strchr (json, '{');
  const char          *end = find_end (start);
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (PdPaste)  self = pd_paste_alloc (PD_PASTE_KEYS_JSON);
  g_autoptr (GError)   cause = NULL;
  gboolean             good;

  document = pd_json_parse (json, end - json, &pd_json_limits_answer, &cause);
  if (document == NULL) {
    set_json_error (error, cause);
    return NULL;
  }
  good = take_members (self, profile, json_node_get_object (document), error);
  wipe_strings (json_node_get_object (document));
  if (good && has_more_keys (end)) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("There is more than one set of keys in this. Paste one shop’s keys only."));
    good = FALSE;
  }
  return good ? g_steal_pointer (&self) : NULL;
}
