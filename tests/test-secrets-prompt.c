/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "pd-error.h"
#include "pd-secrets.h"
#include "pd-test-keyring.h"
#include "pd-test-util.h"

#define PROFILE  "11111111-2222-3333-4444-555555555555"
#define PROMPTER "/usr/libexec/gcr-prompter"

/* The desktop's own dialog, with somebody at the keyboard. */

static gboolean
can_run (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool != NULL && g_access (PROMPTER, X_OK) == 0)
    return TRUE;
  g_test_skip ("gcr-prompter or xdotool is not installed");
  return FALSE;
}

static gboolean
run_quietly (const char *script)
{
  const char *const argv[] = { "sh", "-c", script, NULL };

  return pd_test_run (argv, NULL) == 0;
}

static gboolean
is_shown (gpointer data)
{
  g_main_context_iteration (NULL, FALSE);
  return run_quietly ("xdotool search --onlyvisible --class gcr-prompter >/dev/null 2>&1");
}

static gboolean
is_gone (gpointer data)
{
  return !is_shown (data);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
until (gboolean (*condition) (gpointer data))
{
  guint id = g_timeout_add (50, tick, NULL);

  pd_test_until (condition, NULL);
  g_source_remove (id);
}

/* Into the dialog. */
static void
type (const char *keys)
{
  g_autofree char *script = g_strdup_printf (
    "w=$(xdotool search --onlyvisible --class gcr-prompter | tail -1) && xdotool windowfocus --sync \"$w\" && sleep .3 && xdotool %s", keys);

  g_assert_true (run_quietly (script));
}

static GAsyncResult *
retry (PdSecrets    *secrets,
       const char   *keys,
       GCancellable *cancellable)
{
  GAsyncResult *result = NULL;

  pd_secrets_retry_async (secrets, cancellable, pd_test_keep, &result);
  until (is_shown);
  g_assert_null (result);
  if (keys != NULL)
    type (keys);
  else
    g_cancellable_cancel (cancellable);
  pd_test_wait (&result);
  return result;
}

static void
test_prompt (void)
{
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) held = pd_secret_text_new ("held");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSubprocess)  prompter = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) dismissed = NULL;
  g_autoptr (GAsyncResult) unlocked = NULL;
  g_autoptr (GError)       error = NULL;

  if (!can_run ())
    return;
  prompter = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "env", "-u", "G_DEBUG", PROMPTER, NULL);
  g_assert_no_error (error);
  while (!run_quietly ("gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus "
                       "-m org.freedesktop.DBus.NameHasOwner org.gnome.keyring.SystemPrompter | grep -q true"))
    g_usleep (50000);
  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "kept", &error));
  pd_test_lock_keyring ();
  pd_secrets_hold (secrets, PROFILE, "mws-auth-token", held);

  cancelled = retry (secrets, NULL, cancellable);
  g_assert_false (pd_secrets_retry_finish (secrets, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Asking again waits for the dialog that is still there: a second one would bring gnome-keyring down. */
  dismissed = retry (secrets, "key Escape", NULL);
  g_assert_false (pd_secrets_retry_finish (secrets, dismissed, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_DENIED);
  g_clear_error (&error);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 1);
  until (is_gone);

  unlocked = retry (secrets, "type --delay 40 test-password && xdotool key Return", NULL);
  pd_secrets_retry_finish (secrets, unlocked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 0);
  pd_test_assert_value (secrets, PROFILE, "mws-auth-token", "held");
  pd_test_assert_value (secrets, PROFILE, "client-secret", "kept");
  g_subprocess_force_exit (prompter);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets-prompt/asked-by-a-retry", test_prompt);
  return g_test_run ();
}
