/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-json.h"
#include "pd-signature-case.h"

static JsonArray *
load_vectors (const char  *name,
              JsonNode   **document)
{
  g_autofree char   *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", name, NULL);
  g_autofree char   *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  *document = pd_json_parse (text, -1, &pd_json_limits_answer, &error);
  g_assert_no_error (error);
  return json_object_get_array_member (json_node_get_object (*document), "vectors");
}

static PdKey *
load_key (void)
{
  g_autofree char   *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", "pay-v2-test-key.pem", NULL);
  g_autofree char   *pem = NULL;
  g_autoptr (GError) error = NULL;
  PdKey             *key;

  g_file_get_contents (path, &pem, NULL, &error);
  g_assert_no_error (error);
  key = pd_key_new_private (pem, strlen (pem), &error);
  g_assert_no_error (error);
  return key;
}

static PdSignatureCase *
new_case (PdSignatureKind  kind,
          const char      *json)
{
  g_autoptr (JsonNode) node = pd_json_parse (json, -1, &pd_json_limits_answer, NULL);
  g_autoptr (GError)   error = NULL;
  PdSignatureCase     *self;

  g_assert_nonnull (node);
  self = pd_signature_case_new_from_json (kind, json_node_get_object (node), &error);
  g_assert_no_error (error);
  return self;
}

static void
test_canonical_vectors (void)
{
  g_autoptr (JsonNode) document = NULL;
  JsonArray           *vectors = load_vectors ("pay-v2-canonical.json", &document);

  g_assert_cmpuint (json_array_get_length (vectors), >, 0);
  for (guint i = 0; i < json_array_get_length (vectors); i++) {
    JsonObject                 *vector = json_array_get_object_element (vectors, i);
    g_autoptr (GError)          error = NULL;
    g_autoptr (PdSignatureCase) self = pd_signature_case_new_from_json (PD_SIGNATURE_REQUEST, vector, &error);
    g_autofree char            *canonical = NULL;
    g_autofree char            *string_to_sign = NULL;

    g_assert_no_error (error);
    string_to_sign = pd_signature_case_work (self, &canonical, NULL);
    g_assert_cmpstr (canonical, ==, pd_json_get_string (vector, "canonical_request"));
    g_assert_cmpstr (string_to_sign, ==, pd_json_get_string (vector, "string_to_sign"));
  }
}

/* Each vector as a log would have it: first line, headers, authorization, body. */
static void
test_requests_as_text (void)
{
  g_autoptr (JsonNode) document = NULL;
  JsonArray           *vectors = load_vectors ("pay-v2-requests.json", &document);
  g_autoptr (PdKey)    key = load_key ();

  for (guint i = 0; i < json_array_get_length (vectors); i++) {
    JsonObject                 *vector = json_array_get_object_element (vectors, i);
    JsonObject                 *headers = json_object_get_object_member (vector, "signed_headers");
    JsonObject                 *query = json_object_get_object_member (vector, "query");
    g_autoptr (GString)         text = g_string_new (NULL);
    g_autoptr (PdSignatureCase) self = NULL;
    g_autoptr (GError)          error = NULL;
    g_autofree char            *canonical = NULL;
    g_autofree char            *string_to_sign = NULL;
    g_autofree char            *path = pd_signer_canonical_path (pd_json_get_string (vector, "path"));
    const char                 *mistake;
    JsonObjectIter              iter;
    const char                 *name;
    JsonNode                   *node;
    gboolean                    is_first = TRUE;

    g_string_append_printf (text, "%s https://pay-api.amazon.jp%s", pd_json_get_string (vector, "method"), path);
    json_object_iter_init (&iter, query);
    while (json_object_iter_next (&iter, &name, &node)) {
      g_autofree char *encoded_name = pd_signer_encode (name, FALSE);
      JsonArray       *values = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint j = 0; j < (values != NULL ? json_array_get_length (values) : 1); j++) {
        g_autofree char *value = pd_signer_encode (values != NULL ? json_array_get_string_element (values, j) : json_node_get_string (node), FALSE);

        g_string_append_printf (text, "%c%s=%s", is_first ? '?' : '&', encoded_name, value);
        is_first = FALSE;
      }
    }
    g_string_append (text, " HTTP/1.1\r\nHost: pay-api.amazon.jp\r\n");
    json_object_iter_init (&iter, headers);
    while (json_object_iter_next (&iter, &name, &node))
      g_string_append_printf (text, "%s: %s\r\n", name, json_node_get_string (node));
    g_string_append_printf (text, "Authorization: %s%s\r\n\r\n%s", pd_json_get_string (vector, "authorization_prefix"),
                            pd_json_get_string (vector, "signature_that_verifies"), pd_json_get_string (vector, "payload"));
    g_test_message ("%s", text->str);
    self = pd_signature_case_new_from_text (PD_SIGNATURE_REQUEST, PD_ALGORITHM_PSS_V2, text->str, &error);
    g_assert_no_error (error);
    string_to_sign = pd_signature_case_work (self, &canonical, NULL);
    g_assert_cmpstr (canonical, ==, pd_json_get_string (vector, "canonical_request"));
    g_assert_cmpstr (string_to_sign, ==, pd_json_get_string (vector, "string_to_sign"));
    g_assert_true (pd_signature_case_verify (self, key, &mistake));
    g_assert_null (mistake);
  }
}

