/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-redact.h"
#include "pd-secret-text.h"

#define MASK "•••"

/* Shorter texts would mask innocent words. */
#define MIN_LENGTH 6

/* The part of a secret that stands in its Base64 whatever precedes it: three alignments, without the characters at
 * both ends that depend on the neighbours. */
static void
add_base64 (GPtrArray  *needles,
            const char *text,
            gsize       length)
{
  for (guint shift = 0; shift < 3 && length > 8; shift++) {
    gsize            padded_length = length + shift;
    g_autofree char *padded = g_malloc0 (padded_length);
    g_autofree char *base64 = NULL;
    gsize            first = shift == 0 ? 0 : shift + 1;
    gsize            last;

    memcpy (padded + shift, text, length);
    base64 = g_base64_encode ((const guint8 *) padded, padded_length);
    pd_secret_wipe (padded, padded_length);
    last = padded_length / 3 * 4;
    if (last > first + MIN_LENGTH)
      g_ptr_array_add (needles, g_strndup (base64 + first, last - first));
    pd_secret_wipe (base64, strlen (base64));
  }
}

static void
add_hex (GPtrArray  *needles,
         const char *text,
         gsize       length,
         gboolean    upper)
{
  const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  GString    *hex = g_string_sized_new (length * 2);

  for (gsize i = 0; i < length; i++) {
    g_string_append_c (hex, digits[(guint8) text[i] >> 4]);
    g_string_append_c (hex, digits[(guint8) text[i] & 15]);
  }
  g_ptr_array_add (needles, g_string_free (hex, FALSE));
}

static void
add_json (GPtrArray  *needles,
          const char *text)
{
  GString *plain = g_string_new (NULL);
  GString *unicode = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '/' || *c == '"' || *c == '\\')
      g_string_append_c (plain, '\\');
    g_string_append_c (plain, *c);
    g_string_append_printf (unicode, "\\u%04x", (guint8) *c);
  }
  g_ptr_array_add (needles, g_string_free (plain, FALSE));
  g_ptr_array_add (needles, g_string_free (unicode, FALSE));
}

static void
wipe_and_free (gpointer text)
{
  pd_secret_wipe (text, strlen (text));
  g_free (text);
}

static int
longest_first (gconstpointer a,
               gconstpointer b)
{
  gsize length_a = strlen (*(const char *const *) a);
  gsize length_b = strlen (*(const char *const *) b);

  return length_a < length_b ? 1 : length_a > length_b ? -1 : 0;
}

/* Every shape in which the secret could stand in a text. */
static void
add_needles (GPtrArray    *needles,
             PdSecretText *secret)
{
  const char      *text = pd_secret_text_peek (secret);
  gsize            length = pd_secret_text_get_length (secret);
  g_autofree char *percent = NULL;

  if (length < MIN_LENGTH)
    return;
  g_ptr_array_add (needles, g_strndup (text, length));
  percent = g_uri_escape_bytes ((const guint8 *) text, length, NULL);
  g_ptr_array_add (needles, g_strdup (percent));
  g_ptr_array_add (needles, g_ascii_strdown (percent, -1));
  pd_secret_wipe (percent, strlen (percent));
  add_base64 (needles, text, length);
  add_hex (needles, text, length, FALSE);
  add_hex (needles, text, length, TRUE);
  add_json (needles, text);
}

static char *
mask_values (GHashTable *secrets,
             const char *text)
{
  g_autoptr (GPtrArray) needles = g_ptr_array_new_with_free_func (wipe_and_free);
  GString              *out = g_string_new (text);
  GHashTableIter        iter;
  gpointer              secret;

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, NULL, &secret)) {
    if (secret != NULL)
      add_needles (needles, secret);
  }
  g_ptr_array_sort (needles, longest_first);
  for (guint i = 0; i < needles->len; i++)
    g_string_replace (out, g_ptr_array_index (needles, i), MASK, 0);
  return g_string_free (out, FALSE);
}

/**
 * pd_redact:
 * @secrets: (nullable) (element-type utf8 PdSecretText): field id → the secret that must not show
 * @text: a text that will be shown, kept or sent
 *
 * Masks by value, in every encoding, and by name: what stands behind `authorization`, `cookie`, and names with `secret`,
 * `token`, `password` or `private_key` in headers, forms and JSON. IDs, among them `PublicKeyId`, stay.
 *
 * Returns: (transfer full): the text with the secrets masked
 */
char *
pd_redact (GHashTable *secrets,
           const char *text)
{
  static const struct {
    const char *pattern;
    const char *replacement;
  } by_name[] = {
    /* a header up to the end of its line; the signature in it is not a secret, but nobody needs it either */
    { "(?im)^([ \\t>]*(?:authorization|proxy-authorization|cookie|set-cookie|x-amz-pay-authtoken|x-amz-access-token)[ \\t]*:[ \\t]*)[^\\r\\n]+",
      "\\1" MASK },
    /* a JSON member */
    { "(?i)(\"[a-z0-9_.-]*(?:secret|token|password|private[_-]?key|authorization|signature)[a-z0-9_.-]*\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)+\"",
      "\\1" MASK "\"" },
    /* a form or query parameter */
    { "(?i)((?:^|[?&\\s])[a-z0-9_.-]*(?:secret|token|password|signature|private[_-]?key)[a-z0-9_.-]*=)[^&\\s\"']+", "\\1" MASK },
    /* what can be nothing else */
    { "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", MASK },
    { "amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", MASK },
    { "amzn1\\.oa2-cs\\.v1\\.[0-9a-f]{8,}", MASK },
    { "(https?://)[^/\\s@]+@", "\\1" MASK "@" },
  };
  char *result = secrets != NULL ? mask_values (secrets, text) : g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (by_name); i++) {
    g_autoptr (GRegex) regex = g_regex_new (by_name[i].pattern, G_REGEX_OPTIMIZE, 0, NULL);
    g_autofree char   *before = result;

    result = g_regex_replace (regex, before, -1, 0, by_name[i].replacement, 0, NULL);
    /* Only invalid UTF-8 gets here: nothing of it is shown. */
    if (result == NULL)
      result = g_strdup (MASK);
  }
  return result;
}
