/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-keyring-call-private.h"
#include "pd-keyring-private.h"

/* How often a write to libsecret's file is tried when something else has written it meanwhile. */
#define MAX_WRITES 3

/* The task's data: the keyring is opened and searched, and then it depends. */
typedef struct {
  PdKeyringCallKind  kind;
  char              *profile;
  char              *field;
  PdSecretText      *value;
  PdKeyring         *keyring;
  GHashTable        *attributes;
  GList             *found;    /* of SecretRetrievable */
  GList             *next;     /* of `found`: whose value is fetched next */
  GPtrArray         *items;    /* of PdKeyringItem */
  GHashTable        *known;    /* the "profile/field" of each */
  guint              n_writes;
  gboolean           changed;
} Call;

static void
item_free (gpointer data)
{
  PdKeyringItem *item = data;

  g_free (item->profile);
  g_free (item->field);
  g_clear_pointer (&item->value, pd_secret_text_unref);
  g_free (item);
}

static void
forget_found (Call *call)
{
  g_list_free_full (call->found, g_object_unref);
  call->found = NULL;
  call->next = NULL;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  forget_found (call);
  g_free (call->profile);
  g_free (call->field);
  g_clear_pointer (&call->value, pd_secret_text_unref);
  g_clear_pointer (&call->attributes, g_hash_table_unref);
  g_clear_pointer (&call->items, g_ptr_array_unref);
  g_clear_pointer (&call->known, g_hash_table_unref);
  g_clear_pointer (&call->keyring, pd_keyring_close);
  g_free (call);
}

static void
fail (GTask        *task,
      const GError *error)
{
  g_task_return_error (task, pd_keyring_translate (error, g_task_get_cancellable (task)));
  g_object_unref (task);
}

static void
take_failure (GTask  *task,
              GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
succeed (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  g_task_return_pointer (task, g_ptr_array_ref (call->items), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static const SecretBackendInterface *
get_backend (Call *call)
{
  return SECRET_BACKEND_GET_IFACE (call->keyring->backend);
}

static gboolean
is_locked (gpointer retrievable)
{
  return SECRET_IS_ITEM (retrievable) && pd_keyring_says_locked (G_DBUS_PROXY (retrievable));
}

static gboolean
is_in_default (Call     *call,
               gpointer  retrievable)
{
  g_autofree char *folder = NULL;

  if (!SECRET_IS_ITEM (retrievable) || call->keyring->collection == NULL)
    return TRUE;
  folder = g_strconcat (g_dbus_proxy_get_object_path (G_DBUS_PROXY (call->keyring->collection)), "/", NULL);
  return g_str_has_prefix (g_dbus_proxy_get_object_path (G_DBUS_PROXY (retrievable)), folder);
}

/* What a locked keyring does not show may be there all the same: neither 'no' nor a deletion follows from it. An item that can be
 * read stands for itself, though, even if there is an older one in a keyring that is locked. */
static gboolean
is_undecided (Call *call)
{
  gboolean any_locked = FALSE;
  gboolean any_open = FALSE;

  for (GList *l = call->found; l != NULL; l = l->next) {
    any_locked |= is_locked (l->data);
    any_open |= !is_locked (l->data);
  }
  if (call->keyring->is_locked)
    return TRUE;
  return any_locked && !(any_open && call->field != NULL && call->kind != PD_KEYRING_CALL_DELETE);
}

/* Where items of the same attributes are in several keyrings, the default one's come first. */
static int
default_first (gconstpointer a,
               gconstpointer b,
               gpointer      call)
{
  return (int) is_in_default (call, (gpointer) b) - (int) is_in_default (call, (gpointer) a);
}

static gboolean
value_equals (SecretValue  *value,
              PdSecretText *text)
{
  gsize       length;
  const char *bytes = secret_value_get (value, &length);

  return length == pd_secret_text_get_length (text) && memcmp (bytes, pd_secret_text_peek (text), length) == 0;
}

static void open_next (GTask *task);

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask             *task = data;
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean           stored = get_backend (call)->store_finish (call->keyring->backend, result, &error);

  call->n_writes++;
  call->changed |= stored;
  if (stored && !call->keyring->is_file)
    succeed (task);
  else if (stored || (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG) && call->n_writes < MAX_WRITES))
    /* What libsecret says of its file is what it remembers of it: only a new look shows what is there. */
    open_next (task);
  else
    fail (task, error);
}

static void
store (GTask *task)
{
  Call                   *call = g_task_get_task_data (task);
  g_autoptr (SecretValue) value = NULL;

  if (call->n_writes >= MAX_WRITES) {
    take_failure (task, g_error_new_literal (PD_ERROR, PD_ERROR_KEYRING_FAILED,
                                             _("The keyring did not keep what was stored. Retry, and close other programs that use it.")));
    return;
  }
  value = secret_value_new (pd_secret_text_peek (call->value), (gssize) pd_secret_text_get_length (call->value), "text/plain");
  /* The label is readable while the keyring is locked, so it names neither shop nor merchant. */
  get_backend (call)->store (call->keyring->backend, &pd_secret_schema, call->attributes, SECRET_COLLECTION_DEFAULT, "Paydesk",
                             value, g_task_get_cancellable (task), on_stored, task);
}

static void
on_compared (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GTask                  *task = data;
  Call                   *call = g_task_get_task_data (task);
  g_autoptr (GError)      error = NULL;
  g_autoptr (SecretValue) value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);

  if (error != NULL)
    fail (task, error);
  else if (value != NULL && value_equals (value, call->value))
    succeed (task);
  else
    store (task);
}

static void fetch_next (GTask *task);

