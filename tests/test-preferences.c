/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-test-util.h"
#include "window-fixture.h"

static GtkWidget *
open_preferences (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "preferences", NULL);
  window_fixture_settle ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_PREFERENCES_WINDOW (window))
      return window;
  }
  return NULL;
}

/* The style changes at once, and the setting keeps it. */
static void
test_style (Fixture *fixture)
{
  GSettings *settings = pd_application_get_settings (fixture->application);
  GtkWidget *preferences = open_preferences (fixture);
  GtkWidget *row;
  g_autofree char *style = NULL;

  g_assert_nonnull (preferences);
  row = window_fixture_find (preferences, ADW_TYPE_COMBO_ROW, NULL);
  g_assert_nonnull (row);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  style = g_settings_get_string (settings, "style");
  g_assert_cmpstr (style, ==, "force-dark");
  g_settings_set_string (settings, "style", "force-light");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 1);
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_settings_reset (settings, "style");
  gtk_window_destroy (GTK_WINDOW (preferences));
}

/* The last shop is opened at the start, or not, as the person wants it. */
static void
test_last_shop (Fixture *fixture)
{
  GSettings *settings = pd_application_get_settings (fixture->application);
  g_autoptr (PdProfile) other = pd_profile_new ("Kotori & Co.");
  g_autoptr (GError) error = NULL;

  /* A shop that is the only one is opened anyhow. */
  g_assert_true (pd_store_add (window_fixture_get_store (fixture), other, &error));
  g_assert_no_error (error);
  g_settings_set_string (settings, "last-shop", pd_profile_get_id (fixture->profile));
  for (guint opens = 0; opens < 2; opens++) {
    PdWindow *window;

    g_settings_set_boolean (settings, "open-last-shop", opens);
    window = pd_window_new (fixture->application);
    pd_window_shops_ready (window);
    g_assert_true ((pd_shop_page_get_shop (pd_window_get_page (window)) != NULL) == (opens != 0));
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

static gboolean
is_entry_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_entry_gone (gpointer path)
{
  return !is_entry_there (path);
}

/* Reminders are off until the person wants them; then Paydesk is started at login, too. */
static void
test_reminders (Fixture *fixture)
{
  GSettings *settings = pd_application_get_settings (fixture->application);
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "autostart", PD_APP_ID ".desktop", NULL);
  GtkWidget *preferences = open_preferences (fixture);

  g_assert_true (window_fixture_shows (preferences, "_Desktop Reminders"));
  g_assert_true (window_fixture_shows (preferences, "at login, where the desktop allows it"));
  g_assert_false (g_settings_get_boolean (settings, "reminders"));
  g_assert_true (is_entry_gone (path));
  g_settings_set_boolean (settings, "reminders", TRUE);
  pd_test_until (is_entry_there, path);
  g_settings_set_boolean (settings, "reminders", FALSE);
  pd_test_until (is_entry_gone, path);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

#define ADD(path, func) \
  g_test_add_data_func ("/preferences/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("style", test_style);
  ADD ("last-shop", test_last_shop);
  ADD ("reminders", test_reminders);
  return g_test_run ();
}
