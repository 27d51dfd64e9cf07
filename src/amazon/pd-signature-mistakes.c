/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-json.h"
#include "pd-signature-case.h"

#define ANY_PAYLOAD (1 << PD_SIGNATURE_REQUEST | 1 << PD_SIGNATURE_BUTTON)
#define REQUEST     (1 << PD_SIGNATURE_REQUEST)
#define MWS         (1 << PD_SIGNATURE_MWS)

/* One usual mistake: what is made of our side by it. Where that is exactly what the other side has, the mistake is named. */
typedef struct {
  guint        kinds; /* bits 1 << PD_SIGNATURE_… */
  gboolean  (* change) (PdSignatureCase *self);        /* changes what goes in; FALSE where there is nothing to change */
  char      * (* finish) (PdSignatureCase *self, const char *ours); /* or what comes out */
  const char  *message;
} Mistake;

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

static gboolean
take_payload (PdSignatureCase *self,
              char            *payload)
{
  gboolean is_other = payload != NULL && !g_str_equal (payload, self->payload);

  if (!is_other) {
    g_free (payload);
    return FALSE;
  }
  g_free (self->payload);
  self->payload = payload;
  return TRUE;
}

static gboolean
unescape_slashes (PdSignatureCase *self)
{
  return take_payload (self, replace (self->payload, "\\/", "/"));
}

static gboolean
escape_slashes (PdSignatureCase *self)
{
  g_autofree char *plain = replace (self->payload, "\\/", "/");

  return take_payload (self, replace (plain, "/", "\\/"));
}

/* White space outside of texts is dropped, and one space set where a writer of that habit sets one. */
static char *
respace (const char *json,
         gboolean    with_spaces)
{
  GString *out = g_string_sized_new (strlen (json));
  gboolean in_text = FALSE;

  for (const char *c = json; *c != '\0'; c++) {
    if (in_text && *c == '\\' && c[1] != '\0') {
      g_string_append_len (out, c++, 2);
      continue;
    }
    if (*c == '"')
      in_text = !in_text;
    if (!in_text && strchr (" \t\r\n", *c) != NULL)
      continue;
    g_string_append_c (out, *c);
    if (!in_text && with_spaces && (*c == ',' || *c == ':'))
      g_string_append_c (out, ' ');
  }
  return g_string_free (out, FALSE);
}

static gboolean
drop_spaces (PdSignatureCase *self)
{
  return take_payload (self, respace (self->payload, FALSE));
}

static gboolean
add_spaces (PdSignatureCase *self)
{
  return take_payload (self, respace (self->payload, TRUE));
}

static JsonNode *
sort_members (JsonNode *node)
{
  JsonNode  *sorted;
  JsonArray *array;

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    array = json_array_new ();
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      json_array_add_element (array, sort_members (json_array_get_element (json_node_get_array (node), i)));
    sorted = json_node_alloc ();
    json_node_init_array (sorted, array);
    json_array_unref (array);
    return sorted;
  }
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    g_autoptr (JsonObject) object = json_object_new ();
    GList                 *names = g_list_sort (json_object_get_members (json_node_get_object (node)), (GCompareFunc) strcmp);

    for (GList *l = names; l != NULL; l = l->next)
      json_object_set_member (object, l->data, sort_members (json_object_get_member (json_node_get_object (node), l->data)));
    g_list_free (names);
    sorted = json_node_alloc ();
    json_node_init_object (sorted, object);
    return sorted;
  }
  return json_node_copy (node);
}

/* (nullable): the JSON with its members in the order of their names, without spaces. */
static char *
dup_sorted (const char *json)
{
  g_autoptr (JsonNode) node = *json != '\0' ? pd_json_parse (json, -1, &pd_json_limits_answer, NULL) : NULL;
  g_autoptr (JsonNode) sorted = node != NULL ? sort_members (node) : NULL;

  return sorted != NULL ? pd_json_to_string (sorted, FALSE) : NULL;
}

