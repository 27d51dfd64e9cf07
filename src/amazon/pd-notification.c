/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#include "pd-json.h"
#include "pd-notification-private.h"
#include "pd-response-private.h"

/* SNS does not deliver more than 256 KiB; headers come on top. */
#define MAX_TEXT   (512 * 1024)
#define MAX_DETAIL 300

struct _PdNotification
{
  GObject              parent_instance;
  PdNotificationFault  fault;
  char                *detail; /* of the fault */
  GHashTable          *headers; /* lower-case name → value; empty for a body alone */
  JsonNode            *envelope;
  GPtrArray           *envelope_members;
  PdNotificationInner *inner; /* or NULL */
};

G_DEFINE_FINAL_TYPE (PdNotification, pd_notification, G_TYPE_OBJECT)

static const char *const fault_ids[] = {
  [PD_NOTIFICATION_FINE] = NULL,
  [PD_NOTIFICATION_SYNTAX] = "syntax",
  [PD_NOTIFICATION_MEMBER] = "member",
  [PD_NOTIFICATION_KIND] = "type",
  [PD_NOTIFICATION_CERTIFICATE_URL] = "certificate url",
  [PD_NOTIFICATION_CERTIFICATE] = "certificate",
  [PD_NOTIFICATION_SIGNATURE_VERSION] = "signature version",
  [PD_NOTIFICATION_SIGNATURE] = "signature",
  [PD_NOTIFICATION_TOPIC] = "topic",
  [PD_NOTIFICATION_MERCHANT] = "merchant",
};

/* What a refusal means for an operator, and what to do about it. */
static const struct {
  const char *meaning;   /* translatable */
  const char *next_step; /* translatable */
} fault_texts[] = {
  [PD_NOTIFICATION_FINE] = { NULL, NULL },
  [PD_NOTIFICATION_SYNTAX] = {
    N_("This is not a whole notification, or it is written in a way that Amazon does not use."),
    N_("Copy the whole body again, from the first { to the last }, as it came in.") },
  [PD_NOTIFICATION_MEMBER] = {
    N_("A part that every notification has is missing or not as it must be."),
    N_("Look whether the body was cut off where it was copied from. If it came in like this, Amazon did not send it.") },
  [PD_NOTIFICATION_KIND] = {
    N_("Its kind is unknown, or the header names another kind than the body."),
    N_("Do not act on it. Header and body belong to different messages, or somebody else sent it.") },
  [PD_NOTIFICATION_CERTIFICATE_URL] = {
    N_("It wants to be checked with a certificate that is not on Amazon’s own server. Nothing was fetched from there."),
    N_("Do not act on it: it is forged. A receiver that fetches such an address can be deceived.") },
  [PD_NOTIFICATION_CERTIFICATE] = {
    N_("The certificate cannot be used for this message."),
    N_("Fetch the certificate from the address that the message names, or open that file.") },
  [PD_NOTIFICATION_SIGNATURE_VERSION] = {
    N_("It is signed in a way that is not known."),
    N_("Do not act on it. Amazon signs with version 1 or 2.") },
  [PD_NOTIFICATION_SIGNATURE] = {
    N_("The signature does not belong to this message: it was changed on its way, or somebody else signed it."),
    N_("Do not act on it. If it was copied by hand, copy the body again without changing a character.") },
  [PD_NOTIFICATION_TOPIC] = {
    N_("The header names another topic than the body."),
    N_("Do not act on it. The message was meant for somebody else, and sent on.") },
  [PD_NOTIFICATION_MERCHANT] = {
    N_("It is for another shop."),
    N_("Compare the Seller ID. If it is another shop’s, that shop’s notification URL in Seller Central leads here.") },
};

/* SNS "Verifying the signatures": the members of each kind, in the order in which they are signed. */
typedef struct {
  const char *kind;
  const char *required[10];
  const char *is_signed[8];
} Kind;

