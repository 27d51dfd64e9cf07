/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-json.h"
#include "pd-practice-notice.h"

/* The documents of the legacy API's notifications; ORDER and NOW are put in. */
#define DATA(root, inner) \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?><" root " xmlns=\"https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01\">" \
  inner "</" root ">"
#define AMOUNT(name, amount) "<" name "><Amount>" amount "</Amount><CurrencyCode>JPY</CurrencyCode></" name ">"
#define STATUS(name, state, reason) \
  "<" name "><State>" state "</State><LastUpdateTimestamp>NOW</LastUpdateTimestamp>" reason "</" name ">"
#define REASON(code) "<ReasonCode>" code "</ReasonCode>"
#define AUTHORIZATION(status) \
  DATA ("AuthorizationNotification", \
        "<AuthorizationDetails><AmazonAuthorizationId>ORDER-A000001</AmazonAuthorizationId>" \
        "<AuthorizationReferenceId>lantern-1001</AuthorizationReferenceId>" AMOUNT ("AuthorizationAmount", "3240.00") \
        AMOUNT ("CapturedAmount", "0.00") "<IdList/><CreationTimestamp>NOW</CreationTimestamp>" status \
        "<CaptureNow>false</CaptureNow></AuthorizationDetails>")

#define MESSAGE(id_, title_, version_, type_, object_, data_) \
  { id_, title_, "Notification", version_, type_, object_, data_, PD_PRACTICE_FLAW_NONE, NULL }
#define BAD(id_, title_, version_, flaw_, fault_) \
  { id_, title_, "Notification", version_, "STATE_CHANGE", "CHARGE", NULL, flaw_, fault_ }

