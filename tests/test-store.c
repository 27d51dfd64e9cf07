/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-set-aside.h"
#include "pd-shape.h"
#include "pd-store.h"

static char *
make_dir (void)
{
  char *dir = g_dir_make_tmp ("paydesk-store-XXXXXX", NULL);

  g_assert_nonnull (dir);
  return dir;
}

static void
remove_dir (char *dir)
{
  const char *argv[] = { "rm", "-rf", "--one-file-system", dir, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (dir);
}

typedef char TestDir;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestDir, remove_dir)

static PdStore *
open_store (const char *dir)
{
  PdStore *store = pd_store_new (dir);
  GError *error = NULL;

  pd_store_load (store, &error);
  g_assert_no_error (error);
  return store;
}

static PdProfile *
add_profile (PdStore    *store,
             const char *name)
{
  g_autoptr (PdProfile) profile = pd_profile_new (name);
  GError *error = NULL;

  pd_store_add (store, profile, &error);
  g_assert_no_error (error);
  return profile;
}

static void
set (PdProfile  *profile,
     const char *field_id,
     const char *value)
{
  GError *error = NULL;

  pd_profile_set_text (profile, field_id, value, &error);
  g_assert_no_error (error);
}

static void
save (PdStore   *store,
      PdProfile *profile)
{
  GError *error = NULL;

  pd_store_save (store, profile, &error);
  g_assert_no_error (error);
  g_assert_false (pd_store_is_dirty (store, profile));
}

static char *
file_of (const char *dir,
         PdProfile  *profile)
{
  return g_build_filename (dir, "profiles", pd_profile_get_id (profile), "profile.json", NULL);
}

