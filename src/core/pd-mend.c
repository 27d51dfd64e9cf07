/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-mend.h"
#include "pd-shape.h"
#include "pd-url-private.h"

/* Each mend may bring another rule to light; there are fewer of them than that. */
#define MAX_ROUNDS 16

/* Returns: (transfer full) (nullable): the mended value; NULL where it cannot be told what is meant. */
typedef char *(* Mend) (const PdField *field, const char *value);

/* Where in an address its parts stand. */
typedef struct {
  gsize    host;      /* where it begins, behind user and @ */
  gsize    authority; /* where that begins, behind :// */
  gsize    host_end;
  gsize    end;       /* of host and port */
  gboolean has_colon; /* at host_end */
} Spots;

static gboolean
find_spots (const char *value,
            Spots      *spots)
{
  const char *start = strstr (value, "://");
  const char *end;
  const char *at;
  const char *colon;

  if (start == NULL || start > value + strcspn (value, "/?#"))
    return FALSE;
  start += 3;
  end = start + strcspn (start, "/?#");
  at = g_strrstr_len (start, end - start, "@");
  colon = g_strrstr_len (start, end - start, ":");
  spots->authority = (gsize) (start - value);
  spots->host = (gsize) ((at != NULL ? at + 1 : start) - value);
  spots->end = (gsize) (end - value);
  spots->has_colon = colon != NULL && (gsize) (colon - value) >= spots->host && strspn (colon + 1, "0123456789") == (gsize) (end - colon - 1);
  spots->host_end = spots->has_colon ? (gsize) (colon - value) : spots->end;
  return TRUE;
}

static char *
splice (const char *value,
        gsize       from,
        gsize       to,
        const char *with)
{
  return g_strdup_printf ("%.*s%s%s", (int) from, value, with, value + to);
}

/* Around it, or in scheme and host, where none can be meant. In a path it may stand for %20. */
static char *
drop_space (const PdField *field,
            const char    *value)
{
  g_autofree char *stripped = g_strdup (value);
  GString         *mended;
  gboolean         has_scheme = memchr (value, ':', strcspn (value, "/?#")) != NULL;
  gboolean         in_path = FALSE;
  guint            n_slashes = 0;

  for (char *p = stripped; *p != '\0';) {
    char *next = g_utf8_next_char (p);

    if (!g_unichar_isspace (g_utf8_get_char (p)))
      break;
    memmove (p, next, strlen (next) + 1);
  }
  for (char *end = stripped + strlen (stripped); end > stripped; *end = '\0') {
    char *last = g_utf8_prev_char (end);

    if (!g_unichar_isspace (g_utf8_get_char (last)))
      break;
    end = last;
  }
  mended = g_string_new (NULL);
  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    n_slashes += c == '/';
    in_path = in_path || n_slashes == (has_scheme ? 3 : 1) || c == '?' || c == '#';
    if (in_path || !g_unichar_isspace (c))
      g_string_append_unichar (mended, c);
  }
  return g_string_free (mended, FALSE);
}

static char *
drop_unseen (const PdField *field,
             const char    *value)
{
  GString *mended = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

    if (type != G_UNICODE_FORMAT && type != G_UNICODE_CONTROL)
      g_string_append_unichar (mended, g_utf8_get_char (p));
  }
  return g_string_free (mended, FALSE);
}

/* Quotation marks and brackets that were copied along. */
static char *
drop_quotes (const PdField *field,
             const char    *value)
{
  gsize length = strlen (value);

  if (length > 2 && strchr ("\"<`{", value[0]) != NULL && strchr ("\">`}", value[length - 1]) != NULL)
    return g_strndup (value + 1, length - 2);
  return NULL;
}

/* Browsers take one for a slash (WHATWG URL). */
static char *
turn_slashes (const PdField *field,
              const char    *value)
{
  return g_strdelimit (g_strdup (value), "\\", '/');
}

static char *
narrow (const PdField *field,
        const char    *value)
{
  char *mended = pd_url_narrow (value);

  if (g_str_is_ascii (mended))
    return mended;
  g_free (mended);
  return NULL;
}

