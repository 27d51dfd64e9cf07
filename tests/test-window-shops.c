/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-field-widget.h"
#include "pd-test-util.h"
#include "window-fixture.h"

#define SELLER_ID "A1LANTERN23456"
#define CLIENT_ID "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"

static gboolean
is_client_id_shown (gpointer data)
{
  return g_str_equal (window_fixture_get_text (window_fixture_row (data, "client-id")), CLIENT_ID);
}

/* What another program writes shows in the open row, and the caret stays where it is. */
static void
test_outside_change (Fixture *fixture)
{
  g_autoptr (PdStore) other = pd_store_new (fixture->dir);
  PdProfile *theirs;
  g_autoptr (GError) error = NULL;
  GtkWidget *row = window_fixture_row (fixture, "seller-id");

  window_fixture_type (row, SELLER_ID);
  pd_field_widget_focus (PD_FIELD_WIDGET (row));
  gtk_editable_set_position (GTK_EDITABLE (row), 3);
  window_fixture_save (fixture);
  pd_store_load (other, &error);
  g_assert_no_error (error);
  theirs = pd_store_find (other, pd_profile_get_id (fixture->profile), &error);
  g_assert_no_error (error);
  pd_profile_set_text (theirs, "client-id", CLIENT_ID, NULL);
  pd_store_save (other, theirs, &error);
  g_assert_no_error (error);
  pd_test_until (is_client_id_shown, fixture);
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (row)), ==, 3);
  g_assert_true (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN);
}

/* A deleted shop can be brought back, by the toast and by Ctrl+Z. */
static void
test_delete_and_undo (Fixture *fixture)
{
  PdStore *store = window_fixture_get_store (fixture);
  g_autofree char *id = g_strdup (pd_profile_get_id (fixture->profile));
  PdProfile *back;

  window_fixture_type (window_fixture_row (fixture, "seller-id"), SELLER_ID);
  window_fixture_save (fixture);
  window_fixture_act (fixture, "delete-shop");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_true (window_fixture_is_shown (fixture, "“Lantern & Co.” deleted"));
  window_fixture_act (fixture, "undo");
  back = pd_store_find (store, id, NULL);
  g_assert_nonnull (back);
  g_assert_cmpstr (pd_profile_get_text (back, "seller-id"), ==, SELLER_ID);
}

/* A thousand shops are in the list, and found by a value. */
static void
test_thousand (Fixture *fixture)
{
  PdStore *store = window_fixture_get_store (fixture);
  GtkWidget *list, *entry;

  pd_store_set_autosave (store, FALSE);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("Shop %u", i);
    g_autoptr (PdProfile) profile = pd_profile_new (name);

    if (i == 777)
      pd_profile_set_text (profile, "seller-id", "A7777777777777", NULL);
    pd_store_add (store, profile, NULL);
  }
  list = window_fixture_find (GTK_WIDGET (pd_window_get_list (fixture->window)), GTK_TYPE_LIST_VIEW, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))), ==, 1001);
  window_fixture_act (fixture, "search");
  entry = window_fixture_find (GTK_WIDGET (pd_window_get_list (fixture->window)), GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "ａ７７７");
  g_signal_emit_by_name (entry, "search-changed");
  window_fixture_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))), ==, 1);
  g_assert_true (pd_shop_page_get_shop (pd_window_get_page (fixture->window)) != NULL);
}

static gboolean
is_conflict_told (gpointer data)
{
  return window_fixture_is_shown (data, "“Lantern & Co.” was changed elsewhere at the same time");
}

/* Both sides changed one field: both values are shown, and the person says which stays. */
static void
test_conflict (Fixture *fixture)
{
  g_autoptr (PdStore) other = pd_store_new (fixture->dir);
  PdProfile *theirs;
  g_autoptr (GError) error = NULL;

  window_fixture_type (window_fixture_row (fixture, "seller-id"), SELLER_ID);
  window_fixture_save (fixture);
  pd_store_load (other, &error);
  g_assert_no_error (error);
  theirs = pd_store_find (other, pd_profile_get_id (fixture->profile), &error);
  g_assert_no_error (error);
  pd_store_set_autosave (window_fixture_get_store (fixture), FALSE);
  window_fixture_type (window_fixture_row (fixture, "seller-id"), "A1MINEMINEMINE");
  pd_profile_set_text (theirs, "seller-id", "A1THEIRSTHEIRS", NULL);
  pd_store_save (other, theirs, &error);
  g_assert_no_error (error);
  pd_test_until (is_conflict_told, fixture);
  window_fixture_act (fixture, "show-conflict");
  g_assert_true (window_fixture_shows (GTK_WIDGET (window_fixture_dialog (fixture)), "A1MINEMINEMINE"));
  g_assert_true (window_fixture_shows (GTK_WIDGET (window_fixture_dialog (fixture)), "A1THEIRSTHEIRS"));
  window_fixture_answer (fixture, "second");
  g_assert_cmpstr (window_fixture_get_text (window_fixture_row (fixture, "seller-id")), ==, "A1THEIRSTHEIRS");
}

static gboolean
is_damage_told (gpointer data)
{
  return window_fixture_is_shown (data, "1 shop’s file could not be read. It was set aside, and nothing in it was changed.");
}

static void
test_damaged (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "profiles", "12345678-1234-4234-8234-123456789012", NULL);
  g_autofree char *path = g_build_filename (folder, "profile.json", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{ damaged", -1, NULL));
  pd_store_rescan (window_fixture_get_store (fixture));
  pd_test_until (is_damage_told, fixture);
  window_fixture_act (fixture, "show-damaged");
  g_assert_nonnull (window_fixture_dialog (fixture));
  window_fixture_answer (fixture, "cancel");
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
  ADD ("shops/outside-change", test_outside_change);
  ADD ("shops/delete-and-undo", test_delete_and_undo);
  ADD ("shops/thousand", test_thousand);
  ADD ("shops/conflict", test_conflict);
  ADD ("shops/damaged", test_damaged);
  return g_test_run ();
}
