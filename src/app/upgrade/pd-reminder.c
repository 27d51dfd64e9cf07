/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-reminder.h"

#include <glib/gi18n.h>

#include "pd-due.h"
#include "pd-run-certificates.h"

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
  GHashTable   *told;   /* notification id → PdDueState; also by an earlier run of the program */
  GQueue       *ahead;  /* ids of the shops that are still to be looked at */
  GCancellable *cancellable;
  guint         timer;
  guint         source;     /* while there are any */
  guint         n_reading;  /* shops whose certificates are being read */
  gboolean      is_changed; /* what was told, since it was kept */
  gboolean      is_ready;   /* the shops were there once: before, every one would seem to be gone */
};

/* Days pass slowly, but a computer may sleep through midnight. */
#define CHECK_SECONDS 600

/* Shops are looked at a few at a time, as a desk may hold a thousand. */
#define BATCH 20

#define UUID_LENGTH 36

#define TOLD_KEY "reminders-told"

/* One whose certificates are being read. */
typedef struct
{
  PdReminder *self;
  char       *profile_id;
} Reading;

enum {
  SETTLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdReminder, pd_reminder, G_TYPE_OBJECT)

static void
recall (PdReminder *self)
{
  g_autoptr (GVariant) told = g_settings_get_value (self->settings, TOLD_KEY);
  GVariantIter iter;
  const char *id;
  guint32 state;

  g_variant_iter_init (&iter, told);
  while (g_variant_iter_next (&iter, "{&su}", &id, &state))
    g_hash_table_replace (self->told, g_strdup (id), GUINT_TO_POINTER (state));
}

static void
remember (PdReminder *self)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer id, state;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{su}"));
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, &state))
    g_variant_builder_add (&builder, "{su}", id, GPOINTER_TO_UINT (state));
  g_settings_set_value (self->settings, TOLD_KEY, g_variant_builder_end (&builder));
}

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

/* Takes back what was told of the shop, of its certificates or else of all other, and is not in @due. */
static void
withdraw (PdReminder *self,
          const char *profile_id,
          gboolean    certificates,
          GHashTable *due)
{
  g_autofree char *prefix = g_strdup_printf ("due-%s-", profile_id);
  g_autofree char *certificate_prefix = g_strconcat (prefix, PD_DUE_CERTIFICATE, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    if (!g_str_has_prefix (id, prefix) || g_str_has_prefix (id, certificate_prefix) != certificates || g_hash_table_contains (due, id))
      continue;
    g_application_withdraw_notification (self->application, id);
    g_hash_table_iter_remove (&iter);
    self->is_changed = TRUE;
  }
}

/* Tells what is due of one shop and has not been told, and takes back what is due no more. */
static void
settle (PdReminder *self,
        PdProfile  *profile,
        GPtrArray  *list,
        gboolean    certificates)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < list->len; i++) {
    const PdDue *due = g_ptr_array_index (list, i);
    char *id;

    if (due->state != PD_DUE_SOON && due->state != PD_DUE_OVER)
      continue;
    id = g_strdup_printf ("due-%s-%s", pd_profile_get_id (profile), due->id);
    g_hash_table_add (ids, id);
    if (GPOINTER_TO_UINT (g_hash_table_lookup (self->told, id)) == due->state)
      continue;
    /* GIO ends in a loop over one that was replaced, on desktops without notifications of GTK's own. */
    if (g_hash_table_contains (self->told, id))
      g_application_withdraw_notification (self->application, id);
    tell (self, id, profile, due);
    g_hash_table_replace (self->told, g_strdup (id), GUINT_TO_POINTER (due->state));
    self->is_changed = TRUE;
  }
  withdraw (self, pd_profile_get_id (profile), certificates, ids);
}

/* Nothing is to be looked at any more. */
static void
settled (PdReminder *self)
{
  if (self->source != 0 || self->n_reading > 0 || self->settings == NULL)
    return;
  if (self->is_changed)
    remember (self);
  self->is_changed = FALSE;
  g_signal_emit (self, signals[SETTLED], 0);
}

