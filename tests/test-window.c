/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <libintl.h>

#include "pd-catalogue-private.h"
#include "pd-field-widget.h"
#include "pd-finding-row.h"
#include "pd-history-view.h"
#include "pd-language.h"
#include "pd-logo-picture-private.h"
#include "pd-logo-view.h"
#include "pd-report-dialog.h"
#include "pd-secret-clipboard.h"
#include "pd-shape.h"
#include "pd-test-util.h"
#include "pd-tests-view.h"
#include "window-fixture.h"

#define SELLER_ID "A1LANTERN23456"
#define CLIENT_ID "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
#define TOKEN "amzn.mws.01234567-89ab-cdef-0123-456789abcdef"
#define CANARY "0123456789abcdefcafe0123456789abcdef0123456789abcdefcafe01234567"

static void
type (GtkWidget  *row,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  window_fixture_settle ();
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* What is typed is in the shop's file, without anything being pressed. */
static void
test_typed_is_on_disk (Fixture *fixture)
{
  g_autofree char *text = NULL;

  type (window_fixture_row (fixture, "client-id"), CLIENT_ID);
  window_fixture_save (fixture);
  text = window_fixture_read (fixture);
  g_assert_nonnull (strstr (text, CLIENT_ID));
}

static gboolean
is_pasted (gpointer data)
{
  return *get_text (data) != '\0';
}

static void
paste (Fixture    *fixture,
       GtkWidget  *row,
       const char *text)
{
  GtkWidget *inner = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (row), text);
  gtk_widget_grab_focus (inner);
  g_signal_emit_by_name (inner, "paste-clipboard");
}

/* A pasted value is cleaned, which is said; one undo brings it back, and then it stays. */
static void
test_paste_is_cleaned (Fixture *fixture)
{
  GtkWidget *row = window_fixture_row (fixture, "seller-id");
  g_autofree char *note = NULL;

  paste (fixture, row, "  Ａ１LANTERN23456 ");
  pd_test_until (is_pasted, row);
  g_assert_cmpstr (get_text (row), ==, SELLER_ID);
  note = window_fixture_note (row);
  g_assert_cmpstr (note, !=, "");

  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (get_text (row), ==, "  Ａ１LANTERN23456 ");
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  window_fixture_settle ();
  g_assert_cmpstr (get_text (row), ==, "  Ａ１LANTERN23456 ");
}

static gboolean
is_logo_judged (gpointer view)
{
  return *pd_logo_view_get_text (view) != '\0';
}

/* The program that opens pictures, from where it was built. */
static void
use_built_helper (void)
{
  g_autofree char *helper = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "logo", "paydesk-logo", NULL);

  pd_logo_picture_set_helper (helper, 0);
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

  use_built_helper ();
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

/* A Client ID in the Seller ID's field is offered its own place. */
static void
test_mixup_is_moved (Fixture *fixture)
{
  GtkWidget *row = window_fixture_row (fixture, "seller-id");

  type (row, CLIENT_ID);
  gtk_test_accessible_assert_state (gtk_editable_get_delegate (GTK_EDITABLE (row)), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                                   GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  window_fixture_press (pd_field_widget_get_note (PD_FIELD_WIDGET (row)), "Move to Client ID");
  g_assert_cmpstr (get_text (row), ==, "");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "client-id"), ==, CLIENT_ID);

  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (get_text (row), ==, CLIENT_ID);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "client-id"), ==, "");
}

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

  type (row, SELLER_ID);
  window_fixture_save (fixture);
  type (row, TOKEN);
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

static GtkWidget *
open_entry (GtkWidget *row)
{
  gtk_widget_activate_action (row, "secret.enter", NULL);
  window_fixture_settle ();
  return gtk_widget_get_next_sibling (row);
}

