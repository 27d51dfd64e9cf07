/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-notification-private.h"

/* What a notification's members mean: "Set up Instant Payment Notifications" (API v2), "Handling IPN" and the IPN documents of
 * the legacy API, and SNS's "HTTP/HTTPS headers". */

/* The end of a member's path. The longest one that fits counts. */
typedef struct {
  const char *path;
  const char *meaning; /* translatable */
} Term;

static const Term terms[] = {
  /* The envelope of SNS */
  { "Type", N_("What kind of envelope it is") },
  { "MessageId", N_("The envelope’s number. When Amazon sends a message again, it stays the same") },
  { "TopicArn", N_("The topic that the message was published to; Amazon Pay has one for each shop") },
  { "Subject", N_("The envelope’s subject") },
  { "Timestamp", N_("When it was made, in UTC") },
  { "SignatureVersion", N_("How it is signed: 1 with SHA-1, 2 with SHA-256") },
  { "Signature", N_("The signature, in Base64") },
  { "SigningCertURL", N_("Where the certificate of the signature is; only Amazon’s own hosts count") },
  { "UnsubscribeURL", N_("Whoever opens this address ends the delivery. Leave it alone") },
  { "SubscribeURL", N_("The receiver opens this address once, to say that it wants the messages") },
  { "Token", N_("What the confirmation is proven with; to be kept to oneself") },

  /* API v2 */
  { "MerchantID", N_("The Seller ID of the shop that the notification is for") },
  { "ObjectType", N_("What kind of thing changed") },
  { "ObjectId", N_("The ID of the thing that changed") },
  { "ChargePermissionId", N_("The charge permission that it belongs to: the order’s reference at Amazon") },
  { "ChargePermissionType", N_("Whether the buyer agreed to one payment or to recurring ones") },
  { "NotificationType", N_("What happened") },
  { "NotificationId", N_("The notification’s own number, for tracking only") },
  { "NotificationVersion", N_("The version of the notification’s form, not of the API") },

  /* Legacy */
  { "NotificationReferenceId", N_("The notification’s own number, for tracking only") },
  { "SellerId", N_("The Seller ID of the shop that the notification is for") },
  { "MarketplaceID", N_("The marketplace, the same for every shop of a country") },
  { "ReleaseEnvironment", N_("Whether it comes from the sandbox or from production") },
  { "Version", N_("The version of the legacy API") },
  { "IsSample", N_("Sent by Seller Central’s test button, not by an order") },
  { "AmazonOrderReferenceId", N_("The order’s reference at Amazon") },
  { "AmazonAuthorizationId", N_("The authorisation’s ID at Amazon") },
  { "AmazonCaptureId", N_("The capture’s ID at Amazon: the money that was taken") },
  { "AmazonRefundId", N_("The refund’s ID at Amazon") },
  { "AmazonBillingAgreementId", N_("The ID of the agreement to recurring payments at Amazon") },
  { "AmazonProviderCreditId", N_("The ID of the provider’s share at Amazon") },
  { "AmazonProviderCreditReversalId", N_("The ID of the reversal of the provider’s share at Amazon") },
  { "AmazonChargebackId", N_("The chargeback’s ID at Amazon") },
  { "AmazonCaptureReferenceId", N_("The capture that was charged back") },
  { "AuthorizationReferenceId", N_("The shop’s own number of the authorisation") },
  { "CaptureReferenceId", N_("The shop’s own number of the capture") },
  { "RefundReferenceId", N_("The shop’s own number of the refund") },
  { "CreditReferenceId", N_("The provider’s own number of its share") },
  { "CreditReversalReferenceId", N_("The provider’s own number of the reversal") },
  { "ProviderId", N_("The provider that gets a share") },
  { "SellerOrderId", N_("The shop’s own order number") },
  { "StoreName", N_("The store’s name, as the buyer sees it") },
  { "CustomInformation", N_("What the shop has noted, not shown to the buyer") },
  { "SellerNote", N_("The shop’s note to the buyer") },
  { "PlatformId", N_("The solution provider") },
  { "OrderTotal/Amount", N_("The order’s total") },
  { "AuthorizationAmount/Amount", N_("The amount that the authorisation is for") },
  { "CapturedAmount/Amount", N_("How much of it has been captured") },
  { "AuthorizationFee/Amount", N_("Amazon’s fee for the authorisation") },
  { "CaptureAmount/Amount", N_("The amount that was captured") },
  { "RefundedAmount/Amount", N_("How much of it has been refunded") },
  { "CaptureFee/Amount", N_("Amazon’s fee for the capture") },
  { "RefundAmount/Amount", N_("The amount that was refunded") },
  { "FeeRefunded/Amount", N_("How much of Amazon’s fee came back") },
  { "CreditAmount/Amount", N_("The provider’s share") },
  { "CreditReversalAmount/Amount", N_("How much of the share was taken back") },
  { "ChargebackAmount/Amount", N_("The amount that was charged back") },
  { "Amount", N_("An amount") },
  { "CurrencyCode", N_("The amount’s currency") },
  { "State", N_("The state it is in now") },
  { "ChargebackState", N_("The state that the chargeback is in now") },
  { "ChargebackReason", N_("Why the money was charged back") },
  { "ReasonCode", N_("Why it is in that state") },
  { "ReasonDescription", N_("The reason in words") },
  { "LastUpdateTimestamp", N_("When the state last changed, in UTC") },
  { "LastUpdatedTimestamp", N_("When the state last changed, in UTC") },
  { "CreationTimestamp", N_("When it was made, in UTC") },
  { "ExpirationTimestamp", N_("Until when it is good, in UTC") },
  { "CaptureNow", N_("Whether the money was captured together with the authorisation") },
  { "SoftDescriptor", N_("What stands on the buyer’s card statement") },
  { "RefundType", N_("What the refund is for") },
  { "IdList", N_("The IDs of what followed from it") },
  { "IdList/Id", N_("The ID of what followed from it") },
  { "IdList/member", N_("The ID of what followed from it") },
  { "SellerOrderAttributes", N_("The shop’s own details of the order") },
};

