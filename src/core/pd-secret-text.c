/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "pd-secret-text.h"

/* libcrypto's heap is locked as a whole: small enough for the usual RLIMIT_MEMLOCK of 8 MiB, tried smaller where
 * that is refused. A private key takes about 2.4 KiB. */
static const gsize heap_sizes[] = { 4 * 1024 * 1024, 1024 * 1024, 256 * 1024, 32 * 1024 };

/* What pd_secret_memory_init() has come to. */
enum {
  NO_HEAP = 1,
  WIPED_HEAP,
  LOCKED_HEAP,
};

struct _PdSecretText
{
  gatomicrefcount  ref_count;
  gsize            length;
  gboolean         locked;
  char            *text;     /* NUL-terminated */
  PdSecretText    *previous; /* of all there are */
  PdSecretText    *next;
};

/* All there are, for what must not show them. */
static PdSecretText *all;
static GMutex        mutex;

/* libcrypto would free all it has when the program ends, while a thread may still make a key. Before anybody uses it. */
__attribute__ ((constructor)) static void
keep_libcrypto (void)
{
  OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT, NULL);
}

#ifdef __SANITIZE_ADDRESS__
/* LeakSanitizer does not look into the heap of libcrypto's own, and takes what only that leads to for lost. */
static void
show_heap (void)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gpointer within = OPENSSL_secure_malloc (1);
  guintptr start, end;

  if (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL))
    lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; line != NULL && *line != NULL; line++) {
    if (sscanf (*line, "%" G_GINTPTR_MODIFIER "x-%" G_GINTPTR_MODIFIER "x", &start, &end) == 2 && start <= (guintptr) within &&
        (guintptr) within < end)
      __lsan_register_root_region ((gpointer) start, end - start);
  }
  OPENSSL_secure_free (within);
}
#endif

/**
 * pd_secret_memory_init:
 *
 * Sets up the locked heap, once. Where the system gives no lockable memory, secrets live in ordinary memory, which is
 * wiped all the same.
 *
 * Returns: whether there is a locked heap
 */
gboolean
pd_secret_memory_init (void)
{
  static gsize initialised;

  if (g_once_init_enter (&initialised)) {
    gsize result = NO_HEAP;

    /* 2: in place, but locking it or its guard pages was refused. A smaller one may be allowed. */
    for (guint i = 0; i < G_N_ELEMENTS (heap_sizes) && result != LOCKED_HEAP; i++) {
      int is_last = i == G_N_ELEMENTS (heap_sizes) - 1;
      int got = CRYPTO_secure_malloc_init (heap_sizes[i], 32);

      result = got == 1 ? LOCKED_HEAP : got == 2 ? WIPED_HEAP : NO_HEAP;
      if (result == WIPED_HEAP && !is_last)
        CRYPTO_secure_malloc_done ();
    }
    if (result != LOCKED_HEAP)
      g_debug ("secrets cannot be locked in memory here");
#ifdef __SANITIZE_ADDRESS__
    show_heap ();
#endif
    g_once_init_leave (&initialised, result);
  }
  return initialised == LOCKED_HEAP;
}

/**
 * pd_secret_wipe:
 * @memory: (nullable): where
 * @length: how many bytes
 *
 * Overwrites memory in a way that the compiler cannot drop.
 */
void
pd_secret_wipe (gpointer memory,
                gsize    length)
{
  if (memory != NULL)
    OPENSSL_cleanse (memory, length);
}

/**
 * pd_wiped_free:
 * @text: (nullable) (transfer full): text that may hold a secret
 */
void
pd_wiped_free (PdWiped *text)
{
  if (text == NULL)
    return;
  pd_secret_wipe (text, strlen (text));
  g_free (text);
}

/**
 * pd_secret_hash:
 * @text: a secret
 *
 * Tells whether two secrets are the same, without either. Unlike GChecksum, libcrypto leaves no copy behind.
 *
 * Returns: (transfer full): its SHA-256, in lower-case hexadecimal digits
 */
