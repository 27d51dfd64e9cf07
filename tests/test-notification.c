/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <string.h>
#include <unistd.h>

#include "pd-json.h"
#include "pd-notification-certificate.h"
#include "pd-notification.h"

static JsonNode *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", name, NULL);
  g_autofree char *text = NULL;
  gsize            length;
  JsonNode        *root;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  root = pd_json_parse (text, length, &pd_json_limits_file, NULL);
  g_assert_nonnull (root);
  return root;
}

static char *
load_certificate (JsonNode *root,
                  gsize    *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors",
                                                 pd_json_get_string (json_node_get_object (root), "certificate_file"), NULL);
  char            *text;

  g_assert_true (g_file_get_contents (path, &text, length, NULL));
  return text;
}

/* The reasons of the vectors, in the words of the command line. */
static const char *
expected_why (JsonObject *vector)
{
  const char *why = pd_json_get_string (vector, "why");

  return g_strcmp0 (why, "missing field") == 0 ? "member" : why;
}

static void
check_vectors (const char *file,
               guint       n_expected)
{
  g_autoptr (JsonNode) root = load (file);
  JsonArray           *vectors = json_object_get_array_member (json_node_get_object (root), "vectors");
  gsize                certificate_length;
  g_autofree char     *certificate = load_certificate (root, &certificate_length);

  g_assert_cmpuint (json_array_get_length (vectors), ==, n_expected);
  for (guint i = 0; i < n_expected; i++) {
    JsonObject                *vector = json_array_get_object_element (vectors, i);
    g_autofree char           *body = pd_json_to_string (json_object_get_member (vector, "message"), FALSE);
    g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));
    gboolean                   valid = json_object_get_boolean_member_with_default (vector, "valid", TRUE);
    PdNotificationFault        fault = pd_notification_verify (notification, certificate, certificate_length);

    g_test_message ("%s", pd_json_get_string (vector, "name"));
    if (valid || expected_why (vector) != NULL)
      g_assert_cmpstr (pd_notification_fault_to_id (fault), ==, expected_why (vector));
    else
      g_assert_cmpint (fault, !=, PD_NOTIFICATION_FINE);
    if (json_object_has_member (vector, "canonical_string")) {
      g_autofree char *string = pd_notification_get_string_to_sign (notification);

      g_assert_cmpstr (string, ==, pd_json_get_string (vector, "canonical_string"));
    }
  }
}

static void
test_vectors (void)
{
  check_vectors ("sns-messages.json", 10);
}

/* Signed by Amazon itself, with SHA-1, in 2015. */
static void
test_real_message (void)
{
  check_vectors ("sns-amazon-sample.json", 2);
}

static char *
load_body (guint index)
{
  g_autoptr (JsonNode) root = load ("sns-messages.json");
  JsonArray           *vectors = json_object_get_array_member (json_node_get_object (root), "vectors");

  return pd_json_to_string (json_object_get_member (json_array_get_object_element (vectors, index), "message"), FALSE);
}

static void
test_inner_v2 (void)
{
  g_autofree char           *body = load_body (0);
  g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));

  g_assert_cmpstr (pd_notification_get_generation (notification), ==, "v2");
  g_assert_cmpstr (pd_notification_get_merchant_id (notification), ==, "A1EXAMPLESELLER");
  g_assert_cmpstr (pd_notification_get_object_type (notification), ==, "CHARGE");
  g_assert_cmpstr (pd_notification_get_object_id (notification), ==, "S03-1234567-7654321-C000001");
  g_assert_cmpint (pd_notification_match_merchant (notification, "A1EXAMPLESELLER"), ==, PD_NOTIFICATION_FINE);
  g_assert_cmpint (pd_notification_match_merchant (notification, "A9OTHERSELLER"), ==, PD_NOTIFICATION_MERCHANT);
}

static void
test_inner_legacy (void)
{
  g_autofree char           *body = load_body (3);
  g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));

  g_assert_cmpstr (pd_notification_get_generation (notification), ==, "legacy");
  g_assert_cmpstr (pd_notification_get_merchant_id (notification), ==, "A1EXAMPLESELLER");
  g_assert_cmpstr (pd_notification_get_object_type (notification), ==, "OrderReference");
  g_assert_cmpstr (pd_notification_get_object_id (notification), ==, "S03-0000000-0000000");
}

