/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-json.h"
#include "pd-mws-signer.h"

static JsonArray *
load_vectors (JsonNode **root)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", "mws-signature-v2.json", NULL);
  g_autofree char *text = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  *root = pd_json_parse (text, length, &pd_json_limits_file, NULL);
  g_assert_nonnull (*root);
  return json_object_get_array_member (json_node_get_object (*root), "vectors");
}

static void
test_vectors (void)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray           *vectors = load_vectors (&root);

  g_assert_cmpuint (json_array_get_length (vectors), ==, 6);
  for (guint i = 0; i < json_array_get_length (vectors); i++) {
    JsonObject              *vector = json_array_get_object_element (vectors, i);
    JsonObject              *members = json_object_get_object_member (vector, "parameters");
    g_autoptr (GHashTable)   parameters = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (PdSecretText) key = pd_secret_text_new (pd_json_get_string (vector, "secret_access_key"));
    g_autofree char         *string_to_sign = NULL;
    g_autofree char         *signature = NULL;
    JsonObjectIter           iter;
    const char              *name;
    JsonNode                *value;

    json_object_iter_init (&iter, members);
    while (json_object_iter_next (&iter, &name, &value))
      g_hash_table_insert (parameters, (gpointer) name, (gpointer) json_node_get_string (value));
    string_to_sign = pd_mws_signer_string_to_sign (pd_json_get_string (vector, "method"), pd_json_get_string (vector, "host"),
                                                   pd_json_get_string (vector, "path"), parameters);
    signature = pd_mws_signer_sign (key, string_to_sign);
    g_assert_cmpstr (string_to_sign, ==, pd_json_get_string (vector, "string_to_sign"));
    g_assert_cmpstr (signature, ==, pd_json_get_string (vector, "signature"));
  }
}

/* MWS signs the host in lower case, however it was written. */
static void
test_host_case (void)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char       *string_to_sign = NULL;

  g_hash_table_insert (parameters, (gpointer) "a b", (gpointer) "~*/");
  g_hash_table_insert (parameters, (gpointer) "B", (gpointer) "");
  string_to_sign = pd_mws_signer_string_to_sign ("POST", "MWS.AmazonServices.jp", "/", parameters);
  g_assert_cmpstr (string_to_sign, ==, "POST\nmws.amazonservices.jp\n/\nB=&a%20b=~%2A%2F");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mws-signer/vectors", test_vectors);
  g_test_add_func ("/mws-signer/host-case", test_host_case);
  return g_test_run ();
}
