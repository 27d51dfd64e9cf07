/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-document.h"
#include "pd-error.h"
#include "pd-export.h"
#include "pd-incoming.h"
#include "pd-json.h"
#include "pd-profile-private.h"
#include "pd-store-private.h"

#define EXPORT_FORMAT 1

/* Whole shops with their logos take more than one shop's file may. */
static const PdJsonLimits limits = { PD_EXPORT_MAX_BYTES, 64, 16 * 1024 * 1024 };

static const char *
get_file_name (JsonObject    *document,
               const PdField *field)
{
  JsonObject *values = pd_json_get_object (document, PD_SECTION_VALUES);

  return field->kind == PD_FIELD_IMAGE && values != NULL ? pd_json_get_string (values, field->id) : NULL;
}

/* What another computer's keyring holds says nothing here. */
static void
forget_secrets (JsonObject *document)
{
  json_object_set_object_member (document, PD_SECTION_SECRETS, json_object_new ());
}

/* What an export needs of a shop, so that it can be done in a worker thread. */
typedef struct {
  char     *id;
  GBytes   *content;  /* as the file has it, of a shop that nobody has looked at */
  JsonNode *document; /* else */
} Outgoing;

static void
outgoing_free (gpointer data)
{
  Outgoing *self = data;

  g_free (self->id);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->document, json_node_unref);
  g_free (self);
}

typedef struct {
  char      *dir;
  GPtrArray *shops;
} Export;

static Export *
export_new (PdStore   *store,
            GPtrArray *profiles)
{
  Export *self = g_new0 (Export, 1);

  self->dir = g_strdup (pd_store_get_dir (store));
  self->shops = g_ptr_array_new_with_free_func (outgoing_free);
  for (guint i = 0; i < profiles->len; i++) {
    PdProfile *profile = g_ptr_array_index (profiles, i);
    Outgoing *shop = g_new0 (Outgoing, 1);

    shop->id = g_strdup (pd_profile_get_id (profile));
    if (profile->content != NULL)
      shop->content = g_bytes_ref (profile->content);
    else
      shop->document = pd_profile_to_json (profile);
    g_ptr_array_add (self->shops, shop);
  }
  return self;
}

static void
export_free (Export *self)
{
  g_free (self->dir);
  g_ptr_array_unref (self->shops);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static JsonNode *
make_document (Outgoing  *shop,
               GError   **error)
{
  g_autoptr (JsonNode) read = NULL;

  if (shop->document != NULL)
    return pd_json_copy (shop->document);
  read = pd_json_parse (g_bytes_get_data (shop->content, NULL), (gssize) g_bytes_get_size (shop->content), &pd_json_limits_file, error);
  /* The check adds what may be left out. */
  return read != NULL && pd_document_check (read, error) ? pd_document_to_ordered (json_node_get_object (read)) : NULL;
}

static JsonObject *
export_files (const char  *dir,
              const char  *id,
              JsonObject  *document,
              GError     **error)
{
  g_autoptr (JsonObject) files = json_object_new ();
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const char *name = get_file_name (document, fields[i]);
    g_autoptr (GBytes) content = NULL;
    g_autoptr (GError) local = NULL;
    g_autofree char *text = NULL;

    if (name == NULL)
      continue;
    content = pd_shelf_read_file (dir, id, name, &local);
    if (content == NULL && g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND))
      continue;
    if (content == NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
    text = g_base64_encode (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
    json_object_set_string_member (files, name, text);
  }
  return g_steal_pointer (&files);
}

static gboolean
export_shop (Export     *self,
             Outgoing   *shop,
             JsonArray  *array,
             GError    **error)
{
  JsonNode *document = make_document (shop, error);
  JsonObject *entry, *files;

  if (document == NULL)
    return FALSE;
  entry = json_object_new ();
  json_array_add_object_element (array, entry);
  forget_secrets (json_node_get_object (document));
  json_object_set_member (entry, "profile", document);
  files = export_files (self->dir, shop->id, json_node_get_object (document), error);
  if (files == NULL)
    return FALSE;
  json_object_set_object_member (entry, "files", files);
  return TRUE;
}

static GBytes *
export_run (Export  *self,
            GError **error)
{
  g_autoptr (JsonObject) export = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), export);
  JsonArray *array = json_array_new ();
  char *text;
  gsize length;

  json_object_set_int_member (export, "format", EXPORT_FORMAT);
  json_object_set_string_member (export, "kind", PD_EXPORT_KIND);
  json_object_set_array_member (export, "profiles", array);
  for (guint i = 0; i < self->shops->len; i++) {
    if (!export_shop (self, g_ptr_array_index (self->shops, i), array, error))
      return NULL;
  }
  text = pd_json_to_string (node, TRUE);
  length = strlen (text);
  if (length > limits.max_bytes) {
    g_free (text);
    g_set_error_literal (error, PD_ERROR, PD_ERROR_TOO_LARGE, _("This is too much for one file. Export fewer shops at once."));
    return NULL;
  }
  return g_bytes_new_take (text, length);
}