static void
test_headers (void)
{
  static const struct {
    const char *headers;
    const char *why;
  } rows[] = {
    { "POST /notify HTTP/1.1\r\nX-Amz-Sns-Message-Type: Notification\r\nHost: shop.example.jp\r\n\r\n", NULL },
    { "POST /notify HTTP/1.1\nx-amz-sns-message-type: SubscriptionConfirmation\n\n", "type: SubscriptionConfirmation" },
    { "POST / HTTP/1.1\r\nx-amz-sns-topic-arn: arn:aws:sns:x:1:other\r\n\r\n", "topic: arn:aws:sns:x:1:other" },
    /* sent on with the headers of another message */
    { "POST / HTTP/1.1\r\nx-amz-sns-message-id: 00000000-0000-0000-0000-000000000000\r\n\r\n", "member: MessageId" },
    { "POST / HTTP/1.1\r\nx-amz-sns-message-type: Notification\r\nX-AMZ-SNS-MESSAGE-TYPE: SubscriptionConfirmation\r\n\r\n",
      "syntax: x-amz-sns-message-type" },
    { "POST / HTTP/1.1\r\nx-amz-sns-message-type:Notification\r\nx-amz-sns-topic-arn:\t arn:aws:sns:x:1:other \t\r\n\r\n", "topic: arn:aws:sns:x:1:other" },
    { "POST / HTTP/1.1\r\n x-amz-sns-topic-arn : arn:aws:sns:x:1:other\r\n\r\n", "topic: arn:aws:sns:x:1:other" },
    { "POST / HTTP/1.1\r\nx-amz-sns-topic-arn: \xe2\x80\xae\x1b[31m\r\n\r\n", "topic: \xef\xbf\xbd\xef\xbf\xbd[31m" },
  };
  g_autofree char *body = load_body (0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char           *request = g_strconcat (rows[i].headers, body, NULL);
    g_autoptr (PdNotification) notification = pd_notification_new (request, strlen (request));
    g_autofree char           *why = pd_notification_dup_why (notification);

    g_assert_cmpstr (why, ==, rows[i].why);
  }
}

static char *
make_body (const char *member,
           const char *value)
{
  g_autofree char     *text = load_body (0);
  g_autoptr (JsonNode) node = pd_json_parse (text, -1, &pd_json_limits_answer, NULL);

  json_object_set_string_member (json_node_get_object (node), member, value);
  return pd_json_to_string (node, FALSE);
}

/* What is not signed decides how the rest is checked; what cannot be judged is refused, and not passed over. */
static void
test_envelope_values (void)
{
  static const struct {
    const char *member;
    const char *value; /* NULL: it is not there */
    const char *why;
  } rows[] = {
    { "Type", NULL, "member: Type" },
    { "Type", "", "type" },
    { "Type", "notification", "type: notification" },
    { "Type", "Notification ", "type: Notification " },
    { "Message", NULL, "member: Message" },
    { "Timestamp", NULL, "member: Timestamp" },
    { "Timestamp", "yesterday", "member: Timestamp" },
    { "Timestamp", "", "member: Timestamp" },
    { "Timestamp", "2026-13-45T99:00:00Z", "member: Timestamp" },
    { "Timestamp", "2026-03-04T05:06:08.000Z", "signature" },
    { "SignatureVersion", "3", "signature version: 3" },
    { "SignatureVersion", "0", "signature version: 0" },
    { "SignatureVersion", "", "signature version" },
    { "SignatureVersion", " 2", "signature version:  2" },
    { "SignatureVersion", "2.0", "signature version: 2.0" },
    { "Signature", "", "signature" },
    { "MessageId", "another", "signature" },
    { "Subject", "added", "signature" },
    { "TopicArn", "arn:aws:sns:x:1:other", "signature" },
    /* SNS signs neither of these */
    { "UnsubscribeURL", "https://example.jp/", NULL },
    { "Unknown", "x", NULL },
  };
  g_autoptr (JsonNode) root = load ("sns-messages.json");
  gsize                length;
  g_autofree char     *certificate = load_certificate (root, &length);
  g_autofree char     *text = load_body (1); /* by version 2 */

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JsonNode)       node = pd_json_parse (text, -1, &pd_json_limits_answer, NULL);
    g_autofree char           *body = NULL;
    g_autoptr (PdNotification) notification = NULL;
    g_autofree char           *why = NULL;

    if (rows[i].value != NULL)
      json_object_set_string_member (json_node_get_object (node), rows[i].member, rows[i].value);
    else
      json_object_remove_member (json_node_get_object (node), rows[i].member);
    body = pd_json_to_string (node, FALSE);
    notification = pd_notification_new (body, strlen (body));
    pd_notification_verify (notification, certificate, length);
    why = pd_notification_dup_why (notification);
    g_test_message ("%s: %s", rows[i].member, rows[i].value);
    if (rows[i].why != NULL && g_str_has_suffix (rows[i].why, "signature version"))
      g_assert_true (g_str_has_prefix (why, rows[i].why));
    else if (g_strcmp0 (rows[i].why, "type") == 0)
      g_assert_true (g_str_has_prefix (why, "type"));
    else
      g_assert_cmpstr (why, ==, rows[i].why);
  }
}

