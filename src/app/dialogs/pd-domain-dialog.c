/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-domain-dialog.h"

#include <glib/gi18n.h>

#include "pd-boxed-list.h"
#include "pd-domain.h"
#include "pd-wrap.h"

/**
 * PdDomainDialog:
 *
 * Asks from which domain to which the shop has moved, lists every address that goes along, and rewrites them in one step.
 */
#define PD_TYPE_DOMAIN_DIALOG (pd_domain_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PdDomainDialog, pd_domain_dialog, PD, DOMAIN_DIALOG, AdwMessageDialog)

struct _PdDomainDialog
{
  AdwMessageDialog  parent_instance;
  GtkWidget        *asked_by; /* weak */
  PdProfile        *profile;
  GPtrArray        *plan;
  GtkWidget        *from;
  GtkWidget        *to;
  GtkWidget        *list;
  GtkWidget        *scroller;
  char             *domain; /* the new one, where there is one */
};

/* A list of hundreds is counted, not read. */
#define MAX_LISTED 50

G_DEFINE_FINAL_TYPE (PdDomainDialog, pd_domain_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
make_domain (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *address = strstr (stripped, "://") != NULL ? g_strdup (stripped) : g_strconcat ("https://", stripped, NULL);

  return pd_domain_get (address);
}

static void
add_line (PdDomainDialog       *self,
          const PdDomainChange *change)
{
  g_autofree char *text = change->is_double ? g_strdup_printf (_("%s (there already)"), change->after) : g_strdup (change->after);
  g_autofree char *field = g_strdup_printf ("%s: %s", pd_field_get_label (change->field), change->before);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), field);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
refresh (PdDomainDialog *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->from));
  const char *from = chosen != NULL ? gtk_string_object_get_string (chosen) : NULL;
  GtkWidget *child;
  g_autofree char *body = NULL;

  g_free (self->domain);
  self->domain = make_domain (gtk_editable_get_text (GTK_EDITABLE (self->to)));
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  if (from != NULL && self->domain != NULL)
    self->plan = pd_domain_plan (self->profile, from, self->domain);
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; self->plan != NULL && i < MIN (self->plan->len, MAX_LISTED); i++)
    add_line (self, g_ptr_array_index (self->plan, i));
  gtk_widget_set_visible (self->scroller, self->plan != NULL && self->plan->len > 0);
  if (self->plan == NULL)
    body = g_strdup (_("Enter the new domain, such as www.example.jp."));
  else
    body = g_strdup_printf (ngettext ("%'u address will be rewritten. One undo brings it back.",
                                      "%'u addresses will be rewritten. One undo brings them back.", self->plan->len), self->plan->len);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "rewrite", self->plan != NULL && self->plan->len > 0);
}

static void
on_response (PdDomainDialog *self,
             const char     *response)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  if (!g_str_equal (response, "rewrite") || self->plan == NULL)
    return;
  if (pd_domain_apply (self->profile, self->plan, &error))
    said = g_strdup_printf (ngettext ("%'u address rewritten; enter it in Seller Central, too",
                                      "%'u addresses rewritten; enter them in Seller Central, too", self->plan->len), self->plan->len);
  if (self->asked_by != NULL && gtk_widget_get_root (self->asked_by) != NULL)
    gtk_widget_activate_action (self->asked_by, "win.say", "s", said != NULL ? said : error->message);
}

static void
pd_domain_dialog_dispose (GObject *object)
{
  PdDomainDialog *self = PD_DOMAIN_DIALOG (object);

  g_clear_weak_pointer (&self->asked_by);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (pd_domain_dialog_parent_class)->dispose (object);
}

static void
pd_domain_dialog_finalize (GObject *object)
{
  PdDomainDialog *self = PD_DOMAIN_DIALOG (object);

  g_clear_pointer (&self->plan, g_ptr_array_unref);
  g_free (self->domain);
  G_OBJECT_CLASS (pd_domain_dialog_parent_class)->finalize (object);
}

static void
pd_domain_dialog_class_init (PdDomainDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_domain_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_domain_dialog_finalize;
}

static void
pd_domain_dialog_init (PdDomainDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *entries = pd_boxed_list_new ();

  self->from = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->from), _("Old Domain"));
  self->to = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->to), _("New Domain"));
  gtk_list_box_append (GTK_LIST_BOX (entries), self->from);
  gtk_list_box_append (GTK_LIST_BOX (entries), self->to);
  gtk_box_append (GTK_BOX (box), entries);

  self->list = pd_boxed_list_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Addresses to Be Rewritten"), -1);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 240);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->scroller);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), _("Move to Another Domain"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self), "cancel", _("_Cancel"), "rewrite", _("_Rewrite"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "rewrite", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "rewrite");
  g_signal_connect (self, "response", G_CALLBACK (on_response), NULL);
  pd_wrap_heading (GTK_WIDGET (self));
}

/**
 * pd_domain_dialog_ask:
 * @widget: where it was asked for
 * @profile: the shop
 * @from: (nullable): the old domain, where it is known
 * @to: (nullable): the new one
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
pd_domain_dialog_ask (GtkWidget  *widget,
                      PdProfile  *profile,
                      const char *from,
                      const char *to)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  PdDomainDialog *self = g_object_new (PD_TYPE_DOMAIN_DIALOG, "transient-for", root, "modal", TRUE, NULL);
  g_auto (GStrv) domains = pd_domain_list (profile);
  g_autoptr (GtkStringList) model = gtk_string_list_new ((const char *const *) domains);

  self->profile = g_object_ref (profile);
  g_set_weak_pointer (&self->asked_by, widget);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->from), G_LIST_MODEL (model));
  for (guint i = 0; domains[i] != NULL; i++) {
    if (g_strcmp0 (domains[i], from) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->from), i);
  }
  gtk_editable_set_text (GTK_EDITABLE (self->to), to != NULL ? to : "");
  g_signal_connect_object (self->from, "notify::selected", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->to, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
  if (to == NULL)
    gtk_widget_grab_focus (self->to);
  return GTK_WIDGET (self);
}
