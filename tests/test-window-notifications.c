/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

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
  return g_test_run ();
}
