/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-client.h"
#include "pd-error.h"
#include "pd-practice-record.h"
#include "pd-practice-shop.h"
#include "pd-practice-values.h"
#include "pd-problem.h"
#include "pd-test-util.h"

typedef struct {
  char      *dir;
  PdStore   *store;
  PdSecrets *secrets;
  PdDesk    *desk;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("practice-shop-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store = pd_store_new (fixture->dir);
  pd_store_load (fixture->store, &error);
  g_assert_no_error (error);
  fixture->secrets = pd_secrets_new ();
  fixture->desk = pd_desk_new (fixture->store, fixture->secrets);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *argv[] = { "rm", "-rf", fixture->dir, NULL };

  g_object_unref (fixture->desk);
  g_object_unref (fixture->secrets);
  g_object_unref (fixture->store);
  pd_test_run (argv, NULL);
  g_free (fixture->dir);
}

static PdProfile *
make_shop (Fixture       *fixture,
           PdMode         mode,
           PdGeneration   generation,
           const char    *mistake,
           GError       **why)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_practice_shop_new_async (fixture->desk, "Lantern & Co.", mode, generation, mistake, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_practice_shop_new_finish (result, why);
}

static PdProfile *
make_good_shop (Fixture    *fixture,
                const char *mistake)
{
  g_autoptr (GError) error = NULL;
  PdProfile         *profile = make_shop (fixture, PD_MODE_ENABLED, PD_GENERATION_NEW, mistake, &error);

  g_assert_no_error (error);
  g_assert_nonnull (profile);
  return profile;
}

static GHashTable *
fetch_secrets (Fixture   *fixture,
               PdProfile *profile)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  GHashTable              *values;

  pd_desk_fetch_secrets_async (fixture->desk, profile, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  values = pd_desk_fetch_secrets_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  return values;
}

static PdKey *
get_key (GHashTable *secrets)
{
  PdSecretText      *value = g_hash_table_lookup (secrets, "private-key");
  g_autoptr (GError) error = NULL;
  PdKey             *key;

  g_assert_nonnull (value);
  key = pd_key_new_private (pd_secret_text_peek (value), pd_secret_text_get_length (value), &error);
  g_assert_no_error (error);
  return key;
}

/* Every field that applies has a value of the right form, and none that is needed is missing. */
static void
test_values (Fixture       *fixture,
             gconstpointer  data)
{
  static const PdMode       modes[] = { PD_MODE_DISABLED, PD_MODE_ENABLED, PD_MODE_OPERATING };
  static const PdGeneration generations[] = { PD_GENERATION_BEFORE_UPGRADE, PD_GENERATION_AFTER_UPGRADE, PD_GENERATION_NEW };
  guint                     n_fields;
  const PdField *const     *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < G_N_ELEMENTS (modes) * G_N_ELEMENTS (generations); i++) {
    PdMode                 mode = modes[i / G_N_ELEMENTS (generations)];
    PdGeneration           generation = generations[i % G_N_ELEMENTS (generations)];
    g_autoptr (GError)     error = NULL;
    g_autoptr (PdProfile)  profile = make_shop (fixture, mode, generation, NULL, &error);
    g_autoptr (GHashTable) secrets = NULL;
    g_autoptr (GPtrArray)  missing = NULL;

    g_assert_no_error (error);
    g_test_message ("%s, %s", pd_mode_to_id (mode), pd_generation_to_id (generation));
    g_assert_cmpstr (pd_profile_get_name (profile), ==, "Lantern & Co.");
    g_assert_cmpint (pd_profile_get_mode (profile), ==, mode);
    g_assert_cmpint (pd_profile_get_generation (profile), ==, generation);
    g_assert_cmpint (pd_profile_get_environment (profile), ==, PD_ENVIRONMENT_PRACTICE);
    g_assert_false (pd_profile_can_undo (profile));
    g_assert_cmpuint (g_strv_length ((char **) pd_profile_get_list (profile, "return-urls")), ==, mode == PD_MODE_ENABLED ? 2 : 1);

    secrets = fetch_secrets (fixture, profile);
    missing = pd_profile_judge_complete (profile, NULL);
    g_assert_cmpuint (missing->len, ==, 0);
    for (guint j = 0; j < n_fields; j++) {
      PdSecretText          *secret = g_hash_table_lookup (secrets, fields[j]->id);
      g_autoptr (GPtrArray)  problems = NULL;

      if (!pd_profile_field_applies (profile, fields[j]))
        continue;
      problems = pd_profile_judge_field (profile, fields[j], secret != NULL ? pd_secret_text_peek (secret) : NULL);
      if (problems->len > 0)
        g_error ("%s: %s", fields[j]->id, ((PdProblem *) g_ptr_array_index (problems, 0))->message);
    }
  }
}