/* More than Amazon sends, and what ends before its end. */
static void
test_sizes (void)
{
  g_autoptr (JsonNode) root = load ("sns-messages.json");
  gsize                certificate_length;
  g_autofree char     *certificate = load_certificate (root, &certificate_length);
  g_autofree char     *body = load_body (0);
  const gsize          lengths[] = { 256 * 1024, 512 * 1024, 512 * 1024 + 1, 4 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree char           *padded = g_malloc (lengths[i]);
    g_autoptr (PdNotification) notification = NULL;

    memset (padded, ' ', lengths[i]);
    memcpy (padded, body, strlen (body));
    notification = pd_notification_new (padded, lengths[i]);
    g_assert_cmpint (pd_notification_verify (notification, certificate, certificate_length), ==,
                     lengths[i] <= 512 * 1024 ? PD_NOTIFICATION_FINE : PD_NOTIFICATION_SYNTAX);
  }
  for (gsize i = 0; i < 3; i++) {
    gsize                      length = strlen (body) + 1 + i; /* the NUL, and something behind it */
    g_autofree char           *cut = g_malloc0 (length);
    g_autoptr (PdNotification) notification = NULL;

    memcpy (cut, body, strlen (body));
    notification = pd_notification_new (cut, length);
    g_assert_cmpint (pd_notification_verify (notification, certificate, certificate_length), ==, PD_NOTIFICATION_SYNTAX);
  }
}

static gboolean
has_envelope_member (PdNotification *notification,
                     const char     *name,
                     const char     *value)
{
  GPtrArray *members = pd_notification_get_envelope (notification);

  for (guint i = 0; i < members->len; i++) {
    const PdNotificationMember *member = g_ptr_array_index (members, i);

    if (g_str_equal (member->name, name))
      return value == NULL || g_str_equal (member->value, value);
  }
  return FALSE;
}

/* All of the envelope is shown but the message, which is read on its own where it can be; what is no text is shown as it stands. */
static void
test_envelope_is_shown (void)
{
  static const char          odd[] = "{\"Type\":\"Notification\",\"Message\":\"hello\",\"Odd\":{\"a\":[1,true]},\"Number\":7}";
  g_autofree char           *body = load_body (0);
  g_autoptr (PdNotification) good = pd_notification_new (body, strlen (body));
  g_autoptr (PdNotification) bad = pd_notification_new (odd, strlen (odd));

  g_assert_true (has_envelope_member (good, "Type", "Notification"));
  g_assert_true (has_envelope_member (good, "Signature", NULL));
  g_assert_false (has_envelope_member (good, "Message", NULL));
  g_assert_true (has_envelope_member (bad, "Message", "hello"));
  g_assert_true (has_envelope_member (bad, "Odd", "{\"a\":[1,true]}"));
  g_assert_true (has_envelope_member (bad, "Number", "7"));
}

