/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-boxed-list.h"

/* A click on a row works its control; rows know that of preferences groups only. */
static void
on_row_activated (GtkListBox    *list,
                  GtkListBoxRow *row)
{
  if (ADW_IS_ACTION_ROW (row))
    adw_action_row_activate (ADW_ACTION_ROW (row));
}

/* Returns: (transfer floating): an empty boxed list, for rows of which none is selected */
GtkWidget *
pd_boxed_list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), NULL);
  return list;
}
