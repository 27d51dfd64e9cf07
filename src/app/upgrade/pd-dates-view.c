/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-dates-view.h"

#include <glib/gi18n.h>

#include "pd-due.h"
#include "pd-reminder-row.h"
#include "pd-run-certificates.h"
#include "pd-statement-row.h"

/**
 * PdDatesView:
 *
 * When the shop's tokens and keys were obtained and when they end or should be changed, until when the certificates are valid that its
 * tests have seen, and the switch for being reminded of it.
 */
struct _PdDatesView
{
  AdwBin      parent_instance;
  PdShop     *shop;
  GSettings  *settings;
  GtkListBox *list;
  GtkWidget  *remind;
  GPtrArray  *certificates; /* that the tests have seen, of PdSeenCertificate; or NULL */
};

/* A change of them changes what is due. */
static const char *const watched_fields[] = {
  "mws-auth-token", "private-key", "private-key.sandbox", "mws-auth-token.obtained", "mws-auth-token.ends", "private-key.obtained",
};

G_DEFINE_FINAL_TYPE (PdDatesView, pd_dates_view, ADW_TYPE_BIN)

static const PdVerdict verdicts[] = {
  [PD_DUE_OPEN] = PD_VERDICT_SKIPPED,
  [PD_DUE_LATER] = PD_VERDICT_PASSED,
  [PD_DUE_SOON] = PD_VERDICT_WARNING,
  [PD_DUE_OVER] = PD_VERDICT_FAILED,
};

static void
add_due (PdDatesView *self,
         const PdDue *due)
{
  g_autofree char *begin = pd_due_describe_begin (due);
  g_autofree char *end = pd_due_describe (due);
  g_autofree char *detail = begin != NULL ? g_strdup_printf ("%s · %s", begin, end) : g_strdup (end);
  PdStatementRow *row = pd_statement_row_new (due->label, detail);
  PdVerdict verdict = verdicts[due->state];

  /* Advice that was not followed is nothing broken. */
  if (due->is_rotation && verdict == PD_VERDICT_FAILED)
    verdict = PD_VERDICT_WARNING;
  pd_statement_row_set_verdict (row, verdict);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
}

static void
refresh (PdDatesView *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) list = pd_due_list (pd_shop_get_profile (self->shop), now);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL && row != self->remind)
    gtk_list_box_remove (self->list, row);
  g_object_ref (self->remind);
  if (gtk_widget_get_parent (self->remind) != NULL)
    gtk_list_box_remove (self->list, self->remind);
  for (guint i = 0; self->certificates != NULL && i < self->certificates->len; i++) {
    const PdSeenCertificate *certificate = g_ptr_array_index (self->certificates, i);

    g_ptr_array_add (list, pd_due_new_certificate (certificate->host, certificate->not_after, now));
  }
  for (guint i = 0; i < list->len; i++)
    add_due (self, g_ptr_array_index (list, i));
  if (list->len == 0)
    gtk_list_box_append (self->list, GTK_WIDGET (pd_statement_row_new (_("No token or key is stored here yet"), NULL)));
  gtk_list_box_append (self->list, self->remind);
  g_object_unref (self->remind);
}

static void
on_certificates (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (PdDatesView) self = user_data;
  GPtrArray *certificates = pd_run_certificates_load_finish (result, NULL);

  if (certificates == NULL)
    return;
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  self->certificates = certificates;
  if (self->shop != NULL)
    refresh (self);
}

/* Whenever it is looked at, as tests may have run meanwhile. */
static void
on_mapped (PdDatesView *self)
{
  pd_run_certificates_load_async (pd_store_get_dir (pd_desk_get_store (pd_shop_get_desk (self->shop))),
                                  pd_profile_get_id (pd_shop_get_profile (self->shop)), NULL, on_certificates, g_object_ref (self));
}

static void
pd_dates_view_dispose (GObject *object)
{
  PdDatesView *self = PD_DATES_VIEW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_dates_view_parent_class)->dispose (object);
}

static void
pd_dates_view_finalize (GObject *object)
{
  g_clear_pointer (&PD_DATES_VIEW (object)->certificates, g_ptr_array_unref);
  G_OBJECT_CLASS (pd_dates_view_parent_class)->finalize (object);
}

static void
pd_dates_view_class_init (PdDatesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_dates_view_finalize;
  G_OBJECT_CLASS (klass)->dispose = pd_dates_view_dispose;
}

static void
pd_dates_view_init (PdDatesView *self)
{
  self->settings = g_settings_new (PD_APP_ID);
  adw_bin_set_child (ADW_BIN (self), pd_statement_list_new (_("What Ends When"), NULL, &self->list));
  self->remind = pd_reminder_row_new (self->settings);
  gtk_list_box_append (self->list, self->remind);
}

/**
 * pd_dates_view_new:
 * @shop: an open shop
 *
 * Returns: (transfer floating): the list, with the switch for reminders
 */
GtkWidget *
pd_dates_view_new (PdShop *shop)
{
  PdDatesView *self = g_object_new (PD_TYPE_DATES_VIEW, NULL);

  self->shop = g_object_ref (shop);
  for (guint i = 0; i < G_N_ELEMENTS (watched_fields); i++) {
    g_autofree char *detail = g_strconcat ("changed::", watched_fields[i], NULL);

    g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  }
  g_signal_connect (self, "map", G_CALLBACK (on_mapped), NULL);
  refresh (self);
  return GTK_WIDGET (self);
}