static const PdNotificationMember *
find_member (PdNotification *notification,
             const char     *name)
{
  GPtrArray *members = pd_notification_get_members (notification);

  for (guint i = 0; i < members->len; i++) {
    const PdNotificationMember *member = g_ptr_array_index (members, i);

    if (g_str_equal (member->name, name))
      return member;
  }
  g_error ("there is no member %s", name);
}

#define LEGACY(data) \
  "{\"NotificationType\":\"PaymentAuthorize\",\"SellerId\":\"A1EXAMPLESELLER\",\"NotificationData\":\"" data "\"}"

/* Each part of the XML has its path and its meaning. */
static void
test_explained (void)
{
  static const struct {
    const char *name;
    const char *value;
    const char *meaning;
    const char *value_meaning;
  } rows[] = {
    { "SellerId", "A1EXAMPLESELLER", "The Seller ID of the shop", NULL },
    { "NotificationType", "PaymentAuthorize", "What happened", "the state of an authorisation has changed" },
    { "NotificationData/AuthorizationDetails/AmazonAuthorizationId", "S03-1-2-A1", "The authorisation’s ID", NULL },
    { "NotificationData/AuthorizationDetails/AuthorizationAmount/Amount", "1200.00", "The amount that the authorisation is for", NULL },
    { "NotificationData/AuthorizationDetails/AuthorizationFee/Amount", "0.0", "Amazon’s fee for the authorisation", NULL },
    { "NotificationData/AuthorizationDetails/AuthorizationStatus/State", "Declined", "The state it is in", "declined" },
    { "NotificationData/AuthorizationDetails/AuthorizationStatus/ReasonCode", "InvalidPaymentMethod", "Why", "choose another" },
    { "NotificationData/AuthorizationDetails/IdList", "", "The IDs of what followed", NULL },
    { "NotificationData/AuthorizationDetails/New", "\xef\xbf\xbd", NULL, NULL },
  };
  g_autofree char *body = make_body ("Message", LEGACY (
    "<?xml version='1.0' encoding='UTF-16'?><AuthorizationNotification xmlns='https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01'>"
    "<AuthorizationDetails><AmazonAuthorizationId> S03-1-2-A1\\n</AmazonAuthorizationId>"
    "<AuthorizationAmount><Amount>1200.00</Amount></AuthorizationAmount><AuthorizationFee><Amount>0.0</Amount></AuthorizationFee>"
    "<AuthorizationStatus><State>Declined</State><ReasonCode><![CDATA[InvalidPaymentMethod]]></ReasonCode></AuthorizationStatus>"
    "<IdList/><New>\xe2\x80\xae</New></AuthorizationDetails></AuthorizationNotification>"));
  g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));

  g_assert_cmpint (pd_notification_get_fault (notification), ==, PD_NOTIFICATION_FINE);
  g_assert_cmpstr (pd_notification_get_generation (notification), ==, "legacy");
  g_assert_cmpstr (pd_notification_get_object_type (notification), ==, "AuthorizationDetails");
  g_assert_cmpstr (pd_notification_get_object_id (notification), ==, "S03-1-2-A1");
  g_assert_nonnull (strstr (pd_notification_get_sense (notification), "authorisation was decided"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PdNotificationMember *member = find_member (notification, rows[i].name);

    g_test_message ("%s", rows[i].name);
    g_assert_cmpstr (member->value, ==, rows[i].value);
    g_assert_true (rows[i].meaning == NULL ? member->meaning == NULL : g_str_has_prefix (member->meaning, rows[i].meaning));
    g_assert_true (rows[i].value_meaning == NULL ? member->value_meaning == NULL : strstr (member->value_meaning, rows[i].value_meaning) != NULL);
  }
}

