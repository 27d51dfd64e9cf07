/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-domain.h"

#include <gio/gio.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-shape.h"

static const char *const sites[] = { "legacy-site-url", "cc-site-url" };

void
pd_domain_change_free (PdDomainChange *self)
{
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/* Whether the shop gives addresses there. What was seen in Seller Central is not the shop's to change. */
static gboolean
has_addresses (PdProfile     *profile,
               const PdField *field)
{
  return field->shape != NULL && field->shape->url != PD_URL_NONE && field->seen_of == NULL && pd_profile_field_applies (profile, field);
}

/* Where the host stands in an address: found in the text itself, as all else of it must stay as it is. */
static gboolean
find_host (const char *address,
           gsize      *from,
           gsize      *to)
{
  const char *start = strstr (address, "://");
  const char *end;
  const char *at;
  const char *colon;

  if (start == NULL || start > address + strcspn (address, "/?#"))
    return FALSE;
  start += 3;
  end = start + strcspn (start, "/?#");
  at = g_strrstr_len (start, end - start, "@");
  start = at != NULL ? at + 1 : start;
  colon = *start != '[' ? memchr (start, ':', (gsize) (end - start)) : NULL;
  *from = (gsize) (start - address);
  *to = (gsize) ((colon != NULL ? colon : end) - address);
  return *to > *from;
}

/* Two labels at least, each of letters, digits and hyphens (RFC 1123 §2.1). */
static gboolean
is_domain (const char *host)
{
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);
  guint          n = g_strv_length (labels);

  for (guint i = 0; i < n; i++) {
    gsize length = strlen (labels[i]);

    if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-' ||
        strspn (labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-_") != length)
      return FALSE;
  }
  return n > 1;
}

/**
 * pd_domain_get:
 * @address: an address
 *
 * Returns: (transfer full) (nullable): its host name in small letters, as it is sent; %NULL where it has none, or a number in its place
 */
char *
pd_domain_get (const char *address)
{
  g_autofree char *host = NULL;
  char            *ascii;
  gsize            from;
  gsize            to;

  if (!find_host (address, &from, &to) || address[from] == '[')
    return NULL;
  host = g_strndup (address + from, to - from);
  if (g_hostname_is_ip_address (host) || strchr (host, '%') != NULL)
    return NULL;
  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL)
    return NULL;
  for (char *p = ascii; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  if (g_str_has_suffix (ascii, "."))
    ascii[strlen (ascii) - 1] = '\0';
  if (!is_domain (ascii))
    g_clear_pointer (&ascii, g_free);
  return ascii;
}

static gboolean
is_site (PdProfile  *profile,
         const char *domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++) {
    const PdField   *field = pd_catalogue_lookup (sites[i]);
    g_autofree char *site = pd_profile_field_applies (profile, field) ? pd_domain_get (pd_profile_get_text (profile, sites[i])) : NULL;

    if (g_strcmp0 (site, domain) == 0)
      return TRUE;
  }
  return FALSE;
}

static const char *
skip_www (const char *domain)
{
  return g_str_has_prefix (domain, "www.") ? domain + strlen ("www.") : domain;
}

/* Whether @domain is @base, or one below it. */
static gboolean
is_below (const char *domain,
          const char *base)
{
  g_autofree char *end = g_strconcat (".", base, NULL);

  return g_str_equal (domain, base) || g_str_has_suffix (domain, end);
}

/* Another site's host stays, and what is below the old domain does where the new one is, too: a shop has moved within its own domain.
 * Returns: (transfer full) (nullable): @host on the new domain; %NULL where it is not of the old one. */
static char *
move_host (PdProfile  *profile,
           const char *host,
           const char *from,
           const char *to)
{
  const char *old_base = skip_www (from);
  const char *new_base = skip_www (to);

  if (g_str_equal (host, from))
    return g_strdup (to);
  if (is_site (profile, host))
    return NULL;
  if (g_str_equal (skip_www (host), old_base))
    return g_str_equal (host, old_base) ? g_strdup (new_base) : g_strconcat ("www.", new_base, NULL);
  if (is_below (host, old_base) && !is_below (new_base, old_base) && !is_below (old_base, new_base))
    return g_strdup_printf ("%.*s%s", (int) (strlen (host) - strlen (old_base)), host, new_base);
  return NULL;
}

static char *
move_address (PdProfile  *profile,
              const char *address,
              const char *from,
              const char *to)
{
  g_autofree char *host = pd_domain_get (address);
  g_autofree char *moved = host != NULL ? move_host (profile, host, from, to) : NULL;
  gsize            start;
  gsize            end;

  if (moved == NULL || g_str_equal (moved, host) || !find_host (address, &start, &end))
    return NULL;
  return g_strdup_printf ("%.*s%s%s", (int) start, address, moved, address + end);
}

/**
 * pd_domain_list:
 * @profile: a profile
 *
 * Returns: (transfer full): the host names of its addresses, each once, in the order of the fields
 */
