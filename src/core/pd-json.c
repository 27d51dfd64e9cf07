/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-secret-text.h"

/* json-glib's own parser takes comments, single quotes and duplicate members, and overflows the stack on deep
 * nesting (1.6). So text is read here, and only json-glib's tree is used. */

const PdJsonLimits pd_json_limits_answer = { 1024 * 1024, 64, 65536 };
const PdJsonLimits pd_json_limits_file = { 64 * 1024 * 1024, 64, 4 * 1024 * 1024 };

typedef struct {
  const char         *start;
  const char         *at;
  const char         *end;
  const PdJsonLimits *limits;
  guint               depth;
  guint               n_values;
  GString            *text;   /* of the string being read; reused */
  PdError             code;
  const char         *why;    /* the first mistake, untranslated; NULL while all is well */
} Reader;

static JsonNode *read_value (Reader *reader);

static gpointer
fail (Reader     *reader,
      const char *why)
{
  if (reader->why == NULL)
    reader->why = why;
  return NULL;
}

static void
skip_space (Reader *reader)
{
  while (reader->at < reader->end &&
         (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' || *reader->at == '\r'))
    reader->at++;
}

static gboolean
take (Reader *reader,
      char    c)
{
  if (reader->at >= reader->end || *reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
read_hex (Reader   *reader,
          gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, reader->at++) {
    if (reader->at >= reader->end || !g_ascii_isxdigit (*reader->at))
      return FALSE;
    *unit = *unit << 4 | (gunichar) g_ascii_xdigit_value (*reader->at);
  }
  return TRUE;
}

static gboolean
read_unicode_escape (Reader *reader)
{
  gunichar unit, low;

  if (!read_hex (reader, &unit))
    return fail (reader, N_("four hexadecimal digits must follow “\\u”")) != NULL;
  if (unit == 0)
    return fail (reader, N_("a text must not hold the character NUL")) != NULL;
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (reader, N_("half of a character’s code is missing")) != NULL;
  if (unit >= 0xd800 && unit <= 0xdbff) {
    if (!take (reader, '\\') || !take (reader, 'u') || !read_hex (reader, &low) || low < 0xdc00 || low > 0xdfff)
      return fail (reader, N_("half of a character’s code is missing")) != NULL;
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  }
  g_string_append_unichar (reader->text, unit);
  return TRUE;
}

static gboolean
read_escape (Reader *reader)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (reader->at >= reader->end)
    return fail (reader, N_("the text ends too early")) != NULL;
  if (take (reader, 'u'))
    return read_unicode_escape (reader);
  if (*reader->at == '\0' || (found = strchr (from, *reader->at)) == NULL)
    return fail (reader, N_("there is no such escape")) != NULL;
  reader->at++;
  g_string_append_c (reader->text, to[found - from]);
  return TRUE;
}

/* Leaves what was read in reader->text. */
static gboolean
read_string (Reader *reader)
{
  g_string_truncate (reader->text, 0);
  if (!take (reader, '"'))
    return fail (reader, N_("a text in double quotes is expected")) != NULL;
  while (reader->at < reader->end) {
    const char *run = reader->at;

    while (reader->at < reader->end && *reader->at != '"' && *reader->at != '\\' && (guchar) *reader->at >= 0x20)
      reader->at++;
    g_string_append_len (reader->text, run, reader->at - run);
    if (reader->at >= reader->end)
      break;
    if (take (reader, '"'))
      return TRUE;
    if (!take (reader, '\\'))
      return fail (reader, N_("a text must not hold control characters")) != NULL;
    if (!read_escape (reader))
      return FALSE;
  }
  return fail (reader, N_("the text ends too early")) != NULL;
}

static gboolean
read_digits (Reader *reader)
{
  const char *start = reader->at;

  while (reader->at < reader->end && g_ascii_isdigit (*reader->at))
    reader->at++;
  return reader->at > start || fail (reader, N_("a digit is expected")) != NULL;
}

static JsonNode *
read_number (Reader *reader)
{
  const char *start = reader->at;
  gboolean whole = TRUE;
  char number[512];
  double real;

  take (reader, '-');
  if (!take (reader, '0') && !read_digits (reader))
    return NULL;
  if (take (reader, '.')) {
    whole = FALSE;
    if (!read_digits (reader))
      return NULL;
  }
  if (take (reader, 'e') || take (reader, 'E')) {
    whole = FALSE;
    if (!take (reader, '-'))
      take (reader, '+');
    if (!read_digits (reader))
      return NULL;
  }
  if ((gsize) (reader->at - start) >= sizeof number)
    return fail (reader, N_("this number is too long"));
  memcpy (number, start, reader->at - start);
  number[reader->at - start] = '\0';
  if (whole && strcmp (number, "-0") != 0) {
    gint64 integer;

    errno = 0;
    integer = g_ascii_strtoll (number, NULL, 10);
    if (errno == 0)
      return json_node_init_int (json_node_alloc (), integer);
  }
  real = g_ascii_strtod (number, NULL);
  if (!isfinite (real))
    return fail (reader, N_("this number is too large"));
  return json_node_init_double (json_node_alloc (), real);
}

static JsonNode *
read_word (Reader *reader)
{
  static const struct { const char *word; JsonNodeType type; gboolean value; } words[] = {
    { "true", JSON_NODE_VALUE, TRUE }, { "false", JSON_NODE_VALUE, FALSE }, { "null", JSON_NODE_NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i].word);

    if ((gsize) (reader->end - reader->at) >= length && memcmp (reader->at, words[i].word, length) == 0) {
      reader->at += length;
      if (words[i].type == JSON_NODE_NULL)
        return json_node_init_null (json_node_alloc ());
      return json_node_init_boolean (json_node_alloc (), words[i].value);
    }
  }
  return fail (reader, N_("a value is expected"));
}

/* On a mistake the members read so far stay in @object: what pd_json_parse_partial() hands out. */
static void
read_members (Reader     *reader,
              JsonObject *object)
{
  skip_space (reader);
  if (take (reader, '}'))
    return;
  do {
    g_autofree char *name = NULL;
    JsonNode *value;

    skip_space (reader);
    if (!read_string (reader))
      return;
    if (json_object_has_member (object, reader->text->str)) {
      fail (reader, N_("this member stands here twice"));
      return;
    }
    name = g_strdup (reader->text->str);
    skip_space (reader);
    if (!take (reader, ':')) {
      fail (reader, N_("a colon is expected"));
      return;
    }
    value = read_value (reader);
    if (value != NULL)
      json_object_set_member (object, name, value);
    if (reader->why != NULL)
      return;
    skip_space (reader);
  } while (take (reader, ','));
  if (!take (reader, '}'))
    fail (reader, N_("a comma or a closing brace is expected"));
}

static void
read_elements (Reader    *reader,
               JsonArray *array)
{
  skip_space (reader);
  if (take (reader, ']'))
    return;
  do {
    JsonNode *value = read_value (reader);

    if (value != NULL)
      json_array_add_element (array, value);
    if (reader->why != NULL)
      return;
    skip_space (reader);
  } while (take (reader, ','));
  if (!take (reader, ']'))
    fail (reader, N_("a comma or a closing bracket is expected"));
}

static JsonNode *
read_value (Reader *reader)
{
  JsonNode *node = NULL;

  skip_space (reader);
  if (++reader->n_values > reader->limits->max_values) {
    reader->code = PD_ERROR_TOO_LARGE;
    return fail (reader, N_("there are too many values"));
  }
  if (reader->at >= reader->end)
    return fail (reader, N_("the text ends too early"));
  if (*reader->at == '"')
    return read_string (reader) ? json_node_init_string (json_node_alloc (), reader->text->str) : NULL;
  if (*reader->at == '-' || g_ascii_isdigit (*reader->at))
    return read_number (reader);
  if (*reader->at != '{' && *reader->at != '[')
    return read_word (reader);

  if (reader->depth >= reader->limits->max_depth) {
    reader->code = PD_ERROR_TOO_LARGE;
    return fail (reader, N_("the nesting is too deep"));
  }
  reader->depth++;
  if (take (reader, '{')) {
    g_autoptr (JsonObject) object = json_object_new ();

    read_members (reader, object);
    node = json_node_init_object (json_node_alloc (), object);
  } else {
    g_autoptr (JsonArray) array = json_array_new ();

    reader->at++;
    read_elements (reader, array);
    node = json_node_init_array (json_node_alloc (), array);
  }
  reader->depth--;
  return node;
}

/* The node holds what was read up to reader->why, if that is set. */
static JsonNode *
read_document (Reader             *reader,
               const char         *text,
               gssize              length,
               const PdJsonLimits *limits)
{
  JsonNode *node = NULL;
  const char *valid_end;

  *reader = (Reader) { .limits = limits, .code = PD_ERROR_GARBAGE };
  if (length < 0)
    length = (gssize) strlen (text);
  reader->start = reader->at = text;
  reader->end = text + length;
  if ((gsize) length > limits->max_bytes) {
    reader->code = PD_ERROR_TOO_LARGE;
    return fail (reader, N_("the text is too long"));
  }
  if (!g_utf8_validate_len (text, length, &valid_end))
    reader->end = valid_end;
  if (reader->end - reader->at >= 3 && memcmp (reader->at, "\xef\xbb\xbf", 3) == 0)
    reader->at += 3;

  reader->text = g_string_sized_new (256);
  node = read_value (reader);
  if (reader->why == NULL) {
    skip_space (reader);
    if (reader->at < reader->end)
      fail (reader, N_("the document should end here"));
  }
  if (reader->end < text + length && (reader->why == NULL || reader->at >= reader->end)) {
    reader->at = reader->end;
    reader->why = N_("this is not UTF-8 text");
  }
  pd_secret_wipe (reader->text->str, reader->text->len);
  g_string_free (reader->text, TRUE);
  return node;
}

static void
set_error (GError **error,
           Reader  *reader)
{
  guint line = 1;
  const char *line_start = reader->start;

  for (const char *p = reader->start; p < reader->at; p++) {
    if (*p == '\n') {
      line++;
      line_start = p + 1;
    }
  }
  /* The text itself is not quoted: it may hold a secret. */
  g_set_error (error, PD_ERROR, reader->code, _("This is not sound JSON: line %u, column %u: %s."),
               line, (guint) g_utf8_strlen (line_start, reader->at - line_start) + 1, _(reader->why));
}

/**
 * pd_json_parse:
 * @text: what to read
 * @length: its length in bytes, or -1 if it ends with a NUL
 * @limits: how much is acceptable
 * @error: %PD_ERROR_GARBAGE or %PD_ERROR_TOO_LARGE, naming line and column and never quoting the text
 *
 * Reads one JSON document strictly as RFC 8259 has it: UTF-8, no comments, no single quotes, no leading zeros, and
 * no duplicate members. A byte order mark is passed over. A NUL or half a surrogate pair in a text is refused.
 *
 * Returns: (transfer full) (nullable): the document
 */
JsonNode *
pd_json_parse (const char          *text,
               gssize               length,
               const PdJsonLimits  *limits,
               GError             **error)
{
  g_autoptr (JsonNode) node = NULL;
  Reader reader;

  node = read_document (&reader, text, length, limits);
  if (reader.why != NULL) {
    set_error (error, &reader);
    return NULL;
  }
  return g_steal_pointer (&node);
}

/**
 * pd_json_parse_partial:
 * @text: what to read
 * @length: its length in bytes, or -1 if it ends with a NUL
 * @limits: how much is acceptable
 *
 * Reads as much of a damaged document as stands before the damage.
 *
 * Returns: (transfer full) (nullable): what could be read
 */
JsonNode *
pd_json_parse_partial (const char         *text,
                       gssize              length,
                       const PdJsonLimits *limits)
{
  Reader reader;

  return read_document (&reader, text, length, limits);
}

static void
write_string (GString    *out,
              const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    switch (*p) {
    case '"': g_string_append (out, "\\\""); break;
    case '\\': g_string_append (out, "\\\\"); break;
    case '\n': g_string_append (out, "\\n"); break;
    case '\r': g_string_append (out, "\\r"); break;
    case '\t': g_string_append (out, "\\t"); break;
    default:
      if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
  }
  g_string_append_c (out, '"');
}

/* The shortest form that reads back as the same number, so that 0.1 stays 0.1. */
static void
write_double (GString *out,
              double   value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value)) {
    g_string_append (out, "null");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (number, sizeof number, formats[i], value);
    if (g_ascii_strtod (number, NULL) == value)
      break;
  }
  g_string_append (out, number);
  if (strpbrk (number, ".e") == NULL)
    g_string_append (out, ".0");
}

