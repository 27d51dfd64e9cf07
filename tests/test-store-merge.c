/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pd-error.h"
#include "pd-store.h"

/* Two stores on one folder: "mine" as the window has it, "theirs" as the command line has it. */
typedef struct {
  PdStore   *mine;
  PdStore   *theirs;
  PdProfile *my_shop;
  PdProfile *their_shop;
  guint      n_conflicts;
  guint      n_saved;
  guint      n_failed;
} Two;

static void
on_conflict (PdStore    *store,
             PdProfile  *profile,
             char      **field_ids,
             Two        *two)
{
  g_assert_nonnull (field_ids[0]);
  two->n_conflicts++;
}

static void
on_saved (PdStore   *store,
          PdProfile *profile,
          Two       *two)
{
  two->n_saved++;
}

static void
on_failed (PdStore   *store,
           PdProfile *profile,
           GError    *why,
           Two       *two)
{
  g_assert_error (why, PD_ERROR, PD_ERROR_STORAGE);
  two->n_failed++;
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
}

static PdStore *
open_store (const char *dir)
{
  PdStore *store = pd_store_new (dir);

  g_assert_true (pd_store_load (store, NULL));
  return store;
}

static void
set_up (Two           *two,
        gconstpointer  data)
{
  g_autofree char *dir = g_dir_make_tmp ("paydesk-merge-XXXXXX", NULL);
  g_autoptr (PdProfile) profile = pd_profile_new ("Shop");

  two->mine = pd_store_new (dir);
  set (profile, "seller-id", "A000000000");
  g_assert_true (pd_store_add (two->mine, profile, NULL));
  two->my_shop = profile;
  two->theirs = open_store (dir);
  two->their_shop = pd_store_find (two->theirs, "Shop", NULL);
  g_signal_connect (two->mine, "conflict", G_CALLBACK (on_conflict), two);
  g_signal_connect (two->mine, "saved", G_CALLBACK (on_saved), two);
  g_signal_connect (two->mine, "save-failed", G_CALLBACK (on_failed), two);
  if (data != NULL) {
    pd_store_watch (two->mine);
    pd_store_set_autosave (two->mine, TRUE);
  }
}

static void
tear_down (Two           *two,
           gconstpointer  data)
{
  g_assert_finalize_object (two->theirs);
  /* What runs in a worker thread may hold it a moment longer. */
  g_object_add_weak_pointer (G_OBJECT (two->mine), (gpointer *) &two->mine);
  pd_store_set_autosave (two->mine, FALSE);
  g_object_unref (two->mine);
  while (two->mine != NULL)
    g_main_context_iteration (NULL, TRUE);
}

#define wait_until(condition) \
  G_STMT_START { \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
  } G_STMT_END

static gboolean
has (PdProfile  *profile,
     const char *field_id,
     const char *value)
{
  return g_str_equal (pd_profile_get_text (profile, field_id), value);
}

static void
test_other_fields (Two           *two,
                   gconstpointer  data)
{
  g_autoptr (PdStore) again = NULL;
  PdProfile *shop;

  set (two->my_shop, "seller-id", "A111111111");
  set (two->my_shop, "name", "Mine");
  set (two->their_shop, "client-id", "theirs");
  set (two->their_shop, "mode", "disabled");
  pd_profile_set_mark (two->their_shop, "client-id", TRUE);
  save (two->theirs, two->their_shop);
  save (two->mine, two->my_shop);

  g_assert_true (has (two->my_shop, "client-id", "theirs"));
  g_assert_cmpint (pd_profile_get_mode (two->my_shop), ==, PD_MODE_DISABLED);
  g_assert_cmpint (pd_profile_get_mark (two->my_shop, "client-id", NULL), ==, PD_MARK_ENTERED);
  again = open_store (pd_store_get_dir (two->mine));
  shop = pd_store_find (again, "Mine", NULL);
  g_assert_nonnull (shop);
  g_assert_true (has (shop, "seller-id", "A111111111"));
  g_assert_true (has (shop, "client-id", "theirs"));
  g_assert_cmpint (pd_profile_get_mode (shop), ==, PD_MODE_DISABLED);
}

static void
test_same_change (Two           *two,
                  gconstpointer  data)
{
  set (two->my_shop, "seller-id", "A111111111");
  set (two->their_shop, "seller-id", "A111111111");
  save (two->theirs, two->their_shop);
  save (two->mine, two->my_shop);
  g_assert_false (pd_store_is_dirty (two->mine, two->my_shop));
}

