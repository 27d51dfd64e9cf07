/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-mws-signer.h"
#include "pd-request-private.h"
#include "pd-secret-text.h"

struct _PdRequest
{
  GObject        parent_instance;
  PdEnvironment  environment;
  PdService      service;
  char          *method;
  char          *path;  /* not encoded; NULL where url is set */
  GUri          *url;   /* a page of the shop's own */
  GHashTable    *query; /* name → GPtrArray of values */
  GHashTable    *headers;
  char          *content_type;
  GBytes        *body;
  PdKey         *key;
  char          *public_key_id;
  PdAlgorithm    algorithm;
  GHashTable    *form;       /* name → PdSecretText; sent as the body */
  PdSecretText  *mws_secret; /* signs the form, as the legacy service wants it */
  GSocketConnectable *connectable; /* of a page, or NULL */
  PdConnection       *connection;  /* or NULL */
};

G_DEFINE_FINAL_TYPE (PdRequest, pd_request, G_TYPE_OBJECT)

/* Everything that Paydesk ever sends to Amazon. There is no call here that moves money. */
static const struct {
  PdService   service;
  const char *method;
  const char *path;
} allowed[] = {
  { PD_SERVICE_PAY_V2, "GET", "^(/sandbox|/live)?/v2/checkoutSessions/[A-Za-z0-9-]+$" },
  { PD_SERVICE_PAY_V2, "POST", "^(/sandbox|/live)?/v2/checkoutSessions$" },
  { PD_SERVICE_PAY_V2, "GET", "^(/live)?/v2/authorizationTokens/[A-Za-z0-9-][A-Za-z0-9.-]*$" },
  { PD_SERVICE_PAY_V2, "GET", "^/$" },
  { PD_SERVICE_MWS, "POST", "^/OffAmazonPayments(_Sandbox)?/2013-01-01$" },
  { PD_SERVICE_LOGIN, "POST", "^/auth/o2/token$" },
  { PD_SERVICE_AUTHORIZE, "GET", "^/ap/oa$" },
};

/* A session that cannot exist: its being unknown proves that the signature was accepted. */
#define NO_SESSION "00000000-0000-0000-0000-000000000000"

static gboolean
has_prefix (const char *public_key_id,
            const char *prefix)
{
  return g_ascii_strncasecmp (public_key_id, prefix, strlen (prefix)) == 0;
}

/* A prefixed key ID picks the environment by itself, whatever was asked for: in the sandbox a key for production would create
 * its session there. Practice never leaves this computer. */
static gboolean
is_key_of_environment (PdRequest *self)
{
  switch (self->environment) {
  case PD_ENVIRONMENT_SANDBOX:
    return !has_prefix (self->public_key_id, "LIVE");
  case PD_ENVIRONMENT_PRODUCTION:
    return !has_prefix (self->public_key_id, "SANDBOX");
  case PD_ENVIRONMENT_PRACTICE:
  default:
    return TRUE;
  }
}

static gboolean
is_allowed (PdRequest *self)
{
  /* A signature or a secret never goes to a page, nor to another service. */
  if (self->key != NULL && (self->url != NULL || self->service != PD_SERVICE_PAY_V2))
    return FALSE;
  if (self->mws_secret != NULL && (self->url != NULL || self->service != PD_SERVICE_MWS))
    return FALSE;
  if (g_hash_table_size (self->form) > 0 &&
      (self->url != NULL || (self->service != PD_SERVICE_MWS && self->service != PD_SERVICE_LOGIN)))
    return FALSE;
  if (self->url != NULL)
    return g_str_equal (self->method, "GET");
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++) {
    if (allowed[i].service == self->service && g_str_equal (allowed[i].method, self->method) &&
        g_regex_match_simple (allowed[i].path, self->path, G_REGEX_DOLLAR_ENDONLY, 0))
      return TRUE;
  }
  return FALSE;
}

