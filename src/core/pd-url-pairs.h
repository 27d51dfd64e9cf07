/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-profile.h"
#include "pd-url-compare.h"

G_BEGIN_DECLS

typedef enum {
  PD_URL_PAIR_EQUAL,
  PD_URL_PAIR_DIFFERENT, /* meant to be the same */
  PD_URL_PAIR_MISSING,   /* in Seller Central */
  PD_URL_PAIR_EXTRA,     /* in Seller Central only */
} PdUrlPairKind;

/**
 * PdUrlPair:
 * @kind: how the two sides stand
 * @shop: (nullable): what the shop gives
 * @seen: (nullable): what Seller Central shows
 * @compare: (nullable): in what they differ
 * @is_harmless: whether the difference is one that browsers do not make
 * @is_of_second_site: whether Seller Central has nothing of this one's site, while the shop has two
 *
 * One address on both sides.
 */
typedef struct {
  PdUrlPairKind  kind;
  char          *shop;
  char          *seen;
  PdUrlCompare  *compare;
  gboolean       is_harmless;
  gboolean       is_of_second_site;
} PdUrlPair;

void       pd_url_pair_free (PdUrlPair *self);
GPtrArray *pd_url_pairs_new (PdProfile *profile, const PdField *field, const char *const *seen);

/* The same of copies: hundreds of addresses that all differ take a moment, and may take it in another thread. */
GPtrArray *pd_url_pairs_compare (const PdField *field, const char *const *shop, const char *const *seen, gboolean has_two_sites);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdUrlPair, pd_url_pair_free)

G_END_DECLS