#define ALWAYS "Type", "MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL"

static const Kind kinds[] = {
  { "Notification", { ALWAYS }, { "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type" } },
  { "SubscriptionConfirmation", { ALWAYS, "Token", "SubscribeURL" },
    { "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type" } },
  { "UnsubscribeConfirmation", { ALWAYS, "Token", "SubscribeURL" },
    { "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type" } },
};

const char *
pd_notification_fault_to_id (PdNotificationFault fault)
{
  g_return_val_if_fail (fault < G_N_ELEMENTS (fault_ids), NULL);
  return fault_ids[fault];
}

/* What a refusal means, translated; NULL for %PD_NOTIFICATION_FINE. */
const char *
pd_notification_fault_get_meaning (PdNotificationFault fault)
{
  return fault != PD_NOTIFICATION_FINE ? _(fault_texts[fault].meaning) : NULL;
}

/* What to do about it, translated; NULL for %PD_NOTIFICATION_FINE. */
const char *
pd_notification_fault_get_next_step (PdNotificationFault fault)
{
  return fault != PD_NOTIFICATION_FINE ? _(fault_texts[fault].next_step) : NULL;
}

/* The first fault stays: later judgements rest on what came before. */
static void
fail (PdNotification      *self,
      PdNotificationFault  fault,
      const char          *detail)
{
  if (self->fault != PD_NOTIFICATION_FINE)
    return;
  self->fault = fault;
  self->detail = detail != NULL ? pd_response_make_harmless (detail, strlen (detail), MAX_DETAIL) : NULL;
}

static const Kind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_strcmp0 (kinds[i].kind, name) == 0)
      return &kinds[i];
  }
  return NULL;
}

static const char *
get_string (JsonNode   *node,
            const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? pd_json_get_string (json_node_get_object (node), name) : NULL;
}

/**
 * pd_notification_url_is_trusted:
 * @url: a SigningCertURL
 *
 * Only SNS's own hosts, spelled exactly, over HTTPS, without port, user, query or fragment, and a .pem file.
 *
 * Returns: whether a certificate may be fetched from there at all
 */