static void
enter_secret (GtkWidget  *row,
              const char *text)
{
  GtkWidget *entry = open_entry (row);

  g_assert_true (ADW_IS_PASSWORD_ENTRY_ROW (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "apply");
  window_fixture_settle ();
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
  enter_secret (row, "  " CANARY "\n");
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

/* The generation says which fields there are, at once, and loses no value. */
static void
test_kind_changes_rows (Fixture *fixture)
{
  g_assert_null (window_fixture_row (fixture, "access-key-id"));
  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  type (window_fixture_row (fixture, "access-key-id"), "AKIA0123456789ABCDEF");
  pd_profile_set_text (fixture->profile, "generation", "after-upgrade", NULL);
  window_fixture_settle ();
  g_assert_null (window_fixture_row (fixture, "access-key-id"));
  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  g_assert_cmpstr (get_text (window_fixture_row (fixture, "access-key-id")), ==, "AKIA0123456789ABCDEF");
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
  type (window_fixture_row (fixture, "test-row"), "a value");
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
  type (window_fixture_find (row, ADW_TYPE_ENTRY_ROW, NULL), "https://a.example.jp/1\nhttps://a.example.jp/2\n\nhttps://a.example.jp/3");
  gtk_widget_activate_action (row, "list.finish", NULL);
  window_fixture_settle ();
  gtk_widget_activate_action (row, "list.up", "u", 2);
  window_fixture_settle ();
  gtk_widget_activate_action (row, "list.remove", "u", 0);
  window_fixture_settle ();
  values = pd_profile_get_list (fixture->profile, "return-urls");
  g_assert_cmpuint (g_strv_length ((char **) values), ==, 2);
  g_assert_cmpstr (values[0], ==, "https://a.example.jp/3");
  g_assert_cmpstr (values[1], ==, "https://a.example.jp/2");
}

static gboolean
is_client_id_shown (gpointer data)
{
  return g_str_equal (get_text (window_fixture_row (data, "client-id")), CLIENT_ID);
}

/* What another program writes shows in the open row, and the caret stays where it is. */
static void
test_outside_change (Fixture *fixture)
{
  g_autoptr (PdStore) other = pd_store_new (fixture->dir);
  PdProfile *theirs;
  g_autoptr (GError) error = NULL;
  GtkWidget *row = window_fixture_row (fixture, "seller-id");

  type (row, SELLER_ID);
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

  type (window_fixture_row (fixture, "seller-id"), SELLER_ID);
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

static gboolean
is_practice_shop_open (gpointer data)
{
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (((Fixture *) data)->window));

  return shop != NULL && pd_profile_get_environment (pd_shop_get_profile (shop)) == PD_ENVIRONMENT_PRACTICE;
}

static gboolean
has_run (gpointer data)
{
  Fixture *fixture = data;
  PdTester *tester = pd_window_get_tester (fixture->window);

  return !pd_tester_is_busy (tester, fixture->profile) && pd_tester_get_run (tester, fixture->profile) != NULL;
}

static GtkWidget *
find_finding (GtkWidget *widget,
              PdVerdict  verdict)
{
  if (PD_IS_FINDING_ROW (widget) && pd_finding_get_verdict (pd_finding_row_get_finding (PD_FINDING_ROW (widget))) == verdict)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_finding (child, verdict);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* The newcomer's minute: failed, Go to Field, mended with what is registered, passed. */
static void
test_failed_mended_passed (Fixture *fixture)
{
  PdTester *tester = pd_window_get_tester (fixture->window);
  PdShopPage *page = pd_window_get_page (fixture->window);
  GtkWidget *row;

  use_built_helper ();
  window_fixture_act (fixture, "new-practice-shop");
  pd_test_until (is_practice_shop_open, fixture);
  g_set_object (&fixture->profile, pd_shop_get_profile (pd_shop_page_get_shop (page)));

  window_fixture_act (fixture, "run-checks");
  pd_test_until (has_run, fixture);
  window_fixture_settle ();
  g_assert_null (pd_tester_get_trouble (tester, fixture->profile));
  g_assert_cmpint (pd_run_get_verdict (pd_tester_get_run (tester, fixture->profile)), ==, PD_VERDICT_FAILED);
  row = find_finding (pd_shop_page_get_content (page, PD_VIEW_TESTS), PD_VERDICT_FAILED);
  g_assert_nonnull (row);
  window_fixture_press (row, "Go to Field");

  g_assert_cmpint (pd_shop_page_get_view (page), ==, PD_VIEW_API_INFORMATION);
  row = window_fixture_row (fixture, "client-id");
  g_assert_true (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN);
  window_fixture_press (pd_field_widget_get_note (PD_FIELD_WIDGET (row)), "Use This");

  window_fixture_act (fixture, "run-checks");
  pd_test_until (has_run, fixture);
  window_fixture_settle ();
  g_assert_cmpint (pd_run_get_verdict (pd_tester_get_run (tester, fixture->profile)), <=, PD_VERDICT_WARNING);
  g_assert_null (find_finding (pd_shop_page_get_content (page, PD_VIEW_TESTS), PD_VERDICT_FAILED));
  pd_logo_picture_set_helper (NULL, 0);
}

static PdHistoryView *
find_history (Fixture *fixture)
{
  GtkWidget *content = pd_shop_page_get_content (pd_window_get_page (fixture->window), PD_VIEW_TESTS);

  return PD_HISTORY_VIEW (window_fixture_find (content, PD_TYPE_HISTORY_VIEW, NULL));
}

static gboolean
has_three_runs (gpointer data)
{
  return g_list_model_get_n_items (pd_history_view_get_runs (find_history (data))) == 3;
}

static void
run_checks (Fixture *fixture)
{
  window_fixture_act (fixture, "run-checks");
  pd_test_until (has_run, fixture);
  window_fixture_settle ();
}

/* Good, then bad: the history says which setting was changed in between, and leads to it. */
static void
test_history (Fixture *fixture)
{
  PdShopPage *page = pd_window_get_page (fixture->window);
  GtkWidget *tests;
  GtkWidget *row;
  PdHistoryView *history;
  g_autofree char *command = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *helper = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "logo", "paydesk-logo", NULL);

  pd_logo_picture_set_helper (helper, 0);
  window_fixture_act (fixture, "new-practice-shop");
  pd_test_until (is_practice_shop_open, fixture);
  g_set_object (&fixture->profile, pd_shop_get_profile (pd_shop_page_get_shop (page)));
  run_checks (fixture);
  window_fixture_act (fixture, "api-information");
  row = window_fixture_row (fixture, "client-id");
  window_fixture_press (pd_field_widget_get_note (PD_FIELD_WIDGET (row)), "Use This");
  run_checks (fixture);
  pd_profile_set_text (fixture->profile, "client-id", CLIENT_ID, NULL);
  run_checks (fixture);

  tests = pd_shop_page_get_content (page, PD_VIEW_TESTS);
  /* two shops bear the name */
  command = pd_tests_view_dup_command (PD_TESTS_VIEW (tests));
  expected = g_strdup_printf ("paydeskctl check --environment practice %s", pd_profile_get_id (fixture->profile));
  g_assert_cmpstr (command, ==, expected);
  g_assert_null (find_history (fixture));
  window_fixture_act (fixture, "history");
  history = find_history (fixture);
  pd_test_until (has_three_runs, fixture);
  window_fixture_settle ();
  row = window_fixture_find (GTK_WIDGET (history), ADW_TYPE_ACTION_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "What Changed Before It Failed");
  g_signal_emit_by_name (row, "activated");
  window_fixture_settle ();
  g_assert_true (window_fixture_shows (GTK_WIDGET (history), "Before: Passed. Now: Failed."));
  g_assert_false (window_fixture_shows (GTK_WIDGET (history), "There is no other run"));
  window_fixture_press (GTK_WIDGET (history), "Go to Field");
  g_assert_cmpint (pd_shop_page_get_view (page), ==, PD_VIEW_API_INFORMATION);
  g_assert_true (gtk_widget_get_state_flags (window_fixture_row (fixture, "client-id")) & GTK_STATE_FLAG_FOCUS_WITHIN);

  /* back step by step, and it stays up to date meanwhile */
  window_fixture_act (fixture, "tests");
  pd_history_view_back (history);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (history)));
  pd_history_view_back (history);
  g_assert_false (gtk_widget_get_child_visible (GTK_WIDGET (history)));
}

