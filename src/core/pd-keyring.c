/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "pd-error.h"
#include "pd-hardening.h"
#include "pd-keyring-private.h"

#define LOCK_RETRY_MS 10

const SecretSchema pd_secret_schema = {
  "org.paydesk.Secret", SECRET_SCHEMA_NONE,
  { { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "field", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef struct {
  PdKeyringUse  use;
  PdKeyring    *keyring;
} Opening;

static GDBusConnection *session_bus;

/**
 * pd_keyring_uses_file:
 *
 * The environment's SECRET_BACKEND decides, as for libsecret outside a sandbox: `file` or `service`. So whoever has no Secret portal
 * can let the Flatpak use the desktop's keyring (README).
 *
 * Returns: whether libsecret keeps secrets in a file of its own: in a Flatpak, with a key from the Secret portal
 */
gboolean
pd_keyring_uses_file (void)
{
  const char *wanted = g_getenv ("SECRET_BACKEND");

  if (g_strcmp0 (wanted, "service") == 0)
    return FALSE;
  return pd_hardening_in_flatpak () || g_strcmp0 (wanted, "file") == 0;
}

GError *
pd_keyring_error_locked (void)
{
  return g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_LOCKED,
                              _("The keyring is locked. Unlock it, for example by logging in to the desktop again, and retry."));
}

GError *
pd_keyring_error_denied (void)
{
  return g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_DENIED,
                              _("The keyring was not opened for Paydesk. Unlock it, allow Paydesk to use it, and retry."));
}

GError *
pd_keyring_error_none (void)
{
  return g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_ABSENT,
                              _("There is no keyring yet. Create one in Passwords and Keys, or log in to the desktop with a password, and retry."));
}

static GError *
error_absent (void)
{
  return g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_ABSENT,
                              pd_keyring_uses_file ()
                              ? _("The desktop offers no Secret portal, so secrets cannot be kept. Install xdg-desktop-portal and a keyring such as gnome-keyring, and retry.")
                              : _("There is no keyring service. Start or install one, such as gnome-keyring, and retry."));
}

/**
 * pd_keyring_translate:
 * @error: what libsecret said
 * @cancellable: (nullable): of the call
 *
 * Returns: (transfer full): the same for an operator, as %PD_ERROR; the caller's own cancellation stays one
 */
GError *
pd_keyring_translate (const GError *error,
                      GCancellable *cancellable)
{
  if (error->domain == PD_ERROR || g_cancellable_is_cancelled (cancellable))
    return g_error_copy (error);
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return pd_keyring_error_locked ();
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return error_absent ();
  /* Of the service: there is no bus. Of the portal: it could not open the keyring that its key is in. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED) && !pd_keyring_uses_file ())
    return error_absent ();
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_AUTH_FAILED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return pd_keyring_error_denied ();
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_FAILED,
                                _("The keyring went away before it had answered. Retry; if that does not help, log out and in again."));
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_FAILED,
                                _("The keyring does not answer. Retry; if that does not help, log out and in again."));
  return g_error_new (PD_ERROR, PD_ERROR_KEYRING_FAILED,
                      _("The keyring did not answer as it should (%s). Retry; if that does not help, log out and in again."),
                      error->message);
}

/* libsecret leaves the daemon's end of a session open until the program ends. */
static void
drop_backend (PdKeyring *self)
{
  const char *session = NULL;

  if (self->backend != NULL && SECRET_IS_SERVICE (self->backend))
    session = secret_service_get_session_dbus_path (SECRET_SERVICE (self->backend));
  if (session != NULL)
    g_dbus_connection_call (g_dbus_proxy_get_connection (G_DBUS_PROXY (self->backend)),
                            g_dbus_proxy_get_name (G_DBUS_PROXY (self->backend)), session,
                            "org.freedesktop.Secret.Session", "Close", NULL, NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_clear_object (&self->collection);
  g_clear_object (&self->backend);
}

/**
 * pd_keyring_close:
 * @self: (transfer full): a connection
 *
 * Lets the connection and the lock go.
 */
void
pd_keyring_close (PdKeyring *self)
{
  drop_backend (self);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self);
}

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->keyring, pd_keyring_close);
  g_free (opening);
}

static void
finish (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&opening->keyring), (GDestroyNotify) pd_keyring_close);
  g_object_unref (task);
}

static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, pd_keyring_translate (error, g_task_get_cancellable (task)));
  g_object_unref (task);
}

/**
 * pd_keyring_says_locked:
 * @object: a collection or an item of the Secret Service
 *
 * Where the service has gone meanwhile, its objects have no properties any more; libsecret would take that for a mistake of ours.
 *
 * Returns: whether it is locked, as far as is known
 */
