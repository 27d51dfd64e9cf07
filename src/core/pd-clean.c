/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-clean.h"
#include "pd-label.h"
#include "pd-secret-text.h"
#include "pd-shape.h"

static const struct {
  PdCleaned   flag;
  const char *what;
} told[] = {
  { PD_CLEAN_ENCODING, N_("bytes that are not text") },
  { PD_CLEAN_FULL_WIDTH, N_("full-width characters made half-width") },
  { PD_CLEAN_WHITE_SPACE, N_("white space") },
  { PD_CLEAN_LINE_BREAKS, N_("line breaks") },
  { PD_CLEAN_INVISIBLE, N_("invisible characters") },
  { PD_CLEAN_QUOTES, N_("quotation marks") },
  { PD_CLEAN_LABEL, N_("the label in front of the value") },
};

static const struct {
  const char *open;
  const char *close;
} quotes[] = {
  { "\"", "\"" }, { "'", "'" }, { "“", "”" }, { "‘", "’" }, { "「", "」" }, { "『", "』" }, { "<", ">" }, { "`", "`" },
};

/* Of these half a pair goes as well: no ID, address or secret has them. */
static const char *const halves[] = { "\"", "“", "”", "「", "」", "『", "』" };

/* What is left while cleaning: @end is not the end of the buffer. */
typedef struct {
  const PdField *field;
  char          *text;
  char          *end;
  PdCleaned      cleaned;
} Scrap;

/* Names and the like keep their characters and inner spaces; IDs, secrets and addresses have neither. */
static gboolean
is_strict (const PdField *field)
{
  return field->shape != NULL && field->shape != &pd_shape_description;
}

static gboolean
is_phone (const PdField *field)
{
  return field->shape == &pd_shape_phone;
}

static gboolean
is_address (const PdField *field)
{
  return field->shape != NULL && field->shape->url != PD_URL_NONE;
}

/* Nothing to be seen of it, wherever it stands. */
static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
    return c != '\t' && c != '\n' && c != '\r' && c != 0x0085;
  case G_UNICODE_FORMAT:
  case G_UNICODE_SURROGATE:
    return TRUE;
  default:
    /* Joiners, fillers, selectors, and what stands for something lost. */
    return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x180E || c == 0x3164 || c == 0xFFA0 ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF) ||
           (c >= 0xFFF9 && c <= 0xFFFD);
  }
}

/* In a name these choose the form of the character before: a kanji's variant, an emoji's parts. */
static gboolean
is_selector (gunichar c)
{
  return c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

static gboolean
is_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x0085 || c == 0x2028 || c == 0x2029;
}

/* The plain sign for a full-width or look-alike one, or the character itself. */
static gunichar
narrow (gunichar c,
        gboolean phone)
{
  if (c >= 0xFF01 && c <= 0xFF5E)
    return c - 0xFF01 + 0x21;
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
    return '-';
  /* The sign of a long vowel, typed for a hyphen. */
  if (phone && (c == 0x30FC || c == 0xFF70))
    return '-';
  return c;
}

/* One pass over the characters, from the buffer into itself: no character grows. */
static void
clean_characters (Scrap    *scrap,
                  gboolean  strict)
{
  char    *to = scrap->text;
  gunichar before = ' ';

  for (const char *from = scrap->text; from < scrap->end;) {
    gunichar c = g_utf8_get_char (from);
    gunichar plain = strict ? narrow (c, is_phone (scrap->field)) : c;

    from = g_utf8_next_char (from);
    if (is_break (c)) {
      /* A label and its value on two lines stay apart for the moment; a name on two lines becomes one line. */
      plain = '\n';
      if (!strict) {
        plain = ' ';
        scrap->cleaned |= PD_CLEAN_LINE_BREAKS;
      }
    } else if (is_invisible (c)) {
      if (strict || !is_selector (c) || before < 0x80 || g_unichar_isspace (before)) {
        scrap->cleaned |= PD_CLEAN_INVISIBLE;
        continue;
      }
    } else if (g_unichar_isspace (c)) {
      if (strict && c != ' ') {
        plain = ' ';
        scrap->cleaned |= PD_CLEAN_WHITE_SPACE;
      }
    } else if (plain != c) {
      scrap->cleaned |= PD_CLEAN_FULL_WIDTH;
    }
    to += g_unichar_to_utf8 (plain, to);
    before = plain;
  }
  pd_secret_wipe (to, (gsize) (scrap->end - to));
  scrap->end = to;
}