static char *
add_scheme (const PdField *field,
            const char    *value)
{
  static const char host[] = "^(//)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\\.[A-Za-z]{2,}(:[0-9]+)?([/?#]|$)";

  if (!g_regex_match_simple (host, value, 0, 0))
    return NULL;
  return g_strconcat ("https://", value + (g_str_has_prefix (value, "//") ? 2 : 0), NULL);
}

/* Another port than http's own is another server. */
static char *
use_https (const PdField *field,
           const char    *value)
{
  Spots spots;

  if (g_ascii_strncasecmp (value, "http://", strlen ("http://")) != 0 || !find_spots (value, &spots) || pd_url_is_localhost (value))
    return NULL;
  if (spots.has_colon) {
    g_autofree char *without = NULL;
    gsize            length = spots.end - spots.host_end;

    if (length > 1 && (length != 3 || strncmp (value + spots.host_end, ":80", 3) != 0))
      return NULL;
    without = splice (value, spots.host_end, spots.end, "");
    return splice (without, 0, strlen ("http"), "https");
  }
  return splice (value, 0, strlen ("http"), "https");
}

static char *
drop_user (const PdField *field,
           const char    *value)
{
  Spots spots;

  return find_spots (value, &spots) ? splice (value, spots.authority, spots.host, "") : NULL;
}

static char *
drop_fragment (const PdField *field,
               const char    *value)
{
  return g_strndup (value, strcspn (value, "#"));
}

static char *
drop_query (const PdField *field,
            const char    *value)
{
  return g_strndup (value, strcspn (value, "?#"));
}

static char *
drop_dot (const PdField *field,
          const char    *value)
{
  Spots spots;

  if (!find_spots (value, &spots) || spots.host_end == spots.host || value[spots.host_end - 1] != '.')
    return NULL;
  return splice (value, spots.host_end - 1, spots.host_end, "");
}

/* A host of another script's look-alikes is to be looked at, not turned into what is no longer seen. */
static char *
use_punycode (const PdField *field,
              const char    *value)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, value);
  g_autofree char      *host = NULL;
  g_autofree char      *ascii = NULL;
  Spots                 spots;

  for (guint i = 0; i < problems->len; i++) {
    if (g_str_equal (((PdProblem *) problems->pdata[i])->rule, "url-script"))
      return NULL;
  }
  if (!find_spots (value, &spots))
    return NULL;
  host = g_strndup (value + spots.host, spots.host_end - spots.host);
  ascii = strchr (host, '%') == NULL ? g_hostname_to_ascii (host) : NULL;
  return ascii != NULL ? splice (value, spots.host, spots.host_end, ascii) : NULL;
}

/* As browsers do with a path. How they write a query depends on the page it stands on. */
static char *
encode_path (const PdField *field,
             const char    *value)
{
  g_autofree char *path = NULL;
  g_autofree char *encoded = NULL;
  gsize            end = strcspn (value, "?#");
  Spots            spots;

  if (!g_str_is_ascii (value + end) || !find_spots (value, &spots))
    return NULL;
  path = g_strndup (value + spots.end, end - spots.end);
  encoded = g_uri_escape_string (path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "%[]", FALSE);
  return splice (value, spots.end, end, encoded);
}

static char *
use_small_letters (const PdField *field,
                   const char    *value)
{
  char *mended = g_strdup (value);
  Spots spots;

  if (!find_spots (value, &spots)) {
    g_free (mended);
    return NULL;
  }
  for (gsize i = 0; i < spots.end; i++) {
    if (i < spots.authority || i >= spots.host)
      mended[i] = g_ascii_tolower (mended[i]);
  }
  return mended;
}

static char *
cut_to_origin (const PdField *field,
               const char    *value)
{
  Spots spots;

  return find_spots (value, &spots) ? g_strndup (value, spots.end) : NULL;
}

