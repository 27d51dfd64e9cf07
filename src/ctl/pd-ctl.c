/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pd-catalogue.h"
#include "pd-ctl.h"
#include "pd-error.h"
#include "pd-json.h"

void
pd_ctl_out (const char *format,
            ...)
{
  va_list arguments;

  va_start (arguments, format);
  vfprintf (stdout, format, arguments);
  va_end (arguments);
}

/* Exactly one document, ending in a newline. */
void
pd_ctl_out_json (JsonNode *node)
{
  g_autofree char *text = pd_json_to_string (node, TRUE);

  fputs (text, stdout);
  if (!g_str_has_suffix (text, "\n"))
    fputc ('\n', stdout);
}

void
pd_ctl_say (const char *format,
            ...)
{
  va_list          arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "%s\n", text);
}

gboolean
pd_ctl_flush (void)
{
  return fflush (stdout) == 0 && !ferror (stdout);
}

static PdCtlStatus
status_of (const GError *error)
{
  if (error->domain == G_OPTION_ERROR || error->domain == G_FILE_ERROR)
    return PD_CTL_USAGE;
  if (error->domain != PD_ERROR)
    return PD_CTL_UNDONE;
  switch ((PdError) error->code) {
  case PD_ERROR_BAD_INPUT:
  case PD_ERROR_BAD_KEY:
  case PD_ERROR_NOT_FOUND:
  case PD_ERROR_AMBIGUOUS:
  case PD_ERROR_GARBAGE:
  case PD_ERROR_TOO_LARGE:
    return PD_CTL_USAGE;
  default:
    return PD_CTL_UNDONE;
  }
}

/* Says the error and gives the exit status that belongs to it. */
PdCtlStatus
pd_ctl_fail (const GError *error)
{
  pd_ctl_say ("paydeskctl: %s", error->message);
  return status_of (error);
}

PdCtlStatus
pd_ctl_usage (const char *format,
              ...)
{
  va_list          arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "paydeskctl: %s\n", text);
  return PD_CTL_USAGE;
}

/* Returns (transfer full), or NULL having said why. */
PdProfile *
pd_ctl_find_profile (PdCtl       *ctl,
                     const char  *id_or_name,
                     PdCtlStatus *status)
{
  g_autoptr (GError) error = NULL;
  PdProfile         *profile = pd_store_find (ctl->store, id_or_name, &error);

  if (profile == NULL)
    *status = pd_ctl_fail (error);
  return profile != NULL ? g_object_ref (profile) : NULL;
}

const PdField *
pd_ctl_find_field (const char  *id,
                   PdCtlStatus *status)
{
  const PdField *field = pd_catalogue_lookup (id);

  if (field == NULL)
    *status = pd_ctl_usage (_("There is no field “%s”. “paydeskctl show PROFILE” lists them."), id);
  return field;
}

void
pd_ctl_keep (GObject      *source,
             GAsyncResult *result,
             gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

void
pd_ctl_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GBytes *
read_stdin (gsize    limit,
            GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8                 chunk[8192];
  gssize                 n;

  while ((n = read (STDIN_FILENO, chunk, sizeof chunk)) != 0) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("Standard input cannot be read: %s"), g_strerror (errno));
      return NULL;
    }
    if (content->len + (gsize) n > limit) {
      g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The input is too long."));
      return NULL;
    }
    g_byte_array_append (content, chunk, (guint) n);
  }
  pd_secret_wipe (chunk, sizeof chunk);
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

/* Reads at most @limit bytes. */
GBytes *
pd_ctl_read_file (const char  *file,
                  gsize        limit,
                  GError     **error)
{
  char              *content;
  gsize              length;
  g_autoptr (GFile)  handle = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) local = NULL;

  if (g_str_equal (file, "-"))
    return read_stdin (limit, error);
  handle = g_file_new_for_commandline_arg (file);
  info = g_file_query_info (handle, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, NULL, &local);
  if (info != NULL && (gsize) g_file_info_get_size (info) > limit)
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("The file “%s” is too large."), file);
  else if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("“%s” is a folder, not a file."), file);
  else if (info != NULL && g_file_load_contents (handle, NULL, &content, &length, NULL, &local))
    return g_bytes_new_take (content, length);
  else
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND, _("The file “%s” cannot be read: %s"), file, local->message);
  return NULL;
}

gboolean
pd_ctl_write_file (const char  *file,
                   GBytes      *content,
                   GError     **error)
{
  gsize              length;
  const char        *data = g_bytes_get_data (content, &length);
  g_autoptr (GError) local = NULL;

  if (g_str_equal (file, "-")) {
    if (fwrite (data, 1, length, stdout) == length && pd_ctl_flush ())
      return TRUE;
    g_set_error_literal (error, PD_ERROR, PD_ERROR_STORAGE, _("Standard output cannot be written to."));
    return FALSE;
  }
  if (g_file_set_contents_full (file, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local))
    return TRUE;
  g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("The file “%s” cannot be written: %s"), file, local->message);
  return FALSE;
}

/* The profile's stored secrets, or NULL with the reason why the keyring cannot be asked. */
GHashTable *
pd_ctl_fetch_secrets (PdCtl      *ctl,
                      PdProfile  *profile,
                      GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_fetch_secrets_async (ctl->desk, profile, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_desk_fetch_secrets_finish (ctl->desk, result, error);
}

void
pd_ctl_json_string (JsonBuilder *builder,
                    const char  *name,
                    const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/* The five members that every document has of a profile, into an open object. */
void
pd_ctl_json_profile (JsonBuilder *builder,
                     PdProfile   *profile)
{
  pd_ctl_json_string (builder, "id", pd_profile_get_id (profile));
  pd_ctl_json_string (builder, "name", pd_profile_get_name (profile));
  pd_ctl_json_string (builder, "mode", pd_mode_to_id (pd_profile_get_mode (profile)));
  pd_ctl_json_string (builder, "generation", pd_generation_to_id (pd_profile_get_generation (profile)));
  pd_ctl_json_string (builder, "environment", pd_environment_to_id (pd_profile_get_environment (profile)));
}
