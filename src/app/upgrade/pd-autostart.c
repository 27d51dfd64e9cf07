/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-autostart.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "pd-error.h"

/* Whether the desktop starts Paydesk at login, without a window: it looks what is due, tells of it, and ends. */

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* A native autostart entry, as the desktop's own (Desktop Application Autostart Specification). */
#define ENTRY \
  "[Desktop Entry]\n" \
  "Type=Application\n" \
  "Name=Paydesk\n" \
  "Exec=paydesk --gapplication-service\n" \
  "Icon=" PD_APP_ID "\n"

/* A question to the portal; the task's data. */
typedef struct {
  GDBusConnection *connection;
  gboolean         wanted;
  char            *path;         /* of the portal's request */
  guint            subscription; /* to its answer */
  guint            watch;        /* of the portal, which may die over it */
  GSource         *cancelled;
  gboolean         ended;
} Request;

/* Each of what is waited for keeps the task. */
static void
stop_waiting (Request *request)
{
  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->connection, request->subscription);
  request->subscription = 0;
  g_clear_handle_id (&request->watch, g_bus_unwatch_name);
  if (request->cancelled != NULL)
    g_source_destroy (request->cancelled);
  g_clear_pointer (&request->cancelled, g_source_unref);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  stop_waiting (request);
  g_clear_object (&request->connection);
  g_free (request->path);
  g_free (request);
}

static void
end_request (GTask  *task,
             GError *error)
{
  Request *request = g_task_get_task_data (task);

  stop_waiting (request);
  if (request->ended)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  request->ended = TRUE;
}

static GError *
new_refusal (void)
{
  return g_error_new_literal (PD_ERROR, PD_ERROR_NOT_ALLOWED,
                              _("The desktop does not start Paydesk at login. Reminders come while it is open; what may run in the background is "
                                "chosen in the desktop’s settings."));
}

static void
on_response (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Request *request = g_task_get_task_data (task);
  guint32 response = 1;
  gboolean granted = FALSE;
  g_autoptr (GVariant) results = NULL;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})"))) {
    g_variant_get (parameters, "(u@a{sv})", &response, &results);
    g_variant_lookup (results, "autostart", "b", &granted);
  }
  end_request (task, response == 0 && granted == request->wanted ? NULL : new_refusal ());
}

static void
on_vanished (GDBusConnection *connection,
             const char      *name,
             gpointer         user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  end_request (task, new_refusal ());
}

/* The question that the portal may be asking the person is taken back too (org.freedesktop.portal.Request, Close). */
static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Request *request = g_task_get_task_data (task);

  g_dbus_connection_call (request->connection, PORTAL_NAME, request->path, "org.freedesktop.portal.Request", "Close", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  /* The task itself says that it was cancelled. */
  end_request (task, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_requested (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  /* Of a portal that is not there, nothing starts at login anyway. */
  if (answer == NULL)
    end_request (task, request->wanted ? new_refusal () : NULL);
  else if (!request->ended)
    request->watch = g_bus_watch_name_on_connection (request->connection, PORTAL_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished,
                                                     g_object_ref (task), g_object_unref);
}

static void
watch_cancellable (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) == NULL)
    return;
  request->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (request->cancelled, G_SOURCE_FUNC (on_cancelled), g_object_ref (task), g_object_unref);
  g_source_attach (request->cancelled, g_task_get_context (task));
}

/* Where the answer to a request will come from (org.freedesktop.portal.Request). */
static char *
make_request_path (GDBusConnection *connection,
                   const char      *token)
{
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (connection) + 1), ".", '_');

  return g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
}

/* org.freedesktop.portal.Background, RequestBackground. */
static void
ask_portal (GTask *task)
{
  static guint n_requests;
  Request *request = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("paydesk%u", ++n_requests);
  static const char *const command[] = { "paydesk", "--gapplication-service", NULL };
  GVariantBuilder options;

  request->path = make_request_path (request->connection, token);
  watch_cancellable (task);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Remind of tokens, keys and certificates that end")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (request->wanted));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  /* Before the call, as the answer may be quicker than its own handle. */
  request->subscription = g_dbus_connection_signal_subscribe (request->connection, PORTAL_NAME, "org.freedesktop.portal.Request", "Response",
                                                              request->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response,
                                                              g_object_ref (task), g_object_unref);
  g_dbus_connection_call (request->connection, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          on_requested, g_object_ref (task));
}

static void
write_entry (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Request *request = data;
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char *path = g_build_filename (folder, PD_APP_ID ".desktop", NULL);
  gboolean done;

  if (request->wanted)
    done = g_mkdir_with_parents (folder, 0700) == 0 &&
           g_file_set_contents_full (path, ENTRY, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL);
  else
    done = g_unlink (path) == 0 || errno == ENOENT;
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_STORAGE,
                             _("The desktop’s list of what starts at login cannot be changed: %s. Reminders come while Paydesk is open."), path);
}

/**
 * pd_autostart_set_async:
 * @connection: (nullable): the session bus
 * @sandboxed: whether the program runs in a Flatpak, which asks the desktop's portal; any other puts an entry into the person's own list
 * @wanted: whether Paydesk is to be started at login
 * @cancellable: (nullable): ends the waiting, and takes a question to the person back; a file that is being written is written whole
 * @callback: called when the desktop has answered, which may have asked the person
 * @user_data: for @callback
 *
 * Lets the desktop start Paydesk at login, or no more.
 */
void
pd_autostart_set_async (GDBusConnection     *connection,
                        gboolean             sandboxed,
                        gboolean             wanted,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, pd_autostart_set_async);
  request->connection = connection != NULL ? g_object_ref (connection) : NULL;
  request->wanted = wanted;
  g_task_set_task_data (task, request, request_free);
  if (!sandboxed)
    g_task_run_in_thread (task, write_entry);
  else if (connection == NULL)
    g_task_return_error (task, new_refusal ());
  else
    ask_portal (task);
}

/**
 * pd_autostart_set_finish:
 * @result: what the callback was given
 * @error: %PD_ERROR_NOT_ALLOWED where the desktop refuses or its portal ended over it, %PD_ERROR_STORAGE, %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is now as was wanted
 */
gboolean
pd_autostart_set_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
