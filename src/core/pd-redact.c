/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-redact.h"
#include "pd-secret-text.h"

#define MASK "•••"

/* A character beyond the first plane in JSON, but for its end. */
#define LONGEST_ESCAPE 11

/* Shorter texts would mask innocent words; what is cut off at the end of a text is masked from this length too. */
#define MIN_LENGTH 6

/* A key of 2048 bits has 1,600 characters and more. Containers differ only at the beginning: PKCS#1 is what PKCS#8 holds. */
#define MIN_KEY        400
#define KEY_HEAD       40
#define BASE64_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="

/* A text that must not show, in whatever notation each of its characters stands. */
typedef struct {
  char     *text;
  gsize     length;
  gboolean  any_case; /* hexadecimal digits */
} Needle;

typedef struct {
  const char *pattern;
  const char *replacement;
} Rule;

/* What stands behind a name that gives it away. Identifiers are no secrets: PublicKeyId, "key_id" and the like stay. */
static const Rule rules[] = {
  /* a header, up to the end of its line; the signature in it is no secret, but nobody needs it either */
  { "(?im)^([ \\t>*<]*(?:authorization|proxy-authorization|cookie|set-cookie|x-amz-pay-authtoken|x-api-key|"
    "(?:[a-z0-9]+-)*(?:secret|token)(?:-[a-z0-9]+)*)[ \\t]*:[ \\t]*)[^\\r\\n]+",
    "\\1" MASK },
  /* a JSON member, also within a JSON text */
  { "(?i)(\\\\?\"[a-z0-9_.-]*(?:secret|token|passw(?:or)?d|passphrase|private[_-]?key|api[_-]?key|access[_-]?key|cookie|"
    "authorization|signature)\\\\?\"\\s*:\\s*\\\\?\")(?:[^\"\\\\]|\\\\[^\"]|\\\\\"(?!\\s*[,}\\]]))+",
    "\\1" MASK },
  { "(?i)(\"(?:[a-z0-9_.-]*(?:secret|token|passw(?:or)?d|private[_-]?key)[a-z0-9_.-]*|(?!public)[a-z0-9_.-]*(?<!public)(?<!public[_-])"
    "key)\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)+",
    "\\1" MASK },
  /* a form, query or environment parameter */
  { "(?i)((?:^|[?&;,\\s\"'])(?:[a-z0-9_.-]*(?:secret|token|passw(?:or)?d|signature|private[_-]?key)[a-z0-9_.-]*|"
    "(?!public)[a-z0-9_.-]*(?<!public)(?<!public[_-])key)(?:=|%3d))[^&;\\s\"'<>]+",
    "\\1" MASK },
  /* an XML element */
  { "(?i)(<((?:[a-z0-9_.-]*(?:secret|token|passw(?:or)?d|private[_-]?key)[a-z0-9_.-]*))>)[^<]+(?=</\\2>)", "\\1" MASK },
  /* what can be nothing else */
  { "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", MASK },
  { "amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", MASK },
  { "amzn1\\.oa2-cs\\.v1\\.[0-9a-f]{8,}", MASK },
  /* the user and password of a URL, a proxy's for instance */
  { "([a-z][a-z0-9+.-]*://)[^/\\s@]+@", "\\1" MASK "@" },
};

static void
needle_free (gpointer data)
{
  Needle *needle = data;

  pd_secret_wipe (needle->text, needle->length);
  g_free (needle->text);
  g_free (needle);
}

static void
add_needle (GPtrArray  *needles,
            const char *text,
            gsize       length,
            gboolean    any_case)
{
  Needle *needle;

  if (length < MIN_LENGTH)
    return;
  needle = g_new0 (Needle, 1);
  needle->text = g_strndup (text, length);
  needle->length = length;
  needle->any_case = any_case;
  g_ptr_array_add (needles, needle);
}

/* The part of a secret that stands in its Base64 whatever is around it: three alignments, without the characters at both
 * ends that depend on the neighbours, and in the alphabet of URLs as well. */
static void
add_base64 (GPtrArray  *needles,
            const char *text,
            gsize       length)
{
  for (gsize shift = 0; shift < 3; shift++) {
    gsize            padded_length = length + shift;
    g_autofree char *padded = g_malloc0 (padded_length);
    g_autofree char *base64 = NULL;
    gsize            first = shift == 0 ? 0 : shift + 1;
    gsize            last = padded_length * 8 / 6;

    memcpy (padded + shift, text, length);
    base64 = g_base64_encode ((const guint8 *) padded, padded_length);
    if (last > first) {
      add_needle (needles, base64 + first, last - first, FALSE);
      if (strpbrk (base64, "+/") != NULL) {
        g_strdelimit (base64, "+", '-');
        g_strdelimit (base64, "/", '_');
        add_needle (needles, base64 + first, last - first, FALSE);
      }
    }
    pd_secret_wipe (padded, padded_length);
    pd_secret_wipe (base64, strlen (base64));
  }
}

