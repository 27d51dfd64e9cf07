/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "pd-catalogue.h"
#include "pd-ctl-verbs.h"
#include "pd-disk.h"
#include "pd-hardening.h"
#include "pd-set-aside.h"
#include "pd-time.h"
#include "pd-versions.h"

/* profiles/<id>/runs/<file> */
#define MAX_DEPTH 5

static gboolean json;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

/* What was found, before it is told in one form or the other. */
typedef struct {
  char      *data_dir;
  char      *backend;
  GError    *keyring_error; /* why the keyring could not be asked */
  GPtrArray *shops;         /* of Shop */
  GPtrArray *orphans;       /* "profile/field", or NULL where the keyring could not be asked */
  GPtrArray *open;          /* of Open */
  char     **trash;
} Report;

typedef struct {
  PdProfile  *profile;
  GHashTable *states;
} Shop;

typedef struct {
  char       *path;
  char       *mode;   /* octal */
  const char *reason; /* translated */
} Open;

static void
shop_free (Shop *shop)
{
  g_clear_pointer (&shop->states, g_hash_table_unref);
  g_object_unref (shop->profile);
  g_free (shop);
}

static void
open_free (Open *open)
{
  g_free (open->path);
  g_free (open->mode);
  g_free (open);
}

static void
report_clear (Report *report)
{
  g_free (report->data_dir);
  g_free (report->backend);
  g_clear_error (&report->keyring_error);
  g_clear_pointer (&report->shops, g_ptr_array_unref);
  g_clear_pointer (&report->orphans, g_ptr_array_unref);
  g_clear_pointer (&report->open, g_ptr_array_unref);
  g_strfreev (report->trash);
}

/* Everything here is for its owner's eyes only, and a link leads out of the folder. */
static void
find_open (GPtrArray  *open,
           const char *path,
           guint       depth)
{
  GStatBuf         status;
  g_autoptr (GDir) folder = NULL;
  const char      *reason = NULL;
  const char      *name;

  if (g_lstat (path, &status) != 0)
    return;
  if (S_ISLNK (status.st_mode))
    reason = _("a symbolic link");
  else if ((status.st_mode & 077) != 0)
    reason = _("open to other users");
  else if (status.st_uid != geteuid ())
    reason = _("owned by another user");
  if (reason != NULL) {
    Open *found = g_new0 (Open, 1);

    found->path = g_strdup (path);
    found->mode = g_strdup_printf ("%04o", status.st_mode & 07777);
    found->reason = reason;
    g_ptr_array_add (open, found);
  }
  if (!S_ISDIR (status.st_mode) || depth == 0)
    return;
  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    find_open (open, child, depth - 1);
  }
}

static GPtrArray *
find_orphans (PdCtlContext  *context,
              GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_desk_list_orphans_async (context->desk, pd_ctl_context_watch_interrupt (context), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_desk_list_orphans_finish (context->desk, result, error);
}

static void
look_at_secrets (PdCtlContext *context,
                 Report       *report)
{
  report->shops = g_ptr_array_new_with_free_func ((GDestroyNotify) shop_free);
  report->backend = pd_secrets_describe_backend (context->secrets);
  report->orphans = find_orphans (context, &report->keyring_error);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (context->store)); i++) {
    Shop *shop = g_new0 (Shop, 1);

    shop->profile = g_list_model_get_item (G_LIST_MODEL (context->store), i);
    shop->states = pd_ctl_context_get_states (context, shop->profile, report->keyring_error == NULL ? &report->keyring_error : NULL);
    g_ptr_array_add (report->shops, shop);
  }
}

static PdSecretState
get_state (const Shop    *shop,
           const PdField *field)
{
  return shop->states != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (shop->states, field->id)) : PD_SECRET_UNKNOWN;
}