static void
pd_request_finalize (GObject *object)
{
  PdRequest *self = PD_REQUEST (object);

  g_free (self->method);
  /* An authorisation token stands in the path. */
  if (self->path != NULL)
    pd_secret_wipe (self->path, strlen (self->path));
  g_free (self->path);
  g_clear_pointer (&self->url, g_uri_unref);
  g_hash_table_unref (self->query);
  g_hash_table_unref (self->headers);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->key, pd_key_unref);
  g_free (self->public_key_id);
  g_hash_table_unref (self->form);
  g_clear_pointer (&self->mws_secret, pd_secret_text_unref);
  g_clear_object (&self->connectable);
  g_clear_pointer (&self->connection, pd_connection_unref);
  G_OBJECT_CLASS (pd_request_parent_class)->finalize (object);
}

static void
pd_request_class_init (PdRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_request_finalize;
}

static void
pd_request_init (PdRequest *self)
{
  self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_secret_text_unref);
}

/**
 * pd_request_new:
 * @environment: where it goes
 * @service: to which of Amazon's services
 * @method: `GET` or `POST`
 * @path: the path, not encoded
 *
 * Returns: (transfer full): a request
 */
PdRequest *
pd_request_new (PdEnvironment  environment,
                PdService      service,
                const char    *method,
                const char    *path)
{
  PdRequest *self = g_object_new (PD_TYPE_REQUEST, NULL);

  self->environment = environment;
  self->service = service;
  self->method = g_strdup (method);
  self->path = g_strdup (path);
  return self;
}

/**
 * pd_request_new_for_url:
 * @environment: the environment of the run
 * @url: a page of the shop's own
 * @error: %PD_ERROR_BAD_INPUT where it is no HTTPS address
 *
 * Returns: (transfer full) (nullable): a GET of that page, unsigned; redirects are reported and not followed
 */
PdRequest *
pd_request_new_for_url (PdEnvironment   environment,
                        const char     *url,
                        GError        **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  PdRequest       *self;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_host (uri) == NULL ||
      *g_uri_get_host (uri) == '\0') {
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("“%s” is not an address that begins with https://."), url);
    return NULL;
  }
  self = pd_request_new (environment, PD_SERVICE_PAY_V2, "GET", NULL);
  self->url = g_steal_pointer (&uri);
  return self;
}

/**
 * pd_request_add_query:
 * @self: a request
 * @name: a parameter's name
 * @value: one of its values
 */
void
pd_request_add_query (PdRequest  *self,
                      const char *name,
                      const char *value)
{
  GPtrArray *values = g_hash_table_lookup (self->query, name);

  if (values == NULL) {
    values = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (self->query, g_strdup (name), values);
  }
  g_ptr_array_add (values, g_strdup (value));
}

void
pd_request_add_header (PdRequest  *self,
                       const char *name,
                       const char *value)
{
  g_hash_table_insert (self->headers, g_ascii_strdown (name, -1), g_strdup (value));
}

void
pd_request_set_body (PdRequest  *self,
                     const char *content_type,
                     GBytes     *body)
{
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_ref (body);
}

/**
 * pd_request_set_signature:
 * @self: a request to API v2
 * @key: the private key
 * @public_key_id: the ID of its public half
 * @algorithm: the algorithm
 *
 * Has every attempt signed anew. A POST gets its idempotency key here: it is kept over the retries of this request, and a new
 * request gets a new one (API v2, "Idempotency").
 */
void
pd_request_set_signature (PdRequest   *self,
                          PdKey       *key,
                          const char  *public_key_id,
                          PdAlgorithm  algorithm)
{
  g_clear_pointer (&self->key, pd_key_unref);
  g_free (self->public_key_id);
  self->key = pd_key_ref (key);
  self->public_key_id = g_strdup (public_key_id);
  self->algorithm = algorithm;
  if (g_str_equal (self->method, "POST")) {
    g_autofree char *uuid = g_uuid_string_random ();
    g_auto (GStrv)   groups = g_strsplit (uuid, "-", -1);
    g_autofree char *idempotency_key = g_strjoinv ("", groups);

    pd_request_add_header (self, "x-amz-pay-idempotency-key", idempotency_key);
  }
}

