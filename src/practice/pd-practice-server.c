/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-practice-authorize.h"
#include "pd-practice-login.h"
#include "pd-practice-mws.h"
#include "pd-practice-certificate.h"
#include "pd-practice-exchange.h"
#include "pd-practice-faults.h"
#include "pd-practice-files.h"
#include "pd-practice-listener.h"
#include "pd-practice-pages.h"
#include "pd-practice-pay.h"
#include "pd-practice-registry.h"
#include "pd-practice-server.h"
#include "pd-practice-values.h"

#define KEY_BITS       2048
#define MAX_BODY       (32 * 1024)
#define MAX_DISCARDED  (1024 * 1024)       /* of a body past MAX_BODY; then the connection is closed */
#define SLOW_SECONDS   60                  /* longer than any client of ours waits */
#define HUGE_CHUNK     (64 * 1024)
#define HUGE_CHUNKS    128                 /* 8 MiB in all, of one chunk of memory */

struct _PdPracticeServer
{
  GObject                 parent_instance;

  /* Fixed from the start on; read by any thread. */
  PdPracticeMerchant     *merchant;
  PdKey                  *key;
  char                   *url;
  PdPracticeRegistry     *registry;

  GMutex                  lock;
  PdPracticeFault         fault;   /* under the lock */
  PdPracticeCertificates *certificates; /* under the lock, as they are made anew for the pages of each shop */
  guint                   n_requests; /* atomic */

  GThread                *thread;
  GMainContext           *context;
  GMainLoop              *loop;
  PdPracticeListener     *listener;
  char                   *folder;

  /* The server's thread only. */
  SoupServer             *soup;
  PdPracticePay          *pay;
  GHashTable             *waits;   /* GSource (owned): answers that are held back */
};

G_DEFINE_FINAL_TYPE (PdPracticeServer, pd_practice_server, G_TYPE_OBJECT)

static const char *const fixed_return_urls[] = {
  "https://www.example.jp/amazonpay/return",
  "https://www.example.jp/review",
  NULL
};
static const char *const fixed_origins[] = { "https://www.example.jp", NULL };
#define FIXED_PRIVACY_POLICY_URL "https://www.example.jp/p/privacy"
#define FIXED_NOTIFICATION_URL   "https://www.example.jp/amazonpay/notification"

typedef struct {
  PdPracticeServer  *server;
  SoupServerMessage *message;
} Wait;

static PdPracticeFault
get_fault (PdPracticeServer *self)
{
  PdPracticeFault fault;

  g_mutex_lock (&self->lock);
  fault = self->fault;
  g_mutex_unlock (&self->lock);
  return fault;
}

static GTlsCertificate *
choose_certificate (gpointer data)
{
  PdPracticeServer *self = data;
  PdPracticeFault   fault = get_fault (self);
  GTlsCertificate  *leaf;

  g_mutex_lock (&self->lock);
  leaf = g_object_ref (pd_practice_certificates_get_leaf (self->certificates, fault.leaf));
  g_mutex_unlock (&self->lock);
  return leaf;
}

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_object_unref (wait->message);
  g_free (wait);
}

/* Holds an answer back until `function` lets it go. */
static void
hold (PdPracticeServer  *self,
      SoupServerMessage *message,
      guint              milliseconds,
      GSourceFunc        function)
{
  Wait    *wait = g_new0 (Wait, 1);
  GSource *source = g_timeout_source_new (milliseconds);

  wait->server = self;
  wait->message = g_object_ref (message);
  soup_server_message_pause (message);
  g_source_set_callback (source, function, wait, wait_free);
  g_source_attach (source, self->context);
  g_hash_table_add (self->waits, source);
}

static gboolean
on_slow_over (gpointer data)
{
  Wait *wait = data;

  soup_server_message_unpause (wait->message);
  g_hash_table_remove (wait->server->waits, g_main_current_source ());
  return G_SOURCE_REMOVE;
}

