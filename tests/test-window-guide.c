/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

#include "pd-catalogue.h"
#include "pd-field-widget.h"
#include "pd-guide-place.h"
#include "pd-guide-print.h"
#include "pd-help-window.h"
#include "pd-kind-chooser.h"
#include "pd-logo-picture-private.h"
#include "pd-practice-shop.h"
#include "pd-run.h"
#include "pd-shape.h"
#include "pd-test-util.h"
#include "window-fixture.h"

#define CLIENT_ID "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"

static PdShopPage *
get_page (Fixture *fixture)
{
  return pd_window_get_page (fixture->window);
}

static PdGuideView *
open_guide (Fixture *fixture)
{
  window_fixture_act (fixture, "show-guide");
  return pd_side_pane_get_guide (pd_shop_page_get_pane (get_page (fixture)));
}

static gboolean
is_pane_shown (Fixture *fixture)
{
  return adw_flap_get_reveal_flap (pd_shop_page_get_flap (get_page (fixture)));
}

static gboolean
has_focus (gpointer data)
{
  return (gtk_widget_get_state_flags (data) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static PdGuideStepRow *
open_step (Fixture    *fixture,
           const char *step_id)
{
  PdGuideView *guide = open_guide (fixture);

  g_assert_true (pd_guide_view_open (guide, step_id));
  window_fixture_settle ();
  return pd_guide_view_find (guide, step_id);
}

/* F9 shows and hides the pane, which is made only then; Escape and the button in the header hide it too. */
static void
test_pane (Fixture *fixture)
{
  PdSidePane *pane = pd_shop_page_get_pane (get_page (fixture));

  g_assert_false (is_pane_shown (fixture));
  g_assert_null (pd_side_pane_get_guide (pane));
  window_fixture_act (fixture, "toggle-pane");
  g_assert_true (is_pane_shown (fixture));
  g_assert_nonnull (pd_side_pane_get_guide (pane));
  pd_test_until (has_focus, pane);
  gtk_widget_activate_action (GTK_WIDGET (pane), "win.close-pane", NULL);
  window_fixture_settle ();
  g_assert_false (is_pane_shown (fixture));
  g_assert_false (has_focus (pane));
}

static gboolean
is_folded (gpointer flap)
{
  return adw_flap_get_folded (flap);
}

/* Where there is no room beside the view, a view that is gone to is not left below the pane. */
static void
test_overlaid (Fixture *fixture)
{
  AdwFlap *flap = pd_shop_page_get_flap (get_page (fixture));

  window_fixture_act (fixture, "show-guide");
  window_fixture_act (fixture, "tests");
  g_assert_true (is_pane_shown (fixture));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 640);
  pd_test_until (is_folded, flap);
  g_assert_true (is_pane_shown (fixture));
  window_fixture_act (fixture, "upgrade");
  g_assert_false (is_pane_shown (fixture));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), GTK_WIDGET (pd_shop_page_get_stack (get_page (fixture)))));
  /* The view that is shown already, too. */
  window_fixture_act (fixture, "show-guide");
  window_fixture_act (fixture, "upgrade");
  g_assert_false (is_pane_shown (fixture));
}

/* A step has the field itself, and sees by itself that it is filled. */
static void
test_step (Fixture *fixture)
{
  PdGuideStepRow *row = open_step (fixture, "ids-copy");
  GtkWidget *client_id = pd_guide_step_row_find_field (row, "client-id");

  g_assert_cmpint (pd_guide_step_row_get_state (row), ==, PD_GUIDE_OPEN);
  gtk_editable_set_text (GTK_EDITABLE (pd_guide_step_row_find_field (row, "seller-id")), "A1LANTERN23456");
  gtk_editable_set_text (GTK_EDITABLE (client_id), CLIENT_ID);
  window_fixture_settle ();
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "client-id"), ==, CLIENT_ID);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (window_fixture_row (fixture, "client-id"))), ==, CLIENT_ID);
  g_assert_cmpint (pd_guide_step_row_get_state (row), ==, PD_GUIDE_SEEN);

  window_fixture_act (fixture, "undo");
  window_fixture_settle ();
  g_assert_cmpint (pd_guide_step_row_get_state (row), ==, PD_GUIDE_OPEN);
}

