/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "pd-catalogue.h"
#include "pd-desk.h"
#include "pd-error.h"
#include "pd-key.h"
#include "pd-shape.h"
#include "pd-test-keyring.h"
#include "pd-test-util.h"

#define SECRET "client-secret"
#define TOKEN  "mws-auth-token"

/* A desk on a folder of its own. Closing and opening it again is what a new start of the program finds. */
typedef struct {
  char      *dir;
  PdStore   *store;
  PdSecrets *secrets;
  PdDesk    *desk;
  PdProfile *profile;
} Fixture;

static void
open_desk (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = pd_store_new (fixture->dir);
  g_assert_true (pd_store_load (fixture->store, &error));
  fixture->secrets = pd_secrets_new ();
  fixture->desk = pd_desk_new (fixture->store, fixture->secrets);
}

static void
close_desk (Fixture *fixture)
{
  gpointer store = fixture->store;
  gpointer secrets = fixture->secrets;

  g_object_add_weak_pointer (store, &store);
  g_object_add_weak_pointer (secrets, &secrets);
  g_clear_object (&fixture->profile);
  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->secrets);
  g_clear_object (&fixture->store);
  /* What is still under way holds them, and a thread may be the last to let go. */
  while (secrets != NULL || store != NULL) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

/* As after a crash: nothing is saved or completed on the way out. */
static void
restart (Fixture *fixture)
{
  g_autofree char *id = g_strdup (pd_profile_get_id (fixture->profile));

  close_desk (fixture);
  open_desk (fixture);
  g_set_object (&fixture->profile, pd_store_find (fixture->store, id, NULL));
}

static PdProfile *
add_profile (Fixture    *fixture,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  PdProfile         *profile = pd_profile_new (name);

  g_assert_true (pd_store_add (fixture->store, profile, &error));
  pd_store_save (fixture->store, profile, &error);
  g_assert_no_error (error);
  return profile;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("desk.XXXXXX", &error);
  g_assert_no_error (error);
  open_desk (fixture);
  fixture->profile = add_profile (fixture, "A shop");
}

/* The keyring is left as it was found. */
static void
empty_keyring (PdSecrets *secrets)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    all = NULL;

  pd_secrets_list_all_async (secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  all = pd_secrets_list_all_finish (secrets, result, NULL);
  for (guint i = 0; all != NULL && i < all->len; i++) {
    g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (all, i), "/", 2);

    pd_test_delete (secrets, parts[0], NULL, NULL);
  }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const argv[] = { "rm", "-rf", fixture->dir, NULL };

  empty_keyring (fixture->secrets);
  close_desk (fixture);
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
  g_free (fixture->dir);
}

