/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-switch-row.h"

/**
 * pd_switch_row_new:
 * @settings: the application's settings
 * @key: one of its keys, of a boolean
 * @title: what it is called; an underscore goes before its access key
 * @subtitle: what it does
 *
 * Returns: (transfer floating): a row that switches it. The floor has no AdwSwitchRow.
 */
GtkWidget *
pd_switch_row_new (GSettings  *settings,
                   const char *key,
                   const char *title,
                   const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, "use-underline", TRUE, NULL);
  GtkWidget *toggle = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, NULL);
  g_auto (GStrv) parts = g_strsplit (title, "_", 2);
  g_autofree char *name = g_strjoinv (NULL, parts);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  /* GTK 4.8 makes no name of a relation to a row. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}