/* 'Done, Next Step' ticks, is kept, goes on to the next open step, and can be undone. */
static void
test_next (Fixture *fixture)
{
  PdGuideStepRow *row = open_step (fixture, "token-open");
  PdGuideView *guide = pd_side_pane_get_guide (pd_shop_page_get_pane (get_page (fixture)));
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;

  window_fixture_press (GTK_WIDGET (row), "Done, Next Step");
  g_assert_cmpint (pd_guide_step_row_get_state (row), ==, PD_GUIDE_TICKED);
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (pd_guide_view_find (guide, "token-grant"))));
  place = pd_guide_place_recall (pd_profile_get_id (fixture->profile));
  g_assert_cmpstr (place, ==, "token-grant");
  g_assert_true (window_fixture_shows (GTK_WIDGET (guide), "804019623754"));
  window_fixture_save (fixture);
  text = window_fixture_read (fixture);
  g_assert_nonnull (strstr (text, "\"token-open\""));

  window_fixture_act (fixture, "undo");
  g_assert_true (window_fixture_is_shown (fixture, "Undone: Open the App Management"));
  g_assert_cmpint (pd_guide_step_row_get_state (row), ==, PD_GUIDE_OPEN);
}

/* The mode changes at once what the guide shows; the step that was open stays open, and what was typed stays. */
static void
test_kind (Fixture *fixture)
{
  PdGuideStepRow *row = open_step (fixture, "app-returns");
  PdGuideView *guide;

  g_assert_true (window_fixture_shows (GTK_WIDGET (row), "構築 › ページ設定"));
  g_assert_true (window_fixture_shows (GTK_WIDGET (row), "設定 › 連携サービス"));
  pd_profile_set_text (fixture->profile, "mode", "operating", NULL);
  window_fixture_settle ();
  guide = pd_side_pane_get_guide (pd_shop_page_get_pane (get_page (fixture)));
  row = pd_guide_view_find (guide, "app-returns");
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_false (window_fixture_shows (GTK_WIDGET (row), "構築 › ページ設定"));
  g_assert_true (window_fixture_shows (GTK_WIDGET (row), "設定 › 連携サービス"));

  g_assert_null (pd_guide_view_find (guide, "ids-keys"));
  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  window_fixture_settle ();
  g_assert_nonnull (pd_guide_view_find (guide, "ids-keys"));
}

/* The pane resumes where it was left, for each shop apart. */
static void
test_resume (Fixture *fixture)
{
  g_autoptr (PdProfile) other = pd_profile_new ("Other");
  PdGuideView *guide;

  open_step (fixture, "notify-url");
  g_assert_true (pd_store_add (window_fixture_get_store (fixture), other, NULL));
  pd_window_open_shop (fixture->window, other);
  window_fixture_settle ();
  guide = pd_side_pane_get_guide (pd_shop_page_get_pane (get_page (fixture)));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (pd_guide_view_find (guide, "begin-mode"))));
  pd_window_open_shop (fixture->window, fixture->profile);
  window_fixture_settle ();
  guide = pd_side_pane_get_guide (pd_shop_page_get_pane (get_page (fixture)));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (pd_guide_view_find (guide, "notify-url"))));
}

/* The other page follows the caret. */
static void
test_where (Fixture *fixture)
{
  PdSidePane *pane = pd_shop_page_get_pane (get_page (fixture));

  window_fixture_act (fixture, "toggle-pane");
  pd_side_pane_show_page (pane, "where");
  window_fixture_settle ();
  pd_field_widget_focus (PD_FIELD_WIDGET (window_fixture_row (fixture, "client-id")));
  window_fixture_settle ();
  g_assert_true (window_fixture_shows (GTK_WIDGET (pane), "ClientId(クライアントID)"));
  pd_field_widget_focus (PD_FIELD_WIDGET (window_fixture_row (fixture, "seller-id")));
  window_fixture_settle ();
  g_assert_false (window_fixture_shows (GTK_WIDGET (pane), "ClientId(クライアントID)"));
  g_assert_true (window_fixture_shows (GTK_WIDGET (pane), "SellerId(出品者ID)"));
}