/**
 * pd_request_add_form:
 * @self: a POST to the legacy service or to Login with Amazon
 * @name: a parameter's name
 * @value: its value, of which no copy is kept elsewhere
 *
 * The parameters go out as the body, form-encoded.
 */
void
pd_request_add_form (PdRequest    *self,
                     const char   *name,
                     PdSecretText *value)
{
  g_hash_table_insert (self->form, g_strdup (name), pd_secret_text_ref (value));
}

void
pd_request_add_form_text (PdRequest  *self,
                          const char *name,
                          const char *value)
{
  g_hash_table_insert (self->form, g_strdup (name), pd_secret_text_new (value));
}

/**
 * pd_request_set_mws_signature:
 * @self: a POST to the legacy service
 * @secret_key: the secret access key
 *
 * Has every attempt signed anew, with a fresh Timestamp (Amazon MWS, "Signature Version 2").
 */
void
pd_request_set_mws_signature (PdRequest    *self,
                              PdSecretText *secret_key)
{
  g_clear_pointer (&self->mws_secret, pd_secret_text_unref);
  self->mws_secret = pd_secret_text_ref (secret_key);
}

const char *
pd_request_get_method (PdRequest *self)
{
  return self->method;
}

PdEnvironment
pd_request_get_environment (PdRequest *self)
{
  return self->environment;
}

PdService
pd_request_get_service (PdRequest *self)
{
  return self->service;
}

gboolean
pd_request_is_signed (PdRequest *self)
{
  return self->key != NULL;
}

gboolean
pd_request_is_page (PdRequest *self)
{
  return self->url != NULL;
}

/**
 * pd_request_set_connectable:
 * @self: a request for a page
 * @connectable: the addresses that its name was found to lead to: nothing else is connected to
 */
void
pd_request_set_connectable (PdRequest          *self,
                            GSocketConnectable *connectable)
{
  g_return_if_fail (self->url != NULL);
  g_set_object (&self->connectable, connectable);
}

/* (transfer none) (nullable) */
GSocketConnectable *
pd_request_get_connectable (PdRequest *self)
{
  return self->connectable;
}

/**
 * pd_request_set_connection:
 * @self: a request
 * @connection: gets what is seen of the way to the server
 */
void
pd_request_set_connection (PdRequest    *self,
                           PdConnection *connection)
{
  g_clear_pointer (&self->connection, pd_connection_unref);
  self->connection = pd_connection_ref (connection);
}

/* (transfer none) (nullable) */
PdConnection *
pd_request_get_connection (PdRequest *self)
{
  return self->connection;
}

/* API v2: the key ID's prefix picks the environment; one without a prefix needs it in the path. */
static char *
pay_path (PdEnvironment  environment,
          const char    *public_key_id,
          const char    *resource)
{
  const char *prefix = environment == PD_ENVIRONMENT_PRODUCTION ? "/live" : "/sandbox";

  if (has_prefix (public_key_id, "SANDBOX") || has_prefix (public_key_id, "LIVE"))
    prefix = "";
  return g_strdup_printf ("%s/v2/%s", prefix, resource);
}

/**
 * pd_request_new_get_session:
 * @environment: the environment
 * @key: the private key
 * @public_key_id: the ID of its public half
 *
 * Returns: (transfer full): a GET of a checkout session that cannot exist: 404 ResourceNotFound means that the signature
 *   was accepted
 */
