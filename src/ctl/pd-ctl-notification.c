/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-client.h"
#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-notification-certificate.h"

#define MAX_FILE (512 * 1024)

static char    *certificate_file;
static char    *profile_id;
static gboolean fetch_certificate;
static gboolean json;

static const GOptionEntry options[] = {
  { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate_file, N_("The certificate that signed it, as PEM"), N_("FILE") },
  { "fetch-certificate", 0, 0, G_OPTION_ARG_NONE, &fetch_certificate, N_("Fetch the certificate from where the message says, if that is Amazon’s own host"), NULL },
  { "profile", 0, 0, G_OPTION_ARG_STRING, &profile_id, N_("The shop that it should be for"), N_("PROFILE") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static GBytes *
fetch (PdCtlContext    *context,
       PdNotification  *notification,
       GError         **error)
{
  g_autoptr (PdEndpoints)  endpoints = pd_endpoints_new (error);
  g_autoptr (PdClient)     client = endpoints != NULL ? pd_client_new (endpoints) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (client == NULL)
    return NULL;
  pd_notification_certificate_fetch_async (notification, client, pd_ctl_context_watch_interrupt (context), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return pd_notification_certificate_fetch_finish (notification, result, error);
}

static GBytes *
get_certificate (PdCtlContext    *context,
                 PdNotification  *notification,
                 GError         **error)
{
  if (certificate_file != NULL)
    return pd_ctl_file_read (certificate_file, MAX_FILE, error);
  if (fetch_certificate)
    return fetch (context, notification, error);
  return NULL;
}

static void
print_members (const char *heading,
               GPtrArray  *members)
{
  if (members == NULL || members->len == 0)
    return;
  pd_ctl_out ("\n%s\n", heading);
  for (guint i = 0; i < members->len; i++) {
    const PdNotificationMember *member = g_ptr_array_index (members, i);

    if (member->value_meaning != NULL)
      pd_ctl_out ("  %s: %s (%s)\n", member->name, member->value, member->value_meaning);
    else
      pd_ctl_out ("  %s: %s\n", member->name, member->value);
    if (member->meaning != NULL)
      pd_ctl_out ("      %s\n", member->meaning);
  }
}

static void
print (PdNotification *notification,
       const char     *why,
       gboolean        known)
{
  PdNotificationFault fault = pd_notification_get_fault (notification);

  if (why != NULL)
    pd_ctl_out (_("Refused: %s\n%s\n%s\n"), why, pd_notification_fault_get_meaning (fault), pd_notification_fault_get_next_step (fault));
  else
    pd_ctl_out ("%s\n", known ? _("The notification is genuine.") : _("The signature was not checked: there is no certificate."));
  if (pd_notification_get_sense (notification) != NULL)
    pd_ctl_out ("%s\n", pd_notification_get_sense (notification));
  print_members (_("The message of Amazon Pay:"), pd_notification_get_members (notification));
  print_members (_("The envelope around it:"), pd_notification_get_envelope (notification));
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus                status = PD_CTL_DONE;
  g_autoptr (GError)         error = NULL;
  g_autoptr (GBytes)         content = NULL;
  g_autoptr (GBytes)         certificate = NULL;
  PdProfile                 *profile = NULL;
  g_autoptr (PdNotification) notification = NULL;
  g_autofree char           *why = NULL;
  gboolean                   matches = FALSE;
  gboolean                   known;
  gsize                      length;
  const char                *text;

  if (profile_id != NULL && (profile = pd_ctl_context_find_profile (context, profile_id, &status)) == NULL)
    return status;
  content = pd_ctl_file_read (operands[0], MAX_FILE, &error);
  if (content == NULL)
    return pd_ctl_fail (error);
  text = g_bytes_get_data (content, &length);
  notification = pd_notification_new (text != NULL ? text : "", length);
  if (pd_notification_get_fault (notification) == PD_NOTIFICATION_FINE) {
    certificate = get_certificate (context, notification, &error);
    if (certificate != NULL)
      pd_notification_verify (notification, g_bytes_get_data (certificate, NULL), g_bytes_get_size (certificate));
    else if (error != NULL && certificate_file != NULL)
      return pd_ctl_fail (error);
    else if (error != NULL)
      pd_ctl_say ("paydeskctl: %s", error->message);
  }
  if (profile != NULL) {
    matches = g_strcmp0 (pd_notification_get_merchant_id (notification), pd_profile_get_text (profile, "seller-id")) == 0;
    pd_notification_match_merchant (notification, pd_profile_get_text (profile, "seller-id"));
  }
  why = pd_notification_dup_why (notification);
  known = why != NULL || certificate != NULL;
  if (json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    g_autoptr (JsonNode)    root = NULL;

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "valid");
    if (known)
      json_builder_add_boolean_value (builder, why == NULL);
    else
      json_builder_add_null_value (builder);
    pd_ctl_json_string (builder, "why", why);
    pd_ctl_json_string (builder, "type", pd_notification_get_kind (notification));
    pd_ctl_json_string (builder, "generation", pd_notification_get_generation (notification));
    pd_ctl_json_string (builder, "merchant_id", pd_notification_get_merchant_id (notification));
    pd_ctl_json_string (builder, "object_type", pd_notification_get_object_type (notification));
    pd_ctl_json_string (builder, "object_id", pd_notification_get_object_id (notification));
    json_builder_set_member_name (builder, "matches_profile");
    if (profile != NULL)
      json_builder_add_boolean_value (builder, matches);
    else
      json_builder_add_null_value (builder);
    json_builder_end_object (builder);
    root = json_builder_get_root (builder);
    pd_ctl_out_json (root);
  } else {
    print (notification, why, known);
  }
  return why != NULL ? PD_CTL_FAILED : known ? PD_CTL_DONE : PD_CTL_UNDONE;
}

const PdCtlVerb pd_ctl_notification = {
  .name = "notification", .operands = "FILE",
  .summary = N_("Judges a notification: its form, its signature, and whom it is for"),
  .options = options, .min_operands = 1, .max_operands = 1, .needs_store = TRUE, .run = run,
};
