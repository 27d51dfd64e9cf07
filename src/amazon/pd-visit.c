/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "pd-error.h"
#include "pd-pinned.h"
#include "pd-request-private.h"
#include "pd-url-private.h"
#include "pd-visit.h"

#define MAX_LOCATION 4096

/* A visit under way; the task's data. */
typedef struct {
  PdClient      *client;
  PdEnvironment  environment;
  PdVisitFollow  follow;
  PdVisit       *visit;
  GUri          *uri;      /* what is asked now */
  PdRequest     *request;
  GCancellable  *stop;     /* the person's cancel, or the time being up */
  GCancellable  *outer;
  gulong         outer_id;
  GSource       *total;
  gboolean       timed_out;
  gint64         named;    /* monotonic: when looking the name up began */
} Trip;

/* What is wrong with a certificate: the most telling first. */
static const struct {
  GTlsCertificateFlags flag;
  PdVisitEnd           end;
} certificate_ends[] = {
  { G_TLS_CERTIFICATE_REVOKED, PD_VISIT_BAD_CERTIFICATE },
  { G_TLS_CERTIFICATE_UNKNOWN_CA, PD_VISIT_UNTRUSTED },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, PD_VISIT_WRONG_HOST },
  { G_TLS_CERTIFICATE_EXPIRED, PD_VISIT_EXPIRED },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, PD_VISIT_NOT_YET_VALID },
};

/* What went wrong before any answer. */
static const struct {
  GQuark     (*domain) (void);
  int          code; /* -1: any */
  PdVisitEnd   end;
} transport_ends[] = {
  { g_resolver_error_quark, -1, PD_VISIT_NO_NAMES },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, PD_VISIT_TIMEOUT },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, PD_VISIT_REFUSED },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, PD_VISIT_BROKEN_OFF },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, PD_VISIT_BROKEN_OFF },
  { g_tls_error_quark, G_TLS_ERROR_EOF, PD_VISIT_BROKEN_OFF },
  { g_tls_error_quark, -1, PD_VISIT_NO_TLS },
  { soup_session_error_quark, -1, PD_VISIT_BROKEN_OFF },
};

static void start_hop (GTask *task);

static void
trip_free (Trip *trip)
{
  if (trip->outer != NULL)
    g_cancellable_disconnect (trip->outer, trip->outer_id);
  g_clear_object (&trip->outer);
  if (trip->total != NULL)
    g_source_destroy (trip->total);
  g_clear_pointer (&trip->total, g_source_unref);
  g_clear_pointer (&trip->visit, pd_visit_free);
  g_clear_pointer (&trip->uri, g_uri_unref);
  g_clear_object (&trip->request);
  g_clear_object (&trip->stop);
  g_object_unref (trip->client);
  g_free (trip);
}

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

static gboolean
on_time_up (gpointer data)
{
  Trip *trip = data;

  trip->timed_out = TRUE;
  g_cancellable_cancel (trip->stop);
  return G_SOURCE_REMOVE;
}

static void
end (GTask      *task,
     PdVisitEnd  how)
{
  Trip *trip = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (trip->stop))
    how = trip->timed_out ? PD_VISIT_TIMEOUT : PD_VISIT_CANCELLED;
  trip->visit->end = how;
  g_task_return_pointer (task, g_steal_pointer (&trip->visit), (GDestroyNotify) pd_visit_free);
  g_object_unref (task);
}

static PdVisitEnd
judge_certificate (PdConnection *connection)
{
  PdCertificate *own = connection->chain != NULL ? g_ptr_array_index (connection->chain->certificates, 0) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (certificate_ends); i++) {
    if ((connection->tls_errors & certificate_ends[i].flag) == 0)
      continue;
    if (certificate_ends[i].flag != G_TLS_CERTIFICATE_UNKNOWN_CA || own == NULL)
      return certificate_ends[i].end;
    if (own->is_own)
      return PD_VISIT_SELF_SIGNED;
    return connection->chain->missing_issuer != NULL ? PD_VISIT_INCOMPLETE_CHAIN : PD_VISIT_UNTRUSTED;
  }
  return PD_VISIT_BAD_CERTIFICATE;
}

static PdVisitEnd
judge_error (PdConnection *connection,
             const GError *error)
{
  const GError *raw = connection->error;

  if (g_error_matches (error, PD_ERROR, PD_ERROR_TIMEOUT))
    return PD_VISIT_TIMEOUT;
  if (g_error_matches (error, PD_ERROR, PD_ERROR_TOO_LARGE))
    return PD_VISIT_TOO_LARGE;
  if (g_error_matches (error, PD_ERROR, PD_ERROR_NOT_ALLOWED))
    return PD_VISIT_NOT_HERE;
  if (connection->tls_errors != 0)
    return judge_certificate (connection);
  if (connection->step >= PD_STEP_ANSWER)
    return g_error_matches (error, PD_ERROR, PD_ERROR_TLS) ? PD_VISIT_OLD_TLS : PD_VISIT_BROKEN_OFF;
  for (guint i = 0; raw != NULL && i < G_N_ELEMENTS (transport_ends); i++) {
    if (raw->domain == transport_ends[i].domain () && (transport_ends[i].code == -1 || transport_ends[i].code == raw->code))
      return transport_ends[i].end;
  }
  return PD_VISIT_NO_WAY;
}