static gboolean
on_cut (gpointer data)
{
  Wait *wait = data;

  pd_practice_listener_cut (wait->message,
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n{\"checkoutSessionId\":\"");
  g_hash_table_remove (wait->server->waits, g_main_current_source ());
  return G_SOURCE_REMOVE;
}

static void
add_request_header (const char *name,
                    const char *value,
                    gpointer    data)
{
  pd_practice_exchange_add_header (data, name, value);
}

static PdPracticeExchange *
read_exchange (PdPracticeServer      *self,
               SoupServerMessage     *message,
               const PdPracticeFault *fault)
{
  GUri               *uri = soup_server_message_get_uri (message);
  SoupMessageBody    *sent = soup_server_message_get_request_body (message);
  g_autoptr (GBytes)  body = soup_message_body_get_accumulate (sent) ? soup_message_body_flatten (sent) : g_bytes_new (NULL, 0);
  PdPracticeExchange *exchange;

  exchange = pd_practice_exchange_new (soup_server_message_get_method (message), g_uri_get_path (uri), g_uri_get_query (uri),
                                       body, self->url, fault);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), add_request_header, exchange);
  return exchange;
}

static void
write_exchange (SoupServerMessage  *message,
                PdPracticeExchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char    *id = pd_practice_invent_request_id ();
  g_autofree char    *date = soup_date_time_to_string (exchange->now, SOUP_DATE_HTTP);
  GHashTableIter      iter;
  gpointer            name;
  gpointer            value;

  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "x-amz-pay-request-id", id);
  /* One request a connection: a fault that is a certificate's strikes with the next request. */
  soup_message_headers_replace (headers, "Connection", "close");
  g_hash_table_iter_init (&iter, exchange->answer_headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);
  soup_server_message_set_status (message, exchange->status, NULL);
  if (exchange->answer != NULL && g_bytes_get_size (exchange->answer) > 0) {
    soup_message_headers_set_content_type (headers, exchange->content_type, NULL);
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), exchange->answer);
    soup_message_body_complete (soup_server_message_get_response_body (message));
  }
}

static void
answer_huge (PdPracticeExchange *exchange,
             SoupServerMessage  *message)
{
  g_autoptr (GBytes) chunk = g_bytes_new_take (g_strnfill (HUGE_CHUNK, ' '), HUGE_CHUNK);

  pd_practice_exchange_answer_text (exchange, 200, "application/json", "");
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "application/json", NULL);
  for (guint i = 0; i < HUGE_CHUNKS; i++)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), chunk);
  soup_message_body_complete (soup_server_message_get_response_body (message));
}

static void
answer_garbage (PdPracticeExchange *exchange)
{
  static const guint8 garbage[] = "{\"reasonCode\": \xff\xfe\x01\x02 <<<<[[[[ \x80\x81 \"checkoutSessionId\":,,, }{";

  pd_practice_exchange_answer_text (exchange, 200, "application/json", (const char *) garbage);
}

/* The page of a proxy, a captive portal or a robot check, in place of the answer. */
static void
answer_html (PdPracticeExchange *exchange)
{
  pd_practice_exchange_answer_text (exchange, 200, "text/html; charset=utf-8",
                                    "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>Please sign in to this network</h1>"
                                    "<form><input name=\"user\"><input type=\"submit\"></form></body></html>\n");
}

/* What is asked for, as the service would answer it. */
static void
answer_service (PdPracticeServer   *self,
                PdPracticeExchange *exchange)
{
  if (pd_practice_pages_serves (self->registry, exchange))
    pd_practice_pages_answer (self->registry, exchange);
  else if (g_str_equal (exchange->path, PD_PRACTICE_AUTHORIZE_PATH))
    pd_practice_authorize_answer (self->registry, exchange);
  else if (g_str_equal (exchange->path, PD_PRACTICE_SIGN_IN_PATH))
    pd_practice_sign_in_answer (exchange);
  else if (g_str_equal (exchange->path, PD_PRACTICE_TOKEN_PATH))
    pd_practice_login_answer (self->registry, exchange);
  else if (pd_practice_mws_serves (exchange->path))
    pd_practice_mws_answer (self->registry, exchange);
  else
    pd_practice_pay_answer (self->pay, exchange);
}

