/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "pd-ctl-output.h"
#include "pd-error.h"
#include "pd-json.h"

#define DEFAULT_COLUMNS 100

/* What Japanese never begins a line with. */
#define NO_LINE_START "。、」』）ーっゃゅょァィゥェォッャュョ"

static const char *const styles[] = {
  [PD_CTL_PLAIN] = "",
  [PD_CTL_BOLD] = "\033[1m",
  [PD_CTL_DIM] = "\033[2m",
  [PD_CTL_GOOD] = "\033[32m",
  [PD_CTL_ODD] = "\033[33m",
  [PD_CTL_BAD] = "\033[1;31m",
  [PD_CTL_UNSURE] = "\033[35m",
};

/* What steers a terminal or turns the order of its text: a shop's name from somebody's file may hold it. */
static gboolean
is_steering (gunichar character)
{
  if (character == '\n' || character == '\t')
    return FALSE;
  return g_unichar_iscntrl (character) || (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

static void
put_text (FILE       *stream,
          const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) safe = g_string_sized_new (strlen (valid));

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    g_string_append_unichar (safe, is_steering (character) ? 0xfffd : character);
  }
  fputs (safe->str, stream);
}

void
pd_ctl_out (const char *format,
            ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  put_text (stdout, text);
}

/* Whether somebody sits before standard output who can see colours (https://no-color.org). */
static gboolean
has_colours (void)
{
  const char *no_colour = g_getenv ("NO_COLOR");

  return isatty (STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

void
pd_ctl_out_styled (PdCtlStyle  style,
                   const char *text)
{
  gboolean styled = style != PD_CTL_PLAIN && has_colours ();

  if (styled)
    fputs (styles[style], stdout);
  put_text (stdout, text);
  if (styled)
    fputs ("\033[0m", stdout);
}

static guint
get_cells (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

/**
 * pd_ctl_get_width:
 * @text: UTF-8
 *
 * Returns: how many cells of a terminal it takes
 */
guint
pd_ctl_get_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    width += get_cells (g_utf8_get_char (c));
  return width;
}

void
pd_ctl_out_padded (const char *text,
                   guint       width)
{
  guint taken = pd_ctl_get_width (text);

  put_text (stdout, text);
  fprintf (stdout, "%*s", taken < width ? (int) (width - taken) : 0, "");
}

static guint
get_columns (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    return MIN (size.ws_col, 120);
  return DEFAULT_COLUMNS;
}

/* A line may end at a space, and in Japanese after nearly every character. */
static const char *
find_break (const char *text,
            guint       room)
{
  const char *last = NULL;
  guint       taken = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);
    gunichar next;

    taken += get_cells (character);
    if (taken > room && last != NULL)
      return last;
    next = g_utf8_get_char (g_utf8_next_char (c));
    if (next == ' ' || (g_unichar_iswide (character) && g_unichar_iswide (next) && g_utf8_strchr (NO_LINE_START, -1, next) == NULL))
      last = g_utf8_next_char (c);
  }
  return taken > room && last != NULL ? last : text + strlen (text);
}

/**
 * pd_ctl_out_wrapped:
 * @text: sentences; line breaks in it stay
 * @indent: spaces before each line
 *
 * Prints whole lines, broken to the terminal's width.
 */
void
pd_ctl_out_wrapped (const char *text,
                    guint       indent)
{
  guint room = get_columns () - indent;

  while (*text != '\0') {
    gsize       line = strcspn (text, "\n");
    const char *end = find_break (text, room);

    if (end > text + line)
      end = text + line;
    pd_ctl_out ("%*s%.*s\n", (int) indent, "", (int) (end - text), text);
    text = end;
    if (*text == '\n')
      text++;
    else
      text += strspn (text, " ");
  }
}

/* Exactly one document, ending in a newline. */
void
pd_ctl_out_json (JsonNode *node)
{
  g_autofree char *text = pd_json_to_string (node, TRUE);

  fputs (text, stdout);
  if (!g_str_has_suffix (text, "\n"))
    fputc ('\n', stdout);
}

/**
 * pd_ctl_flush:
 *
 * Returns: whether all that was printed has gone out: a full disk and a closed pipe are noticed here at the latest
 */
gboolean
pd_ctl_flush (void)
{
  return fflush (stdout) == 0 && !ferror (stdout);
}

static void
say (const char *format,
     va_list     arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  fputs ("paydeskctl: ", stderr);
  put_text (stderr, text);
  fputc ('\n', stderr);
}

void
pd_ctl_say (const char *format,
            ...)
{
  va_list arguments;

  va_start (arguments, format);
  say (format, arguments);
  va_end (arguments);
}

/**
 * pd_ctl_progress:
 * @text: (nullable): one short line in the place of the last one; %NULL takes that away
 *
 * For somebody who waits before a terminal.
 */
void
pd_ctl_progress (const char *text)
{
  if (isatty (STDERR_FILENO)) {
    fputs ("\r\033[K", stderr);
    put_text (stderr, text != NULL ? text : "");
  }
}

PdCtlStatus
pd_ctl_usage (const char *format,
              ...)
{
  va_list arguments;

  va_start (arguments, format);
  say (format, arguments);
  va_end (arguments);
  return PD_CTL_USAGE;
}

static PdCtlStatus
get_status (const GError *error)
{
  static const PdError wrong_usage[] = {
    PD_ERROR_BAD_INPUT, PD_ERROR_BAD_KEY, PD_ERROR_NOT_FOUND, PD_ERROR_AMBIGUOUS, PD_ERROR_GARBAGE, PD_ERROR_TOO_LARGE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong_usage); i++) {
    if (g_error_matches (error, PD_ERROR, (int) wrong_usage[i]))
      return PD_CTL_USAGE;
  }
  return PD_CTL_UNDONE;
}

/**
 * pd_ctl_fail:
 * @error: what went wrong
 *
 * Says it.
 *
 * Returns: the exit status that belongs to it
 */
PdCtlStatus
pd_ctl_fail (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    pd_ctl_say ("%s", _("Cancelled."));
  else
    pd_ctl_say ("%s", error->message);
  return get_status (error);
}

void
pd_ctl_json_string (JsonBuilder *builder,
                    const char  *member,
                    const char  *value)
{
  json_builder_set_member_name (builder, member);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
pd_ctl_json_boolean (JsonBuilder *builder,
                     const char  *member,
                     gboolean     value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

/* A list, empty where @values is %NULL. */
void
pd_ctl_json_strings (JsonBuilder       *builder,
                     const char        *member,
                     const char *const *values)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (; values != NULL && *values != NULL; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}
