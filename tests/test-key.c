/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-key.h"
#include "pd-test-util.h"

#define SHADOW_LEAST (G_GUINT64_CONSTANT (64) << 30)

#define CANARY "CanaryCanaryCanary0123456789Canary"

static char *dir;

static char *
read_file (const char *path,
           gsize      *length)
{
  g_autoptr (GError) error = NULL;
  char              *text;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static char *
read_vector (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "vectors", name, NULL);

  return read_file (path, NULL);
}

/* Runs the openssl command with its words split at spaces, in the test's folder; the output is left in FILE of `-out FILE`. */
static void
openssl (const char *words)
{
  g_autofree char  *line = g_strconcat ("openssl ", words, NULL);
  g_auto (GStrv)    argv = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  int               status;

  g_spawn_sync (dir, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static char *
made (const char *name,
      gsize      *length)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return read_file (path, length);
}

static PdKey *
read_key (const char *text)
{
  g_autoptr (GError) error = NULL;
  PdKey             *key = pd_key_new_private (text, strlen (text), &error);

  g_assert_no_error (error);
  return key;
}

static void
assert_refused (const char *text,
                gsize       length,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdKey)  key = pd_key_new_private (text, length, &error);

  g_assert_null (key);
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_KEY);
  if (strstr (error->message, expected) == NULL)
    g_error ("“%s” does not say “%s”", error->message, expected);
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

/* Every form in which the same key comes is read as that key. */
static void
test_forms (void)
{
  g_autofree char          *pkcs8 = read_vector ("pay-v2-test-key.pem");
  g_autofree char          *pkcs1 = read_vector ("pay-v2-test-key.pkcs1.pem");
  g_autofree char          *public_pem = read_vector ("pay-v2-test-key.pub.pem");
  g_autoptr (PdKey)         key = read_key (pkcs8);
  g_autoptr (PdSecretText)  stored = pd_key_to_stored (key);
  g_autoptr (PdSecretText)  pem = pd_key_to_pem (key);
  g_autofree char          *fingerprint = pd_key_get_fingerprint (key);
  g_autofree char          *own_public = pd_key_to_public_pem (key);
  g_autoptr (PdKey)         public_key = pd_key_new_public (public_pem, strlen (public_pem), NULL);
  g_autofree char          *public_fingerprint = pd_key_get_fingerprint (public_key);
  char                     *forms[] = {
    g_strdup (pkcs1),
    g_strdup (pd_secret_text_peek (stored)),
    g_strdup (pd_secret_text_peek (pem)),
    replace (pkcs8, "\n", "\r\n"),
    replace (pkcs8, "\n", " "),
    replace (pkcs8, "\n", ""),
    replace (pkcs8, "\n", "\\n"),
    replace (pkcs8, "\n", "\n   "),
    g_strconcat ("API key of the shop:\n\n", pkcs8, "\nkeep it safe\n", NULL),
    g_strconcat ("{\"private_key\": \"", pkcs8, "\"}", NULL),
    g_strconcat (public_pem, pkcs8, NULL),
    g_strconcat ("\xef\xbb\xbf", pkcs8, NULL),
  };

  g_assert_cmpuint (pd_key_get_bits (key), ==, 2048);
  g_assert_true (pd_key_has_private (key));
  g_assert_false (pd_key_has_private (public_key));
  g_assert_cmpstr (own_public, ==, public_pem);
  g_assert_cmpstr (fingerprint, ==, public_fingerprint);
  g_assert_cmpuint (strlen (fingerprint), ==, 64);
  g_assert_null (strpbrk (pd_secret_text_peek (stored), "\r\n "));
  g_assert_cmpstr (pd_secret_text_peek (pem), ==, pkcs8);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char   *form = forms[i];
    g_autoptr (PdKey)  other = read_key (form);
    g_autofree char   *other_fingerprint = pd_key_get_fingerprint (other);

    g_assert_cmpstr (other_fingerprint, ==, fingerprint);
  }
}

