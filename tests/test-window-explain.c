/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-cause-view.h"
#include "pd-check.h"
#include "pd-finding-row.h"
#include "pd-known-list.h"
#include "pd-test-util.h"
#include "pd-tests-view.h"
#include "window-fixture.h"

#define F02 "『申し訳ありません。リクエストの処理中に問題が発生しました。現在問題を調査しておりますので、解決するまでもう少々お待ちください。』"

static gboolean
is_explained (gpointer page)
{
  return !pd_explain_page_is_busy (page);
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (window_fixture_find (page, GTK_TYPE_TEXT_VIEW, NULL)));
}

static PdCauseView *
get_answer (Fixture *fixture)
{
  PdExplainPage *page = pd_window_get_explain (fixture->window);
  GtkWidget *view;

  pd_test_until (is_explained, page);
  window_fixture_settle ();
  view = window_fixture_find (GTK_WIDGET (page), PD_TYPE_CAUSE_VIEW, NULL);
  return view != NULL ? PD_CAUSE_VIEW (view) : NULL;
}

static const char *
explain (Fixture    *fixture,
         const char *text)
{
  PdCauseView *view;

  window_fixture_act (fixture, "explain");
  gtk_text_buffer_set_text (get_buffer (fixture), text, -1);
  view = get_answer (fixture);
  return view != NULL ? pd_cause_view_get_cause (view)->id : NULL;
}

static gboolean
has_button (Fixture    *fixture,
            const char *label)
{
  return window_fixture_find (GTK_WIDGET (pd_window_get_explain (fixture->window)), GTK_TYPE_BUTTON, label) != NULL;
}

/* Each letter typed is answered; emptied, the known messages are back. */
static void
test_typed (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));

  g_assert_cmpstr (explain (fixture, F02), ==, "F02");
  g_assert_true (window_fixture_shows (page, "This reads like an outage of Amazon’s, and is a setting"));
  g_assert_true (window_fixture_shows (page, "Waiting does not help."));
  g_assert_false (window_fixture_shows (page, "Likely, not certain."));
  g_assert_true (window_fixture_shows (page, "構築"));
  g_assert_cmpstr (explain (fixture, "{\"reasonCode\":\"TooManyRequests\"}"), ==, "F33");
  g_assert_true (window_fixture_shows (page, "Waiting helps."));
  g_assert_cmpstr (explain (fixture, "リクエストの処理中に問題が発生"), ==, "F02");
  g_assert_true (window_fixture_shows (page, "Likely, not certain."));
  gtk_widget_activate_action (page, "explain.clear", NULL);
  g_assert_null (get_answer (fixture));
  g_assert_nonnull (window_fixture_find (page, PD_TYPE_KNOWN_LIST, NULL));
}

/* What the shop does not use is not shown: no ClientSecret after the upgrade, no legacy admin where there is none. */
static void
test_for_this_shop (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));

  pd_profile_set_text (fixture->profile, "mode", "disabled", NULL);
  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  explain (fixture, F02);
  g_assert_true (window_fixture_shows (page, "Client Secret"));
  g_assert_true (window_fixture_shows (page, "構築"));
  g_assert_false (window_fixture_shows (page, "連携サービス"));
  pd_profile_set_text (fixture->profile, "mode", "operating", NULL);
  pd_profile_set_text (fixture->profile, "generation", "after-upgrade", NULL);
  explain (fixture, F02);
  g_assert_false (window_fixture_shows (page, "Client Secret"));
  g_assert_false (window_fixture_shows (page, "構築"));
  g_assert_true (window_fixture_shows (page, "連携サービス"));
}

/* The window goes to whatever field a cause names, in every kind of shop; and the page fits a phone with every cause. */
static void
test_every_cause (Fixture *fixture)
{
  static const char *const modes[] = { "disabled", "enabled", "operating" };
  static const char *const generations[] = { "before-upgrade", "after-upgrade", "new" };
  guint n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

    pd_profile_set_text (fixture->profile, "mode", modes[i], NULL);
    pd_profile_set_text (fixture->profile, "generation", generations[i], NULL);
    window_fixture_settle ();
    for (guint j = 0; j < n_causes; j++) {
      g_autoptr (PdExplanation) explanation = pd_explanation_new (causes[j], fixture->profile);
      const char *const *fields = pd_explanation_get_fields (explanation);

      for (; *fields != NULL; fields++) {
        if (!g_hash_table_add (seen, (gpointer) *fields))
          continue;
        g_test_message ("%s: %s", modes[i], *fields);
        g_assert_true (pd_shop_page_focus_field (pd_window_get_page (fixture->window), *fields));
      }
    }
  }
  window_fixture_act (fixture, "explain");
  for (guint j = 0; j < n_causes; j++) {
    int minimum;

    pd_explain_page_show_cause (pd_window_get_explain (fixture->window), causes[j]->id, pd_cause_get_example (causes[j]));
    g_assert_true (pd_cause_view_get_cause (get_answer (fixture)) == causes[j]);
    gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_test_message ("%s: %d", causes[j]->id, minimum);
    g_assert_cmpint (minimum, <=, 360);
  }
}