/* The same trouble in the words of the service that is asked; FALSE where that is API v2. */
static gboolean
refuse_elsewhere (PdPracticeServer   *self,
                  PdPracticeExchange *exchange)
{
  guint status = exchange->fault.reason->status;

  if (pd_practice_pages_serves (self->registry, exchange))
    pd_practice_pages_refuse (exchange, status);
  else if (pd_practice_mws_serves (exchange->path))
    pd_practice_mws_refuse (exchange, status == 429 ? "RequestThrottled" : status == 500 ? "InternalError" : "ServiceUnavailable");
  else if (g_str_equal (exchange->path, PD_PRACTICE_TOKEN_PATH))
    pd_practice_login_refuse (exchange, status == 500 ? "server_error" : "temporarily_unavailable");
  else
    return FALSE;
  return TRUE;
}

static void
answer_exchange (PdPracticeServer   *self,
                 PdPracticeExchange *exchange,
                 SoupServerMessage  *message)
{
  const PdPracticeFault *fault = &exchange->fault;
  g_autofree char       *elsewhere = NULL;

  if (!fault->every_path && !pd_practice_pay_serves (exchange->path)) {
    answer_service (self, exchange);
    return;
  }
  switch (fault->kind) {
  case PD_PRACTICE_FAULT_REASON:
    if (refuse_elsewhere (self, exchange))
      break;
    pd_practice_exchange_refuse (exchange, fault->reason->code, "%s", fault->reason->message);
    break;
  case PD_PRACTICE_FAULT_GARBAGE:
    answer_garbage (exchange);
    break;
  case PD_PRACTICE_FAULT_HTML:
    answer_html (exchange);
    break;
  case PD_PRACTICE_FAULT_REDIRECT:
    elsewhere = g_strconcat (self->url, "/elsewhere", NULL);
    pd_practice_exchange_redirect (exchange, elsewhere);
    break;
  case PD_PRACTICE_FAULT_HUGE:
    answer_huge (exchange, message);
    break;
  case PD_PRACTICE_FAULT_NONE:
  case PD_PRACTICE_FAULT_KEY_ID:
  case PD_PRACTICE_FAULT_CLOCK:
  case PD_PRACTICE_FAULT_SIGNATURE:
  case PD_PRACTICE_FAULT_STORE:
  case PD_PRACTICE_FAULT_SLOW:
  case PD_PRACTICE_FAULT_CUT:
  case PD_PRACTICE_FAULT_CERTIFICATE:
  case PD_PRACTICE_FAULT_MWS:
  case PD_PRACTICE_FAULT_LOGIN:
  case PD_PRACTICE_FAULT_PAGE:
  default:
    answer_service (self, exchange);
  }
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  PdPracticeServer              *self = data;
  PdPracticeFault                fault = get_fault (self);
  g_autoptr (PdPracticeExchange) exchange = read_exchange (self, message, &fault);

  if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), "pd-received")) > MAX_BODY) {
    pd_practice_exchange_refuse (exchange, "InvalidRequest", "The request is too large.");
    exchange->status = 413;
  } else {
    answer_exchange (self, exchange, message);
  }
  write_exchange (message, exchange);
  if (fault.kind == PD_PRACTICE_FAULT_SLOW)
    hold (self, message, SLOW_SECONDS * 1000, on_slow_over);
  else if (fault.kind == PD_PRACTICE_FAULT_CUT)
    hold (self, message, 0, on_cut);
}

/* A body past the limit is counted and thrown away; one far past it ends the connection. */
static void
on_chunk (SoupServerMessage *message,
          GBytes            *chunk,
          gpointer           data)
{
  gsize received = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), "pd-received")) + g_bytes_get_size (chunk);

  g_object_set_data (G_OBJECT (message), "pd-received", GUINT_TO_POINTER ((guint) received));
  if (received > MAX_BODY) {
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
    soup_message_body_truncate (soup_server_message_get_request_body (message));
  }
  if (received > MAX_BODY + MAX_DISCARDED)
    pd_practice_listener_close (message);
}

