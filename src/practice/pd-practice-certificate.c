/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "pd-error.h"
#include "pd-practice-certificate.h"

#define DAY (24 * 60 * 60)

struct _PdPracticeCertificates
{
  char            *ca_pem;
  GTlsCertificate *leaves[PD_PRACTICE_N_LEAVES];
};

typedef struct {
  const char *common_name;
  const char *names;      /* subjectAltName in libcrypto's notation; NULL: a CA */
  long        not_before; /* seconds from now */
  long        not_after;
} Plan;

static const Plan ca_plan = { "Paydesk practice CA", NULL, -2 * DAY, 90 * DAY };

/* A clock that is a day off still finds the good one valid; the expired one ended a day ago. */
static const Plan leaf_plans[PD_PRACTICE_N_LEAVES] = {
  [PD_PRACTICE_LEAF_GOOD] = { "Paydesk practice endpoint", "DNS:localhost,IP:127.0.0.1,IP:::1", -DAY, 90 * DAY },
  [PD_PRACTICE_LEAF_EXPIRED] = { "Paydesk practice endpoint", "DNS:localhost,IP:127.0.0.1,IP:::1", -2 * DAY, -DAY },
  [PD_PRACTICE_LEAF_WRONG_HOST] = { "Somebody else", "DNS:somebody-else.example", -DAY, 90 * DAY },
};

static gboolean
add_extension (X509       *certificate,
               X509       *issuer,
               int         nid,
               const char *value)
{
  X509V3_CTX      context;
  X509_EXTENSION *extension;
  gboolean        good;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  good = extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
  X509_EXTENSION_free (extension);
  return good;
}

static gboolean
add_serial (X509 *certificate)
{
  guint8   bytes[16];
  BIGNUM  *number;
  gboolean good;

  if (RAND_bytes (bytes, sizeof bytes) != 1)
    return FALSE;
  bytes[0] = (bytes[0] & 0x7f) | 0x40; /* positive, and always 16 bytes long */
  number = BN_bin2bn (bytes, sizeof bytes, NULL);
  good = BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL;
  BN_free (number);
  return good;
}

/* Signed by `issuer_key`; by its own where there is no issuer. */
static X509 *
make_certificate (const Plan *plan,
                  EVP_PKEY   *key,
                  X509       *issuer,
                  EVP_PKEY   *issuer_key)
{
  X509      *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);
  gboolean   good;

  good = X509_set_version (certificate, X509_VERSION_3) == 1 &&
         add_serial (certificate) &&
         X509_gmtime_adj (X509_getm_notBefore (certificate), plan->not_before) != NULL &&
         X509_gmtime_adj (X509_getm_notAfter (certificate), plan->not_after) != NULL &&
         X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guint8 *) plan->common_name, -1, -1, 0) == 1 &&
         X509_set_issuer_name (certificate, issuer != NULL ? X509_get_subject_name (issuer) : name) == 1 &&
         X509_set_pubkey (certificate, key) == 1 &&
         add_extension (certificate, issuer != NULL ? issuer : certificate, NID_subject_key_identifier, "hash");
  if (good && plan->names == NULL) {
    good = add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign");
  } else if (good) {
    good = add_extension (certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
           add_extension (certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension (certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
           add_extension (certificate, issuer, NID_ext_key_usage, "serverAuth") &&
           add_extension (certificate, issuer, NID_subject_alt_name, plan->names);
  }
  if (good && X509_sign (certificate, issuer_key, EVP_sha256 ()) > 0)
    return certificate;
  X509_free (certificate);
  return NULL;
}

static char *
to_pem (X509     *certificate,
        EVP_PKEY *key)
{
  BIO  *bio = BIO_new (BIO_s_mem ());
  char *data;
  char *result;
  long  length;

  PEM_write_bio_X509 (bio, certificate);
  if (key != NULL)
    PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  length = BIO_get_mem_data (bio, &data);
  result = g_strndup (data, (gsize) length);
  BIO_free (bio);
  return result;
}

static GTlsCertificate *
make_leaf (PdPracticeLeaf   leaf,
           EVP_PKEY        *key,
           X509            *ca,
           EVP_PKEY        *ca_key,
           GError         **error)
{
  X509            *certificate = make_certificate (&leaf_plans[leaf], key, ca, ca_key);
  g_autofree char *pem = NULL;

  if (certificate == NULL) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_TLS, _("The practice endpoint’s certificate could not be made."));
    return NULL;
  }
  pem = to_pem (certificate, key);
  X509_free (certificate);
  return g_tls_certificate_new_from_pem (pem, -1, error);
}

/**
 * pd_practice_certificates_new:
 * @error: %PD_ERROR_TLS
 *
 * Returns: (transfer full) (nullable): a fresh set
 */
PdPracticeCertificates *
pd_practice_certificates_new (GError **error)
{
  g_autoptr (PdPracticeCertificates) self = g_new0 (PdPracticeCertificates, 1);
  EVP_PKEY *ca_key = EVP_EC_gen ("P-256");
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509     *ca = ca_key != NULL && key != NULL ? make_certificate (&ca_plan, ca_key, NULL, ca_key) : NULL;
  gboolean  good = ca != NULL;

  if (!good)
    g_set_error_literal (error, PD_ERROR, PD_ERROR_TLS, _("The practice endpoint’s certificate could not be made."));
  else
    self->ca_pem = to_pem (ca, NULL);
  for (guint i = 0; good && i < PD_PRACTICE_N_LEAVES; i++) {
    self->leaves[i] = make_leaf (i, key, ca, ca_key, error);
    good = self->leaves[i] != NULL;
  }
  X509_free (ca);
  EVP_PKEY_free (ca_key);
  EVP_PKEY_free (key);
  ERR_clear_error ();
  return good ? g_steal_pointer (&self) : NULL;
}

void
pd_practice_certificates_free (PdPracticeCertificates *self)
{
  for (guint i = 0; i < PD_PRACTICE_N_LEAVES; i++)
    g_clear_object (&self->leaves[i]);
  g_free (self->ca_pem);
  g_free (self);
}

/**
 * pd_practice_certificates_get_ca:
 * @self: certificates
 *
 * Returns: (transfer none): what a client must trust, in PEM form
 */
const char *
pd_practice_certificates_get_ca (PdPracticeCertificates *self)
{
  return self->ca_pem;
}

/**
 * pd_practice_certificates_get_leaf:
 * @self: certificates
 * @leaf: which
 *
 * Returns: (transfer none): a server's certificate with its key
 */
GTlsCertificate *
pd_practice_certificates_get_leaf (PdPracticeCertificates *self,
                                   PdPracticeLeaf          leaf)
{
  return self->leaves[leaf];
}
