/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-unwritten.h"

#include <glib/gi18n-lib.h>

#include "pd-error.h"

/* Of a file that the person named, outside the data folder. */
static const struct { GIOErrorEnum code; const char *sentence; } sentences[] = {
  { G_IO_ERROR_NO_SPACE, N_("The disk is full. Free some space, or choose another folder.") },
  { G_IO_ERROR_PERMISSION_DENIED, N_("Its folder takes no files from you. Choose another folder.") },
  { G_IO_ERROR_READ_ONLY, N_("The disk can only be read. Choose another folder.") },
  { G_IO_ERROR_NOT_FOUND, N_("Its folder is not there. Choose another folder.") },
  { G_IO_ERROR_NOT_DIRECTORY, N_("Its folder is not there. Choose another folder.") },
  { G_IO_ERROR_IS_DIRECTORY, N_("A folder has that name. Choose another name.") },
  { G_IO_ERROR_FILENAME_TOO_LONG, N_("The name is too long. Choose a shorter one.") },
};

static GIOErrorEnum
get_code (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return error->code;
  return error->domain == G_FILE_ERROR ? g_io_error_from_file_error (error->code) : G_IO_ERROR_FAILED;
}

/**
 * pd_unwritten:
 * @error: (inout): why the system did not write the file; becomes a %PD_ERROR_STORAGE with the next step
 * @file: the file
 */
void
pd_unwritten (GError **error,
              GFile   *file)
{
  g_autoptr (GError) why = g_steal_pointer (error);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  const char *sentence = N_("The disk does not take it. Choose another folder.");

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
    if (sentences[i].code == get_code (why))
      sentence = sentences[i].sentence;
  }
  g_debug ("%s: %s", name, why->message);
  g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("“%s” was not written. %s"), name, _(sentence));
}
