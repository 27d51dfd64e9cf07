/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include <glib/gstdio.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "pd-test-certificate.h"

struct _PdTestCa
{
  X509     *certificate;
  EVP_PKEY *key;
  char     *pem;
  char     *path;
};

static void
add_extension (X509       *certificate,
               X509       *issuer,
               int         nid,
               const char *value)
{
  X509V3_CTX      context;
  X509_EXTENSION *extension;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  g_assert_cmpint (X509_add_ext (certificate, extension, -1), ==, 1);
  X509_EXTENSION_free (extension);
}

static X509 *
make (const char *name,
      const char *names,
      int         from_days,
      int         to_days,
      EVP_PKEY   *key,
      X509       *issuer,
      EVP_PKEY   *issuer_key)
{
  X509      *certificate = X509_new ();
  X509_NAME *subject = X509_get_subject_name (certificate);

  X509_set_version (certificate, 2);
  ASN1_INTEGER_set_int64 (X509_get_serialNumber (certificate), g_random_int_range (1, G_MAXINT));
  X509_time_adj_ex (X509_getm_notBefore (certificate), from_days, 0, NULL);
  X509_time_adj_ex (X509_getm_notAfter (certificate), to_days, 0, NULL);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guint8 *) name, -1, -1, 0);
  X509_set_issuer_name (certificate, issuer != NULL ? X509_get_subject_name (issuer) : subject);
  X509_set_pubkey (certificate, key);
  if (names != NULL) {
    add_extension (certificate, issuer != NULL ? issuer : certificate, NID_basic_constraints, "critical,CA:FALSE");
    add_extension (certificate, issuer != NULL ? issuer : certificate, NID_subject_alt_name, names);
  } else {
    add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  }
  g_assert_cmpint (X509_sign (certificate, issuer_key, EVP_sha256 ()), >, 0);
  return certificate;
}

static char *
to_pem (X509     *certificate,
        EVP_PKEY *key)
{
  BIO  *bio = BIO_new (BIO_s_mem ());
  char *data;
  char *pem;
  long  length;

  PEM_write_bio_X509 (bio, certificate);
  if (key != NULL)
    PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  length = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, length);
  BIO_free (bio);
  return pem;
}

PdTestCa *
pd_test_ca_new (const char *name)
{
  PdTestCa          *self = g_new0 (PdTestCa, 1);
  g_autoptr (GError) error = NULL;
  int                fd;

  self->key = EVP_EC_gen ("P-256");
  self->certificate = make (name, NULL, -1, 10, self->key, NULL, self->key);
  self->pem = to_pem (self->certificate, NULL);
  fd = g_file_open_tmp ("pd-test-ca-XXXXXX", &self->path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (self->path, self->pem, -1, &error);
  g_assert_no_error (error);
  return self;
}

void
pd_test_ca_free (PdTestCa *self)
{
  g_unlink (self->path);
  X509_free (self->certificate);
  EVP_PKEY_free (self->key);
  g_free (self->pem);
  g_free (self->path);
  g_free (self);
}

const char *
pd_test_ca_get_pem (PdTestCa *self)
{
  return self->pem;
}

const char *
pd_test_ca_get_path (PdTestCa *self)
{
  return self->path;
}

GTlsCertificate *
pd_test_ca_issue (PdTestCa   *self,
                  const char *names,
                  int         from_days,
                  int         to_days)
{
  EVP_PKEY          *key = EVP_EC_gen ("P-256");
  X509              *certificate = make ("A test's server", names, from_days, to_days, key, self != NULL ? self->certificate : NULL,
                                         self != NULL ? self->key : key);
  g_autofree char   *pem = to_pem (certificate, key);
  g_autoptr (GError) error = NULL;
  GTlsCertificate   *result = g_tls_certificate_new_from_pem (pem, -1, &error);

  g_assert_no_error (error);
  X509_free (certificate);
  EVP_PKEY_free (key);
  return result;
}
