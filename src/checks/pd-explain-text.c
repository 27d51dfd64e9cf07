/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "pd-explain-text.h"
#include "pd-json.h"

/* Composing is quadratic in the length of a run of combining marks; no language needs more. */
#define MAX_MARKS     4
#define MAX_OBJECTS   8
#define MAX_OBJECT    (64 * 1024)
#define MAX_NESTED    1
#define MAX_ESCAPES   3
#define MAX_DEPTH     64
#define MAX_CODE      48
#define MAX_TAG       4096

static const PdJsonLimits limits = { MAX_OBJECT, MAX_DEPTH, 4096 };

/* Texts from Japanese Windows programs come as Shift_JIS; everything else that is no UTF-8 is read as far as it goes. */
static char *
decode (const char *text,
        gsize       length)
{
  const char *end = NULL;
  char       *decoded = NULL;
  gsize       n = 0;

  if (length >= 2 && memcmp (text, "\xff\xfe", 2) == 0)
    decoded = g_convert_with_fallback (text + 2, (length - 2) & ~1u, "UTF-8", "UTF-16LE", " ", NULL, &n, NULL);
  else if (length >= 2 && memcmp (text, "\xfe\xff", 2) == 0)
    decoded = g_convert_with_fallback (text + 2, (length - 2) & ~1u, "UTF-8", "UTF-16BE", " ", NULL, &n, NULL);
  else if (!g_utf8_validate_len (text, length, &end) && *end != '\0' && (gsize) (end - text) + 4 < length)
    decoded = g_convert (text, (gssize) length, "UTF-8", "CP932", NULL, &n, NULL);
  if (decoded == NULL) {
    decoded = g_memdup2 (text, length + 1);
    n = length;
  }
  for (gsize i = 0; i < n; i++) {
    if (decoded[i] == '\0')
      decoded[i] = ' ';
  }
  if (!g_utf8_validate (decoded, (gssize) n, NULL)) {
    char *valid = g_utf8_make_valid (decoded, (gssize) n);

    g_free (decoded);
    decoded = valid;
  }
  return decoded;
}

static gboolean
read_unit (const char *text,
           gunichar   *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
    *unit = *unit << 4 | (gunichar) g_ascii_xdigit_value (text[i]);
  }
  return TRUE;
}

/* In a log JSON often stands as a text within a text, so that every quote and every Japanese character is escaped. */
static char *
unescape (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));
  gunichar unit, low;

  for (const char *c = text; *c != '\0'; c++) {
    if (*c != '\\') {
      g_string_append_c (out, *c);
    } else if (c[1] == 'u' && read_unit (c + 2, &unit)) {
      c += 5;
      if (unit >= 0xd800 && unit <= 0xdbff && c[1] == '\\' && c[2] == 'u' && read_unit (c + 3, &low) && low >= 0xdc00 && low <= 0xdfff) {
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        c += 6;
      }
      g_string_append_unichar (out, unit != 0 && g_unichar_validate (unit) ? unit : ' ');
    } else if (c[1] == 'n' || c[1] == 'r' || c[1] == 't') {
      g_string_append_c (out, '\n');
      c++;
    } else if (c[1] == '"' || c[1] == '/' || c[1] == '\'' || c[1] == '\\') {
      g_string_append_c (out, *++c);
    } else {
      g_string_append_c (out, ' ');
    }
  }
  return g_string_free (out, FALSE);
}

static void
add_code (GHashTable *set,
          const char *code)
{
  gsize length = strlen (code);

  if (length > 1 && length <= MAX_CODE && g_str_is_ascii (code))
    g_hash_table_add (set, g_ascii_strdown (code, -1));
}

static void
read_json_text (PdExplainText *self,
                const char    *text,
                guint          nested);