/* What is on the disk is the public half, and nothing of a secret is anywhere in the data folder. */
static void
test_record (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (PdProfile)          profile = make_good_shop (fixture, NULL);
  g_autoptr (GHashTable)         secrets = fetch_secrets (fixture, profile);
  g_autoptr (PdKey)              key = get_key (secrets);
  g_autofree char               *pem = pd_key_to_public_pem (key);
  PdSecretText                  *token = g_hash_table_lookup (secrets, "mws-auth-token");
  g_autofree char               *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pd_secret_text_peek (token), -1);
  g_autofree char               *path = g_strdup_printf ("%s/profiles/%s/practice.json", fixture->dir, pd_profile_get_id (profile));
  g_autoptr (PdPracticeMerchant) merchant = NULL;
  gboolean                       form_only = TRUE;
  GStatBuf                       info;
  GHashTableIter                 iter;
  gpointer                       value;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  merchant = pd_practice_shop_get_merchant (fixture->store, profile, NULL, &form_only);
  g_assert_false (form_only);
  g_assert_cmpstr (merchant->merchant_id, ==, pd_profile_get_text (profile, "seller-id"));
  g_assert_cmpstr (merchant->store_id, ==, pd_profile_get_text (profile, "client-id"));
  g_assert_cmpstr (merchant->public_key_id, ==, pd_profile_get_text (profile, "public-key-id"));
  g_assert_cmpstr (merchant->public_key_pem, ==, pem);
  g_assert_cmpstr (merchant->mws_auth_token_hash, ==, hash);
  g_assert_true (g_strv_equal ((const char *const *) merchant->return_urls, pd_profile_get_list (profile, "return-urls")));
  g_assert_true (g_strv_equal ((const char *const *) merchant->javascript_origins, pd_profile_get_list (profile, "javascript-origins")));

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    g_autofree char *part = g_strndup (pd_secret_text_peek (value) + pd_secret_text_get_length (value) - 30, 30);
    const char      *argv[] = { "grep", "-rqF", "--", part, fixture->dir, NULL };
    const char      *planted[] = { "grep", "-rqF", "--", pd_profile_get_text (profile, "client-id"), fixture->dir, NULL };

    g_assert_cmpint (pd_test_run (argv, NULL), ==, 1);
    g_assert_cmpint (pd_test_run (planted, NULL), ==, 0);
  }
}

static guint
count_differences (const char *a,
                   const char *b)
{
  guint n = 0;

  g_assert_cmpuint (strlen (a), ==, strlen (b));
  for (; *a != '\0'; a++, b++)
    n += *a != *b;
  return n;
}

/* One letter is wrong, of a value that keeps its form, and the registered half keeps the right one. */
static void
test_mistakes (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char *field_id;
    goffset     member;
  } rows[] = {
    { "seller-id", G_STRUCT_OFFSET (PdPracticeMerchant, merchant_id) },
    { "client-id", G_STRUCT_OFFSET (PdPracticeMerchant, store_id) },
    { "public-key-id", G_STRUCT_OFFSET (PdPracticeMerchant, public_key_id) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdProfile)          profile = make_good_shop (fixture, rows[i].field_id);
    g_autoptr (PdPracticeMerchant) merchant = pd_practice_shop_get_merchant (fixture->store, profile, NULL, NULL);
    const char                    *wrong = pd_profile_get_text (profile, rows[i].field_id);
    g_autoptr (GPtrArray)          problems = pd_profile_judge_field (profile, pd_catalogue_lookup (rows[i].field_id), NULL);

    g_test_message ("%s", rows[i].field_id);
    g_assert_cmpuint (count_differences (wrong, G_STRUCT_MEMBER (char *, merchant, rows[i].member)), ==, 1);
    g_assert_cmpuint (problems->len, ==, 0);
  }
}