static void
add_hex (GPtrArray  *needles,
         const char *text,
         gsize       length)
{
  static const char  digits[] = "0123456789abcdef";
  g_autofree char   *hex = g_malloc (length * 2 + 1);

  for (gsize i = 0; i < length; i++) {
    hex[2 * i] = digits[(guint8) text[i] >> 4];
    hex[2 * i + 1] = digits[(guint8) text[i] & 15];
  }
  add_needle (needles, hex, length * 2, TRUE);
  pd_secret_wipe (hex, length * 2);
}

/* A private key, as PEM or as one line of Base64: what it decodes to may stand elsewhere in another container and another armour. */
static void
add_key (GPtrArray  *needles,
         const char *text,
         gsize       length)
{
  const char      *begin = g_str_has_prefix (text, "-----BEGIN ") ? strchr (text, '\n') : text;
  g_autofree char *body = NULL;
  gsize            body_length = 0;
  gsize            der_length = 0;

  if (begin == NULL || length < MIN_KEY)
    return;
  body = g_malloc0 (length + 1);
  for (const char *c = begin; *c != '\0' && *c != '-'; c++) {
    if (!g_ascii_isspace (*c))
      body[body_length++] = *c;
  }
  if (begin != text)
    add_needle (needles, body, body_length, FALSE);
  if (body_length >= MIN_KEY && strspn (body, BASE64_LETTERS) == body_length)
    g_base64_decode_inplace (body, &der_length);
  if (der_length > KEY_HEAD + MIN_LENGTH) {
    add_base64 (needles, body + KEY_HEAD, der_length - KEY_HEAD);
    add_hex (needles, body + KEY_HEAD, der_length - KEY_HEAD);
  }
  pd_secret_wipe (body, length);
}

/* Reads the hexadecimal number of @n_digits digits at @text. */
static gboolean
read_hex (const char *text,
          guint       n_digits,
          guint32    *value)
{
  *value = 0;
  for (guint i = 0; i < n_digits; i++) {
    int digit = g_ascii_xdigit_value (text[i]);

    if (digit < 0)
      return FALSE;
    *value = *value << 4 | (guint32) digit;
  }
  return TRUE;
}

/* "\u65e5", or the two halves of a character beyond the first plane. Returns how much of @text it takes, or 0. */
static gsize
read_json_escape (const char *text,
                  gunichar   *c)
{
  guint32 low;

  if (text[0] != '\\' || text[1] != 'u' || !read_hex (text + 2, 4, c))
    return 0;
  if (*c < 0xd800 || *c > 0xdbff)
    return 6;
  if (text[6] != '\\' || text[7] != 'u' || !read_hex (text + 8, 4, &low) || low < 0xdc00 || low > 0xdfff)
    return 6;
  *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
  return 12;
}

/* "&#34;", "&#x22;", "&amp;". Returns how much of @text it takes, or 0. */
static gsize
read_entity (const char *text,
             gunichar   *c)
{
  static const struct { const char *name; gunichar c; } names[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
  };
  char   *end;
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    *c = names[i].c;
    if (g_str_has_prefix (text, names[i].name))
      return strlen (names[i].name);
  }
  if (text[0] != '&' || text[1] != '#')
    return 0;
  number = text[2] == 'x' || text[2] == 'X' ? g_ascii_strtoull (text + 3, &end, 16) : g_ascii_strtoull (text + 2, &end, 10);
  *c = (gunichar) MIN (number, G_MAXUINT32);
  return *end == ';' ? (gsize) (end + 1 - text) : 0;
}

/* How much of @text stands for the character at @needle, and in *@taken how much of the needle that is; 0 for none. */
static gsize
match_character (const char   *text,
                 const Needle *needle,
                 gsize         at,
                 gsize        *taken)
{
  const char *character = needle->text + at;
  gunichar    c;
  guint32     byte;
  gsize       length;

  *taken = 1;
  if (*text == *character || (needle->any_case && g_ascii_tolower (*text) == *character))
    return 1;
  if (*text == '%' && read_hex (text + 1, 2, &byte) && byte == (guint8) *character)
    return 3;
  if (*text == '%' && text[1] == '2' && text[2] == '5' && read_hex (text + 3, 2, &byte) && byte == (guint8) *character)
    return 5;
  if (*text == '+' && *character == ' ')
    return 1;
  if (*text == '\\' && text[1] == *character && strchr ("/\"\\'", *character) != NULL)
    return 2;
  length = *text == '\\' ? read_json_escape (text, &c) : *text == '&' ? read_entity (text, &c) : 0;
  if (length > 0) {
    gunichar expected = g_utf8_get_char_validated (character, (gssize) (needle->length - at));

    if (c == expected || (c < 0x80 && c == (guint8) *character)) {
      *taken = c == expected ? (gsize) g_unichar_to_utf8 (c, NULL) : 1;
      return length;
    }
  }
  return 0;
}

