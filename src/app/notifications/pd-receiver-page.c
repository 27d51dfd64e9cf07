/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-receiver-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-arrival-row.h"
#include "pd-file-picker.h"
#include "pd-file-write.h"
#include "pd-practice-sender.h"
#include "pd-practice-values.h"
#include "pd-verdict-row.h"

/**
 * PdReceiverPage:
 *
 * Practice with notifications: a receiver on this computer, samples of every kind that are sent to it or to another receiver on this
 * computer, how they were answered, and the list of what arrived.
 */
struct _PdReceiverPage
{
  AdwBin              parent_instance;
  PdShop             *shop;
  PdPracticeReceiver *receiver;    /* NULL until the practice certificate is made */
  GCancellable       *cancellable; /* of making it */
  GCancellable       *sending_now; /* NULL while nothing is being sent */
  gboolean            sent_bad;    /* what was last sent has to be refused */
  gboolean            wanted;      /* started before the certificate was there */
  char               *invented;    /* the Seller ID of a shop that has none */
  AdwActionRow       *receiver_row;
  GtkWidget          *copy;
  GtkWidget          *start;
  GtkWidget          *stop;
  AdwComboRow        *sample;
  AdwEntryRow        *target;
  GtkStack           *send_stack;
  GtkWidget          *send;
  GtkWidget          *cancel;
  GtkWidget          *answer_group;
  GtkListBox         *answer_list;
  PdVerdictRow       *answer;
  GtkWidget          *answer_text_row;
  GtkLabel           *answer_text;
  GtkListBox         *arrivals;
  GtkLabel           *nothing;
};

enum
{
  READY,
  INSPECT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdReceiverPage, pd_receiver_page, ADW_TYPE_BIN)

static void
say (PdReceiverPage *self,
     const char     *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", text);
}

static const char *
get_merchant_id (PdReceiverPage *self)
{
  const char *seller_id = pd_profile_get_text (pd_shop_get_profile (self->shop), "seller-id");

  if (*seller_id != '\0')
    return seller_id;
  if (self->invented == NULL)
    self->invented = pd_practice_invent_merchant_id ();
  return self->invented;
}

static const char *
get_target (PdReceiverPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->target));

  if (*typed != '\0')
    return typed;
  return self->receiver != NULL ? pd_practice_receiver_get_url (self->receiver) : NULL;
}

static void
refresh (PdReceiverPage *self)
{
  gboolean running = self->receiver != NULL && pd_practice_receiver_is_running (self->receiver);
  gboolean sending = self->sending_now != NULL;
  guint n = self->receiver != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->receiver)) : 0;
  gboolean had_focus = gtk_widget_is_focus (self->send) || gtk_widget_is_focus (self->cancel);

  adw_action_row_set_subtitle (self->receiver_row, running ? pd_practice_receiver_get_url (self->receiver)
                                                   : self->wanted && self->receiver == NULL ? _("Making the practice certificate…") : _("Stopped"));
  gtk_widget_set_visible (self->start, !running);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_visible (self->copy, running);
  gtk_stack_set_visible_child (self->send_stack, sending ? self->cancel : self->send);
  gtk_label_set_label (self->nothing, running ? _("Nothing yet. Send a sample, or post a notification to the address above.")
                                              : _("Nothing yet. Send a sample."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "receiver.send", !sending && self->receiver != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "receiver.save-certificate", self->receiver != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "receiver.clear", n > 0);
  if (had_focus)
    gtk_widget_grab_focus (sending ? self->cancel : self->send);
}

static void
start_now (PdReceiverPage *self)
{
  g_autoptr (GError) error = NULL;

  self->wanted = FALSE;
  pd_practice_receiver_set_merchant_id (self->receiver, get_merchant_id (self));
  if (!pd_practice_receiver_is_running (self->receiver) && !pd_practice_receiver_start (self->receiver, &error))
    say (self, error->message);
  refresh (self);
}

