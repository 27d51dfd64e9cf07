/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "pd-field-widget.h"
#include "pd-secret-clipboard.h"
#include "pd-test-util.h"
#include "window-fixture.h"

#define SELLER_ID "A1LANTERN23456"
#define CLIENT_ID "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
#define TOKEN "amzn.mws.01234567-89ab-cdef-0123-456789abcdef"
#define CANARY "0123456789abcdefcafe0123456789abcdef0123456789abcdefcafe01234567"

static gboolean
is_stored (gpointer data)
{
  Fixture *fixture = data;

  return pd_shop_get_secret_state (pd_shop_page_get_shop (pd_window_get_page (fixture->window)), "mws-auth-token") == PD_SECRET_YES;
}

/* A secret that strays into a field of text gets into no file, and can be moved where it belongs. */
static void
test_secret_astray (Fixture *fixture)
{
  GtkWidget *row = window_fixture_row (fixture, "seller-id");
  g_autofree char *text = NULL;

  window_fixture_type (row, SELLER_ID);
  window_fixture_save (fixture);
  window_fixture_type (row, TOKEN);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "seller-id"), ==, SELLER_ID);
  g_assert_false (window_fixture_is_shown (fixture, TOKEN));
  window_fixture_press (pd_field_widget_get_note (PD_FIELD_WIDGET (row)), "Move to MWS Auth Token");
  pd_test_until (is_stored, fixture);
  window_fixture_save (fixture);
  text = window_fixture_read (fixture);
  g_assert_null (strstr (text, TOKEN));
}

static PdSecretText *
look_up (Fixture    *fixture,
         const char *field_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PdSecretText *secret;

  pd_secrets_lookup_async (pd_desk_get_secrets (fixture->desk), pd_profile_get_id (fixture->profile), field_id, NULL,
                           pd_test_keep, &result);
  pd_test_wait (&result);
  secret = pd_secrets_lookup_finish (pd_desk_get_secrets (fixture->desk), result, &error);
  g_assert_no_error (error);
  return secret;
}

static gboolean
is_client_secret_stored (gpointer data)
{
  Fixture *fixture = data;

  return pd_shop_get_secret_state (pd_shop_page_get_shop (pd_window_get_page (fixture->window)), "client-secret") == PD_SECRET_YES;
}

static gboolean
is_canary_shown (gpointer data)
{
  return window_fixture_is_shown (data, CANARY);
}

static gboolean
is_canary_gone (gpointer data)
{
  return !window_fixture_is_shown (data, CANARY);
}

static gboolean
is_canary_copied (gpointer data)
{
  return pd_secret_clipboard_is_ours ();
}

/* A secret goes into the keyring, and then is in no widget and no file; Reveal shows it for a moment. */
static void
test_secret_is_nowhere (Fixture *fixture)
{
  GtkWidget *row;
  GtkWidget *popover;
  g_autoptr (PdSecretText) secret = NULL;
  g_autofree char *text = NULL;
  GdkContentFormats *formats;

  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  row = window_fixture_row (fixture, "client-secret");
  window_fixture_enter_secret (row, "  " CANARY "\n");
  pd_test_until (is_client_secret_stored, fixture);
  window_fixture_settle ();
  secret = look_up (fixture, "client-secret");
  g_assert_nonnull (secret);
  g_assert_cmpstr (pd_secret_text_peek (secret), ==, CANARY);
  g_assert_false (ADW_IS_PASSWORD_ENTRY_ROW (gtk_widget_get_next_sibling (row)));
  g_assert_false (window_fixture_is_shown (fixture, CANARY));
  window_fixture_save (fixture);
  text = window_fixture_read (fixture);
  g_assert_null (strstr (text, CANARY));

  gtk_widget_activate_action (row, "secret.reveal", NULL);
  pd_test_until (is_canary_shown, fixture);
  popover = window_fixture_find (row, GTK_TYPE_LABEL, CANARY);
  g_assert_false (gtk_label_get_selectable (GTK_LABEL (popover)));
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (popover, GTK_TYPE_POPOVER)));
  pd_test_until (is_canary_gone, fixture);

  gtk_widget_activate_action (row, "secret.copy", NULL);
  pd_test_until (is_canary_copied, NULL);
  formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (row));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "x-kde-passwordManagerHint"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8"));
  pd_secret_clipboard_clear ();
  g_assert_false (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (gtk_widget_get_clipboard (row)), "text/plain;charset=utf-8"));
}

