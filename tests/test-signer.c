/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-signer.h"
#include "pd-test-util.h"

static char *
read_fixture (const char *name)
{
  g_autofree char   *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", name, NULL);
  g_autoptr (GError) error = NULL;
  char              *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static PdKey *
read_private (const char *name)
{
  g_autofree char   *text = read_fixture (name);
  g_autoptr (GError) error = NULL;
  PdKey             *key = pd_key_new_private (text, strlen (text), &error);

  g_assert_no_error (error);
  return key;
}

static PdKey *
read_public (void)
{
  g_autofree char   *text = read_fixture ("pay-v2-test-key.pub.pem");
  g_autoptr (GError) error = NULL;
  PdKey             *key = pd_key_new_public (text, strlen (text), &error);

  g_assert_no_error (error);
  return key;
}

typedef void (*VectorFunc) (JsonObject *vector);

/* Every vector of the file; the count guards against a file that has lost some. */
static void
for_each (const char *file,
          guint       expected,
          VectorFunc  func)
{
  g_autofree char       *text = read_fixture (file);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;
  JsonArray             *vectors;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  vectors = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "vectors");
  g_assert_cmpuint (json_array_get_length (vectors), ==, expected);
  for (guint i = 0; i < expected; i++) {
    JsonObject *vector = json_array_get_object_element (vectors, i);

    g_test_message ("%s", json_object_get_string_member (vector, "name"));
    func (vector);
  }
}

static PdAlgorithm
get_algorithm (JsonObject *vector)
{
  PdAlgorithm algorithm = PD_ALGORITHM_PSS;

  g_assert_true (pd_algorithm_from_id (json_object_get_string_member (vector, "algorithm"), &algorithm));
  if (json_object_has_member (vector, "salt_length"))
    g_assert_cmpint (pd_algorithm_get_salt (algorithm), ==, json_object_get_int_member (vector, "salt_length"));
  return algorithm;
}

static GHashTable *
get_query (JsonObject *vector)
{
  GHashTable    *query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init (&iter, json_object_get_object_member (vector, "query"));
  while (json_object_iter_next (&iter, &name, &value)) {
    GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

    if (JSON_NODE_HOLDS_ARRAY (value)) {
      JsonArray *array = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_ptr_array_add (values, g_strdup (json_array_get_string_element (array, i)));
    } else {
      g_ptr_array_add (values, g_strdup (json_node_get_string (value)));
    }
    g_hash_table_insert (query, g_strdup (name), values);
  }
  return query;
}

static GHashTable *
get_headers (JsonObject *vector,
             const char *member)
{
  GHashTable    *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init (&iter, json_object_get_object_member (vector, member));
  while (json_object_iter_next (&iter, &name, &value))
    g_hash_table_insert (headers, g_strdup (name), g_strdup (json_node_get_string (value)));
  return headers;
}