static void
on_certificates (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (PdReminder) self = reading->self;
  g_autofree char *id = reading->profile_id;
  g_autoptr (GPtrArray) seen = pd_run_certificates_load_finish (result, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_due_free);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  PdProfile *profile = self->store != NULL ? pd_store_find (self->store, id, NULL) : NULL;

  g_free (reading);
  self->n_reading--;
  if (profile == NULL || !g_settings_get_boolean (self->settings, PD_REMINDER_KEY)) {
    settled (self);
    return;
  }
  for (guint i = 0; seen != NULL && i < seen->len; i++) {
    const PdSeenCertificate *certificate = g_ptr_array_index (seen, i);

    g_ptr_array_add (list, pd_due_new_certificate (certificate->host, certificate->not_after, now));
  }
  if (seen != NULL)
    settle (self, profile, list, TRUE);
  settled (self);
}

static void
check_profile (PdReminder *self,
               PdProfile  *profile)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) list = pd_due_list (profile, now);
  Reading *reading = g_new0 (Reading, 1);

  settle (self, profile, list, FALSE);
  reading->self = g_object_ref (self);
  self->n_reading++;
  reading->profile_id = g_strdup (pd_profile_get_id (profile));
  pd_run_certificates_load_async (pd_store_get_dir (self->store), reading->profile_id, self->cancellable, on_certificates, reading);
}

static gboolean
check_some (gpointer user_data)
{
  PdReminder *self = user_data;

  for (guint i = 0; i < BATCH && !g_queue_is_empty (self->ahead); i++) {
    g_autofree char *id = g_queue_pop_head (self->ahead);
    PdProfile *profile = pd_store_find (self->store, id, NULL);

    if (profile != NULL)
      check_profile (self, profile);
  }
  if (!g_queue_is_empty (self->ahead))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  settled (self);
  return G_SOURCE_REMOVE;
}

/* A shop that is gone reminds of nothing, and nobody is told who does not want it. */
static void
withdraw_gone (PdReminder *self,
               gboolean    all)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    g_autofree char *profile_id = g_str_has_prefix (id, "due-") ? g_strndup ((const char *) id + strlen ("due-"), UUID_LENGTH) : NULL;

    if (!all && profile_id != NULL && pd_store_find (self->store, profile_id, NULL) != NULL)
      continue;
    g_application_withdraw_notification (self->application, id);
    g_hash_table_iter_remove (&iter);
    self->is_changed = TRUE;
  }
}

/* A shop that only moves in the list, as its name is typed, brings nothing new. */
static void
on_items_changed (GListModel *store,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  PdReminder *self)
{
  if (self->is_ready && n_removed != n_added)
    pd_reminder_check (self);
}

static void
on_setting_changed (PdReminder *self)
{
  if (self->is_ready)
    pd_reminder_check (self);
}

static gboolean
on_timer (gpointer user_data)
{
  on_setting_changed (user_data);
  return G_SOURCE_CONTINUE;
}

static void
pd_reminder_dispose (GObject *object)
{
  PdReminder *self = PD_REMINDER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (pd_reminder_parent_class)->dispose (object);
}

static void
pd_reminder_finalize (GObject *object)
{
  PdReminder *self = PD_REMINDER (object);

  g_hash_table_unref (self->told);
  g_queue_free_full (self->ahead, g_free);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (pd_reminder_parent_class)->finalize (object);
}

static void
pd_reminder_class_init (PdReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_reminder_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_reminder_finalize;
  signals[SETTLED] = g_signal_new ("settled", PD_TYPE_REMINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_reminder_init (PdReminder *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ahead = g_queue_new ();
  self->cancellable = g_cancellable_new ();
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
  recall (self);
  g_signal_connect_object (settings, "changed::" PD_REMINDER_KEY, G_CALLBACK (on_setting_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  self->timer = g_timeout_add_seconds (CHECK_SECONDS, on_timer, self);
  return self;
}

/**
 * pd_reminder_check:
 * @self: the reminder
 *
 * Looks soon, at every shop, once they have been read. Where the person does not want to be told, what was told is taken back.
 */
void
pd_reminder_check (PdReminder *self)
{
  gboolean wanted = g_settings_get_boolean (self->settings, PD_REMINDER_KEY);

  self->is_ready = TRUE;
  g_queue_clear_full (self->ahead, g_free);
  withdraw_gone (self, !wanted);
  for (guint i = 0; wanted && i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (self->store), i);

    g_queue_push_tail (self->ahead, g_strdup (pd_profile_get_id (profile)));
  }
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, check_some, self, NULL);
}