/* The scheme's own port, or none behind the colon; what another one leads to is not known. */
static char *
drop_port (const PdField *field,
           const char    *value)
{
  Spots            spots;
  g_autofree char *port = NULL;

  if (!find_spots (value, &spots) || !spots.has_colon)
    return NULL;
  port = g_strndup (value + spots.host_end + 1, spots.end - spots.host_end - 1);
  if (*port != '\0' && g_strcmp0 (port, g_ascii_strncasecmp (value, "https:", 6) == 0 ? "443" : "80") != 0)
    return NULL;
  return splice (value, spots.host_end, spots.end, "");
}

/* S075: one value is right for every shop. */
static char *
use_preset (const PdField *field,
            const char    *value)
{
  return field->shape == &pd_shape_description ? g_strdup (field->preset) : NULL;
}

/* Several for one rule are tried in turn. */
static const struct {
  const char *rule;
  Mend        mend;
  const char *label; /* translatable: a button's */
} mends[] = {
  { "url-space", drop_space, N_("Remove Space") },
  { "url-unseen", drop_unseen, N_("Remove Character") },
  { "url-character", drop_quotes, N_("Remove Signs Around It") },
  { "url-character", turn_slashes, N_("Use Slashes") },
  { "url-full-width", narrow, N_("Make Half-Width") },
  { "url", add_scheme, N_("Add https://") },
  { "url-https", use_https, N_("Use https://") },
  { "url-user", drop_user, N_("Remove User Name") },
  { "url-fragment", drop_fragment, N_("Remove # Part") },
  { "url-dot", drop_dot, N_("Remove Dot") },
  { "url-idn", use_punycode, N_("Write as It Is Sent") },
  { "url-ascii", encode_path, N_("Write as It Is Sent") },
  { "url-case", use_small_letters, N_("Use Small Letters") },
  { "url-path", cut_to_origin, N_("Shorten to Origin") },
  { "url-query", drop_query, N_("Remove ? Part") },
  { "url-port", drop_port, N_("Remove Port") },
  { "url-default-port", drop_port, N_("Remove Port") },
  { "url-empty-port", drop_port, N_("Remove Colon") },
  { "shape", use_preset, N_("Use “Amazon Pay”") },
};

static gboolean
is_broken (const PdField *field,
           const char    *rule,
           const char    *value)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, value);

  for (guint i = 0; i < problems->len; i++) {
    if (g_str_equal (((PdProblem *) problems->pdata[i])->rule, rule))
      return TRUE;
  }
  return FALSE;
}

/**
 * pd_mend_value:
 * @field: a field
 * @rule: a rule that @value breaks
 * @value: one of the field's values
 * @label: (out) (optional) (transfer none): what a button that does it is called, translated
 *
 * Returns: (transfer full) (nullable): the value with that put right and all else as it was; %NULL where only the person can tell
 */
char *
pd_mend_value (const PdField  *field,
               const char     *rule,
               const char     *value,
               const char    **label)
{
  for (guint i = 0; i < G_N_ELEMENTS (mends); i++) {
    g_autofree char *mended = NULL;

    if (!g_str_equal (mends[i].rule, rule))
      continue;
    mended = mends[i].mend (field, value);
    if (mended == NULL || *mended == '\0' || g_str_equal (mended, value) || is_broken (field, rule, mended))
      continue;
    if (label != NULL)
      *label = _(mends[i].label);
    return g_steal_pointer (&mended);
  }
  return NULL;
}

/**
 * pd_mend_all:
 * @field: a field
 * @value: one of its values
 *
 * Returns: (transfer full): the value with all put right that can be; equal to @value where nothing can
 */
char *
pd_mend_all (const PdField *field,
             const char    *value)
{
  g_autofree char *mended = g_strdup (value);

  for (guint round = 0; round < MAX_ROUNDS; round++) {
    g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, mended);
    char                 *next = NULL;

    for (guint i = 0; i < problems->len && next == NULL; i++)
      next = pd_mend_value (field, ((PdProblem *) problems->pdata[i])->rule, mended, NULL);
    if (next == NULL)
      break;
    g_free (mended);
    mended = next;
  }
  return g_steal_pointer (&mended);
}
