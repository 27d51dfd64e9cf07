/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <signal.h>
#include <sys/wait.h>

#include "pd-error.h"
#include "pd-secrets.h"
#include "pd-test-canary.h"
#include "pd-test-keyring.h"
#include "pd-test-util.h"

#define PROFILE "11111111-2222-3333-4444-555555555555"
#define OTHER   "66666666-7777-8888-9999-000000000000"

static const char *self_path;

static void
test_round_trip (void)
{
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();
  g_autoptr (GError)    error = NULL;

  pd_test_assert_value (secrets, PROFILE, "client-secret", NULL);
  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "first", &error));
  g_assert_true (pd_test_store (secrets, PROFILE, "mws-auth-token", "token", &error));
  g_assert_true (pd_test_store (secrets, OTHER, "client-secret", "another", &error));
  pd_test_assert_value (secrets, PROFILE, "client-secret", "first");
  pd_test_assert_value (secrets, PROFILE, "mws-auth-token", "token");
  pd_test_assert_value (secrets, OTHER, "client-secret", "another");
  pd_test_store (secrets, PROFILE, "client-secret", "second 秘密", &error);
  g_assert_no_error (error);
  pd_test_assert_value (secrets, PROFILE, "client-secret", "second 秘密");
  g_assert_cmpuint (pd_test_count_all (secrets), ==, 3);

  g_assert_true (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  pd_test_assert_value (secrets, PROFILE, "client-secret", NULL);
  g_assert_true (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
  pd_test_assert_value (secrets, PROFILE, "mws-auth-token", NULL);
  pd_test_assert_value (secrets, OTHER, "client-secret", "another");
  g_assert_true (pd_test_delete (secrets, OTHER, NULL, &error));
  g_assert_cmpuint (pd_test_count_all (secrets), ==, 0);
  g_assert_no_error (error);
}

/* gnome-keyring loses the whole file of a keyring without a password over one. */
static void
test_line_break (void)
{
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();
  static const char *const values[] = { "a\nb", "a\r", "\n" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (pd_test_store (secrets, PROFILE, "private-key", values[i], &error));
    g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  }
  pd_test_assert_value (secrets, PROFILE, "private-key", NULL);
}

/* What others can read of our items, also while they are locked. */
static void
test_attributes (void)
{
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();
  g_autoptr (GError)    error = NULL;
  g_autofree char      *output = NULL;
  const char *const     argv[] = { "sh", "-c", "secret-tool search --all profile " PROFILE " 2>&1", NULL };

  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "value", &error));
  g_assert_cmpint (pd_test_run (argv, &output), ==, 0);
  g_assert_nonnull (strstr (output, "label = Paydesk\n"));
  g_assert_nonnull (strstr (output, "schema = org.paydesk.Secret\n"));
  g_assert_nonnull (strstr (output, "attribute.profile = " PROFILE "\n"));
  g_assert_nonnull (strstr (output, "attribute.field = client-secret\n"));
  {
    g_auto (GStrv) parts = g_strsplit (output, "attribute.", -1);

    g_assert_cmpuint (g_strv_length (parts) - 1, ==, 2);
  }
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
}

