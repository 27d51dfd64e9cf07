/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "pd-error.h"
#include "pd-json.h"
#include "pd-notification-certificate.h"
#include "pd-practice-notifier.h"

#define KEY_BITS 2048
#define DAYS     90
#define DAY      (24 * 60 * 60)

/* No region's account has this number. */
#define TOPIC "arn:aws:sns:ap-northeast-1:000000000000:practice-"

struct _PdPracticeNotifier
{
  GObject       parent_instance;
  OSSL_LIB_CTX *context; /* its own, so that a policy against SHA-1 does not reach it */
  EVP_PKEY     *key;
  GBytes       *certificate;
  char         *url;
};

G_DEFINE_FINAL_TYPE (PdPracticeNotifier, pd_practice_notifier, G_TYPE_OBJECT)

static GBytes *
make_certificate (PdPracticeNotifier *self)
{
  static const char name[] = PD_NOTIFICATION_PRACTICE_NAME;
  X509             *certificate = X509_new_ex (self->context, NULL);
  X509_NAME        *subject = X509_get_subject_name (certificate);
  BIO              *bio = BIO_new (BIO_s_mem ());
  GBytes           *pem = NULL;
  char             *data;
  long              length;

  if (X509_set_version (certificate, X509_VERSION_3) == 1 &&
      ASN1_INTEGER_set_int64 (X509_get_serialNumber (certificate), g_get_real_time ()) == 1 &&
      X509_gmtime_adj (X509_getm_notBefore (certificate), -DAY) != NULL &&
      X509_gmtime_adj (X509_getm_notAfter (certificate), (long) DAYS * DAY) != NULL &&
      X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guint8 *) name, -1, -1, 0) == 1 &&
      X509_set_issuer_name (certificate, subject) == 1 && X509_set_pubkey (certificate, self->key) == 1 &&
      X509_sign (certificate, self->key, EVP_sha256 ()) > 0 && PEM_write_bio_X509 (bio, certificate) == 1) {
    length = BIO_get_mem_data (bio, &data);
    pem = g_bytes_new (data, (gsize) length);
  }
  BIO_free (bio);
  X509_free (certificate);
  return pem;
}

static char *
sign (PdPracticeNotifier *self,
      const char         *version,
      const char         *text)
{
  EVP_MD_CTX       *signer = EVP_MD_CTX_new ();
  guint8            signature[KEY_BITS / 8];
  gsize             length = sizeof signature;
  g_autofree char  *result = NULL;

  if (EVP_DigestSignInit_ex (signer, NULL, g_str_equal (version, "1") ? "SHA1" : "SHA256", self->context, NULL, self->key, NULL) == 1 &&
      EVP_DigestSign (signer, signature, &length, (const guint8 *) text, strlen (text)) == 1)
    result = g_base64_encode (signature, length);
  EVP_MD_CTX_free (signer);
  return g_steal_pointer (&result);
}

static void
pd_practice_notifier_finalize (GObject *object)
{
  PdPracticeNotifier *self = PD_PRACTICE_NOTIFIER (object);

  EVP_PKEY_free (self->key);
  OSSL_LIB_CTX_free (self->context);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  g_free (self->url);
  G_OBJECT_CLASS (pd_practice_notifier_parent_class)->finalize (object);
}

static void
pd_practice_notifier_class_init (PdPracticeNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_practice_notifier_finalize;
}

static void
pd_practice_notifier_init (PdPracticeNotifier *self)
{
  self->context = OSSL_LIB_CTX_new ();
}

/**
 * pd_practice_notifier_new:
 * @error: %PD_ERROR_TLS
 *
 * Takes as long as making a key does: see pd_practice_notifier_new_async().
 *
 * Returns: (transfer full) (nullable): a notifier with a fresh key
 */
PdPracticeNotifier *
pd_practice_notifier_new (GError **error)
{
  g_autoptr (PdPracticeNotifier) self = g_object_new (PD_TYPE_PRACTICE_NOTIFIER, NULL);
  guint64                        number = 0;

  self->key = EVP_PKEY_Q_keygen (self->context, NULL, "RSA", (size_t) KEY_BITS);
  self->certificate = self->key != NULL ? make_certificate (self) : NULL;
  ERR_clear_error ();
  if (self->certificate == NULL || RAND_bytes ((guint8 *) &number, sizeof number) != 1) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_TLS, _("The practice endpoint’s certificate could not be made."));
    return NULL;
  }
  self->url = g_strdup_printf ("https://sns.ap-northeast-1.amazonaws.com/paydesk-practice-%016" G_GINT64_MODIFIER "x.pem", number);
  return g_steal_pointer (&self);
}