/* What stands there. */
typedef struct {
  const char *path; /* the end of a path */
  const char *value;
  const char *meaning; /* translatable */
} Value;

static const Value values[] = {
  { "Type", "Notification", N_("a message") },
  { "Type", "SubscriptionConfirmation", N_("a question whether this address wants the messages") },
  { "Type", "UnsubscribeConfirmation", N_("a confirmation that this address gets no more messages") },
  { "ObjectType", "CHARGE_PERMISSION", N_("a charge permission: the order’s reference") },
  { "ObjectType", "CHARGE", N_("a charge: an authorisation, and the money taken with it") },
  { "ObjectType", "REFUND", N_("a refund") },
  { "ObjectType", "CHARGEBACK", N_("a chargeback: the money is claimed back over the card company") },
  { "NotificationType", "STATE_CHANGE", N_("its state has changed") },
  { "NotificationType", "ATTRIBUTE_CHANGE", N_("a detail of it has changed, such as a limit or a deadline") },
  { "NotificationType", "OrderReferenceNotification", N_("the state of an order’s reference has changed") },
  { "NotificationType", "BillingAgreementNotification", N_("the state of an agreement to recurring payments has changed") },
  { "NotificationType", "PaymentAuthorize", N_("the state of an authorisation has changed") },
  { "NotificationType", "PaymentCapture", N_("the state of a capture has changed") },
  { "NotificationType", "PaymentRefund", N_("the state of a refund has changed") },
  { "NotificationType", "ProviderCredit", N_("the state of a provider’s share has changed") },
  { "NotificationType", "ProviderCreditReversal", N_("the state of a reversal of a provider’s share has changed") },
  { "NotificationType", "ChargebackDetailedNotification", N_("the money is claimed back over the card company") },
  { "ChargePermissionType", "OneTime", N_("one payment") },
  { "ChargePermissionType", "Recurring", N_("recurring payments") },
  { "ReleaseEnvironment", "Sandbox", N_("from the sandbox: no real order") },
  { "ReleaseEnvironment", "Live", N_("from production") },
  { "ReleaseEnvironment", "Production", N_("from production") },
  { "IsSample", "true", N_("yes, it is only a sample") },
  { "MarketplaceID", "A1VC38T7YXB528", N_("amazon.co.jp") },
  { "State", "Draft", N_("begun, and not confirmed yet") },
  { "State", "Open", N_("open: it can be used") },
  { "State", "Suspended", N_("suspended: the buyer has to choose another payment method") },
  { "State", "Canceled", N_("cancelled") },
  { "State", "Closed", N_("closed: nothing more can be done with it") },
  { "State", "Pending", N_("Amazon has not decided yet") },
  { "State", "Declined", N_("declined: no money was taken") },
  { "State", "Completed", N_("done") },
  { "ReasonCode", "InvalidPaymentMethod", N_("the payment method was refused; the buyer can choose another one") },
  { "ReasonCode", "PaymentMethodNotAllowed", N_("this payment method is not taken for the order") },
  { "ReasonCode", "AmazonRejected", N_("Amazon refused it; the buyer cannot fix that") },
  { "ReasonCode", "ProcessingFailure", N_("trouble at Amazon; it can be tried again") },
  { "ReasonCode", "TransactionTimedOut", N_("Amazon could not decide in time; it can be tried again later") },
  { "ReasonCode", "MaxCapturesProcessed", N_("everything has been captured") },
  { "ReasonCode", "MaxAmountCharged", N_("the whole amount has been charged") },
  { "ReasonCode", "ExpiredUnused", N_("it was not used in time") },
  { "ReasonCode", "Expired", N_("its time is over") },
  { "ReasonCode", "AmazonCanceled", N_("Amazon cancelled it") },
  { "ReasonCode", "AmazonClosed", N_("Amazon closed it") },
  { "ReasonCode", "SellerCanceled", N_("the shop cancelled it") },
  { "ReasonCode", "SellerClosed", N_("the shop closed it") },
  { "ReasonCode", "BuyerCanceled", N_("the buyer cancelled it") },
  { "ReasonCode", "OrderReferenceCanceled", N_("the order’s reference was cancelled") },
  { "ReasonCode", "UpfrontChargebackTerminated", N_("ended because of a chargeback") },
};