static char *
read_text (const char *path)
{
  char *text;
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_text (const char *path,
            const char *text)
{
  GError *error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static guint
count (PdStore *store)
{
  return g_list_model_get_n_items (G_LIST_MODEL (store));
}

static guint
count_set_aside (PdStore *store)
{
  return g_list_model_get_n_items (pd_store_get_set_aside (store));
}

static void
test_save_and_load (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  PdProfile *profile = add_profile (store, "Lantern & Co.");
  PdProfile *other;
  const char *urls[] = { "https://a.example.jp/", "https://b.example.jp/", NULL };
  GError *error = NULL;

  g_assert_cmpstr (pd_profile_get_text (profile, "description"), ==, "Amazon Pay");
  set (profile, "seller-id", "A1B2C3D4E5F6G7");
  set (profile, "mode", "operating");
  g_assert_true (pd_profile_set_list (profile, "return-urls", urls, &error));
  g_assert_true (pd_store_is_dirty (store, profile));
  save (store, profile);

  again = open_store (dir);
  g_assert_cmpuint (count (again), ==, 1);
  other = pd_store_find (again, "Lantern & Co.", &error);
  g_assert_no_error (error);
  g_assert_false (pd_store_is_dirty (again, other));
  g_assert_cmpstr (pd_profile_get_id (other), ==, pd_profile_get_id (profile));
  g_assert_cmpstr (pd_profile_get_text (other, "seller-id"), ==, "A1B2C3D4E5F6G7");
  g_assert_cmpint (pd_profile_get_mode (other), ==, PD_MODE_OPERATING);
  g_assert_cmpstrv (pd_profile_get_list (other, "return-urls"), urls);
  g_assert_cmpuint (pd_profile_get_revision (other), ==, 2);
}

static void
test_empty_folder (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autofree char *nowhere = g_build_filename (dir, "not", "there", NULL);
  g_autoptr (PdStore) store = open_store (nowhere);

  g_assert_cmpuint (count (store), ==, 0);
  g_assert_false (g_file_test (nowhere, G_FILE_TEST_EXISTS));
  add_profile (store, "First");
  g_assert_true (g_file_test (nowhere, G_FILE_TEST_IS_DIR));
}

static void
test_find (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  PdProfile *twin = add_profile (store, "Twin");
  g_autoptr (GError) error = NULL;

  g_assert_true (pd_store_find (store, "Twin", NULL) == twin);
  add_profile (store, "Twin");
  g_assert_null (pd_store_find (store, "Twin", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_AMBIGUOUS);
  g_clear_error (&error);
  g_assert_true (pd_store_find (store, pd_profile_get_id (twin), NULL) == twin);
  g_assert_null (pd_store_find (store, "Nobody", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
}

static void
test_make_name (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) written = open_store (dir);
  g_autoptr (PdStore) store = NULL;
  g_autofree char *free_name = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *again = NULL;

  add_profile (written, "灯商店");
  add_profile (written, "灯商店 (2)");
  store = open_store (dir);
  free_name = pd_store_make_name (store, "灯");
  g_assert_cmpstr (free_name, ==, "灯");
  taken = pd_store_make_name (store, "灯商店");
  g_assert_cmpstr (taken, ==, "灯商店 (3)");
  set (pd_store_find (store, "灯商店", NULL), "name", "青葉");
  again = pd_store_make_name (store, "灯商店");
  g_assert_cmpstr (again, ==, "灯商店");
}

static void
test_order (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  PdProfile *c = add_profile (store, "c");
  PdProfile *a = add_profile (store, "a");
  PdProfile *b = add_profile (store, "b");
  PdProfile *expected[] = { b, c, a };

  set (a, "name", "d");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (PdProfile) item = g_list_model_get_item (G_LIST_MODEL (store), i);

    g_assert_true (item == expected[i]);
  }
}

#define N_TWINS 6

/* More than is packed as one, some with one name, and one whose file is too long to be packed. */
static void
test_many (void)
{
  const guint n = 300, n_all = n + N_TWINS;
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) written = open_store (dir);
  g_autoptr (PdStore) store = NULL;
  g_autoptr (PdProfile) first = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *long_url = g_strnfill (600, 'x');
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  g_auto (GStrv) long_list = NULL;
  g_autofree char *last_id = NULL;
  PdProfile *opened;

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("Shop %u", i * 7 % n);
    g_autofree char *seller_id = g_strdup_printf ("A%u", i * 7 % n);

    set (add_profile (written, name), "seller-id", seller_id);
  }
  for (guint i = 1; i < N_TWINS; i++)
    add_profile (written, "Shop 10");
  for (guint i = 0; i < 40; i++) {
    g_autofree char *url = g_strdup_printf ("https://www.example.jp/%u%s", i, long_url);

    g_strv_builder_add (urls, url);
  }
  long_list = g_strv_builder_end (urls);
  opened = add_profile (written, "Shop 1000");
  g_assert_true (pd_profile_set_list (opened, "return-urls", (const char *const *) long_list, &error));
  g_assert_no_error (error);
  last_id = g_strdup (pd_profile_get_id (opened));
  for (guint i = 0; i < n_all; i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (written), i);

    g_assert_true (pd_store_save (written, profile, NULL));
  }

  store = open_store (dir);
  g_assert_cmpuint (count (store), ==, n_all);
  opened = pd_store_find (store, "Shop 123", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pd_profile_get_text (opened, "seller-id"), ==, "A123");
  g_assert_null (pd_store_find (store, "Shop 10", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_AMBIGUOUS);
  g_clear_error (&error);
  /* The order of those of one name is the same each time. */
  for (guint i = 0; i < n_all; i++) {
    g_autoptr (PdProfile) here = g_list_model_get_item (G_LIST_MODEL (store), i);
    g_autoptr (PdProfile) there = g_list_model_get_item (G_LIST_MODEL (written), i);
    g_autofree char *name = g_strdup_printf ("Shop %u", i < 10 ? i : i < 10 + N_TWINS ? 10 : i < n_all - 1 ? i - N_TWINS + 1 : 1000);

    g_assert_cmpstr (pd_profile_get_name (here), ==, name);
    g_assert_cmpstr (pd_profile_get_id (here), ==, pd_profile_get_id (there));
    g_assert_cmpstr (pd_profile_get_text (here, "seller-id"), ==, pd_profile_get_text (there, "seller-id"));
    g_assert_cmpuint (pd_store_get_position (store, here), ==, i);
  }
  g_assert_cmpuint (g_strv_length ((char **) pd_profile_get_list (pd_store_find (store, last_id, NULL), "return-urls")), ==, 40);

  /* What has come meanwhile is put between what is there, opened or not. */
  g_clear_object (&store);
  store = open_store (dir);
  first = g_list_model_get_item (G_LIST_MODEL (store), 200);
  add_profile (written, "Shop 57.5");
  g_assert_true (pd_store_load (store, &error));
  g_assert_cmpuint (count (store), ==, n_all + 1);
  g_assert_cmpuint (pd_store_get_position (store, first), ==, 201);
  g_assert_cmpuint (pd_store_get_position (store, pd_store_find (store, "Shop 57.5", NULL)), ==, 57 + N_TWINS);
  g_assert_cmpuint (pd_store_get_position (store, pd_store_find (store, "Shop 58", NULL)), ==, 58 + N_TWINS);
}

static void
test_remove_and_restore (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  PdProfile *profile = add_profile (store, "Shop");
  g_autofree char *id = g_strdup (pd_profile_get_id (profile));
  g_auto (GStrv) trash = NULL;
  GError *error = NULL;

  set (profile, "seller-id", "A123456789");
  g_assert_true (pd_store_remove (store, profile, &error));
  g_assert_cmpuint (count (store), ==, 0);

  /* The trash outlives the process. */
  again = open_store (dir);
  g_assert_cmpuint (count (again), ==, 0);
  trash = pd_store_list_trash (again);
  g_assert_cmpuint (g_strv_length (trash), ==, 1);
  g_assert_cmpstr (trash[0], ==, id);

  /* Unsaved edits and the undo steps come back as well. */
  g_assert_true (pd_store_restore (store, id, &error));
  g_assert_true (pd_store_find (store, id, NULL) == profile);
  g_assert_cmpstr (pd_profile_get_text (profile, "seller-id"), ==, "A123456789");
  g_assert_cmpstr (pd_profile_undo (profile), ==, "seller-id");

  g_assert_true (pd_store_remove (store, profile, &error));
  g_assert_true (pd_store_purge (store, id, &error));
  g_assert_true (pd_store_purge (store, id, &error));
  g_assert_false (pd_store_restore (store, id, NULL));
}

static void
test_duplicate (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  PdProfile *profile = add_profile (store, "Shop");
  PdProfile *copy;
  g_autoptr (GBytes) logo = g_bytes_new_static ("\x89PNG and so on", 14);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) stored = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  GError *error = NULL;

  name = pd_store_keep_file (store, profile, "logo", "png", logo, &error);
  g_assert_cmpstr (name, ==, "logo.png");
  set (profile, "logo", name);
  set (profile, "seller-id", "A123456789");
  pd_profile_note_secret (profile, "private-key", now);
  pd_profile_set_mark (profile, "seller-id", TRUE);
  save (store, profile);

  copy = pd_store_duplicate (store, profile, "Copy", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pd_profile_get_name (copy), ==, "Copy");
  g_assert_cmpstr (pd_profile_get_text (copy, "seller-id"), ==, "A123456789");
  stored = pd_profile_get_secret_stored (copy, "private-key");
  g_assert_null (stored);
  g_assert_cmpint (pd_profile_get_mark (copy, "seller-id", NULL), ==, PD_MARK_NONE);
  path = pd_store_get_file (store, copy, pd_profile_get_text (copy, "logo"));
  content = read_text (path);
  g_assert_cmpmem (content, 14, "\x89PNG and so on", 14);
}

