/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-problem.h"
#include "pd-shape.h"

static gboolean yes;

static const GOptionEntry options[] = {
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Change a token that is pre-set by Amazon all the same"), NULL },
  G_OPTION_ENTRY_NULL
};

static void
say_remarks (PdProfile     *profile,
             const PdField *field,
             PdSecretText  *value)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (field, pd_secret_text_peek (value));

  if (!pd_profile_field_applies (profile, field))
    pd_ctl_say (_("%s: stored, though a shop of this mode and generation does not use it."), field->id);
  for (guint i = 0; i < problems->len; i++)
    pd_ctl_say ("%s: %s", field->id, ((const PdProblem *) g_ptr_array_index (problems, i))->message);
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus              status = PD_CTL_DONE;
  PdProfile               *profile = pd_ctl_context_find_profile (context, operands[0], &status);
  const PdField           *field = profile != NULL ? pd_ctl_find_field (operands[1], &status) : NULL;
  g_autoptr (PdSecretText) value = NULL;
  g_autoptr (GError)       error = NULL;

  if (field == NULL)
    return status;
  if (!pd_field_is_secret (field))
    return pd_ctl_usage (_("“%s” is not a secret; “paydeskctl set” sets it."), field->id);
  value = pd_ctl_read_secret (pd_field_get_label (field), &error);
  if (value == NULL)
    return pd_ctl_fail (error);
  if (pd_ctl_is_preset (profile, field)) {
    if (g_str_equal (pd_secret_text_peek (value), PD_PRESET_TOKEN))
      return PD_CTL_DONE;
    if (!yes)
      return pd_ctl_refuse_preset ();
  }
  if (!pd_ctl_context_set_secret (context, profile, field->id, value, &error)) {
    status = pd_ctl_fail (error);
    pd_ctl_say (_("%s: not stored."), field->id);
    return status;
  }
  say_remarks (profile, field, value);
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_set_secret = {
  .name = "set-secret", .operands = "PROFILE FIELD", .summary = N_("Stores standard input in the keyring"),
  .details = N_("One final line end is dropped. “private-key” takes the .pem file as it is, or its Base64. A secret is never taken from an argument, "
                "because other programs can read arguments."),
  .options = options, .min_operands = 2, .max_operands = 2, .needs_store = TRUE, .run = run,
};
