/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl.h"
#include "pd-practice-shop.h"

static gboolean json;
static gboolean practice;
static char    *mode_id;
static char    *generation_id;
static char    *environment_id;

static const GOptionEntry options[] = {
  { "practice", 0, 0, G_OPTION_ARG_NONE, &practice, N_("Make a shop of the practice endpoint’s own values"), NULL },
  { "mode", 0, 0, G_OPTION_ARG_STRING, &mode_id, N_("disabled, enabled or operating"), N_("MODE") },
  { "generation", 0, 0, G_OPTION_ARG_STRING, &generation_id, N_("before-upgrade, after-upgrade or new"), N_("GENERATION") },
  { "environment", 0, 0, G_OPTION_ARG_STRING, &environment_id, N_("practice, sandbox or production"), N_("ENVIRONMENT") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static PdProfile *
make_practice_shop (PdCtl         *ctl,
                    const char    *name,
                    PdMode         mode,
                    PdGeneration   generation,
                    GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_practice_shop_new_async (ctl->desk, name, mode, generation, NULL, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_practice_shop_new_finish (result, error);
}

static PdProfile *
make_shop (PdCtl       *ctl,
           const char  *name,
           GError     **error)
{
  g_autoptr (PdProfile) profile = pd_profile_new (name);

  if ((mode_id != NULL && !pd_profile_set_text (profile, "mode", mode_id, error)) ||
      (generation_id != NULL && !pd_profile_set_text (profile, "generation", generation_id, error)) ||
      !pd_store_add (ctl->store, profile, error))
    return NULL;
  return g_steal_pointer (&profile);
}

static PdCtlStatus
run (PdCtl  *ctl,
     char  **operands)
{
  PdMode                mode = PD_MODE_ENABLED;
  PdGeneration          generation = PD_GENERATION_NEW;
  PdEnvironment         environment;
  g_autoptr (PdProfile) profile = NULL;
  g_autoptr (GError)    error = NULL;

  if (mode_id != NULL && !pd_mode_from_id (mode_id, &mode))
    return pd_ctl_usage (_("There is no mode “%s”: choose disabled, enabled or operating."), mode_id);
  if (generation_id != NULL && !pd_generation_from_id (generation_id, &generation))
    return pd_ctl_usage (_("There is no generation “%s”: choose before-upgrade, after-upgrade or new."), generation_id);
  if (environment_id != NULL && !pd_environment_from_id (environment_id, &environment))
    return pd_ctl_usage (_("There is no environment “%s”: choose practice, sandbox or production."), environment_id);
  if (*operands[0] == '\0')
    return pd_ctl_usage (_("A shop needs a name."));

  profile = practice ? make_practice_shop (ctl, operands[0], mode, generation, &error) : make_shop (ctl, operands[0], &error);
  if (profile == NULL)
    return pd_ctl_fail (error);
  if (environment_id != NULL &&
      (!pd_profile_set_text (profile, "environment", environment_id, &error) || !pd_store_save (ctl->store, profile, &error)))
    return pd_ctl_fail (error);
  if (json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    g_autoptr (JsonNode)    root = NULL;

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "id", pd_profile_get_id (profile));
    pd_ctl_json_string (builder, "name", pd_profile_get_name (profile));
    json_builder_end_object (builder);
    root = json_builder_get_root (builder);
    pd_ctl_out_json (root);
  } else {
    pd_ctl_out ("%s\n", pd_profile_get_id (profile));
  }
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_new = { "new", "NAME", N_("Makes a shop"), options, 1, 1, TRUE, run };
