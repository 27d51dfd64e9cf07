/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-profile.h"
#include "pd-shape.h"
#include "pd-url-private.h"

/* Two lists that must name the same hosts, and what is said of the first where the second lacks one. */
static const struct {
  const char *field;
  const char *other;
  const char *message; /* translatable; %s, where it stands, is the origin */
} twins[] = {
  { "javascript-origins", "return-urls", N_("There is no return URL on this host.") },
  { "return-urls", "javascript-origins", N_("The JavaScript origin “%s” is missing, which goes with this return URL.") },
};

/* The shop's two sites, of which each needs its own while Commerce Creator is enabled (F13, inferred). */
static const char *const sites[] = { "legacy-site-url", "cc-site-url" };

static const struct {
  const char *field;
  const char *message; /* translatable */
} needs_of_site[] = {
  { "javascript-origins", N_("Probably a JavaScript origin is missing: there is none for this one of the shop’s two sites (inferred).") },
  { "return-urls", N_("Probably a return URL is missing: there is none for this one of the shop’s two sites (inferred).") },
};

static void
add (GPtrArray  *problems,
     const char *rule,
     PdSeverity  severity,
     const char *message,
     const char *lacking,
     const char *value)
{
  PdProblem *problem = pd_problem_new (rule, severity, message);

  problem->field = g_strdup (lacking);
  problem->value = g_strdup (value);
  g_ptr_array_add (problems, problem);
}

/* The origins of a list's addresses: a set, as there may be hundreds of them. */
static GHashTable *
list_origins (PdProfile  *self,
              const char *field_id)
{
  const char *const *values = pd_profile_get_list (self, field_id);
  GHashTable        *origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; values[i] != NULL; i++) {
    char *origin = pd_url_get_origin (values[i]);

    if (origin != NULL)
      g_hash_table_add (origins, origin);
  }
  return origins;
}

/* Origins and return URLs go together. */
static void
judge_twin (guint       twin,
            const char *value,
            GHashTable *others,
            GPtrArray  *problems)
{
  g_autofree char *origin = pd_url_get_origin (value);
  g_auto (GStrv)   parts = NULL;
  g_autofree char *message = NULL;

  if (origin == NULL || g_hash_table_contains (others, origin))
    return;
  parts = g_strsplit (_(twins[twin].message), "%s", 2);
  message = g_strjoinv (origin, parts);
  add (problems, "url-twin", PD_SEVERITY_WARNING, message, twins[twin].other, value);
}

/* A list that holds something, but nothing of one of the two sites. */
static void
judge_sites (PdProfile  *self,
             const char *field_id,
             GPtrArray  *problems)
{
  g_autoptr (GHashTable) there = NULL;
  g_autofree char       *legacy = pd_url_get_origin (pd_profile_get_text (self, sites[0]));
  g_autofree char       *cc = pd_url_get_origin (pd_profile_get_text (self, sites[1]));
  const char            *origins[] = { legacy, cc };

  if (pd_profile_get_mode (self) != PD_MODE_ENABLED || legacy == NULL || cc == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (needs_of_site); i++) {
    if (!g_str_equal (needs_of_site[i].field, field_id))
      continue;
    there = list_origins (self, field_id);
    for (guint j = 0; g_hash_table_size (there) > 0 && j < G_N_ELEMENTS (origins); j++) {
      if (!g_hash_table_contains (there, origins[j]))
        add (problems, "url-site", PD_SEVERITY_WARNING, _(needs_of_site[i].message), sites[j], origins[j]);
    }
  }
}

/**
 * pd_profile_judge_urls:
 * @self: a profile
 * @field: a field of addresses
 * @environment: where the addresses are to be used
 *
 * How each address goes with the shop's others (F02, F13, F42). Rule "url-local": localhost is for the sandbox ("Adding allowed
 * JavaScript origins or allowed return URLs"); "url-twin": an origin without a return URL on its host, or the reverse, of which `field`
 * is the list that lacks one; "url-site": nothing of one of the two sites, whose address `field` holds and whose origin is `value`. An
 * address that is wrong by itself is not judged.
 *
 * Returns: (transfer full) (element-type PdProblem): what is wrong, in the list's order; `value` says of which address
 */
GPtrArray *
pd_profile_judge_urls (PdProfile     *self,
                       const PdField *field,
                       PdEnvironment  environment)
{
  GPtrArray             *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_problem_free);
  const char *const     *values = pd_profile_get_list (self, field->id);
  g_autoptr (GHashTable) others = NULL;
  guint                  twin = 0;

  if (field->shape == NULL || field->shape->url == PD_URL_NONE || !pd_profile_field_applies (self, field))
    return problems;
  while (twin < G_N_ELEMENTS (twins) && !g_str_equal (twins[twin].field, field->id))
    twin++;
  if (twin < G_N_ELEMENTS (twins))
    others = list_origins (self, twins[twin].other);
  for (guint i = 0; values[i] != NULL; i++) {
    g_autoptr (GPtrArray) own = pd_shape_judge_value (field, values[i]);

    if (own->len > 0)
      continue;
    if (environment == PD_ENVIRONMENT_PRODUCTION && pd_url_is_localhost (values[i]))
      add (problems, "url-local", PD_SEVERITY_ERROR, _("The address is this computer itself (localhost), which is good in the sandbox only."),
           NULL, values[i]);
    else if (others != NULL)
      judge_twin (twin, values[i], others, problems);
  }
  judge_sites (self, field->id, problems);
  return problems;
}