static void
on_request_started (SoupServer        *soup,
                    SoupServerMessage *message,
                    gpointer           data)
{
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), NULL);
}

static void
on_request_read (SoupServer        *soup,
                 SoupServerMessage *message,
                 PdPracticeServer  *self)
{
  g_atomic_int_inc (&self->n_requests);
}

static void
wait_destroy (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

static gpointer
run_thread (gpointer data)
{
  PdPracticeServer *self = data;

  g_main_context_push_thread_default (self->context);
  self->waits = g_hash_table_new_full (g_direct_hash, g_direct_equal, wait_destroy, NULL);
  self->pay = pd_practice_pay_new (self->registry);
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), self);
  g_signal_connect (self->soup, "request-read", G_CALLBACK (on_request_read), self);
  pd_practice_listener_start (self->listener, self->soup);

  g_main_loop_run (self->loop);

  pd_practice_listener_stop (self->listener);
  g_hash_table_remove_all (self->waits);
  soup_server_disconnect (self->soup);
  while (g_main_context_iteration (self->context, FALSE)) {
    /* what was cancelled takes its leave */
  }
  g_clear_pointer (&self->listener, pd_practice_listener_free);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->waits, g_hash_table_unref);
  g_clear_pointer (&self->pay, pd_practice_pay_free);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Before the start there are no certificates; what is enrolled then is in them from the beginning. */
static void
vouch (PdPracticeServer *self)
{
  g_auto (GStrv)     hosts = pd_practice_registry_list_hosts (self->registry);
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->lock);
  if (self->certificates != NULL && !pd_practice_certificates_add_hosts (self->certificates, (const char *const *) hosts, &error))
    g_debug ("certificates for the pages: %s", error->message);
  g_mutex_unlock (&self->lock);
}

static void
enrol (PdPracticeServer         *self,
       const PdPracticeMerchant *merchant)
{
  pd_practice_registry_enrol (self->registry, merchant);
  vouch (self);
}

static void
make_merchant (PdPracticeServer *self)
{
  g_autofree char       *pem = pd_key_to_public_pem (self->key);
  g_autofree char       *merchant_id = pd_practice_invent_merchant_id ();
  g_autofree char       *store_id = pd_practice_invent_store_id ();
  g_autofree char       *public_key_id = pd_practice_invent_public_key_id ();
  PdPracticeMerchant     fixed = {
    .merchant_id = merchant_id, .store_id = store_id, .public_key_id = public_key_id, .public_key_pem = pem,
    .return_urls = (char **) fixed_return_urls, .javascript_origins = (char **) fixed_origins,
    .privacy_policy_url = (char *) FIXED_PRIVACY_POLICY_URL, .notification_url = (char *) FIXED_NOTIFICATION_URL, .has_pages = TRUE,
  };

  self->merchant = pd_practice_merchant_copy (&fixed);
  enrol (self, self->merchant);
}

