/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-cause-view.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-check.h"
#include "pd-place-view.h"

/**
 * PdCauseView:
 *
 * One cause of an error as it concerns one shop: what it means, whether waiting helps, and the mend step by step, from the
 * checks that decide it over the pages to open to the fields to look at.
 */
struct _PdCauseView
{
  AdwBin         parent_instance;
  const PdCause *cause;
  PdProfile     *profile; /* NULL: no shop in particular */
  GtkBox        *box;
  guint          n_steps;
};

G_DEFINE_FINAL_TYPE (PdCauseView, pd_cause_view, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char        *text,
            const char        *style,
            GtkAccessibleRole  role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_text (PdCauseView *self,
          const char  *text)
{
  GtkWidget *label = make_label (text, NULL, GTK_ACCESSIBLE_ROLE_LABEL);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (self->box, label);
}

/* A fact in a few words, by an icon and the words. */
static void
add_fact (PdCauseView *self,
          const char  *icon,
          const char  *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = make_label (text, "pd-fact", GTK_ACCESSIBLE_ROLE_LABEL);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 2);
  gtk_box_append (GTK_BOX (box), image);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->box, box);
}

static void
add_step (PdCauseView *self,
          const char  *heading)
{
  g_autofree char *text = g_strdup_printf ("%u. %s", ++self->n_steps, heading);
  GtkWidget *label = make_label (text, "heading", GTK_ACCESSIBLE_ROLE_HEADING);

  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (self->box, label);
}

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static void
add_places (PdCauseView *self,
            GPtrArray   *places)
{
  GtkWidget *list;

  if (places->len == 0)
    return;
  add_step (self, _("Open"));
  list = make_list (_("Places to open"));
  for (guint i = 0; i < places->len; i++) {
    GtkWidget *row = gtk_list_box_row_new ();

    gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), pd_place_view_new_named (g_ptr_array_index (places, i)));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
    gtk_widget_set_focusable (row, FALSE);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  }
  gtk_box_append (self->box, list);
}

/* What the shop has there now; a secret's value is nobody's. */
static char *
describe_value (PdCauseView   *self,
                const PdField *field)
{
  const char *const *values;

  if (self->profile == NULL)
    return g_strdup (pd_field_get_help (field));
  if (pd_profile_is_empty (self->profile, field->id))
    return g_strdup (_("Empty"));
  if (pd_field_is_secret (field) && *pd_profile_get_text (self->profile, field->id) == '\0')
    return g_strdup (_("Stored"));
  if (field->kind == PD_FIELD_CHOICE)
    return g_strdup (pd_choice_get_label (field, pd_profile_get_text (self->profile, field->id)));
  values = pd_profile_get_list (self->profile, field->id);
  return g_strjoinv ("\n", (char **) values);
}

static GtkWidget *
make_field_row (PdCauseView   *self,
                const PdField *field)
{
  g_autofree char *value = describe_value (self, field);
  g_autofree char *name = g_strdup_printf (_("Go to Field %s"), pd_field_get_label (field));
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", pd_field_get_label (field), "subtitle", value,
                                 "subtitle-lines", 4, NULL);
  GtkWidget *button;

  if (self->profile == NULL)
    return row;
  button = gtk_button_new_with_label (_("Go to Field"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go-to-field");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", field->id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static void
add_fields (PdCauseView       *self,
            const char *const *field_ids)
{
  GtkWidget *list;

  if (field_ids[0] == NULL)
    return;
  add_step (self, self->profile != NULL ? _("Look at these fields of the shop") : _("Look at these fields"));
  list = make_list (_("Fields to look at"));
  for (; *field_ids != NULL; field_ids++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_field_row (self, pd_catalogue_lookup (*field_ids)));
  gtk_box_append (self->box, list);
}

/* Those that this Paydesk has and that make sense for the shop. (transfer full) */
static char **
list_checks (PdCauseView *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (self->cause->checks) && self->cause->checks[i] != NULL; i++) {
    const PdCheck *check = pd_check_lookup (self->cause->checks[i]);

    if (check != NULL && (self->profile == NULL || pd_check_suits (check, self->profile)))
      g_strv_builder_add (ids, self->cause->checks[i]);
  }
  return g_strv_builder_end (ids);
}

static void
add_checks (PdCauseView *self,
            gboolean     is_first)
{
  g_auto (GStrv) ids = list_checks (self);
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autofree char *text = NULL;
  GtkWidget *button;

  if (ids[0] == NULL)
    return;
  for (guint i = 0; ids[i] != NULL; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? _(", ") : "", pd_check_get_label (pd_check_lookup (ids[i])));
  add_step (self, _("See what the checks say"));
  text = self->profile != NULL ? g_strdup_printf (_("These can decide it: %s."), labels->str)
                               : g_strdup_printf (_("These can decide it, once the shop is chosen: %s."), labels->str);
  add_text (self, text);
  if (self->profile == NULL)
    return;
  button = gtk_button_new_with_mnemonic (_("_Run These Checks"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Run These Checks"), -1);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  if (is_first)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.run-only");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_strv ((const char *const *) ids, -1));
  gtk_box_append (self->box, button);
}

static void
pd_cause_view_dispose (GObject *object)
{
  g_clear_object (&PD_CAUSE_VIEW (object)->profile);
  G_OBJECT_CLASS (pd_cause_view_parent_class)->dispose (object);
}

static void
pd_cause_view_class_init (PdCauseViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_cause_view_dispose;
}

static void
pd_cause_view_init (PdCauseView *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * pd_cause_view_new:
 * @explanation: a cause, as it concerns @profile
 * @profile: (nullable): the shop
 * @is_first: whether it is the likeliest: its title is shown, and its main action stands out
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
pd_cause_view_new (PdExplanation *explanation,
                   PdProfile     *profile,
                   gboolean       is_first)
{
  PdCauseView *self = g_object_new (PD_TYPE_CAUSE_VIEW, NULL);
  const PdCause *cause = explanation->cause;
  g_autofree char *meaning = pd_explanation_dup_meaning (explanation);
  g_autofree char *origin = g_strdup_printf ("%s · %s", cause->id, pd_cause_get_where_label (cause));
  GtkWidget *caption = make_label (origin, "caption", GTK_ACCESSIBLE_ROLE_LABEL);

  self->cause = cause;
  g_set_object (&self->profile, profile);
  if (is_first)
    gtk_box_append (self->box, make_label (pd_cause_get_title (cause), "title-2", GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (self->box, caption);
  add_text (self, meaning);
  add_fact (self, "document-open-recent-symbolic", cause->waiting_helps ? _("Waiting helps.") : _("Waiting does not help."));
  if (explanation->confidence != PD_CONFIDENCE_CERTAIN)
    add_fact (self, "dialog-question-symbolic", _("Likely, not certain."));
  add_checks (self, is_first);
  add_places (self, explanation->places);
  add_step (self, _("Do this"));
  add_text (self, pd_cause_get_next_step (cause));
  add_fields (self, pd_explanation_get_fields (explanation));
  return GTK_WIDGET (self);
}

const PdCause *
pd_cause_view_get_cause (PdCauseView *self)
{
  return self->cause;
}
