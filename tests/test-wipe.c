/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-error.h"
#include "pd-shape.h"
#include "pd-test-keyring.h"
#include "pd-test-util.h"
#include "pd-wipe.h"

#define SECRET "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ACCESS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"
#define TOKEN  "amzn.mws.01234567-89ab-cdef-0123-456789abcdef"
#define KEY_ID "AKIAABCDEFGHIJKLMNOP"

static const char *const old_ids[] = { "client-secret", "access-key-id", "secret-access-key", NULL };

/* A desk with two shops, both with secrets in a real keyring. */
typedef struct {
  char      *dir;
  PdStore   *store;
  PdSecrets *secrets;
  PdDesk    *desk;
  PdProfile *profile;
  PdProfile *other;
} Fixture;

static void
set_secret (Fixture    *fixture,
            PdProfile  *profile,
            const char *field_id,
            const char *value)
{
  g_autoptr (PdSecretText) text = pd_secret_text_new (value);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  pd_desk_set_secret_async (fixture->desk, profile, field_id, text, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  pd_desk_set_secret_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
}

static PdProfile *
add_profile (Fixture    *fixture,
             const char *name)
{
  PdProfile *profile = pd_profile_new (name);

  g_assert_true (pd_store_add (fixture->store, profile, NULL));
  g_assert_true (pd_profile_set_text (profile, "access-key-id", KEY_ID, NULL));
  set_secret (fixture, profile, "client-secret", SECRET);
  set_secret (fixture, profile, "secret-access-key", ACCESS);
  set_secret (fixture, profile, "mws-auth-token", TOKEN);
  return profile;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("wipe.XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store = pd_store_new (fixture->dir);
  g_assert_true (pd_store_load (fixture->store, &error));
  fixture->secrets = pd_secrets_new ();
  fixture->desk = pd_desk_new (fixture->store, fixture->secrets);
  fixture->profile = add_profile (fixture, "A shop");
  fixture->other = add_profile (fixture, "Another shop");
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 6);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const argv[] = { "rm", "-rf", "--one-file-system", fixture->dir, NULL };

  pd_test_delete (fixture->secrets, pd_profile_get_id (fixture->profile), NULL, NULL);
  pd_test_delete (fixture->secrets, pd_profile_get_id (fixture->other), NULL, NULL);
  g_clear_object (&fixture->profile);
  g_clear_object (&fixture->other);
  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->secrets);
  g_clear_object (&fixture->store);
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
  g_free (fixture->dir);
}

static PdWipeProof *
wipe (Fixture            *fixture,
      const char *const  *field_ids,
      GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (field_ids != NULL)
    pd_wipe_fields_async (fixture->desk, fixture->profile, field_ids, NULL, pd_test_keep, &result);
  else
    pd_wipe_all_async (fixture->desk, fixture->profile, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_wipe_finish (result, error);
}

static gboolean
is_restored (gpointer data)
{
  Fixture *fixture = data;

  return pd_test_count_all (fixture->secrets) == 6;
}

/* The three go together, the token and the other shop stay, and one undo brings all three back. */
static void
test_fields (Fixture       *fixture,
             gconstpointer  data)
{
  const char             *id = pd_profile_get_id (fixture->profile);
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdWipeProof) proof = wipe (fixture, old_ids, &error);
  g_autoptr (GDateTime)   noted = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (proof->left->len, ==, 0);
  g_assert_nonnull (proof->asked);
  pd_test_assert_value (fixture->secrets, id, "client-secret", NULL);
  pd_test_assert_value (fixture->secrets, id, "secret-access-key", NULL);
  pd_test_assert_value (fixture->secrets, id, "mws-auth-token", TOKEN);
  g_assert_true (pd_profile_is_empty (fixture->profile, "access-key-id"));
  noted = pd_profile_get_secret_stored (fixture->profile, "client-secret");
  g_assert_null (noted);
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 4);

  g_assert_nonnull (pd_profile_undo (fixture->profile));
  pd_test_until (is_restored, fixture);
  pd_test_assert_value (fixture->secrets, id, "client-secret", SECRET);
  pd_test_assert_value (fixture->secrets, id, "secret-access-key", ACCESS);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, KEY_ID);
}

/* Deleting what is not there is no trouble, and the proof says so. */
static void
test_nothing_there (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (PdWipeProof) first = wipe (fixture, old_ids, NULL);
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdWipeProof) second = wipe (fixture, old_ids, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (first->left->len, ==, 0);
  g_assert_cmpuint (second->left->len, ==, 0);
}