/**
 * pd_export_profiles:
 * @store: a store
 * @profiles: (element-type PdProfile): some of its profiles
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_TOO_LARGE
 *
 * Waits for the disk: a window calls pd_export_profiles_async().
 *
 * Returns: (transfer full) (nullable): one JSON document with the profiles and their logos, without any secret
 */
GBytes *
pd_export_profiles (PdStore    *store,
                    GPtrArray  *profiles,
                    GError    **error)
{
  g_autoptr (Export) export = NULL;

  g_return_val_if_fail (PD_IS_STORE (store), NULL);

  export = export_new (store, profiles);
  return export_run (export, error);
}

static void
export_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *document = export_run (task_data, &error);

  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * pd_export_profiles_async:
 * @store: a store
 * @profiles: (element-type PdProfile): some of its profiles, exported as they are now
 * @callback: called on the main loop
 * @user_data: for @callback
 *
 * Like pd_export_profiles(), in a worker thread.
 */
void
pd_export_profiles_async (PdStore             *store,
                          GPtrArray           *profiles,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PD_IS_STORE (store));

  task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, pd_export_profiles_async);
  g_task_set_task_data (task, export_new (store, profiles), (GDestroyNotify) export_free);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * pd_export_profiles_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: as of pd_export_profiles()
 *
 * Returns: (transfer full) (nullable): the document
 */
GBytes *
pd_export_profiles_finish (PdStore       *store,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("Nothing was imported. %s"), why);
  return FALSE;
}

/* The file that an image field names, if the document has it. */
static gboolean
import_file (PdIncoming     *shop,
             JsonObject     *files,
             const PdField  *field,
             GError        **error)
{
  const char *name = get_file_name (json_node_get_object (shop->document), field);
  const char *text = name != NULL ? pd_json_get_string (files, name) : NULL;
  g_autofree char *again = NULL;
  guchar *content;
  gsize length;

  if (text == NULL)
    return TRUE;
  if (!pd_shelf_is_file_name (name))
    return refuse (error, _("A file in it has a name that cannot be used."));
  content = g_base64_decode (text, &length);
  again = g_base64_encode (content, length);
  if (!g_str_equal (again, text)) {
    g_free (content);
    return refuse (error, _("A file in it is damaged."));
  }
  g_hash_table_insert (shop->files, g_strdup (name), g_bytes_new_take (content, length));
  return TRUE;
}

static PdIncoming *
import_entry (JsonNode  *entry,
              GError   **error)
{
  g_autoptr (PdIncoming) shop = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GError) local = NULL;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (entry) ? json_node_get_object (entry) : NULL;
  JsonNode *profile = object != NULL ? json_object_get_member (object, "profile") : NULL;
  JsonObject *files = object != NULL ? pd_json_get_object (object, "files") : NULL;
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  if (profile == NULL) {
    refuse (error, _("It holds something that is no shop."));
    return NULL;
  }
  document = pd_json_copy (profile);
  if (!pd_document_check (document, &local)) {
    if (g_error_matches (local, PD_ERROR, PD_ERROR_NEWER_FORMAT))
      g_propagate_error (error, g_steal_pointer (&local));
    else
      refuse (error, local->message);
    return NULL;
  }
  forget_secrets (json_node_get_object (document));
  shop = pd_incoming_new (g_steal_pointer (&document));
  for (guint i = 0; files != NULL && i < n_fields; i++) {
    if (!import_file (shop, files, fields[i], error))
      return NULL;
  }
  return g_steal_pointer (&shop);
}

static JsonArray *
get_entries (JsonNode  *document,
             GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (document) ? json_node_get_object (document) : NULL;
  JsonNode *format = object != NULL ? json_object_get_member (object, "format") : NULL;
  JsonNode *profiles = object != NULL ? json_object_get_member (object, "profiles") : NULL;

  if (object == NULL || g_strcmp0 (pd_json_get_string (object, "kind"), PD_EXPORT_KIND) != 0 || format == NULL ||
      !JSON_NODE_HOLDS_VALUE (format) || json_node_get_value_type (format) != G_TYPE_INT64) {
    refuse (error, _("This is no export of Paydesk."));
    return NULL;
  }
  if (json_node_get_int (format) > EXPORT_FORMAT) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NEWER_FORMAT,
                         _("This export was written by a newer Paydesk. Update Paydesk to read it."));
    return NULL;
  }
  if (profiles == NULL || !JSON_NODE_HOLDS_ARRAY (profiles)) {
    refuse (error, _("This is no export of Paydesk."));
    return NULL;
  }
  return json_node_get_array (profiles);
}

/* What an import needs of the store, so that it can be done in a worker thread. */
typedef struct {
  char       *dir;
  GBytes     *document;
  GHashTable *names; /* in use, here and among those that come in */
  GHashTable *ids;
} Import;

static Import *
import_new (PdStore *store,
            GBytes  *document)
{
  Import *self = g_new0 (Import, 1);

  self->dir = g_strdup (pd_store_get_dir (store));
  self->document = g_bytes_ref (document);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < store->records->len; i++) {
    PdStoreRecord *record = g_ptr_array_index (store->records, i);

    g_hash_table_add (self->names, pd_store_dup_name (record));
    g_hash_table_add (self->ids, g_strdup (record->id));
  }
  return self;
}

