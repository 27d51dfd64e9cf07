/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "pd-endpoints.h"
#include "pd-error.h"
#include "pd-json.h"

#define N_SERVICES     (PD_SERVICE_AUTHORIZE + 1)
#define N_ENVIRONMENTS 3

struct _PdEndpoints
{
  GObject     parent_instance;
  gboolean    rehearsal;
  char       *bases[N_ENVIRONMENTS][N_SERVICES];
  GHashTable *connects; /* host → "address:port" */
  char       *ca_file;
  char       *practice_ca; /* path */
};

G_DEFINE_FINAL_TYPE (PdEndpoints, pd_endpoints, G_TYPE_OBJECT)

static const PdEnvironment environments[N_ENVIRONMENTS] = {
  PD_ENVIRONMENT_PRACTICE, PD_ENVIRONMENT_SANDBOX, PD_ENVIRONMENT_PRODUCTION,
};

static const char *const service_ids[N_SERVICES] = {
  [PD_SERVICE_PAY_V2] = "pay-v2",
  [PD_SERVICE_MWS] = "mws",
  [PD_SERVICE_LOGIN] = "login",
  [PD_SERVICE_AUTHORIZE] = "authorize",
};

/* Amazon's own servers for Japan: API v2's regions, MWS, and Login with Amazon's Far East addresses. */
static const char *const amazon_bases[N_SERVICES] = {
  [PD_SERVICE_PAY_V2] = "https://pay-api.amazon.jp",
  [PD_SERVICE_MWS] = "https://mws.amazonservices.jp",
  [PD_SERVICE_LOGIN] = "https://api.amazon.co.jp",
  [PD_SERVICE_AUTHORIZE] = "https://apac.account.amazon.com",
};

static guint
index_of (PdEnvironment environment)
{
  for (guint i = 0; i < N_ENVIRONMENTS; i++) {
    if (environments[i] == environment)
      return i;
  }
  g_return_val_if_reached (0);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
bad_file (GError     **error,
          const char  *what,
          const char  *value)
{
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The file that PAYDESK_ENDPOINTS names cannot be used: %s (%s)."), what,
               value != NULL ? value : "–");
  return FALSE;
}

/* Scheme, loopback host and port, and nothing more; a final slash is dropped. */
static char *
read_base (const char  *text,
           GError     **error)
{
  g_autoptr (GUri) uri = text != NULL ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;
  const char      *path = uri != NULL ? g_uri_get_path (uri) : NULL;
  char            *base;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL || (*path != '\0' && g_strcmp0 (path, "/") != 0)) {
    bad_file (error, _("an address must be https://, a host and a port"), text);
    return NULL;
  }
  if (!is_loopback (g_uri_get_host (uri))) {
    bad_file (error, _("only addresses of this computer are accepted"), text);
    return NULL;
  }
  base = g_strdup (text);
  if (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  return base;
}

static gboolean
read_services (PdEndpoints  *self,
               guint         environment,
               JsonNode     *node,
               GError      **error)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return bad_file (error, _("an environment must be an object"), pd_environment_to_id (environments[environment]));
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value)) {
    gboolean known = FALSE;

    for (guint i = 0; i < N_SERVICES; i++) {
      if (!g_str_equal (service_ids[i], name))
        continue;
      known = TRUE;
      g_free (self->bases[environment][i]);
      self->bases[environment][i] = read_base (JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL, error);
      if (self->bases[environment][i] == NULL)
        return FALSE;
    }
    if (!known)
      return bad_file (error, _("there is no such service"), name);
  }
  return TRUE;
}

static gboolean
read_hosts (PdEndpoints  *self,
            JsonNode     *node,
            GError      **error)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return bad_file (error, _("“hosts” must be an object"), NULL);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value)) {
    const char                    *target = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
    g_autoptr (GSocketConnectable) address = target != NULL ? g_network_address_parse (target, 443, NULL) : NULL;

    if (address == NULL || !is_loopback (g_network_address_get_hostname (G_NETWORK_ADDRESS (address))))
      return bad_file (error, _("only addresses of this computer are accepted"), target);
    g_hash_table_insert (self->connects, g_ascii_strdown (name, -1), g_strdup (target));
  }
  return TRUE;
}

