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
#include <string.h>

#include "pd-error.h"
#include "pd-practice-certificate.h"

#define DAY       (24 * 60 * 60)
#define MAX_HOSTS 100 /* of practice shops; past it the oldest are forgotten */
#define HERE      "DNS:localhost,IP:127.0.0.1,IP:::1"

struct _PdPracticeCertificates
{
  char            *ca_pem;
  EVP_PKEY        *key;             /* of the leaves */
  X509            *issuer;          /* the intermediate */
  EVP_PKEY        *issuer_key;
  GTlsCertificate *intermediate;    /* the same, to be sent along */
  GPtrArray       *hosts;
  GTlsCertificate *leaves[PD_PRACTICE_N_LEAVES];
};

typedef struct {
  const char *common_name;
  const char *names;      /* subjectAltName in libcrypto's notation; NULL: a CA */
  long        not_before; /* seconds from now */
  long        not_after;
} Plan;

static const Plan ca_plan = { "Paydesk practice CA", NULL, -2 * DAY, 90 * DAY };
static const Plan intermediate_plan = { "Paydesk practice intermediate", NULL, -2 * DAY, 90 * DAY };

/* What the intermediate may vouch for. */
#define CONSTRAINTS \
  "critical,permitted;DNS:localhost,permitted;DNS:example.jp,permitted;DNS:example,permitted;IP:127.0.0.0/255.0.0.0," \
  "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

