/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-clean.h"
#include "pd-ctl.h"
#include "pd-error.h"
#include "pd-problem.h"
#include "pd-shape.h"

#define MAX_LOGO (11 * 1024 * 1024)

static gboolean yes;

static const GOptionEntry options[] = {
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Change a Pre-Set token all the same"), NULL },
  G_OPTION_ENTRY_NULL
};

/* The types that Seller Central takes, by what the file begins with. */
static const struct {
  const char *magic;
  gsize       length;
  const char *suffix;
} logo_types[] = {
  { "\x89PNG\r\n\x1a\n", 8, "png" },
  { "\xff\xd8\xff", 3, "jpg" },
  { "GIF87a", 6, "gif" },
  { "GIF89a", 6, "gif" },
};

static void
say_cleaned (const PdField *field,
             PdCleaned      cleaned)
{
  g_autofree char *told = pd_clean_describe (cleaned);

  if (told != NULL)
    pd_ctl_say ("%s: %s", field->id, told);
}

static void
say_problems (PdProfile     *profile,
              const PdField *field)
{
  g_autoptr (GPtrArray) problems = pd_profile_judge_field (profile, field, NULL);

  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (!g_str_equal (problem->rule, "missing"))
      pd_ctl_say ("%s: %s", field->id, problem->message);
  }
}

static PdCtlStatus
set_logo (PdCtl         *ctl,
          PdProfile     *profile,
          const PdField *field,
          const char    *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = pd_ctl_read_file (file, MAX_LOGO, &error);
  const char        *suffix = NULL;
  g_autofree char   *name = NULL;
  gsize              length;
  const char        *data;

  if (content == NULL)
    return pd_ctl_fail (error);
  data = g_bytes_get_data (content, &length);
  for (guint i = 0; i < G_N_ELEMENTS (logo_types); i++) {
    if (length >= logo_types[i].length && memcmp (data, logo_types[i].magic, logo_types[i].length) == 0)
      suffix = logo_types[i].suffix;
  }
  if (suffix == NULL)
    return pd_ctl_usage (_("A logo has to be a PNG, JPEG or GIF file."));
  name = pd_store_keep_file (ctl->store, profile, "logo", suffix, content, &error);
  if (name == NULL || !pd_profile_set_text (profile, field->id, name, &error) || !pd_store_save (ctl->store, profile, &error))
    return pd_ctl_fail (error);
  return PD_CTL_DONE;
}

static PdCtlStatus
set_values (PdCtl         *ctl,
            PdProfile     *profile,
            const PdField *field,
            char         **values)
{
  g_autoptr (GPtrArray) cleaned_values = g_ptr_array_new_with_free_func (g_free);
  PdCleaned             all_cleaned = PD_CLEAN_NOTHING;
  g_autoptr (GError)    error = NULL;
  gboolean              good;

  for (; *values != NULL; values++) {
    PdCleaned cleaned;
    char     *value = pd_clean_value (field, *values, &cleaned);

    all_cleaned |= cleaned;
    g_ptr_array_add (cleaned_values, value);
  }
  g_ptr_array_add (cleaned_values, NULL);
  if (field->kind == PD_FIELD_LIST)
    good = pd_profile_set_list (profile, field->id, (const char *const *) cleaned_values->pdata, &error);
  else
    good = pd_profile_set_text (profile, field->id, g_ptr_array_index (cleaned_values, 0), &error);
  if (!good || !pd_store_save (ctl->store, profile, &error))
    return pd_ctl_fail (error);
  say_cleaned (field, all_cleaned);
  if (!pd_profile_field_applies (profile, field))
    pd_ctl_say (_("%s: stored, but a shop of this mode and generation does not use it."), field->id);
  say_problems (profile, field);
  return PD_CTL_DONE;
}

static PdCtlStatus
run_set (PdCtl  *ctl,
         char  **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  g_autoptr (PdProfile) profile = pd_ctl_find_profile (ctl, operands[0], &status);
  const PdField         *field;

  if (profile == NULL)
    return status;
  if (g_str_equal (operands[1], "name")) {
    g_autoptr (GError) error = NULL;

    if (operands[3] != NULL)
      return pd_ctl_usage (_("“%s” takes one value."), operands[1]);
    if (!pd_profile_set_text (profile, "name", operands[2], &error) || !pd_store_save (ctl->store, profile, &error))
      return pd_ctl_fail (error);
    return PD_CTL_DONE;
  }
  field = pd_ctl_find_field (operands[1], &status);
  if (field == NULL)
    return status;
  if (field->kind != PD_FIELD_LIST && operands[3] != NULL)
    return pd_ctl_usage (_("“%s” takes one value."), field->id);
  if (field->kind == PD_FIELD_IMAGE)
    return set_logo (ctl, profile, field, operands[2]);
  if (pd_field_is_secret (field) && !g_str_equal (operands[2], PD_PRESET_TOKEN))
    return pd_ctl_usage (_("“%s” is a secret, and arguments can be read by other programs. Use “paydeskctl set-secret”, which reads standard input."),
                         field->id);
  if (pd_field_is_secret (field) && field->shape != &pd_shape_mws_auth_token)
    return pd_ctl_usage (_("“%s” is a secret; the Pre-Set text belongs to the MWS Auth Token."), field->id);
  return set_values (ctl, profile, field, operands + 2);
}

