/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <gio/gio.h>
#include <libxml/HTMLparser.h>
#include <string.h>

#include "pd-page-text.h"

#define MAX_BYTES   (1024 * 1024)
#define MAX_PART    (256 * 1024) /* of each kind of words */
#define PRESCAN     4096         /* of a page, in which its charset is looked for */

/* The charsets that Japanese pages are in, by the names that are in use for them. Whatever else is named is guessed. */
static const struct {
  const char *pattern;
  const char *charset; /* as iconv knows it */
} charsets[] = {
  { "^utf-?8$", "UTF-8" },
  { "^(x-)?s(hift)?[_-]?jis$|^(windows-|cp|ms)?(31j|932)$|^ms_kanji$", "CP932" },
  { "^(x-)?euc(-?jp)?$", "EUC-JP" },
  { "^(csiso2022jp|iso-2022-jp)$", "ISO-2022-JP" },
  { "^(iso-8859-1|latin-?1|us-ascii|ascii|windows-1252|cp1252)$", "WINDOWS-1252" },
  { "^utf-?16(le)?$", "UTF-16LE" },
  { "^utf-?16be$", "UTF-16BE" },
};

/* In the order in which they are tried where nothing else fits: each of them refuses most of what is in another. */
static const char *const guesses[] = { "UTF-8", "EUC-JP", "CP932" };

static const struct {
  const char *bytes;
  gsize       length;
  const char *charset;
} marks[] = {
  { "\xef\xbb\xbf", 3, "UTF-8" },
  { "\xff\xfe", 2, "UTF-16LE" },
  { "\xfe\xff", 2, "UTF-16BE" },
};

/* What is read of a page. */
typedef struct {
  PdPageText *page;
  guint       depth_skipped; /* within script and style */
  guint       depth_title;
  guint       depth_heading;
  guint       depth_link;
} Reading;

static const char *
find_charset (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++) {
    if (g_regex_match_simple (charsets[i].pattern, name, G_REGEX_CASELESS, 0))
      return charsets[i].charset;
  }
  return NULL;
}

/* `charset=NAME`, of the header or of a meta element. */
static const char *
search_charset (const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex)     regex = g_regex_new ("charset\\s*=\\s*[\"']?\\s*([A-Za-z0-9_.:-]{1,40})", G_REGEX_CASELESS | G_REGEX_RAW, 0, NULL);
  g_autofree char       *name = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  name = g_match_info_fetch (match, 1);
  return find_charset (name);
}

static char *
convert (const char *bytes,
         gsize       length,
         const char *charset)
{
  gsize written;
  char *text = g_convert (bytes, (gssize) length, "UTF-8", charset, NULL, &written, NULL);

  /* A zero byte would end the text early. */
  for (gsize i = 0; text != NULL && i < written; i++) {
    if (text[i] == '\0')
      text[i] = ' ';
  }
  return text;
}

/* The last character may have been cut through by a limit. */
static char *
convert_most (const char *bytes,
              gsize       length,
              const char *charset)
{
  for (gsize cut = 0; cut < 4 && cut < length; cut++) {
    char *text = convert (bytes, length - cut, charset);

    if (text != NULL)
      return text;
  }
  return NULL;
}

/**
 * pd_page_text_decode:
 * @bytes: a page
 * @length: its length in bytes
 * @content_type: (nullable): its Content-Type
 *
 * Takes the charset that the page's first bytes, the header or the page itself name, whichever fits, or else one that does.
 *
 * Returns: (transfer full): the page as UTF-8
 */
