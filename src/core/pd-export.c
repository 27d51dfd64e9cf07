/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-csv.h"
#include "pd-document.h"
#include "pd-error.h"
#include "pd-export-private.h"
#include "pd-export.h"
#include "pd-json.h"
#include "pd-profile-private.h"
#include "pd-store-private.h"

/* Whole shops with their logos take more than one shop's file may. */
const PdJsonLimits pd_export_limits = { PD_EXPORT_MAX_BYTES, 64, 16 * 1024 * 1024 };

/* The file that an image field of a profile's document names. */
const char *
pd_export_get_file_name (JsonObject    *document,
                         const PdField *field)
{
  JsonObject *values = pd_json_get_object (document, PD_SECTION_VALUES);

  return field->kind == PD_FIELD_IMAGE && values != NULL ? pd_json_get_string (values, field->id) : NULL;
}

/* What another computer's keyring holds says nothing here. */
void
pd_export_forget_secrets (JsonObject *document)
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
    const char *name = pd_export_get_file_name (document, fields[i]);
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
  pd_export_forget_secrets (json_node_get_object (document));
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

  json_object_set_int_member (export, "format", PD_EXPORT_FORMAT);
  json_object_set_string_member (export, "kind", PD_EXPORT_KIND);
  json_object_set_array_member (export, "profiles", array);
  for (guint i = 0; i < self->shops->len; i++) {
    if (!export_shop (self, g_ptr_array_index (self->shops, i), array, error))
      return NULL;
  }
  text = pd_json_to_string (node, TRUE);
  length = strlen (text);
  if (length > pd_export_limits.max_bytes) {
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

static void
export_start (PdStore             *store,
              GPtrArray           *profiles,
              GTaskThreadFunc      run,
              gpointer             tag,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, export_new (store, profiles), (GDestroyNotify) export_free);
  g_task_run_in_thread (task, run);
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
  g_return_if_fail (PD_IS_STORE (store));

  export_start (store, profiles, export_in_thread, pd_export_profiles_async, callback, user_data);
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

/* The shops as they were when it was asked for, for another thread to read. */
static GBytes *
table_run (Export  *self,
           GError **error)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->shops->len; i++) {
    JsonNode  *document = make_document (g_ptr_array_index (self->shops, i), error);
    PdProfile *profile = document != NULL ? pd_profile_new_saved (document) : NULL;

    if (profile == NULL)
      return NULL;
    g_ptr_array_add (profiles, profile);
  }
  return pd_csv_from_profiles (profiles);
}

static void
table_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *table = table_run (task_data, &error);

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * pd_export_table_async:
 * @store: a store
 * @profiles: (element-type PdProfile): some of its profiles, exported as they are now
 * @callback: called on the main loop; it takes the table by pd_export_profiles_finish()
 * @user_data: for @callback
 *
 * Like pd_csv_from_profiles(), in a worker thread.
 */
void
pd_export_table_async (PdStore             *store,
                       GPtrArray           *profiles,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PD_IS_STORE (store));

  export_start (store, profiles, table_in_thread, pd_export_table_async, callback, user_data);
}