static void
assert_own_signature (PdAlgorithm  algorithm,
                      const char  *string_to_sign)
{
  static const char *const files[] = { "pay-v2-test-key.pem", "pay-v2-test-key.pkcs1.pem" };
  g_autoptr (PdKey)        public_key = read_public ();
  g_autofree char         *dir = g_dir_make_tmp ("pd-signer-XXXXXX", NULL);
  g_autofree char         *text_path = g_build_filename (dir, "text", NULL);
  g_autofree char         *signature_path = g_build_filename (dir, "signature", NULL);
  g_autofree char         *public_path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", "pay-v2-test-key.pub.pem", NULL);

  g_file_set_contents (text_path, string_to_sign, -1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (PdKey)  key = read_private (files[i]);
    g_autoptr (GError) error = NULL;
    g_autofree char   *text = pd_signer_sign (key, algorithm, string_to_sign, &error);
    g_autofree char   *salt = g_strdup_printf ("rsa_pss_saltlen:%d", pd_algorithm_get_salt (algorithm));
    g_autofree char   *other_salt = g_strdup_printf ("rsa_pss_saltlen:%d", 52 - pd_algorithm_get_salt (algorithm));
    g_autofree guchar *raw = NULL;
    g_autoptr (GBytes) signature = NULL;
    gsize              length;

    g_assert_no_error (error);
    g_assert_null (strchr (text, '\n'));
    raw = g_base64_decode (text, &length);
    signature = g_bytes_new (raw, length);
    g_assert_true (pd_key_verify_pss (public_key, pd_algorithm_get_salt (algorithm), string_to_sign, strlen (string_to_sign), signature));
    g_assert_false (pd_key_verify_pss (public_key, 52 - pd_algorithm_get_salt (algorithm), string_to_sign, strlen (string_to_sign), signature));
    g_assert_false (pd_key_verify_pss (public_key, pd_algorithm_get_salt (algorithm), string_to_sign, strlen (string_to_sign) - 1, signature));

    g_file_set_contents (signature_path, (const char *) raw, (gssize) length, NULL);
    {
      const char *const good[] = { "openssl", "dgst", "-sha256", "-verify", public_path, "-sigopt", "rsa_padding_mode:pss",
                                   "-sigopt", salt, "-sigopt", "rsa_mgf1_md:sha256", "-signature", signature_path, text_path, NULL };
      const char *const bad[] = { "openssl", "dgst", "-sha256", "-verify", public_path, "-sigopt", "rsa_padding_mode:pss",
                                  "-sigopt", other_salt, "-signature", signature_path, text_path, NULL };

      g_assert_cmpint (pd_test_run (good, NULL), ==, 0);
      g_assert_cmpint (pd_test_run (bad, NULL), !=, 0);
    }
  }
  g_remove (text_path);
  g_remove (signature_path);
  g_rmdir (dir);
}

static void
assert_verifies (JsonObject *vector)
{
  const char        *string_to_sign = json_object_get_string_member (vector, "string_to_sign");
  g_autoptr (PdKey)  key = read_public ();
  gsize              length;
  g_autofree guchar *raw = g_base64_decode (json_object_get_string_member (vector, "signature_that_verifies"), &length);
  g_autoptr (GBytes) signature = g_bytes_new (raw, length);

  g_assert_true (pd_key_verify_pss (key, pd_algorithm_get_salt (get_algorithm (vector)), string_to_sign, strlen (string_to_sign), signature));
}

static void
check_request (JsonObject *vector,
               const char *headers_member)
{
  g_autoptr (GHashTable) query = get_query (vector);
  g_autoptr (GHashTable) headers = get_headers (vector, headers_member);
  const char            *payload = json_object_get_string_member (vector, "payload");
  g_autofree char       *signed_headers = NULL;
  g_autofree char       *canonical = NULL;
  g_autofree char       *string_to_sign = NULL;

  canonical = pd_signer_canonical_request (json_object_get_string_member (vector, "method"), json_object_get_string_member (vector, "path"),
                                           query, headers, NULL, payload, payload != NULL ? strlen (payload) : 0, &signed_headers);
  g_assert_cmpstr (canonical, ==, json_object_get_string_member (vector, "canonical_request"));
  string_to_sign = pd_signer_string_to_sign (get_algorithm (vector), canonical, strlen (canonical));
  g_assert_cmpstr (string_to_sign, ==, json_object_get_string_member (vector, "string_to_sign"));
  if (json_object_has_member (vector, "authorization_prefix")) {
    g_autofree char *authorization = pd_signer_authorization (get_algorithm (vector), json_object_get_string_member (vector, "public_key_id"),
                                                              signed_headers, "");

    g_assert_cmpstr (authorization, ==, json_object_get_string_member (vector, "authorization_prefix"));
  }
}

static void
check_canonical (JsonObject *vector)
{
  check_request (vector, "headers");
}

static void
check_whole_request (JsonObject *vector)
{
  check_request (vector, "signed_headers");
  assert_verifies (vector);
  assert_own_signature (get_algorithm (vector), json_object_get_string_member (vector, "string_to_sign"));
}

static void
check_button (JsonObject *vector)
{
  const char      *payload = json_object_get_string_member (vector, "payload_json");
  g_autofree char *string_to_sign = pd_signer_string_to_sign (get_algorithm (vector), payload, strlen (payload));

  g_assert_cmpstr (string_to_sign, ==, json_object_get_string_member (vector, "string_to_sign"));
  if (json_object_has_member (vector, "signature_that_verifies")) {
    assert_verifies (vector);
    assert_own_signature (get_algorithm (vector), string_to_sign);
  }
}