static void
add_shop (JsonBuilder *builder,
          const Shop  *shop)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "id", pd_profile_get_id (shop->profile));
  pd_ctl_json_string (builder, "name", pd_profile_get_name (shop->profile));
  json_builder_set_member_name (builder, "secrets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_fields; i++) {
    g_autoptr (GDateTime) stored = NULL;
    g_autofree char      *date = NULL;

    if (!pd_field_is_secret (fields[i]))
      continue;
    stored = pd_profile_get_secret_stored (shop->profile, fields[i]->id);
    date = stored != NULL ? g_date_time_format (stored, "%Y-%m-%dT%H:%M:%SZ") : NULL;
    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "field", fields[i]->id);
    pd_ctl_json_string (builder, "stored", pd_secret_state_to_id (get_state (shop, fields[i])));
    pd_ctl_json_string (builder, "date", date);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_set_aside (JsonBuilder *builder,
               GListModel  *set_aside)
{
  json_builder_set_member_name (builder, "set_aside");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (set_aside); i++) {
    g_autoptr (PdSetAside) file = g_list_model_get_item (set_aside, i);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "path", pd_set_aside_get_path (file));
    pd_ctl_json_string (builder, "reason", pd_set_aside_get_reason (file));
    pd_ctl_json_boolean (builder, "newer", pd_set_aside_is_newer (file));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_orphans (JsonBuilder *builder,
             GPtrArray   *orphans)
{
  json_builder_set_member_name (builder, "orphans");
  if (orphans == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_array (builder);
  for (guint i = 0; i < orphans->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (orphans, i));
  json_builder_end_array (builder);
}

static void
add_open (JsonBuilder *builder,
          GPtrArray   *open)
{
  json_builder_set_member_name (builder, "open_permissions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < open->len; i++) {
    const Open *found = g_ptr_array_index (open, i);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "path", found->path);
    pd_ctl_json_string (builder, "mode", found->mode);
    pd_ctl_json_string (builder, "reason", found->reason);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_versions (JsonBuilder *builder)
{
  g_autoptr (GPtrArray) versions = pd_versions_list ();

  json_builder_set_member_name (builder, "versions");
  json_builder_begin_object (builder);
  for (guint i = 0; i < versions->len; i += 2)
    pd_ctl_json_string (builder, g_ptr_array_index (versions, i), g_ptr_array_index (versions, i + 1));
  json_builder_end_object (builder);
}

static void
print_json (const Report *report,
            GListModel   *set_aside)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "data_dir", report->data_dir);
  pd_ctl_json_boolean (builder, "flatpak", pd_hardening_in_flatpak ());
  pd_ctl_json_string (builder, "secret_backend", report->backend);
  pd_ctl_json_string (builder, "keyring_error", report->keyring_error != NULL ? report->keyring_error->message : NULL);
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->shops->len; i++)
    add_shop (builder, g_ptr_array_index (report->shops, i));
  json_builder_end_array (builder);
  add_orphans (builder, report->orphans);
  add_set_aside (builder, set_aside);
  pd_ctl_json_strings (builder, "pending_deletions", (const char *const *) report->trash);
  add_open (builder, report->open);
  add_versions (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  pd_ctl_out_json (root);
}

static void
print_heading (const char *heading)
{
  pd_ctl_out ("\n");
  pd_ctl_out_styled (PD_CTL_BOLD, heading);
  pd_ctl_out ("\n");
}

static void
print_shop (const Shop *shop)
{
  static const struct {
    PdSecretState  state;
    const char    *text;
    PdCtlStyle     style;
  } told[] = {
    { PD_SECRET_YES, N_("stored"), PD_CTL_GOOD },
    { PD_SECRET_LOST, N_("lost"), PD_CTL_BAD },
    { PD_SECRET_UNKNOWN, N_("unknown"), PD_CTL_UNSURE },
  };
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  pd_ctl_out ("  %s  %s\n", pd_profile_get_id (shop->profile), pd_profile_get_name (shop->profile));
  for (guint i = 0; i < n_fields; i++) {
    g_autoptr (GDateTime) stored = NULL;
    g_autofree char      *date = NULL;

    if (!pd_field_is_secret (fields[i]))
      continue;
    stored = pd_profile_get_secret_stored (shop->profile, fields[i]->id);
    date = stored != NULL ? pd_time_describe_day (stored) : g_strdup ("");
    for (guint j = 0; j < G_N_ELEMENTS (told); j++) {
      if (told[j].state != get_state (shop, fields[i]) || (told[j].state == PD_SECRET_UNKNOWN && stored == NULL))
        continue;
      pd_ctl_out ("    ");
      pd_ctl_out_padded (fields[i]->id, 24);
      pd_ctl_out_styled (told[j].style, _(told[j].text));
      pd_ctl_out ("  %s\n", date);
    }
  }
}

