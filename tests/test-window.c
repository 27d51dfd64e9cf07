/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-catalogue-private.h"
#include "pd-field-widget.h"
#include "pd-logo-picture-private.h"
#include "pd-logo-view.h"
#include "pd-test-util.h"
#include "window-fixture.h"

#define SELLER_ID "A1LANTERN23456"
#define CLIENT_ID "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"

/* What is typed is in the shop's file, without anything being pressed. */
static void
test_typed_is_on_disk (Fixture *fixture)
{
  g_autofree char *text = NULL;

  window_fixture_type (window_fixture_row (fixture, "client-id"), CLIENT_ID);
  window_fixture_save (fixture);
  text = window_fixture_read (fixture);
  g_assert_nonnull (strstr (text, CLIENT_ID));
}

static gboolean
is_pasted (gpointer data)
{
  return *window_fixture_get_text (data) != '\0';
}

/* A pasted value is cleaned, which is said; one undo brings it back, and then it stays. */
static void
test_paste_is_cleaned (Fixture *fixture)
{
  GtkWidget *row = window_fixture_row (fixture, "seller-id");
  g_autofree char *note = NULL;

  window_fixture_paste (row, "  Ａ１LANTERN23456 ");
  pd_test_until (is_pasted, row);
  g_assert_cmpstr (window_fixture_get_text (row), ==, SELLER_ID);
  note = window_fixture_note (row);
  g_assert_cmpstr (note, !=, "");

  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (window_fixture_get_text (row), ==, "  Ａ１LANTERN23456 ");
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  window_fixture_settle ();
  g_assert_cmpstr (window_fixture_get_text (row), ==, "  Ａ１LANTERN23456 ");
}

static gboolean
is_logo_judged (gpointer view)
{
  return *pd_logo_view_get_text (view) != '\0';
}

/* The window shows the very pixels that the program for it makes, and where that is absent, says so. */
static void
test_logo (Fixture *fixture)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "small.png", NULL);
  GtkWidget *view;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) content = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PdLogoPicture) picture = NULL;
  g_autofree char *name = NULL;

  window_fixture_use_built_helper ();
  window_fixture_act (fixture, "seller-central");
  view = window_fixture_find (window_fixture_row (fixture, "logo"), PD_TYPE_LOGO_VIEW, NULL);
  g_assert_false (gtk_widget_get_visible (view));
  name = pd_store_keep_file (window_fixture_get_store (fixture), fixture->profile, "logo", "png", content, NULL);
  g_assert_true (pd_profile_set_text (fixture->profile, "logo", name, NULL));
  g_assert_true (gtk_widget_get_visible (view));
  pd_test_until (is_logo_judged, view);
  pd_logo_picture_render_async (content, 1, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  picture = pd_logo_picture_render_finish (result, NULL);
  g_assert_true (g_bytes_equal (pd_logo_view_get_pixels (PD_LOGO_VIEW (view)), picture->pixels));
  g_assert_nonnull (strstr (pd_logo_view_get_text (PD_LOGO_VIEW (view)), "6 × 2"));
  g_assert_true (gtk_widget_has_css_class (window_fixture_find (view, GTK_TYPE_IMAGE, NULL), "failed"));

  window_fixture_act (fixture, "undo");
  g_assert_false (gtk_widget_get_visible (view));
  g_assert_null (pd_logo_view_get_pixels (PD_LOGO_VIEW (view)));
  pd_logo_picture_set_helper ("/nonexistent/paydesk-logo", 0);
  window_fixture_act (fixture, "redo");
  pd_test_until (is_logo_judged, view);
  g_assert_null (pd_logo_view_get_pixels (PD_LOGO_VIEW (view)));
  g_assert_nonnull (strstr (pd_logo_view_get_text (PD_LOGO_VIEW (view)), "paydesk-logo"));
  pd_logo_picture_set_helper (NULL, 0);
}

static gboolean
is_mixup_told (gpointer row)
{
  g_autofree char *note = window_fixture_note (row);

  return strstr (note, "Client ID") != NULL;
}