/* What a PDF says as text, or NULL where nothing here can tell. */
static char *
read_pdf (const char *path)
{
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autofree char *program = g_find_program_in_path (argv[0]);
  char *text = NULL;

  if (program == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL));
  return text;
}

static PdReportDialog *
find_report_dialog (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (PD_IS_REPORT_DIALOG (window) && gtk_window_get_transient_for (window) == GTK_WINDOW (fixture->window))
      return PD_REPORT_DIALOG (window);
  }
  return NULL;
}

static gboolean
is_report_dialog_gone (gpointer data)
{
  return find_report_dialog (data) == NULL;
}

/* The report in each form and language; a secret that stands where it does not belong is masked in all of them. */
static void
test_report (Fixture *fixture)
{
  static const struct { PdReportFormat format; const char *begin; } rows[] = {
    { PD_REPORT_AS_HTML, "<!DOCTYPE html>" }, { PD_REPORT_AS_MARKDOWN, "# " }, { PD_REPORT_AS_PDF, "%PDF-" },
  };
  g_autofree char *path = g_build_filename (fixture->dir, "report", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *locales = g_build_filename (g_getenv ("PD_BUILD_DIR"), "po", NULL);

  bindtextdomain (GETTEXT_PACKAGE, locales);
  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  enter_secret (window_fixture_row (fixture, "client-secret"), CANARY);
  pd_test_until (is_client_secret_stored, fixture);
  g_assert_true (pd_profile_set_text (fixture->profile, "description", "pasted " CANARY " by accident", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (const char *const *language = pd_language_ids; *language != NULL; language++) {
      g_autofree char *text = NULL;
      g_autofree char *read = NULL;
      PdReportDialog *dialog;

      window_fixture_act (fixture, "report");
      dialog = find_report_dialog (fixture);
      g_assert_nonnull (dialog);
      g_assert_nonnull (window_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "_Print…"));
      pd_report_dialog_choose (dialog, *language, rows[i].format);
      pd_report_dialog_save_to (dialog, file);
      pd_test_until (is_report_dialog_gone, fixture);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_true (g_str_has_prefix (text, rows[i].begin));
      read = rows[i].format == PD_REPORT_AS_PDF ? read_pdf (path) : g_strdup (text);
      if (read == NULL)
        continue;
      g_assert_null (strstr (read, CANARY));
      g_assert_nonnull (strstr (read, "•••"));
      g_assert_nonnull (strstr (read, "libadwaita"));
      g_assert_nonnull (strstr (read, g_str_equal (*language, "ja") ? "運用サポート" : "futureshop support"));
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  }
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
    "sh", "-c", "kill $PD_KEYRING_PID; while kill -0 $PD_KEYRING_PID 2>/dev/null; do sleep .05; done", NULL };

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

/* Without a keyring the window is there, says so, keeps the value in memory, asks before it closes, and stores when told. */
static void
test_keyring_gone (Fixture *fixture)
{
  GtkWidget *row;
  GtkWindow *dialog;
  g_autoptr (PdSecretText) secret = NULL;

  set_keyring (FALSE);
  row = window_fixture_row (fixture, "mws-auth-token");
  enter_secret (row, TOKEN);
  pd_test_until (is_pending, fixture);
  window_fixture_settle ();
  g_assert_false (window_fixture_is_shown (fixture, TOKEN));
  g_assert_true (window_fixture_is_shown (fixture, "1 secret is not stored yet, only in memory."));

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

static void
answer (Fixture    *fixture,
        const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (window_fixture_dialog (fixture)), response);
  window_fixture_settle ();
}

/* Amazon's copied keys fill their fields; what the shop does not use is left out, unless one insists. */
static void
test_paste_keys (Fixture *fixture)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)),
                          "{\"merchant_id\":\"" SELLER_ID "\",\"client_id\":\"" CLIENT_ID "\",\"access_key\":\"AKIAEXAMPLEKEY000001\"}");
  window_fixture_act (fixture, "paste-keys");
  pd_test_until (is_dialog_open, fixture);
  g_assert_cmpstr (get_text (window_fixture_row (fixture, "seller-id")), ==, SELLER_ID);
  g_assert_cmpstr (get_text (window_fixture_row (fixture, "client-id")), ==, CLIENT_ID);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, "");
  answer (fixture, "first");
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

  enter_secret (window_fixture_row (fixture, "mws-auth-token"), TOKEN);
  pd_test_until (is_stored, fixture);
  window_fixture_act (fixture, "undo");
  pd_test_until (is_token_gone, fixture);
  window_fixture_act (fixture, "redo");
  pd_test_until (is_stored, fixture);
  secret = look_up (fixture, "mws-auth-token");
  g_assert_nonnull (secret);
  g_assert_cmpstr (pd_secret_text_peek (secret), ==, TOKEN);
}

