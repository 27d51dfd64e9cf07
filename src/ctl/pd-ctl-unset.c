/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl-verbs.h"

static gboolean yes;

static const GOptionEntry options[] = {
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Delete a token that is pre-set by Amazon all the same"), NULL },
  G_OPTION_ENTRY_NULL
};

static PdCtlStatus
clear_value (PdCtlContext  *context,
             PdProfile     *profile,
             const PdField *field)
{
  g_autoptr (GError) error = NULL;

  if (!pd_profile_set_text (profile, field->id, "", &error) || !pd_store_save (context->store, profile, &error))
    return pd_ctl_fail (error);
  return PD_CTL_DONE;
}

static PdCtlStatus
delete_secret (PdCtlContext  *context,
               PdProfile     *profile,
               const PdField *field)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GDateTime) stored = pd_profile_get_secret_stored (profile, field->id);

  /* The pre-set text is no secret: without a token below it, the keyring need not be asked. */
  if (stored == NULL && pd_ctl_is_preset (profile, field))
    return clear_value (context, profile, field);
  if (!pd_ctl_context_unset_secret (context, profile, field->id, &error)) {
    PdCtlStatus status = pd_ctl_fail (error);

    pd_ctl_say (_("%s: not deleted."), field->id);
    return status;
  }
  return PD_CTL_DONE;
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus    status = PD_CTL_DONE;
  PdProfile     *profile = pd_ctl_context_find_profile (context, operands[0], &status);
  gboolean       is_name = g_str_equal (operands[1], "name");
  const PdField *field = profile != NULL && !is_name ? pd_ctl_find_field (operands[1], &status) : NULL;

  if (profile == NULL || (field == NULL && !is_name))
    return status;
  if (is_name || field->kind == PD_FIELD_CHOICE)
    return pd_ctl_usage (_("“%s” always has a value; “paydeskctl set” changes it."), operands[1]);
  if (pd_ctl_is_preset (profile, field) && !yes)
    return pd_ctl_refuse_preset ();
  return pd_field_is_secret (field) ? delete_secret (context, profile, field) : clear_value (context, profile, field);
}

const PdCtlVerb pd_ctl_unset = {
  .name = "unset", .operands = "PROFILE FIELD", .summary = N_("Clears a field, or deletes its secret"),
  .options = options, .min_operands = 2, .max_operands = 2, .needs_store = TRUE, .run = run,
};
