/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-evidence.h"
#include "pd-json.h"
#include "pd-redact.h"
#include "pd-response-private.h"

#define MAX_ID      128
#define MAX_PAGE    300
#define MAX_MESSAGE 4096
#define MAX_SHOWN   500

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

static gint64
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/**
 * pd_evidence_new_from_json:
 * @object: what pd_evidence_build_json() wrote; masked by name once more, as whoever can write the file could have changed it
 *
 * Returns: (transfer full): the evidence
 */
PdEvidence *
pd_evidence_new_from_json (JsonObject *object)
{
  const char *url = pd_json_get_string (object, "url");
  const char *message = pd_json_get_string (object, "message");
  JsonNode   *skew = json_object_get_member (object, "clock_skew_s");
  PdEvidence *self = pd_evidence_new (pd_json_get_string (object, "method"), url != NULL ? url : "", NULL);

  if (url == NULL)
    g_clear_pointer (&self->url, g_free);
  self->status = (guint) CLAMP (get_number (object, "status"), 0, 999);
  self->reason_code = keep_plain (pd_json_get_string (object, "reason_code"));
  self->request_id = keep_plain (pd_json_get_string (object, "request_id"));
  self->elapsed_ms = get_number (object, "elapsed_ms");
  self->has_clock_skew = skew != NULL && JSON_NODE_HOLDS_VALUE (skew);
  self->clock_skew_s = get_number (object, "clock_skew_s");
  if (message != NULL) {
    g_autofree char *harmless = pd_response_make_harmless (message, strlen (message), MAX_MESSAGE);

    self->message = pd_redact (NULL, harmless);
  }
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

/**
 * pd_evidence_make_shown:
 * @secrets: (nullable) (element-type utf8 PdSecretText): what must not show
 * @text: what somebody else wrote
 *
 * Returns: (transfer full): as much of it as fits into a sentence, harmless and masked
 */
char *
pd_evidence_make_shown (GHashTable *secrets,
                        const char *text)
{
  g_autofree char *harmless = pd_response_make_harmless (text, strlen (text), MAX_SHOWN);

  return pd_redact (secrets, harmless);
}

/**
 * pd_evidence_set_connection:
 * @self: evidence
 * @connection: (nullable): the way to the server, which does not change any more
 */
void
pd_evidence_set_connection (PdEvidence   *self,
                            PdConnection *connection)
{
  g_clear_pointer (&self->connection, pd_connection_unref);
  self->connection = connection != NULL ? pd_connection_ref (connection) : NULL;
}

/**
 * pd_evidence_set_redirects:
 * @self: evidence
 * @secrets: (nullable) (element-type utf8 PdSecretText): what must not show
 * @urls: (element-type utf8): the addresses to which a page led on, in turn
 */
void
pd_evidence_set_redirects (PdEvidence *self,
                           GHashTable *secrets,
                           GPtrArray  *urls)
{
  g_strfreev (self->redirects);
  self->redirects = g_new0 (char *, urls->len + 1);
  for (guint i = 0; i < urls->len; i++) {
    self->redirects[i] = pd_evidence_make_shown (secrets, g_ptr_array_index (urls, i));
  }
}

static void
append_time (GString    *text,
             const char *label,
             gint64      milliseconds,
             const char *detail)
{
  if (milliseconds < 0)
    return;
  g_string_append_printf (text, "%s%s: ", text->len > 0 ? "\n" : "", label);
  if (detail != NULL)
    g_string_append_printf (text, "%s, ", detail);
  g_string_append_printf (text, "%'" G_GINT64_FORMAT " ms", milliseconds);
}

static void
append_certificate (GString             *text,
                    const PdCertificate *certificate)
{
  g_autofree char *names = g_strjoinv (", ", certificate->names);
  g_autofree char *end = certificate->not_after != NULL ? g_date_time_format (certificate->not_after, "%Y-%m-%d") : NULL;

  g_string_append_printf (text, "\n• %s", certificate->subject);
  if (!certificate->sent)
    g_string_append_printf (text, " (%s)", _("trusted by this computer"));
  if (*names != '\0')
    g_string_append_printf (text, "\n  %s: %s", _("For"), names);
  if (certificate->is_own)
    g_string_append_printf (text, "\n  %s", _("Signed by itself"));
  else
    g_string_append_printf (text, "\n  %s: %s", _("Issued by"), certificate->issuer);
  if (end != NULL)
    g_string_append_printf (text, "\n  %s: %s", _("Valid until"), end);
}

/**
 * pd_evidence_describe_certificates:
 * @self: evidence
 *
 * Returns: (transfer full) (nullable): the certificates that a server showed, as translated lines; %NULL where none were noted
 */
char *
pd_evidence_describe_certificates (const PdEvidence *self)
{
  const PdChain *chain = self->connection != NULL ? self->connection->chain : NULL;
  GString       *text;

  if (chain == NULL)
    return NULL;
  text = g_string_new (_("Certificates"));
  g_string_append_c (text, ':');
  for (guint i = 0; i < chain->certificates->len; i++)
    append_certificate (text, g_ptr_array_index (chain->certificates, i));
  if (chain->missing_issuer != NULL)
    g_string_append_printf (text, "\n• %s: %s", _("Missing"), chain->missing_issuer);
  return g_string_free (text, FALSE);
}

/**
 * pd_evidence_describe_connection:
 * @self: evidence
 *
 * Returns: (transfer full) (nullable): the steps on the way and the certificates, as translated lines; %NULL where none were noted
 */
char *
pd_evidence_describe_connection (const PdEvidence *self)
{
  const PdConnection *connection = self->connection;
  g_autofree char    *certificates = pd_evidence_describe_certificates (self);
  GString            *text;

  if (connection == NULL)
    return NULL;
  text = g_string_new (NULL);
  append_time (text, _("Name found"), connection->name_ms, NULL);
  append_time (text, _("Connected"), connection->connect_ms, connection->address);
  append_time (text, _("Encrypted"), connection->tls_ms, pd_connection_get_tls_version (self->connection));
  append_time (text, _("Answered"), connection->answer_ms, NULL);
  for (guint i = 0; self->redirects != NULL && self->redirects[i] != NULL; i++)
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", _("Redirected to"), self->redirects[i]);
  if (certificates != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", certificates);
  return g_string_free (text, text->len == 0);
}

/**
 * pd_evidence_get_certificate_not_after:
 * @self: (nullable): evidence
 *
 * Returns: (transfer none) (nullable): when the first of the certificates runs out that the server has to renew
 */
GDateTime *
pd_evidence_get_certificate_not_after (const PdEvidence *self)
{
  if (self == NULL || self->connection == NULL || self->connection->chain == NULL)
    return NULL;
  return pd_chain_get_not_after (self->connection->chain);
}

/**
 * pd_evidence_read_certificate_not_after:
 * @evidence: the `evidence` of a finding, in the document of a run
 *
 * Returns: (transfer full) (nullable): the same of a run that was kept: its member `certificate_not_after`
 */
GDateTime *
pd_evidence_read_certificate_not_after (JsonObject *evidence)
{
  const char *text = pd_json_get_string (evidence, "certificate_not_after");

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
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
  g_clear_pointer (&self->connection, pd_connection_unref);
  g_strfreev (self->redirects);
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

static void
add_time (JsonBuilder *builder,
          const char  *name,
          GDateTime   *time)
{
  g_autoptr (GDateTime) utc = time != NULL ? g_date_time_to_utc (time) : NULL;
  g_autofree char      *text = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  add_text (builder, name, text);
}

static void
add_list (JsonBuilder *builder,
          const char  *name,
          char       **values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_milliseconds (JsonBuilder *builder,
                  const char  *name,
                  gint64       value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_chain (JsonBuilder *builder,
           PdChain     *chain)
{
  json_builder_set_member_name (builder, "certificates");
  json_builder_begin_array (builder);
  for (guint i = 0; chain != NULL && i < chain->certificates->len; i++) {
    const PdCertificate *certificate = g_ptr_array_index (chain->certificates, i);

    json_builder_begin_object (builder);
    add_text (builder, "subject", certificate->subject);
    add_text (builder, "issuer", certificate->issuer);
    add_list (builder, "names", certificate->names);
    add_time (builder, "not_before", certificate->not_before);
    add_time (builder, "not_after", certificate->not_after);
    json_builder_set_member_name (builder, "sent");
    json_builder_add_boolean_value (builder, certificate->sent);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  add_text (builder, "missing_issuer", chain != NULL ? chain->missing_issuer : NULL);
}

/* Of a page alone: `certificate_not_after`, and `connection` with the steps and the certificates. */
static void
add_connection (JsonBuilder      *builder,
                const PdEvidence *self)
{
  const PdConnection *connection = self->connection;

  add_time (builder, "certificate_not_after", pd_evidence_get_certificate_not_after (self));
  json_builder_set_member_name (builder, "connection");
  json_builder_begin_object (builder);
  add_text (builder, "address", connection->address);
  add_milliseconds (builder, "name_ms", connection->name_ms);
  add_milliseconds (builder, "connect_ms", connection->connect_ms);
  add_milliseconds (builder, "tls_ms", connection->tls_ms);
  add_milliseconds (builder, "answer_ms", connection->answer_ms);
  add_text (builder, "tls_version", pd_connection_get_tls_version (self->connection));
  add_chain (builder, connection->chain);
  add_list (builder, "redirects", self->redirects);
  json_builder_end_object (builder);
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
  if (self->connection != NULL)
    add_connection (builder, self);
  json_builder_end_object (builder);
}
