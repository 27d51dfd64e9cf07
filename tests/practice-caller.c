/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pd-json.h"
#include "practice-caller.h"

void
practice_caller_init (PracticeCaller   *self,
                      PdPracticeServer *server)
{
  g_autoptr (GTlsDatabase)  database = NULL;
  g_autoptr (GError)        error = NULL;
  const char               *pem = pd_practice_server_get_ca_pem (server);
  int                       fd = g_file_open_tmp ("practice-ca-XXXXXX.pem", &self->ca_path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, pem, strlen (pem)), ==, strlen (pem));
  g_close (fd, NULL);
  database = g_tls_file_database_new (self->ca_path, &error);
  g_assert_no_error (error);
  self->session = soup_session_new ();
  soup_session_set_tls_database (self->session, database);
  soup_session_set_proxy_resolver (self->session, NULL);
  self->url = g_strdup (pd_practice_server_get_url (server));
  self->store_id = g_strdup (pd_practice_server_get_store_id (server));
  self->public_key_id = g_strdup (pd_practice_server_get_public_key_id (server));
  self->key = pd_key_ref (pd_practice_server_get_key (server));
}

void
practice_caller_clear (PracticeCaller *self)
{
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_unlink (self->ca_path);
  g_clear_pointer (&self->ca_path, g_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->store_id, g_free);
  g_clear_pointer (&self->public_key_id, g_free);
  g_clear_pointer (&self->key, pd_key_unref);
}

static void
call_free (PracticeCall *call)
{
  g_free (call->body);
  g_free (call->unsigned_name);
  g_free (call->authorization);
  g_hash_table_unref (call->headers);
  g_free (call);
}

/* A right call, to be spoiled. `body`: copied, or NULL. */
PracticeCall *
practice_call_new (PracticeCaller *caller,
                   const char     *method,
                   const char     *path,
                   const char     *body)
{
  PracticeCall         *call = g_new0 (PracticeCall, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char      *date = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char      *uuid = g_uuid_string_random ();

  call->algorithm = PD_ALGORITHM_PSS_V2;
  call->method = method;
  call->path = path;
  call->body = g_strdup (body);
  call->public_key_id = caller->public_key_id;
  call->key = caller->key;
  call->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  practice_call_set (call, "accept", "application/json");
  practice_call_set (call, "content-type", "application/json");
  practice_call_set (call, "x-amz-pay-date", date);
  practice_call_set (call, "x-amz-pay-host", caller->url + strlen ("https://"));
  practice_call_set (call, "x-amz-pay-region", "jp");
  if (g_str_equal (method, "POST")) {
    uuid[32] = '\0';
    practice_call_set (call, "x-amz-pay-idempotency-key", uuid);
  }
  return call;
}

PracticeCall *
practice_call_create (PracticeCaller *caller)
{
  g_autofree char *body = g_strdup_printf ("{\"webCheckoutDetails\":{\"checkoutReviewReturnUrl\":\"https://www.example.jp/review\"},"
                                           "\"storeId\":\"%s\"}", caller->store_id);

  return practice_call_new (caller, "POST", "/v2/checkoutSessions", body);
}

PracticeCall *
practice_call_get (PracticeCaller *caller,
                   const char     *path)
{
  return practice_call_new (caller, "GET", path, NULL);
}

/* NULL takes the header away. */
void
practice_call_set (PracticeCall *call,
                   const char   *name,
                   const char   *value)
{
  if (value == NULL)
    g_hash_table_remove (call->headers, name);
  else
    g_hash_table_insert (call->headers, g_strdup (name), g_strdup (value));
}

static char *
authorize (PracticeCall  *call,
           char         **string_to_sign)
{
  g_autoptr (GHashTable) query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray)  names = g_ptr_array_new ();
  g_autofree char       *path = g_uri_unescape_string (call->path, NULL);
  g_autofree char       *canonical = NULL;
  g_autofree char       *signed_headers = NULL;
  g_autofree char       *signature = NULL;
  g_autoptr (GHashTable) form = soup_form_decode (call->query != NULL ? call->query : "");
  GHashTableIter         iter;
  gpointer               name;
  gpointer               value;

  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

    g_ptr_array_add (values, g_strdup (value));
    g_hash_table_insert (query, g_strdup (name), values);
  }
  g_hash_table_iter_init (&iter, call->headers);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (g_strcmp0 (name, call->unsigned_name) != 0)
      g_ptr_array_add (names, name);
  }
  g_ptr_array_add (names, NULL);
  canonical = pd_signer_canonical_request (call->method, path, query, call->headers, (const char *const *) names->pdata,
                                           call->body, call->body != NULL ? strlen (call->body) : 0, &signed_headers);
  *string_to_sign = pd_signer_string_to_sign (call->algorithm, canonical, strlen (canonical));
  signature = pd_signer_sign (call->key, call->algorithm, *string_to_sign, NULL);
  return pd_signer_authorization (call->algorithm, call->public_key_id, signed_headers, signature);
}

