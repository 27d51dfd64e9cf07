/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-pass-on.h"

/**
 * pd_pass_on_focus:
 * @row: a row of a list that does not take the focus itself
 * @direction: where the focus goes
 *
 * For GtkWidgetClass.focus of such rows: what is in the row, and then the row behind it. A list asks one row only, and a
 * row of GTK's own without a control in it would hold Tab back for good.
 *
 * Returns: whether the focus has gone somewhere
 */
gboolean
pd_pass_on_focus (GtkWidget        *row,
                  GtkDirectionType  direction)
{
  gboolean back = direction == GTK_DIR_UP || direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget *content = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *next = row;

  if (content != NULL && gtk_widget_child_focus (content, direction))
    return TRUE;
  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    return FALSE;
  do
    next = back ? gtk_widget_get_prev_sibling (next) : gtk_widget_get_next_sibling (next);
  while (next != NULL && !gtk_widget_get_visible (next));
  return next != NULL && gtk_widget_child_focus (next, direction);
}