static guint
count_rows (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += GTK_IS_LIST_BOX_ROW (child) && gtk_widget_get_child_visible (child);
  return n;
}

/* Every known message is in the list, is found by words of its text, and explains itself when picked. */
static void
test_known (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));
  GtkWidget *known;
  GtkWidget *list;
  guint n_causes;

  pd_cause_get_all (&n_causes);
  window_fixture_act (fixture, "explain");
  known = window_fixture_find (page, PD_TYPE_KNOWN_LIST, NULL);
  list = window_fixture_find (known, GTK_TYPE_LIST_BOX, NULL);
  g_assert_cmpuint (count_rows (list), ==, n_causes);
  pd_known_list_search (PD_KNOWN_LIST (known), "ｗｈｉｔｅｌｉｓｔｅｄ redirect");
  g_assert_cmpuint (count_rows (list), ==, 1);
  pd_known_list_search (PD_KNOWN_LIST (known), "no such words at all");
  g_assert_cmpuint (count_rows (list), ==, 0);
  pd_known_list_search (PD_KNOWN_LIST (known), "致命的");
  g_assert_cmpuint (count_rows (list), ==, 1);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row)) {
    if (GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_child_visible (row)) {
      g_signal_emit_by_name (list, "row-activated", row);
      break;
    }
  }
  g_assert_cmpstr (pd_cause_view_get_cause (get_answer (fixture))->id, ==, "F03");
}

/* Unknown text is admitted to be unknown, with what to collect. */
static void
test_unknown (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));

  g_assert_null (explain (fixture, "ご注文ありがとうございました"));
  g_assert_nonnull (window_fixture_find (page, GTK_TYPE_LABEL, "Paydesk does not know this text"));
  g_assert_true (window_fixture_shows (page, "The request ID, where there is one"));
  g_assert_true (window_fixture_shows (page, "06-6485-6485"));
  g_assert_true (has_button (fixture, "_Run Checks"));
}

/* Without a shop it works as well: nothing to go to, nothing to run. */
static void
test_no_shop (Fixture *fixture)
{
  pd_window_open_shop (fixture->window, NULL);
  g_assert_cmpstr (explain (fixture, F02), ==, "F02");
  g_assert_false (has_button (fixture, "_Run These Checks"));
  g_assert_false (has_button (fixture, "Go to Field"));
  g_assert_true (window_fixture_is_shown (fixture, "For no shop in particular: 1 possible cause"));
  window_fixture_act (fixture, "back");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (pd_window_get_explain (fixture->window))));
}

/* The shop is hidden meanwhile: what would change it is not at hand, and Back brings it and the keyboard's place back. */
static void
test_back (Fixture *fixture)
{
  GtkWidget *row = window_fixture_row (fixture, "seller-id");

  gtk_editable_set_text (GTK_EDITABLE (row), "A1LANTERN23456");
  gtk_widget_grab_focus (row);
  window_fixture_settle ();
  explain (fixture, F02);
  g_assert_false (gtk_widget_get_mapped (row));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "delete-shop"));
  window_fixture_act (fixture, "back");
  g_assert_true (gtk_widget_get_mapped (row));
  g_assert_true (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo"));

  explain (fixture, F02);
  window_fixture_press (GTK_WIDGET (pd_window_get_explain (fixture->window)), "Go to Field");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (pd_window_get_explain (fixture->window))));
  g_assert_true (gtk_widget_get_state_flags (window_fixture_row (fixture, "javascript-origins")) & GTK_STATE_FLAG_FOCUS_WITHIN);
}

static gboolean
has_run (gpointer data)
{
  Fixture *fixture = data;
  PdTester *tester = pd_window_get_tester (fixture->window);

  return !pd_tester_is_busy (tester, fixture->profile) && pd_tester_get_run (tester, fixture->profile) != NULL;
}

static gboolean
is_practice_shop_open (gpointer data)
{
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (((Fixture *) data)->window));

  return shop != NULL && pd_profile_get_environment (pd_shop_get_profile (shop)) == PD_ENVIRONMENT_PRACTICE;
}

