/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "pd-json.h"
#include "pd-response-private.h"
#include "pd-signer.h"

#define MAX_SHOWN  4096
#define MAX_HEADER 8192

struct _PdResponse
{
  GObject     parent_instance;
  char       *method;
  char       *url;
  guint       status;
  GHashTable *headers;
  GBytes     *body;
  gint64      elapsed_ms;
  GDateTime  *sent;
  char       *string_to_sign;
  guint       attempts;
  JsonNode   *json;
};

G_DEFINE_FINAL_TYPE (PdResponse, pd_response, G_TYPE_OBJECT)

/* Controls, and marks that cannot be seen or turn the direction of text, could disguise what stands there. */
static gboolean
is_harmless (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
    return c == '\n' || c == '\t';
  case G_UNICODE_FORMAT:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_SURROGATE:
    return FALSE;
  default:
    return TRUE;
  }
}

/**
 * pd_response_make_harmless:
 * @text: bytes that somebody else wrote
 * @length: how many
 * @limit: how many of them are shown at most
 *
 * Returns: (transfer full): valid UTF-8 with U+FFFD where something stood that cannot be shown, and an ellipsis where it was cut
 */
char *
pd_response_make_harmless (const char *text,
                           gsize       length,
                           gsize       limit)
{
  gsize            shown = MIN (length, limit);
  g_autofree char *valid = NULL;
  GString         *out = g_string_sized_new (shown);

  /* Not through the middle of a character. */
  while (shown < length && shown > 0 && (text[shown] & 0xC0) == 0x80)
    shown--;
  valid = g_utf8_make_valid (text, (gssize) shown);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (character == '\r' && c[1] == '\n')
      continue;
    g_string_append_unichar (out, is_harmless (character) ? character : 0xFFFD);
  }
  if (length > shown)
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

/* Whatever logs in is nothing to keep. */
static gboolean
is_kept (const char *lower_name)
{
  static const char *const dropped[] = { "set-cookie", "set-cookie2", "authentication-info", "proxy-authenticate" };

  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++) {
    if (g_str_equal (dropped[i], lower_name))
      return FALSE;
  }
  return TRUE;
}

static void
pd_response_finalize (GObject *object)
{
  PdResponse *self = PD_RESPONSE (object);

  g_free (self->method);
  g_free (self->url);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->sent, g_date_time_unref);
  g_free (self->string_to_sign);
  g_clear_pointer (&self->json, json_node_unref);
  G_OBJECT_CLASS (pd_response_parent_class)->finalize (object);
}

static void
pd_response_class_init (PdResponseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_response_finalize;
}

static void
pd_response_init (PdResponse *self)
{
  self->attempts = 1;
}

/**
 * pd_response_new:
 * @method: the method of the request
 * @url: its URL
 * @status: the HTTP status
 * @headers: (element-type utf8 utf8): lower-case name → value, as the server wrote it
 * @body: the body, decoded and within the limits
 * @elapsed_ms: from the sending of the request to the end of the body, in milliseconds
 * @sent: (nullable): this computer's time half-way between sending and the answer's headers
 * @string_to_sign: (nullable): what the request was signed over
 *
 * Returns: (transfer full): the answer
 */
PdResponse *
pd_response_new (const char *method,
                 const char *url,
                 guint       status,
                 GHashTable *headers,
                 GBytes     *body,
                 gint64      elapsed_ms,
                 GDateTime  *sent,
                 const char *string_to_sign)
{
  PdResponse     *self = g_object_new (PD_TYPE_RESPONSE, NULL);
  gsize           length;
  const char     *text = g_bytes_get_data (body, &length);
  GHashTableIter  iter;
  gpointer        name;
  gpointer        value;

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->status = status;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    if (is_kept (name))
      g_hash_table_insert (self->headers, g_strdup (name), pd_response_make_harmless (value, strlen (value), MAX_HEADER));
  }
  self->body = g_bytes_ref (body);
  self->elapsed_ms = elapsed_ms;
  self->sent = sent != NULL ? g_date_time_ref (sent) : NULL;
  self->string_to_sign = g_strdup (string_to_sign);
  /* Judged by the body: a good answer under a wrong Content-Type is a good answer. */
  if (length > 0)
    self->json = pd_json_parse (text, (gssize) length, &pd_json_limits_answer, NULL);
  return self;
}

const char *
pd_response_get_method (PdResponse *self)
{
  return self->method;
}

const char *
pd_response_get_url (PdResponse *self)
{
  return self->url;
}

guint
pd_response_get_status (PdResponse *self)
{
  return self->status;
}

