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

/* Asking the person: once at a time, for everybody who waits. Measured: gnome-keyring 42 crashes over a prompt that is dismissed by
 * its caller, and over several at once, so that a prompt that nobody waits for any more is left to the person, and whoever asks
 * again waits for the same one. It is spoken to by D-Bus and not by libsecret, whose call never ends when the service dies
 * meanwhile. */
typedef struct {
  gatomicrefcount  ref_count; /* held by everything that may still come */
  GQueue           waiters;   /* of Waiter */
  GCancellable    *calls;     /* of what has been called and may not have answered yet */
  PdKeyring       *keyring;
  char            *prompt;    /* once the person is asked */
  guint            completed; /* subscription */
  guint            watch;     /* of the service's name */
} Asking;

typedef struct {
  GTask   *task;
  GSource *on_cancel;
} Waiter;

/* What is going on now. */
static Asking *current;

static void
asking_unref (gpointer data)
{
  Asking *asking = data;

  if (!g_atomic_ref_count_dec (&asking->ref_count))
    return;
  g_clear_pointer (&asking->keyring, pd_keyring_close);
  g_free (asking->prompt);
  g_object_unref (asking->calls);
  g_free (asking);
}

static Asking *
asking_ref (Asking *asking)
{
  g_atomic_ref_count_inc (&asking->ref_count);
  return asking;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_unref)

static GDBusConnection *
get_bus (Asking *asking)
{
  return g_dbus_proxy_get_connection (G_DBUS_PROXY (asking->keyring->backend));
}

/* Nothing more is expected. */
static void
stop (Asking *asking)
{
  guint watch = asking->watch;
  guint completed = asking->completed;

  if (current == asking)
    current = NULL;
  asking->watch = 0;
  asking->completed = 0;
  if (watch != 0)
    g_bus_unwatch_name (watch);
  if (completed != 0)
    g_dbus_connection_signal_unsubscribe (get_bus (asking), completed);
}

static GTask *
waiter_free_to_task (Waiter *waiter)
{
  GTask *task = waiter->task;

  if (waiter->on_cancel != NULL) {
    g_source_destroy (waiter->on_cancel);
    g_source_unref (waiter->on_cancel);
  }
  g_free (waiter);
  return task;
}

/* Answers everybody. */
static void
conclude (Asking       *asking,
          const GError *error)
{
  Waiter *waiter;

  stop (asking);
  while ((waiter = g_queue_pop_head (&asking->waiters)) != NULL) {
    g_autoptr (GTask) task = waiter_free_to_task (waiter);

    if (error != NULL)
      g_task_return_error (task, pd_keyring_translate (error, g_task_get_cancellable (task)));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
succeed (Asking *asking)
{
  conclude (asking, NULL);
}

static void
fail (Asking       *asking,
      const GError *error)
{
  conclude (asking, error);
}

/* The person said no, or there is nothing that could ask them. */
static void
fail_denied (Asking *asking)
{
  g_autoptr (GError) error = NULL;

  if (asking->keyring->collection == NULL)
    error = pd_keyring_error_none ();
  else
    error = g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_DENIED,
                                 _("The keyring was not unlocked. Secrets wait in memory until it is."));
  fail (asking, error);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  g_autoptr (Asking)  asking = asking_ref (current);
  Waiter             *waiter = data;
  g_autoptr (GTask)   task = NULL;

  g_queue_remove (&asking->waiters, waiter);
  task = waiter_free_to_task (waiter);
  g_task_return_error_if_cancelled (task);
  if (g_queue_is_empty (&asking->waiters) && asking->prompt == NULL) {
    stop (asking);
    g_cancellable_cancel (asking->calls);
  }
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
  g_autoptr (Asking)    asking = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GVariant)  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Now the person has the word: see on_completed(). */
  if (answer == NULL)
    fail (asking, error);
}

