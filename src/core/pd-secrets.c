/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-keyring-private.h"
#include "pd-secrets.h"

struct _PdSecrets
{
  GObject     parent_instance;
  GHashTable *pending; /* "profile/field" → PdSecretText */
};

enum { PROP_0, PROP_N_PENDING, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdSecrets, pd_secrets, G_TYPE_OBJECT)

typedef enum {
  OP_STORE,
  OP_LOOKUP,
  OP_DELETE,
  OP_LIST,
  OP_LIST_ALL,
} OpKind;

/* One operation: the keyring is opened and searched, and then it depends. */
typedef struct {
  OpKind        kind;
  char         *profile; /* NULL: every profile */
  char         *field;   /* NULL: every field */
  PdSecretText *value;
  PdKeyring    *keyring;
  GHashTable   *attributes;
  GList        *found;   /* of SecretRetrievable */
} Op;

static const char *const state_ids[] = {
  [PD_SECRET_UNKNOWN] = "unknown",
  [PD_SECRET_NO] = "no",
  [PD_SECRET_YES] = "yes",
  [PD_SECRET_LOST] = "lost",
  [PD_SECRET_PENDING] = "pending",
};

/**
 * pd_secret_state_to_id:
 * @state: what is known of a secret
 *
 * Returns: its final id, the "stored" of `paydeskctl show`
 */
const char *
pd_secret_state_to_id (PdSecretState state)
{
  return state_ids[state];
}

static char *
make_key (const char *profile,
          const char *field)
{
  return g_strdup_printf ("%s/%s", profile, field);
}

static void
op_free (Op *op)
{
  g_free (op->profile);
  g_free (op->field);
  g_clear_pointer (&op->value, pd_secret_text_unref);
  g_list_free_full (op->found, g_object_unref);
  g_clear_pointer (&op->attributes, g_hash_table_unref);
  g_clear_pointer (&op->keyring, pd_keyring_close);
  g_free (op);
}

static void
fail (GTask        *task,
      const GError *error)
{
  g_task_return_error (task, pd_keyring_translate (error));
  g_object_unref (task);
}

static void
emit_changed (PdSecrets *self,
              Op        *op)
{
  g_signal_emit (self, signals[CHANGED], 0, op->profile, op->field);
}

static gboolean
is_locked (gpointer retrievable)
{
  return SECRET_IS_ITEM (retrievable) && secret_item_get_locked (SECRET_ITEM (retrievable));
}

static gboolean
any_locked (Op *op)
{
  for (GList *l = op->found; l != NULL; l = l->next) {
    if (is_locked (l->data))
      return TRUE;
  }
  return op->keyring->is_locked;
}

static gboolean
value_equals (SecretValue  *value,
              PdSecretText *text)
{
  gsize       length;
  const char *bytes = secret_value_get (value, &length);

  return length == pd_secret_text_get_length (text) && memcmp (bytes, pd_secret_text_peek (text), length) == 0;
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask             *task = data;
  PdSecrets         *self = g_task_get_source_object (task);
  Op                *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!SECRET_BACKEND_GET_IFACE (op->keyring->backend)->store_finish (op->keyring->backend, result, &error)) {
    fail (task, error);
    return;
  }
  emit_changed (self, op);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
store (GTask *task)
{
  Op                     *op = g_task_get_task_data (task);
  g_autoptr (SecretValue) value = secret_value_new (pd_secret_text_peek (op->value), (gssize) pd_secret_text_get_length (op->value),
                                                    "text/plain");

  /* The label is readable while the keyring is locked, so it names neither shop nor merchant. */
  SECRET_BACKEND_GET_IFACE (op->keyring->backend)->store (op->keyring->backend, &pd_secret_schema, op->attributes,
                                                          SECRET_COLLECTION_DEFAULT, "Paydesk",
                                                          value, g_task_get_cancellable (task), on_stored, task);
}

static void
on_retrieved (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  GTask                  *task = data;
  Op                     *op = g_task_get_task_data (task);
  g_autoptr (GError)      error = NULL;
  g_autoptr (SecretValue) value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  gsize                   length = 0;
  const char             *bytes = value != NULL ? secret_value_get (value, &length) : NULL;

  if (value == NULL) {
    g_autoptr (GError) gone = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, error != NULL ? error->message : "no value");

    fail (task, error != NULL ? error : gone);
    return;
  }
  if (op->kind == OP_LOOKUP) {
    g_task_return_pointer (task, pd_secret_text_new_len (bytes, length), (GDestroyNotify) pd_secret_text_unref);
    g_object_unref (task);
  } else if (value_equals (value, op->value)) {
    /* Every store rewrites the whole keyring: what is there already is not stored again. */
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
  } else {
    store (task);
  }
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask             *task = data;
  PdSecrets         *self = g_task_get_source_object (task);
  Op                *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  SECRET_BACKEND_GET_IFACE (op->keyring->backend)->clear_finish (op->keyring->backend, result, &error);
  if (error != NULL) {
    fail (task, error);
    return;
  }
  emit_changed (self, op);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static GHashTable *
