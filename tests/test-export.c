/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pd-csv.h"
#include "pd-document.h"
#include "pd-error.h"
#include "pd-export.h"
#include "pd-incoming.h"
#include "pd-json.h"

static PdStore *
open_store (const char *name)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), name, NULL);
  PdStore *store = pd_store_new (dir);

  g_assert_true (pd_store_load (store, NULL));
  return store;
}

static PdProfile *
add_profile (PdStore    *store,
             const char *name,
             const char *seller_id)
{
  g_autoptr (PdProfile) profile = pd_profile_new (name);
  g_autoptr (GBytes) logo = g_bytes_new (name, strlen (name));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *file = NULL;
  GError *error = NULL;

  g_assert_true (pd_store_add (store, profile, NULL));
  g_assert_true (pd_profile_set_text (profile, "seller-id", seller_id, NULL));
  pd_profile_set_mark (profile, "seller-id", TRUE);
  pd_profile_note_secret (profile, "private-key", now);
  file = pd_store_keep_file (store, profile, "logo", "gif", logo, &error);
  g_assert_no_error (error);
  g_assert_true (pd_profile_set_text (profile, "logo", file, NULL));
  g_assert_true (pd_store_save (store, profile, NULL));
  return profile;
}

static GBytes *
export (PdStore *store)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;
  GBytes *document;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (store), i));
  document = pd_export_profiles (store, profiles, &error);
  g_assert_no_error (error);
  return document;
}

static guint
count (PdStore *store)
{
  return g_list_model_get_n_items (G_LIST_MODEL (store));
}

static void
test_round_trip (void)
{
  g_autoptr (PdStore) store = open_store ("round-trip-from");
  g_autoptr (PdStore) other = open_store ("round-trip-to");
  g_autoptr (PdStore) again = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GDateTime) stored = NULL;
  g_autofree char *path = NULL;
  g_autofree char *logo = NULL;
  PdProfile *profile = add_profile (store, "Lantern & Co.", "A111111111");
  PdProfile *found;
  GError *error = NULL;

  add_profile (store, "ランタン", "A222222222");
  document = export (store);
  profiles = pd_import_profiles (other, document, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (profiles->len, ==, 2);

  again = open_store ("round-trip-to");
  g_assert_cmpuint (count (again), ==, 2);
  found = pd_store_find (again, "Lantern & Co.", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pd_profile_get_id (found), ==, pd_profile_get_id (profile));
  g_assert_cmpstr (pd_profile_get_text (found, "seller-id"), ==, "A111111111");
  g_assert_cmpint (pd_profile_get_mark (found, "seller-id", NULL), ==, PD_MARK_ENTERED);
  stored = pd_profile_get_secret_stored (found, "private-key");
  g_assert_null (stored);
  path = pd_store_get_file (again, found, pd_profile_get_text (found, "logo"));
  g_assert_true (g_file_get_contents (path, &logo, NULL, NULL));
  g_assert_cmpstr (logo, ==, "Lantern & Co.");
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* In a thread, and as the shops were when it was asked for: one that has been looked at, and one that is still only a file. */
static void
test_async (void)
{
  g_autoptr (PdStore) written = open_store ("async");
  g_autoptr (PdStore) store = NULL;
  g_autoptr (PdStore) other = open_store ("async-to");
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) imported = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) document = NULL;
  PdProfile *profile;
  GError *error = NULL;

  add_profile (written, "Lantern & Co.", "A111111111");
  add_profile (written, "ランタン", "A222222222");
  store = open_store ("async");
  profile = pd_store_find (store, "Lantern & Co.", NULL);
  g_assert_true (pd_profile_set_text (profile, "seller-id", "A333333333", NULL));
  for (guint i = 0; i < count (store); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (store), i));
  pd_export_profiles_async (store, profiles, keep_result, &result);
  g_assert_true (pd_profile_set_text (profile, "seller-id", "A444444444", NULL));
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  document = pd_export_profiles_finish (store, result, &error);
  g_assert_no_error (error);

  imported = pd_import_profiles (other, document, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imported->len, ==, 2);
  g_assert_cmpstr (pd_profile_get_text (pd_store_find (other, "Lantern & Co.", NULL), "seller-id"), ==, "A333333333");
  g_assert_cmpstr (pd_profile_get_text (pd_store_find (other, "ランタン", NULL), "seller-id"), ==, "A222222222");
}