static gboolean
reorder (PdSignatureCase *self)
{
  return take_payload (self, dup_sorted (self->payload));
}

static gboolean
escape_unicode (PdSignatureCase *self)
{
  GString *out = g_string_sized_new (strlen (self->payload));

  for (const char *c = self->payload; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (character < 0x80)
      g_string_append_c (out, *c);
    else if (character < 0x10000)
      g_string_append_printf (out, "\\u%04x", character);
    else
      g_string_append_printf (out, "\\u%04x\\u%04x", 0xd800 + ((character - 0x10000) >> 10), 0xdc00 + ((character - 0x10000) & 0x3ff));
  }
  return take_payload (self, g_string_free (out, FALSE));
}

static gboolean
add_line_end (PdSignatureCase *self)
{
  return take_payload (self, g_strconcat (self->payload, "\n", NULL));
}

static gboolean
drop_line_end (PdSignatureCase *self)
{
  return take_payload (self, g_strchomp (g_strdup (self->payload)));
}

static gboolean
drop_payload (PdSignatureCase *self)
{
  return take_payload (self, g_strdup (""));
}

/* (nullable): what is no text, decoded, is not decoded. */
static char *
decode (const char *text)
{
  g_autofree char *decoded = g_uri_unescape_string (text, NULL);

  return decoded != NULL && g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

/* What is encoded before it is given to the signer is encoded twice, … */
static gboolean
encode_path (PdSignatureCase *self)
{
  char    *encoded = self->path != NULL ? pd_signer_encode (self->path, TRUE) : NULL;
  gboolean is_other = encoded != NULL && !g_str_equal (encoded, self->path);

  if (!is_other) {
    g_free (encoded);
    return FALSE;
  }
  g_free (self->path);
  self->path = encoded;
  return TRUE;
}

/* … and where the fault is ours, once too much. */
static gboolean
decode_path (PdSignatureCase *self)
{
  char    *decoded = self->path != NULL ? decode (self->path) : NULL;
  gboolean is_other = decoded != NULL && !g_str_equal (decoded, self->path);

  if (!is_other) {
    g_free (decoded);
    return FALSE;
  }
  g_free (self->path);
  self->path = decoded;
  return TRUE;
}

/* (transfer full): the text once more or once less encoded. */
static char *
recode (const char *text,
        gboolean    encode)
{
  char *other = encode ? pd_signer_encode (text, FALSE) : decode (text);

  return other != NULL ? other : g_strdup (text);
}

static gboolean
recode_query (PdSignatureCase *self,
              gboolean         encode)
{
  GHashTable    *recoded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer       name;
  gpointer       value;
  gboolean       is_other = FALSE;

  g_hash_table_iter_init (&iter, self->query);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    GPtrArray  *values = value;
    GPtrArray  *others = g_ptr_array_new_with_free_func (g_free);
    char       *other_name = recode (name, encode);

    is_other |= !g_str_equal (other_name, name);
    for (guint j = 0; j < values->len; j++) {
      char *other = recode (g_ptr_array_index (values, j), encode);

      is_other |= !g_str_equal (other, g_ptr_array_index (values, j));
      g_ptr_array_add (others, other);
    }
    g_hash_table_insert (recoded, other_name, others);
  }
  g_hash_table_unref (self->query);
  self->query = recoded;
  return is_other;
}

static gboolean
encode_query (PdSignatureCase *self)
{
  return recode_query (self, TRUE);
}

static gboolean
decode_query (PdSignatureCase *self)
{
  return recode_query (self, FALSE);
}

static gboolean
recode_parameters (PdSignatureCase *self,
                   gboolean         encode)
{
  GHashTableIter iter;
  gpointer       value;
  gboolean       is_other = FALSE;

  g_hash_table_iter_init (&iter, self->parameters);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    char *other = recode (value, encode);

    is_other |= !g_str_equal (other, value);
    g_hash_table_iter_replace (&iter, other);
  }
  return is_other;
}

