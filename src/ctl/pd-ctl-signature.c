/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-json.h"
#include "pd-mws-signer.h"
#include "pd-signature-case.h"

#define MAX_CASE (1024 * 1024)

static gboolean json;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

/* A key file's content in wiped memory, without a final line end; NULL without an error where no file is named. */
static PdSecretText *
read_key_file (JsonObject  *input,
               const char  *member,
               GError     **error)
{
  const char        *file = pd_json_get_string (input, member);
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

static void
add_text (JsonBuilder *out,
          const char  *name,
          const char  *text)
{
  pd_ctl_json_string (out, name, text);
  if (!json)
    pd_ctl_out ("%s:\n%s\n\n", name, text);
}

static char *
dup_line (const char *text)
{
  return g_strndup (text, strcspn (text, "\n"));
}

/* Returns: whether it is what the other side has. */
static gboolean
add_comparison (JsonBuilder     *out,
                PdSignatureCase *a_case)
{
  g_autofree char *ours = pd_signature_case_get_ours (a_case);
  gsize            offset;
  guint            line, column;
  gboolean         is_equal = pd_signature_compare (ours, a_case->theirs, &offset, &line, &column);
  g_autofree char *our_rest = dup_line (ours + offset);
  g_autofree char *their_rest = dup_line (a_case->theirs + offset);

  pd_ctl_json_boolean (out, "equal", is_equal);
  json_builder_set_member_name (out, "first_difference");
  if (is_equal) {
    json_builder_add_null_value (out);
    return TRUE;
  }
  json_builder_begin_object (out);
  json_builder_set_member_name (out, "line");
  json_builder_add_int_value (out, line);
  json_builder_set_member_name (out, "column");
  json_builder_add_int_value (out, column);
  pd_ctl_json_string (out, "ours", our_rest);
  pd_ctl_json_string (out, "theirs", their_rest);
  json_builder_end_object (out);
  if (!json)
    pd_ctl_out (_("First difference: line %u, column %u.\n"), line, column);
  return FALSE;
}

static gboolean
add_pay_signature (JsonBuilder      *out,
                   PdSignatureCase  *a_case,
                   JsonObject       *input,
                   const char       *string_to_sign,
                   const char       *signed_headers,
                   GPtrArray        *warnings,
                   gboolean         *is_right,
                   GError          **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (PdSecretText) text = read_key_file (input, "private_key_file", &local);
  const char              *id = pd_json_get_string (input, "public_key_id");
  const char              *mistake;
  g_autoptr (PdKey)        key = NULL;
  g_autofree char         *signature = NULL;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (text == NULL)
    return TRUE;
  key = pd_key_new_private (pd_secret_text_peek (text), pd_secret_text_get_length (text), error);
  signature = key != NULL ? pd_signer_sign (key, a_case->algorithm, string_to_sign, error) : NULL;
  if (signature == NULL)
    return FALSE;
  add_text (out, "signature", signature);
  if (id != NULL && signed_headers != NULL) {
    g_autofree char *authorization = pd_signer_authorization (a_case->algorithm, id, signed_headers, signature);

    add_text (out, "authorization", authorization);
  }
  if (a_case->signature == NULL)
    return TRUE;
  *is_right = pd_signature_case_verify (a_case, key, &mistake);
  pd_ctl_json_boolean (out, "signature_verifies", *is_right);
  if (mistake != NULL)
    g_ptr_array_add (warnings, g_strdup (mistake));
  return TRUE;
}

static gboolean
add_mws_signature (JsonBuilder  *out,
                   JsonObject   *input,
                   const char   *string_to_sign,
                   GError      **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (PdSecretText) key = read_key_file (input, "secret_key_file", &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (key != NULL) {
    g_autofree char *signature = pd_mws_signer_sign (key, string_to_sign);

    add_text (out, "signature", signature);
  }
  return TRUE;
}

static gboolean
work (PdSignatureKind   kind,
      JsonObject       *input,
      JsonBuilder      *out,
      gboolean         *is_right,
      GError          **error)
{
  g_autoptr (PdSignatureCase) a_case = pd_signature_case_new_from_json (kind, input, error);
  g_autoptr (GPtrArray)       warnings = a_case != NULL ? pd_signature_case_find_mistakes (a_case) : NULL;
  g_autofree char            *canonical = NULL;
  g_autofree char            *signed_headers = NULL;
  g_autofree char            *string_to_sign = NULL;

  if (a_case == NULL)
    return FALSE;
  string_to_sign = pd_signature_case_work (a_case, &canonical, &signed_headers);
  if (canonical != NULL)
    add_text (out, "canonical_request", canonical);
  add_text (out, "string_to_sign", string_to_sign);
  if (kind == PD_SIGNATURE_MWS ? !add_mws_signature (out, input, string_to_sign, error)
                               : !add_pay_signature (out, a_case, input, string_to_sign, signed_headers, warnings, is_right, error))
    return FALSE;
  if (a_case->theirs != NULL && !add_comparison (out, a_case))
    *is_right = FALSE;
  json_builder_set_member_name (out, "warnings");
  json_builder_begin_array (out);
  for (guint i = 0; i < warnings->len; i++) {
    json_builder_add_string_value (out, g_ptr_array_index (warnings, i));
    if (!json)
      pd_ctl_say ("%s", (const char *) g_ptr_array_index (warnings, i));
  }
  json_builder_end_array (out);
  return TRUE;
}

static const struct {
  const char      *name;
  PdSignatureKind  kind;
} kinds[] = {
  { "request", PD_SIGNATURE_REQUEST },
  { "button", PD_SIGNATURE_BUTTON },
  { "mws", PD_SIGNATURE_MWS },
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
  gboolean                is_right = TRUE;
  guint                   kind = 0;

  while (kind < G_N_ELEMENTS (kinds) && !g_str_equal (kinds[kind].name, operands[0]))
    kind++;
  if (kind == G_N_ELEMENTS (kinds))
    return pd_ctl_usage (_("There is no kind of signature “%s”: choose request, button or mws."), operands[0]);
  input = pd_ctl_file_read ("-", MAX_CASE, &error);
  if (input != NULL)
    node = pd_json_parse (g_bytes_get_data (input, NULL), (gssize) g_bytes_get_size (input), &pd_json_limits_answer, &error);
  if (node == NULL)
    return pd_ctl_fail (error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return pd_ctl_usage (_("A case is one JSON object."));
  json_builder_begin_object (builder);
  if (!work (kinds[kind].kind, json_node_get_object (node), builder, &is_right, &error))
    return pd_ctl_fail (error);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  if (json)
    pd_ctl_out_json (root);
  return is_right ? PD_CTL_DONE : PD_CTL_FAILED;
}

const PdCtlVerb pd_ctl_signature = {
  .name = "signature", .operands = "request|button|mws",
  .summary = N_("Works out a signature, step by step, for the case on standard input"),
  .options = options, .min_operands = 1, .max_operands = 1, .run = run,
};
