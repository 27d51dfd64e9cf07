/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-clean.h"
#include "pd-shape.h"

/* Cleaning is repeated until nothing changes: a label within quotes within a label is still found. */
#define MAX_ROUNDS 6

/* Names under which the same values go elsewhere: Amazon's copied keys, the SDKs' settings, the older console. */
static const struct {
  const char *field;
  const char *name;
} other_names[] = {
  { "seller-id", "merchant_id" },     { "seller-id", "merchantId" },       { "seller-id", "Merchant ID" },
  { "seller-id", "SellerId" },        { "seller-id", "Seller ID" },        { "seller-id", "販売事業者ID" },
  { "client-id", "client_id" },       { "client-id", "clientId" },         { "client-id", "ClientId" },
  { "client-id", "storeId" },         { "client-id", "store_id" },         { "client-id", "Store ID" },
  { "client-id", "lwaClientId" },     { "mws-auth-token", "MWSAuthToken" }, { "mws-auth-token", "MWS認証Token" },
  { "mws-auth-token", "MWS Auth Token" }, { "mws-auth-token", "mwsAuthToken" },
  { "client-secret", "client_secret" }, { "client-secret", "ClientSecret" }, { "client-secret", "clientSecret" },
  { "access-key-id", "access_key" },  { "access-key-id", "AccessKeyId" },  { "access-key-id", "AWSAccessKeyId" },
  { "secret-access-key", "secret_key" }, { "secret-access-key", "SecretAccessKey" },
  { "public-key-id", "publicKeyId" }, { "public-key-id", "public_key_id" }, { "public-key-id", "PublicKeyId" },
  { "return-urls", "リダイレクトURL" },  { "javascript-origins", "JavaScriptの種類" },
};

static const struct {
  PdCleaned   flag;
  const char *what;
} told[] = {
  { PD_CLEAN_ENCODING, N_("bytes that are no text") },
  { PD_CLEAN_FULL_WIDTH, N_("full-width characters made half-width") },
  { PD_CLEAN_WHITE_SPACE, N_("white space") },
  { PD_CLEAN_LINE_BREAKS, N_("line breaks") },
  { PD_CLEAN_INVISIBLE, N_("invisible characters") },
  { PD_CLEAN_QUOTES, N_("quotation marks") },
  { PD_CLEAN_LABEL, N_("the label in front of the value") },
};

static gboolean
is_invisible (gunichar c)
{
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF || c == 0x180E || c == 0x061C || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFFFD || (g_unichar_iscntrl (c) && c != '\t' && c != '\n' && c != '\r');
}

static gboolean
is_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x0085 || c == 0x2028 || c == 0x2029;
}

/* The plain sign for a full-width or look-alike one, or the character itself. */
static gunichar
narrow (gunichar c)
{
  if (c >= 0xFF01 && c <= 0xFF5E)
    return c - 0xFF01 + 0x21;
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
    return '-';
  return c;
}

/* Names and the like keep their characters and inner spaces; IDs, secrets and addresses have neither. */
static gboolean
is_strict (const PdField *field)
{
  return field->shape != NULL && field->shape != &pd_shape_description;
}

static char *
clean_characters (const PdField *field,
                  const char    *text,
                  PdCleaned     *cleaned)
{
  gboolean strict = is_strict (field);
  GString *out = g_string_sized_new (strlen (text));

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (is_break (character)) {
      *cleaned |= PD_CLEAN_LINE_BREAKS;
      /* A label and its value on two lines stay apart for the moment. */
      g_string_append_c (out, ' ');
    } else if (is_invisible (character)) {
      *cleaned |= PD_CLEAN_INVISIBLE;
    } else if (strict && g_unichar_isspace (character) && character != ' ') {
      *cleaned |= PD_CLEAN_WHITE_SPACE;
      g_string_append_c (out, ' ');
    } else {
      gunichar plain = strict ? narrow (character) : character;

      if (plain != character)
        *cleaned |= PD_CLEAN_FULL_WIDTH;
      g_string_append_unichar (out, plain);
    }
  }
  return g_string_free (out, FALSE);
}

static char *
trim (char      *text,
      PdCleaned *cleaned)
{
  char  *start = text;
  char  *result;
  gsize  length;

  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  length = strlen (start);
  while (length > 0) {
    char *last = g_utf8_find_prev_char (start, start + length);

    if (last == NULL || !g_unichar_isspace (g_utf8_get_char (last)))
      break;
    length = (gsize) (last - start);
  }
  result = g_strndup (start, length);
  if (strlen (result) != strlen (text) && (*cleaned & PD_CLEAN_LINE_BREAKS) == 0)
    *cleaned |= PD_CLEAN_WHITE_SPACE;
  g_free (text);
  return result;
}

static const struct {
  const char *open;
  const char *close;
} quotes[] = {
  { "\"", "\"" }, { "'", "'" }, { "“", "”" }, { "‘", "’" }, { "「", "」" }, { "『", "』" }, { "<", ">" }, { "`", "`" },
};

/* A pair around the whole, and what a line of JSON or a list leaves at the end. */
static char *
strip_quotes (const PdField *field,
              char          *text,
              PdCleaned     *cleaned)
{
  gsize length = strlen (text);

  if (!is_strict (field))
    return text;
  if (length > 1 && strchr (",;", text[length - 1]) != NULL) {
    text[--length] = '\0';
    *cleaned |= PD_CLEAN_QUOTES;
  }
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++) {
    gsize opening = strlen (quotes[i].open);
    gsize closing = strlen (quotes[i].close);

    if (length > opening + closing && g_str_has_prefix (text, quotes[i].open) && g_str_has_suffix (text, quotes[i].close)) {
      char *inner = g_strndup (text + opening, length - opening - closing);

      g_free (text);
      *cleaned |= PD_CLEAN_QUOTES;
      return inner;
    }
  }
  return text;
}