static gpointer
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (g_type_is_a (G_OBJECT_TYPE (window), type))
      return window;
  }
  return NULL;
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* A new shop is asked once which kind it is; unknown is 'enabled'; the guide follows, with that step done. */
static void
test_new_shop (Fixture *fixture)
{
  PdKindChooser *chooser;
  PdProfile *profile;

  window_fixture_act (fixture, "new-shop");
  profile = pd_shop_get_profile (pd_shop_page_get_shop (get_page (fixture)));
  g_assert_true (profile != fixture->profile);
  chooser = find_window (PD_TYPE_KIND_CHOOSER);
  g_assert_nonnull (chooser);
  g_assert_true (window_fixture_shows (GTK_WIDGET (chooser), "以前からの管理画面"));
  g_assert_cmpint (pd_profile_get_mode (profile), ==, PD_MODE_ENABLED);
  adw_action_row_activate (ADW_ACTION_ROW (find_row (GTK_WIDGET (chooser), "Commerce Creator in operation")));
  window_fixture_settle ();
  g_assert_cmpint (pd_profile_get_mode (profile), ==, PD_MODE_OPERATING);
  window_fixture_press (GTK_WIDGET (chooser), "Open _Guide");
  g_assert_null (find_window (PD_TYPE_KIND_CHOOSER));
  g_assert_true (is_pane_shown (fixture));
  g_assert_cmpint (pd_guide_step_judge (pd_guide_lookup ("begin-mode"), profile, NULL), ==, PD_GUIDE_TICKED);

  window_fixture_act (fixture, "choose-kind");
  chooser = find_window (PD_TYPE_KIND_CHOOSER);
  g_assert_nonnull (chooser);
  gtk_window_close (GTK_WINDOW (chooser));
  window_fixture_settle ();
}

/* F1 opens at what the focus is on, then at what the view is about; the search finds the manual's words. */
static void
test_help (Fixture *fixture)
{
  PdHelpWindow *help;

  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  window_fixture_act (fixture, "help");
  help = find_window (PD_TYPE_HELP_WINDOW);
  g_assert_nonnull (help);
  g_assert_cmpstr (pd_help_window_get_topic (help), ==, "ids");
  pd_field_widget_focus (PD_FIELD_WIDGET (window_fixture_row (fixture, "client-id")));
  window_fixture_act (fixture, "help");
  g_assert_true (find_window (PD_TYPE_HELP_WINDOW) == help);
  g_assert_cmpstr (pd_help_window_get_topic (help), ==, "fields");
  open_step (fixture, "notify-url");
  pd_test_until (has_focus, pd_shop_page_get_pane (get_page (fixture)));
  pd_side_pane_focus (pd_shop_page_get_pane (get_page (fixture)));
  window_fixture_act (fixture, "help");
  g_assert_cmpstr (pd_help_window_get_topic (help), ==, "notifications");

  pd_help_window_search (help, "804019623754");
  g_assert_true (window_fixture_shows (GTK_WIDGET (help), "Grant futureshop Access"));
  pd_help_window_search (help, "致命的");
  g_assert_true (window_fixture_shows (GTK_WIDGET (help), "Fatal error in the order procedure"));
  pd_help_window_search (help, "no such words at all");
  g_assert_false (window_fixture_shows (GTK_WIDGET (help), "Fatal error in the order procedure"));
  gtk_window_close (GTK_WINDOW (help));
  window_fixture_settle ();
}

