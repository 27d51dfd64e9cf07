/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-language.h"

/* The header of a file of messages, as GNU gettext describes the format. */
#define MO_MAGIC  0x950412deu
#define MO_HEADER 28

/* Sentences within sentences. */
#define MAX_DEPTH 3

/* Values that a sentence may hold. */
#define MAX_VALUES 8

const char *const pd_language_ids[] = { "en", "ja", NULL };

/* A message with places for values, as it is spoken in one language. */
typedef struct {
  const char *from;
  const char *to;
  gsize       literal;   /* characters that must be there as they stand */
  GRegex     *regex;     /* made when asked for */
  guint       order[MAX_VALUES]; /* of the values within `from` */
  guint       n_values;
} Pattern;

struct _PdLanguage {
  char        *id;
  GMappedFile *file;
  GHashTable  *forth;    /* English → this language */
  GHashTable  *exact;    /* the other language's sentence → this one's */
  GPtrArray   *patterns; /* of Pattern, those with most to go by first */
};

static void
pattern_free (gpointer data)
{
  Pattern *pattern = data;

  g_clear_pointer (&pattern->regex, g_regex_unref);
  g_free (pattern);
}

/* The end of a conversion of printf's that begins at @text, and which value it stands for. %% is none. */
static const char *
skip_conversion (const char *text,
                 guint      *value)
{
  const char *p = text + 1;
  const char *digits = p;

  while (g_ascii_isdigit (*p))
    p++;
  if (*p == '$' && p > digits) {
    *value = (guint) g_ascii_strtoull (digits, NULL, 10) - 1;
    p++;
  } else {
    p = digits;
  }
  p += strspn (p, "-+ #'0123456789.lhjzq");
  return *p != '\0' ? p + 1 : p;
}

static Pattern *
make_pattern (const char *from,
              const char *to)
{
  Pattern *pattern = g_new0 (Pattern, 1);

  pattern->from = from;
  pattern->to = to;
  for (const char *p = from; *p != '\0';) {
    if (*p != '%' || p[1] == '%') {
      pattern->literal++;
      p += *p == '%' ? 2 : 1;
      continue;
    }
    if (pattern->n_values < MAX_VALUES) {
      guint value = pattern->n_values;

      p = skip_conversion (p, &value);
      pattern->order[pattern->n_values++] = value;
    } else {
      p++;
    }
  }
  return pattern;
}

static int
compare_patterns (gconstpointer a,
                  gconstpointer b)
{
  gsize first = (*(const Pattern *const *) a)->literal;
  gsize second = (*(const Pattern *const *) b)->literal;

  return first < second ? 1 : first > second ? -1 : 0;
}

static void
add_message (PdLanguage *self,
             const char *english,
             const char *translated)
{
  gboolean    to_english = g_str_equal (self->id, "en");
  const char *from = to_english ? translated : english;
  const char *to = to_english ? english : translated;

  if (!to_english)
    g_hash_table_insert (self->forth, (gpointer) english, (gpointer) translated);
  if (strchr (from, '%') != NULL)
    g_ptr_array_add (self->patterns, make_pattern (from, to));
  else if (!g_hash_table_contains (self->exact, from))
    g_hash_table_insert (self->exact, (gpointer) from, (gpointer) to);
}

static guint32
read_number (const char *data,
             gsize       at)
{
  guint32 number;

  memcpy (&number, data + at, sizeof number);
  return GUINT32_FROM_LE (number);
}

/* The NUL-terminated string that an entry of a table points to; NULL where the file is broken. */
static const char *
read_string (const char *data,
             gsize       size,
             gsize       entry,
             gsize      *length)
{
  gsize at;

  if (entry > size || size - entry < 8)
    return NULL;
  *length = read_number (data, entry);
  at = read_number (data, entry + 4);
  if (at >= size || *length >= size - at || data[at + *length] != '\0' || !g_utf8_validate (data + at, -1, NULL))
    return NULL;
  return data + at;
}

