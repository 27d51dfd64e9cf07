/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-csv.h"
#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-export.h"
#include "pd-paste.h"
#include "pd-problem.h"
#include "pd-shape.h"


static char    *into;
static char    *format;
static gboolean all;
static gboolean yes;

static const GOptionEntry options[] = {
  { "into", 0, 0, G_OPTION_ARG_FILENAME, &into, N_("The shop that copied keys or a private key go into"), "PROFILE" },
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("Store what the shop’s generation does not use as well"), NULL },
  { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_("What the file holds: profiles, keys, pem or csv"), "KIND" },
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Change a token that is pre-set by Amazon all the same"), NULL },
  G_OPTION_ENTRY_NULL
};

static const struct {
  const char *id;
  PdPasteKind kind;
} formats[] = {
  { "profiles", PD_PASTE_PROFILES },
  { "keys", PD_PASTE_KEYS_JSON },
  { "pem", PD_PASTE_PEM },
};

/* One FILE, read before anything is stored. */
typedef struct {
  const char *file;
  GBytes     *content;
  PdPaste    *paste;  /* NULL: whole shops */
} Source;

static void
source_free (Source *source)
{
  g_clear_pointer (&source->paste, pd_paste_free);
  if (source->content != NULL)
    pd_ctl_file_wipe (source->content);
  g_free (source);
}

static gboolean
is_table (const char *file)
{
  return format != NULL ? g_str_equal (format, "csv") : pd_csv_is_name (file);
}

static gboolean
check_format (PdPasteKind  *kind,
              PdCtlStatus  *status)
{
  for (guint i = 0; format != NULL && i < G_N_ELEMENTS (formats); i++) {
    if (g_str_equal (formats[i].id, format)) {
      *kind = formats[i].kind;
      return TRUE;
    }
  }
  if (format == NULL || g_str_equal (format, "csv"))
    return TRUE;
  *status = pd_ctl_usage (_("The format must be one of: %s."), "profiles, keys, pem, csv");
  return FALSE;
}

/* What the file is, and whether that goes with the rest of the command. */
static gboolean
recognise (Source      *source,
           PdProfile   *profile,
           PdPasteKind  wanted,
           PdCtlStatus *status)
{
  /* Without a shop the keys are looked at only to say that they need one. */
  g_autoptr (PdProfile) nobody = profile == NULL ? pd_profile_new ("-") : NULL;
  g_autofree char      *name = g_str_equal (source->file, "-") ? NULL : g_path_get_basename (source->file);
  g_autoptr (GError)    error = NULL;
  gsize                 length;
  const char           *data = g_bytes_get_data (source->content, &length);
  PdPasteKind           kind;

  if (length == 0) {
    *status = pd_ctl_usage (_("“%s” is empty."), source->file);
    return FALSE;
  }
  source->paste = pd_paste_new (profile != NULL ? profile : nobody, data, length, name, &error);
  kind = source->paste != NULL ? source->paste->kind : PD_PASTE_TEXT;
  if (format != NULL && source->paste != NULL && kind != wanted) {
    *status = pd_ctl_usage (_("“%s” does not hold what --format says."), source->file);
    return FALSE;
  }
  if (profile == NULL && kind != PD_PASTE_KEYS_JSON && kind != PD_PASTE_PEM) {
    g_clear_pointer (&source->paste, pd_paste_free);
    return TRUE;
  }
  if (source->paste == NULL)
    *status = pd_ctl_fail (error);
  else if (profile == NULL)
    *status = pd_ctl_usage (_("“%s” holds keys, which go into a shop: add --into PROFILE."), source->file);
  else if (kind == PD_PASTE_PROFILES)
    *status = pd_ctl_usage (_("“%s” holds whole shops, which --into does not go with."), source->file);
  else if (kind == PD_PASTE_TEXT)
    *status = pd_ctl_usage (_("“%s” holds neither Amazon’s copied keys nor a private key."), source->file);
  else
    return TRUE;
  return FALSE;
}

/* A table becomes the document that an export would be. */
static gboolean
read_table (Source      *source,
            PdProfile   *profile,
            PdCtlStatus *status)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     ignored = NULL;
  GBytes            *document;

  if (profile != NULL) {
    *status = pd_ctl_usage (_("“%s” holds whole shops, which --into does not go with."), source->file);
    return FALSE;
  }
  document = pd_csv_to_document (source->content, &ignored, &error);
  if (document == NULL) {
    *status = pd_ctl_fail (error);
    return FALSE;
  }
  for (char **column = ignored; *column != NULL; column++)
    pd_ctl_say (_("%s: this column is left out, as no field is called so."), *column);
  pd_ctl_file_wipe (source->content);
  source->content = document;
  return TRUE;
}