static gboolean
is_code_member (const char *name)
{
  static const char *const names[] = { "reasoncode", "reason_code", "code", "error", "errorcode", "error_code", "errorname" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_status_member (const char *name)
{
  static const char *const names[] = { "status", "statuscode", "status_code", "httpstatus", "httpstatuscode", "http_status", "code" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
add_status (PdExplainText *self,
            gint64         status)
{
  if (status >= 400 && status <= 599)
    g_hash_table_add (self->statuses, GINT_TO_POINTER ((int) status));
}

static void
read_json (PdExplainText *self,
           JsonNode      *node,
           const char    *name,
           guint          nested)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    const char    *member;
    JsonNode      *value;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, &member, &value))
      read_json (self, value, member, nested);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      read_json (self, json_array_get_element (array, i), name, nested);
  } else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING) {
    const char *text = json_node_get_string (node);

    if (is_code_member (name))
      add_code (self->members, text);
    if (is_status_member (name))
      add_status (self, g_ascii_strtoll (text, NULL, 10));
    if (nested < MAX_NESTED)
      read_json_text (self, text, nested + 1);
  } else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 && is_status_member (name)) {
    add_status (self, json_node_get_int (node));
  }
}

/* Objects may stand anywhere, and may be cut off. */
static void
read_json_text (PdExplainText *self,
                const char    *text,
                guint          nested)
{
  guint n_objects = 0;

  for (const char *c = strchr (text, '{'); c != NULL && n_objects < MAX_OBJECTS; c = strchr (c + 1, '{')) {
    g_autoptr (JsonNode) node = NULL;

    if (c[1 + strspn (c + 1, " \t\r\n")] != '"')
      continue;
    n_objects++;
    node = pd_json_parse_partial (c, (gssize) strnlen (c, MAX_OBJECT), &limits);
    if (node != NULL)
      read_json (self, node, "", nested);
  }
}

static void
read_element (PdExplainText *self,
              xmlNode       *element)
{
  for (xmlNode *child = element; child != NULL; child = child->next) {
    xmlChar *content;

    if (child->type != XML_ELEMENT_NODE)
      continue;
    if (is_code_member ((const char *) child->name) && child->children != NULL && child->children->next == NULL &&
        (content = xmlNodeGetContent (child)) != NULL) {
      add_code (self->members, g_strstrip ((char *) content));
      xmlFree (content);
    }
    read_element (self, child->children);
  }
}

/* Without network, entities and DTD; whoever sends a DTD is not listened to. */
static void
read_xml (PdExplainText *self,
          const char    *text)
{
  const char *start = text;
  const char *end = strrchr (text, '>');
  xmlDoc     *document;

  while ((start = strchr (start, '<')) != NULL && !g_ascii_isalpha (start[1]) && start[1] != '?')
    start++;
  if (start == NULL || end == NULL || end < start || strcasestr (text, "<!doctype") != NULL || strcasestr (text, "<!entity") != NULL)
    return;
  if (strcasestr (text, "code>") == NULL && strcasestr (text, "error>") == NULL)
    return;
  document = xmlReadMemory (start, (int) (end - start + 1), NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                            XML_PARSE_NOCDATA | XML_PARSE_RECOVER);
  if (document == NULL)
    return;
  read_element (self, xmlDocGetRootElement (document));
  xmlFreeDoc (document);
}

/* Whether a tag of that name begins here. */
static gboolean
begins_tag (const char *text,
            const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (text + 1, name, length) == 0 && !g_ascii_isalnum (text[1 + length]);
}

/* Returns: what follows the markup at @text, or NULL where there is none. */
static const char *
skip_markup (const char *text)
{
  static const char *const silent[] = { "script", "style" };
  const char *end;

  if (g_str_has_prefix (text, "<!--"))
    return (end = strstr (text, "-->")) != NULL ? end + 3 : text + strlen (text);
  if (g_str_has_prefix (text, "<![CDATA["))
    return text + strlen ("<![CDATA[");
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++) {
    g_autofree char *close = g_strconcat ("</", silent[i], NULL);

    if (begins_tag (text, silent[i]))
      return (end = strcasestr (text, close)) != NULL ? end : text + strlen (text);
  }
  if (!g_ascii_isalpha (text[1]) && strchr ("/!?", text[1]) == NULL)
    return NULL;
  if (text[1] == '\0')
    return NULL;
  end = memchr (text, '>', strnlen (text, MAX_TAG));
  return end != NULL ? end + 1 : NULL;
}

