/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-ctl-file.h"
#include "pd-ctl-verbs.h"
#include "pd-logo.h"

static char    *preview_file;
static gboolean json;

static const GOptionEntry options[] = {
  { "preview", 0, 0, G_OPTION_ARG_FILENAME, &preview_file, N_("Write what shoppers see, 150 × 50 pixels, as PNG"), N_("FILE") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

static const PdCtlStyle styles[] = {
  [PD_VERDICT_SKIPPED] = PD_CTL_DIM,
  [PD_VERDICT_PASSED] = PD_CTL_GOOD,
  [PD_VERDICT_WARNING] = PD_CTL_ODD,
  [PD_VERDICT_UNDETERMINED] = PD_CTL_UNSURE,
  [PD_VERDICT_FAILED] = PD_CTL_BAD,
};

static void
print_json (PdLogo *logo)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  gboolean                known = logo->facts.has_size;
  const struct {
    const char *name;
    gboolean    known;
    gint64      value;
  } numbers[] = {
    { "width", known, logo->facts.width },
    { "height", known, logo->facts.height },
    { "frames", known, logo->facts.frames },
    { "bytes", TRUE, (gint64) logo->bytes },
  };

  json_builder_begin_object (builder);
  pd_ctl_json_string (builder, "verdict", pd_verdict_to_id (logo->verdict));
  pd_ctl_json_string (builder, "type", pd_logo_type_to_id (logo->facts.type));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    json_builder_set_member_name (builder, numbers[i].name);
    if (numbers[i].known)
      json_builder_add_int_value (builder, numbers[i].value);
    else
      json_builder_add_null_value (builder);
  }
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < logo->findings->len; i++) {
    const PdLogoFinding *finding = g_ptr_array_index (logo->findings, i);

    json_builder_begin_object (builder);
    pd_ctl_json_string (builder, "rule", finding->rule);
    pd_ctl_json_string (builder, "verdict", pd_verdict_to_id (finding->verdict));
    pd_ctl_json_string (builder, "message", finding->message);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  pd_ctl_out_json (root);
}

static void
print (PdLogo *logo)
{
  guint width = 0;

  for (PdVerdict verdict = PD_VERDICT_SKIPPED; verdict <= PD_VERDICT_FAILED; verdict++)
    width = MAX (width, pd_ctl_get_width (pd_verdict_get_label (verdict)));
  for (guint i = 0; i < logo->findings->len; i++) {
    const PdLogoFinding *finding = g_ptr_array_index (logo->findings, i);
    const char          *label = pd_verdict_get_label (finding->verdict);

    pd_ctl_out_styled (styles[finding->verdict], label);
    pd_ctl_out ("%*s%s\n", (int) (width + 2 - pd_ctl_get_width (label)), "", finding->message);
  }
}

/* What was judged is told even where the picture cannot be written. */
static PdCtlStatus
write_preview (PdLogo *logo)
{
  g_autoptr (GError) error = NULL;

  if (logo->picture == NULL) {
    pd_ctl_say ("%s", _("The picture could not be opened, so there is no preview."));
    return PD_CTL_DONE;
  }
  return pd_ctl_file_write (preview_file, logo->picture->png, &error) ? PD_CTL_DONE : pd_ctl_fail (error);
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GBytes)       content = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PdLogo)       logo = NULL;
  gboolean                 to_output = g_strcmp0 (preview_file, "-") == 0;
  PdCtlStatus              status = PD_CTL_DONE;
  guint64                  bytes;

  if (to_output && json)
    return pd_ctl_usage (_("Standard output takes the document or the picture, not both."));
  content = pd_ctl_file_read_start (operands[0], PD_LOGO_MAX_BYTES, &bytes, &error);
  if (content == NULL)
    return pd_ctl_fail (error);
  pd_logo_inspect_async (content, bytes, pd_ctl_context_watch_interrupt (context), pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  logo = pd_logo_inspect_finish (result, &error);
  if (logo == NULL)
    return pd_ctl_fail (error);
  if (json)
    print_json (logo);
  else if (!to_output)
    print (logo);
  if (preview_file != NULL)
    status = write_preview (logo);
  if (logo->verdict == PD_VERDICT_FAILED)
    return PD_CTL_FAILED;
  return logo->verdict == PD_VERDICT_UNDETERMINED ? PD_CTL_UNDONE : status;
}

const PdCtlVerb pd_ctl_logo = {
  .name = "logo", .operands = "FILE", .summary = N_("Judges a logo by the rules, and writes what shoppers see of it"),
  .details = N_("The picture is opened by a program of its own, with limits to time and memory. “content” that is undetermined means that it "
                "could not be opened here; the other rules are judged all the same."),
  .options = options, .min_operands = 1, .max_operands = 1, .run = run,
};