static void
print_text (const Report *report,
            GListModel   *set_aside)
{
  g_autoptr (GPtrArray) versions = pd_versions_list ();

  pd_ctl_out (_("Data: %s\n"), report->data_dir);
  pd_ctl_out (_("Secrets: %s\n"), report->backend);
  if (pd_hardening_in_flatpak ())
    pd_ctl_out ("%s\n", _("Running in a Flatpak."));
  if (report->keyring_error != NULL)
    pd_ctl_out_wrapped (report->keyring_error->message, 2);
  if (report->shops->len > 0)
    print_heading (_("Secrets of Each Shop"));
  for (guint i = 0; i < report->shops->len; i++)
    print_shop (g_ptr_array_index (report->shops, i));
  if (report->orphans != NULL && report->orphans->len > 0)
    print_heading (_("Secrets Without a Shop"));
  for (guint i = 0; report->orphans != NULL && i < report->orphans->len; i++)
    pd_ctl_out ("  %s\n", (const char *) g_ptr_array_index (report->orphans, i));
  if (g_list_model_get_n_items (set_aside) > 0)
    print_heading (_("Files That Cannot Be Read"));
  for (guint i = 0; i < g_list_model_get_n_items (set_aside); i++) {
    g_autoptr (PdSetAside) file = g_list_model_get_item (set_aside, i);

    pd_ctl_out ("  %s\n", pd_set_aside_get_path (file));
    pd_ctl_out_wrapped (pd_set_aside_get_reason (file), 4);
  }
  if (report->trash[0] != NULL)
    print_heading (_("Deletions Not Yet Complete"));
  for (guint i = 0; report->trash[i] != NULL; i++)
    pd_ctl_out ("  %s\n", report->trash[i]);
  if (report->open->len > 0)
    print_heading (_("Not for Its Owner Alone"));
  for (guint i = 0; i < report->open->len; i++) {
    const Open *found = g_ptr_array_index (report->open, i);

    pd_ctl_out ("  %s  %s: %s\n", found->mode, found->path, found->reason);
  }
  print_heading (_("Versions"));
  for (guint i = 0; i < versions->len; i += 2)
    pd_ctl_out ("  %s %s\n", (const char *) g_ptr_array_index (versions, i), (const char *) g_ptr_array_index (versions, i + 1));
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  Report      report = { NULL };
  PdCtlStatus status;

  /* What it reports is to be found again by whoever looks next. */
  pd_disk_look_only ();
  report.data_dir = pd_store_get_default_dir ();
  report.open = g_ptr_array_new_with_free_func ((GDestroyNotify) open_free);
  find_open (report.open, report.data_dir, MAX_DEPTH);
  status = pd_ctl_context_open (context);
  if (status == PD_CTL_DONE) {
    report.trash = pd_store_list_trash (context->store);
    look_at_secrets (context, &report);
    if (json)
      print_json (&report, pd_store_get_set_aside (context->store));
    else
      print_text (&report, pd_store_get_set_aside (context->store));
  }
  report_clear (&report);
  if (status == PD_CTL_DONE && g_cancellable_is_cancelled (context->cancellable))
    return PD_CTL_UNDONE;
  return status;
}

const PdCtlVerb pd_ctl_doctor = {
  .name = "doctor", .operands = "", .summary = N_("Says where data and secrets are, and what is lost, orphaned or damaged"),
  .details = N_("It changes nothing, and shows no secret."),
  .options = options, .run = run,
};