static const char *
append_entity (GString    *out,
               const char *text)
{
  static const struct { const char *name; const char *text; } named[] = {
    { "amp;", "&" }, { "lt;", "<" }, { "gt;", ">" }, { "quot;", "\"" }, { "apos;", "'" }, { "nbsp;", " " }, { "rsquo;", "’" },
  };
  char   *end = NULL;
  guint64 value;

  for (guint i = 0; i < G_N_ELEMENTS (named); i++) {
    if (g_str_has_prefix (text + 1, named[i].name)) {
      g_string_append (out, named[i].text);
      return text + 1 + strlen (named[i].name);
    }
  }
  if (text[1] == '#') {
    gboolean is_hex = text[2] == 'x' || text[2] == 'X';

    value = g_ascii_strtoull (text + (is_hex ? 3 : 2), &end, is_hex ? 16 : 10);
    if (end != text + (is_hex ? 3 : 2) && *end == ';' && value > 0 && value <= 0x10ffff && g_unichar_validate ((gunichar) value)) {
      g_string_append_unichar (out, (gunichar) value);
      return end + 1;
    }
  }
  g_string_append_c (out, '&');
  return text + 1;
}

/* A page is only read, never shown: a tag is a space, and what is no tag stays. */
static char *
strip_markup (const char *text)
{
  GString    *out = g_string_sized_new (strlen (text));
  const char *after;

  while (*text != '\0') {
    if (*text == '<' && (after = skip_markup (text)) != NULL) {
      g_string_append_c (out, ' ');
      text = after;
    } else if (*text == '&') {
      text = append_entity (out, text);
    } else {
      g_string_append_c (out, *text++);
    }
  }
  return g_string_free (out, FALSE);
}

/* So that putting the marks into order takes no time that an attacker chooses. */
static char *
limit_marks (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));
  guint    n_marks = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    n_marks = g_unichar_combining_class (g_utf8_get_char (c)) != 0 ? n_marks + 1 : 0;
    if (n_marks <= MAX_MARKS)
      g_string_append_len (out, c, g_utf8_next_char (c) - c);
  }
  return g_string_free (out, FALSE);
}

typedef enum {
  KEEP,
  DROP,
  SPACE,
  BREAK, /* a space that also ends a piece */
} Role;

static Role
get_role (gunichar character)
{
  static const char dropped[] = "'’‘`´′‛";
  static const char breaking[] = "\"“”„‟«»「」『』《》【】〈〉\n";

  if (character == 0xad || character == 0xfeff || (character >= 0x200b && character <= 0x200f) || character == 0x2060 ||
      g_unichar_combining_class (character) != 0)
    return DROP;
  if (g_utf8_strchr (dropped, -1, character) != NULL)
    return DROP;
  if (g_utf8_strchr (breaking, -1, character) != NULL)
    return BREAK;
  return g_unichar_isspace (character) || g_unichar_iscntrl (character) || character == '\\' ? SPACE : KEEP;
}

/* Whoever reads a picture, be it a person or a program, takes these for each other. */
static const gunichar lookalikes[][2] = {
  { U'力', U'カ' }, { U'工', U'エ' }, { U'卜', U'ト' }, { U'夕', U'タ' }, { U'口', U'ロ' }, { U'二', U'ニ' }, { U'八', U'ハ' },
  { U'千', U'チ' }, { U'一', U'ー' }, { U'〇', U'○' }, { U'間', U'問' }, { U'效', U'効' }, { U'リ', U'り' }, { U'ヘ', U'へ' },
  { U'ベ', U'ぺ' }, { U'べ', U'ぺ' }, { U'ペ', U'ぺ' }, { U'ば', U'ぱ' }, { U'び', U'ぴ' }, { U'ぶ', U'ぷ' }, { U'ぼ', U'ぽ' },
  { U'バ', U'パ' }, { U'ビ', U'ピ' }, { U'ブ', U'プ' }, { U'ボ', U'ポ' },
};

