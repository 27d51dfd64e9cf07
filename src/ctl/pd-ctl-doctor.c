/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <libsoup/soup.h>
#include <openssl/crypto.h>

#include "pd-catalogue.h"
#include "pd-ctl.h"
#include "pd-hardening.h"
#include "pd-set-aside.h"

static gboolean json;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static void
add_versions (JsonBuilder *builder)
{
  g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  g_autofree char *soup = g_strdup_printf ("%u.%u.%u", soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
  g_autofree char *json_glib = g_strdup_printf ("%d.%d.%d", JSON_MAJOR_VERSION, JSON_MINOR_VERSION, JSON_MICRO_VERSION);
  g_autofree char *libsecret = g_strdup_printf ("%d.%d.%d", SECRET_MAJOR_VERSION, SECRET_MINOR_VERSION, SECRET_MICRO_VERSION);

  json_builder_set_member_name (builder, "versions");
  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "paydesk", PD_VERSION);
  pd_ctl_json_string (builder, "glib", glib);
  pd_ctl_json_string (builder, "libsoup", soup);
  pd_ctl_json_string (builder, "json-glib", json_glib);
  pd_ctl_json_string (builder, "libsecret", libsecret);
  pd_ctl_json_string (builder, "openssl", OpenSSL_version (OPENSSL_VERSION_STRING));
  json_builder_end_object (builder);
}

static void
add_shop (PdCtl        *ctl,
          JsonBuilder  *builder,
          PdProfile    *profile,
          GError      **why)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable)   states = NULL;
  guint                    n_fields;
  const PdField *const    *fields = pd_catalogue_get_fields (&n_fields);

  g_clear_error (why);
  pd_desk_get_states_async (ctl->desk, profile, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  states = pd_desk_get_states_finish (ctl->desk, result, why);
  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "id", pd_profile_get_id (profile));
  pd_ctl_json_string (builder, "name", pd_profile_get_name (profile));
  json_builder_set_member_name (builder, "secrets");
  json_builder_begin_object (builder);
  for (guint i = 0; i < n_fields; i++) {
    const char *state;

    if (!pd_field_is_secret (fields[i]))
      continue;
    state = pd_secret_state_to_id (GPOINTER_TO_UINT (g_hash_table_lookup (states, fields[i]->id)));
    pd_ctl_json_string (builder, fields[i]->id, state);
    if (!json && !g_str_equal (state, "no"))
      pd_ctl_out ("  %s: %s: %s\n", pd_profile_get_name (profile), pd_field_get_label (fields[i]), state);
  }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_strings (JsonBuilder *builder,
             const char  *name,
             const char  *told,
             char       **values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; values != NULL && *values != NULL; values++) {
    json_builder_add_string_value (builder, *values);
    if (!json)
      pd_ctl_out ("%s: %s\n", told, *values);
  }
  json_builder_end_array (builder);
}

static void
add_orphans (PdCtl       *ctl,
             JsonBuilder *builder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    orphans = NULL;

  pd_desk_list_orphans_async (ctl->desk, NULL, pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  orphans = pd_desk_list_orphans_finish (ctl->desk, result, NULL);
  if (orphans == NULL) {
    json_builder_set_member_name (builder, "orphans");
    json_builder_add_null_value (builder);
    return;
  }
  g_ptr_array_add (orphans, NULL);
  add_strings (builder, "orphans", _("Secret without a shop"), (char **) orphans->pdata);
}

/* Everything of ours is for the owner's eyes only. */
static void
collect_open (const char *path,
              GPtrArray  *open,
              guint       depth)
{
  GStatBuf         status;
  g_autoptr (GDir) folder = NULL;
  const char      *name;

  if (g_lstat (path, &status) != 0)
    return;
  if ((status.st_mode & 077) != 0 || S_ISLNK (status.st_mode))
    g_ptr_array_add (open, g_strdup (path));
  if (!S_ISDIR (status.st_mode) || depth == 0)
    return;
  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    collect_open (child, open, depth - 1);
  }
}

static void
add_set_aside (PdCtl       *ctl,
               JsonBuilder *builder)
{
  GListModel *set_aside = pd_store_get_set_aside (ctl->store);

  json_builder_set_member_name (builder, "set_aside");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (set_aside); i++) {
    g_autoptr (PdSetAside) file = g_list_model_get_item (set_aside, i);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "path", pd_set_aside_get_path (file));
    pd_ctl_json_string (builder, "reason", pd_set_aside_get_reason (file));
    json_builder_end_object (builder);
    if (!json)
      pd_ctl_out ("%s: %s\n", pd_set_aside_get_path (file), pd_set_aside_get_reason (file));
  }
  json_builder_end_array (builder);
}

static PdCtlStatus
run (PdCtl  *ctl,
     char  **operands)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autoptr (GPtrArray)   open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)      why = NULL;
  g_autofree char        *backend = pd_secrets_describe_backend (ctl->secrets);
  g_auto (GStrv)          trash = pd_store_list_trash (ctl->store);

  if (!json) {
    pd_ctl_out (_("Data: %s\n"), pd_store_get_dir (ctl->store));
    pd_ctl_out (_("Secrets: %s\n"), backend);
  }
  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "data_dir", pd_store_get_dir (ctl->store));
  pd_ctl_json_string (builder, "secret_backend", backend);
  json_builder_set_member_name (builder, "flatpak");
  json_builder_add_boolean_value (builder, pd_hardening_in_flatpak ());
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (ctl->store)); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (ctl->store), i);

    add_shop (ctl, builder, profile, &why);
  }
  json_builder_end_array (builder);
  pd_ctl_json_string (builder, "keyring_error", why != NULL ? why->message : NULL);
  if (!json && why != NULL)
    pd_ctl_out ("%s\n", why->message);
  add_orphans (ctl, builder);
  add_set_aside (ctl, builder);
  add_strings (builder, "pending_deletions", _("Deletion not completed"), trash);
  collect_open (pd_store_get_dir (ctl->store), open, 4);
  g_ptr_array_add (open, NULL);
  add_strings (builder, "open_permissions", _("Open to others"), (char **) open->pdata);
  add_versions (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  if (json)
    pd_ctl_out_json (root);
  return PD_CTL_DONE;
}

const PdCtlVerb pd_ctl_doctor = { "doctor", "", N_("Says where data and secrets are, and what is missing or orphaned"), options, 0, 0, TRUE, run };
