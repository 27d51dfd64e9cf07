/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-error.h"
#include "pd-json.h"
#include "pd-mws-signer.h"
#include "pd-signer.h"

#define MAX_CASE (1024 * 1024)

static gboolean json;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

/* A case being worked out: what goes in, and the members that come out. */
typedef struct {
  JsonObject  *input;
  JsonBuilder *out;
  GPtrArray   *warnings;
  gboolean     equal;
} Case;

static gboolean
bad_input (GError     **error,
           const char  *name)
{
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The case needs a proper “%s”."), name);
  return FALSE;
}

static const char *
get_text (Case        *a_case,
          const char  *name,
          GError     **error)
{
  const char *text = pd_json_get_string (a_case->input, name);

  if (text == NULL)
    bad_input (error, name);
  return text;
}

/* name → values; a bare text counts as a list of one. */
static gboolean
read_query (Case        *a_case,
            GHashTable  *query,
            GError     **error)
{
  JsonObject    *object = pd_json_get_object (a_case->input, "query");
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (object == NULL)
    return json_object_has_member (a_case->input, "query") ? bad_input (error, "query") : TRUE;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node)) {
    GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
    JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

    g_hash_table_insert (query, g_strdup (name), values);
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_ptr_array_add (values, json_node_dup_string (node));
    else if (array == NULL)
      return bad_input (error, "query");
    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
      JsonNode *value = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        return bad_input (error, "query");
      g_ptr_array_add (values, json_node_dup_string (value));
    }
  }
  return TRUE;
}

static gboolean
read_texts (Case        *a_case,
            const char  *member,
            GHashTable  *texts,
            GError     **error)
{
  JsonObject    *object = pd_json_get_object (a_case->input, member);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (object == NULL)
    return bad_input (error, member);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node)) {
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return bad_input (error, member);
    g_hash_table_insert (texts, g_strdup (name), json_node_dup_string (node));
  }
  return TRUE;
}

static char **
read_names (Case        *a_case,
            const char  *member,
            GError     **error)
{
  JsonNode              *node = json_object_get_member (a_case->input, member);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    bad_input (error, member);
    return NULL;
  }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++) {
    JsonNode *name = json_array_get_element (json_node_get_array (node), i);

    if (!JSON_NODE_HOLDS_VALUE (name) || json_node_get_value_type (name) != G_TYPE_STRING) {
      bad_input (error, member);
      return NULL;
    }
    g_strv_builder_add (names, json_node_get_string (name));
  }
  return g_strv_builder_end (names);
}

/* A key file's content in wiped memory, without a final line end; NULL without an error where no file is named. */
static PdSecretText *
read_key_file (Case        *a_case,
               const char  *member,
               GError     **error)
{
  const char        *file = pd_json_get_string (a_case->input, member);
  g_autoptr (GBytes) content = NULL;
  PdSecretText      *whole;
  PdSecretText      *text;
  gsize              length;

  if (file == NULL)
    return NULL;
  content = pd_ctl_file_read (file, 64 * 1024, error);
  if (content == NULL)
    return NULL;
  whole = pd_secret_text_new_take_bytes (g_steal_pointer (&content));
  length = pd_secret_text_get_length (whole);
  if (length > 0 && pd_secret_text_peek (whole)[length - 1] == '\n')
    length--;
  if (length > 0 && pd_secret_text_peek (whole)[length - 1] == '\r')
    length--;
  text = pd_secret_text_new_len (pd_secret_text_peek (whole), length);
  pd_secret_text_unref (whole);
  return text;
}

/* The place of the first difference, in lines and characters from 1. */
static void
add_comparison (Case       *a_case,
                const char *ours,
                const char *theirs)
{
  guint       line = 1;
  guint       column = 1;
  const char *a = ours;
  const char *b = theirs;

  json_builder_set_member_name (a_case->out, "equal");
  a_case->equal = g_str_equal (ours, theirs);
  json_builder_add_boolean_value (a_case->out, a_case->equal);
  json_builder_set_member_name (a_case->out, "first_difference");
  if (a_case->equal) {
    json_builder_add_null_value (a_case->out);
    return;
  }
  while (*a != '\0' && *b != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b)) {
    column++;
    if (*a == '\n') {
      line++;
      column = 1;
    }
    a = g_utf8_next_char (a);
    b = g_utf8_next_char (b);
  }
  json_builder_begin_object (a_case->out);
  json_builder_set_member_name (a_case->out, "line");
  json_builder_add_int_value (a_case->out, line);
  json_builder_set_member_name (a_case->out, "column");
  json_builder_add_int_value (a_case->out, column);
  {
    g_autofree char *rest_a = g_strndup (a, strcspn (a, "\n"));
    g_autofree char *rest_b = g_strndup (b, strcspn (b, "\n"));

    pd_ctl_json_string (a_case->out, "ours", rest_a);
    pd_ctl_json_string (a_case->out, "theirs", rest_b);
  }
  json_builder_end_object (a_case->out);
  if (!json)
    pd_ctl_out (_("First difference: line %u, column %u.\n"), line, column);
}