gboolean
pd_notification_url_is_trusted (const char *url)
{
  return g_regex_match_simple ("^https://sns\\.[a-zA-Z0-9-]{3,}\\.amazonaws\\.com(\\.cn)?/[A-Za-z0-9._/-]+\\.pem$",
                               url, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* A whole request: the lines before the first empty one are headers. Returns where the body begins. */
static const char *
take_headers (PdNotification *self,
              const char     *text)
{
  const char *body = text;

  while (g_ascii_isspace (*body))
    body++;
  if (*body == '{')
    return body;
  while (*body != '\0') {
    const char       *end = strchrnul (body, '\n');
    g_autofree char  *line = g_strndup (body, end - body);
    char             *colon = strchr (g_strstrip (line), ':');

    body = *end == '\n' ? end + 1 : end;
    if (*line == '\0')
      break;
    if (colon != NULL) {
      g_autofree char *lower = g_ascii_strdown (line, colon - line);
      const char      *name = g_strstrip (lower);
      const char      *value = g_strstrip (colon + 1);
      const char      *before = g_hash_table_lookup (self->headers, name);

      /* Said twice and differently: one reader would take the first, another the last. */
      if (before != NULL && !g_str_equal (before, value) && g_str_has_prefix (name, "x-amz-sns-"))
        fail (self, PD_NOTIFICATION_SYNTAX, name);
      g_hash_table_insert (self->headers, g_strdup (name), g_strdup (value));
    }
  }
  return body;
}

/* A confirmation's message is a sentence. */
static void
read_inner (PdNotification *self)
{
  const char *message = get_string (self->envelope, "Message");
  const char *where = NULL;

  if (message == NULL || g_strcmp0 (get_string (self->envelope, "Type"), "Notification") != 0)
    return;
  self->inner = pd_notification_inner_new (message, &where);
  if (self->inner == NULL)
    fail (self, PD_NOTIFICATION_SYNTAX, where);
}

/* What stands in the envelope, but for the message, which is read on its own. */
static void
list_envelope (PdNotification *self)
{
  JsonObjectIter  iter;
  const char     *name;
  JsonNode       *node;

  json_object_iter_init_ordered (&iter, json_node_get_object (self->envelope));
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                           ? json_node_dup_string (node) : pd_json_to_string (node, FALSE);

    if (!g_str_equal (name, "Message") || self->inner == NULL)
      g_ptr_array_add (self->envelope_members, pd_notification_member_new (name, value));
  }
}

static void
judge_envelope (PdNotification *self)
{
  const Kind *kind = find_kind (get_string (self->envelope, "Type"));
  const char *header_kind = g_hash_table_lookup (self->headers, "x-amz-sns-message-type");
  const char *header_topic = g_hash_table_lookup (self->headers, "x-amz-sns-topic-arn");
  const char *header_id = g_hash_table_lookup (self->headers, "x-amz-sns-message-id");
  const char *version;

  if (get_string (self->envelope, "Type") == NULL) {
    fail (self, PD_NOTIFICATION_MEMBER, "Type");
    return;
  }
  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (kind->required) && kind->required[i] != NULL; i++) {
    if (get_string (self->envelope, kind->required[i]) == NULL) {
      fail (self, PD_NOTIFICATION_MEMBER, kind->required[i]);
      return;
    }
  }
  if (kind == NULL || (header_kind != NULL && g_strcmp0 (header_kind, kind->kind) != 0)) {
    fail (self, PD_NOTIFICATION_KIND, header_kind != NULL ? header_kind : get_string (self->envelope, "Type"));
    return;
  }
  if (!pd_notification_url_is_trusted (get_string (self->envelope, "SigningCertURL"))) {
    fail (self, PD_NOTIFICATION_CERTIFICATE_URL, get_string (self->envelope, "SigningCertURL"));
    return;
  }
  version = get_string (self->envelope, "SignatureVersion");
  if (g_strcmp0 (version, "1") != 0 && g_strcmp0 (version, "2") != 0) {
    fail (self, PD_NOTIFICATION_SIGNATURE_VERSION, version);
    return;
  }
  if (header_topic != NULL && g_strcmp0 (header_topic, get_string (self->envelope, "TopicArn")) != 0) {
    fail (self, PD_NOTIFICATION_TOPIC, header_topic);
    return;
  }
  if (header_id != NULL && g_strcmp0 (header_id, get_string (self->envelope, "MessageId")) != 0)
    fail (self, PD_NOTIFICATION_MEMBER, "MessageId");
}

static void
pd_notification_finalize (GObject *object)
{
  PdNotification *self = PD_NOTIFICATION (object);

  g_free (self->detail);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->envelope, json_node_unref);
  g_ptr_array_unref (self->envelope_members);
  g_clear_pointer (&self->inner, pd_notification_inner_free);
  G_OBJECT_CLASS (pd_notification_parent_class)->finalize (object);
}

static void
pd_notification_class_init (PdNotificationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_notification_finalize;
}

static void
pd_notification_init (PdNotification *self)
{
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->envelope_members = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_notification_member_free);
}

/**
 * pd_notification_new:
 * @text: the JSON body, or a whole HTTP request with its headers
 * @length: its length in bytes
 *
 * Reads a notification of Amazon SNS and the message of Amazon Pay within, of either generation.
 *
 * Returns: (transfer full): the notification; pd_notification_get_fault() says what is wrong with it
 */
