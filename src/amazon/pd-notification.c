/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "pd-json.h"
#include "pd-notification.h"

/* SNS does not deliver more than 256 KiB; headers come on top. */
#define MAX_TEXT (512 * 1024)

struct _PdNotification
{
  GObject              parent_instance;
  PdNotificationFault  fault;
  char                *detail; /* of the fault */
  GHashTable          *headers; /* lower-case name → value; empty for a body alone */
  JsonNode            *envelope;
  JsonNode            *inner;
  const char          *generation;
  char                *merchant_id;
  char                *object_type;
  char                *object_id;
  GPtrArray           *members;
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

/* What the members of the inner message mean; amazon-pay API v2 and the legacy notifications. */
static const struct {
  const char *name;
  const char *meaning;
} meanings[] = {
  { "MerchantID", N_("The Seller ID of the shop that the notification is for") },
  { "SellerId", N_("The Seller ID of the shop that the notification is for") },
  { "ObjectType", N_("What kind of thing changed: a charge permission, a charge, a refund or a chargeback") },
  { "ObjectId", N_("The ID of the thing that changed") },
  { "ChargePermissionId", N_("The charge permission that it belongs to: the order’s reference at Amazon") },
  { "ChargePermissionType", N_("Whether the buyer agreed to one payment or to recurring ones") },
  { "NotificationType", N_("What happened") },
  { "NotificationId", N_("For tracking only") },
  { "NotificationVersion", N_("The version of the notification’s form, not of the API") },
  { "NotificationReferenceId", N_("For tracking only") },
  { "MarketplaceID", N_("The marketplace, in Japan that of amazon.co.jp") },
  { "ReleaseEnvironment", N_("Whether it comes from the sandbox or from production") },
  { "Version", N_("The version of the legacy API") },
  { "Timestamp", N_("When it was made, in UTC") },
  { "IsSample", N_("Sent by the test button, not by an order") },
  { "NotificationData", N_("The details, as an XML document") },
};

const char *
pd_notification_fault_to_id (PdNotificationFault fault)
{
  g_return_val_if_fail (fault < G_N_ELEMENTS (fault_ids), NULL);
  return fault_ids[fault];
}

static void
member_free (PdNotificationMember *member)
{
  g_free (member->name);
  g_free (member->value);
  g_free (member->meaning);
  g_free (member);
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
  self->detail = g_strdup (detail);
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
    char             *colon = strchr (line, ':');

    body = *end == '\n' ? end + 1 : end;
    g_strstrip (line);
    if (*line == '\0')
      break;
    if (colon != NULL) {
      g_autofree char *name = g_ascii_strdown (line, colon - line);

      g_hash_table_insert (self->headers, g_strdup (g_strstrip (name)), g_strdup (g_strstrip (colon + 1)));
    }
  }
  return body;
}

static void
add_member (PdNotification *self,
            const char     *name,
            const char     *value)
{
  PdNotificationMember *member = g_new0 (PdNotificationMember, 1);

  member->name = g_strdup (name);
  member->value = g_strdup (value);
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++) {
    if (g_ascii_strcasecmp (meanings[i].name, name) == 0)
      member->meaning = g_strdup (_(meanings[i].meaning));
  }
  g_ptr_array_add (self->members, member);
}

/* Amazon's page spells the members with a small first letter in one place and a capital in another. */
static char *
find_inner (PdNotification *self,
            const char     *name)
{
  for (guint i = 0; i < self->members->len; i++) {
    PdNotificationMember *member = g_ptr_array_index (self->members, i);

    if (g_ascii_strcasecmp (member->name, name) == 0)
      return g_strdup (member->value);
  }
  return NULL;
}

/* The root's name and the first element whose name ends in "Id" is what a legacy notification is about. */
static void
read_legacy_data (PdNotification *self,
                  const char     *data)
{
  const int  options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDoc    *document;
  xmlNode   *object;

  if (data == NULL || strstr (data, "<!DOCTYPE") != NULL)
    return;
  document = xmlReadMemory (data, (int) strlen (data), NULL, NULL, options);
  if (document == NULL)
    return;
  object = xmlDocGetRootElement (document);
  object = object != NULL ? xmlFirstElementChild (object) : NULL;
  if (object != NULL) {
    self->object_type = g_strdup ((const char *) object->name);
    for (xmlNode *child = xmlFirstElementChild (object); child != NULL; child = xmlNextElementSibling (child)) {
      if (self->object_id == NULL && g_str_has_suffix ((const char *) child->name, "Id")) {
        xmlChar *content = xmlNodeGetContent (child);

        self->object_id = g_strstrip (g_strdup ((const char *) content));
        xmlFree (content);
      }
    }
  }
  xmlFreeDoc (document);
}

