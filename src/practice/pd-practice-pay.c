/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-json.h"
#include "pd-practice-pay.h"
#include "pd-practice-session.h"
#include "pd-practice-verify.h"

/* Past these the oldest is forgotten: a server that runs for days stays small. */
#define MAX_SESSIONS  1000
#define MAX_KEYS      1000
#define TOKEN_SECONDS (60 * 60)

typedef struct {
  char   *owner; /* Store ID and environment */
  GBytes *text;
} Session;

/* The answer that was given to an idempotency key. */
typedef struct {
  char   *body_hash;
  guint   status;
  GBytes *text;
} Saved;

struct _PdPracticePay
{
  PdPracticeRegistry *registry;
  GHashTable         *sessions;      /* id → Session */
  GQueue              session_ids;   /* oldest first; the table's keys */
  GHashTable         *saved;         /* owner, a line break, idempotency key → Saved */
  GQueue              saved_keys;
  char               *token_secret;  /* signs the authorization tokens of this run */
};

typedef void (* Operation) (PdPracticePay          *self,
                            PdPracticeExchange     *exchange,
                            const PdPracticeCaller *caller,
                            const char             *argument);

static void
session_free (Session *session)
{
  g_free (session->owner);
  g_bytes_unref (session->text);
  g_free (session);
}

static void
saved_free (Saved *saved)
{
  g_free (saved->body_hash);
  g_bytes_unref (saved->text);
  g_free (saved);
}

/* Puts a value under a key; forgets the oldest where there are too many. */
static void
keep (GHashTable *table,
      GQueue     *order,
      guint       most,
      char       *key,
      gpointer    value)
{
  g_queue_push_tail (order, key);
  g_hash_table_insert (table, key, value);
  if (g_queue_get_length (order) > most)
    g_hash_table_remove (table, g_queue_pop_head (order));
}

static char *
describe_owner (const PdPracticeCaller *caller)
{
  return g_strdup_printf ("%s %s", caller->merchant->store_id, caller->live ? "live" : "sandbox");
}

static void
answer_bytes (PdPracticeExchange *exchange,
              guint               status,
              GBytes             *text)
{
  exchange->status = status;
  exchange->content_type = "application/json";
  g_clear_pointer (&exchange->answer, g_bytes_unref);
  exchange->answer = g_bytes_ref (text);
}

static void
create_session (PdPracticePay          *self,
                PdPracticeExchange     *exchange,
                const PdPracticeCaller *caller,
                const char             *argument)
{
  g_autofree char        *owner = describe_owner (caller);
  g_autofree char        *key = g_strdup_printf ("%s\n%s", owner, pd_practice_exchange_get_header (exchange, "x-amz-pay-idempotency-key"));
  g_autofree char        *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, exchange->body);
  g_autofree char        *id = g_uuid_string_random ();
  g_autoptr (JsonObject)  request = NULL;
  g_autoptr (JsonNode)    json = NULL;
  Saved                  *saved = g_hash_table_lookup (self->saved, key);
  Session                *session;

  /* API v2, "Idempotency": same key and body, the saved answer; same key and another body, an error. */
  if (saved != NULL && g_str_equal (saved->body_hash, hash)) {
    answer_bytes (exchange, 200, saved->text);
    return;
  }
  if (saved != NULL) {
    pd_practice_exchange_refuse (exchange, "DuplicateIdempotencyKey",
                                 "The value provided for 'x-amz-pay-idempotency-key' was used before with another request.");
    return;
  }
  request = pd_practice_session_read (exchange, caller);
  if (request == NULL)
    return;
  json = pd_practice_session_open (exchange, caller, request, id);
  pd_practice_exchange_answer (exchange, 201, json);

  session = g_new0 (Session, 1);
  session->owner = g_steal_pointer (&owner);
  session->text = g_bytes_ref (exchange->answer);
  keep (self->sessions, &self->session_ids, MAX_SESSIONS, g_steal_pointer (&id), session);
  saved = g_new0 (Saved, 1);
  saved->body_hash = g_steal_pointer (&hash);
  saved->status = exchange->status;
  saved->text = g_bytes_ref (exchange->answer);
  keep (self->saved, &self->saved_keys, MAX_KEYS, g_steal_pointer (&key), saved);
}

static void
get_session (PdPracticePay          *self,
             PdPracticeExchange     *exchange,
             const PdPracticeCaller *caller,
             const char             *argument)
{
  g_autofree char *owner = describe_owner (caller);
  Session         *session = g_hash_table_lookup (self->sessions, argument);

  if (session != NULL && g_str_equal (session->owner, owner))
    answer_bytes (exchange, 200, session->text);
  else
    pd_practice_exchange_refuse (exchange, "ResourceNotFound", "The checkout session '%s' was not found.", argument);
}

