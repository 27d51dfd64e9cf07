/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "pd-field-widget.h"
#include "pd-shop-list.h"
#include "pd-paster.h"
#include "pd-test-util.h"
#include "pd-window-private.h"
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
  g_assert_true (window_fixture_is_shown (fixture, "Deleted “Lantern & Co.”"));
  window_fixture_act (fixture, "undo");
  back = pd_store_find (store, id, NULL);
  g_assert_nonnull (back);
  g_assert_cmpstr (pd_profile_get_text (back, "seller-id"), ==, SELLER_ID);
}

static gboolean
is_88_open (gpointer data)
{
  PdProfile *shown = pd_shop_list_get_selected (pd_window_get_list (((Fixture *) data)->window));

  return shown != NULL && g_str_equal (pd_profile_get_name (shown), "Shop 88");
}

static gboolean
is_at (Fixture *fixture,
       guint    position)
{
  g_autoptr (PdProfile) wanted = g_list_model_get_item (G_LIST_MODEL (window_fixture_get_store (fixture)), position);

  return pd_shop_list_get_selected (pd_window_get_list (fixture->window)) == wanted;
}

static GtkWidget *
get_view (Fixture *fixture)
{
  PdShopPage *page = pd_window_get_page (fixture->window);

  return pd_shop_page_get_content (page, pd_shop_page_get_view (page));
}

static gboolean
has_focus (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
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

  /* Return opens the first, even of what was typed just now, and goes on in it; the one that is shown stays where it was found, too. */
  for (guint i = 0; i < 3; i++) {
    gtk_widget_grab_focus (entry);
    gtk_editable_set_text (GTK_EDITABLE (entry), ((const char *[]) { "shop 88", "shop", "nowhere" })[i]);
    g_signal_emit_by_name (entry, "activate");
    pd_test_until (is_88_open, fixture);
    window_fixture_settle ();
    g_assert_true (is_88_open (fixture));
    g_assert_true (has_focus (get_view (fixture)) == (i < 2));
  }
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  window_fixture_settle ();
  gtk_widget_grab_focus (list);
  g_assert_false (has_focus (get_view (fixture)));
  g_signal_emit_by_name (list, "activate", 7);
  g_assert_true (has_focus (get_view (fixture)));
  g_assert_true (is_at (fixture, 7));

  /* Who goes from shop to shop with the arrows stays in the list. */
  gtk_widget_grab_focus (list);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))), 3);
  window_fixture_settle ();
  g_assert_true (is_at (fixture, 3));
  g_assert_true (has_focus (list));
}

static gboolean
is_row_selected (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *list = window_fixture_find (GTK_WIDGET (pd_window_get_list (fixture->window)), GTK_TYPE_LIST_VIEW, NULL);
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  return gtk_single_selection_get_selected_item (selection) == fixture->profile;
}

/* A shop far down in the list stays open when a search begins, and when it ends its row is the selected one again. */
static void
test_search_keeps_shop (Fixture *fixture)
{
  PdStore *store = window_fixture_get_store (fixture);
  PdShopPage *page = pd_window_get_page (fixture->window);
  GtkWidget *entry;

  pd_store_set_autosave (store, FALSE);
  pd_profile_set_text (fixture->profile, "name", "Shop 999", NULL);
  for (guint i = 0; i < 300; i++) {
    g_autofree char *name = g_strdup_printf ("Shop %03u", i);
    g_autoptr (PdProfile) profile = pd_profile_new (name);

    pd_store_add (store, profile, NULL);
  }
  pd_window_open_shop (fixture->window, fixture->profile);
  window_fixture_act (fixture, "search");
  entry = window_fixture_find (GTK_WIDGET (pd_window_get_list (fixture->window)), GTK_TYPE_SEARCH_ENTRY, NULL);
  for (guint i = 0; i < 3; i++) {
    gtk_editable_set_text (GTK_EDITABLE (entry), ((const char *[]) { "s", "shop 1", "" })[i]);
    g_signal_emit_by_name (entry, "search-changed");
    g_assert_true (pd_shop_page_get_shop (page) != NULL);
    window_fixture_settle ();
    g_assert_true (pd_shop_page_get_shop (page) != NULL);
    g_assert_true (pd_shop_get_profile (pd_shop_page_get_shop (page)) == fixture->profile);
  }
  pd_test_until (is_row_selected, fixture);
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
  /* What waits for an answer is not on its way. */
  g_assert_true (window_fixture_is_shown (fixture, "Not saved"));
  g_assert_false (window_fixture_is_shown (fixture, "Saving…"));
  window_fixture_act (fixture, "show-conflict");
  g_assert_true (window_fixture_shows (GTK_WIDGET (window_fixture_dialog (fixture)), "A1MINEMINEMINE"));
  g_assert_true (window_fixture_shows (GTK_WIDGET (window_fixture_dialog (fixture)), "A1THEIRSTHEIRS"));
  window_fixture_answer (fixture, "second");
  g_assert_cmpstr (window_fixture_get_text (window_fixture_row (fixture, "seller-id")), ==, "A1THEIRSTHEIRS");
}