/* Compared as the eye does: half-width, without regard to case. */
static char *
fold (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar plain = narrow (g_utf8_get_char (c));

    g_string_append_unichar (out, plain < 0x80 ? (gunichar) g_ascii_tolower ((char) plain) : plain);
  }
  return g_string_free (out, FALSE);
}

/* What follows the label, if the text begins with it and something follows. Folding keeps ASCII's lengths and, as the text
 * is cleaned before, those of everything else. */
static const char *
skip_label (const char *text,
            const char *folded,
            const char *label)
{
  g_autofree char *folded_label = label != NULL ? fold (label) : NULL;
  const char      *start = folded;
  const char      *rest;

  if (folded_label == NULL || *folded_label == '\0')
    return NULL;
  while (*start != '\0' && strchr ("\"'{ ", *start) != NULL)
    start++;
  if (!g_str_has_prefix (start, folded_label))
    return NULL;
  rest = text + (start - folded) + strlen (folded_label);
  if (*rest == '\0' || strchr (" :=\"'>\t", *rest) == NULL)
    return NULL;
  while (*rest != '\0' && strchr (" :=>\t", *rest) != NULL)
    rest++;
  /* The quotation mark that closes the label of a JSON member is followed by the colon. */
  if ((*rest == '"' || *rest == '\'') && start != folded) {
    const char *after = rest + 1;

    while (*after == ' ')
      after++;
    if (*after == ':' || *after == '=') {
      rest = after + 1;
      while (*rest == ' ')
        rest++;
    }
  }
  return *rest != '\0' ? rest : NULL;
}

static char *
strip_label (const PdField *field,
             char          *text,
             PdCleaned     *cleaned)
{
  const char      *base_id = field->sandbox_of != NULL ? field->sandbox_of : field->id;
  const char      *labels[] = { field->futureshop_name, field->seller_central_name, pd_field_get_label (field), field->label, field->id };
  g_autofree char *folded = NULL;
  const char      *rest = NULL;
  char            *result;

  if (!is_strict (field) || field->shape == &pd_shape_private_key)
    return text;
  folded = fold (text);
  for (guint i = 0; i < G_N_ELEMENTS (labels) && rest == NULL; i++)
    rest = skip_label (text, folded, labels[i]);
  for (guint i = 0; i < G_N_ELEMENTS (other_names) && rest == NULL; i++) {
    if (g_str_equal (other_names[i].field, base_id))
      rest = skip_label (text, folded, other_names[i].name);
  }
  if (rest == NULL)
    return text;
  *cleaned |= PD_CLEAN_LABEL;
  result = g_strdup (rest);
  g_free (text);
  return result;
}

/* Inside an ID or an address a space is a slip of the hand; a phone number has them rightly. */
static char *
drop_inner_space (const PdField *field,
                  char          *text,
                  PdCleaned     *cleaned)
{
  char *to = text;

  if (!is_strict (field) || field->shape == &pd_shape_phone || field->shape == &pd_shape_private_key)
    return text;
  for (const char *from = text; *from != '\0'; from++) {
    if (*from == ' ')
      *cleaned |= (*cleaned & PD_CLEAN_LINE_BREAKS) ? PD_CLEAN_NOTHING : PD_CLEAN_WHITE_SPACE;
    else
      *to++ = *from;
  }
  *to = '\0';
  return text;
}

/* A key's lines are part of it; only what surrounds them goes. */
static char *
clean_key (const char *text,
           PdCleaned  *cleaned)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (is_invisible (character))
      *cleaned |= PD_CLEAN_INVISIBLE;
    else
      g_string_append_unichar (out, character);
  }
  return trim (g_string_free (out, FALSE), cleaned);
}

/**
 * pd_clean_value:
 * @field: the field that the text was pasted or typed into
 * @text: the text, of any bytes
 * @cleaned: (out) (optional): what was taken away or changed
 *
 * Takes away what pasting brings along and no value of this field holds. Cleaning a clean value changes nothing, and what had
 * content keeps some.
 *
 * Returns: (transfer full): the value
 */
char *
pd_clean_value (const PdField *field,
                const char    *text,
                PdCleaned     *cleaned)
{
  PdCleaned changed = PD_CLEAN_NOTHING;
  char     *value = g_utf8_make_valid (text, -1);

  if (!g_str_equal (value, text))
    changed |= PD_CLEAN_ENCODING;
  if (field->shape == &pd_shape_private_key) {
    char *key = clean_key (value, &changed);

    g_free (value);
    value = key;
  } else {
    for (guint i = 0; i < MAX_ROUNDS; i++) {
      g_autofree char *before = g_strdup (value);
      char            *next = trim (clean_characters (field, value, &changed), &changed);

      g_free (value);
      value = strip_label (field, next, &changed);
      value = strip_quotes (field, value, &changed);
      if (g_str_equal (before, value))
        break;
    }
    value = drop_inner_space (field, value, &changed);
  }
  if (cleaned != NULL)
    *cleaned = changed;
  return value;
}

/**
 * pd_clean_describe:
 * @cleaned: what pd_clean_value() changed
 *
 * Returns: (transfer full) (nullable): one translated sentence about it
 */
char *
pd_clean_describe (PdCleaned cleaned)
{
  g_autoptr (GString) what = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++) {
    if ((cleaned & told[i].flag) == 0)
      continue;
    if (what->len > 0)
      /* Translators: between the parts of a list */
      g_string_append (what, _(", "));
    g_string_append (what, _(told[i].what));
  }
  if (what->len == 0)
    return NULL;
  return g_strdup_printf (_("Cleaned: %s."), what->str);
}
