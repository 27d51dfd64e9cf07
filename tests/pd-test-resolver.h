/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PD_TYPE_TEST_RESOLVER (pd_test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (PdTestResolver, pd_test_resolver, PD, TEST_RESOLVER, GResolver)

/* A name server of the test's: no real one is ever asked. */
struct _PdTestResolver
{
  GResolver   parent_instance;
  const char *shop;    /* an address, or NULL: what names in example.jp lead to */
  gboolean    broken;  /* answers nothing at all */
  guint       n_asked; /* how often */
};

PdTestResolver *pd_test_resolver_new (void);

G_END_DECLS
