/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-document.h"
#include "pd-error.h"
#include "pd-export-private.h"
#include "pd-export.h"
#include "pd-incoming.h"
#include "pd-json.h"
#include "pd-profile-private.h"
#include "pd-store-private.h"

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
  const char *name = pd_export_get_file_name (json_node_get_object (shop->document), field);
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
    refuse (error, _("It holds something that is not a shop."));
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
  if (!pd_document_check_lengths (document, &local)) {
    refuse (error, local->message);
    return NULL;
  }
  pd_export_forget_secrets (json_node_get_object (document));
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
    refuse (error, _("This is not an export of Paydesk."));
    return NULL;
  }
  if (json_node_get_int (format) > PD_EXPORT_FORMAT) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NEWER_FORMAT,
                         _("This export was written by a newer Paydesk. Update Paydesk to read it."));
    return NULL;
  }
  if (profiles == NULL || !JSON_NODE_HOLDS_ARRAY (profiles)) {
    refuse (error, _("This is not an export of Paydesk."));
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

    g_hash_table_add (self->names, g_strdup (pd_store_get_name (record)));
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

static void
make_room (Import     *taken,
           PdIncoming *shop)
{
  JsonObject *object = json_node_get_object (shop->document);
  char *name = pd_document_number_name (pd_json_get_string (object, "name"), taken->names);

  json_object_set_string_member (object, "name", name);
  g_hash_table_add (taken->names, name);
  while (g_hash_table_contains (taken->ids, shop->id))
    pd_incoming_renew_id (shop);
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

  node = pd_json_parse (g_bytes_get_data (self->document, NULL), (gssize) g_bytes_get_size (self->document), &pd_export_limits, error);
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

/* One after another: the names and ids that one brings are taken when the next begins. */
static void
import_first (PdStore             *store,
              GAsyncReadyCallback  callback)
{
  GTask *waiting = g_queue_peek_head (&store->imports);
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, NULL);

  g_task_set_source_tag (task, import_first);
  g_task_set_task_data (task, import_new (store, g_task_get_task_data (waiting)), (GDestroyNotify) import_free);
  g_task_run_in_thread (task, import_in_thread);
}

static void
on_import_run (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  PdStore *store = PD_STORE (source);
  g_autoptr (GTask) task = g_queue_pop_head (&store->imports);
  GError *error = NULL;
  g_autoptr (GPtrArray) added = g_task_propagate_pointer (G_TASK (result), &error);
  GPtrArray *profiles = added != NULL ? take_in (store, added) : NULL;

  /* Before whoever waits is told, who may ask for another one: that must not begin twice. */
  if (!g_queue_is_empty (&store->imports))
    import_first (store, on_import_run);
  if (profiles != NULL)
    g_task_return_pointer (task, profiles, (GDestroyNotify) g_ptr_array_unref);
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
 * Like pd_import_profiles(), in a worker thread, after those imports that were asked for before. Not to be cancelled: all of it is
 * there in the end, or nothing.
 */
void
pd_import_profiles_async (PdStore             *store,
                          GBytes              *document,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PD_IS_STORE (store));

  task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, pd_import_profiles_async);
  g_task_set_task_data (task, g_bytes_ref (document), (GDestroyNotify) g_bytes_unref);
  g_queue_push_tail (&store->imports, task);
  if (g_queue_get_length (&store->imports) == 1)
    import_first (store, on_import_run);
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
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
