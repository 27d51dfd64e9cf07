/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl-verbs.h"
#include "pd-practice-shop.h"

static gboolean practice;
static gboolean json;
static char    *mode;
static char    *generation;
static char    *environment;

static const GOptionEntry options[] = {
  { "practice", 0, 0, G_OPTION_ARG_NONE, &practice, N_("A shop of the practice endpoint’s own values, to learn with"), NULL },
  { "mode", 0, 0, G_OPTION_ARG_FILENAME, &mode, N_("disabled, enabled (if not given) or operating"), "M" },
  { "generation", 0, 0, G_OPTION_ARG_FILENAME, &generation, N_("before-upgrade, after-upgrade or new (if not given)"), "G" },
  { "environment", 0, 0, G_OPTION_ARG_FILENAME, &environment, N_("practice, sandbox or production (if not given)"), "E" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static PdProfile *
make_practice_shop (PdCtlContext  *context,
                    const char    *name,
                    GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       why = NULL;
  g_autoptr (PdProfile)    profile = NULL;
  PdMode                   its_mode = PD_MODE_ENABLED;
  PdGeneration             its_generation = PD_GENERATION_NEW;

  pd_mode_from_id (mode, &its_mode);
  pd_generation_from_id (generation, &its_generation);
  pd_practice_shop_new_async (context->desk, name, its_mode, its_generation, NULL, pd_ctl_context_watch_interrupt (context),
                              pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  profile = pd_practice_shop_new_finish (result, &why);
  if (why == NULL)
    return g_steal_pointer (&profile);
  /* Secrets that wait in memory for the keyring would be lost with this process: then no shop at all. */
  if (profile != NULL && pd_desk_delete_profile (context->desk, profile, NULL) && !pd_ctl_has_secrets (profile))
    pd_store_purge (context->store, pd_profile_get_id (profile), NULL);
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

static gboolean
set_choice (PdProfile   *profile,
            const char  *field_id,
            const char  *choice,
            GError     **error)
{
  return choice == NULL || pd_profile_set_text (profile, field_id, choice, error);
}

static PdProfile *
make_shop (PdCtlContext  *context,
           const char    *name,
           GError       **error)
{
  g_autoptr (PdProfile) profile = pd_profile_new (name);

  if (!set_choice (profile, "mode", mode, error) || !set_choice (profile, "generation", generation, error) ||
      !set_choice (profile, "environment", environment, error) || !pd_store_add (context->store, profile, error))
    return NULL;
  return g_steal_pointer (&profile);
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  g_autofree char      *name = pd_ctl_clean_name (operands[0], &status);
  g_autoptr (PdProfile) profile = NULL;
  g_autoptr (JsonNode)  root = NULL;
  g_autoptr (GError)    error = NULL;

  if (name == NULL || !pd_ctl_check_choice ("mode", mode, &status) ||
      !pd_ctl_check_choice ("generation", generation, &status) || !pd_ctl_check_choice ("environment", environment, &status))
    return status;
  profile = practice ? make_practice_shop (context, name, &error) : make_shop (context, name, &error);
  if (profile == NULL)
    return pd_ctl_fail (error);
  if (practice && environment != NULL &&
      (!pd_profile_set_text (profile, "environment", environment, &error) || !pd_store_save (context->store, profile, &error)))
    return pd_ctl_fail (error);
  if (json) {
    root = pd_ctl_json_new_profile (profile);
    pd_ctl_out_json (root);
  } else {
    pd_ctl_out ("%s\n", pd_profile_get_id (profile));
  }
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_new = {
  .name = "new", .operands = "NAME", .summary = N_("Makes a shop, and prints its ID"),
  .details = N_("With --practice the shop has values that the practice endpoint on this computer knows, and its secrets in the keyring."),
  .options = options, .min_operands = 1, .max_operands = 1, .needs_store = TRUE, .run = run,
};