static void
tell_answer (PdReceiverPage         *self,
             const PdPracticeAnswer *answer,
             const GError           *error)
{
  g_autofree char *status = NULL;
  g_autofree char *text = NULL;
  PdVerdict verdict = PD_VERDICT_FAILED;

  if (answer != NULL)
    status = g_strdup_printf ("%u %s · %'u ms", answer->status, answer->reason, (guint) answer->elapsed_ms);
  if (answer == NULL) {
    text = g_strdup (error->message);
  } else {
    gboolean is_taken = answer->status >= 200 && answer->status < 300;
    const char *comment;

    if (answer->status >= 300 && answer->status < 400)
      comment = _("A redirect is not followed: give the address that it leads to.");
    else if (is_taken)
      comment = self->sent_bad ? _("Taken, although the sample is bad: this receiver can be deceived.") : _("Taken. Amazon would not send it again.");
    else
      comment = self->sent_bad ? _("Refused, as it should be.") : _("Refused, although the sample is good. Amazon would send it again later.");
    if (answer->status < 300 || answer->status >= 400)
      verdict = is_taken != self->sent_bad ? PD_VERDICT_PASSED : PD_VERDICT_FAILED;
    text = g_strdup_printf ("%s\n%s", status, comment);
  }
  pd_verdict_row_set (self->answer, verdict, text);
  gtk_label_set_label (self->answer_text, answer != NULL ? answer->text : "");
  gtk_widget_set_visible (self->answer_text_row, answer != NULL && *answer->text != '\0');
  gtk_widget_set_visible (self->answer_group, TRUE);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PdReceiverPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdPracticeAnswer) answer = pd_practice_sender_send_finish (result, &error);

  g_clear_object (&self->sending_now);
  if (self->shop == NULL)
    return;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_answer (self, answer, error);
  refresh (self);
}

static void
send_notice (PdReceiverPage         *self,
             const PdPracticeNotice *notice)
{
  const char *target = get_target (self);

  if (self->sending_now != NULL || target == NULL)
    return;
  self->sending_now = g_cancellable_new ();
  self->sent_bad = notice->is_bad;
  pd_practice_receiver_set_merchant_id (self->receiver, get_merchant_id (self));
  pd_practice_sender_send_async (target, notice, PD_PRACTICE_SENDER_TIMEOUT_MS, self->sending_now, on_sent, g_object_ref (self));
  refresh (self);
}

static void
start_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);

  self->wanted = TRUE;
  if (self->receiver != NULL)
    start_now (self);
  else
    refresh (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->sample));
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);

  pd_practice_receiver_stop (self->receiver);
  gtk_widget_grab_focus (self->start);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), pd_practice_receiver_get_url (self->receiver));
  say (self, _("Address copied"));
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);
  guint n_samples;
  const PdPracticeSample *samples = pd_practice_samples (&n_samples);
  guint chosen = adw_combo_row_get_selected (self->sample);
  g_autoptr (PdPracticeNotice) notice = NULL;

  if (chosen >= n_samples)
    return;
  if (get_target (self) == NULL)
    start_now (self);
  notice = pd_practice_notifier_make (pd_practice_receiver_get_notifier (self->receiver), &samples[chosen], get_merchant_id (self));
  send_notice (self, notice);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);

  if (self->sending_now != NULL)
    g_cancellable_cancel (self->sending_now);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);

  pd_practice_receiver_clear (self->receiver);
  refresh (self);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdReceiverPage) self = user_data;
  g_autoptr (GError) error = NULL;

  say (self, pd_file_write_finish (G_FILE (source), result, &error) ? _("Practice certificate saved") : error->message);
}

static void
on_certificate_place_picked (GFile    *file,
                             gpointer  user_data)
{
  PdReceiverPage *self = user_data;

  if (self->receiver != NULL)
    pd_file_write_async (file, pd_practice_notifier_get_certificate (pd_practice_receiver_get_notifier (self->receiver)), FALSE, NULL,
                         on_saved, g_object_ref (self));
}

static void
save_certificate_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  pd_file_picker_save (widget, _("Save the Practice Certificate"), "paydesk-practice.pem", NULL, on_certificate_place_picked, widget);
}

static void
on_send_again (PdReceiverPage *self,
               PdArrivalRow   *row)
{
  send_notice (self, pd_practice_arrival_get_notice (pd_arrival_row_get_arrival (row)));
}

static void
on_inspect (PdReceiverPage *self,
            PdArrivalRow   *row)
{
  g_signal_emit (self, signals[INSPECT], 0, pd_arrival_row_get_arrival (row));
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  GtkWidget *row = pd_arrival_row_new (item);

  g_signal_connect_object (row, "send-again", G_CALLBACK (on_send_again), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "inspect", G_CALLBACK (on_inspect), user_data, G_CONNECT_SWAPPED);
  return row;
}

/* A click on a row works its control; rows know that of preferences groups only. */
static void
on_row_activated (GtkListBox    *list,
                  GtkListBoxRow *row)
{
  if (ADW_IS_ACTION_ROW (row))
    adw_action_row_activate (ADW_ACTION_ROW (row));
}

