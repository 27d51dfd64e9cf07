/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-check.h"
#include "pd-check-context.h"
#include "pd-places.h"
#include "pd-shape.h"

/* For a shop without addresses of its own: the one of Amazon's documentation. */
#define EXAMPLE_URL "https://www.example.jp/review"

/**
 * pd_check_context_new:
 * @client: what sends
 * @profile: what is judged
 * @secrets: (nullable) (element-type utf8 PdSecretText): its secrets
 * @secrets_error: (nullable): why they could not be fetched
 * @options: what was asked for
 *
 * Returns: (transfer full): what the checks of a run share
 */
PdCheckContext *
pd_check_context_new (PdClient           *client,
                      PdProfile          *profile,
                      GHashTable         *secrets,
                      const GError       *secrets_error,
                      const PdRunOptions *options)
{
  PdCheckContext *self = g_new0 (PdCheckContext, 1);

  self->client = g_object_ref (client);
  self->profile = g_object_ref (profile);
  self->secrets = secrets != NULL ? g_hash_table_ref (secrets)
                                  : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_secret_text_unref);
  self->secrets_error = secrets_error != NULL ? g_error_copy (secrets_error) : NULL;
  self->environment = options->environment;
  self->allow_create = options->allow_create;
  self->form_only = options->form_only;
  self->data_dir = g_strdup (options->data_dir);
  return self;
}

