/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-practice-registry.h"

/* One run's checks enrol one shop each; past this the oldest is forgotten. */
#define MAX_MERCHANTS  4096
#define MAX_COMPARED   256 /* bytes of a value for which a slip is looked for */

struct _PdPracticeRegistry
{
  GMutex     lock;
  GPtrArray *merchants;
};

/* How many letters differ, are missing or are too many. */
static guint
distance (const char *a,
          const char *b)
{
  guint length = (guint) strlen (b);
  guint row[MAX_COMPARED + 1];

  for (guint j = 0; j <= length; j++)
    row[j] = j;
  for (guint i = 1; a[i - 1] != '\0'; i++) {
    guint diagonal = row[0];

    row[0] = i;
    for (guint j = 1; j <= length; j++) {
      guint above = row[j];

      row[j] = MIN (MIN (above, row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
      diagonal = above;
    }
  }
  return row[length];
}

/**
 * pd_practice_guess:
 * @sent: what a caller sent
 * @registered: the registered values
 *
 * A slip of the hand is a letter or two; a whole part of an address may be wrong, so that what is long may differ by a quarter.
 *
 * Returns: (transfer none) (nullable): the one that was most likely meant; %NULL where none is close, or two are equally so
 */
const char *
pd_practice_guess (const char        *sent,
                   const char *const *registered)
{
  const char *best = NULL;
  gsize       sent_length = strlen (sent);
  guint       best_distance = MAX (2, (guint) sent_length / 4) + 1;

  if (sent_length > MAX_COMPARED)
    return NULL;
  for (; *registered != NULL; registered++) {
    guint how_far;

    if (strlen (*registered) > MAX_COMPARED || (best != NULL && g_str_equal (*registered, best)))
      continue;
    how_far = distance (sent, *registered);
    if (how_far < best_distance) {
      best = *registered;
      best_distance = how_far;
    } else if (how_far == best_distance) {
      best = NULL;
    }
  }
  return best;
}

PdPracticeRegistry *
pd_practice_registry_new (void)
{
  PdPracticeRegistry *self = g_new0 (PdPracticeRegistry, 1);

  g_mutex_init (&self->lock);
  self->merchants = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_practice_merchant_free);
  return self;
}

void
pd_practice_registry_free (PdPracticeRegistry *self)
{
  g_mutex_clear (&self->lock);
  g_ptr_array_unref (self->merchants);
  g_free (self);
}

/* A shop whose Store ID is not entered yet is told from others of its kind by its key. */
static gboolean
is_same (const PdPracticeMerchant *a,
         const PdPracticeMerchant *b)
{
  if (g_strcmp0 (a->store_id, b->store_id) != 0)
    return FALSE;
  return (a->store_id != NULL && *a->store_id != '\0') || g_strcmp0 (a->public_key_id, b->public_key_id) == 0;
}

/**
 * pd_practice_registry_enrol:
 * @self: a registry
 * @merchant: what is to be known of a shop
 *
 * Adds a merchant, in place of the one with the same Store ID.
 */
void
pd_practice_registry_enrol (PdPracticeRegistry       *self,
                            const PdPracticeMerchant *merchant)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->merchants->len; i++) {
    if (is_same (g_ptr_array_index (self->merchants, i), merchant)) {
      g_ptr_array_remove_index (self->merchants, i);
      break;
    }
  }
  if (self->merchants->len >= MAX_MERCHANTS)
    g_ptr_array_remove_index (self->merchants, 0);
  g_ptr_array_add (self->merchants, pd_practice_merchant_copy (merchant));
  g_mutex_unlock (&self->lock);
}

/* Of several with the same value the one enrolled last; an empty value is nobody's. */
static PdPracticeMerchant *
find (PdPracticeRegistry *self,
      goffset             member,
      const char         *value)
{
  PdPracticeMerchant *found = NULL;

  if (value == NULL || *value == '\0')
    return NULL;
  g_mutex_lock (&self->lock);
  for (guint i = self->merchants->len; i > 0 && found == NULL; i--) {
    PdPracticeMerchant *merchant = g_ptr_array_index (self->merchants, i - 1);

    if (g_strcmp0 (G_STRUCT_MEMBER (char *, merchant, member), value) == 0)
      found = pd_practice_merchant_copy (merchant);
  }
  g_mutex_unlock (&self->lock);
  return found;
}

PdPracticeMerchant *
pd_practice_registry_find_by_key_id (PdPracticeRegistry *self,
                                     const char         *public_key_id)
{
  return find (self, G_STRUCT_OFFSET (PdPracticeMerchant, public_key_id), public_key_id);
}

PdPracticeMerchant *
pd_practice_registry_find_by_store_id (PdPracticeRegistry *self,
                                       const char         *store_id)
{
  return find (self, G_STRUCT_OFFSET (PdPracticeMerchant, store_id), store_id);
}

