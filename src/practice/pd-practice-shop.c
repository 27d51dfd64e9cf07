/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-practice-record.h"
#include "pd-practice-resources.h"
#include "pd-practice-shop.h"
#include "pd-practice-values.h"

#define KEY_BITS 2048
#define LOGO     "/org/paydesk/practice/logo.png"

#define PRIVACY_POLICY_URL "https://{main}/p/privacy"
#define JAVASCRIPT_ORIGINS "https://{legacy}\nhttps://{cc}"
#define RETURN_URLS        "https://{legacy}/amazonpay/return\nhttps://{cc}/amazonpay/return"
#define NOTIFICATION_URL   "https://{main}/amazonpay/notification"

/* The fields that are put together from the shop's addresses. `{legacy}` and `{cc}` are the two sites' hosts, `{main}` that of the
 * site in operation, `{shop}` the shop's part of them. In a list one value stands for each site that the shop has. */
static const struct {
  const char *field_id;
  const char *pattern;
} patterns[] = {
  { "legacy-site-url", "https://{legacy}/" },
  { "cc-site-url", "https://{cc}/" },
  { "privacy-policy-url", PRIVACY_POLICY_URL },
  { "javascript-origins", JAVASCRIPT_ORIGINS },
  { "return-urls", RETURN_URLS },
  { "notification-url", NOTIFICATION_URL },
  { "support-email", "support@{shop}.example.jp" },
  { "support-phone", "03-5555-0100" },
  /* What Seller Central would show. */
  { "privacy-policy-url.seen", PRIVACY_POLICY_URL },
  { "javascript-origins.seen", JAVASCRIPT_ORIGINS },
  { "return-urls.seen", RETURN_URLS },
  { "notification-url.seen", NOTIFICATION_URL },
};

/* What the other side keeps of those. */
static const struct {
  const char *pattern;
  goffset     member;
  gboolean    is_list;
} registered[] = {
  { RETURN_URLS, G_STRUCT_OFFSET (PdPracticeMerchant, return_urls), TRUE },
  { JAVASCRIPT_ORIGINS, G_STRUCT_OFFSET (PdPracticeMerchant, javascript_origins), TRUE },
  { PRIVACY_POLICY_URL, G_STRUCT_OFFSET (PdPracticeMerchant, privacy_policy_url), FALSE },
  { NOTIFICATION_URL, G_STRUCT_OFFSET (PdPracticeMerchant, notification_url), FALSE },
};

/* The secrets, and the generations that have them. */
static const struct {
  const char   *field_id;
  guint         generations;
  PdSecretText *(* invent) (void);
} secrets[] = {
  { "mws-auth-token", PD_GENERATION_ANY, pd_practice_invent_auth_token },
  { "client-secret", PD_GENERATION_BEFORE_UPGRADE, pd_practice_invent_client_secret },
  { "secret-access-key", PD_GENERATION_BEFORE_UPGRADE, pd_practice_invent_secret_key },
  { "private-key", PD_GENERATION_ANY, NULL }, /* made, not invented */
};

/* A shop being made; the task's data. */
typedef struct {
  PdDesk             *desk;
  char               *name;
  char               *slug;       /* the shop's part of its addresses: invented once, as a name may have no letters for it */
  PdMode              mode;
  PdGeneration        generation;
  char               *mistake;
  char               *data_dir;
  char               *profile_id;
  PdKey              *key;        /* the registered one */
  PdKey              *other_key;  /* where the key is the mistake */
  PdPracticeMerchant *merchant;
  PdProfile          *profile;
  gboolean            is_added;   /* to the store */
  GHashTable         *values;     /* field id → PdSecretText, still to be stored */
  GError             *why;        /* the keyring's, the first */
} Making;

static void
making_free (Making *making)
{
  g_object_unref (making->desk);
  g_free (making->name);
  g_free (making->slug);
  g_free (making->mistake);
  g_free (making->data_dir);
  g_free (making->profile_id);
  g_clear_pointer (&making->key, pd_key_unref);
  g_clear_pointer (&making->other_key, pd_key_unref);
  g_clear_pointer (&making->merchant, pd_practice_merchant_free);
  g_clear_object (&making->profile);
  g_hash_table_unref (making->values);
  g_clear_error (&making->why);
  g_free (making);
}

static void
replace (GString    *text,
         const char *name,
         const char *value)
{
  if (value != NULL)
    g_string_replace (text, name, value, 0);
}

