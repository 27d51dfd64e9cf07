/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-signer.h"

static const struct {
  const char *id;
  int         salt;
} algorithms[] = {
  [PD_ALGORITHM_PSS] = { "AMZN-PAY-RSASSA-PSS", 20 },
  [PD_ALGORITHM_PSS_V2] = { "AMZN-PAY-RSASSA-PSS-V2", 32 },
};

const char *
pd_algorithm_to_id (PdAlgorithm algorithm)
{
  return algorithms[algorithm].id;
}

gboolean
pd_algorithm_from_id (const char  *id,
                      PdAlgorithm *algorithm)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++) {
    if (g_strcmp0 (algorithms[i].id, id) == 0) {
      *algorithm = i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * pd_algorithm_get_salt:
 * @algorithm: an algorithm
 *
 * Returns: the length of its salt in bytes
 */
int
pd_algorithm_get_salt (PdAlgorithm algorithm)
{
  return algorithms[algorithm].salt;
}

/**
 * pd_signer_encode:
 * @text: any text
 * @keep_slash: whether `/` stays, as in a path
 *
 * Percent-encodes every byte outside `A-Z a-z 0-9 - . _ ~`, with capital digits.
 *
 * Returns: (transfer full): the encoded text
 */
char *
pd_signer_encode (const char *text,
                  gboolean    keep_slash)
{
  return g_uri_escape_bytes ((const guint8 *) text, strlen (text), keep_slash ? "/" : NULL);
}

/**
 * pd_signer_canonical_path:
 * @path: (nullable): a path as it is meant, not encoded
 *
 * Source: "Signing requests"; the normalising of slashes is fixed by the Java SDK's test data.
 *
 * Returns: (transfer full): the path as it is signed
 */
char *
pd_signer_canonical_path (const char *path)
{
  g_autofree char *encoded = pd_signer_encode (path != NULL ? path : "", TRUE);
  GString         *out = g_string_new ("/");

  for (const char *c = encoded; *c != '\0'; c++) {
    if (*c != '/' || out->str[out->len - 1] != '/')
      g_string_append_c (out, *c);
  }
  return g_string_free (out, FALSE);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * pd_signer_canonical_query:
 * @query: (nullable) (element-type utf8 GPtrArray): name → its values, not encoded
 *
 * Encoded names and, within one name, encoded values are sorted in byte order. The very same string goes into the URL.
 *
 * Returns: (transfer full): `name=value` joined by `&`, empty where there is none
 */
char *
pd_signer_canonical_query (GHashTable *query)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) by_encoded = g_hash_table_new (g_str_hash, g_str_equal);
  GString       *out = g_string_new (NULL);
  GHashTableIter iter;
  gpointer       key;
  gpointer       values;

  if (query != NULL) {
    g_hash_table_iter_init (&iter, query);
    while (g_hash_table_iter_next (&iter, &key, &values)) {
      char *encoded = pd_signer_encode (key, FALSE);

      g_ptr_array_add (names, encoded);
      g_hash_table_insert (by_encoded, encoded, values);
    }
  }
  g_ptr_array_sort (names, compare_strings);
  for (guint i = 0; i < names->len; i++) {
    const char            *name = g_ptr_array_index (names, i);
    GPtrArray             *raw = g_hash_table_lookup (by_encoded, name);
    g_autoptr (GPtrArray)  encoded = g_ptr_array_new_with_free_func (g_free);

    for (guint j = 0; j < raw->len; j++)
      g_ptr_array_add (encoded, pd_signer_encode (g_ptr_array_index (raw, j), FALSE));
    g_ptr_array_sort (encoded, compare_strings);
    for (guint j = 0; j < encoded->len; j++)
      g_string_append_printf (out, "%s%s=%s", out->len > 0 ? "&" : "", name, (char *) g_ptr_array_index (encoded, j));
  }
  return g_string_free (out, FALSE);
}

static gboolean
is_space (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Trimmed at both ends; every white space inside becomes a space. */
static char *
canonical_value (const char *value)
{
  char *copy;
  gsize length;

  while (is_space (*value))
    value++;
  copy = g_strdup (value);
  length = strlen (copy);
  while (length > 0 && is_space (copy[length - 1]))
    copy[--length] = '\0';
  for (char *c = copy; *c != '\0'; c++) {
    if (is_space (*c))
      *c = ' ';
  }
  return copy;
}

static gboolean
contains_name (const char *const *names,
               const char        *lower)
{
  for (; *names != NULL; names++) {
    if (g_ascii_strcasecmp (*names, lower) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * pd_signer_canonical_request:
 * @method: the method
 * @path: (nullable): the path, not encoded
 * @query: (nullable) (element-type utf8 GPtrArray): name → its values
 * @headers: (element-type utf8 utf8): name in any case → value; headers with an empty value are left out
 * @signed_names: (nullable): which headers are signed; %NULL for all of them
 * @body: (nullable): the body
 * @body_length: its length in bytes
 * @signed_headers: (out) (optional) (transfer full): the names that were signed, joined by `;`
 *
 * Source: Amazon Pay API v2, "Signing requests". One empty line follows the headers, and none ends the whole.
 *
 * Returns: (transfer full): the canonical request
 */
char *
pd_signer_canonical_request (const char         *method,
                             const char         *path,
                             GHashTable         *query,
                             GHashTable         *headers,
                             const char *const  *signed_names,
                             const void         *body,
                             gsize               body_length,
                             char              **signed_headers)
{
  g_autofree char        *upper_method = g_ascii_strup (method, -1);
  g_autofree char        *canonical_path = pd_signer_canonical_path (path);
  g_autofree char        *canonical_query = pd_signer_canonical_query (query);
  g_autofree char        *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, body != NULL ? body : (const void *) "", body_length);
  g_autoptr (GPtrArray)   names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable)  values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GString)     joined = g_string_new (NULL);
  GString                *out = g_string_new (NULL);
  GHashTableIter          iter;
  gpointer                name;
  gpointer                value;

  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    g_autofree char *lower = g_ascii_strdown (name, -1);
    g_autofree char *canonical = canonical_value (value);

    if (*canonical == '\0' || (signed_names != NULL && !contains_name (signed_names, lower)))
      continue;
    g_ptr_array_add (names, g_strdup (lower));
    g_hash_table_insert (values, g_ptr_array_index (names, names->len - 1), g_steal_pointer (&canonical));
  }
  g_ptr_array_sort (names, compare_strings);

  g_string_append_printf (out, "%s\n%s\n%s\n", upper_method, canonical_path, canonical_query);
  for (guint i = 0; i < names->len; i++) {
    const char *lower = g_ptr_array_index (names, i);

    g_string_append_printf (out, "%s:%s\n", lower, (char *) g_hash_table_lookup (values, lower));
    g_string_append_printf (joined, "%s%s", i > 0 ? ";" : "", lower);
  }
  g_string_append_printf (out, "\n%s\n%s", joined->str, hash);
  if (signed_headers != NULL)
    *signed_headers = g_strdup (joined->str);
  return g_string_free (out, FALSE);
}

/**
 * pd_signer_string_to_sign:
 * @algorithm: the algorithm
 * @canonical: a canonical request, or the payload of a button
 * @length: its length in bytes
 *
 * Returns: (transfer full): the algorithm's name and, on the next line, the SHA-256 of @canonical
 */
char *
pd_signer_string_to_sign (PdAlgorithm  algorithm,
                          const void  *canonical,
                          gsize        length)
{
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, canonical, length);

  return g_strdup_printf ("%s\n%s", pd_algorithm_to_id (algorithm), hash);
}

