/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "pd-catalogue.h"
#include "pd-check.h"
#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-explain.h"

#define INDENT 2

static char    *profile_id;
static gboolean json;

static const GOptionEntry options[] = {
  { "profile", 0, 0, G_OPTION_ARG_STRING, &profile_id, N_("The shop that it happened in"), N_("PROFILE") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

/* Up to the limit: what follows is left unread, however much that is. */
static gboolean
read_text (char      text[PD_EXPLAIN_MAX_BYTES + 1],
           gsize    *length,
           gboolean *is_cut)
{
  gsize  n = 0;
  gssize more;

  while (n <= PD_EXPLAIN_MAX_BYTES) {
    more = read (STDIN_FILENO, text + n, PD_EXPLAIN_MAX_BYTES + 1 - n);
    if (more < 0 && errno == EINTR)
      continue;
    if (more < 0) {
      pd_ctl_say (_("Standard input cannot be read: %s."), g_strerror (errno));
      return FALSE;
    }
    if (more == 0)
      break;
    n += (gsize) more;
  }
  *is_cut = n > PD_EXPLAIN_MAX_BYTES;
  *length = MIN (n, PD_EXPLAIN_MAX_BYTES);
  return TRUE;
}

static void
print_json (GPtrArray *found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_object (builder);
  pd_ctl_json_boolean (builder, "recognised", found->len > 0);
  json_builder_set_member_name (builder, "causes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < found->len; i++) {
    PdExplanation   *explanation = g_ptr_array_index (found, i);
    g_autofree char *meaning = pd_explanation_dup_meaning (explanation);
    g_auto (GStrv)   where = pd_explanation_dup_where (explanation);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "id", explanation->cause->id);
    pd_ctl_json_string (builder, "title", pd_cause_get_title (explanation->cause));
    pd_ctl_json_string (builder, "confidence", pd_confidence_to_id (explanation->confidence));
    pd_ctl_json_boolean (builder, "is_outage", explanation->cause->is_outage);
    pd_ctl_json_strings (builder, "fields", pd_explanation_get_fields (explanation));
    pd_ctl_json_string (builder, "meaning", meaning);
    pd_ctl_json_string (builder, "next_step", pd_cause_get_next_step (explanation->cause));
    pd_ctl_json_strings (builder, "where", (const char *const *) where);
    pd_ctl_json_boolean (builder, "waiting_helps", explanation->cause->waiting_helps);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  pd_ctl_out_json (root);
}

static void
print_fields (PdExplanation *explanation)
{
  const char *const  *fields = pd_explanation_get_fields (explanation);
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autofree char    *line = NULL;

  for (guint i = 0; fields[i] != NULL; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? _(", ") : "", pd_field_get_label (pd_catalogue_lookup (fields[i])));
  if (labels->len == 0)
    return;
  line = g_strdup_printf (_("Look at: %s"), labels->str);
  pd_ctl_out_wrapped (line, INDENT);
}

/* In a mode with two admins both paths are there, and each is said to be which. */
static void
print_places (PdExplanation *explanation)
{
  for (guint i = 0; i < explanation->places->len; i++) {
    const PdPlace   *place = g_ptr_array_index (explanation->places, i);
    g_auto (GStrv)   steps = pd_place_split (place);
    g_autofree char *path = g_strjoinv (" > ", steps);
    g_autofree char *line = NULL;

    if (place->site == PD_SITE_COMMON)
      line = g_strdup_printf (_("Seller Central: %s"), path);
    else
      line = g_strdup_printf ("futureshop (%s): %s", pd_site_get_label (place->site), path);
    pd_ctl_out_wrapped (line, INDENT);
  }
}

/* Only those that this Paydesk has. */
static void
print_checks (const PdCause *cause,
              PdProfile     *profile)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cause->checks) && cause->checks[i] != NULL; i++) {
    if (pd_check_lookup (cause->checks[i]) != NULL)
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", cause->checks[i]);
  }
  if (ids->len > 0)
    pd_ctl_out ("%*s%s paydeskctl check %s --only %s\n", INDENT, "", _("To decide:"),
                profile != NULL ? pd_profile_get_id (profile) : _("PROFILE"), ids->str);
}

static void
print (GPtrArray *found,
       PdProfile *profile)
{
  if (found->len == 0)
    pd_ctl_out_wrapped (pd_explain_get_unknown (), 0);
  for (guint i = 0; i < found->len; i++) {
    PdExplanation   *explanation = g_ptr_array_index (found, i);
    const PdCause   *cause = explanation->cause;
    g_autofree char *meaning = pd_explanation_dup_meaning (explanation);
    g_autofree char *title = NULL;

    if (i > 0)
      pd_ctl_out ("\n");
    title = explanation->confidence == PD_CONFIDENCE_CERTAIN ? g_strdup (pd_cause_get_title (cause))
                                                             : g_strdup_printf (_("%s (likely)"), pd_cause_get_title (cause));
    pd_ctl_out ("%s  ", cause->id);
    pd_ctl_out_styled (PD_CTL_BOLD, title);
    pd_ctl_out ("\n");
    pd_ctl_out_wrapped (meaning, INDENT);
    pd_ctl_out_wrapped (cause->waiting_helps ? _("Waiting helps.") : _("Waiting does not help."), INDENT);
    pd_ctl_out_wrapped (pd_cause_get_next_step (cause), INDENT);
    print_fields (explanation);
    print_places (explanation);
    print_checks (cause, profile);
  }
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus           status = PD_CTL_DONE;
  PdProfile            *profile = NULL;
  g_autofree char      *text = g_malloc (PD_EXPLAIN_MAX_BYTES + 1);
  g_autoptr (GPtrArray) found = NULL;
  gboolean              is_cut;
  gsize                 length;

  /* Without a shop it works whatever state the shops are in. */
  if (profile_id != NULL && ((status = pd_ctl_context_open (context)) != PD_CTL_DONE ||
                             (profile = pd_ctl_context_find_profile (context, profile_id, &status)) == NULL))
    return status;
  if (pd_ctl_can_ask ())
    pd_ctl_say ("%s", _("Paste the text, then press Ctrl+D on a line of its own."));
  if (!read_text (text, &length, &is_cut))
    return PD_CTL_UNDONE;
  if (is_cut)
    pd_ctl_say (_("Only the first %u KiB were looked at."), PD_EXPLAIN_MAX_BYTES / 1024);
  found = pd_explain (text, (gssize) length, profile);
  if (json)
    print_json (found);
  else
    print (found, profile);
  return found->len > 0 ? PD_CTL_DONE : PD_CTL_UNDONE;
}

const PdCtlVerb pd_ctl_explain = {
  .name = "explain", .operands = "",
  .summary = N_("Says what an error text, a log line or an answer on standard input means"),
  .options = options, .min_operands = 0, .max_operands = 0, .needs_store = FALSE, .run = run,
};