/* What was typed a moment ago is on the disk when the window has gone. */
static void
test_close_saves (Fixture *fixture)
{
  gpointer window = fixture->window;
  g_autofree char *text = NULL;

  g_object_add_weak_pointer (window, &window);
  type (window_fixture_row (fixture, "client-id"), CLIENT_ID);
  gtk_window_close (GTK_WINDOW (window));
  pd_test_until (window_fixture_is_gone, &window);
  text = window_fixture_read (fixture);
  g_assert_nonnull (strstr (text, CLIENT_ID));
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

  type (window_fixture_row (fixture, "seller-id"), SELLER_ID);
  window_fixture_save (fixture);
  pd_store_load (other, &error);
  g_assert_no_error (error);
  theirs = pd_store_find (other, pd_profile_get_id (fixture->profile), &error);
  g_assert_no_error (error);
  pd_store_set_autosave (window_fixture_get_store (fixture), FALSE);
  type (window_fixture_row (fixture, "seller-id"), "A1MINEMINEMINE");
  pd_profile_set_text (theirs, "seller-id", "A1THEIRSTHEIRS", NULL);
  pd_store_save (other, theirs, &error);
  g_assert_no_error (error);
  pd_test_until (is_conflict_told, fixture);
  window_fixture_act (fixture, "show-conflict");
  g_assert_true (window_fixture_shows (GTK_WIDGET (window_fixture_dialog (fixture)), "A1MINEMINEMINE"));
  g_assert_true (window_fixture_shows (GTK_WIDGET (window_fixture_dialog (fixture)), "A1THEIRSTHEIRS"));
  answer (fixture, "second");
  g_assert_cmpstr (get_text (window_fixture_row (fixture, "seller-id")), ==, "A1THEIRSTHEIRS");
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
  answer (fixture, "cancel");
}

