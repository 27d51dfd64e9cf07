/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-file-write.h"
#include "pd-test-util.h"

static gboolean
write_file (const char  *path,
            const char  *text,
            GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;

  pd_file_write_async (file, content, TRUE, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_file_write_finish (file, result, error);
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

/* What a link points to is replaced, and the link stays; where nothing can be written, all is as it was. */
static void
test_link (void)
{
  g_autofree char *dir = g_dir_make_tmp ("file-write-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (dir, "target.json", NULL);
  g_autofree char *link = g_build_filename (dir, "link.json", NULL);
  g_autofree char *none = g_build_filename (dir, "none", "x.json", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (g_file_set_contents (target, "before", -1, NULL));
  g_assert_cmpint (symlink ("target.json", link), ==, 0);
  g_assert_true (write_file (link, "after", &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_content (target, "after");
  g_assert_cmpint (g_stat (target, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  g_assert_false (write_file (none, "x", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_STORAGE);
  g_assert_cmpstr (error->message, ==, "“x.json” was not written. Its folder is not there. Choose another folder.");
  g_unlink (link);
  g_unlink (target);
  g_rmdir (dir);
}

/* A link that somebody else has put there leads nowhere. */
static void
test_link_of_others (void)
{
  g_autofree char *dir = g_dir_make_tmp ("file-write-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (dir, "target.json", NULL);
  g_autofree char *link = g_build_filename (dir, "link.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (target, "before", -1, NULL));
  g_assert_cmpint (symlink ("target.json", link), ==, 0);
  if (lchown (link, 65534, 65534) == 0) {
    g_assert_true (write_file (link, "after", &error));
    g_assert_no_error (error);
    g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    assert_content (link, "after");
    assert_content (target, "before");
  } else {
    g_test_skip ("only root can give a link away");
  }
  g_unlink (link);
  g_unlink (target);
  g_rmdir (dir);
}

static void
test_cancelled (void)
{
  g_autofree char *dir = g_dir_make_tmp ("file-write-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "x.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) content = g_bytes_new_static ("after", 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_cancellable_cancel (cancellable);
  pd_file_write_async (file, content, FALSE, cancellable, pd_test_keep, &result);
  pd_test_wait (&result);
  g_assert_false (pd_file_write_finish (file, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_content (path, "before");
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-write/link", test_link);
  g_test_add_func ("/file-write/link-of-others", test_link_of_others);
  g_test_add_func ("/file-write/cancelled", test_cancelled);
  return g_test_run ();
}