static void
test_known_ids (void)
{
  g_autoptr (PdStore) store = open_store ("known");
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  PdProfile *profile = add_profile (store, "Shop", "A111111111");

  document = export (store);
  first = pd_import_profiles (store, document, NULL);
  second = pd_import_profiles (store, document, NULL);
  g_assert_cmpuint (count (store), ==, 3);
  g_assert_cmpstr (pd_profile_get_name (first->pdata[0]), ==, "Shop (2)");
  g_assert_cmpstr (pd_profile_get_name (second->pdata[0]), ==, "Shop (3)");
  g_assert_cmpstr (pd_profile_get_id (first->pdata[0]), !=, pd_profile_get_id (profile));

  /* An id in the trash is known too: an undo must still find its place free. */
  g_assert_true (pd_store_remove (store, profile, NULL));
  g_clear_pointer (&first, g_ptr_array_unref);
  first = pd_import_profiles (store, document, NULL);
  g_assert_cmpstr (pd_profile_get_id (first->pdata[0]), !=, pd_profile_get_id (profile));
}

/* Whatever is wrong with one shop, none comes in. */
static void
test_all_or_nothing (void)
{
  static const struct { const char *replace, *by; int code; guint n_letters; } harms[] = {
    { "A222222222\"", "A222222222", PD_ERROR_GARBAGE },
    { "\"name\": \"Second\"", "\"name\": 7", PD_ERROR_BAD_INPUT },
    { "\"mode\": \"enabled\"", "\"mode\": \"nonsense\"", PD_ERROR_BAD_INPUT },
    { "\"format\": 1,\n        \"id\"", "\"format\": 2,\n        \"id\"", PD_ERROR_NEWER_FORMAT },
    { "\"format\": 1,\n  \"kind\"", "\"format\": 2,\n  \"kind\"", PD_ERROR_NEWER_FORMAT },
    { "paydesk-profiles", "something-else", PD_ERROR_BAD_INPUT },
    { "\"profiles\": [", "\"profiles\": [7,", PD_ERROR_BAD_INPUT },
    { "\"profiles\": [", "\"profiles\": 7, \"other\": [", PD_ERROR_BAD_INPUT },
    { "\"profiles\": [", "\"other\": [", PD_ERROR_BAD_INPUT },
    { "\"format\": 1,\n  \"kind\"", "\"format\": \"1\",\n  \"kind\"", PD_ERROR_BAD_INPUT },
    { "\"format\": 1,\n  \"kind\"", "\"format\": [1],\n  \"kind\"", PD_ERROR_BAD_INPUT },
    { "U2Vjb25k", "U2Vjb25", PD_ERROR_BAD_INPUT },
    { "logo.gif", "../../evil.gif", PD_ERROR_BAD_INPUT },
    { "logo.gif", "profile.json", PD_ERROR_BAD_INPUT },
    { "\"seller-id\": \"A222222222\"", "\"client-secret\": \"A222222222\"", PD_ERROR_BAD_INPUT },
    { "\"name\": \"Second\"", "\"name\": ", PD_ERROR_BAD_INPUT, PD_DOCUMENT_MAX_NAME + 1 },
    { "\"seller-id\": \"A222222222\"", "\"seller-id\": ", PD_ERROR_BAD_INPUT, PD_DOCUMENT_MAX_VALUE + 1 },
    { "\"seller-id\": \"A222222222\"", "\"of-another-paydesk\": ", PD_ERROR_BAD_INPUT, PD_DOCUMENT_MAX_VALUE + 1 },
  };
  g_autoptr (PdStore) store = open_store ("harm-from");
  g_autoptr (PdStore) other = open_store ("harm-to");
  g_autoptr (GBytes) document = NULL;
  g_autofree char *text = NULL;

  add_profile (store, "First", "A111111111");
  add_profile (store, "Second", "A222222222");
  document = export (store);
  text = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++) {
    g_autoptr (GString) harmed = g_string_new (text);
    g_autofree char *letters = g_strnfill (harms[i].n_letters, 'n');
    g_autofree char *by = harms[i].n_letters > 0 ? g_strdup_printf ("%s\"%s\"", harms[i].by, letters) : g_strdup (harms[i].by);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (g_string_replace (harmed, harms[i].replace, by, 0), >, 0);
    bytes = g_bytes_new (harmed->str, harmed->len);
    g_assert_null (pd_import_profiles (other, bytes, &error));
    g_assert_error (error, PD_ERROR, harms[i].code);
    g_assert_cmpuint (count (other), ==, 0);
  }
  for (gsize cut = 0; cut < strlen (text) - 2; cut += 7) {
    g_autoptr (GBytes) bytes = g_bytes_new (text, cut);

    g_assert_null (pd_import_profiles (other, bytes, NULL));
  }
  g_clear_object (&other);
  other = open_store ("harm-to");
  g_assert_cmpuint (count (other), ==, 0);
}

