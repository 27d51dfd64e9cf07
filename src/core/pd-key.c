/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "pd-error.h"
#include "pd-key.h"

#define MIN_BITS   2048
#define MAX_LENGTH (64 * 1024)

struct _PdKey
{
  gatomicrefcount  ref_count;
  EVP_PKEY        *pkey;
  gboolean         has_private;
};

/* What a PEM label says that it is not a private key of ours. */
static const struct {
  const char *label;
  const char *what;
} labels[] = {
  { "-----BEGIN ENCRYPTED PRIVATE KEY-----",
    N_("This private key is encrypted with a passphrase. Save it without one, or download a new key from Seller Central.") },
  { "-----BEGIN PUBLIC KEY-----",
    N_("This is a public key. The private key is the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN RSA PUBLIC KEY-----",
    N_("This is a public key. The private key is the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN CERTIFICATE-----",
    N_("This is a certificate, not a private key. Use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN CERTIFICATE REQUEST-----",
    N_("This is a certificate request, not a private key. Use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN OPENSSH PRIVATE KEY-----",
    N_("This is a key of OpenSSH’s own form. Use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN EC PRIVATE KEY-----",
    N_("This is an EC key. Amazon Pay uses RSA keys: use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN DSA PRIVATE KEY-----",
    N_("This is a DSA key. Amazon Pay uses RSA keys: use the file AmazonPay_….pem that Seller Central offered for download.") },
};

/* A passphrase is never asked for: what is encrypted is refused by name. */
static int
no_passphrase (char *buffer,
               int   size,
               int   writing,
               void *user_data)
{
  return -1;
}

static PdKey *
take (EVP_PKEY *pkey,
      gboolean  has_private)
{
  PdKey *self = g_new0 (PdKey, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->pkey = pkey;
  self->has_private = has_private;
  return self;
}

static EVP_PKEY *
read_der (const guint8 *der,
          gsize         length)
{
  const guint8 *cursor = der;
  EVP_PKEY     *pkey = d2i_AutoPrivateKey (NULL, &cursor, (long) length);

  return pkey;
}

static gboolean
is_base64_only (const char *text,
                gsize       length)
{
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum (text[i]) && strchr ("+/=\r\n\t ", text[i]) == NULL)
      return FALSE;
  }
  return length > 0;
}

/* Base64 DER, wrapped or on one line; the decoded copy is in the secure heap and wiped. */
static EVP_PKEY *
read_base64 (const char *text,
             gsize       length)
{
  EVP_PKEY     *pkey = NULL;
  guint8       *der = OPENSSL_secure_malloc (length);
  gint          state = 0;
  guint         save = 0;
  gsize         n;

  if (der == NULL)
    return NULL;
  n = g_base64_decode_step (text, length, der, &state, &save);
  pkey = read_der (der, n);
  if (pkey == NULL) {
    /* The public half in the same clothes is worth its own word. */
    const guint8 *cursor = der;

    pkey = d2i_PUBKEY (NULL, &cursor, (long) n);
  }
  OPENSSL_secure_clear_free (der, length);
  return pkey;
}

static gboolean
has_private_half (EVP_PKEY *pkey)
{
  BIGNUM  *d = NULL;
  gboolean result = EVP_PKEY_get_bn_param (pkey, "d", &d) == 1;

  BN_clear_free (d);
  return result;
}

static PdKey *
accept (EVP_PKEY  *pkey,
        GError   **error)
{
  if (!EVP_PKEY_is_a (pkey, "RSA")) {
    const char *type = EVP_PKEY_get0_type_name (pkey);

    g_set_error (error, PD_ERROR, PD_ERROR_BAD_KEY,
                 _("This is a key of the kind %s. Amazon Pay uses RSA keys: use the file AmazonPay_….pem that Seller Central "
                   "offered for download."), type != NULL ? type : "?");
  } else if (!has_private_half (pkey)) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(labels[1].what));
  } else if (EVP_PKEY_get_bits (pkey) < MIN_BITS) {
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_KEY,
                 _("This RSA key has %d bits; Amazon Pay needs at least %d. Make a new key in Seller Central."),
                 EVP_PKEY_get_bits (pkey), MIN_BITS);
  } else {
    return take (pkey, TRUE);
  }
  EVP_PKEY_free (pkey);
  return NULL;
}

/* Where in the text a label stands, if it does. */
static const char *
find_text (const char *text,
           gsize       length,
           const char *needle)
{
  return memmem (text, length, needle, strlen (needle));
}

/**
 * pd_key_new_private:
 * @text: PEM (PKCS#8 or PKCS#1), or Base64 of the DER on one line or wrapped
 * @length: its length in bytes
 * @error: %PD_ERROR_BAD_KEY, which names what else it is and holds no byte of it
 *
 * Reads an RSA private key of at least 2048 bits that is not encrypted.
 *
 * Returns: (transfer full) (nullable): the key
 */
PdKey *
pd_key_new_private (const char  *text,
                    gsize        length,
                    GError     **error)
{
  EVP_PKEY *pkey = NULL;

  pd_secret_memory_init ();
  if (length > MAX_LENGTH) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY,
                         _("This is too long for a private key. Use the file AmazonPay_….pem that Seller Central offered for download."));
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    if (find_text (text, length, labels[i].label) != NULL) {
      g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(labels[i].what));
      return NULL;
    }
  }
  if (find_text (text, length, "Proc-Type: 4,ENCRYPTED") != NULL) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(labels[0].what));
    return NULL;
  }
  if (find_text (text, length, "-----BEGIN") != NULL) {
    BIO *bio = BIO_new_mem_buf (text, (int) length);

    pkey = PEM_read_bio_PrivateKey (bio, NULL, no_passphrase, NULL);
    BIO_free (bio);
  } else if (is_base64_only (text, length)) {
    pkey = read_base64 (text, length);
  }
  ERR_clear_error ();
  if (pkey == NULL) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY,
                         find_text (text, length, "-----BEGIN") != NULL
                         ? _("This private key is damaged or not complete. Copy the whole file, from the line BEGIN to the line END.")
                         : _("This is no private key. Use the file AmazonPay_….pem that Seller Central offered for download."));
    return NULL;
  }
  return accept (pkey, error);
}