static void
test_kept_files (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  PdProfile *profile = add_profile (store, "Shop");
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);
  g_autofree char *first = pd_store_keep_file (store, profile, "logo", "png", one, NULL);
  g_autofree char *second = pd_store_keep_file (store, profile, "logo", "png", two, NULL);
  g_autofree char *third = pd_store_keep_file (store, profile, "logo", "png", one, NULL);
  g_autofree char *folder = g_build_filename (dir, "profiles", pd_profile_get_id (profile), NULL);
  g_autofree char *link = g_build_filename (folder, "evil.png", NULL);
  const char *bad[] = { "../profile.json", "profile.json", ".hidden", "none.png", "evil.png", "" };

  g_assert_cmpstr (first, ==, "logo.png");
  g_assert_cmpstr (second, ==, "logo-2.png");
  g_assert_cmpstr (third, ==, first);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (pd_store_get_file (store, profile, bad[i]));
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static guint
drop_unused (PdStore   *store,
             PdProfile *profile,
             gint64     before)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_store_drop_unused_async (store, profile, "logo", before, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return pd_store_drop_unused_finish (store, result);
}

static gboolean
is_there (PdStore    *store,
          PdProfile  *profile,
          const char *name)
{
  g_autofree char *path = pd_store_get_file (store, profile, name);

  return path != NULL;
}