/* A Client ID in the Seller ID's field is offered its own place; a little later where the caret is in the field. */
static void
test_mixup_is_moved (Fixture *fixture)
{
  GtkWidget *row = window_fixture_row (fixture, "seller-id");

  window_fixture_type (row, CLIENT_ID);
  pd_test_until (is_mixup_told, row);
  gtk_test_accessible_assert_state (gtk_editable_get_delegate (GTK_EDITABLE (row)), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                                   GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  window_fixture_press (pd_field_widget_get_note (PD_FIELD_WIDGET (row)), "Move to Client ID");
  g_assert_cmpstr (window_fixture_get_text (row), ==, "");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "client-id"), ==, CLIENT_ID);

  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (window_fixture_get_text (row), ==, CLIENT_ID);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "client-id"), ==, "");
}

/* The generation says which fields there are, at once, and loses no value. */
static void
test_kind_changes_rows (Fixture *fixture)
{
  g_assert_null (window_fixture_row (fixture, "access-key-id"));
  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  window_fixture_type (window_fixture_row (fixture, "access-key-id"), "AKIA0123456789ABCDEF");
  pd_profile_set_text (fixture->profile, "generation", "after-upgrade", NULL);
  window_fixture_settle ();
  g_assert_null (window_fixture_row (fixture, "access-key-id"));
  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  g_assert_cmpstr (window_fixture_get_text (window_fixture_row (fixture, "access-key-id")), ==, "AKIA0123456789ABCDEF");
}

/* At the start, and after another choice. */
static void
test_choice_is_told (Fixture *fixture)
{
  static const char *const choices[] = { "new", "before-upgrade" };
  const PdField *field = pd_catalogue_lookup ("generation");

  window_fixture_act (fixture, "upgrade");
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (window_fixture_row (fixture, "generation"))), ==,
                     pd_choice_get_label (field, choices[i]));
    pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
    window_fixture_settle ();
  }
}

/* A row of the catalogue is all that a field needs to be in its view. */
static void
test_own_row (Fixture *fixture)
{
  static const PdField row = {
    .id = "test-row", .view = PD_VIEW_NOTIFICATIONS, .group = "Test", .label = "Test Row", .help = "A row.",
    .kind = PD_FIELD_TEXT, .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
  };

  pd_catalogue_add_row (&row);
  window_fixture_act (fixture, "notifications");
  window_fixture_type (window_fixture_row (fixture, "test-row"), "a value");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "test-row"), ==, "a value");
  pd_window_open_shop (fixture->window, NULL);
  pd_catalogue_remove_row (&row);
}

/* Each view can be gone to, and is made only then. */
static void
test_views_are_made_when_shown (Fixture *fixture)
{
  PdShopPage *page = pd_window_get_page (fixture->window);

  for (guint i = 0; i < PD_N_VIEWS; i++)
    g_assert_cmpint (pd_shop_page_get_content (page, i) != NULL, ==, i == PD_VIEW_API_INFORMATION);
  for (guint i = 0; i < PD_N_VIEWS; i++) {
    window_fixture_act (fixture, pd_view_to_id (i));
    g_assert_nonnull (pd_shop_page_get_content (page, i));
    g_assert_cmpint (pd_shop_page_get_view (page), ==, i);
  }
}

/* Many lines pasted into a list are many values; they can be moved and removed. */
static void
test_list (Fixture *fixture)
{
  GtkWidget *row;
  const char *const *values;

  window_fixture_act (fixture, "seller-central");
  row = window_fixture_row (fixture, "return-urls");
  window_fixture_type (window_fixture_find (row, ADW_TYPE_ENTRY_ROW, NULL), "https://a.example.jp/1\nhttps://a.example.jp/2\n\nhttps://a.example.jp/3");
  gtk_widget_activate_action (row, "list.finish", NULL);
  window_fixture_settle ();
  gtk_widget_activate_action (row, "list.move", "(uu)", 2, 1);
  window_fixture_settle ();
  gtk_widget_activate_action (row, "list.remove", "u", 0);
  window_fixture_settle ();
  values = pd_profile_get_list (fixture->profile, "return-urls");
  g_assert_cmpuint (g_strv_length ((char **) values), ==, 2);
  g_assert_cmpstr (values[0], ==, "https://a.example.jp/3");
  g_assert_cmpstr (values[1], ==, "https://a.example.jp/2");
}

