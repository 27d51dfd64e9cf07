/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-ctl-context.h"
#include "pd-document.h"
#include "pd-error.h"
#include "pd-shape.h"

/* The letters that field ids are made of. What holds anything else may be a secret in the wrong place, and is not repeated. */
#define ID_LETTERS "abcdefghijklmnopqrstuvwxyz-."
#define MAX_ID     40

/**
 * pd_ctl_context_open:
 * @self: a context of zeroes
 *
 * Reads the shops. What cannot be read is said, and is no reason not to work with the others.
 *
 * Returns: %PD_CTL_DONE, or the exit status
 */
PdCtlStatus
pd_ctl_context_open (PdCtlContext *self)
{
  g_autofree char   *folder = pd_store_get_default_dir ();
  g_autoptr (GError) error = NULL;
  guint              n_set_aside;

  self->store = pd_store_new (folder);
  self->secrets = pd_secrets_new ();
  self->desk = pd_desk_new (self->store, self->secrets);
  if (!pd_store_load (self->store, &error))
    return pd_ctl_fail (error);
  n_set_aside = g_list_model_get_n_items (pd_store_get_set_aside (self->store));
  if (n_set_aside > 0)
    pd_ctl_say (ngettext ("%'u file of the data folder cannot be read; “paydeskctl doctor” says which, and why.",
                          "%'u files of the data folder cannot be read; “paydeskctl doctor” says which, and why.", n_set_aside),
                n_set_aside);
  return PD_CTL_DONE;
}

void
pd_ctl_context_clear (PdCtlContext *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->interrupts); i++)
    g_clear_handle_id (&self->interrupts[i], g_source_remove);
  g_clear_object (&self->desk);
  g_clear_object (&self->secrets);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
}

static gboolean
on_interrupt (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

/**
 * pd_ctl_context_watch_interrupt:
 * @self: the context
 *
 * From now on Ctrl+C no longer ends the program, but what it waits for.
 *
 * Returns: (transfer none): cancelled by SIGINT, SIGTERM and SIGHUP
 */
GCancellable *
pd_ctl_context_watch_interrupt (PdCtlContext *self)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  if (self->cancellable != NULL)
    return self->cancellable;
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    self->interrupts[i] = g_unix_signal_add (signals[i], on_interrupt, self->cancellable);
  return self->cancellable;
}

/* Which ones, so that the next attempt can name one. */
static void
say_namesakes (PdCtlContext *self,
               const char   *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (self->store), i);

    if (g_str_equal (pd_profile_get_name (profile), name))
      pd_ctl_say ("  %s", pd_profile_get_id (profile));
  }
}

/**
 * pd_ctl_context_find_profile:
 * @self: the context
 * @id_or_name: a profile's id, or its name where that is unique
 * @status: (out): the exit status where there is none
 *
 * Returns: (transfer none) (nullable): the profile
 */
PdProfile *
pd_ctl_context_find_profile (PdCtlContext *self,
                             const char   *id_or_name,
                             PdCtlStatus  *status)
{
  g_autoptr (GError) error = NULL;
  PdProfile         *profile = pd_store_find (self->store, id_or_name, &error);

  if (profile == NULL)
    *status = pd_ctl_fail (error);
  if (g_error_matches (error, PD_ERROR, PD_ERROR_AMBIGUOUS))
    say_namesakes (self, id_or_name);
  return profile;
}

const PdField *
pd_ctl_find_field (const char  *id,
                   PdCtlStatus *status)
{
  const PdField *field = pd_catalogue_lookup (id);
  gsize          length = strlen (id);

  if (field == NULL && length <= MAX_ID && strspn (id, ID_LETTERS) == length)
    *status = pd_ctl_usage (_("There is no field “%s”. “paydeskctl show PROFILE” lists them."), id);
  else if (field == NULL)
    *status = pd_ctl_usage (_("There is no such field. “paydeskctl show PROFILE” lists them."));
  return field;
}

/**
 * pd_ctl_clean_name:
 * @name: what was given as a shop's name
 * @status: (out): the exit status where it cannot be one
 *
 * Returns: (transfer full) (nullable): the name, on one line and without white space around it
 */