/* The command line refuses, names the field, and writes nothing. */
static void
test_same_field_refused (Two           *two,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdStore) again = NULL;
  PdProfile *shop;

  set (two->my_shop, "seller-id", "A111111111");
  set (two->my_shop, "store-name", "Mine");
  save (two->mine, two->my_shop);
  set (two->their_shop, "seller-id", "A222222222");
  set (two->their_shop, "description", "Theirs");
  g_assert_false (pd_store_save (two->theirs, two->their_shop, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "seller-id"));
  g_assert_null (strstr (error->message, "store-name"));
  again = open_store (pd_store_get_dir (two->mine));
  shop = pd_store_find (again, "Shop", NULL);
  g_assert_true (has (shop, "seller-id", "A111111111"));
  g_assert_true (has (shop, "description", "Amazon Pay"));
}

static void
make_conflict (Two *two)
{
  pd_store_set_autosave (two->mine, FALSE);
  set (two->my_shop, "seller-id", "A111111111");
  set (two->my_shop, "store-name", "Mine");
  set (two->their_shop, "seller-id", "A222222222");
  set (two->their_shop, "client-id", "theirs");
  pd_profile_set_mark (two->their_shop, "seller-id", TRUE);
  save (two->theirs, two->their_shop);
}

static void
check_disk (Two        *two,
            const char *seller_id)
{
  g_autoptr (PdStore) again = open_store (pd_store_get_dir (two->mine));
  PdProfile *shop = pd_store_find (again, "Shop", NULL);

  g_assert_cmpstr (pd_profile_get_text (shop, "seller-id"), ==, seller_id);
  g_assert_cmpstr (pd_profile_get_text (shop, "store-name"), ==, "Mine");
  g_assert_cmpstr (pd_profile_get_text (shop, "client-id"), ==, "theirs");
}

/* The window saves the other fields, keeps both values, and asks. */
static void
test_asked (Two           *two,
            gconstpointer  keep_mine)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) fields = NULL;
  g_autofree char *theirs = NULL;

  pd_store_watch (two->mine);
  make_conflict (two);
  g_assert_false (pd_store_save (two->mine, two->my_shop, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_CONFLICT);
  g_assert_cmpuint (two->n_conflicts, ==, 1);
  fields = pd_store_get_conflicts (two->mine, two->my_shop);
  g_assert_cmpuint (g_strv_length (fields), ==, 1);
  g_assert_cmpstr (fields[0], ==, "seller-id");
  theirs = pd_store_get_theirs (two->mine, two->my_shop, "seller-id");
  g_assert_cmpstr (theirs, ==, "A222222222");
  g_assert_true (has (two->my_shop, "seller-id", "A111111111"));
  g_assert_cmpint (pd_profile_get_mark (two->my_shop, "seller-id", NULL), !=, PD_MARK_ENTERED);
  check_disk (two, "A222222222");

  /* Meanwhile other fields go on being saved. */
  set (two->my_shop, "support-email", "a@example.jp");
  g_clear_error (&error);
  g_assert_false (pd_store_save (two->mine, two->my_shop, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_CONFLICT);
  check_disk (two, "A222222222");
  g_assert_cmpuint (two->n_conflicts, ==, 1);

  pd_store_resolve (two->mine, two->my_shop, keep_mine != NULL);
  save (two->mine, two->my_shop);
  g_assert_false (pd_store_is_dirty (two->mine, two->my_shop));
  check_disk (two, keep_mine != NULL ? "A111111111" : "A222222222");
  g_assert_cmpint (pd_profile_get_mark (two->my_shop, "seller-id", NULL), ==,
                   keep_mine != NULL ? PD_MARK_STALE : PD_MARK_ENTERED);
}

/* Typing on while the other program's value stands against this one's: both still there. */
static void
test_asked_while_typing (Two           *two,
                         gconstpointer  data)
{
  g_autofree char *theirs = NULL;

  make_conflict (two);
  pd_store_watch (two->mine);
  wait_until (two->n_conflicts == 1);
  g_assert_true (has (two->my_shop, "client-id", "theirs"));
  set (two->my_shop, "seller-id", "A333333333");
  g_assert_false (pd_store_save (two->mine, two->my_shop, NULL));
  check_disk (two, "A222222222");
  g_assert_true (has (two->my_shop, "seller-id", "A333333333"));

  /* Taking over the other's value by hand ends it as well. */
  set (two->my_shop, "seller-id", "A222222222");
  pd_store_resolve (two->mine, two->my_shop, TRUE);
  save (two->mine, two->my_shop);
  check_disk (two, "A222222222");
}

static void
test_watch_edits (Two           *two,
                  gconstpointer  data)
{
  g_autoptr (PdProfile) added = pd_profile_new ("Added");

  set (two->their_shop, "client-id", "theirs");
  save (two->theirs, two->their_shop);
  wait_until (has (two->my_shop, "client-id", "theirs"));
  g_assert_false (pd_store_is_dirty (two->mine, two->my_shop));

  g_assert_true (pd_store_add (two->theirs, added, NULL));
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (two->mine)) == 2);
  g_assert_true (pd_store_remove (two->theirs, added, NULL));
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (two->mine)) == 1);
  g_assert_true (pd_store_restore (two->theirs, pd_profile_get_id (added), NULL));
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (two->mine)) == 2);
}