/* What nothing names any more goes, but not what is named by the shop, by any text beside it, by undo, or by what was made of it. */
static void
test_unused_files (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  PdProfile *profile = add_profile (store, "Shop");
  const gint64 later = g_get_real_time () / G_USEC_PER_SEC + 60;
  const char *const contents[] = { "one", "two", "three", "four" };
  g_autofree char *revisions = g_build_filename (dir, "profiles", pd_profile_get_id (profile), "revisions", NULL);
  g_autofree char *revision = g_build_filename (revisions, "1.json", NULL);
  g_autofree char *stem = pd_store_make_fitted_stem ("logo-2.png");
  g_autofree char *fitted = NULL;
  g_autofree char *original = NULL;
  g_autoptr (GBytes) five = g_bytes_new_static ("five", 4);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autoptr (GBytes) content = g_bytes_new_static (contents[i], strlen (contents[i]));

    g_free (pd_store_keep_file (store, profile, "logo", "png", content, NULL));
  }
  fitted = pd_store_keep_file (store, profile, stem, "png", five, NULL);
  g_assert_cmpstr (fitted, ==, "logo-2.png-fitted.png");
  original = pd_store_get_original (store, profile, fitted);
  g_assert_cmpstr (original, ==, "logo-2.png");
  g_assert_cmpint (g_mkdir (revisions, 0700), ==, 0);
  g_assert_true (g_file_set_contents (revision, "{\"values\": {\"logo\": \"logo-3.png\"}}", -1, NULL));

  pd_profile_set_text (profile, "logo", fitted, NULL);
  g_assert_cmpuint (drop_unused (store, profile, later), ==, 0);
  pd_profile_forget_undo (profile);
  g_assert_cmpuint (drop_unused (store, profile, later - 3600), ==, 0);
  g_assert_cmpuint (drop_unused (store, profile, later), ==, 2);
  g_assert_false (is_there (store, profile, "logo.png"));
  g_assert_true (is_there (store, profile, "logo-2.png"));
  g_assert_true (is_there (store, profile, "logo-3.png"));
  g_assert_false (is_there (store, profile, "logo-4.png"));
  g_assert_true (is_there (store, profile, fitted));
}

static const char unknown_members[] =
  "{\"format\": 1, \"id\": \"%s\", \"name\": \"Old\", \"novelty\": {\"deep\": [1, 2.5, 0.1, null, true, \"x\\u0001\"]},"
  " \"values\": {\"seller-id\": \"A1\", \"of-tomorrow\": {\"a\": -7}},"
  " \"secrets\": {\"private-key\": {\"stored\": \"2026-01-02T03:04:05Z\", \"where\": \"there\"}, \"new-secret\": 3},"
  " \"marks\": {\"seller-id\": {\"date\": \"2026-01-02T03:04:05Z\", \"revision\": 0, \"by\": \"me\"}}}";

