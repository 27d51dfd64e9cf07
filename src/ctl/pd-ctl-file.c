/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "pd-ctl-file.h"
#include "pd-ctl-output.h"
#include "pd-error.h"
#include "pd-file-write.h"
#include "pd-unwritten.h"

#define MAX_SECRET  (64 * 1024)
#define MAX_COUNTED (1024 * 1024 * 1024)

/* For the signal handler that gives the terminal its echo back. */
static struct termios usual_terminal;

/* Grows by hand, so that no old copy of a secret stays behind in the heap. */
static gboolean
grow (char  **content,
      gsize  *size,
      gsize   length)
{
  gsize larger = *size * 2;
  char *copy = g_try_malloc (larger);

  if (copy == NULL)
    return FALSE;
  memcpy (copy, *content, length);
  pd_secret_wipe (*content, length);
  g_free (*content);
  *content = copy;
  *size = larger;
  return TRUE;
}

static GBytes *
read_all (int     fd,
          gsize   max_bytes,
          GError **error)
{
  gsize  size = 64 * 1024;
  gsize  length = 0;
  char  *content = g_malloc (size);
  gssize n;

  while ((n = read (fd, content + length, size - length)) != 0) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n > 0)
      length += (gsize) n;
    if (n < 0 || length > max_bytes || (length == size && !grow (&content, &size, length)))
      break;
  }
  if (n == 0)
    return g_bytes_new_take (content, length);
  if (n < 0)
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, g_strerror (errno));
  else
    g_set_error (error, PD_ERROR, PD_ERROR_TOO_LARGE, _("larger than %'zu bytes"), max_bytes);
  pd_secret_wipe (content, length);
  g_free (content);
  return NULL;
}

/**
 * pd_ctl_file_read:
 * @file: a path, or "-" for standard input
 * @max_bytes: the most that it may hold
 * @error: %PD_ERROR_NOT_FOUND, %PD_ERROR_BAD_INPUT
 *
 * Returns: (transfer full) (nullable): its content
 */
GBytes *
pd_ctl_file_read (const char  *file,
                  gsize        max_bytes,
                  GError     **error)
{
  gboolean           is_stdin = g_str_equal (file, "-");
  g_autofree char   *shown = is_stdin ? g_strdup (_("standard input")) : g_filename_display_name (file);
  int                fd = is_stdin ? STDIN_FILENO : g_open (file, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (GError) why = NULL;
  GBytes            *content;

  if (fd < 0) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("“%s” cannot be read: %s."), shown, g_strerror (errno));
    return NULL;
  }
  content = read_all (fd, max_bytes, &why);
  if (!is_stdin)
    close (fd);
  if (content == NULL)
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("“%s” cannot be read: %s."), shown, why->message);
  return content;
}

/* How long it is altogether, of which @length bytes are read. */
static gboolean
count_rest (int       fd,
            gsize     length,
            guint64  *bytes,
            GError  **error)
{
  struct stat status;
  char        ignored[16 * 1024];
  gssize      n = 0;

  *bytes = length;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode)) {
    *bytes = MAX (*bytes, (guint64) status.st_size);
    return TRUE;
  }
  while (*bytes <= MAX_COUNTED && (n = read (fd, ignored, sizeof ignored)) != 0) {
    if (n < 0 && errno != EINTR)
      break;
    *bytes += (guint64) MAX (0, n);
  }
  if (n == 0)
    return TRUE;
  g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, n < 0 ? g_strerror (errno) : _("it does not end"));
  return FALSE;
}

/**
 * pd_ctl_file_read_start:
 * @file: a path, or "-" for standard input
 * @max_kept: how much of it is wanted
 * @bytes: (out): how long it is altogether
 * @error: %PD_ERROR_NOT_FOUND, %PD_ERROR_BAD_INPUT
 *
 * Returns: (transfer full) (nullable): its content, or its beginning where it is longer
 */
GBytes *
pd_ctl_file_read_start (const char  *file,
                        gsize        max_kept,
                        guint64     *bytes,
                        GError     **error)
{
  gboolean           is_stdin = g_str_equal (file, "-");
  g_autofree char   *shown = is_stdin ? g_strdup (_("standard input")) : g_filename_display_name (file);
  int                fd = is_stdin ? STDIN_FILENO : g_open (file, O_RDONLY | O_CLOEXEC, 0);
  g_autofree char   *content = NULL;
  gsize              length = 0;
  gssize             n = 0;
  g_autoptr (GError) why = NULL;

  if (fd < 0) {
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("“%s” cannot be read: %s."), shown, g_strerror (errno));
    return NULL;
  }
  content = g_malloc (max_kept);
  while (length < max_kept && (n = read (fd, content + length, max_kept - length)) != 0) {
    if (n < 0 && errno != EINTR)
      break;
    length += (gsize) MAX (0, n);
  }
  if (n < 0 && length < max_kept)
    g_set_error_literal (&why, PD_ERROR, PD_ERROR_BAD_INPUT, g_strerror (errno));
  else
    count_rest (fd, length, bytes, &why);
  if (!is_stdin)
    close (fd);
  if (why == NULL)
    return g_bytes_new_take (g_realloc (g_steal_pointer (&content), MAX (1, length)), length);
  g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("“%s” cannot be read: %s."), shown, why->message);
  return NULL;
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       length)
{
  while (length > 0) {
    gssize n = write (fd, data, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    data += n;
    length -= (gsize) n;
  }
  return TRUE;
}

/* A device, a pipe or a terminal is written into; only a file is replaced. */
static gboolean
write_into (const char *path,
            const char *data,
            gsize       length)
{
  int      fd = g_open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY, 0);
  gboolean good = fd >= 0 && write_all (fd, data, length);
  int      saved = errno;

  if (fd >= 0 && close (fd) != 0 && good)
    return FALSE;
  errno = saved;
  return good;
}