static gpointer
start_in_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;

  if (pd_practice_server_start (g_task_get_source_object (task), (guint16) GPOINTER_TO_UINT (g_task_get_task_data (task)), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

static void
pd_practice_server_finalize (GObject *object)
{
  PdPracticeServer *self = PD_PRACTICE_SERVER (object);

  pd_practice_server_stop (self);
  g_clear_pointer (&self->listener, pd_practice_listener_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->certificates, pd_practice_certificates_free);
  g_clear_pointer (&self->merchant, pd_practice_merchant_free);
  g_clear_pointer (&self->key, pd_key_unref);
  g_free (self->url);
  pd_practice_registry_free (self->registry);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (pd_practice_server_parent_class)->finalize (object);
}

static void
pd_practice_server_class_init (PdPracticeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_practice_server_finalize;
}

static void
pd_practice_server_init (PdPracticeServer *self)
{
  g_mutex_init (&self->lock);
  self->context = g_main_context_new ();
  self->registry = pd_practice_registry_new ();
  pd_practice_fault_find ("none", &self->fault);
}

PdPracticeServer *
pd_practice_server_new (void)
{
  return g_object_new (PD_TYPE_PRACTICE_SERVER, NULL);
}

/**
 * pd_practice_server_start:
 * @self: a server that has not been started
 * @port: a port, or 0 for a free one
 * @error: %PD_ERROR_BAD_INPUT where the port cannot be had, %PD_ERROR_TLS, %PD_ERROR_BAD_KEY
 *
 * Makes certificates and a key, which takes a moment, and listens.
 *
 * Returns: whether it listens
 */
gboolean
pd_practice_server_start (PdPracticeServer  *self,
                          guint16            port,
                          GError           **error)
{
  g_return_val_if_fail (PD_IS_PRACTICE_SERVER (self), FALSE);
  g_return_val_if_fail (self->thread == NULL && self->url == NULL, FALSE);

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->certificates, pd_practice_certificates_free);
  self->certificates = pd_practice_certificates_new (error);
  g_mutex_unlock (&self->lock);
  if (self->certificates == NULL)
    return FALSE;
  vouch (self);
  if (self->key == NULL)
    self->key = pd_key_generate (KEY_BITS, error);
  if (self->key == NULL)
    return FALSE;
  self->listener = pd_practice_listener_new (port, choose_certificate, self, error);
  if (self->listener == NULL)
    return FALSE;
  if (self->merchant == NULL)
    make_merchant (self);
  self->url = g_strdup_printf ("https://127.0.0.1:%u", pd_practice_listener_get_port (self->listener));
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("practice", run_thread, self);
  return TRUE;
}

/**
 * pd_practice_server_start_async:
 * @self: a server that has not been started
 * @port: a port, or 0 for a free one
 * @cancellable: (nullable): to cancel with
 * @callback: what to call
 * @user_data: for it
 *
 * pd_practice_server_start() away from the main loop.
 */
void
pd_practice_server_start_async (PdPracticeServer    *self,
                                guint16              port,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_practice_server_start_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (port), NULL);
  /* A thread of its own: what libcrypto keeps of random numbers for each thread goes with it. */
  g_thread_unref (g_thread_new ("practice-start", start_in_thread, g_steal_pointer (&task)));
}