static gunichar
unify (gunichar character)
{
  if (character >= 0x2010 && character <= 0x2015)
    return '-';
  for (guint i = 0; character >= 0x2e80 && i < G_N_ELEMENTS (lookalikes); i++) {
    if (lookalikes[i][0] == character)
      return lookalikes[i][1];
  }
  return character;
}

/**
 * pd_explain_text_unify:
 * @pattern: a regular expression
 *
 * Returns: (transfer full): the same for texts that pd_explain_text_fold() has folded: with one character of those that look alike
 */
char *
pd_explain_text_unify (const char *pattern)
{
  GString *out = g_string_new (NULL);

  for (const char *c = pattern; *c != '\0'; c = g_utf8_next_char (c))
    g_string_append_unichar (out, unify (g_utf8_get_char (c)));
  return g_string_free (out, FALSE);
}

/**
 * pd_explain_text_fold:
 * @text: UTF-8
 * @breaks: (nullable) (element-type gsize): gets the offsets, in characters, where a line, sentence or quotation ends
 *
 * Makes texts that read the same to a person the same: width, case, quotes, hyphens, and white space, which Japanese
 * does without.
 *
 * Returns: (transfer full): the text to compare
 */
char *
pd_explain_text_fold (const char *text,
                      GArray     *breaks)
{
  g_autofree char *limited = limit_marks (text);
  g_autofree char *normal = g_utf8_normalize (limited, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *lower = g_utf8_casefold (normal != NULL ? normal : "", -1);
  GString         *out = g_string_sized_new (strlen (lower));
  gunichar         last = 0;
  gsize            n = 0;
  gboolean         has_space = FALSE;

  /* One character may stand for eighteen. */
  for (const char *c = lower; *c != '\0' && out->len < 2 * PD_EXPLAIN_MAX_BYTES; c = g_utf8_next_char (c)) {
    gunichar character = unify (g_utf8_get_char (c));
    Role     role = character < 0x80 && g_ascii_isalnum ((char) character) ? KEEP : get_role (character);

    /* Where somebody leaves off quoting. */
    if (character == '.' && (c[1] == '.' || (c > lower && c[-1] == '.')))
      role = BREAK;
    if (role == DROP)
      continue;
    if (role != KEEP) {
      has_space = TRUE;
      if (role == BREAK && breaks != NULL)
        g_array_append_val (breaks, n);
      continue;
    }
    if (has_space && last != 0 && !g_unichar_iswide (last) && !g_unichar_iswide (character)) {
      g_string_append_c (out, ' ');
      n++;
    }
    has_space = FALSE;
    g_string_append_unichar (out, character);
    n++;
    last = character;
    if (character == 0x3002 /* 。 */ && breaks != NULL)
      g_array_append_val (breaks, n);
  }
  if (breaks != NULL)
    g_array_append_val (breaks, n);
  return g_string_free (out, FALSE);
}

static void
read_words (PdExplainText *self)
{
  const char *c = self->folded;

  while (*c != '\0') {
    const char *start = c;

    while (g_ascii_isalnum (*c) || *c == '_')
      c++;
    if (c - start >= 5 && c - start <= MAX_CODE && g_ascii_isalpha (*start))
      g_hash_table_add (self->words, g_strndup (start, (gsize) (c - start)));
    if (c == start)
      c++;
  }
}

/* A number counts only where it is said to be a status: a line of a web server's log is no symptom by itself. */
static void
read_statuses (PdExplainText *self)
{
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&regex)) {
    GRegex *compiled =
      g_regex_new ("^\\W{0,2}([45]\\d\\d)\\W{0,2}$"
                   /* A web server's own log, of calls to Amazon and of all others. */
                   "|\\b(?:get|post|patch|delete) \\S{0,200}(?:/v2/|offamazonpayments|/auth/o2/|/ap/oa)\\S{0,400} https?/[\\d.]{1,3} ([45]\\d\\d)"
                   "|\\b(?:get|head|post|put|patch|delete|options) \\S{1,800} https?/[\\d.]{1,3} \\d\\d\\d"
                   "|\\bhttps?(?:/[\\d.]{1,3})?(?: ?(?:status|error|ステータス|エラー|response|応答))?(?: ?(?:code|コード))?[ :=]{0,3}([45]\\d\\d)\\b"
                   "|(?:\\bstatus|ステータス)[ _-]?(?:code|コード)?[ :=]{1,4}([45]\\d\\d)\\b|ステータス(?:コード)?:?([45]\\d\\d)\\b"
                   "|(?:\\berror|エラー)(?: ?(?:code|コード))?[ :=]{0,3}([45]\\d\\d)\\b"
                   "|\\b([45]\\d\\d)[ :-]{1,3}(?:bad request|unauthorized|forbidden|not found|method not allowed|not acceptable|proxy auth|"
                   "request timeout|conflict|unprocessable|upgrade required|too many requests|internal server error|bad gateway|"
                   "service unavailable|gateway time-?out)"
                   "|\\b([45]\\d\\d)エラー",
                   G_REGEX_OPTIMIZE, 0, NULL);

    g_once_init_leave (&regex, compiled);
  }
  for (g_regex_match (regex, self->folded, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
    for (int i = 1; i < g_match_info_get_match_count (match); i++) {
      g_autofree char *status = g_match_info_fetch (match, i);

      if (status != NULL && *status != '\0')
        add_status (self, g_ascii_strtoll (status, NULL, 10));
    }
    if (g_hash_table_size (self->statuses) > 8)
      break;
  }
}

