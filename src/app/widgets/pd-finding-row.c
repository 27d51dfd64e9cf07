/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-finding-row.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-check.h"
#include "pd-explain.h"
#include "pd-soon.h"
#include "pd-wrap.h"

/**
 * PdFindingRow:
 *
 * One answer of a run: the verdict as an icon and a word, what was found, and unfolded the next step, what is proven by
 * it, and the evidence.
 */
struct _PdFindingRow
{
  AdwExpanderRow  parent_instance;
  PdFinding      *finding;
  GtkBox         *details;
  GtkButton      *go; /* nullable */
  guint           go_source;
  GString        *text; /* what is shown, to be copied */
};

/* Pixels: in a narrower row, a button with words would leave little for what was found. */
#define NARROW 440

G_DEFINE_FINAL_TYPE (PdFindingRow, pd_finding_row, ADW_TYPE_EXPANDER_ROW)

static GtkWidget *
add_label (PdFindingRow *self,
           const char   *text,
           const char   *style)
{
  GtkWidget *label = pd_wrap_label_new (text, style);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (self->details, label);
  return label;
}

static void
add_part (PdFindingRow *self,
          const char   *heading,
          const char   *text)
{
  if (text == NULL || *text == '\0')
    return;
  gtk_label_set_selectable (GTK_LABEL (add_label (self, heading, "caption-heading")), FALSE);
  add_label (self, text, NULL);
  g_string_append_printf (self->text, "%s: %s\n", heading, text);
}

static void
add_line (GString    *text,
          const char *name,
          const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", name, value);
}

static char *
format_evidence (const PdEvidence *evidence)
{
  GString *text = g_string_new (NULL);
  g_autofree char *status = evidence->status > 0 ? g_strdup_printf ("%u", evidence->status) : NULL;
  g_autofree char *elapsed = evidence->elapsed_ms > 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT " ms", evidence->elapsed_ms) : NULL;
  g_autofree char *skew = evidence->has_clock_skew ? g_strdup_printf ("%'" G_GINT64_FORMAT " s", evidence->clock_skew_s) : NULL;
  g_autofree char *attempts = evidence->attempts > 1 ? g_strdup_printf ("%u", evidence->attempts) : NULL;
  g_autofree char *connection = pd_evidence_describe_connection (evidence);

  if (evidence->method != NULL || evidence->url != NULL)
    g_string_append_printf (text, "%s %s", evidence->method != NULL ? evidence->method : "",
                            evidence->url != NULL ? evidence->url : "");
  add_line (text, _("Status"), status);
  add_line (text, _("Reason code"), evidence->reason_code);
  add_line (text, _("Message"), evidence->message);
  add_line (text, _("Request ID"), evidence->request_id);
  add_line (text, _("Time taken"), elapsed);
  add_line (text, _("Clock difference"), skew);
  add_line (text, _("Attempts"), attempts);
  add_line (text, _("Answer"), evidence->body);
  if (connection != NULL)
    g_string_append_printf (text, "\n%s", connection);
  return g_string_free (text, FALSE);
}

static void
add_evidence (PdFindingRow     *self,
              const PdEvidence *evidence)
{
  g_autofree char *text = evidence != NULL ? format_evidence (evidence) : NULL;

  if (text == NULL || *text == '\0')
    return;
  gtk_label_set_selectable (GTK_LABEL (add_label (self, _("Evidence"), "caption-heading")), FALSE);
  gtk_label_set_wrap_mode (GTK_LABEL (add_label (self, text, "monospace")), PANGO_WRAP_CHAR);
  g_string_append_printf (self->text, "%s:\n%s\n", _("Evidence"), text);
}

static void
on_copy_clicked (PdFindingRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text->str);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("Finding copied"));
}

static void
add_copy (PdFindingRow *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Copy Finding"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy Finding"), -1);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_add_css_class (button, "pd-small");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_copy_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->details, button);
}

static gboolean
is_amazons_answer (const PdEvidence *evidence)
{
  return evidence != NULL && evidence->status != 0 && evidence->connection == NULL;
}

/* Of several values of one check each row says which it is about. */
static char *
describe (PdFinding *finding)
{
  const char *value = pd_finding_get_value (finding);

  return value != NULL ? g_strconcat (value, "\n", pd_finding_get_summary (finding), NULL) : g_strdup (pd_finding_get_summary (finding));
}