gboolean
pd_practice_server_start_finish (PdPracticeServer  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * pd_practice_server_stop:
 * @self: a server
 *
 * Closes every connection at once, ends the thread and removes the files. Does nothing the second time.
 */
void
pd_practice_server_stop (PdPracticeServer *self)
{
  g_return_if_fail (PD_IS_PRACTICE_SERVER (self));

  if (self->thread != NULL) {
    g_autoptr (GSource) quit = g_idle_source_new ();

    /* By a source: the loop may not have begun to run. */
    g_source_set_priority (quit, G_PRIORITY_HIGH);
    g_source_set_callback (quit, on_quit, self->loop, NULL);
    g_source_attach (quit, self->context);
    g_thread_join (g_steal_pointer (&self->thread));
  }
  pd_practice_server_remove_files (self);
}

const char *
pd_practice_server_get_url (PdPracticeServer *self)
{
  return self->url;
}

/* It is made with the certificates, and does not change. */
const char *
pd_practice_server_get_ca_pem (PdPracticeServer *self)
{
  return pd_practice_certificates_get_ca (self->certificates);
}

/**
 * pd_practice_server_get_n_requests:
 * @self: a server
 *
 * Returns: how many requests came in whole
 */
guint
pd_practice_server_get_n_requests (PdPracticeServer *self)
{
  return (guint) g_atomic_int_get (&self->n_requests);
}

/**
 * pd_practice_server_set_fault:
 * @self: a server
 * @fault: one of pd_practice_faults(), or `reason:CODE`
 * @error: %PD_ERROR_BAD_INPUT
 *
 * Has every request from now on meet that fault. May be called before the start.
 *
 * Returns: whether there is such a fault
 */
gboolean
pd_practice_server_set_fault (PdPracticeServer  *self,
                              const char        *fault,
                              GError           **error)
{
  PdPracticeFault found;

  g_return_val_if_fail (PD_IS_PRACTICE_SERVER (self), FALSE);

  if (!pd_practice_fault_find (fault, &found)) {
    g_autofree char *names = g_strjoinv (" ", (char **) pd_practice_faults ());

    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("There is no fault “%s”. There are: %s"), fault, names);
    return FALSE;
  }
  g_mutex_lock (&self->lock);
  self->fault = found;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

const char *
pd_practice_server_get_merchant_id (PdPracticeServer *self)
{
  return self->merchant->merchant_id;
}

const char *
pd_practice_server_get_store_id (PdPracticeServer *self)
{
  return self->merchant->store_id;
}

const char *
pd_practice_server_get_public_key_id (PdPracticeServer *self)
{
  return self->merchant->public_key_id;
}

PdKey *
pd_practice_server_get_key (PdPracticeServer *self)
{
  return self->key;
}

const char *const *
pd_practice_server_get_return_urls (PdPracticeServer *self)
{
  return fixed_return_urls;
}

/**
 * pd_practice_server_enrol:
 * @self: a server, started or not
 * @merchant: what Amazon would know of a shop
 *
 * Adds a merchant, in place of the one with the same Store ID.
 */
void
pd_practice_server_enrol (PdPracticeServer         *self,
                          const PdPracticeMerchant *merchant)
{
  g_return_if_fail (PD_IS_PRACTICE_SERVER (self));

  enrol (self, merchant);
}

/**
 * pd_practice_server_write_files:
 * @self: a started server
 * @error: %PD_ERROR_STORAGE
 *
 * Writes `ca.pem` and the fixed merchant's `key.pem`; pd_practice_server_stop() removes them.
 *
 * Returns: (transfer full) (nullable): the folder
 */
char *
pd_practice_server_write_files (PdPracticeServer  *self,
                                GError           **error)
{
  g_return_val_if_fail (PD_IS_PRACTICE_SERVER (self) && self->url != NULL, NULL);

  if (self->folder == NULL)
    self->folder = pd_practice_files_write (pd_practice_server_get_ca_pem (self), self->key, error);
  return g_strdup (self->folder);
}

void
pd_practice_server_remove_files (PdPracticeServer *self)
{
  if (self->folder != NULL)
    pd_practice_files_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

/**
 * pd_practice_server_describe:
 * @self: a started server whose files are written
 *
 * Returns: (transfer full): what `paydeskctl practice --json` prints, without the line's end
 */
char *
pd_practice_server_describe (PdPracticeServer *self)
{
  JsonObject          *object = json_object_new ();
  JsonArray           *urls = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char     *ca = NULL;
  g_autofree char     *key = NULL;

  g_return_val_if_fail (self->folder != NULL, NULL);
  ca = g_build_filename (self->folder, PD_PRACTICE_CA_FILE, NULL);
  key = g_build_filename (self->folder, PD_PRACTICE_KEY_FILE, NULL);
  json_object_set_string_member (object, "url", self->url);
  json_object_set_string_member (object, "ca", ca);
  json_object_set_string_member (object, "environment", "sandbox");
  json_object_set_string_member (object, "merchant_id", self->merchant->merchant_id);
  json_object_set_string_member (object, "store_id", self->merchant->store_id);
  json_object_set_string_member (object, "public_key_id", self->merchant->public_key_id);
  json_object_set_string_member (object, "private_key", key);
  for (guint i = 0; fixed_return_urls[i] != NULL; i++)
    json_array_add_string_element (urls, fixed_return_urls[i]);
  json_object_set_array_member (object, "return_urls", urls);
  json_object_set_string_member (object, "privacy_policy_url", self->merchant->privacy_policy_url);
  json_object_set_string_member (object, "notification_url", self->merchant->notification_url);
  return pd_json_to_string (node, FALSE);
}