static void
read_inner (PdNotification *self)
{
  const char       *message = get_string (self->envelope, "Message");
  g_autofree char  *data = NULL;
  JsonObjectIter    iter;
  const char       *name;
  JsonNode         *node;

  /* A confirmation's message is a sentence. */
  if (g_strcmp0 (get_string (self->envelope, "Type"), "Notification") != 0)
    return;
  self->inner = pd_json_parse (message, -1, &pd_json_limits_answer, NULL);
  if (self->inner == NULL || !JSON_NODE_HOLDS_OBJECT (self->inner)) {
    fail (self, PD_NOTIFICATION_SYNTAX, "Message");
    return;
  }
  json_object_iter_init_ordered (&iter, json_node_get_object (self->inner));
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                           ? json_node_dup_string (node) : pd_json_to_string (node, FALSE);

    add_member (self, name, value);
  }
  data = find_inner (self, "NotificationData");
  self->merchant_id = find_inner (self, "MerchantID");
  if (self->merchant_id != NULL && data == NULL) {
    self->generation = "v2";
    self->object_type = find_inner (self, "ObjectType");
    self->object_id = find_inner (self, "ObjectId");
  } else {
    g_free (self->merchant_id);
    self->merchant_id = find_inner (self, "SellerId");
    if (self->merchant_id != NULL && data != NULL)
      self->generation = "legacy";
    read_legacy_data (self, data);
  }
}

static void
judge_envelope (PdNotification *self)
{
  const Kind *kind = find_kind (get_string (self->envelope, "Type"));
  const char *header_kind = g_hash_table_lookup (self->headers, "x-amz-sns-message-type");
  const char *header_topic = g_hash_table_lookup (self->headers, "x-amz-sns-topic-arn");
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
  if (header_topic != NULL && g_strcmp0 (header_topic, get_string (self->envelope, "TopicArn")) != 0)
    fail (self, PD_NOTIFICATION_TOPIC, header_topic);
}

static void
pd_notification_finalize (GObject *object)
{
  PdNotification *self = PD_NOTIFICATION (object);

  g_free (self->detail);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->envelope, json_node_unref);
  g_clear_pointer (&self->inner, json_node_unref);
  g_free (self->merchant_id);
  g_free (self->object_type);
  g_free (self->object_id);
  g_ptr_array_unref (self->members);
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
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
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
  if (get_string (self->envelope, "Message") != NULL)
    read_inner (self);
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
  return self->generation;
}

const char *
pd_notification_get_merchant_id (PdNotification *self)
{
  return self->merchant_id;
}

const char *
pd_notification_get_object_type (PdNotification *self)
{
  return self->object_type;
}

const char *
pd_notification_get_object_id (PdNotification *self)
{
  return self->object_id;
}

GPtrArray *
pd_notification_get_members (PdNotification *self)
{
  return self->members;
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

/* A library context of its own is not bound by the system's policy, which may forbid SHA-1; version 1 is signed with it. */
static gboolean
verify_signature (PdNotification *self,
                  X509           *certificate,
                  OSSL_LIB_CTX   *context)
{
  const char       *version = get_string (self->envelope, "SignatureVersion");
  g_autofree char  *string = pd_notification_get_string_to_sign (self);
  gsize             length = 0;
  g_autofree guint8 *signature = g_base64_decode (get_string (self->envelope, "Signature"), &length);
  EVP_MD_CTX       *verifier = EVP_MD_CTX_new ();
  EVP_PKEY         *key = X509_get0_pubkey (certificate);
  gboolean          good;

  good = key != NULL && EVP_PKEY_is_a (key, "RSA") &&
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
  BIO                  *bio;
  X509                 *x509;

  if (self->fault != PD_NOTIFICATION_FINE)
    return self->fault;
  context = OSSL_LIB_CTX_new ();
  bio = BIO_new_mem_buf (certificate, (int) MIN (length, G_MAXINT));
  x509 = X509_new_ex (context, NULL);
  when = g_date_time_new_from_iso8601 (get_string (self->envelope, "Timestamp"), NULL);
  if (PEM_read_bio_X509 (bio, &x509, NULL, NULL) == NULL)
    fail (self, PD_NOTIFICATION_CERTIFICATE, _("not a certificate in PEM form"));
  else if (when == NULL)
    fail (self, PD_NOTIFICATION_MEMBER, "Timestamp");
  else if (has_expired_at (x509, when))
    fail (self, PD_NOTIFICATION_CERTIFICATE, _("expired at the time of the message"));
  else if (!verify_signature (self, x509, context))
    fail (self, PD_NOTIFICATION_SIGNATURE, NULL);
  X509_free (x509);
  BIO_free (bio);
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
  if (self->merchant_id != NULL && g_strcmp0 (self->merchant_id, seller_id) != 0)
    fail (self, PD_NOTIFICATION_MERCHANT, self->merchant_id);
  return self->fault;
}