/* What was copied after the secret stays when the secret's time is over. */
static void
test_clipboard_of_others (Fixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autoptr (PdSecretText) secret = pd_secret_text_new (CANARY);

  pd_secret_clipboard_copy (clipboard, secret, 3600);
  gdk_clipboard_set_text (clipboard, "something else");
  pd_secret_clipboard_clear ();
  g_assert_nonnull (gdk_clipboard_get_content (clipboard));
}

static void
set_keyring (gboolean running)
{
  static const char *const start[] = {
    "sh", "-c",
    "printf test-password | env -u G_DEBUG -u MALLOC_PERTURB_ gnome-keyring-daemon --unlock --components=secrets --daemonize "
    "--control-directory=\"$PD_SESSION/keyring\" >/dev/null 2>&1; "
    "until gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus "
    "-m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets | grep -q true; do sleep .05; done", NULL };
  static const char *const stop[] = {
    "sh", "-c",
    "pid=$(gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus "
    "-m org.freedesktop.DBus.GetConnectionUnixProcessID org.freedesktop.secrets | grep -o '[0-9]*' | tail -n 1); "
    "kill $pid; while kill -0 $pid 2>/dev/null; do sleep .05; done", NULL };

  g_assert_cmpint (pd_test_run (running ? start : stop, NULL), ==, 0);
}

static gboolean
is_pending (gpointer data)
{
  Fixture *fixture = data;

  return pd_secrets_get_n_pending (pd_desk_get_secrets (fixture->desk)) == 1;
}

static gboolean
is_nothing_pending (gpointer data)
{
  Fixture *fixture = data;

  return pd_secrets_get_n_pending (pd_desk_get_secrets (fixture->desk)) == 0;
}

static gboolean
is_absence_told (gpointer fixture)
{
  return window_fixture_is_shown (fixture, "Unknown: this desktop has no keyring");
}

/* Without a keyring the window is there, says so, keeps the value in memory, asks before it closes, and stores when told. */
static void
test_keyring_gone (Fixture *fixture)
{
  GtkWidget *row;
  GtkWindow *dialog;
  g_autoptr (PdSecretText) secret = NULL;

  set_keyring (FALSE);
  row = window_fixture_row (fixture, "mws-auth-token");
  window_fixture_enter_secret (row, TOKEN);
  pd_test_until (is_pending, fixture);
  window_fixture_settle ();
  g_assert_false (window_fixture_is_shown (fixture, TOKEN));
  g_assert_true (window_fixture_is_shown (fixture, "1 secret is not stored yet, only in memory."));
  pd_test_until (is_absence_told, fixture);

  gtk_window_close (GTK_WINDOW (fixture->window));
  window_fixture_settle ();
  dialog = window_fixture_dialog (fixture);
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));

  set_keyring (TRUE);
  window_fixture_act (fixture, "retry-keyring");
  pd_test_until (is_nothing_pending, fixture);
  pd_test_until (is_stored, fixture);
  secret = look_up (fixture, "mws-auth-token");
  g_assert_nonnull (secret);
  g_assert_cmpstr (pd_secret_text_peek (secret), ==, TOKEN);
}

static gboolean
is_dialog_open (gpointer data)
{
  return window_fixture_dialog (data) != NULL;
}

