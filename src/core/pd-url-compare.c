/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-url-compare.h"
#include "pd-url-private.h"

/* Beyond that the differing middle is one range: nobody reads such an address letter by letter. */
#define MAX_LENGTH 4096
#define MAX_CELLS  (512 * 512)

G_DEFINE_BOXED_TYPE (PdUrlCompare, pd_url_compare, pd_url_compare_copy, pd_url_compare_free)

/* An address taken apart, whether it is a good one or not. Absent parts are NULL, but scheme, host and path are never. */
typedef struct {
  char  *scheme;
  char  *user;
  char  *host;
  char  *port;
  char  *path;
  char  *query;
  char  *fragment;
  guint  host_at; /* in characters */
  guint  path_at;
  guint  query_at;
  guint  fragment_at;
} Parts;

/* Both sides of a part, of which what has been named is taken away. */
typedef struct {
  PdUrlCompare *result;
  GString      *messages;
} Naming;

static void
parts_clear (Parts *parts)
{
  g_free (parts->scheme);
  g_free (parts->user);
  g_free (parts->host);
  g_free (parts->port);
  g_free (parts->path);
  g_free (parts->query);
  g_free (parts->fragment);
}

static guint
count (const char *start,
       const char *end)
{
  return (guint) g_utf8_strlen (start, end - start);
}

static void
parts_init (Parts      *parts,
            const char *text)
{
  const char *authority = strstr (text, "://");
  const char *host;
  const char *end;
  const char *at;
  const char *colon;
  const char *query;
  const char *fragment;

  *parts = (Parts) { 0 };
  if (authority != NULL && authority < text + strcspn (text, "/?#")) {
    parts->scheme = g_strndup (text, (gsize) (authority - text));
    authority += 3;
  } else {
    parts->scheme = g_strdup ("");
    authority = g_str_has_prefix (text, "//") ? text + 2 : text;
  }
  end = authority + strcspn (authority, "/?#");
  at = g_strrstr_len (authority, end - authority, "@");
  host = at != NULL ? at + 1 : authority;
  if (at != NULL)
    parts->user = g_strndup (authority, (gsize) (at - authority));
  colon = g_strrstr_len (host, end - host, ":");
  if (colon != NULL && strspn (colon + 1, "0123456789") < (gsize) (end - colon - 1))
    colon = NULL; /* within an address of IPv6 */
  if (colon != NULL)
    parts->port = g_strndup (colon + 1, (gsize) (end - colon - 1));
  parts->host = g_strndup (host, (gsize) ((colon != NULL ? colon : end) - host));
  parts->host_at = count (text, host);
  fragment = strchr (end, '#');
  query = end + strcspn (end, "?#");
  parts->path = g_strndup (end, (gsize) (query - end));
  parts->path_at = count (text, end);
  if (*query == '?') {
    parts->query = g_strndup (query + 1, fragment != NULL ? (gsize) (fragment - query - 1) : strlen (query + 1));
    parts->query_at = count (text, query + 1);
  }
  if (fragment != NULL) {
    parts->fragment = g_strdup (fragment + 1);
    parts->fragment_at = count (text, fragment + 1);
  }
}

G_GNUC_PRINTF (3, 4) static void
name (Naming     *naming,
      PdUrlKind   kind,
      const char *format,
      ...)
{
  va_list arguments;

  if ((naming->result->kinds & kind) != 0)
    return; /* said already, of another part */
  naming->result->kinds |= kind;
  if (naming->messages->len > 0)
    g_string_append_c (naming->messages, ' ');
  va_start (arguments, format);
  g_string_append_vprintf (naming->messages, format, arguments);
  va_end (arguments);
}

static gboolean
is_unseen (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_CONTROL;
}

static char *
strip_unseen (const char *text)
{
  GString *stripped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!is_unseen (g_utf8_get_char (p)))
      g_string_append_unichar (stripped, g_utf8_get_char (p));
  }
  return g_string_free (stripped, FALSE);
}

static void
take_over (char **text,
           char  *with)
{
  g_free (*text);
  *text = with;
}