/**
 * pd_signer_sign:
 * @key: a private key
 * @algorithm: the algorithm, which fixes the length of the salt
 * @string_to_sign: what to sign
 * @error: %PD_ERROR_BAD_KEY
 *
 * The salt is random: two signatures of one string differ.
 *
 * Returns: (transfer full) (nullable): the signature in Base64, on one line
 */
char *
pd_signer_sign (PdKey        *key,
                PdAlgorithm   algorithm,
                const char   *string_to_sign,
                GError      **error)
{
  g_autoptr (GBytes) signature = pd_key_sign_pss (key, pd_algorithm_get_salt (algorithm),
                                                  string_to_sign, strlen (string_to_sign), error);
  gsize        size;
  const void  *data;

  if (signature == NULL)
    return NULL;
  data = g_bytes_get_data (signature, &size);
  return g_base64_encode (data, size);
}

/**
 * pd_signer_authorization:
 * @algorithm: the algorithm
 * @public_key_id: the key's ID
 * @signed_headers: as pd_signer_canonical_request() gives them
 * @signature: as pd_signer_sign() gives it
 *
 * Returns: (transfer full): the value of the `authorization` header
 */
char *
pd_signer_authorization (PdAlgorithm  algorithm,
                         const char  *public_key_id,
                         const char  *signed_headers,
                         const char  *signature)
{
  return g_strdup_printf ("%s PublicKeyId=%s, SignedHeaders=%s, Signature=%s",
                          pd_algorithm_to_id (algorithm), public_key_id, signed_headers, signature);
}

/**
 * pd_signer_dup_quoted:
 * @text: UTF-8
 *
 * A refused signature's message quotes the string that the server computed.
 *
 * Returns: (transfer full) (nullable): that string, with real line breaks
 */
char *
pd_signer_dup_quoted (const char *text)
{
  g_autoptr (GRegex)     regex = g_regex_new ("(AMZN-PAY-RSASSA-PSS(?:-V2)?)(?:\\\\n|\\s)+([0-9a-fA-F]{64})", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char       *algorithm = NULL;
  g_autofree char       *hash = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  algorithm = g_match_info_fetch (match, 1);
  hash = g_match_info_fetch (match, 2);
  return g_strdup_printf ("%s\n%s", algorithm, hash);
}
