/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-notification-paths.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-place-view.h"
#include "pd-wrap.h"

/**
 * PdNotificationPaths:
 *
 * The way of the notification URL: where the shop's own mode shows it (N10; both admins while Commerce Creator is
 * enabled), and where in Seller Central it goes, for production and the sandbox apart (S093–S095, F60).
 */
struct _PdNotificationPaths
{
  AdwBin      parent_instance;
  PdShop     *shop;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PdNotificationPaths, pd_notification_paths, ADW_TYPE_BIN)

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *style)
{
  GtkWidget *label = pd_wrap_label_new (text, style);

  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_step (PdNotificationPaths *self,
          const char          *title,
          const char          *text,
          GPtrArray           *places)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_label (box, title, "heading");
  add_label (box, text, NULL);
  for (guint i = 0; i < places->len; i++)
    gtk_box_append (GTK_BOX (box), pd_place_view_new (g_ptr_array_index (places, i)));
  gtk_widget_add_css_class (box, "pd-details");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->list, row);
}

static void
rebuild (PdNotificationPaths *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  PdMode mode = pd_profile_get_mode (profile);
  PdGeneration generation = pd_profile_get_generation (profile);
  const PdField *field = pd_catalogue_lookup ("notification-url");
  g_autoptr (GPtrArray) found = pd_field_get_found (field, mode, generation);
  g_autoptr (GPtrArray) entered = pd_field_get_entered (field, mode, generation);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  add_step (self, _("1. Copy It from futureshop"),
            found->len > 1 ? _("There it is called “販売事業者様サイトURL”. Both admins show it.")
                           : _("There it is called “販売事業者様サイトURL”."),
            found);
  add_step (self, _("2. Enter It in Seller Central"),
            _("Choose the production view (本番環境) first: production and the sandbox each keep a URL of their own, and one that "
              "stands in the sandbox view only brings no notification of a real order."),
            entered);
}

static void
pd_notification_paths_dispose (GObject *object)
{
  g_clear_object (&PD_NOTIFICATION_PATHS (object)->shop);
  G_OBJECT_CLASS (pd_notification_paths_parent_class)->dispose (object);
}

static void
pd_notification_paths_class_init (PdNotificationPathsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_notification_paths_dispose;
}

static void
pd_notification_paths_init (PdNotificationPaths *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("From futureshop to Seller Central"));
  pd_wrap_labels (group);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), group);
}

/**
 * pd_notification_paths_new:
 * @shop: an open shop
 *
 * Returns: (transfer floating): the way, which follows the shop's mode
 */
GtkWidget *
pd_notification_paths_new (PdShop *shop)
{
  PdNotificationPaths *self = g_object_new (PD_TYPE_NOTIFICATION_PATHS, NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (pd_shop_get_profile (shop), "notify::mode", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (shop), "notify::generation", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