static void
test_mistakes_in_lists_and_secrets (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (PdProfile)          url = make_good_shop (fixture, "return-urls");
  g_autoptr (PdProfile)          token = make_good_shop (fixture, "mws-auth-token");
  g_autoptr (PdProfile)          key = make_good_shop (fixture, "private-key");
  g_autoptr (PdPracticeMerchant) of_url = pd_practice_shop_get_merchant (fixture->store, url, NULL, NULL);
  g_autoptr (PdPracticeMerchant) of_token = pd_practice_shop_get_merchant (fixture->store, token, NULL, NULL);
  g_autoptr (PdPracticeMerchant) of_key = pd_practice_shop_get_merchant (fixture->store, key, NULL, NULL);
  g_autoptr (GHashTable)         token_secrets = fetch_secrets (fixture, token);
  g_autoptr (GHashTable)         key_secrets = fetch_secrets (fixture, key);
  g_autoptr (PdKey)              stored = get_key (key_secrets);
  g_autofree char               *pem = pd_key_to_public_pem (stored);
  g_autofree char               *hash = NULL;

  g_assert_cmpuint (count_differences (pd_profile_get_list (url, "return-urls")[0], of_url->return_urls[0]), ==, 1);
  g_assert_cmpstr (pd_profile_get_list (url, "return-urls")[1], ==, of_url->return_urls[1]);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pd_secret_text_peek (g_hash_table_lookup (token_secrets, "mws-auth-token")), -1);
  g_assert_cmpstr (hash, !=, of_token->mws_auth_token_hash);
  g_assert_cmpstr (pem, !=, of_key->public_key_pem);
}

static void
test_mistake_impossible (Fixture       *fixture,
                         gconstpointer  data)
{
  static const char *const fields[] = { "nonsense", "logo", "client-secret", "access-key-id" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autoptr (GError)    error = NULL;
    g_autoptr (PdProfile) profile = make_shop (fixture, PD_MODE_ENABLED, PD_GENERATION_NEW, fields[i], &error);

    g_assert_null (profile);
    g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
  }
}

/* The disk refuses the profile: nothing half-made stays. */
static void
test_disk_refuses (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char      *folder = g_build_filename (fixture->dir, "profiles", NULL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (PdProfile) profile = NULL;

  g_rmdir (folder);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  profile = make_shop (fixture, PD_MODE_ENABLED, PD_GENERATION_NEW, NULL, &error);
  g_assert_null (profile);
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  pd_practice_shop_new_async (fixture->desk, "Shop", PD_MODE_ENABLED, PD_GENERATION_NEW, NULL, cancellable, pd_test_keep, &result);
  g_cancellable_cancel (cancellable);
  pd_test_wait (&result);
  g_assert_null (pd_practice_shop_new_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
}

static void
set_locked (gboolean locked)
{
  const char *argv[] = {
    "gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", "/org/freedesktop/secrets",
    "-m", locked ? "org.freedesktop.Secret.Service.Lock" : "org.freedesktop.Secret.Service.Unlock",
    "['/org/freedesktop/secrets/collection/login']", NULL
  };

  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
}

/* A keyring that will not take the secrets: the shop is there, and they wait. */
static void
test_keyring_locked (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError)    why = NULL;
  g_autoptr (PdProfile) profile = NULL;

  set_locked (TRUE);
  profile = make_shop (fixture, PD_MODE_ENABLED, PD_GENERATION_NEW, NULL, &why);
  g_assert_nonnull (profile);
  g_assert_error (why, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (pd_secrets_get_n_pending (fixture->secrets), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);
}

static void
test_form_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (PdProfile)          profile = pd_profile_new ("Somebody’s own");
  g_autoptr (PdKey)              key = pd_key_generate (2048, NULL);
  g_autofree char               *pem = pd_key_to_public_pem (key);
  g_autoptr (PdPracticeMerchant) without = NULL;
  g_autoptr (PdPracticeMerchant) with = NULL;
  g_autoptr (GError)             error = NULL;
  gboolean                       form_only = FALSE;

  pd_store_add (fixture->store, profile, &error);
  g_assert_no_error (error);
  pd_profile_set_text (profile, "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", NULL);
  pd_profile_set_text (profile, "public-key-id", "SANDBOX-ABCDEFGHIJKLMNOPQRSTUVWX", NULL);
  pd_profile_set_text (profile, "return-urls", "https://a.example.jp/\nhttps://b.example.jp/", NULL);
  without = pd_practice_shop_get_merchant (fixture->store, profile, NULL, &form_only);
  g_assert_true (form_only);
  g_assert_null (without->public_key_pem);
  with = pd_practice_shop_get_merchant (fixture->store, profile, key, &form_only);
  g_assert_true (form_only);
  g_assert_cmpstr (with->public_key_pem, ==, pem);
  g_assert_cmpstr (with->store_id, ==, "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef");
  g_assert_cmpuint (g_strv_length (with->return_urls), ==, 2);
}

static void
test_record_damaged (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *const texts[] = { "", "{", "[]", "{\"store_id\":7}", "{\"return_urls\":[]}" };
  g_autoptr (PdProfile)    profile = make_good_shop (fixture, NULL);
  g_autofree char         *path = g_strdup_printf ("%s/profiles/%s/practice.json", fixture->dir, pd_profile_get_id (profile));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (PdPracticeMerchant) merchant = NULL;
    gboolean                       form_only = FALSE;

    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    merchant = pd_practice_shop_get_merchant (fixture->store, profile, NULL, &form_only);
    g_assert_true (form_only);
    g_assert_nonnull (merchant);
  }
}