/* The values of a pattern; lines for a site that the shop does not have fall away. */
static char **
fill_pattern (Making     *making,
              const char *pattern)
{
  g_autofree char  *www = g_strdup_printf ("www.%s.example.jp", making->slug);
  g_autofree char  *second = g_strdup_printf ("cc.%s.example.jp", making->slug);
  const char       *legacy = making->mode & PD_MODE_LEGACY ? www : NULL;
  const char       *cc = making->mode == PD_MODE_OPERATING ? www : making->mode & PD_MODE_CC ? second : NULL;
  g_auto (GStrv)    lines = g_strsplit (pattern, "\n", -1);
  GStrvBuilder     *builder = g_strv_builder_new ();
  char            **result;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (GString) line = g_string_new (lines[i]);

    replace (line, "{legacy}", legacy);
    replace (line, "{cc}", cc);
    replace (line, "{main}", www);
    replace (line, "{shop}", making->slug);
    if (strchr (line->str, '{') == NULL)
      g_strv_builder_add (builder, line->str);
  }
  result = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return result;
}

/* Of a secret the other side keeps a hash, beside what is needed to verify a signature. */
static const struct {
  const char *field_id;
  goffset     member;
} hashes[] = {
  { "mws-auth-token", G_STRUCT_OFFSET (PdPracticeMerchant, mws_auth_token_hash) },
  { "secret-access-key", G_STRUCT_OFFSET (PdPracticeMerchant, secret_key_hash) },
  { "client-secret", G_STRUCT_OFFSET (PdPracticeMerchant, client_secret_hash) },
};

/* One that is noted already stays. */
static void
note_hash (PdPracticeMerchant *merchant,
           const char         *field_id,
           PdSecretText       *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++) {
    char **hash = G_STRUCT_MEMBER_P (merchant, hashes[i].member);

    if (g_str_equal (hashes[i].field_id, field_id) && *hash == NULL)
      *hash = pd_secret_hash (pd_secret_text_peek (value));
  }
}

static PdSecretText *
spoil_secret (PdSecretText *right)
{
  g_autofree char *text = pd_practice_mistake (pd_secret_text_peek (right));
  PdSecretText    *wrong = pd_secret_text_new (text);

  pd_secret_wipe (text, strlen (text));
  return wrong;
}

static void
invent_secrets (Making *making)
{
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    gboolean                 wrong = g_strcmp0 (making->mistake, secrets[i].field_id) == 0;
    g_autoptr (PdSecretText) value = NULL;

    if (!(secrets[i].generations & making->generation))
      continue;
    if (secrets[i].invent == NULL) {
      value = pd_key_to_stored (wrong ? making->other_key : making->key);
    } else {
      value = secrets[i].invent ();
      note_hash (making->merchant, secrets[i].field_id, value);
      if (wrong) {
        PdSecretText *spoiled = spoil_secret (value);

        pd_secret_text_unref (value);
        value = spoiled;
      }
    }
    g_hash_table_insert (making->values, (gpointer) secrets[i].field_id, g_steal_pointer (&value));
  }
}

/* What takes time: the key. */
static void
prepare (GTask  *task,
         Making *making)
{
  PdPracticeMerchant *merchant;
  GError             *error = NULL;

  making->key = pd_key_generate (KEY_BITS, &error);
  if (making->key != NULL && g_strcmp0 (making->mistake, "private-key") == 0)
    making->other_key = pd_key_generate (KEY_BITS, &error);
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  merchant = making->merchant = g_new0 (PdPracticeMerchant, 1);
  merchant->merchant_id = pd_practice_invent_merchant_id ();
  merchant->store_id = pd_practice_invent_store_id ();
  merchant->public_key_id = pd_practice_invent_public_key_id ();
  merchant->public_key_pem = pd_key_to_public_pem (making->key);
  if (making->generation == PD_GENERATION_BEFORE_UPGRADE)
    merchant->access_key_id = pd_practice_invent_access_key_id ();
  for (guint i = 0; i < G_N_ELEMENTS (registered); i++) {
    g_auto (GStrv) values = fill_pattern (making, registered[i].pattern);

    if (registered[i].is_list)
      G_STRUCT_MEMBER (char **, merchant, registered[i].member) = g_steal_pointer (&values);
    else
      G_STRUCT_MEMBER (char *, merchant, registered[i].member) = g_strdup (values[0]);
  }
  invent_secrets (making);
  g_task_return_boolean (task, TRUE);
}

