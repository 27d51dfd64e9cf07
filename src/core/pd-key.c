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
#define MAX_BITS   8192 /* beyond it one signature takes a second and more */
#define MAX_LENGTH (64 * 1024)

struct _PdKey
{
  gatomicrefcount  ref_count;
  EVP_PKEY        *pkey;
  gboolean         has_private;
};

#define ENCRYPTED   N_("This private key is encrypted with a passphrase. Save it without one, or download a new key from Seller Central.")
#define PUBLIC_KEY  N_("This is a public key. The private key is the file AmazonPay_….pem that Seller Central offered for download.")
#define CERTIFICATE N_("This is a certificate, not a private key. Use the file AmazonPay_….pem that Seller Central offered for download.")
#define DAMAGED     N_("This private key is damaged or not complete. Copy the whole file, from the line BEGIN to the line END.")

/* The two forms of a private key that Amazon and others hand out: PKCS#8 and PKCS#1. */
static const struct {
  const char *begin;
  const char *end;
} armours[] = {
  { "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----" },
  { "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----" },
};

/* What other labels say that it is. */
static const struct {
  const char *label;
  const char *what;
} labels[] = {
  { "-----BEGIN ENCRYPTED PRIVATE KEY-----", ENCRYPTED },
  { "-----BEGIN OPENSSH PRIVATE KEY-----",
    N_("This is a key of OpenSSH’s own form. Use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN EC PRIVATE KEY-----",
    N_("This is an EC key. Amazon Pay uses RSA keys: use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN EC PARAMETERS-----",
    N_("This is an EC key. Amazon Pay uses RSA keys: use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN DSA PRIVATE KEY-----",
    N_("This is a DSA key. Amazon Pay uses RSA keys: use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "-----BEGIN PUBLIC KEY-----", PUBLIC_KEY },
  { "-----BEGIN RSA PUBLIC KEY-----", PUBLIC_KEY },
  { "---- BEGIN SSH2 PUBLIC KEY ----", PUBLIC_KEY },
  { "ssh-rsa AAAA", PUBLIC_KEY },
  { "-----BEGIN CERTIFICATE-----", CERTIFICATE },
  { "-----BEGIN CERTIFICATE REQUEST-----",
    N_("This is a certificate request, not a private key. Use the file AmazonPay_….pem that Seller Central offered for download.") },
  { "PuTTY-User-Key-File",
    N_("This is a key of PuTTY’s own form. Use the file AmazonPay_….pem that Seller Central offered for download.") },
  /* Its armour is not whole: a dash too few, or dashes of another kind. */
  { "PRIVATE KEY", DAMAGED },
};

/* A passphrase is never asked for. */
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

/* From the locked heap, or the ordinary one where that is full; OPENSSL_secure_clear_free() knows which. */
static gpointer
secure_alloc (gsize size)
{
  gpointer memory = OPENSSL_secure_malloc (size);

  if (memory == NULL)
    memory = OPENSSL_malloc (size);
  if (memory == NULL)
    g_error ("no memory");
  return memory;
}

static gboolean
has_private_half (EVP_PKEY *pkey)
{
  BIGNUM  *d = NULL;
  gboolean result = EVP_PKEY_get_bn_param (pkey, "d", &d) == 1;

  BN_clear_free (d);
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

/* A digit that was changed on the way still reads as a key; only a signature shows it. */
static gboolean
proves_itself (PdKey *self)
{
  static const char  text[] = "Paydesk";
  g_autoptr (GBytes) signature = pd_key_sign_pss (self, 32, text, sizeof text, NULL);

  return signature != NULL && pd_key_verify_pss (self, 32, text, sizeof text, signature);
}

static PdKey *
accept (EVP_PKEY  *pkey,
        GError   **error)
{
  const char       *type = EVP_PKEY_get0_type_name (pkey);
  g_autoptr (PdKey) self = take (pkey, TRUE);

  if (!EVP_PKEY_is_a (pkey, "RSA"))
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_KEY,
                 _("This is a key of the kind %s. Amazon Pay uses RSA keys: use the file AmazonPay_….pem that Seller Central "
                   "offered for download."), type != NULL ? type : "?");
  else if (!has_private_half (pkey))
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(PUBLIC_KEY));
  else if (EVP_PKEY_get_bits (pkey) < MIN_BITS)
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_KEY,
                 _("This RSA key has %d bits; Amazon Pay needs at least %d. Make a new key in Seller Central."),
                 EVP_PKEY_get_bits (pkey), MIN_BITS);
  else if (EVP_PKEY_get_bits (pkey) > MAX_BITS)
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_KEY,
                 _("This RSA key has %d bits, more than Paydesk can use (%d). Make a new key in Seller Central."),
                 EVP_PKEY_get_bits (pkey), MAX_BITS);
  else if (!proves_itself (self))
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(DAMAGED));
  else
    return g_steal_pointer (&self);
  return NULL;
}

/* The whole of it, and not a byte behind. */
static EVP_PKEY *
read_der (const guint8 *der,
          gsize         length)
{
  const guint8 *cursor = der;
  EVP_PKEY     *pkey = d2i_AutoPrivateKey (NULL, &cursor, (long) length);

  if (pkey != NULL && cursor != der + length)
    g_clear_pointer (&pkey, EVP_PKEY_free);
  return pkey;
}

/* What the DER is if it is no private key, or NULL. */
static const char *
name_der (const guint8 *der,
          gsize         length)
{
  const guint8 *cursor = der;
  EVP_PKEY     *public_key = d2i_PUBKEY (NULL, &cursor, (long) length);
  X509         *certificate;
  X509_SIG     *encrypted;
  const char   *what = NULL;

  cursor = der;
  certificate = d2i_X509 (NULL, &cursor, (long) length);
  cursor = der;
  encrypted = d2i_X509_SIG (NULL, &cursor, (long) length);
  if (public_key != NULL)
    what = PUBLIC_KEY;
  else if (certificate != NULL)
    what = CERTIFICATE;
  else if (encrypted != NULL)
    what = ENCRYPTED;
  EVP_PKEY_free (public_key);
  X509_free (certificate);
  X509_SIG_free (encrypted);
  return what;
}

/* Base64, wrapped by line breaks, spaces or the "\n" of a JSON or environment file. Returns the count of bytes written to
 * @der, which has room for @length; 0: it is no Base64. */
static gsize
decode (const char *text,
        gsize       length,
        guint8     *der)
{
  gint  state = 0;
  guint save = 0;
  gsize n = 0;

  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isalnum (text[i]) || text[i] == '+' || text[i] == '/' || text[i] == '=')
      n += g_base64_decode_step (text + i, 1, der + n, &state, &save);
    else if (text[i] == '\\' && i + 1 < length && (text[i + 1] == 'n' || text[i + 1] == 'r'))
      i++;
    else if (!g_ascii_isspace (text[i]))
      return 0;
  }
  return n;
}