static void
write_break (GString *out,
             gboolean pretty,
             guint    depth)
{
  if (!pretty)
    return;
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

static void
write_node (GString  *out,
            JsonNode *node,
            gboolean  pretty,
            guint     depth)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT: {
    JsonObjectIter iter;
    const char *name;
    JsonNode *member;
    guint n = 0;

    g_string_append_c (out, '{');
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &member)) {
      if (n++ > 0)
        g_string_append_c (out, ',');
      write_break (out, pretty, depth + 1);
      write_string (out, name);
      g_string_append (out, pretty ? ": " : ":");
      write_node (out, member, pretty, depth + 1);
    }
    if (n > 0)
      write_break (out, pretty, depth);
    g_string_append_c (out, '}');
    break;
  }
  case JSON_NODE_ARRAY: {
    JsonArray *array = json_node_get_array (node);
    guint length = json_array_get_length (array);

    g_string_append_c (out, '[');
    for (guint i = 0; i < length; i++) {
      if (i > 0)
        g_string_append_c (out, ',');
      write_break (out, pretty, depth + 1);
      write_node (out, json_array_get_element (array, i), pretty, depth + 1);
    }
    if (length > 0)
      write_break (out, pretty, depth);
    g_string_append_c (out, ']');
    break;
  }
  case JSON_NODE_VALUE:
    switch (json_node_get_value_type (node)) {
    case G_TYPE_STRING: write_string (out, json_node_get_string (node)); break;
    case G_TYPE_BOOLEAN: g_string_append (out, json_node_get_boolean (node) ? "true" : "false"); break;
    case G_TYPE_DOUBLE: write_double (out, json_node_get_double (node)); break;
    default: g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
    }
    break;
  case JSON_NODE_NULL:
  default:
    g_string_append (out, "null");
  }
}