static gpointer
prepare_in_thread (gpointer data)
{
  g_autoptr (GTask) task = data;

  prepare (task, g_task_get_task_data (task));
  return NULL;
}

/* Sets a value; the first one with the mistake in it, where it is this field's. */
static gboolean
set_values (Making             *making,
            const char         *field_id,
            const char *const  *values,
            GError            **error)
{
  g_auto (GStrv) copy = g_strdupv ((char **) values);

  if (copy[0] != NULL && g_strcmp0 (making->mistake, field_id) == 0) {
    char *wrong = pd_practice_mistake (copy[0]);

    g_free (copy[0]);
    copy[0] = wrong;
  }
  return pd_profile_set_list (making->profile, field_id, (const char *const *) copy, error);
}

static gboolean
set_value (Making      *making,
           const char  *field_id,
           const char  *value,
           GError     **error)
{
  const char *values[] = { value, NULL };

  return set_values (making, field_id, values, error);
}

static gboolean
fill_profile (Making  *making,
              GError **error)
{
  PdProfile *profile = making->profile;

  if (!pd_profile_set_text (profile, "mode", pd_mode_to_id (making->mode), error) ||
      !pd_profile_set_text (profile, "generation", pd_generation_to_id (making->generation), error) ||
      !pd_profile_set_text (profile, "environment", pd_environment_to_id (PD_ENVIRONMENT_PRACTICE), error) ||
      !set_value (making, "seller-id", making->merchant->merchant_id, error) ||
      !set_value (making, "client-id", making->merchant->store_id, error) ||
      !set_value (making, "public-key-id", making->merchant->public_key_id, error) ||
      !set_value (making, "store-name", making->name, error))
    return FALSE;
  if (making->merchant->access_key_id != NULL && !set_value (making, "access-key-id", making->merchant->access_key_id, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_auto (GStrv) values = fill_pattern (making, patterns[i].pattern);

    if (values[0] != NULL && !set_values (making, patterns[i].field_id, (const char *const *) values, error))
      return FALSE;
  }
  return TRUE;
}

/* A drawing of Paydesk's own. */
static gboolean
keep_logo (Making  *making,
           GError **error)
{
  PdStore           *store = pd_desk_get_store (making->desk);
  g_autoptr (GBytes) content = g_resource_lookup_data (pd_practice_get_resource (), LOGO, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char   *name = content != NULL ? pd_store_keep_file (store, making->profile, "logo", "png", content, error) : NULL;

  return name != NULL && pd_profile_set_text (making->profile, "logo", name, error) && pd_store_save (store, making->profile, error);
}

static void
return_shop (GTask *task)
{
  Making *making = g_task_get_task_data (task);

  /* A new shop begins with nothing to undo. */
  pd_profile_forget_undo (making->profile);
  g_task_return_pointer (task, g_object_ref (making->profile), g_object_unref);
  g_object_unref (task);
}

/* A half-made shop is of no use to anybody; it has no secret yet, or the desk completes the deletion. */
static void
return_failure (GTask  *task,
                GError *error)
{
  Making            *making = g_task_get_task_data (task);
  g_autoptr (GError) local = NULL;

  if (making->profile != NULL && making->is_added && !pd_desk_delete_profile (making->desk, making->profile, &local))
    g_debug ("taking a half-made shop away: %s", local->message);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void store_next (GTask *task);

static gboolean
is_keyrings (const GError *error)
{
  return error->domain == PD_ERROR && error->code >= PD_ERROR_KEYRING_LOCKED && error->code <= PD_ERROR_KEYRING_FAILED;
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask  *task = data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  if (!pd_desk_set_secret_finish (PD_DESK (source), result, &error)) {
    if (!is_keyrings (error)) {
      return_failure (task, error);
      return;
    }
    /* The desk holds the value until the keyring takes it. */
    if (making->why == NULL)
      making->why = g_steal_pointer (&error);
    g_clear_error (&error);
  }
  store_next (task);
}

/* One after the other: the keyring writes its whole file for each. */
static void
store_next (GTask *task)
{
  Making        *making = g_task_get_task_data (task);
  GHashTableIter iter;
  gpointer       field_id;
  gpointer       value;

  g_hash_table_iter_init (&iter, making->values);
  if (!g_hash_table_iter_next (&iter, &field_id, &value)) {
    return_shop (task);
    return;
  }
  g_hash_table_iter_steal (&iter);
  pd_desk_set_secret_async (making->desk, making->profile, field_id, value, g_task_get_cancellable (task), on_stored, task);
  pd_secret_text_unref (value);
}

static void
record_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Making *making = data;
  GError *error = NULL;

  if (pd_practice_record_write (making->data_dir, making->profile_id, making->merchant, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_recorded (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GTask  *task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    store_next (task);
  else
    return_failure (task, error);
}

static void
on_prepared (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GTask             *task = data;
  g_autoptr (GTask)  recording = NULL;
  Making            *making = g_task_get_task_data (task);
  GError            *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !fill_profile (making, &error) ||
      !pd_store_add (pd_desk_get_store (making->desk), making->profile, &error)) {
    return_failure (task, error);
    return;
  }
  making->is_added = TRUE;
  if (!keep_logo (making, &error)) {
    return_failure (task, error);
    return;
  }
  recording = g_task_new (NULL, NULL, on_recorded, task);
  g_task_set_task_data (recording, making, NULL);
  g_task_run_in_thread (recording, record_in_thread);
}

/* Whether a mistake can be made in that field, of a shop of that kind. */
static gboolean
can_be_wrong (const char   *field_id,
              PdMode        mode,
              PdGeneration  generation)
{
  static const char *const ids[] = { "seller-id", "client-id", "public-key-id", "store-name" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    if (g_str_equal (ids[i], field_id))
      return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    if (g_str_equal (patterns[i].field_id, field_id))
      return (!g_str_equal (field_id, "legacy-site-url") || (mode & PD_MODE_LEGACY)) &&
             (!g_str_equal (field_id, "cc-site-url") || (mode & PD_MODE_CC));
  }
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    if (g_str_equal (secrets[i].field_id, field_id))
      return (secrets[i].generations & generation) != 0;
  }
  return g_str_equal (field_id, "access-key-id") && generation == PD_GENERATION_BEFORE_UPGRADE;
}

/**
 * pd_practice_shop_new_async:
 * @desk: where the shop goes
 * @name: its name
 * @mode: its mode
 * @generation: its generation
 * @mistake: (nullable): the field that gets one wrong letter
 * @cancellable: (nullable): to cancel with
 * @callback: what to call
 * @user_data: for it
 *
 * Makes a practice shop. Every value is invented: nothing of it belongs to anybody.
 */
void
pd_practice_shop_new_async (PdDesk              *desk,
                            const char          *name,
                            PdMode               mode,
                            PdGeneration         generation,
                            const char          *mistake,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask            *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) preparation = NULL;
  Making           *making = g_new0 (Making, 1);

  g_return_if_fail (PD_IS_DESK (desk));

  g_task_set_source_tag (task, pd_practice_shop_new_async);
  g_task_set_task_data (task, making, (GDestroyNotify) making_free);
  making->desk = g_object_ref (desk);
  making->name = g_strdup (name);
  making->slug = pd_practice_invent_slug (name);
  making->mode = mode;
  making->generation = generation;
  making->mistake = g_strdup (mistake);
  making->data_dir = g_strdup (pd_store_get_dir (pd_desk_get_store (desk)));
  making->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) pd_secret_text_unref);
  if (mistake != NULL && !can_be_wrong (mistake, mode, generation)) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_BAD_INPUT, _("A practice shop cannot have a mistake in “%s”."), mistake);
    g_object_unref (task);
    return;
  }
  making->profile = pd_profile_new (name);
  making->profile_id = g_strdup (pd_profile_get_id (making->profile));

  preparation = g_task_new (NULL, cancellable, on_prepared, task);
  g_task_set_task_data (preparation, making, NULL);
  /* A thread of its own: what libcrypto keeps of random numbers for each thread goes with it. */
  g_thread_unref (g_thread_new ("practice-shop", prepare_in_thread, g_steal_pointer (&preparation)));
}