/* What it is instead is said by name. */
static void
test_refused (void)
{
  static const struct {
    const char *words;
    const char *file;
    const char *expected;
  } rows[] = {
    { "genrsa -out short.pem 1024", "short.pem", "1024 bits" },
    { "genrsa -traditional -out short1.pem 2047", "short1.pem", "2047 bits" },
    { "genrsa -out good.pem 2048", NULL, NULL },
    { "genrsa -out other.pem 2048", NULL, NULL },
    { "pkcs8 -topk8 -in good.pem -out encrypted.pem -v2 aes256 -passout pass:x", "encrypted.pem", "passphrase" },
    { "pkcs8 -topk8 -in good.pem -outform DER -out encrypted.der -v2 aes256 -passout pass:x", NULL, NULL },
    { "base64 -in encrypted.der -out encrypted.b64", "encrypted.b64", "passphrase" },
    { "rsa -in good.pem -traditional -aes128 -passout pass:x -out encrypted1.pem", "encrypted1.pem", "passphrase" },
    { "rsa -in good.pem -pubout -out public.pem", "public.pem", "a public key" },
    { "rsa -in good.pem -RSAPublicKey_out -out public1.pem", "public1.pem", "a public key" },
    { "rsa -in good.pem -pubout -outform DER -out public.der", NULL, NULL },
    { "base64 -A -in public.der -out public.b64", "public.b64", "a public key" },
    { "req -x509 -new -key good.pem -subj /CN=x -out cert.pem", "cert.pem", "a certificate," },
    { "x509 -in cert.pem -outform DER -out cert.der", NULL, NULL },
    { "base64 -in cert.der -out cert.b64", "cert.b64", "a certificate," },
    { "req -new -key good.pem -subj /CN=x -out request.pem", "request.pem", "certificate request" },
    { "ecparam -name prime256v1 -genkey -out ec1.pem", "ec1.pem", "an EC key" },
    { "ecparam -name prime256v1 -genkey -noout -out ec2.pem", "ec2.pem", "an EC key" },
    { "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem", "ec.pem", "kind EC" },
    { "genpkey -algorithm ED25519 -out ed.pem", "ed.pem", "kind ED25519" },
    { "genpkey -algorithm X25519 -out x.pem", "x.pem", "kind X25519" },
    { "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out pss.pem", "pss.pem", "kind RSA-PSS" },
    { "dsaparam -out dsaparam.pem 1024", NULL, NULL },
    { "gendsa -out dsa.pem dsaparam.pem", "dsa.pem", "DSA" },
    { "dsa -in dsa.pem -out dsa1.pem", "dsa1.pem", "DSA" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = NULL;
    gsize            length;

    g_test_message ("%s", rows[i].words);
    openssl (rows[i].words);
    if (rows[i].file == NULL)
      continue;
    text = made (rows[i].file, &length);
    assert_refused (text, length, rows[i].expected);
  }
}

static void
test_damaged (void)
{
  g_autofree char *pem = read_vector ("pay-v2-test-key.pem");
  g_autofree char *other = read_vector ("pay-v2-test-key.pkcs1.pem");
  g_autofree char *two = g_strconcat (pem, other, NULL);
  g_autofree char *thin = replace (pem, "-----BEGIN", "----BEGIN");
  g_autofree char *dashes = replace (pem, "-----", "—–—");
  g_autofree char *mixed = replace (pem, "-----END PRIVATE", "-----END RSA PRIVATE");
  g_autofree char *huge = g_strnfill (70000, 'A');
  gsize            whole = strlen (pem) - 1;

  assert_refused (two, strlen (two), "more than one");
  assert_refused (thin, strlen (thin), "damaged or not complete");
  assert_refused (dashes, strlen (dashes), "damaged or not complete");
  assert_refused (mixed, strlen (mixed), "damaged or not complete");
  assert_refused (huge, strlen (huge), "too long");
  assert_refused ("", 0, "not a private key");
  assert_refused ("A1EXAMPLESELLER", 15, "not a private key");
  assert_refused ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----", 75, "OpenSSH");
  assert_refused ("ssh-rsa AAAAB3NzaC1yc2E", 23, "a public key");
  assert_refused ("PuTTY-User-Key-File-2: ssh-rsa", 30, "PuTTY");
  for (gsize length = 0; length < whole; length += 7)
    assert_refused (pem, length, length > 27 ? "damaged or not complete" : "");
}

/* A digit changed on the way: refused, or (where the key carries the same number twice) still the same key. */
static void
test_changed_digit (void)
{
  g_autofree char   *pem = read_vector ("pay-v2-test-key.pem");
  g_autofree char   *public_pem = read_vector ("pay-v2-test-key.pub.pem");
  g_autoptr (PdKey)  public_key = pd_key_new_public (public_pem, strlen (public_pem), NULL);
  gsize              body = strlen ("-----BEGIN PRIVATE KEY-----\n");
  guint              n_refused = 0;

  for (guint i = 0; i < 300; i++) {
    g_autofree char   *text = g_strdup (pem);
    gsize              at = body + (gsize) g_test_rand_int_range (0, (int) (strlen (pem) - 2 * body));
    g_autoptr (GError) error = NULL;
    g_autoptr (PdKey)  key = NULL;

    if (!g_ascii_isalnum (text[at]))
      continue;
    text[at] = text[at] == 'A' ? 'B' : 'A';
    key = pd_key_new_private (text, strlen (text), &error);
    if (key == NULL) {
      n_refused++;
    } else {
      g_autoptr (GBytes) signature = pd_key_sign_pss (key, 32, "x", 1, NULL);

      g_assert_true (pd_key_verify_pss (public_key, 32, "x", 1, signature));
    }
  }
  g_assert_cmpuint (n_refused, >, 30);
}

/* What is refused is never quoted. */
static void
test_no_echo (void)
{
  static const char *const texts[] = {
    CANARY, "-----BEGIN PRIVATE KEY-----\n" CANARY "\n-----END PRIVATE KEY-----", "-----BEGIN " CANARY "-----",
    "-----BEGIN RSA PRIVATE KEY-----\n" CANARY, "{\"private_key\":\"" CANARY "\"}", "-----BEGIN EC PRIVATE KEY-----\n" CANARY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PdKey)  key = pd_key_new_private (texts[i], strlen (texts[i]), &error);

    g_assert_null (key);
    g_assert_null (strstr (error->message, "Canary"));
  }
}

