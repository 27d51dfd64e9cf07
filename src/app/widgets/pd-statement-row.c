/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-statement-row.h"

#include <glib/gi18n.h>

#include "pd-boxed-list.h"
#include "pd-column-layout.h"
#include "pd-pass-on.h"
#include "pd-place-view.h"
#include "pd-wrap.h"

/**
 * PdStatementRow:
 *
 * A row that says something: a verdict where there is one, a sentence, more about it, the places that it speaks of, and a button for
 * what follows from it.
 */
struct _PdStatementRow
{
  GtkListBoxRow  parent_instance;
  GtkBox        *line;
  GtkBox        *texts;
  GtkWidget     *icon;
  gboolean       is_long; /* more than its title */
  char          *title;
};

G_DEFINE_FINAL_TYPE (PdStatementRow, pd_statement_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
add_label (PdStatementRow *self,
           const char     *text)
{
  GtkWidget *label = pd_wrap_label_new (text, NULL);

  gtk_box_append (self->texts, label);
  return label;
}

static void
pd_statement_row_finalize (GObject *object)
{
  g_free (PD_STATEMENT_ROW (object)->title);
  G_OBJECT_CLASS (pd_statement_row_parent_class)->finalize (object);
}

static void
pd_statement_row_class_init (PdStatementRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_statement_row_finalize;
  GTK_WIDGET_CLASS (klass)->focus = pd_pass_on_focus;
}

static void
pd_statement_row_init (PdStatementRow *self)
{
  self->line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  self->texts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  pd_column_layout_use (self->texts);
  gtk_widget_set_hexpand (GTK_WIDGET (self->texts), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->texts), GTK_ALIGN_CENTER);
  gtk_box_append (self->line, GTK_WIDGET (self->texts));
  gtk_widget_add_css_class (GTK_WIDGET (self->line), "pd-statement");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->line));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * pd_statement_row_new:
 * @title: what is said; no markup
 * @detail: (nullable): more about it; no markup
 *
 * Returns: (transfer floating): the row
 */
PdStatementRow *
pd_statement_row_new (const char *title,
                      const char *detail)
{
  PdStatementRow *self = g_object_new (PD_TYPE_STATEMENT_ROW, NULL);

  self->title = g_strdup (title);
  add_label (self, title);
  if (detail != NULL) {
    GtkWidget *label = add_label (self, detail);

    self->is_long = TRUE;
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "dim-label");
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return self;
}

/**
 * pd_statement_row_set_verdict:
 * @self: a row
 * @verdict: what the row's icon says, in its shape and colour, and in words to a screen reader
 */
void
pd_statement_row_set_verdict (PdStatementRow *self,
                              PdVerdict       verdict)
{
  g_autofree char *label = g_strdup_printf ("%s: %s", pd_verdict_get_label (verdict), self->title);

  g_return_if_fail (self->icon == NULL);
  self->icon = gtk_image_new_from_icon_name (pd_verdict_get_icon (verdict));
  gtk_widget_set_valign (self->icon, self->is_long ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->icon, self->is_long ? 2 : 0);
  gtk_widget_add_css_class (self->icon, "pd-verdict");
  gtk_widget_add_css_class (self->icon, pd_verdict_to_id (verdict));
  gtk_widget_set_tooltip_text (self->icon, pd_verdict_get_label (verdict));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, pd_verdict_get_label (verdict), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_prepend (self->line, self->icon);
}

/**
 * pd_statement_row_add_places:
 * @self: a row
 * @places: (nullable): a list that ends with a row without a path
 * @profile: the shop, whose mode and generation choose among them
 */
void
pd_statement_row_add_places (PdStatementRow *self,
                             const PdPlace  *places,
                             PdProfile      *profile)
{
  for (const PdPlace *place = places; place != NULL && place->path != NULL; place++) {
    GtkWidget *view;

    if (!pd_place_applies (place, pd_profile_get_mode (profile), pd_profile_get_generation (profile)))
      continue;
    view = pd_place_view_new (place);
    gtk_widget_set_margin_top (view, 3);
    gtk_box_append (self->texts, view);
    self->is_long = TRUE;
  }
}

/* Returns: (transfer none): a button at the row's end: beside its title, or below more text, where it takes no width away */
GtkWidget *
pd_statement_row_add_button (PdStatementRow *self,
                             const char     *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (self->is_long) {
    gtk_widget_set_halign (button, GTK_ALIGN_END);
    gtk_widget_set_margin_top (button, 6);
  }
  gtk_box_append (self->is_long ? self->texts : self->line, button);
  return button;
}

/* A button that goes where the field is. */
void
pd_statement_row_add_field_button (PdStatementRow *self,
                                   const PdField  *field)
{
  g_autofree char *label = g_strdup_printf (_("Go to Field %s"), pd_field_get_label (field));
  GtkWidget *button = pd_statement_row_add_button (self, _("Go to Field"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", field->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "shop.go-to-field");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * pd_statement_list_new:
 * @title: the heading; no markup
 * @description: (nullable): below the heading; no markup
 * @list: (out) (transfer none): where the rows go
 *
 * Returns: (transfer floating): a group with an empty boxed list
 */
GtkWidget *
pd_statement_list_new (const char  *title,
                       const char  *description,
                       GtkListBox **list)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *heading = g_markup_escape_text (title, -1);
  g_autofree char *text = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  *list = GTK_LIST_BOX (pd_boxed_list_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (*list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), heading);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
  pd_wrap_labels (group);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (*list));
  return group;
}