static gpointer
make_in_thread (gpointer data)
{
  g_autoptr (GTask)   task = data;
  GError             *error = NULL;
  PdPracticeNotifier *self = pd_practice_notifier_new (&error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
  return NULL;
}

/**
 * pd_practice_notifier_new_async:
 * @cancellable: (nullable): to cancel with
 * @callback: what to call
 * @user_data: for it
 *
 * pd_practice_notifier_new() away from the main loop.
 */
void
pd_practice_notifier_new_async (GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_practice_notifier_new_async);
  /* A thread of its own: what libcrypto keeps of random numbers for each thread goes with it. */
  g_thread_unref (g_thread_new ("practice-notifier", make_in_thread, task));
}

PdPracticeNotifier *
pd_practice_notifier_new_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
pd_practice_notifier_get_certificate (PdPracticeNotifier *self)
{
  return self->certificate;
}

const char *
pd_practice_notifier_get_certificate_url (PdPracticeNotifier *self)
{
  return self->url;
}

static char *
format_timestamp (const PdPracticeSample *sample)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) when = g_date_time_add_days (now, sample->flaw == PD_PRACTICE_FLAW_EXPIRED ? 2 * DAYS : 0);

  return g_date_time_format (when, "%Y-%m-%dT%H:%M:%S.000Z");
}

static void
sign_envelope (PdPracticeNotifier     *self,
               const PdPracticeSample *sample,
               JsonNode               *node)
{
  JsonObject                *object = json_node_get_object (node);
  g_autofree char           *unsigned_body = pd_json_to_string (node, FALSE);
  g_autoptr (PdNotification) unsigned_one = pd_notification_new (unsigned_body, strlen (unsigned_body));
  g_autofree char           *text = pd_notification_get_string_to_sign (unsigned_one);
  g_autofree char           *signature = sign (self, sample->version, text);

  if (sample->flaw == PD_PRACTICE_FLAW_FORGED) {
    guint8 bytes[KEY_BITS / 8];

    RAND_bytes (bytes, sizeof bytes);
    g_free (signature);
    signature = g_base64_encode (bytes, sizeof bytes);
  }
  if (sample->flaw == PD_PRACTICE_FLAW_NO_SIGNATURE)
    json_object_remove_member (object, "Signature");
  else
    json_object_set_string_member (object, "Signature", signature);
  if (sample->flaw == PD_PRACTICE_FLAW_ALTERED) {
    g_autoptr (GString) message = g_string_new (json_object_get_string_member (object, "Message"));

    g_string_replace (message, "\"CHARGE\"", "\"REFUND\"", 1);
    json_object_set_string_member (object, "Message", message->str);
  }
}

/**
 * pd_practice_notifier_make:
 * @self: a notifier
 * @sample: which message
 * @merchant_id: the shop's Seller ID
 *
 * Returns: (transfer full): a notification with a MessageId of its own; sent once more, it is a repetition
 */
PdPracticeNotice *
pd_practice_notifier_make (PdPracticeNotifier     *self,
                           const PdPracticeSample *sample,
                           const char             *merchant_id)
{
  PdPracticeNotice    *notice = g_new0 (PdPracticeNotice, 1);
  const char          *shop = sample->flaw == PD_PRACTICE_FLAW_OTHER_SHOP ? "A0ANOTHERSHOP00" : merchant_id;
  JsonObject          *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char     *message = pd_practice_sample_message (sample, shop);
  g_autofree char     *timestamp = format_timestamp (sample);
  g_autofree char     *topic = g_strconcat (TOPIC, merchant_id, NULL);

  json_object_unref (object);
  notice->is_bad = sample->flaw != PD_PRACTICE_FLAW_NONE;
  notice->message_id = g_uuid_string_random ();
  notice->kind = g_strdup (sample->flaw == PD_PRACTICE_FLAW_KIND ? "SubscriptionConfirmation" : sample->kind);
  notice->topic = g_strconcat (topic, sample->flaw == PD_PRACTICE_FLAW_TOPIC ? "-other" : "", NULL);
  json_object_set_string_member (object, "Type", sample->kind);
  json_object_set_string_member (object, "MessageId", notice->message_id);
  if (sample->notification_type == NULL) {
    json_object_set_string_member (object, "Token", "0000000000000000");
    json_object_set_string_member (object, "SubscribeURL", "https://sns.ap-northeast-1.amazonaws.com/?Action=ConfirmSubscription&Token=0000000000000000");
  }
  json_object_set_string_member (object, "TopicArn", topic);
  json_object_set_string_member (object, "Message", message);
  json_object_set_string_member (object, "Timestamp", timestamp);
  json_object_set_string_member (object, "SignatureVersion", sample->version);
  json_object_set_string_member (object, "Signature", "");
  json_object_set_string_member (object, "SigningCertURL",
                                 sample->flaw == PD_PRACTICE_FLAW_CERTIFICATE_URL ? "https://sns.ap-northeast-1.amazonaws.com.example.jp/a.pem"
                                                                                  : self->url);
  sign_envelope (self, sample, node);
  notice->body = pd_json_to_string (node, FALSE);
  if (sample->flaw == PD_PRACTICE_FLAW_CUT)
    notice->body[strlen (notice->body) / 2] = '\0';
  return notice;
}
