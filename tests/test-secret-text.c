/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <openssl/crypto.h>
#include <string.h>

#include "pd-secret-text.h"
#include "pd-test-canary.h"

static void
test_text (void)
{
  static const char         *const values[] = { "", "x", "Pre\"Set /+=\\", "秘密の値" };
  const char                 with_nul[] = "a\0b";
  g_autoptr (PdSecretText)   text = pd_secret_text_new_len (with_nul, 3);

  g_assert_cmpuint (pd_secret_text_get_length (text), ==, 3);
  g_assert_cmpmem (pd_secret_text_peek (text), 4, with_nul, 4);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (PdSecretText) secret = pd_secret_text_new (values[i]);
    g_autoptr (PdSecretText) other = pd_secret_text_new_take_bytes (g_bytes_new (values[i], strlen (values[i])));

    g_assert_cmpstr (pd_secret_text_peek (secret), ==, values[i]);
    g_assert_cmpuint (pd_secret_text_get_length (secret), ==, strlen (values[i]));
    g_assert_cmpstr (pd_secret_text_peek (other), ==, values[i]);
  }
}

static gpointer
ref_and_unref (gpointer text)
{
  for (guint i = 0; i < 20000; i++) {
    g_autoptr (PdSecretText) own = pd_secret_text_ref (text);
    g_autoptr (PdSecretText) other = pd_secret_text_new (pd_secret_text_peek (own));

    g_assert_cmpstr (pd_secret_text_peek (other), ==, "shared");
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (PdSecretText) text = pd_secret_text_new ("shared");
  GThread                 *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("secret-text", ref_and_unref, text);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpstr (pd_secret_text_peek (text), ==, "shared");
}

/* B1: first that a canary is found where there is one, then that none is left. */
static void
test_wiped (void)
{
  PdTestCanary  canary;
  char         *planted = g_malloc (PD_TEST_CANARY_LENGTH + 1);
  PdSecretText *secret;
  PdSecretText *again;

  pd_test_canary_init (&canary);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 0);
  pd_test_canary_write (&canary, planted);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  pd_secret_wipe (planted, PD_TEST_CANARY_LENGTH);
  g_free (planted);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 0);

  secret = pd_test_canary_text (&canary);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  again = pd_secret_text_ref (secret);
  pd_secret_text_unref (secret);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  pd_secret_text_unref (again);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 0);

  /* what was given along is wiped, too */
  planted = g_malloc (PD_TEST_CANARY_LENGTH + 1);
  pd_test_canary_write (&canary, planted);
  secret = pd_secret_text_new_take_bytes (g_bytes_new_take (planted, PD_TEST_CANARY_LENGTH));
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  pd_secret_text_unref (secret);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 0);
}

/* FIPS 180-2, B.1; and nothing is left behind. */
static void
test_hash (void)
{
  PdTestCanary             canary;
  g_autofree char         *hash = pd_secret_hash ("abc");
  g_autofree char         *other = NULL;
  g_autoptr (PdSecretText) secret = NULL;

  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  pd_test_canary_init (&canary);
  secret = pd_test_canary_text (&canary);
  other = pd_secret_hash (pd_secret_text_peek (secret));
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
}

/* What must not show a secret can ask for all there are. */
static void
test_list_all (void)
{
  g_autoptr (PdSecretText) one = pd_secret_text_new ("one");
  PdSecretText            *two = pd_secret_text_new ("two");
  g_autoptr (GPtrArray)    list = pd_secret_text_list_all ();

  g_assert_cmpuint (list->len, ==, 2);
  g_assert_true (g_ptr_array_find (list, one, NULL) && g_ptr_array_find (list, two, NULL));
  pd_secret_text_unref (two);
  g_assert_cmpstr (pd_secret_text_peek (two), ==, "two"); /* the list holds it */
  g_ptr_array_set_size (list, 0);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = pd_secret_text_list_all ();
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (g_ptr_array_index (list, 0) == one);
}

/* More than the heap holds: it goes on in other memory, wiped as well. */
static void
test_full_heap (void)
{
  enum { N = 1200 };
  static char               filling[8192];
  g_autoptr (GPtrArray)     all = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_secret_text_unref);
  PdTestCanary              canary;
  PdSecretText             *secret;

  memset (filling, 'x', sizeof filling - 1);
  for (guint i = 0; i < N; i++)
    g_ptr_array_add (all, pd_secret_text_new (filling));
  for (guint i = 0; i < N; i++)
    g_assert_cmpstr (pd_secret_text_peek (g_ptr_array_index (all, i)), ==, filling);
  pd_test_canary_init (&canary);
  secret = pd_test_canary_text (&canary);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 1);
  pd_secret_text_unref (secret);
  g_assert_cmpuint (pd_test_canary_count (&canary), ==, 0);
  /* and back into the heap when there is room again */
  g_ptr_array_set_size (all, 0);
  secret = pd_secret_text_new ("room");
  g_assert_true (pd_secret_text_is_locked (secret) == (pd_secret_memory_init () && CRYPTO_secure_malloc_initialized ()));
  pd_secret_text_unref (secret);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret-text/text", test_text);
  g_test_add_func ("/secret-text/threads", test_threads);
  g_test_add_func ("/secret-text/wiped", test_wiped);
  g_test_add_func ("/secret-text/hash", test_hash);
  g_test_add_func ("/secret-text/list-all", test_list_all);
  g_test_add_func ("/secret-text/full-heap", test_full_heap);
  return g_test_run ();
}