static gboolean
has_two_shops (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (window_fixture_get_store (data))) == 2;
}

/* A table that is dropped on a shop's page is shops, too. */
static void
test_drop_table (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "dropped.CSV", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  PdShopPage *page = pd_window_get_page (fixture->window);

  g_assert_true (g_file_set_contents (path, "name,seller-id\nDropped,A1B2C3D4E5F6G7\n", -1, NULL));
  pd_paster_take_file (GTK_WIDGET (page), pd_shop_page_get_shop (page), file);
  pd_test_until (has_two_shops, fixture);
  g_assert_nonnull (pd_store_find (window_fixture_get_store (fixture), "Dropped", NULL));
}

/* Others that come up while one is asked about do not take the answer. */
static void
test_conflicts (Fixture *fixture)
{
  PdStore *store = window_fixture_get_store (fixture);
  g_autoptr (PdStore) other = pd_store_new (fixture->dir);
  char *field_ids[] = { (char *) "seller-id", NULL };
  PdProfile *theirs;

  window_fixture_type (window_fixture_row (fixture, "seller-id"), SELLER_ID);
  window_fixture_save (fixture);
  g_assert_true (pd_store_load (other, NULL));
  theirs = pd_store_find (other, pd_profile_get_id (fixture->profile), NULL);
  pd_store_set_autosave (store, FALSE);
  window_fixture_type (window_fixture_row (fixture, "seller-id"), "A1MINEMINEMINE");
  pd_profile_set_text (theirs, "seller-id", "A1THEIRSTHEIRS", NULL);
  g_assert_true (pd_store_save (other, theirs, NULL));
  pd_test_until (is_conflict_told, fixture);
  window_fixture_act (fixture, "show-conflict");
  for (guint i = 0; i < 20; i++) {
    g_autoptr (PdProfile) profile = pd_profile_new ("Another");

    g_assert_true (pd_store_add (store, profile, NULL));
    g_signal_emit_by_name (store, "conflict", profile, field_ids);
  }
  window_fixture_answer (fixture, "second");
  g_assert_cmpstr (window_fixture_get_text (window_fixture_row (fixture, "seller-id")), ==, "A1THEIRSTHEIRS");
  g_assert_true (window_fixture_is_shown (fixture, "“Another” was changed elsewhere at the same time"));
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

static gboolean
has_three_shops (gpointer store)
{
  return g_list_model_get_n_items (store) == 3;
}

typedef struct
{
  Fixture    *fixture;
  const char *text;
} Wanted;

static gboolean
is_said (gpointer data)
{
  Wanted *wanted = data;

  return window_fixture_is_shown (wanted->fixture, wanted->text);
}

static void
open_as (Fixture    *fixture,
         const char *name,
         const char *content,
         const char *says)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Wanted wanted = { fixture, says };

  if (content != NULL)
    g_assert_true (g_file_set_contents (path, content, -1, NULL));
  pd_window_import_file (fixture->window, file);
  pd_test_until (is_said, &wanted);
}

/* A table of a spreadsheet's is as good as an export; what is neither says so, and nothing waits for a pipe. */
static void
test_open_table (Fixture *fixture)
{
  GListModel *store = G_LIST_MODEL (window_fixture_get_store (fixture));
  g_autofree char *pipe = g_build_filename (fixture->dir, "pipe.json", NULL);

  open_as (fixture, "shops.csv", "name,出品者ID,colour\r\nランタン商店,A1LANTERN23456,red\r\nKite & Sons,A1KITE98765432,blue\r\n", "2 shops imported");
  g_assert_true (has_three_shops (store));
  g_assert_true (window_fixture_is_shown (fixture, "ランタン商店"));
  open_as (fixture, "other.csv", "name,colour\r\nA,red\r\nB,blue,green\r\n\"", "Row");
  g_assert_true (has_three_shops (store));
  open_as (fixture, "empty.csv", "", "This table");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  open_as (fixture, "pipe.json", NULL, "This is not a file that can be read");
  g_assert_true (has_three_shops (store));
}

static GtkFileChooser *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_visible (window))
      return GTK_FILE_CHOOSER (window);
  }
  return NULL;
}

static gboolean
has_chooser (gpointer data)
{
  return find_chooser () != NULL;
}

static gboolean
is_chosen (gpointer path)
{
  g_autoptr (GFile) file = has_chooser (NULL) ? gtk_file_chooser_get_file (find_chooser ()) : NULL;

  return file != NULL && g_strcmp0 (g_file_peek_path (file), path) == 0;
}