static void
test_button_vectors (void)
{
  g_autoptr (JsonNode) document = NULL;
  JsonArray           *vectors = load_vectors ("pay-v2-buttons.json", &document);
  g_autoptr (PdKey)    key = load_key ();

  for (guint i = 0; i < json_array_get_length (vectors); i++) {
    JsonObject                 *vector = json_array_get_object_element (vectors, i);
    const char                 *signature = pd_json_get_string (vector, "signature_that_verifies");
    g_autoptr (PdSignatureCase) self = NULL;
    g_autoptr (GPtrArray)       mistakes = NULL;
    g_autofree char            *string_to_sign = NULL;
    PdAlgorithm                 algorithm;
    const char                 *mistake;

    g_assert_true (pd_algorithm_from_id (pd_json_get_string (vector, "algorithm"), &algorithm));
    self = pd_signature_case_new_from_text (PD_SIGNATURE_BUTTON, algorithm, pd_json_get_string (vector, "payload_json"), NULL);
    string_to_sign = pd_signature_case_work (self, NULL, NULL);
    g_assert_cmpstr (string_to_sign, ==, pd_json_get_string (vector, "string_to_sign"));
    pd_signature_case_take_theirs (self, string_to_sign);
    mistakes = pd_signature_case_find_mistakes (self);
    g_assert_cmpuint (mistakes->len, ==, 0);
    if (signature == NULL)
      continue;
    self->signature = g_strdup (signature);
    g_assert_true (pd_signature_case_verify (self, key, &mistake));
    self->algorithm = algorithm == PD_ALGORITHM_PSS ? PD_ALGORITHM_PSS_V2 : PD_ALGORITHM_PSS;
    g_assert_false (pd_signature_case_verify (self, key, &mistake));
    g_assert_nonnull (strstr (mistake, "Another algorithm"));
  }
}

static void
test_mws_vectors (void)
{
  g_autoptr (JsonNode) document = NULL;
  JsonArray           *vectors = load_vectors ("mws-signature-v2.json", &document);

  for (guint i = 0; i < json_array_get_length (vectors); i++) {
    JsonObject                 *vector = json_array_get_object_element (vectors, i);
    JsonObject                 *parameters = json_object_get_object_member (vector, "parameters");
    g_autoptr (GError)          error = NULL;
    g_autoptr (PdSignatureCase) self = pd_signature_case_new_from_json (PD_SIGNATURE_MWS, vector, &error);
    g_autoptr (PdSignatureCase) read = NULL;
    g_autoptr (GString)         text = g_string_new (NULL);
    g_autofree char            *string_to_sign = NULL;
    g_autofree char            *again = NULL;
    JsonObjectIter              iter;
    const char                 *name;
    JsonNode                   *node;

    g_assert_no_error (error);
    string_to_sign = pd_signature_case_work (self, NULL, NULL);
    g_assert_cmpstr (string_to_sign, ==, pd_json_get_string (vector, "string_to_sign"));
    g_string_append_printf (text, "%s %s HTTP/1.1\nHost: %s\n\nSignature=x%%2By", pd_json_get_string (vector, "method"),
                            pd_json_get_string (vector, "path"), pd_json_get_string (vector, "host"));
    json_object_iter_init (&iter, parameters);
    while (json_object_iter_next (&iter, &name, &node)) {
      g_autofree char *encoded_name = pd_signer_encode (name, FALSE);
      g_autofree char *value = pd_signer_encode (json_node_get_string (node), FALSE);

      g_string_append_printf (text, "&%s=%s", encoded_name, value);
    }
    read = pd_signature_case_new_from_text (PD_SIGNATURE_MWS, PD_ALGORITHM_PSS_V2, text->str, &error);
    g_assert_no_error (error);
    again = pd_signature_case_work (read, NULL, NULL);
    g_assert_cmpstr (again, ==, string_to_sign);
  }
}