static void
note_space (Scrap    *scrap,
            gunichar  c)
{
  scrap->cleaned |= c == '\n' ? PD_CLEAN_LINE_BREAKS : PD_CLEAN_WHITE_SPACE;
}

static void
trim (Scrap *scrap)
{
  while (scrap->text < scrap->end && g_unichar_isspace (g_utf8_get_char (scrap->text))) {
    note_space (scrap, g_utf8_get_char (scrap->text));
    scrap->text = g_utf8_next_char (scrap->text);
  }
  while (scrap->text < scrap->end) {
    char *last = g_utf8_find_prev_char (scrap->text, scrap->end);

    if (!g_unichar_isspace (g_utf8_get_char (last)))
      break;
    note_space (scrap, g_utf8_get_char (last));
    scrap->end = last;
  }
}

static gboolean
has_prefix (Scrap      *scrap,
            const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize) (scrap->end - scrap->text) > length && memcmp (scrap->text, prefix, length) == 0;
}

static gboolean
has_suffix (Scrap      *scrap,
            const char *suffix)
{
  gsize length = strlen (suffix);

  return (gsize) (scrap->end - scrap->text) > length && memcmp (scrap->end - length, suffix, length) == 0;
}

/* A pair around the whole, half a pair, and what a line of JSON or a list leaves at the end. Never the last character. */
static gboolean
strip_quotes (Scrap *scrap)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++) {
    gsize both = strlen (quotes[i].open) + strlen (quotes[i].close);

    if ((gsize) (scrap->end - scrap->text) > both && has_prefix (scrap, quotes[i].open) && has_suffix (scrap, quotes[i].close)) {
      scrap->text += strlen (quotes[i].open);
      scrap->end -= strlen (quotes[i].close);
      return TRUE;
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++) {
    if (has_prefix (scrap, halves[i])) {
      scrap->text += strlen (halves[i]);
      return TRUE;
    }
    if (has_suffix (scrap, halves[i])) {
      scrap->end -= strlen (halves[i]);
      return TRUE;
    }
  }
  /* An address may end so, unless it was quoted. */
  if ((has_suffix (scrap, ",") || has_suffix (scrap, ";")) &&
      (!is_address (scrap->field) || has_suffix (scrap, "\",") || has_suffix (scrap, "',"))) {
    scrap->end--;
    return TRUE;
  }
  return FALSE;
}

/* Its own label, and in the API information any other's: the value then shows by itself where it belongs. */
static gboolean
strip_label (Scrap *scrap)
{
  gsize length = (gsize) (scrap->end - scrap->text);
  gsize size = pd_label_measure (scrap->field, scrap->text, length);

  if (size == 0 && scrap->field->view == PD_VIEW_API_INFORMATION)
    pd_label_find (scrap->text, length, &size);
  scrap->text += size;
  return size > 0;
}

/* Inside an ID or an address a space is a slip of the hand; a phone number has them rightly. */
static gboolean
drop_inner_space (Scrap *scrap)
{
  char *to = scrap->text;

  for (const char *from = scrap->text; from < scrap->end; from++) {
    if (*from == '\n' || (*from == ' ' && !is_phone (scrap->field)))
      note_space (scrap, (guchar) *from);
    else
      *to++ = *from;
  }
  if (to == scrap->end)
    return FALSE;
  pd_secret_wipe (to, (gsize) (scrap->end - to));
  scrap->end = to;
  return TRUE;
}

static void
strip (Scrap *scrap)
{
  gboolean again = TRUE;

  /* Each round that goes on has taken something away. */
  while (again) {
    again = FALSE;
    trim (scrap);
    if (strip_label (scrap)) {
      scrap->cleaned |= PD_CLEAN_LABEL;
      again = TRUE;
    } else if (strip_quotes (scrap)) {
      scrap->cleaned |= PD_CLEAN_QUOTES;
      again = TRUE;
    } else {
      again = drop_inner_space (scrap);
    }
  }
}

