/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-export.h"
#include "pd-store.h"

/* The system calls of the store, taken over: what stands in the program itself is what the linker finds. The one
 * numbered `at` fails with `code`, or all from there on; 0 for `code` makes it do half of what it should. */
static struct {
  gboolean armed;
  gboolean lasting;
  guint    n;
  guint    at;
  int      code;
  guint    n_faults;
} fault;

static gboolean
strike (void)
{
  if (!fault.armed)
    return FALSE;
  fault.n++;
  if (fault.n != fault.at && !(fault.lasting && fault.n > fault.at))
    return FALSE;
  fault.n_faults++;
  errno = fault.code;
  return fault.code != 0;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      length)
{
  gboolean armed = fault.armed;

  if (strike ())
    return -1;
  if (armed && fault.code == 0 && fault.n == fault.at && length > 1)
    length /= 2;
  return syscall (SYS_write, fd, data, length);
}

ssize_t
read (int     fd,
      void   *data,
      size_t  length)
{
  gboolean armed = fault.armed;

  if (strike ())
    return -1;
  if (armed && fault.code == 0 && fault.n == fault.at && length > 1)
    length /= 2;
  return syscall (SYS_read, fd, data, length);
}

int
fsync (int fd)
{
  return strike () ? -1 : (int) syscall (SYS_fsync, fd);
}

int
renameat (int         from,
          const char *name,
          int         to,
          const char *new_name)
{
  return strike () ? -1 : (int) syscall (SYS_renameat2, from, name, to, new_name, 0);
}

int
unlinkat (int         folder,
          const char *name,
          int         flags)
{
  /* With a lasting fault the disk is full or broken, and can still give up what it has. */
  return !fault.lasting && strike () ? -1 : (int) syscall (SYS_unlinkat, folder, name, flags);
}

int
mkdirat (int         folder,
         const char *name,
         mode_t      mode)
{
  return strike () ? -1 : (int) syscall (SYS_mkdirat, folder, name, mode);
}

int
fchmod (int    fd,
        mode_t mode)
{
  return strike () ? -1 : (int) syscall (SYS_fchmod, fd, mode);
}

int
openat (int         folder,
        const char *name,
        int         flags,
        ...)
{
  va_list args;
  mode_t mode;

  va_start (args, flags);
  mode = (flags & O_CREAT) != 0 ? va_arg (args, mode_t) : 0;
  va_end (args);
  return !fault.lasting && strike () ? -1 : (int) syscall (SYS_openat, folder, name, flags, mode);
}

static void
arm (guint    at,
     int      code,
     gboolean lasting)
{
  fault.n = fault.n_faults = 0;
  fault.at = at;
  fault.code = code;
  fault.lasting = lasting;
  fault.armed = TRUE;
}

/* Returns whether the call number `at` was reached at all. */
static gboolean
disarm (void)
{
  fault.armed = FALSE;
  fault.lasting = FALSE;
  return fault.n_faults > 0;
}

static PdStore *
open_store (const char *dir)
{
  PdStore *store = pd_store_new (dir);
  GError *error = NULL;

  pd_store_load (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (pd_store_get_set_aside (store)), ==, 0);
  return store;
}

/* Nothing but what belongs there: no temporary file, no half-made folder. */
static void
check_tidy (const char *path,
            guint       depth)
{
  static const char *const allowed[] = { "lock", "profiles", "trash", "profile.json", "logo.png", NULL };
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    g_assert_true (g_strv_contains (allowed, name) || g_uuid_string_is_valid (name));
    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      check_tidy (child, depth + 1);
  }
}

static void
check_error (GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == PD_ERROR);
  g_assert_true (error->code == PD_ERROR_STORAGE || error->code == PD_ERROR_NOT_FOUND);
  g_assert_cmpuint (strlen (error->message), >, 20);
}

static const int codes[] = { ENOSPC, EIO, EROFS, EACCES, EDQUOT, EMFILE };

