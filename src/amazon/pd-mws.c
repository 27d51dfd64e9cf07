/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "pd-mws.h"

#define MAX_BYTES (1024 * 1024)
#define MAX_DEPTH 32
#define MAX_TEXT  4096

/* An order that cannot exist: its being unknown proves that the keys and the seller were accepted. */
#define NO_ORDER "S00-0000000-0000000"

/**
 * pd_mws_new_probe:
 * @environment: the environment; practice counts as the sandbox
 * @access_key_id: the AccessKeyId
 * @secret_key: the SecretAccessKey
 * @seller_id: the SellerId
 * @auth_token: (nullable): the MWSAuthToken, where a developer calls for another merchant
 *
 * GetOrderReferenceDetails of an order that cannot exist, by which shop plugins test their keys too. It reads, and nothing more.
 *
 * Returns: (transfer full): a request that is signed at each attempt
 */
PdRequest *
pd_mws_new_probe (PdEnvironment  environment,
                  const char    *access_key_id,
                  PdSecretText  *secret_key,
                  const char    *seller_id,
                  PdSecretText  *auth_token)
{
  PdRequest *request = pd_request_new (environment, PD_SERVICE_MWS, "POST",
                                       environment == PD_ENVIRONMENT_PRODUCTION ? "/OffAmazonPayments/2013-01-01"
                                                                                : "/OffAmazonPayments_Sandbox/2013-01-01");

  pd_request_add_form_text (request, "AWSAccessKeyId", access_key_id);
  pd_request_add_form_text (request, "Action", "GetOrderReferenceDetails");
  pd_request_add_form_text (request, "AmazonOrderReferenceId", NO_ORDER);
  pd_request_add_form_text (request, "SellerId", seller_id);
  pd_request_add_form_text (request, "SignatureMethod", "HmacSHA256");
  pd_request_add_form_text (request, "SignatureVersion", "2");
  pd_request_add_form_text (request, "Version", "2013-01-01");
  if (auth_token != NULL)
    pd_request_add_form (request, "MWSAuthToken", auth_token);
  pd_request_set_mws_signature (request, secret_key);
  return request;
}

/* What is read of a document: the local names down to where the reader is. */
typedef struct {
  char    *names[MAX_DEPTH];
  GString *code;
  GString *message;
  GString *request_id;
} Reading;

static gboolean
is_named (Reading    *reading,
          int         depth,
          const char *name)
{
  return depth >= 0 && reading->names[depth] != NULL && g_str_equal (reading->names[depth], name);
}

/* The text that belongs to the element at that depth. Two codes make one that nobody knows, and nothing is judged by it. */
static GString **
find_target (Reading *reading,
             int      depth)
{
  if (is_named (reading, depth - 1, "Error") && depth <= 2 && is_named (reading, depth, "Code"))
    return &reading->code;
  if (is_named (reading, depth - 1, "Error") && depth <= 2 && is_named (reading, depth, "Message"))
    return &reading->message;
  if (depth <= 2 && (is_named (reading, depth, "RequestId") || is_named (reading, depth, "RequestID")))
    return &reading->request_id;
  return NULL;
}

static void
append_text (Reading    *reading,
             int         depth,
             const char *text)
{
  GString **target = find_target (reading, depth);

  if (target == NULL || text == NULL)
    return;
  if (*target == NULL)
    *target = g_string_new (NULL);
  if ((*target)->len < MAX_TEXT)
    g_string_append_len (*target, text, (gssize) strnlen (text, MAX_TEXT - (*target)->len));
}

/* FALSE where the document is none that MWS would send. */
static gboolean
read_node (Reading          *reading,
           xmlTextReaderPtr  reader)
{
  int depth = xmlTextReaderDepth (reader);

  switch (xmlTextReaderNodeType (reader)) {
  case XML_READER_TYPE_ELEMENT:
    if (depth < 0 || depth >= MAX_DEPTH)
      return FALSE;
    g_free (reading->names[depth]);
    reading->names[depth] = g_strdup ((const char *) xmlTextReaderConstLocalName (reader));
    return TRUE;
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA:
    append_text (reading, depth - 1, (const char *) xmlTextReaderConstValue (reader));
    return TRUE;
  case XML_READER_TYPE_DOCUMENT_TYPE:
  case XML_READER_TYPE_ENTITY:
  case XML_READER_TYPE_ENTITY_REFERENCE:
    return FALSE;
  default:
    return TRUE;
  }
}

static gboolean
read_document (Reading    *reading,
               const char *text,
               gsize       length)
{
  const int        options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlTextReaderPtr reader = xmlReaderForMemory (text, (int) length, NULL, NULL, options);
  int              more = -1;
  gboolean         good = TRUE;

  if (reader == NULL)
    return FALSE;
  while (good && (more = xmlTextReaderRead (reader)) == 1)
    good = read_node (reading, reader);
  good = good && more == 0;
  xmlFreeTextReader (reader);
  xmlResetLastError ();
  return good;
}

static char *
take_text (GString *text)
{
  return text != NULL ? g_strstrip (g_utf8_make_valid (text->str, (gssize) text->len)) : NULL;
}

static gboolean
is_plain (const char *code)
{
  return g_regex_match_simple ("^[A-Za-z0-9_.-]{1,100}$", code, G_REGEX_DOLLAR_ENDONLY, 0);
}

static void
reading_clear (Reading *reading)
{
  for (guint i = 0; i < MAX_DEPTH; i++)
    g_free (reading->names[i]);
  if (reading->code != NULL)
    g_string_free (reading->code, TRUE);
  if (reading->message != NULL)
    g_string_free (reading->message, TRUE);
  if (reading->request_id != NULL)
    g_string_free (reading->request_id, TRUE);
}

/**
 * pd_mws_answer_new:
 * @body: what came back
 *
 * Reads without network, document type and entities. Local names count, as the namespace differs by region, and so does the
 * spelling of RequestId.
 *
 * Returns: (transfer full) (nullable): an answer of the legacy service; %NULL where it is none
 */
PdMwsAnswer *
pd_mws_answer_new (GBytes *body)
{
  gsize        length;
  const char  *text = g_bytes_get_data (body, &length);
  Reading      reading = { 0 };
  PdMwsAnswer *self = NULL;

  while (length > 0 && g_ascii_isspace (*text)) {
    text++;
    length--;
  }
  if (length > 0 && length <= MAX_BYTES && read_document (&reading, text, length)) {
    g_autofree char *code = take_text (reading.code);
    const char      *root = reading.names[0];
    gboolean         is_error = root != NULL && (g_str_equal (root, "ErrorResponse") || g_str_equal (root, "Error"));

    if (is_error ? code != NULL && is_plain (code) : root != NULL && g_str_has_suffix (root, "Response")) {
      self = g_new0 (PdMwsAnswer, 1);
      self->code = is_error ? g_steal_pointer (&code) : NULL;
      self->message = is_error ? take_text (reading.message) : NULL;
      self->request_id = take_text (reading.request_id);
    }
  }
  reading_clear (&reading);
  return self;
}

void
pd_mws_answer_free (PdMwsAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}
