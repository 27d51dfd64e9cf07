/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-notifications-view.h"

#include <glib/gi18n.h>

#include "pd-notification-paths.h"
#include "pd-wrap.h"

static const struct
{
  const char *page;
  const char *title;
  const char *subtitle;
  const char *action;
} pages[] = {
  { "inspector", N_("Inspect a Message"), N_("Is it really from Amazon, and what does it say?"), "win.inspect-notification" },
  { "receiver", N_("Practice with Messages"), N_("See them arrive on this computer, good ones and bad ones"), "win.receive-notifications" },
};

/**
 * PdNotificationsView:
 *
 * The notification URL: what it really is, its fields, and its way from futureshop to Seller Central. Behind two rows the
 * messages themselves: the inspector, and the practice receiver.
 */
struct _PdNotificationsView
{
  AdwBin                   parent_instance;
  GtkStack                *stack;
  PdFieldsView            *fields;
  PdNotificationInspector *inspector;
  PdReceiverPage          *receiver;
  GtkWidget               *links[G_N_ELEMENTS (pages)]; /* unowned */
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

static GtkWidget *
make_links (PdNotificationsView *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Messages"));
  pd_wrap_labels (group);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(pages[i].title));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(pages[i].subtitle));
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (row), pages[i].action);
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(pages[i].title),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(pages[i].subtitle), -1);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
    self->links[i] = row;
  }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  return group;
}

static GtkWidget *
make_tail (PdNotificationsView *self,
           PdShop              *shop)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), pd_notification_paths_new (shop));
  gtk_box_append (GTK_BOX (box), make_links (self));
  return box;
}

/* A page behind the first one: its name, the way back, and what it is. */
static void
add_page (PdNotificationsView *self,
          guint                index,
          GtkWidget           *child)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkWidget *title = gtk_label_new (_(pages[index].title));

  gtk_widget_set_tooltip_text (back, _("Back to the Notification URL"));
  gtk_widget_add_css_class (back, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "notifications.back");
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back to the Notification URL"), -1);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (bar, "pd-page-bar");
  gtk_box_append (GTK_BOX (bar), back);
  gtk_box_append (GTK_BOX (bar), title);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), child);
  gtk_stack_add_named (self->stack, box, pages[index].page);
}

/* The inspector knows the practice endpoint's certificate; whether it counts is the environment's matter. */
static void
on_receiver_ready (PdNotificationsView *self)
{
  PdPracticeNotifier *notifier = pd_practice_receiver_get_notifier (pd_receiver_page_get_receiver (self->receiver));

  pd_notification_inspector_set_practice (self->inspector, pd_practice_notifier_get_certificate_url (notifier),
                                          pd_practice_notifier_get_certificate (notifier));
}

static void
on_inspect (PdNotificationsView *self,
            PdPracticeArrival   *arrival)
{
  g_autofree char *text = pd_practice_notice_to_text (pd_practice_arrival_get_notice (arrival));

  pd_notification_inspector_set_text (self->inspector, text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.inspect-notification", NULL);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  pd_notifications_view_go_back (PD_NOTIFICATIONS_VIEW (widget));
}

static void
pd_notifications_view_class_init (PdNotificationsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "notifications.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "notifications.back", NULL);
}

static void
pd_notifications_view_init (PdNotificationsView *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
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
  pd_fields_view_set_around (self->fields, make_head (), make_tail (self, shop));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->fields), "fields");
  self->inspector = PD_NOTIFICATION_INSPECTOR (pd_notification_inspector_new (shop));
  add_page (self, 0, GTK_WIDGET (self->inspector));
  self->receiver = PD_RECEIVER_PAGE (pd_receiver_page_new (shop));
  g_signal_connect_object (self->receiver, "ready", G_CALLBACK (on_receiver_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->receiver, "inspect", G_CALLBACK (on_inspect), self, G_CONNECT_SWAPPED);
  add_page (self, 1, GTK_WIDGET (self->receiver));
  return GTK_WIDGET (self);
}

/**
 * pd_notifications_view_open_page:
 * @self: the view
 * @page: "inspector" or "receiver"
 */
void
pd_notifications_view_open_page (PdNotificationsView *self,
                                 const char          *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_grab_focus (g_str_equal (page, "receiver") ? GTK_WIDGET (self->receiver) : GTK_WIDGET (self->inspector));
}

PdReceiverPage *
pd_notifications_view_get_receiver (PdNotificationsView *self)
{
  return self->receiver;
}

PdNotificationInspector *
pd_notifications_view_get_inspector (PdNotificationsView *self)
{
  return self->inspector;
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
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->fields));
  return pd_fields_view_focus_field (self->fields, field_id);
}

gboolean
pd_notifications_view_go_back (PdNotificationsView *self)
{
  g_autofree char *page = g_strdup (gtk_stack_get_visible_child_name (self->stack));

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (g_strcmp0 (page, pages[i].page) != 0)
      continue;
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->fields));
    gtk_widget_grab_focus (self->links[i]);
    return TRUE;
  }
  return FALSE;
}

/* Where the page that is shown begins; of the fields, in the first. */
gboolean
pd_notifications_view_focus_first (PdNotificationsView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->fields)))
    return pd_fields_view_focus_first (self->fields);
  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
