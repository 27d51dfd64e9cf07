/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "pd-test-util.h"

/* Long enough for a slow machine: a test that gets here has failed. A sanitizer slows a window down several times. */
#ifdef __SANITIZE_ADDRESS__
#define PATIENCE_S 300
#else
#define PATIENCE_S 60
#endif

void
pd_test_keep (GObject      *source,
              GAsyncResult *result,
              gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static gboolean
on_out_of_patience (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

void
pd_test_wait (GAsyncResult **slot)
{
  pd_test_until (has_result, slot);
}

void
pd_test_until (gboolean (*condition) (gpointer data),
               gpointer   data)
{
  gboolean out_of_patience = FALSE;
  guint    id = g_timeout_add_seconds (PATIENCE_S, on_out_of_patience, &out_of_patience);

  while (!condition (data) && !out_of_patience)
    g_main_context_iteration (NULL, TRUE);
  if (!out_of_patience)
    g_source_remove (id);
  g_assert_false (out_of_patience);
}

int
pd_test_run (const char *const *argv,
             char             **output)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

GDBusConnection *
pd_test_connect_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GDBusConnection   *connection = g_dbus_connection_new_for_address_sync (address,
                                                                          G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                          G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

void
pd_test_own_name (GDBusConnection *connection,
                  const char      *name)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                                             "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", name, 4u),
                                                             G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  guint32              reply;

  g_assert_no_error (error);
  g_variant_get (answer, "(u)", &reply);
  g_assert_cmpuint (reply, ==, 1);
}

GDBusConnection *
pd_test_serve (const char                 *name,
               const char                 *path,
               const char                 *introspection,
               const GDBusInterfaceVTable *vtable,
               gpointer                    data)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, &error);
  GDBusConnection          *connection = pd_test_connect_bus ();

  g_assert_no_error (error);
  g_dbus_connection_register_object (connection, path, node->interfaces[0], vtable, data, NULL, &error);
  g_assert_no_error (error);
  pd_test_own_name (connection, name);
  return connection;
}