/* An editor or a script that knows nothing of us. */
static void
test_watch_foreign (Two           *two,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (pd_store_get_dir (two->mine), "profiles",
                                            pd_profile_get_id (two->my_shop), "profile.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) edited = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  edited = g_string_new (text);
  g_assert_cmpuint (g_string_replace (edited, "A000000000", "A999999999", 0), ==, 1);
  g_assert_true (g_file_set_contents (path, edited->str, -1, NULL));
  wait_until (has (two->my_shop, "seller-id", "A999999999"));

  /* Damaged under an open shop: set aside, and what is open is written again. */
  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  wait_until (g_list_model_get_n_items (pd_store_get_set_aside (two->mine)) == 1);
  wait_until (!pd_store_is_dirty (two->mine, two->my_shop));
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "A999999999"));
}

/* Deleted elsewhere: gone here too, except that an edit which is not saved yet brings it back. */
static void
test_watch_deletion (Two           *two,
                     gconstpointer  data)
{
  g_autofree char *id = g_strdup (pd_profile_get_id (two->my_shop));

  g_assert_true (pd_store_remove (two->theirs, two->their_shop, NULL));
  g_assert_true (pd_store_purge (two->theirs, id, NULL));
  set (two->my_shop, "client-id", "typed meanwhile");
  wait_until (!pd_store_is_dirty (two->mine, two->my_shop));
  g_clear_object (&two->theirs);
  two->theirs = open_store (pd_store_get_dir (two->mine));
  two->their_shop = pd_store_find (two->theirs, id, NULL);
  g_assert_nonnull (two->their_shop);
  g_assert_true (has (two->their_shop, "client-id", "typed meanwhile"));
}

/* A newer Paydesk has written the file: the shop is here as it was, and stays. */
static void
test_watch_unreadable (Two           *two,
                       gconstpointer  data)
{
  g_autofree char *newer = g_strdup_printf ("{ \"format\": 999, \"id\": \"%s\" }", pd_profile_get_id (two->my_shop));
  g_autofree char *path = g_build_filename (pd_store_get_dir (two->mine), "profiles", pd_profile_get_id (two->my_shop), "profile.json", NULL);
  g_autofree char *kept = NULL;
  GListModel *set_aside = pd_store_get_set_aside (two->mine);
  PdProfile *other;

  g_assert_true (g_file_set_contents (path, newer, -1, NULL));
  wait_until (g_list_model_get_n_items (set_aside) == 1);
  /* The scan that sees this one is over with the other. */
  other = pd_profile_new ("Other");
  g_assert_true (pd_store_add (two->theirs, other, NULL));
  g_object_unref (other);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (two->mine)) != 1);
  g_assert_true (pd_store_find (two->mine, "Shop", NULL) == two->my_shop);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (two->mine)), ==, 2);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, newer);
}