static guint
count_lines (const char *text)
{
  guint n_lines = 1;

  for (; *text != '\0'; text++)
    n_lines += *text == '\n';
  return n_lines;
}

static void
add_text (Case       *a_case,
          const char *name,
          const char *text)
{
  pd_ctl_json_string (a_case->out, name, text);
  if (!json)
    pd_ctl_out ("%s:\n%s\n\n", name, text);
}

static void
warn (Case       *a_case,
      const char *message)
{
  g_ptr_array_add (a_case->warnings, g_strdup (message));
  if (!json)
    pd_ctl_say ("%s", message);
}

/* Mistakes that many make, and that no signature shows. */
static void
warn_of_payload (Case       *a_case,
                 const char *payload)
{
  g_autoptr (JsonNode) node = *payload != '\0' ? pd_json_parse (payload, -1, &pd_json_limits_answer, NULL) : NULL;

  if (strstr (payload, "\\/") != NULL)
    warn (a_case, _("The payload has escaped slashes (\\/). It is hashed as it stands; most servers and SDKs write them without the backslash."));
  if (*payload != '\0' && node == NULL)
    warn (a_case, _("The payload is not proper JSON."));
}

static gboolean
read_algorithm (Case         *a_case,
                PdAlgorithm  *algorithm,
                GError      **error)
{
  const char *id = get_text (a_case, "algorithm", error);

  if (id == NULL)
    return FALSE;
  return pd_algorithm_from_id (id, algorithm) ? TRUE : bad_input (error, "algorithm");
}

static gboolean
add_signature (Case        *a_case,
               PdAlgorithm  algorithm,
               const char  *string_to_sign,
               const char  *signed_headers,
               GError     **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (PdSecretText) text = read_key_file (a_case, "private_key_file", &local);
  const char              *id = pd_json_get_string (a_case->input, "public_key_id");
  g_autoptr (PdKey)        key = NULL;
  g_autofree char         *signature = NULL;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (text == NULL)
    return TRUE;
  key = pd_key_new_private (pd_secret_text_peek (text), pd_secret_text_get_length (text), error);
  signature = key != NULL ? pd_signer_sign (key, algorithm, string_to_sign, error) : NULL;
  if (signature == NULL)
    return FALSE;
  add_text (a_case, "signature", signature);
  if (id != NULL && signed_headers != NULL) {
    g_autofree char *authorization = pd_signer_authorization (algorithm, id, signed_headers, signature);

    add_text (a_case, "authorization", authorization);
  }
  return TRUE;
}

static gboolean
work_request (Case    *a_case,
              GError **error)
{
  PdAlgorithm            algorithm;
  const char            *method = get_text (a_case, "method", error);
  const char            *path = pd_json_get_string (a_case->input, "path");
  const char            *payload = pd_json_get_string (a_case->input, "payload");
  const char            *compare = pd_json_get_string (a_case->input, "compare");
  g_autoptr (GHashTable) query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv)         names = NULL;
  g_autoptr (GError)     local = NULL;
  g_autofree char       *canonical = NULL;
  g_autofree char       *signed_headers = NULL;
  g_autofree char       *string_to_sign = NULL;

  if (method == NULL || !read_algorithm (a_case, &algorithm, error) || !read_query (a_case, query, error) ||
      !read_texts (a_case, "headers", headers, error))
    return FALSE;
  names = read_names (a_case, "signed_headers", &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (payload == NULL)
    payload = "";
  warn_of_payload (a_case, payload);
  if (path != NULL && strstr (path, "%25") != NULL)
    warn (a_case, _("The path holds “%25”: it seems to be encoded twice. Give it as it is meant, not encoded."));
  canonical = pd_signer_canonical_request (method, path, query, headers, (const char *const *) names, payload, strlen (payload),
                                           &signed_headers);
  string_to_sign = pd_signer_string_to_sign (algorithm, canonical, strlen (canonical));
  add_text (a_case, "canonical_request", canonical);
  add_text (a_case, "string_to_sign", string_to_sign);
  if (!add_signature (a_case, algorithm, string_to_sign, signed_headers, error))
    return FALSE;
  if (compare != NULL)
    add_comparison (a_case, count_lines (compare) > 3 ? canonical : string_to_sign, compare);
  return TRUE;
}

