/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-secret-reveal.h"

#include <glib/gi18n.h>

static gboolean
on_time_over (gpointer user_data)
{
  g_object_set_data (user_data, "source", NULL);
  gtk_popover_popdown (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
take_away (gpointer user_data)
{
  /* The row may have done so by itself. */
  if (gtk_widget_get_parent (user_data) != NULL)
    gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkPopover *popover,
           GtkLabel   *label)
{
  guint source = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (popover), "source"));

  if (source != 0)
    g_source_remove (source);
  gtk_label_set_label (label, "");
  /* Not now: the popover is still at closing itself. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_away, g_object_ref (popover), g_object_unref);
}

/**
 * pd_secret_reveal_show:
 * @beside: the row of the secret
 * @secret: what to show
 * @seconds: for how long; PD_SECRET_REVEAL_SECONDS but in tests
 *
 * Shows a secret for a moment, in a label that is no entry, cannot be selected (that would put it on the primary
 * selection), and is emptied as it goes.
 *
 * Returns: (transfer none): the popover, which goes by itself; whoever disposes of @beside before that unparents it
 */
GtkWidget *
pd_secret_reveal_show (GtkWidget    *beside,
                       PdSecretText *secret,
                       guint         seconds)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (pd_secret_text_peek (secret));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "pd-revealed");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 240);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Revealed for a Moment"), -1);
  gtk_widget_set_parent (popover, beside);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), label);
  g_object_set_data (G_OBJECT (popover), "source",
                     GUINT_TO_POINTER (g_timeout_add_seconds (seconds, on_time_over, popover)));
  gtk_popover_popup (GTK_POPOVER (popover));
  return popover;
}