char *
pd_secret_hash (const char *text)
{
  guint8   digest[EVP_MAX_MD_SIZE];
  gsize    size = 0;
  GString *hash = g_string_new (NULL);

  if (!EVP_Q_digest (NULL, "SHA256", NULL, text, strlen (text), digest, &size))
    g_error ("libcrypto has no SHA-256");
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hash, "%02x", digest[i]);
  return g_string_free (hash, FALSE);
}

/**
 * pd_secret_text_new:
 * @text: a secret
 *
 * Returns: (transfer full): a copy of it in the wiped heap; the caller wipes its own
 */
PdSecretText *
pd_secret_text_new (const char *text)
{
  return pd_secret_text_new_len (text, strlen (text));
}

/**
 * pd_secret_text_new_len:
 * @text: a secret
 * @length: its length in bytes
 *
 * Returns: (transfer full): a copy of it in the wiped heap, followed by a NUL
 */
PdSecretText *
pd_secret_text_new_len (const char *text,
                        gsize       length)
{
  PdSecretText *self = g_new0 (PdSecretText, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->length = length;
  self->locked = pd_secret_memory_init ();
  if (CRYPTO_secure_malloc_initialized ())
    self->text = OPENSSL_secure_malloc (length + 1);
  self->locked = self->locked && self->text != NULL && CRYPTO_secure_allocated (self->text);
  if (self->text == NULL)
    self->text = g_malloc (length + 1);
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  g_mutex_lock (&mutex);
  self->next = all;
  if (all != NULL)
    all->previous = self;
  all = self;
  g_mutex_unlock (&mutex);
  return self;
}

/**
 * pd_secret_text_new_take_bytes:
 * @bytes: (transfer full): a secret that nobody else holds
 *
 * Returns: (transfer full): a copy in the wiped heap; the bytes themselves are wiped and let go
 */
PdSecretText *
pd_secret_text_new_take_bytes (GBytes *bytes)
{
  gsize         length;
  gpointer      data = g_bytes_unref_to_data (bytes, &length);
  PdSecretText *self = pd_secret_text_new_len (data != NULL ? data : "", length);

  pd_secret_wipe (data, length);
  g_free (data);
  return self;
}

PdSecretText *
pd_secret_text_ref (PdSecretText *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * pd_secret_text_unref:
 * @self: (transfer full): a secret
 *
 * Lets it go; the last to do so wipes it.
 */
void
pd_secret_text_unref (PdSecretText *self)
{
  gboolean is_last;

  g_mutex_lock (&mutex);
  is_last = g_atomic_ref_count_dec (&self->ref_count);
  if (is_last) {
    if (self->previous != NULL)
      self->previous->next = self->next;
    else
      all = self->next;
    if (self->next != NULL)
      self->next->previous = self->previous;
  }
  g_mutex_unlock (&mutex);
  if (!is_last)
    return;
  if (CRYPTO_secure_allocated (self->text)) {
    OPENSSL_secure_clear_free (self->text, self->length + 1);
  } else {
    pd_secret_wipe (self->text, self->length + 1);
    g_free (self->text);
  }
  g_free (self);
}

/**
 * pd_secret_text_peek:
 * @self: a secret
 *
 * Returns: (transfer none): its text, NUL-terminated; not to be copied to where it is not wiped
 */
const char *
pd_secret_text_peek (PdSecretText *self)
{
  return self->text;
}

gsize
pd_secret_text_get_length (PdSecretText *self)
{
  return self->length;
}

/**
 * pd_secret_text_is_locked:
 * @self: a secret
 *
 * Returns: whether it lies in locked memory
 */
gboolean
pd_secret_text_is_locked (PdSecretText *self)
{
  return self->locked;
}

/**
 * pd_secret_text_list_all:
 *
 * Returns: (transfer full) (element-type PdSecretText): every secret that this process holds now, in whatever thread
 */
GPtrArray *
pd_secret_text_list_all (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_secret_text_unref);

  g_mutex_lock (&mutex);
  for (PdSecretText *text = all; text != NULL; text = text->next)
    g_ptr_array_add (list, pd_secret_text_ref (text));
  g_mutex_unlock (&mutex);
  return list;
}