SoupMessage *
practice_call_message (PracticeCaller  *caller,
                       PracticeCall    *call,
                       char           **string_to_sign)
{
  g_autofree char    *url = g_strconcat (caller->url, call->path, call->query != NULL ? "?" : "", call->query, NULL);
  SoupMessage        *message = soup_message_new (call->method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char    *authorization = authorize (call, string_to_sign);
  GHashTableIter      iter;
  gpointer            name;
  gpointer            value;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (call->body != NULL) {
    g_autoptr (GBytes) body = g_bytes_new (call->body, strlen (call->body));

    soup_message_set_request_body_from_bytes (message, NULL, body);
  }
  g_hash_table_iter_init (&iter, call->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);
  if (call->authorization == NULL)
    soup_message_headers_replace (headers, "authorization", authorization);
  else if (*call->authorization != '\0')
    soup_message_headers_replace (headers, "authorization", call->authorization);
  return message;
}

static void
add_header (const char *name,
            const char *value,
            gpointer    data)
{
  g_hash_table_insert (data, g_ascii_strdown (name, -1), g_strdup (value));
}

static PracticeReply *
send_message (PracticeCaller *caller,
              SoupMessage    *message)
{
  PracticeReply       *reply = g_new0 (PracticeReply, 1);
  g_autoptr (GBytes)   body = soup_session_send_and_read (caller->session, message, NULL, &reply->error);
  g_autoptr (JsonNode) node = NULL;
  gsize                length;
  const char          *text;

  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (body == NULL)
    return reply;
  text = g_bytes_get_data (body, &length);
  reply->status = soup_message_get_status (message);
  reply->body = g_strndup (text != NULL ? text : "", length);
  soup_message_headers_foreach (soup_message_get_response_headers (message), add_header, reply->headers);
  node = pd_json_parse (reply->body, -1, &pd_json_limits_answer, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    reply->reason_code = g_strdup (pd_json_get_string (json_node_get_object (node), "reasonCode"));
    reply->message = g_strdup (pd_json_get_string (json_node_get_object (node), "message"));
  }
  return reply;
}

/* Takes the call. */
PracticeReply *
practice_call_send (PracticeCaller *caller,
                    PracticeCall   *call)
{
  char                   *string_to_sign = NULL;
  g_autoptr (SoupMessage) message = practice_call_message (caller, call, &string_to_sign);
  PracticeReply          *reply = send_message (caller, message);

  reply->string_to_sign = string_to_sign;
  call_free (call);
  return reply;
}

PracticeReply *
practice_plain_get (PracticeCaller *caller,
                    const char     *path_and_query)
{
  g_autofree char        *url = g_strconcat (caller->url, path_and_query, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return send_message (caller, message);
}

const char *
practice_reply_header (PracticeReply *self,
                       const char    *name)
{
  return g_hash_table_lookup (self->headers, name);
}

void
practice_reply_free (PracticeReply *self)
{
  g_free (self->body);
  g_free (self->reason_code);
  g_free (self->message);
  g_free (self->string_to_sign);
  g_hash_table_unref (self->headers);
  g_clear_error (&self->error);
  g_free (self);
}
