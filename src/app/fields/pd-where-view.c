/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-where-view.h"

#include <glib/gi18n.h>

#include "pd-place-view.h"
#include "pd-time.h"
#include "pd-wrap.h"

/**
 * PdWhereView:
 *
 * Where a field's value is found and where it is entered, with the paths of the shop's own mode, each with a copy button
 * and one that opens its page; and the mark that it has been entered over there.
 */
struct _PdWhereView
{
  AdwBin          parent_instance;
  PdShop         *shop;
  const PdField  *field;
  GtkBox         *box;
  GtkCheckButton *entered;
  GtkLabel       *entered_when;
  gboolean        updating;
};

G_DEFINE_FINAL_TYPE (PdWhereView, pd_where_view, ADW_TYPE_BIN)

static GtkWidget *
add_label (PdWhereView *self,
           const char  *text,
           const char  *style)
{
  GtkWidget *label = pd_wrap_label_new (text, style);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_box_append (self->box, label);
  return label;
}

static void
add_name (PdWhereView *self,
          const char  *place,
          const char  *name)
{
  g_autofree char *text = NULL;

  if (name == NULL)
    return;
  /* Translators: a site, and what the field is called there. */
  text = g_strdup_printf (_("In %s: %s"), place, name);
  add_label (self, text, "caption");
}

static void
add_places (PdWhereView *self,
            const char  *heading,
            GPtrArray   *places)
{
  if (places->len == 0)
    return;
  add_label (self, heading, "heading");
  for (guint i = 0; i < places->len; i++)
    gtk_box_append (self->box, pd_place_view_new (g_ptr_array_index (places, i)));
}

static void
refresh_mark (PdWhereView *self)
{
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  PdProfile *profile = pd_shop_get_profile (self->shop);
  PdMark mark = pd_profile_get_mark (profile, self->field->id, &when);

  self->updating = TRUE;
  gtk_check_button_set_active (self->entered, mark == PD_MARK_ENTERED);
  self->updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->entered), !pd_profile_is_empty (profile, self->field->id));
  date = when != NULL ? pd_time_describe_day (when) : g_strdup ("");
  text = mark == PD_MARK_NONE ? g_strdup ("")
         : g_strdup_printf (mark == PD_MARK_ENTERED ? _("Entered on %s") : _("Changed after it was entered on %s"), date);
  gtk_label_set_label (self->entered_when, text);
  gtk_widget_set_visible (GTK_WIDGET (self->entered_when), mark != PD_MARK_NONE);
}

static void
on_entered_toggled (PdWhereView *self)
{
  if (!self->updating)
    pd_profile_set_mark (pd_shop_get_profile (self->shop), self->field->id, gtk_check_button_get_active (self->entered));
}

static void
add_mark (PdWhereView *self)
{
  g_autofree char *detail = g_strconcat ("changed::", self->field->id, NULL);

  self->entered = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (
    self->field->direction == PD_DIRECTION_AMAZON_TO_SHOP ? _("_Entered in the shop’s admin") : _("_Entered in Seller Central")));
  gtk_widget_set_margin_top (GTK_WIDGET (self->entered), 6);
  gtk_box_append (self->box, GTK_WIDGET (self->entered));
  self->entered_when = GTK_LABEL (add_label (self, "", "caption"));
  g_signal_connect_object (self->entered, "toggled", G_CALLBACK (on_entered_toggled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (self->shop), detail, G_CALLBACK (refresh_mark), self, G_CONNECT_SWAPPED);
  refresh_mark (self);
}

static void
pd_where_view_dispose (GObject *object)
{
  g_clear_object (&PD_WHERE_VIEW (object)->shop);
  G_OBJECT_CLASS (pd_where_view_parent_class)->dispose (object);
}

static void
pd_where_view_class_init (PdWhereViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_where_view_dispose;
}

static void
pd_where_view_init (PdWhereView *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "pd-where");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * pd_where_view_new:
 * @shop: an open shop
 * @field: one of its fields
 *
 * Returns: (transfer floating): the view, as the shop's mode and generation are now
 */
GtkWidget *
pd_where_view_new (PdShop        *shop,
                   const PdField *field)
{
  PdWhereView *self = g_object_new (PD_TYPE_WHERE_VIEW, NULL);
  PdProfile *profile = pd_shop_get_profile (shop);
  PdMode mode = pd_profile_get_mode (profile);
  PdGeneration generation = pd_profile_get_generation (profile);
  g_autoptr (GPtrArray) found = pd_field_get_found (field, mode, generation);
  g_autoptr (GPtrArray) entered = pd_field_get_entered (field, mode, generation);

  self->shop = g_object_ref (shop);
  self->field = field;
  add_label (self, pd_field_get_label (field), "title-4");
  add_label (self, pd_field_get_help (field), NULL);
  add_name (self, _("Seller Central"), field->seller_central_name);
  add_name (self, "futureshop", field->futureshop_name);
  add_places (self, _("Where It Is Found"), found);
  add_places (self, _("Where It Goes"), entered);
  if (field->direction != PD_DIRECTION_NONE)
    add_mark (self);
  return GTK_WIDGET (self);
}
