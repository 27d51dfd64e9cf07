/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-profile-private.h"
#include "pd-store-private.h"

/* A place in the order: by name, and where names are the same by id, so that it is always the same. A key takes more room than all
 * else that is known of a profile, and is needed for a moment only. */
typedef struct {
  char          *key;
  PdStoreRecord *record;
} Rank;

static Rank
rank_make (PdStoreRecord *record)
{
  return (Rank) { pd_profile_make_sort_key (pd_store_get_name (record)), record };
}

static void
rank_clear (Rank *rank)
{
  g_free (rank->key);
}

static int
rank_compare (gconstpointer a,
              gconstpointer b)
{
  const Rank *left = a;
  const Rank *right = b;
  int order = strcmp (left->key, right->key);

  return order != 0 ? order : strcmp (left->record->id, right->record->id);
}

/**
 * pd_store_find_position:
 * @records: (element-type PdStoreRecord): in their order
 * @record: one that is not among them
 *
 * Returns: where it is to be put
 */
guint
pd_store_find_position (GPtrArray     *records,
                        PdStoreRecord *record)
{
  Rank wanted = rank_make (record);
  guint low = 0, high = records->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    Rank rank = rank_make (g_ptr_array_index (records, middle));

    if (rank_compare (&rank, &wanted) < 0)
      low = middle + 1;
    else
      high = middle;
    rank_clear (&rank);
  }
  rank_clear (&wanted);
  return low;
}

/* Puts all in their order. */
void
pd_store_sort (GPtrArray *records)
{
  g_autoptr (GArray) ranks = g_array_sized_new (FALSE, FALSE, sizeof (Rank), records->len);

  g_array_set_clear_func (ranks, (GDestroyNotify) rank_clear);
  for (guint i = 0; i < records->len; i++) {
    Rank rank = rank_make (g_ptr_array_index (records, i));

    g_array_append_val (ranks, rank);
  }
  g_array_sort (ranks, rank_compare);
  for (guint i = 0; i < records->len; i++)
    records->pdata[i] = g_array_index (ranks, Rank, i).record;
}
