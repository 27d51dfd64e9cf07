/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-profile-private.h"
#include "pd-store-private.h"

/* Files kept beside a profile, and a profile with them copied. */

/* The task's data. */
typedef struct {
  char   *dir;
  char   *id;
  char   *stem;
  char   *suffix;
  GBytes *content;
  GStrv   keep;
  gint64  before; /* seconds since 1970 */
} Files;

static void
files_free (Files *files)
{
  g_free (files->dir);
  g_free (files->id);
  g_free (files->stem);
  g_free (files->suffix);
  g_clear_pointer (&files->content, g_bytes_unref);
  g_strfreev (files->keep);
  g_free (files);
}

static GTask *
make_task (PdStore             *self,
           PdProfile           *profile,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data,
           Files              **files)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  *files = g_new0 (Files, 1);
  (*files)->dir = g_strdup (pd_store_get_dir (self));
  (*files)->id = g_strdup (pd_profile_get_id (profile));
  g_task_set_task_data (task, *files, (GDestroyNotify) files_free);
  return task;
}

static void
keep_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Files *files = task_data;
  GError      *error = NULL;
  char        *name = pd_shelf_keep_file (files->dir, files->id, files->stem, files->suffix, files->content, &error);

  if (name != NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * pd_store_keep_file_async:
 * @self: a store
 * @profile: one of its profiles
 * @stem: what the file is, such as "logo"
 * @suffix: its kind, such as "png"
 * @content: its content
 * @cancellable: (nullable): to stop waiting
 * @callback: called when the file is on the disk
 * @user_data: for @callback
 *
 * Like pd_store_keep_file(), in a worker thread.
 */
void
pd_store_keep_file_async (PdStore             *self,
                          PdProfile           *profile,
                          const char          *stem,
                          const char          *suffix,
                          GBytes              *content,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Files            *files;
  g_autoptr (GTask) task = make_task (self, profile, cancellable, callback, user_data, &files);

  g_task_set_source_tag (task, pd_store_keep_file_async);
  files->stem = g_strdup (stem);
  files->suffix = g_strdup (suffix);
  files->content = g_bytes_ref (content);
  g_task_run_in_thread (task, keep_in_thread);
}

/* Returns: (transfer full) (nullable): the file's name within the folder; else @error as of pd_store_keep_file() */
char *
pd_store_keep_file_finish (PdStore       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
drop_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Files *files = task_data;

  g_task_return_int (task, (gssize) pd_shelf_drop_unused (files->dir, files->id, files->stem, (const char *const *) files->keep, files->before));
}

/**
 * pd_store_drop_unused_async:
 * @self: a store
 * @profile: one of its profiles, of which nothing can be undone any more
 * @field_id: a field whose value is a file
 * @before: seconds since 1970; what is newer stays, as another program may be about to name it
 * @callback: (nullable): called when it is done
 * @user_data: for @callback
 *
 * Deletes the field's files that neither the profile nor anything else in its folder names. Of a logo that was made to fit, the
 * original stays.
 */
void
pd_store_drop_unused_async (PdStore             *self,
                            PdProfile           *profile,
                            const char          *field_id,
                            gint64               before,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Files            *files;
  g_autoptr (GTask) task = make_task (self, profile, NULL, callback, user_data, &files);

  g_task_set_source_tag (task, pd_store_drop_unused_async);
  files->stem = g_strdup (field_id);
  files->keep = g_strdupv ((char **) pd_profile_get_list (profile, field_id));
  files->before = before;
  if (pd_profile_can_undo (profile) || pd_profile_can_redo (profile))
    g_task_return_int (task, 0);
  else
    g_task_run_in_thread (task, drop_in_thread);
}

/* Returns: how many were deleted */
guint
pd_store_drop_unused_finish (PdStore      *self,
                             GAsyncResult *result)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  n = g_task_propagate_int (G_TASK (result), NULL);
  return (guint) MAX (n, 0);
}

/**
 * pd_store_make_fitted_stem:
 * @name: a kept file
 *
 * Returns: (transfer full): the stem under which a picture that was made of it is kept
 */