/* What could be read in two ways, or asks for more than reading, is refused for its form. */
static void
test_oddly_encoded (void)
{
  static const struct {
    const char *message;
    const char *why;
  } rows[] = {
    { "{\"MerchantID\":\"A1EXAMPLESELLER\",\"ObjectType\":\"CHARGE\"}", NULL },
    { "{\"merchantId\":\"A1EXAMPLESELLER\",\"objectType\":\"CHARGE\"}", NULL },
    { "{\"MerchantID\":\"A1EXAMPLESELLER\",\"merchantId\":\"A9OTHERSELLER\"}", "syntax: Message" },
    { "{\"MerchantID\":\"A1EXAMPLESELLER\",\"MerchantID\":\"A9OTHERSELLER\"}", "syntax: Message" },
    { "[]", "syntax: Message" },
    { "hello", "syntax: Message" },
    { LEGACY ("<a><b><c>1</c></b></a>"), NULL },
    { "{\"SellerId\":\"A1\",\"NotificationData\":\"<a><b>1</b></a>\",\"notificationData\":\"<a><b>2</b></a>\"}", "syntax: Message" },
    { LEGACY ("<!DOCTYPE a [<!ENTITY e 'x'>]><a><b><c>&e;</c></b></a>"), "syntax: NotificationData" },
    { LEGACY ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a><b><c>1</c></b></a>"), "syntax: NotificationData" },
    { LEGACY ("<a><b><c>&undefined;</c></b></a>"), "syntax: NotificationData" },
    { LEGACY ("<a><b><c>1</c></b>"), "syntax: NotificationData" },
    { LEGACY ("<a/>"), "syntax: NotificationData" },
    { LEGACY (""), "syntax: NotificationData" },
    { LEGACY ("<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>1</a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a>"),
      "syntax: NotificationData" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char           *body = make_body ("Message", rows[i].message);
    g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));
    g_autofree char           *why = pd_notification_dup_why (notification);

    g_test_message ("%s", rows[i].message);
    g_assert_cmpstr (why, ==, rows[i].why);
  }
}

static char *
make_many (const char *before,
           const char *piece,
           const char *after,
           guint       n)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++) {
    g_auto (GStrv)   parts = g_strsplit (piece, "@", -1);
    g_autofree char *number = g_strdup_printf ("%u", i);
    g_autofree char *numbered = g_strjoinv (number, parts);

    g_string_append (text, numbered);
  }
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

/* Nobody's window is filled with thousands of rows, and nobody's memory. */
static void
test_many_members (void)
{
  static const struct { guint n; gboolean is_read; } rows[] = { { 300, TRUE }, { 398, TRUE }, { 401, FALSE }, { 4000, FALSE } };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    guint                      n = rows[i / 2].n;
    g_autofree char           *message = i % 2 == 0 ? make_many ("{\"MerchantID\":\"A1\"", ",\"m@\":1", "}", n)
                                                    : make_many ("{\"SellerId\":\"A1\",\"NotificationData\":\"<a><b>", "<c@>1</c@>", "</b></a>\"}", n);
    g_autofree char           *body = make_body ("Message", message);
    g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));

    g_test_message ("%u", i);
    g_assert_cmpint (pd_notification_get_members (notification) != NULL, ==, rows[i / 2].is_read);
    g_assert_cmpint (pd_notification_get_fault (notification), ==, rows[i / 2].is_read ? PD_NOTIFICATION_FINE : PD_NOTIFICATION_SYNTAX);
  }
}

/* Below the root stands what it is about, and its first ID names which one. */
static void
test_object_of_data (void)
{
  static const struct { const char *data; const char *type; const char *id; } rows[] = {
    { "<n><Refund><AmazonRefundId>R-1</AmazonRefundId><OtherId>O-2</OtherId></Refund></n>", "Refund", "R-1" },
    { "<n><Refund><Amount><DeepId>D</DeepId></Amount><State>x</State><RefundId>R-2</RefundId></Refund></n>", "Refund", "R-2" },
    { "<n><First><a>1</a></First><Second><SecondId>S</SecondId></Second></n>", "First", "S" },
    { "<n><Plain>1</Plain></n>", "Plain", NULL },
    { "<n><Refund><State>x</State></Refund></n>", "Refund", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char           *message = g_strdup_printf ("{\"SellerId\":\"A1\",\"NotificationData\":\"%s\"}", rows[i].data);
    g_autofree char           *body = make_body ("Message", message);
    g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));

    g_test_message ("%s", rows[i].data);
    g_assert_cmpstr (pd_notification_get_object_type (notification), ==, rows[i].type);
    g_assert_cmpstr (pd_notification_get_object_id (notification), ==, rows[i].id);
  }
}