#define PAYLOAD "{\"storeId\":\"amzn1.application-oa2-client.x\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://www.example.jp/あ\"}}"
#define REQUEST "{\"algorithm\":\"AMZN-PAY-RSASSA-PSS-V2\",\"method\":\"POST\",\"path\":\"/v2/a b\",\"query\":{\"q\":[\"c d~\"]}," \
                "\"headers\":{\"accept\":\"application/json\",\"x-amz-pay-region\":\"jp\"},\"payload\":\"{}\"}"
#define MWS     "{\"method\":\"POST\",\"host\":\"MWS.amazonservices.jp\",\"path\":\"/OffAmazonPayments/2013-01-01\"," \
                "\"parameters\":{\"AWSAccessKeyId\":\"A\",\"Action\":\"b c~/\",\"action\":\"x\"}}"

static void
assert_named (PdSignatureCase *self,
              const char      *theirs,
              const char      *name)
{
  g_autoptr (GPtrArray) found = NULL;

  g_free (self->theirs);
  self->theirs = g_strdup (theirs);
  found = pd_signature_case_find_mistakes (self);
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s: %s", name, (const char *) g_ptr_array_index (found, i));
  g_assert_cmpuint (found->len, >, 0);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (found, found->len - 1), name));
}

/* What the other side has hashed or quoted names the mistake, be it the whole payload or its hash alone. */
static void
test_payload_mistakes (void)
{
  static const struct { const char *theirs; const char *name; } rows[] = {
    { "{\"storeId\":\"amzn1.application-oa2-client.x\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https:\\/\\/www.example.jp\\/あ\"}}", "Escaped slashes" },
    { "{\"storeId\": \"amzn1.application-oa2-client.x\", \"webCheckoutDetails\": {\"checkoutReviewReturnUrl\": \"https://www.example.jp/あ\"}}", "White space" },
    { "{\"storeId\":\"amzn1.application-oa2-client.x\",\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://www.example.jp/\\u3042\"}}", "Escaped letters" },
    { PAYLOAD "\n", "A line end" },
  };
  g_autoptr (PdSignatureCase) self = pd_signature_case_new_from_text (PD_SIGNATURE_BUTTON, PD_ALGORITHM_PSS_V2, PAYLOAD, NULL);
  g_autoptr (PdSignatureCase) reversed = NULL;
  g_autofree char            *hash = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    hash = (g_free (hash), pd_signer_string_to_sign (PD_ALGORITHM_PSS_V2, rows[i].theirs, strlen (rows[i].theirs)));
    assert_named (self, rows[i].theirs, rows[i].name);
    assert_named (self, hash, rows[i].name);
    /* And the other way round. */
    g_clear_pointer (&reversed, pd_signature_case_free);
    reversed = pd_signature_case_new_from_text (PD_SIGNATURE_BUTTON, PD_ALGORITHM_PSS_V2, rows[i].theirs, NULL);
    if (i != 2)
      assert_named (reversed, PAYLOAD, rows[i].name);
  }
  assert_named (self, "{\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://www.example.jp/あ\"},\"storeId\":\"amzn1.application-oa2-client.x\"}",
                "Re-ordered members");
  hash = (g_free (hash), pd_signer_string_to_sign (PD_ALGORITHM_PSS, PAYLOAD, strlen (PAYLOAD)));
  assert_named (self, hash, "Missing algorithm");
  assert_named (self, "AMZN-PAY-RSASSA-PSS-V2\n0000000000000000000000000000000000000000000000000000000000000000", "The first difference is in the hash");
  /* Two at once. */
  hash = (g_free (hash), pd_signer_string_to_sign (PD_ALGORITHM_PSS, rows[0].theirs, strlen (rows[0].theirs)));
  assert_named (self, hash, "Escaped slashes");
}

