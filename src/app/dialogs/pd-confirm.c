/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-confirm.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "pd-wrap.h"

/* The one file with AdwMessageDialog: the floor has no AdwAlertDialog. */

typedef struct
{
  PdConfirmed  first;
  PdConfirmed  second;
  GObject     *user_data; /* owned */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_clear_object (&question->user_data);
  g_free (question);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *question = user_data;
  /* Not at the dialog's end: libadwaita 1.2 keeps dialogs that were answered. */
  g_autoptr (GObject) object = g_steal_pointer (&question->user_data);

  if (g_str_equal (response, "first"))
    question->first (object);
  else if (g_str_equal (response, "second"))
    question->second (object);
}

static AdwMessageDialog *
make (GtkWidget  *widget,
      const char *heading,
      const char *body)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  pd_wrap_heading (dialog);
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
present (AdwMessageDialog *dialog,
         PdConfirmed       first,
         PdConfirmed       second,
         gpointer          user_data)
{
  Question *question = g_new0 (Question, 1);

  question->first = first;
  question->second = second;
  question->user_data = user_data != NULL ? g_object_ref (user_data) : NULL;
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * pd_confirm_ask:
 * @widget: where it was asked for
 * @heading: the question
 * @body: what follows from a yes; no markup
 * @verb: the yes, as a verb with an access key
 * @destructive: whether it cannot be undone; then Return does not mean yes
 * @confirmed: called after a yes
 * @user_data: (nullable): an object, kept until the dialog is gone
 *
 * Returns: (transfer none): the dialog, for tests
 */
GtkWidget *
pd_confirm_ask (GtkWidget   *widget,
                const char  *heading,
                const char  *body,
                const char  *verb,
                gboolean     destructive,
                PdConfirmed  confirmed,
                gpointer     user_data)
{
  AdwMessageDialog *dialog = make (widget, heading, body);

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "first", verb, NULL);
  adw_message_dialog_set_response_appearance (dialog, "first",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "first");
  present (dialog, confirmed, NULL, user_data);
  return GTK_WIDGET (dialog);
}

/**
 * pd_confirm_choose:
 * @widget: where the question arose
 * @heading: the question
 * @body: the two sides of it; no markup
 * @first_verb: one answer
 * @second_verb: the other
 * @first: called after the one
 * @second: called after the other
 * @user_data: (nullable): an object, kept until the dialog is gone
 *
 * Closing the dialog decides nothing.
 *
 * Returns: (transfer none): the dialog, for tests
 */
GtkWidget *
pd_confirm_choose (GtkWidget   *widget,
                   const char  *heading,
                   const char  *body,
                   const char  *first_verb,
                   const char  *second_verb,
                   PdConfirmed  first,
                   PdConfirmed  second,
                   gpointer     user_data)
{
  AdwMessageDialog *dialog = make (widget, heading, body);

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "first", first_verb, "second", second_verb, NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  present (dialog, first, second, user_data);
  return GTK_WIDGET (dialog);
}

/* Says something too long for a toast. */
void
pd_confirm_show (GtkWidget  *widget,
                 const char *heading,
                 const char *body)
{
  AdwMessageDialog *dialog = make (widget, heading, body);

  adw_message_dialog_add_responses (dialog, "cancel", _("_Close"), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}
