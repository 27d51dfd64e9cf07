/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-fit.h"

/**
 * pd_fit_size:
 * @window: a dialog that is not shown yet
 * @parent: (nullable): the window that it belongs to
 * @width: how wide it would be, in pixels
 * @height: how high
 *
 * Gives the dialog its size, but no more than its parent has: on a phone, that is the whole screen.
 */
void
pd_fit_size (GtkWindow *window,
             GtkWindow *parent,
             int        width,
             int        height)
{
  int most_width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int most_height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  gtk_window_set_default_size (window, most_width > 0 ? MIN (width, most_width) : width,
                               most_height > 0 ? MIN (height, most_height) : height);
}