/* The decoded copy is in the secure heap where that has room, and wiped. */
static PdKey *
read_base64 (const char  *text,
             gsize        length,
             gboolean     in_armour,
             GError     **error)
{
  guint8     *der = secure_alloc (length + 3);
  gsize       n = decode (text, length, der);
  EVP_PKEY   *pkey = n > 0 ? read_der (der, n) : NULL;
  const char *what = n > 0 && pkey == NULL ? name_der (der, n) : NULL;

  OPENSSL_secure_clear_free (der, length + 3);
  ERR_clear_error ();
  if (pkey != NULL)
    return accept (pkey, error);
  if (what == NULL)
    what = in_armour ? DAMAGED
         : N_("This is not a private key. Use the file AmazonPay_….pem that Seller Central offered for download.");
  g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(what));
  return NULL;
}

/* Where in the text a label stands, if it does. */
static const char *
find_text (const char *text,
           const char *end,
           const char *needle)
{
  return memmem (text, (gsize) (end - text), needle, strlen (needle));
}

/**
 * pd_key_new_private:
 * @text: PEM (PKCS#8 or PKCS#1), text around it allowed; or Base64 of the DER on one line or wrapped
 * @length: its length in bytes
 * @error: %PD_ERROR_BAD_KEY, which names what else it is and holds no byte of it
 *
 * Reads an RSA private key of at least 2048 bits that is not encrypted. Keys are taken apart here as far as the DER, so
 * that it is decoded into memory that is wiped, and no passphrase is ever asked for.
 *
 * Returns: (transfer full) (nullable): the key
 */
PdKey *
pd_key_new_private (const char  *text,
                    gsize        length,
                    GError     **error)
{
  const char *end = text + length;
  const char *begin = NULL;
  guint       found = 0;

  pd_secret_memory_init ();
  if (length > MAX_LENGTH) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY,
                         _("This is too long for a private key. Use the file AmazonPay_….pem that Seller Central offered for download."));
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (armours); i++) {
    const char *at = text;

    while ((at = find_text (at, end, armours[i].begin)) != NULL) {
      if (begin != NULL) {
        g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY,
                             _("There is more than one private key in this. Copy only the one that belongs to the public key ID."));
        return NULL;
      }
      found = i;
      at = begin = at + strlen (armours[i].begin);
    }
  }
  if (begin != NULL) {
    const char *stop = find_text (begin, end, armours[found].end);

    if (stop == NULL)
      g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(DAMAGED));
    else if (find_text (begin, stop, "ENCRYPTED") != NULL)
      g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(ENCRYPTED));
    else
      return read_base64 (begin, (gsize) (stop - begin), TRUE, error);
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    if (find_text (text, end, labels[i].label) != NULL) {
      g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_KEY, _(labels[i].what));
      return NULL;
    }
  }
  return read_base64 (text, length, FALSE, error);
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
  base64 = secure_alloc (base64_length + 1);
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
