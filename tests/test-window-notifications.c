/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-arrival-row.h"
#include "pd-json.h"
#include "pd-notifications-view.h"
#include "pd-test-util.h"
#include "window-fixture.h"

#define CC_PATH     "設定 › 連携サービス › Amazon設定-Amazon通知設定"
#define LEGACY_PATH "構築 › ページ設定 › Amazon設定-Amazon通知設定"

/* The way of the URL is that of the shop's mode; both admins while Commerce Creator is enabled (N10). */
static void
test_paths (Fixture *fixture)
{
  static const struct {
    const char *mode;
    gboolean    cc;
    gboolean    legacy;
  } rows[] = {
    { "enabled", TRUE, TRUE }, { "disabled", FALSE, TRUE }, { "operating", TRUE, FALSE }, { "enabled", TRUE, TRUE },
  };

  window_fixture_act (fixture, "notifications");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    pd_profile_set_text (fixture->profile, "mode", rows[i].mode, NULL);
    window_fixture_settle ();
    g_assert_cmpint (window_fixture_is_shown (fixture, CC_PATH), ==, rows[i].cc);
    g_assert_cmpint (window_fixture_is_shown (fixture, LEGACY_PATH), ==, rows[i].legacy);
    g_assert_true (window_fixture_is_shown (fixture, "インスタント通知設定"));
  }
}

/* The field can be gone to, and says when it holds the shop's own site (S101). */
static void
test_own_site (Fixture *fixture)
{
  g_autofree char *note = NULL;

  pd_profile_set_text (fixture->profile, "cc-site-url", "https://www.example.jp/lantern/", NULL);
  pd_profile_set_text (fixture->profile, "notification-url", "https://www.example.jp/lantern", NULL);
  g_assert_true (pd_shop_page_focus_field (pd_window_get_page (fixture->window), "notification-url"));
  window_fixture_settle ();
  note = window_fixture_note (window_fixture_row (fixture, "notification-url"));
  g_assert_nonnull (strstr (note, "the shop’s own site"));
}

static JsonObject *
load_vector (JsonNode **root,
             guint      index)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", "sns-messages.json", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  *root = pd_json_parse (text, -1, &pd_json_limits_file, NULL);
  return json_array_get_object_element (json_object_get_array_member (json_node_get_object (*root), "vectors"), index);
}

static GBytes *
load_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", "sns-test-cert.pem", NULL);
  char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return g_bytes_new_take (text, length);
}

static PdNotificationInspector *
open_inspector (Fixture *fixture)
{
  PdShopPage *page = pd_window_get_page (fixture->window);

  window_fixture_act (fixture, "inspect-notification");
  return pd_notifications_view_get_inspector (PD_NOTIFICATIONS_VIEW (pd_shop_page_get_content (page, PD_VIEW_NOTIFICATIONS)));
}

/* Every vector, without a certificate and with it: the verdict, and why. */
static void
test_inspector (Fixture *fixture)
{
  static const struct {
    const char *heading;
    const char *shown;
  } rows[] = {
    { "Genuine", "its state has changed" },
    { "Genuine", "by version 2" },
    { "Genuine", "The message names no shop." },
    { "Genuine", "テスト" },
    { "Genuine", "ObjectType — What kind of thing changed" },
    { "Not to Be Trusted", "The signature does not belong to this message" },
    { "Not to Be Trusted", "The signature does not belong to this message" },
    { "Not to Be Trusted", "Nothing was fetched from there." },
    { "Not to Be Trusted", "Nothing was fetched from there." },
    { "Not to Be Trusted", "A part that every notification has is missing" },
  };
  PdNotificationInspector *inspector = open_inspector (fixture);
  g_autoptr (GBytes) certificate = load_certificate ();

  pd_profile_set_text (fixture->profile, "seller-id", "A1EXAMPLESELLER", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JsonNode) root = NULL;
    JsonObject *vector = load_vector (&root, i);
    g_autofree char *body = pd_json_to_string (json_object_get_member (vector, "message"), FALSE);
    gboolean fails_anyway = i >= 7;

    g_test_message ("%s", pd_json_get_string (vector, "name"));
    pd_notification_inspector_set_certificate (inspector, NULL);
    pd_notification_inspector_set_text (inspector, body);
    g_assert_true (window_fixture_is_shown (fixture, fails_anyway ? "Not to Be Trusted" : "Not Proven Yet"));
    pd_notification_inspector_set_certificate (inspector, certificate);
    g_assert_true (window_fixture_is_shown (fixture, rows[i].heading));
    g_assert_true (window_fixture_is_shown (fixture, rows[i].shown));
  }
}

