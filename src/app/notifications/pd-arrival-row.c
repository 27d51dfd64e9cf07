/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-arrival-row.h"

#include <glib/gi18n.h>

#include "pd-finding.h"
#include "pd-time.h"

/**
 * PdArrivalRow:
 *
 * A notification that arrived at the practice receiver: what it is, the verdict as an icon and a word, and what it was answered. The
 * row opens it in the inspector, its button sends it once more.
 */
struct _PdArrivalRow
{
  AdwActionRow       parent_instance;
  PdPracticeArrival *arrival;
};

enum
{
  SEND_AGAIN,
  INSPECT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdArrivalRow, pd_arrival_row, ADW_TYPE_ACTION_ROW)

static void
on_again (PdArrivalRow *self)
{
  g_signal_emit (self, signals[SEND_AGAIN], 0);
}

static void
on_activated (PdArrivalRow *self)
{
  g_signal_emit (self, signals[INSPECT], 0);
}

static void
pd_arrival_row_dispose (GObject *object)
{
  g_clear_object (&PD_ARRIVAL_ROW (object)->arrival);
  G_OBJECT_CLASS (pd_arrival_row_parent_class)->dispose (object);
}

static void
pd_arrival_row_class_init (PdArrivalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_arrival_row_dispose;
  signals[SEND_AGAIN] = g_signal_new ("send-again", PD_TYPE_ARRIVAL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[INSPECT] = g_signal_new ("inspect", PD_TYPE_ARRIVAL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_arrival_row_init (PdArrivalRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect (self, "activated", G_CALLBACK (on_activated), NULL);
}

static char *
describe_what (PdNotification *notification)
{
  const char *type = pd_notification_get_object_type (notification);
  const char *id = pd_notification_get_object_id (notification);
  const char *kind = pd_notification_get_kind (notification);

  if (type != NULL && id != NULL)
    return g_strdup_printf ("%s %s", type, id);
  return g_strdup (type != NULL ? type : kind != NULL ? kind : _("Not a notification"));
}

static char *
describe_verdict (PdPracticeArrival *arrival)
{
  PdNotification *notification = pd_practice_arrival_get_notification (arrival);
  PdNotificationFault fault = pd_notification_get_fault (notification);
  g_autofree char *time = pd_time_describe_hour (pd_practice_arrival_get_when (arrival));
  const char *verdict = fault != PD_NOTIFICATION_FINE ? pd_notification_fault_get_meaning (fault)
                      : pd_practice_arrival_is_repeat (arrival) ? _("Genuine, and the same as before. Amazon may repeat a message; a receiver acts on it once.")
                      : _("Genuine, signed by the practice endpoint.");

  /* Translators: a time, a sentence or two, and a status of HTTP such as 200. */
  return g_strdup_printf (_("%s · %s Answered %u."), time, verdict, pd_practice_arrival_get_status (arrival));
}

/**
 * pd_arrival_row_new:
 * @arrival: an arrival
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_arrival_row_new (PdPracticeArrival *arrival)
{
  PdArrivalRow *self = g_object_new (PD_TYPE_ARRIVAL_ROW, NULL);
  PdVerdict verdict = pd_practice_arrival_get_fault (arrival) != PD_NOTIFICATION_FINE ? PD_VERDICT_FAILED
                    : pd_practice_arrival_is_repeat (arrival) ? PD_VERDICT_WARNING : PD_VERDICT_PASSED;
  GtkWidget *icon = gtk_image_new_from_icon_name (pd_verdict_get_icon (verdict));
  GtkWidget *again = gtk_button_new_from_icon_name ("mail-send-symbolic");
  g_autofree char *what = describe_what (pd_practice_arrival_get_notification (arrival));
  g_autofree char *text = describe_verdict (arrival);
  g_autofree char *name = g_strdup_printf (_("Send Again: %s"), what);

  self->arrival = g_object_ref (arrival);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, what, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_add_css_class (icon, "pd-verdict");
  gtk_widget_add_css_class (icon, pd_verdict_to_id (verdict));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, pd_verdict_get_label (verdict), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), icon);
  gtk_widget_set_valign (again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (again, "flat");
  gtk_widget_set_tooltip_text (again, _("Send Again"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (again), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (again, "clicked", G_CALLBACK (on_again), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), again);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return GTK_WIDGET (self);
}

PdPracticeArrival *
pd_arrival_row_get_arrival (PdArrivalRow *self)
{
  return self->arrival;
}
