/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/* What tells one content of a file from another without reading it. */
typedef struct {
  guint64 inode;
  gint64  size;
  gint64  modified; /* nanoseconds */
  gint64  changed;
} PdStamp;

/* Called with a name in a folder. Returns: whether to go on. */
typedef gboolean (*PdDiskFunc) (const char *name, gpointer data);

/* Files and folders below the data folder, by descriptor: nothing here follows a symbolic link, everything written is
 * on the disk when the call returns, 0600 and 0700 under any umask. Errors are PD_ERROR_NOT_FOUND and PD_ERROR_STORAGE. */
/* For a program that only looks: from now on nothing here changes the disk, and locks are refused. Before any thread. */
void     pd_disk_look_only   (void);

int      pd_disk_open_root   (const char *path, gboolean create, GError **error);
int      pd_disk_open_folder (int parent, const char *name, gboolean create, GError **error);
GBytes  *pd_disk_read        (int folder, const char *name, gsize max_bytes, PdStamp *stamp, GError **error);
GBytes  *pd_disk_read_short  (int folder, const char *path, gsize max_bytes, PdStamp *stamp);
gboolean pd_disk_write       (int folder, const char *name, GBytes *content, PdStamp *stamp, GError **error);
gboolean pd_disk_stat        (int folder, const char *name, PdStamp *stamp);
gboolean pd_disk_exists      (int folder, const char *name);
gboolean pd_disk_move        (int from, const char *name, int to, const char *new_name, GError **error);
gboolean pd_disk_remove_file (int folder, const char *name, GError **error);
gboolean pd_disk_remove_tree (int parent, const char *name, GError **error);
gboolean pd_disk_visit       (int folder, PdDiskFunc func, gpointer data, GError **error);
char   **pd_disk_list        (int folder, GError **error);
gboolean pd_disk_sync        (int folder, const char *name, GError **error);
int      pd_disk_lock        (int root, GError **error);
void     pd_disk_unlock      (int lock);
void     pd_disk_close       (int *fd);

gboolean pd_stamp_equal      (const PdStamp *a, const PdStamp *b);

/* A descriptor that is closed when it goes out of scope: pd_auto_fd int folder = -1; */
#define pd_auto_fd __attribute__ ((cleanup (pd_disk_close)))

G_END_DECLS
