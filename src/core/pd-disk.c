/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pd-disk.h"
#include "pd-error.h"

#define LOCK_NAME "lock"

/* How long another process may hold the lock before this one gives up: a write takes milliseconds. */
#define LOCK_PATIENCE (15 * G_USEC_PER_SEC)

/* Folders within folders that pd_disk_remove_tree() descends. */
#define MAX_DEPTH 16

static const struct { int code; const char *message; } sentences[] = {
  { ENOSPC, N_("The disk is full. Free some space; until then nothing can be saved.") },
  { EDQUOT, N_("Your share of the disk is full. Free some space; until then nothing can be saved.") },
  { EFBIG, N_("The disk does not take a file of this size. Nothing was saved.") },
  { EROFS, N_("Paydesk’s folder is on a disk that can only be read. Make it writable; until then nothing can be saved.") },
  { EACCES, N_("Paydesk is not allowed to use its folder. Check the folder’s permissions.") },
  { EPERM, N_("Paydesk is not allowed to use its folder. Check the folder’s permissions.") },
  { ELOOP, N_("A symbolic link stands in Paydesk’s folder and is not followed. Take the link away.") },
  { ENOTDIR, N_("Something that is not a folder stands where Paydesk keeps a folder. Move it away.") },
  { EIO, N_("The disk reports an error. Check the disk; nothing was saved.") },
};

static gboolean look_only;

static gboolean
fail (GError     **error,
      int          code,
      const char  *name)
{
  if (code == ENOENT) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("There is no file “%s”."), name);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
    if (sentences[i].code != code)
      continue;
    /* The lock is nothing that a person knows of. */
    if (g_str_equal (name, LOCK_NAME))
      g_set_error_literal (error, PD_ERROR, PD_ERROR_STORAGE, _(sentences[i].message));
    else
      g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, "%s (%s)", _(sentences[i].message), name);
    return FALSE;
  }
  g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("The disk refused “%s”: %s."), name, g_strerror (code));
  return FALSE;
}