/* Someone else puts the value back as soon as it is deleted. */
static void
put_back (PdSecrets  *secrets,
          const char *profile_id,
          const char *field_id,
          Fixture    *fixture)
{
  g_autoptr (PdSecrets) elsewhere = pd_secrets_new ();

  g_signal_handlers_disconnect_by_func (secrets, put_back, fixture);
  g_assert_true (pd_test_store (elsewhere, profile_id, field_id, SECRET, NULL));
}

/* The proof is the keyring's own word: what is there again is found, of some fields and of all. */
static void
test_put_back (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdWipeProof) proof = NULL;

  g_signal_connect (fixture->secrets, "changed", G_CALLBACK (put_back), fixture);
  proof = wipe (fixture, old_ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proof->left->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (proof->left, 0), ==, "client-secret");
}

static void
keep_text (PdProfile  *profile,
           const char *field_id,
           gpointer    data)
{
  g_signal_handlers_disconnect_by_func (profile, keep_text, data);
  g_assert_true (pd_profile_set_text (profile, field_id, KEY_ID, NULL));
}

/* A value that is no secret counts as well. */
static void
test_text_left (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdWipeProof) proof = NULL;

  g_signal_connect (fixture->profile, "changed::access-key-id", G_CALLBACK (keep_text), fixture);
  proof = wipe (fixture, old_ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proof->left->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (proof->left, 0), ==, "access-key-id");
}

/* A value that the profile does not know of is deleted, too. */
static void
test_unnoted (Fixture       *fixture,
              gconstpointer  data)
{
  const char              *id = pd_profile_get_id (fixture->profile);
  g_autoptr (PdSecrets)    elsewhere = pd_secrets_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PdWipeProof)  proof = NULL;
  g_autoptr (GError)       error = NULL;
  static const char *const token[] = { "mws-auth-token", NULL };

  pd_profile_note_secret (fixture->profile, "mws-auth-token", NULL);
  pd_wipe_fields_async (fixture->desk, fixture->profile, token, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  proof = pd_wipe_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proof->left->len, ==, 0);
  pd_test_assert_value (elsewhere, id, "mws-auth-token", NULL);
}

/* All of one shop's, also those that no field names, and nothing brings them back; the other shop keeps its own. */
static void
test_all (Fixture       *fixture,
          gconstpointer  data)
{
  const char             *id = pd_profile_get_id (fixture->profile);
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdWipeProof) proof = NULL;

  g_assert_true (pd_test_store (fixture->secrets, id, "of-a-later-version", "something", &error));
  proof = wipe (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proof->left->len, ==, 0);
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 3);
  pd_test_assert_value (fixture->secrets, pd_profile_get_id (fixture->other), "mws-auth-token", TOKEN);
  g_assert_false (pd_profile_can_undo (fixture->profile));
  /* What is no secret stays. */
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "access-key-id"), ==, KEY_ID);
}

/* S054: the text of a pre-set token is left alone; a token that lay in the keyring behind it goes. */
static void
test_preset (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdWipeProof) proof = NULL;
  g_autoptr (GDateTime)   noted = NULL;

  g_assert_true (pd_profile_set_text (fixture->profile, "mws-auth-token", PD_PRESET_TOKEN, &error));
  proof = wipe (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proof->left->len, ==, 0);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "mws-auth-token"), ==, PD_PRESET_TOKEN);
  pd_test_assert_value (fixture->secrets, pd_profile_get_id (fixture->profile), "mws-auth-token", NULL);
  noted = pd_profile_get_secret_stored (fixture->profile, "mws-auth-token");
  g_assert_null (noted);
}

/* A locked keyring deletes nothing, proves nothing, and says why. */
static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (PdWipeProof) proof = NULL;

  pd_test_lock_keyring ();
  proof = wipe (fixture, old_ids, &error);
  g_assert_null (proof);
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  proof = wipe (fixture, NULL, &error);
  g_assert_null (proof);
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  pd_test_unlock_keyring ();
  g_assert_cmpuint (pd_test_count_all (fixture->secrets), ==, 6);
  pd_test_assert_value (fixture->secrets, pd_profile_get_id (fixture->profile), "client-secret", SECRET);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/wipe/fields", Fixture, NULL, set_up, test_fields, tear_down);
  g_test_add ("/wipe/nothing-there", Fixture, NULL, set_up, test_nothing_there, tear_down);
  g_test_add ("/wipe/put-back", Fixture, NULL, set_up, test_put_back, tear_down);
  g_test_add ("/wipe/text-left", Fixture, NULL, set_up, test_text_left, tear_down);
  g_test_add ("/wipe/unnoted", Fixture, NULL, set_up, test_unnoted, tear_down);
  g_test_add ("/wipe/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/wipe/preset", Fixture, NULL, set_up, test_preset, tear_down);
  g_test_add ("/wipe/locked", Fixture, NULL, set_up, test_locked, tear_down);
  return g_test_run ();
}