static gboolean
encode_parameters (PdSignatureCase *self)
{
  return recode_parameters (self, TRUE);
}

static gboolean
decode_parameters (PdSignatureCase *self)
{
  return recode_parameters (self, FALSE);
}

static char *
set_pluses (PdSignatureCase *self,
            const char      *ours)
{
  return replace (ours, "%20", "+");
}

static char *
encode_tildes (PdSignatureCase *self,
               const char      *ours)
{
  return replace (ours, "~", "%7E");
}

static char *
lower_digits (PdSignatureCase *self,
              const char      *ours)
{
  char *text = g_strdup (ours);

  for (char *c = text; *c != '\0'; c++) {
    if (c[0] == '%' && g_ascii_isxdigit (c[1]) && g_ascii_isxdigit (c[2])) {
      c[1] = g_ascii_tolower (c[1]);
      c[2] = g_ascii_tolower (c[2]);
    }
  }
  return text;
}

static char *
keep_host (PdSignatureCase *self,
           const char      *ours)
{
  g_autofree char *lower = g_ascii_strdown (self->host, -1);
  g_autofree char *from = g_strconcat ("\n", lower, "\n", NULL);
  g_autofree char *to = g_strconcat ("\n", self->host, "\n", NULL);

  return replace (ours, from, to);
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  return g_ascii_strcasecmp (*(const char *const *) a, *(const char *const *) b);
}

/* By the letters, whether small or capital, in place of by the bytes. */
static char *
sort_by_letters (PdSignatureCase *self,
                 const char      *ours)
{
  const char      *last = strrchr (ours, '\n');
  g_auto (GStrv)   pairs = g_strsplit (last != NULL ? last + 1 : ours, "&", -1);
  g_autofree char *head = last != NULL ? g_strndup (ours, (gsize) (last + 1 - ours)) : g_strdup ("");
  g_autofree char *joined = NULL;

  qsort (pairs, g_strv_length (pairs), sizeof *pairs, compare_pairs);
  joined = g_strjoinv ("&", pairs);
  return g_strconcat (head, joined, NULL);
}

static const Mistake mistakes[] = {
  { ANY_PAYLOAD, unescape_slashes, NULL,
    N_("Escaped slashes: the other side has the payload without the backslashes (\\/). Write JSON without escaping slashes, and sign exactly "
       "what the page holds.") },
  { ANY_PAYLOAD, escape_slashes, NULL,
    N_("Escaped slashes: the other side has the payload with a backslash before each slash (\\/). Write JSON without escaping slashes, and "
       "sign exactly what the page holds.") },
  { ANY_PAYLOAD, add_line_end, NULL, N_("A line end: the other side has one after the payload.") },
  { ANY_PAYLOAD, drop_line_end, NULL, N_("A line end: the other side has none after the payload.") },
  { ANY_PAYLOAD, drop_spaces, NULL,
    N_("White space: the other side has the payload without the spaces and line ends between its members.") },
  { ANY_PAYLOAD, add_spaces, NULL,
    N_("White space: the other side has the payload with a space after each comma and colon.") },
  { ANY_PAYLOAD, reorder, NULL,
    N_("Re-ordered members: the other side has the payload’s members in the order of their names. Sign the very text that is sent.") },
  { ANY_PAYLOAD, escape_unicode, NULL,
    N_("Escaped letters: the other side has letters beyond ASCII written as \\u…. Sign the very text that is sent.") },
  { REQUEST, drop_payload, NULL, N_("No payload: the other side hashed an empty one. The call came without its body.") },
  { REQUEST, encode_path, NULL, N_("Double encoding: the other side has the path percent-encoded twice.") },
  { REQUEST, decode_path, NULL, N_("Double encoding: the path given here is percent-encoded already, and is encoded once more.") },
  { REQUEST, encode_query, NULL, N_("Double encoding: the other side has the query percent-encoded twice.") },
  { REQUEST, decode_query, NULL, N_("Double encoding: the query given here is percent-encoded already, and is encoded once more.") },
  { REQUEST | MWS, NULL, set_pluses, N_("Spaces: the other side has a plus where the signature wants %20.") },
  { REQUEST | MWS, NULL, encode_tildes, N_("The tilde: the other side has %7E; the signature wants the tilde as it is.") },
  { REQUEST | MWS, NULL, lower_digits, N_("Small hexadecimal digits: the other side has them after the percent sign; the signature wants capitals.") },
  { MWS, encode_parameters, NULL, N_("Double encoding: the other side has the parameters percent-encoded twice.") },
  { MWS, decode_parameters, NULL, N_("Double encoding: the parameters given here are percent-encoded already, and are encoded once more.") },
  { MWS, NULL, keep_host, N_("Capital letters in the host: the signature wants it in small ones.") },
  { MWS, NULL, sort_by_letters, N_("Order of the parameters: the other side sorts without regard to capitals; the signature wants the order of the bytes.") },
};

