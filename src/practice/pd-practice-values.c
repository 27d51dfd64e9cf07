/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <openssl/rand.h>
#include <string.h>

#include "pd-practice-values.h"

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define HEX      "0123456789abcdef"
#define MIXED    CAPITALS "abcdefghijklmnopqrstuvwxyz/+"
#define MAX_SLUG 24

/* What is mistaken for what; each stays within hexadecimal digits, or within capitals and digits, where it was. */
static const char confused[][2] = {
  { '0', '8' }, { '8', '0' }, { '1', '7' }, { '7', '1' }, { '5', '6' }, { '6', '5' }, { '3', '9' }, { '9', '3' }, { '2', '4' }, { '4', '2' },
  { 'a', 'e' }, { 'e', 'a' }, { 'b', 'd' }, { 'd', 'b' }, { 'c', 'f' }, { 'f', 'c' },
  { 'O', 'Q' }, { 'Q', 'O' }, { 'B', 'R' }, { 'R', 'B' }, { 'E', 'F' }, { 'F', 'E' }, { 'M', 'N' }, { 'N', 'M' }, { 'U', 'V' }, { 'V', 'U' },
  { 'n', 'm' }, { 'm', 'n' }, { 'i', 'l' }, { 'l', 'i' }, { 'u', 'v' }, { 'v', 'u' }, { 'r', 't' }, { 't', 'r' },
};

/* `pattern`: `#` stands for one of `letters`, all else for itself. The letters are evenly spread: no part of a byte is lost. */
static void
fill (char       *out,
      const char *pattern,
      const char *letters)
{
  guint n_letters = (guint) strlen (letters);
  guint limit = 256 - 256 % n_letters;

  for (; *pattern != '\0'; pattern++) {
    guint8 byte;

    if (*pattern != '#') {
      *out++ = *pattern;
      continue;
    }
    do {
      if (RAND_bytes (&byte, 1) != 1)
        g_error ("no random numbers are to be had");
    } while (byte >= limit);
    *out++ = letters[byte % n_letters];
  }
  *out = '\0';
}

static char *
invent (const char *pattern,
        const char *letters)
{
  char *out = g_malloc (strlen (pattern) + 1);

  fill (out, pattern, letters);
  return out;
}

static PdSecretText *
invent_secret (const char *pattern,
               const char *letters)
{
  gsize            size = strlen (pattern) + 1;
  g_autofree char *out = invent (pattern, letters);
  PdSecretText    *secret = pd_secret_text_new (out);

  pd_secret_wipe (out, size);
  return secret;
}

char *
pd_practice_invent_merchant_id (void)
{
  return invent ("A#############", CAPITALS);
}

char *
pd_practice_invent_store_id (void)
{
  return invent ("amzn1.application-oa2-client.################################", HEX);
}

char *
pd_practice_invent_public_key_id (void)
{
  return invent ("SANDBOX-########################", CAPITALS);
}

char *
pd_practice_invent_access_key_id (void)
{
  return invent ("AKIA################", CAPITALS);
}

char *
pd_practice_invent_request_id (void)
{
  return invent ("################", CAPITALS);
}

PdSecretText *
pd_practice_invent_auth_token (void)
{
  return invent_secret ("amzn.mws.########-####-####-####-############", HEX);
}

PdSecretText *
pd_practice_invent_client_secret (void)
{
  return invent_secret ("amzn1.oa2-cs.v1.################################################################", HEX);
}

PdSecretText *
pd_practice_invent_secret_key (void)
{
  return invent_secret ("########################################", MIXED);
}

/**
 * pd_practice_invent_slug:
 * @name: a shop's name
 *
 * Returns: (transfer full): what its address may be made of; an invented one where the name has no letter of ASCII
 */
char *
pd_practice_invent_slug (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  GString         *slug = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0' && slug->len < MAX_SLUG; c++) {
    if (g_ascii_isalnum (*c))
      g_string_append_c (slug, g_ascii_tolower (*c));
    else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  }
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0) {
    g_autofree char *invented = invent ("shop-####", HEX);

    g_string_assign (slug, invented);
  }
  return g_string_free (slug, FALSE);
}

/**
 * pd_practice_mistake:
 * @value: a right value
 *
 * One letter near the end becomes one that looks like it, so that the value's form stays right and only asking the other side
 * finds it.
 *
 * Returns: (transfer full): a wrong value
 */
char *
pd_practice_mistake (const char *value)
{
  char *wrong = g_strdup (value);
  gsize length = strlen (wrong);

  for (gsize i = length > 3 ? length - 2 : length; i > 0; i--) {
    for (guint j = 0; j < G_N_ELEMENTS (confused); j++) {
      if (wrong[i - 1] == confused[j][0]) {
        wrong[i - 1] = confused[j][1];
        return wrong;
      }
    }
  }
  g_free (wrong);
  return g_strconcat (value, "x", NULL);
}