/* Each type of both generations, then what a receiver must refuse. */
static const PdPracticeSample samples[] = {
  MESSAGE ("charge-permission", N_("Charge Permission Changed"), "1", "STATE_CHANGE", "CHARGE_PERMISSION", NULL),
  MESSAGE ("charge", N_("Charge Changed"), "2", "STATE_CHANGE", "CHARGE", NULL),
  MESSAGE ("refund", N_("Refund Changed"), "1", "STATE_CHANGE", "REFUND", NULL),
  MESSAGE ("chargeback", N_("Chargeback Changed"), "2", "STATE_CHANGE", "CHARGEBACK", NULL),
  MESSAGE ("attribute", N_("Detail of a Charge Permission Changed"), "1", "ATTRIBUTE_CHANGE", "CHARGE_PERMISSION", NULL),
  { "confirmation", N_("Confirmation of the Address"), "SubscriptionConfirmation", "1", NULL, NULL, NULL, PD_PRACTICE_FLAW_NONE, NULL },
  MESSAGE ("legacy-order", N_("Legacy: Order Reference"), "1", "OrderReferenceNotification", NULL,
           DATA ("OrderReferenceNotification",
                 "<OrderReference><AmazonOrderReferenceId>ORDER</AmazonOrderReferenceId>" AMOUNT ("OrderTotal", "3240.00")
                 "<SellerOrderAttributes/>" STATUS ("OrderReferenceStatus", "Closed", REASON ("MaxAmountCharged"))
                 "<CreationTimestamp>NOW</CreationTimestamp></OrderReference>")),
  MESSAGE ("legacy-authorization", N_("Legacy: Authorisation Open"), "1", "PaymentAuthorize", NULL,
           AUTHORIZATION (STATUS ("AuthorizationStatus", "Open", ""))),
  MESSAGE ("legacy-declined", N_("Legacy: Authorisation Declined"), "2", "PaymentAuthorize", NULL,
           AUTHORIZATION (STATUS ("AuthorizationStatus", "Declined", REASON ("InvalidPaymentMethod")))),
  MESSAGE ("legacy-capture", N_("Legacy: Capture"), "1", "PaymentCapture", NULL,
           DATA ("CaptureNotification",
                 "<CaptureDetails><AmazonCaptureId>ORDER-C000001</AmazonCaptureId><CaptureReferenceId>lantern-1001</CaptureReferenceId>"
                 AMOUNT ("CaptureAmount", "3240.00") AMOUNT ("RefundedAmount", "0.00") "<IdList/><CreationTimestamp>NOW</CreationTimestamp>"
                 STATUS ("CaptureStatus", "Completed", "") "<SoftDescriptor>AMZ*Lantern</SoftDescriptor></CaptureDetails>")),
  MESSAGE ("legacy-refund", N_("Legacy: Refund"), "1", "PaymentRefund", NULL,
           DATA ("RefundNotification",
                 "<RefundDetails><AmazonRefundId>ORDER-R000001</AmazonRefundId><RefundReferenceId>lantern-1001</RefundReferenceId>"
                 "<RefundType>SellerInitiated</RefundType>" AMOUNT ("RefundAmount", "3240.00") AMOUNT ("FeeRefunded", "0.00")
                 "<CreationTimestamp>NOW</CreationTimestamp>" STATUS ("RefundStatus", "Completed", "") "</RefundDetails>")),
  MESSAGE ("legacy-agreement", N_("Legacy: Billing Agreement"), "1", "BillingAgreementNotification", NULL,
           DATA ("BillingAgreementNotification",
                 "<BillingAgreement><AmazonBillingAgreementId>ORDER</AmazonBillingAgreementId>"
                 STATUS ("BillingAgreementStatus", "Suspended", REASON ("InvalidPaymentMethod"))
                 "<CreationTimestamp>NOW</CreationTimestamp></BillingAgreement>")),
  MESSAGE ("legacy-credit", N_("Legacy: Provider’s Share"), "1", "ProviderCredit", NULL,
           DATA ("ProviderCreditNotification",
                 "<ProviderCreditDetails><AmazonProviderCreditId>ORDER-P000001</AmazonProviderCreditId>" AMOUNT ("CreditAmount", "32.00")
                 "<CreationTimestamp>NOW</CreationTimestamp>" STATUS ("CreditStatus", "Completed", "") "</ProviderCreditDetails>")),
  MESSAGE ("legacy-credit-reversal", N_("Legacy: Provider’s Share Reversed"), "1", "ProviderCreditReversal", NULL,
           DATA ("ProviderCreditReversalNotification",
                 "<ProviderCreditReversalDetails><AmazonProviderCreditReversalId>ORDER-Q000001</AmazonProviderCreditReversalId>"
                 AMOUNT ("CreditReversalAmount", "32.00") "<CreationTimestamp>NOW</CreationTimestamp>"
                 STATUS ("CreditReversalStatus", "Completed", "") "</ProviderCreditReversalDetails>")),
  MESSAGE ("legacy-chargeback", N_("Legacy: Chargeback"), "1", "ChargebackDetailedNotification", NULL,
           DATA ("ChargebackNotification",
                 "<ChargebackDetails><AmazonChargebackId>ORDER-B000001</AmazonChargebackId>"
                 "<AmazonOrderReferenceId>ORDER</AmazonOrderReferenceId><AmazonCaptureReferenceId>ORDER-C000001</AmazonCaptureReferenceId>"
                 "<CreationTimestamp>NOW</CreationTimestamp>" AMOUNT ("ChargebackAmount", "3240.00")
                 "<ChargebackState>RECEIVED</ChargebackState><ChargebackReason>FRAUD</ChargebackReason></ChargebackDetails>")),
  BAD ("bad-forged", N_("Bad: Signed by Somebody Else"), "2", PD_PRACTICE_FLAW_FORGED, "signature"),
  BAD ("bad-altered", N_("Bad: Altered on Its Way"), "1", PD_PRACTICE_FLAW_ALTERED, "signature"),
  BAD ("bad-certificate-url", N_("Bad: Certificate on Another’s Server"), "1", PD_PRACTICE_FLAW_CERTIFICATE_URL, "certificate url"),
  BAD ("bad-expired", N_("Bad: Certificate Expired"), "1", PD_PRACTICE_FLAW_EXPIRED, "certificate"),
  BAD ("bad-version", N_("Bad: Unknown Signature Version"), "3", PD_PRACTICE_FLAW_VERSION, "signature version"),
  BAD ("bad-no-signature", N_("Bad: No Signature"), "1", PD_PRACTICE_FLAW_NO_SIGNATURE, "member"),
  BAD ("bad-topic", N_("Bad: Wrong Topic"), "1", PD_PRACTICE_FLAW_TOPIC, "topic"),
  BAD ("bad-kind", N_("Bad: Wrong Kind in the Header"), "1", PD_PRACTICE_FLAW_KIND, "type"),
  BAD ("bad-two-names", N_("Bad: Two Shops Named"), "1", PD_PRACTICE_FLAW_TWO_NAMES, "syntax"),
  BAD ("bad-cut", N_("Bad: Cut Off"), "1", PD_PRACTICE_FLAW_CUT, "syntax"),
  BAD ("bad-other-shop", N_("Bad: For Another Shop"), "1", PD_PRACTICE_FLAW_OTHER_SHOP, "merchant"),
};

/**
 * pd_practice_samples:
 * @n_samples: (out): how many
 *
 * Returns: (array length=n_samples): the samples, in the order in which they are offered
 */
const PdPracticeSample *
pd_practice_samples (guint *n_samples)
{
  *n_samples = G_N_ELEMENTS (samples);
  return samples;
}