static void
test_canonical (void)
{
  for_each ("pay-v2-canonical.json", 17, check_canonical);
}

static void
test_requests (void)
{
  for_each ("pay-v2-requests.json", 6, check_whole_request);
}

static void
test_buttons (void)
{
  for_each ("pay-v2-buttons.json", 7, check_button);
}

static void
test_path (void)
{
  static const struct { const char *path; const char *expected; } rows[] = {
    { NULL, "/" }, { "", "/" }, { "/", "/" }, { "//", "/" }, { "///a///b//", "/a/b/" }, { "v2/x", "/v2/x" },
    { "/a b", "/a%20b" }, { "/日本", "/%E6%97%A5%E6%9C%AC" }, { "/-._~", "/-._~" }, { "/a*b+c%d?e#f", "/a%2Ab%2Bc%25d%3Fe%23f" },
    { "/\xff", "/%FF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = pd_signer_canonical_path (rows[i].path);

    g_assert_cmpstr (path, ==, rows[i].expected);
  }
}

/* Sorted as encoded, not as typed: "!" is before "0" as typed, and its "%21" is before it too; "~" and "é" are not. */
static void
test_query (void)
{
  g_autoptr (GHashTable) query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  static const char *const names[] = { "é", "~", "B", "a", "A.10", "A.2", "/", "*" };
  g_autofree char       *text = NULL;
  g_autofree char       *none = pd_signer_canonical_query (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

    g_ptr_array_add (values, g_strdup ("~"));
    g_ptr_array_add (values, g_strdup ("é"));
    g_hash_table_insert (query, g_strdup (names[i]), values);
  }
  text = pd_signer_canonical_query (query);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (text, ==, "%2A=%C3%A9&%2A=~&%2F=%C3%A9&%2F=~&%C3%A9=%C3%A9&%C3%A9=~&A.10=%C3%A9&A.10=~&A.2=%C3%A9&A.2=~&"
                   "B=%C3%A9&B=~&a=%C3%A9&a=~&~=%C3%A9&~=~");
}

static void
test_headers (void)
{
  static const char *const signed_names[] = { "X-B", "a", "empty", "absent", NULL };
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char       *canonical = NULL;
  g_autofree char       *joined = NULL;

  g_hash_table_insert (headers, "x-b", "\t two\n\r lines  \v");
  g_hash_table_insert (headers, "A", "1");
  g_hash_table_insert (headers, "Empty", "  ");
  g_hash_table_insert (headers, "unsigned", "2");
  canonical = pd_signer_canonical_request ("get", "/", NULL, headers, signed_names, NULL, 0, &joined);
  g_assert_cmpstr (joined, ==, "a;x-b");
  g_assert_cmpstr (canonical, ==, "GET\n/\n\na:1\nx-b:two   lines\n\na;x-b\n"
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
test_random (void)
{
  g_autoptr (PdKey) key = read_private ("pay-v2-test-key.pem");
  g_autofree char  *first = pd_signer_sign (key, PD_ALGORITHM_PSS_V2, "x", NULL);
  g_autofree char  *second = pd_signer_sign (key, PD_ALGORITHM_PSS_V2, "x", NULL);

  g_assert_cmpstr (first, !=, second);
}

static void
test_public_key (void)
{
  g_autoptr (PdKey)  key = read_public ();
  g_autoptr (GError) error = NULL;

  g_assert_null (pd_signer_sign (key, PD_ALGORITHM_PSS_V2, "x", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_KEY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signer/canonical-vectors", test_canonical);
  g_test_add_func ("/signer/request-vectors", test_requests);
  g_test_add_func ("/signer/button-vectors", test_buttons);
  g_test_add_func ("/signer/path", test_path);
  g_test_add_func ("/signer/query", test_query);
  g_test_add_func ("/signer/headers", test_headers);
  g_test_add_func ("/signer/salt-is-random", test_random);
  g_test_add_func ("/signer/public-key-signs-nothing", test_public_key);
  return g_test_run ();
}