void
pd_check_context_free (PdCheckContext *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->client);
  g_object_unref (self->profile);
  g_hash_table_unref (self->secrets);
  g_clear_error (&self->secrets_error);
  g_clear_pointer (&self->key, pd_key_unref);
  g_clear_error (&self->key_error);
  g_free (self->data_dir);
  g_clear_object (&self->probe_request);
  g_clear_object (&self->probe);
  g_clear_error (&self->probe_error);
  g_clear_pointer (&self->probe_waiters, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_set (PdCheckContext *self,
        const PdField  *field)
{
  if (pd_field_is_secret (field) && g_hash_table_contains (self->secrets, field->id))
    return TRUE;
  /* Without the keyring the profile's own note has to do. */
  if (pd_field_is_secret (field) && self->secrets_error == NULL)
    return *pd_profile_get_text (self->profile, field->id) != '\0';
  return !pd_profile_is_empty (self->profile, field->id);
}

/**
 * pd_check_context_get_field:
 * @self: a context
 * @field_id: a plain field's id
 *
 * Returns: (transfer none): in the sandbox the id of the `.sandbox` field where that is set; else @field_id
 */
const char *
pd_check_context_get_field (PdCheckContext *self,
                            const char     *field_id)
{
  g_autofree char *sandbox_id = g_strconcat (field_id, ".sandbox", NULL);
  const PdField   *field = pd_catalogue_lookup (sandbox_id);

  return self->environment == PD_ENVIRONMENT_SANDBOX && field != NULL && is_set (self, field) ? field->id : field_id;
}

const char *
pd_check_context_get_text (PdCheckContext *self,
                           const char     *field_id)
{
  return pd_profile_get_text (self->profile, pd_check_context_get_field (self, field_id));
}

/**
 * pd_check_context_get_secret:
 * @self: a context
 * @field_id: a plain secret field's id
 *
 * Returns: (transfer none) (nullable): the secret that serves in this environment
 */
PdSecretText *
pd_check_context_get_secret (PdCheckContext *self,
                             const char     *field_id)
{
  return g_hash_table_lookup (self->secrets, pd_check_context_get_field (self, field_id));
}

/**
 * pd_check_context_get_key:
 * @self: a context
 * @error: (out) (optional) (transfer none): why it cannot be used; %NULL where there is none
 *
 * Returns: (transfer none) (nullable): the private key that serves in this environment
 */
PdKey *
pd_check_context_get_key (PdCheckContext  *self,
                          const GError   **error)
{
  PdSecretText *secret = pd_check_context_get_secret (self, "private-key");

  if (self->key == NULL && self->key_error == NULL && secret != NULL)
    self->key = pd_key_new_private (pd_secret_text_peek (secret), pd_secret_text_get_length (secret), &self->key_error);
  if (error != NULL)
    *error = self->key_error;
  return self->key;
}

/**
 * pd_check_context_has_own_key:
 * @self: a context
 *
 * Returns: whether the shop has an API v2 key of its own, or half of one
 */
gboolean
pd_check_context_has_own_key (PdCheckContext *self)
{
  const PdField *key = pd_catalogue_lookup (pd_check_context_get_field (self, "private-key"));

  return *pd_check_context_get_text (self, "public-key-id") != '\0' || is_set (self, key);
}

/**
 * pd_check_context_is_secret:
 * @self: a context
 * @text: a value of a field that is no secret
 *
 * Returns: whether it holds one of the shop's secrets all the same, or looks like one, and must not be shown
 */
gboolean
pd_check_context_is_secret (PdCheckContext *self,
                            const char     *text)
{
  static const char *const marks[] = { "amzn.mws.", "amzn1.oa2-cs.", "PRIVATE KEY" };
  const PdField           *looks_like = pd_shape_recognise (text, NULL);
  GHashTableIter           iter;
  gpointer                 secret;

  if (looks_like != NULL && pd_field_is_secret (looks_like))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (strstr (text, marks[i]) != NULL)
      return TRUE;
  }
  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, NULL, &secret)) {
    if (pd_secret_text_get_length (secret) > 0 && strstr (text, pd_secret_text_peek (secret)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/**
 * pd_check_context_take_evidence:
 * @self: a context
 * @finding: a finding with its next step
 * @response: what came back
 * @evidence: (transfer full): what is to be shown of it
 *
 * Adds what was sent and what came back, masked. The practice endpoint tells what it has on record instead; Amazon does not.
 */
void
pd_check_context_take_evidence (PdCheckContext *self,
                                PdFinding      *finding,
                                PdResponse     *response,
                                PdEvidence     *evidence)
{
  const char      *registered = pd_response_get_header (response, "x-paydesk-registered");
  const char      *value = registered != NULL ? strchr (registered, '=') : NULL;
  const char      *next_step = pd_finding_get_next_step (finding);
  g_autofree char *told = NULL;
  g_autofree char *both = NULL;

  pd_finding_take_evidence (finding, evidence);
  if (self->environment != PD_ENVIRONMENT_PRACTICE || value == NULL || pd_check_context_is_secret (self, value))
    return;
  told = g_strdup_printf (_("The practice shop is registered with: %s"), value + 1);
  both = next_step != NULL ? g_strconcat (next_step, "\n", told, NULL) : g_strdup (told);
  pd_finding_set_next_step (finding, both);
}

/**
 * pd_check_context_add_evidence:
 * @self: a context
 * @finding: a finding with its next step
 * @response: what came back
 *
 * pd_check_context_take_evidence() of an answer of API v2.
 */
void
pd_check_context_add_evidence (PdCheckContext *self,
                               PdFinding      *finding,
                               PdResponse     *response)
{
  pd_check_context_take_evidence (self, finding, response, pd_evidence_new_from_response (response, self->secrets));
}

/* In mode enabled both admins have the path (S125): the one of the site that the value belongs to. */
static const PdPlace *
choose (PdCheckContext *self,
        GPtrArray      *places,
        const char     *value)
{
  g_autoptr (GUri) uri = value != NULL ? g_uri_parse (value, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autoptr (GUri) legacy = g_uri_parse (pd_profile_get_text (self->profile, "legacy-site-url"), G_URI_FLAGS_ENCODED, NULL);

  for (guint i = 0; uri != NULL && legacy != NULL && i < places->len; i++) {
    const PdPlace *place = g_ptr_array_index (places, i);

    if (place->site == PD_SITE_LEGACY && g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (legacy)) == 0)
      return place;
  }
  return places->len > 0 ? g_ptr_array_index (places, 0) : NULL;
}

/**
 * pd_check_context_point_to:
 * @self: a context
 * @finding: a finding
 * @field_id: the field to mend
 * @in_shop: for a value that travels from the shop to Amazon: whether to point to the shop's admin, where it is read off, in place
 *   of Seller Central, where it is registered
 *
 * Sets the menu path for this shop's mode. A value that travels from Amazon to the shop is read off in Seller Central.
 */
void
pd_check_context_point_to (PdCheckContext *self,
                           PdFinding      *finding,
                           const char     *field_id,
                           gboolean        in_shop)
{
  const PdField        *field = pd_catalogue_lookup (field_id);
  PdMode                mode = pd_profile_get_mode (self->profile);
  PdGeneration          generation = pd_profile_get_generation (self->profile);
  g_autoptr (GPtrArray) places = NULL;
  const PdPlace        *place;
  g_auto (GStrv)        steps = NULL;

  if (field == NULL)
    return;
  if (field->direction == PD_DIRECTION_SHOP_TO_AMAZON && !(in_shop && field->found != NULL))
    places = pd_field_get_entered (field, mode, generation);
  else
    places = pd_field_get_found (field, mode, generation);
  place = choose (self, places, pd_finding_get_value (finding));
  if (place == NULL)
    return;
  steps = pd_place_split (place);
  pd_finding_set_where (finding, (const char *const *) steps);
}

/**
 * pd_check_context_list_stored:
 * @self: a context
 *
 * Returns: (transfer container) (nullable) (element-type utf8): ids of the secrets that the keyring holds; %NULL where it could not
 *   be asked
 */
GHashTable *
pd_check_context_list_stored (PdCheckContext *self)
{
  GHashTable    *stored;
  GHashTableIter iter;
  gpointer       id;

  if (self->secrets_error != NULL)
    return NULL;
  stored = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (stored, id);
  return stored;
}

/**
 * pd_check_context_blame:
 * @self: a context
 * @finding: a finding
 * @fields: (array zero-terminated=1): plain ids of the fields to mend, most likely first
 *
 * Sets the fields, as they serve in this environment, and the path of the first.
 */
void
pd_check_context_blame (PdCheckContext    *self,
                        PdFinding         *finding,
                        const char *const *fields)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; fields[i] != NULL; i++)
    g_ptr_array_add (ids, (gpointer) pd_check_context_get_field (self, fields[i]));
  g_ptr_array_add (ids, NULL);
  pd_finding_set_fields (finding, (const char *const *) ids->pdata);
  if (ids->len > 1 && pd_finding_get_verdict (finding) != PD_VERDICT_PASSED)
    pd_check_context_point_to (self, finding, g_ptr_array_index (ids, 0), FALSE);
}

/**
 * pd_check_context_no_key:
 * @self: a context
 * @check: the id of a check that needs a key of the shop's own
 *
 * Returns: (transfer full): a skipped finding that says what would make the check possible
 */
PdFinding *
pd_check_context_no_key (PdCheckContext *self,
                         const char     *check)
{
  PdFinding     *finding;
  const PdPlace *place = pd_places_lookup ("API-keys", PD_SITE_COMMON);
  g_auto (GStrv) steps = pd_place_split (place);

  finding = pd_finding_new (check, PD_VERDICT_SKIPPED,
                            _("The shop has no API v2 key of its own, and needs none: futureshop signs with its own key."));
  pd_finding_set_next_step (finding,
                            _("To make this check possible, make a key in Seller Central’s integration centre under “APIキー”, and "
                              "enter its Public Key ID and Private Key here. The shop’s payments do not depend on it."));
  pd_finding_set_where (finding, (const char *const *) steps);
  return finding;
}

/**
 * pd_check_context_blocked:
 * @self: a context
 * @check: the id of a check that cannot run
 * @by: the id of the check that failed
 *
 * Returns: (transfer full): a skipped finding that says which
 */
PdFinding *
pd_check_context_blocked (PdCheckContext *self,
                          const char     *check,
                          const char     *by)
{
  g_autofree char *summary = NULL;
  PdFinding       *finding;

  summary = g_strdup_printf (_("Not run, because the check “%s” (%s) failed."), pd_check_get_label (pd_check_lookup (by)), by);
  finding = pd_finding_new (check, PD_VERDICT_SKIPPED, summary);
  pd_finding_set_next_step (finding, _("Correct what that check found, and run the checks again."));
  return finding;
}

/**
 * pd_check_context_half_key:
 * @self: a context
 * @check: the id of a check that needs both halves of a key
 *
 * Returns: (transfer full): a skipped finding: the half that is missing is for `completeness` to say
 */
PdFinding *
pd_check_context_half_key (PdCheckContext *self,
                           const char     *check)
{
  return pd_check_context_blocked (self, check, "completeness");
}

static gboolean
is_good_url (const char *value)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup ("return-urls"), value);

  return g_str_has_prefix (value, "https://") && problems->len == 0;
}