/* In production what would create something is asked about, with the shop's name; nothing is called before. */
static void
test_production_asks (Fixture *fixture)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PdTester *tester = pd_window_get_tester (fixture->window);

  pd_profile_set_text (fixture->profile, "public-key-id", "LIVE-0123456789ABCDEF01234567", NULL);
  pd_profile_note_secret (fixture->profile, "private-key", now);
  window_fixture_act (fixture, "tests");
  g_assert_true (window_fixture_is_shown (fixture, "Production: test calls go to Amazon’s real service, for “Lantern & Co.”"));
  window_fixture_act (fixture, "run-checks");
  g_assert_true (window_fixture_shows (GTK_WIDGET (window_fixture_dialog (fixture)), "Lantern & Co."));
  g_assert_false (pd_tester_is_busy (tester, fixture->profile));
  answer (fixture, "cancel");
  g_assert_false (pd_tester_is_busy (tester, fixture->profile));
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

  enter_secret (window_fixture_row (fixture, "mws-auth-token"), TOKEN);
  pd_test_until (is_stored, fixture);
  g_assert_cmpint (pd_test_run (lock, NULL), ==, 0);
  pd_shop_ask_keyring (shop);
  pd_test_until (is_locked_told, fixture);
  g_assert_cmpint (pd_shop_get_secret_state (shop, "mws-auth-token"), ==, PD_SECRET_UNKNOWN);
  g_assert_true (window_fixture_is_shown (fixture, "Unknown: the keyring does not answer"));
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
  ADD ("field/typed-is-on-disk", test_typed_is_on_disk);
  ADD ("field/paste-is-cleaned", test_paste_is_cleaned);
  ADD ("field/mixup-is-moved", test_mixup_is_moved);
  ADD ("field/list", test_list);
  ADD ("field/logo", test_logo);
  ADD ("field/own-row", test_own_row);
  ADD ("field/kind-changes-rows", test_kind_changes_rows);
  ADD ("secret/is-nowhere", test_secret_is_nowhere);
  ADD ("secret/astray", test_secret_astray);
  ADD ("secret/clipboard-of-others", test_clipboard_of_others);
  ADD ("views/made-when-shown", test_views_are_made_when_shown);
  ADD ("views/hide-list", test_hide_list);
  ADD ("views/fit-a-phone", test_fits_a_phone);
  ADD ("shops/outside-change", test_outside_change);
  ADD ("shops/delete-and-undo", test_delete_and_undo);
  ADD ("shops/thousand", test_thousand);
  ADD ("tests/failed-mended-passed", test_failed_mended_passed);
  ADD ("tests/history", test_history);
  ADD ("tests/report", test_report);
  ADD ("field/paste-keys", test_paste_keys);
  ADD ("secret/undo", test_secret_undo);
  ADD ("window/close-saves", test_close_saves);
  ADD ("shops/conflict", test_conflict);
  ADD ("shops/damaged", test_damaged);
  ADD ("tests/production-asks", test_production_asks);
  ADD ("keyring/locked", test_keyring_locked);
  ADD ("keyring/gone", test_keyring_gone);
  return g_test_run ();
}