/**
 * pd_response_get_header:
 * @self: an answer
 * @name: a header's name, in any case
 *
 * Returns: (transfer none) (nullable): its value, safe to show
 */
const char *
pd_response_get_header (PdResponse *self,
                        const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, lower);
}

GBytes *
pd_response_get_body (PdResponse *self)
{
  return self->body;
}

/**
 * pd_response_dup_text:
 * @self: an answer
 *
 * Returns: (transfer full): the beginning of the body as text that is safe to show: valid UTF-8, up to 4 KiB, without control
 *   characters and marks of direction; it is not markup
 */
char *
pd_response_dup_text (PdResponse *self)
{
  gsize       length;
  const char *text = g_bytes_get_data (self->body, &length);

  return pd_response_make_harmless (text != NULL ? text : "", length, MAX_SHOWN);
}

gint64
pd_response_get_elapsed_ms (PdResponse *self)
{
  return self->elapsed_ms;
}

guint
pd_response_get_attempts (PdResponse *self)
{
  return self->attempts;
}

void
pd_response_set_attempts (PdResponse *self,
                          guint       attempts)
{
  self->attempts = attempts;
}

/**
 * pd_response_get_request_id:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): what Amazon's support asks for
 */
const char *
pd_response_get_request_id (PdResponse *self)
{
  return pd_response_get_header (self, "x-amz-pay-request-id");
}

const char *
pd_response_get_string_to_sign (PdResponse *self)
{
  return self->string_to_sign;
}

/**
 * pd_response_get_clock_skew:
 * @self: an answer
 * @seconds: (out): the server's clock minus this computer's
 *
 * Returns: whether the answer has a Date that can be read
 */
gboolean
pd_response_get_clock_skew (PdResponse *self,
                            gint64     *seconds)
{
  const char            *text = pd_response_get_header (self, "date");
  g_autoptr (GDateTime)  date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  if (date == NULL || self->sent == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (date) - g_date_time_to_unix (self->sent);
  return TRUE;
}

/**
 * pd_response_get_reason:
 * @self: an answer
 * @reason_code: (out) (nullable) (transfer none): API v2's reasonCode
 * @message: (out) (nullable) (transfer none): its message, as the server wrote it: not safe to show as it is
 *
 * Returns: whether the body is such an error of API v2
 */
gboolean
pd_response_get_reason (PdResponse  *self,
                        const char **reason_code,
                        const char **message)
{
  JsonObject *object = self->json != NULL && JSON_NODE_HOLDS_OBJECT (self->json) ? json_node_get_object (self->json) : NULL;

  *reason_code = object != NULL ? pd_json_get_string (object, "reasonCode") : NULL;
  *message = object != NULL ? pd_json_get_string (object, "message") : NULL;
  /* What is no code is no answer of Amazon's. */
  if (*reason_code != NULL && !g_regex_match_simple ("^[A-Za-z0-9_.-]{1,100}$", *reason_code, G_REGEX_DOLLAR_ENDONLY, 0))
    *reason_code = NULL;
  return *reason_code != NULL;
}

/**
 * pd_response_dup_message:
 * @self: an answer
 *
 * Returns: (transfer full) (nullable): API v2's message, safe to show
 */
char *
pd_response_dup_message (PdResponse *self)
{
  const char *reason_code;
  const char *message;

  pd_response_get_reason (self, &reason_code, &message);
  return message != NULL ? pd_response_make_harmless (message, strlen (message), MAX_SHOWN) : NULL;
}

/**
 * pd_response_dup_quoted_string:
 * @self: an answer
 *
 * A refused signature's message quotes the string that the server computed, in square brackets.
 *
 * Returns: (transfer full) (nullable): that string, with real line breaks
 */
char *
pd_response_dup_quoted_string (PdResponse *self)
{
  const char              *reason_code;
  const char              *message;

  pd_response_get_reason (self, &reason_code, &message);
  return message != NULL ? pd_signer_dup_quoted (message) : NULL;
}

/**
 * pd_response_dup_member:
 * @self: an answer
 * @path: a member's name, or names joined by dots
 *
 * Returns: (transfer full) (nullable): the text of that member of the JSON body
 */
char *
pd_response_dup_member (PdResponse *self,
                        const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  JsonNode      *node = self->json;

  for (guint i = 0; steps[i] != NULL; i++) {
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
      return NULL;
    node = json_object_get_member (json_node_get_object (node), steps[i]);
  }
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return pd_response_make_harmless (json_node_get_string (node), strlen (json_node_get_string (node)), MAX_SHOWN);
}