/* What is printed is a PDF of several pages, without a secret. */
static void
test_print (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "guide.pdf", NULL);
  g_autofree char *content = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  pd_profile_set_text (fixture->profile, "generation", "before-upgrade", NULL);
  pd_profile_set_text (fixture->profile, "client-id", CLIENT_ID, NULL);
  pd_profile_set_text (fixture->profile, "store-name", "提灯と行灯の専門店ランタン商会オンラインショップ本店", NULL);
  pd_profile_set_text (fixture->profile, "return-urls",
                       "https://www.example.jp/amazonpay/return?shop=lantern&lang=ja\nhttps://cc.example.jp/a/very/long/path/that/does/not/"
                       "fit/on/one/line/of/the/paper/and/has/to/be/broken/somewhere/between/its/characters?a=1&b=2", NULL);
  pd_guide_step_set_done (pd_guide_lookup ("ids-login"), fixture->profile, TRUE);
  g_assert_true (pd_guide_print_export (fixture->profile, NULL, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (length > 10000 && strncmp (content, "%PDF-", 5) == 0);
  if (g_getenv ("PD_KEEP_PDF") != NULL)
    g_file_set_contents (g_getenv ("PD_KEEP_PDF"), content, (gssize) length, NULL);
}

/* A list that no page has room for goes on on the next, and none of it is lost. */
static void
test_print_long (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "guide.pdf", NULL);
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *text = NULL;
  g_autoptr (GString) urls = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (urls, "%shttps://www.example.jp/return/%03u", i > 0 ? "\n" : "", i);
  pd_profile_set_text (fixture->profile, "return-urls", urls->str, NULL);
  g_assert_true (pd_guide_print_export (fixture->profile, NULL, path, &error));
  g_assert_no_error (error);
  if (g_getenv ("PD_KEEP_PDF") != NULL)
    g_assert_cmpint (pd_test_run ((const char *const[]) { "cp", path, g_getenv ("PD_KEEP_PDF"), NULL }, NULL), ==, 0);
  if (program == NULL) {
    g_test_skip ("pdftotext is not installed");
    return;
  }
  g_assert_cmpint (pd_test_run ((const char *const[]) { "pdftotext", "-layout", path, "-", NULL }, &text), ==, 0);
  for (guint i = 0; i < 200; i++) {
    g_autofree char *url = g_strdup_printf ("https://www.example.jp/return/%03u", i);

    if (strstr (text, url) == NULL)
      g_error ("%s is not on the paper", url);
  }
}

/* The walk: a practice shop is emptied, and made whole again by what the guide says alone. */

typedef struct {
  GHashTable *texts;   /* field id → what the practice endpoint has registered */
  GHashTable *secrets; /* field id → PdSecretText */
} Right;

static gboolean
is_idle (gpointer data)
{
  Fixture *fixture = data;

  return !pd_tester_is_busy (pd_window_get_tester (fixture->window), fixture->profile);
}

static void
make_practice_shop (Fixture      *fixture,
                    PdMode        mode,
                    PdGeneration  generation,
                    Right        *right)
{
  g_autoptr (GAsyncResult) made = NULL;
  g_autoptr (GAsyncResult) fetched = NULL;
  g_autoptr (GError) error = NULL;
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  g_clear_object (&fixture->profile);
  pd_practice_shop_new_async (fixture->desk, "Walk", mode, generation, NULL, NULL, pd_test_keep, &made);
  pd_test_wait (&made);
  fixture->profile = pd_practice_shop_new_finish (made, &error);
  g_assert_no_error (error);
  pd_desk_fetch_secrets_async (fixture->desk, fixture->profile, NULL, pd_test_keep, &fetched);
  pd_test_wait (&fetched);
  right->secrets = pd_desk_fetch_secrets_finish (fixture->desk, fetched, &error);
  g_assert_no_error (error);
  right->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < n_fields; i++) {
    const char *text = pd_profile_get_text (fixture->profile, fields[i]->id);

    if (*text != '\0')
      g_hash_table_insert (right->texts, g_strdup (fields[i]->id), g_strdup (text));
  }
}

