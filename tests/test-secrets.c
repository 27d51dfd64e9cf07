/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <signal.h>
#include <sys/wait.h>

#include "pd-error.h"
#include "pd-secrets.h"
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
}

/* The keyring dies and another one, unlocked, takes its place: everything works on, and what waited is stored. */
static void
test_killed_and_back (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) held = pd_secret_text_new ("held");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  const char              *pid = g_getenv ("PD_KEYRING_PID");
  g_autofree char         *script = g_strdup_printf (
    "kill %s; while kill -0 %s 2>/dev/null; do sleep .05; done", pid, pid);
  const char *const        stop[] = { "sh", "-c", script, NULL };
  const char *const        start[] = {
    "sh", "-c",
    "printf test-password | env -u G_DEBUG -u MALLOC_PERTURB_ gnome-keyring-daemon --unlock --components=secrets --daemonize "
    "--control-directory=\"$PD_SESSION/keyring\" >/dev/null 2>&1; "
    "until gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus "
    "-m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets | grep -q true; do sleep .05; done", NULL };

  pd_secrets_hold (secrets, PROFILE, "mws-auth-token", held);
  g_assert_cmpint (pd_test_run (stop, NULL), ==, 0);
  g_assert_null (pd_test_lookup (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_ABSENT);
  g_clear_error (&error);
  g_assert_false (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_ABSENT);
  g_clear_error (&error);

  g_assert_cmpint (pd_test_run (start, NULL), ==, 0);
  pd_secrets_retry_async (secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  pd_secrets_retry_finish (secrets, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 0);
  pd_test_assert_value (secrets, PROFILE, "mws-auth-token", "held");
  pd_test_assert_value (secrets, PROFILE, "client-secret", "kept");
  g_assert_true (pd_test_delete (secrets, PROFILE, NULL, &error));
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
    char *argv[] = { (char *) self_path, (char *) "--write", (char *) (i == 0 ? PROFILE : OTHER), NULL };

    g_assert_true (g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &children[i], NULL));
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
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/round-trip", test_round_trip);
  g_test_add_func ("/secrets/line-break", test_line_break);
  g_test_add_func ("/secrets/attributes", test_attributes);
  g_test_add_func ("/secrets/cancel", test_cancel);
  g_test_add_func ("/secrets/locked", test_locked);
  g_test_add_func ("/secrets/killed-and-back", test_killed_and_back);
  g_test_add_func ("/secrets/file-two-writers", test_file_two_writers);
  return g_test_run ();
}
