/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "pd-autostart.h"
#include "pd-error.h"
#include "pd-test-util.h"

#define PORTAL "org.freedesktop.portal.Desktop"

/* Stands in for the desktop's portal, which the session of a test has not. */
static const char interface_xml[] =
  "<node><interface name='org.freedesktop.portal.Background'>"
  "<method name='RequestBackground'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "</interface></node>";

typedef struct {
  GDBusConnection *client;
  GDBusConnection *server;
  guint32          response;
  gboolean         grants;
  char            *command; /* that it was asked to start */
  gboolean         wanted;
  guint            n_asked;
  gboolean         is_silent; /* gives its handle and no answer */
  gboolean         is_closed; /* the question was taken back */
} Fixture;

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  Fixture              *fixture = data;
  g_autoptr (GVariant)  options = NULL;
  g_autofree const char **command = NULL;
  const char           *token;
  g_autofree char      *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char      *handle = NULL;
  GVariantBuilder       results;

  g_variant_get (parameters, "(&s@a{sv})", NULL, &options);
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &fixture->wanted));
  g_assert_true (g_variant_lookup (options, "commandline", "^a&s", &command));
  g_free (fixture->command);
  fixture->command = g_strjoinv (" ", (char **) command);
  fixture->n_asked++;
  handle = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  if (fixture->is_silent) {
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));
    return;
  }
  /* Quicker than its own handle, as a portal may be. */
  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (TRUE));
  g_variant_builder_add (&results, "{sv}", "autostart", g_variant_new_boolean (fixture->grants));
  g_dbus_connection_emit_signal (connection, sender, handle, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", fixture->response, &results), NULL);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));
}

static const GDBusInterfaceVTable vtable = { .method_call = on_call };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->client = pd_test_connect_bus ();
  fixture->server = pd_test_serve (PORTAL, "/org/freedesktop/portal/desktop", interface_xml, &vtable, fixture);
  fixture->grants = TRUE;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (!g_dbus_connection_is_closed (fixture->server))
    g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  g_dbus_connection_close_sync (fixture->client, NULL, NULL);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->client);
  g_free (fixture->command);
}

static gboolean
set (GDBusConnection *connection,
     gboolean         sandboxed,
     gboolean         wanted,
     GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_autostart_set_async (connection, sandboxed, wanted, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_autostart_set_finish (result, error);
}

/* In a Flatpak the portal is asked, with a command that opens no window. */
static void
test_portal (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (set (fixture->client, TRUE, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->command, ==, "paydesk --gapplication-service");
  g_assert_true (fixture->wanted);
  fixture->grants = FALSE;
  g_assert_true (set (fixture->client, TRUE, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (fixture->wanted);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
}

/* What the desktop, or the person whom it asked, refuses is said. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->grants = FALSE;
  g_assert_false (set (fixture->client, TRUE, TRUE, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  fixture->grants = TRUE;
  fixture->response = 1;
  g_assert_false (set (fixture->client, TRUE, TRUE, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
}

/* Where a call to close a request comes to; its object has a name of its own. */
static GDBusMessage *
see_close (GDBusConnection *connection,
           GDBusMessage    *message,
           gboolean         incoming,
           gpointer         data)
{
  Fixture *fixture = data;

  if (incoming && g_strcmp0 (g_dbus_message_get_member (message), "Close") == 0 &&
      g_str_has_prefix (g_dbus_message_get_path (message), "/org/freedesktop/portal/desktop/request/")) {
    g_atomic_int_set (&fixture->is_closed, TRUE);
    g_main_context_wakeup (NULL);
  }
  return message;
}

static gboolean
is_closed (gpointer fixture)
{
  return g_atomic_int_get (&((Fixture *) fixture)->is_closed);
}

static gboolean
is_asked (gpointer fixture)
{
  return ((Fixture *) fixture)->n_asked > 0;
}

/* Whatever the portal sent by now has come; nothing has ended. */
static void
take_handle (Fixture       *fixture,
             GAsyncResult **result)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GAsyncResult) ping = NULL;

  g_dbus_connection_call (fixture->client, PORTAL, "/", "org.freedesktop.DBus.Peer", "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          pd_test_keep, &ping);
  pd_test_wait (&ping);
  answer = g_dbus_connection_call_finish (fixture->client, ping, NULL);
  g_assert_nonnull (answer);
  g_assert_null (*result);
}

/* A portal that says nothing more, as its question to the person stays open: the waiting can be ended. */
static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint filter = g_dbus_connection_add_filter (fixture->server, see_close, fixture, NULL);

  fixture->is_silent = TRUE;
  pd_autostart_set_async (fixture->client, TRUE, TRUE, cancellable, pd_test_keep, &result);
  pd_test_until (is_asked, fixture);
  take_handle (fixture, &result);
  g_cancellable_cancel (cancellable);
  pd_test_wait (&result);
  g_assert_false (pd_autostart_set_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  pd_test_until (is_closed, fixture);
  g_dbus_connection_remove_filter (fixture->server, filter);
}

/* A portal that ends over the question answers it no more. */
static void
test_ended (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->is_silent = TRUE;
  pd_autostart_set_async (fixture->client, TRUE, TRUE, NULL, pd_test_keep, &result);
  pd_test_until (is_asked, fixture);
  take_handle (fixture, &result);
  g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  pd_test_wait (&result);
  g_assert_false (pd_autostart_set_finish (result, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
}

static void
test_no_portal (void)
{
  g_autoptr (GDBusConnection) client = pd_test_connect_bus ();
  g_autoptr (GError)          error = NULL;

  g_assert_false (set (client, TRUE, TRUE, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  /* Nothing starts at login then, as was wanted. */
  g_assert_true (set (client, TRUE, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (set (NULL, TRUE, TRUE, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED);
  g_dbus_connection_close_sync (client, NULL, NULL);
}

/* Outside a Flatpak it is an entry in the person's own list, which the desktop understands. */
static void
test_entry (void)
{
  g_autofree char     *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char     *path = g_build_filename (folder, PD_APP_ID ".desktop", NULL);
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autofree char     *command = NULL;
  g_autofree char     *validator = NULL;
  g_autoptr (GError)   error = NULL;

  g_assert_true (set (NULL, FALSE, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (set (NULL, FALSE, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (g_key_file_load_from_file (entry, path, G_KEY_FILE_NONE, &error));
  command = g_key_file_get_string (entry, "Desktop Entry", "Exec", &error);
  g_assert_cmpstr (command, ==, "paydesk --gapplication-service");
  validator = g_find_program_in_path ("desktop-file-validate");
  if (validator != NULL)
    g_assert_cmpint (pd_test_run ((const char *const[]) { "desktop-file-validate", path, NULL }, NULL), ==, 0);
  g_assert_true (set (NULL, FALSE, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  /* Something else is in the way. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (set (NULL, FALSE, TRUE, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
  g_assert_cmpint (g_unlink (folder), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/autostart/portal", Fixture, NULL, set_up, test_portal, tear_down);
  g_test_add ("/autostart/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/autostart/silent", Fixture, NULL, set_up, test_silent, tear_down);
  g_test_add ("/autostart/ended", Fixture, NULL, set_up, test_ended, tear_down);
  g_test_add_func ("/autostart/no-portal", test_no_portal);
  g_test_add_func ("/autostart/entry", test_entry);
  return g_test_run ();
}