static GPtrArray *
read_sources (char       **files,
              PdProfile   *profile,
              PdPasteKind  wanted,
              PdCtlStatus *status)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) source_free);

  for (; *files != NULL; files++) {
    g_autoptr (GError) error = NULL;
    Source            *source = g_new0 (Source, 1);

    g_ptr_array_add (sources, source);
    source->file = *files;
    source->content = pd_ctl_file_read (*files, PD_EXPORT_MAX_BYTES, &error);
    if (source->content == NULL) {
      *status = pd_ctl_fail (error);
      return NULL;
    }
    if (is_table (*files)) {
      if (!read_table (source, profile, status))
        return NULL;
    } else if (!recognise (source, profile, wanted, status)) {
      return NULL;
    }
  }
  return g_steal_pointer (&sources);
}

static gboolean
is_wanted (const PdPasteValue *value)
{
  return value->applies || all;
}

static PdCtlStatus
import_profiles (PdCtlContext *context,
                 Source       *source)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) profiles = pd_import_profiles (context->store, source->content, &error);

  if (profiles == NULL)
    return pd_ctl_fail (error);
  for (guint i = 0; i < profiles->len; i++) {
    PdProfile *profile = g_ptr_array_index (profiles, i);

    pd_ctl_out ("%s  %s\n", pd_profile_get_id (profile), pd_profile_get_name (profile));
  }
  return PD_CTL_DONE;
}

static void
say_stored (const PdPasteValue *value)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (value->field, pd_secret_text_peek (value->value));

  pd_ctl_out ("%s\n", value->field->id);
  for (guint i = 0; i < problems->len; i++)
    pd_ctl_say ("%s: %s", value->field->id, ((const PdProblem *) g_ptr_array_index (problems, i))->message);
}

/* The secrets go first: a keyring that cannot take them then leaves the shop as it was. */
static PdCtlStatus
import_keys (PdCtlContext *context,
             PdProfile    *profile,
             GPtrArray    *values)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < values->len; i++) {
    const PdPasteValue *value = g_ptr_array_index (values, i);

    if (!pd_field_is_secret (value->field) || !is_wanted (value))
      continue;
    if (!pd_ctl_context_set_secret (context, profile, value->field->id, value->value, &error))
      return pd_ctl_fail (error);
    say_stored (value);
  }
  for (guint i = 0; i < values->len; i++) {
    const PdPasteValue *value = g_ptr_array_index (values, i);

    if (pd_field_is_secret (value->field) || !is_wanted (value))
      continue;
    if (!pd_profile_set_text (profile, value->field->id, pd_secret_text_peek (value->value), &error))
      return pd_ctl_fail (error);
    say_stored (value);
  }
  return pd_store_save (context->store, profile, &error) ? PD_CTL_DONE : pd_ctl_fail (error);
}

static gboolean
changes_preset (PdProfile *profile,
                GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++) {
    const PdPasteValue *value = g_ptr_array_index (values, i);

    if (is_wanted (value) && pd_ctl_is_preset (profile, value->field) &&
        !g_str_equal (pd_secret_text_peek (value->value), PD_PRESET_TOKEN))
      return TRUE;
  }
  return FALSE;
}

static PdCtlStatus
import_into (PdCtlContext *context,
             PdProfile    *profile,
             PdPaste      *paste)
{
  PdCtlStatus status;

  if (!yes && changes_preset (profile, paste->values))
    return pd_ctl_refuse_preset ();
  status = import_keys (context, profile, paste->values);
  for (guint i = 0; status == PD_CTL_DONE && i < paste->values->len; i++) {
    const PdPasteValue *value = g_ptr_array_index (paste->values, i);

    if (!is_wanted (value))
      pd_ctl_say (_("%s: not stored, as a shop of this generation does not use it; with --all it is."), value->field->id);
  }
  if (paste->note != NULL)
    pd_ctl_say ("%s", paste->note);
  return status;
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  PdProfile            *profile = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  PdPasteKind           wanted = PD_PASTE_TEXT;

  if (!check_format (&wanted, &status))
    return status;
  if (into != NULL && (profile = pd_ctl_context_find_profile (context, into, &status)) == NULL)
    return status;
  sources = read_sources (operands, profile, wanted, &status);
  if (sources == NULL)
    return status;
  for (guint i = 0; i < sources->len && status == PD_CTL_DONE; i++) {
    Source *source = g_ptr_array_index (sources, i);

    status = profile != NULL ? import_into (context, profile, source->paste) : import_profiles (context, source);
  }
  return status;
}

const PdCtlVerb pd_ctl_import = {
  .name = "import", .operands = "FILE…", .summary = N_("Reads shops, Amazon’s copied keys, or a private key"),
  .details = N_("What “paydeskctl export” wrote becomes new shops, and so does each row of a table (CSV). Amazon’s copied keys and a .pem file go into the shop that --into names; "
                "what its generation does not use is left out."),
  .options = options, .min_operands = 1, .max_operands = PD_CTL_ANY_NUMBER, .needs_store = TRUE, .run = run,
};