/* F9 hides the list and brings it back; so does the Back button that then stands in the header. */
static void
test_hide_list (Fixture *fixture)
{
  GtkWidget *list = GTK_WIDGET (pd_window_get_list (fixture->window));

  g_assert_true (gtk_widget_get_mapped (list));
  window_fixture_act (fixture, "toggle-list");
  window_fixture_settle ();
  g_assert_false (gtk_widget_get_mapped (list));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (pd_window_get_page (fixture->window))));
  window_fixture_act (fixture, "toggle-list");
  window_fixture_settle ();
  g_assert_true (gtk_widget_get_mapped (list));
  window_fixture_act (fixture, "toggle-list");
  window_fixture_act (fixture, "back");
  window_fixture_settle ();
  g_assert_true (gtk_widget_get_mapped (list));
}

/* The whole window fits a phone, in each view. */
static void
test_fits_a_phone (Fixture *fixture)
{
  for (guint i = 0; i < PD_N_VIEWS; i++) {
    int minimum;

    window_fixture_act (fixture, pd_view_to_id (i));
    gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 360);
  }
}

/* What was typed a moment ago is on the disk when the window has gone. */
static void
test_close_saves (Fixture *fixture)
{
  gpointer window = fixture->window;
  g_autofree char *text = NULL;

  g_object_add_weak_pointer (window, &window);
  window_fixture_type (window_fixture_row (fixture, "client-id"), CLIENT_ID);
  gtk_window_close (GTK_WINDOW (window));
  pd_test_until (window_fixture_is_gone, &window);
  text = window_fixture_read (fixture);
  g_assert_nonnull (strstr (text, CLIENT_ID));
}

#define ADD(path, func) \
  g_test_add_data_func ("/window/" path, (gconstpointer) func, window_fixture_run)

/* Whoever comes by a key can type at once: the first field has the focus, and no button of its group's head. */
static void
test_key_goes_to_first_field (Fixture *fixture)
{
  static const struct { const char *action, *field; } views[] = {
    { "seller-central", "legacy-site-url" },
    { "api-information", "seller-id" },
    { "notifications", "notification-url" },
    { "upgrade", "mode" },
  };

  pd_profile_set_text (fixture->profile, "seller-id", SELLER_ID, NULL);
  pd_profile_set_text (fixture->profile, "legacy-site-url", "https://shop.example.jp/", NULL);
  pd_profile_set_text (fixture->profile, "notification-url", "https://shop.example.jp/amazonpay/notification", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    GtkWidget *focus, *row;

    gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
    window_fixture_act (fixture, views[i].action);
    focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
    g_assert_nonnull (focus);
    g_assert_false (GTK_IS_EDITABLE (focus) && gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), NULL, NULL));
    row = PD_IS_FIELD_WIDGET (focus) ? focus : gtk_widget_get_ancestor (focus, PD_TYPE_FIELD_WIDGET);
    g_assert_nonnull (row);
    g_assert_cmpstr (pd_field_widget_get_field (PD_FIELD_WIDGET (row))->id, ==, views[i].field);
  }
}

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("field/typed-is-on-disk", test_typed_is_on_disk);
  ADD ("field/paste-is-cleaned", test_paste_is_cleaned);
  ADD ("field/mixup-is-moved", test_mixup_is_moved);
  ADD ("field/logo", test_logo);
  ADD ("field/own-row", test_own_row);
  ADD ("field/kind-changes-rows", test_kind_changes_rows);
  ADD ("field/choice-is-told", test_choice_is_told);
  ADD ("views/made-when-shown", test_views_are_made_when_shown);
  ADD ("views/key-goes-to-first-field", test_key_goes_to_first_field);
  ADD ("views/hide-list", test_hide_list);
  ADD ("views/fit-a-phone", test_fits_a_phone);
  ADD ("window/close-saves", test_close_saves);
  ADD ("field/list", test_list);
  return g_test_run ();
}
