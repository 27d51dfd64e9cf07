/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

/* Runs a fuzz target over its samples, without a fuzzer: each sample whole, cut off after every byte, and with every
 * byte changed in some ways that parsers trip over. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "fuzz-driver.h"

static void
run (const char *content,
     gsize       length)
{
  /* A copy of the exact size, so that a read beyond the end is one beyond the allocation. */
  g_autofree char *copy = g_malloc (length > 0 ? length : 1);

  memcpy (copy, content, length);
  LLVMFuzzerTestOneInput ((const uint8_t *) copy, length);
}

static void
test_sample (gconstpointer data)
{
  static const char bytes[] = { 0, '"', '\\', '{', '[', '}', ',', '\n', '0', (char) 0x80, (char) 0xff };
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (data, &content, &length, NULL));
  run (content, length);
  for (gsize i = 0; i < length; i++) {
    char kept = content[i];

    run (content, i);
    for (guint j = 0; j < G_N_ELEMENTS (bytes); j++) {
      content[i] = bytes[j];
      run (content, length);
    }
    content[i] = kept ^ 1;
    run (content, length);
    content[i] = kept;
  }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_strdup_printf ("/fuzz/%s", name);

    g_test_add_data_func_full (path, g_build_filename (argv[1], name, NULL), test_sample, g_free);
    n++;
  }
  g_assert_cmpuint (n, >, 0);
  return g_test_run ();
}