/* What it comes to, by the notification's type, or by the object's where the type says only that something changed. */
static const struct {
  const char *kind;
  const char *object_type; /* or NULL */
  const char *sense;       /* translatable */
} senses[] = {
  { "STATE_CHANGE", "CHARGE_PERMISSION", N_("The state of an order’s charge permission has changed. The message does not say to what: the shop asks Amazon.") },
  { "STATE_CHANGE", "CHARGE", N_("The state of a charge has changed: authorised, captured, declined or cancelled. The message does not say which: the shop asks Amazon.") },
  { "STATE_CHANGE", "REFUND", N_("The state of a refund has changed: done or declined. The message does not say which: the shop asks Amazon.") },
  { "STATE_CHANGE", "CHARGEBACK", N_("The state of a chargeback has changed. The message does not say to what: the shop asks Amazon.") },
  { "ATTRIBUTE_CHANGE", NULL, N_("A detail has changed, and no state. The shop asks Amazon for it.") },
  { "OrderReferenceNotification", NULL, N_("The state of an order’s reference has changed. It stands in the message.") },
  { "BillingAgreementNotification", NULL, N_("The state of an agreement to recurring payments has changed. It stands in the message.") },
  { "PaymentAuthorize", NULL, N_("An authorisation was decided. How stands in the message.") },
  { "PaymentCapture", NULL, N_("A capture of money was decided. How stands in the message.") },
  { "PaymentRefund", NULL, N_("A refund was decided. How stands in the message.") },
  { "ProviderCredit", NULL, N_("A provider’s share was decided. How stands in the message.") },
  { "ProviderCreditReversal", NULL, N_("The reversal of a provider’s share was decided. How stands in the message.") },
  { "ChargebackDetailedNotification", NULL, N_("A buyer claims money back over the card company. Answer in Seller Central in time.") },
  { "SubscriptionConfirmation", NULL, N_("Amazon asks whether this address wants the messages. The receiver, futureshop’s, answers by itself.") },
  { "UnsubscribeConfirmation", NULL, N_("Amazon confirms that this address gets no more messages. If that was not meant, enter the URL in Seller Central again.") },
};

/* Whole steps at the end of a path; a small first letter is as good as a capital. */
static gsize
match_end (const char *path,
           const char *end)
{
  gsize path_length = strlen (path);
  gsize length = strlen (end);

  if (length > path_length || g_ascii_strcasecmp (path + path_length - length, end) != 0)
    return 0;
  return length == path_length || path[path_length - length - 1] == '/' ? length : 0;
}

/**
 * pd_notification_term_lookup:
 * @path: a member's path, its steps parted by slashes
 *
 * Returns: (nullable): what the member means, translated
 */
const char *
pd_notification_term_lookup (const char *path)
{
  const Term *best = NULL;
  gsize       best_length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++) {
    gsize length = match_end (path, terms[i].path);

    if (length > best_length) {
      best = &terms[i];
      best_length = length;
    }
  }
  return best != NULL ? _(best->meaning) : NULL;
}

/**
 * pd_notification_value_lookup:
 * @path: a member's path
 * @value: its value
 *
 * Returns: (nullable): what the value means, translated
 */
const char *
pd_notification_value_lookup (const char *path,
                              const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    if (g_ascii_strcasecmp (values[i].value, value) == 0 && match_end (path, values[i].path) > 0)
      return _(values[i].meaning);
  }
  return NULL;
}

/**
 * pd_notification_sense_lookup:
 * @kind: (nullable): a NotificationType, or the Type of an envelope without a message
 * @object_type: (nullable): what it is about
 *
 * Returns: (nullable): what it comes to, translated
 */
const char *
pd_notification_sense_lookup (const char *kind,
                              const char *object_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (senses); i++) {
    if (g_strcmp0 (senses[i].kind, kind) == 0 && (senses[i].object_type == NULL || g_strcmp0 (senses[i].object_type, object_type) == 0))
      return _(senses[i].sense);
  }
  return NULL;
}
