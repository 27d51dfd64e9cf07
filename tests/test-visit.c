/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <sched.h>

#include "pd-test-resolver.h"
#include "pd-test-util.h"
#include "pd-visit.h"

/* What was looked up is what is connected to: a name server that answers otherwise the second time (DNS rebinding) is not asked. */
static void
test_looked_up_once (void)
{
  g_autoptr (GResolver)      before = g_resolver_get_default ();
  g_autoptr (PdTestResolver) resolver = pd_test_resolver_new ();
  g_autoptr (GError)         error = NULL;
  g_autoptr (PdEndpoints)    endpoints = pd_endpoints_new (&error);
  g_autoptr (PdClient)       client = pd_client_new (endpoints);
  g_autoptr (GAsyncResult)   result = NULL;
  g_autoptr (PdVisit)        visit = NULL;

  g_assert_no_error (error);
  g_resolver_set_default (G_RESOLVER (resolver));
  resolver->shop = "203.0.113.1";
  pd_visit_async (client, PD_ENVIRONMENT_PRODUCTION, "https://www.example.jp/", PD_VISIT_NONE, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  visit = pd_visit_finish (result);
  g_assert_cmpint (visit->end, ==, PD_VISIT_NO_WAY);
  g_assert_cmpuint (resolver->n_asked, ==, 1);
  g_resolver_set_default (before);
}

int
main (int   argc,
      char *argv[])
{
  /* No byte leaves: a network of its own in which nothing is up, before there is any thread. */
  gboolean alone = unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0;

  g_test_init (&argc, &argv, NULL);
  if (alone)
    g_test_add_func ("/visit/looked-up-once", test_looked_up_once);
  return g_test_run ();
}