char **
pd_domain_list (PdProfile *profile)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable)   known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint                    n_fields;
  const PdField *const    *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const char *const *values = pd_profile_get_list (profile, fields[i]->id);

    for (guint j = 0; has_addresses (profile, fields[i]) && values[j] != NULL; j++) {
      char *domain = pd_domain_get (values[j]);

      if (domain != NULL && !g_hash_table_contains (known, domain))
        g_strv_builder_add (builder, domain);
      if (domain != NULL)
        g_hash_table_add (known, domain);
    }
  }
  return g_strv_builder_end (builder);
}

/**
 * pd_domain_find_old:
 * @profile: a profile
 * @site_field_id: the field of one of the shop's two sites
 *
 * A site whose domain no JavaScript origin has, while exactly one domain among the origins is no site's: probably it has moved (D31).
 *
 * Returns: (transfer full) (nullable): the domain that the site probably had before
 */
char *
pd_domain_find_old (PdProfile  *profile,
                    const char *site_field_id)
{
  const char *const *origins = pd_profile_get_list (profile, "javascript-origins");
  g_autofree char   *site = pd_domain_get (pd_profile_get_text (profile, site_field_id));
  g_autofree char   *old = NULL;

  for (guint i = 0; site != NULL && origins[i] != NULL; i++) {
    g_autofree char *domain = pd_domain_get (origins[i]);

    if (g_strcmp0 (domain, site) == 0)
      return NULL;
    if (domain == NULL || is_site (profile, domain) || g_strcmp0 (domain, old) == 0)
      continue;
    if (old != NULL)
      return NULL;
    old = g_steal_pointer (&domain);
  }
  return g_steal_pointer (&old);
}

/**
 * pd_domain_plan:
 * @profile: a profile
 * @from: the old domain
 * @to: the new one
 *
 * Lists every address of the old domain, with and without `www.`, and of those below it. Only the host name changes. The host of the
 * shop's other site has a domain of its own, and what is below a domain within which the shop moves stays.
 *
 * Returns: (transfer full) (element-type PdDomainChange): what would change, in the order of the fields
 */
GPtrArray *
pd_domain_plan (PdProfile  *profile,
                const char *from,
                const char *to)
{
  GPtrArray            *plan = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_domain_change_free);
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const char *const     *values = pd_profile_get_list (profile, fields[i]->id);
    g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);

    if (!has_addresses (profile, fields[i]))
      continue;
    for (guint j = 0; values[j] != NULL; j++)
      g_hash_table_add (kept, (gpointer) values[j]);
    for (guint j = 0; values[j] != NULL; j++) {
      g_autofree char *after = move_address (profile, values[j], from, to);
      PdDomainChange  *change;

      if (after == NULL)
        continue;
      change = g_new0 (PdDomainChange, 1);
      change->field = fields[i];
      change->before = g_strdup (values[j]);
      change->is_double = g_hash_table_contains (kept, after);
      change->after = g_steal_pointer (&after);
      g_hash_table_add (kept, change->after);
      g_ptr_array_add (plan, change);
    }
  }
  return plan;
}

static const PdDomainChange *
find_change (GPtrArray     *plan,
             const PdField *field,
             const char    *value)
{
  for (guint i = 0; i < plan->len; i++) {
    const PdDomainChange *change = g_ptr_array_index (plan, i);

    if (change->field == field && g_str_equal (change->before, value))
      return change;
  }
  return NULL;
}

static gboolean
apply_to (PdProfile      *profile,
          GPtrArray      *plan,
          const PdField  *field,
          GError        **error)
{
  const char *const       *values = pd_profile_get_list (profile, field->id);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           moved = NULL;

  for (guint i = 0; values[i] != NULL; i++) {
    const PdDomainChange *change = find_change (plan, field, values[i]);

    if (change == NULL)
      g_strv_builder_add (builder, values[i]);
    else if (!change->is_double)
      g_strv_builder_add (builder, change->after);
  }
  moved = g_strv_builder_end (builder);
  return pd_profile_set_list (profile, field->id, (const char *const *) moved, error);
}

/**
 * pd_domain_apply:
 * @profile: a profile
 * @plan: (element-type PdDomainChange): of pd_domain_plan()
 * @error: as pd_profile_set_list()
 *
 * Rewrites the addresses, as one step of undo. What has changed since the plan was made stays.
 *
 * Returns: whether all is done
 */
gboolean
pd_domain_apply (PdProfile  *profile,
                 GPtrArray  *plan,
                 GError    **error)
{
  const PdField *last = NULL;
  gboolean       done = TRUE;

  pd_profile_begin_step (profile);
  for (guint i = 0; done && i < plan->len; i++) {
    const PdDomainChange *change = g_ptr_array_index (plan, i);

    if (change->field != last)
      done = apply_to (profile, plan, change->field, error);
    last = change->field;
  }
  pd_profile_end_step (profile);
  return done;
}