static gboolean
set_secret (Fixture     *fixture,
            PdProfile   *profile,
            const char  *field,
            const char  *value,
            GError     **error)
{
  g_autoptr (PdSecretText) text = pd_secret_text_new (value);
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_set_secret_async (fixture->desk, profile, field, text, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_desk_set_secret_finish (fixture->desk, result, error);
}

static gboolean
unset_secret (Fixture     *fixture,
              PdProfile   *profile,
              const char  *field,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_unset_secret_async (fixture->desk, profile, field, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_desk_unset_secret_finish (fixture->desk, result, error);
}

static void
must_set (Fixture    *fixture,
          const char *field,
          const char *value)
{
  g_autoptr (GError) error = NULL;

  set_secret (fixture, fixture->profile, field, value, &error);
  g_assert_no_error (error);
}

static PdSecretState
get_state (Fixture     *fixture,
           PdProfile   *profile,
           const char  *field,
           GError     **why)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable)   states = NULL;

  pd_desk_get_states_async (fixture->desk, profile, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  states = pd_desk_get_states_finish (fixture->desk, result, why);
  g_assert_nonnull (states);
  g_assert_true (g_hash_table_contains (states, field));
  return GPOINTER_TO_UINT (g_hash_table_lookup (states, field));
}

static void
assert_state (Fixture       *fixture,
              const char    *field,
              PdSecretState  expected)
{
  g_autoptr (GError) why = NULL;

  g_assert_cmpstr (pd_secret_state_to_id (get_state (fixture, fixture->profile, field, &why)), ==, pd_secret_state_to_id (expected));
  g_assert_true ((why != NULL) == (expected == PD_SECRET_UNKNOWN));
}

static void
assert_secret (Fixture    *fixture,
               const char *field,
               const char *expected)
{
  pd_test_assert_value (fixture->secrets, pd_profile_get_id (fixture->profile), field, expected);
}

static gboolean
is_noted (PdProfile  *profile,
          const char *field)
{
  g_autoptr (GDateTime) stored = pd_profile_get_secret_stored (profile, field);

  return stored != NULL;
}

static gboolean
complete_deletions (Fixture     *fixture,
                    const char  *id,
                    GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_complete_deletions_async (fixture->desk, id, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_desk_complete_deletions_finish (fixture->desk, result, error);
}

static GPtrArray *
list_orphans (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  GPtrArray               *orphans;

  pd_desk_list_orphans_async (fixture->desk, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  orphans = pd_desk_list_orphans_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  return orphans;
}

/* What undo does to the keyring takes as long as the keyring takes: as a person would see it, by asking again. */
typedef struct {
  Fixture    *fixture;
  const char *field;
  const char *expected;
} Expectation;

static gboolean
is_as_expected (gpointer data)
{
  Expectation             *expectation = data;
  g_autoptr (PdSecretText) text = pd_test_lookup (expectation->fixture->secrets,
                                                  pd_profile_get_id (expectation->fixture->profile), expectation->field, NULL);

  return g_strcmp0 (text != NULL ? pd_secret_text_peek (text) : NULL, expectation->expected) == 0 &&
         is_noted (expectation->fixture->profile, expectation->field) == (expectation->expected != NULL);
}

static void
until_secret_is (Fixture    *fixture,
                 const char *field,
                 const char *expected)
{
  Expectation expectation = { fixture, field, expected };

  pd_test_until (is_as_expected, &expectation);
}

static void
test_set_and_unset (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  assert_state (fixture, SECRET, PD_SECRET_NO);
  must_set (fixture, SECRET, "one");
  assert_secret (fixture, SECRET, "one");
  assert_state (fixture, SECRET, PD_SECRET_YES);
  assert_state (fixture, TOKEN, PD_SECRET_NO);
  g_assert_false (pd_store_is_dirty (fixture->store, fixture->profile));

  restart (fixture);
  g_assert_true (is_noted (fixture->profile, SECRET));
  assert_state (fixture, SECRET, PD_SECRET_YES);
  assert_secret (fixture, SECRET, "one");

  unset_secret (fixture, fixture->profile, SECRET, &error);
  g_assert_no_error (error);
  assert_secret (fixture, SECRET, NULL);
  assert_state (fixture, SECRET, PD_SECRET_NO);
  restart (fixture);
  assert_state (fixture, SECRET, PD_SECRET_NO);
  /* twice is no error */
  unset_secret (fixture, fixture->profile, SECRET, &error);
  g_assert_no_error (error);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const rows[][2] = { { "name", "x" }, { "seller-id", "A" }, { "no-such-field", "x" }, { "return-urls", "x" } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_false (set_secret (fixture, fixture->profile, rows[i][0], rows[i][1], &error));
    g_assert_error (error, PD_ERROR, PD_ERROR_NOT_FOUND);
    g_clear_error (&error);
  }
  must_set (fixture, SECRET, "kept");
  g_assert_false (set_secret (fixture, fixture->profile, SECRET, "", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  g_clear_error (&error);
  g_assert_false (set_secret (fixture, fixture->profile, SECRET, "two\nlines", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  assert_secret (fixture, SECRET, "kept");
  g_assert_cmpuint (pd_secrets_get_n_pending (fixture->secrets), ==, 0);
}

/* Canary, D2: no error echoes what it refuses. */
static void
test_private_key (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (PdKey)        key = pd_key_generate (2048, &error);
  g_autoptr (PdSecretText) pem = pd_key_to_pem (key);
  g_autoptr (PdSecretText) stored = pd_key_to_stored (key);

  g_assert_nonnull (strchr (pd_secret_text_peek (pem), '\n'));
  must_set (fixture, "private-key", pd_secret_text_peek (pem));
  g_assert_null (strchr (pd_secret_text_peek (stored), '\n'));
  assert_secret (fixture, "private-key", pd_secret_text_peek (stored));

  g_assert_false (set_secret (fixture, fixture->profile, "private-key", "CANARY5f1e7c0a no key at all", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_KEY);
  g_assert_null (strstr (error->message, "CANARY"));
  g_clear_error (&error);
  g_assert_false (set_secret (fixture, fixture->profile, "private-key",
                              "-----BEGIN PRIVATE KEY-----\nQ0FOQVJZNWYxZTdjMGE=\n-----END PRIVATE KEY-----\n", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_KEY);
  g_assert_null (strstr (error->message, "Q0FOQVJZ"));
  assert_secret (fixture, "private-key", pd_secret_text_peek (stored));
  g_assert_cmpuint (pd_secrets_get_n_pending (fixture->secrets), ==, 0);
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  must_set (fixture, SECRET, "one");
  must_set (fixture, SECRET, "two");
  /* the same again is no step */
  must_set (fixture, SECRET, "two");
  g_assert_cmpstr (pd_profile_undo (fixture->profile), ==, SECRET);
  until_secret_is (fixture, SECRET, "one");
  g_assert_cmpstr (pd_profile_undo (fixture->profile), ==, SECRET);
  until_secret_is (fixture, SECRET, NULL);
  g_assert_false (pd_profile_can_undo (fixture->profile));
  g_assert_cmpstr (pd_profile_redo (fixture->profile), ==, SECRET);
  g_assert_cmpstr (pd_profile_redo (fixture->profile), ==, SECRET);
  until_secret_is (fixture, SECRET, "two");

  unset_secret (fixture, fixture->profile, SECRET, &error);
  g_assert_no_error (error);
  assert_secret (fixture, SECRET, NULL);
  pd_profile_undo (fixture->profile);
  until_secret_is (fixture, SECRET, "two");
  assert_state (fixture, SECRET, PD_SECRET_YES);
}

/* As fast as keys can be pressed: the keyring ends where the profile does. */
static void
test_undo_in_a_hurry (Fixture       *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < 5; i++) {
    g_autofree char *value = g_strdup_printf ("value %u", i);

    must_set (fixture, SECRET, value);
  }
  for (guint i = 0; i < 5; i++)
    pd_profile_undo (fixture->profile);
  for (guint i = 0; i < 3; i++)
    pd_profile_redo (fixture->profile);
  until_secret_is (fixture, SECRET, "value 2");
  restart (fixture);
  assert_secret (fixture, SECRET, "value 2");
}

static void
test_preset_token (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable)   fetched = NULL;
  g_autoptr (GError)       error = NULL;

  must_set (fixture, TOKEN, "amzn.mws.a-token");
  must_set (fixture, TOKEN, PD_PRESET_TOKEN);
  restart (fixture);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, TOKEN), ==, PD_PRESET_TOKEN);
  /* the old token is still there, but it is not what the shop has */
  assert_secret (fixture, TOKEN, "amzn.mws.a-token");
  pd_desk_fetch_secrets_async (fixture->desk, fixture->profile, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  fetched = pd_desk_fetch_secrets_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (fetched), ==, 0);

  /* a real token takes its place, and undo brings the text back with the token before */
  must_set (fixture, TOKEN, "amzn.mws.another");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, TOKEN), ==, "");
  pd_profile_undo (fixture->profile);
  until_secret_is (fixture, TOKEN, "amzn.mws.a-token");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, TOKEN), ==, PD_PRESET_TOKEN);
  pd_profile_redo (fixture->profile);
  until_secret_is (fixture, TOKEN, "amzn.mws.another");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, TOKEN), ==, "");

  /* the very token that is in the keyring, again */
  must_set (fixture, TOKEN, PD_PRESET_TOKEN);
  must_set (fixture, TOKEN, "amzn.mws.another");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, TOKEN), ==, "");

  must_set (fixture, TOKEN, PD_PRESET_TOKEN);
  unset_secret (fixture, fixture->profile, TOKEN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, TOKEN), ==, "");
  assert_secret (fixture, TOKEN, NULL);
}