PdRequest *
pd_request_new_get_session (PdEnvironment  environment,
                            PdKey         *key,
                            const char    *public_key_id)
{
  g_autofree char *path = pay_path (environment, public_key_id, "checkoutSessions/" NO_SESSION);
  PdRequest       *self = pd_request_new (environment, PD_SERVICE_PAY_V2, "GET", path);

  pd_request_set_signature (self, key, public_key_id, PD_ALGORITHM_PSS_V2);
  return self;
}

/**
 * pd_request_new_create_session:
 * @environment: the environment
 * @key: the private key
 * @public_key_id: the ID of its public half
 * @store_id: the Store ID, which is the Client ID
 * @return_url: where a buyer would come back to
 *
 * A session left alone is cancelled after 24 hours: no order, no buyer, no money. It is a write all the same.
 *
 * Returns: (transfer full): a POST that creates a checkout session
 */
PdRequest *
pd_request_new_create_session (PdEnvironment  environment,
                               PdKey         *key,
                               const char    *public_key_id,
                               const char    *store_id,
                               const char    *return_url)
{
  g_autofree char        *path = pay_path (environment, public_key_id, "checkoutSessions");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autoptr (GBytes)      body = NULL;
  PdRequest              *self = pd_request_new (environment, PD_SERVICE_PAY_V2, "POST", path);
  char                   *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "webCheckoutDetails");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checkoutReviewReturnUrl");
  json_builder_add_string_value (builder, return_url);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "storeId");
  json_builder_add_string_value (builder, store_id);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = pd_json_to_string (root, FALSE);
  body = g_bytes_new_take (text, strlen (text));
  pd_request_set_body (self, "application/json", body);
  pd_request_set_signature (self, key, public_key_id, PD_ALGORITHM_PSS_V2);
  return self;
}

/**
 * pd_request_new_get_token:
 * @environment: the environment; Amazon offers it in production only
 * @key: the private key
 * @public_key_id: the ID of its public half
 * @auth_token: the MWSAuthToken
 * @merchant_id: the merchant ID, which is the SellerId
 *
 * API v2, "Delegated authorization": reads, and changes nothing.
 *
 * Returns: (transfer full): a GET of the authorization token that stands for the MWSAuthToken
 */
PdRequest *
pd_request_new_get_token (PdEnvironment  environment,
                          PdKey         *key,
                          const char    *public_key_id,
                          PdSecretText  *auth_token,
                          const char    *merchant_id)
{
  g_autoptr (PdWiped) resource = g_strconcat ("authorizationTokens/", pd_secret_text_peek (auth_token), NULL);
  g_autoptr (PdWiped) path = pay_path (environment, public_key_id, resource);
  PdRequest          *self = pd_request_new (environment, PD_SERVICE_PAY_V2, "GET", path);

  pd_request_add_query (self, "merchantId", merchant_id);
  pd_request_set_signature (self, key, public_key_id, PD_ALGORITHM_PSS_V2);
  return self;
}

/**
 * pd_request_new_authorize:
 * @environment: the environment
 * @client_id: the Client ID
 * @return_url: one return URL
 *
 * Login with Amazon, "Authorization Code Grant": the page answers by itself whether client and return URL are registered.
 *
 * Returns: (transfer full): a GET of the authorisation page
 */
PdRequest *
pd_request_new_authorize (PdEnvironment  environment,
                          const char    *client_id,
                          const char    *return_url)
{
  g_autofree char *state = g_uuid_string_random ();
  PdRequest       *self = pd_request_new (environment, PD_SERVICE_AUTHORIZE, "GET", "/ap/oa");

  pd_request_add_query (self, "client_id", client_id);
  pd_request_add_query (self, "scope", "profile");
  pd_request_add_query (self, "response_type", "code");
  pd_request_add_query (self, "redirect_uri", return_url);
  pd_request_add_query (self, "state", state);
  if (environment != PD_ENVIRONMENT_PRODUCTION)
    pd_request_add_query (self, "sandbox", "true");
  return self;
}