/**
 * pd_key_new_public:
 * @pem: a public key, SubjectPublicKeyInfo in PEM form
 * @length: its length in bytes
 * @error: %PD_ERROR_BAD_KEY
 *
 * Returns: (transfer full) (nullable): the key, good for verifying only
 */
PdKey *
pd_key_new_public (const char  *pem,
                   gsize        length,
                   GError     **error)
{
  BIO      *bio = BIO_new_mem_buf (pem, (int) MIN (length, MAX_LENGTH));
  EVP_PKEY *pkey = PEM_read_bio_PUBKEY (bio, NULL, no_passphrase, NULL);

  BIO_free (bio);
  ERR_clear_error ();
  if (pkey == NULL || !EVP_PKEY_is_a (pkey, "RSA")) {
    EVP_PKEY_free (pkey);
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _("This is not an RSA public key."));
    return NULL;
  }
  return take (pkey, FALSE);
}

/**
 * pd_key_generate:
 * @bits: length of the modulus
 * @error: %PD_ERROR_BAD_KEY
 *
 * Takes a tenth of a second and more: not on the main loop of a window.
 *
 * Returns: (transfer full) (nullable): a fresh RSA key
 */
PdKey *
pd_key_generate (guint    bits,
                 GError **error)
{
  EVP_PKEY *pkey = EVP_RSA_gen (bits);

  if (pkey == NULL) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _("A key could not be made."));
    return NULL;
  }
  return take (pkey, TRUE);
}

