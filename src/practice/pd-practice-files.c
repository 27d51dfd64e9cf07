/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-hardening.h"
#include "pd-practice-files.h"

#define TEMPLATE "paydesk-practice-XXXXXX"

static const char *const names[] = { PD_PRACTICE_CA_FILE, PD_PRACTICE_KEY_FILE };

/* Where both sides of a Flatpak's sandbox see the same path. */
static char *
find_parent (void)
{
  const char *runtime = g_get_user_runtime_dir ();

  if (pd_hardening_in_flatpak ())
    return g_build_filename (runtime, "app", PD_APP_ID, NULL);
  if (g_file_test (runtime, G_FILE_TEST_IS_DIR) && g_access (runtime, W_OK) == 0)
    return g_strdup (runtime);
  return g_strdup (g_get_tmp_dir ());
}

/* Created anew, and by its owner only: nothing that lies there already is followed. */
static gboolean
write_file (const char *folder,
            const char *name,
            const char *text,
            gsize       length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int              fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return FALSE;
  while (length > 0) {
    gssize n = write (fd, text, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      int saved = errno;

      close (fd);
      errno = saved;
      return FALSE;
    }
    text += n;
    length -= (gsize) n;
  }
  return g_close (fd, NULL);
}

/**
 * pd_practice_files_write:
 * @ca_pem: what a client must trust
 * @key: the private key of the run's merchant, which protects nothing
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): a new folder of mode 0700 with both in it; in a Flatpak below
 *   `$XDG_RUNTIME_DIR/app/APPID/`, the same path inside and outside
 */
char *
pd_practice_files_write (const char  *ca_pem,
                         PdKey       *key,
                         GError     **error)
{
  g_autofree char          *parent = find_parent ();
  g_autofree char          *folder = g_build_filename (parent, TEMPLATE, NULL);
  g_autoptr (PdSecretText)  pem = pd_key_to_pem (key);

  if (g_mkdtemp_full (folder, 0700) == NULL) {
    g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("The practice endpoint’s files cannot be written in “%s”: %s"), parent, g_strerror (errno));
    return NULL;
  }
  if (!write_file (folder, PD_PRACTICE_CA_FILE, ca_pem, strlen (ca_pem)) ||
      !write_file (folder, PD_PRACTICE_KEY_FILE, pd_secret_text_peek (pem), pd_secret_text_get_length (pem))) {
    g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("The practice endpoint’s files cannot be written in “%s”: %s"), folder, g_strerror (errno));
    pd_practice_files_remove (folder);
    return NULL;
  }
  return g_steal_pointer (&folder);
}

/**
 * pd_practice_files_remove:
 * @folder: what pd_practice_files_write() made
 */
void
pd_practice_files_remove (const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}
