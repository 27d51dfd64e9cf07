/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-url-private.h"

/* One rule of an address, judged in this order. */
typedef struct {
  const char *rule;
  guint       needed; /* the PdUrlRules under which it holds; 0: always */
  PdSeverity  severity;
  gboolean  (*broken) (const PdShape *shape, const char *value, GUri *uri);
  const char *message; /* translatable; %s stands for the host name as it is sent */
} Rule;

/* The host as it is written, with user and port; GUri has decoded and converted its own. */
static const char *
find_authority (const char *value,
                gsize      *length)
{
  const char *start = strstr (value, "://");

  start = start != NULL ? start + 3 : value;
  *length = strcspn (start, "/?#");
  return start;
}

/* Like g_regex_match_simple(), but each pattern, a literal, is compiled once: a list may have hundreds of addresses. */
static gboolean
matches (const char *pattern,
         const char *value)
{
  static GMutex      mutex;
  static GHashTable *compiled;
  GRegex            *regex;

  g_mutex_lock (&mutex);
  if (compiled == NULL)
    compiled = g_hash_table_new (NULL, NULL);
  regex = g_hash_table_lookup (compiled, pattern);
  if (regex == NULL) {
    regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);
    g_hash_table_insert (compiled, (gpointer) pattern, regex);
  }
  g_mutex_unlock (&mutex);
  return g_regex_match (regex, value, 0, NULL);
}

static gboolean
is_local (GUri *uri)
{
  return g_strcmp0 (g_uri_get_host (uri), "localhost") == 0;
}

static gboolean
has_space (const PdShape *shape,
           const char    *value,
           GUri          *uri)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

/* Characters of no width, marks of direction, soft hyphens: they come along with copied text. */
static gboolean
has_unseen (const PdShape *shape,
            const char    *value,
            GUri          *uri)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

    if (type == G_UNICODE_FORMAT || type == G_UNICODE_CONTROL)
      return TRUE;
  }
  return FALSE;
}

/* U+FF01 to U+FF5E: what a Japanese keyboard types for letters, digits and signs while its input method is on. */
static gboolean
has_full_width (const PdShape *shape,
                const char    *value,
                GUri          *uri)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c >= 0xff01 && c <= 0xff5e)
      return TRUE;
  }
  return FALSE;
}

/* RFC 3986, 2.1: a % sign only begins a code of two hexadecimal digits. */
static gboolean
has_broken_percent (const PdShape *shape,
                    const char    *value,
                    GUri          *uri)
{
  return matches ("%(?![0-9A-Fa-f]{2})", value);
}

/* Characters that no address has as they are; browsers read a backslash as a slash, servers do not. */
static gboolean
has_bad_character (const PdShape *shape,
                   const char    *value,
                   GUri          *uri)
{
  return strpbrk (value, "\\\"<>^`{|}") != NULL;
}