static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const argv[] = { "secret-tool", "clear", "profile", pd_profile_get_id (fixture->profile), "field", SECRET, NULL };

  must_set (fixture, SECRET, "one");
  must_set (fixture, TOKEN, "two");
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
  assert_state (fixture, SECRET, PD_SECRET_LOST);
  assert_state (fixture, TOKEN, PD_SECRET_YES);
  assert_state (fixture, "private-key", PD_SECRET_NO);
  must_set (fixture, SECRET, "one");
  assert_state (fixture, SECRET, PD_SECRET_YES);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  must_set (fixture, SECRET, "old");
  must_set (fixture, "secret-access-key", "stays");
  pd_test_lock_keyring ();
  assert_state (fixture, SECRET, PD_SECRET_UNKNOWN);
  assert_state (fixture, TOKEN, PD_SECRET_UNKNOWN);

  /* what is typed is held, and nothing else changes */
  g_assert_false (set_secret (fixture, fixture->profile, SECRET, "new", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (set_secret (fixture, fixture->profile, TOKEN, "token", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpuint (pd_secrets_get_n_pending (fixture->secrets), ==, 2);
  g_assert_cmpint (get_state (fixture, fixture->profile, SECRET, NULL), ==, PD_SECRET_PENDING);
  assert_secret (fixture, SECRET, "new");
  g_assert_false (is_noted (fixture->profile, TOKEN));

  g_assert_false (unset_secret (fixture, fixture->profile, "secret-access-key", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_true (is_noted (fixture->profile, "secret-access-key"));

  /* the person thinks better of one of them, which was never stored */
  unset_secret (fixture, fixture->profile, TOKEN, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_secrets_get_n_pending (fixture->secrets), ==, 1);
  g_assert_false (set_secret (fixture, fixture->profile, TOKEN, "another token", &error));
  g_clear_error (&error);

  pd_test_unlock_keyring ();
  pd_secrets_retry_async (fixture->secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  pd_secrets_retry_finish (fixture->secrets, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_secrets_get_n_pending (fixture->secrets), ==, 0);
  until_secret_is (fixture, SECRET, "new");
  until_secret_is (fixture, TOKEN, "another token");
  assert_secret (fixture, "secret-access-key", "stays");
  assert_state (fixture, TOKEN, PD_SECRET_YES);
}

static void
count_failure (PdDesk    *desk,
               PdProfile *profile,
               char      *field_id,
               GError    *error,
               guint     *n_failures)
{
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  ++*n_failures;
}

static gboolean
is_three (gpointer n)
{
  return *(guint *) n == 3;
}

static void
test_undo_while_locked (Fixture       *fixture,
                        gconstpointer  data)
{
  guint n_failures = 0;

  g_signal_connect (fixture->desk, "restore-failed", G_CALLBACK (count_failure), &n_failures);
  must_set (fixture, TOKEN, "first");
  must_set (fixture, SECRET, "one");
  must_set (fixture, SECRET, "two");
  pd_test_lock_keyring ();
  pd_profile_undo (fixture->profile);
  while (n_failures == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_state (fixture, fixture->profile, SECRET, NULL), ==, PD_SECRET_PENDING);
  assert_secret (fixture, SECRET, "one");

  /* what cannot be deleted stays noted as stored; what waited and was undone waits no more */
  pd_profile_undo (fixture->profile);
  pd_profile_undo (fixture->profile);
  pd_test_until (is_three, &n_failures);
  g_assert_cmpuint (pd_secrets_get_n_pending (fixture->secrets), ==, 0);
  pd_test_unlock_keyring ();
  assert_secret (fixture, TOKEN, "first");
  assert_state (fixture, TOKEN, PD_SECRET_YES);
  assert_secret (fixture, SECRET, "two");
  assert_state (fixture, SECRET, PD_SECRET_YES);
  g_assert_true (is_noted (fixture->profile, SECRET));
}

static gboolean
is_deleted (Fixture    *fixture,
            const char *id)
{
  return pd_store_find (fixture->store, id, NULL) == NULL;
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = g_strdup (pd_profile_get_id (fixture->profile));
  g_autoptr (PdProfile) other = add_profile (fixture, "Another shop");

  must_set (fixture, SECRET, "one");
  must_set (fixture, TOKEN, "two");
  g_assert_true (set_secret (fixture, other, SECRET, "the other's", &error));

  /* undo: all is as it was */
  g_assert_true (pd_desk_delete_profile (fixture->desk, fixture->profile, &error));
  g_assert_true (is_deleted (fixture, id));
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 3);
  {
    g_autoptr (GPtrArray) orphans = list_orphans (fixture);

    g_assert_cmpuint (orphans->len, ==, 0);
  }
  g_assert_true (pd_desk_undo_delete (fixture->desk, id, &error));
  g_set_object (&fixture->profile, pd_store_find (fixture->store, id, &error));
  g_assert_no_error (error);
  assert_state (fixture, SECRET, PD_SECRET_YES);
  assert_state (fixture, TOKEN, PD_SECRET_YES);

  /* a crash before it was completed: the next start completes it, and as long as the keyring is locked it waits */
  g_assert_true (pd_desk_delete_profile (fixture->desk, fixture->profile, &error));
  g_clear_object (&other);
  restart (fixture);
  g_assert_null (fixture->profile);
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 3);
  pd_test_lock_keyring ();
  g_assert_false (complete_deletions (fixture, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  pd_test_unlock_keyring ();
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 3);
  {
    g_auto (GStrv) trash = pd_store_list_trash (fixture->store);

    g_assert_cmpuint (g_strv_length (trash), ==, 1);
  }
  complete_deletions (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 1);
  {
    g_auto (GStrv) trash = pd_store_list_trash (fixture->store);

    g_assert_cmpuint (g_strv_length (trash), ==, 0);
  }
}

/* A crash between the two deletions: the items gone, the folder still there. */
static void
test_delete_half_done (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError)  error = NULL;
  g_autofree char    *id = g_strdup (pd_profile_get_id (fixture->profile));

  must_set (fixture, SECRET, "one");
  g_assert_true (pd_desk_delete_profile (fixture->desk, fixture->profile, &error));
  g_assert_true (pd_test_delete (fixture->secrets, id, NULL, &error));
  restart (fixture);
  complete_deletions (fixture, NULL, &error);
  g_assert_no_error (error);
  {
    g_auto (GStrv) trash = pd_store_list_trash (fixture->store);

    g_assert_cmpuint (g_strv_length (trash), ==, 0);
  }
}

/* G7: stored, and then not noted. */
static void
test_stored_but_not_noted (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pd_test_store (fixture->secrets, pd_profile_get_id (fixture->profile), SECRET, "one", &error));
  restart (fixture);
  assert_state (fixture, SECRET, PD_SECRET_YES);
  must_set (fixture, SECRET, "one");
  g_assert_true (is_noted (fixture->profile, SECRET));
  g_assert_false (pd_store_is_dirty (fixture->store, fixture->profile));
}

static void
test_orphans (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (PdProfile) damaged = add_profile (fixture, "Damaged");
  g_autofree char      *path = g_build_filename (fixture->dir, "profiles", pd_profile_get_id (damaged), "profile.json", NULL);
  g_autoptr (GPtrArray) orphans = NULL;

  must_set (fixture, SECRET, "one");
  g_assert_true (set_secret (fixture, damaged, SECRET, "two", &error));
  g_clear_object (&damaged);
  g_assert_true (g_file_set_contents (path, "{", -1, &error));
  restart (fixture);
  g_assert_true (pd_test_store (fixture->secrets, "00000000-1111-2222-3333-444444444444", SECRET, "three", &error));
  orphans = list_orphans (fixture);
  g_assert_cmpuint (orphans->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (orphans, 0), ==, "00000000-1111-2222-3333-444444444444/" SECRET);
  /* listing them has changed nothing */
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 3);
}

static void
test_duplicate (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (PdProfile) copy = NULL;

  must_set (fixture, SECRET, "one");
  copy = pd_store_duplicate (fixture->store, fixture->profile, "Copy", &error);
  g_assert_no_error (error);
  g_object_ref (copy);
  g_assert_cmpint (get_state (fixture, copy, SECRET, NULL), ==, PD_SECRET_NO);
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 1);
}

/* A4, A5: whatever is done, each secret stays its own. */
static void
test_model (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const   fields[] = { SECRET, TOKEN, "secret-access-key" };
  g_autoptr (GPtrArray)      profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable)     model = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError)         error = NULL;

  g_ptr_array_add (profiles, g_object_ref (fixture->profile));
  for (guint i = 0; i < 150; i++) {
    guint            at = (guint) g_test_rand_int_range (0, (gint32) profiles->len);
    PdProfile       *profile = g_ptr_array_index (profiles, at);
    const char      *field = fields[g_test_rand_int_range (0, G_N_ELEMENTS (fields))];
    g_autofree char *key = g_strdup_printf ("%s/%s", pd_profile_get_id (profile), field);
    g_autofree char *text = g_strdup_printf ("value %u", i);

    switch (g_test_rand_int_range (0, 8)) {
    case 0:
      g_ptr_array_add (profiles, add_profile (fixture, text));
      break;
    case 1:
      g_assert_true (pd_profile_set_text (profile, "name", text, &error));
      g_assert_true (pd_store_save (fixture->store, profile, &error));
      break;
    case 2:
      g_ptr_array_add (profiles, g_object_ref (pd_store_duplicate (fixture->store, profile, text, &error)));
      break;
    case 3:
      if (profiles->len > 1) {
        g_autofree char *id = g_strdup (pd_profile_get_id (profile));
        GHashTableIter   iter;
        gpointer         owner;

        g_assert_true (pd_desk_delete_profile (fixture->desk, profile, &error));
        g_assert_true (complete_deletions (fixture, id, &error));
        g_hash_table_iter_init (&iter, model);
        while (g_hash_table_iter_next (&iter, &owner, NULL)) {
          if (g_str_has_prefix (owner, id))
            g_hash_table_iter_remove (&iter);
        }
        g_ptr_array_remove_index (profiles, at);
      }
      break;
    case 4:
      g_assert_true (unset_secret (fixture, profile, field, &error));
      g_hash_table_remove (model, key);
      break;
    default:
      g_assert_true (set_secret (fixture, profile, field, text, &error));
      g_hash_table_insert (model, g_steal_pointer (&key), g_steal_pointer (&text));
    }
    g_assert_no_error (error);
  }

  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, g_hash_table_size (model));
  for (guint i = 0; i < profiles->len; i++) {
    PdProfile *profile = g_ptr_array_index (profiles, i);

    for (guint j = 0; j < G_N_ELEMENTS (fields); j++) {
      g_autofree char *key = g_strdup_printf ("%s/%s", pd_profile_get_id (profile), fields[j]);

      pd_test_assert_value (fixture->secrets, pd_profile_get_id (profile), fields[j], g_hash_table_lookup (model, key));
      g_assert_true (is_noted (profile, fields[j]) == g_hash_table_contains (model, key));
    }
  }
}

#define ADD(path, test) g_test_add ("/desk/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("set-and-unset", test_set_and_unset);
  ADD ("refused", test_refused);
  ADD ("private-key", test_private_key);
  ADD ("undo", test_undo);
  ADD ("undo-in-a-hurry", test_undo_in_a_hurry);
  ADD ("preset-token", test_preset_token);
  ADD ("lost", test_lost);
  ADD ("locked", test_locked);
  ADD ("undo-while-locked", test_undo_while_locked);
  ADD ("delete", test_delete);
  ADD ("delete-half-done", test_delete_half_done);
  ADD ("stored-but-not-noted", test_stored_but_not_noted);
  ADD ("orphans", test_orphans);
  ADD ("duplicate", test_duplicate);
  ADD ("model", test_model);
  return g_test_run ();
}
