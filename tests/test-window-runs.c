/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <libintl.h>

#include "pd-field-widget.h"
#include "pd-finding-row.h"
#include "pd-history-view.h"
#include "pd-language.h"
#include "pd-logo-picture-private.h"
#include "pd-report-dialog.h"
#include "pd-test-util.h"
#include "pd-tests-view.h"
#include "window-fixture.h"

#define CLIENT_ID "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
#define CANARY "0123456789abcdefcafe0123456789abcdef0123456789abcdefcafe01234567"

static gboolean
is_client_secret_stored (gpointer data)
{
  Fixture *fixture = data;

  return pd_shop_get_secret_state (pd_shop_page_get_shop (pd_window_get_page (fixture->window)), "client-secret") == PD_SECRET_YES;
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

  window_fixture_use_built_helper ();
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

  /* The keyboard, which was in a field, goes along. */
  window_fixture_act (fixture, "run-checks");
  g_assert_true (gtk_widget_get_state_flags (pd_shop_page_get_content (page, PD_VIEW_TESTS)) & GTK_STATE_FLAG_FOCUS_WITHIN);
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
  /* Where two shops bear the name, it names neither. */
  pd_profile_set_text (fixture->profile, "name", "Lantern & Co.", NULL);
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
  window_fixture_act (fixture, "back");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (history)));
  window_fixture_act (fixture, "back");
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
  window_fixture_enter_secret (window_fixture_row (fixture, "client-secret"), CANARY);
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

/* Whoever closes the dialog meanwhile, as while the keyring waits for a password, does not want the report any more. */
static void
test_report_closed (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "report", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  PdReportDialog *dialog;

  window_fixture_act (fixture, "report");
  dialog = find_report_dialog (fixture);
  pd_report_dialog_save_to (dialog, file);
  gtk_window_close (GTK_WINDOW (dialog));
  pd_test_until (is_report_dialog_gone, fixture);
  for (guint i = 0; i < 50; i++) {
    g_usleep (10000);
    window_fixture_settle ();
  }
  g_assert_false (g_file_query_exists (file, NULL));
}

/* What is being typed is taken as when the caret leaves, before anything is asked with it. */
static void
test_typed (Fixture *fixture)
{
  GtkWidget *row = window_fixture_row (fixture, "seller-id");
  GtkWidget *inner = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  g_assert_true (pd_profile_set_text (fixture->profile, "environment", "practice", NULL));
  window_fixture_settle ();
  gtk_widget_grab_focus (inner);
  gtk_editable_set_text (GTK_EDITABLE (row), " A1B2C3D4E5F6G7 ");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "seller-id"), ==, " A1B2C3D4E5F6G7 ");
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "run-checks", NULL);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "seller-id"), ==, "A1B2C3D4E5F6G7");
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
  window_fixture_answer (fixture, "cancel");
  g_assert_false (pd_tester_is_busy (tester, fixture->profile));
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
  ADD ("tests/failed-mended-passed", test_failed_mended_passed);
  ADD ("tests/history", test_history);
  ADD ("tests/report", test_report);
  ADD ("tests/report-closed", test_report_closed);
  ADD ("tests/typed", test_typed);
  ADD ("tests/production-asks", test_production_asks);
  return g_test_run ();
}