static gboolean
read_file (PdEndpoints  *self,
           JsonObject   *object,
           GError      **error)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value)) {
    PdEnvironment environment;

    if (g_str_equal (name, "ca")) {
      const char *ca = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;

      if (ca == NULL || !g_path_is_absolute (ca) || !g_file_test (ca, G_FILE_TEST_IS_REGULAR))
        return bad_file (error, _("“ca” must be the absolute path of a file"), ca);
      self->ca_file = g_strdup (ca);
    } else if (g_str_equal (name, "hosts")) {
      if (!read_hosts (self, value, error))
        return FALSE;
    } else if (pd_environment_from_id (name, &environment)) {
      if (!read_services (self, index_of (environment), value, error))
        return FALSE;
    } else {
      return bad_file (error, _("there is no such member"), name);
    }
  }
  return TRUE;
}

static void
drop_practice_ca (PdEndpoints *self)
{
  if (self->practice_ca != NULL)
    g_unlink (self->practice_ca);
  g_clear_pointer (&self->practice_ca, g_free);
}

static void
pd_endpoints_finalize (GObject *object)
{
  PdEndpoints *self = PD_ENDPOINTS (object);

  for (guint i = 0; i < N_ENVIRONMENTS; i++) {
    for (guint j = 0; j < N_SERVICES; j++)
      g_free (self->bases[i][j]);
  }
  g_hash_table_unref (self->connects);
  g_free (self->ca_file);
  drop_practice_ca (self);
  G_OBJECT_CLASS (pd_endpoints_parent_class)->finalize (object);
}

static void
pd_endpoints_class_init (PdEndpointsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_endpoints_finalize;
}

static void
pd_endpoints_init (PdEndpoints *self)
{
  self->connects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * pd_endpoints_new:
 * @error: %PD_ERROR_BAD_INPUT where PAYDESK_ENDPOINTS names a file that cannot be used
 *
 * Returns: (transfer full) (nullable): Amazon's own servers, or those of the file that PAYDESK_ENDPOINTS names
 */
PdEndpoints *
pd_endpoints_new (GError **error)
{
  const char             *file = g_getenv ("PAYDESK_ENDPOINTS");
  g_autofree char        *text = NULL;
  g_autoptr (GError)      local = NULL;
  gsize                   length;
  PdEndpoints            *self;

  if (file != NULL && *file != '\0') {
    if (!g_file_get_contents (file, &text, &length, &local)) {
      bad_file (error, local->message, file);
      return NULL;
    }
    return pd_endpoints_new_from_json (text, (gssize) length, error);
  }
  self = g_object_new (PD_TYPE_ENDPOINTS, NULL);
  for (guint i = 0; i < N_ENVIRONMENTS; i++) {
    for (guint j = 0; j < N_SERVICES && environments[i] != PD_ENVIRONMENT_PRACTICE; j++)
      self->bases[i][j] = g_strdup (amazon_bases[j]);
  }
  return self;
}

/**
 * pd_endpoints_new_from_json:
 * @text: the content of a PAYDESK_ENDPOINTS file
 * @length: its length in bytes, or -1
 * @error: %PD_ERROR_BAD_INPUT
 *
 * Returns: (transfer full) (nullable): the servers on this computer that it names, and no other
 */
PdEndpoints *
pd_endpoints_new_from_json (const char  *text,
                            gssize       length,
                            GError     **error)
{
  g_autoptr (PdEndpoints) self = g_object_new (PD_TYPE_ENDPOINTS, NULL);
  g_autoptr (GError)      local = NULL;
  g_autoptr (JsonNode)    root = pd_json_parse (text, length, &pd_json_limits_answer, &local);

  self->rehearsal = TRUE;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    bad_file (error, local != NULL ? local->message : _("it must be a JSON object"), NULL);
    return NULL;
  }
  if (!read_file (self, json_node_get_object (root), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * pd_endpoints_set_practice:
 * @self: the endpoints
 * @base: the practice endpoint's address, such as `https://127.0.0.1:4431`
 * @ca_pem: the certificate that vouches for it
 *
 * Makes the practice environment reachable.
 */
void
pd_endpoints_set_practice (PdEndpoints *self,
                           const char  *base,
                           const char  *ca_pem)
{
  guint              practice = index_of (PD_ENVIRONMENT_PRACTICE);
  g_autoptr (GError) error = NULL;
  int                fd;

  for (guint i = 0; i < N_SERVICES; i++) {
    g_free (self->bases[practice][i]);
    self->bases[practice][i] = g_strdup (base);
  }
  drop_practice_ca (self);
  /* GTlsFileDatabase takes a path, and reads it when it is first used. The certificate is no secret. */
  fd = g_file_open_tmp ("paydesk-ca-XXXXXX.pem", &self->practice_ca, &error);
  if (fd < 0 || !g_close (fd, &error) || !g_file_set_contents (self->practice_ca, ca_pem, -1, &error))
    g_warning ("the practice endpoint’s certificate cannot be written: %s", error->message);
}

gboolean
pd_endpoints_is_rehearsal (PdEndpoints *self)
{
  return self->rehearsal;
}

/**
 * pd_endpoints_get_base:
 * @self: the endpoints
 * @environment: the environment
 * @service: the service
 * @error: %PD_ERROR_NOT_ALLOWED where that environment has no such service
 *
 * Returns: (transfer none) (nullable): scheme, host and port, without a final slash
 */
const char *
pd_endpoints_get_base (PdEndpoints    *self,
                       PdEnvironment   environment,
                       PdService       service,
                       GError        **error)
{
  const char *base = self->bases[index_of (environment)][service];

  if (base == NULL && environment == PD_ENVIRONMENT_PRACTICE && self->practice_ca == NULL)
    g_set_error_literal (error, PD_ERROR, PD_ERROR_NOT_ALLOWED, _("The practice endpoint is not running."));
  else if (base == NULL)
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_ALLOWED,
                 _("The file that PAYDESK_ENDPOINTS names has no server for “%s”, and nothing else is connected to."),
                 service_ids[service]);
  return base;
}

/**
 * pd_endpoints_get_connect:
 * @self: the endpoints
 * @host: a host name
 *
 * Returns: (transfer none) (nullable): where to connect instead, `address:port`
 */
const char *
pd_endpoints_get_connect (PdEndpoints *self,
                          const char  *host)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);

  return g_hash_table_lookup (self->connects, lower);
}