/* One click runs exactly the checks that can decide, which is no verdict on the shop; a finding of theirs leads back to its cause. */
static void
test_run_only (Fixture *fixture)
{
  static const char *const wanted[] = { "return-url", "url-rules", "two-sided", NULL };
  PdTester *tester = pd_window_get_tester (fixture->window);
  PdShopPage *page = pd_window_get_page (fixture->window);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *run;
  PdVerdict verdict;

  window_fixture_act (fixture, "new-practice-shop");
  pd_test_until (is_practice_shop_open, fixture);
  g_set_object (&fixture->profile, pd_shop_get_profile (pd_shop_page_get_shop (page)));
  explain (fixture, F02);
  window_fixture_press (GTK_WIDGET (pd_window_get_explain (fixture->window)), "_Run These Checks");
  g_assert_cmpint (pd_shop_page_get_view (page), ==, PD_VIEW_TESTS);
  pd_test_until (has_run, fixture);
  window_fixture_settle ();
  run = G_LIST_MODEL (pd_tester_get_run (tester, fixture->profile));
  for (guint i = 0; i < g_list_model_get_n_items (run); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (run, i);

    g_assert_true (g_strv_contains (wanted, pd_finding_get_check (finding)));
    g_hash_table_add (seen, g_strdup (pd_finding_get_check (finding)));
  }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 3);
  g_assert_true (window_fixture_is_shown (fixture, "Only these checks were run: Return URLs, Rules of the URLs, Both Sides of the URLs"));
  g_assert_false (pd_verdicts_lookup (pd_tester_get_verdicts (tester), fixture->profile, &verdict, NULL));

  /* The Client ID's deliberate mistake fails every return URL. */
  window_fixture_press (pd_shop_page_get_content (page, PD_VIEW_TESTS), "Explain");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (pd_window_get_explain (fixture->window))));
  g_assert_cmpstr (pd_cause_view_get_cause (get_answer (fixture))->id, ==, "F40");

  window_fixture_act (fixture, "run-checks");
  pd_test_until (has_run, fixture);
  g_assert_null (pd_tester_get_only (tester, fixture->profile));
  g_assert_true (pd_verdicts_lookup (pd_tester_get_verdicts (tester), fixture->profile, &verdict, NULL));
}

static gboolean
is_filled (gpointer buffer)
{
  return gtk_text_buffer_get_char_count (buffer) > 0;
}

/* However much is pasted, the view gets a beginning that it can lay out, and what lies far behind is found all the same. */
static void
test_large (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));
  GString *text = g_string_new (NULL);

  while (text->len < 100 * 1024)
    g_string_append (text, "a line of a log that says nothing ");
  g_string_append (text, "{\"reasonCode\":\"InvalidRequestSignature\"}");
  window_fixture_act (fixture, "explain");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (page), text->str);
  gtk_widget_activate_action (page, "explain.paste", NULL);
  pd_test_until (is_filled, get_buffer (fixture));
  g_assert_cmpint (gtk_text_buffer_get_char_count (get_buffer (fixture)), <=, 16 * 1024);
  g_assert_cmpstr (pd_cause_view_get_cause (get_answer (fixture))->id, ==, "F22");
  g_assert_true (window_fixture_shows (page, "Only the beginning is shown. All of it was looked at."));
  g_string_free (text, TRUE);
}

static gboolean
is_refused (gpointer fixture)
{
  return window_fixture_is_shown (fixture, "This is not a file that can be read");
}

/* A file of another encoding is read as what it is; what never ends is no file. */
static void
test_file (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));
  g_autofree char *path = g_build_filename (fixture->dir, "admin.log", NULL);
  g_autofree char *text = g_convert ("「AmazonAPI情報を正しく入力してください」", -1, "CP932", "UTF-8", NULL, NULL, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) endless = g_file_new_for_path ("/dev/zero");
  GSList files = { file, NULL };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  window_fixture_act (fixture, "explain");
  gdk_clipboard_set (gtk_widget_get_clipboard (page), GDK_TYPE_FILE_LIST, &files);
  gtk_widget_activate_action (page, "explain.paste", NULL);
  pd_test_until (is_filled, get_buffer (fixture));
  g_assert_cmpstr (pd_cause_view_get_cause (get_answer (fixture))->id, ==, "F01");

  gtk_widget_activate_action (page, "explain.clear", NULL);
  files.data = endless;
  gdk_clipboard_set (gtk_widget_get_clipboard (page), GDK_TYPE_FILE_LIST, &files);
  gtk_widget_activate_action (page, "explain.paste", NULL);
  pd_test_until (is_refused, fixture);
  g_assert_null (get_answer (fixture));
}

/* What goes to the support has no secret. */
static void
test_copy_for_support (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (pd_window_get_explain (fixture->window));
  GValue value = G_VALUE_INIT;
  const char *copied;

  g_assert_null (explain (fixture, "Ein Fehler. client_secret=0123456789abcdefcafe0123456789abcdef"));
  gtk_widget_activate_action (page, "explain.copy-for-support", NULL);
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (gdk_clipboard_get_content (gtk_widget_get_clipboard (page)), &value, NULL));
  copied = g_value_get_string (&value);
  g_assert_nonnull (strstr (copied, "Lantern & Co."));
  g_assert_nonnull (strstr (copied, "Ein Fehler"));
  g_assert_null (strstr (copied, "0123456789abcdefcafe"));
  g_value_unset (&value);
}

#define ADD(path, func) \
  g_test_add_data_func ("/window-explain/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("typed", test_typed);
  ADD ("for-this-shop", test_for_this_shop);
  ADD ("every-cause", test_every_cause);
  ADD ("known", test_known);
  ADD ("unknown", test_unknown);
  ADD ("no-shop", test_no_shop);
  ADD ("back", test_back);
  ADD ("run-only", test_run_only);
  ADD ("large", test_large);
  ADD ("file", test_file);
  ADD ("copy-for-support", test_copy_for_support);
  return g_test_run ();
}
