/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-skim.h"

#include <string.h>

#include "pd-catalogue.h"
#include "pd-document.h"
#include "pd-shape.h"

/* Most profiles are as this Paydesk wrote them. To see that, no tree is needed: at the start thousands of files are looked
 * at, and each tree costs some hundred allocations. Whatever is unusual, even if it is allowed, is not taken here, and is
 * then parsed and checked in full: an escape in a text, an unknown member, a number that is no plain count. */

#define MAX_MEMBERS 64
#define MAX_ID 64

typedef struct {
  const char *at;
  const char *end;
  GString    *texts; /* NULL where nobody asks */
} Reader;

typedef struct {
  const char *start;
  gsize       length;
} Span;

/* Reads the value of a known member: @field is NULL for one of the document's own. */
typedef gboolean (* ValueFunc) (Reader        *reader,
                                const PdField *field);

static void
skip_space (Reader *reader)
{
  while (reader->at < reader->end &&
         (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
    reader->at++;
}

static gboolean
take (Reader *reader,
      char    c)
{
  skip_space (reader);
  if (reader->at >= reader->end || *reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

/* Whether none of eight bytes ends a text, or is more than ASCII. It may say no where it could say yes. */
static gboolean
is_plain (const char *at)
{
#define EACH(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))
  guint64 bytes;

  memcpy (&bytes, at, sizeof bytes);
  /* A byte less than another one borrows from the highest bit, as does one that a difference has made 0. */
  return ((bytes | (bytes - EACH (0x20)) | ((bytes ^ EACH ('"')) - EACH (1)) | ((bytes ^ EACH ('\\')) - EACH (1))) & EACH (0x80)) == 0;
#undef EACH
}

/* Outside of texts nothing but ASCII is taken, and most texts are ASCII, too: only the others need to be looked at as UTF-8. */
static gboolean
read_text (Reader *reader,
           Span   *span)
{
  const char *at, *end = reader->end;
  guchar all = 0;

  if (!take (reader, '"'))
    return FALSE;
  span->start = at = reader->at;
  while (end - at >= 8 && is_plain (at))
    at += 8;
  while (at < end && *at != '"' && *at != '\\' && (guchar) *at >= 0x20)
    all |= (guchar) *at++;
  span->length = (gsize) (at - span->start);
  if (at >= end || *at != '"')
    return FALSE;
  reader->at = at + 1;
  return all < 0x80 || g_utf8_validate_len (span->start, span->length, NULL);
}

/* Into a buffer of MAX_ID bytes: what is longer is no id that is known. */
static gboolean
read_id (Reader *reader,
         char   *id)
{
  Span span;

  if (!read_text (reader, &span) || span.length >= MAX_ID)
    return FALSE;
  memcpy (id, span.start, span.length);
  id[span.length] = '\0';
  return TRUE;
}

/* Of at most eighteen digits, so that it is surely within what a revision may be. */
static gboolean
read_count (Reader *reader)
{
  const char *start;

  skip_space (reader);
  start = reader->at;
  while (reader->at < reader->end && g_ascii_isdigit (*reader->at))
    reader->at++;
  return reader->at > start && reader->at - start <= 18 && (*start != '0' || reader->at - start == 1) &&
         reader->at < reader->end && strchr (",}] \n\r\t", *reader->at) != NULL;
}

static guint
read_digits (const char *text,
             guint       n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value * 10 + (guint) (text[i] - '0');
  return value;
}

/* As Paydesk writes it: 2026-11-24T09:00:00Z. */
static gboolean
read_date (Reader *reader)
{
  static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
  Span span;

  if (!read_text (reader, &span) || span.length != strlen (form))
    return FALSE;
  for (gsize i = 0; i < span.length; i++) {
    if (form[i] == 'd' ? !g_ascii_isdigit (span.start[i]) : span.start[i] != form[i])
      return FALSE;
  }
  return read_digits (span.start, 4) > 0 &&
         g_date_valid_dmy ((GDateDay) read_digits (span.start + 8, 2), (GDateMonth) read_digits (span.start + 5, 2),
                           (GDateYear) read_digits (span.start, 4)) &&
         read_digits (span.start + 11, 2) < 24 && read_digits (span.start + 14, 2) < 60 && read_digits (span.start + 17, 2) < 60;
}

static void
note_text (Reader *reader,
           Span    span)
{
  if (reader->texts == NULL)
    return;
  g_string_append_c (reader->texts, '\n');
  g_string_append_len (reader->texts, span.start, (gssize) span.length);
}

static gboolean
read_texts (Reader *reader)
{
  Span span;

  if (!take (reader, '['))
    return FALSE;
  if (take (reader, ']'))
    return TRUE;
  do {
    if (!read_text (reader, &span))
      return FALSE;
    note_text (reader, span);
  } while (take (reader, ','));
  return take (reader, ']');
}

/* Returns: (nullable): what tells a member from another; %NULL for an unknown one */
static gconstpointer
find_known (const char     *id,
            const PdField **field)
{
  *field = pd_catalogue_lookup (id);
  for (guint i = 0; *field == NULL && pd_document_top_fields[i] != NULL; i++) {
    if (g_str_equal (pd_document_top_fields[i], id))
      return pd_document_top_fields[i];
  }
  return *field;
}

static gboolean
read_section (Reader    *reader,
              ValueFunc  read)
{
  gconstpointer seen[MAX_MEMBERS];
  const PdField *field;
  char id[MAX_ID];
  guint n = 0;

  if (!take (reader, '{'))
    return FALSE;
  if (take (reader, '}'))
    return TRUE;
  do {
    if (n >= MAX_MEMBERS || !read_id (reader, id) || (seen[n] = find_known (id, &field)) == NULL)
      return FALSE;
    for (guint i = 0; i < n; i++) {
      if (seen[i] == seen[n])
        return FALSE;
    }
    n++;
    if (!take (reader, ':') || !read (reader, field))
      return FALSE;
  } while (take (reader, ','));
  return take (reader, '}');
}

static gboolean
is_span (Span        span,
         const char *text)
{
  return span.length == strlen (text) && memcmp (span.start, text, span.length) == 0;
}

static gboolean
is_choice (const PdField *field,
           Span           span)
{
  for (guint i = 0; field->choices[i] != NULL; i++) {
    if (is_span (span, field->choices[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
read_value (Reader        *reader,
            const PdField *field)
{
  Span span;

  if (field == NULL || g_strv_contains (pd_document_top_fields, field->id))
    return FALSE;
  if (field->kind == PD_FIELD_LIST)
    return read_texts (reader);
  if (!read_text (reader, &span))
    return FALSE;
  if (field->kind == PD_FIELD_TEXT)
    note_text (reader, span);
  if (field->kind == PD_FIELD_SECRET)
    return is_span (span, PD_PRESET_TOKEN);
  return field->kind != PD_FIELD_CHOICE || is_choice (field, span);
}

static gboolean
read_secret (Reader        *reader,
             const PdField *field)
{
  char name[MAX_ID];

  return take (reader, '{') && read_id (reader, name) && g_str_equal (name, "stored") && take (reader, ':') &&
         read_date (reader) && take (reader, '}');
}

static gboolean
read_mark (Reader        *reader,
           const PdField *field)
{
  char name[MAX_ID];

  return take (reader, '{') && read_id (reader, name) && g_str_equal (name, "date") && take (reader, ':') &&
         read_date (reader) && take (reader, ',') && read_id (reader, name) && g_str_equal (name, "revision") &&
         take (reader, ':') && read_count (reader) && take (reader, '}');
}

static gboolean
read_revision (Reader        *reader,
               const PdField *field)
{
  return read_count (reader);
}

/* The guide's steps, whichever there are. */
static gboolean
read_guide (Reader *reader)
{
  Span seen[MAX_MEMBERS];
  char name[MAX_ID];
  guint n = 0;

  if (!take (reader, '{'))
    return FALSE;
  if (take (reader, '}'))
    return TRUE;
  do {
    if (n >= MAX_MEMBERS || !read_text (reader, &seen[n]))
      return FALSE;
    for (guint i = 0; i < n; i++) {
      if (seen[i].length == seen[n].length && memcmp (seen[i].start, seen[n].start, seen[n].length) == 0)
        return FALSE;
    }
    n++;
    if (!take (reader, ':') || !take (reader, '{') || !read_id (reader, name) || !g_str_equal (name, "date") ||
        !take (reader, ':') || !read_date (reader) || !take (reader, '}'))
      return FALSE;
  } while (take (reader, ','));
  return take (reader, '}');
}

static gboolean
read_choice (Reader     *reader,
             const char *member,
             PdSkim     *skim)
{
  char id[MAX_ID];

  if (!read_id (reader, id))
    return FALSE;
  if (g_str_equal (member, "mode"))
    return pd_mode_from_id (id, &skim->mode);
  if (g_str_equal (member, "generation"))
    return pd_generation_from_id (id, &skim->generation);
  return pd_environment_from_id (id, &skim->environment);
}

static gboolean
read_name (Reader *reader,
           PdSkim *skim)
{
  Span span;

  if (!read_text (reader, &span))
    return FALSE;
  note_text (reader, span);
  skim->name = span.start;
  skim->name_length = span.length;
  return TRUE;
}

static gboolean
read_format (Reader *reader)
{
  skip_space (reader);
  return take (reader, '0' + PD_DOCUMENT_FORMAT) && reader->at < reader->end && !g_ascii_isdigit (*reader->at);
}

static gboolean
read_document (Reader     *reader,
               const char *id,
               PdSkim     *skim)
{
  /* In the order in which they are written, each once: that is what 'usual' means. */
  static const char *const choices[] = { "mode", "generation", "environment" };
  static const struct { const char *name; ValueFunc read; } sections[] = {
    { PD_SECTION_VALUES, read_value }, { PD_SECTION_SECRETS, read_secret }, { PD_SECTION_MARKS, read_mark },
    { PD_SECTION_REVISIONS, read_revision },
  };
  char text[MAX_ID];

#define IS_NEXT(member) (read_id (reader, text) && g_str_equal (text, (member)) && take (reader, ':'))
  if (!take (reader, '{') || !IS_NEXT ("format") || !read_format (reader) || !take (reader, ',') ||
      !IS_NEXT ("id") || !read_id (reader, text) || !g_str_equal (text, id) || !take (reader, ',') ||
      !IS_NEXT ("revision") || !read_count (reader) || !take (reader, ',') || !IS_NEXT ("name") || !read_name (reader, skim))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    if (!take (reader, ',') || !IS_NEXT (choices[i]) || !read_choice (reader, choices[i], skim))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    if (!take (reader, ',') || !IS_NEXT (sections[i].name) || !read_section (reader, sections[i].read))
      return FALSE;
  }
  /* Files of before the guide have none. */
  if (take (reader, ',') && (!IS_NEXT (PD_SECTION_GUIDE) || !read_guide (reader)))
    return FALSE;
#undef IS_NEXT
  if (!take (reader, '}'))
    return FALSE;
  skip_space (reader);
  return reader->at == reader->end;
}

/**
 * pd_skim:
 * @content: a profile's file
 * @id: the id that it must have
 * @skim: (out): what a list shows of it; only where it is sound
 * @texts: (nullable): where to add the name and the values that are texts, a line before each
 *
 * Returns: whether @content is surely a sound document, one that pd_json_parse() and pd_document_check() take. Where
 *   this is %FALSE nothing is said: ask those.
 */
gboolean
pd_skim (GBytes     *content,
         const char *id,
         PdSkim     *skim,
         GString    *texts)
{
  Reader reader = { .texts = texts };
  gsize length;

  *skim = (PdSkim) { 0 };
  reader.at = g_bytes_get_data (content, &length);
  reader.end = reader.at + length;
  if (length > 0 && read_document (&reader, id, skim))
    return TRUE;
  *skim = (PdSkim) { 0 };
  return FALSE;
}
