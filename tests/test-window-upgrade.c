/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-dates-view.h"
#include "pd-leave-dialog.h"
#include "pd-old-values.h"
#include "pd-screens-view.h"
#include "pd-test-keyring.h"
#include "pd-test-util.h"
#include "pd-upgrade-view.h"
#include "window-fixture.h"

#define SECRET "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ACCESS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"
#define TOKEN  "amzn.mws.01234567-89ab-cdef-0123-456789abcdef"
#define KEY_ID "AKIAABCDEFGHIJKLMNOP"

static void
set_secret_of (Fixture    *fixture,
               PdProfile  *profile,
               const char *field_id,
               const char *value)
{
  g_autoptr (PdSecretText) text = pd_secret_text_new (value);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  pd_desk_set_secret_async (fixture->desk, profile, field_id, text, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  pd_desk_set_secret_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
}

static void
set_secret (Fixture    *fixture,
            const char *field_id,
            const char *value)
{
  set_secret_of (fixture, fixture->profile, field_id, value);
}

static void
set (Fixture    *fixture,
     const char *field_id,
     const char *value)
{
  g_assert_true (pd_profile_set_text (fixture->profile, field_id, value, NULL));
  window_fixture_settle ();
}

/* A shop that has not been upgraded, with everything that such a shop has. */
static void
fill (Fixture *fixture)
{
  set (fixture, "generation", "before-upgrade");
  set (fixture, "access-key-id", KEY_ID);
  set_secret (fixture, "client-secret", SECRET);
  set_secret (fixture, "secret-access-key", ACCESS);
  set_secret (fixture, "mws-auth-token", TOKEN);
  window_fixture_act (fixture, "upgrade");
}

static GtkWidget *
find_view (Fixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), PD_TYPE_UPGRADE_VIEW, NULL);
}

static gboolean
shows (Fixture    *fixture,
       const char *text)
{
  return window_fixture_shows (find_view (fixture), text);
}

/* What the keyring has of the shop, asked by someone else. */
static guint
count_secrets (Fixture *fixture)
{
  g_autoptr (PdSecrets) elsewhere = pd_secrets_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) stored = NULL;
  g_autoptr (GError) error = NULL;

  pd_secrets_list_async (elsewhere, pd_profile_get_id (fixture->profile), NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  stored = pd_secrets_list_finish (elsewhere, result, &error);
  g_assert_no_error (error);
  return g_hash_table_size (stored);
}

typedef struct
{
  Fixture    *fixture;
  const char *text;
  gboolean    wanted;
} Waiting;

static gboolean
has_come (gpointer data)
{
  Waiting *waiting = data;

  return shows (waiting->fixture, waiting->text) == waiting->wanted;
}

static void
wait_for (Fixture    *fixture,
          const char *text,
          gboolean    wanted)
{
  Waiting waiting = { fixture, text, wanted };

  pd_test_until (has_come, &waiting);
}

/* Where the shop stands, and which of the two ways is its own; each mode has its own path. */
static void
test_pattern (Fixture *fixture)
{
  set (fixture, "generation", "before-upgrade");
  set (fixture, "mode", "disabled");
  window_fixture_act (fixture, "upgrade");
  g_assert_true (shows (fixture, "The deadline was spring 2021"));
  g_assert_true (shows (fixture, "The token is blank"));
  g_assert_true (shows (fixture, "1. Obtain the MWS Auth Token"));
  g_assert_true (shows (fixture, "構築"));
  g_assert_false (shows (fixture, "設定 › 連携サービス"));
  set_secret (fixture, "mws-auth-token", TOKEN);
  wait_for (fixture, "The token is there", TRUE);
  g_assert_true (shows (fixture, "1. Run the Upgrade"));
  set (fixture, "mode", "operating");
  g_assert_true (shows (fixture, "設定 › 連携サービス"));
  g_assert_false (shows (fixture, "構築"));
}

/* What cannot be is said, with the way to the field. */
static void
test_contradiction (Fixture *fixture)
{
  window_fixture_act (fixture, "upgrade");
  set (fixture, "setup-notice-date", "2020-11-18");
  g_assert_true (shows (fixture, "there is nothing to upgrade"));
  set (fixture, "setup-notice-date", "2020-11-17");
  g_assert_false (shows (fixture, "there is nothing to upgrade"));
  g_assert_true (shows (fixture, "its notice came before 2020-11-18"));
  window_fixture_press (find_view (fixture), "Go to Field");
  g_assert_nonnull (window_fixture_row (fixture, "generation"));
  set (fixture, "generation", "after-upgrade");
  g_assert_true (shows (fixture, "has no MWS Auth Token"));
}

