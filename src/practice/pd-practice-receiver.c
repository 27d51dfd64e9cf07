/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "pd-practice-listener.h"
#include "pd-practice-receiver.h"

#define PATH             "/notifications"
#define CONNECTION_MS    15000
#define RUN_MS           (60 * 60 * 1000)

struct _PdPracticeReceiver
{
  GObject             parent_instance;
  PdPracticeNotifier *notifier;
  PdPracticeListener *listener; /* NULL while it does not run */
  SoupServer         *soup;
  char               *url;
  char               *merchant_id;
  GQueue             *arrivals; /* the newest first */
  GHashTable         *seen;     /* MessageIds of this run */
  guint               n_requests;
  guint               connection_ms;
  guint               run_ms;
  guint               end_source;
};

enum {
  PROP_RUNNING = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static GType
get_item_type (GListModel *model)
{
  return PD_TYPE_PRACTICE_ARRIVAL;
}

static guint
get_n_items (GListModel *model)
{
  return g_queue_get_length (PD_PRACTICE_RECEIVER (model)->arrivals);
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  gpointer item = g_queue_peek_nth (PD_PRACTICE_RECEIVER (model)->arrivals, position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdPracticeReceiver, pd_practice_receiver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
add_arrival (PdPracticeReceiver *self,
             PdPracticeArrival  *arrival)
{
  g_queue_push_head (self->arrivals, arrival);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  if (g_queue_get_length (self->arrivals) <= PD_PRACTICE_RECEIVER_MAX_ARRIVALS)
    return;
  g_object_unref (g_queue_pop_tail (self->arrivals));
  g_list_model_items_changed (G_LIST_MODEL (self), PD_PRACTICE_RECEIVER_MAX_ARRIVALS, 1, 0);
}

static gboolean
end_now (gpointer data)
{
  PdPracticeReceiver *self = data;

  self->end_source = 0;
  pd_practice_receiver_stop (self);
  return G_SOURCE_REMOVE;
}

static void
end_after (PdPracticeReceiver *self,
           guint               milliseconds)
{
  g_clear_handle_id (&self->end_source, g_source_remove);
  self->end_source = g_timeout_add (milliseconds, end_now, self);
}

/* What a good receiver would answer: 200 to what is genuine, be it new or a repetition, and no reason to send the rest again. */
static guint
choose_status (PdNotificationFault fault)
{
  if (fault == PD_NOTIFICATION_FINE)
    return SOUP_STATUS_OK;
  return fault <= PD_NOTIFICATION_KIND ? SOUP_STATUS_BAD_REQUEST : SOUP_STATUS_FORBIDDEN;
}

static PdNotification *
judge (PdPracticeReceiver     *self,
       const PdPracticeNotice *notice)
{
  g_autofree char *text = pd_practice_notice_to_text (notice);
  GBytes          *certificate = pd_practice_notifier_get_certificate (self->notifier);
  PdNotification  *notification = pd_notification_new (text, strlen (text));

  pd_notification_verify (notification, g_bytes_get_data (certificate, NULL), g_bytes_get_size (certificate));
  if (self->merchant_id != NULL && *self->merchant_id != '\0')
    pd_notification_match_merchant (notification, self->merchant_id);
  return notification;
}

/* (transfer full): the header's value, without what would begin another line. */
static char *
dup_header (SoupServerMessage *message,
            const char        *name)
{
  const char *value = soup_message_headers_get_list (soup_server_message_get_request_headers (message), name);

  return g_strdelimit (g_strdup (value != NULL ? value : ""), "\r\n", ' ');
}

static void
take (PdPracticeReceiver *self,
      SoupServerMessage  *message)
{
  g_autoptr (GBytes)           body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (PdPracticeNotice) notice = g_new0 (PdPracticeNotice, 1);
  g_autoptr (PdNotification)   notification = NULL;
  gsize                        length;
  const char                  *data = g_bytes_get_data (body, &length);
  const char                  *id;
  gboolean                     is_repeat;
  guint                        status;

  notice->kind = dup_header (message, "x-amz-sns-message-type");
  notice->message_id = dup_header (message, "x-amz-sns-message-id");
  notice->topic = dup_header (message, "x-amz-sns-topic-arn");
  /* A NUL would end the text before its end; what is shown is text. */
  notice->body = g_utf8_make_valid (data != NULL ? data : "", (gssize) length);
  notification = judge (self, notice);
  notice->is_bad = pd_notification_get_fault (notification) != PD_NOTIFICATION_FINE;
  status = choose_status (pd_notification_get_fault (notification));
  id = pd_notification_get_member (notification, "MessageId");
  is_repeat = status == SOUP_STATUS_OK && !g_hash_table_add (self->seen, g_strdup (id));
  soup_server_message_set_status (message, status, NULL);
  add_arrival (self, pd_practice_arrival_new (notice, notification, is_repeat, status));
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  PdPracticeReceiver *self = data;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  if (g_strcmp0 (path, PATH) != 0)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
  else if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), "pd-received")) > PD_PRACTICE_RECEIVER_MAX_BODY)
    soup_server_message_set_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
  else
    take (self, message);
  if (++self->n_requests >= PD_PRACTICE_RECEIVER_MAX_REQUESTS)
    end_after (self, 0);
}