PdPracticeMerchant *
pd_practice_registry_find_by_merchant_id (PdPracticeRegistry *self,
                                          const char         *merchant_id)
{
  return find (self, G_STRUCT_OFFSET (PdPracticeMerchant, merchant_id), merchant_id);
}

PdPracticeMerchant *
pd_practice_registry_find_by_access_key_id (PdPracticeRegistry *self,
                                            const char         *access_key_id)
{
  return find (self, G_STRUCT_OFFSET (PdPracticeMerchant, access_key_id), access_key_id);
}

static gboolean
has_host (PdPracticeMerchant *merchant,
          const char         *host)
{
  g_auto (GStrv) hosts = pd_practice_merchant_list_hosts (merchant);

  return g_strv_contains ((const char *const *) hosts, host);
}

/* Letter by letter, but for the slash of a site's top page. */
static PdPracticePage
find_page_of (PdPracticeMerchant *merchant,
              const char         *url)
{
  if (g_strcmp0 (url, merchant->privacy_policy_url) == 0)
    return PD_PRACTICE_PAGE_PRIVACY;
  if (g_strcmp0 (url, merchant->notification_url) == 0)
    return PD_PRACTICE_PAGE_NOTIFICATION;
  if (g_strv_contains ((const char *const *) merchant->return_urls, url))
    return PD_PRACTICE_PAGE_RETURN;
  return PD_PRACTICE_PAGE_ABSENT;
}

/**
 * pd_practice_registry_find_page:
 * @self: a registry
 * @host: the host that is asked
 * @path: the path
 * @query: (nullable): the query
 *
 * Returns: which of a shop's pages stands there
 */
PdPracticePage
pd_practice_registry_find_page (PdPracticeRegistry *self,
                                const char         *host,
                                const char         *path,
                                const char         *query)
{
  g_autofree char *url = g_strconcat ("https://", host, path, query != NULL ? "?" : NULL, query, NULL);
  PdPracticePage   page = PD_PRACTICE_PAGE_NO_HOST;

  g_mutex_lock (&self->lock);
  for (guint i = self->merchants->len; i > 0 && page <= PD_PRACTICE_PAGE_ABSENT; i--) {
    PdPracticeMerchant *merchant = g_ptr_array_index (self->merchants, i - 1);

    if (has_host (merchant, host))
      page = g_str_equal (path, "/") ? PD_PRACTICE_PAGE_TOP : find_page_of (merchant, url);
  }
  g_mutex_unlock (&self->lock);
  return page;
}

/**
 * pd_practice_registry_list_hosts:
 * @self: a registry
 *
 * Returns: (transfer full): the hosts of the shops' pages, those enrolled last at the end
 */
char **
pd_practice_registry_list_hosts (PdPracticeRegistry *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->merchants->len; i++) {
    g_auto (GStrv) hosts = pd_practice_merchant_list_hosts (g_ptr_array_index (self->merchants, i));

    g_strv_builder_addv (builder, (const char **) hosts);
  }
  g_mutex_unlock (&self->lock);
  return g_strv_builder_end (builder);
}

static char *
guess (PdPracticeRegistry *self,
       goffset             member,
       const char         *sent)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  char                 *result;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->merchants->len; i++) {
    char *value = G_STRUCT_MEMBER (char *, g_ptr_array_index (self->merchants, i), member);

    if (value != NULL)
      g_ptr_array_add (values, value);
  }
  g_ptr_array_add (values, NULL);
  result = g_strdup (pd_practice_guess (sent, (const char *const *) values->pdata));
  g_mutex_unlock (&self->lock);
  return result;
}

char *
pd_practice_registry_guess_key_id (PdPracticeRegistry *self,
                                   const char         *sent)
{
  return guess (self, G_STRUCT_OFFSET (PdPracticeMerchant, public_key_id), sent);
}

/**
 * pd_practice_registry_guess_store_id:
 * @self: a registry
 * @sent: a Store ID that nobody has
 * @return_url: (nullable): a return URL sent with it
 *
 * Returns: (transfer full) (nullable): the Store ID that was most likely meant: that of the one merchant who registered
 *   @return_url, else the one that looks most like it
 */
char *
pd_practice_registry_guess_store_id (PdPracticeRegistry *self,
                                     const char         *sent,
                                     const char         *return_url)
{
  const char *owner = NULL;
  guint       n_owners = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->merchants->len && return_url != NULL; i++) {
    PdPracticeMerchant *merchant = g_ptr_array_index (self->merchants, i);

    if (g_strv_contains ((const char *const *) merchant->return_urls, return_url)) {
      owner = merchant->store_id;
      n_owners++;
    }
  }
  if (n_owners == 1) {
    char *result = g_strdup (owner);

    g_mutex_unlock (&self->lock);
    return result;
  }
  g_mutex_unlock (&self->lock);
  return guess (self, G_STRUCT_OFFSET (PdPracticeMerchant, store_id), sent);
}