char *
pd_page_text_decode (const char *bytes,
                     gsize       length,
                     const char *content_type)
{
  g_autofree char *start = g_strndup (bytes, MIN (length, PRESCAN));
  /* The escapes of ISO-2022-JP are good UTF-8, too, whatever the header says. */
  const char      *named[] = {
    strstr (start, "\x1b$") != NULL ? "ISO-2022-JP" : NULL,
    content_type != NULL ? search_charset (content_type) : NULL,
    search_charset (start),
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (length >= marks[i].length && memcmp (bytes, marks[i].bytes, marks[i].length) == 0) {
      char *text = convert_most (bytes + marks[i].length, length - marks[i].length, marks[i].charset);

      return text != NULL ? text : g_utf8_make_valid (bytes, (gssize) length);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (named) + G_N_ELEMENTS (guesses); i++) {
    const char *charset = i < G_N_ELEMENTS (named) ? named[i] : guesses[i - G_N_ELEMENTS (named)];
    char       *text = charset != NULL ? convert_most (bytes, length, charset) : NULL;

    if (text != NULL)
      return text;
  }
  return g_utf8_make_valid (bytes, (gssize) length);
}

static gboolean
is_heading (const char *name)
{
  return (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0');
}

static gboolean
is_skipped (const char *name)
{
  static const char *const skipped[] = { "script", "style", "noscript", "template", "select", "textarea", NULL };

  return g_strv_contains (skipped, name);
}

static guint *
find_depth (Reading    *reading,
            const char *name)
{
  if (is_skipped (name))
    return &reading->depth_skipped;
  if (g_str_equal (name, "title"))
    return &reading->depth_title;
  if (is_heading (name))
    return &reading->depth_heading;
  return g_str_equal (name, "a") || g_str_equal (name, "button") ? &reading->depth_link : NULL;
}

/* Words of two elements do not run together. */
static void
add_break (GString *part)
{
  if (part->len > 0 && part->len < MAX_PART && part->str[part->len - 1] != '\n')
    g_string_append_c (part, '\n');
}

static void
read_entry (Reading        *reading,
            const xmlChar **attributes)
{
  const char *type = "text";

  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2) {
    if (g_ascii_strcasecmp ((const char *) attributes[i], "type") == 0 && attributes[i + 1] != NULL)
      type = (const char *) attributes[i + 1];
  }
  if (g_ascii_strcasecmp (type, "password") == 0)
    reading->page->has_password = TRUE;
  if (g_ascii_strcasecmp (type, "hidden") != 0)
    reading->page->has_entry = TRUE;
}

static void
on_start (void           *data,
          const xmlChar  *name,
          const xmlChar **attributes)
{
  Reading *reading = data;
  guint   *depth = find_depth (reading, (const char *) name);

  if (depth != NULL)
    (*depth)++;
  if (g_str_equal ((const char *) name, "input"))
    read_entry (reading, attributes);
  add_break (reading->page->headings);
}

static void
on_end (void          *data,
        const xmlChar *name)
{
  Reading *reading = data;
  guint   *depth = find_depth (reading, (const char *) name);

  if (depth != NULL && *depth > 0)
    (*depth)--;
}

static void
on_characters (void          *data,
               const xmlChar *characters,
               int            length)
{
  Reading *reading = data;
  GString *part = reading->depth_title > 0 ? reading->page->title
                : reading->depth_link > 0 ? reading->page->links
                : reading->depth_heading > 0 ? reading->page->headings : reading->page->text;

  if (reading->depth_skipped == 0 && part->len + (gsize) length <= MAX_PART)
    g_string_append_len (part, (const char *) characters, length);
}

static void
on_comment (void          *data,
            const xmlChar *comment)
{
}

static void
make_valid (GString *part)
{
  if (!g_utf8_validate (part->str, (gssize) part->len, NULL)) {
    g_autofree char *valid = g_utf8_make_valid (part->str, (gssize) part->len);

    g_string_assign (part, valid);
  }
}

/* libxml2's parser of HTML, which mends what is broken as browsers do; only its events are taken, no tree is built, nothing is
 * fetched, and no entity but HTML's own characters is known to it. */
static void
parse (Reading    *reading,
       const char *text)
{
  htmlParserCtxtPtr parser = htmlNewParserCtxt ();

  if (parser == NULL)
    return;
  memset (parser->sax, 0, sizeof *parser->sax);
  parser->sax->startElement = on_start;
  parser->sax->endElement = on_end;
  parser->sax->characters = on_characters;
  parser->sax->ignorableWhitespace = on_characters;
  parser->sax->comment = on_comment;
  parser->userData = reading;
  htmlCtxtReadMemory (parser, text, (int) strlen (text), NULL, "UTF-8",
                      HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT);
  if (parser->myDoc != NULL)
    xmlFreeDoc (parser->myDoc);
  parser->myDoc = NULL;
  htmlFreeParserCtxt (parser);
}

/**
 * pd_page_text_new:
 * @bytes: what a server sent
 * @length: its length in bytes; what is past a megabyte is not looked at
 * @content_type: (nullable): its Content-Type, of which only the charset counts
 *
 * Returns: (transfer full): the words of the page
 */
PdPageText *
pd_page_text_new (const char *bytes,
                  gsize       length,
                  const char *content_type)
{
  PdPageText      *self = g_new0 (PdPageText, 1);
  g_autofree char *text = pd_page_text_decode (bytes, MIN (length, MAX_BYTES), content_type);
  Reading          reading = { .page = self };

  self->title = g_string_new (NULL);
  self->headings = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->links = g_string_new (NULL);
  /* The parser takes whatever it is given for the body of a page. */
  self->is_html = g_regex_match_simple ("<\\s*(!doctype\\s+html|html|head|title|body|div|h[1-6]|p|table|meta)\\b", text, G_REGEX_CASELESS, 0);
  if (self->is_html)
    parse (&reading, text);
  make_valid (self->title);
  make_valid (self->headings);
  make_valid (self->text);
  make_valid (self->links);
  return self;
}

void
pd_page_text_free (PdPageText *self)
{
  g_string_free (self->title, TRUE);
  g_string_free (self->headings, TRUE);
  g_string_free (self->text, TRUE);
  g_string_free (self->links, TRUE);
  g_free (self);
}
