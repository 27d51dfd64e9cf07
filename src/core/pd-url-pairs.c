/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-url-pairs.h"

#include "pd-url-private.h"

/* How many of Seller Central's values, the likeliest first, are looked at closely for one of the shop's: of hundreds, the rest
 * is too far away to be meant. */
#define MAX_TRIES 6

/* One field on both sides. A value that has found its match is done. */
typedef struct {
  const PdField     *field;
  const char *const *shop;
  const char *const *seen;
  guint              n_shop;
  guint              n_seen;
  PdUrlPair        **of_shop; /* for each of the shop's, its pair */
  gboolean          *seen_done;
} Sides;

/* Two values that may be meant to be the same. */
typedef struct {
  guint shop;
  guint seen;
  guint apart;
} Near;

static PdUrlPair *
pair_new (PdUrlPairKind  kind,
          const char    *shop,
          const char    *seen)
{
  PdUrlPair *self = g_new0 (PdUrlPair, 1);

  self->kind = kind;
  self->shop = g_strdup (shop);
  self->seen = g_strdup (seen);
  return self;
}

void
pd_url_pair_free (PdUrlPair *self)
{
  g_free (self->shop);
  g_free (self->seen);
  g_clear_pointer (&self->compare, pd_url_compare_free);
  g_free (self);
}

static void
match_equal (Sides *sides)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_queue_free);

  for (guint j = 0; j < sides->n_seen; j++) {
    GQueue *queue = g_hash_table_lookup (places, sides->seen[j]);

    if (queue == NULL) {
      queue = g_queue_new ();
      g_hash_table_insert (places, (gpointer) sides->seen[j], queue);
    }
    g_queue_push_tail (queue, GUINT_TO_POINTER (j));
  }
  for (guint i = 0; i < sides->n_shop; i++) {
    GQueue *queue = g_hash_table_lookup (places, sides->shop[i]);

    if (queue == NULL || g_queue_is_empty (queue))
      continue;
    sides->seen_done[GPOINTER_TO_UINT (g_queue_pop_head (queue))] = TRUE;
    sides->of_shop[i] = pair_new (PD_URL_PAIR_EQUAL, sides->shop[i], sides->shop[i]);
  }
}

static int
compare_near (gconstpointer a,
              gconstpointer b)
{
  const Near *left = a;
  const Near *right = b;

  return left->apart < right->apart ? -1 : left->apart > right->apart;
}

/* The nearest first, so that one that lies near to another's match does not take it away. */
static void
match_near (Sides *sides)
{
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Near));
  g_autofree guint  *tries = g_new0 (guint, sides->n_shop + 1);
  gboolean           is_single = sides->field->kind != PD_FIELD_LIST;

  for (guint i = 0; i < sides->n_shop; i++) {
    for (guint j = 0; j < sides->n_seen && sides->of_shop[i] == NULL; j++) {
      Near one = { i, j, 0 };

      if (sides->seen_done[j])
        continue;
      one.apart = pd_url_compare_estimate (sides->shop[i], sides->seen[j]);
      g_array_append_val (near, one);
    }
  }
  g_array_sort (near, compare_near);
  for (guint i = 0; i < near->len; i++) {
    const Near              *one = &g_array_index (near, Near, i);
    g_autoptr (PdUrlCompare) compare = NULL;
    PdUrlPair               *pair;

    if (sides->of_shop[one->shop] != NULL || sides->seen_done[one->seen] || tries[one->shop]++ >= MAX_TRIES)
      continue;
    compare = pd_url_compare_new (sides->shop[one->shop], sides->seen[one->seen]);
    if (!is_single && !compare->near)
      continue;
    pair = pair_new (PD_URL_PAIR_DIFFERENT, sides->shop[one->shop], sides->seen[one->seen]);
    /* Seller Central's own example of an origin ends in a slash: browsers never send it, so that it does no harm. */
    pair->is_harmless = g_str_equal (sides->field->id, "javascript-origins") && compare->kinds == PD_URL_SLASH;
    pair->compare = g_steal_pointer (&compare);
    sides->of_shop[one->shop] = pair;
    sides->seen_done[one->seen] = TRUE;
  }
}

/* F13: while Commerce Creator is enabled the shop has two sites, and often the values of one alone were registered. */
static void
find_second_site (Sides *sides)
{
  g_autoptr (GHashTable) origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean               is_any_there = FALSE;

  if (sides->field->kind != PD_FIELD_LIST)
    return;
  for (guint j = 0; j < sides->n_seen; j++) {
    char *origin = pd_url_get_origin (sides->seen[j]);

    if (origin != NULL)
      g_hash_table_add (origins, origin);
  }
  for (guint i = 0; i < sides->n_shop; i++)
    is_any_there = is_any_there || sides->of_shop[i]->kind != PD_URL_PAIR_MISSING;
  for (guint i = 0; i < sides->n_shop; i++) {
    g_autofree char *origin = pd_url_get_origin (sides->shop[i]);

    sides->of_shop[i]->is_of_second_site = is_any_there && sides->of_shop[i]->kind == PD_URL_PAIR_MISSING && origin != NULL &&
                                           !g_hash_table_contains (origins, origin);
  }
}

/**
 * pd_url_pairs_compare:
 * @field: a field of addresses
 * @shop: (array zero-terminated=1): what the shop gives
 * @seen: (array zero-terminated=1): what Seller Central shows of it
 * @has_two_sites: whether the shop has two sites, each of which needs its own
 *
 * Finds for each of the shop's addresses the one in Seller Central that is meant to be it. The order of a list does not matter.
 * Safe in any thread.
 *
 * Returns: (transfer full) (element-type PdUrlPair): the shop's addresses in their order, then what only Seller Central has
 */
GPtrArray *
pd_url_pairs_compare (const PdField     *field,
                      const char *const *shop,
                      const char *const *seen,
                      gboolean           has_two_sites)
{
  GPtrArray             *pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_url_pair_free);
  guint                  n_shop = g_strv_length ((char **) shop);
  guint                  n_seen = g_strv_length ((char **) seen);
  g_autofree PdUrlPair **of_shop = g_new0 (PdUrlPair *, n_shop + 1);
  g_autofree gboolean   *seen_done = g_new0 (gboolean, n_seen + 1);
  Sides                  sides = { field, shop, seen, n_shop, n_seen, of_shop, seen_done };

  match_equal (&sides);
  match_near (&sides);
  for (guint i = 0; i < n_shop; i++) {
    if (of_shop[i] == NULL)
      of_shop[i] = pair_new (PD_URL_PAIR_MISSING, shop[i], NULL);
    g_ptr_array_add (pairs, of_shop[i]);
  }
  if (has_two_sites)
    find_second_site (&sides);
  for (guint j = 0; j < n_seen; j++) {
    if (!seen_done[j])
      g_ptr_array_add (pairs, pair_new (PD_URL_PAIR_EXTRA, NULL, seen[j]));
  }
  return pairs;
}

/**
 * pd_url_pairs_new:
 * @profile: a profile
 * @field: one of its fields of addresses
 * @seen: (array zero-terminated=1): what Seller Central shows of it
 *
 * Returns: (transfer full) (element-type PdUrlPair): as pd_url_pairs_compare()
 */
GPtrArray *
pd_url_pairs_new (PdProfile         *profile,
                  const PdField     *field,
                  const char *const *seen)
{
  return pd_url_pairs_compare (field, pd_profile_get_list (profile, field->id), seen, pd_profile_get_mode (profile) == PD_MODE_ENABLED);
}