/**
 * pd_practice_shop_new_finish:
 * @result: what the callback was given
 * @why: what went wrong; set besides a profile too, with one of PD_ERROR_KEYRING_*, where the shop was made and its secrets
 *   wait in memory for the keyring (pd_secrets_retry_async())
 *
 * Returns: (transfer full) (nullable): the shop, which is in the store; %NULL where nothing was made
 */
PdProfile *
pd_practice_shop_new_finish (GAsyncResult  *result,
                             GError       **why)
{
  Making    *making = g_task_get_task_data (G_TASK (result));
  PdProfile *profile = g_task_propagate_pointer (G_TASK (result), why);

  if (profile != NULL && making->why != NULL)
    g_propagate_error (why, g_error_copy (making->why));
  return profile;
}

/* Of a shop whose record was written before it had these: they stand on the site of the first origin. */
static void
add_pages (PdPracticeMerchant *merchant)
{
  const char *origin = merchant->javascript_origins != NULL ? merchant->javascript_origins[0] : NULL;

  if (origin != NULL && merchant->privacy_policy_url == NULL)
    merchant->privacy_policy_url = g_strconcat (origin, strrchr (PRIVACY_POLICY_URL, '}') + 1, NULL);
  if (origin != NULL && merchant->notification_url == NULL)
    merchant->notification_url = g_strconcat (origin, strrchr (NOTIFICATION_URL, '}') + 1, NULL);
}