/* A key's lines are part of it; only what is not to be seen goes, and what surrounds it. */
static void
clean_key (Scrap *scrap)
{
  char *to = scrap->text;

  for (const char *from = scrap->text; from < scrap->end;) {
    gunichar c = g_utf8_get_char (from);

    from = g_utf8_next_char (from);
    if (is_invisible (c))
      scrap->cleaned |= PD_CLEAN_INVISIBLE;
    else
      to += g_unichar_to_utf8 (c, to);
  }
  scrap->end = to;
  trim (scrap);
}

/* UTF-8 of what was pasted, in a buffer that nothing outgrows, so that no copy is left behind. */
static char *
make_valid (const char *text,
            PdCleaned  *cleaned)
{
  gsize       length = strlen (text);
  const char *end;
  char       *valid;
  char       *to;

  if (g_utf8_validate (text, (gssize) length, &end))
    return g_strdup (text);
  *cleaned |= PD_CLEAN_ENCODING;
  to = valid = g_malloc0 (length + 1);
  for (;;) {
    memcpy (to, text, (gsize) (end - text));
    to += end - text;
    if (*end == '\0')
      return valid;
    text = end + 1;
    g_utf8_validate (text, -1, &end);
  }
}

/**
 * pd_clean_value:
 * @field: the field that the text was pasted or typed into
 * @text: the text, of any bytes
 * @cleaned: (out) (optional): what was taken away or changed
 *
 * Takes away what pasting brings along and no value of this field holds. Cleaning a clean value changes nothing. What had
 * content is emptied only where nothing of it is to be seen, and then @cleaned says so.
 *
 * Returns: (transfer full): the value; the working copy is wiped
 */
char *
pd_clean_value (const PdField *field,
                const char    *text,
                PdCleaned     *cleaned)
{
  PdCleaned            changed = PD_CLEAN_NOTHING;
  g_autoptr (PdWiped)  copy = make_valid (text, &changed);
  gsize                length = strlen (copy);
  Scrap                scrap = { field, copy, copy + length, changed };
  char                *value;

  /* A key that strayed into another field stays whole, to be moved from there. */
  if (field->shape == &pd_shape_private_key || (is_strict (field) && strstr (copy, "-----BEGIN") != NULL)) {
    clean_key (&scrap);
  } else {
    clean_characters (&scrap, is_strict (field));
    if (is_strict (field))
      strip (&scrap);
    else
      trim (&scrap);
  }
  value = g_strndup (scrap.text, (gsize) (scrap.end - scrap.text));
  pd_secret_wipe (copy, length);
  if (cleaned != NULL)
    *cleaned = scrap.cleaned;
  return value;
}

/**
 * pd_clean_line:
 * @text: one line of a pasted text
 *
 * Half-width characters, nothing invisible, nothing around it: for telling a label from its value.
 *
 * Returns: (transfer full): the line
 */
char *
pd_clean_line (const char *text)
{
  static const PdField any = { .shape = &pd_shape_secret_access_key };
  PdCleaned            changed = PD_CLEAN_NOTHING;
  g_autoptr (PdWiped)  copy = make_valid (text, &changed);
  gsize                length = strlen (copy);
  Scrap                scrap = { &any, copy, copy + length, changed };
  char                *line;

  clean_characters (&scrap, TRUE);
  trim (&scrap);
  line = g_strndup (scrap.text, (gsize) (scrap.end - scrap.text));
  pd_secret_wipe (copy, length);
  return line;
}

/**
 * pd_clean_describe:
 * @cleaned: what pd_clean_value() changed
 *
 * Returns: (transfer full) (nullable): one translated sentence about it
 */
char *
pd_clean_describe (PdCleaned cleaned)
{
  g_autoptr (GString) what = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++) {
    if ((cleaned & told[i].flag) == 0)
      continue;
    if (what->len > 0)
      /* Translators: between the parts of a list */
      g_string_append (what, _(", "));
    g_string_append (what, _(told[i].what));
  }
  if (what->len == 0)
    return NULL;
  return g_strdup_printf (_("Cleaned: %s."), what->str);
}