/* The words, or an arrow in their place; the name stays. */
static void
show_go (PdFindingRow *self,
         gboolean      narrow)
{
  const char *name = gtk_widget_get_tooltip_text (GTK_WIDGET (self->go));

  if (narrow)
    gtk_button_set_icon_name (self->go, "go-next-symbolic");
  else
    gtk_button_set_label (self->go, _("Go to Field"));
  /* Newer GTK names a button by its label even when that has gone. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->go), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->go), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
is_go_alike (PdFindingRow *self,
             int           width)
{
  return (gtk_button_get_icon_name (self->go) != NULL) == (width < NARROW);
}

static void
fit_go (gpointer data)
{
  PdFindingRow *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (!is_go_alike (self, width))
    show_go (self, width < NARROW);
}

static void
add_go_to_field (PdFindingRow *self)
{
  const char *const *fields = pd_finding_get_fields (self->finding);
  const PdField *field = fields != NULL && fields[0] != NULL ? pd_catalogue_lookup (fields[0]) : NULL;
  PdVerdict verdict = pd_finding_get_verdict (self->finding);
  g_autofree char *label = NULL;
  GtkWidget *button;

  if (field == NULL || verdict == PD_VERDICT_PASSED)
    return;
  label = g_strdup_printf (_("Go to Field %s"), pd_field_get_label (field));
  button = gtk_button_new_with_label (_("Go to Field"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "shop.go-to-field");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", field->id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), button);
  self->go = GTK_BUTTON (button);
}

/* What is known of its cause: the meaning, whether waiting helps, and the mend step by step. */
static void
add_explain (PdFindingRow *self,
             const char   *title)
{
  const PdCause *cause = pd_explain_find_finding (self->finding);
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  GtkWidget *button;

  if (cause == NULL)
    return;
  text = pd_explain_dup_finding (self->finding);
  label = g_strdup_printf (_("Explain %s"), title);
  button = gtk_button_new_with_label (_("Explain"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.explain-cause");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", cause->id, text);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (self->details, button);
}

static GtkSizeRequestMode
pd_finding_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pd_finding_row_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  gtk_widget_measure (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
pd_finding_row_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  PdFindingRow *self = PD_FINDING_ROW (widget);

  gtk_widget_size_allocate (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), &(GtkAllocation) { 0, 0, width, height }, -1);
  /* No size may change while sizes are given out. */
  if (self->go != NULL && !is_go_alike (self, width))
    pd_soon (&self->go_source, fit_go, self);
}

static void
pd_finding_row_dispose (GObject *object)
{
  PdFindingRow *self = PD_FINDING_ROW (object);

  g_clear_handle_id (&self->go_source, g_source_remove);
  self->go = NULL;
  g_clear_object (&self->finding);
  G_OBJECT_CLASS (pd_finding_row_parent_class)->dispose (object);
}

static void
pd_finding_row_finalize (GObject *object)
{
  g_string_free (PD_FINDING_ROW (object)->text, TRUE);
  G_OBJECT_CLASS (pd_finding_row_parent_class)->finalize (object);
}

static void
pd_finding_row_class_init (PdFindingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_finding_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_finding_row_finalize;
  GTK_WIDGET_CLASS (klass)->get_request_mode = pd_finding_row_get_request_mode;
  GTK_WIDGET_CLASS (klass)->measure = pd_finding_row_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = pd_finding_row_size_allocate;
}

static void
pd_finding_row_init (PdFindingRow *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  /* Its own, to learn how wide it is. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->text = g_string_new (NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->details = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->details), "pd-details");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (self->details));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Details"), -1);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/**
 * pd_finding_row_new:
 * @finding: a finding
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_finding_row_new (PdFinding *finding)
{
  PdVerdict verdict = pd_finding_get_verdict (finding);
  const PdCheck *check = pd_check_lookup (pd_finding_get_check (finding));
  g_autofree char *title = g_strdup_printf ("%s: %s", check != NULL ? pd_check_get_label (check) : pd_finding_get_check (finding),
                                            pd_verdict_get_label (verdict));
  PdFindingRow *self = g_object_new (PD_TYPE_FINDING_ROW, "title", title, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (pd_verdict_get_icon (verdict));
  const char *const *where = pd_finding_get_where (finding);
  g_autofree char *subtitle = describe (finding);
  g_autofree char *path = where != NULL && where[0] != NULL ? g_strjoinv (" › ", (char **) where) : NULL;

  self->finding = g_object_ref (finding);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (icon, "pd-verdict");
  gtk_widget_add_css_class (icon, pd_verdict_to_id (verdict));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, pd_verdict_get_label (verdict), -1);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  add_go_to_field (self);

  g_string_append_printf (self->text, "%s\n%s\n", title, pd_finding_get_summary (finding));
  add_part (self, _("Value"), pd_finding_get_value (finding));
  add_part (self, _("Next Step"), pd_finding_get_next_step (finding));
  add_part (self, _("Where"), path);
  add_explain (self, title);
  if (check != NULL)
    add_part (self, _("Question"), pd_check_get_question (check));
  add_part (self, _("Proves"), pd_finding_get_proves (finding));
  add_part (self, _("Does Not Prove"), pd_finding_get_does_not_prove (finding));
  if (verdict == PD_VERDICT_FAILED && pd_finding_get_confidence (finding) != PD_CONFIDENCE_CERTAIN)
    add_part (self, _("How Sure"), is_amazons_answer (pd_finding_get_evidence (finding))
                                   ? _("Likely, not certain: Amazon does not document this answer.")
                                   : _("Likely, not certain: it is judged by what this computer sees."));
  add_evidence (self, pd_finding_get_evidence (finding));
  add_copy (self);
  return GTK_WIDGET (self);
}

PdFinding *
pd_finding_row_get_finding (PdFindingRow *self)
{
  return self->finding;
}