static void
empty_shop (Fixture *fixture,
            Right   *right)
{
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);
  GHashTableIter iter;
  gpointer id;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_fields; i++) {
    if (fields[i]->kind != PD_FIELD_CHOICE)
      g_assert_true (pd_profile_set_text (fixture->profile, fields[i]->id, fields[i]->preset, NULL));
  }
  g_hash_table_iter_init (&iter, right->secrets);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    g_autoptr (GAsyncResult) deleted = NULL;

    pd_desk_unset_secret_async (fixture->desk, fixture->profile, id, NULL, pd_test_keep, &deleted);
    pd_test_wait (&deleted);
    g_assert_true (pd_desk_unset_secret_finish (fixture->desk, deleted, &error));
    g_assert_no_error (error);
  }
}

/* Fills a field as its row does. */
static void
fill (Fixture       *fixture,
      Right         *right,
      const PdField *field)
{
  const char *text = g_hash_table_lookup (right->texts, field->seen_of != NULL ? field->seen_of : field->id);
  PdSecretText *known = g_hash_table_lookup (right->secrets, field->id);
  g_autoptr (PdSecretText) value = known != NULL ? pd_secret_text_ref (known) : text != NULL ? pd_secret_text_new (text) : NULL;
  g_autoptr (GAsyncResult) put = NULL;
  g_autoptr (GError) error = NULL;
  PdShop *shop = pd_shop_page_get_shop (get_page (fixture));

  if (value == NULL)
    return;
  pd_shop_put_async (shop, field, value, NULL, pd_test_keep, &put);
  pd_test_wait (&put);
  g_assert_true (pd_shop_put_finish (shop, put, &error));
  g_assert_no_error (error);
}

/* Nothing failed or undetermined, and every skip is explained. */
static void
judge_run (Fixture *fixture)
{
  PdRun *run = pd_tester_get_run (pd_window_get_tester (fixture->window), fixture->profile);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (run)), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), i);
    PdVerdict verdict = pd_finding_get_verdict (finding);
    const char *summary = pd_finding_get_summary (finding);

    if (verdict == PD_VERDICT_FAILED || verdict == PD_VERDICT_UNDETERMINED)
      g_error ("%s: %s: %s", pd_finding_get_check (finding), pd_verdict_to_id (verdict), summary);
    if (verdict == PD_VERDICT_SKIPPED) {
      g_assert_true (summary != NULL && *summary != '\0');
      g_test_message ("%s skipped: %s", pd_finding_get_check (finding), summary);
    }
  }
}

/* The unfolded step: the one that the guide has led to. */
static PdGuideStepRow *
find_unfolded (Fixture   *fixture,
               GPtrArray *steps)
{
  PdGuideView *guide = pd_side_pane_get_guide (pd_shop_page_get_pane (get_page (fixture)));

  for (guint i = 0; i < steps->len; i++) {
    PdGuideStepRow *row = pd_guide_view_find (guide, ((const PdGuideStep *) g_ptr_array_index (steps, i))->id);

    if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
      return row;
  }
  g_error ("no step is unfolded");
}

static gboolean
on_waited (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_over (gpointer data)
{
  return *(gboolean *) data;
}

/* For a person who looks at the walk: pictures of every step, where PD_PICTURES names a folder. */
static void
take_picture (const char *walk,
              guint       number,
              const char *name)
{
  const char *folder = g_getenv ("PD_PICTURES");
  g_autofree char *file = g_strdup_printf ("%s-%02u-%s.png", walk, number, name);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
  const char *size = g_getenv ("PD_PICTURE_SIZE") != NULL ? g_getenv ("PD_PICTURE_SIZE") : "1280x800";
  g_autofree char *crop = g_strconcat (size, "+0+0", NULL);
  gboolean waited = FALSE;

  if (folder == NULL)
    return;
  g_timeout_add (1000, on_waited, &waited);
  pd_test_until (is_over, &waited);
  g_assert_cmpint (pd_test_run ((const char *const[]) { "import", "-window", "root", "-crop", crop, "+repage", path, NULL }, NULL), ==, 0);
}

static void
size_for_pictures (Fixture *fixture)
{
  const char *size = g_getenv ("PD_PICTURE_SIZE") != NULL ? g_getenv ("PD_PICTURE_SIZE") : "1280x800";
  g_auto (GStrv) parts = g_strsplit (size, "x", 2);

  if (g_getenv ("PD_PICTURES") == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), atoi (parts[0]), atoi (parts[1]));
}

