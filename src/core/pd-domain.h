/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-profile.h"

G_BEGIN_DECLS

/**
 * PdDomainChange:
 * @field: the field that has the address
 * @before: the address on the old domain
 * @after: the same on the new one
 * @is_double: whether the list has that one already, so that the old one just goes
 */
typedef struct {
  const PdField *field;
  char          *before;
  char          *after;
  gboolean       is_double;
} PdDomainChange;

void       pd_domain_change_free (PdDomainChange *self);

/* A shop that moves to another domain takes its addresses along. Domains are host names; `www.` before the old one is part of it. */
char     **pd_domain_list        (PdProfile *profile);
char      *pd_domain_find_old    (PdProfile *profile, const char *site_field_id);
char      *pd_domain_get         (const char *address);
GPtrArray *pd_domain_plan        (PdProfile *profile, const char *from, const char *to);
gboolean   pd_domain_apply       (PdProfile *profile, GPtrArray *plan, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdDomainChange, pd_domain_change_free)

G_END_DECLS
