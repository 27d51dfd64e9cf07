/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-disk.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-practice-record.h"

#define PROFILES  "profiles"
#define FILE_NAME "practice.json"
#define FORMAT    1
#define MAX_BYTES (1024 * 1024)

/* The texts and the lists of a record. */
static const struct {
  const char *name;
  goffset     member;
} texts[] = {
  { "merchant_id", G_STRUCT_OFFSET (PdPracticeMerchant, merchant_id) },
  { "store_id", G_STRUCT_OFFSET (PdPracticeMerchant, store_id) },
  { "public_key_id", G_STRUCT_OFFSET (PdPracticeMerchant, public_key_id) },
  { "public_key", G_STRUCT_OFFSET (PdPracticeMerchant, public_key_pem) },
  { "mws_auth_token_hash", G_STRUCT_OFFSET (PdPracticeMerchant, mws_auth_token_hash) },
  { "access_key_id", G_STRUCT_OFFSET (PdPracticeMerchant, access_key_id) },
  { "secret_key_hash", G_STRUCT_OFFSET (PdPracticeMerchant, secret_key_hash) },
  { "client_secret_hash", G_STRUCT_OFFSET (PdPracticeMerchant, client_secret_hash) },
  { "privacy_policy_url", G_STRUCT_OFFSET (PdPracticeMerchant, privacy_policy_url) },
  { "notification_url", G_STRUCT_OFFSET (PdPracticeMerchant, notification_url) },
}, lists[] = {
  { "return_urls", G_STRUCT_OFFSET (PdPracticeMerchant, return_urls) },
  { "javascript_origins", G_STRUCT_OFFSET (PdPracticeMerchant, javascript_origins) },
};

/* The profile's own folder, which must be there. */
static int
open_folder (const char  *data_dir,
             const char  *profile_id,
             GError     **error)
{
  pd_auto_fd int root = -1;
  pd_auto_fd int profiles = -1;

  if (!g_uuid_string_is_valid (profile_id)) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no such shop."));
    return -1;
  }
  if ((root = pd_disk_open_root (data_dir, FALSE, error)) < 0 ||
      (profiles = pd_disk_open_folder (root, PROFILES, FALSE, error)) < 0)
    return -1;
  return pd_disk_open_folder (profiles, profile_id, FALSE, error);
}

/**
 * pd_practice_record_write:
 * @data_dir: the data folder
 * @profile_id: the id of a profile that is in the store
 * @merchant: what Amazon would know of it
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_NOT_FOUND
 *
 * Returns: whether it is on the disk
 */
gboolean
pd_practice_record_write (const char                *data_dir,
                          const char                *profile_id,
                          const PdPracticeMerchant  *merchant,
                          GError                   **error)
{
  JsonObject          *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (GBytes)   content = NULL;
  char                *text;
  pd_auto_fd int       folder = -1;

  json_object_set_int_member (object, "format", FORMAT);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *value = G_STRUCT_MEMBER (const char *, merchant, texts[i].member);

    if (value != NULL)
      json_object_set_string_member (object, texts[i].name, value);
  }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    char     **values = G_STRUCT_MEMBER (char **, merchant, lists[i].member);
    JsonArray *array = json_array_new ();

    for (guint j = 0; values != NULL && values[j] != NULL; j++)
      json_array_add_string_element (array, values[j]);
    json_object_set_array_member (object, lists[i].name, array);
  }
  text = pd_json_to_string (node, TRUE);
  content = g_bytes_new_take (text, strlen (text));
  folder = open_folder (data_dir, profile_id, error);
  return folder >= 0 && pd_disk_write (folder, FILE_NAME, content, NULL, error);
}

static char **
read_list (JsonObject *object,
           const char *name)
{
  JsonNode      *node = json_object_get_member (object, name);
  GStrvBuilder  *builder = g_strv_builder_new ();
  char         **result;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  }
  result = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return result;
}

/**
 * pd_practice_record_read:
 * @data_dir: the data folder
 * @profile_id: a profile's id
 * @error: %PD_ERROR_NOT_FOUND where the profile is no practice shop, %PD_ERROR_GARBAGE, %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): what Amazon would know of it
 */
PdPracticeMerchant *
pd_practice_record_read (const char  *data_dir,
                         const char  *profile_id,
                         GError     **error)
{
  g_autoptr (PdPracticeMerchant) merchant = NULL;
  pd_auto_fd int                 folder = -1;
  g_autoptr (GBytes)             content = NULL;
  g_autoptr (JsonNode)           node = NULL;
  JsonObject                    *object;
  gsize                          length;
  const char                    *text;

  if ((folder = open_folder (data_dir, profile_id, error)) < 0)
    return NULL;
  content = pd_disk_read (folder, FILE_NAME, MAX_BYTES, NULL, error);
  if (content == NULL)
    return NULL;
  text = g_bytes_get_data (content, &length);
  node = pd_json_parse (text != NULL ? text : "", (gssize) length, &pd_json_limits_answer, error);
  if (node == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object == NULL || pd_json_get_string (object, "store_id") == NULL) {
    g_set_error (error, PD_ERROR, PD_ERROR_GARBAGE, _("What is kept of the practice shop “%s” cannot be read."), profile_id);
    return NULL;
  }
  merchant = g_new0 (PdPracticeMerchant, 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, merchant, texts[i].member) = g_strdup (pd_json_get_string (object, texts[i].name));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    G_STRUCT_MEMBER (char **, merchant, lists[i].member) = read_list (object, lists[i].name);
  merchant->has_pages = TRUE;
  return g_steal_pointer (&merchant);
}