static void
test_deleted_elsewhere (Two           *two,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pd_store_remove (two->theirs, two->their_shop, NULL));
  set (two->my_shop, "client-id", "x");
  g_assert_false (pd_store_save (two->mine, two->my_shop, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
}

/* An undo of one's own must not take back what the other program wrote since. */
static void
test_undo_spares_theirs (Two           *two,
                         gconstpointer  data)
{
  set (two->my_shop, "seller-id", "A111111111");
  set (two->my_shop, "store-name", "Mine");
  save (two->mine, two->my_shop);
  pd_store_watch (two->mine);
  g_clear_object (&two->theirs);
  two->theirs = open_store (pd_store_get_dir (two->mine));
  two->their_shop = pd_store_find (two->theirs, "Shop", NULL);
  set (two->their_shop, "seller-id", "A222222222");
  save (two->theirs, two->their_shop);
  wait_until (has (two->my_shop, "seller-id", "A222222222"));
  while (pd_profile_undo (two->my_shop) != NULL)
    ;
  g_assert_true (has (two->my_shop, "seller-id", "A222222222"));
  g_assert_true (has (two->my_shop, "store-name", ""));
}

static void
test_autosave (Two           *two,
               gconstpointer  data)
{
  g_autoptr (PdStore) again = NULL;

  for (guint i = 0; i < 50; i++) {
    g_autofree char *text = g_strdup_printf ("Store %u", i);

    set (two->my_shop, "store-name", text);
  }
  g_assert_true (pd_store_is_dirty (two->mine, two->my_shop));
  wait_until (!pd_store_is_dirty (two->mine, two->my_shop));
  again = open_store (pd_store_get_dir (two->mine));
  g_assert_true (has (pd_store_find (again, "Shop", NULL), "store-name", "Store 49"));

  /* A burst is few writes, not fifty. */
  g_assert_cmpuint (pd_profile_get_revision (two->my_shop), <, 10);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

/* On closing, what is not saved yet is saved at once; what is typed during a save is saved after it. */
static void
test_save_all (Two           *two,
               gconstpointer  data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) all = NULL;
  g_autoptr (PdStore) again = NULL;

  set (two->my_shop, "store-name", "One");
  pd_store_save_async (two->mine, two->my_shop, NULL, on_result, &first);
  set (two->my_shop, "store-name", "Two");
  pd_store_save_async (two->mine, two->my_shop, NULL, on_result, &second);
  set (two->my_shop, "client-id", "three");
  save (two->mine, two->my_shop);
  set (two->my_shop, "client-id", "four");
  pd_store_save_all_async (two->mine, NULL, on_result, &all);
  wait_until (first != NULL && second != NULL && all != NULL);
  g_assert_true (pd_store_save_finish (two->mine, first, NULL));
  g_assert_true (pd_store_save_finish (two->mine, second, NULL));
  g_assert_true (pd_store_save_all_finish (two->mine, all, NULL));
  g_assert_false (pd_store_is_dirty (two->mine, NULL));
  again = open_store (pd_store_get_dir (two->mine));
  g_assert_true (has (pd_store_find (again, "Shop", NULL), "store-name", "Two"));
  g_assert_true (has (pd_store_find (again, "Shop", NULL), "client-id", "four"));
  g_assert_cmpuint (two->n_conflicts, ==, 0);
}

static void
test_load_async (Two           *two,
                 gconstpointer  data)
{
  g_autoptr (PdStore) store = pd_store_new (pd_store_get_dir (two->mine));
  g_autoptr (GAsyncResult) result = NULL;

  pd_store_load_async (store, NULL, on_result, &result);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  wait_until (result != NULL);
  g_assert_true (pd_store_load_finish (store, result, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
}

/* A disk that refuses, here because something else stands where the folder should: told, and tried again. */
static void
test_autosave_failure (Two           *two,
                       gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (pd_store_get_dir (two->mine), "profiles", pd_profile_get_id (two->my_shop), NULL);
  g_autofree char *away = g_strconcat (folder, "-away", NULL);

  g_assert_cmpint (g_rename (folder, away), ==, 0);
  g_assert_true (g_file_set_contents (folder, "x", 1, NULL));
  set (two->my_shop, "store-name", "Mine");
  wait_until (two->n_failed == 1);
  g_assert_true (pd_store_is_dirty (two->mine, two->my_shop));
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  wait_until (!pd_store_is_dirty (two->mine, two->my_shop));
}

#define add(path, data, func) g_test_add (path, Two, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/merge/other-fields", NULL, test_other_fields);
  add ("/store/merge/same-change", NULL, test_same_change);
  add ("/store/merge/same-field-is-refused", NULL, test_same_field_refused);
  g_test_add ("/store/merge/asked-keep-mine", Two, "mine", set_up, test_asked, tear_down);
  add ("/store/merge/asked-keep-theirs", NULL, test_asked);
  add ("/store/merge/asked-while-typing", NULL, test_asked_while_typing);
  add ("/store/merge/deleted-elsewhere", NULL, test_deleted_elsewhere);
  add ("/store/merge/undo-spares-theirs", NULL, test_undo_spares_theirs);
  add ("/store/watch/edits", "watch", test_watch_edits);
  add ("/store/watch/foreign", "watch", test_watch_foreign);
  add ("/store/watch/deletion", "watch", test_watch_deletion);
  add ("/store/watch/unreadable", "watch", test_watch_unreadable);
  add ("/store/autosave/debounced", "watch", test_autosave);
  add ("/store/autosave/failure", "watch", test_autosave_failure);
  add ("/store/save-all", "watch", test_save_all);
  add ("/store/load-async", NULL, test_load_async);
  return g_test_run ();
}