static char *
encode_part (const char *text)
{
  char *part = g_base64_encode ((const guint8 *) text, strlen (text));

  g_strdelimit (part, "+", '-');
  g_strdelimit (part, "/", '_');
  g_strdelimit (part, "=", '\0');
  return part;
}

static char *
sign_token (PdPracticePay *self,
            const char    *payload)
{
  g_autofree char *header = encode_part ("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
  g_autofree char *signed_part = g_strdup_printf ("%s.%s", header, payload);
  g_autofree char *signature = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *) self->token_secret,
                                                          strlen (self->token_secret), signed_part, -1);
  g_autofree char *last = encode_part (signature);

  return g_strdup_printf ("%s.%s", signed_part, last);
}

/* The payload of a token: for whom, and until when (seconds since 1970). */
static char *
make_token (PdPracticePay *self,
            const char    *merchant_id,
            gint64         expires)
{
  g_autofree char *text = g_strdup_printf ("{\"merchantId\":\"%s\",\"exp\":%" G_GINT64_FORMAT "}", merchant_id, expires);
  g_autofree char *payload = encode_part (text);

  return sign_token (self, payload);
}

static gboolean
is_good_token (PdPracticePay      *self,
               PdPracticeExchange *exchange,
               const char         *token)
{
  g_auto (GStrv)       parts = g_strsplit (token, ".", -1);
  g_autofree char     *expected = NULL;
  g_autofree char     *padded = NULL;
  g_autofree guint8   *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize                length;

  if (g_strv_length (parts) != 3)
    return FALSE;
  expected = sign_token (self, parts[1]);
  if (!g_str_equal (expected, token))
    return FALSE;
  padded = g_strconcat (parts[1], "===", NULL);
  padded[strlen (parts[1]) + (4 - strlen (parts[1]) % 4) % 4] = '\0';
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  text = g_base64_decode (padded, &length);
  node = pd_json_parse ((const char *) text, (gssize) length, &pd_json_limits_answer, NULL);
  return node != NULL && json_object_get_int_member_with_default (json_node_get_object (node), "exp", 0) > g_date_time_to_unix (exchange->now);
}

/* API v2, "Delegated authorization": the token that a merchant granted, for one that signs calls; live only. */
static void
get_token (PdPracticePay          *self,
           PdPracticeExchange     *exchange,
           const PdPracticeCaller *caller,
           const char             *argument)
{
  g_autoptr (GHashTable)         query = pd_practice_exchange_read_query (exchange);
  GPtrArray                     *values = g_hash_table_lookup (query, "merchantId");
  const char                    *merchant_id = values != NULL ? g_ptr_array_index (values, 0) : NULL;
  g_autoptr (PdPracticeMerchant) merchant = NULL;
  g_autofree char               *hash = pd_secret_hash (argument);
  g_autofree char               *token = NULL;
  JsonObject                    *object;
  g_autoptr (JsonNode)           node = NULL;

  if (!caller->live) {
    pd_practice_exchange_refuse (exchange, "RequestNotSupported", "Authorization tokens are not offered in the sandbox.");
    return;
  }
  if (merchant_id == NULL || *merchant_id == '\0') {
    pd_practice_exchange_refuse (exchange, "MissingParameterValue", "The parameter 'merchantId' is missing.");
    return;
  }
  merchant = pd_practice_registry_find_by_merchant_id (self->registry, merchant_id);
  if (merchant == NULL) {
    pd_practice_exchange_refuse (exchange, "InvalidParameterValue", "The value '%s' provided for 'merchantId' is invalid.", merchant_id);
    return;
  }
  if (g_strcmp0 (merchant->mws_auth_token_hash, hash) != 0) {
    pd_practice_exchange_refuse (exchange, "InvalidParameterValue", "The value provided for 'mwsAuthToken' is invalid.");
    return;
  }
  token = make_token (self, merchant_id, g_date_time_to_unix (exchange->now) + TOKEN_SECONDS);
  object = json_object_new ();
  json_object_set_string_member (object, "authorizationToken", token);
  node = json_node_init_object (json_node_alloc (), object);
  pd_practice_exchange_answer (exchange, 200, node);
}

/* What can be called. `argument`: whether one more part of the path follows. */
static const struct {
  const char *resource;
  gboolean    argument;
  const char *method;
  Operation   operation;
} operations[] = {
  { "checkoutSessions", FALSE, "POST", create_session },
  { "checkoutSessions", TRUE, "GET", get_session },
  { "authorizationTokens", TRUE, "GET", get_token },
};