char *
pd_store_make_fitted_stem (const char *name)
{
  return g_strconcat (name, PD_SHELF_FITTED, NULL);
}

/**
 * pd_store_get_original:
 * @self: a store
 * @profile: one of its profiles
 * @name: a kept file
 *
 * Returns: (transfer full) (nullable): the file of which it was made; %NULL where it is an original, or that one is gone
 */
char *
pd_store_get_original (PdStore    *self,
                       PdProfile  *profile,
                       const char *name)
{
  g_autofree char *original = pd_shelf_get_original_name (name);
  g_autofree char *path = original != NULL ? pd_store_get_file (self, profile, original) : NULL;

  return path != NULL ? g_steal_pointer (&original) : NULL;
}

/**
 * pd_store_keep_file:
 * @self: a store
 * @profile: one of its profiles
 * @stem: what the file is, such as "logo"
 * @suffix: its kind, such as "png"
 * @content: its content
 * @error: %PD_ERROR_STORAGE, %PD_ERROR_BAD_INPUT
 *
 * Copies a file in beside the profile. The name that comes back is to be set as the field's value; what was kept before
 * stays, so that undo finds it.
 *
 * Returns: (transfer full) (nullable): its name within the folder
 */
char *
pd_store_keep_file (PdStore     *self,
                    PdProfile   *profile,
                    const char  *stem,
                    const char  *suffix,
                    GBytes      *content,
                    GError     **error)
{
  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  return pd_shelf_keep_file (self->dir, pd_profile_get_id (profile), stem, suffix, content, error);
}

/* Returns: (transfer full) (nullable): the path of a kept file; NULL where there is no such regular file */
char *
pd_store_get_file (PdStore    *self,
                   PdProfile  *profile,
                   const char *name)
{
  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  return pd_shelf_get_file (self->dir, pd_profile_get_id (profile), name);
}

/* The files that the fields of the kind %PD_FIELD_IMAGE name. */
static gboolean
copy_files (PdStore    *self,
            PdProfile  *from,
            PdProfile  *to,
            GError    **error)
{
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const char *name = pd_profile_get_text (from, fields[i]->id);
    g_autoptr (GError) local = NULL;
    g_autoptr (GBytes) content = NULL;
    g_autofree char *kept = NULL;
    const char *dot;

    if (fields[i]->kind != PD_FIELD_IMAGE || (dot = strrchr (name, '.')) == NULL || dot[1] == '\0')
      continue;
    content = pd_shelf_read_file (self->dir, pd_profile_get_id (from), name, &local);
    if (content != NULL)
      kept = pd_store_keep_file (self, to, fields[i]->id, dot + 1, content, &local);
    if (kept == NULL && !g_error_matches (local, PD_ERROR, PD_ERROR_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (!pd_profile_set_text (to, fields[i]->id, kept, error))
      return FALSE;
  }
  pd_profile_forget_undo (to);
  return pd_store_save (self, to, error);
}

/**
 * pd_store_duplicate:
 * @self: a store
 * @profile: one of its profiles
 * @name: the copy's name
 * @error: %PD_ERROR_STORAGE
 *
 * Copies a profile with its logo. Secrets are not copied, nor is what was entered over there for the other shop.
 *
 * Returns: (transfer none) (nullable): the copy, which is the store's
 */
PdProfile *
pd_store_duplicate (PdStore     *self,
                    PdProfile   *profile,
                    const char  *name,
                    GError     **error)
{
  g_autoptr (PdProfile) copy = NULL;

  g_return_val_if_fail (PD_IS_STORE (self), NULL);
  g_return_val_if_fail (pd_store_get_record (self, profile) != NULL, NULL);

  copy = pd_profile_new_copy (profile, "");
  if (!pd_profile_set_text (copy, "name", name, error))
    return NULL;
  pd_profile_forget_undo (copy);
  if (!pd_store_add (self, copy, error))
    return NULL;
  if (!copy_files (self, profile, copy, error)) {
    if (pd_store_remove (self, copy, NULL))
      pd_store_purge (self, pd_profile_get_id (copy), NULL);
    return NULL;
  }
  return copy; /* the store holds it */
}