static void
prompt (Asking *asking)
{
  GDBusConnection *bus = get_bus (asking);
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (asking->keyring->backend));

  if (owner == NULL) {
    on_vanished (bus, NULL, asking);
    return;
  }
  asking->completed = g_dbus_connection_signal_subscribe (bus, owner, PROMPT_INTERFACE, "Completed", asking->prompt, NULL,
                                                          G_DBUS_SIGNAL_FLAGS_NONE, on_completed, asking_ref (asking),
                                                          asking_unref);
  asking->watch = g_bus_watch_name_on_connection (bus, owner, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished,
                                                  asking_ref (asking), asking_unref);
  g_dbus_connection_call (bus, owner, asking->prompt, PROMPT_INTERFACE, "Prompt", g_variant_new ("(s)", ""), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, asking->calls, on_prompted, asking_ref (asking));
}

static gboolean
unlocks_any (GVariant *answer)
{
  g_autoptr (GVariant) unlocked = g_variant_get_child_value (answer, 0);

  return g_variant_n_children (unlocked) > 0;
}

/* Both calls answer what is done already, and the path of a prompt for the rest, or "/". */
static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Asking)    asking = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GVariant)  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (asking != current)
    return;
  if (answer == NULL) {
    fail (asking, error);
    return;
  }
  g_variant_get_child (answer, 1, "o", &asking->prompt);
  if (!g_str_equal (asking->prompt, "/"))
    prompt (asking);
  else if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(oo)")) || unlocks_any (answer))
    succeed (asking);
  else
    fail_denied (asking);
}

static void
call (Asking     *asking,
      const char *method,
      GVariant   *parameters)
{
  g_dbus_proxy_call (G_DBUS_PROXY (asking->keyring->backend), method, parameters, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                     asking->calls, on_answer, asking_ref (asking));
}

static void
create (Asking *asking)
{
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", COLLECTION_INTERFACE ".Label", g_variant_new_string (_("Login")));
  call (asking, SERVICE_INTERFACE ".CreateCollection", g_variant_new ("(a{sv}s)", &properties, "default"));
}

static void
on_open (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Asking)     asking = data;
  g_autoptr (GError)     error = NULL;
  PdKeyring             *keyring = pd_keyring_open_finish (result, &error);

  asking->keyring = keyring;
  if (asking != current)
    return;
  if (keyring == NULL) {
    fail (asking, error);
  } else if (keyring->is_file || (keyring->collection != NULL && !keyring->is_locked)) {
    succeed (asking);
  } else if (keyring->collection == NULL) {
    create (asking);
  } else {
    const char *const paths[] = { g_dbus_proxy_get_object_path (G_DBUS_PROXY (keyring->collection)), NULL };

    call (asking, SERVICE_INTERFACE ".Unlock", g_variant_new ("(^ao)", paths));
  }
}

/**
 * pd_keyring_unlock_async:
 * @cancellable: (nullable): ends it at once, also while the person is being asked
 * @callback: called when the keyring is open, or stays closed
 * @user_data: for @callback
 *
 * Has the desktop ask the person to unlock, or create, the keyring where that is needed. Waits for the person without limit. For the
 * main thread only.
 */
void
pd_keyring_unlock_async (GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (waiter->task, pd_keyring_unlock_async);
  if (cancellable != NULL) {
    waiter->on_cancel = g_cancellable_source_new (cancellable);
    g_source_set_callback (waiter->on_cancel, G_SOURCE_FUNC (on_cancelled), waiter, NULL);
    g_source_attach (waiter->on_cancel, g_main_context_get_thread_default ());
  }
  if (current != NULL) {
    g_queue_push_tail (&current->waiters, waiter);
    return;
  }
  current = g_new0 (Asking, 1);
  g_atomic_ref_count_init (&current->ref_count);
  g_queue_init (&current->waiters);
  g_queue_push_tail (&current->waiters, waiter);
  current->calls = g_cancellable_new ();
  pd_keyring_open_async (PD_KEYRING_LOOK, current->calls, on_open, current);
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