/* A process that ends after the decision leaves all, one that ends before it leaves nothing. */
static void
test_unfinished (void)
{
  g_autoptr (PdStore) store = open_store ("unfinished");
  g_autofree char *ready = g_build_filename (pd_store_get_dir (store), "incoming-x.ready", NULL);
  g_autofree char *staging = g_build_filename (pd_store_get_dir (store), "incoming-y", NULL);
  g_autofree char *profiles = g_build_filename (pd_store_get_dir (store), "profiles", NULL);
  PdProfile *kept = add_profile (store, "Kept", "A111111111");
  PdProfile *lost = add_profile (store, "Lost", "A222222222");
  g_autofree char *kept_from = g_build_filename (profiles, pd_profile_get_id (kept), NULL);
  g_autofree char *lost_from = g_build_filename (profiles, pd_profile_get_id (lost), NULL);
  g_autofree char *kept_to = g_build_filename (ready, pd_profile_get_id (kept), NULL);
  g_autofree char *lost_to = g_build_filename (staging, pd_profile_get_id (lost), NULL);
  g_autoptr (PdStore) again = NULL;

  g_assert_cmpint (g_mkdir (ready, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (staging, 0700), ==, 0);
  g_assert_cmpint (g_rename (kept_from, kept_to), ==, 0);
  g_assert_cmpint (g_rename (lost_from, lost_to), ==, 0);
  again = open_store ("unfinished");
  g_assert_cmpuint (count (again), ==, 1);
  g_assert_nonnull (pd_store_find (again, "Kept", NULL));
  g_assert_false (g_file_test (ready, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (staging, G_FILE_TEST_EXISTS));
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GPtrArray **profiles = user_data;
  g_autoptr (GError) error = NULL;

  *profiles = pd_import_profiles_finish (PD_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* The loop turns meanwhile, and a store that notices the new files by itself has each shop once. */
static void
test_in_thread (void)
{
  g_autoptr (PdStore) from = open_store ("thread-from");
  g_autoptr (PdStore) to = open_store ("thread-to");
  g_autoptr (GBytes) document = NULL;
  GPtrArray *profiles = NULL;
  guint n_turns = 0;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf ("Shop %u", i);

    add_profile (from, name, "A1B2C3D4E5F6G7");
  }
  document = export (from);
  pd_store_watch (to);
  pd_import_profiles_async (to, document, on_imported, &profiles);
  g_assert_null (profiles);
  for (; profiles == NULL; n_turns++) {
    pd_store_rescan (to);
    g_main_context_iteration (NULL, FALSE);
  }
  g_assert_cmpuint (n_turns, >, 1);
  g_assert_cmpuint (profiles->len, ==, 20);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (to)), ==, 20);
  for (guint i = 0; i < profiles->len; i++)
    g_assert_true (pd_store_find (to, pd_profile_get_id (g_ptr_array_index (profiles, i)), NULL) == g_ptr_array_index (profiles, i));
  g_ptr_array_unref (profiles);
}

/* Files that are dropped together: the second takes the first one's names and ids for taken. */
static void
test_at_once (void)
{
  g_autoptr (PdStore) from = open_store ("at-once-from");
  g_autoptr (PdStore) to = open_store ("at-once-to");
  g_autoptr (GBytes) document = NULL;
  GPtrArray *profiles[3] = { NULL };

  add_profile (from, "Shop", "A1B2C3D4E5F6G7");
  document = export (from);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    pd_import_profiles_async (to, document, on_imported, &profiles[i]);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autofree char *name = i == 0 ? g_strdup ("Shop") : g_strdup_printf ("Shop (%u)", i + 1);

    while (profiles[i] == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_assert_cmpuint (profiles[i]->len, ==, 1);
    g_assert_cmpstr (pd_profile_get_name (profiles[i]->pdata[0]), ==, name);
    g_ptr_array_unref (profiles[i]);
  }
  g_assert_cmpuint (count (to), ==, 3);
}

/* A logo that is gone is left out; one that is there and cannot be read is not passed over, as nobody would miss it in time. */
static void
test_logo_astray (void)
{
  g_autoptr (PdStore) store = open_store ("logo-astray");
  g_autoptr (GPtrArray) profiles = g_ptr_array_new ();
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) error = NULL;
  PdProfile *profile = add_profile (store, "Shop", "A111111111");
  g_autofree char *path = pd_store_get_file (store, profile, pd_profile_get_text (profile, "logo"));

  g_ptr_array_add (profiles, profile);
  g_assert_cmpint (g_unlink (path), ==, 0);
  document = pd_export_profiles (store, profiles, &error);
  g_assert_no_error (error);
  g_assert_nonnull (document);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (pd_export_profiles (store, profiles, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
}

/* The table of a window is made in a thread, too, of shops that were looked at and of others. */
static void
test_table_async (void)
{
  g_autoptr (PdStore) written = open_store ("table");
  g_autoptr (PdStore) store = NULL;
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) table = NULL, expected = NULL;
  GError *error = NULL;

  add_profile (written, "One", "A111111111");
  add_profile (written, "Two", "A222222222");
  store = open_store ("table");
  for (guint i = 0; i < count (store); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (store), i));
  pd_export_table_async (store, profiles, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  table = pd_export_profiles_finish (store, result, &error);
  g_assert_no_error (error);
  expected = pd_csv_from_profiles (profiles);
  g_assert_true (g_bytes_equal (table, expected));
}

typedef struct
{
  GBytes *document;
  guint   n_left;
} Chain;

static void
on_one_imported (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Chain *chain = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = pd_import_profiles_finish (PD_STORE (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (profiles->len, ==, 1);
  if (--chain->n_left > 0)
    pd_import_profiles_async (PD_STORE (source), chain->document, on_one_imported, chain);
}

/* Whoever is told of one import may ask for the next there and then. */
static void
test_in_turn (void)
{
  g_autoptr (PdStore) from = open_store ("in-turn-from");
  g_autoptr (PdStore) to = open_store ("in-turn-to");
  g_autoptr (GBytes) document = NULL;
  Chain chain = { .n_left = 3 };

  add_profile (from, "Shop", "A1B2C3D4E5F6G7");
  document = chain.document = export (from);
  pd_import_profiles_async (to, document, on_one_imported, &chain);
  while (chain.n_left > 0)
    g_main_context_iteration (NULL, TRUE);
  /* One too many would still be under way. */
  for (guint i = 0; i < 30; i++) {
    g_usleep (10000);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  g_assert_cmpuint (count (to), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/round-trip", test_round_trip);
  g_test_add_func ("/export/async", test_async);
  g_test_add_func ("/export/known-ids-and-names", test_known_ids);
  g_test_add_func ("/export/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/export/unfinished-import", test_unfinished);
  g_test_add_func ("/export/in-thread", test_in_thread);
  g_test_add_func ("/export/at-once", test_at_once);
  g_test_add_func ("/export/in-turn", test_in_turn);
  g_test_add_func ("/export/logo-astray", test_logo_astray);
  g_test_add_func ("/export/table-async", test_table_async);
  return g_test_run ();
}