static char *
make_url (PdRequest    *self,
          PdEndpoints  *endpoints,
          const char   *path,
          GError      **error)
{
  const char         *base;
  g_autoptr (PdWiped) encoded = NULL;
  g_autofree char    *query = NULL;

  if (self->url != NULL)
    return g_uri_to_string_partial (self->url, G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT);
  base = pd_endpoints_get_base (endpoints, self->environment, self->service, error);
  if (base == NULL)
    return NULL;
  encoded = pd_signer_canonical_path (path);
  query = pd_signer_canonical_query (self->query);
  return g_strconcat (base, encoded, *query != '\0' ? "?" : "", query, NULL);
}

/**
 * pd_request_get_shown_url:
 * @self: a request
 * @endpoints: where things are
 * @error: %PD_ERROR_NOT_ALLOWED
 *
 * Returns: (transfer full) (nullable): the URL, for evidence: an authorisation token in it is masked, and what logs in is left out
 */
char *
pd_request_get_shown_url (PdRequest    *self,
                          PdEndpoints  *endpoints,
                          GError      **error)
{
  const char      *secret = self->path != NULL ? strstr (self->path, "authorizationTokens/") : NULL;
  g_autofree char *masked = NULL;
  char            *url;

  if (secret == NULL)
    return make_url (self, endpoints, self->path, error);
  masked = g_strndup (self->path, secret + strlen ("authorizationTokens/") - self->path);
  url = make_url (self, endpoints, masked, error);
  if (url != NULL) {
    g_auto (GStrv) parts = g_strsplit (url, "authorizationTokens/", 2);

    g_free (url);
    url = g_strconcat (parts[0], "authorizationTokens/…", parts[1], NULL);
  }
  return url;
}

/* The headers that API v2 signs, and the signature over them (API v2, "Signing requests"). */
static gboolean
sign (PdRequest           *self,
      const char          *base,
      SoupMessageHeaders  *out,
      char               **string_to_sign,
      GError             **error)
{
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GDateTime)  now = g_date_time_new_now_utc ();
  g_autoptr (PdWiped)    canonical = NULL; /* a token may stand in the path */
  g_autofree char       *signed_headers = NULL;
  g_autofree char       *signature = NULL;
  g_autofree char       *authorization = NULL;
  gsize                  length = 0;
  const void            *body = self->body != NULL ? g_bytes_get_data (self->body, &length) : NULL;
  const char            *idempotency_key = g_hash_table_lookup (self->headers, "x-amz-pay-idempotency-key");
  GHashTableIter         iter;
  gpointer               name;
  gpointer               value;

  /* It stands in a header between commas. */
  for (const char *c = self->public_key_id; c == self->public_key_id || *c != '\0'; c++) {
    if (!g_ascii_isalnum (*c) && (*c == '\0' || strchr ("-_.", *c) == NULL)) {
      g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                           _("The public key ID holds characters that no key ID has. Copy it once more from Seller Central."));
      return FALSE;
    }
  }
  g_hash_table_insert (headers, g_strdup ("accept"), g_strdup ("application/json"));
  g_hash_table_insert (headers, g_strdup ("content-type"), g_strdup ("application/json"));
  g_hash_table_insert (headers, g_strdup ("x-amz-pay-date"), g_date_time_format (now, "%Y%m%dT%H%M%SZ"));
  g_hash_table_insert (headers, g_strdup ("x-amz-pay-host"), g_strdup (base + strlen ("https://")));
  g_hash_table_insert (headers, g_strdup ("x-amz-pay-region"), g_strdup ("jp"));
  if (idempotency_key != NULL)
    g_hash_table_insert (headers, g_strdup ("x-amz-pay-idempotency-key"), g_strdup (idempotency_key));

  canonical = pd_signer_canonical_request (self->method, self->path, self->query, headers, NULL, body, length, &signed_headers);
  *string_to_sign = pd_signer_string_to_sign (self->algorithm, canonical, strlen (canonical));
  signature = pd_signer_sign (self->key, self->algorithm, *string_to_sign, error);
  if (signature == NULL)
    return FALSE;
  authorization = pd_signer_authorization (self->algorithm, self->public_key_id, signed_headers, signature);
  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (out, name, value);
  soup_message_headers_replace (out, "authorization", authorization);
  return TRUE;
}

