/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-marks-button.h"

#include "pd-time.h"

#include <glib/gi18n.h>

/**
 * PdMarksButton:
 *
 * How many of a group's values have been entered over there, and behind it a check box for each. Not there while the group is empty.
 */
struct _PdMarksButton
{
  AdwBin         parent_instance;
  PdShop        *shop;
  GPtrArray     *fields; /* of PdField, those that are entered over there */
  GtkMenuButton *button;
  guint          refresh_source;
};

G_DEFINE_FINAL_TYPE (PdMarksButton, pd_marks_button, ADW_TYPE_BIN)

static PdMark
get_mark (PdMarksButton *self,
          guint          i,
          GDateTime    **when)
{
  const PdField *field = g_ptr_array_index (self->fields, i);

  return pd_profile_get_mark (pd_shop_get_profile (self->shop), field->id, when);
}

static gboolean
is_empty (PdMarksButton *self,
          guint          i)
{
  const PdField *field = g_ptr_array_index (self->fields, i);

  return pd_profile_is_empty (pd_shop_get_profile (self->shop), field->id);
}

static void
refresh (PdMarksButton *self)
{
  g_autofree char *label = NULL;
  guint n_filled = 0, n_entered = 0, n_stale = 0;

  for (guint i = 0; i < self->fields->len; i++) {
    if (is_empty (self, i))
      continue;
    n_filled++;
    n_entered += get_mark (self, i, NULL) == PD_MARK_ENTERED;
    n_stale += get_mark (self, i, NULL) == PD_MARK_STALE;
  }
  /* Translators: of the second number of values, the first have been entered on the other side. */
  label = g_strdup_printf (_("%u of %u Entered"), n_entered, n_filled);
  gtk_menu_button_set_label (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), n_filled > 0);
  if (n_stale > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "warning");
}

static gboolean
refresh_now (gpointer user_data)
{
  PdMarksButton *self = user_data;

  self->refresh_source = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (PdMarksButton *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add (refresh_now, self);
}

static void
on_toggled (GtkCheckButton *check,
            PdMarksButton  *self)
{
  const char *field_id = g_object_get_data (G_OBJECT (check), "field");

  pd_profile_set_mark (pd_shop_get_profile (self->shop), field_id, gtk_check_button_get_active (check));
}

static void
on_all (GtkButton     *all,
        PdMarksButton *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);

  pd_profile_begin_step (profile);
  for (guint i = 0; i < self->fields->len; i++) {
    if (!is_empty (self, i))
      pd_profile_set_mark (profile, ((const PdField *) g_ptr_array_index (self->fields, i))->id, TRUE);
  }
  pd_profile_end_step (profile);
  gtk_menu_button_popdown (self->button);
}

static void
add_check (PdMarksButton *self,
           GtkBox        *box,
           guint          i)
{
  const PdField *field = g_ptr_array_index (self->fields, i);
  g_autoptr (GDateTime) when = NULL;
  PdMark mark = get_mark (self, i, &when);
  g_autofree char *date = when != NULL ? pd_time_describe_day (when) : NULL;
  GtkWidget *check = gtk_check_button_new_with_label (pd_field_get_label (field));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), mark == PD_MARK_ENTERED);
  g_object_set_data (G_OBJECT (check), "field", (gpointer) field->id);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, 0);
  gtk_box_append (box, check);
  if (date != NULL) {
    g_autofree char *text = g_strdup_printf (mark == PD_MARK_STALE ? _("Changed after it was entered on %s") : _("Entered on %s"), date);
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_widget_set_margin_start (label, 26);
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, mark == PD_MARK_STALE ? "warning" : "dim-label");
    gtk_box_append (box, label);
  }
}

static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  PdMarksButton *self = user_data;
  const PdField *first = g_ptr_array_index (self->fields, 0);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (first->direction == PD_DIRECTION_AMAZON_TO_SHOP ? _("Entered in the Shop’s Admin")
                                                                                      : _("Entered in Seller Central"));
  GtkWidget *all = gtk_button_new_with_mnemonic (_("Mark _All"));

  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_box_append (GTK_BOX (box), heading);
  for (guint i = 0; i < self->fields->len; i++) {
    if (!is_empty (self, i))
      add_check (self, GTK_BOX (box), i);
  }
  g_signal_connect_object (all, "clicked", G_CALLBACK (on_all), self, 0);
  gtk_widget_set_margin_top (all, 6);
  gtk_box_append (GTK_BOX (box), all);
  gtk_widget_add_css_class (box, "pd-where");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

static void
pd_marks_button_dispose (GObject *object)
{
  PdMarksButton *self = PD_MARKS_BUTTON (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_marks_button_parent_class)->dispose (object);
}

static void
pd_marks_button_finalize (GObject *object)
{
  g_ptr_array_unref (PD_MARKS_BUTTON (object)->fields);
  G_OBJECT_CLASS (pd_marks_button_parent_class)->finalize (object);
}

static void
pd_marks_button_class_init (PdMarksButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_marks_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_marks_button_finalize;
}

static void
pd_marks_button_init (PdMarksButton *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("What Has Been Entered over There"));
  gtk_menu_button_set_create_popup_func (self->button, make_popover, self, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/**
 * pd_marks_button_new:
 * @shop: an open shop
 * @fields: (element-type PdField): fields that are entered on the other side, one at least
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
pd_marks_button_new (PdShop    *shop,
                     GPtrArray *fields)
{
  PdMarksButton *self = g_object_new (PD_TYPE_MARKS_BUTTON, NULL);

  g_return_val_if_fail (fields->len > 0, NULL);

  self->shop = g_object_ref (shop);
  self->fields = g_ptr_array_ref (fields);
  refresh (self);
  g_signal_connect_object (pd_shop_get_profile (shop), "changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
