/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-error.h"

static gboolean yes;

static const GOptionEntry options[] = {
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Delete without asking"), NULL },
  G_OPTION_ENTRY_NULL
};

/* With its secrets still there, the shop stays too. */
static PdCtlStatus
delete_all_or_nothing (PdCtlContext *context,
                       PdProfile    *profile)
{
  g_autofree char         *id = g_strdup (pd_profile_get_id (profile));
  gboolean                 had_secret = pd_ctl_has_secrets (profile);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  if (!pd_desk_delete_profile (context->desk, profile, &error))
    return pd_ctl_fail (error);
  pd_desk_complete_deletions_async (context->desk, id, pd_ctl_context_watch_interrupt (context), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  if (pd_desk_complete_deletions_finish (context->desk, result, &error))
    return PD_CTL_DONE;
  /* Where there is no keyring at all, a shop that never had a secret has none there. */
  if (g_error_matches (error, PD_ERROR, PD_ERROR_KEYRING_ABSENT) && !had_secret) {
    g_clear_error (&error);
    return pd_store_purge (context->store, id, &error) ? PD_CTL_DONE : pd_ctl_fail (error);
  }
  pd_ctl_fail (error);
  if (pd_desk_undo_delete (context->desk, id, NULL))
    pd_ctl_say (_("The shop was not deleted."));
  return PD_CTL_UNDONE;
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus      status = PD_CTL_DONE;
  PdProfile       *profile = pd_ctl_context_find_profile (context, operands[0], &status);
  g_autofree char *question = NULL;

  if (profile == NULL)
    return status;
  if (!yes && !pd_ctl_can_ask ())
    return pd_ctl_usage (_("This deletes “%s” and its secrets for good. Add --yes to do so."), pd_profile_get_name (profile));
  question = g_strdup_printf (_("Delete “%s” and its secrets for good?"), pd_profile_get_name (profile));
  if (!yes && !pd_ctl_ask (question)) {
    pd_ctl_say (_("The shop was not deleted."));
    return PD_CTL_UNDONE;
  }
  return delete_all_or_nothing (context, profile);
}

const PdCtlVerb pd_ctl_delete = {
  .name = "delete", .operands = "PROFILE", .summary = N_("Deletes a shop and its secrets"),
  .options = options, .min_operands = 1, .max_operands = 1, .needs_store = TRUE, .run = run,
};
