/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "pd-mws-signer.h"

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* RFC 3986: only A-Z a-z 0-9 - _ . ~ stay as they are. */
static void
append_encoded (GString    *out,
                const char *text)
{
  g_autoptr (PdWiped) encoded = g_uri_escape_bytes ((const guint8 *) text, strlen (text), NULL);

  g_string_append (out, encoded);
}

/**
 * pd_mws_signer_query:
 * @parameters: (element-type utf8 utf8): name → value, unencoded
 *
 * Encodes and sorts by name in byte order. The result, with the encoded signature added, is the form body.
 *
 * Returns: (transfer full): `name=value` joined by `&`
 */
char *
pd_mws_signer_query (GHashTable *parameters)
{
  guint             n_names;
  g_autofree char **names = (char **) g_hash_table_get_keys_as_array (parameters, &n_names);
  gsize             size = 1;
  GString          *out;

  /* Large enough from the start: a token may be among the values, and growing would leave copies behind. */
  for (guint i = 0; i < n_names; i++)
    size += 3 * (strlen (names[i]) + strlen (g_hash_table_lookup (parameters, names[i]))) + 2;
  out = g_string_sized_new (size);
  qsort (names, n_names, sizeof *names, compare_strings);
  for (guint i = 0; i < n_names; i++) {
    const char *name = names[i];

    if (i > 0)
      g_string_append_c (out, '&');
    append_encoded (out, name);
    g_string_append_c (out, '=');
    append_encoded (out, g_hash_table_lookup (parameters, name));
  }
  return g_string_free (out, FALSE);
}

/**
 * pd_mws_signer_string_to_sign:
 * @method: `POST` or `GET`
 * @host: the host, in any case
 * @path: the path
 * @parameters: (element-type utf8 utf8): every parameter but `Signature`
 *
 * Source: Amazon MWS, "Signature Version 2".
 *
 * Returns: (transfer full): the string whose HMAC is the signature
 */
char *
pd_mws_signer_string_to_sign (const char *method,
                              const char *host,
                              const char *path,
                              GHashTable *parameters)
{
  g_autofree char    *lower_host = g_ascii_strdown (host, -1);
  g_autoptr (PdWiped) query = pd_mws_signer_query (parameters);

  return g_strdup_printf ("%s\n%s\n%s\n%s", method, lower_host, path, query);
}

/**
 * pd_mws_signer_sign:
 * @secret_key: the secret access key
 * @string_to_sign: what to sign
 *
 * Returns: (transfer full): the Base64 of the HMAC-SHA256
 */
char *
pd_mws_signer_sign (PdSecretText *secret_key,
                    const char   *string_to_sign)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  guint  length = 0;

  HMAC (EVP_sha256 (), pd_secret_text_peek (secret_key), (int) pd_secret_text_get_length (secret_key),
        (const guint8 *) string_to_sign, strlen (string_to_sign), digest, &length);
  return g_base64_encode (digest, length);
}
