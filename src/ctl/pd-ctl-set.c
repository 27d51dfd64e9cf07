/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-clean.h"
#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-error.h"
#include "pd-logo.h"
#include "pd-problem.h"
#include "pd-shape.h"

#define MAX_ATTEMPTS 8

static gboolean yes;

static const GOptionEntry options[] = {
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Change a token that is pre-set by Amazon all the same"), NULL },
  G_OPTION_ENTRY_NULL
};

/* A file that breaks a rule is kept all the same: it is what the shop has. */
static void
say_logo (const PdField     *field,
          const PdLogoFacts *facts,
          gsize              bytes)
{
  g_autoptr (PdLogo) logo = pd_logo_new (facts, bytes, NULL, NULL);

  for (guint i = 0; i < logo->findings->len; i++) {
    const PdLogoFinding *finding = g_ptr_array_index (logo->findings, i);

    if (finding->verdict > PD_VERDICT_PASSED)
      pd_ctl_say ("%s: %s", field->id, finding->message);
  }
}

static PdCtlStatus
set_logo (PdCtlContext  *context,
          PdProfile     *profile,
          const PdField *field,
          const char    *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = pd_ctl_file_read (file, PD_LOGO_MAX_BYTES, &error);
  g_autofree char   *name = NULL;
  PdLogoFacts        facts;
  gsize              length;
  const guint8      *data;

  if (content == NULL)
    return pd_ctl_fail (error);
  data = g_bytes_get_data (content, &length);
  pd_logo_facts_read (data, length, &facts);
  if (facts.type == PD_LOGO_UNKNOWN)
    return pd_ctl_usage (_("This is not a PNG, JPEG or GIF picture; nothing was changed."));
  name = pd_store_keep_file (context->store, profile, "logo", pd_logo_type_get_suffix (facts.type), content, &error);
  if (name == NULL || !pd_profile_set_text (profile, field->id, name, &error) ||
      !pd_store_save (context->store, profile, &error))
    return pd_ctl_fail (error);
  say_logo (field, &facts, length);
  return PD_CTL_DONE;
}

/* The whole operation begins anew where another program was faster with the same field: as if this one had come later. */
static PdCtlStatus
save_values (PdCtlContext      *context,
             PdProfile         *profile,
             const char        *field_id,
             const char *const *values)
{
  g_autofree char *id = g_strdup (pd_profile_get_id (profile));
  PdCtlStatus      status = PD_CTL_DONE;

  for (guint i = 0;; i++) {
    g_autoptr (GError) error = NULL;

    if (pd_profile_set_list (profile, field_id, values, &error) && pd_store_save (context->store, profile, &error))
      return PD_CTL_DONE;
    if (!g_error_matches (error, PD_ERROR, PD_ERROR_CONFLICT) || i == MAX_ATTEMPTS)
      return pd_ctl_fail (error);
    pd_ctl_context_clear (context);
    status = pd_ctl_context_open (context);
    if (status != PD_CTL_DONE || (profile = pd_ctl_context_find_profile (context, id, &status)) == NULL)
      return status;
  }
}

/* What the person should know of the values just stored. */
static void
say_remarks (PdCtlContext  *context,
             const char    *profile_id,
             const PdField *field,
             PdCleaned      cleaned)
{
  PdProfile            *profile = pd_store_find (context->store, profile_id, NULL);
  g_autofree char      *told = pd_clean_describe (cleaned);
  g_autoptr (GPtrArray) problems = pd_profile_judge_field (profile, field, NULL);

  if (told != NULL)
    pd_ctl_say ("%s: %s", field->id, told);
  if (!pd_profile_field_applies (profile, field))
    pd_ctl_say (_("%s: stored, though a shop of this mode and generation does not use it."), field->id);
  for (guint i = 0; i < problems->len; i++)
    pd_ctl_say ("%s: %s", field->id, ((const PdProblem *) g_ptr_array_index (problems, i))->message);
}

static PdCtlStatus
set_field (PdCtlContext  *context,
           PdProfile     *profile,
           const PdField *field,
           char         **given)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           values = NULL;
  g_autofree char         *id = g_strdup (pd_profile_get_id (profile));
  PdCleaned                cleaned = PD_CLEAN_NOTHING;
  PdCtlStatus              status;

  for (; *given != NULL; given++) {
    PdCleaned        changed;
    g_autofree char *value = pd_clean_value (field, *given, &changed);

    cleaned |= changed;
    g_strv_builder_add (builder, value);
  }
  values = g_strv_builder_end (builder);
  if (pd_field_is_secret (field) && !g_str_equal (values[0], PD_PRESET_TOKEN))
    return pd_ctl_usage (_("“%s” is a secret, and other programs can read arguments. "
                           "“paydeskctl set-secret” reads it from standard input."), field->id);
  if (pd_field_is_secret (field) && field->shape != &pd_shape_mws_auth_token)
    return pd_ctl_usage (_("The Pre-Set text stands for the MWS Auth Token only."));
  status = save_values (context, profile, field->id, (const char *const *) values);
  if (status == PD_CTL_DONE)
    say_remarks (context, id, field, cleaned);
  return status;
}

static PdCtlStatus
set_name (PdCtlContext *context,
          PdProfile    *profile,
          const char   *given)
{
  PdCtlStatus      status = PD_CTL_DONE;
  g_autofree char *name = pd_ctl_clean_name (given, &status);
  const char      *values[] = { name, NULL };

  return name != NULL ? save_values (context, profile, "name", values) : status;
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
  if (operands[3] != NULL && (is_name || field->kind != PD_FIELD_LIST))
    return pd_ctl_usage (_("“%s” takes one value."), operands[1]);
  if (is_name)
    return set_name (context, profile, operands[2]);
  if (field->kind == PD_FIELD_IMAGE)
    return set_logo (context, profile, field, operands[2]);
  return set_field (context, profile, field, operands + 2);
}

const PdCtlVerb pd_ctl_set = {
  .name = "set", .operands = "PROFILE FIELD VALUE…", .summary = N_("Sets a field of a shop"),
  .details = N_("A list takes several values; “logo” takes a FILE, and a copy of it is kept. What pasting brings along is taken away, and said. "
                "A value of an odd form is stored, and warned about. “name”, “mode”, “generation” and “environment” are fields too."),
  .options = options, .min_operands = 3, .max_operands = PD_CTL_ANY_NUMBER, .needs_store = TRUE, .run = run,
};