PdKey *
pd_key_ref (PdKey *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
pd_key_unref (PdKey *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  EVP_PKEY_free (self->pkey);
  g_free (self);
}

guint
pd_key_get_bits (PdKey *self)
{
  return (guint) EVP_PKEY_get_bits (self->pkey);
}

gboolean
pd_key_has_private (PdKey *self)
{
  return self->has_private;
}

/**
 * pd_key_to_stored:
 * @self: a private key
 *
 * gnome-keyring loses a passwordless keyring's whole file over a line break, so the stored form has none.
 *
 * Returns: (transfer full): the Base64 of the PKCS#8 DER, on one line
 */
PdSecretText *
pd_key_to_stored (PdKey *self)
{
  PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8 (self->pkey);
  guint8              *der = NULL;
  int                  length = info != NULL ? i2d_PKCS8_PRIV_KEY_INFO (info, &der) : -1;
  PdSecretText        *result;
  char                *base64;
  gsize                base64_length;

  g_return_val_if_fail (length > 0, NULL);
  base64_length = ((gsize) length + 2) / 3 * 4;
  base64 = OPENSSL_secure_malloc (base64_length + 1);
  if (base64 == NULL)
    base64 = OPENSSL_malloc (base64_length + 1);
  EVP_EncodeBlock ((guint8 *) base64, der, length);
  result = pd_secret_text_new_len (base64, base64_length);
  OPENSSL_secure_clear_free (base64, base64_length + 1);
  OPENSSL_clear_free (der, (gsize) length);
  PKCS8_PRIV_KEY_INFO_free (info);
  return result;
}

static PdSecretText *
text_of_bio (BIO *bio)
{
  char         *data;
  long          length = BIO_get_mem_data (bio, &data);
  PdSecretText *result = pd_secret_text_new_len (data, (gsize) length);

  return result;
}

/**
 * pd_key_to_pem:
 * @self: a private key
 *
 * Returns: (transfer full): it in PEM form, PKCS#8
 */
PdSecretText *
pd_key_to_pem (PdKey *self)
{
  BIO          *bio = BIO_new (BIO_s_secmem ());
  PdSecretText *result;

  PEM_write_bio_PKCS8PrivateKey (bio, self->pkey, NULL, NULL, 0, NULL, NULL);
  result = text_of_bio (bio);
  BIO_free (bio);
  return result;
}

/**
 * pd_key_to_public_pem:
 * @self: a key
 *
 * Returns: (transfer full): its public half in PEM form
 */
char *
pd_key_to_public_pem (PdKey *self)
{
  BIO  *bio = BIO_new (BIO_s_mem ());
  char *data;
  char *result;
  long  length;

  PEM_write_bio_PUBKEY (bio, self->pkey);
  length = BIO_get_mem_data (bio, &data);
  result = g_strndup (data, (gsize) length);
  BIO_free (bio);
  return result;
}

/**
 * pd_key_get_fingerprint:
 * @self: a key
 *
 * Returns: (transfer full): SHA-256 of the public half's SubjectPublicKeyInfo, lower-case hexadecimal
 */
char *
pd_key_get_fingerprint (PdKey *self)
{
  guint8 *der = NULL;
  int     length = i2d_PUBKEY (self->pkey, &der);
  char   *result = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) MAX (length, 0));

  OPENSSL_free (der);
  return result;
}

static gboolean
set_pss (EVP_PKEY_CTX *context,
         int           salt_length)
{
  return EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md (context, EVP_sha256 ()) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen (context, salt_length) == 1;
}

/**
 * pd_key_sign_pss:
 * @self: a private key
 * @salt_length: length of the salt in bytes: 20 or 32
 * @data: what to sign
 * @length: its length in bytes
 * @error: %PD_ERROR_BAD_KEY
 *
 * RSASSA-PSS with SHA-256 and MGF1 with SHA-256 (Amazon Pay API v2, "Signing requests").
 *
 * Returns: (transfer full) (nullable): the signature
 */
GBytes *
pd_key_sign_pss (PdKey       *self,
                 int          salt_length,
                 const void  *data,
                 gsize        length,
                 GError     **error)
{
  EVP_MD_CTX   *signer = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *context = NULL;
  gsize         size = (gsize) EVP_PKEY_get_size (self->pkey);
  guint8       *signature = g_malloc (size);
  gboolean      good;

  good = self->has_private &&
         EVP_DigestSignInit (signer, &context, EVP_sha256 (), NULL, self->pkey) == 1 &&
         set_pss (context, salt_length) &&
         EVP_DigestSign (signer, signature, &size, data, length) == 1;
  EVP_MD_CTX_free (signer);
  if (!good) {
    g_free (signature);
    ERR_clear_error ();
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _("This private key cannot sign."));
    return NULL;
  }
  return g_bytes_new_take (signature, size);
}

/**
 * pd_key_verify_pss:
 * @self: a key
 * @salt_length: length of the salt in bytes, which the signature must have exactly
 * @data: what was signed
 * @length: its length in bytes
 * @signature: the signature
 *
 * Returns: whether the signature is the key's
 */
gboolean
pd_key_verify_pss (PdKey      *self,
                   int         salt_length,
                   const void *data,
                   gsize       length,
                   GBytes     *signature)
{
  EVP_MD_CTX   *verifier = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *context = NULL;
  gsize         size;
  const guint8 *bytes = g_bytes_get_data (signature, &size);
  gboolean      good;

  good = EVP_DigestVerifyInit (verifier, &context, EVP_sha256 (), NULL, self->pkey) == 1 &&
         set_pss (context, salt_length) &&
         EVP_DigestVerify (verifier, bytes, size, data, length) == 1;
  EVP_MD_CTX_free (verifier);
  ERR_clear_error ();
  return good;
}