/* S054: what Amazon's set-up left is neither deleted nor changed by accident. */
static gboolean
is_protected (PdProfile     *profile,
              const PdField *field)
{
  return !yes && g_strcmp0 (pd_profile_get_text (profile, field->id), PD_PRESET_TOKEN) == 0;
}

static PdCtlStatus
refuse_protected (void)
{
  return pd_ctl_usage (_("The MWS Auth Token is pre-set by Amazon; the manual says neither to delete nor to change it. Add --yes to do so all the same."));
}

/* One final line end belongs to the way it was typed, not to the secret. */
static PdSecretText *
read_secret (const PdField  *field,
             GError        **error)
{
  g_autoptr (GBytes) input = pd_ctl_read_file ("-", 64 * 1024, error);
  PdSecretText      *secret;
  gsize              length;
  char              *data;
  char              *value;
  PdCleaned          cleaned;

  if (input == NULL)
    return NULL;
  data = g_bytes_unref_to_data (g_steal_pointer (&input), &length);
  if (length > 0 && data[length - 1] == '\n')
    length--;
  if (length > 0 && data[length - 1] == '\r')
    length--;
  secret = length > 0 ? pd_secret_text_new_len (data, length) : NULL;
  if (secret == NULL || strlen (pd_secret_text_peek (secret)) != length) {
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                 secret == NULL ? _("Standard input was empty: nothing was stored for “%s”.") : _("Standard input is no text: nothing was stored for “%s”."),
                 field->id);
    g_clear_pointer (&secret, pd_secret_text_unref);
  } else {
    value = pd_clean_value (field, pd_secret_text_peek (secret), &cleaned);
    say_cleaned (field, cleaned);
    pd_secret_text_unref (secret);
    secret = pd_secret_text_new (value);
    pd_secret_wipe (value, strlen (value));
    g_free (value);
  }
  pd_secret_wipe (data, length);
  g_free (data);
  return secret;
}

static PdCtlStatus
run_set_secret (PdCtl  *ctl,
                char  **operands)
{
  PdCtlStatus              status = PD_CTL_DONE;
  g_autoptr (PdProfile)    profile = pd_ctl_find_profile (ctl, operands[0], &status);
  const PdField           *field = profile != NULL ? pd_ctl_find_field (operands[1], &status) : NULL;
  g_autoptr (PdSecretText) secret = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    problems = NULL;
  g_autoptr (GError)       error = NULL;

  if (field == NULL)
    return status;
  if (!pd_field_is_secret (field))
    return pd_ctl_usage (_("“%s” is no secret. Use “paydeskctl set”."), field->id);
  if (is_protected (profile, field))
    return refuse_protected ();
  secret = read_secret (field, &error);
  if (secret == NULL)
    return pd_ctl_fail (error);
  pd_desk_set_secret_async (ctl->desk, profile, field->id, secret, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  if (!pd_desk_set_secret_finish (ctl->desk, result, &error))
    return pd_ctl_fail (error);
  problems = pd_shape_judge_value (field, pd_secret_text_peek (secret));
  for (guint i = 0; i < problems->len; i++)
    pd_ctl_say ("%s: %s", field->id, ((const PdProblem *) g_ptr_array_index (problems, i))->message);
  if (!pd_profile_field_applies (profile, field))
    pd_ctl_say (_("%s: stored, but a shop of this mode and generation does not use it."), field->id);
  return PD_CTL_DONE;
}

static PdCtlStatus
unset_secret (PdCtl         *ctl,
              PdProfile     *profile,
              const PdField *field)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  pd_desk_unset_secret_async (ctl->desk, profile, field->id, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_desk_unset_secret_finish (ctl->desk, result, &error) ? PD_CTL_DONE : pd_ctl_fail (error);
}

static PdCtlStatus
run_unset (PdCtl  *ctl,
           char  **operands)
{
  static const char *const nothing[] = { NULL };
  PdCtlStatus           status = PD_CTL_DONE;
  g_autoptr (PdProfile) profile = pd_ctl_find_profile (ctl, operands[0], &status);
  const PdField        *field = profile != NULL ? pd_ctl_find_field (operands[1], &status) : NULL;
  g_autoptr (GError)    error = NULL;
  gboolean              good;

  if (field == NULL)
    return status;
  if (field->kind == PD_FIELD_CHOICE)
    return pd_ctl_usage (_("“%s” always has a value; use “paydeskctl set” to change it."), field->id);
  if (is_protected (profile, field))
    return refuse_protected ();
  if (pd_field_is_secret (field))
    return unset_secret (ctl, profile, field);
  good = field->kind == PD_FIELD_LIST ? pd_profile_set_list (profile, field->id, nothing, &error)
                                      : pd_profile_set_text (profile, field->id, "", &error);
  return good && pd_store_save (ctl->store, profile, &error) ? PD_CTL_DONE : pd_ctl_fail (error);
}

const PdCtlVerb pd_ctl_set = { "set", "PROFILE FIELD VALUE…", N_("Sets a field; the logo takes a FILE"), options, 3, -1, TRUE, run_set };
const PdCtlVerb pd_ctl_set_secret = {
  "set-secret", "PROFILE FIELD", N_("Stores standard input in the keyring"), options, 2, 2, TRUE, run_set_secret
};
const PdCtlVerb pd_ctl_unset = { "unset", "PROFILE FIELD", N_("Clears a field, or deletes its secret"), options, 2, 2, TRUE, run_unset };
