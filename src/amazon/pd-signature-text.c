/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-signature-case.h"

/* A request as logs and browsers have it: first line, headers, an empty line, body. */

static gboolean
bad_first_line (GError **error)
{
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT,
               _("The first line of the request is not one: it should be such as “POST /v2/checkoutSessions HTTP/1.1”."));
  return FALSE;
}

static char *
unescape (const char *text)
{
  g_autofree char *plain = g_uri_unescape_string (text, NULL);

  return plain != NULL && g_utf8_validate (plain, -1, NULL) ? g_steal_pointer (&plain) : g_strdup (text);
}

/* name=value&…; in a form a plus is a space. */
static void
read_pairs (PdSignatureCase *self,
            const char      *text,
            gboolean         is_form)
{
  g_auto (GStrv) pairs = g_strsplit (text, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    char            *equals = strchr (pairs[i], '=');
    g_autofree char *name = NULL;
    char            *value;
    GPtrArray       *values;

    if (*pairs[i] == '\0')
      continue;
    if (is_form)
      g_strdelimit (pairs[i], "+", ' ');
    if (equals != NULL)
      *equals = '\0';
    name = unescape (pairs[i]);
    value = unescape (equals != NULL ? equals + 1 : "");
    if (is_form) {
      g_hash_table_insert (self->parameters, g_steal_pointer (&name), value);
      continue;
    }
    values = g_hash_table_lookup (self->query, name);
    if (values == NULL) {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->query, g_steal_pointer (&name), values);
    }
    g_ptr_array_add (values, value);
  }
}

static gboolean
read_first_line (PdSignatureCase  *self,
                 const char       *line,
                 GError          **error)
{
  g_auto (GStrv)   words = g_strsplit_set (line, " \t", -1);
  const char      *target = words[0] != NULL ? words[1] : NULL;
  const char      *scheme = target != NULL ? strstr (target, "://") : NULL;
  g_autofree char *path = NULL;
  char            *query;

  if (target == NULL || *target == '\0' || *words[0] == '\0' || strspn (words[0], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != strlen (words[0]))
    return bad_first_line (error);
  if (scheme != NULL) {
    const char *host = scheme + strlen ("://");
    gsize       length = strcspn (host, "/?#");

    self->host = g_strndup (host, length);
    target = host + length;
  }
  if (scheme == NULL && *target != '/')
    return bad_first_line (error);
  self->method = g_strdup (words[0]);
  path = g_strdup (*target == '/' ? target : "/");
  path[strcspn (path, "#")] = '\0';
  query = strchr (path, '?');
  if (query != NULL) {
    *query = '\0';
    read_pairs (self, query + 1, FALSE);
  }
  self->path = unescape (path);
  return TRUE;
}

static char *
dup_part (const char *text,
          const char *pattern)
{
  g_autoptr (GRegex)     regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* How it was signed stands in the header of that name, which is never signed itself. */
static void
read_authorization (PdSignatureCase *self,
                    const char      *value)
{
  g_autofree char *algorithm = dup_part (value, "^\\s*(\\S+)");
  g_autofree char *names = dup_part (value, "SignedHeaders=([^,\\s]+)");

  if (algorithm != NULL)
    pd_algorithm_from_id (algorithm, &self->algorithm);
  if (names != NULL)
    self->signed_names = g_strsplit (names, ";", -1);
  self->signature = dup_part (value, "Signature=([A-Za-z0-9+/=]+)");
}

static void
read_header (PdSignatureCase *self,
             char            *line)
{
  char *colon = strchr (line, ':');
  char *name;
  char *value;

  if (colon == NULL)
    return;
  *colon = '\0';
  name = g_strstrip (line);
  value = g_strstrip (colon + 1);
  if (g_ascii_strcasecmp (name, "authorization") == 0)
    read_authorization (self, value);
  else if (g_ascii_strcasecmp (name, "host") == 0 && self->kind == PD_SIGNATURE_MWS)
    self->host = self->host != NULL ? self->host : g_strdup (value);
  else
    g_hash_table_insert (self->headers, g_ascii_strdown (name, -1), g_strdup (value));
}

/* What is sent along and signed by nobody, where no header says what is signed. */
static void
drop_unsigned (PdSignatureCase *self)
{
  GHashTableIter iter;
  gpointer       name;

  if (self->signed_names != NULL)
    return;
  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (!g_str_has_prefix (name, "x-amz-pay-") && !g_str_equal (name, "accept") && !g_str_equal (name, "content-type"))
      g_hash_table_iter_remove (&iter);
  }
}

static gboolean
read_request (PdSignatureCase  *self,
              const char       *text,
              GError          **error)
{
  const char *line = text + strspn (text, "\r\n");
  gboolean    is_first = TRUE;

  while (*line != '\0') {
    gsize            length = strcspn (line, "\n");
    g_autofree char *copy = g_strndup (line, length);

    line += length;
    if (*line == '\n')
      line++;
    g_strchomp (copy);
    if (is_first && !read_first_line (self, copy, error))
      return FALSE;
    if (!is_first && *copy == '\0')
      break;
    if (!is_first)
      read_header (self, copy);
    is_first = FALSE;
  }
  if (is_first)
    return bad_first_line (error);
  if (self->kind == PD_SIGNATURE_MWS) {
    g_autofree char *form = g_strstrip (g_strdup (line));

    read_pairs (self, form, TRUE);
    if (self->host == NULL) {
      g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The request does not say its host: add a line such as “Host: mws.amazonservices.jp”."));
      return FALSE;
    }
    return TRUE;
  }
  drop_unsigned (self);
  g_free (self->payload);
  self->payload = g_strdup (line);
  return TRUE;
}

/* The case as the command line takes it has a method; a payload has none. */
static PdSignatureCase *
read_case (PdSignatureKind   kind,
           const char       *text,
           GError          **error)
{
  g_autoptr (JsonNode) node = pd_json_parse (text, -1, &pd_json_limits_answer, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    bad_first_line (error);
    return NULL;
  }
  return pd_signature_case_new_from_json (kind, json_node_get_object (node), error);
}

/**
 * pd_signature_case_new_from_text:
 * @kind: what is signed
 * @algorithm: with which algorithm, where the text does not say so
 * @text: UTF-8: the payload of a button; else a whole request, or a case as the command line takes it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the case
 */
PdSignatureCase *
pd_signature_case_new_from_text (PdSignatureKind   kind,
                                 PdAlgorithm       algorithm,
                                 const char       *text,
                                 GError          **error)
{
  g_autoptr (PdSignatureCase) self = NULL;

  if (kind != PD_SIGNATURE_BUTTON && text[strspn (text, " \t\r\n")] == '{')
    return read_case (kind, text, error);
  self = pd_signature_case_new (kind);
  self->algorithm = algorithm;
  if (kind == PD_SIGNATURE_BUTTON) {
    g_free (self->payload);
    self->payload = g_strdup (text);
    return g_steal_pointer (&self);
  }
  return read_request (self, text, error) ? g_steal_pointer (&self) : NULL;
}