static void
read_messages (PdLanguage *self)
{
  const char *data = g_mapped_file_get_contents (self->file);
  gsize       size = g_mapped_file_get_length (self->file);
  gsize       n;

  if (size < MO_HEADER || read_number (data, 0) != MO_MAGIC)
    return;
  n = read_number (data, 8);
  for (gsize i = 0; i < n && i < size / 16; i++) {
    gsize       length = 0, translated_length = 0;
    const char *english = read_string (data, size, read_number (data, 12) + 8 * i, &length);
    const char *translated = read_string (data, size, read_number (data, 16) + 8 * i, &translated_length);
    const char *context = english != NULL ? strchr (english, '\004') : NULL;

    if (english == NULL || translated == NULL || *english == '\0' || *translated == '\0')
      continue;
    /* A message with a plural holds both forms, one behind the other. */
    add_message (self, context != NULL ? context + 1 : english, translated);
    if (strlen (english) < length)
      add_message (self, english + strlen (english) + 1, translated);
  }
  g_ptr_array_sort (self->patterns, compare_patterns);
}

/**
 * pd_language_new:
 * @id: one of pd_language_ids
 *
 * Returns: (transfer full): the language. Without its file of messages it is English, which then is all that can be said.
 */
PdLanguage *
pd_language_new (const char *id)
{
  PdLanguage      *self = g_new0 (PdLanguage, 1);
  const char      *dir = bindtextdomain (GETTEXT_PACKAGE, NULL);
  const char      *spoken = g_str_equal (id, "en") ? "ja" : id;
  g_autofree char *path = g_build_filename (dir != NULL ? dir : LOCALEDIR, spoken, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

  self->id = g_strdup (id);
  self->forth = g_hash_table_new (g_str_hash, g_str_equal);
  self->exact = g_hash_table_new (g_str_hash, g_str_equal);
  self->patterns = g_ptr_array_new_with_free_func (pattern_free);
  self->file = g_mapped_file_new (path, FALSE, NULL);
  if (self->file != NULL)
    read_messages (self);
  return self;
}

void
pd_language_free (PdLanguage *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->forth);
  g_hash_table_unref (self->exact);
  g_ptr_array_unref (self->patterns);
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self->id);
  g_free (self);
}

const char *
pd_language_get_id (const PdLanguage *self)
{
  return self->id;
}

/**
 * pd_language_get_own_id:
 *
 * Returns: (transfer none): which of pd_language_ids the process itself speaks
 */
const char *
pd_language_get_own_id (void)
{
  /* Translators: the language of this translation, as gettext names it: “ja” */
  const char *own = C_("language id", "en");

  return g_strv_contains (pd_language_ids, own) ? g_intern_string (own) : "en";
}

/**
 * pd_language_say:
 * @self: a language
 * @msgid: (not nullable): an English message of the program
 *
 * Returns: (transfer none): the message in that language
 */
const char *
pd_language_say (PdLanguage *self,
                 const char *msgid)
{
  const char *translated = g_hash_table_lookup (self->forth, msgid);

  return translated != NULL ? translated : msgid;
}

static GRegex *
get_regex (Pattern *pattern)
{
  GString *expression;
  guint    n = 0;

  if (pattern->regex != NULL)
    return pattern->regex;
  expression = g_string_new ("\\A");
  for (const char *p = pattern->from; *p != '\0';) {
    const char *end = p;
    guint       value;

    if (*p == '%' && p[1] != '%') {
      g_string_append (expression, n++ < MAX_VALUES ? "(.*?)" : ".*?");
      p = skip_conversion (p, &value);
      continue;
    }
    end = *p == '%' ? p + 1 : p + strcspn (p, "%");
    {
      g_autofree char *literal = g_regex_escape_string (p, (int) (end - p));

      g_string_append (expression, literal);
    }
    p = *p == '%' ? p + 2 : end;
  }
  g_string_append (expression, "\\z");
  pattern->regex = g_regex_new (expression->str, G_REGEX_DOTALL, 0, NULL);
  g_string_free (expression, TRUE);
  return pattern->regex;
}

/* The sentence begins and ends as the pattern does: most are ruled out by that alone. */
static gboolean
could_match (const Pattern *pattern,
             const char    *text,
             gsize          length)
{
  gsize       head = strcspn (pattern->from, "%");
  const char *tail = strrchr (pattern->from, '%');
  guint       value;
  gsize       tail_length;

  if (pattern->literal > length || strncmp (pattern->from, text, head) != 0)
    return FALSE;
  if (tail > pattern->from && tail[-1] == '%')
    return TRUE;
  tail = skip_conversion (tail, &value);
  tail_length = strlen (tail);
  return tail_length <= length && memcmp (text + length - tail_length, tail, tail_length) == 0;
}