/* A clock that is a day off still finds the good one valid; the expired one ended a day ago. */
static const Plan leaf_plans[PD_PRACTICE_N_LEAVES] = {
  [PD_PRACTICE_LEAF_GOOD] = { "Paydesk practice endpoint", HERE, -DAY, 89 * DAY },
  [PD_PRACTICE_LEAF_EXPIRED] = { "Paydesk practice endpoint", HERE, -2 * DAY, -DAY },
  [PD_PRACTICE_LEAF_WRONG_HOST] = { "Somebody else", "DNS:somebody-else.example", -DAY, 89 * DAY },
  [PD_PRACTICE_LEAF_EXPIRES_SOON] = { "Paydesk practice endpoint", HERE, -DAY, 3 * DAY },
  [PD_PRACTICE_LEAF_SELF_SIGNED] = { "Paydesk practice endpoint", HERE, -DAY, 89 * DAY },
  [PD_PRACTICE_LEAF_ALONE] = { "Paydesk practice endpoint", HERE, -DAY, 89 * DAY },
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
  if (good && plan->names == NULL && issuer == NULL) {
    good = add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:1") &&
           add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign");
  } else if (good && plan->names == NULL) {
    good = add_extension (certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
           add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign") &&
           add_extension (certificate, certificate, NID_name_constraints, CONSTRAINTS);
  } else if (good) {
    X509 *signer = issuer != NULL ? issuer : certificate;

    good = add_extension (certificate, signer, NID_authority_key_identifier, "keyid:always") &&
           add_extension (certificate, signer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension (certificate, signer, NID_key_usage, "critical,digitalSignature") &&
           add_extension (certificate, signer, NID_ext_key_usage, "serverAuth") &&
           add_extension (certificate, signer, NID_subject_alt_name, plan->names);
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

  if (certificate != NULL)
    PEM_write_bio_X509 (bio, certificate);
  if (key != NULL)
    PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  length = BIO_get_mem_data (bio, &data);
  result = g_strndup (data, (gsize) length);
  BIO_free (bio);
  return result;
}

static gboolean
fail (GError **error)
{
  ERR_clear_error ();
  g_set_error_literal (error, PD_ERROR, PD_ERROR_TLS, _("The practice endpoint’s certificate could not be made."));
  return FALSE;
}

/* The names of this computer, and those of the shops' pages. */
static char *
list_names (PdPracticeCertificates *self,
            const char             *names)
{
  GString *list = g_string_new (names);

  for (guint i = 0; g_str_equal (names, HERE) && i < self->hosts->len; i++)
    g_string_append_printf (list, ",DNS:%s", (const char *) g_ptr_array_index (self->hosts, i));
  return g_string_free (list, FALSE);
}

/* GLib would leave out the rest of a chain that does not verify, so that the certificate is told its issuer. */
static GTlsCertificate *
make_leaf (PdPracticeCertificates  *self,
           PdPracticeLeaf           leaf,
           GError                 **error)
{
  g_autofree char *names = list_names (self, leaf_plans[leaf].names);
  Plan             plan = leaf_plans[leaf];
  gboolean         own = leaf == PD_PRACTICE_LEAF_SELF_SIGNED;
  X509            *certificate;
  g_autofree char *pem = NULL;
  g_autofree char *key_pem = to_pem (NULL, self->key);

  plan.names = names;
  certificate = make_certificate (&plan, self->key, own ? NULL : self->issuer, own ? self->key : self->issuer_key);
  if (certificate == NULL) {
    fail (error);
    return NULL;
  }
  pem = to_pem (certificate, NULL);
  X509_free (certificate);
  return g_initable_new (g_tls_backend_get_certificate_type (g_tls_backend_get_default ()), NULL, error,
                         "certificate-pem", pem, "private-key-pem", key_pem,
                         "issuer", own || leaf == PD_PRACTICE_LEAF_ALONE ? NULL : self->intermediate, NULL);
}

static gboolean
make_leaves (PdPracticeCertificates  *self,
             GError                 **error)
{
  for (guint i = 0; i < PD_PRACTICE_N_LEAVES; i++) {
    GTlsCertificate *leaf = make_leaf (self, i, error);

    if (leaf == NULL)
      return FALSE;
    g_set_object (&self->leaves[i], leaf);
    g_object_unref (leaf);
  }
  return TRUE;
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
  g_autofree char                   *pem = NULL;
  EVP_PKEY                          *ca_key = EVP_EC_gen ("P-256");
  X509                              *ca = ca_key != NULL ? make_certificate (&ca_plan, ca_key, NULL, ca_key) : NULL;

  self->hosts = g_ptr_array_new_with_free_func (g_free);
  self->key = EVP_EC_gen ("P-256");
  self->issuer_key = EVP_EC_gen ("P-256");
  if (ca != NULL && self->key != NULL && self->issuer_key != NULL) {
    self->ca_pem = to_pem (ca, NULL);
    self->issuer = make_certificate (&intermediate_plan, self->issuer_key, ca, ca_key);
  }
  X509_free (ca);
  EVP_PKEY_free (ca_key);
  ERR_clear_error ();
  if (self->issuer == NULL) {
    fail (error);
    return NULL;
  }
  pem = to_pem (self->issuer, NULL);
  self->intermediate = g_tls_certificate_new_from_pem (pem, -1, error);
  if (self->intermediate == NULL || !make_leaves (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pd_practice_certificates_free (PdPracticeCertificates *self)
{
  for (guint i = 0; i < PD_PRACTICE_N_LEAVES; i++)
    g_clear_object (&self->leaves[i]);
  g_clear_object (&self->intermediate);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  X509_free (self->issuer);
  EVP_PKEY_free (self->issuer_key);
  EVP_PKEY_free (self->key);
  g_free (self->ca_pem);
  g_free (self);
}

/* Only what the intermediate may vouch for; nothing else could stand in a list of names. */
static gboolean
is_ours (const char *host)
{
  return g_str_has_suffix (host, ".example.jp") && strspn (host, "abcdefghijklmnopqrstuvwxyz0123456789-.") == strlen (host);
}

/**
 * pd_practice_certificates_add_hosts:
 * @self: certificates
 * @hosts: (array zero-terminated=1): the hosts of a practice shop's pages
 * @error: %PD_ERROR_TLS
 *
 * Makes the leaves anew, for these hosts as well.
 *
 * Returns: whether they are; else those that there were stay
 */
gboolean
pd_practice_certificates_add_hosts (PdPracticeCertificates  *self,
                                    const char *const       *hosts,
                                    GError                 **error)
{
  gboolean changed = FALSE;

  for (guint i = 0; hosts[i] != NULL; i++) {
    if (!is_ours (hosts[i]) || g_ptr_array_find_with_equal_func (self->hosts, hosts[i], g_str_equal, NULL))
      continue;
    if (self->hosts->len == MAX_HOSTS)
      g_ptr_array_remove_index (self->hosts, 0);
    g_ptr_array_add (self->hosts, g_strdup (hosts[i]));
    changed = TRUE;
  }
  return !changed || make_leaves (self, error);
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
