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
  return strpbrk (value, " \t\r\n") != NULL || strstr (value, "　") != NULL;
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
has_trailing_dot (const PdShape *shape,
                  const char    *value,
                  GUri          *uri)
{
  return g_str_has_suffix (g_uri_get_host (uri), ".");
}

static gboolean
is_private (const PdShape *shape,
            const char    *value,
            GUri          *uri)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));

  if (address == NULL)
    return is_local (uri) && !(shape->url & PD_URL_LOCAL);
  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address) ||
         g_inet_address_get_is_link_local (address) || g_inet_address_get_is_any (address);
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

  return strpbrk (host, ".:") == NULL && !is_local (uri);
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
  return strspn (g_uri_get_path (uri), "/") == strlen (g_uri_get_path (uri)) && g_uri_get_query (uri) == NULL;
}

static gboolean
has_port (const PdShape *shape,
          const char    *value,
          GUri          *uri)
{
  return g_uri_get_port (uri) != -1;
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
  { "url-character", 0, PD_SEVERITY_ERROR, has_bad_character,
    N_("The address has a sign that does not belong in one, such as a backslash or a quotation mark.") },
  { "url", 0, PD_SEVERITY_ERROR, is_no_address, N_("This is no address. It should begin with https:// and a host name.") },
  { "url-https", 0, PD_SEVERITY_ERROR, is_not_https, N_("The address has to begin with https://.") },
  { "url-user", 0, PD_SEVERITY_ERROR, has_user, N_("The address has a user name in it, before an @ sign.") },
  { "url-fragment", 0, PD_SEVERITY_ERROR, has_fragment, N_("The address has a part behind a # sign, which is never sent.") },
  { "url-dot", 0, PD_SEVERITY_ERROR, has_trailing_dot, N_("The host name ends in a dot.") },
  { "url-host", 0, PD_SEVERITY_ERROR, has_bad_host, N_("The host name is not sound: it consists of letters, digits, hyphens and single dots.") },
  { "url-private", 0, PD_SEVERITY_ERROR, is_private, N_("The address cannot be reached from the internet.") },
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
  { "url-length", 0, PD_SEVERITY_WARNING, is_too_long, N_("The address is longer than 150 characters; a cart maker reports that as Amazon’s limit.") },
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
