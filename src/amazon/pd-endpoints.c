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
#include "pd-loopback.h"

#define MAX_FILE       (1024 * 1024)
#define N_SERVICES     (PD_SERVICE_AUTHORIZE + 1)
#define N_ENVIRONMENTS 3

struct _PdEndpoints
{
  GObject       parent_instance;
  gboolean      rehearsal;
  char         *bases[N_ENVIRONMENTS][N_SERVICES];
  GHashTable   *hosts; /* name → GNetworkAddress on this computer */
  GHashTable   *practice_hosts; /* names that lead to the practice endpoint */
  GTlsDatabase *database;
  char         *practice_ca; /* path */
  GTlsDatabase *practice_database;
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
bad_file (GError     **error,
          const char  *what,
          const char  *value)
{
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The file that PAYDESK_ENDPOINTS names cannot be used: %s (%s)."), what,
               value != NULL ? value : "–");
  return FALSE;
}

/* Nothing that two readers of an address could understand differently. */
static gboolean
is_plain (const char *text)
{
  for (const char *c = text; *c != '\0'; c++) {
    if (!g_ascii_isgraph (*c) || *c == '%' || *c == '\\')
      return FALSE;
  }
  return TRUE;
}

/* Scheme, loopback host and port, and nothing more; a final slash is dropped. */
static char *
read_base (const char  *text,
           GError     **error)
{
  g_autoptr (GUri) uri = text != NULL && is_plain (text) ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;
  const char      *path = uri != NULL ? g_uri_get_path (uri) : NULL;
  char            *base;

  if (uri == NULL || !g_str_has_prefix (text, "https://") || g_uri_get_userinfo (uri) != NULL || g_uri_get_port (uri) == 0 ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL || (*path != '\0' && !g_str_equal (path, "/"))) {
    bad_file (error, _("an address must be https://, a host and a port"), text);
    return NULL;
  }
  if (!pd_loopback_is_host (g_uri_get_host (uri))) {
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
    g_autoptr (GSocketConnectable) address = target != NULL && is_plain (target) ? g_network_address_parse (target, 443, NULL) : NULL;
    g_autofree char               *ascii = g_hostname_to_ascii (name);

    if (address == NULL || !pd_loopback_is_host (g_network_address_get_hostname (G_NETWORK_ADDRESS (address))) ||
        g_network_address_get_port (G_NETWORK_ADDRESS (address)) == 0)
      return bad_file (error, _("only addresses of this computer are accepted"), target);
    if (ascii == NULL || *ascii == '\0')
      return bad_file (error, _("this is not a host’s name"), name);
    g_hash_table_insert (self->hosts, g_steal_pointer (&ascii), g_steal_pointer (&address));
  }
  return TRUE;
}

