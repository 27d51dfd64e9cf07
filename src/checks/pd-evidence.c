/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-evidence.h"
#include "pd-redact.h"
#include "pd-response-private.h"

#define MAX_ID      128
#define MAX_PAGE    300
#define MAX_MESSAGE 4096

/* Codes and ids come from the server: nothing but plain signs of a bounded number is kept of them. */
static char *
keep_plain (const char *text)
{
  char *plain;

  if (text == NULL)
    return NULL;
  plain = g_strndup (text, MAX_ID);
  return g_strcanon (plain, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.:/+=", '?');
}

/* The words of a page, without its tags, for where only text can be shown. */
static char *
read_page (const char *body)
{
  static const char *const noise[] = { "(?is)<(script|style|head)\\b.*?</\\1>", "(?s)<!--.*?-->|<[^>]*>", "\\s+" };
  char                    *text = g_strdup (body);

  for (guint i = 0; i < G_N_ELEMENTS (noise); i++) {
    g_autoptr (GRegex) regex = g_regex_new (noise[i], 0, 0, NULL);
    g_autofree char   *before = text;

    text = g_regex_replace_literal (regex, before, -1, 0, " ", 0, NULL);
    if (text == NULL)
      return NULL;
  }
  g_strstrip (text);
  if (g_utf8_strlen (text, -1) > MAX_PAGE) {
    g_autofree char *whole = text;
    g_autofree char *start = g_utf8_substring (whole, 0, MAX_PAGE);

    text = g_strconcat (start, "…", NULL);
  }
  return text;
}

/* What the answer says in words: API v2's message, where a redirect points to, or the words of a page. */
static char *
read_message (PdResponse *response,
              const char *body)
{
  const char *location = pd_response_get_header (response, "location");
  char       *message = pd_response_dup_message (response);

  if (message != NULL)
    return message;
  if (location != NULL && pd_response_get_status (response) / 100 == 3)
    return g_strconcat ("Location: ", location, NULL);
  return g_regex_match_simple ("^\\s*<(!doctype|html|\\?xml)", body, G_REGEX_CASELESS, 0) ? read_page (body) : NULL;
}

/**
 * pd_evidence_new:
 * @method: the method of a request
 * @url: its URL
 * @secrets: (nullable) (element-type utf8 PdSecretText): what must not show
 *
 * Returns: (transfer full): what is known of a request to which no answer came
 */
PdEvidence *
pd_evidence_new (const char *method,
                 const char *url,
                 GHashTable *secrets)
{
  PdEvidence *self = g_new0 (PdEvidence, 1);

  self->method = g_strdup (method);
  self->url = pd_redact (secrets, url);
  return self;
}

/**
 * pd_evidence_new_from_response:
 * @response: an answer
 * @secrets: (nullable) (element-type utf8 PdSecretText): what must not show
 *
 * Returns: (transfer full): the answer as it may be shown, kept and sent
 */
PdEvidence *
pd_evidence_new_from_response (PdResponse *response,
                               GHashTable *secrets)
{
  PdEvidence      *self = pd_evidence_new (pd_response_get_method (response), pd_response_get_url (response), secrets);
  g_autofree char *body = pd_response_dup_text (response);
  g_autofree char *message = read_message (response, body);
  const char      *reason_code;
  const char      *raw_message;

  pd_response_get_reason (response, &reason_code, &raw_message);
  self->status = pd_response_get_status (response);
  self->reason_code = keep_plain (reason_code);
  self->message = message != NULL ? pd_redact (secrets, message) : NULL;
  self->request_id = keep_plain (pd_response_get_request_id (response));
  self->body = *body != '\0' ? pd_redact (secrets, body) : NULL;
  self->elapsed_ms = pd_response_get_elapsed_ms (response);
  self->has_clock_skew = pd_response_get_clock_skew (response, &self->clock_skew_s);
  self->attempts = pd_response_get_attempts (response);
  return self;
}

/**
 * pd_evidence_set_told:
 * @self: evidence of an answer of another service than API v2
 * @secrets: (nullable) (element-type utf8 PdSecretText): what must not show
 * @code: (nullable): its code
 * @message: (nullable): its words
 * @request_id: (nullable): its request ID; %NULL keeps the one there is
 */
void
pd_evidence_set_told (PdEvidence *self,
                      GHashTable *secrets,
                      const char *code,
                      const char *message,
                      const char *request_id)
{
  g_autofree char *harmless = message != NULL ? pd_response_make_harmless (message, strlen (message), MAX_MESSAGE) : NULL;

  g_free (self->reason_code);
  self->reason_code = keep_plain (code);
  if (harmless != NULL) {
    g_free (self->message);
    self->message = pd_redact (secrets, harmless);
  }
  if (request_id != NULL) {
    g_free (self->request_id);
    self->request_id = keep_plain (request_id);
  }
}

void
pd_evidence_free (PdEvidence *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->url);
  g_free (self->reason_code);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self->body);
  g_free (self);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * pd_evidence_build_json:
 * @self: (nullable): evidence
 * @builder: gets it as one value, null where there is none
 */
void
pd_evidence_build_json (const PdEvidence *self,
                        JsonBuilder      *builder)
{
  if (self == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  add_text (builder, "method", self->method);
  add_text (builder, "url", self->url);
  json_builder_set_member_name (builder, "status");
  if (self->status != 0)
    json_builder_add_int_value (builder, self->status);
  else
    json_builder_add_null_value (builder);
  add_text (builder, "reason_code", self->reason_code);
  add_text (builder, "message", self->message);
  add_text (builder, "request_id", self->request_id);
  json_builder_set_member_name (builder, "elapsed_ms");
  if (self->status != 0)
    json_builder_add_int_value (builder, self->elapsed_ms);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "clock_skew_s");
  if (self->has_clock_skew)
    json_builder_add_int_value (builder, self->clock_skew_s);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}
