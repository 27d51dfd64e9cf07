/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-reminder.h"

#include <glib/gi18n.h>

#include "pd-due.h"

/**
 * PdReminder:
 *
 * Tells the person on the desktop, once for each, what ends soon or has ended, where they have asked for it; and takes that back when it
 * no longer holds. The shop's Upgrade view says the same.
 */
struct _PdReminder
{
  GObject       parent_instance;
  GApplication *application; /* unowned: it owns this */
  PdStore      *store;
  GSettings    *settings;
  GHashTable   *told; /* notification id → PdDueState */
  guint         timer;
};

/* Days pass slowly, but a computer may sleep through midnight. */
#define CHECK_SECONDS 600

G_DEFINE_FINAL_TYPE (PdReminder, pd_reminder, G_TYPE_OBJECT)

static void
tell (PdReminder  *self,
      const char  *id,
      PdProfile   *profile,
      const PdDue *due)
{
  g_autofree char *text = pd_due_describe (due);
  g_autofree char *title = g_strdup_printf (due->state == PD_DUE_OVER ? _("%s Is Overdue") : _("%s Is Due Soon"), due->label);
  g_autofree char *body = g_strdup_printf ("%s: %s", pd_profile_get_name (profile), text);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-dates", "s", pd_profile_get_id (profile));
  g_application_send_notification (self->application, id, notification);
}

/* What is due of one shop is told, or stays told; what stays is taken out of @stale. */
static void
check_profile (PdReminder *self,
               PdProfile  *profile,
               GDateTime  *now,
               GHashTable *stale)
{
  g_autoptr (GPtrArray) list = pd_due_list (profile, now);

  for (guint i = 0; i < list->len; i++) {
    const PdDue *due = g_ptr_array_index (list, i);
    g_autofree char *id = g_strdup_printf ("due-%s-%s", pd_profile_get_id (profile), due->id);

    if (due->state != PD_DUE_SOON && due->state != PD_DUE_OVER)
      continue;
    g_hash_table_remove (stale, id);
    if (GPOINTER_TO_UINT (g_hash_table_lookup (self->told, id)) == due->state)
      continue;
    tell (self, id, profile, due);
    g_hash_table_replace (self->told, g_steal_pointer (&id), GUINT_TO_POINTER (due->state));
  }
}

static void
withdraw (PdReminder *self,
          GHashTable *stale)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, stale);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    g_application_withdraw_notification (self->application, id);
    g_hash_table_remove (self->told, id);
  }
}

static gboolean
on_timer (gpointer user_data)
{
  pd_reminder_check (user_data);
  return G_SOURCE_CONTINUE;
}

static void
pd_reminder_dispose (GObject *object)
{
  PdReminder *self = PD_REMINDER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (pd_reminder_parent_class)->dispose (object);
}

static void
pd_reminder_finalize (GObject *object)
{
  g_hash_table_unref (PD_REMINDER (object)->told);
  G_OBJECT_CLASS (pd_reminder_parent_class)->finalize (object);
}

static void
pd_reminder_class_init (PdReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_reminder_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_reminder_finalize;
}

static void
pd_reminder_init (PdReminder *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * pd_reminder_new:
 * @application: who tells; has the action "show-dates" with a profile's id
 * @store: the shops, read by now or not
 * @settings: with the key %PD_REMINDER_KEY
 *
 * Returns: (transfer full): the reminder, which looks from time to time
 */
PdReminder *
pd_reminder_new (GApplication *application,
                 PdStore      *store,
                 GSettings    *settings)
{
  PdReminder *self = g_object_new (PD_TYPE_REMINDER, NULL);

  self->application = application;
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" PD_REMINDER_KEY, G_CALLBACK (pd_reminder_check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (pd_reminder_check), self, G_CONNECT_SWAPPED);
  self->timer = g_timeout_add_seconds (CHECK_SECONDS, on_timer, self);
  return self;
}

/**
 * pd_reminder_check:
 * @self: the reminder
 *
 * Looks now. Where the person does not want to be told, what was told is taken back.
 */
void
pd_reminder_check (PdReminder *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GHashTable) stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean wanted = g_settings_get_boolean (self->settings, PD_REMINDER_KEY);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (stale, g_strdup (id));
  for (guint i = 0; wanted && i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (self->store), i);

    check_profile (self, profile, now, stale);
  }
  withdraw (self, stale);
}