/**
 * pd_check_context_choose_return_url:
 * @self: a context
 *
 * Returns: (transfer none): where a buyer would come back to: an address of the shop's own, as Amazon looks at its domain
 */
const char *
pd_check_context_choose_return_url (PdCheckContext *self)
{
  static const char *const sources[] = { "return-urls", "cc-site-url", "legacy-site-url", "javascript-origins" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    const char *const *values = pd_profile_get_list (self->profile, sources[i]);

    if (!pd_profile_field_applies (self->profile, pd_catalogue_lookup (sources[i])))
      continue;
    for (guint j = 0; values[j] != NULL; j++) {
      if (is_good_url (values[j]) && !pd_check_context_is_secret (self, values[j]))
        return values[j];
    }
  }
  return EXAMPLE_URL;
}

/**
 * pd_check_context_find_missing:
 * @self: a context
 * @check: the id of a check
 * @fields: (array zero-terminated=1): plain ids of the fields it needs
 *
 * Returns: (transfer full) (nullable): a finding that says why the check cannot run: a value is missing, or the keyring did not give
 *   it; %NULL where nothing is
 */
PdFinding *
pd_check_context_find_missing (PdCheckContext    *self,
                               const char        *check,
                               const char *const *fields)
{
  for (guint i = 0; fields[i] != NULL; i++) {
    const PdField *field = pd_catalogue_lookup (fields[i]);
    PdSecretText  *secret = pd_check_context_get_secret (self, fields[i]);
    PdFinding     *finding;

    if (pd_field_is_secret (field) ? secret != NULL && pd_secret_text_get_length (secret) > 0
                                   : *pd_check_context_get_text (self, fields[i]) != '\0')
      continue;
    if (!pd_field_is_secret (field) || self->secrets_error == NULL)
      return pd_check_context_blocked (self, check, "completeness");
    finding = pd_finding_new (check, PD_VERDICT_UNDETERMINED, _("Not judged: the keyring did not give the secrets."));
    pd_finding_set_next_step (finding, self->secrets_error->message);
    return finding;
  }
  return NULL;
}