char *
pd_ctl_clean_name (const char  *name,
                   PdCtlStatus *status)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  gboolean            space = FALSE;

  if (!g_utf8_validate (name, -1, NULL)) {
    *status = pd_ctl_usage (_("The name is not UTF-8 text."));
    return NULL;
  }
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (g_unichar_isspace (character) || g_unichar_iscntrl (character)) {
      space = clean->len > 0;
      continue;
    }
    if (space)
      g_string_append_c (clean, ' ');
    space = FALSE;
    g_string_append_unichar (clean, character);
  }
  if (clean->len == 0) {
    *status = pd_ctl_usage (_("A shop needs a name."));
    return NULL;
  }
  if (clean->len > PD_DOCUMENT_MAX_NAME) {
    *status = pd_ctl_usage (_("The name is too long."));
    return NULL;
  }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

/**
 * pd_ctl_check_choice:
 * @field_id: a field with choices
 * @choice: (nullable): an option's argument
 * @status: (out): the exit status where it is none of them
 *
 * Returns: whether it is one of the choices, or nothing was given
 */
gboolean
pd_ctl_check_choice (const char  *field_id,
                     const char  *choice,
                     PdCtlStatus *status)
{
  const PdField   *field = pd_catalogue_lookup (field_id);
  g_autofree char *choices = NULL;

  if (choice == NULL || g_strv_contains (field->choices, choice))
    return TRUE;
  choices = g_strjoinv (", ", (char **) field->choices);
  *status = pd_ctl_usage (_("“%s” must be one of: %s."), pd_field_get_label (field), choices);
  return FALSE;
}

void
pd_ctl_keep (GObject      *source,
             GAsyncResult *result,
             gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

void
pd_ctl_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

gboolean
pd_ctl_context_set_secret (PdCtlContext  *self,
                           PdProfile     *profile,
                           const char    *field_id,
                           PdSecretText  *value,
                           GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_set_secret_async (self->desk, profile, field_id, value, pd_ctl_context_watch_interrupt (self), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_desk_set_secret_finish (self->desk, result, error);
}

gboolean
pd_ctl_context_unset_secret (PdCtlContext  *self,
                             PdProfile     *profile,
                             const char    *field_id,
                             GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_unset_secret_async (self->desk, profile, field_id, pd_ctl_context_watch_interrupt (self), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_desk_unset_secret_finish (self->desk, result, error);
}

/* Field id → PdSecretState; NULL when cancelled. */
GHashTable *
pd_ctl_context_get_states (PdCtlContext  *self,
                           PdProfile     *profile,
                           GError       **why)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_get_states_async (self->desk, profile, pd_ctl_context_watch_interrupt (self), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_desk_get_states_finish (self->desk, result, why);
}

/* Field id → PdSecretText of what is stored, or NULL with the reason why the keyring cannot be asked. */
GHashTable *
pd_ctl_context_fetch_secrets (PdCtlContext  *self,
                              PdProfile     *profile,
                              GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_fetch_secrets_async (self->desk, profile, pd_ctl_context_watch_interrupt (self), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_desk_fetch_secrets_finish (self->desk, result, error);
}

gboolean
pd_ctl_has_secrets (PdProfile *profile)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    g_autoptr (GDateTime) stored = pd_field_is_secret (fields[i]) ? pd_profile_get_secret_stored (profile, fields[i]->id) : NULL;

    if (stored != NULL)
      return TRUE;
  }
  return FALSE;
}

gboolean
pd_ctl_is_preset (PdProfile     *profile,
                  const PdField *field)
{
  return pd_field_is_secret (field) && g_str_equal (pd_profile_get_text (profile, field->id), PD_PRESET_TOKEN);
}

PdCtlStatus
pd_ctl_refuse_preset (void)
{
  return pd_ctl_usage (_("The MWS Auth Token is pre-set by Amazon, and the manual says neither to delete nor to change it. "
                         "Add --yes to do so all the same."));
}

void
pd_ctl_json_profile (JsonBuilder *builder,
                     PdProfile   *profile)
{
  pd_ctl_json_string (builder, "id", pd_profile_get_id (profile));
  pd_ctl_json_string (builder, "name", pd_profile_get_name (profile));
  pd_ctl_json_string (builder, "mode", pd_mode_to_id (pd_profile_get_mode (profile)));
  pd_ctl_json_string (builder, "generation", pd_generation_to_id (pd_profile_get_generation (profile)));
  pd_ctl_json_string (builder, "environment", pd_environment_to_id (pd_profile_get_environment (profile)));
}

JsonNode *
pd_ctl_json_new_profile (PdProfile *profile)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "id", pd_profile_get_id (profile));
  pd_ctl_json_string (builder, "name", pd_profile_get_name (profile));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