static gboolean
is_same_origin (GUri *a,
                GUri *b)
{
  g_autofree char *left = g_uri_to_string (a);
  g_autofree char *right = g_uri_to_string (b);
  g_autofree char *left_origin = pd_url_get_origin (left);
  g_autofree char *right_origin = pd_url_get_origin (right);

  return g_strcmp0 (left_origin, right_origin) == 0;
}

static gboolean
was_asked (Trip       *trip,
           const char *url)
{
  return g_str_equal (url, trip->visit->url) || g_ptr_array_find_with_equal_func (trip->visit->hops, url, g_str_equal, NULL);
}

/* RFC 9110, 15.4: where the answer sends the caller on. */
static void
follow (GTask      *task,
        const char *location)
{
  Trip            *trip = g_task_get_task_data (task);
  g_autoptr (GUri) next = NULL;
  g_autofree char *url = NULL;

  if (strlen (location) <= MAX_LOCATION)
    next = g_uri_parse_relative (trip->uri, location, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (next == NULL || g_uri_get_host (next) == NULL || *g_uri_get_host (next) == '\0' ||
      (g_strcmp0 (g_uri_get_scheme (next), "https") != 0 && g_strcmp0 (g_uri_get_scheme (next), "http") != 0)) {
    trip->visit->target = g_strndup (location, MAX_LOCATION);
    end (task, PD_VISIT_ASTRAY);
    return;
  }
  url = g_uri_to_string_partial (next, G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT);
  trip->visit->target = g_strdup (url);
  if (g_str_equal (g_uri_get_scheme (next), "http")) {
    end (task, PD_VISIT_TO_HTTP);
  } else if (trip->follow == PD_VISIT_NONE || (trip->follow == PD_VISIT_SAME_ORIGIN && !is_same_origin (trip->uri, next))) {
    end (task, PD_VISIT_REDIRECTED);
  } else if (trip->visit->hops->len == PD_VISIT_MAX_HOPS || was_asked (trip, url)) {
    end (task, PD_VISIT_IN_CIRCLES);
  } else {
    g_clear_pointer (&trip->uri, g_uri_unref);
    trip->uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
    g_clear_pointer (&trip->visit->target, g_free);
    g_ptr_array_add (trip->visit->hops, g_strdup (url));
    g_free (trip->visit->url);
    trip->visit->url = g_steal_pointer (&url);
    start_hop (task);
  }
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask             *task = data;
  Trip              *trip = g_task_get_task_data (task);
  PdVisit           *visit = trip->visit;
  g_autoptr (GError) error = NULL;
  const char        *location;

  g_clear_object (&visit->response);
  visit->response = pd_client_send_finish (trip->client, result, &error);
  if (visit->response == NULL) {
    PdVisitEnd how = judge_error (visit->connection, error);

    visit->error = g_steal_pointer (&error);
    end (task, how);
    return;
  }
  location = pd_response_get_header (visit->response, "location");
  if (is_redirect (pd_response_get_status (visit->response)) && location != NULL)
    follow (task, location);
  else
    end (task, PD_VISIT_ANSWERED);
}

/* `addresses`: where to connect; NULL: where the endpoints or a proxy lead. */
static void
ask (GTask     *task,
     GPtrArray *addresses)
{
  Trip *trip = g_task_get_task_data (task);
  int   port = g_uri_get_port (trip->uri);

  if (addresses != NULL) {
    g_autoptr (PdPinned) pinned = pd_pinned_new (g_uri_get_host (trip->uri), addresses, port > 0 ? (guint16) port : 443);

    trip->visit->connection->name_ms = (g_get_monotonic_time () - trip->named) / 1000;
    pd_request_set_connectable (trip->request, G_SOCKET_CONNECTABLE (pinned));
  }
  pd_client_send_async (trip->client, trip->request, trip->stop, on_answer, task);
}

static void
on_other_name (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  GTask *task = data;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, NULL);

  end (task, addresses != NULL ? PD_VISIT_UNKNOWN_NAME : PD_VISIT_NO_NAMES);
  g_resolver_free_addresses (addresses);
}