/* The public half goes to the trash with the shop, comes back with it, and is purged with it; a copy of the shop has none. */
static void
test_deletion (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (PdProfile)          profile = make_good_shop (fixture, NULL);
  g_autofree char               *id = g_strdup (pd_profile_get_id (profile));
  g_autofree char               *store_id = g_strdup (pd_profile_get_text (profile, "client-id"));
  g_autoptr (PdPracticeMerchant) back = NULL;
  g_autoptr (PdPracticeMerchant) copied = NULL;
  PdPracticeMerchant             merchant = { 0 };
  g_autoptr (GError)             error = NULL;
  const char                    *argv[] = { "grep", "-rqF", "--", store_id, fixture->dir, NULL };
  gboolean                       form_only = FALSE;

  copied = pd_practice_shop_get_merchant (fixture->store, pd_store_duplicate (fixture->store, profile, "Copy", NULL), NULL, &form_only);
  g_assert_true (form_only);
  pd_desk_delete_profile (fixture->desk, pd_store_find (fixture->store, "Copy", NULL), &error);
  g_assert_no_error (error);
  pd_desk_delete_profile (fixture->desk, profile, &error);
  g_assert_no_error (error);
  pd_desk_undo_delete (fixture->desk, id, &error);
  g_assert_no_error (error);
  back = pd_practice_shop_get_merchant (fixture->store, pd_store_find (fixture->store, id, NULL), NULL, &form_only);
  g_assert_false (form_only);
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);

  pd_desk_delete_profile (fixture->desk, pd_store_find (fixture->store, id, NULL), &error);
  g_assert_no_error (error);
  {
    g_autoptr (GAsyncResult) result = NULL;

    pd_desk_complete_deletions_async (fixture->desk, NULL, NULL, pd_test_keep, &result);
    pd_test_wait (&result);
    g_assert_true (pd_desk_complete_deletions_finish (fixture->desk, result, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 1);
  merchant.store_id = (char *) "x";
  g_assert_false (pd_practice_record_write (fixture->dir, "../elsewhere", &merchant, NULL));
  g_assert_false (pd_practice_record_write (fixture->dir, id, &merchant, NULL));
}

static PdResponse *
send_request (PdClient  *client,
              PdRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  PdResponse              *response;

  pd_client_send_async (client, request, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  response = pd_client_send_finish (client, result, &error);
  g_assert_no_error (error);
  g_object_unref (request);
  return response;
}

/* What each call says of a shop with a mistake, and what the endpoint says is right. Status 0: not called. */
static const struct {
  const char *mistake;
  guint       get_status;
  guint       create_status;
  guint       authorize_status;
  const char *registered; /* field id */
} live_rows[] = {
  { NULL, 404, 201, 302, NULL },
  { "client-id", 404, 400, 400, "client-id" },
  { "public-key-id", 400, 400, 302, "public-key-id" },
  { "private-key", 403, 403, 302, NULL },
  { "return-urls", 404, 201, 400, "return-urls" },
};

/* The newcomer's way: a mistake is found by asking, by Paydesk's own client, and its mending proved. */
static void
test_live (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (PdPracticeServer) server = pd_practice_server_new ();
  g_autoptr (PdEndpoints)      endpoints = NULL;
  g_autoptr (PdClient)         client = NULL;
  g_autoptr (GError)           error = NULL;

  pd_practice_server_start (server, 0, &error);
  g_assert_no_error (error);
  endpoints = pd_endpoints_new (&error);
  g_assert_no_error (error);
  pd_endpoints_set_practice (endpoints, pd_practice_server_get_url (server), pd_practice_server_get_ca_pem (server));
  client = pd_client_new (endpoints);

  for (guint i = 0; i < G_N_ELEMENTS (live_rows); i++) {
    g_autoptr (PdProfile)          profile = make_good_shop (fixture, live_rows[i].mistake);
    g_autoptr (PdPracticeMerchant) merchant = pd_practice_shop_get_merchant (fixture->store, profile, NULL, NULL);
    g_autoptr (GHashTable)         secrets = fetch_secrets (fixture, profile);
    g_autoptr (PdKey)              key = get_key (secrets);
    const char                    *key_id = pd_profile_get_text (profile, "public-key-id");
    const char                    *store_id = pd_profile_get_text (profile, "client-id");
    const char                    *url = pd_profile_get_list (profile, "return-urls")[0];
    g_autoptr (PdResponse)         get = NULL;
    g_autoptr (PdResponse)         create = NULL;
    g_autoptr (PdResponse)         authorize = NULL;
    g_autofree char               *registered = NULL;

    g_test_message ("%s", live_rows[i].mistake != NULL ? live_rows[i].mistake : "no mistake");
    pd_practice_server_enrol (server, merchant);
    get = send_request (client, pd_request_new_get_session (PD_ENVIRONMENT_PRACTICE, key, key_id));
    create = send_request (client, pd_request_new_create_session (PD_ENVIRONMENT_PRACTICE, key, key_id, store_id, url));
    authorize = send_request (client, pd_request_new_authorize (PD_ENVIRONMENT_PRACTICE, store_id, url));
    g_assert_cmpuint (pd_response_get_status (get), ==, live_rows[i].get_status);
    g_assert_cmpuint (pd_response_get_status (create), ==, live_rows[i].create_status);
    g_assert_cmpuint (pd_response_get_status (authorize), ==, live_rows[i].authorize_status);
    if (live_rows[i].mistake != NULL && live_rows[i].registered == NULL)
      continue;
    if (live_rows[i].registered == NULL) {
      g_assert_null (pd_response_get_header (authorize, "x-paydesk-registered"));
      continue;
    }
    registered = g_strdup_printf ("%s=%s", live_rows[i].registered,
                                  g_str_equal (live_rows[i].registered, "client-id") ? merchant->store_id :
                                  g_str_equal (live_rows[i].registered, "return-urls") ? merchant->return_urls[0] : merchant->public_key_id);
    if (live_rows[i].authorize_status == 400)
      g_assert_cmpstr (pd_response_get_header (authorize, "x-paydesk-registered"), ==, registered);
    if (live_rows[i].create_status == 400)
      g_assert_cmpstr (pd_response_get_header (create, "x-paydesk-registered"), ==, registered);
  }
}

static void
test_slugs (void)
{
  static const struct {
    const char *name;
    const char *slug; /* NULL: an invented one */
  } rows[] = {
    { "Lantern & Co.", "lantern-co" },
    { "  --A--  ", "a" },
    { "提灯屋", NULL },
    { "提灯 Lantern", "lantern" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *slug = pd_practice_invent_slug (rows[i].name);

    if (rows[i].slug != NULL)
      g_assert_cmpstr (slug, ==, rows[i].slug);
    else
      g_assert_true (g_regex_match_simple ("^shop-[0-9a-f]{4}$", slug, 0, 0));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/practice-shop/" path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/practice-shop/slugs", test_slugs);
  ADD ("values", test_values);
  ADD ("record/public-half-only", test_record);
  ADD ("record/damaged", test_record_damaged);
  ADD ("mistakes/ids", test_mistakes);
  ADD ("mistakes/lists-and-secrets", test_mistakes_in_lists_and_secrets);
  ADD ("mistakes/impossible", test_mistake_impossible);
  ADD ("failure/disk", test_disk_refuses);
  ADD ("failure/cancelled", test_cancelled);
  ADD ("form-only", test_form_only);
  ADD ("deletion", test_deletion);
  ADD ("live", test_live);
  ADD ("failure/keyring-locked", test_keyring_locked);
  return g_test_run ();
}