list_fields (Op *op)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (GList *l = op->found; l != NULL; l = l->next) {
    g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (l->data);
    const char            *field = g_hash_table_lookup (attributes, "field");

    if (field != NULL)
      g_hash_table_add (fields, g_strdup (field));
  }
  return fields;
}

static GPtrArray *
list_all (Op *op)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (GList *l = op->found; l != NULL; l = l->next) {
    g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (l->data);
    const char            *profile = g_hash_table_lookup (attributes, "profile");
    const char            *field = g_hash_table_lookup (attributes, "field");

    if (profile != NULL && field != NULL)
      g_ptr_array_add (all, make_key (profile, field));
  }
  return all;
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GTask             *task = data;
  Op                *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  op->found = SECRET_BACKEND_GET_IFACE (op->keyring->backend)->search_finish (op->keyring->backend, result, &error);
  if (error != NULL) {
    fail (task, error);
    return;
  }
  /* What a locked keyring does not show may be there all the same: neither 'no' nor a deletion follows from it. */
  if (any_locked (op)) {
    error = pd_keyring_error_locked ();
    fail (task, error);
    return;
  }
  switch (op->kind) {
  case OP_STORE:
    if (!op->keyring->is_file && op->keyring->collection == NULL) {
      error = pd_keyring_error_none ();
      fail (task, error);
    } else if (op->found != NULL) {
      secret_retrievable_retrieve_secret (op->found->data, g_task_get_cancellable (task), on_retrieved, task);
    } else {
      store (task);
    }
    break;
  case OP_LOOKUP:
    if (op->found != NULL) {
      secret_retrievable_retrieve_secret (op->found->data, g_task_get_cancellable (task), on_retrieved, task);
    } else {
      g_task_return_pointer (task, NULL, NULL);
      g_object_unref (task);
    }
    break;
  case OP_DELETE:
    if (op->found != NULL) {
      SECRET_BACKEND_GET_IFACE (op->keyring->backend)->clear (op->keyring->backend, &pd_secret_schema, op->attributes,
                                                              g_task_get_cancellable (task), on_cleared, task);
    } else {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
    break;
  case OP_LIST:
    g_task_return_pointer (task, list_fields (op), (GDestroyNotify) g_hash_table_unref);
    g_object_unref (task);
    break;
  case OP_LIST_ALL:
    g_task_return_pointer (task, list_all (op), (GDestroyNotify) g_ptr_array_unref);
    g_object_unref (task);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
on_open (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GTask             *task = data;
  Op                *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  op->keyring = pd_keyring_open_finish (result, &error);
  if (op->keyring == NULL) {
    fail (task, error);
    return;
  }
  op->attributes = g_hash_table_new (g_str_hash, g_str_equal);
  if (op->profile != NULL)
    g_hash_table_insert (op->attributes, (gpointer) "profile", op->profile);
  if (op->field != NULL)
    g_hash_table_insert (op->attributes, (gpointer) "field", op->field);
  SECRET_BACKEND_GET_IFACE (op->keyring->backend)->search (op->keyring->backend, &pd_secret_schema, op->attributes,
                                                           SECRET_SEARCH_ALL, g_task_get_cancellable (task), on_found, task);
}

static void
run (PdSecrets           *self,
     OpKind               kind,
     const char          *profile,
     const char          *field,
     PdSecretText        *value,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Op    *op = g_new0 (Op, 1);

  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, op, (GDestroyNotify) op_free);
  op->kind = kind;
  op->profile = g_strdup (profile);
  op->field = g_strdup (field);
  op->value = value != NULL ? pd_secret_text_ref (value) : NULL;
  pd_keyring_open_async (kind == OP_STORE || kind == OP_DELETE, cancellable, on_open, task);
}

static void
pd_secrets_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PdSecrets *self = PD_SECRETS (object);

  switch (property_id) {
  case PROP_N_PENDING:
    g_value_set_uint (value, pd_secrets_get_n_pending (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
pd_secrets_finalize (GObject *object)
{
  PdSecrets *self = PD_SECRETS (object);

  g_hash_table_unref (self->pending);
  G_OBJECT_CLASS (pd_secrets_parent_class)->finalize (object);
}

static void
pd_secrets_class_init (PdSecretsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pd_secrets_get_property;
  object_class->finalize = pd_secrets_finalize;

  properties[PROP_N_PENDING] =
    g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PdSecrets::changed:
   * @self: the secrets
   * @profile_id: the profile
   * @field_id: (nullable): the field; %NULL: any of them
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
pd_secrets_init (PdSecrets *self)
{
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_secret_text_unref);
}

PdSecrets *
pd_secrets_new (void)
{
  return g_object_new (PD_TYPE_SECRETS, NULL);
}

/**
 * pd_secrets_store_async:
 * @self: the secrets
 * @profile_id: a profile's id
 * @field_id: a secret field's id
 * @value: what to store, without a line break
 * @cancellable: (nullable): ends it
 * @callback: called when the keyring has said so
 * @user_data: for @callback
 *
 * Stores without asking the person anything: a locked keyring is an error, and nothing changes.
 */
void
pd_secrets_store_async (PdSecrets           *self,
                        const char          *profile_id,
                        const char          *field_id,
                        PdSecretText        *value,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  if (strpbrk (pd_secret_text_peek (value), "\r\n") != NULL) {
    g_task_report_new_error (self, callback, user_data, pd_secrets_store_async, PD_ERROR, PD_ERROR_BAD_INPUT,
                             _("A secret cannot hold a line break. Paste it again as one line."));
    return;
  }
  run (self, OP_STORE, profile_id, field_id, value, cancellable, callback, user_data);
}

/**
 * pd_secrets_store_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*, or %PD_ERROR_BAD_INPUT
 *
 * Returns: whether the keyring has said that it is stored
 */
gboolean
pd_secrets_store_finish (PdSecrets     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  GTask *task = G_TASK (result);
  Op    *op = g_task_get_task_data (task);

  if (!g_task_propagate_boolean (task, error))
    return FALSE;
  if (op != NULL) {
    g_autofree char *key = make_key (op->profile, op->field);

    if (g_hash_table_remove (self->pending, key))
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
  }
  return TRUE;
}

/**
 * pd_secrets_lookup_async:
 * @self: the secrets
 * @profile_id: a profile's id
 * @field_id: a secret field's id
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks a value up; one that waits for the keyring counts as there.
 */
void
pd_secrets_lookup_async (PdSecrets           *self,
                         const char          *profile_id,
                         const char          *field_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autofree char *key = make_key (profile_id, field_id);
  PdSecretText    *pending = g_hash_table_lookup (self->pending, key);

  if (pending != NULL) {
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

    g_task_return_pointer (task, pd_secret_text_ref (pending), (GDestroyNotify) pd_secret_text_unref);
    return;
  }
  run (self, OP_LOOKUP, profile_id, field_id, NULL, cancellable, callback, user_data);
}

/**
 * pd_secrets_lookup_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error: certainly not there
 */
PdSecretText *
pd_secrets_lookup_finish (PdSecrets     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
pd_secrets_delete_async (PdSecrets           *self,
                         const char          *profile_id,
                         const char          *field_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  run (self, OP_DELETE, profile_id, field_id, NULL, cancellable, callback, user_data);
}

static gboolean
delete_finish (PdSecrets     *self,
               GAsyncResult  *result,
               GError       **error)
{
  GTask         *task = G_TASK (result);
  Op            *op = g_task_get_task_data (task);
  GHashTableIter iter;
  gpointer       key;

  if (!g_task_propagate_boolean (task, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    const char *slash = strchr (key, '/');

    if (g_str_has_prefix (key, op->profile) && (op->field == NULL || g_str_equal (slash + 1, op->field)))
      g_hash_table_iter_remove (&iter);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
  return TRUE;
}

/**
 * pd_secrets_delete_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*: nothing was deleted
 *
 * Returns: whether it is gone, or was not there
 */
gboolean
pd_secrets_delete_finish (PdSecrets     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return delete_finish (self, result, error);
}

void
pd_secrets_delete_all_async (PdSecrets           *self,
                             const char          *profile_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  run (self, OP_DELETE, profile_id, NULL, NULL, cancellable, callback, user_data);
}

gboolean
pd_secrets_delete_all_finish (PdSecrets     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return delete_finish (self, result, error);
}

void
pd_secrets_list_async (PdSecrets           *self,
                       const char          *profile_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  run (self, OP_LIST, profile_id, NULL, NULL, cancellable, callback, user_data);
}

/**
 * pd_secrets_list_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the ids of the fields that have an item, as a set
 */
GHashTable *
pd_secrets_list_finish (PdSecrets     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
pd_secrets_list_all_async (PdSecrets           *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  run (self, OP_LIST_ALL, NULL, NULL, NULL, cancellable, callback, user_data);
}

/**
 * pd_secrets_list_all_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type utf8): "profile/field" of every item of ours
 */
GPtrArray *
pd_secrets_list_all_finish (PdSecrets     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
pd_secrets_get_n_pending (PdSecrets *self)
{
  return g_hash_table_size (self->pending);
}

gboolean
pd_secrets_is_pending (PdSecrets  *self,
                       const char *profile_id,
                       const char *field_id)
{
  g_autofree char *key = make_key (profile_id, field_id);

  return g_hash_table_contains (self->pending, key);
}

/**
 * pd_secrets_hold:
 * @self: the secrets
 * @profile_id: a profile's id
 * @field_id: a secret field's id
 * @value: what the keyring could not take
 *
 * Keeps the value in the wiped heap until pd_secrets_retry_async() has stored it, or the program ends.
 */
void
pd_secrets_hold (PdSecrets    *self,
                 const char   *profile_id,
                 const char   *field_id,
                 PdSecretText *value)
{
  g_hash_table_insert (self->pending, make_key (profile_id, field_id), pd_secret_text_ref (value));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
  g_signal_emit (self, signals[CHANGED], 0, profile_id, field_id);
}

/**
 * pd_secrets_drop_pending:
 * @self: the secrets
 * @profile_id: (nullable): a profile's id; %NULL: of every profile
 *
 * Lets go of what waits for the keyring.
 */
void
pd_secrets_drop_pending (PdSecrets  *self,
                         const char *profile_id)
{
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (profile_id == NULL || g_str_has_prefix (key, profile_id))
      g_hash_table_iter_remove (&iter);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

static void store_next_pending (GTask *task);

static void
on_pending_stored (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  GTask             *task = data;
  g_autoptr (GError) error = NULL;

  if (pd_secrets_store_finish (PD_SECRETS (source), result, &error)) {
    store_next_pending (task);
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
    g_object_unref (task);
  }
}

static void
store_next_pending (GTask *task)
{
  PdSecrets     *self = g_task_get_source_object (task);
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->pending);
  if (g_hash_table_iter_next (&iter, &key, &value)) {
    g_auto (GStrv) parts = g_strsplit (key, "/", 2);

    pd_secrets_store_async (self, parts[0], parts[1], value, g_task_get_cancellable (task), on_pending_stored, task);
    return;
  }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_unlocked (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GTask             *task = data;
  g_autoptr (GError) error = NULL;
  int                n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);

  if (n_unlocked > 0) {
    store_next_pending (task);
    return;
  }
  if (error == NULL)
    error = g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_DENIED, _("The keyring was not unlocked. Secrets wait in memory until it is."));
  fail (task, error);
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask                       *task = data;
  g_autoptr (GError)           error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_create_finish (result, &error);

  if (collection != NULL)
    store_next_pending (task);
  else
    fail (task, error);
}

static void
on_open_for_retry (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  GTask                 *task = data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdKeyring)  keyring = pd_keyring_open_finish (result, &error);
  GCancellable          *cancellable = g_task_get_cancellable (task);

  if (keyring == NULL) {
    fail (task, error);
  } else if (keyring->is_file || (keyring->collection != NULL && !keyring->is_locked)) {
    store_next_pending (task);
  } else if (keyring->collection == NULL) {
    secret_collection_create (SECRET_SERVICE (keyring->backend), _("Login"), SECRET_COLLECTION_DEFAULT,
                              SECRET_COLLECTION_CREATE_NONE, cancellable, on_created, task);
  } else {
    GList one = { keyring->collection, NULL, NULL };

    secret_service_unlock (SECRET_SERVICE (keyring->backend), &one, cancellable, on_unlocked, task);
  }
}

/**
 * pd_secrets_retry_async:
 * @self: the secrets
 * @cancellable: (nullable): ends it, also while the person is being asked
 * @callback: called when everything is stored, or cannot be
 * @user_data: for @callback
 *
 * Has the desktop ask the person to unlock, or create, the keyring where that is needed, and stores what waits. This is the only
 * call that asks.
 */
void
pd_secrets_retry_async (PdSecrets           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_secrets_retry_async);
  pd_keyring_open_async (FALSE, cancellable, on_open_for_retry, task);
}

gboolean
pd_secrets_retry_finish (PdSecrets     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * pd_secrets_describe_backend:
 * @self: the secrets
 *
 * Returns: (transfer full): where secrets are kept, for `paydeskctl doctor`
 */
char *
pd_secrets_describe_backend (PdSecrets *self)
{
  if (pd_keyring_uses_file ())
    return g_strdup (_("an encrypted file of libsecret’s, whose key the Secret portal keeps"));
  return g_strdup (_("the desktop’s Secret Service, items of the schema org.paydesk.Secret"));
}