/* The form as it is sent; every copy of it is wiped when it has been. */
static GBytes *
make_form (PdRequest  *self,
           const char *base)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GDateTime)  now = g_date_time_new_now_utc ();
  g_autofree char       *timestamp = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char       *signature = NULL;
  GHashTableIter         iter;
  gpointer               name;
  gpointer               value;
  char                  *body;

  g_hash_table_iter_init (&iter, self->form);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (parameters, name, (gpointer) pd_secret_text_peek (value));
  if (self->mws_secret != NULL) {
    g_autoptr (PdWiped) string_to_sign = NULL;

    g_hash_table_insert (parameters, (gpointer) "Timestamp", timestamp);
    string_to_sign = pd_mws_signer_string_to_sign (self->method, base + strlen ("https://"), self->path, parameters);
    signature = pd_mws_signer_sign (self->mws_secret, string_to_sign);
    g_hash_table_insert (parameters, (gpointer) "Signature", signature);
  }
  body = pd_mws_signer_query (parameters);
  return g_bytes_new_with_free_func (body, strlen (body), (GDestroyNotify) pd_wiped_free, body);
}

/**
 * pd_request_to_message:
 * @self: a request
 * @endpoints: where things are
 * @string_to_sign: (out) (nullable) (transfer full): what was signed
 * @error: %PD_ERROR_NOT_ALLOWED for a call off the list, a server off the list, or a key of another environment;
 *   %PD_ERROR_BAD_KEY; %PD_ERROR_BAD_INPUT for a key ID that cannot be sent
 *
 * Returns: (transfer full) (nullable): a message for one attempt, with a fresh date and signature
 */
SoupMessage *
pd_request_to_message (PdRequest    *self,
                       PdEndpoints  *endpoints,
                       char        **string_to_sign,
                       GError      **error)
{
  g_autofree char        *shown = pd_request_get_shown_url (self, endpoints, error);
  g_autoptr (PdWiped)     url = NULL;
  g_autoptr (GUri)        uri = NULL;
  g_autoptr (SoupMessage) message = NULL;
  SoupMessageHeaders     *headers;
  GHashTableIter          iter;
  gpointer                name;
  gpointer                value;

  *string_to_sign = NULL;
  if (shown == NULL)
    return NULL;
  if (self->key != NULL && !is_key_of_environment (self)) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED, _("A key of another environment signs nothing for “%s”."), shown);
    return NULL;
  }
  if (!is_allowed (self)) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED, _("Paydesk never sends “%s %s”."), self->method, shown);
    return NULL;
  }
  url = make_url (self, endpoints, self->path, NULL);
  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || !pd_endpoints_allows (endpoints, self->environment, uri)) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED, _("Paydesk does not connect to “%s”."), shown);
    return NULL;
  }
  message = soup_message_new_from_uri (self->method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  headers = soup_message_get_request_headers (message);
  /* Answers are small: nothing is gained by compressing them, and a compressed one could be made to grow without end. */
  soup_message_headers_replace (headers, "accept-encoding", "identity");
  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);
  if (self->key != NULL && !sign (self, pd_endpoints_get_base (endpoints, self->environment, self->service, NULL),
                                  headers, string_to_sign, error))
    return NULL;
  if (g_hash_table_size (self->form) > 0) {
    g_autoptr (GBytes) form = make_form (self, pd_endpoints_get_base (endpoints, self->environment, self->service, NULL));

    soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded; charset=utf-8", form);
  }
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (message, self->content_type, self->body);
  return g_steal_pointer (&message);
}