/* The same bytes in Base64 written in another way are another signature: no second spelling passes. */
static void
test_signature_spellings (void)
{
  static const char *const changes[] = { "\n", " ", "=", "*", "A", "%2B" };
  g_autoptr (JsonNode)     root = load ("sns-messages.json");
  gsize                    certificate_length;
  g_autofree char         *certificate = load_certificate (root, &certificate_length);
  g_autofree char         *good = load_body (0);
  g_autoptr (JsonNode)     node = pd_json_parse (good, -1, &pd_json_limits_answer, NULL);
  const char              *signature = pd_json_get_string (json_node_get_object (node), "Signature");

  for (guint i = 0; i < 2 * G_N_ELEMENTS (changes); i++) {
    const char                *change = changes[i / 2];
    g_autofree char           *spelt = i % 2 == 0 ? g_strconcat (signature, change, NULL) : g_strconcat (change, signature, NULL);
    g_autofree char           *body = make_body ("Signature", spelt);
    g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));

    g_assert_cmpint (pd_notification_verify (notification, certificate, certificate_length), ==, PD_NOTIFICATION_SIGNATURE);
  }
}

/* Every refusal tells what it means and what to do, and every kind of message what it comes to. */
static void
test_texts (void)
{
  g_autofree char           *body = load_body (2);
  g_autoptr (PdNotification) confirmation = pd_notification_new (body, strlen (body));

  for (int i = PD_NOTIFICATION_SYNTAX; i <= PD_NOTIFICATION_MERCHANT; i++) {
    g_assert_nonnull (pd_notification_fault_get_meaning (i));
    g_assert_nonnull (pd_notification_fault_get_next_step (i));
  }
  g_assert_null (pd_notification_fault_get_meaning (PD_NOTIFICATION_FINE));
  g_assert_null (pd_notification_get_members (confirmation));
  g_assert_cmpuint (pd_notification_get_envelope (confirmation)->len, ==, 10);
  g_assert_nonnull (strstr (pd_notification_get_sense (confirmation), "answers by itself"));
}

static void
test_certificate_urls (void)
{
  static const struct {
    const char *url;
    gboolean    trusted;
  } rows[] = {
    { "https://sns.ap-northeast-1.amazonaws.com/SimpleNotificationService-0123.pem", TRUE },
    { "https://sns.cn-north-1.amazonaws.com.cn/a.pem", TRUE },
    { "http://sns.ap-northeast-1.amazonaws.com/a.pem", FALSE },
    { "https://sns.ap-northeast-1.amazonaws.com:443/a.pem", FALSE },
    { "https://sns.ap-northeast-1.amazonaws.com./a.pem", FALSE },
    { "https://user@sns.ap-northeast-1.amazonaws.com/a.pem", FALSE },
    { "https://sns.ap-northeast-1.amazonaws.com/a.pem?x=1", FALSE },
    { "https://sns.ap-northeast-1.amazonaws.com/a.pem#x", FALSE },
    { "https://sns.ap-northeast-1.amazonaws.com/a.pem\n", FALSE },
    { "https://sns.ap-northeast-1.amazonaws.com.example.jp/a.pem", FALSE },
    { "https://example.jp/sns.ap-northeast-1.amazonaws.com/a.pem", FALSE },
    { "https://sns.amazonaws.com/a.pem", FALSE },
    { "https://SNS.ap-northeast-1.amazonaws.com/a.pem", FALSE },
    { "https://sns.ap-northeast-1.amazonaws.com/a.crt", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].url);
    g_assert_cmpint (pd_notification_url_is_trusted (rows[i].url), ==, rows[i].trusted);
  }
}

static char *
encrypt (const char *pem,
         const char *passphrase)
{
  BIO  *in = BIO_new_mem_buf (pem, -1);
  BIO  *out = BIO_new (BIO_s_mem ());
  X509 *certificate = PEM_read_bio_X509 (in, NULL, NULL, NULL);
  char *data;
  char *text;
  long  length;

  g_assert_cmpint (PEM_ASN1_write_bio ((i2d_of_void *) i2d_X509, PEM_STRING_X509, out, certificate, EVP_aes_128_cbc (),
                                       (const guint8 *) passphrase, (int) strlen (passphrase), NULL, NULL), ==, 1);
  length = BIO_get_mem_data (out, &data);
  text = g_strndup (data, (gsize) length);
  X509_free (certificate);
  BIO_free (in);
  BIO_free (out);
  return text;
}