static void
on_retrieved (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  GTask                  *task = data;
  Call                   *call = g_task_get_task_data (task);
  g_autoptr (GError)      error = NULL;
  g_autoptr (SecretValue) value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  PdKeyringItem          *item = g_ptr_array_index (call->items, call->items->len - 1);
  gsize                   length = 0;
  const char             *bytes;

  if (error != NULL) {
    fail (task, error);
    return;
  }
  if (value == NULL) {
    take_failure (task, pd_keyring_error_locked ());
    return;
  }
  bytes = secret_value_get (value, &length);
  item->value = pd_secret_text_new_len (bytes, length);
  fetch_next (task);
}

/* Adds the next item that was found, and its value where that is wanted. */
static void
fetch_next (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  while (call->next != NULL) {
    GObject               *retrievable = call->next->data;
    g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (SECRET_RETRIEVABLE (retrievable));
    const char            *profile = call->profile != NULL ? call->profile : g_hash_table_lookup (attributes, "profile");
    const char            *field = call->field != NULL ? call->field : g_hash_table_lookup (attributes, "field");
    PdKeyringItem         *item;

    call->next = call->next->next;
    if (profile == NULL || field == NULL || is_locked (retrievable))
      continue;
    if (!g_hash_table_add (call->known, g_strconcat (profile, "/", field, NULL)))
      continue;
    item = g_new0 (PdKeyringItem, 1);
    item->profile = g_strdup (profile);
    item->field = g_strdup (field);
    g_ptr_array_add (call->items, item);
    if (call->kind == PD_KEYRING_CALL_FETCH) {
      secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (retrievable), g_task_get_cancellable (task), on_retrieved, task);
      return;
    }
  }
  succeed (task);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask             *task = data;
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  get_backend (call)->clear_finish (call->keyring->backend, result, &error);
  if (error == NULL) {
    call->changed = TRUE;
    succeed (task);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG) && ++call->n_writes < MAX_WRITES) {
    open_next (task);
  } else {
    fail (task, error);
  }
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GTask             *task = data;
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  call->found = get_backend (call)->search_finish (call->keyring->backend, result, &error);
  if (error != NULL) {
    fail (task, error);
    return;
  }
  if (is_undecided (call)) {
    take_failure (task, pd_keyring_error_locked ());
    return;
  }
  call->found = g_list_sort_with_data (call->found, default_first, call);
  switch (call->kind) {
  case PD_KEYRING_CALL_STORE:
    /* Every store rewrites the whole keyring: what is there already is not stored again. */
    if (!call->keyring->is_file && call->keyring->collection == NULL)
      take_failure (task, pd_keyring_error_none ());
    else if (call->found != NULL && !is_locked (call->found->data) && is_in_default (call, call->found->data))
      secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (call->found->data), g_task_get_cancellable (task), on_compared, task);
    else
      store (task);
    break;
  case PD_KEYRING_CALL_DELETE:
    if (call->found != NULL)
      get_backend (call)->clear (call->keyring->backend, &pd_secret_schema, call->attributes, g_task_get_cancellable (task),
                                 on_cleared, task);
    else
      succeed (task);
    break;
  case PD_KEYRING_CALL_LIST:
  case PD_KEYRING_CALL_FETCH:
    call->next = call->found;
    fetch_next (task);
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
  Call              *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  call->keyring = pd_keyring_open_finish (result, &error);
  if (call->keyring == NULL) {
    fail (task, error);
    return;
  }
  get_backend (call)->search (call->keyring->backend, &pd_secret_schema, call->attributes, SECRET_SEARCH_ALL,
                              g_task_get_cancellable (task), on_found, task);
}

static void
open_next (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  forget_found (call);
  pd_keyring_reopen_async (g_steal_pointer (&call->keyring), g_task_get_cancellable (task), on_open, task);
}

/**
 * pd_keyring_call_async:
 * @kind: what to do
 * @profile: (nullable): a profile's id; %NULL: of every profile
 * @field: (nullable): a field's id; %NULL: every field
 * @value: (nullable): what to store
 * @cancellable: (nullable): ends it
 * @callback: called when the keyring has answered
 * @user_data: for @callback
 *
 * Asks the keyring, by a connection of its own.
 */
void
pd_keyring_call_async (PdKeyringCallKind    kind,
                       const char          *profile,
                       const char          *field,
                       PdSecretText        *value,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  static const PdKeyringUse uses[] = {
    [PD_KEYRING_CALL_STORE] = PD_KEYRING_WRITE,
    [PD_KEYRING_CALL_DELETE] = PD_KEYRING_WRITE,
    [PD_KEYRING_CALL_LIST] = PD_KEYRING_LOOK,
    [PD_KEYRING_CALL_FETCH] = PD_KEYRING_READ,
  };
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Call  *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, pd_keyring_call_async);
  g_task_set_task_data (task, call, call_free);
  call->kind = kind;
  call->profile = g_strdup (profile);
  call->field = g_strdup (field);
  call->value = value != NULL ? pd_secret_text_ref (value) : NULL;
  call->items = g_ptr_array_new_with_free_func (item_free);
  call->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  call->attributes = g_hash_table_new (g_str_hash, g_str_equal);
  if (profile != NULL)
    g_hash_table_insert (call->attributes, (gpointer) "profile", call->profile);
  if (field != NULL)
    g_hash_table_insert (call->attributes, (gpointer) "field", call->field);
  pd_keyring_open_async (uses[kind], cancellable, on_open, task);
}

/**
 * pd_keyring_call_finish:
 * @result: what the callback was given
 * @changed: (out): whether the keyring is another than before
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type PdKeyringItem): the items, empty where none were asked for; %NULL on an error
 */
GPtrArray *
pd_keyring_call_finish (GAsyncResult  *result,
                        gboolean      *changed,
                        GError       **error)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  *changed = call->changed;
  return g_task_propagate_pointer (G_TASK (result), error);
}