static char *translate (PdLanguage *self, const char *text, guint depth);

static char *
fill_in (PdLanguage    *self,
         const Pattern *pattern,
         GMatchInfo    *match,
         guint          depth)
{
  char    *values[MAX_VALUES] = { NULL };
  GString *out = g_string_new (NULL);
  guint    next = 0;

  for (guint i = 0; i < pattern->n_values; i++) {
    g_autofree char *value = g_match_info_fetch (match, (int) i + 1);

    if (pattern->order[i] < MAX_VALUES && values[pattern->order[i]] == NULL)
      values[pattern->order[i]] = translate (self, value != NULL ? value : "", depth + 1);
  }
  for (const char *p = pattern->to; *p != '\0';) {
    guint value = next;

    if (*p != '%' || p[1] == '%') {
      g_string_append_c (out, *p);
      p += *p == '%' ? 2 : 1;
      continue;
    }
    p = skip_conversion (p, &value);
    next++;
    if (value < MAX_VALUES && values[value] != NULL)
      g_string_append (out, values[value]);
  }
  for (guint i = 0; i < MAX_VALUES; i++)
    g_free (values[i]);
  return g_string_free (out, FALSE);
}

/* (transfer full) (nullable) */
static char *
translate_whole (PdLanguage *self,
                 const char *text,
                 guint       depth)
{
  const char *exact = g_hash_table_lookup (self->exact, text);
  gsize       length = strlen (text);

  if (exact != NULL)
    return g_strdup (exact);
  for (guint i = 0; i < self->patterns->len; i++) {
    Pattern               *pattern = g_ptr_array_index (self->patterns, i);
    g_autoptr (GMatchInfo) match = NULL;

    /* “%s: %s” would fit anything. */
    if (pattern->literal < 4 || !could_match (pattern, text, length))
      continue;
    if (get_regex (pattern) != NULL && g_regex_match (pattern->regex, text, 0, &match))
      return fill_in (self, pattern, match, depth);
  }
  return NULL;
}

/* (transfer full) (nullable): line by line, where there are several. */
static char *
translate_lines (PdLanguage *self,
                 const char *text,
                 guint       depth)
{
  g_auto (GStrv) lines = NULL;

  if (strchr (text, '\n') == NULL)
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    char *translated = translate (self, *line, depth + 1);

    g_free (*line);
    *line = translated;
  }
  return g_strjoinv ("\n", lines);
}

/* Sentences that were put together are taken apart again where one ends. */
static char *
translate_parts (PdLanguage *self,
                 const char *text,
                 guint       depth)
{
  static const char *const ends[] = { "。", ". ", "! ", "? " };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    for (const char *p = strstr (text, ends[i]); p != NULL; p = strstr (p + 1, ends[i])) {
      const char      *rest = p + strlen (ends[i]);
      g_autofree char *head = g_strndup (text, (gsize) (rest - text));
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      if (*rest == '\0')
        continue;
      rest += strspn (rest, " ");
      first = translate_whole (self, g_strchomp (head), depth);
      if (first == NULL)
        continue;
      second = translate (self, rest, depth + 1);
      return g_strconcat (first, g_str_equal (self->id, "ja") ? "" : " ", second, NULL);
    }
  }
  return NULL;
}

static char *
translate (PdLanguage *self,
           const char *text,
           guint       depth)
{
  char *translated = NULL;

  if (*text == '\0' || depth > MAX_DEPTH)
    return g_strdup (text);
  translated = translate_whole (self, text, depth);
  if (translated == NULL)
    translated = translate_lines (self, text, depth);
  if (translated == NULL)
    translated = translate_parts (self, text, depth);
  return translated != NULL ? translated : g_strdup (text);
}

/**
 * pd_language_translate:
 * @self: a language
 * @text: a sentence that the program said, in whichever language it spoke then
 *
 * A kept run holds sentences, with values in them, and not the messages they were made of. They are recognised again by the file of
 * messages: as they stand, or by what is around the values.
 *
 * Returns: (transfer full): the sentence in this language; as it is where it is said so already, or where it is none of the program's
 */
char *
pd_language_translate (PdLanguage *self,
                       const char *text)
{
  return translate (self, text, 0);
}