/* What is named of the whole texts, which are then as if it were mended. */
static void
compare_whole (Naming  *naming,
               char   **shop,
               char   **seen)
{
  char *shop_mended = strip_unseen (*shop);
  char *seen_mended = strip_unseen (*seen);

  if (!g_str_equal (seen_mended, *seen))
    name (naming, PD_URL_SPACE, "%s", _("In Seller Central there is a space or a character that is not seen in it."));
  else if (!g_str_equal (shop_mended, *shop))
    name (naming, PD_URL_SPACE, "%s", _("In the shop’s there is a space or a character that is not seen."));
  take_over (shop, shop_mended);
  take_over (seen, seen_mended);

  shop_mended = pd_url_narrow (*shop);
  seen_mended = pd_url_narrow (*seen);
  if (!g_str_equal (*shop, *seen) && !g_str_equal (seen_mended, *seen))
    name (naming, PD_URL_FULL_WIDTH, "%s", _("In Seller Central it has full-width characters."));
  else if (!g_str_equal (*shop, *seen) && !g_str_equal (shop_mended, *shop))
    name (naming, PD_URL_FULL_WIDTH, "%s", _("The shop’s has full-width characters."));
  take_over (shop, shop_mended);
  take_over (seen, seen_mended);
}

/* What remains of a part: whether it is one slip of a finger, which is named then. */
static gboolean
name_slip (Naming     *naming,
           const char *shop,
           guint       shop_at,
           const char *seen,
           guint       seen_at)
{
  g_autofree gunichar *ours = NULL;
  g_autofree gunichar *theirs = NULL;
  glong                n_ours;
  glong                n_theirs;
  glong                from = 0;
  char                 our[7] = "";
  char                 their[7] = "";

  ours = g_utf8_to_ucs4_fast (shop, -1, &n_ours);
  theirs = g_utf8_to_ucs4_fast (seen, -1, &n_theirs);
  while (from < n_ours && from < n_theirs && ours[from] == theirs[from])
    from++;
  while (n_ours > from && n_theirs > from && ours[n_ours - 1] == theirs[n_theirs - 1]) {
    n_ours--;
    n_theirs--;
  }
  if (n_ours > from)
    g_unichar_to_utf8 (ours[from], our);
  if (n_theirs > from)
    g_unichar_to_utf8 (theirs[from], their);
  if (n_ours == from && n_theirs == from + 1)
    name (naming, PD_URL_EXTRA, _("In Seller Central there is one character too many: “%s”, character %u."), their,
          seen_at + (guint) from + 1);
  else if (n_ours == from + 1 && n_theirs == from)
    name (naming, PD_URL_MISSING, _("In Seller Central one character is missing: “%s”, the shop’s character %u."), our,
          shop_at + (guint) from + 1);
  else if (n_ours == from + 1 && n_theirs == from + 1)
    name (naming, PD_URL_CHARACTER, _("Character %u is “%s” in Seller Central, and “%s” in the shop’s."), seen_at + (guint) from + 1,
          their, our);
  else if (n_ours == from + 2 && n_theirs == from + 2 && ours[from] == theirs[from + 1] && ours[from + 1] == theirs[from])
    name (naming, PD_URL_SWAPPED, _("In Seller Central the characters %u and %u have changed places."), seen_at + (guint) from + 1,
          seen_at + (guint) from + 2);
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_slip (const char *shop,
         const char *seen)
{
  PdUrlCompare        nowhere = { 0 };
  g_autoptr (GString) unsaid = g_string_new (NULL);
  Naming              naming = { &nowhere, unsaid };

  return name_slip (&naming, shop, 0, seen, 0);
}

static void
name_case (Naming *naming)
{
  name (naming, PD_URL_CASE, "%s", _("Capital and small letters differ."));
}

static void
compare_scheme (Naming      *naming,
                const Parts *shop,
                const Parts *seen)
{
  if (g_str_equal (shop->scheme, seen->scheme))
    return;
  if (g_ascii_strcasecmp (shop->scheme, seen->scheme) == 0)
    name_case (naming);
  else if (*seen->scheme == '\0')
    name (naming, PD_URL_SCHEME, _("In Seller Central “%s://” is missing at its beginning."), shop->scheme);
  else if (*shop->scheme == '\0')
    name (naming, PD_URL_SCHEME, _("The shop’s does not begin with “%s://”, as it does in Seller Central."), seen->scheme);
  else
    name (naming, PD_URL_SCHEME, _("In Seller Central it begins with “%s://”, the shop’s with “%s://”."), seen->scheme, shop->scheme);
}

static void
drop_dot (Naming     *naming,
          char       *host,
          gboolean    other_has_dot,
          const char *message)
{
  if (!g_str_has_suffix (host, "."))
    return;
  if (!other_has_dot)
    name (naming, PD_URL_DOT, "%s", message);
  host[strlen (host) - 1] = '\0';
}

static gboolean
is_punycode (const char *host)
{
  return strstr (host, "xn--") != NULL;
}

static void
compare_host (Naming      *naming,
              const Parts *shop,
              const Parts *seen)
{
  g_autofree char *ours = g_utf8_strdown (shop->host, -1);
  g_autofree char *theirs = g_utf8_strdown (seen->host, -1);
  gboolean         our_dot = g_str_has_suffix (ours, ".");
  gboolean         their_dot = g_str_has_suffix (theirs, ".");
  gboolean         our_www = g_str_has_prefix (ours, "www.");
  gboolean         their_www = g_str_has_prefix (theirs, "www.");
  guint            our_skip = 0;
  guint            their_skip = 0;
  g_autofree char *our_ascii = NULL;
  g_autofree char *their_ascii = NULL;
  gboolean         is_same;

  if (g_str_equal (shop->host, seen->host))
    return;
  if (g_str_equal (ours, theirs)) {
    name_case (naming);
    return;
  }
  drop_dot (naming, ours, their_dot, _("The shop’s host name ends in a dot."));
  drop_dot (naming, theirs, our_dot, _("In Seller Central the host name ends in a dot."));
  our_skip = our_www && !their_www ? 4 : 0;
  their_skip = their_www && !our_www ? 4 : 0;
  our_ascii = g_hostname_to_ascii (ours + our_skip);
  their_ascii = g_hostname_to_ascii (theirs + their_skip);
  is_same = our_ascii != NULL && g_strcmp0 (our_ascii, their_ascii) == 0;
  if (!is_same && !is_slip (ours + our_skip, theirs + their_skip)) {
    name (naming, PD_URL_HOST, _("The host names differ: “%s” in Seller Central, “%s” in the shop’s."), seen->host, shop->host);
    return;
  }
  if (our_skip > 0)
    name (naming, PD_URL_WWW, "%s", _("In Seller Central “www.” is missing before the host name."));
  else if (their_skip > 0)
    name (naming, PD_URL_WWW, "%s", _("In Seller Central it has “www.” before the host name, the shop’s has not."));
  if (is_same && is_punycode (ours) != is_punycode (theirs))
    name (naming, PD_URL_PUNYCODE, "%s", is_punycode (theirs)
          ? _("In Seller Central the host name is written in Punycode (xn--…), the shop’s in its own characters.")
          : _("The shop’s host name is written in Punycode (xn--…), in Seller Central in its own characters."));
  if (!is_same)
    name_slip (naming, ours + our_skip, shop->host_at + our_skip, theirs + their_skip, seen->host_at + their_skip);
}

static void
compare_port (Naming      *naming,
              const Parts *shop,
              const Parts *seen)
{
  if (g_strcmp0 (shop->port, seen->port) == 0)
    return;
  if (shop->port == NULL)
    name (naming, PD_URL_PORT, _("In Seller Central it names the port %s, the shop’s does not."), seen->port);
  else if (seen->port == NULL)
    name (naming, PD_URL_PORT, _("In Seller Central the port %s is missing."), shop->port);
  else
    name (naming, PD_URL_PORT, _("The port is %s in Seller Central, and %s in the shop’s."), seen->port, shop->port);
}

static gboolean
says_the_same (const char *shop,
               const char *seen)
{
  g_autofree char *ours = g_uri_unescape_string (shop, NULL);
  g_autofree char *theirs = g_uri_unescape_string (seen, NULL);

  return ours != NULL && g_strcmp0 (ours, theirs) == 0;
}

static void
drop_slash (char *path)
{
  gsize length = strlen (path);

  if (length > 0 && path[length - 1] == '/')
    path[length - 1] = '\0';
}

static void
compare_path (Naming      *naming,
              const Parts *shop,
              const Parts *seen)
{
  g_autofree char *ours = g_strdup (shop->path);
  g_autofree char *theirs = g_strdup (seen->path);
  gboolean         our_slash = g_str_has_suffix (ours, "/");
  gboolean         their_slash = g_str_has_suffix (theirs, "/");

  if (g_str_equal (ours, theirs))
    return;
  if (our_slash != their_slash) {
    name (naming, PD_URL_SLASH, "%s", their_slash ? _("In Seller Central the path ends in a slash, the shop’s does not.")
                                                  : _("In Seller Central the slash at the end of the path is missing."));
    drop_slash (our_slash ? ours : theirs);
  }
  if (g_str_equal (ours, theirs))
    return;
  if (g_ascii_strcasecmp (ours, theirs) == 0)
    name_case (naming);
  else if (says_the_same (ours, theirs))
    name (naming, PD_URL_PERCENT, "%s", _("The same characters are written in another way, with percent codes."));
  else if (!name_slip (naming, ours, shop->path_at, theirs, seen->path_at))
    name (naming, PD_URL_PATH, _("The paths differ: “%s” in Seller Central, “%s” in the shop’s."), seen->path, shop->path);
}

static void
compare_rest (Naming      *naming,
              const Parts *shop,
              const Parts *seen)
{
  if (shop->query == NULL && seen->query != NULL)
    name (naming, PD_URL_QUERY, _("In Seller Central there is “?%s” behind it, which the shop’s does not have."), seen->query);
  else if (shop->query != NULL && seen->query == NULL)
    name (naming, PD_URL_QUERY, _("In Seller Central “?%s” is missing behind it."), shop->query);
  else if (g_strcmp0 (shop->query, seen->query) != 0 && g_ascii_strcasecmp (shop->query, seen->query) == 0)
    name_case (naming);
  else if (g_strcmp0 (shop->query, seen->query) != 0 && !name_slip (naming, shop->query, shop->query_at, seen->query, seen->query_at))
    name (naming, PD_URL_QUERY, _("Behind the ? sign there is “%s” in Seller Central, and “%s” in the shop’s."), seen->query,
          shop->query);
  if (shop->fragment == NULL && seen->fragment != NULL)
    name (naming, PD_URL_FRAGMENT, _("In Seller Central there is “#%s” behind it, which the shop’s does not have."), seen->fragment);
  else if (shop->fragment != NULL && seen->fragment == NULL)
    name (naming, PD_URL_FRAGMENT, _("In Seller Central “#%s” is missing behind it."), shop->fragment);
  else if (g_strcmp0 (shop->fragment, seen->fragment) != 0 &&
           !name_slip (naming, shop->fragment, shop->fragment_at, seen->fragment, seen->fragment_at))
    name (naming, PD_URL_FRAGMENT, _("Behind the # sign there is “%s” in Seller Central, and “%s” in the shop’s."), seen->fragment,
          shop->fragment);
}

static void
add_range (GArray *ranges,
           guint   start,
           guint   end)
{
  PdUrlRange *last = ranges->len > 0 ? &g_array_index (ranges, PdUrlRange, ranges->len - 1) : NULL;
  PdUrlRange  range = { start, end };

  if (start == end)
    return;
  if (last != NULL && last->end == start)
    last->end = end;
  else
    g_array_append_val (ranges, range);
}

/* The fewest changes that make one middle the other (Levenshtein), read off from the front. */
static void
mark_middle (PdUrlCompare   *result,
             const gunichar *ours,
             guint           n_ours,
             const gunichar *theirs,
             guint           n_theirs,
             guint           at)
{
  guint               width = n_theirs + 1;
  g_autofree guint16 *cells = g_new (guint16, (n_ours + 1) * width);
  guint               i = 0;
  guint               j = 0;

  for (guint row = n_ours + 1; row-- > 0;) {
    for (guint column = width; column-- > 0;) {
      guint16 *cell = &cells[row * width + column];

      if (row == n_ours)
        *cell = (guint16) (n_theirs - column);
      else if (column == n_theirs)
        *cell = (guint16) (n_ours - row);
      else
        *cell = (guint16) MIN (cell[width + 1] + (ours[row] != theirs[column]), MIN (cell[width], cell[1]) + 1);
    }
  }
  while (i < n_ours || j < n_theirs) {
    const guint16 *cell = &cells[i * width + j];

    if (i < n_ours && j < n_theirs && *cell == cell[width + 1] + (ours[i] != theirs[j])) {
      if (ours[i] != theirs[j]) {
        add_range (result->shop, at + i, at + i + 1);
        add_range (result->seen, at + j, at + j + 1);
      }
      i++;
      j++;
    } else if (i < n_ours && (j == n_theirs || *cell == cell[width] + 1)) {
      add_range (result->shop, at + i, at + i + 1);
      i++;
    } else {
      add_range (result->seen, at + j, at + j + 1);
      j++;
    }
  }
}

static void
mark (PdUrlCompare *result,
      const char   *shop,
      const char   *seen)
{
  g_autofree gunichar *ours = NULL;
  g_autofree gunichar *theirs = NULL;
  glong                n_ours;
  glong                n_theirs;
  glong                from = 0;

  ours = g_utf8_to_ucs4_fast (shop, -1, &n_ours);
  theirs = g_utf8_to_ucs4_fast (seen, -1, &n_theirs);
  while (from < n_ours && from < n_theirs && ours[from] == theirs[from])
    from++;
  while (n_ours > from && n_theirs > from && ours[n_ours - 1] == theirs[n_theirs - 1]) {
    n_ours--;
    n_theirs--;
  }
  if (MAX (n_ours, n_theirs) - from > MAX_LENGTH || (n_ours - from + 1) * (n_theirs - from + 1) > MAX_CELLS) {
    add_range (result->shop, (guint) from, (guint) n_ours);
    add_range (result->seen, (guint) from, (guint) n_theirs);
    return;
  }
  mark_middle (result, ours + from, (guint) (n_ours - from), theirs + from, (guint) (n_theirs - from), (guint) from);
}

/* Another host counts as meant only where a path of some length is the same: every top page is like every other. */
static gboolean
may_be_meant (guint        kinds,
              const Parts *shop)
{
  if ((kinds & PD_URL_HOST) == 0)
    return TRUE;
  return strlen (shop->path) > 1 &&
         (kinds & (PD_URL_PATH | PD_URL_QUERY | PD_URL_EXTRA | PD_URL_MISSING | PD_URL_CHARACTER | PD_URL_SWAPPED)) == 0;
}

/**
 * pd_url_compare_new:
 * @shop: the address that the shop gives, UTF-8
 * @seen: the address that Seller Central shows, UTF-8
 *
 * Compares them exactly, as Amazon does with return URLs (Login with Amazon: scheme, host, port, path and query all count), and
 * names what differs.
 *
 * Returns: (transfer full): the comparison
 */
PdUrlCompare *
pd_url_compare_new (const char *shop,
                    const char *seen)
{
  PdUrlCompare      *self = g_new0 (PdUrlCompare, 1);
  g_autofree char   *ours = g_strdup (shop);
  g_autofree char   *theirs = g_strdup (seen);
  g_autoptr (GString) messages = g_string_new (NULL);
  Naming             naming = { self, messages };
  Parts              our_parts;
  Parts              their_parts;

  self->shop = g_array_new (FALSE, FALSE, sizeof (PdUrlRange));
  self->seen = g_array_new (FALSE, FALSE, sizeof (PdUrlRange));
  self->near = TRUE;
  if (g_str_equal (shop, seen))
    return self;
  mark (self, shop, seen);
  compare_whole (&naming, &ours, &theirs);
  parts_init (&our_parts, ours);
  parts_init (&their_parts, theirs);
  compare_scheme (&naming, &our_parts, &their_parts);
  if (g_strcmp0 (our_parts.user, their_parts.user) != 0)
    name (&naming, PD_URL_USER, "%s", _("The user names before the @ sign differ."));
  compare_host (&naming, &our_parts, &their_parts);
  compare_port (&naming, &our_parts, &their_parts);
  compare_path (&naming, &our_parts, &their_parts);
  compare_rest (&naming, &our_parts, &their_parts);
  /* Characters that are another's equal by their looks alone: the ranges show where. */
  if (self->kinds == 0)
    name (&naming, PD_URL_PATH, "%s", _("They are written in other characters."));
  self->kind = (PdUrlKind) (self->kinds & -self->kinds);
  self->near = may_be_meant (self->kinds, &our_parts);
  self->message = g_strdup (messages->str);
  parts_clear (&our_parts);
  parts_clear (&their_parts);
  return self;
}

PdUrlCompare *
pd_url_compare_copy (const PdUrlCompare *self)
{
  PdUrlCompare *copy = g_new (PdUrlCompare, 1);

  *copy = *self;
  copy->message = g_strdup (self->message);
  copy->shop = g_array_copy (self->shop);
  copy->seen = g_array_copy (self->seen);
  return copy;
}

void
pd_url_compare_free (PdUrlCompare *self)
{
  g_free (self->message);
  g_array_unref (self->shop);
  g_array_unref (self->seen);
  g_free (self);
}

/**
 * pd_url_compare_estimate:
 * @shop: an address
 * @seen: another
 *
 * Quickly, for choosing among many which to compare.
 *
 * Returns: how many bytes lie between the common beginning and the common end of the two; 0 where they are equal
 */
guint
pd_url_compare_estimate (const char *shop,
                         const char *seen)
{
  gsize n_shop = strlen (shop);
  gsize n_seen = strlen (seen);
  gsize from = 0;

  while (from < n_shop && shop[from] == seen[from])
    from++;
  while (n_shop > from && n_seen > from && shop[n_shop - 1] == seen[n_seen - 1]) {
    n_shop--;
    n_seen--;
  }
  return (guint) (MAX (n_shop, n_seen) - from);
}
