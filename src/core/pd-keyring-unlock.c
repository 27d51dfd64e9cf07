/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-error.h"
#include "pd-keyring-private.h"

#define SERVICE_INTERFACE    "org.freedesktop.Secret.Service"
#define COLLECTION_INTERFACE "org.freedesktop.Secret.Collection"
#define PROMPT_INTERFACE     "org.freedesktop.Secret.Prompt"

/* The prompt is spoken to by D-Bus and not by libsecret, whose call never ends when the service dies meanwhile, or does not confirm
 * that the prompt was dismissed. The data is held by everything that may still come. */
typedef struct {
  gatomicrefcount  ref_count;
  GTask           *task;     /* NULL once it has returned */
  GCancellable    *calls;    /* of what has been called and may not have answered yet */
  GSource         *on_cancel;
  PdKeyring       *keyring;
  char            *prompt;
  guint            completed; /* subscription */
  guint            watch;     /* of the service's name */
} Unlocking;

static void
unlocking_unref (gpointer data)
{
  Unlocking *unlocking = data;

  if (!g_atomic_ref_count_dec (&unlocking->ref_count))
    return;
  g_clear_pointer (&unlocking->keyring, pd_keyring_close);
  g_free (unlocking->prompt);
  g_object_unref (unlocking->calls);
  g_free (unlocking);
}

static Unlocking *
unlocking_ref (Unlocking *unlocking)
{
  g_atomic_ref_count_inc (&unlocking->ref_count);
  return unlocking;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Unlocking, unlocking_unref)

static GDBusConnection *
get_bus (Unlocking *unlocking)
{
  return g_dbus_proxy_get_connection (G_DBUS_PROXY (unlocking->keyring->backend));
}

/* The task, for whoever comes first; nothing else is waited for then. */
static GTask *
take_task (Unlocking *unlocking)
{
  guint watch = unlocking->watch;
  guint completed = unlocking->completed;

  unlocking->watch = 0;
  unlocking->completed = 0;
  if (watch != 0)
    g_bus_unwatch_name (watch);
  if (completed != 0)
    g_dbus_connection_signal_unsubscribe (get_bus (unlocking), completed);
  if (unlocking->on_cancel != NULL)
    g_source_destroy (unlocking->on_cancel);
  g_clear_pointer (&unlocking->on_cancel, g_source_unref);
  return g_steal_pointer (&unlocking->task);
}

static void
succeed (Unlocking *unlocking)
{
  g_autoptr (GTask) task = take_task (unlocking);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
fail (Unlocking    *unlocking,
      const GError *error)
{
  g_autoptr (GTask) task = take_task (unlocking);

  if (task != NULL)
    g_task_return_error (task, pd_keyring_translate (error, g_task_get_cancellable (task)));
}

/* The person said no, or there is nothing that could ask them. */
static void
fail_denied (Unlocking *unlocking)
{
  g_autoptr (GError) error = NULL;

  if (unlocking->keyring->collection == NULL)
    error = pd_keyring_error_none ();
  else
    error = g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_DENIED,
                                 _("The keyring was not unlocked. Secrets wait in memory until it is."));
  fail (unlocking, error);
}

/* The caller is answered at once, whatever becomes of the prompt. */
static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  Unlocking         *unlocking = data;
  g_autoptr (GTask)  task = take_task (unlocking);

  g_cancellable_cancel (unlocking->calls);
  if (unlocking->prompt != NULL)
    g_dbus_connection_call (get_bus (unlocking), g_dbus_proxy_get_name (G_DBUS_PROXY (unlocking->keyring->backend)), unlocking->prompt,
                            PROMPT_INTERFACE, "Dismiss", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
on_completed (GDBusConnection *bus,
              const char      *sender,
              const char      *path,
              const char      *interface,
              const char      *signal,
              GVariant        *parameters,
              gpointer         data)
{
  gboolean dismissed = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bv)")))
    g_variant_get (parameters, "(bv)", &dismissed, NULL);
  if (dismissed)
    fail_denied (data);
  else
    succeed (data);
}

static void
on_vanished (GDBusConnection *bus,
             const char      *name,
             gpointer         data)
{
  g_autoptr (GError) error = g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY, "the service went away");

  fail (data, error);
}

static void
on_prompted (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Unlocking) unlocking = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GVariant)  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Now the person has the word: see on_completed(). */
  if (answer == NULL)
    fail (unlocking, error);
}

