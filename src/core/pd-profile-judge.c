/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-profile.h"
#include "pd-shape.h"

#define MAX_JUDGED (64 * 1024)

static void
add_problem (GPtrArray     *problems,
             const PdField *field,
             PdSeverity     severity,
             const char    *message)
{
  PdProblem *problem = pd_problem_new ("missing", severity, message);

  problem->field = g_strdup (field->id);
  g_ptr_array_add (problems, problem);
}

static gsize
get_length_without_slash (const char *url)
{
  gsize length = strlen (url);

  while (length > 0 && url[length - 1] == '/')
    length--;
  return length;
}

/* S101, F64: what the notification URL is easily taken for. The rule "url-top" knows the top of a host only. */
static void
judge_own_site (PdProfile     *self,
                GPtrArray     *problems,
                const PdField *field,
                const char    *value)
{
  static const char *const sites[] = { "legacy-site-url", "cc-site-url" };

  if (field->shape != &pd_shape_notification_url || problems->len > 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++) {
    const char *site = pd_profile_get_text (self, sites[i]);
    gsize length = get_length_without_slash (site);

    if (length > 0 && length == get_length_without_slash (value) && g_ascii_strncasecmp (site, value, length) == 0) {
      g_ptr_array_add (problems, pd_problem_new ("url-own-site", PD_SEVERITY_ERROR,
                                                 _("This is the shop’s own site. The notification URL is the one that futureshop shows.")));
      return;
    }
  }
}

/**
 * pd_profile_judge_value:
 * @self: a profile
 * @field: a catalogue row
 * @value: one of its values
 *
 * pd_shape_judge_value(), and what only the shop's other fields tell.
 *
 * Returns: (transfer full) (element-type PdProblem): what is wrong with the value
 */
GPtrArray *
pd_profile_judge_value (PdProfile     *self,
                        const PdField *field,
                        const char    *value)
{
  GPtrArray *problems = pd_shape_judge_value (field, value);

  judge_own_site (self, problems, field, value);
  return problems;
}

static void
judge_value (PdProfile     *self,
             GPtrArray     *problems,
             const PdField *field,
             const char    *value)
{
  g_autoptr (GPtrArray) found = NULL;

  if (strlen (value) > MAX_JUDGED)
    return;
  found = pd_profile_judge_value (self, field, value);
  for (guint i = 0; i < found->len; i++) {
    PdProblem *problem = pd_problem_copy (g_ptr_array_index (found, i));

    if (field->kind == PD_FIELD_LIST)
      problem->value = g_strdup (value);
    g_ptr_array_add (problems, problem);
  }
}

/* S056, S057: a new shop needs the token of the developer; an older one may lack it for now. */
static void
judge_blank (PdProfile     *self,
             GPtrArray     *problems,
             const PdField *field)
{
  PdGeneration generation = pd_profile_get_generation (self);
  g_autofree char *message = NULL;

  if (!pd_field_is_required (field, generation))
    return;
  if (g_str_equal (field->id, "mws-auth-token")) {
    if (generation == PD_GENERATION_NEW)
      add_problem (problems, field, PD_SEVERITY_ERROR,
                   _("The MWS Auth Token is missing. A new shop cannot take payments without it."));
    else
      add_problem (problems, field, PD_SEVERITY_WARNING, _("The MWS Auth Token is missing."));
    return;
  }
  message = g_strdup_printf (_("%s is missing."), pd_field_get_label (field));
  add_problem (problems, field, PD_SEVERITY_ERROR, message);
}

/* Whether there is a value; of secrets, whether the keyring has one. */
static gboolean
is_there (PdProfile  *self,
          const char *field_id,
          GHashTable *stored)
{
  const PdField *field = pd_catalogue_lookup (field_id);

  if (*pd_profile_get_text (self, field_id) != '\0')
    return TRUE;
  if (field == NULL || !pd_field_is_secret (field))
    return FALSE;
  return stored != NULL ? g_hash_table_contains (stored, field_id) : !pd_profile_is_empty (self, field_id);
}

/* The key id says which public key Amazon takes, the private key signs: one without the other signs nothing. */
static void
judge_key_pair (PdProfile  *self,
                GPtrArray  *problems,
                GHashTable *stored)
{
  static const struct { const char *id, *key, *plain_id, *plain_key; } pairs[] = {
    { "public-key-id", "private-key", NULL, NULL },
    { "public-key-id.sandbox", "private-key.sandbox", "public-key-id", "private-key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    gboolean has_id = is_there (self, pairs[i].id, stored);
    gboolean has_key = is_there (self, pairs[i].key, stored);

    if (!has_id && !has_key)
      continue;
    /* In the sandbox the plain value serves where there is none of its own. */
    if (!has_id && !(pairs[i].plain_id != NULL && is_there (self, pairs[i].plain_id, stored)))
      add_problem (problems, pd_catalogue_lookup (pairs[i].id), PD_SEVERITY_ERROR,
                   _("There is a private key, but no public key ID that goes with it."));
    if (!has_key && !(pairs[i].plain_key != NULL && is_there (self, pairs[i].plain_key, stored)))
      add_problem (problems, pd_catalogue_lookup (pairs[i].key), PD_SEVERITY_ERROR,
                   _("There is a public key ID, but no private key that goes with it."));
  }
}

/**
 * pd_profile_judge_field:
 * @self: a profile
 * @field: a catalogue row
 * @secret: (nullable): the value of a secret field, where it has been fetched
 *
 * Judges one field offline: whether it is missing (rule "missing"), looks like another field ("mixup"), or has not the
 * form that it should. No network, no keyring.
 *
 * Returns: (transfer full) (element-type PdProblem): what is wrong, possibly nothing; of a list, in its order
 */
GPtrArray *
pd_profile_judge_field (PdProfile     *self,
                        const PdField *field,
                        const char    *secret)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_problem_free);
  const char *const *values;

  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (!pd_profile_field_applies (self, field))
    return g_steal_pointer (&problems);

  values = pd_profile_get_list (self, field->id);
  if (pd_field_is_secret (field) && values[0] != NULL)
    return g_steal_pointer (&problems); /* the pre-set token's text (S054) is as it must be */
  if (secret != NULL && *secret != '\0')
    judge_value (self, problems, field, secret);
  else if (pd_profile_is_empty (self, field->id))
    judge_blank (self, problems, field);
  for (guint i = 0; values[i] != NULL; i++)
    judge_value (self, problems, field, values[i]);
  return g_steal_pointer (&problems);
}

/**
 * pd_profile_judge_complete:
 * @self: a profile
 * @stored: (nullable) (element-type utf8): ids of the secret fields whose values the keyring holds; %NULL to go by the
 *   profile's own notes
 *
 * Says what this mode and generation need and is not there (S029–S066). An own key is optional; half of one is not.
 *
 * Returns: (transfer full) (element-type PdProblem): problems of the rule "missing", whose `field` is the missing one
 */
GPtrArray *
pd_profile_judge_complete (PdProfile  *self,
                           GHashTable *stored)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_problem_free);
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  g_return_val_if_fail (PD_IS_PROFILE (self), NULL);

  for (guint i = 0; i < n_fields; i++) {
    if (pd_profile_field_applies (self, fields[i]) && !is_there (self, fields[i]->id, stored))
      judge_blank (self, problems, fields[i]);
  }
  judge_key_pair (self, problems, stored);
  return g_steal_pointer (&problems);
}