/**
 * pd_ctl_file_write:
 * @file: a path, or "-" for standard output
 * @content: what to write
 * @error: %PD_ERROR_STORAGE
 *
 * Writes whole or not at all: what stood in the file before stays until the new content is on the disk.
 *
 * Returns: whether it is written
 */
gboolean
pd_ctl_file_write (const char  *file,
                   GBytes      *content,
                   GError     **error)
{
  gsize              length;
  const char        *data = g_bytes_get_data (content, &length);
  g_autofree char   *target = NULL;
  g_autofree char   *shown = NULL;
  g_autoptr (GFile)  written = NULL;
  g_autoptr (GError) local = NULL;
  struct stat        status;

  if (g_str_equal (file, "-")) {
    if (fwrite (data, 1, length, stdout) == length && pd_ctl_flush ())
      return TRUE;
    g_set_error_literal (error, PD_ERROR, PD_ERROR_STORAGE, _("Standard output cannot be written to."));
    return FALSE;
  }
  shown = g_filename_display_name (file);
  if (stat (file, &status) == 0 && !S_ISREG (status.st_mode)) {
    if (write_into (file, data, length))
      return TRUE;
    g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("“%s” cannot be written: %s."), shown, g_strerror (errno));
    return FALSE;
  }
  target = pd_file_write_resolve (file);
  if (g_file_set_contents_full (target, data, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local))
    return TRUE;
  written = g_file_new_for_path (file);
  pd_unwritten (&local, written);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
pd_ctl_file_wipe (GBytes *content)
{
  gsize length;
  char *data = g_bytes_unref_to_data (content, &length);

  if (data != NULL)
    pd_secret_wipe (data, length);
  g_free (data);
}

static void
on_signal (int number)
{
  tcsetattr (STDIN_FILENO, TCSANOW, &usual_terminal);
  _exit (PD_CTL_UNDONE);
}

/* From a terminal a secret is read without its being seen there. */
static GBytes *
read_unseen (const char  *label,
             GError     **error)
{
  struct sigaction handler = { .sa_handler = on_signal };
  struct sigaction before[2];
  struct termios   silent;
  GBytes          *content;

  if (tcgetattr (STDIN_FILENO, &usual_terminal) != 0)
    return pd_ctl_file_read ("-", MAX_SECRET, error);
  sigaction (SIGINT, &handler, &before[0]);
  sigaction (SIGTERM, &handler, &before[1]);
  silent = usual_terminal;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  /* Only now: what is pasted earlier is seen, and thrown away. */
  pd_ctl_say (_("Paste “%s”, which is not shown here, then press Enter and Ctrl+D."), label);
  content = pd_ctl_file_read ("-", MAX_SECRET, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &usual_terminal);
  sigaction (SIGINT, &before[0], NULL);
  sigaction (SIGTERM, &before[1], NULL);
  return content;
}

/**
 * pd_ctl_read_secret:
 * @label: what is asked for
 * @error: %PD_ERROR_BAD_INPUT, never with a byte of it
 *
 * Reads standard input to its end. One final line end belongs to the way it was written, and not to the secret.
 *
 * Returns: (transfer full) (nullable): the secret
 */
PdSecretText *
pd_ctl_read_secret (const char  *label,
                    GError     **error)
{
  GBytes       *input = pd_ctl_can_ask () ? read_unseen (label, error) : pd_ctl_file_read ("-", MAX_SECRET, error);
  PdSecretText *secret = NULL;
  gsize         length;
  const char   *data;

  if (input == NULL)
    return NULL;
  data = g_bytes_get_data (input, &length);
  if (length > 0 && data[length - 1] == '\n')
    length--;
  if (length > 0 && data[length - 1] == '\r')
    length--;
  if (length == 0)
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("Standard input was empty; nothing was stored for “%s”."), label);
  else if (!g_utf8_validate (data, (gssize) length, NULL))
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("Standard input was no text; nothing was stored for “%s”."), label);
  else
    secret = pd_secret_text_new_len (data, length);
  pd_ctl_file_wipe (input);
  return secret;
}

gboolean
pd_ctl_can_ask (void)
{
  return isatty (STDIN_FILENO);
}

/* Only a letter that begins a yes, here or in English, is one. */
gboolean
pd_ctl_ask (const char *question)
{
  char answer[16] = "";

  if (!pd_ctl_can_ask ())
    return FALSE;
  /* Translators: “y” and “N” are what the person types; the capital one is what Enter means */
  fprintf (stderr, "%s %s ", question, _("[y/N]"));
  fflush (stderr);
  if (fgets (answer, sizeof answer, stdin) == NULL)
    return FALSE;
  return g_ascii_tolower (*answer) == 'y';
}