PdNotification *
pd_notification_new (const char *text,
                     gsize       length)
{
  PdNotification    *self = g_object_new (PD_TYPE_NOTIFICATION, NULL);
  g_autofree char   *copy = NULL;
  g_autoptr (GError) error = NULL;

  if (length > MAX_TEXT || memchr (text, '\0', length) != NULL) {
    fail (self, PD_NOTIFICATION_SYNTAX, NULL);
    return self;
  }
  copy = g_strndup (text, length);
  self->envelope = pd_json_parse (take_headers (self, copy), -1, &pd_json_limits_answer, &error);
  if (self->envelope == NULL || !JSON_NODE_HOLDS_OBJECT (self->envelope)) {
    fail (self, PD_NOTIFICATION_SYNTAX, error != NULL ? error->message : NULL);
    return self;
  }
  judge_envelope (self);
  read_inner (self);
  list_envelope (self);
  return self;
}

PdNotificationFault
pd_notification_get_fault (PdNotification *self)
{
  return self->fault;
}

/**
 * pd_notification_dup_why:
 * @self: a notification
 *
 * Returns: (transfer full) (nullable): the fault's id and, where there is one, what it concerns
 */
char *
pd_notification_dup_why (PdNotification *self)
{
  const char *id = pd_notification_fault_to_id (self->fault);

  if (id == NULL)
    return NULL;
  return self->detail != NULL ? g_strdup_printf ("%s: %s", id, self->detail) : g_strdup (id);
}

const char *
pd_notification_get_kind (PdNotification *self)
{
  return get_string (self->envelope, "Type");
}

const char *
pd_notification_get_member (PdNotification *self,
                            const char     *name)
{
  return get_string (self->envelope, name);
}

const char *
pd_notification_get_generation (PdNotification *self)
{
  return self->inner != NULL ? self->inner->generation : NULL;
}

const char *
pd_notification_get_merchant_id (PdNotification *self)
{
  return self->inner != NULL ? self->inner->merchant_id : NULL;
}

const char *
pd_notification_get_object_type (PdNotification *self)
{
  return self->inner != NULL ? self->inner->object_type : NULL;
}

const char *
pd_notification_get_object_id (PdNotification *self)
{
  return self->inner != NULL ? self->inner->object_id : NULL;
}

/* (transfer none) (nullable) (element-type PdNotificationMember): what the message of Amazon Pay says */
GPtrArray *
pd_notification_get_members (PdNotification *self)
{
  return self->inner != NULL ? self->inner->members : NULL;
}

/* (transfer none) (element-type PdNotificationMember): what stands in SNS's envelope around it */
GPtrArray *
pd_notification_get_envelope (PdNotification *self)
{
  return self->envelope_members;
}

/**
 * pd_notification_get_sense:
 * @self: a notification
 *
 * Returns: (nullable): what it comes to, in a sentence or two, translated
 */
const char *
pd_notification_get_sense (PdNotification *self)
{
  if (self->inner != NULL)
    return pd_notification_sense_lookup (self->inner->kind, self->inner->object_type);
  return pd_notification_sense_lookup (get_string (self->envelope, "Type"), NULL);
}

/**
 * pd_notification_get_string_to_sign:
 * @self: a notification whose kind is known
 *
 * Returns: (transfer full): the text that SNS signed: name and value of each signed member that is present, a line each
 */
char *
pd_notification_get_string_to_sign (PdNotification *self)
{
  const Kind *kind = find_kind (get_string (self->envelope, "Type"));
  GString    *out = g_string_new (NULL);

  for (guint i = 0; kind != NULL && kind->is_signed[i] != NULL; i++) {
    const char *value = get_string (self->envelope, kind->is_signed[i]);

    if (value != NULL)
      g_string_append_printf (out, "%s\n%s\n", kind->is_signed[i], value);
  }
  return g_string_free (out, FALSE);
}

/* Only the end counts: whoever gives a certificate vouches for it, and one made anew after the message signs it as well. */
static gboolean
has_expired_at (X509      *certificate,
                GDateTime *when)
{
  time_t seconds = (time_t) g_date_time_to_unix (when);

  return X509_cmp_time (X509_get0_notAfter (certificate), &seconds) <= 0;
}