/**
 * pd_explain_text_decode:
 * @text: any bytes
 * @length: how many; what goes beyond %PD_EXPLAIN_MAX_BYTES is left out
 *
 * Returns: (transfer full): UTF-8, of whatever encoding it was
 */
char *
pd_explain_text_decode (const char *text,
                        gsize       length)
{
  gsize            n = MIN (length, PD_EXPLAIN_MAX_BYTES);
  g_autofree char *copy = g_malloc (n + 1);

  if (n > 0)
    memcpy (copy, text, n);
  copy[n] = '\0';
  return decode (copy, n);
}

/**
 * pd_explain_text_new:
 * @text: any bytes
 * @length: how many; what goes beyond %PD_EXPLAIN_MAX_BYTES is not looked at
 *
 * Returns: (transfer full): what can be compared
 */
PdExplainText *
pd_explain_text_new (const char *text,
                     gsize       length)
{
  PdExplainText   *self = g_new0 (PdExplainText, 1);
  g_autofree char *decoded = pd_explain_text_decode (text, length);
  g_autofree char *plain = NULL;
  glong            n;

  self->breaks = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->statuses = g_hash_table_new (NULL, NULL);
  read_json_text (self, decoded, 0);
  plain = g_strdup (decoded);
  for (guint i = 0; i < MAX_ESCAPES && strchr (plain, '\\') != NULL; i++) {
    char *inner = unescape (plain);

    g_free (plain);
    plain = inner;
  }
  if (strchr (plain, '<') != NULL)
    read_xml (self, plain);
  if (strpbrk (plain, "<&") != NULL) {
    char *stripped = strip_markup (plain);

    g_free (plain);
    plain = stripped;
  }
  self->folded = pd_explain_text_fold (plain, self->breaks);
  self->characters = g_utf8_to_ucs4_fast (self->folded, -1, &n);
  self->n_characters = (gsize) n;
  read_words (self);
  read_statuses (self);
  return self;
}

/**
 * pd_explain_text_free:
 * @self: a text
 *
 * Frees it.
 */
void
pd_explain_text_free (PdExplainText *self)
{
  g_free (self->folded);
  g_free (self->characters);
  g_array_unref (self->breaks);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->statuses);
  g_free (self);
}
