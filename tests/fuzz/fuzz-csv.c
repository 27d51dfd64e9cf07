/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "fuzz-driver.h"
#include "pd-csv.h"
#include "pd-json.h"
#include "pd-profile.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes)    csv = g_bytes_new (data, size);
  g_auto (GStrv)        ignored = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GBytes)    document = pd_csv_to_document (csv, &ignored, &error);
  g_autoptr (JsonNode)  node = NULL;
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes)    table = NULL;
  g_autoptr (GBytes)    again = NULL;
  g_auto (GStrv)        none = NULL;
  JsonArray            *entries;

  if (document == NULL) {
    g_assert_nonnull (error);
    return 0;
  }
  /* Whatever it was, it is shops now, and their table is read as as many. */
  node = pd_json_parse (g_bytes_get_data (document, NULL), (gssize) g_bytes_get_size (document), &pd_json_limits_file, NULL);
  g_assert_nonnull (node);
  entries = json_object_get_array_member (json_node_get_object (node), "profiles");
  for (guint i = 0; i < json_array_get_length (entries); i++) {
    PdProfile *profile = pd_profile_new_from_json (json_object_get_member (json_array_get_object_element (entries, i), "profile"), NULL);

    g_assert_nonnull (profile);
    g_ptr_array_add (profiles, profile);
  }
  table = pd_csv_from_profiles (profiles);
  again = pd_csv_to_document (table, &none, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  return 0;
}