static gboolean
is_preset (Right *right)
{
  return g_strcmp0 (g_hash_table_lookup (right->texts, "mws-auth-token"), PD_PRESET_TOKEN) == 0;
}

/* What the step tells to be entered. The first look at the token enters nothing but the text of a pre-set one. */
static void
fill_step (Fixture           *fixture,
           Right             *right,
           const PdGuideStep *step,
           PdGuideStepRow    *row)
{
  g_autoptr (GPtrArray) fields = pd_guide_step_get_fields (step, fixture->profile);

  for (guint i = 0; i < fields->len; i++) {
    const PdField *field = g_ptr_array_index (fields, i);

    /* The field to fill is right there. */
    g_assert_nonnull (pd_guide_step_row_find_field (row, field->id));
    if (!g_str_has_prefix (step->id, "token-look") || is_preset (right))
      fill (fixture, right, field);
  }
}

/* Does what the unfolded step says, and presses the button that leads on. */
static void
do_step (Fixture        *fixture,
         Right          *right,
         PdGuideStepRow *row,
         const char     *walk,
         guint           number)
{
  const PdGuideStep *step = pd_guide_step_row_get_step (row);
  PdGuideState state;

  fill_step (fixture, right, step, row);
  window_fixture_settle ();
  take_picture (walk, number, step->id);
  if (step->sight == PD_GUIDE_PASSED) {
    window_fixture_press (GTK_WIDGET (row), _(step->action_label));
    pd_test_until (is_idle, fixture);
    g_assert_cmpstr (pd_tester_get_trouble (pd_window_get_tester (fixture->window), fixture->profile), ==, NULL);
    judge_run (fixture);
    window_fixture_settle ();
    take_picture (walk, number, "checked");
  }
  if (step->sight == PD_GUIDE_LEFT) {
    /* What ends the upgrade in its own view changes the kind of shop, and with it the guide. */
    window_fixture_press (GTK_WIDGET (row), _(step->action_label));
    take_picture (walk, number, "upgrade");
    window_fixture_press (GTK_WIDGET (fixture->window), _("Done"));
    return;
  }
  window_fixture_press (GTK_WIDGET (row), pd_guide_step_is_said (step) ? _("Done, Next Step") : _("Next Step"));
  state = pd_guide_step_row_get_state (row);
  if (!pd_guide_state_is_done (state) && !g_str_has_prefix (step->id, "token-look"))
    g_error ("%s is not done: %s", step->id, pd_guide_state_get_label (state));
}

/* Follows the guide from the unfolded step on, until every step is done or the shop has become one of another kind. One step leads to the
 * next in the order of the manual. Returns how many steps that were. */
static guint
follow (Fixture    *fixture,
        Right      *right,
        const char *name,
        guint       number)
{
  PdProfile *profile = fixture->profile;
  g_autoptr (GPtrArray) steps = pd_guide_list_steps (pd_profile_get_mode (profile), pd_profile_get_generation (profile));
  PdGuideView *guide = pd_side_pane_get_guide (pd_shop_page_get_pane (get_page (fixture)));
  int before = -1;

  for (guint n = 1;; n++) {
    PdGuideStepRow *row = find_unfolded (fixture, steps);
    const PdGuideStep *step = pd_guide_step_row_get_step (row);
    guint index = 0;

    g_assert_true (g_ptr_array_find (steps, step, &index));
    g_assert_cmpint ((int) index, >, before);
    before = (int) index;
    g_assert_true (step->sight != PD_GUIDE_LEFT || pd_guide_view_get_n_done (guide) == steps->len - 1);
    do_step (fixture, right, row, name, number + n);
    if (step->sight == PD_GUIDE_LEFT || pd_guide_view_get_n_done (guide) == steps->len)
      return n;
  }
}