/* (nullable) */
const PdPracticeSample *
pd_practice_sample_lookup (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    if (g_str_equal (samples[i].id, id))
      return &samples[i];
  }
  return NULL;
}

static char *
format_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.000Z");
}

static char *
invent_order (void)
{
  return g_strdup_printf ("S03-%07d-%07d", g_random_int_range (0, 10000000), g_random_int_range (0, 10000000));
}

static void
add_v2 (const PdPracticeSample *sample,
        JsonObject             *object,
        const char             *merchant_id,
        const char             *order)
{
  g_autofree char *id = g_strcmp0 (sample->object_type, "CHARGE_PERMISSION") == 0 ? g_strdup (order)
                      : g_strdup_printf ("%s-%c000001", order, g_strcmp0 (sample->object_type, "REFUND") == 0 ? 'R' : 'C');
  g_autofree char *number = g_uuid_string_random ();

  json_object_set_string_member (object, "NotificationVersion", "V2");
  json_object_set_string_member (object, "NotificationType", sample->notification_type);
  json_object_set_string_member (object, "NotificationId", number);
  json_object_set_string_member (object, "MerchantID", merchant_id);
  if (sample->flaw == PD_PRACTICE_FLAW_TWO_NAMES)
    json_object_set_string_member (object, "merchantId", "A0ANOTHERSHOP00");
  json_object_set_string_member (object, "ObjectType", sample->object_type);
  json_object_set_string_member (object, "ObjectId", id);
  json_object_set_string_member (object, "ChargePermissionType", "OneTime");
  json_object_set_string_member (object, "ChargePermissionId", order);
}

static void
add_legacy (const PdPracticeSample *sample,
            JsonObject             *object,
            const char             *merchant_id,
            const char             *order)
{
  g_autoptr (GString) data = g_string_new (sample->data);
  g_autofree char    *now = format_now ();
  g_autofree char    *number = g_uuid_string_random ();

  g_string_replace (data, "ORDER", order, 0);
  g_string_replace (data, "NOW", now, 0);
  json_object_set_string_member (object, "NotificationReferenceId", number);
  json_object_set_string_member (object, "NotificationType", sample->notification_type);
  json_object_set_string_member (object, "SellerId", merchant_id);
  json_object_set_string_member (object, "MarketplaceID", "A1VC38T7YXB528");
  json_object_set_string_member (object, "ReleaseEnvironment", "Sandbox");
  json_object_set_string_member (object, "Version", "2013-01-01");
  json_object_set_string_member (object, "NotificationData", data->str);
  json_object_set_string_member (object, "Timestamp", now);
}

/**
 * pd_practice_sample_message:
 * @sample: a sample
 * @merchant_id: whom it is for
 *
 * Returns: (transfer full): what stands in the envelope's Message, with invented IDs
 */
char *
pd_practice_sample_message (const PdPracticeSample *sample,
                            const char             *merchant_id)
{
  g_autofree char     *order = invent_order ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject          *object = json_node_get_object (node);

  json_object_unref (object);
  if (sample->notification_type == NULL)
    return g_strdup ("You have chosen to subscribe to the practice topic. To confirm the subscription, visit the SubscribeURL.");
  if (sample->data != NULL)
    add_legacy (sample, object, merchant_id, order);
  else
    add_v2 (sample, object, merchant_id, order);
  return pd_json_to_string (node, FALSE);
}

PdPracticeNotice *
pd_practice_notice_copy (const PdPracticeNotice *self)
{
  PdPracticeNotice *copy = g_new0 (PdPracticeNotice, 1);

  copy->kind = g_strdup (self->kind);
  copy->message_id = g_strdup (self->message_id);
  copy->topic = g_strdup (self->topic);
  copy->body = g_strdup (self->body);
  copy->is_bad = self->is_bad;
  return copy;
}

void
pd_practice_notice_free (PdPracticeNotice *self)
{
  g_free (self->kind);
  g_free (self->message_id);
  g_free (self->topic);
  g_free (self->body);
  g_free (self);
}

/**
 * pd_practice_notice_to_text:
 * @self: a notification
 *
 * Returns: (transfer full): it as a whole request, for the inspector
 */
char *
pd_practice_notice_to_text (const PdPracticeNotice *self)
{
  return g_strdup_printf ("POST / HTTP/1.1\r\nContent-Type: text/plain; charset=UTF-8\r\nx-amz-sns-message-type: %s\r\n"
                          "x-amz-sns-message-id: %s\r\nx-amz-sns-topic-arn: %s\r\n\r\n%s",
                          self->kind, self->message_id, self->topic, self->body);
}
