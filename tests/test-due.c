/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-catalogue.h"
#include "pd-due.h"
#include "pd-shape.h"

static GDateTime *
read_date (const char *text)
{
  GDateTime *date = pd_due_read_date (text);

  g_assert_nonnull (date);
  return date;
}

static void
test_read (void)
{
  static const char *const bad[] = { "", "2026-02-30", "2026-1-1", "20260101", "tomorrow", "2026-01-01 " };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (pd_due_read_date (bad[i]));
}

/* Whole days: the last day counts, whatever the time. */
static void
test_judge (void)
{
  static const struct { const char *ends; PdDueState state; } rows[] = {
    { "2026-11-26", PD_DUE_OVER },
    { "2026-11-27", PD_DUE_SOON },
    { "2026-11-28", PD_DUE_SOON },
    { "2026-12-11", PD_DUE_SOON },
    { "2026-12-12", PD_DUE_LATER },
    { "2027-11-27", PD_DUE_LATER },
  };
  g_autoptr (GDateTime) midnight = read_date ("2026-11-27");
  g_autoptr (GDateTime) evening = g_date_time_add_hours (midnight, 23);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GDateTime) ends = read_date (rows[i].ends);
    g_autoptr (GDateTime) late = g_date_time_add_hours (ends, 22);

    g_test_message ("%s", rows[i].ends);
    g_assert_cmpint (pd_due_judge (ends, midnight), ==, rows[i].state);
    g_assert_cmpint (pd_due_judge (ends, evening), ==, rows[i].state);
    g_assert_cmpint (pd_due_judge (late, midnight), ==, rows[i].state);
  }
  g_assert_cmpint (pd_due_judge (NULL, midnight), ==, PD_DUE_OPEN);
}

static void
assert_day (GDateTime  *date,
            const char *day)
{
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%F") : NULL;

  g_assert_cmpstr (text, ==, day);
}

/* The note of the storing stands in for a day that was not entered; an own key should be changed after 90 days. */
static void
test_list (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  g_autoptr (GDateTime) stored = read_date ("2026-01-10");
  g_autoptr (GDateTime) now = read_date ("2026-04-01");
  g_autoptr (GPtrArray) list = pd_due_list (profile, now);
  const PdDue          *token;
  const PdDue          *key;
  g_autofree char      *text = NULL;

  g_assert_cmpuint (list->len, ==, 0);
  pd_profile_note_secret (profile, "mws-auth-token", stored);
  pd_profile_note_secret (profile, "private-key", stored);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = pd_due_list (profile, now);
  g_assert_cmpuint (list->len, ==, 2);
  token = g_ptr_array_index (list, 0);
  key = g_ptr_array_index (list, 1);
  g_assert_cmpstr (token->id, ==, "mws-auth-token");
  g_assert_cmpint (token->state, ==, PD_DUE_OPEN);
  g_assert_true (token->is_noted);
  assert_day (token->begins, "2026-01-10");
  assert_day (key->ends, "2026-04-10");
  g_assert_cmpint (key->state, ==, PD_DUE_SOON);
  g_assert_true (key->is_rotation);

  g_assert_true (pd_profile_set_text (profile, "private-key.obtained", "2025-12-01", NULL));
  g_assert_true (pd_profile_set_text (profile, "mws-auth-token.obtained", "2025-06-01", NULL));
  g_assert_true (pd_profile_set_text (profile, "mws-auth-token.ends", "2026-06-01", NULL));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = pd_due_list (profile, now);
  token = g_ptr_array_index (list, 0);
  key = g_ptr_array_index (list, 1);
  g_assert_false (token->is_noted);
  assert_day (token->begins, "2025-06-01");
  assert_day (token->ends, "2026-06-01");
  g_assert_cmpint (token->state, ==, PD_DUE_LATER);
  assert_day (key->ends, "2026-03-01");
  g_assert_cmpint (key->state, ==, PD_DUE_OVER);
  text = pd_due_describe (key);
  g_assert_nonnull (strstr (text, "Should have been changed by"));

  /* The text of a pre-set token is none. */
  g_assert_true (pd_profile_set_text (profile, "mws-auth-token", PD_PRESET_TOKEN, NULL));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = pd_due_list (profile, now);
  g_assert_cmpuint (list->len, ==, 1);
}

/* The first and the last day that there are, wherever the computer stands: nothing is known beyond them, and nothing breaks. */
static void
test_extremes (void)
{
  static const char *const zones[] = { "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "UTC" };
  static const char *const days[] = { "0001-01-01", "0001-01-02", "9999-12-31", "9999-10-01", "1970-01-01" };

  for (guint i = 0; i < G_N_ELEMENTS (zones) * G_N_ELEMENTS (days); i++) {
    const char             *day = days[i % G_N_ELEMENTS (days)];
    g_autofree char        *time = g_strconcat (day, "T23:59:59Z", NULL);
    g_autofree char        *morning = g_strconcat (day, "T00:00:00Z", NULL);
    g_autoptr (PdProfile)   profile = pd_profile_new ("Lantern & Co.");
    g_autoptr (GDateTime)   stored = g_date_time_new_from_iso8601 (time, NULL);
    g_autoptr (GDateTime)   early = g_date_time_new_from_iso8601 (morning, NULL);
    g_autoptr (GDateTime)   now = NULL;
    g_autoptr (GPtrArray)   list = NULL;

    g_test_message ("%s in %s", day, zones[i / G_N_ELEMENTS (days)]);
    g_setenv ("TZ", zones[i / G_N_ELEMENTS (days)], TRUE);
    now = g_date_time_new_now_local ();
    pd_profile_note_secret (profile, "mws-auth-token", stored);
    pd_profile_note_secret (profile, "private-key", stored);
    pd_profile_note_secret (profile, "private-key.sandbox", early);
    pd_profile_set_text (profile, "mws-auth-token.ends", day, NULL);
    pd_profile_set_text (profile, "private-key.obtained", day, NULL);
    list = pd_due_list (profile, now);
    g_ptr_array_add (list, pd_due_new_certificate ("www.example.jp", stored, now));
    g_ptr_array_add (list, pd_due_new_certificate ("shop.example.jp", early, now));
    for (guint j = 0; j < list->len; j++) {
      const PdDue     *due = g_ptr_array_index (list, j);
      g_autofree char *begin = pd_due_describe_begin (due);
      g_autofree char *end = pd_due_describe (due);

      g_assert_cmpstr (end, !=, "");
      g_assert_cmpint (due->state, ==, due->ends == NULL ? PD_DUE_OPEN : day[0] == '9' ? PD_DUE_LATER : PD_DUE_OVER);
    }
  }
  g_unsetenv ("TZ");
}

static void
test_certificate (void)
{
  g_autoptr (GDateTime) now = read_date ("2026-04-01");
  g_autoptr (GDateTime) ends = read_date ("2026-04-05");
  g_autoptr (PdDue)     due = pd_due_new_certificate ("www.example.jp", ends, now);
  g_autofree char      *text = pd_due_describe (due);

  g_assert_cmpstr (due->id, ==, "certificate:www.example.jp");
  g_assert_nonnull (strstr (due->label, "www.example.jp"));
  g_assert_cmpint (due->state, ==, PD_DUE_SOON);
  g_assert_nonnull (strstr (text, "Ends on"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/due/read", test_read);
  g_test_add_func ("/due/judge", test_judge);
  g_test_add_func ("/due/list", test_list);
  g_test_add_func ("/due/certificate", test_certificate);
  g_test_add_func ("/due/extremes", test_extremes);
  return g_test_run ();
}