/* A line break within, as in a PEM or a mail: also as JSON writes it. */
static gsize
match_line_break (const char *text)
{
  if (*text == '\r' || *text == '\n')
    return 1;
  return *text == '\\' && (text[1] == 'n' || text[1] == 'r') ? 2 : 0;
}

/* Also where the cut is marked, or goes through an escaped character. */
static gboolean
is_end (const char *text)
{
  if (*text == '%' || *text == '\\' || *text == '&')
    text += strnlen (text, LONGEST_ESCAPE);
  return *text == '\0' || g_str_equal (text, "…") || g_str_equal (text, "...");
}

/* How much of @text is the needle, or its beginning where the text is cut off in the middle of it; 0 for none. */
static gsize
match (const char   *text,
       const Needle *needle)
{
  const char *t = text;
  gsize       at = 0;

  while (at < needle->length) {
    gsize taken;
    gsize length = match_character (t, needle, at, &taken);

    if (length == 0 && at > 0) {
      length = match_line_break (t);
      taken = 0;
    }
    if (length == 0)
      return is_end (t) && at >= MIN_LENGTH ? (gsize) (t - text) : 0;
    t += length;
    at += taken;
  }
  return (gsize) (t - text);
}

static gsize
match_any (const char *text,
           GPtrArray  *needles)
{
  gsize longest = 0;

  for (guint i = 0; i < needles->len; i++)
    longest = MAX (longest, match (text, g_ptr_array_index (needles, i)));
  return longest;
}

/* The characters that a needle can begin with, in any notation: most of a text is passed over by them. */
static void
collect_starts (GPtrArray *needles,
                gboolean   starts[256])
{
  for (const char *c = "%\\&+"; *c != '\0'; c++)
    starts[(guint8) *c] = TRUE;
  for (guint i = 0; i < needles->len; i++) {
    const Needle *needle = g_ptr_array_index (needles, i);

    starts[(guint8) *needle->text] = TRUE;
    if (needle->any_case)
      starts[(guint8) g_ascii_toupper (*needle->text)] = TRUE;
  }
}

static char *
mask_values (GHashTable *secrets,
             const char *text)
{
  g_autoptr (GPtrArray) needles = g_ptr_array_new_with_free_func (needle_free);
  gboolean              starts[256] = { FALSE };
  GString              *out = g_string_new (NULL);
  GHashTableIter        iter;
  gpointer              secret;

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, NULL, &secret)) {
    const char *value = secret != NULL ? pd_secret_text_peek (secret) : "";
    gsize       length = strlen (value);

    if (length < MIN_LENGTH)
      continue;
    add_needle (needles, value, length, FALSE);
    add_base64 (needles, value, length);
    add_hex (needles, value, length);
    add_key (needles, value, length);
  }
  collect_starts (needles, starts);
  while (*text != '\0') {
    gsize length = starts[(guint8) *text] ? match_any (text, needles) : 0;

    if (length > 0)
      g_string_append (out, MASK);
    else
      g_string_append_c (out, *text);
    text += MAX (length, 1);
  }
  return g_string_free (out, FALSE);
}

/**
 * pd_redact:
 * @secrets: (nullable) (element-type utf8 PdSecretText): field id → the secret that must not show
 * @text: a text that will be shown, kept or sent
 *
 * Masks by value, in whichever encoding it stands and also where the text is cut off in the middle of it, and by name: what
 * stands behind `authorization`, `cookie`, and names with `secret`, `token`, `password` or `key` in headers, forms, JSON and XML.
 * IDs, among them `PublicKeyId`, stay.
 *
 * Returns: (transfer full): the text with the secrets masked
 */
char *
pd_redact (GHashTable *secrets,
           const char *text)
{
  static GRegex *regexes[G_N_ELEMENTS (rules)];
  static gsize   initialised;
  char          *result = secrets != NULL ? mask_values (secrets, text) : g_strdup (text);

  if (g_once_init_enter (&initialised)) {
    for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
      regexes[i] = g_regex_new (rules[i].pattern, G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&initialised, 1);
  }
  if (!g_utf8_validate (result, -1, NULL)) {
    g_autofree char *invalid = result;

    result = g_utf8_make_valid (invalid, -1);
  }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autofree char *before = result;

    result = g_regex_replace (regexes[i], before, -1, 0, rules[i].replacement, 0, NULL);
    /* A text that the expression gives up on is shown to nobody. */
    if (result == NULL)
      result = g_strdup (MASK);
  }
  return result;
}
