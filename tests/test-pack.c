/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <malloc.h>
#include <string.h>

#include "pd-pack.h"

/* A profile's file is about so long. */
static char *
make_content (guint i)
{
  return g_strdup_printf ("{ \"id\": \"%08x\", \"name\": \"ショップ %u\", \"values\": { \"seller-id\": \"A1LANTERN%05u\", \"description\": "
                          "\"%0*d\", \"legacy-site-url\": \"https://shop-%u.example.jp/\" } }", i * 2654435761u, i, i, (int) (i % 400), 0, i);
}

static char *
make_name (guint i)
{
  return g_strdup_printf ("ショップ %u", i);
}

static void
add (PdPack *pack,
     guint   i)
{
  g_autofree char *content = make_content (i);
  g_autofree char *name = make_name (i);

  g_assert_cmpuint (pd_pack_add (pack, name, content, (guint) strlen (content)), ==, i);
}

static void
check (PdPack *pack,
       guint   i)
{
  g_autofree char *content = make_content (i);
  g_autofree char *name = make_name (i);
  g_autoptr (GBytes) got = pd_pack_get (pack, i);

  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), content, strlen (content));
  g_assert_cmpstr (pd_pack_get_name (pack, i), ==, name);
}

/* One after the other, from the end, and here and there. */
static void
test_get (void)
{
  const guint n = 1500;
  g_autoptr (PdPack) pack = pd_pack_new ();

  for (guint i = 0; i < n; i++)
    add (pack, i);
  pd_pack_settle (pack);
  for (guint i = 0; i < n; i++)
    check (pack, i);
  for (guint i = n; i > 0; i--)
    check (pack, i - 1);
  for (guint i = 0; i < n; i++)
    check (pack, i * 769 % n);
}

/* What was asked for is not in the way of what comes. */
static void
test_add_later (void)
{
  g_autoptr (PdPack) pack = pd_pack_new ();

  for (guint i = 0; i < 400; i++) {
    add (pack, i);
    check (pack, i);
    check (pack, i / 2);
    if (i % 50 == 0)
      pd_pack_settle (pack);
  }
}

static void
test_edges (void)
{
  const guint long_length = 300000;
  g_autofree guint8 *noise = g_malloc (long_length);
  g_autoptr (PdPack) pack = pd_pack_new ();
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) last = NULL;

  for (guint i = 0; i < long_length; i++)
    noise[i] = (guint8) g_test_rand_int ();
  /* Nothing, what cannot be compressed and is longer than a block, and nothing behind it. */
  g_assert_cmpuint (pd_pack_add (pack, "", "", 0), ==, 0);
  g_assert_cmpuint (pd_pack_add (pack, "noise", noise, long_length), ==, 1);
  g_assert_cmpuint (pd_pack_add (pack, "last", "\0x", 2), ==, 2);
  empty = pd_pack_get (pack, 0);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
  g_assert_cmpstr (pd_pack_get_name (pack, 0), ==, "");
  again = pd_pack_get (pack, 1);
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), noise, long_length);
  last = pd_pack_get (pack, 2);
  g_assert_cmpmem (g_bytes_get_data (last, NULL), g_bytes_get_size (last), "\0x", 2);
}

/* What it is for, and that what is had from it outlives it. */
static void
test_room (void)
{
  const guint n = 5000;
  PdPack *pack = pd_pack_new ();
  PdPack *same = pd_pack_ref (pack);
  g_autoptr (GBytes) got = NULL;
  g_autofree char *expected = make_content (7);
  gsize before, after, length = 0;

  before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  for (guint i = 0; i < n; i++) {
    g_autofree char *content = make_content (i);

    length += strlen (content);
    add (pack, i);
  }
  pd_pack_settle (pack);
  after = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  g_test_message ("%" G_GSIZE_FORMAT " bytes in %" G_GSIZE_FORMAT, length, after - before);
  /* Under a sanitizer nothing is told. */
  if (after > before)
    g_assert_cmpuint (after - before, <, length / 3);
  got = pd_pack_get (pack, 7);
  pd_pack_unref (pack);
  check (same, 8);
  pd_pack_unref (same);
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), expected, strlen (expected));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pack/get", test_get);
  g_test_add_func ("/pack/add-later", test_add_later);
  g_test_add_func ("/pack/edges", test_edges);
  g_test_add_func ("/pack/room", test_room);
  return g_test_run ();
}