static gboolean
has_foreign_host (const PdShape *shape,
                  const char    *value,
                  GUri          *uri)
{
  gsize       length;
  const char *authority = find_authority (value, &length);

  for (gsize i = 0; i < length; i++) {
    if ((guchar) authority[i] >= 0x80)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_foreign_path (const PdShape *shape,
                  const char    *value,
                  GUri          *uri)
{
  return !has_foreign_host (shape, value, uri) && !g_str_is_ascii (value);
}

static gboolean
is_no_address (const PdShape *shape,
               const char    *value,
               GUri          *uri)
{
  return uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0';
}

static gboolean
is_not_https (const PdShape *shape,
              const char    *value,
              GUri          *uri)
{
  if (g_strcmp0 (g_uri_get_scheme (uri), "https") == 0)
    return FALSE;
  return !((shape->url & PD_URL_LOCAL) && is_local (uri) && g_strcmp0 (g_uri_get_scheme (uri), "http") == 0);
}

static gboolean
has_user (const PdShape *shape,
          const char    *value,
          GUri          *uri)
{
  return g_uri_get_userinfo (uri) != NULL;
}

static gboolean
has_fragment (const PdShape *shape,
              const char    *value,
              GUri          *uri)
{
  return g_uri_get_fragment (uri) != NULL;
}

static gboolean
is_number_host (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  /* Also the forms that a browser takes for one: 2130706433, 0x7f.1, 127.1. */
  return address != NULL || matches ("^(0[xX][0-9A-Fa-f]*|[0-9]+)(\\.(0[xX][0-9A-Fa-f]*|[0-9]+))*\\.?$", host);
}

static gboolean
has_trailing_dot (const PdShape *shape,
                  const char    *value,
                  GUri          *uri)
{
  return g_str_has_suffix (g_uri_get_host (uri), ".");
}

/* Names that are never found from outside: RFC 6761, RFC 6762, RFC 8375, and what routers use. */
static gboolean
is_private_name (const char *host)
{
  static const char *const ends[] = { ".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (g_str_has_suffix (host, ends[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_private (const PdShape *shape,
            const char    *value,
            GUri          *uri)
{
  const char              *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return pd_url_is_private_address (address);
  if (strchr (host, ':') != NULL || is_private_name (host))
    return TRUE; /* an IPv6 address with a zone is one of a link */
  return is_local (uri) && !(shape->url & PD_URL_LOCAL);
}

static gboolean
is_number (const PdShape *shape,
           const char    *value,
           GUri          *uri)
{
  return is_number_host (g_uri_get_host (uri));
}

/* Letters of other scripts that look like Latin ones: а, е, о, р, с … of Cyrillic, and some of Greek. */
#define LOOK_ALIKES "асԁеһіјӏорԛѕԝхуүνορτικαυ"

/* UTS 39, single script: Japanese mixes its scripts, and Latin with them; else a label keeps to one. */
static gboolean
is_mixed_label (const char *label)
{
  enum { LATIN = 1 << 0, JAPANESE = 1 << 1, OTHER = 1 << 2 };
  GUnicodeScript first = G_UNICODE_SCRIPT_COMMON;
  guint          seen = 0;
  gboolean       all_alike = TRUE;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar       c = g_utf8_get_char (p);
    GUnicodeScript script = g_unichar_get_script (c);

    if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED)
      continue;
    if (script == G_UNICODE_SCRIPT_LATIN) {
      seen |= LATIN;
    } else if (script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA) {
      seen |= JAPANESE;
    } else {
      if (first != G_UNICODE_SCRIPT_COMMON && first != script)
        return TRUE;
      first = script;
      seen |= OTHER;
      all_alike = all_alike && g_utf8_strchr (LOOK_ALIKES, -1, c) != NULL;
    }
  }
  return (seen & OTHER) != 0 && (seen != OTHER || all_alike);
}

static gboolean
has_mixed_scripts (const PdShape *shape,
                   const char    *value,
                   GUri          *uri)
{
  g_autofree char *host = g_hostname_to_unicode (g_uri_get_host (uri));
  g_auto (GStrv)   labels = g_strsplit (host != NULL ? host : "", ".", -1);

  for (guint i = 0; labels[i] != NULL; i++) {
    if (is_mixed_label (labels[i]))
      return TRUE;
  }
  return FALSE;
}

/* Encoded letters, digits and - . _ ~ are the same address by RFC 3986, 6.2.2.2, but not the same letters. */
static gboolean
has_needless_percent (const PdShape *shape,
                      const char    *value,
                      GUri          *uri)
{
  return matches ("%(2[DdEe]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])", value);
}

static gboolean
has_percent_twice (const PdShape *shape,
                   const char    *value,
                   GUri          *uri)
{
  return matches ("%25[0-9A-Fa-f]{2}", value);
}

static gboolean
has_hidden_slash (const PdShape *shape,
                  const char    *value,
                  GUri          *uri)
{
  return matches ("%(2[Ff]|5[Cc]|00)", g_uri_get_path (uri));
}

static gboolean
has_dots (const PdShape *shape,
          const char    *value,
          GUri          *uri)
{
  /* GUri has taken them out already. */
  return matches ("^[^?#]*[^/]/(\\.{1,2})([/?#]|$)", value);
}

/* Labels of letters, digits and hyphens (RFC 1123 §2.1), or an address in brackets. */
static gboolean
has_bad_host (const PdShape *shape,
              const char    *value,
              GUri          *uri)
{
  g_auto (GStrv) labels = g_strsplit (g_uri_get_host (uri), ".", -1);
  gsize          length;
  const char    *authority = find_authority (value, &length);

  if (memchr (authority, '%', length) != NULL)
    return TRUE;
  if (strchr (g_uri_get_host (uri), ':') != NULL)
    return FALSE;
  for (guint i = 0; labels[i] != NULL; i++) {
    gsize n = strlen (labels[i]);

    if (n == 0 || n > 63 || labels[i][0] == '-' || labels[i][n - 1] == '-' ||
        strspn (labels[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != n)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_one_label (const PdShape *shape,
               const char    *value,
               GUri          *uri)
{
  const char *host = g_uri_get_host (uri);

  return strpbrk (host, ".:") == NULL && !is_local (uri) && !is_number_host (host);
}

static gboolean
has_capitals (const PdShape *shape,
              const char    *value,
              GUri          *uri)
{
  gsize       length;
  const char *end = find_authority (value, &length) + length;

  for (const char *c = value; c < end; c++) {
    if (g_ascii_isupper (*c))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_usual_port (const PdShape *shape,
                const char    *value,
                GUri          *uri)
{
  return g_uri_get_port (uri) == 443 && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0;
}

static gboolean
has_more_than_origin (const PdShape *shape,
                      const char    *value,
                      GUri          *uri)
{
  const char *path = g_uri_get_path (uri);

  /* A final slash stands in Amazon's own example. */
  return (*path != '\0' && !g_str_equal (path, "/")) || g_uri_get_query (uri) != NULL;
}

static gboolean
has_query (const PdShape *shape,
           const char    *value,
           GUri          *uri)
{
  return g_uri_get_query (uri) != NULL;
}

static gboolean
is_top (const PdShape *shape,
        const char    *value,
        GUri          *uri)
{
  return matches ("^/*(index\\.[a-z]{3,5})?$", g_uri_get_path (uri)) && g_uri_get_query (uri) == NULL;
}

static gboolean
has_port (const PdShape *shape,
          const char    *value,
          GUri          *uri)
{
  return g_uri_get_port (uri) != -1;
}

static gboolean
has_default_port (const PdShape *shape,
                  const char    *value,
                  GUri          *uri)
{
  int port = g_uri_get_port (uri);

  if ((shape->url & (PD_URL_NO_TOP | PD_URL_ORIGIN)) != 0)
    return FALSE; /* "url-port" says it */
  return port == (g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80);
}

static gboolean
has_empty_port (const PdShape *shape,
                const char    *value,
                GUri          *uri)
{
  return matches ("^[A-Za-z]+://[^/?#]*:([/?#]|$)", value);
}

static gboolean
is_too_long (const PdShape *shape,
             const char    *value,
             GUri          *uri)
{
  return shape->max > 0 && g_utf8_strlen (value, -1) > shape->max;
}

static const Rule rules[] = {
  { "url-space", 0, PD_SEVERITY_ERROR, has_space, N_("The address has a space in it.") },
  { "url-unseen", 0, PD_SEVERITY_ERROR, has_unseen,
    N_("The address has a character in it that is not seen. Type that part by hand, or copy it again.") },
  { "url-character", 0, PD_SEVERITY_ERROR, has_bad_character,
    N_("The address has a sign that does not belong in one, such as a backslash or a quotation mark.") },
  { "url-percent", 0, PD_SEVERITY_ERROR, has_broken_percent,
    N_("The address has a percent sign that is not followed by two digits or letters from A to F.") },
  { "url-full-width", 0, PD_SEVERITY_ERROR, has_full_width,
    N_("The address has full-width letters, digits or signs. Type them half-width.") },
  { "url", 0, PD_SEVERITY_ERROR, is_no_address, N_("This is not an address. It should begin with https:// and a host name.") },
  { "url-https", 0, PD_SEVERITY_ERROR, is_not_https, N_("The address has to begin with https://.") },
  { "url-user", 0, PD_SEVERITY_ERROR, has_user, N_("The address has a user name in it, before an @ sign.") },
  { "url-fragment", 0, PD_SEVERITY_ERROR, has_fragment, N_("The address has a part behind a # sign, which is never sent.") },
  { "url-dot", 0, PD_SEVERITY_ERROR, has_trailing_dot, N_("The host name ends in a dot.") },
  { "url-host", 0, PD_SEVERITY_ERROR, has_bad_host, N_("The host name is not sound: it consists of letters, digits, hyphens and single dots.") },
  { "url-private", 0, PD_SEVERITY_ERROR, is_private, N_("The address cannot be reached from the internet.") },
  { "url-number", 0, PD_SEVERITY_WARNING, is_number, N_("The address has a number in place of a host name.") },
  { "url-script", 0, PD_SEVERITY_WARNING, has_mixed_scripts,
    N_("The host name has letters of another script that look like usual ones. Type the host name by hand.") },
  { "url-host", 0, PD_SEVERITY_WARNING, has_one_label, N_("The host name is not complete.") },
  { "url-idn", 0, PD_SEVERITY_WARNING, has_foreign_host,
    N_("The host name has other characters than plain letters. It is sent as %s: check that it is the shop’s, and enter it so.") },
  { "url-ascii", 0, PD_SEVERITY_WARNING, has_foreign_path,
    N_("The address has characters that are not plain letters, digits and signs. Copy it from the browser’s address bar.") },
  { "url-case", 0, PD_SEVERITY_WARNING, has_capitals, N_("The host name has capital letters. Amazon compares addresses letter by letter.") },
  { "url-path", PD_URL_ORIGIN, PD_SEVERITY_ERROR, has_more_than_origin,
    N_("An origin is https:// and the host only, without a path behind it.") },
  { "url-query", PD_URL_SITE, PD_SEVERITY_WARNING, has_query, N_("The address of a site has no part behind a ? sign.") },
  { "url-top", PD_URL_NO_TOP, PD_SEVERITY_ERROR, is_top,
    N_("This is a site’s top page. The notification URL is the one that futureshop shows, with a path.") },
  { "url-port", PD_URL_NO_TOP, PD_SEVERITY_WARNING, has_port, N_("The address names a port. Notifications should come to the usual one.") },
  { "url-port", PD_URL_ORIGIN, PD_SEVERITY_WARNING, has_usual_port, N_("An origin names its port only where it is not 443.") },
  { "url-default-port", 0, PD_SEVERITY_WARNING, has_default_port,
    N_("The address names the usual port. Leave it out, as Amazon compares addresses letter by letter.") },
  { "url-empty-port", 0, PD_SEVERITY_WARNING, has_empty_port, N_("The host name has a colon behind it, but no port.") },
  { "url-percent-needless", 0, PD_SEVERITY_WARNING, has_needless_percent,
    N_("The address writes plain letters or digits as percent codes. Amazon compares addresses letter by letter.") },
  { "url-percent-twice", 0, PD_SEVERITY_WARNING, has_percent_twice, N_("The address has percent codes that were encoded twice.") },
  { "url-percent-slash", 0, PD_SEVERITY_WARNING, has_hidden_slash, N_("The path has a slash hidden in a percent code.") },
  { "url-dots", 0, PD_SEVERITY_WARNING, has_dots, N_("The path has /./ or /../ in it, which browsers take out.") },
  { "url-length", 0, PD_SEVERITY_WARNING, is_too_long, N_("The address is longer than 150 characters. Users of OpenCart report that as Amazon’s limit; Amazon’s own pages name none.") },
};

static char *
replace_host (const char *message,
              const char *host)
{
  g_auto (GStrv) parts = g_strsplit (message, "%s", 2);

  return g_strjoinv (host, parts);
}

/**
 * pd_url_judge:
 * @shape: a form with rules of an address
 * @value: the value
 * @problems: (element-type PdProblem): gets the rules that are broken
 *
 * The first broken rule of those that make an address useless is told alone; lesser ones are told together.
 */
void
pd_url_judge (const PdShape *shape,
              const char    *value,
              GPtrArray     *problems)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_ENCODED, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autofree char *message = NULL;

    if (rules[i].needed != 0 && (shape->url & rules[i].needed) == 0)
      continue;
    if (!rules[i].broken (shape, value, uri))
      continue;
    message = strstr (rules[i].message, "%s") != NULL ? replace_host (_(rules[i].message), g_uri_get_host (uri))
                                                      : g_strdup (_(rules[i].message));
    g_ptr_array_add (problems, pd_problem_new (rules[i].rule, rules[i].severity, message));
    if (rules[i].severity == PD_SEVERITY_ERROR)
      return;
  }
}

/**
 * pd_url_is_private_address:
 * @address: an address
 *
 * Returns: whether nobody can reach it from the internet. What GLib's own tests leave out: RFC 1112 (reserved), RFC 6598 (shared),
 *   RFC 4193 (local IPv6), and either written within IPv6 (RFC 4291, 2.5.5.2)
 */
gboolean
pd_url_is_private_address (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  gsize         size = g_inet_address_get_native_size (address);
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  if (g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address) ||
      g_inet_address_get_is_link_local (address) || g_inet_address_get_is_any (address) || g_inet_address_get_is_multicast (address))
    return TRUE;
  if (size == 4)
    return bytes[0] == 0 || bytes[0] >= 240 || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
  if (memcmp (bytes, mapped, sizeof mapped) == 0) {
    g_autoptr (GInetAddress) inner = g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);

    return pd_url_is_private_address (inner);
  }
  return (bytes[0] & 0xfe) == 0xfc;
}

/**
 * pd_url_is_localhost:
 * @value: an address
 *
 * Returns: whether its host is localhost, which Amazon takes in the sandbox only (Adding allowed JavaScript origins)
 */
gboolean
pd_url_is_localhost (const char *value)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL && is_local (uri);
}

/**
 * pd_url_get_origin:
 * @value: an address
 *
 * Returns: (transfer full) (nullable): its scheme, host and port, the usual port left out, as browsers compare them; %NULL where it
 *   is no address
 */
char *
pd_url_get_origin (const char *value)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *host = uri != NULL && g_uri_get_host (uri) != NULL ? g_hostname_to_ascii (g_uri_get_host (uri)) : NULL;
  gboolean         is_v6 = host != NULL && strchr (host, ':') != NULL;
  int              port = uri != NULL ? g_uri_get_port (uri) : -1;
  g_autofree char *shown_port = NULL;

  if (host == NULL || *host == '\0')
    return NULL;
  if (port == -1 || port == (g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80))
    shown_port = g_strdup ("");
  else
    shown_port = g_strdup_printf (":%d", port);
  return g_strdup_printf (is_v6 ? "%s://[%s]%s" : "%s://%s%s", g_uri_get_scheme (uri), host, shown_port);
}

/**
 * pd_url_has_path:
 * @value: an address
 *
 * Returns: whether there is more to it than scheme, host and port
 */
gboolean
pd_url_has_path (const char *value)
{
  const char *start = strstr (value, "://");
  const char *end = start != NULL ? strpbrk (start + 3, "/?#") : NULL;

  return end != NULL && !g_str_equal (end, "/");
}

/**
 * pd_url_narrow:
 * @text: UTF-8
 *
 * Full-width forms U+FF01–U+FF5E stand for ASCII in its order; the ideographic full stop is a host's dot.
 *
 * Returns: (transfer full): the text with half-width characters in their place
 */
char *
pd_url_narrow (const char *text)
{
  GString *narrowed = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c >= 0xff01 && c <= 0xff5e)
      c -= 0xff01 - '!';
    else if (c == 0x3002 || c == 0xff61)
      c = '.';
    g_string_append_unichar (narrowed, c);
  }
  return g_string_free (narrowed, FALSE);
}
