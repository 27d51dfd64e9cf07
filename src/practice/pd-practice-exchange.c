/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "pd-json.h"
#include "pd-practice-exchange.h"
#include "pd-secret-text.h"

/**
 * pd_practice_exchange_new:
 * @method: the method
 * @path: the path as sent
 * @query: (nullable): the query as sent
 * @body: the body
 * @base: the server's own address
 * @fault: the fault in force
 *
 * Returns: (transfer full): an exchange that has not been answered
 */
PdPracticeExchange *
pd_practice_exchange_new (const char            *method,
                          const char            *path,
                          const char            *query,
                          GBytes                *body,
                          const char            *base,
                          const PdPracticeFault *fault)
{
  PdPracticeExchange   *self = g_new0 (PdPracticeExchange, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  self->method = g_strdup (method);
  self->path = g_uri_unescape_string (path, NULL);
  if (self->path == NULL)
    self->path = g_strdup (path);
  self->query = g_strdup (query);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->body = g_bytes_ref (body);
  self->base = g_strdup (base);
  self->fault = *fault;
  self->now = g_date_time_add_seconds (now, fault->kind == PD_PRACTICE_FAULT_CLOCK ? -PD_PRACTICE_CLOCK_OFFSET : 0);
  self->answer_headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
pd_practice_exchange_free (PdPracticeExchange *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self->base);
  g_date_time_unref (self->now);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_hash_table_unref (self->answer_headers);
  g_free (self);
}

/**
 * pd_practice_exchange_add_header:
 * @self: an exchange
 * @name: a header of the request, in any case
 * @value: its value
 *
 * Several values of one name are joined by a comma, as the signature wants them.
 */
void
pd_practice_exchange_add_header (PdPracticeExchange *self,
                                 const char         *name,
                                 const char         *value)
{
  char       *lower = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (self->headers, lower);

  g_hash_table_insert (self->headers, lower, before != NULL ? g_strconcat (before, ",", value, NULL) : g_strdup (value));
}

const char *
pd_practice_exchange_get_header (PdPracticeExchange *self,
                                 const char         *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * pd_practice_exchange_read_query:
 * @self: an exchange
 *
 * Returns: (transfer full) (element-type utf8 GPtrArray) (nullable): name → its values, decoded; %NULL where it cannot be decoded
 */
GHashTable *
pd_practice_exchange_read_query (PdPracticeExchange *self)
{
  g_autoptr (GHashTable) result = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_auto (GStrv)         pairs = g_strsplit (self->query != NULL ? self->query : "", "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    char            *equals = strchr (pairs[i], '=');
    g_autofree char *name = NULL;
    g_autofree char *value = NULL;
    GPtrArray       *values;

    if (*pairs[i] == '\0')
      continue;
    if (equals != NULL)
      *equals = '\0';
    name = g_uri_unescape_string (pairs[i], NULL);
    value = g_uri_unescape_string (equals != NULL ? equals + 1 : "", NULL);
    if (name == NULL || value == NULL)
      return NULL;
    values = g_hash_table_lookup (result, name);
    if (values == NULL) {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (result, g_steal_pointer (&name), values);
    }
    g_ptr_array_add (values, g_steal_pointer (&value));
  }
  return g_steal_pointer (&result);
}

/**
 * pd_practice_exchange_read_form:
 * @self: an exchange
 *
 * A form may hold a secret: what is read of it is wiped with the table.
 *
 * Returns: (transfer full) (element-type utf8 utf8): name → value, decoded
 */
GHashTable *
pd_practice_exchange_read_form (PdPracticeExchange *self)
{
  gsize                  length;
  const char            *bytes = g_bytes_get_data (self->body, &length);
  g_autoptr (PdWiped)    text = g_strndup (bytes != NULL ? bytes : "", length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  GHashTable            *result = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_wiped_free);
  GHashTableIter         iter;
  gpointer               name, value;

  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    g_hash_table_insert (result, g_strdup (name), g_strdup (value));
    pd_secret_wipe (value, strlen (value));
  }
  return result;
}

/**
 * pd_practice_exchange_answer:
 * @self: an exchange
 * @status: the status
 * @json: what to say
 */
void
pd_practice_exchange_answer (PdPracticeExchange *self,
                             guint               status,
                             JsonNode           *json)
{
  g_autofree char *text = pd_json_to_string (json, FALSE);

  pd_practice_exchange_answer_text (self, status, "application/json", text);
}

/**
 * pd_practice_exchange_answer_text:
 * @self: an exchange
 * @status: the status
 * @content_type: (not nullable): its type, which is not copied
 * @text: what to say
 */
void
pd_practice_exchange_answer_text (PdPracticeExchange *self,
                                  guint               status,
                                  const char         *content_type,
                                  const char         *text)
{
  self->status = status;
  self->content_type = content_type;
  g_clear_pointer (&self->answer, g_bytes_unref);
  self->answer = g_bytes_new (text, strlen (text));
}

/**
 * pd_practice_exchange_redirect:
 * @self: an exchange
 * @location: a whole address
 */
void
pd_practice_exchange_redirect (PdPracticeExchange *self,
                               const char         *location)
{
  /* What came in by a query must not become a header of its own. */
  g_hash_table_insert (self->answer_headers, g_strdup ("Location"),
                       g_uri_escape_string (location, G_URI_RESERVED_CHARS_GENERIC_DELIMITERS G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS "%", FALSE));
  pd_practice_exchange_answer_text (self, 302, "text/html; charset=utf-8", "");
}

/**
 * pd_practice_exchange_refuse:
 * @self: an exchange
 * @code: a reason code of API v2, which fixes the status
 * @format: the message
 *
 * Returns: %FALSE, for the caller to pass on
 */
gboolean
pd_practice_exchange_refuse (PdPracticeExchange *self,
                             const char         *code,
                             const char         *format,
                             ...)
{
  const PdPracticeReason *reason = pd_practice_reason_find (code);
  g_autoptr (JsonObject)  object = json_object_new ();
  g_autoptr (JsonNode)    node = json_node_alloc ();
  g_autofree char        *message = NULL;
  g_autofree char        *valid = NULL;
  va_list                 arguments;

  g_return_val_if_fail (reason != NULL, FALSE);
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  valid = g_utf8_make_valid (message, -1);
  json_object_set_string_member (object, "reasonCode", code);
  json_object_set_string_member (object, "message", valid);
  json_node_init_object (node, object);
  pd_practice_exchange_answer (self, reason->status, node);
  return FALSE;
}

/**
 * pd_practice_exchange_say_registered:
 * @self: an exchange
 * @field_id: a field of the catalogue
 * @value: (nullable): what is registered where the caller sent something else; %NULL says nothing
 *
 * Tells a practice shop what is right. Amazon does no such thing.
 */
void
pd_practice_exchange_say_registered (PdPracticeExchange *self,
                                     const char         *field_id,
                                     const char         *value)
{
  g_autofree char *safe = NULL;

  if (value == NULL)
    return;
  safe = g_uri_escape_string (value, G_URI_RESERVED_CHARS_GENERIC_DELIMITERS G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS "%", FALSE);
  g_hash_table_insert (self->answer_headers, g_strdup ("x-paydesk-registered"), g_strdup_printf ("%s=%s", field_id, safe));
}