/* The dialog proposes the name that it is asked for anew with. */
static void
choose (Fixture    *fixture,
        const char *name,
        guint       format,
        gboolean    is_anew)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GListModel) filters = NULL;
  g_autoptr (GtkFileFilter) filter = NULL;
  GtkFileChooser *chooser;

  pd_test_until (has_chooser, NULL);
  chooser = find_chooser ();
  filters = gtk_file_chooser_get_filters (chooser);
  filter = g_list_model_get_item (filters, format);
  /* The whole path, as somebody may type it: while the dialog reads a folder, a name alone may end in another one. */
  if (!is_anew) {
    gtk_file_chooser_set_current_name (chooser, path);
    gtk_file_chooser_set_filter (chooser, filter);
  }
  pd_test_until (is_chosen, path);
  gtk_dialog_response (GTK_DIALOG (find_chooser ()), GTK_RESPONSE_ACCEPT);
}

static gboolean
is_written (gpointer path)
{
  g_autofree char *content = NULL;

  return g_file_get_contents (path, &content, NULL, NULL) && *content != '\0';
}

/* The file's suffix says what it is; where another format was chosen from the list, the name is asked for anew with its suffix. */
static void
test_export_table (Fixture *fixture)
{
  static const struct { const char *name; guint format; const char *written; const char *begins; } rows[] = {
    { "a.json", 0, "a.json", "{" },
    { "b.csv", 0, "b.csv", "\xef\xbb\xbfname,seller-id" },
    { "c.csv", 1, "c.csv", "\xef\xbb\xbfname,seller-id" },
    { "d.json", 1, "d.csv", "\xef\xbb\xbfname,seller-id" },
  };

  window_fixture_type (window_fixture_row (fixture, "seller-id"), SELLER_ID);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_build_filename (fixture->dir, rows[i].written, NULL);
    g_autofree char *other = g_build_filename (fixture->dir, rows[i].name, NULL);
    g_autofree char *content = NULL;

    g_test_message ("%s", rows[i].name);
    window_fixture_act (fixture, "export-all");
    choose (fixture, rows[i].name, rows[i].format, FALSE);
    if (!g_str_equal (rows[i].name, rows[i].written))
      choose (fixture, rows[i].written, rows[i].format, TRUE);
    pd_test_until (is_written, path);
    g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
    g_assert_true (g_str_has_prefix (content, rows[i].begins));
    g_assert_nonnull (strstr (content, SELLER_ID));
    g_assert_cmpint (g_str_equal (rows[i].name, rows[i].written), ==, g_file_test (other, G_FILE_TEST_EXISTS));
  }
}

static gboolean
offers_a_shop (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *list = window_fixture_find (GTK_WIDGET (fixture->window), PD_TYPE_SHOP_LIST, NULL);

  return window_fixture_find (list, GTK_TYPE_BUTTON, "New _Practice Shop") != NULL;
}

/* On a phone the list stands alone, and says what to do where there is no shop. */
static void
test_none_narrow (Fixture *fixture)
{
  window_fixture_act (fixture, "delete-shop");
  g_assert_false (offers_a_shop (fixture));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  pd_test_until (offers_a_shop, fixture);
}

/* Closed at once, the window goes when the file is written; what cannot be written is told in one that stays. */
static void
test_close_while_exporting (Fixture *fixture)
{
  GListModel *store = G_LIST_MODEL (window_fixture_get_store (fixture));
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = g_build_filename (fixture->dir, "late.csv", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->dir, "none", "late.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) bad = g_file_new_for_path (nowhere);
  Wanted wanted = { fixture, "“late.json” was not written. Its folder is not there." };
  gpointer window = fixture->window;

  g_ptr_array_add (profiles, g_list_model_get_item (store, 0));
  pd_window_export (fixture->window, bad, profiles);
  gtk_window_close (GTK_WINDOW (fixture->window));
  pd_test_until (is_said, &wanted);
  pd_window_export (fixture->window, file, profiles);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_object_add_weak_pointer (window, &window);
  pd_test_until (window_fixture_is_gone, &window);
  g_assert_true (is_written (path));
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
  ADD ("shops/none-narrow", test_none_narrow);
  ADD ("shops/thousand", test_thousand);
  ADD ("shops/search-keeps-shop", test_search_keeps_shop);
  ADD ("shops/open-table", test_open_table);
  ADD ("shops/export-table", test_export_table);
  ADD ("shops/close-while-exporting", test_close_while_exporting);
  ADD ("shops/drop-table", test_drop_table);
  ADD ("shops/conflict", test_conflict);
  ADD ("shops/conflicts", test_conflicts);
  ADD ("shops/damaged", test_damaged);
  return g_test_run ();
}