static gboolean
explains (const Mistake   *mistake,
          PdSignatureCase *self)
{
  g_autoptr (PdSignatureCase) copy = pd_signature_case_copy (self);
  g_autofree char            *ours = NULL;

  if (mistake->change != NULL && !mistake->change (copy))
    return FALSE;
  ours = pd_signature_case_get_ours (copy);
  if (mistake->finish != NULL) {
    char *finished = mistake->finish (copy, ours);

    g_free (ours);
    ours = finished;
  }
  return g_str_equal (ours, self->theirs);
}

/* Which part of a canonical request or of the legacy string to sign a line is. */
static const char *
name_line (PdSignatureCase *self,
           const char      *ours,
           guint            line)
{
  static const char *const request[] = { N_("the method"), N_("the path"), N_("the query") };
  static const char *const mws[] = { N_("the method"), N_("the host"), N_("the path"), N_("the parameters") };
  g_auto (GStrv)           lines = g_strsplit (ours, "\n", -1);
  guint                    n_lines = g_strv_length (lines);

  if (self->kind == PD_SIGNATURE_MWS)
    return line <= G_N_ELEMENTS (mws) ? _(mws[line - 1]) : _("the end");
  if (n_lines <= 2)
    return line == 1 ? _("the name of the algorithm") : _("the hash: what was hashed is not the same, byte for byte");
  if (line <= G_N_ELEMENTS (request))
    return _(request[line - 1]);
  if (line >= n_lines)
    return _("the hash of the payload: the payload is not the same, byte for byte");
  return line == n_lines - 1 ? _("the list of the signed headers") : _("the headers");
}

/* The algorithm that theirs begins with; TRUE where it is another than ours. */
static gboolean
has_other_algorithm (PdSignatureCase *self,
                     PdAlgorithm     *algorithm)
{
  g_autofree char *first = g_strndup (self->theirs, strcspn (self->theirs, "\n"));

  return self->kind != PD_SIGNATURE_MWS && pd_algorithm_from_id (first, algorithm) && *algorithm != self->algorithm;
}

static void
add (GPtrArray  *found,
     const char *message)
{
  g_ptr_array_add (found, g_strdup (message));
}

