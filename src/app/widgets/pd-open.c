/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-open.h"

/**
 * pd_open_uri:
 * @widget: where the person asked for it
 * @uri: an address
 *
 * Opens a page in the desktop's browser, through the portal where there is one. The one place that does: the floor has
 * no GtkUriLauncher.
 */
void
pd_open_uri (GtkWidget  *widget,
             const char *uri)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}
