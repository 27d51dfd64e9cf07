/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "pd-error.h"
#include "pd-unwritten.h"

static void
assert_told (GError     *why, /* (transfer full) */
             const char *path,
             const char *sentence)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  pd_unwritten (&why, file);
  g_assert_error (why, PD_ERROR, PD_ERROR_STORAGE);
  g_assert_cmpstr (why->message, ==, sentence);
  g_error_free (why);
}

/* What the system says, whichever library asked it, with the next step; the folder and the library's own words stay out. */
static void
test_sentences (void)
{
  static const struct { int number; const char *sentence; } cases[] = {
    { ENOSPC, "“x.json” was not written. The disk is full. Free some space, or choose another folder." },
    { EACCES, "“x.json” was not written. Its folder takes no files from you. Choose another folder." },
    { EROFS, "“x.json” was not written. The disk can only be read. Choose another folder." },
    { ENOENT, "“x.json” was not written. Its folder is not there. Choose another folder." },
    { ENAMETOOLONG, "“x.json” was not written. The name is too long. Choose a shorter one." },
    { EIO, "“x.json” was not written. The disk does not take it. Choose another folder." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_told (g_error_new (G_FILE_ERROR, (int) g_file_error_from_errno (cases[i].number), "write() failed in /secret"),
                 "/folder/x.json", cases[i].sentence);
    assert_told (g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (cases[i].number), "write() failed in /secret"),
                 "/folder/x.json", cases[i].sentence);
  }
}

/* With what GLib makes of a real one. */
static void
test_real (void)
{
  g_autofree char *dir = g_dir_make_tmp ("unwritten-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "none", "x.json", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (dir);
  GError *error = NULL;

  g_assert_false (g_file_set_contents (path, "x", 1, &error));
  assert_told (error, path, "“x.json” was not written. Its folder is not there. Choose another folder.");
  error = NULL;
  g_assert_false (g_file_replace_contents (folder, "x", 1, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  assert_told (error, "/folder/x.json", "“x.json” was not written. A folder has that name. Choose another name.");
  g_rmdir (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unwritten/sentences", test_sentences);
  g_test_add_func ("/unwritten/real", test_real);
  return g_test_run ();
}
