/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl.h"
#include "pd-error.h"
#include "pd-export.h"
#include "pd-paste.h"
#include "pd-problem.h"

#define MAX_IMPORT (64 * 1024 * 1024)

static char    *into;
static gboolean all;
static char    *format;
static char    *output;
static gboolean yes;

static const GOptionEntry import_options[] = {
  { "into", 0, 0, G_OPTION_ARG_STRING, &into, N_("The shop that copied keys or a private key go into"), N_("PROFILE") },
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("Store also what the shop’s generation does not use"), NULL },
  { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("What the file holds: profiles, keys or pem"), N_("KIND") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry export_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Where to write; “-” is standard output"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry delete_options[] = {
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Delete without asking"), NULL },
  G_OPTION_ENTRY_NULL
};

static PdCtlStatus
import_profiles (PdCtl  *ctl,
                 GBytes *content)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) profiles = pd_import_profiles (ctl->store, content, &error);

  if (profiles == NULL)
    return pd_ctl_fail (error);
  for (guint i = 0; i < profiles->len; i++) {
    PdProfile *profile = g_ptr_array_index (profiles, i);

    pd_ctl_out ("%s  %s\n", pd_profile_get_id (profile), pd_profile_get_name (profile));
  }
  return PD_CTL_DONE;
}

static PdCtlStatus
store_value (PdCtl              *ctl,
             PdProfile          *profile,
             const PdPasteValue *value)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!value->applies && !all) {
    pd_ctl_say (_("%s: not stored, as the shop’s generation does not use it. Add --all to store it all the same."), value->field->id);
    return PD_CTL_DONE;
  }
  if (!pd_field_is_secret (value->field)) {
    if (!pd_profile_set_text (profile, value->field->id, pd_secret_text_peek (value->value), &error) ||
        !pd_store_save (ctl->store, profile, &error))
      return pd_ctl_fail (error);
  } else {
    pd_desk_set_secret_async (ctl->desk, profile, value->field->id, value->value, NULL, pd_ctl_keep, &result);
    pd_ctl_wait (&result);
    if (!pd_desk_set_secret_finish (ctl->desk, result, &error))
      return pd_ctl_fail (error);
  }
  pd_ctl_out ("%s\n", value->field->id);
  return PD_CTL_DONE;
}

static PdCtlStatus
import_into (PdCtl      *ctl,
             PdProfile  *profile,
             const char *file,
             GBytes     *content)
{
  g_autoptr (GError)  error = NULL;
  gsize               length;
  const char         *data = g_bytes_get_data (content, &length);
  g_autofree char    *name = g_str_equal (file, "-") ? NULL : g_path_get_basename (file);
  g_autoptr (PdPaste) paste = pd_paste_new (profile, data != NULL ? data : "", length, name, &error);
  PdCtlStatus         status = PD_CTL_DONE;

  if (paste == NULL)
    return pd_ctl_fail (error);
  if (paste->kind == PD_PASTE_PROFILES)
    return pd_ctl_usage (_("“%s” holds whole shops; leave out --into."), file);
  if (paste->kind == PD_PASTE_TEXT)
    return pd_ctl_usage (_("“%s” holds neither Amazon’s copied keys nor a private key."), file);
  for (guint i = 0; i < paste->values->len && status == PD_CTL_DONE; i++)
    status = store_value (ctl, profile, g_ptr_array_index (paste->values, i));
  if (paste->note != NULL)
    pd_ctl_say ("%s", paste->note);
  return status;
}

static PdCtlStatus
run_import (PdCtl  *ctl,
            char  **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  g_autoptr (PdProfile) profile = NULL;

  if (format != NULL && !g_str_equal (format, "profiles") && !g_str_equal (format, "keys") && !g_str_equal (format, "pem"))
    return pd_ctl_usage (_("There is no format “%s”: choose profiles, keys or pem."), format);
  if (into != NULL && (profile = pd_ctl_find_profile (ctl, into, &status)) == NULL)
    return status;
  for (; *operands != NULL && status == PD_CTL_DONE; operands++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = pd_ctl_read_file (*operands, MAX_IMPORT, &error);

    if (content == NULL)
      status = pd_ctl_fail (error);
    else if (profile != NULL)
      status = import_into (ctl, profile, *operands, content);
    else if (format != NULL && !g_str_equal (format, "profiles"))
      status = pd_ctl_usage (_("Keys go into a shop: add --into PROFILE."));
    else
      status = import_profiles (ctl, content);
  }
  return status;
}

static PdCtlStatus
run_export (PdCtl  *ctl,
            char  **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes)    document = NULL;
  g_autoptr (GError)    error = NULL;

  if (output == NULL)
    return pd_ctl_usage (_("Say where to write: --output FILE, or --output - for standard output."));
  for (guint i = 0; operands[i] != NULL; i++) {
    PdProfile *profile = pd_ctl_find_profile (ctl, operands[i], &status);

    if (profile == NULL)
      return status;
    g_ptr_array_add (profiles, profile);
  }
  for (guint i = 0; operands[0] == NULL && i < g_list_model_get_n_items (G_LIST_MODEL (ctl->store)); i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (ctl->store), i));
  document = pd_export_profiles (ctl->store, profiles, &error);
  if (document == NULL || !pd_ctl_write_file (output, document, &error))
    return pd_ctl_fail (error);
  return PD_CTL_DONE;
}

static PdCtlStatus
run_duplicate (PdCtl  *ctl,
               char  **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  g_autoptr (PdProfile) profile = pd_ctl_find_profile (ctl, operands[0], &status);
  PdProfile            *copy;
  g_autoptr (GError)    error = NULL;

  if (profile == NULL)
    return status;
  copy = pd_store_duplicate (ctl->store, profile, operands[1], &error);
  if (copy == NULL)
    return pd_ctl_fail (error);
  pd_ctl_out ("%s\n", pd_profile_get_id (copy));
  return PD_CTL_DONE;
}

static PdCtlStatus
run_delete (PdCtl  *ctl,
            char  **operands)
{
  PdCtlStatus              status = PD_CTL_DONE;
  g_autoptr (PdProfile)    profile = pd_ctl_find_profile (ctl, operands[0], &status);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *id = NULL;

  if (profile == NULL)
    return status;
  if (!yes)
    return pd_ctl_usage (_("This deletes “%s” and its secrets for good. Add --yes to do so."), pd_profile_get_name (profile));
  id = g_strdup (pd_profile_get_id (profile));
  if (!pd_desk_delete_profile (ctl->desk, profile, &error))
    return pd_ctl_fail (error);
  pd_desk_complete_deletions_async (ctl->desk, id, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  if (pd_desk_complete_deletions_finish (ctl->desk, result, &error))
    return PD_CTL_DONE;
  /* All or nothing: with its secrets still there, the shop is too. */
  pd_desk_undo_delete (ctl->desk, id, NULL);
  return pd_ctl_fail (error);
}

const PdCtlVerb pd_ctl_import = {
  "import", "FILE…", N_("Reads shops, Amazon’s copied keys, or a private key"), import_options, 1, -1, TRUE, run_import
};
const PdCtlVerb pd_ctl_export = {
  "export", "[PROFILE…]", N_("Writes shops, without secrets, into one file"), export_options, 0, -1, TRUE, run_export
};
const PdCtlVerb pd_ctl_duplicate = { "duplicate", "PROFILE NAME", N_("Copies a shop, without its secrets"), NULL, 2, 2, TRUE, run_duplicate };
const PdCtlVerb pd_ctl_delete = { "delete", "PROFILE", N_("Deletes a shop and its secrets"), delete_options, 1, 1, TRUE, run_delete };