/* Another shop's message is said to be one, whatever its signature. */
static void
test_other_shop (Fixture *fixture)
{
  PdNotificationInspector *inspector = open_inspector (fixture);
  g_autoptr (GBytes) certificate = load_certificate ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *body = pd_json_to_string (json_object_get_member (load_vector (&root, 0), "message"), FALSE);

  pd_notification_inspector_set_certificate (inspector, certificate);
  pd_notification_inspector_set_text (inspector, body);
  g_assert_true (window_fixture_is_shown (fixture, "That of this shop is not entered here yet."));
  g_assert_true (window_fixture_is_shown (fixture, "Not Proven Yet"));
  pd_profile_set_text (fixture->profile, "seller-id", "A9OTHERSELLER", NULL);
  pd_notification_inspector_set_text (inspector, body);
  g_assert_true (window_fixture_is_shown (fixture, "this shop’s is A9OTHERSELLER"));
  g_assert_true (window_fixture_is_shown (fixture, "Not to Be Trusted"));
  gtk_widget_activate_action (GTK_WIDGET (inspector), "inspector.clear", NULL);
  window_fixture_settle ();
  g_assert_false (window_fixture_shows (GTK_WIDGET (inspector), "CHARGE"));
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

static gboolean
is_page_open (PdNotificationsView *view)
{
  GtkWidget *fields = GTK_WIDGET (pd_notifications_view_get_fields (view));

  return gtk_stack_get_visible_child (GTK_STACK (gtk_widget_get_ancestor (fields, GTK_TYPE_STACK))) != fields;
}

/* Alt+Left leads from a page to the view that it belongs to, and from there to the shops. */
static void
test_back (Fixture *fixture)
{
  static const char *const actions[] = { "inspect-notification", "receive-notifications" };
  PdShopPage *page = pd_window_get_page (fixture->window);
  PdNotificationsView *view;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    window_fixture_act (fixture, actions[i]);
    view = PD_NOTIFICATIONS_VIEW (pd_shop_page_get_content (page, PD_VIEW_NOTIFICATIONS));
    g_assert_true (is_page_open (view));
    window_fixture_act (fixture, "back");
    g_assert_false (is_page_open (view));
    g_assert_false (pd_notifications_view_go_back (view));
  }
}

/* What is pasted is bounded, however it is pasted; and what a message says that is not genuine is what it claims. */
static void
test_pasted (Fixture *fixture)
{
  PdNotificationInspector *inspector = open_inspector (fixture);
  GtkWidget *view = window_fixture_find (GTK_WIDGET (inspector), GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GdkClipboard *clipboard = gtk_widget_get_clipboard (view);
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *body = pd_json_to_string (json_object_get_member (load_vector (&root, 7), "message"), FALSE);
  Wanted wanted = { fixture, "This text is too long for a notification" };

  gdk_clipboard_set_text (clipboard, huge);
  g_signal_emit_by_name (view, "paste-clipboard");
  pd_test_until (is_said, &wanted);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (inspector), "inspector.paste", NULL);
  window_fixture_settle ();
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);

  gdk_clipboard_set_text (clipboard, body);
  g_signal_emit_by_name (view, "paste-clipboard");
  wanted.text = "It claims: ";
  pd_test_until (is_said, &wanted);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, g_utf8_strlen (body, -1));
  g_assert_true (window_fixture_is_shown (fixture, "Not to Be Trusted"));
}

static gboolean
has_receiver (gpointer page)
{
  return pd_receiver_page_get_receiver (page) != NULL;
}

static gboolean
is_idle (gpointer page)
{
  return !pd_receiver_page_is_busy (page);
}

static PdReceiverPage *
open_receiver (Fixture *fixture)
{
  PdShopPage *page = pd_window_get_page (fixture->window);
  PdReceiverPage *receiver;

  window_fixture_act (fixture, "receive-notifications");
  receiver = pd_notifications_view_get_receiver (PD_NOTIFICATIONS_VIEW (pd_shop_page_get_content (page, PD_VIEW_NOTIFICATIONS)));
  pd_test_until (has_receiver, receiver);
  return receiver;
}

