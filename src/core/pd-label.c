/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-catalogue.h"
#include "pd-label.h"

/* What stands between a name and its value. */
#define SEPARATORS " \t\n:=>|,"

/* Names beside those of the catalogue. Case, spaces, hyphens and underscores do not count, so that one row serves
 * client_id, clientId and Client ID. */
static const struct {
  const char *field;
  const char *name;
} other_names[] = {
  { "seller-id", "merchant_id" },         { "seller-id", "販売事業者ID" },
  { "client-id", "store_id" },            { "client-id", "lwaClientId" },
  { "mws-auth-token", "MWS認証Token" },
  { "access-key-id", "access_key" },      { "access-key-id", "AWSAccessKeyId" },
  { "secret-access-key", "secret_key" },  { "secret-access-key", "AWSSecretKey" },
  { "public-key-id", "公開鍵ID" },         { "private-key", "秘密鍵" },
};

static gboolean
is_passed_over (gunichar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '_' || c == '-';
}

static gunichar
fold (gunichar c)
{
  return c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : c;
}

static const char *
pass_over (const char *text,
           const char *end)
{
  while (text < end && is_passed_over (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* Where in the text the name ends that it begins with, or NULL. */
static const char *
match (const char *text,
       const char *end,
       const char *name,
       const char *name_end)
{
  if (pass_over (name, name_end) >= name_end)
    return NULL;
  for (;;) {
    name = pass_over (name, name_end);
    if (name >= name_end)
      return text;
    text = pass_over (text, end);
    if (text >= end || fold (g_utf8_get_char (text)) != fold (g_utf8_get_char (name)))
      return NULL;
    text = g_utf8_next_char (text);
    name = g_utf8_next_char (name);
  }
}

/* The end of the longest of: the whole name, and of "SellerId(出品者ID)" either half. */
static const char *
match_parts (const char *text,
             const char *end,
             const char *name)
{
  const char *open = strchr (name, '(');
  const char *found = match (text, end, name, name + strlen (name));

  if (found == NULL && open != NULL)
    found = match (text, end, name, open);
  if (found == NULL && open != NULL)
    found = match (text, end, open + 1, open + 1 + strcspn (open + 1, ")"));
  return found;
}

typedef gboolean (*NameFunc) (const char *name, gpointer data);

/* Calls for each name of the field until one call says TRUE. */
static gboolean
each_name (const PdField *field,
           NameFunc       function,
           gpointer       data)
{
  const char *base_id = field->sandbox_of != NULL ? field->sandbox_of : field->id;
  const char *names[] = { field->futureshop_name, field->seller_central_name, pd_field_get_label (field), field->label, field->id, base_id };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (names[i] != NULL && function (names[i], data))
      return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (other_names); i++) {
    if (g_str_equal (other_names[i].field, base_id) && function (other_names[i].name, data))
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  const char *start;
  const char *end;
  const char *value; /* the furthest so far */
} Search;

static gboolean
measure_name (const char *name,
              gpointer    data)
{
  Search     *search = data;
  const char *rest = match_parts (search->start, search->end, name);

  if (rest == NULL || rest >= search->end || strchr (SEPARATORS "\"'", *rest) == NULL)
    return FALSE;
  /* The quotation mark that closes a JSON member's name; the one that opens its value stays for others to take. */
  if (*rest == '"' || *rest == '\'')
    rest++;
  while (rest < search->end && strchr (SEPARATORS, *rest) != NULL)
    rest++;
  if (rest < search->end && (search->value == NULL || rest > search->value))
    search->value = rest;
  return FALSE;
}

/**
 * pd_label_measure:
 * @field: the field that the text was pasted into
 * @text: text in half-width characters, without invisible ones
 * @length: its length in bytes
 *
 * A name counts only where a separator and something else follow it.
 *
 * Returns: how many bytes the field's own name and the separator behind it take up at the beginning; 0: there is none
 */
gsize
pd_label_measure (const PdField *field,
                  const char    *text,
                  gsize          length)
{
  Search search = { text, text + length, NULL };

  while (search.start < search.end && strchr ("\"'{< ", *search.start) != NULL)
    search.start++;
  each_name (field, measure_name, &search);
  return search.value != NULL ? (gsize) (search.value - text) : 0;
}

/**
 * pd_label_find:
 * @text: text in half-width characters, without invisible ones
 * @length: its length in bytes
 * @size: (out): how many bytes the name and the separator behind it take up
 *
 * Returns: (nullable) (transfer none): the field whose name the text begins with, by the longest such name
 */
const PdField *
pd_label_find (const char *text,
               gsize       length,
               gsize      *size)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);
  const PdField        *found = NULL;

  *size = 0;
  for (guint i = 0; i < n_fields; i++) {
    gsize measured = fields[i]->shape != NULL && fields[i]->sandbox_of == NULL
                   ? pd_label_measure (fields[i], text, length) : 0;

    if (measured > *size) {
      *size = measured;
      found = fields[i];
    }
  }
  return found;
}

static gboolean
is_whole_name (const char *name,
               gpointer    data)
{
  const char *text = data;
  const char *end = text + strlen (text);
  const char *rest = match_parts (text, end, name);

  return rest != NULL && rest[strspn (rest, SEPARATORS)] == '\0';
}

/**
 * pd_label_lookup:
 * @name: a member of Amazon's JSON, or a line of its own on a screen
 *
 * Returns: (nullable) (transfer none): the field of the API information that has this name
 */
const PdField *
pd_label_lookup (const char *name)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    if (fields[i]->view == PD_VIEW_API_INFORMATION && fields[i]->sandbox_of == NULL &&
        each_name (fields[i], is_whole_name, (gpointer) name))
      return fields[i];
  }
  return NULL;
}