/* Every call of a save fails once, in every way. */
static void
test_save (gconstpointer data)
{
  gboolean lasting = data != NULL;
  guint n_failed = 0;

  for (guint c = 0; c < G_N_ELEMENTS (codes); c++) {
    gboolean reached = TRUE;

    for (guint at = 1; reached; at++) {
      g_autofree char *dir = g_dir_make_tmp ("paydesk-faults-XXXXXX", NULL);
      g_autoptr (PdStore) store = open_store (dir);
      g_autoptr (PdStore) again = NULL;
      g_autoptr (PdProfile) profile = pd_profile_new ("Shop");
      g_autoptr (GError) error = NULL;
      const char *found;
      gboolean saved;

      pd_profile_set_text (profile, "seller-id", "old", NULL);
      g_assert_true (pd_store_add (store, profile, NULL));
      pd_profile_set_text (profile, "seller-id", "new", NULL);
      arm (at, codes[c], lasting);
      saved = pd_store_save (store, profile, &error);
      reached = disarm ();

      check_tidy (dir, 0);
      again = open_store (dir);
      found = pd_profile_get_text (pd_store_find (again, pd_profile_get_id (profile), NULL), "seller-id");
      if (saved) {
        g_assert_cmpstr (found, ==, "new");
      } else {
        n_failed++;
        check_error (error);
        g_assert_true (pd_store_is_dirty (store, profile));
        g_assert_true (g_str_equal (found, "old") || g_str_equal (found, "new"));
      }

      /* What is still only here is saved when the disk is well again. */
      g_clear_error (&error);
      pd_store_save (store, profile, &error);
      g_assert_no_error (error);
      g_assert_false (pd_store_is_dirty (store, profile));
      g_clear_object (&again);
      again = open_store (dir);
      g_assert_cmpstr (pd_profile_get_text (pd_store_find (again, pd_profile_get_id (profile), NULL), "seller-id"), ==, "new");
    }
  }
  g_test_message ("%u failures", n_failed);
  g_assert_cmpuint (n_failed, >, 5 * G_N_ELEMENTS (codes));
}

/* Interrupted calls and short writes are no failures. */
static void
test_interrupted (void)
{
  static const int harmless[] = { EINTR, 0 };

  for (guint c = 0; c < G_N_ELEMENTS (harmless); c++) {
    gboolean reached = TRUE;

    for (guint at = 1; reached; at++) {
      g_autofree char *dir = g_dir_make_tmp ("paydesk-faults-XXXXXX", NULL);
      g_autoptr (PdStore) store = open_store (dir);
      g_autoptr (PdStore) again = NULL;
      g_autoptr (PdProfile) profile = pd_profile_new ("Shop");
      g_autoptr (GError) error = NULL;

      g_assert_true (pd_store_add (store, profile, NULL));
      pd_profile_set_text (profile, "seller-id", "new", NULL);
      arm (at, harmless[c], FALSE);
      pd_store_save (store, profile, &error);
      reached = disarm ();
      g_assert_no_error (error);
      again = open_store (dir);
      g_assert_cmpstr (pd_profile_get_text (pd_store_find (again, "Shop", NULL), "seller-id"), ==, "new");
    }
  }
}

static void
test_add (void)
{
  gboolean reached = TRUE;

  for (guint at = 1; reached; at++) {
    g_autofree char *dir = g_dir_make_tmp ("paydesk-faults-XXXXXX", NULL);
    g_autoptr (PdStore) store = open_store (dir);
    g_autoptr (PdStore) again = NULL;
    g_autoptr (PdProfile) first = pd_profile_new ("First");
    g_autoptr (PdProfile) profile = pd_profile_new ("Shop");
    g_autoptr (GError) error = NULL;
    gboolean added;

    g_assert_true (pd_store_add (store, first, NULL));
    arm (at, ENOSPC, FALSE);
    added = pd_store_add (store, profile, &error);
    reached = disarm ();
    check_tidy (dir, 0);
    if (!added)
      check_error (error);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, added ? 2 : 1);
    again = open_store (dir);
    g_assert_nonnull (pd_store_find (again, "First", NULL));
    if (added)
      g_assert_nonnull (pd_store_find (again, "Shop", NULL));
  }
}

