/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-profile.h"
#include "pd-set-aside.h"

G_BEGIN_DECLS

#define PD_TYPE_STORE (pd_store_get_type ())

G_DECLARE_FINAL_TYPE (PdStore, pd_store, PD, STORE, GObject)

/**
 * PdStore is a GListModel of PdProfile: the profiles in the data folder.
 *
 * Signals:
 * "conflict" (PdProfile, char **field_ids): both sides changed these fields; the disk's values are kept
 *   aside until pd_store_resolve() says which win.
 * "damaged" (char *set_aside_path, GError *why): a file was moved aside.
 * "saved" (PdProfile): all that was edited is on the disk.
 * "save-failed" (PdProfile, GError *why): autosave could not; it tries again by itself.
 * Whether a profile has edits that are not on the disk yet: pd_store_is_dirty().
 */
PdStore     *pd_store_new               (const char *data_dir);
char        *pd_store_get_default_dir   (void);
const char  *pd_store_get_dir           (PdStore *self);

void         pd_store_load_async        (PdStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     pd_store_load_finish       (PdStore *self, GAsyncResult *result, GError **error);
gboolean     pd_store_load              (PdStore *self, GError **error);

/* By id, or by name where that is unique (PD_ERROR_NOT_FOUND, PD_ERROR_AMBIGUOUS). */
PdProfile   *pd_store_find              (PdStore *self, const char *id_or_name, GError **error);

char        *pd_store_make_name         (PdStore *self, const char *name);
guint        pd_store_get_position      (PdStore *self, PdProfile *profile);

/* Adding makes it the store's; a profile of the store is saved by itself, debounced, when it changes
 * and pd_store_set_autosave() is on (the window), or by pd_store_save() (the command line). */
gboolean     pd_store_add               (PdStore *self, PdProfile *profile, GError **error);
PdProfile   *pd_store_duplicate         (PdStore *self, PdProfile *profile, const char *name, GError **error);
void         pd_store_set_autosave      (PdStore *self, gboolean autosave);
gboolean     pd_store_is_dirty          (PdStore *self, PdProfile *profile);
gboolean     pd_store_save              (PdStore *self, PdProfile *profile, GError **error);
void         pd_store_save_async        (PdStore *self, PdProfile *profile, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     pd_store_save_finish       (PdStore *self, GAsyncResult *result, GError **error);
void         pd_store_save_all_async    (PdStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     pd_store_save_all_finish   (PdStore *self, GAsyncResult *result, GError **error);

/* Notices what other programs write, and merges it field by field into the open profiles. From then on a conflict is asked
 * about ("conflict", pd_store_resolve()): the fields concerned are not saved until it is resolved, all others are. */
void         pd_store_watch             (PdStore *self);
void         pd_store_rescan            (PdStore *self);
char       **pd_store_get_conflicts     (PdStore *self, PdProfile *profile);
char        *pd_store_get_theirs        (PdStore *self, PdProfile *profile, const char *field_id);
void         pd_store_resolve           (PdStore *self, PdProfile *profile, gboolean keep_mine);

/* Removing moves the folder to the store's trash (undo: restore); purging is for good, after the
 * secrets are gone. Trash survives a crash: pd_store_list_trash() at the next start. */
gboolean     pd_store_remove            (PdStore *self, PdProfile *profile, GError **error);
gboolean     pd_store_restore           (PdStore *self, const char *profile_id, GError **error);
gboolean     pd_store_purge             (PdStore *self, const char *profile_id, GError **error);
char       **pd_store_list_trash        (PdStore *self);

/* Damaged and newer files: a GListModel of PdSetAside (path, reason, readable values as a PdProfile or NULL). */
GListModel  *pd_store_get_set_aside     (PdStore *self);

/* Deletes a damaged file, when its owner has no more use for it. One of a newer format is never deleted. What could be
 * read of a damaged file can be added to the store before, with pd_store_add(). */
gboolean     pd_store_drop_set_aside    (PdStore *self, PdSetAside *set_aside, GError **error);

/* A file kept beside the profile (the logo): copied in, mode 0600; returns its name within the folder. */
char        *pd_store_keep_file         (PdStore *self, PdProfile *profile, const char *stem, const char *suffix, GBytes *content, GError **error);
char        *pd_store_get_file          (PdStore *self, PdProfile *profile, const char *name);
void         pd_store_keep_file_async   (PdStore *self, PdProfile *profile, const char *stem, const char *suffix, GBytes *content,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char        *pd_store_keep_file_finish  (PdStore *self, GAsyncResult *result, GError **error);

/* Deletes what nothing names any more: for a shop that is left, when there is nothing left to be undone. */
void         pd_store_drop_unused_async (PdStore *self, PdProfile *profile, const char *field_id, gint64 before,
                                         GAsyncReadyCallback callback, gpointer user_data);
guint        pd_store_drop_unused_finish (PdStore *self, GAsyncResult *result);

/* A picture that was made of another one to fit knows which one that is. */
char        *pd_store_make_fitted_stem  (const char *name);
char        *pd_store_get_original      (PdStore *self, PdProfile *profile, const char *name);

G_END_DECLS