static gboolean
work_button (Case    *a_case,
             GError **error)
{
  PdAlgorithm      algorithm;
  const char      *payload = get_text (a_case, "payload", error);
  const char      *compare = pd_json_get_string (a_case->input, "compare");
  g_autofree char *string_to_sign = NULL;

  if (payload == NULL || !read_algorithm (a_case, &algorithm, error))
    return FALSE;
  warn_of_payload (a_case, payload);
  string_to_sign = pd_signer_string_to_sign (algorithm, payload, strlen (payload));
  add_text (a_case, "string_to_sign", string_to_sign);
  if (!add_signature (a_case, algorithm, string_to_sign, NULL, error))
    return FALSE;
  if (algorithm == PD_ALGORITHM_PSS_V2 && compare != NULL && g_str_has_prefix (compare, "AMZN-PAY-RSASSA-PSS\n"))
    warn (a_case, _("The server took the older algorithm: the page has to name “algorithm: AMZN-PAY-RSASSA-PSS-V2” beside the signature."));
  if (compare != NULL)
    add_comparison (a_case, string_to_sign, compare);
  return TRUE;
}

static gboolean
work_mws (Case    *a_case,
          GError **error)
{
  const char              *method = get_text (a_case, "method", error);
  const char              *host = method != NULL ? get_text (a_case, "host", error) : NULL;
  const char              *path = host != NULL ? get_text (a_case, "path", error) : NULL;
  const char              *compare = pd_json_get_string (a_case->input, "compare");
  g_autoptr (GHashTable)   parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (PdSecretText) key = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *string_to_sign = NULL;

  if (path == NULL || !read_texts (a_case, "parameters", parameters, error))
    return FALSE;
  if (g_hash_table_remove (parameters, "Signature"))
    warn (a_case, _("The parameter “Signature” is left out: it is never part of what is signed."));
  string_to_sign = pd_mws_signer_string_to_sign (method, host, path, parameters);
  add_text (a_case, "string_to_sign", string_to_sign);
  key = read_key_file (a_case, "secret_key_file", &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (key != NULL) {
    g_autofree char *signature = pd_mws_signer_sign (key, string_to_sign);

    add_text (a_case, "signature", signature);
  }
  if (compare != NULL)
    add_comparison (a_case, string_to_sign, compare);
  return TRUE;
}

static const struct {
  const char *name;
  gboolean  (*work) (Case *a_case, GError **error);
} kinds[] = {
  { "request", work_request },
  { "button", work_button },
  { "mws", work_mws },
};

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GBytes)      input = NULL;
  g_autoptr (JsonNode)    node = NULL;
  g_autoptr (JsonNode)    root = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray)   warnings = g_ptr_array_new_with_free_func (g_free);
  Case                    a_case = { NULL, builder, warnings, TRUE };
  gboolean              (*work) (Case *a_case, GError **error) = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (kinds[i].name, operands[0]))
      work = kinds[i].work;
  }
  if (work == NULL)
    return pd_ctl_usage (_("There is no kind of signature “%s”: choose request, button or mws."), operands[0]);
  input = pd_ctl_file_read ("-", MAX_CASE, &error);
  if (input != NULL)
    node = pd_json_parse (g_bytes_get_data (input, NULL), (gssize) g_bytes_get_size (input), &pd_json_limits_answer, &error);
  if (node == NULL)
    return pd_ctl_fail (error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return pd_ctl_usage (_("A case is one JSON object."));
  a_case.input = json_node_get_object (node);
  json_builder_begin_object (builder);
  if (!work (&a_case, &error))
    return pd_ctl_fail (error);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < warnings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (warnings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  if (json)
    pd_ctl_out_json (root);
  return a_case.equal ? PD_CTL_DONE : PD_CTL_FAILED;
}

const PdCtlVerb pd_ctl_signature = {
  .name = "signature", .operands = "request|button|mws",
  .summary = N_("Works out a signature, step by step, for the case on standard input"),
  .options = options, .min_operands = 1, .max_operands = 1, .run = run,
};
