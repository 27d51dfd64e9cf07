/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "pd-error.h"
#include "pd-notification-certificate.h"
#include "pd-notification-private.h"
#include "pd-response-private.h"

/* SNS's are of two to five kilobytes. */
#define MAX_CERTIFICATE (64 * 1024)
#define MAX_NAME        200

/* The name that the certificates had before each region got its own ("Verifying the signatures", and the legacy SDKs). */
#define COMMON_HOST "sns.amazonaws.com"

/* A certificate needs no passphrase: libcrypto would ask for one at the terminal, and wait. */
static int
no_passphrase (char *buffer,
               int   size,
               int   is_writing,
               void *data)
{
  return -1;
}

/**
 * pd_notification_certificate_read:
 * @pem: a certificate in PEM form
 * @length: its length in bytes
 * @context: (nullable): the library context that its key is for
 *
 * Returns: (transfer full) (nullable): the certificate, for X509_free(); %NULL where it is none, or needs a passphrase
 */
X509 *
pd_notification_certificate_read (const char   *pem,
                                  gsize         length,
                                  OSSL_LIB_CTX *context)
{
  X509 *certificate;
  BIO  *bio;

  if (length == 0 || length > MAX_CERTIFICATE)
    return NULL;
  bio = BIO_new_mem_buf (pem, (int) MIN (length, G_MAXINT));
  certificate = X509_new_ex (context, NULL);
  if (PEM_read_bio_X509 (bio, &certificate, no_passphrase, NULL) == NULL)
    g_clear_pointer (&certificate, X509_free);
  BIO_free (bio);
  ERR_clear_error ();
  return certificate;
}

static X509 *
parse (GBytes *pem)
{
  gsize       length;
  const char *data = g_bytes_get_data (pem, &length);

  return pd_notification_certificate_read (data, length, NULL);
}

static gboolean
is_for_host (GBytes     *pem,
             const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char      *host = g_uri_get_host (uri);
  X509            *certificate = parse (pem);
  gboolean         good = certificate != NULL && (X509_check_host (certificate, host, 0, X509_CHECK_FLAG_NO_WILDCARDS, NULL) == 1 ||
                                                  X509_check_host (certificate, COMMON_HOST, 0, X509_CHECK_FLAG_NO_WILDCARDS, NULL) == 1);

  X509_free (certificate);
  return good;
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask)      task = data;
  PdNotification        *notification = g_task_get_source_object (task);
  const char            *url = pd_notification_get_member (notification, "SigningCertURL");
  GError                *error = NULL;
  g_autoptr (PdResponse) response = pd_client_send_finish (PD_CLIENT (source), result, &error);
  guint                  status;

  if (response == NULL) {
    g_task_return_error (task, error);
    return;
  }
  status = pd_response_get_status (response);
  if (status >= 300 && status < 400)
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_NOT_ALLOWED,
                             _("The server sends the request elsewhere (HTTP %u), which is not followed: a certificate comes from Amazon’s own host."),
                             status);
  else if (status != 200)
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_GARBAGE,
                             _("There is no certificate at the address that the message names (HTTP %u). Open the certificate from a file."), status);
  else if (!is_for_host (pd_response_get_body (response), url))
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_GARBAGE,
                             _("What came is not a certificate of Amazon’s notification service. Try again later, or open it from a file."));
  else
    g_task_return_pointer (task, g_bytes_ref (pd_response_get_body (response)), (GDestroyNotify) g_bytes_unref);
}

/**
 * pd_notification_certificate_fetch_async:
 * @notification: a notification
 * @client: who fetches
 * @cancellable: (nullable): ends it at once
 * @callback: called when there is a certificate or an error
 * @user_data: for @callback
 *
 * Fetches the certificate from the message's SigningCertURL: over TLS that is checked, from SNS's own hosts only
 * (pd_notification_url_is_trusted()), without following redirects. It has to be made out to that host or to `sns.amazonaws.com`.
 * Its dates are judged by pd_notification_verify().
 */
void
pd_notification_certificate_fetch_async (PdNotification      *notification,
                                         PdClient            *client,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr (GTask)     task = g_task_new (notification, cancellable, callback, user_data);
  const char           *url = pd_notification_get_member (notification, "SigningCertURL");
  g_autoptr (PdRequest) request = NULL;
  GError               *error = NULL;

  g_task_set_source_tag (task, pd_notification_certificate_fetch_async);
  if (url == NULL || !pd_notification_url_is_trusted (url)) {
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_NOT_ALLOWED,
                             _("The message names no address on Amazon’s own hosts. Nothing was fetched."));
    return;
  }
  request = pd_request_new_for_url (PD_ENVIRONMENT_PRODUCTION, url, &error);
  if (request == NULL) {
    g_task_return_error (task, error);
    return;
  }
  pd_client_send_async (client, request, cancellable, on_sent, g_steal_pointer (&task));
}

/**
 * pd_notification_certificate_fetch_finish:
 * @notification: a notification
 * @result: what the callback was given
 * @error: %PD_ERROR_NOT_ALLOWED, %PD_ERROR_GARBAGE, those of pd_client_send_finish()
 *
 * Returns: (transfer full) (nullable): the certificate, in PEM form
 */
GBytes *
pd_notification_certificate_fetch_finish (PdNotification  *notification,
                                          GAsyncResult    *result,
                                          GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * pd_notification_certificate_dup_name:
 * @pem: a certificate
 *
 * Returns: (transfer full) (nullable): the name that it is made out to; %NULL where it is no certificate
 */
char *
pd_notification_certificate_dup_name (GBytes *pem)
{
  X509 *certificate = parse (pem);
  char  name[MAX_NAME] = "";

  if (certificate == NULL)
    return NULL;
  X509_NAME_get_text_by_NID (X509_get_subject_name (certificate), NID_commonName, name, sizeof name);
  X509_free (certificate);
  return pd_response_make_harmless (name, strlen (name), sizeof name);
}

/**
 * pd_notification_certificate_is_practice:
 * @pem: a certificate
 *
 * Returns: whether it was made by the practice endpoint, of this run or another
 */
gboolean
pd_notification_certificate_is_practice (GBytes *pem)
{
  g_autofree char *name = pd_notification_certificate_dup_name (pem);

  return g_strcmp0 (name, PD_NOTIFICATION_PRACTICE_NAME) == 0;
}