gboolean
pd_keyring_says_locked (GDBusProxy *object)
{
  g_autoptr (GVariant) locked = g_dbus_proxy_get_cached_property (object, "Locked");

  return locked != NULL && g_variant_is_of_type (locked, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (locked);
}

static void
on_collection (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  GTask                       *task = data;
  Opening                     *opening = g_task_get_task_data (task);
  g_autoptr (GError)           error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  if (error != NULL) {
    fail (task, error);
    return;
  }
  opening->keyring->is_locked = collection != NULL && pd_keyring_says_locked (G_DBUS_PROXY (collection));
  opening->keyring->collection = g_steal_pointer (&collection);
  finish (task);
}

static void
on_backend (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask             *task = data;
  Opening           *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GObject           *backend = g_async_initable_new_finish (G_ASYNC_INITABLE (source), result, &error);

  if (backend == NULL) {
    fail (task, error);
    return;
  }
  opening->keyring->backend = SECRET_BACKEND (backend);
  if (opening->keyring->is_file) {
    finish (task);
    return;
  }
  secret_collection_for_alias (SECRET_SERVICE (backend), SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                               g_task_get_cancellable (task), on_collection, task);
}

static GIOExtension *
find_backend (gboolean is_file)
{
  GIOExtensionPoint *point = g_io_extension_point_lookup (SECRET_BACKEND_EXTENSION_POINT_NAME);

  return point != NULL ? g_io_extension_point_get_extension_by_name (point, is_file ? "file" : "service") : NULL;
}

static void
make_backend (GTask *task)
{
  Opening      *opening = g_task_get_task_data (task);
  GIOExtension *extension = find_backend (opening->keyring->is_file);

  if (extension == NULL) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_KEYRING_ABSENT,
                             _("This system’s libsecret cannot keep secrets in a file. Install a complete libsecret."));
    g_object_unref (task);
    return;
  }
  g_async_initable_new_async (g_io_extension_get_type (extension), G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                              on_backend, task,
                              "flags", opening->keyring->is_file || opening->use == PD_KEYRING_LOOK
                                         ? SECRET_BACKEND_NONE : SECRET_BACKEND_OPEN_SESSION,
                              NULL);
}

static void
on_first_backend (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  GTask                    *task = data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (SecretBackend) backend = secret_backend_get_finish (result, &error);

  if (backend == NULL)
    fail (task, error);
  else
    make_backend (task);
}

/* libsecret registers its backends when it is first asked for the one it keeps; that one itself is of no use here, as it
 * reads its file only once. */
static void
choose_backend (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  g_type_ensure (SECRET_TYPE_SERVICE);
  if (find_backend (opening->keyring->is_file) == NULL)
    secret_backend_get (SECRET_BACKEND_NONE, g_task_get_cancellable (task), on_first_backend, task);
  else
    make_backend (task);
}

static void
on_bus (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  /* Without a bus libsecret's own error tells of it. */
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (session_bus == NULL)
    session_bus = g_steal_pointer (&bus);
  choose_backend (data);
}

/* The connection that a process shares is made by whoever asks first. Were that a call that is cancelled meanwhile, GDBus
 * would tell every other call that waits for it that it was cancelled, too: so it is made without a cancellable, and kept. */
static void
open_backend (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  if (session_bus == NULL && !opening->keyring->is_file)
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, task);
  else
    choose_backend (task);
}

static gboolean
try_lock (gpointer data)
{
  GTask             *task = data;
  Opening           *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error)) {
    fail (task, error);
    return G_SOURCE_REMOVE;
  }
  if (flock (opening->keyring->lock_fd, LOCK_EX | LOCK_NB) != 0 && (errno == EWOULDBLOCK || errno == EINTR))
    return G_SOURCE_CONTINUE;
  open_backend (task);
  return G_SOURCE_REMOVE;
}

/* Writers of the file take turns: each reads what the one before has written (libsecret alone would lose stores, since it
 * notices a foreign write by whole seconds only). */
static void
lock_file (GTask *task)
{
  Opening           *opening = g_task_get_task_data (task);
  g_autofree char   *folder = g_build_filename (g_get_user_data_dir (), "paydesk", NULL);
  g_autofree char   *path = g_build_filename (folder, "keyring.lock", NULL);
  g_autoptr (GSource) source = NULL;

  g_mkdir_with_parents (folder, 0700);
  opening->keyring->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (opening->keyring->lock_fd < 0) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_STORAGE, _("The data folder cannot be written to: %s"), g_strerror (errno));
    g_object_unref (task);
    return;
  }
  source = g_timeout_source_new (LOCK_RETRY_MS);
  g_source_set_ready_time (source, 0);
  g_source_set_callback (source, try_lock, task, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/**
 * pd_keyring_open_async:
 * @use: what for
 * @cancellable: (nullable): ends it
 * @callback: called when the keyring is open or cannot be opened
 * @user_data: for @callback
 *
 * Opens the keyring without asking the person anything. In a Flatpak the portal may have to ask.
 */
void
pd_keyring_open_async (PdKeyringUse         use,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask   *task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, pd_keyring_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  opening->use = use;
  opening->keyring = g_new0 (PdKeyring, 1);
  opening->keyring->lock_fd = -1;
  opening->keyring->is_file = pd_keyring_uses_file ();
  if (opening->keyring->is_file && use == PD_KEYRING_WRITE)
    lock_file (task);
  else
    open_backend (task);
}

/**
 * pd_keyring_reopen_async:
 * @keyring: (transfer full): an open keyring
 * @cancellable: (nullable): ends it
 * @callback: called when the keyring is open or cannot be opened
 * @user_data: for @callback
 *
 * Connects anew, to see what is really there, and keeps the lock meanwhile; ends with pd_keyring_open_finish().
 */
void
pd_keyring_reopen_async (PdKeyring           *keyring,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask   *task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, pd_keyring_reopen_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  opening->use = PD_KEYRING_WRITE;
  opening->keyring = keyring;
  drop_backend (keyring);
  open_backend (task);
}

/**
 * pd_keyring_open_finish:
 * @result: what the callback was given
 * @error: %PD_ERROR with one of the codes PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable): the open keyring, which may still be locked
 */
PdKeyring *
pd_keyring_open_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
