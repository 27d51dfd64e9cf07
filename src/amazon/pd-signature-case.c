/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-mws-signer.h"
#include "pd-signature-case.h"

static GHashTable *
new_texts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * pd_signature_case_new:
 * @kind: what is signed
 *
 * Returns: (transfer full): an empty case
 */
PdSignatureCase *
pd_signature_case_new (PdSignatureKind kind)
{
  PdSignatureCase *self = g_new0 (PdSignatureCase, 1);

  self->kind = kind;
  self->algorithm = PD_ALGORITHM_PSS_V2;
  self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->headers = new_texts ();
  self->parameters = new_texts ();
  self->payload = g_strdup ("");
  return self;
}

void
pd_signature_case_free (PdSignatureCase *self)
{
  g_free (self->method);
  g_free (self->host);
  g_free (self->path);
  g_hash_table_unref (self->query);
  g_hash_table_unref (self->headers);
  g_strfreev (self->signed_names);
  g_hash_table_unref (self->parameters);
  g_free (self->payload);
  g_free (self->theirs);
  g_free (self->signature);
  g_free (self);
}

static void
copy_texts (GHashTable *from,
            GHashTable *to)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (to, g_strdup (name), g_strdup (value));
}

static void
copy_query (GHashTable *from,
            GHashTable *to)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       values;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &name, &values)) {
    GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < ((GPtrArray *) values)->len; i++)
      g_ptr_array_add (copy, g_strdup (g_ptr_array_index ((GPtrArray *) values, i)));
    g_hash_table_insert (to, g_strdup (name), copy);
  }
}

/**
 * pd_signature_case_copy:
 * @self: a case
 *
 * Returns: (transfer full): one that can be changed apart from it
 */
PdSignatureCase *
pd_signature_case_copy (PdSignatureCase *self)
{
  PdSignatureCase *copy = pd_signature_case_new (self->kind);

  copy->algorithm = self->algorithm;
  copy->method = g_strdup (self->method);
  copy->host = g_strdup (self->host);
  copy->path = g_strdup (self->path);
  copy_query (self->query, copy->query);
  copy_texts (self->headers, copy->headers);
  copy->signed_names = g_strdupv (self->signed_names);
  copy_texts (self->parameters, copy->parameters);
  g_free (copy->payload);
  copy->payload = g_strdup (self->payload);
  copy->theirs = g_strdup (self->theirs);
  copy->signature = g_strdup (self->signature);
  return copy;
}

static gboolean
bad_input (GError     **error,
           const char  *name)
{
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The case needs a proper “%s”."), name);
  return FALSE;
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* name → values; a bare text counts as a list of one. */
static gboolean
read_query (PdSignatureCase  *self,
            JsonObject       *object,
            GError          **error)
{
  JsonObject    *query = pd_json_get_object (object, "query");
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (query == NULL)
    return json_object_has_member (object, "query") ? bad_input (error, "query") : TRUE;
  json_object_iter_init (&iter, query);
  while (json_object_iter_next (&iter, &name, &node)) {
    GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
    JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

    g_hash_table_insert (self->query, g_strdup (name), values);
    if (is_text (node))
      g_ptr_array_add (values, json_node_dup_string (node));
    else if (array == NULL)
      return bad_input (error, "query");
    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
      if (!is_text (json_array_get_element (array, i)))
        return bad_input (error, "query");
      g_ptr_array_add (values, json_node_dup_string (json_array_get_element (array, i)));
    }
  }
  return TRUE;
}

static gboolean
read_texts (JsonObject  *object,
            const char  *member,
            GHashTable  *texts,
            GError     **error)
{
  JsonObject    *wanted = pd_json_get_object (object, member);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (wanted == NULL)
    return bad_input (error, member);
  json_object_iter_init (&iter, wanted);
  while (json_object_iter_next (&iter, &name, &node)) {
    if (!is_text (node))
      return bad_input (error, member);
    g_hash_table_insert (texts, g_strdup (name), json_node_dup_string (node));
  }
  return TRUE;
}

static gboolean
read_names (PdSignatureCase  *self,
            JsonObject       *object,
            GError          **error)
{
  JsonNode                *node = json_object_get_member (object, "signed_headers");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return bad_input (error, "signed_headers");
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++) {
    JsonNode *name = json_array_get_element (json_node_get_array (node), i);

    if (!is_text (name))
      return bad_input (error, "signed_headers");
    g_strv_builder_add (names, json_node_get_string (name));
  }
  self->signed_names = g_strv_builder_end (names);
  return TRUE;
}

/* A member that has to be there. */
static gboolean
read_text (JsonObject  *object,
           const char  *member,
           char       **text,
           GError     **error)
{
  const char *value = pd_json_get_string (object, member);

  if (value == NULL)
    return bad_input (error, member);
  g_free (*text);
  *text = g_strdup (value);
  return TRUE;
}

static gboolean
read_algorithm (PdSignatureCase  *self,
                JsonObject       *object,
                GError          **error)
{
  const char *id = pd_json_get_string (object, "algorithm");

  return id != NULL && pd_algorithm_from_id (id, &self->algorithm) ? TRUE : bad_input (error, "algorithm");
}