/* What is missing is said with the way to its field, what dies is named, and what shoppers will see is shown beside what they see now. */
static void
test_preflight (Fixture *fixture)
{
  set (fixture, "generation", "before-upgrade");
  window_fixture_act (fixture, "upgrade");
  g_assert_true (shows (fixture, "Seller ID is missing"));
  g_assert_true (shows (fixture, "MWS Auth Token is missing"));
  g_assert_true (shows (fixture, "Privacy Policy URL is missing"));
  g_assert_true (shows (fixture, "Not used any more afterwards: Client Secret, Access Key ID, Secret Access Key"));
  g_assert_true (shows (fixture, "One screen shows the shop’s name"));
  g_assert_true (shows (fixture, "Until now: Two screens come first"));
  g_assert_nonnull (window_fixture_find (find_view (fixture), PD_TYPE_SCREENS_VIEW, NULL));
  window_fixture_press (find_view (fixture), "Go to Field");
  g_assert_cmpint (pd_shop_page_get_view (pd_window_get_page (fixture->window)), ==, PD_VIEW_API_INFORMATION);
  window_fixture_act (fixture, "upgrade");
  set (fixture, "seller-id", "A1LANTERN23456");
  set_secret (fixture, "mws-auth-token", TOKEN);
  wait_for (fixture, "Seller ID is there", TRUE);
  wait_for (fixture, "MWS Auth Token is there", TRUE);
  g_assert_false (shows (fixture, "Seller ID is missing"));
}

/* Back and forth loses nothing, and nothing is deleted by itself. */
static void
test_back_and_forth (Fixture *fixture)
{
  fill (fixture);
  g_assert_false (gtk_widget_get_visible (window_fixture_find (find_view (fixture), PD_TYPE_OLD_VALUES, NULL)));
  window_fixture_press (find_view (fixture), "Done");
  g_assert_cmpint (pd_profile_get_generation (fixture->profile), ==, PD_GENERATION_AFTER_UPGRADE);
  g_assert_true (gtk_widget_get_visible (window_fixture_find (find_view (fixture), PD_TYPE_OLD_VALUES, NULL)));
  g_assert_cmpuint (count_secrets (fixture), ==, 3);
  window_fixture_act (fixture, "undo");
  g_assert_cmpint (pd_profile_get_generation (fixture->profile), ==, PD_GENERATION_BEFORE_UPGRADE);
  set (fixture, "generation", "after-upgrade");
  set (fixture, "generation", "before-upgrade");
  g_assert_cmpuint (count_secrets (fixture), ==, 3);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, KEY_ID);
}

static gboolean
are_back (gpointer data)
{
  return count_secrets (data) == 3;
}

/* Deleted on purpose, and the keyring, asked again, says that they are gone; Undo brings them back, and takes the proof away. */
static void
test_delete (Fixture *fixture)
{
  fill (fixture);
  set (fixture, "generation", "after-upgrade");
  wait_for (fixture, "Stored in the keyring", TRUE);
  window_fixture_press (window_fixture_find (find_view (fixture), PD_TYPE_OLD_VALUES, NULL), "Delete");
  wait_for (fixture, "none of them is there", TRUE);
  g_assert_cmpuint (count_secrets (fixture), ==, 1);
  g_assert_true (pd_profile_is_empty (fixture->profile, "access-key-id"));
  g_assert_null (window_fixture_find (window_fixture_find (find_view (fixture), PD_TYPE_OLD_VALUES, NULL), GTK_TYPE_BUTTON, "Delete"));

  window_fixture_act (fixture, "undo");
  pd_test_until (are_back, fixture);
  wait_for (fixture, "none of them is there", FALSE);
  wait_for (fixture, "Stored in the keyring", TRUE);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, KEY_ID);
}

/* A locked keyring deletes nothing, which is said; unlocked, the same button does it. */
static void
test_delete_locked (Fixture *fixture)
{
  GtkWidget *old;

  fill (fixture);
  set (fixture, "generation", "after-upgrade");
  wait_for (fixture, "Stored in the keyring", TRUE);
  old = window_fixture_find (find_view (fixture), PD_TYPE_OLD_VALUES, NULL);
  pd_test_lock_keyring ();
  window_fixture_press (old, "Delete");
  wait_for (fixture, "Nothing more was deleted", TRUE);
  g_assert_false (shows (fixture, "none of them is there"));
  pd_test_unlock_keyring ();
  g_assert_cmpuint (count_secrets (fixture), ==, 3);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, KEY_ID);
  window_fixture_press (old, "Delete");
  wait_for (fixture, "none of them is there", TRUE);
  g_assert_false (shows (fixture, "Nothing more was deleted"));
  g_assert_cmpuint (count_secrets (fixture), ==, 1);
}

static gboolean
shows_certificate (gpointer view)
{
  return window_fixture_shows (view, "Certificate of www.example.jp") && window_fixture_shows (view, "Ends on");
}