static void
walk (Fixture      *fixture,
      PdMode        mode,
      PdGeneration  generation)
{
  g_autoptr (GPtrArray) steps = pd_guide_list_steps (mode, generation);
  g_autofree char *helper = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "logo", "paydesk-logo", NULL);
  g_autofree char *name = g_strdup_printf ("%s-%s", pd_mode_to_id (mode), pd_generation_to_id (generation));
  Right right = { NULL, NULL };
  guint n_steps;
  int width;

  pd_logo_picture_set_helper (helper, 0);
  g_test_message ("%s", name);
  make_practice_shop (fixture, mode, generation, &right);
  empty_shop (fixture, &right);
  size_for_pictures (fixture);
  pd_window_open_shop (fixture->window, fixture->profile);
  window_fixture_act (fixture, "api-information");
  open_guide (fixture);
  window_fixture_settle ();
  n_steps = follow (fixture, &right, name, 0);
  /* From an empty shop none of them is in vain. */
  g_assert_cmpuint (n_steps, ==, steps->len);
  if (generation == PD_GENERATION_BEFORE_UPGRADE) {
    /* The upgraded shop has to be looked at again. */
    g_assert_cmpint (pd_profile_get_generation (fixture->profile), ==, PD_GENERATION_AFTER_UPGRADE);
    g_assert_cmpuint (follow (fixture, &right, name, n_steps), ==, 2);
  }
  take_picture (name, 99, "end");
  /* With every step looked at, and every value there, the window can still be as narrow as a phone. */
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  g_assert_true (window_fixture_is_shown (fixture, _("Every step is done")));
  g_hash_table_unref (right.texts);
  g_hash_table_unref (right.secrets);
  pd_logo_picture_set_helper (NULL, 0);
}

static void
test_walk_disabled (Fixture *fixture)
{
  walk (fixture, PD_MODE_DISABLED, PD_GENERATION_BEFORE_UPGRADE);
  walk (fixture, PD_MODE_DISABLED, PD_GENERATION_AFTER_UPGRADE);
  walk (fixture, PD_MODE_DISABLED, PD_GENERATION_NEW);
}

static void
test_walk_enabled (Fixture *fixture)
{
  walk (fixture, PD_MODE_ENABLED, PD_GENERATION_BEFORE_UPGRADE);
  walk (fixture, PD_MODE_ENABLED, PD_GENERATION_AFTER_UPGRADE);
  walk (fixture, PD_MODE_ENABLED, PD_GENERATION_NEW);
}

static void
test_walk_operating (Fixture *fixture)
{
  walk (fixture, PD_MODE_OPERATING, PD_GENERATION_BEFORE_UPGRADE);
  walk (fixture, PD_MODE_OPERATING, PD_GENERATION_AFTER_UPGRADE);
  walk (fixture, PD_MODE_OPERATING, PD_GENERATION_NEW);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; void (*body) (Fixture *); } tests[] = {
    { "/window-guide/pane", test_pane },
    { "/window-guide/overlaid", test_overlaid },
    { "/window-guide/step", test_step },
    { "/window-guide/next", test_next },
    { "/window-guide/kind", test_kind },
    { "/window-guide/resume", test_resume },
    { "/window-guide/where", test_where },
    { "/window-guide/new-shop", test_new_shop },
    { "/window-guide/help", test_help },
    { "/window-guide/print", test_print },
    { "/window-guide/print-long", test_print_long },
    { "/window-guide/walk/disabled", test_walk_disabled },
    { "/window-guide/walk/enabled", test_walk_enabled },
    { "/window-guide/walk/operating", test_walk_operating },
  };

  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  if (g_getenv ("PD_LOCALEDIR") != NULL)
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PD_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].name, (gconstpointer) tests[i].body, window_fixture_run);
  return g_test_run ();
}
