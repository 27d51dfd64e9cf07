/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-choice-row.h"

#include "pd-column-layout.h"
#include "pd-field-tools.h"
#include "pd-field-widget.h"
#include "pd-note-row.h"

/**
 * PdChoiceRow:
 *
 * A field whose value is one of few.
 */
struct _PdChoiceRow
{
  AdwComboRow    parent_instance;
  PdShop        *shop;
  const PdField *field;
  PdNoteRow     *note;
  gboolean       updating;
};

static const PdField *
pd_choice_row_get_field (PdFieldWidget *widget)
{
  return PD_CHOICE_ROW (widget)->field;
}

static GtkWidget *
pd_choice_row_get_note (PdFieldWidget *widget)
{
  return GTK_WIDGET (PD_CHOICE_ROW (widget)->note);
}

static void
pd_choice_row_iface_init (PdFieldWidgetInterface *iface)
{
  iface->get_field = pd_choice_row_get_field;
  iface->get_note = pd_choice_row_get_note;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdChoiceRow, pd_choice_row, ADW_TYPE_COMBO_ROW,
                               G_IMPLEMENT_INTERFACE (PD_TYPE_FIELD_WIDGET, pd_choice_row_iface_init))

/* The list inside the row that shows the choice leaves its one item without a name. */
static void
name_items (PdChoiceRow *self,
            GtkWidget   *widget)
{
  const char *value = pd_profile_get_text (pd_shop_get_profile (self->shop), self->field->id);

  if (widget != GTK_WIDGET (self) && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_LIST_ITEM)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    pd_choice_get_label (self->field, value), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (!GTK_IS_POPOVER (child))
      name_items (self, child);
  }
}

static void
show_value (PdChoiceRow *self)
{
  const char *value = pd_profile_get_text (pd_shop_get_profile (self->shop), self->field->id);

  for (guint i = 0; self->field->choices[i] != NULL; i++) {
    if (!g_str_equal (self->field->choices[i], value))
      continue;
    self->updating = TRUE;
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
    self->updating = FALSE;
  }
  name_items (self, GTK_WIDGET (self));
}

static void
on_selected (PdChoiceRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (!self->updating && selected != GTK_INVALID_LIST_POSITION)
    pd_profile_set_text (pd_shop_get_profile (self->shop), self->field->id, self->field->choices[selected], NULL);
}

static void
pd_choice_row_dispose (GObject *object)
{
  g_clear_object (&PD_CHOICE_ROW (object)->note);
  g_clear_object (&PD_CHOICE_ROW (object)->shop);
  G_OBJECT_CLASS (pd_choice_row_parent_class)->dispose (object);
}

static void
pd_choice_row_class_init (PdChoiceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_choice_row_dispose;
}

static void
pd_choice_row_init (PdChoiceRow *self)
{
  self->note = pd_note_row_new (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * pd_choice_row_new:
 * @shop: an open shop
 * @field: a field with choices
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_choice_row_new (PdShop        *shop,
                   const PdField *field)
{
  g_autofree char *title = pd_field_widget_make_title (field);
  g_autofree char *detail = g_strconcat ("changed::", field->id, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  PdChoiceRow *self = g_object_new (PD_TYPE_CHOICE_ROW, "title", title, NULL);

  self->shop = g_object_ref (shop);
  self->field = field;
  for (guint i = 0; field->choices[i] != NULL; i++)
    gtk_string_list_append (labels, pd_choice_get_label (field, field->choices[i]));
  /* Beside the title there is no room for the choice on a phone; the help has its own row. Before there is anything to choose:
   * newer libadwaita writes the subtitle only when the choice changes. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self), TRUE);
  self->updating = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  self->updating = FALSE;
  show_value (self);
  if (field->found != NULL || field->entered != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (self), pd_field_tools_new (shop, field));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  pd_field_widget_show_whole_title (ADW_PREFERENCES_ROW (self));
  pd_column_layout_apply (GTK_WIDGET (self));
  pd_note_row_begin (self->note);
  pd_note_row_add (self->note, PD_SEVERITY_HINT, pd_field_get_help (field), NULL, NULL, NULL);
  pd_note_row_end (self->note);
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (show_value), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