/**
 * pd_practice_shop_get_merchant:
 * @store: the profiles
 * @profile: a profile
 * @private_key: (nullable): its private key
 * @form_only: (out) (optional): whether the practice endpoint would learn the values from the profile itself, so that a
 *   check of them proves form only
 *
 * Returns: (transfer full): what to enrol with the practice endpoint
 */
PdPracticeMerchant *
pd_practice_shop_get_merchant (PdStore   *store,
                               PdProfile *profile,
                               PdKey     *private_key,
                               gboolean  *form_only)
{
  PdPracticeMerchant *merchant;
  g_autoptr (GError)  error = NULL;

  g_return_val_if_fail (PD_IS_STORE (store), NULL);
  g_return_val_if_fail (PD_IS_PROFILE (profile), NULL);

  merchant = pd_practice_record_read (pd_store_get_dir (store), pd_profile_get_id (profile), &error);
  if (form_only != NULL)
    *form_only = merchant == NULL;
  if (merchant != NULL) {
    add_pages (merchant);
    return merchant;
  }
  if (!g_error_matches (error, PD_ERROR, PD_ERROR_NOT_FOUND))
    g_debug ("the record of a practice shop: %s", error->message);

  merchant = g_new0 (PdPracticeMerchant, 1);
  merchant->merchant_id = g_strdup (pd_profile_get_text (profile, "seller-id"));
  merchant->store_id = g_strdup (pd_profile_get_for_environment (profile, "client-id", PD_ENVIRONMENT_PRACTICE));
  merchant->public_key_id = g_strdup (pd_profile_get_for_environment (profile, "public-key-id", PD_ENVIRONMENT_PRACTICE));
  merchant->public_key_pem = private_key != NULL ? pd_key_to_public_pem (private_key) : NULL;
  merchant->return_urls = g_strdupv ((char **) pd_profile_get_list (profile, "return-urls"));
  merchant->javascript_origins = g_strdupv ((char **) pd_profile_get_list (profile, "javascript-origins"));
  return merchant;
}

/**
 * pd_practice_shop_add_secrets:
 * @merchant: what pd_practice_shop_get_merchant() gave
 * @profile: its profile
 * @values: (nullable) (element-type utf8 PdSecretText): the profile's secrets
 *
 * Adds what the practice endpoint needs for a shop before the upgrade: the secret that signatures are computed with, in memory
 * only, and hashes of those secrets of which none is on record.
 */
void
pd_practice_shop_add_secrets (PdPracticeMerchant *merchant,
                              PdProfile          *profile,
                              GHashTable         *values)
{
  PdSecretText *key = values != NULL ? g_hash_table_lookup (values, "secret-access-key") : NULL;

  if (merchant->access_key_id == NULL)
    merchant->access_key_id = g_strdup (pd_profile_get_text (profile, "access-key-id"));
  if (key != NULL) {
    g_clear_pointer (&merchant->secret_key, pd_secret_text_unref);
    merchant->secret_key = pd_secret_text_ref (key);
  }
  for (guint i = 0; values != NULL && i < G_N_ELEMENTS (hashes); i++) {
    PdSecretText *secret = g_hash_table_lookup (values, hashes[i].field_id);

    if (secret != NULL)
      note_hash (merchant, hashes[i].field_id, secret);
  }
}