static gboolean
same_origin (GUri       *uri,
             const char *base)
{
  g_autoptr (GUri) other = base != NULL ? g_uri_parse (base, G_URI_FLAGS_NONE, NULL) : NULL;
  int              port = g_uri_get_port (uri);
  int              other_port = other != NULL ? g_uri_get_port (other) : 0;

  return other != NULL && g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (other)) == 0 &&
         (port == -1 ? 443 : port) == (other_port == -1 ? 443 : other_port);
}

/**
 * pd_endpoints_allows:
 * @self: the endpoints
 * @environment: the environment
 * @uri: where a connection would go
 *
 * Returns: whether it may be opened: HTTPS, and while a rehearsal is on only to the servers of its file
 */
gboolean
pd_endpoints_allows (PdEndpoints   *self,
                     PdEnvironment  environment,
                     GUri          *uri)
{
  if (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_host (uri) == NULL)
    return FALSE;
  for (guint i = 0; i < N_SERVICES; i++) {
    if (same_origin (uri, self->bases[index_of (environment)][i]))
      return TRUE;
  }
  return !self->rehearsal || pd_endpoints_get_connect (self, g_uri_get_host (uri)) != NULL;
}

/**
 * pd_endpoints_get_database:
 * @self: the endpoints
 * @environment: the environment
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the trust anchors for that environment; %NULL without an error: the system's
 */
GTlsDatabase *
pd_endpoints_get_database (PdEndpoints    *self,
                           PdEnvironment   environment,
                           GError        **error)
{
  if (environment == PD_ENVIRONMENT_PRACTICE && self->practice_ca != NULL)
    return G_TLS_DATABASE (g_tls_file_database_new (self->practice_ca, error));
  if (self->ca_file != NULL)
    return G_TLS_DATABASE (g_tls_file_database_new (self->ca_file, error));
  return NULL;
}
