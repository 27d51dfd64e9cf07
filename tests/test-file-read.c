/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-file-read.h"
#include "pd-test-util.h"

#define LIMIT 1000

static GBytes *
read_path (const char    *path,
           gboolean       is_part_enough,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFile)        file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  pd_file_read_async (file, LIMIT, is_part_enough, cancellable, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_file_read_finish (file, result, error);
}

static char *
make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char              *dir = g_dir_make_tmp ("paydesk-file-read-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

static void
remove_dir (const char *dir)
{
  pd_test_run ((const char *const[]) { "rm", "-rf", "--one-file-system", dir, NULL }, NULL);
}

static void
test_sizes (void)
{
  static const struct { gsize length; gboolean is_part_enough; gssize read; } rows[] = {
    { 0, FALSE, 0 }, { 1, FALSE, 1 }, { LIMIT - 1, FALSE, LIMIT - 1 }, { LIMIT, FALSE, LIMIT }, { LIMIT + 1, FALSE, -1 }, { 50 * LIMIT, FALSE, -1 },
    { 0, TRUE, 0 }, { LIMIT, TRUE, LIMIT }, { LIMIT + 1, TRUE, LIMIT }, { 50 * LIMIT, TRUE, LIMIT },
  };
  g_autofree char *dir = make_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char   *text = g_strnfill (rows[i].length, 'x');
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = NULL;

    g_assert_true (g_file_set_contents (path, text, (gssize) rows[i].length, NULL));
    content = read_path (path, rows[i].is_part_enough, NULL, &error);
    if (rows[i].read < 0) {
      g_assert_null (content);
      g_assert_error (error, PD_ERROR, PD_ERROR_TOO_LARGE);
    } else {
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), text, (gsize) rows[i].read);
    }
  }
  remove_dir (dir);
}

/* A folder, a pipe that nobody writes to, a device without an end, a link to one, and nothing at all. */
static void
test_no_files (void)
{
  g_autofree char *dir = make_dir ();
  g_autofree char *pipe = g_build_filename (dir, "pipe", NULL);
  g_autofree char *device = g_build_filename (dir, "zero", NULL);
  g_autofree char *missing = g_build_filename (dir, "missing", NULL);
  const char      *paths[] = { dir, pipe, device, "/dev/zero" };

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", device), ==, 0);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", paths[i / 2]);
    g_assert_null (read_path (paths[i / 2], i % 2 == 1, NULL, &error));
    g_assert_error (error, PD_ERROR, PD_ERROR_BAD_INPUT);
  }
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_path (missing, i == 1, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  }
  remove_dir (dir);
}

/* What the kernel makes up as it is read says that it is empty: that is no reason to read on without end. */
static void
test_grown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_path ("/proc/self/status", FALSE, NULL, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
}

static void
test_cancelled (void)
{
  g_autofree char          *dir = make_dir ();
  g_autofree char          *path = g_build_filename (dir, "file", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (read_path (path, FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_dir (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-read/sizes", test_sizes);
  g_test_add_func ("/file-read/no-files", test_no_files);
  g_test_add_func ("/file-read/grown", test_grown);
  g_test_add_func ("/file-read/cancelled", test_cancelled);
  return g_test_run ();
}