static void
test_request_mistakes (void)
{
  static const struct { const char *from; const char *to; const char *name; } rows[] = {
    { "%20", "%2520", "The first difference is in the path" }, /* in both at once */
    { "/v2/a%20b", "/v2/a%2520b", "Double encoding" },
    { "q=c%20d~", "q=c%2520d~", "Double encoding" },
    { "q=c%20d~", "q=c%20d%7E", "The tilde" },
    { "POST", "GET", "The first difference is in the method" },
    { "region:jp", "region:eu", "The first difference is in the headers" },
    { "accept;x-amz-pay-region", "x-amz-pay-region", "The first difference is in the list of the signed headers" },
  };
  g_autoptr (PdSignatureCase) self = new_case (PD_SIGNATURE_REQUEST, REQUEST);
  g_autofree char            *canonical = NULL;
  g_autofree char            *string_to_sign = pd_signature_case_work (self, &canonical, NULL);
  g_autofree char            *empty = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv)   parts = g_strsplit (canonical, rows[i].from, -1);
    g_autofree char *theirs = g_strjoinv (rows[i].to, parts);

    g_assert_cmpstr (theirs, !=, canonical);
    assert_named (self, theirs, rows[i].name);
  }
  /* The hash alone tells the same, where one mistake makes it. */
  {
    g_auto (GStrv)   parts = g_strsplit (canonical, "/v2/a%20b", -1);
    g_autofree char *theirs = g_strjoinv ("/v2/a%2520b", parts);
    g_autofree char *hash = pd_signer_string_to_sign (PD_ALGORITHM_PSS_V2, theirs, strlen (theirs));

    assert_named (self, hash, "Double encoding");
  }
  g_free (self->payload);
  self->payload = g_strdup ("");
  empty = pd_signature_case_work (self, NULL, NULL);
  g_free (self->payload);
  self->payload = g_strdup ("{}");
  assert_named (self, empty, "No payload");
}

static void
test_mws_mistakes (void)
{
  static const struct { const char *from; const char *to; const char *name; } rows[] = {
    { "mws.amazonservices.jp", "MWS.amazonservices.jp", "Capital letters in the host" },
    { "%20", "+", "Spaces" },
    { "%20c~%2F", "%2520c~%252F", "Double encoding" },
    { "%2F", "%2f", "Small hexadecimal digits" },
    { "AWSAccessKeyId=A&Action=b%20c~%2F&action=x", "Action=b%20c~%2F&action=x&AWSAccessKeyId=A", "Order of the parameters" },
    { "/2013-01-01", "/2013-01-02", "The first difference is in the path" },
  };
  g_autoptr (PdSignatureCase) self = new_case (PD_SIGNATURE_MWS, MWS);
  g_autofree char            *ours = pd_signature_case_work (self, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv)   parts = g_strsplit (ours, rows[i].from, -1);
    g_autofree char *theirs = g_strjoinv (rows[i].to, parts);

    g_assert_cmpstr (theirs, !=, ours);
    assert_named (self, theirs, rows[i].name);
  }
}

static void
test_wrong_salt (void)
{
  g_autoptr (PdKey)           key = load_key ();
  g_autoptr (PdKey)           other = pd_key_generate (2048, NULL);
  g_autoptr (PdSignatureCase) self = pd_signature_case_new_from_text (PD_SIGNATURE_BUTTON, PD_ALGORITHM_PSS_V2, PAYLOAD, NULL);
  g_autofree char            *string_to_sign = pd_signature_case_work (self, NULL, NULL);
  g_autoptr (GBytes)          short_salt = pd_key_sign_pss (key, 20, string_to_sign, strlen (string_to_sign), NULL);
  const char                 *mistake;

  self->signature = g_base64_encode (g_bytes_get_data (short_salt, NULL), g_bytes_get_size (short_salt));
  g_assert_false (pd_signature_case_verify (self, key, &mistake));
  g_assert_true (g_str_has_prefix (mistake, "Wrong salt"));
  g_assert_false (pd_signature_case_verify (self, other, &mistake));
  g_assert_true (g_str_has_prefix (mistake, "The signature does not fit"));
  g_free (self->signature);
  self->signature = g_strdup ("not Base64 at all!");
  g_assert_false (pd_signature_case_verify (self, key, &mistake));
  g_assert_true (g_str_has_prefix (mistake, "The signature does not fit"));
}