static void
on_notifier_made (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PdReceiverPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdPracticeNotifier) notifier = pd_practice_notifier_new_finish (result, &error);

  if (self->shop == NULL)
    return;
  if (notifier == NULL) {
    say (self, error->message);
    return;
  }
  self->receiver = pd_practice_receiver_new (notifier);
  gtk_list_box_bind_model (self->arrivals, G_LIST_MODEL (self->receiver), make_row, self, NULL);
  g_signal_connect_object (self->receiver, "notify::running", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->receiver, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_emit (self, signals[READY], 0);
  if (self->wanted)
    start_now (self);
  refresh (self);
}

/* The certificate is made when the page is first looked at. */
static void
pd_receiver_page_map (GtkWidget *widget)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);

  GTK_WIDGET_CLASS (pd_receiver_page_parent_class)->map (widget);
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  pd_practice_notifier_new_async (self->cancellable, on_notifier_made, g_object_ref (self));
}

static gboolean
pd_receiver_page_grab_focus (GtkWidget *widget)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->start) ? self->start : GTK_WIDGET (self->sample));
}

static void
pd_receiver_page_dispose (GObject *object)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->sending_now != NULL)
    g_cancellable_cancel (self->sending_now);
  if (self->receiver != NULL) {
    g_signal_handlers_disconnect_by_data (self->receiver, self);
    pd_practice_receiver_stop (self->receiver);
  }
  g_clear_object (&self->receiver);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_receiver_page_parent_class)->dispose (object);
}

static void
pd_receiver_page_finalize (GObject *object)
{
  PdReceiverPage *self = PD_RECEIVER_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->sending_now);
  g_free (self->invented);
  G_OBJECT_CLASS (pd_receiver_page_parent_class)->finalize (object);
}

static void
pd_receiver_page_class_init (PdReceiverPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_receiver_page_dispose;
  object_class->finalize = pd_receiver_page_finalize;
  widget_class->map = pd_receiver_page_map;
  widget_class->grab_focus = pd_receiver_page_grab_focus;

  signals[READY] = g_signal_new ("ready", PD_TYPE_RECEIVER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[INSPECT] = g_signal_new ("inspect", PD_TYPE_RECEIVER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, PD_TYPE_PRACTICE_ARRIVAL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-receiver-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, receiver_row);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, copy);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, start);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, stop);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, sample);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, target);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, send_stack);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, send);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, answer_group);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, answer_list);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, answer_text_row);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, answer_text);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, arrivals);
  gtk_widget_class_bind_template_child (widget_class, PdReceiverPage, nothing);
  gtk_widget_class_install_action (widget_class, "receiver.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "receiver.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "receiver.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "receiver.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "receiver.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "receiver.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "receiver.save-certificate", NULL, save_certificate_action);
}

static void
pd_receiver_page_init (PdReceiverPage *self)
{
  guint n_samples;
  const PdPracticeSample *samples = pd_practice_samples (&n_samples);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n_samples; i++)
    gtk_string_list_append (titles, _(samples[i].title));
  adw_combo_row_set_model (self->sample, G_LIST_MODEL (titles));
  self->answer = PD_VERDICT_ROW (pd_verdict_row_new (_("Answer")));
  gtk_list_box_prepend (self->answer_list, GTK_WIDGET (self->answer));
  g_signal_connect (self->arrivals, "row-activated", G_CALLBACK (on_row_activated), NULL);
  g_signal_connect_object (self->target, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/**
 * pd_receiver_page_new:
 * @shop: an open shop
 *
 * Returns: (transfer floating): the page; the receiver ends with it
 */
GtkWidget *
pd_receiver_page_new (PdShop *shop)
{
  PdReceiverPage *self = g_object_new (PD_TYPE_RECEIVER_PAGE, NULL);

  self->shop = g_object_ref (shop);
  return GTK_WIDGET (self);
}

PdPracticeReceiver *
pd_receiver_page_get_receiver (PdReceiverPage *self)
{
  return self->receiver;
}

gboolean
pd_receiver_page_is_busy (PdReceiverPage *self)
{
  return self->sending_now != NULL;
}

void
pd_receiver_page_choose_sample (PdReceiverPage *self,
                                const char     *id)
{
  guint n_samples;
  const PdPracticeSample *samples = pd_practice_samples (&n_samples);

  for (guint i = 0; i < n_samples; i++) {
    if (g_str_equal (samples[i].id, id))
      adw_combo_row_set_selected (self->sample, i);
  }
}

void
pd_receiver_page_set_target (PdReceiverPage *self,
                             const char     *url)
{
  gtk_editable_set_text (GTK_EDITABLE (self->target), url);
}