static void
prompt (Unlocking *unlocking)
{
  GDBusConnection *bus = get_bus (unlocking);
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (unlocking->keyring->backend));

  if (owner == NULL) {
    on_vanished (bus, NULL, unlocking);
    return;
  }
  unlocking->completed = g_dbus_connection_signal_subscribe (bus, owner, PROMPT_INTERFACE, "Completed", unlocking->prompt, NULL,
                                                             G_DBUS_SIGNAL_FLAGS_NONE, on_completed, unlocking_ref (unlocking),
                                                             unlocking_unref);
  unlocking->watch = g_bus_watch_name_on_connection (bus, owner, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished,
                                                     unlocking_ref (unlocking), unlocking_unref);
  g_dbus_connection_call (bus, owner, unlocking->prompt, PROMPT_INTERFACE, "Prompt", g_variant_new ("(s)", ""), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, unlocking->calls, on_prompted, unlocking_ref (unlocking));
}

/* Both calls answer what is done already, and the path of a prompt for the rest, or "/". */
static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Unlocking) unlocking = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GVariant)  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (unlocking->task == NULL)
    return;
  if (answer == NULL) {
    fail (unlocking, error);
    return;
  }
  g_variant_get_child (answer, 1, "o", &unlocking->prompt);
  if (!g_str_equal (unlocking->prompt, "/"))
    prompt (unlocking);
  else if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(oo)")))
    succeed (unlocking);
  else {
    g_autoptr (GVariant) unlocked = g_variant_get_child_value (answer, 0);

    if (g_variant_n_children (unlocked) > 0)
      succeed (unlocking);
    else
      fail_denied (unlocking);
  }
}

static void
call (Unlocking  *unlocking,
      const char *method,
      GVariant   *parameters)
{
  g_dbus_proxy_call (G_DBUS_PROXY (unlocking->keyring->backend), method, parameters, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                     unlocking->calls, on_answer, unlocking_ref (unlocking));
}

static void
create (Unlocking *unlocking)
{
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", COLLECTION_INTERFACE ".Label", g_variant_new_string (_("Login")));
  call (unlocking, SERVICE_INTERFACE ".CreateCollection", g_variant_new ("(a{sv}s)", &properties, "default"));
}

static void
on_open (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Unlocking)  unlocking = data;
  g_autoptr (GError)     error = NULL;
  PdKeyring             *keyring = pd_keyring_open_finish (result, &error);

  unlocking->keyring = keyring;
  if (unlocking->task == NULL)
    return;
  if (keyring == NULL) {
    fail (unlocking, error);
  } else if (keyring->is_file || (keyring->collection != NULL && !keyring->is_locked)) {
    succeed (unlocking);
  } else if (keyring->collection == NULL) {
    create (unlocking);
  } else {
    const char *const paths[] = { g_dbus_proxy_get_object_path (G_DBUS_PROXY (keyring->collection)), NULL };

    call (unlocking, SERVICE_INTERFACE ".Unlock", g_variant_new ("(^ao)", paths));
  }
}

/**
 * pd_keyring_unlock_async:
 * @cancellable: (nullable): ends it at once, also while the person is being asked
 * @callback: called when the keyring is open, or stays closed
 * @user_data: for @callback
 *
 * Has the desktop ask the person to unlock, or create, the keyring where that is needed. Waits for the person without limit.
 */
void
pd_keyring_unlock_async (GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Unlocking *unlocking = g_new0 (Unlocking, 1);

  g_atomic_ref_count_init (&unlocking->ref_count);
  unlocking->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (unlocking->task, pd_keyring_unlock_async);
  unlocking->calls = g_cancellable_new ();
  if (cancellable != NULL) {
    unlocking->on_cancel = g_cancellable_source_new (cancellable);
    g_source_set_callback (unlocking->on_cancel, G_SOURCE_FUNC (on_cancelled), unlocking_ref (unlocking), unlocking_unref);
    g_source_attach (unlocking->on_cancel, g_main_context_get_thread_default ());
  }
  pd_keyring_open_async (PD_KEYRING_LOOK, unlocking->calls, on_open, unlocking);
}

/**
 * pd_keyring_unlock_finish:
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*; %PD_ERROR_KEYRING_DENIED: the person said no, or could not be asked;
 *   %PD_ERROR_KEYRING_ABSENT: there is still no keyring
 *
 * Returns: whether the keyring is open
 */
gboolean
pd_keyring_unlock_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