static void
write_file (const char *name,
            GBytes     *bytes)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

/* The openssl command verifies what is signed here, with the salt's length forced, and the other way round. */
static void
test_openssl (void)
{
  static const int    salts[] = { 20, 32 };
  static const char   text[] = "AMZN-PAY-RSASSA-PSS-V2\n0123456789abcdef";
  g_autoptr (GBytes)  data = g_bytes_new_static (text, strlen (text));
  g_autofree char    *pem = read_vector ("pay-v2-test-key.pem");
  g_autofree char    *public_pem = read_vector ("pay-v2-test-key.pub.pem");
  g_autoptr (GBytes)  pem_bytes = g_bytes_new_static (pem, strlen (pem));
  g_autoptr (GBytes)  public_bytes = g_bytes_new_static (public_pem, strlen (public_pem));
  g_autoptr (PdKey)   key = read_key (pem);
  g_autoptr (PdKey)   public_key = pd_key_new_public (public_pem, strlen (public_pem), NULL);
  g_autoptr (GError)  error = NULL;

  write_file ("data", data);
  write_file ("key.pem", pem_bytes);
  write_file ("pub.pem", public_bytes);
  for (guint i = 0; i < G_N_ELEMENTS (salts); i++) {
    g_autoptr (GBytes) signature = pd_key_sign_pss (key, salts[i], text, strlen (text), NULL);
    g_autoptr (GBytes) again = pd_key_sign_pss (key, salts[i], text, strlen (text), NULL);
    g_autoptr (GBytes) theirs = NULL;
    g_autofree char   *verify = g_strdup_printf ("dgst -sha256 -verify pub.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:%d "
                                                 "-sigopt rsa_mgf1_md:sha256 -signature ours data", salts[i]);
    g_autofree char   *sign = g_strdup_printf ("dgst -sha256 -sign key.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:%d "
                                               "-sigopt rsa_mgf1_md:sha256 -out theirs data", salts[i]);
    g_autofree char   *bytes = NULL;
    gsize              length;

    g_assert_false (g_bytes_equal (signature, again));
    g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
    write_file ("ours", signature);
    openssl (verify);
    openssl (sign);
    bytes = made ("theirs", &length);
    theirs = g_bytes_new (bytes, length);
    g_assert_true (pd_key_verify_pss (public_key, salts[i], text, strlen (text), theirs));
    g_assert_true (pd_key_verify_pss (key, salts[i], text, strlen (text), signature));
    g_assert_false (pd_key_verify_pss (public_key, salts[1 - i], text, strlen (text), theirs));
    g_assert_false (pd_key_verify_pss (public_key, salts[i], text, strlen (text) - 1, theirs));
  }
  g_assert_null (pd_key_sign_pss (public_key, 32, text, strlen (text), &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_KEY);
}

static void
test_generate (void)
{
  g_autoptr (PdKey)         key = pd_key_generate (2048, NULL);
  g_autoptr (PdSecretText)  stored = pd_key_to_stored (key);
  g_autoptr (PdKey)         again = read_key (pd_secret_text_peek (stored));
  g_autofree char          *one = pd_key_get_fingerprint (key);
  g_autofree char          *two = pd_key_get_fingerprint (again);

  g_assert_cmpstr (one, ==, two);
}

static void
test_public (void)
{
  g_autofree char   *pem = read_vector ("pay-v2-test-key.pem");
  g_autoptr (GError) error = NULL;

  g_assert_null (pd_key_new_public (pem, strlen (pem), &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_BAD_KEY);
}

static gpointer
sign_many (gpointer data)
{
  PdKey *key = data;

  for (guint i = 0; i < 50; i++) {
    g_autoptr (GBytes) signature = pd_key_sign_pss (key, 32, "text", 4, NULL);

    g_assert_true (pd_key_verify_pss (key, 32, "text", 4, signature));
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autofree char   *pem = read_vector ("pay-v2-test-key.pem");
  g_autoptr (PdKey)  key = read_key (pem);
  GThread           *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_many, key);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* How often a piece of the key stands in this program's writable memory. The needle is kept disguised. */
static guint
count_in_memory (const guint8 *disguised,
                 gsize         length)
{
  g_autofree char *maps = read_file ("/proc/self/maps", NULL);
  g_auto (GStrv)   lines = g_strsplit (maps, "\n", -1);
  int              memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  guint            n = 0;
  static guint8    page[65536];

  g_assert_cmpint (memory, >=, 0);
  for (guint i = 0; lines[i] != NULL; i++) {
    guint64 from, to;
    char    access[5];

    if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s", &from, &to, access) != 3 || access[1] != 'w')
      continue;
    /* A sanitizer's shadow, terabytes of it, says of memory whether it may be used, and holds nothing. */
    if (to - from > SHADOW_LEAST)
      continue;
    for (guint64 at = from; at < to; at += sizeof page - length) {
      gssize got = pread (memory, page, MIN (sizeof page, to - at), (off_t) at);

      if (at <= GPOINTER_TO_SIZE (page) + sizeof page && at + sizeof page > GPOINTER_TO_SIZE (page))
        continue;
      for (gssize k = 0; k + (gssize) length <= got; k++) {
        gsize m = 0;

        while (m < length && page[k + (gssize) m] == (disguised[m] ^ 0x5a))
          m++;
        n += m == length;
      }
    }
  }
  memset (page, 0, sizeof page);
  close (memory);
  return n;
}

/* Having been read, shown in every form, used and let go, neither its Base64 nor its bytes are left. */
static void
test_wiped (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer keeps what is freed, and its own memory is too large to search");
  return;
#endif
  char     *pem = read_vector ("pay-v2-test-key.pem");
  guint8    text_piece[24];
  guint8    byte_piece[16];
  guint8    number_piece[16]; /* as libcrypto holds a number: the least byte first */
  char     *middle = strstr (pem, "\n") + 1 + 65 * 8; /* a line of the private exponent */
  g_autofree guint8 *bytes = NULL;
  gsize     length;
  PdKey    *key;
  PdSecretText *stored, *written;

  for (guint i = 0; i < sizeof text_piece; i++)
    text_piece[i] = (guint8) middle[i] ^ 0x5a;
  {
    g_autofree char *line = g_strndup (middle, 64);

    bytes = g_base64_decode (line, &length);
    for (guint i = 0; i < sizeof byte_piece; i++)
      byte_piece[i] = bytes[20 + i] ^ 0x5a;
    for (guint i = 0; i < sizeof number_piece; i++)
      number_piece[i] = byte_piece[sizeof byte_piece - 1 - i];
    pd_secret_wipe (bytes, length);
    pd_secret_wipe (line, 64);
  }
  /* One copy planted by this test is found: the search works. */
  g_assert_cmpuint (count_in_memory (text_piece, sizeof text_piece), >=, 1);
  g_assert_cmpuint (count_in_memory (byte_piece, sizeof byte_piece), ==, 0);

  key = read_key (pem);
  g_assert_cmpuint (count_in_memory (number_piece, sizeof number_piece), >=, 1);
  stored = pd_key_to_stored (key);
  written = pd_key_to_pem (key);
  g_bytes_unref (pd_key_sign_pss (key, 32, "x", 1, NULL));
  pd_secret_text_unref (stored);
  pd_secret_text_unref (written);
  pd_key_unref (key);
  pd_secret_wipe (pem, strlen (pem));
  g_free (pem);

  g_assert_cmpuint (count_in_memory (text_piece, sizeof text_piece), ==, 0);
  g_assert_cmpuint (count_in_memory (byte_piece, sizeof byte_piece), ==, 0);
  g_assert_cmpuint (count_in_memory (number_piece, sizeof number_piece), ==, 0);
}

static void
use_late (void)
{
  g_autoptr (PdKey) key = pd_key_generate (2048, NULL);

  if (key == NULL)
    _exit (EXIT_FAILURE);
}

/* A program may end while a thread makes a key: libcrypto must not have put itself away by then. */
static void
test_exit (void)
{
  g_autoptr (PdKey) key = NULL;

  if (g_test_subprocess ()) {
    /* Before libcrypto has a handler of its own, and so after it. */
    atexit (use_late);
    key = pd_key_generate (2048, NULL);
    g_assert_nonnull (key);
    exit (EXIT_SUCCESS);
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  int         result;
  const char *remove[] = { "rm", "-rf", NULL, NULL };

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  pd_secret_memory_init ();
  dir = g_dir_make_tmp ("paydesk-key-XXXXXX", NULL);
  g_test_add_func ("/key/wiped", test_wiped);
  g_test_add_func ("/key/exit", test_exit);
  g_test_add_func ("/key/forms", test_forms);
  g_test_add_func ("/key/refused", test_refused);
  g_test_add_func ("/key/damaged", test_damaged);
  g_test_add_func ("/key/changed-digit", test_changed_digit);
  g_test_add_func ("/key/no-echo", test_no_echo);
  g_test_add_func ("/key/openssl", test_openssl);
  g_test_add_func ("/key/generate", test_generate);
  g_test_add_func ("/key/public", test_public);
  g_test_add_func ("/key/threads", test_threads);
  result = g_test_run ();
  remove[2] = dir;
  pd_test_run (remove, NULL);
  g_free (dir);
  return result;
}