/* Amazon's copied keys fill their fields; what the shop does not use is left out, unless one insists. */
static void
test_paste_keys (Fixture *fixture)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)),
                          "{\"merchant_id\":\"" SELLER_ID "\",\"client_id\":\"" CLIENT_ID "\",\"access_key\":\"AKIAEXAMPLEKEY000001\"}");
  window_fixture_act (fixture, "paste-keys");
  pd_test_until (is_dialog_open, fixture);
  g_assert_cmpstr (window_fixture_get_text (window_fixture_row (fixture, "seller-id")), ==, SELLER_ID);
  g_assert_cmpstr (window_fixture_get_text (window_fixture_row (fixture, "client-id")), ==, CLIENT_ID);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, "");
  window_fixture_answer (fixture, "first");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, "AKIAEXAMPLEKEY000001");
}

static gboolean
is_token_gone (gpointer data)
{
  Fixture *fixture = data;

  return pd_shop_get_secret_state (pd_shop_page_get_shop (pd_window_get_page (fixture->window)), "mws-auth-token") == PD_SECRET_NO;
}

/* A secret that was stored can be undone and redone like any value. */
static void
test_secret_undo (Fixture *fixture)
{
  g_autoptr (PdSecretText) secret = NULL;

  window_fixture_enter_secret (window_fixture_row (fixture, "mws-auth-token"), TOKEN);
  pd_test_until (is_stored, fixture);
  window_fixture_act (fixture, "undo");
  pd_test_until (is_token_gone, fixture);
  window_fixture_act (fixture, "redo");
  pd_test_until (is_stored, fixture);
  secret = look_up (fixture, "mws-auth-token");
  g_assert_nonnull (secret);
  g_assert_cmpstr (pd_secret_text_peek (secret), ==, TOKEN);
}

/* Keys that the keyring would not take: each is named. */
static void
test_paste_without_keyring (Fixture *fixture)
{
  g_autofree char *body = NULL;

  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  set_keyring (FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)),
                          "{\"merchant_id\":\"" SELLER_ID "\",\"client_id\":\"" CLIENT_ID "\","
                          "\"client_secret\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
                          "\"secret_key\":\"0123456789abcdefghijABCDEFGHIJ0123+/6789\"}");
  window_fixture_act (fixture, "paste-keys");
  pd_test_until (is_dialog_open, fixture);
  g_object_get (window_fixture_dialog (fixture), "body", &body, NULL);
  g_assert_nonnull (strstr (body, "Client Secret"));
  g_assert_nonnull (strstr (body, "Secret Access Key"));
  g_assert_null (strchr (body, '\n'));
  window_fixture_answer (fixture, "cancel");
  set_keyring (TRUE);
}

static gboolean
is_locked_told (gpointer data)
{
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (((Fixture *) data)->window));

  return pd_shop_get_keyring_error (shop) != NULL && window_fixture_is_shown (data, pd_shop_get_keyring_error (shop)->message);
}

/* A locked keyring is no empty one: the row says that it does not know, and nothing is deleted or overwritten. */
static void
test_keyring_locked (Fixture *fixture)
{
  static const char *const lock[] = {
    "gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", "/org/freedesktop/secrets",
    "-m", "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']", NULL,
  };
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));

  window_fixture_enter_secret (window_fixture_row (fixture, "mws-auth-token"), TOKEN);
  pd_test_until (is_stored, fixture);
  g_assert_cmpint (pd_test_run (lock, NULL), ==, 0);
  pd_shop_ask_keyring (shop);
  pd_test_until (is_locked_told, fixture);
  g_assert_cmpint (pd_shop_get_secret_state (shop, "mws-auth-token"), ==, PD_SECRET_UNKNOWN);
  g_assert_true (window_fixture_is_shown (fixture, "Unknown: the keyring is locked"));
}

#define ADD(path, func) \
  g_test_add_data_func ("/window/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("secret/is-nowhere", test_secret_is_nowhere);
  ADD ("secret/astray", test_secret_astray);
  ADD ("secret/clipboard-of-others", test_clipboard_of_others);
  ADD ("field/paste-keys", test_paste_keys);
  ADD ("secret/undo", test_secret_undo);
  ADD ("keyring/locked", test_keyring_locked);
  ADD ("field/paste-without-keyring", test_paste_without_keyring);
  ADD ("keyring/gone", test_keyring_gone);
  return g_test_run ();
}