/* A locked keyring answers 'nothing' without an error: that must never be taken for 'not there'. */
static void
test_locked (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) held = pd_secret_text_new ("held");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "kept", &error));
  pd_test_lock_keyring ();

  g_assert_null (pd_test_lookup (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_null (pd_test_lookup (secrets, PROFILE, "secret-access-key", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (pd_test_store (secrets, PROFILE, "client-secret", "overwritten", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);

  pd_secrets_hold (secrets, PROFILE, "mws-auth-token", held);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 1);
  pd_test_assert_value (secrets, PROFILE, "mws-auth-token", "held");
  /* nobody there to ask: the person cannot be made to wait */
  pd_secrets_retry_async (secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  g_assert_false (pd_secrets_retry_finish (secrets, result, &error));
  g_assert_cmpint (error->domain, ==, PD_ERROR);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 1);

  pd_test_unlock_keyring ();
  pd_test_assert_value (secrets, PROFILE, "client-secret", "kept");
  g_assert_cmpuint (pd_test_count_all (secrets), ==, 1);
}

/* A daemon that is stopped neither answers nor goes away: the main loop turns, and cancelling ends the call. */
static gboolean
count_turn (gpointer n)
{
  ++*(guint *) n;
  return G_SOURCE_CONTINUE;
}

static gboolean
has_turned (gpointer n)
{
  return *(guint *) n >= 10;
}

static pid_t
get_keyring_pid (void)
{
  static pid_t pid;

  /* The first one is the session's. */
  if (pid == 0)
    pid = (pid_t) g_ascii_strtoll (g_getenv ("PD_KEYRING_PID"), NULL, 10);
  return pid;
}

static void
test_hanging (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) text = pd_secret_text_new ("value");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult            *results[5] = { NULL };
  g_autoptr (GError)       error = NULL;
  guint                    n_turns = 0;
  guint                    id = g_timeout_add (1, count_turn, &n_turns);

  kill (get_keyring_pid (), SIGSTOP);
  pd_secrets_store_async (secrets, PROFILE, "client-secret", text, cancellable, pd_test_keep, &results[0]);
  pd_secrets_lookup_async (secrets, PROFILE, "client-secret", cancellable, pd_test_keep, &results[1]); /* waits for the store */
  pd_secrets_delete_async (secrets, OTHER, "client-secret", cancellable, pd_test_keep, &results[2]);
  pd_secrets_list_async (secrets, PROFILE, cancellable, pd_test_keep, &results[3]);
  pd_secrets_retry_async (secrets, cancellable, pd_test_keep, &results[4]);
  pd_test_until (has_turned, &n_turns);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_assert_null (results[i]);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    pd_test_wait (&results[i]);
  kill (get_keyring_pid (), SIGCONT);
  g_source_remove (id);

  g_assert_false (pd_secrets_store_finish (secrets, results[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (pd_secrets_lookup_finish (secrets, results[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (pd_secrets_delete_finish (secrets, results[2], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (pd_secrets_list_finish (secrets, results[3], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (pd_secrets_retry_finish (secrets, results[4], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
  /* and it works on */
  g_clear_error (&error);
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "kept", &error));
  pd_test_assert_value (secrets, PROFILE, "client-secret", "kept");
}

/* Of what is asked for without waiting, the later one stays, and a look-up sees what was stored before it. */
static void
test_order (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) found = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult            *results[6] = { NULL };
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError)       error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autofree char          *value = g_strdup_printf ("value %u", i);
    g_autoptr (PdSecretText)  text = pd_secret_text_new (value);

    pd_secrets_store_async (secrets, PROFILE, "mws-auth-token", text, NULL, pd_test_keep, &results[i]);
    if (i == 3) {
      pd_secrets_lookup_async (secrets, PROFILE, "mws-auth-token", NULL, pd_test_keep, &looked_up);
      pd_secrets_delete_async (secrets, PROFILE, "mws-auth-token", cancellable, pd_test_keep, &cancelled);
    }
  }
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    pd_test_wait (&results[i]);
    pd_secrets_store_finish (secrets, results[i], &error);
    g_assert_no_error (error);
    g_object_unref (results[i]);
  }
  pd_test_wait (&looked_up);
  found = pd_secrets_lookup_finish (secrets, looked_up, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pd_secret_text_peek (found), ==, "value 3");
  pd_test_wait (&cancelled);
  g_assert_false (pd_secrets_delete_finish (secrets, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  pd_test_assert_value (secrets, PROFILE, "mws-auth-token", "value 5");
  g_clear_error (&error);
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
}

static void
count_change (PdSecrets  *secrets,
              const char *profile,
              const char *field,
              guint      *n_changes)
{
  ++*n_changes;
}

/* Each store rewrites the whole keyring. */
static void
test_not_stored_twice (void)
{
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();
  g_autoptr (GError)    error = NULL;
  guint                 n_changes = 0;

  g_signal_connect (secrets, "changed", G_CALLBACK (count_change), &n_changes);
  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "same", &error));
  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "same", &error));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "samf", &error));
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
  g_assert_cmpuint (n_changes, ==, 3);
}

/* B1: from the keyring and back, and nothing stays in memory. */
static void
test_wiped (void)
{
  g_autoptr (GError)  error = NULL;
  PdTestCanary        canary;
  PdSecretText       *secret;

  pd_test_canary_init (&canary);
  secret = pd_test_canary_text (&canary);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  {
    g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (PdSecretText) found = NULL;

    pd_secrets_store_async (secrets, PROFILE, "client-secret", secret, NULL, pd_test_keep, &result);
    pd_test_wait (&result);
    g_assert_true (pd_secrets_store_finish (secrets, result, &error));
    found = pd_test_lookup (secrets, PROFILE, "client-secret", &error);
    g_assert_no_error (error);
    g_assert_cmpstr (pd_secret_text_peek (found), ==, pd_secret_text_peek (secret));
    pd_secrets_hold (secrets, PROFILE, "mws-auth-token", found);
    g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
  }
  pd_secret_text_unref (secret);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 0);
}

static void
run_shell (const char *script)
{
  const char *const argv[] = { "sh", "-c", script, NULL };

  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
}

#define AWAIT_KEYRING \
  "until gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus " \
  "-m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets | grep -q true; do sleep .05; done"
#define AWAIT_NO_KEYRING \
  "while gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus " \
  "-m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets | grep -q true; do sleep .05; done"

static void
assert_every_call_fails (PdSecrets *secrets,
                         PdError    code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_null (pd_test_lookup (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_false (pd_test_store (secrets, PROFILE, "client-secret", "overwritten", &error));
  g_assert_error (error, PD_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_false (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_false (pd_test_delete (secrets, PROFILE, NULL, &error));
  g_assert_error (error, PD_ERROR, (int) code);
  g_clear_error (&error);
  pd_secrets_list_async (secrets, PROFILE, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  g_assert_null (pd_secrets_list_finish (secrets, result, &error));
  g_assert_error (error, PD_ERROR, (int) code);
}

/* It dies while a call is out. */
static void
test_killed_midway (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) text = pd_secret_text_new ("overwritten");
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (GError)       error = NULL;
  guint                    n_turns = 0;
  guint                    id = g_timeout_add (1, count_turn, &n_turns);

  kill (get_keyring_pid (), SIGSTOP);
  pd_secrets_store_async (secrets, PROFILE, "client-secret", text, NULL, pd_test_keep, &stored);
  pd_secrets_lookup_async (secrets, OTHER, "client-secret", NULL, pd_test_keep, &looked_up);
  pd_test_until (has_turned, &n_turns);
  g_source_remove (id);
  kill (get_keyring_pid (), SIGKILL);
  pd_test_wait (&stored);
  pd_test_wait (&looked_up);
  g_assert_false (pd_secrets_store_finish (secrets, stored, &error));
  g_assert_cmpint (error->domain, ==, PD_ERROR);
  g_assert_true (error->code == PD_ERROR_KEYRING_FAILED || error->code == PD_ERROR_KEYRING_ABSENT);
  g_clear_error (&error);
  g_assert_null (pd_secrets_lookup_finish (secrets, looked_up, &error));
  g_assert_cmpint (error->domain, ==, PD_ERROR);
  run_shell (AWAIT_NO_KEYRING);
  assert_every_call_fails (secrets, PD_ERROR_KEYRING_ABSENT);
}

/* A keyring service, but no keyring in it, and nobody who could make one: there is nothing of ours for certain, and nothing can be
 * stored. */
static void
test_no_collection (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) held = pd_secret_text_new ("held");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  run_shell ("mkdir -p \"$PD_SESSION/empty\"; XDG_DATA_HOME=\"$PD_SESSION/empty\" env -u G_DEBUG -u MALLOC_PERTURB_ "
             "gnome-keyring-daemon --start --components=secrets --control-directory=\"$PD_SESSION/empty\" >/dev/null 2>&1; "
             AWAIT_KEYRING);
  pd_test_assert_value (secrets, PROFILE, "client-secret", NULL);
  g_assert_cmpuint (pd_test_count_all (secrets), ==, 0);
  g_assert_false (pd_test_store (secrets, PROFILE, "client-secret", "value", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_ABSENT);
  g_clear_error (&error);
  pd_secrets_hold (secrets, PROFILE, "mws-auth-token", held);
  pd_secrets_retry_async (secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  g_assert_false (pd_secrets_retry_finish (secrets, result, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_ABSENT);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 1);
  run_shell ("keyring_pid=$(gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus "
             "-m org.freedesktop.DBus.GetConnectionUnixProcessID org.freedesktop.secrets | grep -o '[0-9]*,' | tr -d ,); "
             "kill \"$keyring_pid\"; " AWAIT_NO_KEYRING);
}

/* Another one, unlocked, takes the place of the one that died: everything works on, and what waited is stored. */
static void
test_back_again (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) held = pd_secret_text_new ("held");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  guint                    n_stored = 0;

  g_signal_connect (secrets, "pending-stored", G_CALLBACK (count_change), &n_stored);
  pd_secrets_hold (secrets, PROFILE, "mws-auth-token", held);
  pd_secrets_hold (secrets, OTHER, "mws-auth-token", held);
  assert_every_call_fails (secrets, PD_ERROR_KEYRING_ABSENT);
  run_shell ("printf test-password | env -u G_DEBUG -u MALLOC_PERTURB_ gnome-keyring-daemon --unlock --components=secrets --daemonize "
             "--control-directory=\"$PD_SESSION/keyring\" >/dev/null 2>&1; " AWAIT_KEYRING);
  pd_secrets_retry_async (secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  pd_secrets_retry_finish (secrets, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 0);
  g_assert_cmpuint (n_stored, ==, 2);
  pd_test_assert_value (secrets, PROFILE, "mws-auth-token", "held");
  pd_test_assert_value (secrets, PROFILE, "client-secret", "kept");
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
  g_assert_true (pd_test_delete (secrets, OTHER, NULL, &error));
}

/* In a process of its own, as the connection to the bus is made once. */
static void
test_no_bus (void)
{
  const char *const argv[] = { "env", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus", self_path, "--no-bus", NULL };

  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
}

static void
test_cancel (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  pd_secrets_lookup_async (secrets, PROFILE, "client-secret", cancellable, pd_test_keep, &result);
  g_cancellable_cancel (cancellable);
  pd_test_wait (&result);
  g_assert_null (pd_secrets_lookup_finish (secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* As in a Flatpak: libsecret's file, written by two programs at once (security promise A12). */
static void
test_file_two_writers (void)
{
  g_autofree char *file = g_build_filename (g_getenv ("XDG_DATA_HOME"), "test.keyring", NULL);
  GPid             children[2];
  int              status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test-password", TRUE);
  for (guint i = 0; i < 2; i++) {
    /* libsecret 0.20 leaks the file's etag, some 28 bytes, at each write: under ASan that is not our report. */
    char *argv[] = { (char *) "env", (char *) "ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:intercept_tls_get_addr=0",
                     (char *) self_path, (char *) "--write", (char *) (i == 0 ? PROFILE : OTHER), NULL };

    g_assert_true (g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL, &children[i], NULL));
  }
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
    g_assert_cmpint (status, ==, 0);
  }
  {
    g_autoptr (PdSecrets) secrets = pd_secrets_new ();

    g_assert_cmpuint (pd_test_count_all (secrets), ==, 100);
    for (guint i = 0; i < 50; i++) {
      g_autofree char *field = g_strdup_printf ("field-%u", i);

      pd_test_assert_value (secrets, i % 2 ? PROFILE : OTHER, field, field);
    }
  }
  g_unsetenv ("SECRET_BACKEND");
}

static int
write_fifty (const char *profile)
{
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();

  for (guint i = 0; i < 50; i++) {
    g_autofree char   *field = g_strdup_printf ("field-%u", i);
    g_autoptr (GError) error = NULL;

    if (!pd_test_store (secrets, profile, field, field, &error)) {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  }
  return 0;
}

int
main (int   argc,
      char *argv[])
{
  self_path = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    return write_fifty (argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "--no-bus")) {
    g_autoptr (PdSecrets) secrets = pd_secrets_new ();

    assert_every_call_fails (secrets, PD_ERROR_KEYRING_ABSENT);
    return 0;
  }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/round-trip", test_round_trip);
  g_test_add_func ("/secrets/line-break", test_line_break);
  g_test_add_func ("/secrets/attributes", test_attributes);
  g_test_add_func ("/secrets/cancel", test_cancel);
  g_test_add_func ("/secrets/order", test_order);
  g_test_add_func ("/secrets/not-stored-twice", test_not_stored_twice);
  g_test_add_func ("/secrets/wiped", test_wiped);
  g_test_add_func ("/secrets/locked", test_locked);
  g_test_add_func ("/secrets/hanging", test_hanging);
  g_test_add_func ("/secrets/killed-midway", test_killed_midway);
  g_test_add_func ("/secrets/no-collection", test_no_collection);
  g_test_add_func ("/secrets/back-again", test_back_again);
  g_test_add_func ("/secrets/no-bus", test_no_bus);
  g_test_add_func ("/secrets/file-two-writers", test_file_two_writers);
  return g_test_run ();
}