static void
test_remove_and_restore (void)
{
  for (guint what = 0; what < 3; what++) {
    gboolean reached = TRUE;

    for (guint at = 1; reached; at++) {
      g_autofree char *dir = g_dir_make_tmp ("paydesk-faults-XXXXXX", NULL);
      g_autoptr (PdStore) store = open_store (dir);
      g_autoptr (PdStore) again = NULL;
      g_autoptr (PdProfile) profile = pd_profile_new ("Shop");
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) trash = NULL;
      const char *id = pd_profile_get_id (profile);
      gboolean done, listed;

      g_assert_true (pd_store_add (store, profile, NULL));
      if (what > 0)
        g_assert_true (pd_store_remove (store, profile, NULL));
      arm (at, EIO, FALSE);
      switch (what) {
      case 0: done = pd_store_remove (store, profile, &error); break;
      case 1: done = pd_store_restore (store, id, &error); break;
      default: done = pd_store_purge (store, id, &error);
      }
      reached = disarm ();
      if (!done)
        check_error (error);
      again = open_store (dir);
      trash = pd_store_list_trash (again);
      listed = pd_store_find (again, id, NULL) != NULL;
      /* In one place or the other, whole; only a purge may end with it being nowhere. */
      if (what < 2)
        g_assert_true (listed != g_strv_contains ((const char *const *) trash, id));
      else
        g_assert_false (listed);
      if (what == 0 && done)
        g_assert_false (listed);
      if (what == 1 && done)
        g_assert_true (listed);
    }
  }
}

static void
test_import (void)
{
  g_autofree char *from = g_dir_make_tmp ("paydesk-faults-XXXXXX", NULL);
  g_autoptr (PdStore) source = open_store (from);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) logo = g_bytes_new_static ("logo", 4);
  g_autoptr (GBytes) document = NULL;
  gboolean reached = TRUE;
  guint n_failed = 0;

  for (guint i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("Shop %u", i);
    g_autofree char *file = NULL;
    PdProfile *profile = pd_profile_new (name);

    g_ptr_array_add (profiles, profile);
    g_assert_true (pd_store_add (source, profile, NULL));
    file = pd_store_keep_file (source, profile, "logo", "png", logo, NULL);
    g_assert_true (pd_profile_set_text (profile, "logo", file, NULL));
  }
  document = pd_export_profiles (source, profiles, NULL);

  for (guint at = 1; reached; at++) {
    g_autofree char *dir = g_dir_make_tmp ("paydesk-faults-XXXXXX", NULL);
    g_autoptr (PdStore) store = open_store (dir);
    g_autoptr (PdStore) again = NULL;
    g_autoptr (GPtrArray) imported = NULL;
    g_autoptr (GError) error = NULL;
    guint n;

    arm (at, ENOSPC, FALSE);
    imported = pd_import_profiles (store, document, &error);
    reached = disarm ();
    if (imported == NULL) {
      n_failed++;
      check_error (error);
    }
    again = open_store (dir);
    n = g_list_model_get_n_items (G_LIST_MODEL (again));
    g_assert_true (n == 0 || n == 3);
    if (imported != NULL)
      g_assert_cmpuint (n, ==, 3);
    check_tidy (dir, 0);
  }
  g_assert_cmpuint (n_failed, >, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/faults/save", NULL, test_save);
  g_test_add_data_func ("/store/faults/save-lasting", "lasting", test_save);
  g_test_add_func ("/store/faults/interrupted", test_interrupted);
  g_test_add_func ("/store/faults/add", test_add);
  g_test_add_func ("/store/faults/remove-and-restore", test_remove_and_restore);
  g_test_add_func ("/store/faults/import", test_import);
  return g_test_run ();
}