static void
test_unknown_members (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  PdProfile *profile = add_profile (store, "Shop");
  g_autofree char *id = g_strdup (pd_profile_get_id (profile));
  g_autofree char *path = file_of (dir, profile);
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  JsonObject *object;
  const char *const expected[] = { "\"deep\":[1,2.5,0.1,null,true,\"x\\u0001\"]", "\"of-tomorrow\":{\"a\":-7}",
                                   "\"where\":\"there\"", "\"new-secret\":3", "\"by\":\"me\"" };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (unknown_members, id);
#pragma GCC diagnostic pop
  write_text (path, text);
  again = open_store (dir);
  g_assert_cmpuint (count (again), ==, 1);
  profile = pd_store_find (again, id, NULL);
  g_assert_cmpstr (pd_profile_get_name (profile), ==, "Old");
  g_assert_cmpint (pd_profile_get_mode (profile), ==, PD_MODE_ENABLED);
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", NULL), ==, PD_MARK_ENTERED);
  set (profile, "seller-id", "A2");
  g_assert_cmpint (pd_profile_get_mark (profile, "seller-id", NULL), ==, PD_MARK_STALE);
  pd_profile_set_mark (profile, "seller-id", TRUE);
  pd_profile_note_secret (profile, "private-key", now);
  save (again, profile);

  after = read_text (path);
  node = pd_json_parse (after, -1, &pd_json_limits_file, NULL);
  g_assert_nonnull (node);
  object = json_node_get_object (node);
  g_assert_true (json_object_has_member (object, "novelty"));
  g_free (after);
  after = pd_json_to_string (node, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_nonnull (strstr (after, expected[i]));
}

static void
test_newer_is_untouched (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  g_autoptr (PdSetAside) set_aside = NULL;
  g_autoptr (GError) error = NULL;
  PdProfile *profile = add_profile (store, "Shop");
  g_autofree char *path = file_of (dir, profile);
  g_autofree char *after = NULL;
  const char newer[] = "{\"format\": 2,   \"id\": 7, \"values\": \"quite different\"}";

  write_text (path, newer);

  /* A program that has it open does not write over it either. */
  set (profile, "seller-id", "A1");
  g_assert_false (pd_store_save (store, profile, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NEWER_FORMAT);
  g_clear_error (&error);

  again = open_store (dir);
  g_assert_cmpuint (count (again), ==, 0);
  g_assert_cmpuint (count_set_aside (again), ==, 1);
  set_aside = g_list_model_get_item (pd_store_get_set_aside (again), 0);
  g_assert_true (pd_set_aside_is_newer (set_aside));
  g_assert_cmpstr (pd_set_aside_get_path (set_aside), ==, path);
  g_assert_null (pd_store_find (again, pd_profile_get_id (profile), &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NEWER_FORMAT);
  after = read_text (path);
  g_assert_cmpstr (after, ==, newer);
}

/* Cut off after any byte, a file is set aside as it is, and a sound neighbour is read all the same. */
static void
test_damaged_at_every_byte (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  PdProfile *profile = add_profile (store, "Shop");
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  gsize length;

  set (profile, "seller-id", "A123456789");
  set (profile, "store-name", "ランタン商店");
  save (store, profile);
  add_profile (store, "Neighbour");
  path = file_of (dir, profile);
  whole = read_text (path);
  length = strlen (whole);

  for (gsize cut = 0; cut < length - 2; cut++) {
    g_autoptr (PdStore) again = NULL;
    g_autoptr (PdSetAside) set_aside = NULL;
    g_autofree char *aside = NULL;
    gsize aside_length;

    g_assert_true (g_file_set_contents (path, whole, (gssize) cut, NULL));
    again = open_store (dir);
    g_assert_cmpuint (count (again), ==, 1);
    g_assert_cmpuint (count_set_aside (again), ==, 1);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    set_aside = g_list_model_get_item (pd_store_get_set_aside (again), 0);
    g_assert_true (g_file_get_contents (pd_set_aside_get_path (set_aside), &aside, &aside_length, NULL));
    g_assert_cmpmem (aside, aside_length, whole, cut);
    if (strstr (aside, "A123456789\"") != NULL) {
      g_assert_nonnull (pd_set_aside_get_profile (set_aside));
      g_assert_cmpstr (pd_profile_get_text (pd_set_aside_get_profile (set_aside), "seller-id"), ==, "A123456789");
    }
    g_assert_cmpint (g_unlink (pd_set_aside_get_path (set_aside)), ==, 0);
  }
}

static void
count_damaged (PdStore    *store,
               const char *path,
               GError     *why,
               guint      *n)
{
  g_assert_error (why, PD_ERROR, PD_ERROR_DAMAGED_PROFILE);
  (*n)++;
}

static void
test_damaged_is_kept (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) first = pd_store_new (dir);
  g_autoptr (PdStore) second = pd_store_new (dir);
  g_autoptr (GError) error = NULL;
  PdProfile *profile = add_profile (store, "Shop");
  g_autofree char *path = file_of (dir, profile);
  guint n = 0;

  set (profile, "seller-id", "A123456789");
  write_text (path, "{\"format\": 1, \"name\": \"Shop\"");

  /* Who has it open writes its own, and sets the damaged one aside. */
  g_signal_connect (store, "damaged", G_CALLBACK (count_damaged), &n);
  save (store, profile);
  g_assert_cmpuint (n, ==, 1);

  g_signal_connect (first, "damaged", G_CALLBACK (count_damaged), &n);
  g_assert_true (pd_store_load (first, NULL));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (count (first), ==, 1);
  g_assert_cmpuint (count_set_aside (first), ==, 1);

  /* Damaged again: both stay, and it is told once. */
  write_text (path, "garbage");
  g_signal_connect (second, "damaged", G_CALLBACK (count_damaged), &n);
  g_assert_true (pd_store_load (second, NULL));
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (count (second), ==, 0);
  g_assert_cmpuint (count_set_aside (second), ==, 2);
  g_assert_null (pd_store_find (second, pd_profile_get_id (profile), &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_DAMAGED_PROFILE);
}

/* What could be read is taken over under the old id, to which its secrets belong; then the damaged file may go. */
static void
test_damaged_is_adopted (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  g_autoptr (PdSetAside) set_aside = NULL;
  PdProfile *profile = add_profile (store, "Shop");
  g_autofree char *path = file_of (dir, profile);
  g_autofree char *text = NULL;
  GError *error = NULL;

  set (profile, "seller-id", "A123456789");
  save (store, profile);
  text = read_text (path);
  text[strlen (text) - 3] = '\0';
  write_text (path, text);
  again = open_store (dir);
  set_aside = g_list_model_get_item (pd_store_get_set_aside (again), 0);
  pd_store_add (again, pd_set_aside_get_profile (set_aside), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (pd_set_aside_get_path (set_aside), G_FILE_TEST_EXISTS));
  g_assert_true (pd_store_drop_set_aside (again, set_aside, NULL));
  g_assert_cmpuint (count_set_aside (again), ==, 0);
  g_assert_false (pd_store_drop_set_aside (again, set_aside, NULL));

  g_clear_object (&again);
  again = open_store (dir);
  g_assert_cmpuint (count_set_aside (again), ==, 0);
  g_assert_cmpstr (pd_profile_get_text (pd_store_find (again, pd_profile_get_id (profile), NULL), "seller-id"), ==, "A123456789");
}

/* Whatever stands where a shop's file should, the sound neighbour is read. */
static void
test_oddities (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  const guint n_odd = 4;

  add_profile (store, "Neighbour");
  for (guint i = 0; i < n_odd; i++) {
    g_autofree char *id = g_uuid_string_random ();
    g_autofree char *folder = g_build_filename (dir, "profiles", id, NULL);
    g_autofree char *path = g_build_filename (folder, "profile.json", NULL);

    g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
    switch (i) {
    case 0: g_assert_cmpint (mkfifo (path, 0600), ==, 0); break;
    case 1: g_assert_cmpint (g_mkdir (path, 0700), ==, 0); break;
    case 2: g_assert_cmpint (symlink ("/dev/zero", path), ==, 0); break;
    default:
      write_text (path, "x");
      g_assert_cmpint (truncate (path, G_GINT64_CONSTANT (1) << 40), ==, 0);
    }
  }
  again = open_store (dir);
  g_assert_cmpuint (count (again), ==, 1);
  g_assert_cmpuint (count_set_aside (again), ==, n_odd);
}

static void
check_modes (const char *path)
{
  struct stat st;

  g_assert_cmpint (lstat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0077, ==, 0);
  if (S_ISDIR (st.st_mode)) {
    g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
    const char *name;

    g_assert_cmpint (st.st_mode & 0777, ==, 0700);
    while ((name = g_dir_read_name (folder)) != NULL) {
      g_autofree char *child = g_build_filename (path, name, NULL);

      check_modes (child);
    }
  } else {
    g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  }
}

static void
test_modes (void)
{
  static const mode_t masks[] = { 0, 0777, 0022 };

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++) {
    g_autoptr (TestDir) dir = make_dir ();
    g_autofree char *data = g_build_filename (dir, "data", NULL);
    mode_t before = umask (masks[i]);
    g_autoptr (PdStore) store = pd_store_new (data);
    g_autoptr (GBytes) logo = g_bytes_new_static ("x", 1);
    g_autofree char *name = NULL;
    PdProfile *profile, *gone;

    /* A folder that umask 0777 makes is closed to its own maker, if that is not root. */
    g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
    g_assert_cmpint (chmod (data, 0755), ==, 0);
    g_assert_true (pd_store_load (store, NULL));
    profile = add_profile (store, "Shop");
    name = pd_store_keep_file (store, profile, "logo", "png", logo, NULL);
    set (profile, "logo", name);
    save (store, profile);
    gone = add_profile (store, "Gone");
    g_assert_true (pd_store_remove (store, gone, NULL));
    umask (before);
    check_modes (data);
  }
}

static void
test_symlinks (void)
{
  g_autoptr (TestDir) dir = make_dir ();
  g_autoptr (TestDir) outside = make_dir ();
  g_autoptr (PdStore) store = open_store (dir);
  g_autoptr (PdStore) again = NULL;
  g_autoptr (GError) error = NULL;
  PdProfile *profile = add_profile (store, "Shop");
  g_autofree char *path = file_of (dir, profile);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *profiles = g_path_get_dirname (folder);
  g_autofree char *target = g_build_filename (outside, "profile.json", NULL);
  g_autofree char *before = read_text (path);
  g_autofree char *after = NULL;
  g_autofree char *moved = g_build_filename (outside, "profiles", NULL);

  /* The file is a link. */
  write_text (target, before);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink (target, path), ==, 0);
  set (profile, "seller-id", "A1");
  g_assert_false (pd_store_save (store, profile, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
  g_clear_error (&error);
  again = open_store (dir);
  g_assert_cmpuint (count (again), ==, 0);
  g_assert_cmpuint (count_set_aside (again), ==, 1);
  g_clear_object (&again);

  /* The profile's folder is a link. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (symlink (outside, folder), ==, 0);
  g_assert_false (pd_store_save (store, profile, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
  g_clear_error (&error);
  again = open_store (dir);
  g_assert_cmpuint (count (again), ==, 0);
  g_clear_object (&again);
  after = read_text (target);
  g_assert_cmpstr (after, ==, before);

  /* The folder of all profiles is a link. */
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (profiles, moved), ==, 0);
  g_assert_cmpint (symlink (moved, profiles), ==, 0);
  again = pd_store_new (dir);
  g_assert_false (pd_store_load (again, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/save/and-load", test_save_and_load);
  g_test_add_func ("/store/save/makes-the-folder", test_empty_folder);
  g_test_add_func ("/store/save/keeps-unknown-members", test_unknown_members);
  g_test_add_func ("/store/save/modes-under-any-umask", test_modes);
  g_test_add_func ("/store/save/follows-no-symlink", test_symlinks);
  g_test_add_func ("/store/find", test_find);
  g_test_add_func ("/store/make-name", test_make_name);
  g_test_add_func ("/store/order", test_order);
  g_test_add_func ("/store/many", test_many);
  g_test_add_func ("/store/remove-and-restore", test_remove_and_restore);
  g_test_add_func ("/store/duplicate", test_duplicate);
  g_test_add_func ("/store/kept-files", test_kept_files);
  g_test_add_func ("/store/unused-files", test_unused_files);
  g_test_add_func ("/store/newer-is-untouched", test_newer_is_untouched);
  g_test_add_func ("/store/damaged/at-every-byte", test_damaged_at_every_byte);
  g_test_add_func ("/store/damaged/is-kept", test_damaged_is_kept);
  g_test_add_func ("/store/damaged/is-adopted", test_damaged_is_adopted);
  g_test_add_func ("/store/oddities", test_oddities);
  return g_test_run ();
}
