/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-notifications-view.h"

#include <glib/gi18n.h>

#include "pd-notification-paths.h"

/**
 * PdNotificationsView:
 *
 * The notification URL: what it really is, its fields, and its way from futureshop to Seller Central.
 */
struct _PdNotificationsView
{
  AdwBin        parent_instance;
  PdFieldsView *fields;
};

G_DEFINE_FINAL_TYPE (PdNotificationsView, pd_notifications_view, ADW_TYPE_BIN)

/* S095, S101 */
static GtkWidget *
make_head (void)
{
  GtkWidget *label = gtk_label_new (_("When an order’s payment changes, Amazon tells the shop by a message to its notification URL. "
                                      "futureshop calls it “販売事業者様サイトURL”, but it is not the shop’s site: it is an address of "
                                      "futureshop’s that receives those messages, and no page that a browser shows."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
pd_notifications_view_class_init (PdNotificationsViewClass *klass)
{
}

static void
pd_notifications_view_init (PdNotificationsView *self)
{
}

/**
 * pd_notifications_view_new:
 * @shop: an open shop
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
pd_notifications_view_new (PdShop *shop)
{
  PdNotificationsView *self = g_object_new (PD_TYPE_NOTIFICATIONS_VIEW, NULL);

  self->fields = PD_FIELDS_VIEW (pd_fields_view_new (shop, PD_VIEW_NOTIFICATIONS));
  pd_fields_view_set_around (self->fields, make_head (), pd_notification_paths_new (shop));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->fields));
  return GTK_WIDGET (self);
}

PdFieldsView *
pd_notifications_view_get_fields (PdNotificationsView *self)
{
  return self->fields;
}

/* Whether the view shows the field, which then has the focus. */
gboolean
pd_notifications_view_focus_field (PdNotificationsView *self,
                                   const char          *field_id)
{
  return pd_fields_view_focus_field (self->fields, field_id);
}