/**
 * pd_json_to_string:
 * @node: a document
 * @pretty: whether to break and indent lines
 *
 * Returns: (transfer full): the document as text; ends in a newline if @pretty
 */
char *
pd_json_to_string (JsonNode *node,
                   gboolean  pretty)
{
  GString *out = g_string_new (NULL);

  write_node (out, node, pretty, 0);
  if (pretty)
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/**
 * pd_json_get_string:
 * @object: an object
 * @member: a member's name
 *
 * Returns: (transfer none) (nullable): the member's text; %NULL where there is none or it is no text
 */
const char *
pd_json_get_string (JsonObject *object,
                    const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/**
 * pd_json_get_object:
 * @object: an object
 * @member: a member's name
 *
 * Returns: (transfer none) (nullable): the member's object; %NULL where there is none or it is no object
 */
JsonObject *
pd_json_get_object (JsonObject *object,
                    const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * pd_json_copy:
 * @node: a node
 *
 * json_node_copy() shares objects and arrays; this does not.
 *
 * Returns: (transfer full): a copy that shares nothing with @node
 */
JsonNode *
pd_json_copy (JsonNode *node)
{
  JsonNode *copy = json_node_alloc ();

  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT: {
    g_autoptr (JsonObject) object = json_object_new ();
    JsonObjectIter iter;
    const char *name;
    JsonNode *member;

    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &member))
      json_object_set_member (object, name, pd_json_copy (member));
    return json_node_init_object (copy, object);
  }
  case JSON_NODE_ARRAY: {
    g_autoptr (JsonArray) array = json_array_new ();
    JsonArray *source = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (source); i++)
      json_array_add_element (array, pd_json_copy (json_array_get_element (source, i)));
    return json_node_init_array (copy, array);
  }
  case JSON_NODE_NULL:
  case JSON_NODE_VALUE:
  default:
    json_node_unref (copy);
    return json_node_copy (node);
  }
}