/* Nothing beyond the limit is kept; what goes on for long beyond it is cut off. */
static void
on_chunk (SoupServerMessage *message,
          GBytes            *chunk,
          gpointer           data)
{
  gsize received = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), "pd-received")) + g_bytes_get_size (chunk);

  g_object_set_data (G_OBJECT (message), "pd-received", GUINT_TO_POINTER ((guint) received));
  if (received > PD_PRACTICE_RECEIVER_MAX_BODY) {
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
    soup_message_body_truncate (soup_server_message_get_request_body (message));
  }
  if (received > 2 * PD_PRACTICE_RECEIVER_MAX_BODY)
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
pd_practice_receiver_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  g_value_set_boolean (value, pd_practice_receiver_is_running (PD_PRACTICE_RECEIVER (object)));
}

static void
pd_practice_receiver_dispose (GObject *object)
{
  pd_practice_receiver_stop (PD_PRACTICE_RECEIVER (object));
  G_OBJECT_CLASS (pd_practice_receiver_parent_class)->dispose (object);
}

static void
pd_practice_receiver_finalize (GObject *object)
{
  PdPracticeReceiver *self = PD_PRACTICE_RECEIVER (object);

  g_queue_free_full (self->arrivals, g_object_unref);
  g_hash_table_unref (self->seen);
  g_object_unref (self->notifier);
  g_free (self->merchant_id);
  G_OBJECT_CLASS (pd_practice_receiver_parent_class)->finalize (object);
}

static void
pd_practice_receiver_class_init (PdPracticeReceiverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pd_practice_receiver_get_property;
  object_class->dispose = pd_practice_receiver_dispose;
  object_class->finalize = pd_practice_receiver_finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
pd_practice_receiver_init (PdPracticeReceiver *self)
{
  self->arrivals = g_queue_new ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->connection_ms = CONNECTION_MS;
  self->run_ms = RUN_MS;
}

/**
 * pd_practice_receiver_new:
 * @notifier: whose certificate counts
 *
 * Returns: (transfer full): a receiver that does not run yet
 */
PdPracticeReceiver *
pd_practice_receiver_new (PdPracticeNotifier *notifier)
{
  PdPracticeReceiver *self = g_object_new (PD_TYPE_PRACTICE_RECEIVER, NULL);

  self->notifier = g_object_ref (notifier);
  return self;
}

/**
 * pd_practice_receiver_start:
 * @self: a receiver that does not run
 * @error: %PD_ERROR_BAD_INPUT where no port can be had
 *
 * Listens in the thread's main context.
 *
 * Returns: whether it runs
 */
gboolean
pd_practice_receiver_start (PdPracticeReceiver  *self,
                            GError             **error)
{
  g_return_val_if_fail (self->listener == NULL, FALSE);

  self->listener = pd_practice_listener_new (0, NULL, NULL, error);
  if (self->listener == NULL)
    return FALSE;
  pd_practice_listener_set_lifetime (self->listener, self->connection_ms);
  self->soup = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), NULL);
  self->url = g_strdup_printf ("http://127.0.0.1:%u" PATH, pd_practice_listener_get_port (self->listener));
  self->n_requests = 0;
  pd_practice_listener_start (self->listener, self->soup);
  end_after (self, self->run_ms);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  return TRUE;
}

/* Closes the port and every connection at once; what has arrived stays. Does nothing the second time. */
void
pd_practice_receiver_stop (PdPracticeReceiver *self)
{
  g_clear_handle_id (&self->end_source, g_source_remove);
  if (self->listener == NULL)
    return;
  pd_practice_listener_stop (self->listener);
  soup_server_remove_handler (self->soup, "/");
  soup_server_disconnect (self->soup);
  g_clear_pointer (&self->listener, pd_practice_listener_free);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->url, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

gboolean
pd_practice_receiver_is_running (PdPracticeReceiver *self)
{
  return self->listener != NULL;
}

const char *
pd_practice_receiver_get_url (PdPracticeReceiver *self)
{
  return self->url;
}

PdPracticeNotifier *
pd_practice_receiver_get_notifier (PdPracticeReceiver *self)
{
  return self->notifier;
}

void
pd_practice_receiver_set_merchant_id (PdPracticeReceiver *self,
                                      const char         *merchant_id)
{
  g_free (self->merchant_id);
  self->merchant_id = g_strdup (merchant_id);
}

void
pd_practice_receiver_clear (PdPracticeReceiver *self)
{
  guint n = g_queue_get_length (self->arrivals);

  g_queue_clear_full (self->arrivals, g_object_unref);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

void
pd_practice_receiver_set_lifetimes (PdPracticeReceiver *self,
                                    guint               connection_ms,
                                    guint               run_ms)
{
  self->connection_ms = connection_ms;
  self->run_ms = run_ms;
}
