/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-profile.h"

G_BEGIN_DECLS

typedef enum {
  PD_DUE_OPEN,  /* nobody knows when */
  PD_DUE_LATER,
  PD_DUE_SOON,  /* within PD_DUE_DAYS */
  PD_DUE_OVER,
} PdDueState;

/* How long before its day something is due: long enough to act, short enough to be believed. */
#define PD_DUE_DAYS 14

/* What the id of a certificate begins with. */
#define PD_DUE_CERTIFICATE "certificate:"

/* How old an own key should become at most, by Amazon's advice. */
#define PD_DUE_KEY_DAYS 90

/**
 * PdDue:
 * @id: what it is of, different for each one of a shop: a field's id, or %PD_DUE_CERTIFICATE and a host
 * @field: the field to go to, or %NULL
 * @label: translated
 * @begins: (nullable): when it was obtained
 * @is_noted: whether @begins is only the day when it was stored here
 * @ends: (nullable): when it ends, or should be changed
 * @state: how near that is
 *
 * A token, key or certificate with its dates.
 */
typedef struct {
  char          *id;
  const PdField *field;
  char          *label;
  GDateTime     *begins;
  gboolean       is_noted;
  GDateTime     *ends;
  PdDueState     state;
  gboolean       is_rotation; /* @ends is advice, not an end */
} PdDue;

PdDue      *pd_due_new_certificate (const char *host, GDateTime *not_after, GDateTime *now);
void        pd_due_free            (PdDue *self);
char       *pd_due_describe        (const PdDue *self);
char       *pd_due_describe_begin  (const PdDue *self);
PdDueState  pd_due_judge           (GDateTime *ends, GDateTime *now);
GDateTime  *pd_due_read_date       (const char *text);
GPtrArray  *pd_due_list            (PdProfile *profile, GDateTime *now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdDue, pd_due_free)

G_END_DECLS