static void
call_operation (PdPracticePay          *self,
                PdPracticeExchange     *exchange,
                const PdPracticeCaller *caller,
                const char             *resource)
{
  const char *slash = strchr (resource, '/');
  gsize       length = slash != NULL ? (gsize) (slash - resource) : strlen (resource);
  const char *argument = slash != NULL && slash[1] != '\0' && strchr (slash + 1, '/') == NULL ? slash + 1 : NULL;
  gboolean    known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++) {
    if (strlen (operations[i].resource) != length || strncmp (operations[i].resource, resource, length) != 0 ||
        operations[i].argument != (argument != NULL) || (slash != NULL && argument == NULL))
      continue;
    known = TRUE;
    if (g_str_equal (operations[i].method, exchange->method)) {
      operations[i].operation (self, exchange, caller, argument);
      return;
    }
  }
  if (known)
    pd_practice_exchange_refuse (exchange, "UnsupportedOperation", "The operation '%s' is not supported for this resource.", exchange->method);
  else
    pd_practice_exchange_refuse (exchange, "ResourceNotFound", "There is no resource '%s'.", resource);
}

static gboolean
check_extras (PdPracticePay          *self,
              PdPracticeExchange     *exchange,
              const PdPracticeCaller *caller)
{
  const char *token = pd_practice_exchange_get_header (exchange, "x-amz-pay-authtoken");
  const char *simulation = pd_practice_exchange_get_header (exchange, "x-amz-pay-simulation-code");

  if (token != NULL && !is_good_token (self, exchange, token))
    return pd_practice_exchange_refuse (exchange, "InvalidAuthorizationToken", "The value provided for 'x-amz-pay-authtoken' is invalid or has expired.");
  if (simulation != NULL) {
    const PdPracticeReason *reason = pd_practice_reason_find (simulation);

    if (caller->live || reason == NULL || reason->status != 422)
      return pd_practice_exchange_refuse (exchange, "InvalidSandboxSimulationSpecified", "The simulation '%s' is not allowed here.", simulation);
    return pd_practice_exchange_refuse (exchange, reason->code, "%s", reason->message);
  }
  return TRUE;
}

/* Splits `/sandbox/v2/checkoutSessions` into the part before the version, the version's number, and what follows it. */
static gboolean
split_path (const char  *path,
            char       **prefix,
            int         *version,
            char       **resource)
{
  g_autoptr (GRegex)     regex = g_regex_new ("^(|/sandbox|/live)/v([0-9]{1,4})/(.*)$", G_REGEX_DOLLAR_ENDONLY | G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char       *number = NULL;

  if (!g_regex_match (regex, path, 0, &match))
    return FALSE;
  *prefix = g_match_info_fetch (match, 1);
  number = g_match_info_fetch (match, 2);
  *version = atoi (number);
  *resource = g_match_info_fetch (match, 3);
  return TRUE;
}

PdPracticePay *
pd_practice_pay_new (PdPracticeRegistry *registry)
{
  PdPracticePay *self = g_new0 (PdPracticePay, 1);

  self->registry = registry;
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) session_free);
  self->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) saved_free);
  self->token_secret = g_uuid_string_random ();
  return self;
}

void
pd_practice_pay_free (PdPracticePay *self)
{
  g_queue_clear (&self->session_ids);
  g_queue_clear (&self->saved_keys);
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->saved);
  g_free (self->token_secret);
  g_free (self);
}

/**
 * pd_practice_pay_serves:
 * @path: a path, decoded
 *
 * Returns: whether it is one of API v2, of whichever version
 */
gboolean
pd_practice_pay_serves (const char *path)
{
  return g_regex_match_simple ("^(|/sandbox|/live)/v[0-9]{1,4}/", path, 0, 0);
}

/**
 * pd_practice_pay_answer:
 * @self: API v2
 * @exchange: a request to it, which will have been answered
 *
 * The order of what is looked at follows from what Amazon's answers tell: headers, clock, key, signature, then what is asked for.
 */
void
pd_practice_pay_answer (PdPracticePay      *self,
                        PdPracticeExchange *exchange)
{
  g_auto (PdPracticeCaller) caller = { 0 };
  g_autofree char          *prefix = NULL;
  g_autofree char          *resource = NULL;
  int                       version;

  if (!split_path (exchange->path, &prefix, &version, &resource))
    pd_practice_exchange_refuse (exchange, "ResourceNotFound", "There is no resource '%s'.", exchange->path);
  else if (version != 2)
    pd_practice_exchange_refuse (exchange, "InvalidAPIVersion", "The version 'v%d' of the API is not served.", version);
  else if (pd_practice_verify (exchange, self->registry, prefix, &caller) && check_extras (self, exchange, &caller))
    call_operation (self, exchange, &caller, resource);
}