/* A file that wants a passphrase would have libcrypto ask for it at the terminal, and whoever opened it wait. */
static void
test_encrypted_certificate (void)
{
  g_autoptr (JsonNode)       root = load ("sns-messages.json");
  g_autofree char           *body = load_body (0);
  g_autoptr (PdNotification) notification = pd_notification_new (body, strlen (body));
  gsize                      length;
  g_autofree char           *certificate = load_certificate (root, &length);
  g_autofree char           *encrypted = encrypt (certificate, "open sesame");
  g_autoptr (GBytes)         bytes = g_bytes_new (encrypted, strlen (encrypted));
  int                        before = dup (STDIN_FILENO);
  int                        ends[2];
  char                       rest[32] = "";

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "open sesame\n", 12), ==, 12);
  close (ends[1]);
  dup2 (ends[0], STDIN_FILENO);
  g_assert_null (pd_notification_certificate_dup_name (bytes));
  g_assert_cmpint (pd_notification_verify (notification, encrypted, strlen (encrypted)), ==, PD_NOTIFICATION_CERTIFICATE);
  g_assert_cmpint (read (ends[0], rest, sizeof rest), ==, 12);
  dup2 (before, STDIN_FILENO);
  close (before);
  close (ends[0]);
}

static void
test_broken (void)
{
  static const char *const rows[] = {
    "", "{", "[]", "null", "{\"Type\":\"Notification\",\"Type\":\"Notification\"}", "{'Type':'Notification'}", "\xff\xfe{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PdNotification) notification = pd_notification_new (rows[i], strlen (rows[i]));

    g_assert_cmpint (pd_notification_get_fault (notification), ==, PD_NOTIFICATION_SYNTAX);
    g_assert_null (pd_notification_get_kind (notification));
    g_assert_cmpint (pd_notification_verify (notification, "", 0), ==, PD_NOTIFICATION_SYNTAX);
  }
}

/* Truncated anywhere, or with any byte changed, it is refused and never crashes. */
static void
test_mutations (void)
{
  g_autoptr (JsonNode) root = load ("sns-messages.json");
  gsize                certificate_length;
  g_autofree char     *certificate = load_certificate (root, &certificate_length);
  g_autofree char     *body = load_body (1);
  gsize                length = strlen (body);

  for (gsize i = 0; i < length; i += 3) {
    g_autoptr (PdNotification) cut = pd_notification_new (body, i);

    g_assert_cmpint (pd_notification_verify (cut, certificate, certificate_length), !=, PD_NOTIFICATION_FINE);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notification/vectors", test_vectors);
  g_test_add_func ("/notification/real-message", test_real_message);
  g_test_add_func ("/notification/inner-v2", test_inner_v2);
  g_test_add_func ("/notification/inner-legacy", test_inner_legacy);
  g_test_add_func ("/notification/headers", test_headers);
  g_test_add_func ("/notification/envelope-values", test_envelope_values);
  g_test_add_func ("/notification/envelope-is-shown", test_envelope_is_shown);
  g_test_add_func ("/notification/sizes", test_sizes);
  g_test_add_func ("/notification/many-members", test_many_members);
  g_test_add_func ("/notification/object-of-data", test_object_of_data);
  g_test_add_func ("/notification/explained", test_explained);
  g_test_add_func ("/notification/oddly-encoded", test_oddly_encoded);
  g_test_add_func ("/notification/signature-spellings", test_signature_spellings);
  g_test_add_func ("/notification/texts", test_texts);
  g_test_add_func ("/notification/certificate-urls", test_certificate_urls);
  g_test_add_func ("/notification/encrypted-certificate", test_encrypted_certificate);
  g_test_add_func ("/notification/broken", test_broken);
  g_test_add_func ("/notification/mutations", test_mutations);
  return g_test_run ();
}