/* The one way of writing it: GLib's decoder passes over whatever is no Base64, and so would a second text have the same signature. */
static guint8 *
decode_signature (const char *text,
                  gsize      *length)
{
  guint8          *bytes = g_base64_decode (text, length);
  g_autofree char *again = g_base64_encode (bytes, *length);

  if (*length > 0 && g_str_equal (again, text))
    return bytes;
  g_free (bytes);
  return NULL;
}

/* A library context of its own is not bound by the system's policy, which may forbid SHA-1; version 1 is signed with it. */
static gboolean
verify_signature (PdNotification *self,
                  X509           *certificate,
                  OSSL_LIB_CTX   *context)
{
  const char       *version = get_string (self->envelope, "SignatureVersion");
  g_autofree char  *string = pd_notification_get_string_to_sign (self);
  gsize             length = 0;
  g_autofree guint8 *signature = decode_signature (get_string (self->envelope, "Signature"), &length);
  EVP_MD_CTX       *verifier = EVP_MD_CTX_new ();
  EVP_PKEY         *key = X509_get0_pubkey (certificate);
  gboolean          good;

  good = signature != NULL && key != NULL && EVP_PKEY_is_a (key, "RSA") &&
         EVP_DigestVerifyInit_ex (verifier, NULL, g_str_equal (version, "1") ? "SHA1" : "SHA256", context, NULL, key, NULL) == 1 &&
         EVP_DigestVerify (verifier, signature, length, (const guint8 *) string, strlen (string)) == 1;
  EVP_MD_CTX_free (verifier);
  return good;
}

/**
 * pd_notification_verify:
 * @self: a notification
 * @certificate: a certificate in PEM form, trusted as it is
 * @length: its length in bytes
 *
 * Checks the signature: RSA PKCS #1 v1.5 over pd_notification_get_string_to_sign(), with SHA-1 for version 1 and SHA-256 for
 * version 2 (SNS, "Verifying the signatures"). The certificate's dates are judged at the message's Timestamp.
 *
 * Returns: the fault, old or new
 */
PdNotificationFault
pd_notification_verify (PdNotification *self,
                        const char     *certificate,
                        gsize           length)
{
  g_autoptr (GDateTime) when = NULL;
  OSSL_LIB_CTX         *context;
  X509                 *x509;

  if (self->fault != PD_NOTIFICATION_FINE)
    return self->fault;
  context = OSSL_LIB_CTX_new ();
  x509 = pd_notification_certificate_read (certificate, length, context);
  when = g_date_time_new_from_iso8601 (get_string (self->envelope, "Timestamp"), NULL);
  if (x509 == NULL)
    fail (self, PD_NOTIFICATION_CERTIFICATE, _("not a certificate in PEM form"));
  else if (when == NULL)
    fail (self, PD_NOTIFICATION_MEMBER, "Timestamp");
  else if (has_expired_at (x509, when))
    fail (self, PD_NOTIFICATION_CERTIFICATE, _("expired at the time of the message"));
  else if (!verify_signature (self, x509, context))
    fail (self, PD_NOTIFICATION_SIGNATURE, NULL);
  X509_free (x509);
  OSSL_LIB_CTX_free (context);
  return self->fault;
}

/**
 * pd_notification_match_merchant:
 * @self: a notification
 * @seller_id: the shop's Seller ID
 *
 * Returns: the fault, old or new: %PD_NOTIFICATION_MERCHANT where the message names another merchant
 */
PdNotificationFault
pd_notification_match_merchant (PdNotification *self,
                                const char     *seller_id)
{
  const char *merchant_id = pd_notification_get_merchant_id (self);

  if (merchant_id != NULL && g_strcmp0 (merchant_id, seller_id) != 0)
    fail (self, PD_NOTIFICATION_MERCHANT, merchant_id);
  return self->fault;
}