static void
find_difference (PdSignatureCase *self,
                 GPtrArray       *found)
{
  g_autoptr (PdSignatureCase) same = pd_signature_case_copy (self);
  g_autofree char            *ours = NULL;
  g_autofree char            *sorted = NULL;
  g_autofree char            *their_sorted = NULL;
  g_autofree char            *text = NULL;
  gsize                       offset;
  guint                       line, column;

  if (has_other_algorithm (self, &same->algorithm))
    add (found, self->algorithm == PD_ALGORITHM_PSS_V2
                ? _("Missing algorithm: the other side took the older one. The page has to name “algorithm: AMZN-PAY-RSASSA-PSS-V2” beside the "
                    "signature, and a call in its authorization header.")
                : _("Another algorithm: the other side took AMZN-PAY-RSASSA-PSS-V2, with a salt of 32 bytes."));
  ours = pd_signature_case_get_ours (same);
  if (pd_signature_compare (ours, self->theirs, &offset, &line, &column))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    if ((mistakes[i].kinds & 1u << self->kind) != 0 && explains (&mistakes[i], same)) {
      add (found, _(mistakes[i].message));
      return;
    }
  }
  if (g_str_equal (ours, self->payload)) {
    sorted = dup_sorted (ours);
    their_sorted = dup_sorted (self->theirs);
    if (sorted != NULL && g_strcmp0 (sorted, their_sorted) == 0)
      add (found, _("Re-ordered members: both payloads say the same, with the members in another order or written in another way. Sign the very "
                    "text that is sent."));
    return;
  }
  text = g_strdup_printf (_("The first difference is in %s."), name_line (self, ours, line));
  add (found, text);
}

/**
 * pd_signature_case_find_mistakes:
 * @self: a case
 *
 * What many do wrong (the SDKs' issues; amazon-pay API "Signing requests" and "Button signature"), as far as it shows: in what was
 * given, and in how the other side's string differs from ours.
 *
 * Returns: (transfer full) (element-type utf8): sentences, translated; empty where nothing is wrong
 */
GPtrArray *
pd_signature_case_find_mistakes (PdSignatureCase *self)
{
  GPtrArray           *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) node = *self->payload != '\0' ? pd_json_parse (self->payload, -1, &pd_json_limits_answer, NULL) : NULL;

  if (strstr (self->payload, "\\/") != NULL)
    add (found, _("The payload has escaped slashes (\\/). It is hashed as it stands; most servers and SDKs write them without the backslash."));
  if (*self->payload != '\0' && node == NULL)
    add (found, _("The payload is not proper JSON."));
  if (self->kind == PD_SIGNATURE_REQUEST && self->path != NULL && strstr (self->path, "%25") != NULL)
    add (found, _("The path holds “%25”: it seems to be encoded twice. Give it as it is meant, not encoded."));
  if (g_hash_table_contains (self->parameters, "Signature"))
    add (found, _("The parameter “Signature” is left out: it is never part of what is signed."));
  if (self->theirs != NULL)
    find_difference (self, found);
  return found;
}

/**
 * pd_signature_case_verify:
 * @self: a case of API v2 or of a button, with a signature
 * @key: the key that it should be made with; its public half is enough
 * @mistake: (out): (nullable) (transfer none): what is wrong with the signature, translated
 *
 * Returns: whether the signature is right
 */
gboolean
pd_signature_case_verify (PdSignatureCase  *self,
                          PdKey            *key,
                          const char      **mistake)
{
  g_autoptr (PdSignatureCase) copy = pd_signature_case_copy (self);
  gsize                       length;
  g_autofree guchar          *raw = g_base64_decode (self->signature, &length);
  g_autoptr (GBytes)          signature = g_bytes_new (raw, length);

  *mistake = NULL;
  for (guint named = 0; named <= PD_ALGORITHM_PSS_V2; named++) {
    g_autofree char *string_to_sign = NULL;

    copy->algorithm = named;
    string_to_sign = pd_signature_case_work (copy, NULL, NULL);
    for (guint salted = 0; salted <= PD_ALGORITHM_PSS_V2; salted++) {
      if (!pd_key_verify_pss (key, pd_algorithm_get_salt (salted), string_to_sign, strlen (string_to_sign), signature))
        continue;
      if (named == self->algorithm && salted == self->algorithm)
        return TRUE;
      *mistake = named == self->algorithm
                 ? _("Wrong salt: the signature fits, but for the length of its salt. AMZN-PAY-RSASSA-PSS-V2 takes 32 bytes, AMZN-PAY-RSASSA-PSS 20.")
                 : _("Another algorithm: the signature was made over the string of the other algorithm.");
      return FALSE;
    }
  }
  *mistake = _("The signature does not fit: it was made with another key, or over another string.");
  return FALSE;
}