static void
send_sample (PdReceiverPage *page,
             const char     *id)
{
  pd_receiver_page_choose_sample (page, id);
  gtk_widget_activate_action (GTK_WIDGET (page), "receiver.send", NULL);
  pd_test_until (is_idle, page);
  window_fixture_settle ();
}

/* Samples arrive live, each with its verdict; once more it is a repetition, and a bad one says why it is bad. */
static void
test_receiver (Fixture *fixture)
{
  PdReceiverPage *page = open_receiver (fixture);
  GListModel *arrivals = G_LIST_MODEL (pd_receiver_page_get_receiver (page));

  pd_profile_set_text (fixture->profile, "seller-id", "A1EXAMPLESELLER", NULL);
  g_assert_true (window_fixture_is_shown (fixture, "Stopped"));
  send_sample (page, "legacy-refund");
  g_assert_true (window_fixture_is_shown (fixture, "http://127.0.0.1:"));
  g_assert_cmpuint (g_list_model_get_n_items (arrivals), ==, 1);
  g_assert_true (window_fixture_is_shown (fixture, "Genuine, signed by the practice endpoint. Answered 200."));
  g_assert_true (window_fixture_is_shown (fixture, "Amazon would not send it again."));

  g_signal_emit_by_name (window_fixture_find (GTK_WIDGET (page), PD_TYPE_ARRIVAL_ROW, NULL), "send-again");
  pd_test_until (is_idle, page);
  window_fixture_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (arrivals), ==, 2);
  g_assert_true (window_fixture_is_shown (fixture, "Genuine, and the same as before."));

  send_sample (page, "bad-altered");
  g_assert_true (window_fixture_is_shown (fixture, "The signature does not belong to this message"));
  g_assert_true (window_fixture_is_shown (fixture, "Refused, as it should be."));
  gtk_widget_activate_action (GTK_WIDGET (page), "receiver.clear", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (arrivals), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (page), "receiver.stop", NULL);
  g_assert_true (window_fixture_is_shown (fixture, "Stopped"));

  /* nothing is sent to other computers */
  pd_receiver_page_set_target (page, "http://notify.example.jp/1");
  send_sample (page, "charge");
  g_assert_true (window_fixture_is_shown (fixture, "Samples go to receivers on this computer only"));
}

/* The practice endpoint's certificate counts in the inspector while the shop practises, and at no other time. */
static void
test_practice_only (Fixture *fixture)
{
  static const struct {
    const char *environment;
    const char *heading;
  } rows[] = {
    { "practice", "Genuine" }, { "sandbox", "Not to Be Trusted" }, { "production", "Not to Be Trusted" },
  };
  PdReceiverPage *page = open_receiver (fixture);
  PdPracticeNotifier *notifier = pd_practice_receiver_get_notifier (pd_receiver_page_get_receiver (page));
  PdNotificationInspector *inspector;

  pd_profile_set_text (fixture->profile, "seller-id", "A1EXAMPLESELLER", NULL);
  send_sample (page, "charge");
  g_signal_emit_by_name (window_fixture_find (GTK_WIDGET (page), PD_TYPE_ARRIVAL_ROW, NULL), "inspect");
  inspector = open_inspector (fixture);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    /* nor does it when it is given as a file */
    pd_profile_set_text (fixture->profile, "environment", rows[i / 2].environment, NULL);
    pd_notification_inspector_set_certificate (inspector, i % 2 == 0 ? NULL : pd_practice_notifier_get_certificate (notifier));
    g_assert_true (window_fixture_shows (GTK_WIDGET (inspector), rows[i / 2].heading));
  }
}

#define ADD(path, func) \
  g_test_add_data_func ("/window-notifications/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("paths", test_paths);
  ADD ("own-site", test_own_site);
  ADD ("inspector", test_inspector);
  ADD ("other-shop", test_other_shop);
  ADD ("back", test_back);
  ADD ("pasted", test_pasted);
  ADD ("receiver", test_receiver);
  ADD ("practice-only", test_practice_only);
  return g_test_run ();
}
