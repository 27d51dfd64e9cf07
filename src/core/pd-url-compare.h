/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* In what two addresses differ. Flags: `kinds` names every one that applies, `kind` the first. */
typedef enum {
  PD_URL_EQUAL      = 0,
  PD_URL_SPACE      = 1 << 0,  /* a space, or a character that is not seen */
  PD_URL_FULL_WIDTH = 1 << 1,
  PD_URL_SCHEME     = 1 << 2,
  PD_URL_USER       = 1 << 3,
  PD_URL_CASE       = 1 << 4,  /* capital and small letters */
  PD_URL_PUNYCODE   = 1 << 5,  /* xn-- on one side, the characters themselves on the other */
  PD_URL_DOT        = 1 << 6,  /* behind the host name */
  PD_URL_WWW        = 1 << 7,
  PD_URL_HOST       = 1 << 8,  /* another host altogether */
  PD_URL_PORT       = 1 << 9,
  PD_URL_PERCENT    = 1 << 10, /* the same characters, as % codes on one side */
  PD_URL_SLASH      = 1 << 11, /* at the end of the path */
  PD_URL_PATH       = 1 << 12,
  PD_URL_QUERY      = 1 << 13,
  PD_URL_FRAGMENT   = 1 << 14,
  PD_URL_EXTRA      = 1 << 15, /* one character more in Seller Central */
  PD_URL_MISSING    = 1 << 16, /* one character less there */
  PD_URL_CHARACTER  = 1 << 17, /* one character is another */
  PD_URL_SWAPPED    = 1 << 18, /* two neighbours have changed places */
} PdUrlKind;

/* Characters, from @start up to but without @end. */
typedef struct {
  guint start;
  guint end;
} PdUrlRange;

#define PD_TYPE_URL_COMPARE (pd_url_compare_get_type ())

/**
 * PdUrlCompare:
 * @kind: the first difference, in the order of #PdUrlKind
 * @kinds: every difference
 * @message: (nullable): translated sentences that name them; %NULL where there is none
 * @shop: (element-type PdUrlRange): what differs of the shop's address, in its order
 * @seen: (element-type PdUrlRange): what differs of the address in Seller Central
 * @near: whether the one may well be meant to be the other
 *
 * What Seller Central shows, compared exactly with what the shop gives.
 */
typedef struct {
  PdUrlKind  kind;
  guint      kinds;
  char      *message;
  GArray    *shop;
  GArray    *seen;
  gboolean   near;
} PdUrlCompare;

GType         pd_url_compare_get_type  (void);
PdUrlCompare *pd_url_compare_new       (const char *shop, const char *seen);
PdUrlCompare *pd_url_compare_copy      (const PdUrlCompare *self);
void          pd_url_compare_free      (PdUrlCompare *self);
guint         pd_url_compare_estimate  (const char *shop, const char *seen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdUrlCompare, pd_url_compare_free)

G_END_DECLS