static gboolean
read_json (PdSignatureCase  *self,
           JsonObject       *object,
           GError          **error)
{
  const char *payload = pd_json_get_string (object, "payload");

  self->theirs = g_strdup (pd_json_get_string (object, "compare"));
  self->signature = g_strdup (pd_json_get_string (object, "signature"));
  switch (self->kind) {
  case PD_SIGNATURE_BUTTON:
    return read_text (object, "payload", &self->payload, error) && read_algorithm (self, object, error);
  case PD_SIGNATURE_MWS:
    return read_text (object, "method", &self->method, error) && read_text (object, "host", &self->host, error) &&
           read_text (object, "path", &self->path, error) && read_texts (object, "parameters", self->parameters, error);
  case PD_SIGNATURE_REQUEST:
  default:
    g_free (self->payload);
    self->payload = g_strdup (payload != NULL ? payload : "");
    self->path = g_strdup (pd_json_get_string (object, "path"));
    return read_text (object, "method", &self->method, error) && read_algorithm (self, object, error) &&
           read_query (self, object, error) && read_texts (object, "headers", self->headers, error) && read_names (self, object, error);
  }
}

/**
 * pd_signature_case_new_from_json:
 * @kind: what is signed
 * @object: a case as the command line's contract has it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the case
 */
PdSignatureCase *
pd_signature_case_new_from_json (PdSignatureKind   kind,
                                 JsonObject       *object,
                                 GError          **error)
{
  g_autoptr (PdSignatureCase) self = pd_signature_case_new (kind);

  return read_json (self, object, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * pd_signature_case_work:
 * @self: a case
 * @canonical_request: (out) (optional) (nullable) (transfer full): of a call of API v2
 * @signed_headers: (out) (optional) (nullable) (transfer full): the names of the headers that are signed, of a call of API v2
 *
 * Returns: (transfer full): the string to sign
 */
char *
pd_signature_case_work (PdSignatureCase  *self,
                        char            **canonical_request,
                        char            **signed_headers)
{
  g_autofree char *canonical = NULL;
  char            *string_to_sign;

  if (canonical_request != NULL)
    *canonical_request = NULL;
  if (signed_headers != NULL)
    *signed_headers = NULL;
  if (self->kind == PD_SIGNATURE_BUTTON)
    return pd_signer_string_to_sign (self->algorithm, self->payload, strlen (self->payload));
  if (self->kind == PD_SIGNATURE_MWS) {
    g_autoptr (GHashTable) parameters = new_texts ();

    copy_texts (self->parameters, parameters);
    g_hash_table_remove (parameters, "Signature");
    return pd_mws_signer_string_to_sign (self->method, self->host, self->path, parameters);
  }
  canonical = pd_signer_canonical_request (self->method, self->path, self->query, self->headers, (const char *const *) self->signed_names,
                                           self->payload, strlen (self->payload), signed_headers);
  string_to_sign = pd_signer_string_to_sign (self->algorithm, canonical, strlen (canonical));
  if (canonical_request != NULL)
    *canonical_request = g_steal_pointer (&canonical);
  return string_to_sign;
}

static guint
count_lines (const char *text)
{
  guint n_lines = 1;

  for (; *text != '\0'; text++)
    n_lines += *text == '\n';
  return n_lines;
}

/**
 * pd_signature_case_get_ours:
 * @self: a case with a string of the other side's
 *
 * Returns: (transfer full): that text of ours which is to be compared with it: the payload where theirs is one, the canonical
 *   request where theirs has more than three lines, else the string to sign
 */
char *
pd_signature_case_get_ours (PdSignatureCase *self)
{
  g_autofree char *canonical = NULL;
  g_autofree char *string_to_sign = NULL;

  if (self->kind != PD_SIGNATURE_MWS && *self->payload != '\0' && self->theirs[strspn (self->theirs, " \t\r\n")] == '{')
    return g_strdup (self->payload);
  string_to_sign = pd_signature_case_work (self, &canonical, NULL);
  return canonical != NULL && count_lines (self->theirs) > 3 ? g_steal_pointer (&canonical) : g_steal_pointer (&string_to_sign);
}

/**
 * pd_signature_case_take_theirs:
 * @self: a case
 * @text: what somebody pasted: the string that the other side quoted, or the message that quotes it
 *
 * Takes the string to sign out of a message, and drops what pasting adds: returns before line ends, and a last line end.
 */
void
pd_signature_case_take_theirs (PdSignatureCase *self,
                               const char      *text)
{
  g_autofree char *quoted = pd_signer_dup_quoted (text);
  g_auto (GStrv)   lines = g_strsplit (text, "\r\n", -1);

  g_free (self->theirs);
  if (quoted != NULL) {
    self->theirs = g_steal_pointer (&quoted);
    return;
  }
  self->theirs = g_strjoinv ("\n", lines);
  if (g_str_has_suffix (self->theirs, "\n"))
    self->theirs[strlen (self->theirs) - 1] = '\0';
}

/**
 * pd_signature_compare:
 * @ours: UTF-8
 * @theirs: UTF-8
 * @offset: (out): bytes that are the same in both
 * @line: (out): the line of the first difference, from 1
 * @column: (out): its character in that line, from 1
 *
 * Returns: whether they are the same
 */
gboolean
pd_signature_compare (const char *ours,
                      const char *theirs,
                      gsize      *offset,
                      guint      *line,
                      guint      *column)
{
  const char *a = ours;
  const char *b = theirs;

  *line = *column = 1;
  while (*a != '\0' && *b != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b)) {
    (*column)++;
    if (*a == '\n') {
      (*line)++;
      *column = 1;
    }
    a = g_utf8_next_char (a);
    b = g_utf8_next_char (b);
  }
  *offset = (gsize) (a - ours);
  return *a == '\0' && *b == '\0';
}