void
pd_disk_close (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static int
open_retrying (int         folder,
               const char *name,
               int         flags)
{
  return TEMP_FAILURE_RETRY (openat (folder, name, flags | O_CLOEXEC, 0600));
}

/* Some file systems cannot sync a folder and say so; on those there is no more to be had. */
static gboolean
sync_retrying (int fd)
{
  return TEMP_FAILURE_RETRY (fsync (fd)) == 0 || errno == EINVAL || errno == ENOTSUP;
}

static void
tighten (int fd,
         mode_t mode)
{
  struct stat st;

  /* Best effort on what was there before: a folder of someone else's is not ours to change. */
  if (!look_only && fstat (fd, &st) == 0 && (st.st_mode & 0777) != mode && st.st_uid == geteuid ())
    (void) !TEMP_FAILURE_RETRY (fchmod (fd, mode));
}

static void
sync_parent (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  pd_auto_fd int fd = open_retrying (AT_FDCWD, parent, O_RDONLY | O_DIRECTORY);

  if (fd >= 0)
    sync_retrying (fd);
}

/**
 * pd_disk_look_only:
 *
 * From now on what is read is left as it is: no permissions are mended, and no lock is given, without which nothing is
 * written or moved aside. Before any thread starts.
 */
void
pd_disk_look_only (void)
{
  look_only = TRUE;
}

/**
 * pd_disk_open_root:
 * @path: the data folder
 * @create: whether to make it, and what leads to it
 * @error: see pd_disk_write()
 *
 * The way to the data folder may hold symbolic links; what is in it may not.
 *
 * Returns: a descriptor, or -1
 */
int
pd_disk_open_root (const char  *path,
                   gboolean     create,
                   GError     **error)
{
  int fd;

  fd = open_retrying (AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
  if (fd < 0 && errno == ENOENT && create) {
    if (g_mkdir_with_parents (path, 0700) < 0) {
      fail (error, errno, path);
      return -1;
    }
    fd = open_retrying (AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
    if (fd >= 0)
      sync_parent (path);
  }
  if (fd < 0)
    fail (error, errno, path);
  else
    tighten (fd, 0700);
  return fd;
}

/**
 * pd_disk_open_folder:
 * @parent: the folder that it is in
 * @name: its name
 * @create: whether to make it
 * @error: see pd_disk_write()
 *
 * Returns: a descriptor, or -1
 */
int
pd_disk_open_folder (int          parent,
                     const char  *name,
                     gboolean     create,
                     GError     **error)
{
  gboolean made = FALSE;
  int fd;

  if (create) {
    made = TEMP_FAILURE_RETRY (mkdirat (parent, name, 0700)) == 0;
    if (!made && errno != EEXIST) {
      fail (error, errno, name);
      return -1;
    }
    /* A umask may have closed it to its own maker. */
    if (made)
      (void) !TEMP_FAILURE_RETRY (fchmodat (parent, name, 0700, 0));
  }
  fd = open_retrying (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  /* A link that O_DIRECTORY meets is said to be no folder; say what it is. */
  if (fd < 0 && errno == ENOTDIR) {
    struct stat st;

    errno = fstatat (parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK (st.st_mode) ? ELOOP : ENOTDIR;
  }
  if (fd < 0) {
    fail (error, errno, name);
    return -1;
  }
  tighten (fd, 0700);
  if (made && !sync_retrying (parent)) {
    fail (error, errno, name);
    pd_disk_close (&fd);
    unlinkat (parent, name, AT_REMOVEDIR);
  }
  return fd;
}

static void
read_stamp (PdStamp           *stamp,
            const struct stat *st)
{
  if (stamp == NULL)
    return;
  stamp->inode = st->st_ino;
  stamp->size = st->st_size;
  stamp->modified = st->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + st->st_mtim.tv_nsec;
  stamp->changed = st->st_ctim.tv_sec * G_GINT64_CONSTANT (1000000000) + st->st_ctim.tv_nsec;
}

gboolean
pd_stamp_equal (const PdStamp *a,
                const PdStamp *b)
{
  return a->inode == b->inode && a->size == b->size && a->modified == b->modified && a->changed == b->changed;
}

gboolean
pd_disk_stat (int         folder,
              const char *name,
              PdStamp    *stamp)
{
  struct stat st;

  if (fstatat (folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
    return FALSE;
  read_stamp (stamp, &st);
  return TRUE;
}

gboolean
pd_disk_exists (int         folder,
                const char *name)
{
  return pd_disk_stat (folder, name, NULL);
}

/**
 * pd_disk_read:
 * @folder: the folder that it is in
 * @name: its name
 * @max_bytes: the most that it may hold
 * @stamp: (out) (optional): what tells this content from another
 * @error: %PD_ERROR_NOT_FOUND, %PD_ERROR_TOO_LARGE, %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the content of a regular file
 */
GBytes *
pd_disk_read (int          folder,
              const char  *name,
              gsize        max_bytes,
              PdStamp     *stamp,
              GError     **error)
{
  pd_auto_fd int fd = -1;
  g_autofree char *content = NULL;
  struct stat st;
  gsize length = 0;

  fd = open_retrying (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0 || fstat (fd, &st) < 0) {
    fail (error, errno, name);
    return NULL;
  }
  if (!S_ISREG (st.st_mode)) {
    g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("“%s” is not a file."), name);
    return NULL;
  }
  tighten (fd, 0600);
  if ((guint64) st.st_size > max_bytes) {
    g_set_error (error, PD_ERROR, PD_ERROR_TOO_LARGE, _("“%s” is too large."), name);
    return NULL;
  }
  content = g_malloc ((gsize) st.st_size + 1);
  while (length < (gsize) st.st_size) {
    ssize_t n = read (fd, content + length, (gsize) st.st_size - length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      fail (error, errno, name);
      return NULL;
    }
    if (n == 0)
      break;
    length += (gsize) n;
  }
  /* Tightening may have changed it. */
  if (fstat (fd, &st) == 0)
    read_stamp (stamp, &st);
  return g_bytes_new_take (g_steal_pointer (&content), length);
}

/**
 * pd_disk_read_short:
 * @folder: a folder
 * @path: of a file in it, or in one of its folders
 * @max_bytes: the most that it may hold
 * @stamp: (out): what tells this content from another
 *
 * Half the system calls of pd_disk_open_folder() and pd_disk_read(), for a start that reads thousands of files. Takes a file whose mode
 * is 0600, with no symbolic link on the way to it; %NULL says no more than that those are to be asked.
 *
 * Returns: (transfer full) (nullable): its content
 */
GBytes *
pd_disk_read_short (int         folder,
                    const char *path,
                    gsize       max_bytes,
                    PdStamp    *stamp)
{
#ifdef SYS_openat2
  const struct open_how how = {
    .flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
  };
  pd_auto_fd int fd = (int) syscall (SYS_openat2, folder, path, &how, sizeof how);
  g_autofree char *content = NULL;
  struct stat st;

  if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) || (st.st_mode & 0777) != 0600 || (gsize) st.st_size > max_bytes)
    return NULL;
  content = g_malloc ((gsize) st.st_size + 1);
  if (read (fd, content, (gsize) st.st_size) != st.st_size)
    return NULL;
  read_stamp (stamp, &st);
  return g_bytes_new_take (g_steal_pointer (&content), (gsize) st.st_size);
#else
  return NULL;
#endif
}

static gboolean
write_all (int     fd,
           GBytes *content)
{
  gsize length;
  const char *at = g_bytes_get_data (content, &length);

  while (length > 0) {
    ssize_t n = write (fd, at, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      if (n == 0)
        errno = ENOSPC;
      return FALSE;
    }
    at += n;
    length -= (gsize) n;
  }
  return TRUE;
}

/**
 * pd_disk_write:
 * @folder: the folder that it is to be in
 * @name: its name
 * @content: its whole content
 * @stamp: (out) (optional): what tells this content from another
 * @error: %PD_ERROR_STORAGE
 *
 * Replaces the file as a whole: a temporary file beside it, fsync, rename, fsync of the folder. Whoever reads sees the
 * old content or the new one. To be called with the lock held: the temporary file has always the same name, so that
 * what a killed process left is used up by the next one.
 *
 * Returns: whether the new content is on the disk. If not, the old one is still there, except that after a failure of
 *   the very last step, the folder's fsync, it may be either.
 */
gboolean
pd_disk_write (int          folder,
               const char  *name,
               GBytes      *content,
               PdStamp     *stamp,
               GError     **error)
{
  g_autofree char *temporary = g_strdup_printf (".%s.new", name);
  pd_auto_fd int fd = -1;
  struct stat st;
  int code;

  if (TEMP_FAILURE_RETRY (unlinkat (folder, temporary, 0)) < 0 && errno != ENOENT)
    return fail (error, errno, name);
  fd = open_retrying (folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
  if (fd < 0)
    return fail (error, errno, name);
  if (TEMP_FAILURE_RETRY (fchmod (fd, 0600)) < 0 || !write_all (fd, content) || !sync_retrying (fd) ||
      TEMP_FAILURE_RETRY (renameat (folder, temporary, folder, name)) < 0) {
    code = errno;
    TEMP_FAILURE_RETRY (unlinkat (folder, temporary, 0));
    return fail (error, code, name);
  }
  if (!sync_retrying (folder))
    return fail (error, errno, name);
  if (fstat (fd, &st) == 0)
    read_stamp (stamp, &st);
  return TRUE;
}

/**
 * pd_disk_move:
 * @from: the folder that holds it
 * @name: its name there
 * @to: the folder that shall hold it
 * @new_name: its name there; nothing of that name may be there
 * @error: %PD_ERROR_NOT_FOUND, %PD_ERROR_STORAGE
 *
 * Returns: whether it was moved; if not, it is where it was
 */
gboolean
pd_disk_move (int          from,
              const char  *name,
              int          to,
              const char  *new_name,
              GError     **error)
{
  struct stat st;

  /* renameat2 with RENAME_NOREPLACE is not there on every file system; with the lock held a look before is as good. */
  if (fstatat (to, new_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
    return fail (error, EEXIST, new_name);
  if (TEMP_FAILURE_RETRY (renameat (from, name, to, new_name)) < 0)
    return fail (error, errno, name);
  if (!sync_retrying (to) || (from != to && !sync_retrying (from))) {
    int code = errno;

    (void) !TEMP_FAILURE_RETRY (renameat (to, new_name, from, name));
    return fail (error, code, name);
  }
  return TRUE;
}

gboolean
pd_disk_remove_file (int          folder,
                     const char  *name,
                     GError     **error)
{
  if (TEMP_FAILURE_RETRY (unlinkat (folder, name, 0)) < 0)
    return fail (error, errno, name);
  return TRUE;
}

/**
 * pd_disk_visit:
 * @folder: a folder
 * @func: called with each name in it but "." and "..", in no order, until it returns %FALSE
 * @data: for @func
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: whether the folder could be read
 */
gboolean
pd_disk_visit (int          folder,
               PdDiskFunc   func,
               gpointer     data,
               GError     **error)
{
  struct dirent *entry;
  DIR *dir;
  int fd;

  fd = open_retrying (folder, ".", O_RDONLY | O_DIRECTORY);
  dir = fd >= 0 ? fdopendir (fd) : NULL;
  if (dir == NULL) {
    fail (error, errno, ".");
    pd_disk_close (&fd);
    return FALSE;
  }
  while ((entry = readdir (dir)) != NULL) {
    if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, "..") && !func (entry->d_name, data))
      break;
  }
  closedir (dir);
  return TRUE;
}

static gboolean
add_name (const char *name,
          gpointer    data)
{
  g_strv_builder_add (data, name);
  return TRUE;
}

/**
 * pd_disk_list:
 * @folder: a folder
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the names in it, without "." and "..", in no order
 */
char **
pd_disk_list (int      folder,
              GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  return pd_disk_visit (folder, add_name, names, error) ? g_strv_builder_end (names) : NULL;
}

static gboolean
empty_folder (int   folder,
              guint depth)
{
  g_auto (GStrv) names = pd_disk_list (folder, NULL);

  if (names == NULL || depth > MAX_DEPTH)
    return FALSE;
  for (char **name = names; *name != NULL; name++) {
    pd_auto_fd int sub = -1;

    if (TEMP_FAILURE_RETRY (unlinkat (folder, *name, 0)) == 0)
      continue;
    if (errno != EISDIR && errno != EPERM)
      return FALSE;
    sub = open_retrying (folder, *name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (sub < 0 || !empty_folder (sub, depth + 1) || TEMP_FAILURE_RETRY (unlinkat (folder, *name, AT_REMOVEDIR)) < 0)
      return FALSE;
  }
  return TRUE;
}

/**
 * pd_disk_remove_tree:
 * @parent: the folder that it is in
 * @name: its name
 * @error: %PD_ERROR_NOT_FOUND, %PD_ERROR_STORAGE
 *
 * Deletes a folder and all that is in it; of symbolic links the links only.
 *
 * Returns: whether it is gone
 */
gboolean
pd_disk_remove_tree (int          parent,
                     const char  *name,
                     GError     **error)
{
  pd_auto_fd int folder = -1;

  folder = pd_disk_open_folder (parent, name, FALSE, error);
  if (folder < 0)
    return FALSE;
  if (!empty_folder (folder, 0) || TEMP_FAILURE_RETRY (unlinkat (parent, name, AT_REMOVEDIR)) < 0 || !sync_retrying (parent))
    return fail (error, errno, name);
  return TRUE;
}

gboolean
pd_disk_sync (int          folder,
              const char  *name,
              GError     **error)
{
  return sync_retrying (folder) || fail (error, errno, name);
}

/* One lock for the whole data folder. A process's own threads queue here first, since flock() has no queue. */
static GMutex own_threads;

/**
 * pd_disk_lock:
 * @root: the data folder
 * @error: %PD_ERROR_STORAGE
 *
 * Waits until nobody else writes to the data folder. The lock ends with its process, however that ends.
 *
 * Returns: a descriptor for pd_disk_unlock(), or -1
 */
int
pd_disk_lock (int      root,
              GError **error)
{
  gint64 patience = LOCK_PATIENCE;
  gulong pause = 500;
  int fd;

  if (look_only) {
    fail (error, EROFS, LOCK_NAME);
    return -1;
  }
  g_mutex_lock (&own_threads);
  fd = open_retrying (root, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW);
  if (fd < 0) {
    fail (error, errno, LOCK_NAME);
    g_mutex_unlock (&own_threads);
    return -1;
  }
  tighten (fd, 0600);
  while (flock (fd, LOCK_EX | LOCK_NB) < 0) {
    if ((errno != EWOULDBLOCK && errno != EINTR) || patience <= 0) {
      if (errno == EWOULDBLOCK)
        g_set_error_literal (error, PD_ERROR, PD_ERROR_STORAGE,
                             _("Another Paydesk is writing and does not come to an end. Close it and try again."));
      else
        fail (error, errno, LOCK_NAME);
      pd_disk_close (&fd);
      g_mutex_unlock (&own_threads);
      return -1;
    }
    g_usleep (pause);
    patience -= (gint64) pause;
    pause = MIN (pause * 2, 20000);
  }
  return fd;
}

void
pd_disk_unlock (int lock)
{
  if (lock < 0)
    return;
  close (lock);
  g_mutex_unlock (&own_threads);
}