/* The message that quotes the string will do, and what pasting adds is no difference. */
static void
test_theirs (void)
{
  static const char hash[] = "8dec52d799607be40f82d5c8e7ecb6c171e6591c41b1111a576b16076c89381c";
  g_autoptr (PdSignatureCase) self = pd_signature_case_new (PD_SIGNATURE_BUTTON);
  g_autofree char            *message = g_strdup_printf ("Unable to verify signature, signing String [AMZN-PAY-RSASSA-PSS-V2\\n%s], signature [x]", hash);
  g_autofree char            *quoted = g_strdup_printf ("AMZN-PAY-RSASSA-PSS-V2\n%s", hash);

  pd_signature_case_take_theirs (self, message);
  g_assert_cmpstr (self->theirs, ==, quoted);
  pd_signature_case_take_theirs (self, "POST\r\nmws.amazonservices.jp\r\n/\r\na=b\r\n");
  g_assert_cmpstr (self->theirs, ==, "POST\nmws.amazonservices.jp\n/\na=b");
}

static void
test_compare (void)
{
  static const struct { const char *ours; const char *theirs; gboolean equal; gsize offset; guint line; guint column; } rows[] = {
    { "", "", TRUE, 0, 1, 1 },
    { "a", "b", FALSE, 0, 1, 1 },
    { "あい", "あう", FALSE, 3, 1, 2 },
    { "a\nbc", "a\nbd", FALSE, 3, 2, 2 },
    { "a", "a\n", FALSE, 1, 1, 2 },
    { "ab", "a", FALSE, 1, 1, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize offset;
    guint line, column;

    g_assert_cmpint (pd_signature_compare (rows[i].ours, rows[i].theirs, &offset, &line, &column), ==, rows[i].equal);
    g_assert_cmpuint (offset, ==, rows[i].offset);
    g_assert_cmpuint (line, ==, rows[i].line);
    g_assert_cmpuint (column, ==, rows[i].column);
  }
}

static void
test_broken_text (void)
{
  static const struct { PdSignatureKind kind; const char *text; } rows[] = {
    { PD_SIGNATURE_REQUEST, "" }, { PD_SIGNATURE_REQUEST, "\n\n" }, { PD_SIGNATURE_REQUEST, "hello" }, { PD_SIGNATURE_REQUEST, "GET example" },
    { PD_SIGNATURE_REQUEST, "{" }, { PD_SIGNATURE_REQUEST, "{}" }, { PD_SIGNATURE_REQUEST, "[]" }, { PD_SIGNATURE_MWS, "POST / HTTP/1.1\n\na=b" },
    { PD_SIGNATURE_MWS, "{\"method\":\"POST\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError)          error = NULL;
    g_autoptr (PdSignatureCase) self = pd_signature_case_new_from_text (rows[i].kind, PD_ALGORITHM_PSS_V2, rows[i].text, &error);

    g_test_message ("%s", rows[i].text);
    g_assert_null (self);
    g_assert_nonnull (error);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature-case/canonical-vectors", test_canonical_vectors);
  g_test_add_func ("/signature-case/requests-as-text", test_requests_as_text);
  g_test_add_func ("/signature-case/button-vectors", test_button_vectors);
  g_test_add_func ("/signature-case/mws-vectors", test_mws_vectors);
  g_test_add_func ("/signature-case/payload-mistakes", test_payload_mistakes);
  g_test_add_func ("/signature-case/request-mistakes", test_request_mistakes);
  g_test_add_func ("/signature-case/mws-mistakes", test_mws_mistakes);
  g_test_add_func ("/signature-case/wrong-salt", test_wrong_salt);
  g_test_add_func ("/signature-case/theirs", test_theirs);
  g_test_add_func ("/signature-case/compare", test_compare);
  g_test_add_func ("/signature-case/broken-text", test_broken_text);
  return g_test_run ();
}