/* GTlsFileDatabase takes what is no certificate for none at all, and reads its file again when it is first used. */
static GTlsDatabase *
read_database (const char  *path,
               GError     **error)
{
  g_autoptr (GError) local = NULL;
  GList             *certificates = g_tls_certificate_list_new_from_file (path, &local);

  if (certificates == NULL) {
    if (local == NULL)
      g_set_error_literal (&local, PD_ERROR, PD_ERROR_BAD_INPUT, _("“ca” holds no certificate"));
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  g_list_free_full (certificates, g_object_unref);
  return G_TLS_DATABASE (g_tls_file_database_new (path, error));
}

static void
drop_practice_ca (PdEndpoints *self)
{
  g_clear_object (&self->practice_database);
  if (self->practice_ca != NULL)
    g_unlink (self->practice_ca);
  g_clear_pointer (&self->practice_ca, g_free);
}

static gboolean
read_ca (PdEndpoints  *self,
         const char   *path,
         GError      **error)
{
  g_autoptr (GError) local = NULL;

  if (path == NULL || !g_path_is_absolute (path) || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return bad_file (error, _("“ca” must be the absolute path of a file"), path);
  self->database = read_database (path, &local);
  return self->database != NULL || bad_file (error, local->message, path);
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
      if (!read_ca (self, JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL, error))
        return FALSE;
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
pd_endpoints_finalize (GObject *object)
{
  PdEndpoints *self = PD_ENDPOINTS (object);

  for (guint i = 0; i < N_ENVIRONMENTS; i++) {
    for (guint j = 0; j < N_SERVICES; j++)
      g_free (self->bases[i][j]);
  }
  g_hash_table_unref (self->hosts);
  g_hash_table_unref (self->practice_hosts);
  g_clear_object (&self->database);
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
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->practice_hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  const char         *file = g_getenv ("PAYDESK_ENDPOINTS");
  g_autofree char    *text = NULL;
  g_autoptr (GError)  local = NULL;
  GStatBuf            state;
  gsize               length;
  PdEndpoints        *self;

  if (file != NULL && *file != '\0') {
    if (g_stat (file, &state) == 0 && (!S_ISREG (state.st_mode) || state.st_size > MAX_FILE)) {
      bad_file (error, _("it must be a JSON object"), file);
      return NULL;
    }
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
  /* GTlsFileDatabase takes a path. The certificate is no secret. */
  fd = g_file_open_tmp ("paydesk-ca-XXXXXX.pem", &self->practice_ca, &error);
  if (fd < 0 || !g_close (fd, &error) || !g_file_set_contents (self->practice_ca, ca_pem, -1, &error))
    g_warning ("the practice endpoint’s certificate cannot be written: %s", error->message);
}

/**
 * pd_endpoints_add_practice_hosts:
 * @self: the endpoints
 * @hosts: (array zero-terminated=1): the hosts of a practice shop's pages
 *
 * Has these names lead to the practice endpoint in the practice environment.
 */
void
pd_endpoints_add_practice_hosts (PdEndpoints       *self,
                                 const char *const *hosts)
{
  for (guint i = 0; hosts[i] != NULL; i++) {
    char *ascii = g_hostname_to_ascii (hosts[i]);

    if (ascii != NULL)
      g_hash_table_add (self->practice_hosts, ascii);
  }
}

gboolean
pd_endpoints_is_complete (PdEndpoints   *self,
                          PdEnvironment  environment)
{
  return environment == PD_ENVIRONMENT_PRACTICE && g_hash_table_size (self->practice_hosts) > 0;
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

/* (transfer full) (nullable): where that name leads on this computer, by the file or in practice. */
static GSocketConnectable *
find_host (PdEndpoints   *self,
           PdEnvironment  environment,
           GUri          *uri)
{
  const char      *host = g_uri_get_host (uri);
  g_autofree char *lower = g_ascii_strdown (host, -1);
  GNetworkAddress *mapped = g_hash_table_lookup (self->hosts, lower);
  const char      *base = self->bases[index_of (PD_ENVIRONMENT_PRACTICE)][PD_SERVICE_PAY_V2];

  if (environment == PD_ENVIRONMENT_PRACTICE && base != NULL && g_hash_table_contains (self->practice_hosts, lower)) {
    g_autoptr (GUri) practice = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);

    return G_SOCKET_CONNECTABLE (pd_loopback_new (host, g_uri_get_host (practice), (guint16) g_uri_get_port (practice)));
  }
  if (mapped == NULL)
    return NULL;
  return G_SOCKET_CONNECTABLE (pd_loopback_new (host, g_network_address_get_hostname (mapped), g_network_address_get_port (mapped)));
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
 * Returns: whether it may be opened: HTTPS to one of that environment's servers, or else to a page of the shop's own, unless
 *   the run is practice or a rehearsal whose file does not name the host
 */
gboolean
pd_endpoints_allows (PdEndpoints   *self,
                     PdEnvironment  environment,
                     GUri          *uri)
{
  g_autoptr (GSocketConnectable) found = NULL;

  if (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_host (uri) == NULL)
    return FALSE;
  for (guint i = 0; i < N_SERVICES; i++) {
    if (same_origin (uri, self->bases[index_of (environment)][i]))
      return TRUE;
  }
  found = find_host (self, environment, uri);
  return found != NULL || (!self->rehearsal && environment != PD_ENVIRONMENT_PRACTICE);
}

/**
 * pd_endpoints_get_connectable:
 * @self: the endpoints
 * @environment: the environment
 * @uri: an address that pd_endpoints_allows()
 *
 * Returns: (transfer full) (nullable): what to connect to instead of asking for the name: in practice and in a rehearsal, which
 *   by that cannot leave this computer; %NULL: whatever the name's address is
 */
GSocketConnectable *
pd_endpoints_get_connectable (PdEndpoints   *self,
                              PdEnvironment  environment,
                              GUri          *uri)
{
  const char         *host = g_uri_get_host (uri);
  int                 port = g_uri_get_port (uri);
  GSocketConnectable *found = find_host (self, environment, uri);

  if (found != NULL)
    return found;
  if (self->rehearsal || environment == PD_ENVIRONMENT_PRACTICE)
    return G_SOCKET_CONNECTABLE (pd_loopback_new (host, host, port > 0 ? (guint16) port : 443));
  return NULL;
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
  if (environment == PD_ENVIRONMENT_PRACTICE && self->practice_ca != NULL) {
    if (self->practice_database == NULL)
      self->practice_database = read_database (self->practice_ca, error);
    return self->practice_database != NULL ? g_object_ref (self->practice_database) : NULL;
  }
  return self->database != NULL ? g_object_ref (self->database) : NULL;
}