/* Whether the fault is that name's or the name server's: Amazon's own name is there to be found. */
static void
try_other_name (GTask *task)
{
  Trip                 *trip = g_task_get_task_data (task);
  const char           *base = pd_endpoints_get_base (pd_client_get_endpoints (trip->client), trip->environment, PD_SERVICE_PAY_V2, NULL);
  g_autoptr (GUri)      uri = base != NULL ? g_uri_parse (base, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  if (uri == NULL)
    end (task, PD_VISIT_NO_NAMES);
  else
    g_resolver_lookup_by_name_async (resolver, g_uri_get_host (uri), trip->stop, on_other_name, task);
}

/* Nobody is led to an address of this network by what a name server says. */
static gboolean
take_private (PdVisit      *visit,
              GInetAddress *address)
{
  if (!pd_url_is_private_address (address))
    return FALSE;
  g_free (visit->address);
  visit->address = g_inet_address_to_string (address);
  return TRUE;
}

static void
on_resolved (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GTask                *task = data;
  Trip                 *trip = g_task_get_task_data (task);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  GList                *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  gboolean              is_private = FALSE;

  for (GList *l = found; l != NULL; l = l->next) {
    g_ptr_array_add (addresses, g_object_ref (l->data));
    is_private = is_private || take_private (trip->visit, l->data);
  }
  g_resolver_free_addresses (found);
  if (is_private)
    end (task, PD_VISIT_PRIVATE);
  else if (addresses->len > 0)
    ask (task, addresses);
  else if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    try_other_name (task);
  else
    end (task, PD_VISIT_NO_NAMES);
}

/* Behind a proxy it is the proxy that looks names up. */
static void
on_proxies (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GTask                   *task = data;
  Trip                    *trip = g_task_get_task_data (task);
  g_auto (GStrv)           proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, NULL);
  const char              *host = g_uri_get_host (trip->uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autoptr (GResolver)    resolver = g_resolver_get_default ();

  if (address != NULL && take_private (trip->visit, address))
    end (task, PD_VISIT_PRIVATE);
  else if (proxies != NULL && proxies[0] != NULL && !g_str_equal (proxies[0], "direct://"))
    ask (task, NULL);
  else
    g_resolver_lookup_by_name_async (resolver, host, trip->stop, on_resolved, task);
}

static void
start_hop (GTask *task)
{
  Trip                          *trip = g_task_get_task_data (task);
  PdEndpoints                   *endpoints = pd_client_get_endpoints (trip->client);
  g_autoptr (GSocketConnectable) here = NULL;
  g_autoptr (GError)             error = NULL;

  g_clear_object (&trip->request);
  g_clear_pointer (&trip->visit->connection, pd_connection_unref);
  trip->visit->connection = pd_connection_new ();
  trip->named = g_get_monotonic_time ();
  if (!pd_endpoints_allows (endpoints, trip->environment, trip->uri)) {
    end (task, pd_endpoints_is_complete (endpoints, trip->environment) ? PD_VISIT_UNKNOWN_NAME : PD_VISIT_NOT_HERE);
    return;
  }
  trip->request = pd_request_new_for_url (trip->environment, trip->visit->url, &error);
  if (trip->request == NULL) {
    end (task, PD_VISIT_ASTRAY);
    return;
  }
  pd_request_add_header (trip->request, "accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
  pd_request_add_header (trip->request, "accept-language", "ja,en;q=0.5");
  pd_request_set_connection (trip->request, trip->visit->connection);
  here = pd_endpoints_get_connectable (endpoints, trip->environment, trip->uri);
  if (here != NULL)
    ask (task, NULL);
  else
    g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), trip->visit->url, trip->stop, on_proxies, task);
}

void
pd_visit_free (PdVisit *self)
{
  if (self == NULL)
    return;
  g_free (self->url);
  g_ptr_array_unref (self->hops);
  g_free (self->target);
  g_free (self->address);
  g_clear_object (&self->response);
  g_clear_pointer (&self->connection, pd_connection_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * pd_visit_async:
 * @client: what sends
 * @environment: the environment of the run
 * @url: a page of the shop's own, https://
 * @follow: which redirects are followed
 * @cancellable: (nullable): ends it at once
 * @callback: called when it has ended
 * @user_data: for @callback
 *
 * A GET without cookies, credentials or retries, of a name that is looked up first: an address that nobody outside can reach is
 * not connected to, and what was looked up is what is connected to. All of it takes no longer than one call of @client may.
 */
void
pd_visit_async (PdClient            *client,
                PdEnvironment        environment,
                const char          *url,
                PdVisitFollow        follow,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  GTask *task = g_task_new (client, NULL, callback, user_data);
  Trip  *trip = g_new0 (Trip, 1);

  g_task_set_source_tag (task, pd_visit_async);
  g_task_set_task_data (task, trip, (GDestroyNotify) trip_free);
  trip->client = g_object_ref (client);
  trip->environment = environment;
  trip->follow = follow;
  trip->stop = g_cancellable_new ();
  trip->visit = g_new0 (PdVisit, 1);
  trip->visit->url = g_strdup (url);
  trip->visit->hops = g_ptr_array_new_with_free_func (g_free);
  trip->uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (cancellable != NULL) {
    trip->outer = g_object_ref (cancellable);
    trip->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), g_object_ref (trip->stop), g_object_unref);
  }
  trip->total = g_timeout_source_new (pd_client_get_total_ms (client));
  g_source_set_callback (trip->total, on_time_up, trip, NULL);
  g_source_attach (trip->total, g_main_context_get_thread_default ());
  if (trip->uri == NULL || g_uri_get_host (trip->uri) == NULL)
    end (task, PD_VISIT_ASTRAY);
  else
    start_hop (task);
}

/**
 * pd_visit_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full): what became of it
 */
PdVisit *
pd_visit_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