/* The certificate that a test of the shop has seen is listed with its end, also one that has none (RFC 5280 4.1.2.5). */
static void
test_certificate (Fixture *fixture)
{
  g_autofree char *runs = g_build_filename (fixture->dir, "profiles", pd_profile_get_id (fixture->profile), "runs", NULL);
  g_autofree char *path = g_build_filename (runs, "20260101T000000Z-01.json", NULL);

  window_fixture_save (fixture);
  g_assert_cmpint (g_mkdir_with_parents (runs, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"findings\":[{\"evidence\":{\"url\":\"https://www.example.jp/\","
                                            "\"certificate_not_after\":\"9999-12-31T23:59:59Z\"}}]}", -1, NULL));
  window_fixture_act (fixture, "upgrade");
  pd_test_until (shows_certificate, window_fixture_find (GTK_WIDGET (fixture->window), PD_TYPE_DATES_VIEW, NULL));
}

/* The dates of what is stored, and the way there from a notification. */
static void
test_dates (Fixture *fixture)
{
  GtkWidget *view;

  window_fixture_act (fixture, "upgrade");
  view = window_fixture_find (GTK_WIDGET (fixture->window), PD_TYPE_DATES_VIEW, NULL);
  g_assert_true (window_fixture_shows (view, "No token or key is stored here yet"));
  set_secret (fixture, "mws-auth-token", TOKEN);
  window_fixture_settle ();
  g_assert_false (window_fixture_shows (view, "No token or key is stored here yet"));
  g_assert_true (window_fixture_shows (view, "Its end is not known"));
  set (fixture, "mws-auth-token.ends", "2020-01-01");
  g_assert_true (window_fixture_shows (view, "Ended on"));
  window_fixture_act (fixture, "undo");
  g_assert_false (window_fixture_shows (view, "Ended on"));

  window_fixture_act (fixture, "tests");
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "show-dates",
                                  g_variant_new_string (pd_profile_get_id (fixture->profile)));
  window_fixture_settle ();
  g_assert_cmpint (pd_shop_page_get_view (pd_window_get_page (fixture->window)), ==, PD_VIEW_UPGRADE);
  g_assert_true (gtk_widget_get_state_flags (window_fixture_row (fixture, "mws-auth-token.ends")) & GTK_STATE_FLAG_FOCUS_WITHIN);
  /* of a shop that is gone */
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "show-dates", g_variant_new_string ("nobody"));
  window_fixture_settle ();
}

static PdLeaveDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (PD_IS_LEAVE_DIALOG (window))
      return PD_LEAVE_DIALOG (window);
  }
  return NULL;
}

static gboolean
is_wiped (gpointer dialog)
{
  return window_fixture_shows (dialog, "it holds no secret of this shop");
}

/* What to revoke, in order and with the mode's paths; then the secrets go for good, and the keyring says so. */
static void
test_leave (Fixture *fixture)
{
  g_autoptr (PdProfile) other = pd_profile_new ("Other");
  GtkWidget *dialog;

  g_assert_true (pd_store_add (window_fixture_get_store (fixture), other, NULL));
  fill (fixture);
  set (fixture, "mode", "operating");
  window_fixture_act (fixture, "disconnect-shop");
  dialog = GTK_WIDGET (find_dialog ());
  g_assert_nonnull (dialog);
  g_assert_true (window_fixture_shows (dialog, "利用しない"));
  g_assert_true (window_fixture_shows (dialog, "設定 › 連携サービス › Amazon設定-利用設定"));
  g_assert_true (window_fixture_shows (dialog, "アクセス権の取り消し"));
  g_assert_true (window_fixture_shows (dialog, "無効化"));
  g_assert_false (window_fixture_shows (dialog, "Delete the shop’s own API key"));
  g_assert_true (window_fixture_shows (dialog, "Client Secret"));
  g_assert_cmpuint (count_secrets (fixture), ==, 3);

  window_fixture_press (dialog, "Delete");
  pd_test_until (is_wiped, dialog);
  g_assert_cmpuint (count_secrets (fixture), ==, 0);
  g_assert_false (pd_profile_can_undo (fixture->profile));
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, KEY_ID);

  /* What happens to another shop takes nothing from the proof; a secret of this one does. */
  set_secret_of (fixture, other, "mws-auth-token", TOKEN);
  window_fixture_settle ();
  g_assert_true (is_wiped (dialog));
  set_secret (fixture, "mws-auth-token", TOKEN);
  window_fixture_settle ();
  g_assert_false (is_wiped (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

#define ADD(path, func) \
  g_test_add_data_func ("/window-upgrade/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("pattern", test_pattern);
  ADD ("contradiction", test_contradiction);
  ADD ("preflight", test_preflight);
  ADD ("back-and-forth", test_back_and_forth);
  ADD ("delete", test_delete);
  ADD ("delete-locked", test_delete_locked);
  ADD ("certificate", test_certificate);
  ADD ("dates", test_dates);
  ADD ("leave", test_leave);
  return g_test_run ();
}