static void
import_free (Import *self)
{
  g_free (self->dir);
  g_bytes_unref (self->document);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->ids);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)

static gboolean
is_id_taken (Import     *taken,
             const char *id)
{
  return g_hash_table_contains (taken->ids, id) || pd_shelf_is_taken (taken->dir, id);
}

static void
make_room (Import     *taken,
           PdIncoming *shop)
{
  JsonObject *object = json_node_get_object (shop->document);
  g_autofree char *name = g_strdup (pd_json_get_string (object, "name"));
  g_autofree char *numbered = g_strdup (name);

  for (guint i = 2; g_hash_table_contains (taken->names, numbered); i++) {
    g_free (numbered);
    numbered = g_strdup_printf ("%s (%u)", name, i);
  }
  json_object_set_string_member (object, "name", numbered);
  g_hash_table_add (taken->names, g_steal_pointer (&numbered));

  while (is_id_taken (taken, shop->id)) {
    g_free (shop->id);
    shop->id = g_uuid_string_random ();
    json_object_set_string_member (object, "id", shop->id);
  }
  g_hash_table_add (taken->ids, g_strdup (shop->id));
}

/* Returns: (element-type PdShelfEntry): the new shops as they lie in the folder now */
static GPtrArray *
import_run (Import  *self,
            GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) shops = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_incoming_free);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_shelf_entry_free);
  JsonArray *entries;

  node = pd_json_parse (g_bytes_get_data (self->document, NULL), (gssize) g_bytes_get_size (self->document), &limits, error);
  if (node == NULL || (entries = get_entries (node, error)) == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (entries); i++) {
    PdIncoming *shop = import_entry (json_array_get_element (entries, i), error);

    if (shop == NULL)
      return NULL;
    g_ptr_array_add (shops, shop);
    make_room (self, shop);
  }
  if (shops->len > 0 && !pd_incoming_add (self->dir, shops, error))
    return NULL;

  for (guint i = 0; i < shops->len; i++) {
    PdShelfEntry *entry = pd_shelf_read (self->dir, ((PdIncoming *) g_ptr_array_index (shops, i))->id, error);

    if (entry == NULL)
      return NULL;
    g_ptr_array_add (added, entry);
  }
  return g_steal_pointer (&added);
}

static GPtrArray *
take_in (PdStore   *store,
         GPtrArray *added)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added->len; i++) {
    PdShelfEntry *entry = g_ptr_array_index (added, i);
    /* The store may have noticed the new file by itself. */
    PdStoreRecord *record = pd_store_lookup (store, entry->id);

    if (record == NULL)
      record = pd_store_insert (store, pd_shelf_entry_get_profile (entry), &entry->stamp);
    g_ptr_array_add (profiles, g_object_ref (pd_store_open_record (record)));
  }
  return profiles;
}

/**
 * pd_import_profiles:
 * @store: a store that has been loaded
 * @document: what pd_export_profiles() wrote
 * @error: %PD_ERROR_BAD_INPUT, %PD_ERROR_GARBAGE, %PD_ERROR_TOO_LARGE, %PD_ERROR_NEWER_FORMAT, %PD_ERROR_STORAGE
 *
 * Adds the document's shops, all or none. A known id gets a new one, and a name that is taken a number. Makes no
 * network call. Waits for the disk: a window calls pd_import_profiles_async().
 *
 * Returns: (transfer full) (nullable) (element-type PdProfile): the new profiles, which are the store's
 */
GPtrArray *
pd_import_profiles (PdStore  *store,
                    GBytes   *document,
                    GError  **error)
{
  g_autoptr (Import) import = NULL;
  g_autoptr (GPtrArray) added = NULL;

  g_return_val_if_fail (PD_IS_STORE (store), NULL);

  import = import_new (store, document);
  added = import_run (import, error);
  return added != NULL ? take_in (store, added) : NULL;
}

static void
import_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *added = import_run (task_data, &error);

  if (added != NULL)
    g_task_return_pointer (task, added, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * pd_import_profiles_async:
 * @store: a store that has been loaded
 * @document: what pd_export_profiles() wrote
 * @callback: called on the main loop
 * @user_data: for @callback
 *
 * Like pd_import_profiles(), in a worker thread. Not to be cancelled: all of it is there in the end, or nothing.
 */
void
pd_import_profiles_async (PdStore             *store,
                          GBytes              *document,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PD_IS_STORE (store));

  task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, pd_import_profiles_async);
  g_task_set_task_data (task, import_new (store, document), (GDestroyNotify) import_free);
  g_task_run_in_thread (task, import_in_thread);
}

/**
 * pd_import_profiles_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: as of pd_import_profiles()
 *
 * Returns: (transfer full) (nullable) (element-type PdProfile): the new profiles, which are the store's
 */
GPtrArray *
pd_import_profiles_finish (PdStore       *store,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (GPtrArray) added = NULL;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  added = g_task_propagate_pointer (G_TASK (result), error);
  return added != NULL ? take_in (store, added) : NULL;
}
