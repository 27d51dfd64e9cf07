/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-test-resolver.h"

G_DEFINE_FINAL_TYPE (PdTestResolver, pd_test_resolver, G_TYPE_RESOLVER)

static void
resolver_lookup_async (GResolver           *resolver,
                       const char          *name,
                       GResolverNameLookupFlags flags,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  PdTestResolver     *self = PD_TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  gboolean          is_shop = g_str_has_suffix (name, "example.jp");
  const char       *address = is_shop ? self->shop : "203.0.113.1";

  self->n_asked++;
  if (self->broken)
    g_task_return_new_error (task, G_RESOLVER_ERROR, is_shop ? G_RESOLVER_ERROR_NOT_FOUND : G_RESOLVER_ERROR_TEMPORARY_FAILURE, "x");
  else if (address == NULL)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "x");
  else
    g_task_return_pointer (task, g_list_prepend (NULL, g_inet_address_new_from_string (address)), (GDestroyNotify) g_resolver_free_addresses);
}

static void
resolver_by_name_async (GResolver           *resolver,
                        const char          *name,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             data)
{
  resolver_lookup_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable, callback, data);
}

static GList *
resolver_finish (GResolver     *resolver,
                 GAsyncResult  *result,
                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
pd_test_resolver_class_init (PdTestResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_async = resolver_by_name_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_finish = resolver_finish;
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_async = resolver_lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_finish = resolver_finish;
}

static void
pd_test_resolver_init (PdTestResolver *self)
{
}

PdTestResolver *
pd_test_resolver_new (void)
{
  return g_object_new (PD_TYPE_TEST_RESOLVER, NULL);
}
